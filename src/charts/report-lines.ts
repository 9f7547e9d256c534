import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { formatNumber } from '../text/format.ts'
import type { ReportFigure, ReportLines } from '../views/report.ts'
import {
  absenceMark,
  approximateWidth,
  place,
  syntheticWord,
  word,
  wrapShort,
  type Absence,
  type Drawing,
  type TokenColour,
} from './report-marks.ts'
import { gapsOf } from './sparkline.ts'
import { element } from './svg.ts'

export interface ReportLine {
  readonly role: 'area' | 'reference'
  /** Broken at every figure that is not shown. */
  readonly path: string
  /** The 95 % interval, broken likewise; nothing of what it is compared with. */
  readonly band: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** Intervals of figures that stand alone between gaps, where a band has no width. */
  readonly alone: readonly { readonly x: number; readonly from: number; readonly to: number }[]
  /** What stands at its end: the name in lines, and the newest figure that is shown. */
  readonly label: {
    readonly lines: readonly string[]
    readonly value: string
    readonly y: number
  } | null
}

/** Periods in which the area shows no figure, marked on the axis. */
export interface ReportLineGap {
  readonly kind: Absence
  readonly word: string
  readonly x: number
  readonly width: number
  /** Written upwards where there is no room for it across. */
  readonly isUpright: boolean
}

export interface LinesChart {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly lines: readonly ReportLine[]
  readonly gaps: readonly ReportLineGap[]
  readonly yTicks: readonly { readonly y: number; readonly text: string }[]
  readonly xTicks: readonly { readonly x: number; readonly text: string }[]
}

export interface LinesSize {
  readonly width: number
  readonly height: number
}

const TEXT = 12
const LEADING = 14
const TOP = 22
const FOOT = 16

const shownValue = (figure: ReportFigure): number | null =>
  figure.kind === 'value' ? figure.value : null

/** As far up as an interval is drawn: what reaches further is cut, or it would flatten the line. */
const upperOf = (figure: ReportFigure): number =>
  figure.kind === 'value'
    ? Math.max(figure.value, Math.min(figure.interval?.upper ?? 0, 2 * figure.value))
    : 0

