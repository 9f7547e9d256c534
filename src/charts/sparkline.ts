import { line } from 'd3-shape'
import { scaleLinear } from 'd3-scale'
import type { ReportFigure } from '../views/report.ts'
import { place, type Absence, type Drawing, type TokenColour } from './report-marks.ts'
import { element } from './svg.ts'

/** Periods next to one another without a figure, for one reason. */
export interface Gap {
  readonly kind: Absence
  /** Positions among the figures, both ends included. */
  readonly from: number
  readonly to: number
  /** What is written in place of the figures: "dold". */
  readonly word: string
}

export interface Sparkline {
  readonly width: number
  readonly height: number
  /** Broken at every figure that is not shown. */
  readonly path: string
  /** Figures that stand alone between gaps. */
  readonly alone: readonly { readonly x: number; readonly y: number }[]
  readonly gaps: readonly (Gap & { readonly x: number; readonly width: number })[]
  /** The newest figure that is shown; not current where newer ones are not. Null where none is. */
  readonly end: { readonly x: number; readonly y: number; readonly isCurrent: boolean } | null
}

export interface SparklineSize {
  readonly width: number
  readonly height: number
}

/** Runs of hidden figures, and of missing ones. */
export function gapsOf(figures: readonly ReportFigure[]): Gap[] {
  const gaps: Gap[] = []
  figures.forEach((figure, at) => {
    if (figure.kind === 'value') return
    const last = gaps.at(-1)
    if (last?.to === at - 1 && last.kind === figure.kind)
      gaps[gaps.length - 1] = { ...last, to: at }
    else gaps.push({ kind: figure.kind, from: at, to: at, word: figure.word })
  })
  return gaps
}

/** Room for the end's dot, and at the foot for the marks of what is not shown. */
const MARGIN = 4

/** A word's size of line: from the least to the most, broken where a figure is not shown. */
export function sparkline(figures: readonly ReportFigure[], size: SparklineSize): Sparkline {
  const { width, height } = size
  const values = figures.map((figure) => (figure.kind === 'value' ? figure.value : null))
  const shown = values.filter((value) => value !== null)
  const [least, most] = [Math.min(...shown), Math.max(...shown)]
  const y = scaleLinear()
    .domain(least < most ? [least, most] : [least - 1, least + 1])
    .range([height - MARGIN - 1, MARGIN])
  const x = (at: number): number =>
    figures.length < 2 ? width / 2 : MARGIN + (at / (figures.length - 1)) * (width - 2 * MARGIN)
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, at) => x(at))
    .y((value) => y(value!))
    .digits(1)
  const last = values.findLastIndex((value) => value !== null)
  return {
    ...{ width, height },
    path: path(values) ?? '',
    alone: values.flatMap((value, at) =>
      value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null
        ? [{ x: x(at), y: y(value) }]
        : [],
    ),
    gaps: gapsOf(figures).map((gap) => ({
      ...gap,
      x: x(gap.from),
      width: x(gap.to) - x(gap.from),
    })),
    end:
      last < 0 ? null : { x: x(last), y: y(values[last]!), isCurrent: last === values.length - 1 },
  }
}

/** The line as SVG: what is hidden is a slanted stroke at the foot, what is missing a dot; an old end is hollow. */
export function drawSparkline(
  figures: readonly ReportFigure[],
  size: SparklineSize,
  colour: TokenColour,
): Drawing {
  const { path, alone, gaps, end } = sparkline(figures, size)
  const { width, height } = size
  const foot = height - 2.5
  const step = figures.length < 2 ? 0 : (width - 2 * MARGIN) / (figures.length - 1)
  const marks = gaps.flatMap(({ kind, from, to, x }) =>
    Array.from({ length: to - from + 1 }, (_, at) => {
      const middle = x + at * step
      return kind === 'hidden'
        ? element('path', {
            d: `M${place(middle - 1.7)} ${foot + 1.7}l3.4 -3.4`,
            ...{ stroke: colour('ink-3'), 'stroke-width': 1.2 },
          })
        : element('circle', { cx: place(middle), cy: foot, r: 0.9, fill: colour('ink-3') })
    }),
  )
  const ink = colour('ink-2')
  const parts = [
    element('path', {
      ...{ d: path, fill: 'none', stroke: ink, 'stroke-width': 1.4, 'stroke-linejoin': 'round' },
    }),
    ...alone.map(({ x, y }) =>
      element('circle', { cx: place(x), cy: place(y), r: 1.3, fill: ink }),
    ),
    ...marks,
  ]
  if (end)
    parts.push(
      element('circle', {
        ...{ cx: place(end.x), cy: place(end.y), r: 2.3 },
        fill: end.isCurrent ? ink : colour('paper'),
        ...{ stroke: ink, 'stroke-width': 1.2 },
      }),
    )
  return { width, height, content: parts.join('') }
}
