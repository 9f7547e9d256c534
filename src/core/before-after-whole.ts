import type { AreaId } from './area.ts'
import {
  FEWEST_EVENTS,
  ROUND_LENGTH,
  scaleOf,
  sideOf,
  type ChangeScale,
  type PeriodSide,
  type SamplesOf,
} from './before-after.ts'
import type { Indicator } from './indicator.ts'
import { kindOf, PARTS_PER_YEAR, periodStart, type PeriodCode, type PeriodKind } from './period.ts'
import { valueOf, type Sample } from './stats/comparison.ts'
import {
  interruptedTimeSeries,
  type InterruptedTimeSeries,
  type SeriesEffect,
  type SeriesPoint,
} from './stats/interrupted-time-series.ts'

/*
 * Before and after where all of the municipality has the work, so that no area is without it: the series is set
 * against its own past alone. A hidden or missing period is left out, and its step of time kept.
 */

/**
 * Periods before: three whole years, and twelve at the least. After: every season once, and four at the least. In
 * shorter series what lasts from period to period cannot be told from a change, and the interval covered less than it
 * says (`npm run verify -- --only whole-municipality`).
 */
export const FEWEST_YEARS_BEFORE = 3
export const FEWEST_BEFORE_ALONE = 12
export const FEWEST_AFTER_ALONE = 4

export const fewestBefore = (kind: PeriodKind): number =>
  Math.max(FEWEST_BEFORE_ALONE, FEWEST_YEARS_BEFORE * (ROUND_LENGTH[kind] ?? 0))

export const fewestAfter = (kind: PeriodKind): number =>
  Math.max(FEWEST_AFTER_ALONE, ROUND_LENGTH[kind] ?? 0)

/** Why the periods of a kind are too few on either side of the start; null where they are enough. */
export function periodsLacking(
  periods: readonly PeriodCode[],
  kind: PeriodKind,
  introduction: PeriodCode,
  end: PeriodCode | null,
): 'too-few-periods-before' | 'too-few-periods-after' | null {
  const counted = (side: PeriodSide): number =>
    periods.filter((period) => sideOf(period, introduction, end) === side).length
  if (counted('before') < fewestBefore(kind)) return 'too-few-periods-before'
  return counted('after') < fewestAfter(kind) ? 'too-few-periods-after' : null
}

export interface WholeQuestion {
  readonly indicator: Pick<Indicator, 'measure' | 'per' | 'designEffect' | 'periodAggregation'>
  /** Of one kind, in order, none left out between the first and the last. */
  readonly periods: readonly PeriodCode[]
  readonly introduction: PeriodCode
  readonly end: PeriodCode | null
  readonly area: AreaId
  readonly sampleOf: SamplesOf
}

/** Too early: the figures do not reach far enough yet, or not far enough back. */
export type WholeUndefined =
  | 'too-few-periods-before'
  | 'too-few-periods-after'
  | 'hidden-before'
  | 'hidden-after'
  | 'too-few-events'
  | 'no-rounds'
  | 'class'
  | 'no-variation'

export interface WholeFinding {
  readonly scale: ChangeScale
  /** In logarithms where the scale is a ratio, otherwise in the indicator's unit; its steps are periods. */
  readonly series: InterruptedTimeSeries
  /** Means per period before and after, and what the time before would have led to after, in the indicator's unit. */
  readonly before: number
  readonly after: number
  readonly expected: number
  /** After less expected, in the indicator's unit; the interval is that of the change, at the expected level. */
  readonly difference: SeriesEffect
  /** What the time before says of each period that is used, in the indicator's unit. */
  readonly course: ReadonlyMap<PeriodCode, number>
}

export type WholeOutcome =
  | { readonly ok: true; readonly value: WholeFinding }
  | { readonly ok: false; readonly reason: WholeUndefined }

/**
 * A whole municipality's series against its own course before the start. Rates and counts in logarithms, ln of
 * (events + ½)/base, since their changes are shares; other measures in their unit.
 */
export function wholeBeforeAfter(question: WholeQuestion): WholeOutcome {
  const { indicator, periods, introduction, end, area, sampleOf } = question
  const fail = (reason: WholeUndefined): WholeOutcome => ({ ok: false, reason })
  if (indicator.measure === 'class') return fail('class')
  const kind = periods[0] === undefined ? null : kindOf(periods[0])
  if (kind === null || kind === 'week') return fail('no-rounds')
  const lacking = periodsLacking(periods, kind, introduction, end)
  if (lacking) return fail(lacking)
  const sides = periods.map((period) => sideOf(period, introduction, end))

  const used = periods.flatMap((period, time) => {
    const side = sides[time]!
    const sample = side === 'before' || side === 'after' ? sampleOf(area, period) : null
    return sample ? [{ period, time, sample, isAfter: side === 'after' }] : []
  })
  const before = used.filter(({ isAfter }) => !isAfter)
  const after = used.filter(({ isAfter }) => isAfter)
  if (before.length < fewestBefore(kind)) return fail('hidden-before')
  if (after.length < fewestAfter(kind)) return fail('hidden-after')
  if (used.reduce((sum, { sample }) => sum + sample.count, 0) < FEWEST_EVENTS)
    return fail('too-few-events')

  const scale = scaleOf(indicator)
  const base = ({ base: of }: Sample): number => (indicator.measure === 'count' ? 1 : of)
  const level = (sample: Sample): number =>
    scale === 'ratio'
      ? Math.log((sample.count + 0.5) / base(sample))
      : valueOf(sample, indicator.measure, indicator.per)
  const points = used.map(({ period, time, sample, isAfter }): SeriesPoint => {
    const monthsEach = 12 / PARTS_PER_YEAR[kind]
    const season = Math.floor((periodStart(period).month - 1) / monthsEach)
    return { time, season, isAfter, value: level(sample), variance: chanceOf(sample, indicator) }
  })
  const series = interruptedTimeSeries(points)
  if (!series) return fail('no-variation')

  const meanOf = (some: readonly { readonly sample: Sample }[]): number =>
    some.reduce((sum, { sample }) => sum + shown(sample), 0) / some.length
  const shown = (sample: Sample): number =>
    indicator.measure === 'count' ? sample.count : valueOf(sample, indicator.measure, indicator.per)
  const afterMean = meanOf(after)
  const { mean } = series
  const expected = scale === 'ratio' ? afterMean * Math.exp(-mean.value) : afterMean - mean.value
  const inUnit = (value: number): number =>
    scale === 'ratio' ? expected * Math.expm1(value) : value
  return {
    ok: true,
    value: {
      ...{ scale, series, before: meanOf(before), after: afterMean, expected },
      difference: {
        value: inUnit(mean.value),
        interval: {
          lower: inUnit(mean.interval.lower),
          upper: inUnit(mean.interval.upper),
          level: mean.interval.level,
        },
      },
      course: new Map(
        used.map(({ period }, place) => [
          period,
          scale === 'ratio'
            ? (indicator.measure === 'count' ? 1 : indicator.per) *
              Math.exp(series.expected[place]!)
            : series.expected[place]!,
        ]),
      ),
    },
  }
}

/** The chance in one period's figures; of stocks, which count much the same persons every time, it is part of what lasts. */
function chanceOf(
  { count, base }: Sample,
  { measure, per, designEffect, periodAggregation }: WholeQuestion['indicator'],
): number {
  if (periodAggregation === 'mean' && measure !== 'survey') return 0
  if (measure === 'rate' || measure === 'count') return 1 / (count + 0.5)
  const near = (count + 1) / (base + 2)
  return (per ** 2 * near * (1 - near) * designEffect) / base
}
