import type { Interval } from '../cell.ts'
import { completeCases } from './complete-cases.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { deviationsFromMean } from './deviations.ts'
import { studentTwoSided } from './distributions.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'

/** Fewer pairs have no interval, and two always lie on a line. */
export const FEWEST_PAIRS = 4

/** What is left of the variance of a variable that its controls all but determine is nothing but rounding. */
const ROUNDING = 1e-12

/** Nearer to 1 than this, points lie on a line but for rounding. */
const ON_A_LINE = 1e-14

export interface Correlation {
  /** −1 … 1. */
  readonly r: number
  /** r√(d/(1 − r²)), infinite for points on a line. */
  readonly t: number
  /** d = n − 2 − controls. */
  readonly degreesOfFreedom: number
  /** Two-sided, from Student's t, as if every pair were independent of the others: areas beside one another are not. */
  readonly p: number
  readonly interval: Interval
  /** Pairs with both figures, and those of the controls. */
  readonly n: number
}

/** What may be held constant: at most two variables, or forty areas answer for more than they can bear. */
export type Controls =
  readonly [] | readonly [ArrayLike<number>] | readonly [ArrayLike<number>, ArrayLike<number>]

/**
 * Pearson's product-moment correlation Σ(x−x̄)(y−ȳ)/√(Σ(x−x̄)²Σ(y−ȳ)²), tested by t = r√((n−2)/(1−r²)) with n − 2
 * degrees of freedom, and Fisher's interval tanh(atanh r ± z/√(n−3)). Source: Fisher, Metron 1 (1921) 3; R's cor.test.
 * @param x NaN (hidden, missing) leaves the pair out
 */
export function pearson(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  coverage: Coverage = COVERAGE_95,
): Outcome<Correlation> {
  return partialCorrelation(x, y, [], coverage)
}

/**
 * Pearson's correlation of what a linear regression on the controls leaves of x and of y, by the recursion
 * r_xy·z = (r_xy − r_xz r_yz)/√((1 − r_xz²)(1 − r_yz²)). With k controls t has n − 2 − k degrees of freedom and
 * Fisher's interval the standard error 1/√(n − 3 − k). Source: Fisher, Metron 3 (1924) 329. ppcor::pcor.test gives the
 * same r and t (its p is from the normal distribution, too small).
 * @param x NaN (hidden, missing) leaves the pair out, as it does among the controls
 * @returns no variation where x, y or a control is constant, or where the controls determine one of the others
 */
export function partialCorrelation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  controls: Controls,
  coverage: Coverage = COVERAGE_95,
): Outcome<Correlation> {
  const { columns, places } = completeCases(x, y, ...controls)
  if (places.length < FEWEST_PAIRS + controls.length)
    return undefinedFor('statistics-too-few-areas')
  const r = partialCoefficient(correlationMatrix(columns))
  return Number.isNaN(r)
    ? undefinedFor('statistics-no-variation')
    : defined(tested(r, places.length, controls.length, coverage))
}

/** A coefficient with its test and Fisher's interval; n at least four more than the controls. */
export function tested(
  r: number,
  n: number,
  controls: number,
  coverage: Coverage = COVERAGE_95,
): Correlation {
  const degreesOfFreedom = n - 2 - controls
  const t = r * Math.sqrt(degreesOfFreedom / ((1 - r) * (1 + r)))
  const interval = atanhInterval(r, 1 / Math.sqrt(n - 3 - controls), coverage)
  return { r, t, degreesOfFreedom, p: studentTwoSided(t, degreesOfFreedom), interval, n }
}

/** tanh(atanh r ± z·error). */
export function atanhInterval(
  r: number,
  standardError: number,
  { level, z }: Coverage = COVERAGE_95,
): Interval {
  const centre = Math.atanh(r)
  return {
    lower: Math.min(r, Math.tanh(centre - z * standardError)),
    upper: Math.max(r, Math.tanh(centre + z * standardError)),
    level,
  }
}

/**
 * Pearson's r, −1 … 1, of columns without gaps.
 * @returns NaN where a column does not vary
 */
export function coefficient(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const ofX = deviationsFromMean(x)
  const ofY = deviationsFromMean(y)
  if (!ofX || !ofY) return NaN
  let [products, squaresX, squaresY] = [0, 0, 0]
  for (let index = 0; index < x.length; index++) {
    const [dx, dy] = [ofX.deviations[index]! / ofX.greatest, ofY.deviations[index]! / ofY.greatest]
    products += dx * dy
    squaresX += dx * dx
    squaresY += dy * dy
  }
  const spread = Math.sqrt(squaresX) * Math.sqrt(squaresY)
  const r = products / spread
  return 1 - Math.abs(r) < ON_A_LINE ? Math.sign(r) : r
}

const correlationMatrix = (columns: readonly Float64Array[]): number[][] =>
  columns.map((first, row) =>
    columns.map((second, column) => (row === column ? 1 : coefficient(first, second))),
  )

/**
 * The partial correlation of the first two variables given all the others, from the correlations of all.
 * @returns NaN where a correlation is NaN, or where the others determine one of the two
 */
export function partialCoefficient(correlations: readonly (readonly number[])[]): number {
  const control = correlations.length - 1
  if (control < 2) return correlations[0]![1]!
  const rest = correlations.slice(0, control)
  const without = rest.map((row, i) =>
    rest.map((_, j) => {
      const [first, second] = [row[control]!, correlations[j]![control]!]
      const left = (1 - first ** 2) * (1 - second ** 2)
      return i === j ? 1 : left > ROUNDING ? (row[j]! - first * second) / Math.sqrt(left) : NaN
    }),
  )
  return Math.max(-1, Math.min(1, partialCoefficient(without)))
}
