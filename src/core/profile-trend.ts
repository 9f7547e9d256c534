import type { Measure } from './indicator.ts'
import type { PeriodKind } from './period.ts'
import { benjaminiHochberg } from './stats/benjamini-hochberg.ts'
import { valueOf, type Sample } from './stats/comparison.ts'
import {
  mannKendall,
  poissonTrend,
  type TrendOutcome,
  type TrendUndefined,
} from './stats/trend-test.ts'

/** Periods that differ by the time of the year: a trend is not told of them. */
const WHOLE_YEARS: ReadonlySet<PeriodKind> = new Set(['year', 'school-year'])

export type TrendDirection = 'rising' | 'falling'

/** A place's own test of one indicator, before it is seen among all that were tested with it. */
export interface TestedTrend {
  readonly direction: TrendDirection
  /** Two-sided. */
  readonly p: number
  readonly method: 'poisson' | 'mann-kendall'
  /** Periods with a figure. */
  readonly points: number
}

export type ProfileTrendUndefined = TrendUndefined | 'seasonal' | 'class'

export type ProfileTrendOutcome =
  | { readonly ok: true; readonly value: TestedTrend }
  | { readonly ok: false; readonly reason: ProfileTrendUndefined }

/**
 * Tests whether a series rises or falls: rates and counts by Poisson regression widened for over-dispersion, shares
 * and surveys by Mann and Kendall's test. Parts of a year are not tested.
 * @param samples oldest first, one a period of the kind; null where the figure is hidden or missing
 */
export function testTrend(
  samples: readonly (Sample | null)[],
  kind: PeriodKind,
  measure: Measure,
  per: number,
): ProfileTrendOutcome {
  if (measure === 'class') return { ok: false, reason: 'class' }
  if (!WHOLE_YEARS.has(kind)) return { ok: false, reason: 'seasonal' }
  if (measure === 'rate' || measure === 'count') {
    const counts = samples.map((sample) => sample?.count ?? NaN)
    const populations = samples.map((sample) =>
      sample === null ? NaN : measure === 'count' ? 1 : sample.base,
    )
    return tested(poissonTrend(counts, populations), 'poisson', ({ ratio }) => ratio - 1)
  }
  const values = samples.map((sample) => (sample ? valueOf(sample, measure, per) : NaN))
  return tested(mannKendall(values), 'mann-kendall', ({ S }) => S)
}

function tested<Value extends { readonly p: number; readonly points: number }>(
  outcome: TrendOutcome<Value>,
  method: TestedTrend['method'],
  signOf: (value: Value) => number,
): ProfileTrendOutcome {
  if (!outcome.ok) return outcome
  const { p, points } = outcome.value
  const direction = signOf(outcome.value) < 0 ? 'falling' : 'rising'
  return { ok: true, value: { direction, p, method, points } }
}

/** Directions are told at this false discovery rate among all that were tested together. */
export const TREND_DISCOVERY_RATE = 0.05

/**
 * Which of several tests hold once they are seen together, by Benjamini and Hochberg's procedure.
 * @returns for each, in order: its direction, "uncertain", or null where it could not be tested
 */
export function directionsOf(
  outcomes: readonly ProfileTrendOutcome[],
): readonly (TrendDirection | 'uncertain' | null)[] {
  const { adjusted } = benjaminiHochberg(
    outcomes.map((outcome) => (outcome.ok ? outcome.value.p : null)),
  )
  return outcomes.map((outcome, place) => {
    if (!outcome.ok) return null
    return adjusted[place]! <= TREND_DISCOVERY_RATE ? outcome.value.direction : 'uncertain'
  })
}
