import { reportText } from '../../text/report.ts'
import type { Report, ReportBlock, ReportSection } from '../../views/report.ts'
import { addBriefingSection } from './slides-briefing.ts'
import { addCharts } from './slides-charts.ts'
import { newDeck, type Deck, type SlideNotes, type SlideTools } from './slides-frame.ts'
import { finishedPackage } from './slides-package.ts'
import { addTable } from './slides-table.ts'
import {
  addDefinitions,
  addHowToRead,
  addMapSlide,
  addOpening,
  addOwnWords,
  addSummary,
} from './slides-words.ts'

/**
 * A report as slides that can be edited: text as text, tables as tables, charts as charts with their figures behind
 * them. Hidden and missing figures are words in tables and gaps in charts, never nought. Every slide has notes for
 * who presents it, the name of the area, the release, and the label of invented figures.
 * @returns the bytes of a .pptx file
 */
export async function reportSlides(
  report: Report,
  tools: SlideTools,
): Promise<Uint8Array<ArrayBuffer>> {
  const deck = newDeck(report, tools)
  const maps = report.sections.flatMap(({ blocks }) => blocks.filter(isOf('map')))
  const isBriefing = report.kind === 'briefing'
  const opening = isBriefing ? null : (maps[0] ?? null)
  addOpening(deck, opening)
  for (const section of report.sections)
    if (isBriefing) addBriefingSection(deck, section)
    else addSection(deck, section, opening?.id ?? null)
  addHowToRead(deck)
  addDefinitions(deck)
  const [written, pictures] = await Promise.all([
    deck.file.write({ outputType: 'uint8array' }),
    Promise.all(deck.pictures),
  ])
  if (!(written instanceof Uint8Array)) throw new TypeError('slides are bytes')
  return finishedPackage(written, {
    ...{ sheets: deck.sheets, tables: deck.tables, date: report.date },
    pictures,
    ...{ stripes: deck.ink('rule'), dots: deck.ink('rule'), paper: deck.ink('paper') },
  })
}

type Kind = ReportBlock['kind']

const isOf =
  <K extends Kind>(kind: K) =>
  (block: ReportBlock): block is Extract<ReportBlock, { kind: K }> =>
    block.kind === kind

/** Sentences and who lives there, the analyst's words, tables, lines and columns: each on slides of its own. */
function addSection(deck: Deck, section: ReportSection, opening: string | null): void {
  const { heading, blocks } = section
  const texts = blocks.filter(isOf('text'))
  const said = texts.filter(({ voice }) => voice !== 'analyst')
  const bars = blocks.filter(isOf('bars'))
  const pyramids = bars.filter(({ form }) => form === 'pyramid')
  const columns = bars.filter(({ form }) => form === 'columns')
  const tables = blocks.filter(isOf('table'))
  const lines = blocks.filter(isOf('lines'))
  const notes = notesOf(section)
  const sentences = said.flatMap(({ paragraphs }) => paragraphs)
  const isChartsOnly = columns.length > 0 && tables.length === 0 && pyramids.length === 0
  if ((sentences.length > 0 && !isChartsOnly) || pyramids.length > 0)
    addSummary(
      deck,
      heading,
      sentences,
      pyramids[0] ?? null,
      notes(pyramids.slice(0, 1).map(({ title }) => title)),
    )
  for (const bar of pyramids.slice(1)) addSummary(deck, heading, [], bar, notes([bar.title]))
  for (const text of texts)
    if (text.voice === 'analyst')
      addOwnWords(deck, text.heading ?? heading, text.paragraphs, text.paragraphs)
  for (const map of blocks.filter(isOf('map')))
    if (map.id !== opening) addMapSlide(deck, heading, map, notes([]))
  for (const table of tables) addTable(deck, section, table, notes)
  if (lines.length > 0)
    addCharts(deck, { heading: reportText.slides.overTime(heading), said: '' }, lines, TWO, notes)
  if (columns.length > 0) {
    const beside = isChartsOnly ? sentences.join(' ') : ''
    addCharts(deck, { heading, said: beside }, columns, FOUR, notes)
  }
}

const TWO = { across: 2, down: 1 }
const FOUR = { across: 2, down: 2 }

/** The notes of a section that speak of what a slide shows; those that speak of nothing in it are told first. */
function notesOf({ notes, blocks }: ReportSection): SlideNotes {
  const all = blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.rows.map(({ name }) => name)
      : block.kind === 'bars' || block.kind === 'lines'
        ? [block.title]
        : [],
  )
  const speaksOf = (note: string, names: readonly string[]): boolean =>
    names.some((name) => name.startsWith(note.split(':')[0]!))
  let others = notes.filter((note) => !speaksOf(note, all))
  return (names) => {
    const own = [...others, ...notes.filter((note) => speaksOf(note, names))]
    others = []
    return own
  }
}
