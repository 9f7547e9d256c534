import { ckmeans } from 'simple-statistics'
import { quantileOfSorted, sortedFinite } from './summary.ts'

/**
 * Class edges, ascending: k classes have k + 1. A class holds its lower edge but not its upper one, the last class
 * both; only the last class may be a single value. No values give no edges.
 */
export type Breaks = readonly number[]

/**
 * Classes with equally many values, as far as ties allow: equal values are never parted, and classes that would be
 * empty are merged, so that there may be fewer than asked for. Quantiles of type 7. When at least half of
 * all are the smallest value (0 where most areas have no event), it is a class of its own and the others share the
 * rest: merging would leave a map of one colour.
 * @param values NaN (hidden, missing) is left out
 */
export function quantileBreaks(values: ArrayLike<number>, classCount: number): Breaks {
  const sorted = sortedFinite(values)
  const inner = Array.from({ length: Math.max(0, classCount - 1) }, (_, index) =>
    quantileOfSorted(sorted, (index + 1) / classCount),
  )
  const smallest = sorted[0] ?? NaN
  const above = sorted.findIndex((value) => value > smallest)
  return classCount > 2 && above >= sorted.length / 2
    ? [smallest, ...quantileBreaks(sorted.subarray(above), classCount - 1)]
    : withoutEmptyClasses(sorted, inner)
}

/**
 * Classes of equal width from the smallest to the largest value; some may be empty. One class for a constant.
 * @param values NaN (hidden, missing) is left out
 */
export function equalBreaks(values: ArrayLike<number>, classCount: number): Breaks {
  const sorted = sortedFinite(values)
  if (sorted.length === 0) return []
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low === high) return [low, high]
  const width = (high - low) / classCount
  const breaks = [low]
  for (let index = 1; index < classCount; index++) breaks.push(low + index * width)
  return [...breaks, high]
}

/** How many values the search for natural classes takes on; beyond it a screen would wait. */
const NATURAL_VALUES_MAX = 2000

/**
 * The classes with the least variance inside them (Fisher's optimum), with edges midway between neighbouring values;
 * never more classes than distinct values. Of more than 2,000 values the optimum is that of 2,000 evenly spaced
 * among them in order, the ends included.
 * Source: Fisher, JASA 53 (1958) 789; Wang & Song, The R Journal 3/2 (2011) 29 (ckmeans).
 * @param values NaN (hidden, missing) is left out
 */
export function naturalBreaks(values: ArrayLike<number>, classCount: number): Breaks {
  const sorted = sortedFinite(values)
  if (sorted.length === 0) return []
  const count = Math.min(sorted.length, NATURAL_VALUES_MAX)
  const searched = Array.from(
    { length: count },
    (_, index) => sorted[Math.round((index * (sorted.length - 1)) / Math.max(1, count - 1))]!,
  )
  const clusters = ckmeans(searched, Math.min(classCount, new Set(searched).size))
  const inner = clusters.slice(1).map((cluster, index) => {
    const below = clusters[index]!.at(-1)!
    const above = cluster[0]!
    const middle = below + (above - below) / 2
    return middle > below ? middle : above
  })
  return withoutEmptyClasses(sorted, inner)
}

/**
 * The class of a value, counted from 0; values beyond the ends fall in the end classes.
 * @returns −1 for NaN, and when there are no classes
 */
export function classOf(value: number, breaks: Breaks): number {
  if (Number.isNaN(value) || breaks.length === 0) return -1
  let index = 0
  while (index < breaks.length - 2 && value >= breaks[index + 1]!) index++
  return index
}

/**
 * The roundest edges that leave every value in its class; the ends move outwards, at most by the step that the
 * inner edges were rounded to.
 * @param values the values that the classes were made from or are used on
 */
export function roundBreaks(breaks: Breaks, values: ArrayLike<number>): Breaks {
  const sorted = sortedFinite(values)
  const [low, high] = [breaks[0], breaks.at(-1)]
  if (low === undefined || high === undefined) return breaks
  // A wider step than a mean class would pull edges away from where the method put them.
  const widestStep = (high - low) / (breaks.length - 1)
  // Nothing to round in a constant, nor at the ends of what a number can hold.
  if (!(widestStep > 1e-280 && widestStep < 1e280)) return breaks
  const rounded: number[] = []
  let finest = Infinity
  for (let index = 1; index < breaks.length - 1; index++) {
    const edge = breaks[index]!
    const above = firstAtLeast(sorted, edge)
    const floor = Math.max(sorted[above - 1] ?? -Infinity, rounded.at(-1) ?? -Infinity)
    const ceiling = Math.min(sorted[above] ?? Infinity, before(breaks[index + 1]!, edge))
    const round = roundestBetween(floor, ceiling, edge, widestStep)
    rounded.push(round.value)
    finest = Math.min(finest, round.step)
  }
  const step = Number.isFinite(finest) ? finest : stepAtMost(widestStep)
  const start = multiple(Math.floor(low / step), step)
  const end = multiple(Math.ceil(high / step), step)
  return [Math.min(low, start), ...rounded, Math.max(high, end)]
}

/** Keeps the inner edges that part values from values, and adds the ends. */
function withoutEmptyClasses(sorted: Float64Array, inner: readonly number[]): Breaks {
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (low === undefined || high === undefined) return []
  const kept: number[] = []
  let counted = 0
  for (const edge of inner) {
    const below = firstAtLeast(sorted, edge)
    if (below === counted || below === sorted.length) continue
    kept.push(edge)
    counted = below
  }
  return [low, ...kept, high]
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** A limit below the next edge that still admits the edge itself. */
const before = (next: number, edge: number): number =>
  next > edge ? edge + (next - edge) / 2 : edge

/** The multiple of the widest step 1, 2 or 5 · 10ⁿ in (floor, ceiling], nearest to the edge. */
function roundestBetween(
  floor: number,
  ceiling: number,
  edge: number,
  widestStep: number,
): { value: number; step: number } {
  let step = stepAtMost(widestStep)
  for (let attempt = 0; attempt < 48; attempt++, step = stepAtMost(step * 0.9)) {
    const nearest = Math.round(edge / step)
    const candidates = [nearest, nearest + 1, nearest - 1]
      .map((count) => multiple(count, step))
      .filter((value) => value > floor && value <= ceiling)
    if (candidates.length > 0)
      return {
        value: candidates.reduce((best, value) =>
          Math.abs(value - edge) < Math.abs(best - edge) ? value : best,
        ),
        step,
      }
  }
  return { value: edge, step }
}

/** The largest of 1, 2, 5 · 10ⁿ that is not above a positive limit. */
function stepAtMost(limit: number): number {
  const power = Math.floor(Math.log10(limit))
  const digit = [5, 2, 1].find((candidate) => Number(`${candidate}e${power}`) <= limit)
  return digit === undefined ? Number(`5e${power - 1}`) : Number(`${digit}e${power}`)
}

/** count · step without the binary dust of 3 · 0.1. */
function multiple(count: number, step: number): number {
  if (!Number.isSafeInteger(count * 5)) return count * step
  const [digit, power] = step.toExponential().split('e') as [string, string]
  return Number(`${count * Number(digit)}e${power}`)
}
