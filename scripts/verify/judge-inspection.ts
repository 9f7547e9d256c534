import type { Area } from '../../src/core/area.ts'
import { UNPLACED } from '../../src/core/disclosure/build-joint-table.ts'
import type { Finding } from '../../src/core/finding.ts'
import { kindOf } from '../../src/core/period.ts'
import { decodeText } from '../../src/files/formats/decode-text.ts'
import { cellText, type Grid } from '../../src/files/formats/grid.ts'
import type { Inspection, TableReading } from '../../src/files/inspection.ts'
import { masked } from '../../src/files/tables/masking.ts'
import { READ_MISSING, READ_VALUE, type Readings } from '../../src/files/tables/readings.ts'
import { FINDING_CODES, findingText } from '../../src/text/findings.ts'
import { toInspectJson } from '../import/inspect-json.ts'

/** A sound file as it was read, and what of it may never be printed. */
export interface SoundFile {
  readonly inspection: Inspection
  /** Personal numbers, e-mail addresses and the like. */
  readonly identifiers: readonly string[]
}

export type Outcome =
  'refused' | 'read as before' | 'read, and something said' | 'read otherwise, by what it now says'

export interface Judgement {
  readonly outcome: Outcome
  /** Sentences; empty when nothing is wrong. */
  readonly faults: readonly string[]
}

const FIGURES = [
  ...(['numerator', 'denominator', 'value', 'respondents', 'margin', 'units'] as const),
]
type FigureName = (typeof FIGURES)[number]

/**
 * Holds what a damaged file was read as against what it says, and against what the sound file was read as. Rows that
 * the damage did not touch must give the same figures as before, or none and a finding that is more than a note.
 */
export function judgeInspection(
  sound: SoundFile,
  damaged: Inspection,
  bytes: Uint8Array,
  areas: readonly Area[],
): Judgement {
  const faults: string[] = []
  const known = new Set<string>([...areas.map(({ id }) => id), UNPLACED])
  faultsOfFindings(damaged, faults)
  faultsOfPrinting(sound, damaged, faults)
  faultsOfBoundaries(damaged, faults)
  faultsOfLines(damaged, bytes, faults)
  for (const table of damaged.tables) {
    faultsOfReadings(table, known, faults)
    // Of events and of days that are added up, a reading is no row.
    if (table.mapping.layout === 'events' || isSummed(damaged) || isSummed(sound.inspection))
      continue
    faultsOfFigures(table, faults)
    faultsOfSilence(table, damaged.findings, faults)
    const before = sound.inspection.tables.find(
      ({ file, sheet }) => file === table.file && sheet === table.sheet,
    )
    if (before && before.mapping.layout !== 'events' && hasSameStart(before, table))
      faultsOfUntouchedRows(before, table, saidOf(sound.inspection, damaged), areas, faults)
  }
  return { outcome: outcomeOf(sound.inspection, damaged), faults: [...new Set(faults)] }
}

const isSummed = ({ findings }: Inspection): boolean =>
  findings.some(({ code }) => code === 'reading-days-summed')

function outcomeOf(sound: Inspection, damaged: Inspection): Outcome {
  if (damaged.tables.length + damaged.boundaries.length === 0) return 'refused'
  if (newFindings(sound, damaged).length > 0) return 'read, and something said'
  const said = ({ tables, boundaries }: Inspection): string =>
    JSON.stringify([
      tables.map(({ readings, grid }) => listReadings(readings, grid)),
      boundaries.map((layer) => layer.areas.map(({ code, areaKm2 }) => [code, areaKm2])),
    ])
  return said(sound) === said(damaged) ? 'read as before' : 'read otherwise, by what it now says'
}

const listReadings = (readings: Readings, { rowCount }: Grid): unknown[] =>
  Array.from({ length: Math.min(readings.count, rowCount * 100) }, (_, index) => [
    readings.areas[readings.area[index]!],
    cellKey(readings, index, { measure: true, area: false }),
    readings.status[index],
    ...FIGURES.map((figure) => readings[figure][index]),
  ])

/** What is said of a damaged file, and not of the sound one. */
interface Said {
  /** More than notes. */
  readonly findings: readonly Finding[]
  readonly hasNotes: boolean
}

