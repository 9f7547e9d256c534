import type { Finding } from '../core/finding.ts'

/** A finding tells where and what; it is no copy of the file. In UTF-16 code units. */
const MOST_SHOWN = 120

/** The text, or its beginning when it is longer than anyone reads in a sentence. */
export function shortText(text: string): string {
  if (text.length <= MOST_SHOWN) return text
  // Not within a letter of two units.
  return `${text.slice(0, MOST_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The finding with its texts cut; itself when none is long. */
export function shortFinding(finding: Finding): Finding {
  const { column, text, parameters } = finding
  const isLong = (value: unknown): boolean => typeof value === 'string' && value.length > MOST_SHOWN
  if (![column, text, ...Object.values(parameters ?? {})].some(isLong)) return finding
  return {
    ...finding,
    column: column && shortText(column),
    text: text && shortText(text),
    ...(parameters && {
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [
          name,
          typeof value === 'string' ? shortText(value) : value,
        ]),
      ),
    }),
  }
}