/** An area over time beside what it is compared with, in pixels. The axis is from 0, or from below where figures are. */
export function linesChart(view: ReportLines, { width, height }: LinesSize): LinesChart {
  const bottom = height - FOOT - 20
  const all = view.series.flatMap(({ figures }) => figures)
  const y = scaleLinear()
    .domain([
      Math.min(0, ...all.map((figure) => shownValue(figure) ?? 0)),
      Math.max(1e-9, ...all.map(upperOf)),
    ])
    .range([bottom, TOP])
    .nice(3)
  const ticks = y.ticks(3)
  const decimals = ticks.every((tick) => Number.isInteger(tick)) ? 0 : 1
  const texts = ticks.map((tick) => formatNumber(tick, decimals))
  const left = Math.max(...texts.map((text) => approximateWidth(text, 11))) + 14
  const labelWidth = Math.min(
    width * 0.3,
    Math.max(
      40,
      ...view.series.flatMap(({ name, figures }) => [
        approximateWidth(name, TEXT),
        ...figures.map((figure) =>
          approximateWidth(figure.kind === 'value' ? figure.text : '', TEXT),
        ),
      ]),
    ) + 10,
  )
  const right = width - labelWidth
  const count = view.periods.length
  const x = (at: number): number =>
    count < 2 ? (left + right) / 2 : left + (at / (count - 1)) * (right - left)
  const lines = view.series.map(({ name, role, figures }): ReportLine => {
    const path = line<ReportFigure>()
      .defined((figure) => figure.kind === 'value')
      .x((_, at) => x(at))
      .y((figure) => y(shownValue(figure)!))
      .digits(1)
    const band = area<ReportFigure>()
      .defined((figure) => figure.kind === 'value' && figure.interval !== null)
      .x((_, at) => x(at))
      .y0((figure) => y(Math.max(y.domain()[0]!, intervalOf(figure).lower)))
      .y1((figure) => Math.max(TOP, y(intervalOf(figure).upper)))
      .digits(1)
    const hasBand = (figure: ReportFigure | undefined): boolean =>
      figure?.kind === 'value' && figure.interval !== null
    const last = figures.findLast((figure) => figure.kind === 'value')
    return {
      role,
      path: path(figures) ?? '',
      band: role === 'area' ? (band(figures) ?? '') : '',
      points: figures.flatMap((figure, at) =>
        figure.kind === 'value' ? [{ x: x(at), y: y(figure.value) }] : [],
      ),
      alone:
        role === 'area'
          ? figures.flatMap((figure, at) =>
              hasBand(figure) && !hasBand(figures[at - 1]) && !hasBand(figures[at + 1])
                ? [
                    {
                      x: x(at),
                      from: y(Math.max(y.domain()[0]!, intervalOf(figure).lower)),
                      to: Math.max(TOP, y(intervalOf(figure).upper)),
                    },
                  ]
                : [],
            )
          : [],
      label: last
        ? {
            lines: wrapShort(name, labelWidth - 8, TEXT, 2),
            ...{ value: last.text, y: y(last.value) },
          }
        : null,
    }
  })
  const step = count < 2 ? right - left : (right - left) / (count - 1)
  const own = view.series.find(({ role }) => role === 'area')
  return {
    ...{ width, height, left, right, bottom },
    lines: apart(lines, bottom),
    gaps: gapsOf(own?.figures ?? []).map(({ kind, word: text, from, to }) => {
      const half = Math.min(8, step * 0.36)
      const across = x(to) - x(from) + 2 * half
      const isUpright = approximateWidth(text, 11) > across + step - 2 * half - 3
      return { kind, word: text, x: x(from) - half, width: across, isUpright }
    }),
    yTicks: ticks.map((tick, at) => ({ y: y(tick), text: texts[at]! })),
    xTicks: periodTicks(view, x, right - left),
  }
}

const intervalOf = (figure: ReportFigure): { readonly lower: number; readonly upper: number } =>
  figure.kind === 'value' && figure.interval ? figure.interval : { lower: 0, upper: 0 }

/** Moves the labels at the line ends apart, in their order, so that none stands upon another. */
function apart(lines: readonly ReportLine[], bottom: number): ReportLine[] {
  const tall = (entry: ReportLine): number => (entry.label ? entry.label.lines.length + 1 : 0)
  const order = lines
    .flatMap((entry, at) =>
      entry.label ? [{ at, top: entry.label.y - 10, tall: tall(entry) }] : [],
    )
    .sort((a, b) => a.top - b.top)
  for (let floor = 2, i = 0; i < order.length; i++) {
    const entry = order[i]!
    entry.top = Math.max(entry.top, floor)
    floor = entry.top + entry.tall * LEADING + 3
  }
  for (let ceiling = bottom + 6, i = order.length - 1; i >= 0; i--) {
    const entry = order[i]!
    entry.top = Math.min(entry.top, ceiling - entry.tall * LEADING)
    ceiling = entry.top - 3
  }
  const tops = new Map(order.map(({ at, top }) => [at, top]))
  return lines.map((entry, at) =>
    entry.label ? { ...entry, label: { ...entry.label, y: tops.get(at)! + 11 } } : entry,
  )
}

function periodTicks(
  { periods }: ReportLines,
  x: (at: number) => number,
  width: number,
): LinesChart['xTicks'] {
  const last = periods.length - 1
  if (last < 0) return []
  const widest = Math.max(...periods.map(({ text }) => approximateWidth(text, TEXT)))
  const every = Math.max(1, Math.ceil(last / Math.max(1, Math.floor(width / (widest + 14)))))
  const positions = [0]
  for (let at = every; at <= last - every; at += every) positions.push(at)
  if (last > 0) positions.push(last)
  return positions.map((at) => ({ x: x(at), text: periods[at]!.text }))
}