function saidOf(sound: Inspection, damaged: Inspection): Said {
  const all = newFindings(sound, damaged, true)
  const findings = all.filter(({ severity }) => severity !== 'note')
  return { findings, hasNotes: findings.length < all.length }
}

/** Findings that the sound file does not have, most often only those that are more than notes. */
function newFindings(
  sound: Inspection,
  damaged: Inspection,
  withNotes = false,
): readonly Finding[] {
  // Rows move when a row above is gone.
  const key = ({ code, text, column }: Finding): string => JSON.stringify([code, text, column])
  const left = new Map<string, number>()
  for (const finding of sound.findings) left.set(key(finding), (left.get(key(finding)) ?? 0) + 1)
  return damaged.findings.filter((finding) => {
    if (finding.severity === 'note' && !withNotes) return false
    const count = left.get(key(finding)) ?? 0
    left.set(key(finding), count - 1)
    return count <= 0
  })
}

const CODES: ReadonlySet<string> = new Set(FINDING_CODES)

function faultsOfFindings({ tables, boundaries, findings }: Inspection, faults: string[]): void {
  for (const finding of findings) {
    if (!CODES.has(finding.code)) faults.push(`the finding ${finding.code} has no sentence`)
    else if (/undefined|NaN|\[object/.test(findingText({ ...finding, text: '', column: '' })))
      faults.push(`the finding ${finding.code} says undefined or NaN`)
    if (finding.row !== null && !(finding.row >= 1))
      faults.push(`the finding ${finding.code} names row ${finding.row}`)
  }
  const isRead = tables.some(({ readings }) => readings.count > 0) || boundaries.length > 0
  if (!isRead && !findings.some(({ severity }) => severity === 'error' || severity === 'question'))
    faults.push('nothing is read, and no finding says why')
}

function faultsOfPrinting({ identifiers }: SoundFile, damaged: Inspection, faults: string[]): void {
  const printed = JSON.stringify(toInspectJson(damaged))
  for (const identifier of identifiers)
    if (printed.includes(identifier)) {
      const at = printed.indexOf(identifier)
      faults.push(`an identifier is printed: …${printed.slice(Math.max(0, at - 60), at + 40)}…`)
    }
}

function faultsOfBoundaries({ boundaries }: Inspection, faults: string[]): void {
  for (const { areas } of boundaries) {
    const codes = new Set(areas.map(({ code }) => code))
    if (codes.size < areas.length) faults.push('two areas of a boundary file have one code')
    for (const { centroid, areaKm2, neighbours } of areas) {
      if (!(areaKm2 > 0) || !Number.isFinite(areaKm2)) faults.push(`an area of ${areaKm2} km²`)
      const [longitude, latitude] = centroid
      if (!(longitude > 5 && longitude < 30 && latitude > 50 && latitude < 75))
        faults.push(`an area at ${longitude}, ${latitude}`)
      if (!neighbours.every((code) => codes.has(code))) faults.push('a neighbour that is no area')
    }
  }
}

/** The rows of a text without quotes are its lines, parted at the delimiter. */
function faultsOfLines({ files, tables }: Inspection, bytes: Uint8Array, faults: string[]): void {
  const [file] = files
  const [table] = tables
  if (!table || file?.format !== 'csv' || file.delimiter === null) return
  const { text } = decodeText(bytes)
  if (text.includes('"')) return
  const lines = text.split(/\r\n|\n|\r/)
  const { readings, grid } = table
  for (const row of new Set(readings.row.subarray(0, readings.count))) {
    const fields = lines[row - 1]?.split(file.delimiter) ?? []
    const isSame = grid.columns.every(
      (_, column) => cellText(grid, row - 1, column) === (fields[column] ?? ''),
    )
    if (!isSame) faults.push(`row ${row} is not line ${row} of the file`)
  }
}

/** What is true of any reading, whatever the file says. */
function faultsOfReadings(
  { readings, grid }: TableReading,
  known: ReadonlySet<string>,
  faults: string[],
): void {
  for (let index = 0; index < readings.count; index++) {
    const row = readings.row[index]! - 1
    if (row < 0 || row >= grid.rowCount) {
      faults.push(`a reading of row ${row + 1} of ${grid.rowCount}`)
      continue
    }
    const area = readings.areas[readings.area[index]!]!
    if (!known.has(area) && !grid.columns.some((_, column) => textAt(grid, row, column) === area))
      faults.push(`a reading of ${area}, which row ${row + 1} does not name`)
    const period = readings.periods[readings.period[index]!]!
    if (kindOf(period) === null) faults.push(`a reading of the period ${period}`)
    const { numerator, denominator, value, respondents, status } = readings
    const figures = [numerator[index]!, value[index]!, respondents[index]!, denominator[index]!]
    if (FIGURES.some((figure) => Math.abs(readings[figure][index]!) === Infinity))
      faults.push(`an infinite figure in row ${row + 1}`)
    if (numerator[index]! < 0 || denominator[index]! < 0) faults.push(`a count below 0`)
    if (status[index] === READ_VALUE && figures.every(Number.isNaN))
      faults.push(`a value without a figure in row ${row + 1}`)
    if (
      status[index] === READ_MISSING &&
      !Number.isNaN(numerator[index]!) &&
      !Number.isNaN(value[index]!)
    )
      faults.push(`a figure in what is missing in row ${row + 1}`)
  }
}

/** Every figure stands in its row, by a reader of numbers of this check's own. */
function faultsOfFigures({ readings, grid }: TableReading, faults: string[]): void {
  for (let index = 0; index < readings.count; index++) {
    const row = readings.row[index]! - 1
    if (row < 0 || row >= grid.rowCount) continue
    for (const figure of FIGURES) {
      const number = readings[figure][index]!
      if (Number.isNaN(number) || grid.columns.some((_, column) => says(grid, row, column, number)))
        continue
      const texts = grid.columns.map((_, column) => cellText(grid, row, column))
      faults.push(`${figure} ${number} of row ${row + 1} is not in ${JSON.stringify(texts)}`)
    }
  }
}

const SPACE = /[\s\u00a0\u202f\u2009\u2007]/g

function says(grid: Grid, row: number, column: number, number: number): boolean {
  const { codes, texts, numbers } = grid.columns[column]!
  const typed = numbers?.[codes[row]!] ?? NaN
  if (!Number.isNaN(typed)) return Math.abs(typed - number) <= 1e-9 * Math.abs(typed)
  const text = texts[codes[row]!]!.trim()
  if (number === 0 && grid.convention === 'scb' && /^[-–—\u2212]$/.test(text)) return true
  return interpretations(text).some((one) => Math.abs(one - number) <= 1e-9 * Math.abs(one))
}

/** All numbers that a text may stand for: its last sign as a decimal sign, and as one between thousands. */
function interpretations(text: string): number[] {
  const plain = text
    .replace(/[\s\u00a0\u202f]*%$/, '')
    .replace(/\s?\*+$/, '')
    .replace(/^[\u2212–-]\s?(?=\d)/, '-')
  if (/^-?\d+([.,]\d+)?e[+-]?\d+$/i.test(plain)) return [Number(plain.replace(',', '.'))]
  if (!/^-?\d{1,3}([\s\u00a0\u202f\u2009\u2007.,]?\d{3})*([.,]\d+)?$|^-?\d+([.,]\d+)?$/.test(plain))
    return []
  const digits = plain.replace(SPACE, '')
  const whole = Number(digits.replace(/[.,]/g, ''))
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'))
  if (last < 0) return [whole]
  return [whole, Number(`${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`)]
}

const textAt = (grid: Grid, row: number, column: number): string =>
  cellText(grid, row, column).trim()

/** Findings that stand for rows which they do not name. */
const TOLD_ONCE: ReadonlySet<string> = new Set([
  ...['reading-more-findings', 'reading-no-period', 'reading-period-without-year'],
  // Of columns, in every row.
  'reading-headings-alike',
])

/** No row of data is left out in silence. */
function faultsOfSilence(
  { readings, grid, mapping, areas }: TableReading,
  findings: readonly Finding[],
  faults: string[],
): void {
  const read = new Set(readings.row.subarray(0, readings.count))
  const rows = new Set<number>()
  const texts = new Set<string>(areas.unmatched.map(({ value }) => value))
  for (const { row, text, parameters = {}, code } of findings) {
    if (TOLD_ONCE.has(code)) return
    if (row !== null) rows.add(row)
    if (typeof parameters['earlier'] === 'number') rows.add(parameters['earlier'])
    if (text !== null) texts.add(text)
  }
  for (let row = mapping.firstRow; row <= mapping.lastRow; row++) {
    if (read.has(row + 1) || rows.has(row + 1)) continue
    const cells = grid.columns.map((_, column) => textAt(grid, row, column))
    if (cells.every((text) => text === '') || cells.some((text) => texts.has(masked(text))))
      continue
    faults.push(`row ${row + 1} is left out in silence: ${JSON.stringify(cells)}`)
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Rows that the damage did not touch

/** Whether all that stands above the data is as it was. */
function hasSameStart(before: TableReading, after: TableReading): boolean {
  const { firstRow } = before.mapping
  if (after.grid.rowCount < firstRow) return false
  for (let row = 0; row < firstRow; row++)
    if (rowKey(before.grid, row) !== rowKey(after.grid, row)) return false
  return !hasOtherHeadings(before, after)
}

/** Headings that stand once more, damaged, right above the data: which of the two are right nobody can tell. */
function hasOtherHeadings(before: TableReading, after: TableReading): boolean {
  const headings = ({ grid, mapping }: TableReading): readonly string[] =>
    grid.columns.map((_, column) => textAt(grid, mapping.headerRows.at(-1)!, column))
  if (after.mapping.headerRows.at(-1)! < before.mapping.firstRow) return false
  const [was, now] = [headings(before), headings(after)]
  const alike = was.filter((text, column) => text !== '' && text === now[column]).length
  return alike < was.length && alike >= was.length / 2
}

/** The texts of a row; empty cells at its end are nothing. */
function rowKey(grid: Grid, row: number): string {
  const texts = grid.columns.map((_, column) => cellText(grid, row, column))
  while (texts.at(-1) === '') texts.pop()
  return JSON.stringify(texts)
}

/** Rows that stand once in the sheet, by their texts. */
function rowsByKey(grid: Grid, first: number): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  for (let row = first; row < grid.rowCount; row++) {
    const key = rowKey(grid, row)
    rows.set(key, rows.has(key) ? -1 : row)
  }
  return new Map([...rows].filter(([, row]) => row >= 0))
}

function indexesByRow({ readings }: TableReading): ReadonlyMap<number, readonly number[]> {
  const byRow = new Map<number, number[]>()
  for (let index = 0; index < readings.count; index++) {
    const row = readings.row[index]! - 1
    const own = byRow.get(row)
    if (own) own.push(index)
    else byRow.set(row, [index])
  }
  return byRow
}

/** @param asks what else tells the cells of a row apart */
const cellKey = (
  readings: Readings,
  index: number,
  asks: { readonly measure: boolean; readonly area: boolean },
): string =>
  JSON.stringify([
    readings.periods[readings.period[index]!],
    readings.sex[index],
    readings.ages[readings.age[index]!],
    asks.measure ? readings.measures[readings.measure[index]!] : null,
    ...(asks.area ? [readings.areas[readings.area[index]!]] : []),
  ])

function faultsOfUntouchedRows(
  before: TableReading,
  after: TableReading,
  { findings: said, hasNotes }: Said,
  areas: readonly Area[],
  faults: string[],
): void {
  const first = before.mapping.firstRow
  const [rowsBefore, rowsAfter] = [rowsByKey(before.grid, first), rowsByKey(after.grid, first)]
  const [readBefore, readAfter] = [indexesByRow(before), indexesByRow(after)]
  // Named in the sound file already: a repeat, whose other row may be gone.
  const doubted = new Set(
    before.findings.flatMap(({ row, parameters = {} }) => [row, parameters['earlier']]),
  )
  const nameOf = new Map(areas.map(({ id, name }) => [id, name]))
  const has = (is: (table: TableReading) => boolean): boolean => is(before) || is(after)
  const asks = {
    measure: has(({ readings }) => readings.measures.length > 1),
    // A column an area: a row has many.
    area: has(({ mapping }) => mapping.columns.some(({ area }) => area !== null)),
  }
  // The measure of a row has no name where it is the only one that is left.
  const isOnlyOneLeft = after.readings.measures.every((name) => name === null)
  for (const [key, rowAfter] of rowsAfter) {
    const rowBefore = rowsBefore.get(key)
    if (rowBefore === undefined) continue
    const isDash = /"[-–—\u2212]"/.test(key) && before.grid.convention !== after.grid.convention
    if (isDash) continue
    const was = new Map(
      (readBefore.get(rowBefore) ?? []).map((index) => [
        cellKey(before.readings, index, asks),
        index,
      ]),
    )
    const now = new Map(
      (readAfter.get(rowAfter) ?? []).map((index) => [cellKey(after.readings, index, asks), index]),
    )
    for (const [cell, index] of now) {
      const earlier = was.get(cell)
      const where = `row ${rowAfter + 1} ${key}, ${cell}`
      if (earlier === undefined) {
        const isRead =
          isOnlyOneLeft && [...was.values()].some((one) => isSameReading(before, one, after, index))
        if (!doubted.has(rowBefore + 1) && !isRead)
          faults.push(`untouched, but read as something new: ${where}`)
        continue
      }
      const [areaBefore, areaAfter] = [
        before.readings.areas[before.readings.area[earlier]!]!,
        after.readings.areas[after.readings.area[index]!]!,
      ]
      // A name of two levels is of the level of the other rows; a code that nobody knows is told, and so is a table
      // that is left without areas, whose figures are said to be the whole municipality's.
      const isTold =
        (!nameOf.has(areaAfter) && said.length > 0) ||
        said.some(({ code }) => code === 'reading-no-area')
      if (areaBefore !== areaAfter && nameOf.get(areaBefore) !== nameOf.get(areaAfter) && !isTold)
        faults.push(`untouched, but of ${areaAfter}, not ${areaBefore}: ${where}`)
      const figures = FIGURES.map((figure) => ({
        figure,
        x: before.readings[figure][earlier]!,
        y: after.readings[figure][index]!,
      }))
      for (const { figure, x, y } of figures) {
        if (Object.is(x, y)) continue
        // "1,234" is what the rest of the column makes it.
        if (isAmbiguous(key, x) || isAmbiguous(key, y)) continue
        if (Number.isNaN(y)) {
          if (said.length === 0)
            faults.push(`untouched, but ${figure} ${x} is lost in silence: ${where}`)
        } else if (!Number.isNaN(x) && !(said.length > 0 && isMoved(figure, y, figures)))
          // Where another column is said not to be read, a count is the value.
          faults.push(`untouched, but ${figure} ${x} is ${y}: ${where}`)
        else if (Number.isNaN(x) && !isMoved(figure, y, figures))
          faults.push(`untouched, but ${figure} is ${y}: ${where}`)
      }
      const [statusBefore, statusAfter] = [
        before.readings.status[earlier]!,
        after.readings.status[index]!,
      ]
      if (statusBefore !== READ_VALUE && statusAfter === READ_VALUE)
        faults.push(`untouched, but no longer hidden or missing: ${where}`)
    }
    for (const [cell, index] of was) {
      if (now.has(cell) || said.length > 0) continue
      const isRead =
        isOnlyOneLeft && [...now.values()].some((one) => isSameReading(before, index, after, one))
      // Of what is missing nothing is lost, when something is said of it.
      const isTold = before.readings.status[index] === READ_MISSING && hasNotes
      if (!isRead && !isTold)
        faults.push(`untouched, but lost in silence: row ${rowAfter + 1} ${key}, ${cell}`)
    }
  }
}

/** Whether two readings are of one period, sex and age, and have the same figures. */
function isSameReading(
  before: TableReading,
  one: number,
  after: TableReading,
  other: number,
): boolean {
  const keyOf = ({ readings }: TableReading, index: number): string =>
    cellKey(readings, index, { measure: false, area: true })
  return (
    keyOf(before, one) === keyOf(after, other) &&
    FIGURES.every((figure) =>
      Object.is(before.readings[figure][one], after.readings[figure][other]),
    )
  )
}

/** A lone figure that counts is numerator and value; which of them depends on the whole column. */
const isMoved = (
  figure: FigureName,
  number: number,
  figures: readonly { readonly figure: FigureName; readonly x: number }[],
): boolean =>
  (figure === 'numerator' || figure === 'value') &&
  figures.some(
    (other) => (other.figure === 'numerator' || other.figure === 'value') && other.x === number,
  )

function isAmbiguous(key: string, number: number): boolean {
  return (JSON.parse(key) as string[]).some(
    (text) =>
      /^[-\u2212–]?[1-9]\d{0,2}[.,]\d{3}$/.test(text.trim()) &&
      interpretations(text.trim()).includes(number),
  )
}
