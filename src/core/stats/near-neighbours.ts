import type { PlanePoint } from '../polygons.ts'
import { neighboursFromLists, type Neighbours } from './weights.ts'

/**
 * The k nearest areas of each, by planar distance between centroids. Not mutual: an area in the countryside has
 * neighbours in a town that do not have it. Of areas exactly as near, those farthest to the west and then to the
 * south come first, so that the order of the file decides nothing. Source: spdep::knearneigh, which leaves it open.
 * @param centroids NaN (no ground) neither has nor is a neighbour
 * @param count k; all the others where there are fewer
 * @returns each area's in ascending order of place
 */
export function nearestNeighbours(centroids: readonly PlanePoint[], count: number): Neighbours {
  const sweep = new Sweep(centroids)
  return neighboursFromLists(
    centroids.map((_, area) => {
      const nearest: { area: number; distance: number }[] = []
      for (const other of sweep.outwards(area, () =>
        nearest.length < count ? Infinity : nearest.at(-1)!.distance,
      )) {
        let place = nearest.length
        while (place > 0 && isBefore(other, nearest[place - 1]!, centroids)) place--
        nearest.splice(place, 0, other)
        if (nearest.length > count) nearest.pop()
      }
      return nearest.map((near) => near.area).sort((a, b) => a - b)
    }),
  )
}

/**
 * All areas whose centroids are no farther away than a distance. Source: spdep::dnearneigh(x, 0, distance).
 * @param centroids NaN (no ground) neither has nor is a neighbour
 * @param distance in the centroids' units
 * @returns each area's in ascending order of place
 */
export function neighboursWithin(centroids: readonly PlanePoint[], distance: number): Neighbours {
  const sweep = new Sweep(centroids)
  return neighboursFromLists(
    centroids.map((_, area) =>
      [...sweep.outwards(area, () => distance)]
        .filter((other) => other.distance <= distance)
        .map((other) => other.area)
        .sort((a, b) => a - b),
    ),
  )
}

interface Near {
  readonly area: number
  readonly distance: number
}

function isBefore(one: Near, other: Near, centroids: readonly PlanePoint[]): boolean {
  const [oneX, oneY] = centroids[one.area]!
  const [otherX, otherY] = centroids[other.area]!
  return (
    (one.distance - other.distance || oneX - otherX || oneY - otherY || one.area - other.area) < 0
  )
}

/** Areas sorted from west to east, so that the search for near ones ends where x alone is too far away. */
class Sweep {
  readonly #centroids: readonly PlanePoint[]
  readonly #order: readonly number[]
  readonly #placeOf: Int32Array

  constructor(centroids: readonly PlanePoint[]) {
    this.#centroids = centroids
    this.#order = [...centroids.keys()]
      .filter((area) => !Number.isNaN(centroids[area]![0] + centroids[area]![1]))
      .sort((a, b) => centroids[a]![0] - centroids[b]![0])
    this.#placeOf = new Int32Array(centroids.length).fill(-1)
    this.#order.forEach((area, place) => (this.#placeOf[area] = place))
  }

  /** Others from the one nearest in x outwards, for as long as they can be within the reach. */
  *outwards(area: number, reach: () => number): Generator<Near> {
    const place = this.#placeOf[area]!
    if (place < 0) return
    const [x, y] = this.#centroids[area]!
    let [west, east] = [place - 1, place + 1]
    for (;;) {
      const toWest = west < 0 ? Infinity : x - this.#centroids[this.#order[west]!]![0]
      const toEast =
        east === this.#order.length ? Infinity : this.#centroids[this.#order[east]!]![0] - x
      const across = Math.min(toWest, toEast)
      if (across === Infinity || across > reach()) return
      const other = this.#order[toWest <= toEast ? west-- : east++]!
      yield { area: other, distance: Math.hypot(across, this.#centroids[other]![1] - y) }
    }
  }
}
