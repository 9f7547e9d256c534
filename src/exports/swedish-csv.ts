/**
 * What a spreadsheet would take for the beginning of a formula; also with apostrophes before it, so that one more can be
 * taken away again.
 */
const FORMULA = /^'*[=+\-@\t\r]/

/** Text that a spreadsheet would take for a formula, preceded by an apostrophe; other text as it is. */
export const defused = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/**
 * A table as Swedish spreadsheets open it: semicolons, decimal commas, a byte order mark, lines ended by CR LF. Text
 * that would be taken for a formula is preceded by an apostrophe; numbers are not text.
 * @param rows null is an empty field
 */
export function swedishCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return '\uFEFF' + rows.map((row) => row.map(fieldOf).join(';') + '\r\n').join('')
}

function fieldOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value).replace('.', ',')
  const safe = defused(value)
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
