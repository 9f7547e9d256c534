import type { Interval } from '../cell.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { studentReach, studentTwoSided } from './distributions.ts'
import { pauleMandel, type Estimate } from './paule-mandel.ts'

/** Of fewer comparison areas their spread, on which the interval rests, is hardly known: t is 2.6 already. */
export const FEWEST_COMPARISON_AREAS = 6

export interface AgainstOthers {
  /** The area's change less the mean change of the others. */
  readonly difference: number
  readonly interval: Interval
  /** Two-sided. */
  readonly p: number
  /** The mean change of the others, each weighted by how well it is known. */
  readonly othersMean: number
  /** How much the others' changes vary beyond chance in their counts: a variance. */
  readonly between: number
  /** How many others, and how many of them lie as far from the mean of the rest as the area does. */
  readonly others: number
  readonly asFar: number
}

/**
 * Difference in differences for one area: how much more it changed than areas like it did.
 *
 * Estimand: δ in Δ₀ = μ + δ + u₀ + e₀, where the others changed by Δⱼ = μ + uⱼ + eⱼ. e is chance in an area's own
 * counts, with the variance v that it states; u is whatever else makes areas part ways, with the same variance τ² in
 * all of them. Each area is first made into one change, from all its periods before to all after: what lasts from
 * period to period is then part of u, and is measured rather than assumed (Bertrand, Duflo & Mullainathan, Quarterly
 * Journal of Economics 119 (2004) 249, § IV.C). With one area there is nothing within it to tell u₀ from δ by; the
 * spread among the others stands for it (Conley & Taber, Review of Economics and Statistics 93 (2011) 113).
 *
 * δ̂ = Δ₀ − Σwⱼ Δⱼ/Σwⱼ with wⱼ = 1/(τ² + vⱼ), τ² by Paule and Mandel; interval δ̂ ± t(m − 1)·√(τ² + v₀ + 1/Σwⱼ), as
 * of a new area's among them (Higgins, Thompson & Spiegelhalter, JRSS A 172 (2009) 137). Where all v are 0 it is least
 * squares on the collapsed changes, exactly.
 *
 * Assumes that the area would have changed as the others did but for u, that u is much alike in all of them, and that
 * the work in the area does not move anything to or from the others.
 * @returns null where there are fewer than six others, or where nothing varies
 */
export function changeAgainstOthers(
  own: Estimate,
  others: readonly Estimate[],
  coverage: Coverage = COVERAGE_95,
): AgainstOthers | null {
  if (others.length < FEWEST_COMPARISON_AREAS) return null
  const all = pauleMandel(others)
  if (!all) return null
  const freedom = others.length - 1
  const difference = own.value - all.mean
  const error = Math.sqrt(all.between + own.variance + all.meanVariance)
  const reach = studentReach(1 - coverage.level, freedom) * error
  return {
    difference,
    interval: {
      lower: difference - reach,
      upper: difference + reach,
      level: coverage.level,
    },
    p: studentTwoSided(difference / error, freedom),
    othersMean: all.mean,
    between: all.between,
    others: others.length,
    asFar: others.filter((other) => {
      const rest = pauleMandel(others.filter((one) => one !== other))
      return rest !== null && Math.abs(other.value - rest.mean) >= Math.abs(difference)
    }).length,
  }
}
