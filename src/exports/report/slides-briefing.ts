import type PptxGenJS from 'pptxgenjs'
import { reportText } from '../../text/report.ts'
import { figureText } from '../../views/report-figure.ts'
import type { ReportList, ReportMap, ReportScatter, ReportSection } from '../../views/report.ts'
import { addCharts } from './slides-charts.ts'
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
  ROOM,
  TOP,
  type Deck,
  type Place,
  type Slide,
} from './slides-frame.ts'
import { ABSENT_FILL } from './slides-package.ts'
import { addScatter } from './slides-scatter.ts'
import { addTable } from './slides-table.ts'
import { addOwnWords, addSummary } from './slides-words.ts'
import { haveRoomBeside } from './words-room.ts'

const WORDS_HEIGHT = 0.85
const ONE = { across: 1, down: 1 }
/** Characters that have room below a chart. */
const BELOW_MOST = 260

/** A slide of a lägesbild as one that can be edited; what has no room on it follows on one with the same heading. */
export function addBriefingSection(deck: Deck, section: ReportSection): void {
  const { heading, blocks } = section
  const notes = (): readonly string[] => section.notes
  const texts = blocks.filter((block) => block.kind === 'text')
  const said = texts.filter(({ voice }) => voice !== 'analyst').flatMap((text) => text.paragraphs)
  const words = texts.filter(({ voice }) => voice === 'analyst').flatMap((text) => text.paragraphs)
  const map = blocks.find((block) => block.kind === 'map' || block.kind === 'scatter') ?? null
  const list = blocks.find((block) => block.kind === 'list') ?? null
  const charts = blocks.filter((block) => block.kind === 'lines' || block.kind === 'bars')
  const tables = blocks.filter((block) => block.kind === 'table')
  const isAlone = !map && !list && charts.length === 0 && tables.length === 0 && said.length === 0
  if (isAlone && words.length === 0) {
    newSlide(deck, heading, section.notes, 'opening')
    return
  }
  const isBeside = (map !== null || list !== null) && haveRoomBeside(words)
  if (map || list) {
    const slide = newSlide(deck, heading, [map?.alternative ?? '', ...section.notes])
    const room = isBeside && words.length > 0 ? WORDS_HEIGHT : 0
    addMapAndList(deck, slide, { map, list, height: BOTTOM - TOP - room })
    if (room > 0) addWordsBelow(deck, slide, words)
    addSources(deck, slide, [], section.foot)
  }
  // A chart and a sentence or two are one slide.
  const isOne = charts.length === 1 && !map && !list && tables.length === 0
  const below = isOne && said.join(' ').length <= BELOW_MOST ? said : []
  if (said.length > below.length) addSummary(deck, heading, said, null, section.notes)
  for (const table of tables) addTable(deck, section, table, notes)
  if (charts.length > 0)
    addCharts(deck, { heading, said: '', foot: section.foot ?? '', below }, charts, ONE, notes)
  if (isAlone) addWordsAlone(deck, section, words)
  else if (words.length > 0 && !(isBeside && (map ?? list)))
    addOwnWords(deck, `${reportText.slides.analysis}: ${heading}`, words, section.notes)
}

/** Words without figures: their heading is the slide's. */
function addWordsAlone(deck: Deck, section: ReportSection, words: readonly string[]): void {
  const slides = addOwnWords(deck, section.heading, words, section.notes, {
    ground: 'words',
    box: { x: MARGIN, y: 2.4, w: 11.4, h: BOTTOM - 2.4 },
    sizes: [26, 24, 22, 20, 18, 16, 14],
  })
  const kicker = { x: MARGIN, y: 0.45, w: ROOM, h: 0.35 }
  for (const slide of slides)
    addWords(deck, slide, reportText.slides.analysis, kicker, {
      ...{ fontSize: 16, bold: true, color: deck.ink('ink-3') },
    })
}

function addWordsBelow(deck: Deck, slide: Slide, words: readonly string[]): void {
  const box: Place = { x: MARGIN, y: BOTTOM - WORDS_HEIGHT + 0.05, w: ROOM, h: WORDS_HEIGHT - 0.1 }
  const head = {
    text: reportText.slides.analysis,
    options: { bold: true, breakLine: true, fontSize: 12 },
  }
  const text = words.join(' ')
  const fontSize = fittingSize([text], { w: box.w, h: box.h - 0.25 }, [18, 16, 14, 12])
  slide.addText([head, { text, options: { fontSize } }], {
    ...{ ...box, margin: [0, 0, 0, 10], fontFace: FACE, valign: 'top', color: deck.ink('ink') },
    fill: { color: deck.ink('wash') },
  })
}

