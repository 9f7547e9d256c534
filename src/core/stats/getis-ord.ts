import { deviationsFromMean } from './deviations.ts'
import { normalTwoSided } from './distributions.ts'
import { knownAreas } from './known-areas.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import type { Neighbours, SpatialWeights } from './weights.ts'

/** One figure per area; NaN where the area has no figure, or no neighbour that has one. */
export interface GetisOrdStar {
  /** Above 0 where the area and its neighbours together lie high. */
  readonly z: Float64Array
  /** Two-sided, from the normal distribution. */
  readonly p: Float64Array
}

/**
 * Getis and Ord's Gᵢ*, standardised: z = (Σⱼ wᵢⱼ xⱼ − wᵢ x̄) / (s √((n wᵢ₂ − wᵢ²)/(n − 1))), where the area is among its
 * own neighbours, wᵢ and wᵢ₂ are the sums of its weights and of their squares, and s² = Σ(x − x̄)²/n. Equal weights
 * cancel out, so that W and B give the same: with k areas in the sum z = (Σ − k x̄) / (s √(k(n − k)/(n − 1))).
 * z is undefined where the neighbours are all the other areas.
 * Source: Ord & Getis, Geographical Analysis 27 (1995) 286; spdep::localG(x, nb2listw(include.self(nb))).
 * @param values one per area; NaN (hidden, missing) takes the area out
 * @param weights without the areas themselves
 */
export function getisOrdStar(
  values: ArrayLike<number>,
  weights: SpatialWeights,
): Outcome<GetisOrdStar> {
  const known = knownAreas(weights, values)
  const count = known.places.length
  if (count < 2) return undefinedFor('statistics-too-few-areas')
  const fromMean = deviationsFromMean(known.columns[0]!)
  if (!fromMean) return undefinedFor('statistics-no-variation')
  if (known.weights.neighbours.length === 0) return undefinedFor('statistics-no-neighbours')
  const z = standardisedSums(
    fromMean.deviations,
    Math.sqrt(fromMean.squares / count),
    known.weights,
  )
  return defined({ z: known.spread(z), p: known.spread(z.map(normalTwoSided)) })
}

function standardisedSums(
  deviations: Float64Array,
  spread: number,
  { starts, neighbours }: Neighbours,
): Float64Array {
  const count = deviations.length
  return deviations.map((own, area) => {
    const among = starts[area + 1]! - starts[area]! + 1
    if (among === 1 || among === count) return NaN
    let sum = own
    for (let link = starts[area]!; link < starts[area + 1]!; link++)
      sum += deviations[neighbours[link]!]!
    return sum / (spread * Math.sqrt((among * (count - among)) / (count - 1)))
  })
}
