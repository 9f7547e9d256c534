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
      const nearest: Near[] = []
      sweep.outwards(area, Infinity, (other, distance) => {
        const farthest = nearest.length < count ? Infinity : (nearest.at(-1)?.distance ?? 0)
        if (distance > farthest) return farthest
        const near = { area: other, distance }
        let place = nearest.length
        while (place > 0 && isBefore(near, nearest[place - 1]!, centroids)) place--
        nearest.splice(place, 0, near)
        if (nearest.length > count) nearest.pop()
        return nearest.length < count ? Infinity : nearest.at(-1)!.distance
      })
      return nearest.map((near) => near.area).sort((one, other) => one - other)
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
    centroids.map((_, area) => {
      const within: number[] = []
      sweep.outwards(area, distance, (other, away) => {
        if (away <= distance) within.push(other)
        return distance
      })
      return within.sort((one, other) => one - other)
    }),
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
  readonly #xs: Float64Array
  readonly #ys: Float64Array
  readonly #placeOf: Int32Array

  constructor(centroids: readonly PlanePoint[]) {
    this.#centroids = centroids
    this.#order = [...centroids.keys()]
      .filter((area) => !Number.isNaN(centroids[area]![0] + centroids[area]![1]))
      .sort((a, b) => centroids[a]![0] - centroids[b]![0])
    this.#xs = Float64Array.from(this.#order, (area) => centroids[area]![0])
    this.#ys = Float64Array.from(this.#order, (area) => centroids[area]![1])
    this.#placeOf = new Int32Array(centroids.length).fill(-1)
    this.#order.forEach((area, place) => (this.#placeOf[area] = place))
  }

  /**
   * Meets others from the one nearest in x outwards, for as long as they can be within the reach.
   * @param meet gives the reach from now on
   */
  outwards(area: number, reach: number, meet: (other: number, distance: number) => number): void {
    const place = this.#placeOf[area]!
    if (place < 0) return
    const [x, y] = this.#centroids[area]!
    let [west, east] = [place - 1, place + 1]
    for (;;) {
      const toWest = west < 0 ? Infinity : x - this.#xs[west]!
      const toEast = east === this.#xs.length ? Infinity : this.#xs[east]! - x
      const across = Math.min(toWest, toEast)
      if (across === Infinity || across > reach) return
      const other = toWest <= toEast ? west-- : east++
      const along = this.#ys[other]! - y
      reach = meet(this.#order[other]!, Math.sqrt(across * across + along * along))
    }
  }
}
