import { scaleLinear } from 'd3-scale'
import { formatNumber } from '../text/format.ts'

/** Moran's I of the areas so many steps apart, beside what it would be without a pattern. */
export interface CorrelogramPoint {
  readonly steps: number
  readonly I: number
  readonly expectation: number
  /** Of I without a pattern; NaN where there are too few areas for it. */
  readonly deviation: number
  readonly stands: boolean
}

export interface CorrelogramChart {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly zero: number
  readonly points: readonly {
    readonly steps: number
    readonly x: number
    readonly y: number
    readonly expected: number
    /** 95 % of what chance gives; null where it is not known. */
    readonly band: { readonly y: number; readonly height: number } | null
    readonly stands: boolean
  }[]
  readonly yTicks: readonly { readonly y: number; readonly text: string }[]
  /** Width of a band. */
  readonly step: number
}

/** The normal quantile of 95 %. */
const NORMAL_95 = 1.959963984540054

/** One dot a step with the band that chance alone gives. The axis holds 0 and everything drawn. */
export function correlogramChart(
  points: readonly CorrelogramPoint[],
  { width, height }: { readonly width: number; readonly height: number },
): CorrelogramChart {
  const [left, right, top, bottom] = [40, width - 8, 22, height - 36]
  const reachOf = ({ I, expectation, deviation }: CorrelogramPoint) => {
    const half = Number.isFinite(deviation) ? NORMAL_95 * deviation : 0
    return [I, expectation - half, expectation + half]
  }
  const reached = [0, ...points.flatMap(reachOf)]
  const y = scaleLinear()
    .domain([Math.min(...reached), Math.max(...reached)])
    .nice(4)
    .range([bottom, top])
  const step = Math.max(0, right - left) / Math.max(1, points.length)
  return {
    ...{ left, right, bottom },
    zero: y(0),
    step: Math.min(34, step * 0.6),
    points: points.map((point, place) => {
      const [, lower, upper] = reachOf(point) as [number, number, number]
      return {
        steps: point.steps,
        x: left + (place + 0.5) * step,
        y: y(point.I),
        expected: y(point.expectation),
        band: Number.isFinite(point.deviation)
          ? { y: y(upper), height: y(lower) - y(upper) }
          : null,
        stands: point.stands,
      }
    }),
    yTicks: y.ticks(4).map((tick) => ({ y: y(tick), text: formatNumber(tick, 1) })),
  }
}
