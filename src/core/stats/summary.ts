/** The finite values in ascending order; hidden and missing (NaN) are left out. */
export function sortedFinite(values: ArrayLike<number>): Float64Array {
  const finite = new Float64Array(values.length)
  let count = 0
  for (let index = 0; index < values.length; index++)
    if (Number.isFinite(values[index])) finite[count++] = values[index]!
  return finite.subarray(0, count).sort()
}

/**
 * A quantile of sorted values by linear interpolation: type 7, R's and Excel's default.
 * Source: Hyndman & Fan, The American Statistician 50 (1996) 361.
 * @param sorted ascending, without NaN
 * @param probability 0 … 1
 * @returns NaN for no values
 */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) return NaN
  const position = (sorted.length - 1) * probability
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (position - below) * (high - low)
}

export interface Summary {
  /** How many values there are; the rest of the summary is NaN when 0. */
  readonly count: number
  readonly minimum: number
  readonly lowerQuartile: number
  readonly median: number
  readonly upperQuartile: number
  readonly maximum: number
}

/** Five numbers of a distribution (quantiles of type 7), hidden and missing left out. */
export function summarise(values: ArrayLike<number>): Summary {
  const sorted = sortedFinite(values)
  const at = (probability: number) => quantileOfSorted(sorted, probability)
  return {
    count: sorted.length,
    minimum: at(0),
    lowerQuartile: at(0.25),
    median: at(0.5),
    upperQuartile: at(0.75),
    maximum: at(1),
  }
}
