/** Two clusters joined: below the number of leaves a leaf, from there on the merge of that number. */
export interface Merge {
  readonly first: number
  readonly second: number
  /** The mean distance between the leaves of the two. */
  readonly height: number
}

export interface LeafOrder {
  /** The places of the leaves, in the order to show them. */
  readonly order: readonly number[]
  /** The sum of the distances between those that came to stand beside one another. */
  readonly length: number
  /** In the order they were made, each no lower than the one before. */
  readonly merges: readonly Merge[]
}

/**
 * Average linkage: joins the two clusters whose leaves lie nearest to one another on average, until one is left.
 * Of pairs exactly as near the one that comes first in the order given.
 * Source: Sokal & Michener, University of Kansas Science Bulletin 38 (1958) 1409; R's hclust(method = "average").
 * @param distances symmetric, finite; a square of them
 */
export function averageLinkage(distances: readonly ArrayLike<number>[]): Merge[] {
  const leaves = distances.length
  const clusters = distances.map((row, place) => ({ id: place, size: 1, row: Array.from(row) }))
  const merges: Merge[] = []
  while (clusters.length > 1) {
    let [first, second] = [0, 1]
    for (let i = 0; i < clusters.length; i++)
      for (let j = i + 1; j < clusters.length; j++)
        if (clusters[i]!.row[j]! < clusters[first]!.row[second]!) [first, second] = [i, j]
    const [one, other] = [clusters[first]!, clusters[second]!]
    merges.push({ first: one.id, second: other.id, height: one.row[second]! })
    const size = one.size + other.size
    const row = one.row.map(
      (distance, place) => (one.size * distance + other.size * other.row[place]!) / size,
    )
    clusters[first] = { id: leaves + merges.length - 1, size, row }
    clusters.forEach((cluster, place) => (cluster.row[first] = row[place]!))
    clusters.splice(second, 1)
    for (const cluster of clusters) cluster.row.splice(second, 1)
  }
  return merges
}

/**
 * The order of the leaves of a clustering tree with the shortest way from the first to the last, among all that
 * turning its branches can give. M(u, w) is the shortest way through a branch from leaf u to leaf w, its two ends in
 * different twigs A and B: min over m in A and k in B of M(u, m) + d(m, k) + M(k, w).
 * Source: Bar-Joseph, Gifford & Jaakkola, Bioinformatics 17 (2001) S22; seriation::seriate(method = "OLO_average").
 * @param distances symmetric, a square of them; NaN (undefined) is as far as the farthest
 */
export function optimalLeafOrder(distances: readonly ArrayLike<number>[]): LeafOrder {
  const leaves = distances.length
  const known = distances.map((row) => Array.from(row))
  const farthest = Math.max(0, ...known.flat().filter((distance) => Number.isFinite(distance)))
  for (const row of known)
    row.forEach((distance, place) => {
      if (!Number.isFinite(distance)) row[place] = farthest
    })
  const merges = averageLinkage(known)
  if (leaves < 2) return { order: [...known.keys()], length: 0, merges }

  const table = new PathTable(known)
  const twigs = Array.from({ length: leaves }, (_, leaf): Twig => [[leaf], []])
  for (const { first, second } of merges) {
    const [one, other] = [twigs[first]!, twigs[second]!]
    table.join(one, other)
    twigs.push([one.flat(), other.flat()])
  }
  return { ...table.shortest(twigs.at(-1)!), merges }
}

/** The leaves of a branch's two twigs; a single leaf stands alone in the first. */
type Twig = readonly [readonly number[], readonly number[]]

class PathTable {
  readonly #distances: readonly (readonly number[])[]
  /** M(u, w): every two leaves are the ends of one branch only, where their twigs meet. */
  readonly #lengths: Float64Array
  /** Where the way from u to w leaves the twig of u; the same asked from w to u is where it enters w's. */
  readonly #leaves: Int32Array

  constructor(distances: readonly (readonly number[])[]) {
    this.#distances = distances
    this.#lengths = new Float64Array(distances.length ** 2)
    this.#leaves = new Int32Array(distances.length ** 2).fill(-1)
  }

  /** Finds the shortest way from every leaf of one branch to every leaf of the other. */
  join(one: Twig, other: Twig): void {
    const count = this.#distances.length
    for (const u of one.flat()) {
      // The shortest way from u to each leaf of the other branch that may be met first there.
      const reached = other.flat().map((k) => {
        let [length, from] = [Infinity, -1]
        for (const m of farEnds(one, u)) {
          const way = this.#lengths[u * count + m]! + this.#distances[m]![k]!
          if (way < length) [length, from] = [way, m]
        }
        return { k, length, from }
      })
      for (const w of other.flat()) {
        const ends = new Set(farEnds(other, w))
        let best = { k: -1, length: Infinity, from: -1 }
        for (const { k, length, from } of reached) {
          const way = length + this.#lengths[k * count + w]!
          if (ends.has(k) && way < best.length) best = { k, length: way, from }
        }
        this.#lengths[u * count + w] = this.#lengths[w * count + u] = best.length
        this.#leaves[u * count + w] = best.from
        this.#leaves[w * count + u] = best.k
      }
    }
  }

  /** The shortest way through all, told from the end that stands first among the leaves. */
  shortest([first, second]: Twig): { order: number[]; length: number } {
    const count = this.#distances.length
    let [from, to, length] = [-1, -1, Infinity]
    for (const u of first)
      for (const w of second)
        if (this.#lengths[u * count + w]! < length)
          [from, to, length] = [Math.min(u, w), Math.max(u, w), this.#lengths[u * count + w]!]
    return { order: this.#way(from, to), length }
  }

  #way(u: number, w: number): number[] {
    if (u === w) return [u]
    const count = this.#distances.length
    const [leave, enter] = [this.#leaves[u * count + w]!, this.#leaves[w * count + u]!]
    return [...this.#way(u, leave), ...this.#way(enter, w)]
  }
}

/** Where a way that begins in a leaf of a branch can end: in its other twig, or where it began if it is a leaf. */
function farEnds([first, second]: Twig, leaf: number): readonly number[] {
  if (second.length === 0) return first
  return first.includes(leaf) ? second : first
}
