import type { AreaId, LevelId } from './area.ts'
import {
  STATUS_INCOMPLETE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_OUTSIDE_PERIOD,
  STATUS_VALUE,
} from './cell.ts'
import type { PeriodAggregation, Sex } from './indicator.ts'
import { cellCount, cellIndex, type RawTable, type TableAxes } from './observation.ts'
import {
  comparePeriods,
  containingPeriod,
  kindOf,
  periodEnd,
  periodStart,
  periodsBetween,
  type PeriodCode,
  type PeriodKind,
} from './period.ts'

/*
 * Totals of raw figures, made before the disclosure gate so that they pass it too. One rule for all three: a total
 * exists only when all its parts do. A part without population adds 0 to both figures of a total over areas or
 * sexes. A total whose parts all miss their figure for one and the same reason is missing for that reason;
 * otherwise it is missing as incomplete, also when a part is hidden at source.
 */

/**
 * Sums a table over areas to a coarser level.
 * @param parentOf the containing area at the coarser level, for every area of the table
 * @param areas the areas of the result, in its order; one that contains no area of the table is not collected
 * @throws RangeError when an area of the table has no parent among `areas`: a part would be lost in silence
 */
export function aggregateAreas(
  raw: RawTable,
  parentOf: ReadonlyMap<AreaId, AreaId>,
  areas: readonly AreaId[],
  level: LevelId,
): RawTable {
  const parts: number[][] = areas.map(() => [])
  const position = new Map(areas.map((area, index) => [area, index]))
  raw.areas.forEach((area, index) => {
    const parent = parentOf.get(area)
    const target = parent === undefined ? undefined : position.get(parent)
    if (target === undefined) throw new RangeError(`area "${area}" has no place in "${level}"`)
    parts[target]!.push(index)
  })
  const total = emptyTable({ ...raw, areas, level })
  const { sexes, periods } = raw
  for (let sex = 0; sex < sexes.length; sex++)
    for (let period = 0; period < periods.length; period++)
      for (let area = 0; area < areas.length; area++) {
        const cells = parts[area]!.map((part) => cellIndex(raw, sex, period, part))
        setTotal(total, cellIndex(total, sex, period, area), raw, cells, 'sum-of-groups')
      }
  return total
}

/**
 * Appends the coarser periods of a chain: first all of the second kind, then all of the third, each in order.
 * A coarser period is appended only when the table holds all of its parts: a year that has just begun does not exist
 * yet. It is incomplete in the areas where a part has no figure.
 * @param chain nested kinds, finest first; the table's periods are all of the first kind
 * @param mode "sum": numerators add and the denominator is the mean of the parts; "mean": both are means
 * @throws RangeError when a period is of another kind, or the kinds do not nest
 */
export function aggregatePeriods(
  raw: RawTable,
  chain: readonly PeriodKind[],
  mode: PeriodAggregation,
): RawTable {
  const finest = chain[0]
  for (const period of raw.periods)
    if (kindOf(period) !== finest)
      throw new RangeError(`${raw.indicator}: period "${period}" is not of kind "${finest}"`)
  const position = new Map(raw.periods.map((period, index) => [period, index]))
  const coarser: { code: PeriodCode; parts: number[] }[] = []
  for (const kind of chain.slice(1)) {
    const containers = new Set<PeriodCode>()
    for (const period of raw.periods) {
      const container = containingPeriod(period, kind)
      if (container === null) throw new RangeError(`"${finest}" does not nest into "${kind}"`)
      containers.add(container)
    }
    for (const code of [...containers].sort(comparePeriods)) {
      const parts = partsOf(code, finest!).map((part) => position.get(part))
      if (parts.every((part) => part !== undefined)) coarser.push({ code, parts })
    }
  }
  const total = emptyTable({
    ...raw,
    periods: [...raw.periods, ...coarser.map((period) => period.code)],
  })
  const { sexes, periods, areas } = raw
  for (let sex = 0; sex < sexes.length; sex++) {
    for (let period = 0; period < periods.length; period++)
      for (let area = 0; area < areas.length; area++)
        copyCell(total, cellIndex(total, sex, period, area), raw, cellIndex(raw, sex, period, area))
    coarser.forEach(({ parts }, index) => {
      for (let area = 0; area < areas.length; area++) {
        const target = cellIndex(total, sex, periods.length + index, area)
        const cells = parts.map((part) => cellIndex(raw, sex, part, area))
        setTotal(total, target, raw, cells, mode === 'sum' ? 'sum-over-time' : 'mean-over-time')
      }
    })
  }
  return total
}

