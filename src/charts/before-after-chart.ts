import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { formatNumber, formatSigned } from '../text/format.ts'
import type { BeforeAfterPeriod, BeforeAfterView } from '../views/plan/before-after.ts'
import { periodTicks, type TrendChart } from './trend-chart.ts'

export interface ChartPoint {
  readonly x: number
  readonly y: number
  readonly isUsed: boolean
}

export interface BeforeAfterChart {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  /** The foot of the values; the differences lie below the axis of periods. */
  readonly bottom: number
  readonly xOf: readonly number[]
  readonly xTicks: TrendChart['xTicks']
  readonly yTicks: readonly { readonly y: number; readonly text: string }[]
  /** Stretches that belong to neither side, as the periods that lie in them reach. */
  readonly bands: readonly {
    readonly side: 'introduction' | 'ended'
    readonly from: number
    readonly to: number
  }[]
  /** Where the start stands: the beginning of the introduction, or of what comes after; null where neither is drawn. */
  readonly start: number | null
  readonly own: {
    readonly path: string
    readonly interval: string
    readonly points: readonly ChartPoint[]
    /** Intervals of values that stand alone, where no band can be drawn. */
    readonly whiskers: readonly { readonly x: number; readonly from: number; readonly to: number }[]
    readonly labelY: number | null
  }
  readonly comparison: { readonly path: string; readonly labelY: number | null }
  /** Places along the foot. */
  readonly hidden: readonly number[]
  readonly missing: readonly number[]
  /** Null where nothing is compared. */
  readonly differences: {
    readonly top: number
    readonly bottom: number
    readonly zero: number
    readonly bars: readonly {
      readonly x: number
      readonly y: number
      readonly height: number
      readonly isUsed: boolean
    }[]
    readonly barWidth: number
    readonly ticks: readonly { readonly y: number; readonly text: string }[]
  } | null
}

export interface BeforeAfterSize {
  readonly width: number
  /** Of the values and their axis. */
  readonly height: number
  /** Of the differences below, where there are any. */
  readonly differenceHeight: number
  /** Room for the names at the line ends. */
  readonly labelWidth: number
}

const AXIS = 22
const TOP = 20
const LABEL_GAP = 15

