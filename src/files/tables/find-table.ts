import { cellText, type Grid } from '../formats/grid.ts'
import { roleOfHeading } from './headings.ts'
import { looksLikeFigure } from './figures.ts'
import type { ColumnRole } from './mapping.ts'
import { readPeriod } from './period-text.ts'
import { looksLikeAge, readSex } from './sex-and-age.ts'

/** Where a table stands in its sheet. Rows are 0-based grid rows, ends included. */
export interface TablePlace {
  readonly headerRows: readonly number[]
  readonly firstRow: number
  readonly lastRow: number
  /** Rows above the header with text. */
  readonly titleRows: readonly number[]
  /** Rows of text below the last row of data. */
  readonly noteRows: readonly number[]
  /** Rows above the header that hold figures of areas or periods as the rows below it do. */
  readonly rowsAbove: readonly number[]
  /** Rows in the middle that are no data: the header again, a lone heading. */
  readonly passedRows: readonly PassedRow[]
}

export interface PassedRow {
  readonly row: number
  readonly why: 'header-again' | 'lone-text'
}

/** Rows looked at to find the header. */
const HEADER_SEARCH = 80
/** Rows below a possible header that show what its columns hold. */
const LOOK_BELOW = 25

type CellKind = 'empty' | 'figure' | 'period' | 'text'

/**
 * Finds header, data, title and notes; null when nothing in the sheet is a table.
 * @param isLabel whether a text that stands alone in its row is an area or the like, so that the row is data
 */
