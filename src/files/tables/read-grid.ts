import type { Finding } from '../../core/finding.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import type { ReadingContext, TableNote, TableReading } from '../inspection.ts'
import { columnsAlike } from './alike-columns.ts'
import { evened, readAreaTexts } from './area-texts.ts'
import { fillDown, fillMerged } from './fill-down.ts'
import { countTexts, looksLikeFigure } from './figures.ts'
import { findTable, type TablePlace } from './find-table.ts'
import { FIGURE_ROLES, guessColumns, headingNames, promisesFigures } from './guess-columns.ts'
import { identifierFindings, recogniseIdentifiers } from './identifiers.ts'
import { masked } from './masking.ts'
import { NO_ANSWERS, type Answers, type TableMapping } from './mapping.ts'
import { readPeriod } from './period-text.ts'
import { readEvents, type Locate } from './read-events.ts'
import { readRows, type RowsRead } from './read-table.ts'
import { ReadingsBuilder } from './readings-builder.ts'
import { Report } from './report.ts'
import { checkColumnTotals, checkSums } from './sums.ts'
import { unsettledFigures } from './unsettled-figures.ts'

export interface GridContext extends ReadingContext {
  /** Null where there are no boundaries to place a point by. */
  readonly locate: Locate | null
}

export type GridReading =
  | { readonly ok: true; readonly table: TableReading }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** Reads one sheet: finds its table, guesses its columns, reads its rows, and compares its totals. */
export function readGrid(given: Grid, context: GridContext): GridReading {
  const grid = fillMerged(given)
  const isLabel = (text: string): boolean => {
    const [reading] = readAreaTexts([text], context.areas, {})
    if (reading!.kind !== 'unknown') return true
    return reading!.suggestions.length > 0 || readPeriod(text).kind !== 'none'
  }
  const place = findTable(grid, isLabel)
  if (!place) {
    const report = new Report(grid.file)
    report.add('error', 'reading-no-table', null, null, grid.sheet)
    return { ok: false, findings: report.findings }
  }
  const headings = headingNames(grid, place.headerRows)
  const shape = shapeOf(headings)
  const recipe = context.recipes.find((one) => one.shape === shape) ?? null
  const answers = mergeAnswers(recipe?.answers ?? NO_ANSWERS, context.answers)
  const passed = place.passedRows.map(({ row }) => row)
  const rows = { first: place.firstRow, last: place.lastRow, passed }
  const names = context.areas.flatMap(({ id, name }) => [id, name])
  const kinds = recogniseIdentifiers(grid, headings, rows, names)
  const guessed = guessColumns(grid, place, context.areas, answers, kinds)
  const alike = columnsAlike(
    guessed,
    answers,
    (column) =>
      guessed.columns[column]!.role === 'ignored' &&
      hasUnreadFigures(grid, guessed, column, answers),
  )
  const mapping = withoutColumns(guessed, alike)
  const hasFigures = guessed.columns.some(({ role }) => FIGURE_ROLES.includes(role))
  if (!hasFigures && mapping.layout !== 'events') {
    const report = new Report(grid.file)
    report.add('error', 'reading-no-figures', place.headerRows.at(-1)!, null, grid.sheet)
    return { ok: false, findings: report.findings }
  }
  const title = notesOf(grid, place.titleRows)
  const notes = notesOf(grid, place.noteRows)
  const convened = withConvention(grid, [...title, ...notes])
  // SCB's tables name an area once, in the first of its rows.
  const scb = convened.convention === 'scb' ? fillDown(convened, mapping) : convened
  const rowsContext = {
    ...{ areas: context.areas, answers, passedRows: place.passedRows, locate: context.locate },
    title: title.map(({ text }) => text).join(' '),
  }
  const isPersonal = kinds.some((kind) => kind !== null)
  const unsettled =
    mapping.layout === 'events' ? unsettledFigures(scb, mapping, answers, isPersonal) : []
  const whole =
    mapping.layout === 'events'
      ? readEvents(scb, mapping, rowsContext)
      : readRows(scb, mapping, rowsContext)
  const read = unsettled.length > 0 ? withNothingCounted(whole) : whole
  const report = new Report(grid.file)
  for (const column of unsettled)
    report.add(
      ...(['question', 'reading-events-or-counts', place.headerRows.at(-1)!] as const),
      ...([mapping.columns[column]!.name, mapping.columns[column]!.name] as const),
    )
  const isSilent = read.findings.every(
    ({ severity }) => severity !== 'error' && severity !== 'question',
  )
  for (const column of alike)
    report.add(
      ...(['error', 'reading-headings-alike', place.headerRows.at(-1)!] as const),
      ...([mapping.columns[column]!.name, mapping.columns[column]!.name] as const),
    )
  if (read.readings.count === 0 && isSilent && unsettled.length + alike.length === 0)
    report.add('error', 'reading-nothing', place.headerRows.at(-1)!, null, null)
  tellPlace(report, place, scb, mapping, notes, answers, alike)
  if (mapping.layout !== 'events') {
    checkSums(read, mapping, context.areas, report)
    checkColumnTotals(scb, mapping, report)
  }
  const dropped = kinds.map((kind, column) =>
    mapping.columns[column]!.role === 'dropped' || mapping.layout === 'events' ? kind : null,
  )
  return {
    ok: true,
    table: {
      ...{ file: grid.file, sheet: grid.sheet, grid: scb, mapping, shape, recipe, title, notes },
      dataRows: read.dataRows,
      readings: read.readings,
      findings: [
        ...identifierFindings(
          ...([grid.file, place.headerRows.at(-1)! + 1, headings, dropped] as const),
          (heading) => mapping.layout !== 'events' && promisesFigures(heading),
        ),
        ...report.findings,
        ...read.findings,
      ].map((finding) => withSheet(finding, grid.sheet)),
      areas: {
        matched: read.matched,
        unmatched: read.unmatched.map((one) => ({ ...one, value: masked(one.value) })),
      },
      observations: read.observations,
      ...{ frame: read.frame, points: read.points },
    },
  }
}