interface Beside {
  readonly map: ReportMap | ReportScatter | null
  readonly list: ReportList | null
  /** Inches. */
  readonly height: number
}

const LIST_WIDTH = 4.9
const GAP = 0.4
const LINE = 1.62
/** Widths of the columns beside a list's names. */
const SWATCH = 0.3
const FIGURES = 1.1
const WORDS = 2.7
/** Points, of a list beside a drawing and of one that has the slide to itself. */
const SIZE_BESIDE = 15
const SIZE_ALONE = 18

function addMapAndList(deck: Deck, slide: Slide, { map, list, height }: Beside): void {
  // Below headings of two lines.
  const y = TOP
  if (map) {
    const width = list ? ROOM - LIST_WIDTH - GAP : ROOM
    const scale = Math.min(width / map.width, height / map.height)
    const place = { x: MARGIN, y, w: map.width * scale, h: map.height * scale }
    if (map.kind === 'scatter' && map.points.length > 0)
      addScatter(deck, slide, map, { x: MARGIN, y, w: width, h: height })
    else addPicture(deck, slide, map, place, map.alternative)
  }
  if (!list) return
  const isTold = list.groups.some(({ rows }) => rows.some(({ figure }) => figure.kind === 'word'))
  const beside: Place = { x: MARGIN + ROOM - LIST_WIDTH, y, w: LIST_WIDTH, h: height }
  addList(
    ...([deck, slide, list] as const),
    map ? beside : { ...beside, x: MARGIN, w: ROOM },
    isTold ? WORDS : FIGURES,
  )
}

type Cell = PptxGenJS.TableCell

/** @param beside width of what is told beside the names, in inches */
function addList(deck: Deck, slide: Slide, list: ReportList, place: Place, beside: number): void {
  const lines = list.groups.reduce((sum, { rows }) => sum + 1 + rows.length, 0)
  const largest = place.w > LIST_WIDTH ? SIZE_ALONE : SIZE_BESIDE
  const most = Math.max(8, Math.min(largest, Math.floor((place.h * 72) / (lines * LINE))))
  const texts = list.groups.flatMap(({ heading, rows }) => [
    { text: heading, width: place.w - SWATCH - 0.1 },
    ...rows.map(({ name }) => ({ text: name, width: place.w - SWATCH - beside - 0.1 })),
  ])
  const tall = (size: number): number =>
    texts.reduce(
      (sum, { text, width }) =>
        sum + Math.max((size * LINE) / 72, heightOf(` ${text}`, width, size)),
      0,
    )
  let size = most
  while (size > 8 && tall(size) > place.h) size--
  const height = Math.min((largest * LINE) / 72, place.h / Math.max(1, lines))
  const none = { type: 'none' } as const
  const line = { type: 'solid', pt: 0.75, color: deck.ink('ink') } as const
  const cell = (text: string, more: PptxGenJS.TableCellProps = {}): Cell => ({
    text,
    options: {
      ...{ fontFace: FACE, fontSize: size, color: deck.ink('ink'), valign: 'middle' },
      ...{ margin: [0, 0.04, 0, 0.04], border: [none, none, none, none], ...more },
    },
  })
  const rows = list.groups.flatMap(({ heading, mark, rows: own }): Cell[][] => {
    const under = own.length > 0 ? { border: [none, none, line, none] as const } : {}
    const fill =
      mark === null
        ? {}
        : {
            fill: { color: mark.kind === 'colour' ? deck.ink(mark.token) : ABSENT_FILL[mark.kind] },
          }
    return [
      [
        cell('', fill),
        cell(` ${heading}`, {
          ...under,
          bold: own.length > 0,
          colspan: 2,
        } as PptxGenJS.TableCellProps),
      ],
      ...own.map(({ name, figure }) => [
        cell(''),
        cell(` ${name}`),
        cell(figureText(figure), { bold: true, align: 'right' }),
      ]),
    ]
  })
  const objectName = `lista-${deck.tables.size + 1}`
  deck.tables.set(objectName, list.caption)
  slide.addTable(rows, {
    ...{
      x: place.x,
      y: place.y,
      w: place.w,
      colW: [SWATCH, place.w - SWATCH - beside, beside],
      objectName,
    },
    ...{ rowH: rows.map(() => height), fontFace: FACE, margin: 0, autoPage: false },
  })
}
