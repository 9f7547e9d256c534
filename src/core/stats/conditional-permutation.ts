import { mulberry } from '../random.ts'
import type { Neighbours } from './weights.ts'

/** Chance that can be repeated. */
export interface PermutationPlan {
  /** How many; with none there is no p. */
  readonly permutations: number
  readonly seed: number
}

/** Where a statistic lies among those of the permutations, by area. */
export interface PermutationRanks {
  /** Permutations that gave as much or more. */
  readonly atLeast: Uint32Array
  /** Permutations that gave as much or less. */
  readonly atMost: Uint32Array
}

/** Cards on the table at once: so many fit in memory, however many permutations there are. */
const MOST_CARDS = 2 ** 22

/** Sums nearer than this share of the greatest value are ties, parted by nothing but rounding. */
const ROUNDING = 1e-10

/**
 * Conditional permutation: for each area the values of all the *others* are dealt to its neighbours, without
 * replacement and each hand as likely as any other, and the sum of the hand is compared with that of the neighbours.
 * All areas look at the same shuffled decks: the first k cards are a hand for k neighbours, and where the area's own
 * value is among them it is put aside and the next card taken, which leaves every hand of the others equally likely.
 * The sums of a deck's first cards serve every area with as many neighbours, and are sorted once.
 * Source: Anselin, Geographical Analysis 27 (1995) 93. (spdep 1.2-7 draws with replacement and GeoDa rounds its
 * draw: their p are biased.)
 * @param values one per area, finite
 * @param neighbours all of equal weight within an area
 */
export function conditionalRanks(
  values: Float64Array,
  neighbours: Neighbours,
  { permutations, seed }: PermutationPlan,
): PermutationRanks {
  const count = values.length
  const sums = neighbourSums(values, neighbours)
  const ranks = { atLeast: new Uint32Array(count), atMost: new Uint32Array(count) }
  let greatest = 0
  for (const value of values) greatest = Math.max(greatest, Math.abs(value))
  const tolerance = ROUNDING * greatest
  const depth = greatestDegree(neighbours) + 1
  const random = mulberry(seed)
  // In order of value, so that the order of the areas decides nothing.
  const deck = Uint32Array.from({ length: count }, (_, area) => area).sort(
    (a, b) => values[a]! - values[b]!,
  )
  const atOnce = Math.max(1, Math.floor(MOST_CARDS / depth))
  for (let dealt = 0; dealt < permutations; dealt += atOnce) {
    const decks = dealDecks(values, deck, depth, Math.min(atOnce, permutations - dealt), random)
    addRanks(ranks, values, sums, tolerance, neighbours, decks)
  }
  return ranks
}

/** Ranks every area's sum among those of its hands from these decks. */
function addRanks(
  { atLeast, atMost }: PermutationRanks,
  values: Float64Array,
  sums: Float64Array,
  tolerance: number,
  { starts }: Neighbours,
  decks: Decks,
): void {
  const { rounds } = decks
  const sortedSums = new Map<number, Float64Array>()
  for (let area = 0; area < values.length; area++) {
    const degree = starts[area + 1]! - starts[area]!
    if (degree === 0) continue
    const hands = decks.sums.subarray(degree * rounds, (degree + 1) * rounds)
    const further = decks.sums.subarray((degree + 1) * rounds, (degree + 2) * rounds)
    let sorted = sortedSums.get(degree)
    if (!sorted) sortedSums.set(degree, (sorted = hands.slice().sort()))
    const [least, most] = [sums[area]! - tolerance, sums[area]! + tolerance]
    let more = rounds - countBelow(sorted, least)
    let less = countUpTo(sorted, most)
    for (let at = decks.starts[area]!; at < decks.starts[area + 1]!; at++) {
      if (decks.cards[at]! >= degree) continue
      const withOwn = hands[decks.decks[at]!]!
      const without = further[decks.decks[at]!]! - values[area]!
      more += Number(without >= least) - Number(withOwn >= least)
      less += Number(without <= most) - Number(withOwn <= most)
    }
    atLeast[area]! += more
    atMost[area]! += less
  }
}

/**
 * min(1, 2(min(n≥, n≤) + 1)/(permutations + 1)): two-sided, and never 0.
 * @returns NaN without permutations
 */
export function twoSidedPermutationP(
  atLeast: number,
  atMost: number,
  permutations: number,
): number {
  return permutations === 0
    ? NaN
    : Math.min(1, (2 * (Math.min(atLeast, atMost) + 1)) / (permutations + 1))
}

interface Decks {
  /** How many. */
  readonly rounds: number
  /** sums[k · rounds + d]: of the first k cards of deck d. */
  readonly sums: Float64Array
  /** Where an area's value lies: card cards[a] of deck decks[a] for a from starts[area] to starts[area + 1] − 1. */
  readonly starts: Uint32Array
  readonly cards: Uint32Array
  readonly decks: Uint32Array
}

/**
 * Shuffles decks of all the values, as far down as anyone will look.
 * @param deck the areas in any order; left in another
 */
function dealDecks(
  values: Float64Array,
  deck: Uint32Array,
  depth: number,
  rounds: number,
  random: () => number,
): Decks {
  const count = values.length
  const shown = Math.min(depth, count)
  const sums = new Float64Array((depth + 1) * rounds)
  const dealt = new Uint32Array(shown * rounds)
  const starts = new Uint32Array(count + 1)
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (let card = 0; card < shown; card++) {
      const drawn = card + Math.floor(random() * (count - card))
      const area = deck[drawn]!
      deck[drawn] = deck[card]!
      deck[card] = area
      sum += values[area]!
      sums[(card + 1) * rounds + round] = sum
      dealt[round * shown + card] = area
      starts[area + 1]!++
    }
  }
  for (let area = 0; area < count; area++) starts[area + 1]! += starts[area]!
  const next = starts.slice()
  const cards = new Uint32Array(dealt.length)
  const decks = new Uint32Array(dealt.length)
  dealt.forEach((area, index) => {
    const at = next[area]!++
    cards[at] = index % shown
    decks[at] = Math.floor(index / shown)
  })
  return { rounds, sums, starts, cards, decks }
}

function neighbourSums(values: Float64Array, { starts, neighbours }: Neighbours): Float64Array {
  const sums = new Float64Array(values.length)
  for (let area = 0; area < values.length; area++)
    for (let link = starts[area]!; link < starts[area + 1]!; link++)
      sums[area]! += values[neighbours[link]!]!
  return sums
}

function greatestDegree({ starts }: Neighbours): number {
  let greatest = 0
  for (let area = 0; area < starts.length - 1; area++)
    greatest = Math.max(greatest, starts[area + 1]! - starts[area]!)
  return greatest
}

/** How many of the sorted values are below a limit. */
function countBelow(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of the sorted values are at or below a limit. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low
}
