import type PptxGenJS from 'pptxgenjs'
import {
  approximateWidth,
  place as rounded,
  svgDocument,
  wrapText,
} from '../../charts/report-marks.ts'
import { drawSpine } from '../../charts/report-spine.ts'
import { element } from '../../charts/svg.ts'
import { reportText } from '../../text/report.ts'
import type {
  Report,
  ReportFigure,
  ReportRow,
  ReportSection,
  ReportTable,
  ReportVerdict,
} from '../../views/report.ts'
import { figureInWords, rowInWords } from './report-words.ts'
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
  ROOM,
  type Deck,
  type SlideNotes,
  type TextRun,
} from './slides-frame.ts'
import { HIDDEN_FILL, MISSING_FILL } from './slides-package.ts'

/** How many rows are taken in at once, and how high they are: where there are many, and where there is room. */
const DENSITY = { most: 9, row: { least: 0.48, most: 0.62 } }
const AREA_DENSITY = { most: 14, row: { least: 0.3, most: 0.46 } }
const densityOf = ({ ofAreas }: ReportTable): typeof DENSITY => (ofAreas ? AREA_DENSITY : DENSITY)
/** For the foot below the rows: where there are many, and where there is room. */
const FOOT = { least: 0.42, most: 0.6 }
const HEAD = 0.42
const CLAIM = { y: 1.04, h: 0.52 }
const TABLE_TOP = 1.66
/** Inches, from left to right; the strip has three heads above it. */
const COLUMNS = {
  ...{ indicator: 2.83, value: 0.95, interval: 1.2, lower: 0.55, middle: 0.95, higher: 0.55 },
  ...{ reference: 1, verdict: 1.35, trend: 1.02, women: 0.66, men: 0.66, period: 0.613 },
} as const
const AREA_COLUMNS = {
  ...{ indicator: 4.2, value: 1.8, interval: 1.6, lower: 0.7, middle: 1.1, higher: 0.7 },
  verdict: 2.233,
} as const
type Columns = { readonly [Head in keyof typeof AREA_COLUMNS]: number }
const columnsOf = ({ ofAreas }: ReportTable): Columns => (ofAreas ? AREA_COLUMNS : COLUMNS)
const stripWidth = ({ lower, middle, higher }: Columns): number => lower + middle + higher
/** Pixels of the drawing on an inch of the slide. */
const PIXELS = 84

/** Rows in as few groups, alike in length, as have room for their names at a size that can be read. */
function groupsOf(table: ReportTable): (readonly ReportRow[])[] {
  const { rows } = table
  const room = BOTTOM - FOOT.least - TABLE_TOP - HEAD
  const isFitting = (group: readonly ReportRow[]): boolean =>
    group.length <= 1 ||
    (group.length <= densityOf(table).most &&
      group.reduce((sum, row) => sum + leastHeight(row, table), 0) <= room)
  for (let slides = 1; slides < rows.length; slides++) {
    const start = (at: number): number => Math.ceil((at * rows.length) / slides)
    const groups = Array.from({ length: slides }, (_, at) => rows.slice(start(at), start(at + 1)))
    if (groups.every(isFitting)) return groups
  }
  return rows.length === 0 ? [[]] : rows.map((row) => [row])
}

/** Heights of the rows of one slide, in inches: what is left is shared alike. */
function heightsOf(rows: readonly ReportRow[], table: ReportTable): number[] {
  const least = rows.map((row) => leastHeight(row, table))
  const room = BOTTOM - FOOT.most - TABLE_TOP - HEAD
  const spare = Math.max(0, room - least.reduce((sum, one) => sum + one, 0)) / rows.length
  return least.map((one) => Math.max(one, Math.min(densityOf(table).row.most, one + spare)))
}

