import type { Sample } from './comparison.ts'
import { COVERAGE_95, COVERAGE_998, type Coverage } from './coverage.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'

/** poisson: events per population, or observed per expected. binomial: a share of them. */
export type FunnelModel = 'poisson' | 'binomial'

export interface FunnelLimits {
  readonly lower: number
  readonly upper: number
  readonly level: number
}

/** Where a value lies in its funnel: "much" beyond 99.8 %. */
export type FunnelPlace = 'much-lower' | 'lower' | 'inside' | 'higher' | 'much-higher'

export interface FunnelPoint {
  /** The area's count/base. */
  readonly value: number
  /** Count/base of all the others together. */
  readonly target: number
  readonly limits: FunnelLimits
  readonly outerLimits: FunnelLimits
  readonly place: FunnelPlace
}

/** Terms of a distribution smaller than this share of the greatest are nothing beside it. */
const NOTHING = 1e-40

/**
 * Exact limits of a value count/base where the truth is the target: at each end the count r where the distribution
 * first reaches the probability p = (1 ± level)/2, drawn back by (F(r) − p)/(F(r) − F(r−1)) so that the limits are
 * smooth in the base. Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185, appendix A.1.
 * @param target the truth: a rate, a ratio (1) or a share
 * @param base population, expected events, or how many the share is of (a whole number)
 * @returns null where there is no base or an impossible target. A limit below 0 is
 *   one that no value can pass.
 */
export function funnelLimits(
  target: number,
  base: number,
  model: FunnelModel,
  { level }: Coverage = COVERAGE_95,
): FunnelLimits | null {
  const possible = model === 'poisson' ? target >= 0 : target >= 0 && target <= 1
  if (!possible || !(base > 0 && base < Infinity) || !Number.isFinite(target)) return null
  if (model === 'binomial' && !Number.isInteger(base)) return null
  const outside = (1 - level) / 2
  const { first, terms } = distributionOf(target, base, model)
  return {
    lower: interpolatedQuantile(first, terms, outside) / base,
    upper: interpolatedQuantile(first, terms.toReversed(), outside, true) / base,
    level,
  }
}

/**
 * An area in its funnel, itself left out of what it is compared with. Its place is told by the exact probability of as
 * many events or more (as few or fewer), so that it is called different no more often than it says; the smooth limits
 * beside it are for drawing, and a value may lie between a limit and the next count.
 * @param area the area's figures
 * @param total those of all, the area included
 */
export function funnelPoint(area: Sample, total: Sample, model: FunnelModel): Outcome<FunnelPoint> {
  if (!(area.base > 0 && total.base - area.base > 0))
    return undefinedFor('statistics-no-population')
  const target = (total.count - area.count) / (total.base - area.base)
  const limits = limitsFromZero(target, area.base, model, COVERAGE_95)
  const outerLimits = limitsFromZero(target, area.base, model, COVERAGE_998)
  if (!limits || !outerLimits || !(area.count >= 0)) return undefinedFor('statistics-no-events')
  const { asMany, asFew } = tailsOf(area.count, target, area.base, model)
  const beyond = ({ level }: Coverage): FunnelSide | null =>
    asMany <= (1 - level) / 2 ? 'higher' : asFew <= (1 - level) / 2 ? 'lower' : null
  const side = beyond(COVERAGE_95)
  const outerSide = beyond(COVERAGE_998)
  return defined({
    value: area.count / area.base,
    target,
    limits,
    outerLimits,
    place: outerSide ? `much-${outerSide}` : (side ?? 'inside'),
  })
}

type FunnelSide = 'lower' | 'higher'

/** The probabilities of as many events or more, and of as few or fewer. */
function tailsOf(
  count: number,
  target: number,
  base: number,
  model: FunnelModel,
): { asMany: number; asFew: number } {
  const { first, terms } = distributionOf(target, base, model)
  const sum = (some: readonly number[]): number => some.reduce((all, term) => all + term, 0)
  return {
    asMany: sum(terms.slice(Math.max(0, Math.ceil(count) - first)).toReversed()),
    asFew: sum(terms.slice(0, Math.max(0, Math.floor(count) - first + 1))),
  }
}

/** Limits to draw: within what is possible. */
function limitsFromZero(
  target: number,
  base: number,
  model: FunnelModel,
  coverage: Coverage,
): FunnelLimits | null {
  const limits = funnelLimits(target, base, model, coverage)
  return limits && { ...limits, lower: Math.max(0, limits.lower), upper: Math.max(0, limits.upper) }
}

/** The probabilities of `first`, `first` + 1, … events, and of no others to speak of. */
function distributionOf(
  target: number,
  base: number,
  model: FunnelModel,
): { first: number; terms: number[] } {
  const mean = target * base
  const most = model === 'binomial' ? base : Infinity
  const mode = Math.min(most, Math.floor(mean))
  /** The probability of count + 1 through that of count. */
  const step = (count: number): number =>
    model === 'poisson'
      ? mean / (count + 1)
      : ((base - count) / (count + 1)) * (target / (1 - target))
  const below: number[] = []
  for (let count = mode, term = 1; count > 0; count--) {
    term /= step(count - 1)
    if (!(term > NOTHING)) break
    below.push(term)
  }
  const above: number[] = []
  for (let count = mode, term = 1; count < most; count++) {
    term *= step(count)
    if (!(term > NOTHING)) break
    above.push(term)
  }
  const terms = [...below.toReversed(), 1, ...above]
  // From the smallest up, so that small tails keep their digits.
  const whole = terms.toSorted((a, b) => a - b).reduce((sum, term) => sum + term, 0)
  return { first: mode - below.length, terms: terms.map((term) => term / whole) }
}

/**
 * r − (F(r) − p)/(F(r) − F(r−1)) with r the least count where F(r) ≥ p.
 * @param mirrored the terms stand from the last to the first, and p is what is left above
 */
function interpolatedQuantile(
  first: number,
  terms: readonly number[],
  probability: number,
  mirrored = false,
): number {
  let reached = 0
  for (let place = 0; place < terms.length; place++) {
    const term = terms[place]!
    // From above: 1 − F(r−1) is what has been reached with r, and F(r − 1) < 1 − p means that it is more than p.
    if (mirrored ? reached + term > probability : reached + term >= probability) {
      const excess = reached + term - probability
      return mirrored
        ? first + terms.length - 1 - place - (term - excess) / term
        : first + place - excess / term
    }
    reached += term
  }
  return NaN
}
