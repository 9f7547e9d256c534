import type { Interval } from '../cell.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import { atanhInterval } from './correlation.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { FEWEST_AREAS } from './crossing.ts'
import { differenced } from './cross-correlation.ts'
import { studentTwoSided } from './distributions.ts'
import { undefinedFor, type Outcome } from './outcome.ts'

export interface LagPoint {
  /** Steps of time that the cause comes before the event. */
  readonly lag: number
  readonly r: number
  readonly interval: Interval
  /** Two-sided, from Student's t with areas − 1 degrees of freedom. */
  readonly p: number
  /** Corrected for all the lags looked at. */
  readonly adjusted: number
  /** Distinct areas with changes in both, so far apart; what n is. */
  readonly areas: number
  /** Changes in pairs, all areas together. */
  readonly pairs: number
}

/**
 * Do changes in a cause come before changes in an event, area by area? Both are differenced from one time to the
 * next, which takes away what an area always is, and lessened by the mean change of all areas at that time, which
 * takes away season and everything else they share. r(k) is the correlation of the event's changes with the cause's
 * k steps before, over all areas and times. Its standard error is the jackknife's, on the scale of atanh, leaving out
 * one area with all its times: the times of an area are not independent of one another. (The areas are taken to be;
 * where changes spread to neighbours the interval is too narrow.)
 * Sources: Efron & Stein, Annals of Statistics 9 (1981) 586; Cameron & Miller, J. Human Resources 50 (2015) 317.
 * @param events by area, then by time; NaN (hidden, missing) keeps its place
 * @param causes of the same areas at the same times
 * @param lags fixed in advance
 * @returns one outcome for each lag, in the order asked
 */
export function lagCurve(
  events: readonly ArrayLike<number>[],
  causes: readonly ArrayLike<number>[],
  lags: readonly number[],
  coverage: Coverage = COVERAGE_95,
): Outcome<LagPoint>[] {
  const ofEvents = withoutShared(events.map(differenced))
  const ofCauses = withoutShared(causes.map(differenced))
  const points = lags.map((lag) => pointAt(ofEvents, ofCauses, lag, coverage))
  const { adjusted } = benjaminiHochberg(points.map((point) => (point.ok ? point.value.p : null)))
  return points.map((point, place) =>
    point.ok ? { ok: true, value: { ...point.value, adjusted: adjusted[place]! } } : point,
  )
}

/** Takes from each area's change the mean of all areas with a change at that time. */
function withoutShared(changes: readonly Float64Array[]): Float64Array[] {
  const times = Math.max(0, ...changes.map(({ length }) => length))
  const shared = Float64Array.from({ length: times }, (_, time) => {
    const known = changes.map((own) => own[time] ?? NaN).filter((change) => Number.isFinite(change))
    return known.reduce((sum, change) => sum + change, 0) / known.length
  })
  return changes.map((own) => own.map((change, time) => change - shared[time]!))
}

interface Sums {
  readonly products: number
  readonly ofEvents: number
  readonly ofCauses: number
  readonly pairs: number
}

function pointAt(
  events: readonly Float64Array[],
  causes: readonly Float64Array[],
  lag: number,
  coverage: Coverage,
): Outcome<Omit<LagPoint, 'adjusted'>> {
  const byArea = events
    .map((own, area) => sumsOf(own, causes[area]!, lag))
    .filter(({ pairs }) => pairs > 0)
  const areas = byArea.length
  if (areas < FEWEST_AREAS) return undefinedFor('statistics-too-few-areas')
  const all = byArea.reduce((sum, own) => added(sum, own), {
    products: 0,
    ofEvents: 0,
    ofCauses: 0,
    pairs: 0,
  })
  const r = correlationOf(all)
  const without = byArea.map((own) => Math.atanh(correlationOf(added(all, own, -1))))
  const mean = without.reduce((sum, value) => sum + value, 0) / areas
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const error = Math.sqrt(((areas - 1) / areas) * squares)
  if (!(error > 0 && error < Infinity)) return undefinedFor('statistics-no-variation')
  return {
    ok: true,
    value: {
      lag,
      r,
      interval: atanhInterval(r, error, coverage),
      p: studentTwoSided(Math.atanh(r) / error, areas - 1),
      areas,
      pairs: all.pairs,
    },
  }
}

function sumsOf(event: Float64Array, cause: Float64Array, lag: number): Sums {
  let [products, ofEvents, ofCauses, pairs] = [0, 0, 0, 0]
  cause.forEach((before, time) => {
    const after = event[time + lag] ?? NaN
    if (!Number.isFinite(before) || !Number.isFinite(after)) return
    products += before * after
    ofEvents += after ** 2
    ofCauses += before ** 2
    pairs++
  })
  return { products, ofEvents, ofCauses, pairs }
}

const added = (one: Sums, other: Sums, times = 1): Sums => ({
  products: one.products + times * other.products,
  ofEvents: one.ofEvents + times * other.ofEvents,
  ofCauses: one.ofCauses + times * other.ofCauses,
  pairs: one.pairs + times * other.pairs,
})

const correlationOf = ({ products, ofEvents, ofCauses }: Sums): number =>
  products / (Math.sqrt(ofEvents) * Math.sqrt(ofCauses))
