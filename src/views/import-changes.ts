import type { Area, AreaId, AreaLevel, AreaRegister, LevelId } from '../core/area.ts'
import { STATUS_VALUE } from '../core/cell.ts'
import type { Indicator, Sex } from '../core/indicator.ts'
import { cellIndex, type TableAxes } from '../core/observation.ts'
import { comparePeriods, kindOf, type PeriodCode } from '../core/period.ts'
import { valueOf } from '../core/stats/comparison.ts'
import { areaName, formatNumber, withUnit } from '../text/format.ts'

/** Figures that may be shown, of one level. */
export interface ShownTable extends TableAxes {
  readonly level: LevelId
  readonly status: Uint8Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
}

export interface RevisedValue {
  readonly area: string
  readonly level: LevelId
  readonly period: PeriodCode
  readonly sex: Sex
  readonly from: string
  readonly to: string
}

/** What differs between an indicator as it was read in before and as it is now. Of shown figures only. */
export interface ImportChanges {
  readonly revised: number
  /** The first of them, by level, period and area. */
  readonly examples: readonly RevisedValue[]
  readonly newPeriods: readonly PeriodCode[]
  readonly lostPeriods: readonly PeriodCode[]
  /** Areas that have any value now and had none. */
  readonly newAreas: readonly string[]
  readonly lostAreas: readonly string[]
  /** Areas whose values end where the periods go on. */
  readonly breaks: readonly { readonly area: string; readonly period: PeriodCode }[]
}

export const MOST_EXAMPLES = 8

/** Compares what was shown before with what is shown now, level by level. */
export function importChanges(
  indicator: Indicator,
  earlier: readonly ShownTable[],
  now: readonly ShownTable[],
  { areas, levels }: Pick<AreaRegister, 'areas' | 'levels'>,
): ImportChanges {
  const nameOf = areaNamer(areas, levels)
  const before = new Map(earlier.map((table) => [table.level, table]))
  const [periodsBefore, periodsNow] = [allPeriods(earlier), allPeriods(now)]
  const examples: RevisedValue[] = []
  let revised = 0
  for (const table of now) {
    const old = before.get(table.level)
    if (!old) continue
    forEachShared(old, table, (from, to, { sex, period, area }) => {
      if (old.status[from] !== STATUS_VALUE || table.status[to] !== STATUS_VALUE) return
      if (
        old.numerator[from] === table.numerator[to] &&
        Object.is(old.denominator[from], table.denominator[to])
      )
        return
      revised++
      if (examples.length < MOST_EXAMPLES)
        examples.push({
          ...{ area: nameOf(area), level: table.level, period, sex },
          from: shownValue(indicator, old, from),
          to: shownValue(indicator, table, to),
        })
    })
  }
  const hadValues = areasWithValues(earlier)
  const haveValues = areasWithValues(now)
  return {
    ...{ revised, examples },
    newPeriods: periodsNow.filter((period) => !periodsBefore.includes(period)),
    lostPeriods: periodsBefore.filter((period) => !periodsNow.includes(period)),
    newAreas: [...haveValues].filter((area) => !hadValues.has(area)).map(nameOf),
    lostAreas: [...hadValues].filter((area) => !haveValues.has(area)).map(nameOf),
    breaks: now.flatMap((table) => {
      const old = before.get(table.level)
      return old
        ? breaksOf(old, table).map(({ area, period }) => ({ area: nameOf(area), period }))
        : []
    }),
  }
}

/** Names of areas, with the level where two areas share a name. */
function areaNamer(areas: readonly Area[], levels: readonly AreaLevel[]): (id: AreaId) => string {
  const byId = new Map(areas.map((area) => [area.id, area]))
  const counts = new Map<string, number>()
  for (const { name } of areas) counts.set(name, (counts.get(name) ?? 0) + 1)
  return (id) => {
    const area = byId.get(id)
    if (!area) return id
    const level = levels.find((one) => one.id === area.level)?.singular ?? area.level
    return areaName(area.name) + ((counts.get(area.name) ?? 0) > 1 ? ` (${level})` : '')
  }
}

const allPeriods = (tables: readonly ShownTable[]): PeriodCode[] =>
  [...new Set(tables.flatMap(({ periods }) => periods))].sort(comparePeriods)

function areasWithValues(tables: readonly ShownTable[]): ReadonlySet<AreaId> {
  const found = new Set<AreaId>()
  for (const { status, areas } of tables)
    status.forEach((code, cell) => {
      if (code === STATUS_VALUE) found.add(areas[cell % areas.length]!)
    })
  return found
}

function forEachShared(
  old: ShownTable,
  table: ShownTable,
  visit: (
    from: number,
    to: number,
    cell: { readonly sex: Sex; readonly period: PeriodCode; readonly area: AreaId },
  ) => void,
): void {
  const positions = <Item>(items: readonly Item[]) =>
    new Map(items.map((item, index) => [item, index]))
  const [sexes, periods, areas] = [
    positions(old.sexes),
    positions(old.periods),
    positions(old.areas),
  ]
  table.sexes.forEach((sex, sexAt) =>
    table.periods.forEach((period, periodAt) =>
      table.areas.forEach((area, areaAt) => {
        const [s, p, a] = [sexes.get(sex), periods.get(period), areas.get(area)]
        if (s === undefined || p === undefined || a === undefined) return
        visit(cellIndex(old, s, p, a), cellIndex(table, sexAt, periodAt, areaAt), {
          ...{ sex, period, area },
        })
      }),
    ),
  )
}

/** Of areas that had a value in the last period before: the first later period without one. */
function breaksOf(
  old: ShownTable,
  table: ShownTable,
): { readonly area: AreaId; readonly period: PeriodCode }[] {
  const sexBefore = old.sexes.indexOf('T')
  const sexNow = table.sexes.indexOf('T')
  const last = old.periods.toSorted(comparePeriods).at(-1)
  if (sexBefore < 0 || sexNow < 0 || last === undefined) return []
  const later = table.periods
    .filter((period) => kindOf(period) === kindOf(last) && comparePeriods(period, last) > 0)
    .sort(comparePeriods)
  return table.areas.flatMap((area, areaAt) => {
    const areaBefore = old.areas.indexOf(area)
    if (areaBefore < 0) return []
    const cell = cellIndex(old, sexBefore, old.periods.indexOf(last), areaBefore)
    if (old.status[cell] !== STATUS_VALUE) return []
    const period = later.find(
      (one) =>
        table.status[cellIndex(table, sexNow, table.periods.indexOf(one), areaAt)] !== STATUS_VALUE,
    )
    return period === undefined ? [] : [{ area, period }]
  })
}

function shownValue({ measure, per, unit }: Indicator, table: ShownTable, cell: number): string {
  const sample = { count: table.numerator[cell]!, base: table.denominator[cell]! }
  const value = valueOf(sample, measure, per)
  if (measure === 'count' || measure === 'class') return formatNumber(value, 0)
  return withUnit(formatNumber(value), unit)
}
