import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/universal'
import { reportText } from '../../text/report.ts'
import type {
  Report,
  ReportBars,
  ReportFigure,
  ReportRow,
  ReportSection,
  ReportTable,
} from '../../views/report.ts'
import { workbookText } from '../workbook-text.ts'
import { barsOf, recordsOf } from './records.ts'

interface WorkbookSheet {
  readonly name: string
  readonly rows: readonly Row[]
  /** Characters. */
  readonly widths: readonly number[]
  /** Rows that stay in sight, from the top. */
  readonly frozenRows: number
}

const FONT = { fontFamily: 'Calibri', fontSize: 11 }
const HEAD_GROUND = '#E7EBED'
/** The same difference as on screen: stripes for what is hidden, dots for what is missing. */
const HIDDEN = {
  backgroundColor: '#FFFFFF',
  fillPatternStyle: 'lightUp',
  fillPatternColor: '#7C8790',
} as const
const MISSING = {
  backgroundColor: '#FFFFFF',
  fillPatternStyle: 'gray125',
  fillPatternColor: '#9AA4AC',
} as const

/**
 * A report as a workbook: one sheet a section with real numbers, one with all periods, one with definitions, and first
 * what the report is and what its words mean. Hidden and missing figures are words on a ground of their own, with
 * why; no cell holds a formula, and text that looks like one is preceded by an apostrophe.
 * @returns the bytes of an .xlsx file
 */
