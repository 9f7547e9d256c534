import { cellText, type Grid } from '../formats/grid.ts'
import type { FigureColumn } from './figure-groups.ts'
import { natureOfHeading, roleOfHeading } from './headings.ts'
import type { TableMapping } from './mapping.ts'
import type { Report } from './report.ts'

/** Of the figures, those below 0, when they are slips and not what is measured. */
const MOST_NEGATIVE = 1 / 3
const LEAST_WHOLE = 0.9
/** Of the figures, those with decimals, when they may be slips. */
const MOST_ODD = 0.5

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

/**
 * Says that figures which look like counts are read as values because some of them have decimals. Not where headings
 * or title say that they are shares, nor where most have decimals.
 */
export function tellDecimals(
  grid: Grid,
  mapping: TableMapping,
  figures: ReadonlyMap<number, FigureColumn>,
  title: string,
  report: Report,
): void {
  if (natureOfHeading(title) === 'share') return
  let [all, odd] = [0, 0]
  let first: { readonly row: number; readonly column: number } | null = null
  for (const { column, codes, numbers, figures: read } of figures.values()) {
    const { role, name, unit } = mapping.columns[column]!
    if (role !== 'value' || unit === '%' || natureOfHeading(name) === 'share') continue
    if (roleOfHeading(name.split(' | ').at(-1)!) === 'value') continue
    for (let row = mapping.firstRow; row <= mapping.lastRow; row++) {
      const number = numbers[codes[row]!]!
      if (Number.isNaN(number)) continue
      const figure = read[codes[row]!]!
      // Those are told of as percents.
      if (figure.kind === 'number' && figure.isPercent) continue
      all++
      if (Number.isInteger(number)) continue
      odd++
      if (first === null || row < first.row) first = { row, column }
    }
  }
  if (first === null || odd > all * MOST_ODD) return
  const text = cellText(grid, first.row, first.column).trim()
  const { name } = mapping.columns[first.column]!
  report.add('warning', 'reading-decimals-among-counts', first.row, name, text, { count: odd, all })
}

/**
 * Says that some figures of a measure have a percent sign and others have none: they are no one kind of figure, and
 * none of them is read as a count.
 */
export function tellMixedPercent(
  grid: Grid,
  mapping: TableMapping,
  figures: ReadonlyMap<number, FigureColumn>,
  report: Report,
): void {
  const byMeasure = new Map<string | null, FigureColumn[]>()
  for (const column of figures.values()) {
    const { role, measure } = mapping.columns[column.column]!
    if (role === 'value') byMeasure.set(measure, [...(byMeasure.get(measure) ?? []), column])
  }
  for (const columns of byMeasure.values()) {
    const isPercent = (column: FigureColumn, code: number): boolean => {
      const figure = column.figures[code]!
      return figure.kind === 'number' && figure.isPercent
    }
    if (!columns.some((column) => column.figures.some((_, code) => isPercent(column, code))))
      continue
    let [percents, others] = [0, 0]
    let first: { readonly row: number; readonly column: number } | null = null
    for (const column of columns)
      for (let row = mapping.firstRow; row <= mapping.lastRow; row++) {
        const code = column.codes[row]!
        if (Number.isNaN(column.numbers[code]!)) continue
        if (!isPercent(column, code)) {
          others++
          continue
        }
        percents++
        if (first === null || row < first.row) first = { row, column: column.column }
      }
    if (first === null || others === 0) continue
    report.add(
      'warning',
      'reading-percent-mixed',
      first.row,
      mapping.columns[first.column]!.name,
      cellText(grid, first.row, first.column).trim(),
      { percents, others },
    )
  }
}

const CHANGE =
  /f(ö|o)r(ä|a)ndring|skillnad|diff|balans|saldo|(ö|o)verskott|resultat|(ö|o)kning|minskning/i
