import type { ColourToken } from '../views/colour.ts'
import type { Choropleth } from '../views/choropleth.ts'
import { formatNumber } from '../text/format.ts'

export interface LegendSquare {
  /** The area's position in its level, or null for a bar of many areas. */
  readonly index: number | null
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly token: ColourToken
}

export interface LegendChart {
  readonly width: number
  readonly height: number
  /** One square per area, or bars where there are too many areas to stack. */
  readonly kind: 'squares' | 'bars'
  readonly squares: readonly LegendSquare[]
  readonly classes: readonly { x: number; width: number; token: ColourToken }[]
  readonly classTop: number
  readonly ticks: readonly { x: number; text: string; anchor: 'start' | 'middle' | 'end' }[]
  readonly municipality: { x: number; text: string; anchor: 'start' | 'middle' | 'end' } | null
}

const SIDE = 2
const TICK_ROW = 17
const CLASS_BAR = 8
const CAP_ROW = 15
const SQUARE_LIMIT = 160

/**
 * The legend as a distribution: areas stacked where they lie on the true value axis, over the classes' own bar.
 * Values beyond the last edge stand in the outermost bin: they are drawn, not dropped.
 * @param width in pixels
 * @param stackHeight room for the stacks, in pixels
 */
export function legendChart(
  view: Choropleth,
  width: number,
  stackHeight: number,
): LegendChart | null {
  if (view.scale.kind !== 'breaks' || view.scale.breaks.length < 2 || width < 40) return null
  const { breaks, tokens } = view.scale
  const [low, high] = [breaks[0]!, breaks[breaks.length - 1]!]
  const span = high - low || 1
  const x = (value: number) =>
    SIDE + ((Math.min(high, Math.max(low, value)) - low) / span) * (width - 2 * SIDE)
  const base = CAP_ROW + stackHeight
  const shown = view.marks.filter((mark) => mark.classIndex !== null)
  const kind = shown.length > SQUARE_LIMIT ? 'bars' : 'squares'

  const pitch = 10
  const binCount = Math.max(1, Math.floor((width - 2 * SIDE) / pitch))
  const bins: (typeof shown)[number][][] = Array.from({ length: binCount }, () => [])
  // A bar needs only its largest value, so thousands of areas are not sorted.
  const ordered = kind === 'bars' ? shown : [...shown].sort((a, b) => a.shown - b.shown)
  for (const mark of ordered)
    bins[Math.min(binCount - 1, Math.floor((x(mark.shown) - SIDE) / pitch))]!.push(mark)
  const tallest = Math.max(1, ...bins.map((bin) => bin.length))
  const step = Math.min(pitch, stackHeight / tallest)
  const squares: LegendSquare[] = []
  bins.forEach((bin, position) => {
    const left = SIDE + position * pitch
    if (kind === 'bars') {
      if (bin.length === 0) return
      const last = bin.reduce((most, mark) => (mark.shown >= most.shown ? mark : most))
      const height = Math.max(1, (bin.length / tallest) * stackHeight)
      squares.push({
        index: null,
        x: left,
        y: base - height,
        width: pitch - 1,
        height,
        token: last.token,
      })
      return
    }
    bin.forEach((mark, row) =>
      squares.push({
        index: mark.index,
        x: left,
        y: base - (row + 1) * step,
        width: pitch - 1,
        height: Math.max(1, step - 1),
        token: mark.token,
      }),
    )
  })

  const classTop = base + 3
  return {
    width,
    height: classTop + CLASS_BAR + TICK_ROW,
    kind,
    // In the order of the areas: a change of values then moves none of the drawn elements past another.
    squares: kind === 'bars' ? squares : squares.toSorted((a, b) => a.index! - b.index!),
    classes: tokens.map((token, position) => {
      const from = x(breaks[position]!)
      const to = x(breaks[position + 1]!)
      return {
        x: from,
        width: Math.max(0, to - from - (position < tokens.length - 1 ? 1 : 0)),
        token,
      }
    }),
    classTop,
    ticks: ticksOf(breaks, x, width, view),
    municipality: municipalityMark(view, x, width),
  }
}

function ticksOf(
  breaks: readonly number[],
  x: (value: number) => number,
  width: number,
  view: Choropleth,
): LegendChart['ticks'] {
  const unit = view.indicator.unit === '%' ? '\u00a0%' : ''
  if (view.indicator.measure === 'class')
    return breaks.slice(1).map((edge) => ({
      x: x(edge - 0.5),
      text: String(edge - 0.5),
      anchor: 'middle',
    }))
  const ticks: { x: number; text: string; anchor: 'start' | 'middle' | 'end' }[] = []
  const lastText = edgeText(breaks[breaks.length - 1]!) + unit
  const lastLeft = width - lastText.length * 6.6
  let right = -Infinity
  breaks.forEach((edge, position) => {
    const last = position === breaks.length - 1
    const text = last ? lastText : edgeText(edge)
    const anchor = position === 0 ? 'start' : last ? 'end' : 'middle'
    const textWidth = text.length * 6.6
    const left =
      anchor === 'start' ? x(edge) : anchor === 'end' ? lastLeft : x(edge) - textWidth / 2
    if (!last && (left < right + 6 || left + textWidth > lastLeft - 6)) return
    right = left + textWidth
    ticks.push({ x: x(edge), text, anchor })
  })
  return ticks
}

const edgeText = (edge: number): string => formatNumber(edge, decimalsNeeded(edge))

function decimalsNeeded(value: number): number {
  for (let decimals = 0; decimals < 3; decimals++)
    if (Math.abs(value - Number(value.toFixed(decimals))) < 1e-9) return decimals
  return 3
}

function municipalityMark(
  view: Choropleth,
  x: (value: number) => number,
  width: number,
): LegendChart['municipality'] {
  const { municipality, indicator } = view
  if (!municipality || Number.isNaN(municipality.value)) return null
  // A count of the whole lies on another scale than counts of its parts.
  if (indicator.measure === 'count' || indicator.measure === 'class') return null
  const at = x(municipality.value)
  return {
    x: at,
    text: municipality.text,
    anchor: at < 60 ? 'start' : at > width - 60 ? 'end' : 'middle',
  }
}
