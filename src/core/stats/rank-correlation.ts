import type { Interval } from '../cell.ts'
import { completeCases } from './complete-cases.ts'
import {
  atanhInterval,
  coefficient,
  partialCorrelation,
  tested,
  FEWEST_PAIRS,
  type Controls,
  type Correlation,
} from './correlation.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'

/**
 * Ranks from 1, ties given the mean of the ranks they share. Source: R's rank(ties.method = "average").
 * @param values finite
 */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, place) => place).sort(
    (a, b) => values[a]! - values[b]!,
  )
  const ranked = new Float64Array(values.length)
  for (let first = 0; first < order.length;) {
    let end = first + 1
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++
    for (let tie = first; tie < end; tie++) ranked[order[tie]!] = (first + 1 + end) / 2
    first = end
  }
  return ranked
}

/**
 * Spearman's rank correlation ρ: Pearson's of the ranks, ties averaged. p from t with n − 2 degrees of freedom
 * (R's cor.test(method = "spearman", exact = FALSE)); the interval is Bonett and Wright's with m = n. Both are as if
 * the pairs were independent of one another.
 * @param x NaN (hidden, missing) leaves the pair out, before ranking
 */
export function spearman(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  coverage: Coverage = COVERAGE_95,
): Outcome<Correlation> {
  const { columns, places } = completeCases(x, y)
  const n = places.length
  if (n < FEWEST_PAIRS) return undefinedFor('statistics-too-few-areas')
  const rho = coefficient(ranks(columns[0]!), ranks(columns[1]!))
  if (Number.isNaN(rho)) return undefinedFor('statistics-no-variation')
  const interval = bonettWrightInterval(rho, n, coverage)!
  return defined({ ...tested(rho, n, 0, coverage), interval })
}

/**
 * Spearman's correlation with at most two variables held constant: the partial correlation of the ranks, all ranked
 * among the areas that have every figure. t and its degrees of freedom as Pearson's partial; the interval is Bonett
 * and Wright's with m = n − controls. Source: Kendall, Biometrika 32 (1942) 277; ppcor::pcor.test(method = "spearman").
 */
export function partialSpearman(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  controls: Controls,
  coverage: Coverage = COVERAGE_95,
): Outcome<Correlation> {
  const [rankX, rankY, first, second] = completeCases(x, y, ...controls).columns.map(ranks)
  const partial = partialCorrelation(
    rankX!,
    rankY!,
    !first ? [] : !second ? [first] : [first, second],
    coverage,
  )
  if (!partial.ok) return partial
  const { r, n } = partial.value
  return defined({
    ...partial.value,
    interval: bonettWrightInterval(r, n - controls.length, coverage)!,
  })
}

/**
 * tanh(atanh ρ ± z·√((1 + ρ²/2)/(m − 3))). Source: Bonett & Wright, Psychometrika 65 (2000) 23.
 * @param size m: the number of pairs, or the number of independent ones they are worth; need not be whole
 * @returns null where it is undefined: no more than three pairs, or no ρ
 */
export function bonettWrightInterval(
  rho: number,
  size: number,
  coverage: Coverage = COVERAGE_95,
): Interval | null {
  if (!(size > 3) || !(Math.abs(rho) <= 1)) return null
  return atanhInterval(rho, Math.sqrt((1 + rho ** 2 / 2) / (size - 3)), coverage)
}
