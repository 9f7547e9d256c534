import type { Interval } from '../cell.ts'
import type { Measure } from '../indicator.ts'
import { COVERAGE_95, COVERAGE_998, type Coverage } from './coverage.ts'
import { byarInterval, wilsonInterval } from './rate-interval.ts'

export type Verdict = 'lower' | 'uncertain' | 'higher'

/** "Much" is certain at 99.8 %, the outer limit of a funnel plot; it says how sure, not how far. */
export const FIVE_STEP_VERDICTS = [
  'much-lower',
  'lower',
  'uncertain',
  'higher',
  'much-higher',
] as const
export type FiveStepVerdict = (typeof FIVE_STEP_VERDICTS)[number]

/** What a value is made of. */
export interface Sample {
  readonly count: number
  /** Population or respondents; not read where the measure has none. */
  readonly base: number
}

export interface Comparison {
  /** First minus second, in the indicator's unit. */
  readonly difference: number
  /** First through second; null where the second is 0. */
  readonly ratio: number | null
  /** At 95 %. */
  readonly verdict: Verdict
  /** Of the difference, 95 %. */
  readonly interval: Interval
  /** Of the difference, 99.8 %. */
  readonly outerInterval: Interval
}

/**
 * An area against the rest of its municipality: the area is taken out of the total first, so that a large area is
 * not compared with itself.
 * @param area the area's figures
 * @param total the municipality's figures, area included
 * @returns null where it is undefined: hidden or missing figures, a count or class, or no rest (the area is the whole)
 */
export function compareWithRest(
  area: Sample,
  total: Sample,
  measure: Measure,
  per: number,
  designEffect = 1,
): Comparison | null {
  if (measure === 'count') return null
  const rest = { count: total.count - area.count, base: total.base - area.base }
  return compareTwo(area, rest, measure, per, designEffect)
}

/**
 * Two values of the same measure, first minus second: an area in a later and an earlier period. The two are taken as
 * independent; for a stock with much the same persons in both periods the interval is therefore wider than need be.
 * @returns null where it is undefined: hidden or missing figures, or a class
 */
export function compareTwo(
  first: Sample,
  second: Sample,
  measure: Measure,
  per: number,
  designEffect = 1,
): Comparison | null {
  const value = valueOf(first, measure, per)
  const reference = valueOf(second, measure, per)
  const between = (coverage: Coverage): Interval | null => {
    const ofFirst = intervalOf(first, measure, per, designEffect, coverage)
    const ofSecond = intervalOf(second, measure, per, designEffect, coverage)
    return ofFirst && ofSecond && differenceInterval(value, ofFirst, reference, ofSecond)
  }
  const interval = between(COVERAGE_95)
  const outerInterval = between(COVERAGE_998)
  if (!interval || !outerInterval) return null
  return {
    difference: value - reference,
    ratio: reference === 0 ? null : value / reference,
    verdict: verdictOf(interval),
    interval,
    outerInterval,
  }
}

/** The class of a comparison on a map. */
export function fiveStepVerdict({ verdict, outerInterval }: Comparison): FiveStepVerdict {
  const outer = verdictOf(outerInterval)
  return outer === 'uncertain' ? verdict : `much-${outer}`
}

/**
 * The interval of a difference from those of its two sides (method of variance estimates recovery):
 * d − √((r₁−l₁)² + (u₂−r₂)²) … d + √((u₁−r₁)² + (r₂−l₂)²). With Wilson's limits it is Newcombe's method 10 for two
 * shares; with Byar's limits it serves two Poisson rates.
 * Sources: Newcombe, Statistics in Medicine 17 (1998) 873; Zou & Donner, Statistics in Medicine 27 (2008) 1693.
 */
export function differenceInterval(
  first: number,
  ofFirst: Interval,
  second: number,
  ofSecond: Interval,
): Interval {
  const difference = first - second
  return {
    lower: difference - Math.hypot(first - ofFirst.lower, ofSecond.upper - second),
    upper: difference + Math.hypot(ofFirst.upper - first, second - ofSecond.lower),
    level: ofFirst.level,
  }
}

/** The value of a sample in the indicator's unit; NaN where it is undefined. */
export function valueOf({ count, base }: Sample, measure: Measure, per: number): number {
  if (measure === 'count' || measure === 'class') return count
  return base > 0 ? (per * count) / base : NaN
}

/** The interval of a value by its measure; null for classes and where it is undefined. */
export function intervalOf(
  { count, base }: Sample,
  measure: Measure,
  per: number,
  designEffect = 1,
  coverage: Coverage = COVERAGE_95,
): Interval | null {
  switch (measure) {
    case 'share':
      return wilsonInterval(count, base, per, coverage)
    case 'survey':
      return wilsonInterval(count, base, per, coverage, designEffect)
    case 'rate':
      return byarInterval(count, base, per, coverage)
    case 'count':
      return byarInterval(count, 1, 1, coverage)
    case 'class':
      return null
  }
}

const verdictOf = ({ lower, upper }: Interval): Verdict =>
  lower > 0 ? 'higher' : upper < 0 ? 'lower' : 'uncertain'
