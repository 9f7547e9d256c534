import { completeCases } from './complete-cases.ts'
import { neighboursAmong, weigh, type SpatialWeights } from './weights.ts'

/** The areas that have figures, with the weights among them. */
export interface KnownAreas {
  /** Their places among all areas, ascending. */
  readonly places: Uint32Array
  /** Made anew among them, so that those of style W sum to 1. */
  readonly weights: SpatialWeights
  /** One for each column asked about, of the areas in `places`. */
  readonly columns: readonly Float64Array[]
  /** Puts figures of these areas in their places among all; the others get NaN. */
  readonly spread: (figures: ArrayLike<number>) => Float64Array
}

/**
 * Takes the areas without a figure (hidden, missing: not finite) out of the columns and of the weights: a missing
 * area is no neighbour, and nobody's neighbour counts it. Source: spdep's na.action = na.exclude (subset.listw).
 * @param columns one at least, of one value per area of `weights`
 */
export function knownAreas(
  weights: SpatialWeights,
  ...columns: readonly ArrayLike<number>[]
): KnownAreas {
  const all = weights.starts.length - 1
  const { places, columns: known } = completeCases(...columns)
  return {
    places,
    weights:
      places.length === all ? weights : weigh(neighboursAmong(weights, places), weights.style),
    columns: known,
    spread(figures) {
      const spread = new Float64Array(all).fill(NaN)
      places.forEach((area, place) => (spread[area] = figures[place]!))
      return spread
    },
  }
}
