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
  const parts = new Map<string, number[]>()
  const whole = new Map<string, number>()
  const levelOf = new Map(areas.map((area) => [area.id, area.parent === null ? '' : area.level]))
  const levels = new Map<string, Set<string>>()
  for (let index = 0; index < readings.count; index++) {
    const area = readings.areas[readings.area[index]!]!
    const level = area === UNPLACED ? UNPLACED : levelOf.get(area)
    if (level === undefined) continue
    const key = keyOf(index, readings.sex[index]!)
    if (level === '') whole.set(key, index)
    else {
      parts.set(`${key}\t${level}`, [...(parts.get(`${key}\t${level}`) ?? []), index])
      if (level !== UNPLACED) levels.set(key, (levels.get(key) ?? new Set()).add(level))
    }
  }
  for (const [key, total] of whole)
    for (const level of levels.get(key) ?? []) {
      const own = parts.get(`${key}\t${level}`)!
      // A file of some areas says nothing about the whole municipality.
      const all = areas.filter((area) => area.level === level).length
      compare(
        total,
        [...own, ...(parts.get(`${key}\t${UNPLACED}`) ?? [])],
        own.length === all || totalRows.has(readings.row[total]!),
      )
    }
  checkSexes()

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

  function keyOf(index: number, sex: number): string {
    return [readings.period[index], sex, readings.age[index], readings.measure[index]].join('\t')
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
    const [both, women, men] = ['T', 'K', 'M'].map((sex) => READ_SEXES.indexOf(sex as 'T'))
    const bySex = new Map<string, number>()
    for (let index = 0; index < readings.count; index++)
      bySex.set(`${readings.area[index]}\t${keyOf(index, readings.sex[index]!)}`, index)
    for (const [key, total] of bySex) {
      if (readings.sex[total] !== both) continue
      const area = key.split('\t')[0]!
      const [k, m] = [women, men].map((sex) => bySex.get(`${area}\t${keyOf(total, sex!)}`))
      if (k === undefined || m === undefined) continue
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
