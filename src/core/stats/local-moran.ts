import {
  conditionalRanks,
  twoSidedPermutationP,
  type PermutationPlan,
} from './conditional-permutation.ts'
import { deviationsFromMean } from './deviations.ts'
import { normalTwoSided } from './distributions.ts'
import { knownAreas } from './known-areas.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { spatialLag, type SpatialWeights } from './weights.ts'

/** The area itself, then its neighbours, each against the mean of all areas. */
export type Quadrant = 'High-High' | 'Low-Low' | 'High-Low' | 'Low-High'

/** One figure per area; NaN where the area has no figure, or no neighbour that has one. */
export interface LocalMoran {
  readonly I: Float64Array
  /** Of I given the area's own value. */
  readonly expectation: Float64Array
  readonly variance: Float64Array
  /** NaN also where the variance is 0: nothing could have come out differently. */
  readonly z: Float64Array
  /** Two-sided, from the normal distribution; NaN where z is. */
  readonly p: Float64Array
  /** Two-sided, by conditional permutation; NaN without permutations. */
  readonly pPermutation: Float64Array
  /** Null also where the area or its neighbours lie exactly at the mean. */
  readonly quadrants: readonly (Quadrant | null)[]
}

/** Deviations of neighbours that sum to less than this share of the greatest lie at the mean but for rounding. */
const ROUNDING = 1e-13

/**
 * Local Moran Iᵢ = (zᵢ/m₂) Σⱼ wᵢⱼ zⱼ with m₂ = Σz²/n, and its moments given the area's own value, the others being
 * dealt out at random: E = −zᵢ² wᵢ/((n − 1)m₂) and
 * variance = (zᵢ/m₂)² (n/(n − 2)) (wᵢ₂ − wᵢ²/(n − 1)) (m₂ − zᵢ²/(n − 1)), with wᵢ = Σⱼ wᵢⱼ and wᵢ₂ = Σⱼ wᵢⱼ².
 * Areas without neighbours count in the mean and among the others. The quadrant follows the signs of zᵢ and of
 * Σⱼ wᵢⱼ zⱼ, so that like beside like is a positive Iᵢ.
 * Source: Anselin, Geographical Analysis 27 (1995) 93; Sokal, Oden & Thomson, Geographical Analysis 30 (1998) 331;
 * spdep::localmoran(conditional = TRUE, mlvar = TRUE). GeoDa's Iᵢ is this times (n − 1)/n.
 * @param values one per area; NaN (hidden, missing) takes the area out
 */
export function localMoran(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  plan: PermutationPlan,
): Outcome<LocalMoran> {
  const known = knownAreas(weights, values)
  const count = known.places.length
  if (count < 2) return undefinedFor('statistics-too-few-areas')
  const fromMean = deviationsFromMean(known.columns[0]!)
  if (!fromMean) return undefinedFor('statistics-no-variation')
  if (known.weights.neighbours.length === 0) return undefinedFor('statistics-no-neighbours')
  const { deviations, squares, greatest } = fromMean
  const { starts } = known.weights
  const m2 = squares / count
  const lag = spatialLag(known.weights, deviations)
  const ranks = conditionalRanks(deviations, known.weights, plan)
  const columns = Array.from({ length: 6 }, () => new Float64Array(count).fill(NaN))
  const [I, expectation, variance, z, p, pPermutation] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const quadrants = new Array<Quadrant | null>(starts.length - 1).fill(null)
  const quadrantsOfAll = new Array<Quadrant | null>(weights.starts.length - 1).fill(null)
  for (let area = 0; area < count; area++) {
    const degree = starts[area + 1]! - starts[area]!
    if (degree === 0) continue
    const own = deviations[area]!
    const weight = known.weights.weights[starts[area]!]!
    I[area] = (own / m2) * lag[area]!
    expectation[area] = -(own * own * degree * weight) / ((count - 1) * m2)
    variance[area] = conditionalVariance(own, m2, count, degree, weight)
    if (variance[area]! > 0) {
      z[area] = (I[area]! - expectation[area]!) / Math.sqrt(variance[area]!)
      p[area] = normalTwoSided(z[area]!)
    }
    // An area at the mean has I = 0 whatever its neighbours are: every permutation gives as much.
    pPermutation[area] =
      own === 0
        ? twoSidedPermutationP(plan.permutations, plan.permutations, plan.permutations)
        : twoSidedPermutationP(ranks.atLeast[area]!, ranks.atMost[area]!, plan.permutations)
    const isLagZero = Math.abs(lag[area]!) <= ROUNDING * degree * weight * greatest
    quadrants[area] = isLagZero ? null : quadrantOf(own, lag[area]!)
  }
  known.places.forEach((area, place) => (quadrantsOfAll[area] = quadrants[place]!))
  return defined({
    I: known.spread(I),
    expectation: known.spread(expectation),
    variance: known.spread(variance),
    z: known.spread(z),
    p: known.spread(p),
    pPermutation: known.spread(pPermutation),
    quadrants: quadrantsOfAll,
  })
}

/**
 * The variance of Iᵢ, all of the area's weights being equal.
 * @returns exactly 0 where the neighbours are all the other areas, or the others are all alike; NaN for two areas
 */
function conditionalVariance(
  own: number,
  m2: number,
  count: number,
  degree: number,
  weight: number,
): number {
  if (count < 3) return NaN
  const ofOthers = m2 - (own * own) / (count - 1)
  if (ofOthers <= 1e-12 * m2) return 0
  const ofWeights = (weight * weight * degree * (count - 1 - degree)) / (count - 1)
  return (own / m2) ** 2 * (count / (count - 2)) * ofWeights * ofOthers
}

/** @returns null where either is 0 */
export function quadrantOf(own: number, neighbours: number): Quadrant | null {
  if (own === 0 || neighbours === 0) return null
  if (own > 0) return neighbours > 0 ? 'High-High' : 'High-Low'
  return neighbours > 0 ? 'Low-High' : 'Low-Low'
}