export function findTable(grid: Grid, isLabel: (text: string) => boolean): TablePlace | null {
  const kinds = grid.columns.map(({ texts, numbers }) =>
    texts.map((text, index): CellKind => kindOfCell(text, numbers?.[index] ?? NaN)),
  )
  const kindAt = (row: number, column: number): CellKind =>
    kinds[column]![grid.columns[column]!.codes[row]!]!
  const filledIn = (row: number): number => {
    let filled = 0
    for (let column = 0; column < kinds.length; column++)
      if (kindAt(row, column) !== 'empty') filled++
    return filled
  }
  const sameRows = new Map<number, Map<number, boolean>>()
  const limit = Math.min(grid.rowCount, HEADER_SEARCH)
  let [header, highest] = [-1, 0]
  for (let row = 0; row < limit; row++) {
    const score = headerScore(row)
    if (score > highest) [header, highest] = [row, score]
  }
  if (header < 0) return null
  header = firstLike(header)
  const isHeaderText = headerTexts()

  const areaColumns = range(0, kinds.length).filter((column) =>
    /^area(-name)?$/.test(roleOfHeading(cellText(grid, header, column).trim()) ?? ''),
  )
  const headerRows = [header]
  for (let row = header - 1; row >= 0 && isUpperHeader(row, header); row--) headerRows.unshift(row)
  let firstRow = header + 1
  while (firstRow < grid.rowCount && isLowerHeader(firstRow)) headerRows.push(firstRow++)
  while (firstRow < grid.rowCount && isUnitRow(firstRow)) headerRows.push(firstRow++)
  while (firstRow < grid.rowCount && filledIn(firstRow) === 0) firstRow++
  if (firstRow >= grid.rowCount || isNote(firstRow)) return null

  const lastRow = lastDataRow()
  const titleRows = range(0, headerRows[0]!).filter((row) => filledIn(row) > 0)
  const rowsAbove = titleRows.filter((row) => goesOn(row) || isLikeData(row))
  const noteRows = range(lastRow + 1, grid.rowCount).filter((row) => filledIn(row) > 0)
  return { headerRows, firstRow, lastRow, titleRows, rowsAbove, noteRows, passedRows: passedRows() }

  function headerScore(row: number): number {
    const filled = filledIn(row)
    if (filled === 0 || (filled === 1 && kinds.length > 1)) return 0
    let score = 0
    const seen = new Set<string>()
    for (let column = 0; column < kinds.length; column++) {
      const kind = kindAt(row, column)
      const below = kindsBelow(row, column)
      if (kind === 'empty') {
        if (below.filled > 0) score -= 0.5
        continue
      }
      const text = cellText(grid, row, column).trim()
      if (seen.has(text)) score -= 0.5
      seen.add(text)
      if (below.filled === 0) continue
      const isHeading = kind === 'text' && roleOfHeading(text) !== null
      const isSex = kind === 'text' && readSex(text) !== null && below.figures > below.filled / 2
      if (kind === 'figure') score -= 3
      else if (kind === 'period') score += below.figures > below.periods ? 2 : -2
      else score += below.figures + below.periods > below.filled / 2 ? 2 : 0.5
      // Headings are never the texts that stand below them.
      if ((isHeading || isSex) && !below.texts.has(text)) score += 3
      else if (below.texts.has(text)) score -= 1
    }
    return score
  }

  /** A header that stands several times, on every printed page or before every part, begins the table where it is first. */
  function firstLike(found: number): number {
    const texts = grid.columns.map((_, column) => cellText(grid, found, column).trim())
    const filled = texts.filter(Boolean).length
    for (let row = 0; row < found - 1; row++) {
      let alike = 0
      for (let column = 0; column < kinds.length; column++) {
        if (kindAt(row, column) === 'figure') alike = -kinds.length
        else if (texts[column] !== '' && cellText(grid, row, column).trim() === texts[column])
          alike++
      }
      const isBetween = (at: number): boolean => filledIn(at) > 1 && hasFigure(at)
      if (alike >= Math.max(2, filled / 2) && range(row + 1, found).some(isBetween)) return row
    }
    return found
  }

  function hasFigure(row: number): boolean {
    return kinds.some((_, column) => kindAt(row, column) === 'figure')
  }

  /** For every column, the texts that are its heading's. */
  function headerTexts(): readonly Uint8Array[] {
    return grid.columns.map(({ texts, codes }) => {
      const heading = texts[codes[header]!]!.trim()
      return Uint8Array.from(texts, (text) => (heading !== '' && text.trim() === heading ? 1 : 0))
    })
  }

  /** The headings again, but for a few that differ. */
  function isHeaderAgain(row: number): boolean {
    let [alike, headings] = [0, 0]
    for (let column = 0; column < kinds.length; column++) {
      if (kindAt(header, column) === 'empty') continue
      headings++
      if (isHeaderText[column]![grid.columns[column]!.codes[row]!] === 1) alike++
      // Two that differ from the first ones on are enough to see that it is another row.
      else if (headings - alike > 2) return false
    }
    return alike >= Math.min(headings, Math.max(2, headings / 2)) && !hasFigure(row)
  }

  /** A row with a text first, and then at least two figures or periods. */
  function isLikeData(row: number): boolean {
    const filled = range(0, kinds.length).filter((column) => kindAt(row, column) !== 'empty')
    const told = filled.filter((column) => kindAt(row, column) !== 'text')
    return kindAt(row, filled[0]!) === 'text' && told.length >= 2 && hasFigure(row)
  }

  function kindsBelow(row: number, column: number) {
    let [filled, figures, periods] = [0, 0, 0]
    const texts = new Set<string>()
    const end = Math.min(grid.rowCount, row + 1 + LOOK_BELOW)
    for (let at = row + 1; at < end; at++) {
      const kind = kindAt(at, column)
      if (kind === 'empty' || isSameRow(at, row)) continue
      filled++
      if (kind === 'figure') figures++
      else if (kind === 'period') periods++
      texts.add(cellText(grid, at, column).trim())
    }
    return { filled, figures, periods, texts }
  }

  /** A header that is repeated on every printed page: looked for once for each row that others are compared with. */
  function isSameRow(one: number, other: number): boolean {
    let known = sameRows.get(other)
    if (!known) sameRows.set(other, (known = new Map()))
    let isSame = known.get(one)
    if (isSame === undefined) {
      isSame = grid.columns.every(({ codes }) => codes[one] === codes[other])
      known.set(one, isSame)
    }
    return isSame
  }

  /** A row above the header that groups its columns: merged cells, or text over columns other than the first. */
  function isUpperHeader(row: number, below: number): boolean {
    const filled = filledIn(row)
    if (filled === 0) return false
    const isMerged = grid.merges.some(
      ({ firstRow, lastRow, firstColumn, lastColumn }) =>
        firstRow <= row &&
        lastRow >= row &&
        lastColumn > firstColumn &&
        lastColumn < kinds.length &&
        (firstColumn > 0 || filled > 1),
    )
    const beyondFirst = range(1, kinds.length).filter((column) => kindAt(row, column) !== 'empty')
    if (beyondFirst.length === 0) return false
    // A row of figures is data.
    if (beyondFirst.some((column) => isNumberAt(row, column))) return false
    // The same headings once more group nothing.
    const isAgain = beyondFirst.every(
      (column) => cellText(grid, row, column).trim() === cellText(grid, below, column).trim(),
    )
    if (isAgain && !isMerged) return false
    if (isMerged || tellsApart(row, below)) return true
    const first = beyondFirst[0]!
    if (filled === 1 && kindAt(row, first) === 'period') return !hasPeriods(below)
    const groups = range(first, kinds.length).some(
      (column) => kindAt(row, column) === 'empty' && kindAt(below, column) !== 'empty',
    )
    const repeats = new Set(beyondFirst.map((column) => cellText(grid, row, column))).size
    const lower = range(first, kinds.length).map((column) => cellText(grid, below, column).trim())
    const isRepeatedBelow = new Set(lower.filter(Boolean)).size < lower.filter(Boolean).length
    if (
      (groups || isRepeatedBelow) &&
      beyondFirst.every((column) => isTelling(row, column) && isOverFigures(below, column))
    )
      return true
    return (groups || repeats < beyondFirst.length) && (isRepeatedBelow || beyondFirst.length > 1)
  }

  /** A figure that is no year. */
  function isNumberAt(row: number, column: number): boolean {
    const isFigure = kindAt(row, column) === 'figure'
    return isFigure && readPeriod(cellText(grid, row, column).trim()).kind === 'none'
  }

  /** Whether headings that repeat have each another text above them, so that only the row above tells them apart. */
  function tellsApart(row: number, below: number): boolean {
    const above = new Map<string, string[]>()
    for (let column = 0; column < kinds.length; column++) {
      const text = cellText(grid, below, column).trim()
      if (text === '') continue
      const own = kindAt(row, column) === 'figure' ? '' : cellText(grid, row, column).trim()
      above.set(text, [...(above.get(text) ?? []), own])
    }
    const repeated = [...above.values()].filter((texts) => texts.length > 1)
    return (
      repeated.length > 0 &&
      repeated.every((texts) => !texts.includes('') && new Set(texts).size === texts.length)
    )
  }

  /** A row under the header that goes on with it: sexes, ages, periods or measures over figures, and headings of labels. */
  function isLowerHeader(row: number): boolean {
    let telling = 0
    if (isPrintedOn(row)) return false
    for (let column = 0; column < kinds.length; column++) {
      const kind = kindAt(row, column)
      if (kind === 'empty') continue
      if (kind === 'figure') return false
      if (isOverFigures(row, column)) {
        if (!isTelling(row, column)) return false
        telling++
      } else if (kind === 'period' || !isLabelHeading(cellText(grid, row, column).trim()))
        return false
    }
    return telling > 0
  }

  /** A row of nothing but a day is when it was printed. */
  function isPrintedOn(row: number): boolean {
    const [column, second] = range(0, kinds.length).filter((at) => kindAt(row, at) !== 'empty')
    if (column === undefined || second !== undefined) return false
    return /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/.test(cellText(grid, row, column).trim())
  }

  function isLabelHeading(text: string): boolean {
    return roleOfHeading(text) !== null || /(namn|kod)$/i.test(text)
  }

  /** A cell that says what the figures of its column are about. */
  function isTelling(row: number, column: number): boolean {
    const kind = kindAt(row, column)
    if (kind === 'period') return true
    const text = cellText(grid, row, column).trim()
    return (
      kind === 'text' &&
      (readSex(text) !== null || looksLikeAge(text) || roleOfHeading(text) !== null)
    )
  }

  /** Figures below, or nothing at all. */
  function isOverFigures(row: number, column: number): boolean {
    const { filled, figures } = kindsBelow(row, column)
    return filled === 0 || figures >= filled / 2
  }

  /** Whether a row heads a column of periods, so that a period above it is the day of printing or the like. */
  function hasPeriods(row: number): boolean {
    return range(0, kinds.length).some((column) => {
      const { periods, figures } = kindsBelow(row, column)
      const role = roleOfHeading(cellText(grid, row, column).trim())
      return periods > figures || (role !== null && TIMES.includes(role))
    })
  }

  /** A row under the header that only says what the figures are counted in. */
  function isUnitRow(row: number): boolean {
    let [units, others] = [0, 0]
    for (let column = 0; column < kinds.length; column++) {
      const kind = kindAt(row, column)
      const below = kindsBelow(row, column)
      if (kind === 'empty') others += below.filled > 0 ? 1 : 0
      else if (kind !== 'text' || below.figures <= below.filled / 2) return false
      else if (cellText(grid, row, column).trim().length > 20) return false
      else units++
    }
    return units > 0 && others > 0
  }

  function lastDataRow(): number {
    let last = grid.rowCount - 1
    while (last > firstRow && !isData(last)) last--
    // Notes may hold figures: "Källa: …" ends the table, unless rows go on below it.
    for (let row = Math.max(firstRow + 1, last - LOOK_BELOW * 4); row <= last; row++) {
      if (!isNote(row) || range(row + 1, last + 1).some(goesOn)) continue
      let end = row - 1
      while (end > firstRow && !isData(end)) end--
      return end
    }
    return last
  }

  /** A row below a note that can be nothing but data: an area or a period, with figures where figures stand. */
  function goesOn(row: number): boolean {
    if (!isData(row) || filledIn(row) < 2) return false
    const filled = range(0, kinds.length).filter((column) => kindAt(row, column) !== 'empty')
    // A running number or a kind of event may stand before the area, and a code of another municipality before its name.
    const first = filled.find((column) => kindAt(row, column) !== 'figure') ?? filled[0]!
    const isNamed =
      kindAt(row, first) === 'period' ||
      [first, filled[0]!, ...areaColumns].some((column) =>
        isLabel(cellText(grid, row, column).trim()),
      )
    return (
      isNamed &&
      range(first + 1, kinds.length).some(
        (column) => kindAt(row, column) === 'figure' && kindsBelow(header, column).figures > 0,
      )
    )
  }

  function isNote(row: number): boolean {
    for (let column = 0; column < kinds.length; column++) {
      const kind = kindAt(row, column)
      if (kind === 'empty') continue
      return kind === 'text' && NOTE.test(cellText(grid, row, column).trim())
    }
    return false
  }

  function isData(row: number): boolean {
    const filled = filledIn(row)
    if (filled === 0) return false
    if (kinds.length === 1) return true
    if (filled >= 2) return !isNote(row)
    // A line of text alone is data only when it names an area or the like.
    const column = range(0, kinds.length).find((at) => kindAt(row, at) !== 'empty')!
    if (kindAt(row, column) !== 'text') return true
    const text = cellText(grid, row, column).trim()
    return !NOTE.test(text) && isLabel(text)
  }

  function isLoneText(row: number): boolean {
    let alone = -1
    for (let column = 0; column < kinds.length; column++) {
      if (kindAt(row, column) === 'empty') continue
      if (alone >= 0) return isNote(row)
      alone = column
    }
    return kinds.length > 1 && ((alone >= 0 && !isData(row)) || isNote(row))
  }

  function passedRows(): PassedRow[] {
    const passed: PassedRow[] = []
    for (let row = firstRow; row <= lastRow; row++) {
      if (isHeaderAgain(row)) passed.push({ row, why: 'header-again' })
      else if (isLoneText(row)) passed.push({ row, why: 'lone-text' })
    }
    return passed
  }
}

const TIMES: readonly ColumnRole[] = ['period', 'year', 'month', 'date']

/** Words that begin a note. */
const NOTE =
  /^((k(ä|a)lla|anm(ä|a)rkning(ar)?|anm|not|noter|kommentar(er)?|uppdaterad|utskriv(en|et)|uttag|f(ö|o)rklaring(ar)?|teckenf(ö|o)rklaring(ar)?|statistiken|tabellen|uppgifterna|copyright)(?![\p{L}\d])|\*|senaste? uppdater|rapport skapad|©|\d\)\s)/iu

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)

function kindOfCell(text: string, number: number): CellKind {
  const trimmed = text.trim()
  if (trimmed === '') return 'empty'
  if (!Number.isNaN(number)) return isYear(trimmed) ? 'period' : 'figure'
  const period = readPeriod(trimmed).kind
  if (period === 'period' || period === 'impossible') return 'period'
  return looksLikeFigure(trimmed) ? 'figure' : 'text'
}

const isYear = (text: string): boolean => /^(19|20)\d{2}$/.test(text)
