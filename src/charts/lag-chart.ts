import { scaleLinear, scalePoint } from 'd3-scale'
import type { PairLags } from '../core/cross-lag-curve.ts'
import { formatNumber } from '../text/format.ts'

export interface LagMark {
  readonly lag: number
  readonly x: number
  readonly y: number
  readonly from: number
  readonly to: number
  /** It stands when it is remembered how many lags were looked at. */
  readonly survives: boolean
}

export interface LagChart {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly zero: number
  readonly marks: readonly LagMark[]
  readonly xTicks: readonly { readonly x: number; readonly text: string }[]
  readonly yTicks: readonly { readonly y: number; readonly text: string }[]
}

const SIGNIFICANCE = 0.05

/** The lags beside one another, each a point with its 95 % interval, around nothing in the middle. */
export function lagChart(
  { points }: Pick<PairLags, 'points'>,
  { width, height }: { readonly width: number; readonly height: number },
): LagChart {
  const [left, right, top, bottom] = [36, width - 10, 8, height - 20]
  const known = points.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []))
  const reach = Math.max(
    0.2,
    ...known.flatMap(({ interval }) => [Math.abs(interval.lower), Math.abs(interval.upper)]),
  )
  const y = scaleLinear()
    .domain([-Math.min(1, reach), Math.min(1, reach)])
    .range([bottom, top])
    .nice(3)
  const x = scalePoint<number>()
    .domain(points.map(({ lag }) => lag))
    .range([left, right])
    .padding(0.5)
  const placeOf = (lag: number) => x(lag) ?? left
  return {
    ...{ width, height, left, right, zero: y(0) },
    marks: known.map(({ lag, r, interval, adjusted }) => ({
      ...{ lag, x: placeOf(lag), y: y(r), from: y(interval.lower), to: y(interval.upper) },
      survives: adjusted <= SIGNIFICANCE,
    })),
    xTicks: points.map(({ lag }) => ({ x: placeOf(lag), text: formatNumber(lag, 0) })),
    yTicks: y.ticks(4).map((tick) => ({ y: y(tick), text: formatNumber(tick, 1) })),
  }
}
