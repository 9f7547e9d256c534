import type { Finding } from '../../core/finding.ts'
import type { Lines } from '../../core/plan.ts'
import { PLAN_COLUMNS, type PlanColumn } from '../../text/plan-sheet.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import { readFigure } from '../read-figure.ts'
import { evened } from '../tables/area-texts.ts'
import type { NamedOne } from './known-word.ts'

/** Collects findings: of each kind in a column so many as anyone reads, and how many more there are. */
export class Findings {
  static readonly MOST_ALIKE = 50
  readonly #all: Finding[] = []
  readonly #counts = new Map<string, { count: number; readonly first: Finding }>()

  add(finding: Finding): void {
    const key = `${finding.file} ${finding.code} ${finding.column}`
    const known = this.#counts.get(key) ?? { count: 0, first: finding }
    known.count++
    this.#counts.set(key, known)
    if (known.count <= Findings.MOST_ALIKE) this.#all.push(finding)
  }

  /** Errors first, then by sheet and row. */
  get all(): readonly Finding[] {
    const more = [...this.#counts.values()].flatMap(({ count, first }): Finding[] =>
      count <= Findings.MOST_ALIKE
        ? []
        : [
            {
              ...{ severity: first.severity, code: 'table-more-findings', file: first.file },
              ...{ row: null, column: first.column, text: null },
              parameters: { count: count - Findings.MOST_ALIKE },
            },
          ],
    )
    const files = [...new Set(this.#all.map(({ file }) => file))]
    const order = ({ severity, file, row }: Finding): readonly number[] => [
      ...[severity === 'error' ? 0 : 1, files.indexOf(file), row ?? Infinity],
    ]
    return [...this.#all, ...more].toSorted((a, b) => {
      const [one, other] = [order(a), order(b)]
      const at = one.findIndex((value, place) => value !== other[place])
      return at < 0 ? 0 : one[at]! - other[at]!
    })
  }

  get hasErrors(): boolean {
    return [...this.#counts.values()].some(({ first }) => first.severity === 'error')
  }
}

/** Rows above which a sheet has its names of columns. */
const MOST_TITLE_ROWS = 15
const LONGEST_TEXT = 160

/** Rows of one sheet whose columns are known by their names, in any order. */
export class SheetRows {
  /** By column of the plan, the sheet's own column. */
  readonly #at = new Map<PlanColumn, number>()
  readonly #header: number

  /**
   * @param file as findings name it, with the sheet where there are several
   * @param wanted columns that the sheet may have; those of `required` must be there
   */
  constructor(
    private readonly grid: Grid,
    private readonly file: string,
    wanted: readonly PlanColumn[],
    required: readonly PlanColumn[],
    private readonly findings: Findings,
  ) {
    const names = new Map<string, PlanColumn>()
    for (const column of wanted)
      for (const name of PLAN_COLUMNS[column])
        if (!names.has(plainHead(name))) names.set(plainHead(name), column)
    const headsAt = (row: number) =>
      grid.columns.map((_, column) => names.get(plainHead(cellText(grid, row, column))))
    const candidates = Array.from(
      { length: Math.min(grid.rowCount, MOST_TITLE_ROWS) },
      (_, row) => ({
        row,
        known: new Set(headsAt(row)).size,
      }),
    )
    const [best] = candidates.toSorted((a, b) => b.known - a.known || a.row - b.row)
    this.#header = best?.row ?? 0
    const unread: string[] = []
    headsAt(this.#header).forEach((column, at) => {
      const text = cellText(grid, this.#header, at).trim()
      if (column === undefined) {
        if (text !== '') unread.push(text)
      } else if (this.#at.has(column))
        this.#say('error', 'plan-column-repeated', this.#header, column, text)
      else this.#at.set(column, at)
    })
    const read = [...this.#at.values()]
    const nameless = grid.columns.some(
      ({ texts }, at) =>
        !read.includes(at) &&
        cellText(grid, this.#header, at).trim() === '' &&
        texts.some((text) => text.trim() !== ''),
    )
    if (unread.length > 0 || nameless)
      this.#say('note', 'plan-columns-unread', this.#header, null, unread.join(', '))
    const heads = grid.columns.map((_, at) => cellText(grid, this.#header, at).trim())
    for (const column of required)
      if (!this.#at.has(column))
        this.#say(
          'error',
          'plan-column-missing',
          this.#header,
          column,
          heads.filter(Boolean).join(', '),
        )
  }

  #rows: readonly SheetRow[] | null = null
  /** Rows under the header that hold anything in a column that is read. */
  get rows(): readonly SheetRow[] {
    this.#rows ??= Array.from(
      { length: Math.max(0, this.grid.rowCount - this.#header - 1) },
      (_, place) => this.#header + 1 + place,
    )
      .filter((row) => [...this.#at.values()].some((at) => this.textAt(row, at) !== ''))
      .filter((row) => !this.#isShifted(row))
      .map((row) => new SheetRow(this, row))
    return this.#rows
  }

  /** A row of a text file with more in it than the header has names for: a separator in a text has shifted it. */
  #isShifted(row: number): boolean {
    const { widths, columns } = this.grid
    const [found, expected] = [widths?.[row] ?? 0, widths?.[this.#header] ?? 0]
    if (found <= expected) return false
    if (columns.slice(expected).every((_, at) => this.textAt(row, expected + at) === ''))
      return false
    this.#say('error', 'reading-row-long', row, null, null, { found, expected })
    return true
  }

  has(column: PlanColumn): boolean {
    return this.#at.has(column)
  }

  columnAt(column: PlanColumn): number | undefined {
    return this.#at.get(column)
  }

  /** The text of a cell; of cells shown as one, the text of them all. */
  textAt(row: number, at: number): string {
    const merge = this.grid.merges.find(
      ({ firstRow, lastRow, firstColumn, lastColumn }) =>
        row >= firstRow && row <= lastRow && at >= firstColumn && at <= lastColumn,
    )
    const text = cellText(this.grid, merge?.firstRow ?? row, merge?.firstColumn ?? at)
    const plain = text.replace(/\r\n?/g, '\n').trim()
    // An apostrophe before the sign of a formula stands there as protection: see `defused`.
    return /^'+[=+\-@\t\r]/.test(plain) ? plain.slice(1) : plain
  }

  /** The whole text of a cell with the break at its end, which says that it is one item. */
  isOneItem(row: number, at: number): boolean {
    return /;[^\n]*\r?\n$/.test(cellText(this.grid, row, at))
  }

  numberAt(row: number, at: number): number {
    const { numbers, codes } = this.grid.columns[at]!
    return numbers?.[codes[row]!] ?? NaN
  }

  fault(
    row: number,
    column: PlanColumn | null,
    code: string,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
    severity: Finding['severity'] = 'error',
  ): void {
    this.#say(severity, code, row, column, text, parameters)
  }

  #say(
    severity: Finding['severity'],
    code: string,
    row: number,
    column: PlanColumn | null,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void {
    this.findings.add({
      ...{ severity, code, file: this.file, row: row + 1 },
      column: column === null ? null : this.#nameOf(column),
      text: text === null ? null : text.slice(0, LONGEST_TEXT),
      parameters,
    })
  }

  /** What the sheet calls a column. */
  #nameOf(column: PlanColumn): string {
    const at = this.#at.get(column)
    return at === undefined ? PLAN_COLUMNS[column][0] : cellText(this.grid, this.#header, at).trim()
  }
}

const plainHead = (text: string): string => evened(text.replace(/[*:]|\([^)]*\)/g, ' '))

/** One row of a sheet. What cannot be read is a finding, and what is given back then stands for nothing. */
export class SheetRow {
  constructor(
    private readonly sheet: SheetRows,
    private readonly row: number,
  ) {}

  /** As a spreadsheet counts. */
  get number(): number {
    return this.row + 1
  }

  /** Empty where the sheet has no such column. */
  text(column: PlanColumn): string {
    const at = this.sheet.columnAt(column)
    return at === undefined ? '' : this.sheet.textAt(this.row, at)
  }

  textOrNull(column: PlanColumn): string | null {
    return this.text(column) || null
  }

  /** A text that must be there. A column that is not there at all has been told of. */
  needed(column: PlanColumn): string {
    const text = this.text(column)
    if (text === '' && this.sheet.has(column)) this.fault(column, 'plan-cell-missing', null)
    return text
  }

  /** One item a line, or with semicolons between. */
  list(column: PlanColumn): readonly string[] {
    const at = this.sheet.columnAt(column)
    if (at === undefined) return []
    const text = this.sheet.textAt(this.row, at)
    const isByLine = text.includes('\n') || this.sheet.isOneItem(this.row, at)
    return text
      .split(isByLine ? '\n' : ';')
      .map((item) => item.trim())
      .filter((item) => item !== '')
  }

  figure(column: PlanColumn): number | null {
    const at = this.sheet.columnAt(column)
    const text = this.text(column)
    if (at === undefined || text === '') return null
    const typed = this.sheet.numberAt(this.row, at)
    if (!Number.isNaN(typed)) return typed
    const figure = readFigure(text)
    if (figure.kind === 'number') return figure.value
    this.fault(column, 'plan-figure', text)
    return null
  }

  /** A whole number, `least` or more. */
  count(column: PlanColumn, least = 0): number | null {
    const figure = this.figure(column)
    if (figure === null || (Number.isSafeInteger(figure) && figure >= least)) return figure
    this.fault(column, 'plan-count', this.text(column), { least })
    return null
  }

  /** Lines of the plan, "82–102" or "82"; the row itself where none are given. */
  lines(column: PlanColumn): Lines {
    return this.linesOrNull(column) ?? { from: this.number, to: this.number }
  }

  linesOrNull(column: PlanColumn): Lines | null {
    const text = this.text(column)
    if (text === '') return null
    const match = /^(\d+)(?:\s*[–—-]\s*(\d+))?$/.exec(text)
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])]
    if (from >= 1 && to >= from) return { from, to }
    this.fault(column, 'plan-lines', text)
    return null
  }

  /** @returns null where the cell is empty or holds none of the choices; only the latter is a finding */
  choice<Choice extends string>(
    column: PlanColumn,
    choices: Readonly<Record<Choice, readonly string[]>>,
    text = this.text(column),
  ): Choice | null {
    const found = choiceOf(text, choices)
    if (found !== null || text === '') return found
    const words = Object.values<readonly string[]>(choices).map(([word]) => word)
    this.fault(column, 'plan-choice', text, { choices: words.join(', ') })
    return null
  }

  /** @returns null where the text names nothing that is known, which is a finding */
  named(
    column: PlanColumn,
    code: string,
    text: string,
    find: (text: string) => NamedOne,
  ): string | null {
    const found = find(text)
    if (found.kind === 'known') return found.id
    const suggestions = found.suggestions.join(', ')
    this.fault(column, code, text, suggestions === '' ? {} : { suggestions })
    return null
  }

  fault(
    column: PlanColumn | null,
    code: string,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
    severity: Finding['severity'] = 'error',
  ): void {
    this.sheet.fault(this.row, column, code, text, parameters, severity)
  }
}

/** The choice that a text is a word for, without regard to case and signs; null where it is none. */
export function choiceOf<Choice extends string>(
  text: string,
  choices: Readonly<Record<Choice, readonly string[]>>,
): Choice | null {
  const asked = evened(text)
  for (const [choice, words] of Object.entries(choices) as [Choice, readonly string[]][])
    if (asked === choice || words.some((word) => evened(word) === asked)) return choice
  return null
}
