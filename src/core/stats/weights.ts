/**
 * Which areas are neighbours of which, in the order of the areas. Those of area i stand in neighbours[starts[i]] …
 * neighbours[starts[i + 1] − 1], each once and never i itself unless `withSelf` made it.
 */
export interface Neighbours {
  /** One more than there are areas. */
  readonly starts: Uint32Array
  readonly neighbours: Uint32Array
}

/** W: each area's weights sum to 1. B: every weight is 1. As spdep::nb2listw names them. */
export type WeightStyle = 'W' | 'B'

/** Spatial weights, compact. An area without neighbours has none, and its sum of weights is 0. */
export interface SpatialWeights extends Neighbours {
  /** One for each of `neighbours`. */
  readonly weights: Float64Array
  readonly style: WeightStyle
}

/** How many areas these are the neighbours of. */
export const areaCount = ({ starts }: Neighbours): number => starts.length - 1

/** How many neighbours an area has. */
export const neighbourCount = ({ starts }: Neighbours, area: number): number =>
  starts[area + 1]! - starts[area]!

/** Neighbours from one list per area, in the order of the lists. */
export function neighboursFromLists(lists: readonly ArrayLike<number>[]): Neighbours {
  const starts = new Uint32Array(lists.length + 1)
  lists.forEach((list, area) => (starts[area + 1] = starts[area]! + list.length))
  const neighbours = new Uint32Array(starts.at(-1)!)
  lists.forEach((list, area) => neighbours.set(list, starts[area]))
  return { starts, neighbours }
}

/** Neighbours of every pair, both ways, in ascending order; a pair may be given many times over. */
export function neighboursFromPairs(
  areas: number,
  pairs: Iterable<readonly [number, number]>,
): Neighbours {
  const lists = Array.from({ length: areas }, () => new Set<number>())
  for (const [first, second] of pairs) {
    if (first === second) continue
    lists[first]!.add(second)
    lists[second]!.add(first)
  }
  return neighboursFromLists(lists.map((list) => [...list].sort((a, b) => a - b)))
}

/** Weighs neighbours: by one over their number (W), or all alike (B). */
export function weigh(neighbours: Neighbours, style: WeightStyle = 'W'): SpatialWeights {
  const weights = new Float64Array(neighbours.neighbours.length).fill(1)
  if (style === 'W')
    for (let area = 0; area < areaCount(neighbours); area++)
      weights.fill(
        1 / neighbourCount(neighbours, area),
        neighbours.starts[area],
        neighbours.starts[area + 1],
      )
  return { ...neighbours, weights, style }
}

/** The neighbours where each area is also its own, put last. */
export function withSelf(neighbours: Neighbours): Neighbours {
  return neighboursFromLists(
    Array.from({ length: areaCount(neighbours) }, (_, area) => [
      ...neighbours.neighbours.subarray(neighbours.starts[area], neighbours.starts[area + 1]),
      area,
    ]),
  )
}

/**
 * The neighbours among some of the areas, counted anew in the order given; those of areas left out are forgotten.
 * Weights are made afterwards, so that those of style W sum to 1 again (spdep::subset.listw).
 * @param kept the areas that remain, ascending, as places in the order of `neighbours`
 */
export function neighboursAmong(neighbours: Neighbours, kept: ArrayLike<number>): Neighbours {
  const placeOf = new Int32Array(areaCount(neighbours)).fill(-1)
  for (let place = 0; place < kept.length; place++) placeOf[kept[place]!] = place
  return neighboursFromLists(
    Array.from(kept, (area) =>
      Array.from(
        neighbours.neighbours.subarray(neighbours.starts[area], neighbours.starts[area + 1]),
        (neighbour) => placeOf[neighbour]!,
      ).filter((place) => place >= 0),
    ),
  )
}

/**
 * The spatial lag Σⱼ wᵢⱼ xⱼ: with W the mean of the neighbours, with B their sum.
 * @returns NaN for an area without neighbours, and where a neighbour's value is NaN
 */
export function spatialLag(
  { starts, neighbours, weights }: SpatialWeights,
  values: ArrayLike<number>,
): Float64Array {
  const lag = new Float64Array(starts.length - 1)
  for (let area = 0; area < lag.length; area++) {
    const [start, end] = [starts[area]!, starts[area + 1]!]
    let sum = start === end ? NaN : 0
    for (let link = start; link < end; link++) sum += weights[link]! * values[neighbours[link]!]!
    lag[area] = sum
  }
  return lag
}
