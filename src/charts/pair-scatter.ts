import { scaleLinear, type ScaleLinear } from 'd3-scale'
import { formatNumber } from '../text/format.ts'
import type { BivariateToken, CrossPairView, PairPoint, PairValue } from '../views/cross-pair.ts'
import type { Box } from './map-labels.ts'

export interface ScatterDot {
  readonly point: PairPoint
  readonly x: number
  readonly y: number
  readonly token: BivariateToken
  /** The 95 % intervals, cut at the frame; null where there is none. */
  readonly across: readonly [from: number, to: number] | null
  readonly along: readonly [from: number, to: number] | null
}

export interface ScatterName {
  readonly text: string
  readonly x: number
  /** Baseline. */
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  /** Of the dot, as a place among the dots. */
  readonly dot: number
}

export interface PairScatter {
  readonly width: number
  readonly height: number
  /** Within it the dots lie. */
  readonly frame: Box
  readonly xTicks: readonly { readonly x: number; readonly text: string }[]
  readonly yTicks: readonly { readonly y: number; readonly text: string }[]
  readonly median: { readonly x: number; readonly y: number }
  readonly dots: readonly ScatterDot[]
  readonly names: readonly ScatterName[]
}

export interface ScatterSize {
  readonly width: number
  readonly height: number
}

export const DOT_RADIUS = 4.5
const NAME_HEIGHT = 14

/**
 * A pair drawn: the factor across, the event upwards, each area a dot with its intervals, medians, and as many names
 * of those that lie furthest out as there is room for: none lies on a dot or on another name.
 * @param measure width of a name in pixels
 */
export function pairScatter(
  view: Pick<CrossPairView, 'factor' | 'event' | 'points'>,
  { width, height }: ScatterSize,
  measure: (text: string) => number,
): PairScatter {
  const across = axisOf(view.points.map(({ factor }) => factor))
  const along = axisOf(view.points.map(({ event }) => event))
  const yTexts = textsOf(along.ticks(4))
  const left = Math.max(...yTexts.map(({ text }) => text.length)) * 7 + 10
  const frame: Box = { left, top: 10, right: width - 12, bottom: height - 24 }
  across.range([frame.left, frame.right])
  along.range([frame.bottom, frame.top])
  const [left0, right0] = [frame.left, frame.right]
  const dots = view.points.map((point): ScatterDot => {
    const { factor, event, token } = point
    return {
      ...{ point, token, x: across(factor.value), y: along(event.value) },
      across: factor.interval && [
        clamp(across(factor.interval.lower), left0, right0),
        clamp(across(factor.interval.upper), left0, right0),
      ],
      along: event.interval && [
        clamp(along(event.interval.lower), frame.top, frame.bottom),
        clamp(along(event.interval.upper), frame.top, frame.bottom),
      ],
    }
  })
  return {
    ...{ width, height, frame, dots },
    xTicks: textsOf(across.ticks(6)).map(({ value, text }) => ({ x: across(value), text })),
    yTicks: yTexts.map(({ value, text }) => ({ y: along(value), text })),
    median: { x: across(view.factor.median), y: along(view.event.median) },
    names: placeNames(dots, frame, measure),
  }
}

const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value))

/** From 0 where all lie above it and not far from it, else around the values; intervals may reach beyond. */
function axisOf(values: readonly PairValue[]): ScaleLinear<number, number> {
  const numbers = values.map(({ value }) => value)
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  const reach = high - low || Math.abs(high) || 1
  const start = low >= 0 && low < 0.5 * reach ? 0 : low - 0.08 * reach
  return scaleLinear()
    .domain([start, high + 0.08 * reach])
    .nice(6)
}

function textsOf(ticks: readonly number[]): { value: number; text: string }[] {
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0)
  const decimals = clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 4)
  return ticks.map((value) => ({ value, text: formatNumber(value, decimals) }))
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

function placeNames(
  dots: readonly ScatterDot[],
  frame: Box,
  measure: (text: string) => number,
): ScatterName[] {
  const taken: Box[] = dots.map(({ x, y }) => boxAt(x - DOT_RADIUS, y, 2 * DOT_RADIUS, 9))
  const names: ScatterName[] = []
  dots.forEach(({ point, x, y }, dot) => {
    if (!point.isNamed) return
    const width = measure(point.name)
    const gap = DOT_RADIUS + 4
    const spots = [
      { x: x + gap, y, anchor: 'start', left: x + gap },
      { x: x - gap, y, anchor: 'end', left: x - gap - width },
      { x, y: y - 13, anchor: 'middle', left: x - width / 2 },
      { x, y: y + 13, anchor: 'middle', left: x - width / 2 },
      { x: x + gap, y: y - 10, anchor: 'start', left: x + gap },
      { x: x - gap, y: y + 10, anchor: 'end', left: x - gap - width },
      { x: x + gap, y: y + 10, anchor: 'start', left: x + gap },
      { x: x - gap, y: y - 10, anchor: 'end', left: x - gap - width },
    ] as const
    for (const spot of spots) {
      const box = boxAt(spot.left, spot.y, width, NAME_HEIGHT)
      const isWithin =
        box.left >= frame.left + 2 &&
        box.right <= frame.right &&
        box.top >= 0 &&
        box.bottom <= frame.bottom
      if (!isWithin || taken.some((other) => overlaps(box, other))) continue
      taken.push(box)
      names.push({ text: point.name, x: spot.x, y: spot.y + 4, anchor: spot.anchor, dot })
      return
    }
  })
  return names
}

const boxAt = (left: number, middle: number, width: number, height: number): Box => ({
  ...{ left, top: middle - height / 2, right: left + width, bottom: middle + height / 2 },
})