/** A table on as many slides as it needs, alike in length. @param notes what the presenter has beside each row */
export function addTable(
  deck: Deck,
  section: ReportSection,
  table: ReportTable,
  notes: SlideNotes,
): void {
  const groups = groupsOf(table)
  const columns = columnsOf(table)
  for (const [at, own] of groups.entries()) {
    const heights = heightsOf(own, table)
    const end = TABLE_TOP + HEAD + heights.reduce((sum, one) => sum + one, 0)
    const isLast = at === groups.length - 1
    const names = own.map(({ name }) => name)
    const elsewhere = isLast ? table.elsewhere : []
    const slide = newSlide(deck, numbered(section.heading, at, groups.length), [
      table.caption,
      ...own.map((row) => rowNote(row, table)),
      ...notes(names),
      ...elsewhere,
    ])
    if (own.length > 0) {
      // Of areas the heading says which differ; here what they are areas of.
      const claim = table.ofAreas ? table.caption : claimOf(own, table)
      const box = { x: MARGIN, w: ROOM, ...CLAIM }
      addWords(deck, slide, claim, box, {
        ...{ fontSize: fittingSize([claim], box, [18, 16, 14]), color: deck.ink('ink-2') },
      })
      const name = `${table.id}-${at + 1}`
      deck.tables.set(name, table.caption)
      slide.addTable(
        [
          headRow(deck, table),
          ...own.map((row, line) => bodyRow(deck, row, table, heights[line]!)),
        ],
        {
          ...{ x: MARGIN, y: TABLE_TOP, w: ROOM, colW: Object.values(columns), objectName: name },
          rowH: [HEAD, ...heights],
          ...{ fontFace: FACE, margin: 0, autoPage: false },
        },
      )
      addStrips(deck, slide, own, table, heights)
    }
    const foot = [
      own.some(({ spine }) => spine !== null) ? reportText.slides.marks(table.heads.middle) : '',
      ...absencesOf(own, table),
      ...elsewhere,
    ].filter((text) => text !== '')
    const box = { x: MARGIN, y: end + 0.1, w: ROOM, h: BOTTOM - end - 0.1 }
    addSources(
      deck,
      slide,
      own.map((row) => sourceOf(deck.report, row)),
      section.foot,
    )
    addWords(
      deck,
      slide,
      foot.map((text): TextRun => ({ text, options: { breakLine: true } })),
      box,
      { ...{ fontSize: fittingSize(foot, box, [12, 11, 10, 9]), color: deck.ink('ink-3') } },
    )
  }
}

const sourceOf = ({ definitions }: Report, { indicator }: ReportRow): string =>
  definitions.find((one) => one.indicator === indicator)?.source ?? ''

/** What the presenter can say of a row: its figures, how it develops, and why something is not shown. */
const rowNote = (row: ReportRow, table: ReportTable): string =>
  [
    rowInWords(row, table),
    row.figure.kind === 'value' ? row.note : '',
    row.trend ? `${table.heads.trend}: ${row.trend.word}. ${row.trend.explanation}` : '',
    row.women ? `${table.heads.women}: ${figureInWords(row.women)}.` : '',
    row.men ? `${table.heads.men}: ${figureInWords(row.men)}.` : '',
  ]
    .filter((text) => text !== '')
    .join(' ')

/** Certain ones first. */
const TELLING: readonly ReportVerdict[] = ['much-higher', 'much-lower', 'higher', 'lower']

/** What the rows say together: which differ, and how surely. */
function claimOf(rows: readonly ReportRow[], { heads }: ReportTable): string {
  const words = reportText.slides
  const groups = TELLING.flatMap((verdict) => {
    const own = rows.filter(({ spine }) => spine?.verdict === verdict)
    const [first] = own
    return first ? [{ word: first.verdictText, names: own.map(({ name }) => name) }] : []
  })
  if (groups.length === 0) return words.noneDiffers(heads.verdict)
  const full = words.differs(
    heads.verdict,
    groups.map(({ word, names }) => words.group(word, names.join(', '))),
  )
  return heightOf(full, ROOM, 14) <= CLAIM.h
    ? full
    : words.differs(
        heads.verdict,
        groups.map(({ word, names }) => words.count(word, names.length)),
      )
}

/** Why figures are not shown, each reason once; with names where the rows' reasons are not alike. */
function absencesOf(rows: readonly ReportRow[], { ofAreas }: ReportTable): string[] {
  const found = new Map<string, { word: string; reason: string; names: Set<string> }>()
  for (const { name, figure, reference, women, men } of rows)
    for (const one of ofAreas ? [figure] : [figure, reference, women, men]) {
      if (!one || one.kind === 'value') continue
      const key = `${one.word} ${one.reason}`
      const known = found.get(key) ?? { word: one.word, reason: one.reason, names: new Set() }
      known.names.add(name)
      found.set(key, known)
    }
  const all = [...found.values()]
  return all.map(({ word, reason, names }) => {
    const isAlone = all.filter((other) => other.word === word).length === 1
    return reportText.slides.absent(word, reason, isAlone ? '' : [...names].join(', '))
  })
}

