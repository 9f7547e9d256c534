import type { Interval } from '../cell.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { normalBelow } from './distributions.ts'

export interface SeriesPoint {
  /** Whole steps of time from any beginning; where a point is lacking, its step is left out. */
  readonly time: number
  /** Which part of the year it is, from 0. */
  readonly season: number
  readonly isAfter: boolean
  readonly value: number
  /** Of the chance in the point's own figures, as in counts; 0 where there is none, or it is part of what lasts. */
  readonly variance: number
}

export interface SeriesEffect {
  readonly value: number
  readonly interval: Interval
}

export interface InterruptedTimeSeries {
  /** How far the first point after lies from where the time before would have led. */
  readonly level: SeriesEffect
  /** By how much the change per step differs after. */
  readonly slope: SeriesEffect
  /** How far all points after lie from it on average. */
  readonly mean: SeriesEffect
  /** The change per step before. */
  readonly earlierSlope: SeriesEffect
  /** Correlation of a point's error with the next one's, on average over what the series lets it be. */
  readonly autocorrelation: number
  /** Each point as the time before, continued, would have it. */
  readonly expected: readonly number[]
}

/** Points beyond the terms of the model: with fewer, neither spread nor autocorrelation can be told. */
export const FEWEST_SPARE_POINTS = 4

/** Values of ρ that are weighed against one another: the middles of as many equal parts of 0 … 1. */
const AUTOCORRELATIONS = Array.from({ length: 14 }, (_, place) => (place + 0.5) / 14)

/** Values of σ, in spreads around a plain least squares line: each 1.35 times the one before. */
const SPREADS = Array.from({ length: 14 }, (_, place) => 0.12 * 1.35 ** place)

/**
 * Interrupted time series by segmented regression: y = α + β·t + seasons + δ·after + γ·after·(t − t₁) + u, where t₁ is
 * the first step after (Wagner, Soumerai, Zhang & Ross-Degnan, Journal of Clinical Pharmacy and Therapeutics 27 (2002)
 * 299). The error u is what lasts, autoregressive of the first order with ρ and spread σ, and each point's own chance
 * besides, whose variance v it states: V = σ²·ρ^|tᵢ − tⱼ|, with vᵢ added on the diagonal. Steps may be lacking.
 *
 * In series as short as these an estimated ρ is too low, and errors that take it as known too small. ρ and σ are
 * therefore integrated out, as by Zellner & Tiao (JASA 59 (1964) 763): with flat priors on the terms, on ρ from 0 to 1
 * and on log σ from 0.12 to 6 times the spread around a plain line, each pair weighs |V|^−½ · |X′V⁻¹X|^−½ · e^−S/2, S
 * being the sum of squares of generalised least squares; given the pair a term is normal. The interval is that of the
 * mixture. Lasting chance is never taken to pull back against itself (ρ < 0), which would narrow it.
 *
 * Tells whether the series left its course, not why: whatever else came at the same time looks the same.
 * @param points in order of time
 * @returns null where either side has fewer than two points, too few are to spare, or nothing varies
 */
export function interruptedTimeSeries(
  points: readonly SeriesPoint[],
  coverage: Coverage = COVERAGE_95,
): InterruptedTimeSeries | null {
  const after = points.filter(({ isAfter }) => isAfter)
  if (after.length < 2 || points.length - after.length < 2) return null
  const [middle, reach] = spanOf(points)
  const firstAfter = after[0]!.time
  const seasons = [...new Set(points.map(({ season }) => season))].sort((a, b) => a - b).slice(1)
  // Steps are measured in halves of the whole span, so that no term is much larger than another.
  const earlierTerms = ({ time, season }: SeriesPoint): number[] => [
    ...[1, (time - middle) / reach],
    ...seasons.map((one) => Number(one === season)),
  ]
  const design = points.map((point) => [
    ...earlierTerms(point),
    ...(point.isAfter ? [1, (point.time - firstAfter) / reach] : [0, 0]),
  ])
  const terms = design[0]!.length
  const freedom = points.length - terms
  if (freedom < FEWEST_SPARE_POINTS) return null
  const at = (place: number, size: number): number[] =>
    Array.from({ length: terms }, (_, term) => (term === place ? size : 0))
  const meanAfter = after.reduce((sum, { time }) => sum + time - firstAfter, 0) / after.length
  const contrasts = {
    level: at(terms - 2, 1),
    slope: at(terms - 1, 1 / reach),
    mean: at(terms - 2, 1).with(terms - 1, meanAfter / reach),
    earlierSlope: at(1, 1 / reach),
  }
  const plain = generalisedLeastSquares(points, design, (one, other) => Number(one === other))
  // Rounding alone leaves this much where the terms say it all.
  const size = Math.max(...points.map(({ value }) => Math.abs(value)))
  if (!plain || plain.squares <= 1e-20 * size ** 2) return null
  const usual = Math.sqrt(plain.squares / freedom)
  const fits = AUTOCORRELATIONS.flatMap((autocorrelation) =>
    SPREADS.flatMap((spread) => {
      const variance = (spread * usual) ** 2
      const fit = generalisedLeastSquares(
        points,
        design,
        (one, other) =>
          variance * autocorrelation ** Math.abs(one.time - other.time) +
          (one === other ? one.variance : 0),
      )
      return fit ? [{ ...fit, autocorrelation }] : []
    }),
  )
  if (fits.length === 0) return null
  const largest = Math.max(...fits.map(({ logWeight }) => logWeight))
  const weights = fits.map(({ logWeight }) => Math.exp(logWeight - largest))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const average = (of: (fit: (typeof fits)[number]) => number): number =>
    fits.reduce((sum, fit, place) => sum + (weights[place]! / whole) * of(fit), 0)
  const effect = (contrast: readonly number[]): SeriesEffect => {
    const parts = fits
      .map((fit, place) => ({
        weight: weights[place]! / whole,
        centre: dot(contrast, fit.terms),
        error: Math.sqrt(dot(contrast, fit.solve(contrast))),
      }))
      .filter(({ weight }) => weight > 1e-12)
    const outside = (1 - coverage.level) / 2
    return {
      value: parts.reduce((sum, { weight, centre }) => sum + weight * centre, 0),
      interval: {
        lower: mixtureQuantile(parts, outside),
        upper: mixtureQuantile(parts, 1 - outside),
        level: coverage.level,
      },
    }
  }
  return {
    level: effect(contrasts.level),
    slope: effect(contrasts.slope),
    mean: effect(contrasts.mean),
    earlierSlope: effect(contrasts.earlierSlope),
    autocorrelation: average(({ autocorrelation }) => autocorrelation),
    expected: points.map((point) => {
      const row = earlierTerms(point)
      return average((fit) => dot(row, fit.terms))
    }),
  }
}

