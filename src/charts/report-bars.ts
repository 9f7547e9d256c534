import { scaleLinear } from 'd3-scale'
import { formatNumber } from '../text/format.ts'
import type { ReportBars, ReportFigure } from '../views/report.ts'
import {
  absenceMark,
  approximateWidth,
  place,
  syntheticWord,
  word,
  type Absence,
  type Box,
  type Drawing,
  type TokenColour,
} from './report-marks.ts'
import { element } from './svg.ts'

/** One figure as a bar, or as the mark that it is not shown. */
export interface Bar {
  /** Which of the series. */
  readonly series: number
  readonly category: string
  readonly kind: 'value' | Absence
  /** A bar's length is its value; a mark's is always the same. */
  readonly box: Box
  /** The figure, or the word in its place. */
  readonly text: string
  /** Where the text stands. */
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  /** Written upwards where there is no room for it across. */
  readonly isUpright: boolean
}

export interface BarsChart {
  readonly width: number
  readonly height: number
  readonly bars: readonly Bar[]
  readonly categories: readonly { readonly text: string; readonly x: number; readonly y: number }[]
  readonly names: readonly {
    readonly text: string
    readonly x: number
    readonly y: number
    readonly anchor: 'start' | 'middle' | 'end'
  }[]
  /** From where bars are measured, as a path. */
  readonly base: string
  readonly ticks: readonly { readonly y: number; readonly text: string }[]
}

export interface BarsSize {
  readonly width: number
  /** Of columns; a pyramid is as high as it has ages. */
  readonly height: number
}

const SERIES_TOKENS = ['ink-2', 'rule', 'cat-7'] as const
const TEXT = 12
/** At the foot, for "Syntetiska demonstrationsdata". */
const FOOT = 16
const ROW = 21

/** @returns the greatest of the figures that are shown; 1 where all are zero or none is shown */
const greatest = ({ series }: Pick<ReportBars, 'series'>): number =>
  Math.max(0, ...series.flatMap(({ figures }) => figures.map(valueOf))) || 1

const valueOf = (figure: ReportFigure | undefined): number =>
  figure?.kind === 'value' ? figure.value : 0

const wordOf = (figure: ReportFigure): string =>
  figure.kind === 'value' ? formatNumber(figure.value, figure.decimals) : figure.word

/** Bars of one or several series, in pixels. */
export function barsChart(bars: ReportBars, size: BarsSize): BarsChart {
  return bars.form === 'pyramid' ? pyramid(bars, size.width) : columns(bars, size)
}

/** Women to the left and men to the right of the ages, the oldest on top; one series alone stands to the right. */
function pyramid(bars: ReportBars, width: number): BarsChart {
  const { series, categories } = bars
  const [left, right] = series.length > 1 ? [series[0]!, series[1]!] : [null, series[0]]
  const texts = series.flatMap(({ figures }) => figures.map(wordOf))
  const room = Math.max(28, ...texts.map((text) => approximateWidth(text, TEXT))) + 7
  const ages = Math.max(36, ...categories.map((text) => approximateWidth(text, TEXT))) + 14
  const centre = left ? width / 2 : ages / 2
  const [leftBase, rightBase] = [centre - ages / 2, centre + ages / 2]
  const reach = (left ? leftBase : width - rightBase) - room
  const length = scaleLinear()
    .domain([0, greatest(bars)])
    .range([0, reach])
  const top = 24
  const rowOf = (at: number): number => top + (categories.length - 1 - at) * ROW
  const side = (
    figures: readonly ReportFigure[],
    at: number,
    base: number,
    direction: 1 | -1,
  ): Bar[] =>
    figures.map((figure, category) => {
      const long = figure.kind === 'value' ? length(figure.value) : 20
      const y = rowOf(category)
      return {
        ...{ series: at, category: categories[category] ?? '', kind: figure.kind },
        box: { x: direction > 0 ? base : base - long, y, width: long, height: ROW - 6 },
        ...{ text: wordOf(figure), x: base + direction * (long + 5), y: y + 11.5 },
        anchor: direction > 0 ? 'start' : 'end',
        isUpright: false,
      }
    })
  const names = [
    ...(left ? [{ text: left.name, x: leftBase, y: 13, anchor: 'end' as const }] : []),
    ...(right ? [{ text: right.name, x: rightBase, y: 13, anchor: 'start' as const }] : []),
  ]
  const bottom = top + categories.length * ROW - 3
  const bases = [...(left ? [leftBase] : []), ...(right ? [rightBase] : [])]
  return {
    ...{ width, height: bottom + FOOT + 6, names, ticks: [] },
    bars: [
      ...(left ? side(left.figures, 0, leftBase, -1) : []),
      ...(right ? side(right.figures, left ? 1 : 0, rightBase, 1) : []),
    ],
    categories: categories.map((text, at) => ({ text, x: centre, y: rowOf(at) + 11.5 })),
    base: bases.map((x) => `M${place(x)} ${top - 3}V${bottom}`).join(''),
  }
}

