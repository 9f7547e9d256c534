import { deviationsFromMean, type Deviations } from './deviations.ts'
import { normalTwoSided } from './distributions.ts'
import { knownAreas } from './known-areas.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { weightConstants } from './weight-constants.ts'
import type { SpatialWeights } from './weights.ts'

/** Randomisation: the values fell on these areas by chance. Normality: they were drawn from a normal distribution. */
export type SpatialAssumption = 'randomisation' | 'normality'

/** A statistic of spatial pattern beside what it would be without one. */
export interface SpatialTest {
  readonly expectation: number
  /** NaN where there are too few areas for it. */
  readonly variance: number
  /** NaN where the variance is 0 or unknown: nothing could have come out differently. */
  readonly z: number
  /** Two-sided, from the normal distribution; NaN where z is. */
  readonly p: number
  /** Areas with a figure and at least one neighbour with a figure. */
  readonly areas: number
}

export interface Moran extends SpatialTest {
  readonly I: number
}

/**
 * Moran's I = (n/S₀) Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σᵢ zᵢ², with z the deviations from the mean, E = −1/(n − 1), and with
 * b = m·Σz⁴/(Σz²)² over all m values the variance E[I²] − E², where E[I²] is
 * - randomisation: (n((n² − 3n + 3)S₁ − nS₂ + 3S₀²) − b((n² − n)S₁ − 2nS₂ + 6S₀²)) / ((n−1)(n−2)(n−3)S₀²), four areas
 *   at least;
 * - normality: (n²S₁ − nS₂ + 3S₀²) / ((n² − 1)S₀²).
 * Areas without neighbours count in the mean but not in n.
 * Source: Cliff & Ord, Spatial Processes (1981) 21, 42–44; spdep::moran.test(zero.policy = TRUE, adjust.n = TRUE).
 * @param values one per area; NaN (hidden, missing) takes the area out
 */
export function moran(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  assumption: SpatialAssumption = 'randomisation',
): Outcome<Moran> {
  const known = knownAreas(weights, values)
  if (known.places.length < 2) return undefinedFor('statistics-too-few-areas')
  const deviations = deviationsFromMean(known.columns[0]!)
  if (!deviations) return undefinedFor('statistics-no-variation')
  const constants = weightConstants(known.weights)
  if (constants.areas === 0) return undefinedFor('statistics-no-neighbours')
  const { areas: n, total: s0, squares: s1, rowsAndColumns: s2 } = constants
  const products = crossProducts(known.weights, deviations.deviations, deviations.deviations)
  const I = (n / s0) * (products / deviations.squares)
  const expectation = -1 / (n - 1)
  const secondMoment =
    assumption === 'normality'
      ? (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0)
      : (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) -
          kurtosis(deviations) * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
        ((n - 1) * (n - 2) * (n - 3) * s0 * s0)
  const isEnough = n >= (assumption === 'normality' ? 2 : 4)
  const variance = isEnough ? secondMoment - expectation ** 2 : NaN
  return defined({ I, ...standardised(I, expectation, variance, expectation ** 2), areas: n })
}

/** Σᵢⱼ wᵢⱼ xᵢ yⱼ. */
export function crossProducts(
  { starts, neighbours, weights }: SpatialWeights,
  own: ArrayLike<number>,
  others: ArrayLike<number>,
): number {
  let products = 0
  for (let area = 0; area < starts.length - 1; area++) {
    let lag = 0
    for (let link = starts[area]!; link < starts[area + 1]!; link++)
      lag += weights[link]! * others[neighbours[link]!]!
    products += own[area]! * lag
  }
  return products
}

/** m·Σz⁴ / (Σz²)². */
export function kurtosis({ deviations, squares }: Deviations): number {
  let fourth = 0
  for (const deviation of deviations) fourth += ((deviation * deviation) / squares) ** 2
  return deviations.length * fourth
}

/** A variance that is so small a part of what it is the difference of is nothing but rounding. */
const ROUNDING = 1e-12

/**
 * z = (value − expectation) / √variance with its two-sided p.
 * @param scale what the variance was computed as a difference of
 */
export function standardised(
  value: number,
  expectation: number,
  variance: number,
  scale: number,
): { expectation: number; variance: number; z: number; p: number } {
  if (Number.isNaN(variance)) return { expectation, variance, z: NaN, p: NaN }
  if (variance <= ROUNDING * scale) return { expectation, variance: 0, z: NaN, p: NaN }
  const z = (value - expectation) / Math.sqrt(variance)
  return { expectation, variance, z, p: normalTwoSided(z) }
}