/** The chart as SVG. @param synthetic drawn in it; null where no figure is invented */
export function drawLines(
  view: ReportLines,
  size: LinesSize,
  synthetic: string | null,
  colour: TokenColour,
): Drawing {
  const chart = linesChart(view, size)
  const { width, height, left, right, bottom } = chart
  const [ink, ink2, ink3] = [colour('ink'), colour('ink-2'), colour('ink-3')]
  const path = (d: string, stroke: string, strokeWidth: number, more = {}): string =>
    element('path', {
      ...{ d, fill: 'none', stroke, 'stroke-width': strokeWidth, 'stroke-linejoin': 'round' },
      ...more,
    })
  const drawn = (role: ReportLine['role']): string =>
    chart.lines
      .filter((one) => one.role === role)
      .map(({ path: d, points }) => {
        const isArea = role === 'area'
        const dots = isArea
          ? points.map(({ x, y }) =>
              element('circle', { cx: place(x), cy: place(y), r: 2, fill: ink }),
            )
          : []
        const end = points.at(-1)
        const ring =
          isArea || !end
            ? ''
            : element('circle', {
                ...{ cx: place(end.x), cy: place(end.y), r: 2.2, fill: colour('paper') },
                ...{ stroke: ink3, 'stroke-width': 1.2 },
              })
        return path(d, isArea ? ink : ink3, isArea ? 2 : 1.5, {
          'stroke-dasharray': isArea ? undefined : '4 3',
        }).concat(dots.join(''), ring)
      })
      .join('')
  const parts = [
    ...chart.yTicks.map(
      ({ y, text }) =>
        path(`M${place(left)} ${place(y)}H${place(right)}`, colour('hairline'), 1) +
        word(text, left - 6, y + 4, 11, ink3, { 'text-anchor': 'end' }),
    ),
    word(view.unitText, 0, 11, 11, ink3),
    ...chart.lines.map(({ band }) =>
      band === '' ? '' : element('path', { d: band, fill: ink, 'fill-opacity': 0.12 }),
    ),
    ...chart.lines.flatMap(({ alone }) =>
      alone.map(({ x, from, to }) =>
        path(`M${place(x)} ${place(from)}V${place(to)}`, ink, 5, { 'stroke-opacity': 0.12 }),
      ),
    ),
    path(`M${place(left)} ${place(bottom)}H${place(right)}`, ink2, 1),
    ...chart.gaps.map(({ kind, word: text, x, width: across, isUpright }) => {
      const box = { x, y: bottom - 9, width: across, height: 9 }
      const [middle, above] = [x + across / 2, bottom - 13]
      const halo = { stroke: colour('paper'), 'stroke-width': 3, 'paint-order': 'stroke' }
      return (
        absenceMark(kind, box, colour) +
        (isUpright
          ? word(text, middle + 4, above, 11, ink2, {
              transform: `rotate(-90 ${place(middle + 4)} ${place(above)})`,
              ...halo,
            })
          : word(text, middle, above, 11, ink2, { 'text-anchor': 'middle', ...halo }))
      )
    }),
    drawn('reference'),
    drawn('area'),
    ...chart.xTicks.map(({ x, text }) =>
      word(text, x, bottom + 15, TEXT, ink3, { 'text-anchor': 'middle' }),
    ),
    ...chart.lines.flatMap(({ role, label }) =>
      label
        ? [...label.lines, label.value].map((text, at) =>
            word(text, right + 8, label.y + at * LEADING, TEXT, role === 'area' ? ink : ink3, {
              'font-weight': role === 'area' ? 600 : 400,
            }),
          )
        : [],
    ),
    syntheticWord(synthetic, { width, height }, colour),
  ]
  return { width, height, content: parts.join('') }
}
