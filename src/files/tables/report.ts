import type { Finding } from '../../core/finding.ts'
import { masked } from './masking.ts'

/** Findings of one kind are listed up to here, then only counted: a file with a wrong column has thousands. */
export const MOST_LISTED = 100

/** Collects a table's findings, and says how many more of a kind there were. */
export class Report {
  readonly #findings: Finding[] = []
  readonly #counts = new Map<string, number>()

  constructor(private readonly file: string) {}

  /** @param row 0-based grid row; the finding has it as a spreadsheet shows it */
  add(
    severity: Finding['severity'],
    code: string,
    row: number | null,
    column: string | null,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count > MOST_LISTED) return
    const shownRow = row === null ? null : row + 1
    this.#findings.push({
      ...{ severity, code, file: this.file, row: shownRow },
      column: column === null ? null : masked(column),
      text: text === null ? null : masked(text),
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [
          name,
          typeof value === 'string' ? masked(value) : value,
        ]),
      ),
    })
  }

  get findings(): readonly Finding[] {
    const more = [...this.#counts]
      .filter(([, count]) => count > MOST_LISTED)
      .map(([code, count]): Finding => ({
        ...{ severity: 'note', code: 'reading-more-findings', file: this.file },
        ...{ row: null, column: null, text: null },
        parameters: { count: count - MOST_LISTED, of: code },
      }))
    return [...this.#findings, ...more]
  }
}
