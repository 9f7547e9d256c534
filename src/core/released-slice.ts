import type { AreaId, LevelId } from './area.ts'
import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_OTHER_BOUNDARIES,
  STATUS_VALUE,
  type Caution,
  type Cell,
  type Interval,
} from './cell.ts'
import type { DisclosedTable } from './disclosure/gate.ts'
import type { Indicator, IndicatorId, Sex } from './indicator.ts'
import { cellIndex } from './observation.ts'
import { kindOf, type PeriodCode, type PeriodKind } from './period.ts'
import type { ReleaseId } from './release.ts'
import { intervalOf, valueOf, type Sample } from './stats/comparison.ts'
import { empiricalBayes } from './stats/empirical-bayes.ts'

/** The figures of one map: views into a table's columns, one element per area in the order of `areas`. */
export interface Slice {
  readonly release: ReleaseId
  readonly indicator: IndicatorId
  readonly level: LevelId
  readonly sex: Sex
  readonly period: PeriodCode
  readonly areas: readonly AreaId[]
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  /** NaN where the status is not "value". */
  readonly numerator: Float64Array
  readonly denominator: Float64Array
}

/** Below these a value is shown with the caution "small-base". Product rules, not a test of anything. */
export const SMALL_BASE_OF_SHARE = 100
export const SMALL_COUNT_OF_RATE = 10
/** A survey's 95 % interval wider than this on either side, in per cent of `per`, is "wide-interval". */
export const WIDE_HALF_WIDTH = 10

/** One sex and period of a table, without copying; null when the table does not have them. */
export function sliceAt(table: DisclosedTable, sex: Sex, period: PeriodCode): Slice | null {
  const sexIndex = table.sexes.indexOf(sex)
  const periodIndex = table.periods.indexOf(period)
  if (sexIndex < 0 || periodIndex < 0) return null
  const start = cellIndex(table, sexIndex, periodIndex, 0)
  const end = start + table.areas.length
  return {
    release: table.release,
    indicator: table.indicator,
    level: table.level,
    sex,
    period,
    areas: table.areas,
    status: table.status.subarray(start, end),
    numerator: table.numerator.subarray(start, end),
    denominator: table.denominator.subarray(start, end),
  }
}

/** The values of a map in the indicator's unit; NaN where an area has none. */
export function valuesOf(slice: Slice, { measure, per }: Indicator): Float64Array {
  const values = new Float64Array(slice.status.length).fill(NaN)
  for (let index = 0; index < values.length; index++)
    if (slice.status[index] === STATUS_VALUE)
      values[index] = valueOf(sampleAt(slice, index), measure, per)
  return values
}

/**
 * The values of a map after empirical Bayes smoothing, in the indicator's unit; areas without a value keep NaN and
 * take no part. Binomial for shares, Poisson for rates; null for measures that are not smoothed (counts, classes,
 * surveys).
 */
export function smoothedValues(slice: Slice, indicator: Indicator): Float64Array | null {
  if (indicator.measure !== 'share' && indicator.measure !== 'rate') return null
  const model = indicator.measure === 'share' ? 'binomial' : 'poisson'
  return empiricalBayes(slice.numerator, slice.denominator, model).rates.map(
    (rate) => rate * indicator.per,
  )
}

/** One area of a map, by its position. */
export function cellOf(slice: Slice, areaIndex: number, indicator: Indicator): Cell {
  switch (slice.status[areaIndex]) {
    case STATUS_VALUE: {
      const sample = sampleAt(slice, areaIndex)
      const { measure, per, designEffect } = indicator
      const interval = intervalOf(sample, measure, per, designEffect)
      return {
        kind: 'value',
        value: valueOf(sample, measure, per),
        interval,
        caution: cautionOf(sample, interval, indicator),
      }
    }
    case STATUS_HIDDEN:
      return { kind: 'hidden', rule: 'disclosure' }
    case STATUS_HIDDEN_AT_SOURCE:
      return { kind: 'hidden', rule: 'at-source' }
    case STATUS_NOT_COLLECTED:
      return { kind: 'missing', reason: 'not-collected' }
    case STATUS_NO_POPULATION:
      return { kind: 'missing', reason: 'no-population' }
    case STATUS_INCOMPLETE:
      return { kind: 'missing', reason: 'incomplete' }
    case STATUS_OTHER_BOUNDARIES:
      return { kind: 'missing', reason: 'other-boundaries' }
    default:
      return { kind: 'missing', reason: 'outside-period' }
  }
}

/**
 * One cell of a table. A period that the table does not have is "outside-period"; an area or a sex that it does not
 * have is "not-collected".
 */
export function cellAt(
  table: DisclosedTable,
  indicator: Indicator,
  area: AreaId,
  period: PeriodCode,
  sex: Sex,
): Cell {
  const areaIndex = table.areas.indexOf(area)
  if (areaIndex < 0 || !table.sexes.includes(sex))
    return { kind: 'missing', reason: 'not-collected' }
  const slice = sliceAt(table, sex, period)
  return slice ? cellOf(slice, areaIndex, indicator) : { kind: 'missing', reason: 'outside-period' }
}

/** One area over the table's periods of one kind, in the table's order; months never mix with years. */
export function seriesOf(
  table: DisclosedTable,
  indicator: Indicator,
  area: AreaId,
  sex: Sex,
  kind: PeriodKind,
): { readonly period: PeriodCode; readonly cell: Cell }[] {
  return table.periods
    .filter((period) => kindOf(period) === kind)
    .map((period) => ({ period, cell: cellAt(table, indicator, area, period, sex) }))
}

/** The figures of one sex by area and period, null where they are hidden or missing: what statistics are made of. */
export function samplesOf(
  table: DisclosedTable,
  sex: Sex,
): (area: AreaId, period: PeriodCode) => Sample | null {
  const areas = new Map(table.areas.map((area, index) => [area, index]))
  const slices = new Map(table.periods.map((period) => [period, sliceAt(table, sex, period)]))
  return (area, period) => {
    const slice = slices.get(period)
    const index = areas.get(area)
    if (!slice || index === undefined || slice.status[index] !== STATUS_VALUE) return null
    return sampleAt(slice, index)
  }
}

function sampleAt(slice: Slice, areaIndex: number): Sample {
  return {
    count: slice.numerator[areaIndex]!,
    base: slice.denominator[areaIndex]!,
  }
}

/** Counts and classes carry none: they have no base, and a class no interval. */
function cautionOf(
  { count, base }: Sample,
  interval: Interval | null,
  { measure, per }: Indicator,
): Caution | null {
  switch (measure) {
    case 'share':
      return base < SMALL_BASE_OF_SHARE ? 'small-base' : null
    case 'rate':
      return count < SMALL_COUNT_OF_RATE ? 'small-base' : null
    case 'survey': {
      const halfWidth = interval ? (interval.upper - interval.lower) / 2 : 0
      return halfWidth > (WIDE_HALF_WIDTH * per) / 100 ? 'wide-interval' : null
    }
    case 'count':
    case 'class':
      return null
  }
}