/** The middle of the times and half of what they span. */
function spanOf(points: readonly SeriesPoint[]): readonly [number, number] {
  const [first, last] = [points[0]!.time, points.at(-1)!.time]
  return [(first + last) / 2, (last - first) / 2]
}

interface Fit {
  readonly terms: readonly number[]
  /** Of what is left, measured in V. */
  readonly squares: number
  readonly logWeight: number
  /** (X′V⁻¹X)⁻¹ times a contrast. */
  readonly solve: (contrast: readonly number[]) => number[]
}

/** Generalised least squares where V is known; null where the terms cannot be told apart. */
function generalisedLeastSquares(
  points: readonly SeriesPoint[],
  design: readonly (readonly number[])[],
  covariance: (one: SeriesPoint, other: SeriesPoint) => number,
): Fit | null {
  const terms = design[0]!.length
  const root = choleskyRoot(points.map((one) => points.map((other) => covariance(one, other))))
  if (!root) return null
  // Solved by the root, the errors are independent of one another and alike.
  const columns = [
    ...design[0]!.map((_, term) => design.map((row) => row[term]!)),
    points.map(({ value }) => value),
  ].map((column) => forward(root, column))
  const whitened = points.map((_, place) => columns.map((column) => column[place]!))
  const products = Array.from({ length: terms + 1 }, (_, left) =>
    Array.from({ length: terms + 1 }, (_, right) =>
      whitened.reduce((sum, row) => sum + row[left]! * row[right]!, 0),
    ),
  )
  const termRoot = choleskyRoot(products.slice(0, terms).map((row) => row.slice(0, terms)))
  if (!termRoot) return null
  const found = solveBy(
    termRoot,
    products.slice(0, terms).map((row) => row[terms]!),
  )
  const squares = whitened.reduce(
    (sum, row) => sum + (row[terms]! - dot(row.slice(0, terms), found)) ** 2,
    0,
  )
  return {
    ...{ terms: found, squares },
    logWeight: -logDiagonal(root) - logDiagonal(termRoot) - squares / 2,
    solve: (contrast) => solveBy(termRoot, contrast),
  }
}

/** The lower triangle L with LL′ = the matrix; null unless it is positive definite. */
function choleskyRoot(matrix: readonly (readonly number[])[]): number[][] | null {
  const root: number[][] = matrix.map((row) => row.map(() => 0))
  for (let row = 0; row < matrix.length; row++)
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row]![column]!
      for (let place = 0; place < column; place++)
        rest -= root[row]![place]! * root[column]![place]!
      if (row !== column) root[row]![column] = rest / root[column]![column]!
      else if (rest <= 1e-12 * matrix[row]![row]!) return null
      else root[row]![row] = Math.sqrt(rest)
    }
  return root
}

/** x of Lx = right. */
function forward(root: readonly (readonly number[])[], right: readonly number[]): number[] {
  const found = [...right]
  for (let row = 0; row < found.length; row++) {
    for (let place = 0; place < row; place++) found[row]! -= root[row]![place]! * found[place]!
    found[row]! /= root[row]![row]!
  }
  return found
}

/** x of LL′x = right. */
function solveBy(root: readonly (readonly number[])[], right: readonly number[]): number[] {
  const found = forward(root, right)
  for (let row = found.length - 1; row >= 0; row--) {
    for (let place = row + 1; place < found.length; place++)
      found[row]! -= root[place]![row]! * found[place]!
    found[row]! /= root[row]![row]!
  }
  return found
}

const logDiagonal = (root: readonly (readonly number[])[]): number =>
  root.reduce((sum, row, place) => sum + Math.log(row[place]!), 0)

const dot = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, entry, place) => sum + entry * right[place]!, 0)

interface MixturePart {
  readonly weight: number
  readonly centre: number
  readonly error: number
}

/** Where a mixture of normal variables has a probability below it, by halving. */
function mixtureQuantile(parts: readonly MixturePart[], probability: number): number {
  const below = (value: number): number =>
    parts.reduce(
      (sum, { weight, centre, error }) => sum + weight * normalBelow((value - centre) / error),
      0,
    )
  const widest = 8 * Math.max(...parts.map(({ error }) => error))
  let low = Math.min(...parts.map(({ centre }) => centre)) - widest
  let high = Math.max(...parts.map(({ centre }) => centre)) + widest
  for (let step = 0; step < 48; step++) {
    const between = (low + high) / 2
    if (below(between) < probability) low = between
    else high = between
  }
  return (low + high) / 2
}