/** Columns from a line at 0; what is not shown is a mark on the line, of one height. */
function columns(bars: ReportBars, { width, height }: BarsSize): BarsChart {
  const { series, categories } = bars
  const isNamed = series.length > 1
  const top = isNamed ? 38 : 22
  const bottom = height - FOOT - 20
  const y = scaleLinear()
    .domain([0, greatest(bars)])
    .range([bottom, top])
    .nice(3)
  const all = series.flatMap(({ figures }) => figures)
  const isCounted = all.every((figure) => figure.kind !== 'value' || figure.decimals === 0)
  const isShown = all.some((figure) => valueOf(figure) > 0)
  // Half an event is no mark on an axis, and where nothing is shown there is no scale.
  const ticks = y
    .ticks(3)
    .filter((tick) => isShown && tick > 0 && (!isCounted || Number.isInteger(tick)))
  const decimals = ticks.every((tick) => Number.isInteger(tick)) ? 0 : 1
  const texts = [0, ...ticks].map((tick) => ({ y: y(tick), text: formatNumber(tick, decimals) }))
  const left = Math.max(...texts.map(({ text }) => approximateWidth(text, 11))) + 8
  const slot = (width - left) / Math.max(1, categories.length)
  const group = Math.min(slot * 0.72, 46 * series.length)
  const each = group / series.length
  return {
    ...{ width, height, base: `M${place(left)} ${place(bottom)}H${width}`, ticks: texts },
    names: isNamed
      ? series.map(({ name }, at) => ({
          ...{ text: name, x: left + 16 + at * (width / series.length), y: 13 },
          anchor: 'start' as const,
        }))
      : [],
    categories: categories.map((text, at) => ({
      ...{ text, x: left + (at + 0.5) * slot, y: bottom + 15 },
    })),
    bars: series.flatMap(({ figures }, at) =>
      figures.map((figure, category): Bar => {
        const isValue = figure.kind === 'value'
        const tall = isValue ? bottom - y(figure.value) : 13
        const text = wordOf(figure)
        const x = left + (category + 0.5) * slot - group / 2 + at * each
        const isUpright = approximateWidth(text, TEXT) > (series.length > 1 ? each : slot) - 1
        return {
          ...{ series: at, category: categories[category] ?? '', kind: figure.kind, text },
          box: { x: x + 0.5, y: bottom - tall, width: each - 1, height: tall },
          x: x + each / 2 + (isUpright ? 4 : 0),
          y: bottom - tall - 5,
          ...{ anchor: isUpright ? 'start' : 'middle', isUpright },
        }
      }),
    ),
  }
}

/** The chart as SVG. @param synthetic drawn in it; null where no figure is invented */
export function drawBars(
  bars: ReportBars,
  size: BarsSize,
  synthetic: string | null,
  colour: TokenColour,
): Drawing {
  const chart = barsChart(bars, size)
  const isPyramid = bars.form === 'pyramid'
  const token = (series: number): string =>
    bars.series.length > 1 || isPyramid
      ? (SERIES_TOKENS[series % SERIES_TOKENS.length] ?? 'ink-2')
      : 'ink-2'
  const [ink, ink2, ink3] = [colour('ink'), colour('ink-2'), colour('ink-3')]
  const right = place(chart.width)
  const parts = [
    ...chart.ticks.map(
      ({ y, text }, at) =>
        (at === 0
          ? ''
          : element('path', {
              d: `M${approximateWidth(text, 11) + 8} ${place(y)}H${right}`,
              stroke: colour('hairline'),
            })) + word(text, 0, y + 4, 11, ink3),
    ),
    ...chart.bars.map(({ series, kind, box, text, x, y, anchor, isUpright }) => {
      const mark =
        kind === 'value'
          ? element('rect', {
              ...{ x: place(box.x), y: place(box.y), width: place(box.width) },
              ...{ height: place(box.height), fill: colour(token(series)) },
            })
          : absenceMark(kind, box, colour)
      const turn = isUpright ? `rotate(-90 ${place(x)} ${place(y)})` : undefined
      const fill = kind === 'value' ? ink : ink2
      return mark + word(text, x, y, TEXT, fill, { 'text-anchor': anchor, transform: turn })
    }),
    element('path', { d: chart.base, stroke: isPyramid ? colour('rule') : ink2, fill: 'none' }),
    ...chart.categories.map(({ text, x, y }) =>
      word(text, x, y, TEXT, ink2, { 'text-anchor': 'middle' }),
    ),
    ...chart.names.map(({ text, x, y, anchor }, at) =>
      isPyramid
        ? word(text, x, y, TEXT, ink, { 'text-anchor': anchor, 'font-weight': 600 })
        : element('rect', { x: x - 14, y: y - 9, width: 10, height: 10, fill: colour(token(at)) }) +
          word(text, x, y, TEXT, ink2, { 'text-anchor': anchor }),
    ),
    syntheticWord(synthetic, chart, colour),
  ]
  return { width: chart.width, height: chart.height, content: parts.join('') }
}