/** Until it is known what the columns are about. */
const withoutColumns = (mapping: TableMapping, left: readonly number[]): TableMapping => ({
  ...mapping,
  columns: mapping.columns.map((column, index) =>
    left.includes(index) ? { ...column, role: 'ignored' } : column,
  ),
})

/** Until it is known what a row stands for. */
const withNothingCounted = (read: RowsRead): RowsRead => ({
  ...read,
  ...{ readings: new ReadingsBuilder().build().readings, observations: 0, points: null },
  findings: read.findings.filter(({ code }) => code !== 'reading-events-coarsened'),
})

/** In a workbook the file's name says too little. */
const withSheet = (finding: Finding, sheet: string | null): Finding =>
  sheet === null ? finding : { ...finding, parameters: { ...finding.parameters, sheet } }

function notesOf(grid: Grid, rows: readonly number[]): TableNote[] {
  return rows.flatMap((row) => {
    const text = grid.columns
      .map((_, column) => cellText(grid, row, column).trim())
      .filter(Boolean)
      .join(' ')
    return [{ row: row + 1, text: masked(text) }]
  })
}

function tellPlace(
  report: Report,
  place: TablePlace,
  grid: Grid,
  mapping: TableMapping,
  notes: readonly TableNote[],
  answers: Answers,
  alike: readonly number[],
): void {
  if (notes.length > 0)
    report.add('note', 'reading-notes-passed', notes[0]!.row - 1, null, null, {
      count: notes.length,
      last: notes.at(-1)!.row,
    })
  if (place.rowsAbove.length > 0)
    report.add('warning', 'reading-rows-above', place.rowsAbove[0]!, null, null, {
      count: place.rowsAbove.length,
      header: place.headerRows[0]! + 1,
    })
  if (mapping.layout === 'events') return
  const header = place.headerRows.at(-1)!
  const passed = mapping.columns.flatMap(({ role }, column) =>
    role === 'ignored' && !alike.includes(column) ? [column] : [],
  )
  const figures = passed.filter((column) => hasUnreadFigures(grid, mapping, column, answers))
  const named = (columns: readonly number[]): string =>
    columns.map((column) => mapping.columns[column]!.name).join(', ')
  const others = passed.filter((column) => !figures.includes(column))
  for (const column of figures)
    report.add('warning', 'reading-figures-passed', header, named([column]), named([column]))
  if (others.length > 0) report.add('note', 'reading-columns-passed', header, null, named(others))
}

