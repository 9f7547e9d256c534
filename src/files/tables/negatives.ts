import { cellText, type Grid } from '../formats/grid.ts'
import type { FigureColumn } from './figure-groups.ts'
import { natureOfHeading } from './headings.ts'
import type { TableMapping } from './mapping.ts'
import type { Report } from './report.ts'

/** Of the figures, those below 0, when they are slips and not what is measured. */
const MOST_NEGATIVE = 1 / 3
const LEAST_WHOLE = 0.9

/**
 * Says that whole figures are read as values, not as counts, because a few of them are negative. Not where headings or
 * title say that the figures may be negative, nor where many are.
 */
export function tellNegatives(
  grid: Grid,
  mapping: TableMapping,
  figures: ReadonlyMap<number, FigureColumn>,
  title: string,
  report: Report,
): void {
  const columns = [...figures.values()]
  if (columns.every(({ numbers }) => numbers.every((number) => !(number < 0)))) return
  if (natureOfHeading(title) === 'share' || CHANGE.test(title)) return
  let [all, whole, negative] = [0, 0, 0]
  let first: { readonly row: number; readonly column: number } | null = null
  for (const { column, codes, numbers } of columns) {
    const { role, name, unit } = mapping.columns[column]!
    if (role !== 'value' || unit === '%') continue
    if (natureOfHeading(name) === 'share' || CHANGE.test(name)) continue
    for (let row = mapping.firstRow; row <= mapping.lastRow; row++) {
      const number = numbers[codes[row]!]!
      if (Number.isNaN(number)) continue
      all++
      if (Number.isInteger(number)) whole++
      if (number >= 0) continue
      negative++
      if (first === null || row < first.row) first = { row, column }
    }
  }
  if (first === null || whole < all * LEAST_WHOLE) return
  if (negative > 1 && negative > all * MOST_NEGATIVE) return
  const text = cellText(grid, first.row, first.column).trim()
  report.add(
    'warning',
    'reading-negative-values',
    first.row,
    mapping.columns[first.column]!.name,
    text,
    { count: negative },
  )
}

const CHANGE =
  /f(ö|o)r(ä|a)ndring|skillnad|diff|balans|saldo|(ö|o)verskott|resultat|(ö|o)kning|minskning/i
