import { drawBars } from '../../charts/report-bars.ts'
import { drawLines } from '../../charts/report-lines.ts'
import {
  absenceMark,
  approximateWidth,
  place,
  svgDocument,
  word,
  words,
  wrapShort,
  wrapText,
  type Drawing,
  type TokenColour,
} from '../../charts/report-marks.ts'
import { drawSpine } from '../../charts/report-spine.ts'
import { element } from '../../charts/svg.ts'
import { reportText } from '../../text/report.ts'
import type {
  Report,
  ReportBlock,
  ReportFigure,
  ReportSection,
  ReportTable,
} from '../../views/report.ts'
import { definitionOf, rowInWords } from './report-words.ts'

/** A chart or a map that stands alone: it says itself what it shows, of what, when, and from where. */
export interface ReportPicture {
  /** Of the block that it shows; plain letters and hyphens, unique in the report. */
  readonly id: string
  readonly title: string
  /** All that it says, for those who do not see it. */
  readonly alternative: string
  /** A whole SVG document. */
  readonly svg: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

const MARGIN = 32
const LEADING = 17

/** Every table, chart and map of a report, in its order. @param colour gives the colour of a design token */
export function reportPictures(report: Report, colour: TokenColour): readonly ReportPicture[] {
  const taken = new Set<string>()
  return report.sections.flatMap((section) =>
    section.blocks.flatMap((block) => {
      const picture = pictureOf(report, section, block, colour)
      if (!picture) return []
      let id = picture.id
      for (let number = 2; taken.has(id); number++) id = `${picture.id}-${number}`
      taken.add(id)
      return [{ ...picture, id }]
    }),
  )
}

function pictureOf(
  report: Report,
  section: ReportSection,
  block: ReportBlock,
  colour: TokenColour,
): ReportPicture | null {
  const label = report.synthetic?.label ?? null
  switch (block.kind) {
    // A list stands beside the drawing that it explains.
    case 'text':
    case 'list':
      return null
    case 'map':
    case 'scatter': {
      const { id, caption, alternative, svg, width, height } = block
      return { id, title: caption, alternative, svg, width, height }
    }
    case 'table': {
      if (block.rows.length === 0) return null
      const { caption: title, rows } = block
      const parts = rows.map((row) => rowInWords(row, block))
      const figures = rows.flatMap((row) => [row.figure, row.reference])
      const sheet = { title, subtitle: '', body: drawRows(block, colour), figures }
      return {
        ...{ id: block.id, title, alternative: reportText.alternative.rows(title, parts) },
        ...drawSheet(report, { ...sheet, notes: sourcesOf(report, block) }, colour),
      }
    }
    case 'bars':
    case 'lines': {
      const { id, title, alternative, note } = block
      const size = { width: block.kind === 'bars' ? 560 : 720, height: 300 }
      const body =
        block.kind === 'bars'
          ? drawBars(block, size, label, colour)
          : drawLines(block, size, label, colour)
      const definition = definitionOf(report, block)
      const notes = [
        note,
        ...(definition
          ? [`${definition.definition} ${sourceLine(definition.source)}`]
          : section.notes.filter((text) => text.startsWith(`${title}:`))),
      ]
      const figures = block.series.flatMap((series) => series.figures)
      const sheet = { title, subtitle: subtitleOf(block), body, figures, notes }
      return { id, title, alternative, ...drawSheet(report, sheet, colour) }
    }
  }
}

const subtitleOf = (block: ReportBlock & { kind: 'bars' | 'lines' }): string =>
  block.kind === 'bars'
    ? [block.unitText, block.periodText].filter((text) => text !== '').join(', ')
    : [...new Set([block.periods.at(0)?.text, block.periods.at(-1)?.text])].join('–')

const sourceLine = (source: string): string => `${reportText.definition.source}: ${source}.`

/** Where a table's figures come from, each source once. */
function sourcesOf({ definitions }: Report, { rows, elsewhere }: ReportTable): string[] {
  const own = new Set(rows.map(({ indicator }) => indicator))
  const sources = new Set(
    definitions.filter(({ indicator }) => own.has(indicator)).map(({ source }) => source),
  )
  return [...elsewhere, ...(sources.size > 0 ? [sourceLine([...sources].join('; '))] : [])]
}

interface Sheet {
  readonly title: string
  readonly subtitle: string
  readonly body: Drawing
  /** Those that are drawn: what is hidden or missing among them is explained. */
  readonly figures: readonly ReportFigure[]
  readonly notes: readonly string[]
}

/** A drawing between its heading and what must stand beside it. */
function drawSheet(
  report: Report,
  { title, subtitle, body, figures, notes }: Sheet,
  colour: TokenColour,
): Pick<ReportPicture, 'svg' | 'width' | 'height'> {
  const width = body.width + 2 * MARGIN
  const room = body.width
  const [ink, ink2, ink3] = [colour('ink'), colour('ink-2'), colour('ink-3')]
  const headline = wrapText(title, room * 0.95, 22)
  const about = wrapText(
    [report.title, report.subtitle, subtitle].filter((text) => text !== '').join('. '),
    room,
    14,
  )
  const label = report.synthetic?.label ?? null
  let y = MARGIN + (label === null ? 12 : 32)
  const parts = [
    label === null ? '' : word(label, MARGIN, MARGIN + 6, 14, ink, { 'font-weight': 600 }),
    words(headline, MARGIN, y, { size: 22, leading: 27, fill: ink }, { 'font-weight': 600 }),
  ]
  y += headline.length * 27 - 3
  parts.push(words(about, MARGIN, y, { size: 14, leading: 19, fill: ink2 }))
  y += about.length * 19 + 2
  parts.push(element('g', { transform: `translate(${MARGIN} ${place(y)})` }, body.content))
  y += body.height + 12
  const kinds = new Set(figures.map(({ kind }) => kind))
  const absent = (['hidden', 'missing'] as const).filter((kind) => kinds.has(kind))
  const small = { size: 12, leading: LEADING, fill: ink3 }
  const put = (text: string, indent = 0): void => {
    const lines = wrapText(text, room - indent, 12)
    y += LEADING
    parts.push(words(lines, MARGIN + indent, y, small))
    y += (lines.length - 1) * LEADING
  }
  parts.push(
    element('path', { d: `M${MARGIN} ${place(y)}H${width - MARGIN}`, stroke: colour('hairline') }),
  )
  y += 4
  for (const kind of absent) {
    const figure = figures.find((one) => one.kind === kind)
    const wanted = figure && figure.kind !== 'value' ? figure.word : ''
    const meaning = report.key.find((fact) => fact.label === wanted)
    parts.push(absenceMark(kind, { x: MARGIN, y: y + 6.5, width: 18, height: 11 }, colour))
    put(meaning ? `${wanted}: ${meaning.text}` : wanted, 26)
  }
  for (const note of notes) if (note !== '') put(note)
  put(report.facts.map((fact) => `${fact.label}: ${fact.text}`).join(' · '))
  if (report.synthetic) put(report.synthetic.sentence)
  put(report.imprint)
  const height = Math.ceil(y + MARGIN - 8)
  const drawing = { width, height, content: parts.join('') }
  return { svg: svgDocument(drawing, `${title}. ${report.title}`, colour('paper')), width, height }
}

const NAME = 270
const VALUE = 86
const STRIP = 300
const VERDICT = 150
const ROW = 32

/** Name, value, strip and verdict below one another, and what the marks mean. */
function drawRows({ heads, rows, ofAreas }: ReportTable, colour: TokenColour): Drawing {
  const [ink, ink2, ink3] = [colour('ink'), colour('ink-2'), colour('ink-3')]
  const valueEnd = NAME + VALUE
  const strip = valueEnd + 20
  const verdict = strip + STRIP + 20
  const width = verdict + VERDICT
  const end = { 'text-anchor': 'end' }
  const centre = { 'text-anchor': 'middle' }
  const head = (text: string, x: number, more = {}): string => word(text, x, 18, 12, ink3, more)
  const valueHead = wrapShort(heads.value, VALUE + 60, 12, 1)[0] ?? ''
  const parts = [
    head(heads.indicator, 0),
    head(valueHead, valueEnd, end),
    head(heads.lower, strip),
    head(heads.middle, strip + STRIP / 2, centre),
    head(heads.higher, strip + STRIP, end),
    head(heads.verdict, verdict),
    element('path', { d: `M0 26H${width}`, stroke: ink2 }),
  ]
  let y = 27
  for (const row of rows) {
    const about = ofAreas
      ? ''
      : [row.place, row.unitText, row.periodText].filter((text) => text !== '').join(', ')
    const name = wrapText(row.name, NAME - 12, 14)
    const lines = wrapText(about, NAME - 12, 12)
    const tall = Math.max(ROW, 14 + name.length * LEADING + lines.length * 15)
    const middle = y + tall / 2
    const first = middle + 4 - ((name.length - 1) * LEADING + lines.length * 15) / 2
    parts.push(words(name, 0, first, { size: 14, leading: LEADING, fill: ink }))
    parts.push(
      words(lines, 0, first + name.length * LEADING - 2, { size: 12, leading: 15, fill: ink3 }),
    )
    const { figure } = row
    if (figure.kind === 'value')
      parts.push(word(figure.text, valueEnd, middle + 5, 14, ink, { ...end, 'font-weight': 600 }))
    else {
      const wide = approximateWidth(figure.word, 14)
      const box = { x: valueEnd - wide - 26, y: middle - 6, width: 18, height: 11 }
      parts.push(absenceMark(figure.kind, box, colour))
      parts.push(word(figure.word, valueEnd, middle + 5, 14, ink2, end))
    }
    if (row.spine) {
      const drawn = drawSpine(row.spine, { width: STRIP, height: 24 }, colour)
      const move = `translate(${strip} ${place(middle - 12)})`
      parts.push(element('g', { transform: move }, drawn.content))
    }
    const said = figure.kind === 'value' ? row.verdictText : figure.reason
    // Without a strip there is room for the reason to begin where it would have been.
    const [at, room] =
      row.spine || figure.kind === 'value' ? [verdict, VERDICT] : [strip, STRIP + VERDICT]
    const lead = wrapText(said, room, 13)
    parts.push(
      words(lead, at, middle + 4.5 - ((lead.length - 1) * 15) / 2, {
        ...{ size: 13, leading: 15, fill: ink2 },
      }),
    )
    y += tall
    parts.push(element('path', { d: `M0 ${place(y)}H${width}`, stroke: colour('hairline') }))
  }
  const key = drawKey(width, colour)
  parts.push(element('g', { transform: `translate(0 ${place(y + 8)})` }, key.content))
  return { width, height: y + 8 + key.height, content: parts.join('') }
}

/** A mark of the strips, and what it means. */
export interface SpineMark {
  readonly drawing: Drawing
  readonly meaning: string
}

/** What the marks of a strip mean. */
export function spineKey(colour: TokenColour): readonly SpineMark[] {
  const means = reportText.strip
  const ink = colour('ink')
  const dot = (x: number, token: string, isCertain: boolean): string =>
    element('circle', {
      ...{ cx: x, cy: 7, r: isCertain ? 5 : 4.2, fill: colour(token) },
      ...{ stroke: isCertain ? colour('paper') : ink, 'stroke-width': isCertain ? 1.2 : 1.6 },
    })
  const path = (d: string, stroke: string, strokeWidth: number, more = {}): string =>
    element('path', { d, stroke, 'stroke-width': strokeWidth, fill: 'none', ...more })
  const mark = (meaning: string, width: number, ...parts: readonly string[]): SpineMark => ({
    ...{ meaning, drawing: { width, height: 14, content: parts.join('') } },
  })
  return [
    mark(means.certain, 24, dot(6, 'div-low-2', true), dot(18, 'div-high-2', true)),
    mark(means.likely, 24, dot(6, 'div-low-1', false), dot(18, 'div-high-1', false)),
    mark(means.uncertain, 12, dot(6, 'paper', false)),
    mark(means.interval, 20, path('M0 7H20', ink, 1.8)),
    mark(means.middle, 6, path('M3 0V14', colour('ink-2'), 1, { 'stroke-dasharray': '2 1.5' })),
    mark(means.others, 10, path('M1 2v10M5 2v10M8 2v10', colour('ink-3'), 1)),
    mark(
      means.middleHalf,
      16,
      element('rect', { y: 1, width: 16, height: 12, fill: colour('wash-2') }),
    ),
  ]
}

/** The marks in as many lines as they need. */
function drawKey(room: number, colour: TokenColour): Drawing {
  let [x, y] = [0, 0]
  const parts = spineKey(colour).map(({ drawing, meaning }) => {
    const wide = drawing.width + 6 + approximateWidth(meaning, 12)
    if (x > 0 && x + wide > room) [x, y] = [0, y + 20]
    const move = `translate(${place(x)} ${y + 5})`
    x += wide + 16
    return element(
      'g',
      { transform: move },
      drawing.content + word(meaning, drawing.width + 6, 11, 12, colour('ink-2')),
    )
  })
  return { width: room, height: y + 24, content: parts.join('') }
}
