import type PptxGenJS from 'pptxgenjs'
import { svgDocument, wrapText } from '../../charts/report-marks.ts'
import { element } from '../../charts/svg.ts'
import { reportText } from '../../text/report.ts'
import type { ReportBars, ReportMap } from '../../views/report.ts'
import { spineKey } from './pictures.ts'
import { addChart } from './slides-charts.ts'
import {
  addPicture,
  addSources,
  addWords,
  BOTTOM,
  FACE,
  fittingSize,
  heightOf,
  MARGIN,
  newSlide,
  numbered,
  POINTS,
  packed,
  ROOM,
  TOP,
  type Deck,
  type Place,
  type Slide,
  type TextRun,
} from './slides-frame.ts'

type BorderProps = PptxGenJS.BorderProps

const PARAGRAPH_GAP = 0.26

/** Paragraphs below one another, a line above each. */
function addParagraphs(
  deck: Deck,
  slide: Slide,
  paragraphs: readonly string[],
  { x, y: top, w }: Place,
  size: number,
): void {
  let y = top
  for (const text of paragraphs) {
    const h = heightOf(text, w, size) + PARAGRAPH_GAP
    slide.addShape(deck.file.ShapeType.line, {
      ...{ x, y, w, h: 0, line: { color: deck.ink('rule'), width: 0.75 } },
    })
    addWords(deck, slide, text, { x, y, w, h }, { fontSize: size, valign: 'middle' })
    y += h
  }
}

/** A picture as large as its room lets it be, from its upper right corner. */
function addMap(deck: Deck, slide: Slide, map: ReportMap, room: Place): void {
  const scale = Math.min(room.w / map.width, room.h / map.height)
  const [w, h] = [map.width * scale, map.height * scale]
  const x = room.x + room.w - w
  addPicture(deck, slide, map, { x, y: room.y, w, h }, map.alternative)
  addWords(
    deck,
    slide,
    map.caption,
    { x, y: room.y + h + 0.08, w, h: 0.4 },
    {
      ...{ fontSize: 12, color: deck.ink('ink-3') },
    },
  )
}

/** What the report is of, and where that lies. */
export function addOpening(deck: Deck, map: ReportMap | null): void {
  const { report, ink } = deck
  const { facts, synthetic } = report
  const notes = [report.subtitle, ...facts.map(({ label, text }) => `${label}: ${text}`)]
  const slide = newSlide(deck, report.title, notes, 'opening')
  addWords(
    deck,
    slide,
    report.subtitle,
    { x: MARGIN, y: 2.72, w: 6.6, h: 0.7 },
    {
      ...{ fontSize: 20, color: ink('ink-2') },
    },
  )
  const runs = facts.flatMap(({ label, text }): TextRun[] => [
    { text: `${label}: `, options: { color: ink('ink-3') } },
    { text, options: { breakLine: true } },
  ])
  const box = { x: MARGIN, y: 3.6, w: 6.6, h: 2.6 }
  const lines = facts.map(({ label, text }) => `${label}: ${text}`)
  addWords(deck, slide, runs, box, { fontSize: fittingSize(lines, box, [16, 15, 14, 13, 12]) })
  if (synthetic)
    addWords(
      deck,
      slide,
      [
        { text: `${synthetic.label}. `, options: { bold: true } },
        { text: synthetic.sentence, options: { color: ink('ink-2') } },
      ],
      { x: MARGIN, y: 6.08, w: 6.6, h: 0.62 },
      { fontSize: 14, valign: 'bottom' },
    )
  if (map) addMap(deck, slide, map, { x: 7.5, y: 1.3, w: 5.333, h: 4.8 })
}

/** A map on a slide of its own. */
export function addMapSlide(
  deck: Deck,
  heading: string,
  map: ReportMap,
  notes: readonly string[],
): void {
  const slide = newSlide(deck, heading, [map.alternative, ...notes])
  addMap(deck, slide, map, { x: MARGIN, y: TOP, w: ROOM, h: BOTTOM - TOP - 0.5 })
}

/** Of notes, the sources of what has a title: "Vilka bor här: Källa: SCB." */
function sourcesIn(notes: readonly string[], title: string): string[] {
  const head = `${title}: ${reportText.definition.source}: `
  return notes
    .filter((note) => note.startsWith(head))
    .map((note) => note.slice(head.length).replace(/\.$/, ''))
}

