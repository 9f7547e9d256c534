import { completeCases } from './complete-cases.ts'
import { FEWEST_PAIRS } from './correlation.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { ranks } from './rank-correlation.ts'

export interface LeaveOneOut {
  /** The lowest and the highest ρ among the others when each area in turn is left out. */
  readonly lowest: number
  readonly highest: number
  /** The areas that were left out then, as places among all. */
  readonly lowestWithout: number
  readonly highestWithout: number
  /** An area without which there is no ρ at all, since all the others are alike; null if there is none. */
  readonly undefinedWithout: number | null
}

/**
 * Spearman's ρ with each area left out in turn: does it hang on a single one?
 * @param x NaN (hidden, missing) leaves the pair out of it all
 */
export function leaveOneOut(x: ArrayLike<number>, y: ArrayLike<number>): Outcome<LeaveOneOut> {
  const { places, columns } = completeCases(x, y)
  if (places.length <= FEWEST_PAIRS) return undefinedFor('statistics-too-few-areas')
  return leaveOneOutOfRanks(ranks(columns[0]!), ranks(columns[1]!), places)
}

/**
 * The same from ranks that are known.
 * @param places what to call the areas
 */
export function leaveOneOutOfRanks(
  first: Float64Array,
  second: Float64Array,
  places: ArrayLike<number>,
): Outcome<LeaveOneOut> {
  let [lowest, highest, lowestWithout, highestWithout] = [Infinity, -Infinity, -1, -1]
  let undefinedWithout: number | null = null
  rhosWithout(first, second).forEach((rho, left) => {
    if (Number.isNaN(rho)) undefinedWithout ??= places[left]!
    if (rho < lowest) [lowest, lowestWithout] = [rho, places[left]!]
    if (rho > highest) [highest, highestWithout] = [rho, places[left]!]
  })
  return highest < lowest
    ? undefinedFor('statistics-no-variation')
    : defined({ lowest, highest, lowestWithout, highestWithout, undefinedWithout })
}

/**
 * ρ among the others, by area left out. Their ranks are those of all, less a = 1 where they lie above the one left out
 * and a = ½ where they tie with it, so that with R and S the ranks less their new mean n/2 the sum of products is
 * ΣRS − ΣaS − ΣbR + Σab. The first is known, the next two are sums from above, and the last counts those above in
 * both. All are multiples of ¼, so that nothing is lost to rounding.
 */
function rhosWithout(first: Float64Array, second: Float64Array): Float64Array {
  const mean = first.length / 2
  const ofFirst = first.map((rank) => rank - mean)
  const ofSecond = second.map((rank) => rank - mean)
  let all = 0
  for (let i = 0; i < first.length; i++) all += ofFirst[i]! * ofSecond[i]!
  const aboveInFirst = sumsAbove(first, ofSecond)
  const aboveInSecond = sumsAbove(second, ofFirst)
  const aboveInBoth = countsAbove(first, second)
  const squaresFirst = squaresWithout(first)
  const squaresSecond = squaresWithout(second)
  return first.map((_, left) => {
    const products =
      all -
      ofFirst[left]! * ofSecond[left]! -
      aboveInFirst[left]! -
      aboveInSecond[left]! +
      aboveInBoth[left]!
    const rho = products / Math.sqrt(squaresFirst[left]! * squaresSecond[left]!)
    return Math.max(-1, Math.min(1, rho))
  })
}

/** Runs through the areas from the highest rank down, those that tie together. */
function* tiesFromAbove(ranked: Float64Array): Generator<Uint32Array> {
  const order = Uint32Array.from(ranked, (_, i) => i).sort((a, b) => ranked[b]! - ranked[a]!)
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && ranked[order[end]!] === ranked[order[start]!]) end++
    yield order.subarray(start, end)
    start = end
  }
}

/** For each area Σ a·value over the others. */
function sumsAbove(ranked: Float64Array, values: Float64Array): Float64Array {
  const sums = new Float64Array(ranked.length)
  let above = 0
  for (const ties of tiesFromAbove(ranked)) {
    let tied = 0
    for (const area of ties) tied += values[area]!
    for (const area of ties) sums[area] = above + (tied - values[area]!) / 2
    above += tied
  }
  return sums
}

/** For each area Σ a·b over the others, with the counts of those above in `second` kept in a binary indexed tree. */
function countsAbove(first: Float64Array, second: Float64Array): Float64Array {
  const tree = new Uint32Array(2 * second.length + 2)
  let counted = 0
  const add = (area: number): void => {
    for (let at = 2 * second[area]!; at < tree.length; at += at & -at) tree[at]!++
    counted++
  }
  /** Of those counted, the ones above the area in `second` and half of those that tie with it. */
  const above = (area: number): number => {
    const upTo = (rank: number): number => {
      let below = 0
      for (let at = rank; at > 0; at -= at & -at) below += tree[at]!
      return below
    }
    return counted - (upTo(2 * second[area]!) + upTo(2 * second[area]! - 1)) / 2
  }
  const counts = new Float64Array(first.length)
  for (const ties of tiesFromAbove(first)) {
    for (const area of ties) counts[area] = above(area) / 2
    for (const area of ties) add(area)
    // The area itself is among them now: a tie with itself, counted as half of a half.
    for (const area of ties) counts[area]! += (above(area) - 0.5) / 2
  }
  return counts
}

/** For each area the squares of the others' ranks about their mean: (m³ − m − Σ(t³ − t))/12 of m with ties of t. */
function squaresWithout(ranked: Float64Array): Float64Array {
  const cubic = (count: number): number => count ** 3 - count
  const groups = [...tiesFromAbove(ranked)]
  let ties = 0
  for (const group of groups) ties += cubic(group.length)
  const squares = new Float64Array(ranked.length)
  for (const group of groups) {
    const left = ties - cubic(group.length) + cubic(group.length - 1)
    for (const area of group) squares[area] = (cubic(ranked.length - 1) - left) / 12
  }
  return squares
}
