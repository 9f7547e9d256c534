/** Values that lie nearer to one another than this share of the largest are equal but for rounding. */
const ROUNDING = 1e-14

export interface Deviations {
  /** xᵢ − x̄; exactly 0 where it is nothing but rounding, so that the order of the values decides no sign. */
  readonly deviations: Float64Array
  /** Σ (xᵢ − x̄)², above 0. */
  readonly squares: number
  /** The greatest |xᵢ − x̄|, above 0: the scale of what rounding may do. */
  readonly greatest: number
}

/**
 * Deviations from the mean, which is corrected once for the rounding of its sum.
 * @param values finite
 * @returns null for fewer than two values, for values that are all the same but for rounding, and for those whose
 *   squares are beyond what a number can hold (1e±154)
 */
export function deviationsFromMean(values: ArrayLike<number>): Deviations | null {
  const count = values.length
  if (count < 2) return null
  let [least, most, sum] = [Infinity, -Infinity, 0]
  for (let index = 0; index < count; index++) {
    const value = values[index]!
    least = Math.min(least, value)
    most = Math.max(most, value)
    sum += value
  }
  const rounding = ROUNDING * Math.max(Math.abs(least), Math.abs(most))
  if (!(most - least > rounding)) return null
  const firstMean = sum / count
  let remainder = 0
  for (let index = 0; index < count; index++) remainder += values[index]! - firstMean
  const mean = firstMean + remainder / count
  const deviations = new Float64Array(count)
  let squares = 0
  for (let index = 0; index < count; index++) {
    const deviation = values[index]! - mean
    if (Math.abs(deviation) <= rounding) continue
    deviations[index] = deviation
    squares += deviation ** 2
  }
  if (!(squares > 0 && squares < Infinity)) return null
  return { deviations, squares, greatest: Math.max(most - mean, mean - least) }
}
