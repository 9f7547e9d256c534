import type { Interval } from '../cell.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { betaQuantileOf } from './distributions.ts'
import { gammaQuantile } from './gamma-quantile.ts'

/**
 * The exact interval of a rate per · count / base: the Poisson means that would give a count so high or so low with
 * probability (1 − level)/2, which are quantiles of the gamma distribution with shapes x and x + 1.
 * Source: Garwood, Biometrika 28 (1936) 437; R's poisson.test.
 * @param count events, not negative
 * @param base population or person-time; 1 for the count itself
 * @param per 1000 for a rate per 1,000
 * @returns null where the rate is undefined: no positive base, or no count
 */
export function garwoodInterval(
  count: number,
  base: number,
  per: number,
  { level }: Coverage = COVERAGE_95,
): Interval | null {
  if (!(count >= 0 && count < Infinity) || !(base > 0)) return null
  const outside = (1 - level) / 2
  const scale = per / base
  return {
    lower: count === 0 ? 0 : scale * gammaQuantile(outside, count),
    upper: scale * gammaQuantile(1 - outside, count + 1),
    level,
  }
}

/**
 * The exact interval of a share per · count / base, from quantiles of the beta distribution: wider than Wilson's.
 * Source: Clopper & Pearson, Biometrika 26 (1934) 404; R's binom.test.
 * @param count those with the property, 0 … base
 * @param base all of them
 * @param per 100 for per cent
 * @returns null where the share is undefined: no positive base, or a count outside it
 */
export function clopperPearsonInterval(
  count: number,
  base: number,
  per: number,
  { level }: Coverage = COVERAGE_95,
): Interval | null {
  if (!(base > 0 && base < Infinity) || !(count >= 0 && count <= base)) return null
  const outside = (1 - level) / 2
  return {
    lower: count === 0 ? 0 : per * betaQuantileOf(outside, count, base - count + 1),
    upper: count === base ? per : per * betaQuantileOf(1 - outside, count + 1, base - count),
    level,
  }
}
