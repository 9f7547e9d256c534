import type { Interval } from '../cell.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { betaQuantileOf, normalTwoSided, studentTwoSided } from './distributions.ts'
import type { UndefinedReason } from './outcome.ts'
import { quantileOfSorted } from './summary.ts'

/** Of fewer points a trend cannot be told. */
export const FEWEST_POINTS = 5

export type TrendUndefined =
  | UndefinedReason
  /** Fewer than five points, or events in the first or the last one only. */
  | 'statistics-too-few-points'
  /** What is counted, or how, changed on the way. */
  | 'statistics-series-break'

export type TrendOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: TrendUndefined }

export interface MannKendall {
  /** Pairs of points where the later is higher, less those where it is lower. */
  readonly S: number
  readonly variance: number
  /** (S ∓ 1)/√variance; 0 where S is 0. */
  readonly z: number
  /** Two-sided, from the normal distribution, as if the points were independent of one another. */
  readonly p: number
  /** Theil and Sen's: the median change per step of time over all pairs. */
  readonly slope: number
  /** Points with a figure. */
  readonly points: number
}

/**
 * Mann and Kendall's test of a trend up or down, whatever its shape: S over all pairs of points, with variance
 * (n(n−1)(2n+5) − Σt(t−1)(2t+5))/18 for groups of t equal values; and Theil and Sen's slope.
 * Sources: Mann, Econometrica 13 (1945) 245; Kendall, Rank Correlation Methods (1975); Sen, JASA 63 (1968) 1379.
 * @param series values at equal steps of time; NaN (hidden, missing) keeps its place in time and is left out
 * @param breaks places of points from which on something is counted anew
 */
export function mannKendall(
  series: ArrayLike<number>,
  breaks: readonly number[] = [],
): TrendOutcome<MannKendall> {
  const times = knownTimes(series, breaks, (value) => Number.isFinite(value))
  if (!times.ok) return times
  const points = times.value.length
  let S = 0
  const slopes: number[] = []
  times.value.forEach((later, place) => {
    for (const earlier of times.value.slice(0, place)) {
      const change = series[later]! - series[earlier]!
      S += Math.sign(change)
      slopes.push(change / (later - earlier))
    }
  })
  const groups = new Map<number, number>()
  for (const time of times.value) groups.set(series[time]!, (groups.get(series[time]!) ?? 0) + 1)
  const term = (count: number): number => count * (count - 1) * (2 * count + 5)
  let variance = term(points)
  for (const size of groups.values()) variance -= term(size)
  variance /= 18
  if (variance === 0) return { ok: false, reason: 'statistics-no-variation' }
  const z = (S - Math.sign(S)) / Math.sqrt(variance)
  const slope = quantileOfSorted(Float64Array.from(slopes).sort(), 0.5)
  return { ok: true, value: { S, variance, z, p: normalTwoSided(z), slope, points } }
}

export interface PoissonTrend {
  /** By how much the rate is multiplied in one step of time. */
  readonly ratio: number
  readonly interval: Interval
  /** Two-sided, from Student's t with points − 2 degrees of freedom. */
  readonly p: number
  /** How much more the counts vary around the trend than by chance alone; never below 1. */
  readonly dispersion: number
  readonly points: number
}

/**
 * A trend in counts: log E(count) = α + β·time + log population, by maximum likelihood. The standard error of β is
 * widened by the root of Pearson's X²/(n − 2) where the counts vary more than Poisson's do (quasi-likelihood).
 * Source: McCullagh & Nelder, Generalized Linear Models (1989) §6.2; R's glm(family = quasipoisson), whose dispersion
 * may also be below 1.
 * @param counts events by equal steps of time; NaN (hidden, missing) keeps its place and is left out
 * @param populations at the same times; a time without population is left out
 * @param breaks places of points from which on something is counted anew
 */
export function poissonTrend(
  counts: ArrayLike<number>,
  populations: ArrayLike<number>,
  breaks: readonly number[] = [],
  coverage: Coverage = COVERAGE_95,
): TrendOutcome<PoissonTrend> {
  const times = knownTimes(counts, breaks, (value, time) => value >= 0 && populations[time]! > 0)
  if (!times.ok) return times
  const known = times.value
  const points = known.length
  const middle = (known[0]! + known.at(-1)!) / 2
  const steps = known.map((time) => time - middle)
  let [events, moment] = [0, 0]
  known.forEach((time, place) => {
    events += counts[time]!
    moment += counts[time]! * steps[place]!
  })
  if (events === 0) return { ok: false, reason: 'statistics-no-events' }
  const mean = moment / events
  // All events in the first or the last point: no ratio is too extreme.
  if (Math.abs(mean) >= steps.at(-1)!) return { ok: false, reason: 'statistics-too-few-points' }

  /** The mean and the spread of time where each point has its population times e^(β·step). */
  const weighed = (beta: number) => {
    const largest = Math.max(...steps.map((step) => beta * step))
    const weights = known.map(
      (time, place) => populations[time]! * Math.exp(beta * steps[place]! - largest),
    )
    const whole = weights.reduce((sum, weight) => sum + weight, 0)
    const centre = weights.reduce((sum, weight, place) => sum + weight * steps[place]!, 0) / whole
    const spread =
      weights.reduce((sum, weight, place) => sum + weight * (steps[place]! - centre) ** 2, 0) /
      whole
    return { centre, spread, shares: weights.map((weight) => weight / whole) }
  }
  // The centre rises with β, so that β is where it meets the mean: halved in, then Newton's steps.
  let [low, high] = [-1, 1]
  while (weighed(low).centre > mean) low *= 2
  while (weighed(high).centre < mean) high *= 2
  for (let step = 0; step < 40; step++) {
    const between = (low + high) / 2
    if (weighed(between).centre < mean) low = between
    else high = between
  }
  let beta = (low + high) / 2
  for (let step = 0; step < 3; step++) {
    const { centre, spread } = weighed(beta)
    beta += (mean - centre) / spread
  }
  const { spread, shares } = weighed(beta)
  let squares = 0
  known.forEach((time, place) => {
    const expected = events * shares[place]!
    squares += (counts[time]! - expected) ** 2 / expected
  })
  const dispersion = Math.max(1, squares / (points - 2))
  const error = Math.sqrt(dispersion / (events * spread))
  const reach = studentQuantile(coverage.level, points - 2) * error
  return {
    ok: true,
    value: {
      ratio: Math.exp(beta),
      interval: {
        lower: Math.exp(beta - reach),
        upper: Math.exp(beta + reach),
        level: coverage.level,
      },
      p: studentTwoSided(beta / error, points - 2),
      dispersion,
      points,
    },
  }
}

/** The places of the points that count, if they are enough and of one kind. */
function knownTimes(
  series: ArrayLike<number>,
  breaks: readonly number[],
  isKnown: (value: number, time: number) => boolean,
): TrendOutcome<readonly number[]> {
  const times = Array.from(series, (_, time) => time).filter((time) => isKnown(series[time]!, time))
  if (times.length < FEWEST_POINTS) return { ok: false, reason: 'statistics-too-few-points' }
  return breaks.some((place) => place > times[0]! && place <= times.at(-1)!)
    ? { ok: false, reason: 'statistics-series-break' }
    : { ok: true, value: times }
}

/** The t that Student's t stays within, on both sides, with a probability: t²/(t² + d) is a beta variable. */
function studentQuantile(level: number, degreesOfFreedom: number): number {
  const share = betaQuantileOf(level, 0.5, degreesOfFreedom / 2)
  return Math.sqrt((degreesOfFreedom * share) / (1 - share))
}
