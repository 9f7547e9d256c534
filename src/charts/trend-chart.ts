import { area, curveLinear, line } from 'd3-shape'
import { scaleLinear } from 'd3-scale'
import type { Indicator } from '../core/indicator.ts'
import type { PeriodCode } from '../core/period.ts'
import { formatNumber, periodShort } from '../text/format.ts'
import type { ColourToken } from '../views/colour.ts'
import type { Trend } from '../views/trend.ts'

export interface TrendLine {
  readonly id: string
  readonly name: string
  readonly token: ColourToken | null
  readonly dash: string
  readonly path: string
  readonly band: string
  /** Values that stand alone between gaps. */
  readonly points: readonly { x: number; y: number }[]
  /** Periods whose value is hidden, marked at the foot of the chart. */
  readonly hidden: readonly number[]
  readonly end: { x: number; y: number } | null
  readonly labelY: number | null
}

export interface TrendChart {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly lines: readonly TrendLine[]
  readonly yTicks: readonly { y: number; text: string }[]
  readonly xTicks: readonly { x: number; text: string; anchor: 'start' | 'middle' | 'end' }[]
  readonly xOf: readonly number[]
}

export interface TrendSize {
  readonly width: number
  readonly height: number
  /** Room for names at the line ends. */
  readonly labelWidth: number
}

/** Lines with their 95 % bands; a hidden or missing value breaks the line and is never bridged. Axis from 0. */
export function trendChart(view: Trend, indicator: Indicator, size: TrendSize): TrendChart {
  const top = 8
  const bottom = size.height - 22
  const values = view.series.flatMap((series) =>
    series.cells.flatMap((cell) =>
      cell.kind === 'value'
        ? [cell.value, Math.min(cell.interval?.upper ?? 0, cell.value * 2)]
        : [],
    ),
  )
  const y = scaleLinear()
    .domain([0, Math.max(1e-9, ...values)])
    .range([bottom, top])
    .nice(3)
  const yTicks = y.ticks(3)
  const decimals = Math.max(0, ...yTicks.map((tick) => (Number.isInteger(tick) ? 0 : 1)))
  const texts = yTicks.map((tick) => formatNumber(tick, decimals))
  const left = Math.max(...texts.map((text) => text.length)) * 6.6 + 8
  const right = size.width - size.labelWidth
  const count = view.periods.length
  const xOf = view.periods.map((_, position) => left + (position / (count - 1)) * (right - left))

  const lines = view.series.map((series): TrendLine => {
    const valueAt = series.cells.map((cell) => (cell.kind === 'value' ? cell : null))
    const steps = valueAt.map((cell, position) => ({ cell, x: xOf[position]! }))
    const path = line<(typeof steps)[number]>()
      .defined(({ cell }) => cell !== null)
      .x((step) => step.x)
      .y(({ cell }) => y(cell!.value))
      .curve(curveLinear)
    const band = area<(typeof steps)[number]>()
      .defined(({ cell }) => cell?.interval != null)
      .x((step) => step.x)
      .y0(({ cell }) => y(cell!.interval!.lower))
      .y1(({ cell }) => Math.max(top, y(cell!.interval!.upper)))
      .curve(curveLinear)
    const last = steps.findLastIndex(({ cell }) => cell !== null)
    const end = last < 0 ? null : { x: steps[last]!.x, y: y(steps[last]!.cell!.value) }
    return {
      id: series.id,
      name: series.name,
      token: series.token,
      dash: series.dash,
      path: path(steps) ?? '',
      band: series.token === null ? '' : (band(steps) ?? ''),
      points: steps.flatMap(({ cell, x }, position) =>
        cell && !valueAt[position - 1] && !valueAt[position + 1] ? [{ x, y: y(cell.value) }] : [],
      ),
      hidden: series.cells.flatMap((cell, position) =>
        cell.kind === 'hidden' ? [xOf[position]!] : [],
      ),
      end,
      labelY: end?.y ?? null,
    }
  })

  return {
    width: size.width,
    height: size.height,
    left,
    right,
    bottom,
    lines: spreadLabels(lines, top, bottom),
    yTicks: yTicks.map((tick, position) => ({ y: y(tick), text: texts[position]! })),
    xTicks: periodTicks(view.periods, xOf, right - left),
    xOf,
  }
}

/** Moves labels apart so that none overlaps another, keeping their order. */
function spreadLabels(lines: readonly TrendLine[], top: number, bottom: number): TrendLine[] {
  const gap = 15
  const ordered = lines
    .map((entry, position) => ({ position, y: entry.labelY }))
    .filter((entry): entry is { position: number; y: number } => entry.y !== null)
    .sort((a, b) => a.y - b.y)
  for (let i = 1; i < ordered.length; i++)
    ordered[i]!.y = Math.max(ordered[i]!.y, ordered[i - 1]!.y + gap)
  for (let i = ordered.length - 1, floor = bottom; i >= 0; i--, floor -= gap)
    ordered[i]!.y = Math.max(top, Math.min(ordered[i]!.y, floor))
  const placed = new Map(ordered.map((entry) => [entry.position, entry.y]))
  return lines.map((entry, position) => ({ ...entry, labelY: placed.get(position) ?? null }))
}

/** As many periods named along the foot as there is room for, the first and the last always. */
export function periodTicks(
  periods: readonly PeriodCode[],
  xOf: readonly number[],
  width: number,
): TrendChart['xTicks'] {
  const last = periods.length - 1
  const room = Math.max(1, Math.floor(width / 58))
  const positions = new Set([0, last])
  const every = Math.ceil(last / room)
  for (let position = every; position <= last - every * 0.7; position += every)
    positions.add(position)
  return [...positions]
    .sort((a, b) => a - b)
    .map((position) => ({
      x: xOf[position]!,
      text: periodShort(periods[position]!),
      anchor: position === 0 ? 'start' : position === last ? 'end' : 'middle',
    }))
}
