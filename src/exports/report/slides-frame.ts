import PptxGenJS from 'pptxgenjs'
import { wrapText, type TokenColour } from '../../charts/report-marks.ts'
import { reportText } from '../../text/report.ts'
import type { Report } from '../../views/report.ts'
import { pictureName, type ChartSheet } from './slides-package.ts'

export interface SlideTools {
  /** The colour of a design token. */
  colour(token: string): string
  /** A drawing as the bytes of a PNG, twice as large as it is drawn. */
  rasterise(svg: string, width: number, height: number): Promise<Uint8Array>
}

export type Slide = PptxGenJS.Slide
export type TextRun = PptxGenJS.TextProps

/** What the presenter has beside a slide that shows what these names are of. */
export type SlideNotes = (names: readonly string[]) => readonly string[]

/** Slides that are being made. */
export interface Deck {
  readonly file: PptxGenJS
  readonly report: Report
  readonly tools: SlideTools
  readonly colour: TokenColour
  /** The colour of a design token as the file format has it, without its sign. */
  readonly ink: (token: string) => string
  /** What lies behind each chart, in their order. */
  readonly sheets: ChartSheet[]
  /** What each table says, by the name of its frame. */
  readonly tables: Map<string, string>
  /** Pictures that are being drawn, while the slides are made. */
  readonly pictures: Promise<Uint8Array>[]
  /** What had no room below the slide that it is about: it stands among the sources, last. */
  readonly moved: Set<string>
}

/** Inches. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export const FACE = 'Calibri'
export const MARGIN = 0.5
export const WIDTH = 13.333
/** Between the margins. */
export const ROOM = WIDTH - 2 * MARGIN
/** Where what a slide shows begins and ends: below its title, above its foot. */
export const TOP = 1.5
export const BOTTOM = 6.82
const FOOT = 6.88
const FOOT_HEIGHT = 0.28
/** For the sources of what a slide shows, below its foot. */
const SOURCES = { x: MARGIN, y: 7.14, w: ROOM, h: 0.3 }

export type Ground = 'figures' | 'analyst' | 'words' | 'opening'

/** A file without slides, with its masters: name of the area, imprint, label of invented figures, number. */
export function newDeck(report: Report, tools: SlideTools): Deck {
  const colour = (token: string): string => tools.colour(token)
  const ink = (token: string): string => colour(token).replace('#', '').toUpperCase()
  const file = new PptxGenJS()
  file.layout = 'LAYOUT_WIDE'
  file.title = report.title
  file.subject = report.subtitle
  file.author = reportText.slides.product
  file.company = ''
  file.theme = { headFontFace: FACE, bodyFontFace: FACE }
  const grounds: readonly (readonly [Ground, string, number, number])[] = [
    ['figures', 'paper', 28, 0.42],
    ['analyst', 'wash', 20, 0.42],
    ...(report.kind === 'briefing' ? [['words', 'wash', 36, 0.85] as const] : []),
    ['opening', 'paper', 44, 1.1],
  ]
  for (const [title, ground, fontSize, y] of grounds)
    file.defineSlideMaster({
      ...{ title, background: { color: ink(ground) } },
      objects: [
        {
          placeholder: {
            options: {
              ...{ name: 'title', type: 'title', x: MARGIN, y, fontSize, fontFace: FACE },
              ...{
                w: title === 'opening' ? 6.6 : ROOM,
                h: title === 'opening' ? 1.5 : title === 'words' ? 1.35 : 0.62,
              },
              ...{ bold: true, align: 'left', valign: title === 'opening' ? 'bottom' : 'top' },
              ...{ color: ink(title === 'analyst' ? 'ink-3' : 'ink'), margin: 0 },
            },
            text: '',
          },
        },
        {
          text: {
            text: `${report.title}. ${report.imprint}`,
            options: {
              ...{ x: MARGIN, y: FOOT, w: 8, h: FOOT_HEIGHT, margin: 0, fontFace: FACE },
              ...{ fontSize: 11, color: ink('ink-3'), valign: 'middle' },
            },
          },
        },
        ...(report.synthetic ? [labelOf(report.synthetic.label, ink('ink-2'))] : []),
      ],
      slideNumber: {
        ...{ x: WIDTH - MARGIN - 0.5, y: FOOT, w: 0.5, h: FOOT_HEIGHT, margin: 0, align: 'right' },
        ...{ fontFace: FACE, fontSize: 12, color: ink('ink-2'), valign: 'middle' },
      },
    })
  return {
    file,
    report,
    tools,
    colour,
    ink,
    sheets: [],
    tables: new Map(),
    pictures: [],
    moved: new Set(),
  }
}