type Cell = PptxGenJS.TableCell

/** Lines between rows only. */
function bordersOf(color: string, pt: number): PptxGenJS.TableCellProps {
  const none = { type: 'none' as const }
  return { border: [none, none, { type: 'solid', pt, color }, none] }
}

function headRow({ ink }: Deck, table: ReportTable): Cell[] {
  const { heads } = table
  const columns = columnsOf(table)
  const head = (
    text: string,
    width: number,
    align: PptxGenJS.HAlign = 'left',
    margin = CELL,
  ): Cell => ({
    text,
    options: {
      ...bordersOf(ink('ink-2'), 1),
      ...{ align, valign: 'bottom', color: ink('ink-3'), margin },
      fontSize: fittingSize([text], { w: width - 0.1, h: HEAD }, [12, 11, 10, 9]),
    },
  })
  const start = [
    head(heads.indicator, columns.indicator),
    head(heads.value, columns.value, 'right'),
    head(heads.interval, columns.interval, 'right'),
    head(heads.lower, columns.lower),
    head(heads.middle, columns.middle, 'center'),
    head(heads.higher, columns.higher, 'right'),
  ]
  const verdict = head(heads.verdict, columns.verdict, 'left', AFTER)
  if (table.ofAreas) return [...start, verdict]
  return [
    ...start,
    head(heads.reference, COLUMNS.reference, 'right'),
    verdict,
    head(heads.trend, COLUMNS.trend, 'left', AFTER),
    head(heads.women, COLUMNS.women, 'right'),
    head(heads.men, COLUMNS.men, 'right'),
    head(heads.period, COLUMNS.period, 'right'),
  ]
}

/** Inches: above, right, below, left. */
const CELL: [number, number, number, number] = [0.02, 0.05, 0.02, 0.05]
/** Apart from the figures before it. */
const AFTER: [number, number, number, number] = [0.02, 0.02, 0.02, 0.16]
/** Sizes that a name and what stands below it are tried in; at the last, rows become higher. */
const NAME_SIZES = [
  [14, 11],
  [13, 10.5],
  [12, 10],
] as const

const aboutOf = ({ place, unitText }: ReportRow, { ofAreas }: ReportTable): string =>
  ofAreas ? '' : [place, unitText].filter((text) => text !== '').join(', ')

/** How high a row's name and what stands below it become, in inches. */
function nameHeight(
  row: ReportRow,
  table: ReportTable,
  [big, little]: readonly [number, number],
): number {
  const width = (columnsOf(table).indicator - 0.15) * 72
  const lines = (text: string, size: number): number =>
    text === '' ? 0 : wrapText(text, width, size).length
  return (
    ((lines(row.name, big) * big + lines(aboutOf(row, table), little) * little) * 1.18 + 1) / 72
  )
}

const leastHeight = (row: ReportRow, table: ReportTable): number =>
  Math.max(densityOf(table).row.least, nameHeight(row, table, NAME_SIZES.at(-1)!))

function nameRuns({ ink }: Deck, row: ReportRow, table: ReportTable, tall: number): TextRun[] {
  const about = aboutOf(row, table)
  const [size, small] =
    NAME_SIZES.find((sizes) => nameHeight(row, table, sizes) <= tall + 1e-9) ?? NAME_SIZES.at(-1)!
  const name: TextRun = { text: row.name, options: { fontSize: size, color: ink('ink') } }
  return about === ''
    ? [name]
    : [
        { ...name, options: { ...name.options, breakLine: true } },
        { text: about, options: { fontSize: small, color: ink('ink-3') } },
      ]
}