const NO_FIGURES =
  /kod|code|namn|benämning|anmärk|kommentar|(^|[^\p{L}])(id|nr|löpnr|radnr|nummer)([^\p{L}]|$)/iu
const NO_HEADING = /^\(\d+\)$/
const LEAST_FIGURES = 0.3
/** A column that is what it seems shows it among its first texts. */
const TEXTS_LOOKED_AT = 1000

/** Whether a column that nobody left out is full of figures: what it said is then lost, which is more than a note. */
function hasUnreadFigures(
  grid: Grid,
  { columns, firstRow, lastRow }: TableMapping,
  column: number,
  answers: Answers,
): boolean {
  const { name } = columns[column]!
  if (answers.roles[name] !== undefined || NO_FIGURES.test(name)) return false
  if (NO_HEADING.test(name) && isRunning(grid, column, firstRow)) return false
  const counts = countTexts(grid.columns[column]!, firstRow, lastRow)
  let [filled, figures] = [0, 0]
  grid.columns[column]!.texts.slice(0, TEXTS_LOOKED_AT).forEach((given, index) => {
    const text = given.trim()
    if (text === '') return
    filled += counts[index]!
    if (looksLikeFigure(text)) figures += counts[index]!
  })
  return figures > 0 && figures >= filled * LEAST_FIGURES
}

/** Whether a column begins as a running number does, which needs no heading. */
function isRunning(grid: Grid, column: number, firstRow: number): boolean {
  const [one, two] = [firstRow, firstRow + 1].map((row) =>
    row < grid.rowCount ? cellText(grid, row, column).trim() : '',
  )
  return column === 0 || (/^\d+$/.test(one!) && Number(two) === Number(one) + 1)
}

/** SCB's own tables say so in their notes, and have a lone "-" for nothing to report. */
function withConvention(grid: Grid, notes: readonly TableNote[]): Grid {
  if (grid.convention !== null) return grid
  const text = notes.map((note) => note.text).join('\n')
  const isScb =
    /(statistikdatabasen|databas:|intern referenskod|officiell statistik|pxweb|senaste uppdatering)/i.test(
      text,
    ) && /\b(scb|statistiska centralbyrån)\b/i.test(text)
  return isScb ? { ...grid, convention: 'scb' } : grid
}

/** The headings evened out, without periods: the same for next half-year's file. */
export function shapeOf(headings: readonly string[]): string {
  const parts = headings.map((heading) =>
    heading
      .split(' | ')
      .map((part) => (readPeriod(part).kind === 'period' ? '*' : withoutYears(evened(part))))
      .join('|'),
  )
  // However many periods a wide table has, it is of one shape.
  return parts
    .filter((part, index) => !part.includes('*') || parts.indexOf(part) === index)
    .join(';')
}

const withoutYears = (text: string): string => text.replace(/\b(19|20)\d{2}(\/\d{2,4})?\b/g, '*')

/** What is answered now stands before what was answered for an earlier file of the same shape. */
function mergeAnswers(earlier: Answers, now: Answers): Answers {
  return {
    areas: { ...earlier.areas, ...now.areas },
    decimal: now.decimal ?? earlier.decimal,
    year: now.year,
    roles: { ...earlier.roles, ...now.roles },
    period: now.period,
    skippedRows: now.skippedRows,
  }
}