const labelOf = (label: string, color: string) => ({
  text: {
    text: label,
    options: {
      ...{ x: WIDTH - MARGIN - 4.6, y: FOOT, w: 4, h: FOOT_HEIGHT, margin: 0, fontFace: FACE },
      ...{ fontSize: 12, bold: true, color, align: 'right' as const, valign: 'middle' as const },
    },
  },
})

/** A slide with its title, and what the presenter has beside it. @param notes a paragraph each */
export function newSlide(
  { file, report }: Deck,
  title: string,
  notes: readonly string[],
  ground: Ground = 'figures',
): Slide {
  const slide = file.addSlide({ masterName: ground })
  slide.addText(title, { placeholder: 'title' })
  const own = [...new Set(notes.map((note) => note.trim()).filter((note) => note !== ''))]
  const always = [report.synthetic?.sentence ?? '', report.imprint].filter((note) => note !== '')
  slide.addNotes([...own, ...always].join('\n'))
  return slide
}

/** Text without a box around it. */
export function addWords(
  { ink }: Deck,
  slide: Slide,
  words: string | TextRun[],
  place: Place,
  more: PptxGenJS.TextPropsOptions = {},
): void {
  slide.addText(words, {
    ...{ ...place, margin: 0, fontFace: FACE, color: ink('ink'), valign: 'top', ...more },
  })
}

/**
 * Where what a slide shows comes from, smaller than all else; where it has no room, where to find it,
 * and the whole of it among the sources, last.
 * @param foot of the section, in place of the sources' names
 */
export function addSources(deck: Deck, slide: Slide, sources: readonly string[], foot = ''): void {
  const names = [...new Set(sources)].filter((name) => name !== '')
  if (foot === '' && names.length === 0) return
  const full = foot === '' ? reportText.slides.sources(names) : foot
  const hasRoom = heightOf(full, SOURCES.w, 9) <= SOURCES.h + 0.01
  if (!hasRoom) deck.moved.add(full)
  const text = hasRoom ? full : reportText.slides.sourcesLast
  addWords(deck, slide, text, SOURCES, {
    ...{ fontSize: fittingSize([text], SOURCES, [11, 10, 9]), color: deck.ink('ink-3') },
  })
}

/** A drawing as a picture with words for those who do not see it. */
export function addPicture(
  { tools, pictures }: Deck,
  slide: Slide,
  picture: { readonly svg: string; readonly width: number; readonly height: number },
  place: Place,
  altText: string,
): void {
  const data = `image/png;base64,${btoa(pictureName(pictures.length))}`
  pictures.push(tools.rasterise(picture.svg, picture.width, picture.height))
  slide.addImage({ ...place, altText, data })
}

/** In an inch. */
export const POINTS = 72

/** How high a text becomes, in inches. @param width inches @param size points */
export const heightOf = (text: string, width: number, size: number): number =>
  (wrapText(text, width * POINTS, size).length * size * 1.22) / POINTS

/** The first of the sizes, in points, at which the paragraphs have room; the last where none has. */
export function fittingSize(
  paragraphs: readonly string[],
  { w, h }: Pick<Place, 'w' | 'h'>,
  sizes: readonly number[],
  gap = 0,
): number {
  const fits = (size: number): boolean =>
    paragraphs.reduce((sum, text) => sum + heightOf(text, w, size) + gap, 0) <= h
  return sizes.find(fits) ?? sizes.at(-1)!
}

/** Things in as few groups as have room for them, in their order; each group has at least one. */
export function packed<T>(all: readonly T[], heightOfOne: (one: T) => number, room: number): T[][] {
  const groups: T[][] = []
  let taken = Infinity
  for (const one of all) {
    const height = heightOfOne(one)
    if (taken + height > room) {
      groups.push([])
      taken = 0
    }
    groups.at(-1)!.push(one)
    taken += height
  }
  return groups
}

/** "Skyddsfaktorer (1 av 2)" where there is more than one. */
export const numbered = (title: string, at: number, all: number): string =>
  all > 1 ? reportText.slides.part(title, at + 1, all) : title