/** Sentences, and beside them who lives there. */
export function addSummary(
  deck: Deck,
  heading: string,
  paragraphs: readonly string[],
  bars: ReportBars | null,
  notes: readonly string[],
): void {
  const w = bars && paragraphs.length > 0 ? 6.3 : ROOM
  const room = BOTTOM - TOP
  const box = { x: MARGIN, y: TOP, w, h: room }
  const size = fittingSize(paragraphs, box, [24, 22, 20, 18, 16], PARAGRAPH_GAP)
  const groups = packed(paragraphs, (text) => heightOf(text, w, size) + PARAGRAPH_GAP, room)
  const slides = Math.max(1, groups.length)
  for (let at = 0; at < slides; at++) {
    const isFirst = at === 0
    const slide = newSlide(deck, numbered(heading, at, slides), [
      ...(bars && isFirst ? [bars.alternative] : []),
      ...notes,
    ])
    addParagraphs(deck, slide, groups[at] ?? [], box, size)
    const x = paragraphs.length > 0 ? MARGIN + w + 0.55 : MARGIN
    const place = { x, y: TOP, w: MARGIN + ROOM - x, h: room }
    if (bars && isFirst) {
      addChart(deck, slide, bars, place)
      addSources(deck, slide, sourcesIn(notes, bars.title))
    }
  }
}

interface WordsSetting {
  readonly ground: 'analyst' | 'words'
  readonly box: Place
  /** Points that are tried, largest first. */
  readonly sizes: readonly number[]
}

const OWN_WORDS: WordsSetting = {
  ground: 'analyst',
  box: { x: MARGIN, y: TOP, w: 11, h: BOTTOM - TOP },
  sizes: [32, 28, 24, 20, 18],
}

/**
 * The analyst's own words: larger, on a ground of their own, and named as such.
 * @returns the slides that they took
 */
export function addOwnWords(
  deck: Deck,
  heading: string,
  paragraphs: readonly string[],
  notes: readonly string[],
  { ground, box, sizes }: WordsSetting = OWN_WORDS,
): readonly Slide[] {
  const size = fittingSize(paragraphs, box, sizes, PARAGRAPH_GAP)
  const groups = packed(paragraphs, (text) => heightOf(text, box.w, size) + PARAGRAPH_GAP, box.h)
  return groups.map((group, at) => {
    const slide = newSlide(deck, numbered(heading, at, groups.length), notes, ground)
    addParagraphs(deck, slide, group, box, size)
    return slide
  })
}

const MARK_ROW = 0.46
const MARK_WIDTH = 0.5
/** Pixels of the drawing on an inch of the slide. */
const PIXELS = 72

/** What the marks are, what stands in place of a figure, and what the figures do not say. */
export function addHowToRead(deck: Deck): void {
  const { report, ink } = deck
  const words = reportText.slides
  const { key, limits } = report
  const slide = newSlide(deck, words.howToRead, [
    ...reportText.howToRead,
    ...key.map(({ label, text }) => `${label}: ${text}`),
  ])
  const marks = spineKey(deck.colour)
  const [width, tall] = [MARK_WIDTH * PIXELS, MARK_ROW * PIXELS]
  const content = marks
    .map(({ drawing }, at) =>
      element('g', { transform: `translate(0 ${at * tall + tall / 2 - 7})` }, drawing.content),
    )
    .join('')
  const drawing = { width, height: Math.round(marks.length * tall), content }
  const left = 4.1
  const head = { fontSize: 16, bold: true, color: ink('ink-2') }
  addWords(deck, slide, words.marksHead, { x: MARGIN, y: TOP, w: left, h: 0.35 }, head)
  const top = TOP + 0.5
  addPicture(
    deck,
    slide,
    { svg: svgDocument(drawing, words.marksHead, 'none'), ...drawing },
    { x: MARGIN, y: top, w: MARK_WIDTH, h: marks.length * MARK_ROW },
    marks.map(({ meaning }) => meaning).join('; '),
  )
  marks.forEach(({ meaning }, at) => {
    const place = { x: MARGIN + 0.65, y: top + at * MARK_ROW, w: left - 0.65, h: MARK_ROW }
    addWords(deck, slide, meaning, place, { fontSize: 15, valign: 'middle' })
  })
  const x = MARGIN + left + 0.6
  const w = ROOM - left - 0.6
  addWords(deck, slide, words.wordsHead, { x, y: TOP, w, h: 0.35 }, head)
  const box = { x, y: top, w, h: BOTTOM - top }
  const lines = key.map(({ label, text }) => `${label}: ${text}`)
  addWords(
    deck,
    slide,
    key.flatMap(({ label, text }): TextRun[] => [
      { text: `${label}: `, options: { bold: true } },
      { text, options: { breakLine: true } },
    ]),
    box,
    { fontSize: fittingSize(lines, box, [16, 15, 14, 13, 12, 11], 0.12), paraSpaceAfter: 6 },
  )
  if (limits.length > 0) addSummary(deck, reportText.contents.limits, limits, null, limits)
}

