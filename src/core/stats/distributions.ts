import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import fDistribution from '@stdlib/stats-base-dists-f-cdf'
import normalDistribution from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile'
import tDistribution from '@stdlib/stats-base-dists-t-cdf'

/*
 * Tails of the distributions, from @stdlib. Upper tails are taken as lower tails of the mirrored variable, never as
 * 1 − P, which has no digits left where they matter. Checked against R 4.2.2 to 1e-13 relative or better: pnorm to
 * 20 standard deviations, pt and pf to 1e-15. (simple-statistics' normal distribution is a table, 31 times too large
 * at four standard deviations.)
 */

/** P(|Z| ≥ |z|) of a standard normal variable; NaN for NaN. */
export const normalTwoSided = (z: number): number => 2 * normalDistribution(-Math.abs(z), 0, 1)

/** P(Z ≤ z) of a standard normal variable; NaN for NaN. */
export const normalBelow = (z: number): number => normalDistribution(z, 0, 1)

/** The z with P(Z ≤ z) = probability; NaN outside 0 … 1. */
export const normalQuantile = (probability: number): number => normalQuantileOf(probability, 0, 1)

/** P(|T| ≥ |t|) of Student's t; NaN unless the degrees of freedom, which need not be whole, are positive. */
export const studentTwoSided = (t: number, degreesOfFreedom: number): number =>
  2 * tDistribution(-Math.abs(t), degreesOfFreedom)

/**
 * The t with P(|T| ≥ t) = probability, by t² = ν·x/(1 − x) with x the beta quantile that belongs to it: for intervals
 * at t standard errors. SciPy's to 1e-8 of it. NaN for impossible parameters.
 */
export function studentReach(probability: number, degreesOfFreedom: number): number {
  const rest = betaQuantile(probability, degreesOfFreedom / 2, 0.5)
  return Math.sqrt((degreesOfFreedom * (1 - rest)) / rest)
}

/** P(F ≥ f) of the F distribution; NaN unless both degrees of freedom, which need not be whole, are positive. */
export function fAbove(f: number, numeratorDegrees: number, denominatorDegrees: number): number {
  if (Number.isNaN(f) || !(numeratorDegrees > 0) || !(denominatorDegrees > 0)) return NaN
  return f <= 0 ? 1 : fDistribution(1 / f, denominatorDegrees, numeratorDegrees)
}

/** The quantile of the beta distribution; NaN for impossible parameters. */
export const betaQuantileOf = (probability: number, first: number, second: number): number =>
  betaQuantile(probability, first, second)
