import { knownPair } from './bivariate-moran.ts'
import { defined, type Outcome } from './outcome.ts'
import { spatialLag, type SpatialWeights } from './weights.ts'

export interface Lee {
  readonly L: number
  /** One per area; they sum to L·Σᵢ wᵢ². NaN where a figure is missing, or no neighbour has both. */
  readonly local: Float64Array
}

/**
 * Lee's L = (n/Σᵢ wᵢ²) Σᵢ x̃ᵢ ỹᵢ / √(Σx² Σy²), with x̃ᵢ = Σⱼ wᵢⱼ xⱼ the spatial lag of the deviations and wᵢ the sum of an
 * area's weights: how two patterns agree once both are smoothed over neighbours.
 * Source: Lee, Journal of Geographical Systems 3 (2001) 369; spdep::lee.
 * @param first one per area; NaN in either takes the area out
 */
export function lee(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  weights: SpatialWeights,
): Outcome<Lee> {
  const pair = knownPair(first, second, weights)
  if (!pair.ok) return pair
  const { known, x, y } = pair.value
  const lagX = spatialLag(known.weights, x.deviations)
  const lagY = spatialLag(known.weights, y.deviations)
  const scale = known.places.length / Math.sqrt(x.squares * y.squares)
  const local = lagX.map((lag, area) => scale * lag * lagY[area]!)
  let [sum, squaredSums] = [0, 0]
  const { starts, weights: each } = known.weights
  local.forEach((figure, area) => {
    const degree = starts[area + 1]! - starts[area]!
    if (degree === 0) return
    sum += figure
    squaredSums += (degree * each[starts[area]!]!) ** 2
  })
  return defined({ L: sum / squaredSums, local: known.spread(local) })
}
