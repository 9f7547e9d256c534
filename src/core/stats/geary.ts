import { deviationsFromMean } from './deviations.ts'
import { knownAreas } from './known-areas.ts'
import { kurtosis, standardised, type SpatialAssumption, type SpatialTest } from './moran.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { weightConstants } from './weight-constants.ts'
import type { SpatialWeights } from './weights.ts'

export interface Geary extends SpatialTest {
  readonly C: number
}

/**
 * Geary's C = ((n − 1)/2S₀) Σᵢⱼ wᵢⱼ (xᵢ − xⱼ)² / Σᵢ zᵢ², with E = 1: below 1 neighbours are alike. Its variance is,
 * with b = n·Σz⁴/(Σz²)²,
 * - randomisation: ((n−1)S₁(n² − 3m + 3 − (n−1)b) − ¼(n−1)S₂(n² + 3m − 6 − (n² − m + 2)b) + S₀²(n² − 3 − (n−1)²b))
 *   / (m(n−2)(n−3)S₀²), four areas at least;
 * - normality: ((2S₁ + S₂)(n−1) − 4S₀²) / (2(m+1)S₀²).
 * z is (E − C)/√variance, so that likeness is positive as with Moran's I.
 * All m areas count in the mean, only the n that have neighbours elsewhere; that the variance mixes the two is what
 * spdep does, and makes no difference where every area has a neighbour (n = m, Cliff & Ord's formula).
 * Source: Cliff & Ord, Spatial Processes (1981) 21, 45; spdep 1.2-7 geary.test(zero.policy = TRUE, adjust.n = TRUE).
 * @param values one per area; NaN (hidden, missing) takes the area out
 */
export function geary(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  assumption: SpatialAssumption = 'randomisation',
): Outcome<Geary> {
  const known = knownAreas(weights, values)
  if (known.places.length < 2) return undefinedFor('statistics-too-few-areas')
  const deviations = deviationsFromMean(known.columns[0]!)
  if (!deviations) return undefinedFor('statistics-no-variation')
  const constants = weightConstants(known.weights)
  if (constants.areas === 0) return undefinedFor('statistics-no-neighbours')
  const { areas: n, total: s0, squares: s1, rowsAndColumns: s2 } = constants
  const differences = squaredDifferences(known.weights, deviations.deviations)
  const C = ((n - 1) / (2 * s0)) * (differences / deviations.squares)
  const m = known.places.length
  const b = (n / m) * kurtosis(deviations)
  const variance =
    assumption === 'normality'
      ? ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (m + 1) * s0 * s0)
      : n < 4
        ? NaN
        : ((n - 1) * s1 * (n * n - 3 * m + 3 - (n - 1) * b) -
            ((n - 1) * s2 * (n * n + 3 * m - 6 - (n * n - m + 2) * b)) / 4 +
            s0 * s0 * (n * n - 3 - (n - 1) ** 2 * b)) /
          (m * (n - 2) * (n - 3) * s0 * s0)
  const { z, p, variance: certain } = standardised(2 - C, 1, variance, 1)
  return defined({ C, expectation: 1, variance: certain, z, p, areas: n })
}

function squaredDifferences(
  { starts, neighbours, weights }: SpatialWeights,
  values: ArrayLike<number>,
): number {
  let sum = 0
  for (let area = 0; area < starts.length - 1; area++)
    for (let link = starts[area]!; link < starts[area + 1]!; link++)
      sum += weights[link]! * (values[area]! - values[neighbours[link]!]!) ** 2
  return sum
}
