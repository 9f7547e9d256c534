import { completeCases } from './complete-cases.ts'
import { deviationsFromMean } from './deviations.ts'
import { normalQuantile } from './distributions.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { FEWEST_POINTS } from './trend-test.ts'

export interface LaggedCorrelation {
  /** Positive: y as it was so many steps before x. */
  readonly lag: number
  /** NaN where no two points are so far apart. */
  readonly r: number
  /** Pairs of points it rests on. */
  readonly pairs: number
}

export interface CrossCorrelation {
  /** From −most to most. */
  readonly lags: readonly LaggedCorrelation[]
  /** ±z/√n: a lag chosen in advance lies beyond by chance one time in twenty, if neither series remembers itself. */
  readonly bound: number
  /** Points where both have a figure. */
  readonly n: number
}

/**
 * The cross-correlation function r(k) = Σ(x₍t+k₎ − x̄)(y₍t₎ − ȳ)/√(Σ(x−x̄)²Σ(y−ȳ)²), means and squares over all points
 * where both have a figure. A cause that leads an event by two quarters shows at k = 2 with x the event.
 * Source: Box & Jenkins, Time Series Analysis (1976) 374; R's ccf(x, y).
 * @param x at equal steps of time; NaN (hidden, missing) keeps its place and is left out
 * @param most the longest lag, fixed in advance
 */
export function crossCorrelation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  most: number,
): Outcome<CrossCorrelation> {
  const { places, columns } = completeCases(x, y)
  if (places.length < FEWEST_POINTS) return undefinedFor('statistics-too-few-areas')
  const ofX = deviationsFromMean(columns[0]!)
  const ofY = deviationsFromMean(columns[1]!)
  if (!ofX || !ofY) return undefinedFor('statistics-no-variation')
  const placeOf = new Map(Array.from(places, (time, place) => [time, place]))
  const scale = Math.sqrt(ofX.squares) * Math.sqrt(ofY.squares)
  const lags = Array.from({ length: 2 * most + 1 }, (_, index): LaggedCorrelation => {
    const lag = index - most
    let [products, pairs] = [0, 0]
    places.forEach((time, place) => {
      const later = placeOf.get(time + lag)
      if (later === undefined) return
      products += ofX.deviations[later]! * ofY.deviations[place]!
      pairs++
    })
    return { lag, r: pairs === 0 ? NaN : products / scale, pairs }
  })
  return defined({
    lags,
    bound: normalQuantile(0.975) / Math.sqrt(places.length),
    n: places.length,
  })
}

/** Changes from each point to the next: one fewer, NaN where either is missing. */
export function differenced(series: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, series.length - 1) },
    (_, time) => series[time + 1]! - series[time]!,
  )
}

/**
 * The cross-correlation of two series freed from what the leading one remembers of itself: an autoregression
 * aₜ = y₍t₎ − ȳ − Σφⱼ(y₍t−j₎ − ȳ) is fitted to y, and both series pass through it. What they share by each being
 * like itself a while ago is then gone.
 * Source: Box & Jenkins, Time Series Analysis (1976) 380; the autoregression as R's ar.yw (Yule and Walker, its order
 * by Akaike's criterion, at most 10·log₁₀ n).
 * @param x the series that may follow, without gaps
 * @param y the series that may lead, without gaps
 */
export function prewhitenedCrossCorrelation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  most: number,
): Outcome<CrossCorrelation> {
  const whole = completeCases(x, y)
  if (whole.places.length < x.length || x.length < 2 * FEWEST_POINTS)
    return undefinedFor('statistics-too-few-areas')
  const filter = autoregression(y)
  if (!filter) return undefinedFor('statistics-no-variation')
  return crossCorrelation(filtered(x, filter), filtered(y, filter), most)
}

/**
 * The coefficients φ₁ … φₖ of an autoregression, by Levinson and Durbin's recursion on the autocorrelations, with the
 * order k of the least n·log(variance) + 2k.
 * @returns null for a series without variation
 */
export function autoregression(series: ArrayLike<number>): Float64Array | null {
  const deviated = deviationsFromMean(series)
  if (!deviated) return null
  const { deviations, squares } = deviated
  const n = deviations.length
  const most = Math.min(n - 1, Math.floor(10 * Math.log10(n)))
  const correlations = Float64Array.from({ length: most + 1 }, (_, lag) => {
    let products = 0
    for (let time = lag; time < n; time++) products += deviations[time]! * deviations[time - lag]!
    return products / squares
  })
  let coefficients = new Float64Array(0)
  let best = coefficients
  let variance = 1
  let least = 0
  for (let order = 1; order <= most && variance > 0; order++) {
    let left = correlations[order]!
    coefficients.forEach((phi, j) => (left -= phi * correlations[order - 1 - j]!))
    const reflection = left / variance
    const previous = coefficients
    coefficients = Float64Array.from({ length: order }, (_, j) =>
      j === order - 1 ? reflection : previous[j]! - reflection * previous[order - 2 - j]!,
    )
    variance *= 1 - reflection ** 2
    const criterion = n * Math.log(variance) + 2 * order
    if (criterion < least) [least, best] = [criterion, coefficients]
  }
  return best
}

/** What the autoregression leaves of a series; as many points fewer as it has coefficients. */
function filtered(series: ArrayLike<number>, coefficients: Float64Array): Float64Array {
  const order = coefficients.length
  return Float64Array.from({ length: series.length - order }, (_, place) => {
    let value = series[place + order]!
    coefficients.forEach((phi, j) => (value -= phi * series[place + order - 1 - j]!))
    return value
  })
}
