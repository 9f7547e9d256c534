import type { Area } from '../../core/area.ts'
import { UNPLACED } from '../../core/disclosure/build-joint-table.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import { countTexts, habitOf, readFigures } from './figures.ts'
import { FIGURE_ROLES } from './guess-columns.ts'
import type { TableMapping } from './mapping.ts'
import type { RowsRead } from './read-table.ts'
import { READ_HIDDEN, READ_MISSING, READ_SEXES, READ_VALUE } from './readings.ts'
import type { Report } from './report.ts'

const ROUNDING = 1e-6
const WHOLE = ''
/** Tables larger than this are not compared by sex. */
const MOST_CELLS = 30_000_000
const TOTAL = /^(total(t|er|summa)?|summa|samtliga|alla)$/i

/**
 * Compares totals with their parts: the municipality's row with its areas of one level, and both sexes with women and
 * men. Sums that do not agree are notes, because SCB's cell key method moves each published count on its own. Where
 * one part alone lacks its figure, the total forces it, and that is said; it is not filled in.
 */
export function checkSums(
  { readings, totalRows }: Pick<RowsRead, 'readings' | 'totalRows'>,
  mapping: TableMapping,
  areas: readonly Area[],
  report: Report,
): void {
  const levels = readings.areas.map((id) => {
    if (id === UNPLACED) return UNPLACED
    const area = areas.find((one) => one.id === id)
    return area ? (area.parent === null ? WHOLE : area.level) : null
  })
  checkWhole()
  checkSexes()

  function checkWhole(): void {
    const whole = new Map<number, number>()
    for (let index = 0; index < readings.count; index++)
      if (levels[readings.area[index]!] === WHOLE)
        whole.set(keyOf(index, readings.sex[index]!), index)
    if (whole.size === 0) return
    const parts = new Map<number, Map<string, number[]>>()
    for (let index = 0; index < readings.count; index++) {
      const level = levels[readings.area[index]!]
      const key = keyOf(index, readings.sex[index]!)
      if (level === null || level === undefined || level === WHOLE || !whole.has(key)) continue
      const ofKey = parts.get(key) ?? new Map<string, number[]>()
      parts.set(key, ofKey)
      const own = ofKey.get(level)
      if (own) own.push(index)
      else ofKey.set(level, [index])
    }
    for (const [key, ofKey] of parts)
      for (const [level, own] of ofKey) {
        if (level === UNPLACED) continue
        const total = whole.get(key)!
        // A file of some areas says nothing about the whole municipality.
        const all = areas.filter((area) => area.level === level).length
        const isComplete = own.length === all || totalRows.has(readings.row[total]!)
        compare(total, [...own, ...(ofKey.get(UNPLACED) ?? [])], isComplete)
      }
  }

  /** The heading of the column that a figure stands in. */
  function columnOf(index: number, figure: 'numerator' | 'denominator'): string | null {
    const period = readings.periods[readings.period[index]!]
    const sex = READ_SEXES[readings.sex[index]!]
    const measure = readings.measures[readings.measure[index]!]
    const fitting = mapping.columns.filter(
      (column) =>
        (column.period === null || column.period === period) &&
        (column.sex === null || column.sex === sex) &&
        (column.measure === null || column.measure === measure),
    )
    const found =
      fitting.find(({ role }) => role === figure) ?? fitting.find(({ role }) => role === 'value')
    return found?.name ?? null
  }

  /** One number for period, sex, age and measure. */
  function keyOf(index: number, sex: number): number {
    const { period, age, measure, ages, measures } = readings
    return (
      ((period[index]! * 3 + sex) * ages.length + age[index]!) * measures.length + measure[index]!
    )
  }

  function compare(total: number, own: readonly number[], isComplete: boolean): void {
    for (const figure of ['numerator', 'denominator'] as const) {
      const stated = readings[figure][total]!
      if (readings.status[total] !== READ_VALUE || Number.isNaN(stated)) continue
      const without = own.filter((index) => Number.isNaN(readings[figure][index]!))
      const sum = own.reduce((so, index) => so + (readings[figure][index]! || 0), 0)
      const parameters = { total: stated, sum, parts: own.length }
      const row = readings.row[total]! - 1
      if (without.length === 0) {
        if (isComplete ? Math.abs(sum - stated) > ROUNDING : sum > stated + ROUNDING)
          report.add(
            'note',
            'reading-total-differs',
            row,
            columnOf(total, figure),
            String(stated),
            parameters,
          )
      } else if (sum > stated + ROUNDING)
        report.add(
          'note',
          'reading-total-differs',
          row,
          columnOf(total, figure),
          String(stated),
          parameters,
        )
      else if (isComplete && without.length === 1 && readings.status[without[0]!] === READ_HIDDEN)
        // Not the figure itself: it was hidden for a reason.
        report.add('warning', 'reading-hidden-forced', row, columnOf(total, figure), null)
      else if (isComplete && without.length === 1 && readings.status[without[0]!] === READ_MISSING)
        report.add(
          'warning',
          'reading-figure-forced',
          readings.row[without[0]!]! - 1,
          columnOf(without[0]!, figure),
          null,
          {
            value: stated - sum,
            total: stated,
          },
        )
    }
  }

  function checkSexes(): void {
    const [both, women, men] = [
      READ_SEXES.indexOf('T'),
      READ_SEXES.indexOf('K'),
      READ_SEXES.indexOf('M'),
    ]
    if (![both, women, men].every((sex) => readings.sex.includes(sex))) return
    const size = readings.periods.length * 3 * readings.ages.length * readings.measures.length
    const cellOf = (index: number, sex: number): number =>
      readings.area[index]! * size + keyOf(index, sex)
    const cells = readings.areas.length * size
    if (cells > MOST_CELLS) return
    const bySex = new Int32Array(cells).fill(-1)
    for (let index = 0; index < readings.count; index++)
      bySex[cellOf(index, readings.sex[index]!)] = index
    for (let total = 0; total < readings.count; total++) {
      if (readings.sex[total] !== both) continue
      const [k, m] = [bySex[cellOf(total, women)]!, bySex[cellOf(total, men)]!]
      if (k < 0 || m < 0) continue
      for (const figure of ['numerator', 'denominator'] as const) {
        const sum = readings[figure][k]! + readings[figure][m]!
        const stated = readings[figure][total]!
        if (Math.abs(sum - stated) > ROUNDING)
          report.add(
            'note',
            'reading-sexes-differ',
            readings.row[total]! - 1,
            null,
            String(stated),
            { total: stated, sum },
          )
      }
    }
  }
}

