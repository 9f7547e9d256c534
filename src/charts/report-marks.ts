import { element, escapeXml, textElement } from './svg.ts'

/** The colour of a design token, named without its dashes, as SVG has it. */
export type TokenColour = (token: string) => string

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A figure that is not shown, and how: hidden by disclosure control, or not there. */
export type Absence = 'hidden' | 'missing'

type Attributes = Parameters<typeof element>[1]

/** A place in a drawing: a tenth of a pixel is as near as can be seen. */
export const place = (value: number): string => String(Math.round(value * 10) / 10)

/** Lines at 45° within a box, from left to right, as a path: a pattern needs an identifier, this does not. */
export function hatchPath({ x, y, width, height }: Box, step = 4): string {
  const lines: string[] = []
  for (let offset = step / 2 - height; offset < width; offset += step) {
    const from = Math.max(0, offset)
    const to = Math.min(width, offset + height)
    if (to - from < 0.5) continue
    lines.push(
      `M${place(x + from)} ${place(y + height - (from - offset))}L${place(x + to)} ${place(y + height - (to - offset))}`,
    )
  }
  return lines.join('')
}

/** Dots in a box, in rows that are set off against one another, as a path of round caps. */
export function dotsPath({ x, y, width, height }: Box, step = 4): string {
  const dots: string[] = []
  for (let row = 0, down = step / 2; down < height; row++, down += step)
    for (let across = row % 2 === 0 ? step / 2 : step; across < width; across += step)
      dots.push(`M${place(x + across)} ${place(y + down)}h0`)
  return dots.join('')
}

/** A box in place of a figure: hatched where it is hidden, dotted where it is missing. */
export function absenceMark(absence: Absence, box: Box, colour: TokenColour): string {
  const isHidden = absence === 'hidden'
  const frame = element('rect', {
    ...{ x: place(box.x), y: place(box.y), width: place(box.width), height: place(box.height) },
    fill: colour(isHidden ? 'hidden-ground' : 'missing-ground'),
    ...{ stroke: colour('control'), 'stroke-width': 0.9 },
    'stroke-dasharray': isHidden ? undefined : '1.5 1.5',
  })
  const content = isHidden
    ? element('path', {
        ...{ d: hatchPath(box), stroke: colour('hidden-line'), 'stroke-width': 1.1, fill: 'none' },
      })
    : element('path', {
        ...{ d: dotsPath(box), stroke: colour('ink-3'), 'stroke-width': 1.5, fill: 'none' },
        'stroke-linecap': 'round',
      })
  return frame + content
}

const NARROW = /[fijlrtI.,:;!'|()[\]\s\u00a0/-]/
const WIDE = /[mwMW%—@]/
const CAPITAL = /[\p{Lu}]/u

/** About how wide a text is in Source Sans 3, in pixels: a little more rather than less. */
export function approximateWidth(text: string, size: number): number {
  let ems = 0
  for (const character of text)
    ems += NARROW.test(character)
      ? 0.32
      : WIDE.test(character)
        ? 0.84
        : CAPITAL.test(character)
          ? 0.61
          : 0.52
  return ems * size
}

/**
 * A text in lines no wider than there is room for, broken at its spaces, and words that are too wide after their dashes;
 * what is wider still stands alone.
 */
export function wrapText(text: string, width: number, size: number): string[] {
  const fits = (line: string): boolean => approximateWidth(line, size) <= width
  const lines: string[] = []
  for (const word of text.split(' '))
    for (const [at, part] of (fits(word) ? [word] : word.split(/(?<=[–-])/)).entries()) {
      const longer = `${lines.at(-1) ?? ''}${at === 0 ? ' ' : ''}${part}`
      if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer
      else lines.push(part)
    }
  return lines
}

/** As `wrapText`; lines beyond the most are left out, and the last one says so. */
export function wrapShort(text: string, width: number, size: number, most: number): string[] {
  const lines = wrapText(text, width, size)
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]!} …`]
}

/** A word in a drawing, in figures of one width. */
export const word = (
  text: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  more: Attributes = {},
): string => textElement(text, { x: place(x), y: place(y), 'font-size': size, fill, ...more })

/** Lines below one another. */
export const words = (
  lines: readonly string[],
  x: number,
  y: number,
  { size, leading, fill }: { size: number; leading: number; fill: string },
  more: Attributes = {},
): string => lines.map((line, at) => word(line, x, y + at * leading, size, fill, more)).join('')

/** Drawn into every picture of invented figures, in its lower right corner. */
export const syntheticWord = (
  label: string | null,
  { width, height }: { readonly width: number; readonly height: number },
  colour: TokenColour,
): string =>
  label === null
    ? ''
    : word(label, width, height - 2.5, 10.5, colour('ink-3'), { 'text-anchor': 'end' })

export const FONT = "'Source Sans 3', sans-serif"

export interface Drawing {
  readonly width: number
  readonly height: number
  /** SVG elements from 0, 0. */
  readonly content: string
}

/** A drawing as an SVG element within a page; one without an alternative is hidden from readers of the screen. */
export const inlineSvg = (
  { width, height, content }: Drawing,
  alternative: string | null,
  className?: string,
): string =>
  element(
    'svg',
    {
      ...{ class: className, width, height, viewBox: `0 0 ${width} ${height}` },
      ...(alternative === null
        ? { 'aria-hidden': 'true' }
        : { role: 'img', 'aria-label': alternative }),
      ...{ 'font-family': FONT, focusable: 'false' },
    },
    content,
  )

/** A drawing as a file of its own, on paper, with a title that readers of the screen are told. */
export const svgDocument = (
  { width, height, content }: Drawing,
  title: string,
  paper: string,
): string =>
  element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
      ...{ role: 'img', 'font-family': FONT, 'font-feature-settings': "'tnum' 1, 'lnum' 1" },
    },
    `<title>${escapeXml(title)}</title>${element('rect', { width, height, fill: paper })}${content}`,
  )
