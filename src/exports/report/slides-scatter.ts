import { scaleLinear } from 'd3-scale'
import { approximateWidth } from '../../charts/report-marks.ts'
import { reportText } from '../../text/report.ts'
import type { ReportFigure, ReportScatter } from '../../views/report.ts'
import { decimalsOf } from './slides-charts.ts'
import { FACE, type Deck, type Place, type Slide } from './slides-frame.ts'
import { NAME_SIZE, numberFormat, type ChartSheet } from './slides-package.ts'

/** Areas by two indicators as a chart that can be edited: those at each corner in their colour, named as on screen. */
export function addScatter(deck: Deck, slide: Slide, scatter: ReportScatter, place: Place): void {
  const { ink } = deck
  const points = scatter.points.flatMap(({ name, across, along, corner, isNamed }) =>
    across.kind === 'value' && along.kind === 'value'
      ? [{ name, across, along, corner, isNamed: isNamed ?? false }]
      : [],
  )
  const corners = new Map(points.flatMap(({ corner }) => (corner ? [[corner.token, corner]] : [])))
  const groups = [
    { name: reportText.slides.otherAreas, token: null, colour: 'ink-3' },
    ...[...corners.values()].map(({ name, token }) => ({ name, token, colour: token })),
  ]
  const across = spanOf(points.map((point) => point.across.value))
  const along = spanOf(points.map((point) => point.along.value))
  const sheet: ChartSheet = {
    ...{ head: reportText.slides.area, categories: points.map(({ name }) => name) },
    ...{ decimals: mostDecimals(points.map((point) => point.along)), isTopDown: false },
    series: groups.map(({ name, token }) => ({
      ...{ name, isReference: false },
      values: points.map((point) =>
        (point.corner?.token ?? null) === token ? point.along.value : null,
      ),
    })),
    scatter: {
      acrossHead: axisTitle(scatter.across),
      across: points.map((point) => point.across.value),
      acrossDecimals: mostDecimals(points.map((point) => point.across)),
      named: namesWithRoom(points, across, along, place),
      formats: [numberFormat(decimalsOf(across.step)), numberFormat(decimalsOf(along.step))],
    },
  }
  deck.sheets.push(sheet)
  const title = { fontFace: FACE, fontSize: 12, color: ink('ink-2') }
  slide.addChart(
    deck.file.ChartType.scatter,
    [
      { name: sheet.scatter!.acrossHead, values: [...sheet.scatter!.across] },
      ...sheet.series.map(({ name, values }) => ({
        ...{ name, labels: [] },
        // Gaps are taken out of the file afterwards: the library's types have numbers only.
        values: values.map((value) => value ?? NaN),
      })),
    ],
    {
      ...{ ...place, altText: scatter.alternative, displayBlanksAs: 'gap', lineSize: 0 },
      ...{ showTitle: false, showLegend: false, chartArea: { roundedCorners: false } },
      ...{ lineDataSymbol: 'circle', lineDataSymbolSize: 9, lineDataSymbolLineSize: 0.75 },
      ...{
        lineDataSymbolLineColor: ink('ink-2'),
        chartColors: groups.map((one) => ink(one.colour)),
      },
      ...{ catAxisMinVal: across.from, catAxisMaxVal: across.to, catAxisMajorUnit: across.step },
      ...{ valAxisMinVal: along.from, valAxisMaxVal: along.to, valAxisMajorUnit: along.step },
      ...{ catAxisLabelFontFace: FACE, catAxisLabelFontSize: 12, catAxisLabelColor: ink('ink-3') },
      ...{ valAxisLabelFontFace: FACE, valAxisLabelFontSize: 12, valAxisLabelColor: ink('ink-3') },
      ...{ showCatAxisTitle: true, catAxisTitle: axisTitle(scatter.across) },
      ...{ catAxisTitleFontFace: title.fontFace, catAxisTitleFontSize: title.fontSize },
      ...{ catAxisTitleColor: title.color, valAxisTitleColor: title.color },
      ...{ showValAxisTitle: true, valAxisTitle: axisTitle(scatter.along) },
      ...{ valAxisTitleFontFace: title.fontFace, valAxisTitleFontSize: title.fontSize },
      catGridLine: { color: ink('hairline'), size: 0.75 },
      valGridLine: { color: ink('hairline'), size: 0.75 },
    },
  )
}

interface Placed {
  readonly left: number
  readonly right: number
  readonly y: number
}

/** What the axes take of a chart, in inches, and how far from a point its name begins. */
const AXES = { left: 0.85, bottom: 0.75, right: 0.15, top: 0.15 }
const BESIDE = 0.1
const LINE = 0.2
const INCH = 72

/** On which side of their points names stand where they lie on no other name and no other point, furthest out first. */
function namesWithRoom(
  points: readonly {
    readonly name: string
    readonly across: { readonly value: number }
    readonly along: { readonly value: number }
    readonly isNamed: boolean
  }[],
  across: Span,
  along: Span,
  { w, h }: Place,
): ReadonlyMap<number, 'r' | 'l'> {
  const wide = w - AXES.left - AXES.right
  const high = h - AXES.bottom - AXES.top
  const at = points.map((point) => ({
    x: (wide * (point.across.value - across.from)) / (across.to - across.from),
    y: (high * (point.along.value - along.from)) / (along.to - along.from),
  }))
  const names: Placed[] = []
  const sides = new Map<number, 'r' | 'l'>()
  const fromMiddle = (place: number): number =>
    Math.hypot(at[place]!.x / wide - 0.5, at[place]!.y / high - 0.5)
  const wanted = points
    .flatMap(({ isNamed }, place) => (isNamed ? [place] : []))
    .toSorted((a, b) => fromMiddle(b) - fromMiddle(a))
  for (const place of wanted) {
    const { x, y } = at[place]!
    const width = approximateWidth(points[place]!.name, NAME_SIZE) / INCH
    const side = (['r', 'l'] as const).find((one) => {
      const left = one === 'r' ? x + BESIDE : x - BESIDE - width
      const box: Placed = { left, right: left + width, y }
      const isInside = box.left >= 0 && box.right <= wide + AXES.right
      const isFree =
        names.every((other) => !(overlaps(box, other) && Math.abs(other.y - y) < LINE)) &&
        at.every(
          (dot, own) =>
            own === place ||
            !(overlaps(box, { left: dot.x, right: dot.x, y }) && Math.abs(dot.y - y) < LINE / 2),
        )
      if (isInside && isFree) names.push(box)
      return isInside && isFree
    })
    if (side) sides.set(place, side)
  }
  return sides
}

const overlaps = (one: Placed, other: Placed): boolean =>
  one.left < other.right + 0.05 && other.left < one.right + 0.05

const axisTitle = ({ name, unitText }: ReportScatter['across']): string =>
  [name, unitText].filter((text) => text !== '').join(', ')

type Shown = Extract<ReportFigure, { readonly kind: 'value' }>

const mostDecimals = (figures: readonly Shown[]): number =>
  Math.max(0, ...figures.map(({ decimals }) => decimals))

interface Span {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** Round numbers around all values, and a round step between. */
function spanOf(values: readonly number[]): Span {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const scale = scaleLinear()
    .domain(least < most ? [least, most] : [least - 1, most + 1])
    .nice(5)
  const [from, to] = scale.domain() as [number, number]
  const ticks = scale.ticks(5)
  const step = Number(((ticks[1] ?? to) - (ticks[0] ?? from)).toPrecision(6))
  return { from, to, step }
}