/**
 * The same for a table whose rows are not areas but, say, months, with one row of totals at its end: a column whose
 * figures do not make its total, and a row that lacks a figure which the totals force, also when the row is one field
 * short so that nobody can see which figure it is.
 */
export function checkColumnTotals(grid: Grid, mapping: TableMapping, report: Report): void {
  const { firstRow, lastRow, columns } = mapping
  const labelColumn = columns.findIndex(({ role }) => role === 'area' || role === 'period')
  if (labelColumn < 0 || columns[labelColumn]!.role === 'area') return
  const figureColumns = columns.flatMap(({ role, unit }, column) =>
    FIGURE_ROLES.includes(role) && unit === null && role !== 'margin' ? [column] : [],
  )
  const rows = Array.from(
    { length: lastRow - firstRow + 1 },
    (_, index) => firstRow + index,
  ).filter((row) => cellText(grid, row, labelColumn).trim() !== '')
  const isTotal = (row: number): boolean => TOTAL.test(cellText(grid, row, labelColumn).trim())
  const totals = rows.filter(isTotal)
  if (totals.length !== 1 || rows.length < 3 || rows.length > 1000) return
  const total = totals[0]!
  const parts = rows.filter((row) => row !== total)
  const width = Math.max(...figureColumns) + 1
  const short = parts.filter((row) => (grid.widths?.[row] ?? width) < width)
  const figure = (row: number, column: number): number => {
    const one = figuresOf(column)[grid.columns[column]!.codes[row]!]!
    return one.kind === 'number' ? one.value : NaN
  }
  const known = new Map<number, ReturnType<typeof readFigures>>()
  function figuresOf(column: number): ReturnType<typeof readFigures> {
    let figures = known.get(column)
    if (!figures) {
      const own = grid.columns[column]!
      const habit = habitOf(own, countTexts(own, firstRow, lastRow))
      figures = readFigures(own, { column: habit, file: habit, answer: null, isScb: false })
      known.set(column, figures)
    }
    return figures
  }
  const needed = figureColumns.map((column) => {
    const whole = parts.filter((row) => !short.includes(row))
    const blank = whole.filter((row) => Number.isNaN(figure(row, column)))
    const sum = whole.reduce((so, row) => so + (figure(row, column) || 0), 0)
    return { column, blank, sum, stated: figure(total, column), rest: figure(total, column) - sum }
  })
  for (const { column, blank, sum, stated, rest } of needed) {
    if (Number.isNaN(stated) || short.length > 0) continue
    if (blank.length === 0 ? Math.abs(rest) > ROUNDING : rest < -ROUNDING)
      report.add(
        'note',
        'reading-total-differs',
        total,
        columns[column]!.name,
        cellText(grid, total, column).trim(),
        { total: stated, sum, parts: parts.length },
      )
    else if (blank.length === 1)
      report.add(
        'warning',
        'reading-figure-forced',
        blank[0]!,
        columns[column]!.name,
        cellText(grid, blank[0]!, column).trim() || null,
        { value: rest, total: stated },
      )
  }
  const [row] = short
  if (
    short.length !== 1 ||
    row === undefined ||
    needed.some(({ rest, blank }) => Number.isNaN(rest) || blank.length > 0)
  )
    return
  const given = figureColumns.slice(0, -1).map((column) => figure(row, column))
  if (grid.widths![row]! !== width - 1 || given.some(Number.isNaN)) return
  const fitting = figureColumns.flatMap((_, gap) => {
    const full = [...given.slice(0, gap), needed[gap]!.rest, ...given.slice(gap)]
    return full.every(
      (value, index) => Math.abs(value - needed[index]!.rest) <= ROUNDING && value >= 0,
    )
      ? [full.join('; ')]
      : []
  })
  if (new Set(fitting).size === 1) {
    const gap =
      needed.find(({ rest }, index) => figureColumns.length > 0 && given[index] !== rest) ??
      needed.at(-1)!
    report.add('warning', 'reading-figure-forced', row, null, given.join('; '), {
      value: gap.rest,
      total: gap.stated,
      figures: fitting[0]!,
    })
  }
}