function bodyRow(deck: Deck, row: ReportRow, table: ReportTable, tall: number): Cell[] {
  const { ink } = deck
  const columns = columnsOf(table)
  const base: PptxGenJS.TableCellProps = {
    ...bordersOf(ink('hairline'), 0.75),
    ...{ valign: 'middle', margin: CELL, fontSize: 13, color: ink('ink') },
  }
  const cell = (text: string, width: number, more: PptxGenJS.TableCellProps = {}): Cell => {
    const sizes = [more.fontSize ?? 13, 12, 11, 10, 9, 8]
    const fontSize = fittingSize([text], { w: width - 0.1, h: tall - 0.04 }, sizes)
    return { text, options: { ...base, ...more, fontSize: oneWord(text, width, fontSize) } }
  }
  const figure = (
    one: ReportFigure | null,
    width: number,
    more: PptxGenJS.TableCellProps = {},
  ): Cell => {
    if (one === null) return cell('', width)
    if (one.kind === 'value') return cell(one.text, width, { align: 'right', ...more })
    const fill = { color: one.kind === 'hidden' ? HIDDEN_FILL : MISSING_FILL }
    return cell(one.word, width, { align: 'right', color: ink('ink-2'), fill })
  }
  const interval = row.figure.kind === 'value' ? row.figure : null
  const caution = interval?.caution ?? ''
  // A row of an area has one line: there it stands beside the verdict.
  const said = [interval?.interval?.text ?? '', table.ofAreas ? '' : caution].filter(
    (text) => text !== '',
  )
  const verdict = row.spine?.verdict ?? null
  const isTold = verdict !== null && verdict !== 'uncertain'
  const start = [
    { text: nameRuns(deck, row, table, tall), options: base },
    figure(row.figure, columns.value, { bold: true, fontSize: 14 }),
    said.length === 0
      ? cell('', columns.interval)
      : {
          text: said.map((text, at) => ({
            text,
            options: {
              ...{ fontSize: at === 0 ? 13 : 10, breakLine: at < said.length - 1 },
              color: ink('ink-2'),
            },
          })),
          options: { ...base, align: 'right' as const },
        },
    { text: '', options: { ...base, colspan: 3 } },
  ]
  const told = [row.verdictText, ...(table.ofAreas && caution !== '' ? [caution] : [])]
  const verdictCell = cell(told.filter((text) => text !== '').join(', '), columns.verdict - 0.1, {
    margin: AFTER,
    ...{ bold: verdict?.startsWith('much-') ?? false, color: ink(isTold ? 'ink' : 'ink-3') },
  })
  if (table.ofAreas) return [...start, verdictCell]
  return [
    ...start,
    figure(row.reference, COLUMNS.reference),
    verdictCell,
    cell(row.trend?.word ?? '', COLUMNS.trend - 0.1, { margin: AFTER, color: ink('ink-2') }),
    figure(row.women, COLUMNS.women, { fontSize: 12 }),
    figure(row.men, COLUMNS.men, { fontSize: 12 }),
    cell(row.periodText, COLUMNS.period, { align: 'right', fontSize: 12, color: ink('ink-2') }),
  ]
}

/** A size at which no word of a text is wider than its column: numbers are not broken. */
function oneWord(text: string, width: number, size: number): number {
  const longest = Math.max(...text.split(' ').map((word) => approximateWidth(word, size)))
  return Math.max(8, Math.min(size, Math.floor((size * (width - 0.1) * 72) / (longest || 1))))
}

/** The strips of all rows as one picture over their column. */
function addStrips(
  deck: Deck,
  slide: PptxGenJS.Slide,
  rows: readonly ReportRow[],
  table: ReportTable,
  heights: readonly number[],
): void {
  if (rows.every(({ spine }) => spine === null)) return
  const columns = columnsOf(table)
  const width = Math.round(stripWidth(columns) * PIXELS)
  const total = heights.reduce((sum, one) => sum + one, 0)
  const size = { width: width - 8, height: 26 }
  let top = 0
  const content = rows
    .map(({ spine }, at) => {
      const middle = (top + heights[at]! / 2) * PIXELS
      top += heights[at]!
      if (!spine) return ''
      const move = `translate(4 ${rounded(middle - size.height / 2)})`
      return element('g', { transform: move }, drawSpine(spine, size, deck.colour).content)
    })
    .join('')
  const drawing = { width, height: Math.round(total * PIXELS), content }
  const alternative = rows.map((row) => rowInWords(row, table)).join(' ')
  addPicture(
    deck,
    slide,
    { svg: svgDocument(drawing, table.caption, 'none'), ...drawing },
    {
      x: MARGIN + columns.indicator + columns.value + columns.interval,
      y: TABLE_TOP + HEAD,
      ...{ w: stripWidth(columns), h: total },
    },
    alternative,
  )
}