const DEFINITION = { name: 2.9, text: 6.2, source: 3.233 }
const DEFINITION_SIZE = 12

/** Definition and source of every indicator, and then every source. */
export function addDefinitions(deck: Deck): void {
  const { report, ink } = deck
  const { contents, definition: words } = reportText
  const room = BOTTOM - TOP
  const heightOfRow = (one: (typeof report.definitions)[number]): number =>
    Math.max(
      heightOf(one.name, DEFINITION.name - 0.15, DEFINITION_SIZE * 1.08),
      heightOf(one.definition, DEFINITION.text - 0.15, DEFINITION_SIZE),
      heightOf(one.source, DEFINITION.source - 0.15, DEFINITION_SIZE),
    ) + 0.12
  const groups = packed(report.definitions, heightOfRow, room - 0.4)
  for (const [at, group] of groups.entries()) {
    const title = numbered(contents.definitions, at, groups.length)
    const notes = group.map((one) =>
      [
        `${one.name}: ${one.classText}`,
        ...one.focusProblems,
        ...[one.unitText, one.periodText, one.frequency, one.disclosure, ...one.caveats],
      ]
        .filter((text) => text !== '')
        .join('. ')
        .replaceAll('..', '.'),
    )
    const slide = newSlide(deck, title, notes)
    const cell = (text: string, bold = false, isHead = false) => ({
      text,
      options: {
        ...{ bold, fontSize: DEFINITION_SIZE, color: ink(isHead ? 'ink-3' : 'ink') },
        border: [
          { type: 'none' as const },
          { type: 'none' as const },
          {
            ...{ type: 'solid' as const, pt: isHead ? 1 : 0.75 },
            color: ink(isHead ? 'ink-2' : 'hairline'),
          },
          { type: 'none' as const },
        ] as [BorderProps, BorderProps, BorderProps, BorderProps],
      },
    })
    const name = `${contents.definitions} ${at + 1}`
    deck.tables.set(name, title)
    slide.addTable(
      [
        [reportText.tables.heads.indicator, words.definition, words.source].map((text) =>
          cell(text, false, true),
        ),
        ...group.map((one) => [cell(one.name, true), cell(one.definition), cell(one.source)]),
      ],
      {
        ...{ x: MARGIN, y: TOP, w: ROOM, colW: Object.values(DEFINITION), objectName: name },
        rowH: [0.3, ...group.map(heightOfRow)],
        ...{ fontFace: FACE, margin: [0.03, 0.1, 0.03, 0.02], autoPage: false, valign: 'top' },
      },
    )
  }
  addAllSources(deck)
}

/** A text that is higher than a column, in parts that are not. @param most lines in a part */
function inParts(text: string, width: number, size: number, most: number): string[] {
  const lines = wrapText(text, width * POINTS, size)
  if (lines.length <= most) return [text]
  const parts: string[] = []
  for (let at = 0; at < lines.length; at += most) parts.push(lines.slice(at, at + most).join(' '))
  return parts
}

/** Every source, and what had no room below its own slide, on as many slides as they need. */
function addAllSources(deck: Deck): void {
  const { report } = deck
  const w = (ROOM - 0.5) / 2
  const size = 13
  const most = Math.floor((BOTTOM - TOP) / heightOf('', w, size)) - 1
  const all = [...new Set([...report.sources, ...deck.moved])].flatMap((text) =>
    inParts(text, w, size, most),
  )
  const columns = packed(all, (text) => heightOf(text, w, size) + 0.08, BOTTOM - TOP)
  const slides = Math.ceil(columns.length / 2)
  for (let at = 0; at < slides; at++) {
    const title = numbered(reportText.contents.sources, at, slides)
    const slide = newSlide(deck, title, columns.slice(2 * at, 2 * at + 2).flat())
    columns.slice(2 * at, 2 * at + 2).forEach((lines, column) => {
      const x = MARGIN + column * (w + 0.5)
      const runs = lines.map((text): TextRun => ({ text, options: { breakLine: true } }))
      addWords(
        deck,
        slide,
        runs,
        { x, y: TOP, w, h: BOTTOM - TOP },
        {
          ...{ fontSize: size, paraSpaceAfter: 5 },
        },
      )
    })
  }
}
