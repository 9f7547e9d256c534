import { moran, type Moran } from './moran.ts'
import type { Outcome } from './outcome.ts'
import { neighboursFromLists, weigh, type Neighbours, type SpatialWeights } from './weights.ts'

/**
 * Moran's I between areas one, two … steps apart: how far a pattern reaches.
 * Source: Cliff & Ord, Spatial Processes (1981) 118; spdep::sp.correlogram(method = "I", zero.policy = TRUE).
 * @param values one per area; NaN (hidden, missing) takes the area out, but steps may still be taken across it
 * @param orders how many steps at most
 * @returns one per order; the later ones undefined where no area is so many steps away
 */
export function moranCorrelogram(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  orders: number,
): readonly Outcome<Moran>[] {
  return neighboursByOrder(weights, orders).map((ofOrder) =>
    moran(values, weigh(ofOrder, weights.style)),
  )
}

/** Neighbours that take exactly one, two … steps to reach. Source: spdep::nblag. */
export function neighboursByOrder(
  { starts, neighbours }: Neighbours,
  orders: number,
): readonly Neighbours[] {
  const count = starts.length - 1
  const lists = Array.from({ length: orders }, () =>
    Array.from({ length: count }, (): number[] => []),
  )
  const seenFrom = new Int32Array(count).fill(-1)
  for (let from = 0; from < count; from++) {
    let reached = [from]
    seenFrom[from] = from
    for (const ofOrder of lists) {
      const further: number[] = []
      for (const area of reached)
        for (let link = starts[area]!; link < starts[area + 1]!; link++) {
          const other = neighbours[link]!
          if (seenFrom[other] === from) continue
          seenFrom[other] = from
          further.push(other)
        }
      ofOrder[from] = further.toSorted((a, b) => a - b)
      reached = further
    }
  }
  return lists.map(neighboursFromLists)
}
