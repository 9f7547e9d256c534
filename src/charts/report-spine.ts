import type { ReportSpine, ReportVerdict } from '../views/report.ts'
import { place, type Drawing, type TokenColour } from './report-marks.ts'
import { signStrip, type SignStrip } from './sign-strip.ts'
import { element } from './svg.ts'

/** Whether an area's dot is filled, lighter, or hollow: certain, likely, or not to be told. */
export type DotForm = 'certain' | 'likely' | 'hollow'

export interface SpineStrip extends SignStrip {
  readonly form: DotForm
  /** What the dot is filled with: a design token. */
  readonly token: string
  /** The ticks as paths that lie upon one another, so that crowded ones are darker. */
  readonly layers: readonly string[]
}

export interface SpineSize {
  readonly width: number
  readonly height: number
}

const FORMS: Readonly<Record<ReportVerdict, readonly [DotForm, string]>> = {
  'much-lower': ['certain', 'div-low-2'],
  lower: ['likely', 'div-low-1'],
  uncertain: ['hollow', 'paper'],
  higher: ['likely', 'div-high-1'],
  'much-higher': ['certain', 'div-high-2'],
}

/** Neighbouring ticks fall in different paths; more than these add no darkness that is seen. */
const LAYERS = 4
const TICK = { from: 0.28, to: 0.72 }

/** Where one area stands among all of its level, in pixels. */
export function spineStrip(spine: ReportSpine, { width, height }: SpineSize): SpineStrip {
  const strip = signStrip(spine, width)
  const [form, token] = FORMS[spine.verdict ?? 'uncertain']
  const [top, tall] = [place(height * TICK.from), place(height * (TICK.to - TICK.from))]
  const ordered = strip.ticks.toSorted((a, b) => a - b)
  const layers = Array.from({ length: LAYERS }, (_, layer) =>
    ordered
      .filter((_tick, at) => at % LAYERS === layer)
      .map((tick) => `M${place(tick)} ${top}v${tall}`)
      .join(''),
  )
  return { ...strip, form, token, layers: layers.filter((path) => path !== '') }
}

/** The strip as SVG: quartiles, a tick an area, the comparison's dashed line, the interval and the dot. */
export function drawSpine(spine: ReportSpine, size: SpineSize, colour: TokenColour): Drawing {
  const { width, height } = size
  const strip = spineStrip(spine, size)
  const middle = height / 2
  const path = (d: string, stroke: string, strokeWidth: number, more = {}): string =>
    element('path', { d, fill: 'none', stroke, 'stroke-width': strokeWidth, ...more })
  const ink = colour('ink')
  const { box, interval, value, form } = strip
  const parts = [
    element('rect', {
      ...{ x: place(box.x), y: place(height * 0.24), width: place(box.width) },
      ...{ height: place(height * 0.52), fill: colour('wash-2') },
    }),
    ...strip.layers.map((d) => path(d, colour('ink-3'), 1, { 'stroke-opacity': 0.5 })),
    path(`M${place(strip.middle)} 1V${height - 1}`, colour('ink-2'), 1, {
      'stroke-dasharray': '2 1.5',
    }),
  ]
  if (interval) {
    const [from, to] = [place(interval.from), place(interval.to)]
    parts.push(path(`M${from} ${middle}H${to}`, ink, 1.8))
    if (interval.isCutLeft)
      parts.push(path(`M${from} ${middle}m3.5 -3.5l-3.5 3.5 3.5 3.5`, ink, 1.4))
    if (interval.isCutRight)
      parts.push(path(`M${to} ${middle}m-3.5 -3.5l3.5 3.5 -3.5 3.5`, ink, 1.4))
  }
  if (value !== null)
    parts.push(
      element('circle', {
        ...{ cx: place(value), cy: middle, r: form === 'certain' ? 5 : 4.2 },
        fill: colour(strip.token),
        stroke: form === 'certain' ? colour('paper') : ink,
        'stroke-width': form === 'certain' ? 1.2 : 1.6,
      }),
    )
  return { width, height, content: parts.join('') }
}