export async function reportWorkbook(report: Report): Promise<Uint8Array<ArrayBuffer>> {
  const sheets = [
    aboutSheet(report),
    ...report.sections.flatMap((section) => sectionSheets(report, section)),
    developmentSheet(report),
    definitionSheet(report),
  ].filter(({ rows }) => rows.length > 0)
  const names = sheetNames(sheets.map(({ name }) => name))
  const blob = await writeExcelFile(
    sheets.map(({ rows, widths, frozenRows }, at) => ({
      data: [...rows],
      sheet: names[at]!,
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: frozenRows,
      orientation: 'landscape' as const,
    })),
    FONT,
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

const text = (value: string, more: Partial<CellObject> = {}): CellObject =>
  ({ value: workbookText(value), type: String, ...more }) as CellObject
const bold = (value: string, more: Partial<CellObject> = {}): CellObject =>
  text(value, { fontWeight: 'bold', ...more })
const head = (value: string): CellObject =>
  bold(value, { backgroundColor: HEAD_GROUND, wrap: true, alignVertical: 'top' })

/** A number as Swedish spreadsheets show it by themselves, or the word for why there is none. */
function figureCell(figure: ReportFigure | null): CellObject | null {
  if (figure === null) return null
  if (figure.kind === 'value') return numberCell(figure.value, figure.decimals)
  return text(figure.word, {
    ...(figure.kind === 'hidden' ? HIDDEN : MISSING),
    align: 'right',
  })
}

const numberCell = (value: number, decimals: number): CellObject => ({
  ...{ value, type: Number },
  format: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
})

/** The end of an interval; nothing where there is none. */
function limitCell(figure: ReportFigure, end: 'lower' | 'upper'): CellObject | null {
  return figure.kind === 'value' && figure.interval
    ? numberCell(figure.interval[end], Math.max(1, figure.decimals))
    : null
}

/** Title and marking above every table, so that a sheet alone says what it is. */
const topOf = (report: Report, heading: string): Row[] => [
  [bold(`${report.title}: ${heading}`, { fontSize: 14 })],
  [text([report.synthetic?.label, report.imprint].filter(Boolean).join('. '))],
]

function sectionSheets(report: Report, section: ReportSection): WorkbookSheet[] {
  const tables = section.blocks.filter((block) => block.kind === 'table')
  const bars = barsOf(section)
  return [
    ...tables.map((table) => tableSheet(report, section, table)),
    ...(bars.length > 0 ? [barsSheet(report, section, bars)] : []),
  ]
}

/** @returns what stands in a column: its head, how wide it is in characters, and of each row its cell */
type Column = readonly [string, number, (row: ReportRow) => CellObject | null]

function tableSheet(report: Report, { heading }: ReportSection, table: ReportTable): WorkbookSheet {
  const { heads, ofAreas } = table
  const words = reportText.tables.heads
  const ofPlace = (...columns: readonly Column[]): readonly Column[] => (ofAreas ? [] : columns)
  const columns: readonly Column[] = [
    [heads.indicator, 44, (row) => text(row.name)],
    ...ofPlace([words.place, 20, (row) => text(row.place)]),
    [heads.period, 11, (row) => text(row.periodText)],
    [heads.unit, 14, (row) => text(row.unitText === '' ? '%' : row.unitText)],
    [heads.value, 12, (row) => figureCell(row.figure)],
    [heads.intervalLower, 11, (row) => limitCell(row.figure, 'lower')],
    [heads.intervalUpper, 11, (row) => limitCell(row.figure, 'upper')],
    ...ofPlace([heads.reference, 12, (row) => figureCell(row.reference)]),
    [heads.verdict, 20, (row) => text(row.verdictText)],
    ...ofPlace(
      [heads.trend, 16, (row) => text(row.trend?.word ?? '')],
      [heads.women, 11, (row) => figureCell(row.women)],
      [heads.men, 11, (row) => figureCell(row.men)],
    ),
    [heads.note, 44, (row) => text(row.note)],
  ]
  return {
    name: heading,
    frozenRows: 3,
    widths: columns.map(([, width]) => width),
    rows: [
      ...topOf(report, heading),
      columns.map(([words]) => head(words)),
      ...table.rows.map((row): Row => columns.map(([, , cell]) => cell(row))),
      ...(ofAreas ? [[text(table.caption)]] : []),
      ...table.elsewhere.map((sentence): Row => [text(sentence)]),
    ],
  }
}

function barsSheet(
  report: Report,
  { heading }: ReportSection,
  all: readonly ReportBars[],
): WorkbookSheet {
  return {
    ...{ name: heading, frozenRows: 2, widths: [34, 14, 14, 44] },
    rows: [
      ...topOf(report, heading),
      ...all.flatMap(({ title, note, unitText, periodText, categoryHead, categories, series }) => [
        [],
        [bold([title, unitText, periodText].filter((part) => part !== '').join(', '))],
        [categoryHead, ...series.map(({ name }) => name)].map(head),
        ...categories.map((category, at): Row => [
          text(category),
          ...series.map(({ figures }) => figureCell(figures[at]!)),
          text(
            [
              ...new Set(
                series.flatMap(({ figures }) => {
                  const figure = figures[at]!
                  return figure.kind === 'value' ? [] : [figure.reason]
                }),
              ),
            ].join(', '),
          ),
        ]),
        ...(note === '' ? [] : [[text(note)]]),
      ]),
    ],
  }
}

function developmentSheet(report: Report): WorkbookSheet {
  const { heads, development } = reportText.tables
  const rows = recordsOf(report).filter(({ part, sex }) => part === '' && sex === report.sexText)
  return {
    ...{ name: development, frozenRows: 3, widths: [44, 20, 22, 11, 12, 11, 11, 14, 44] },
    rows: [
      ...topOf(report, development),
      [
        ...[heads.indicator, heads.place, heads.whose, heads.period, heads.value],
        ...[heads.lower, heads.upper, heads.unit, heads.reason],
      ].map(head),
      ...rows.map(({ name, place, whose, period, figure, unit }): Row => [
        text(name),
        text(place),
        text(whose),
        text(period),
        figureCell(figure),
        limitCell(figure, 'lower'),
        limitCell(figure, 'upper'),
        text(unit),
        text(figure.kind === 'value' ? figure.caution : figure.reason),
      ]),
    ],
  }
}

function definitionSheet({ definitions, ...report }: Report): WorkbookSheet {
  const { heads, definitions: name } = reportText.tables
  const wrapped = (value: string) => text(value, { wrap: true, alignVertical: 'top' })
  return {
    ...{ name, frozenRows: 3, widths: [36, 22, 24, 22, 60, 40, 14, 12, 50, 40] },
    rows: [
      ...topOf({ ...report, definitions }, name),
      [
        ...[heads.indicator, heads.class, heads.focusProblems, heads.unit, heads.definition],
        ...[heads.source, heads.frequency, heads.period, heads.caveats, heads.disclosure],
      ].map(head),
      ...definitions.map((one): Row =>
        [
          ...[one.name, one.classText, one.focusProblems.join(', '), one.unitText],
          ...[one.definition, one.source, one.frequency, one.periodText],
          ...[one.caveats.join(' '), one.disclosure],
        ].map(wrapped),
      ),
    ],
  }
}

function aboutSheet(report: Report): WorkbookSheet {
  const { contents, tables } = reportText
  const pair = (label: string, value: string): Row => [
    bold(label, { alignVertical: 'top' }),
    text(value, { wrap: true }),
  ]
  const texts = report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'text' ? [block] : [])),
  )
  return {
    ...{ name: tables.about, frozenRows: 0, widths: [30, 100] },
    rows: [
      [bold(report.title, { fontSize: 16 })],
      [text(report.subtitle)],
      ...(report.synthetic ? [pair(report.synthetic.label, report.synthetic.sentence)] : []),
      [],
      ...texts.flatMap(({ heading, paragraphs }) =>
        paragraphs.map((one, at) => pair(at === 0 ? (heading ?? '') : '', one)),
      ),
      [],
      ...report.facts.map((fact) => pair(fact.label, fact.text)),
      [],
      [bold(contents.key)],
      ...report.key.map((one) => pair(one.label, one.text)),
      pair(tables.heads.unit, tables.numbers),
      [],
      [bold(contents.limits)],
      ...report.limits.map((limit): Row => [null, text(limit, { wrap: true })]),
      [],
      [bold(contents.sources)],
      ...report.sources.map((source): Row => [null, text(source, { wrap: true })]),
      [],
      [text(report.imprint)],
    ],
  }
}

/** Longest name of a sheet that spreadsheets take. */
const NAME_LENGTH = 31

/** Names that spreadsheets take: short, without their own signs, each once. */
function sheetNames(wanted: readonly string[]): string[] {
  const used = new Set<string>()
  return wanted.map((name) => {
    const plain = name.replace(/[[\]:*?/\\']/g, ' ').trim()
    let candidate = plain.slice(0, NAME_LENGTH).trim()
    for (let next = 2; used.has(candidate.toLowerCase()); next++)
      candidate = `${plain.slice(0, NAME_LENGTH - 4).trim()} ${next}`
    used.add(candidate.toLowerCase())
    return candidate
  })
}