/** The area's periods beside what it is compared with, the start marked, and below them their differences. Axis from 0. */
export function beforeAfterChart(
  { periods }: Pick<BeforeAfterView, 'periods'>,
  size: BeforeAfterSize,
): BeforeAfterChart {
  const bottom = size.height - AXIS
  const y = scaleLinear()
    .domain([0, Math.max(1e-9, ...periods.flatMap(heightsOf))])
    .range([bottom, TOP])
    .nice(4)
  const differences = periods.flatMap(({ difference }) => (difference === null ? [] : [difference]))
  const below = differenceScale(differences, size)
  const ticks = y.ticks(4)
  const texts = textsOf(ticks, formatNumber)
  const belowTicks = below?.scale.ticks(3) ?? []
  const belowTexts = textsOf(belowTicks, formatSigned)
  const longest = Math.max(...[...texts, ...belowTexts].map((text) => text.length))
  const left = longest * 6.6 + 10
  const right = size.width - size.labelWidth
  const step = (right - left) / Math.max(1, periods.length)
  // Each period has a stretch of its own, so that the introduction is as wide as it lasted.
  const xOf = periods.map((_, place) => left + (place + 0.5) * step)
  const own = periods.map(({ cell }, place) => ({
    ...{ x: xOf[place]!, value: cell.kind === 'value' ? cell.value : null },
    interval: cell.kind === 'value' ? cell.interval : null,
  }))
  const comparison = periods.map((period, place) => ({
    ...{ x: xOf[place]!, value: period.comparison },
  }))
  const path = line<{ x: number; value: number | null }>()
    .defined(({ value }) => value !== null)
    .x(({ x }) => x)
    .y(({ value }) => y(value!))
  const interval = area<(typeof own)[number]>()
    .defined((step) => step.interval !== null)
    .x(({ x }) => x)
    .y0((step) => y(Math.max(0, step.interval!.lower)))
    .y1((step) => Math.max(TOP, y(step.interval!.upper)))
  const placesOf = (kind: 'hidden' | 'missing'): number[] =>
    periods.flatMap(({ cell }, place) => (cell.kind === kind ? [xOf[place]!] : []))
  const lastOf = (line: readonly { value: number | null }[]): number | null =>
    line.findLast(({ value }) => value !== null)?.value ?? null
  const bands = (['introduction', 'ended'] as const).flatMap((side) => {
    const [first, last] = [
      periods.findIndex((one) => one.side === side),
      periods.findLastIndex((one) => one.side === side),
    ]
    return first < 0 ? [] : [{ side, from: left + first * step, to: left + (last + 1) * step }]
  })
  const firstAfter = periods.findIndex(({ side }) => side !== 'before')
  const [ownY, comparisonY] = [lastOf(own), lastOf(comparison)]
  return {
    ...{ width: size.width, left, right, bottom, xOf, bands },
    height: size.height + (below ? size.differenceHeight : 0),
    xTicks: periodTicks(
      periods.map(({ period }) => period),
      xOf,
      right - left,
    ).map((tick) => ({ ...tick, anchor: 'middle' as const })),
    yTicks: ticks.map((tick, place) => ({ y: y(tick), text: texts[place]! })),
    start: firstAfter < 0 ? null : left + firstAfter * step,
    own: {
      ...{ path: path(own) ?? '', interval: interval(own) ?? '' },
      points: own.flatMap(({ x, value }, place) =>
        value === null ? [] : [{ x, y: y(value), isUsed: periods[place]!.isUsed }],
      ),
      whiskers: own.flatMap(({ x, interval }, place) =>
        interval && !own[place - 1]?.interval && !own[place + 1]?.interval
          ? [{ x, from: y(Math.max(0, interval.lower)), to: Math.max(TOP, y(interval.upper)) }]
          : [],
      ),
      labelY: ownY === null ? null : y(ownY),
    },
    comparison: {
      path: path(comparison) ?? '',
      labelY: comparisonY === null ? null : apart(y(comparisonY), ownY === null ? null : y(ownY)),
    },
    ...{ hidden: placesOf('hidden'), missing: placesOf('missing') },
    differences: below && {
      ...{ top: below.top, bottom: below.bottom, zero: below.scale(0) },
      barWidth: Math.max(1.5, Math.min(14, step * 0.6)),
      bars: periods.flatMap(({ difference, isUsed }, place) => {
        if (difference === null) return []
        const [zero, end] = [below.scale(0), below.scale(difference)]
        return [{ x: xOf[place]!, y: Math.min(zero, end), height: Math.abs(end - zero), isUsed }]
      }),
      ticks: belowTicks.map((tick, place) => ({ y: below.scale(tick), text: belowTexts[place]! })),
    },
  }
}

const heightsOf = ({ cell, comparison }: BeforeAfterPeriod): number[] => [
  // A wide interval may leave the picture; what it is of never does.
  ...(cell.kind === 'value'
    ? [cell.value, Math.min(cell.interval?.upper ?? 0, cell.value * 2)]
    : []),
  comparison ?? 0,
]

function differenceScale(differences: readonly number[], size: BeforeAfterSize) {
  if (differences.length === 0) return null
  const top = size.height + 22
  const bottom = size.height + size.differenceHeight - 6
  const [least, most] = [Math.min(0, ...differences), Math.max(0, ...differences)]
  const domain = least === most ? [-1, 1] : [least, most]
  return { top, bottom, scale: scaleLinear().domain(domain).range([bottom, top]).nice(3) }
}

function textsOf(
  ticks: readonly number[],
  format: (value: number, decimals: number) => string,
): string[] {
  const decimals = ticks.every(Number.isInteger) ? 0 : 1
  return ticks.map((tick) => format(tick, decimals))
}

/** A label's height, so far from another's that neither lies on the other. */
function apart(y: number, other: number | null): number {
  if (other === null || Math.abs(y - other) >= LABEL_GAP) return y
  return y < other ? other - LABEL_GAP : other + LABEL_GAP
}