/**
 * Adds both sexes together (T) to a table of women (K) and men (M); the sexes of the result are T, K, M.
 * A table that holds T already is returned as it is: the source's own total stands.
 * @throws RangeError when K or M is missing and T too
 */
export function aggregateSexes(raw: RawTable): RawTable {
  if (raw.sexes.includes('T')) return raw
  const women = raw.sexes.indexOf('K')
  const men = raw.sexes.indexOf('M')
  if (women < 0 || men < 0) throw new RangeError(`${raw.indicator}: both sexes need K and M`)
  const sexes: readonly Sex[] = ['T', 'K', 'M']
  const total = emptyTable({ ...raw, sexes })
  for (let period = 0; period < raw.periods.length; period++)
    for (let area = 0; area < raw.areas.length; area++) {
      const parts = [women, men].map((sex) => cellIndex(raw, sex, period, area))
      setTotal(total, cellIndex(total, 0, period, area), raw, parts, 'sum-of-groups')
      parts.forEach((part, index) =>
        copyCell(total, cellIndex(total, index + 1, period, area), raw, part),
      )
    }
  return total
}

/**
 * How parts make a total: groups of people or places add both figures; over time the events add while the
 * population is a mean, and a stock is a mean in both.
 */
type Combination = 'sum-of-groups' | 'sum-over-time' | 'mean-over-time'

function setTotal(
  total: RawTable,
  target: number,
  raw: RawTable,
  parts: readonly number[],
  combination: Combination,
): void {
  const emptyAddsNothing = combination === 'sum-of-groups'
  let numerator = 0
  let denominator = 0
  let withFigures = 0
  let allPresent = parts.length > 0
  for (const part of parts) {
    const status = raw.status[part]
    if (status === STATUS_VALUE) {
      numerator += raw.numerator[part]!
      denominator += raw.denominator[part]!
      withFigures++
    } else if (status !== STATUS_NO_POPULATION || !emptyAddsNothing) allPresent = false
  }
  if (!allPresent || withFigures === 0) {
    total.status[target] = sharedMissing(raw, parts)
    return
  }
  total.status[target] = STATUS_VALUE
  total.numerator[target] = combination === 'mean-over-time' ? numerator / parts.length : numerator
  total.denominator[target] =
    combination === 'sum-of-groups' ? denominator : denominator / parts.length
}

const REASONS: readonly number[] = [
  STATUS_NOT_COLLECTED,
  STATUS_NO_POPULATION,
  STATUS_OUTSIDE_PERIOD,
]

function sharedMissing(raw: RawTable, parts: readonly number[]): number {
  const first = parts[0]
  if (first === undefined) return STATUS_NOT_COLLECTED
  const status = raw.status[first]!
  return REASONS.includes(status) && parts.every((part) => raw.status[part] === status)
    ? status
    : STATUS_INCOMPLETE
}

function partsOf(code: PeriodCode, kind: PeriodKind): PeriodCode[] {
  const parts = periodsBetween(kind, code, code)
  // Weeks make up the year of their ISO number, whose first and last days are not the calendar year's.
  if (kind === 'week') return parts
  const [first, last] = [parts[0], parts.at(-1)]
  const whole =
    first !== undefined &&
    last !== undefined &&
    sameDay(periodStart(first), periodStart(code)) &&
    sameDay(periodEnd(last), periodEnd(code))
  if (!whole) throw new RangeError(`"${code}" is not made up of periods of kind "${kind}"`)
  return parts
}

function sameDay(a: ReturnType<typeof periodStart>, b: ReturnType<typeof periodStart>): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day
}

function emptyTable(axes: TableAxes & Pick<RawTable, 'indicator' | 'level'>): RawTable {
  const size = cellCount(axes)
  const { indicator, level, sexes, periods, areas } = axes
  return {
    indicator,
    level,
    sexes,
    periods,
    areas,
    status: new Uint8Array(size).fill(STATUS_NOT_COLLECTED),
    numerator: new Float64Array(size).fill(NaN),
    denominator: new Float64Array(size).fill(NaN),
  }
}

function copyCell(target: RawTable, at: number, source: RawTable, from: number): void {
  target.status[at] = source.status[from]!
  target.numerator[at] = source.numerator[from]!
  target.denominator[at] = source.denominator[from]!
}
