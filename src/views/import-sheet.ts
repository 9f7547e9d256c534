import type { Finding } from '../core/finding.ts'
import { isStopping, type FindingGroup } from './import-findings.ts'

/** A sheet held by column, every distinct text once. */
export interface SheetLike {
  readonly rowCount: number
  readonly columns: readonly { readonly texts: readonly string[]; readonly codes: Uint32Array }[]
}

/** Where a table stands in its sheet: 0-based rows, ends included. */
export interface LayoutLike {
  readonly headerRows: readonly number[]
  readonly firstRow: number
  readonly lastRow: number
  readonly columns: readonly { readonly name: string; readonly role: string }[]
}

export type Tone = 'stop' | 'warn' | 'note'

export interface SheetCell {
  readonly text: string
  readonly tone: Tone | null
  /** Numbers of the findings that end here. */
  readonly marks: readonly number[]
}

export interface SheetRow {
  /** 1-based, as a spreadsheet counts. */
  readonly row: number
  /** title and note: lines above and below the table, told as one text. */
  readonly kind: 'title' | 'header' | 'data' | 'note'
  /** One cell a column; of a title or a note one cell in all. */
  readonly cells: readonly SheetCell[]
}

export interface SheetColumn {
  /** 0-based place in the sheet. */
  readonly index: number
  /** The heading, the innermost of several. */
  readonly heading: string
  /** As findings and answers name it. */
  readonly name: string
  readonly role: string
  readonly isFigure: boolean
  /** Its contents never leave the reader. */
  readonly isMasked: boolean
}

/** What keeps texts about people from leaving the reader. */
export interface Masking {
  /** Places of columns that are not shown, whatever their role. */
  readonly masked: ReadonlySet<number>
  /** The text, or what stands for it when it tells of a person wherever it strays. */
  readonly mask: (text: string) => string
}

/** Runs of rows that follow each other; between two of them rows are left out. */
export interface Sheet {
  readonly columns: readonly SheetColumn[]
  readonly runs: readonly (readonly SheetRow[])[]
  /** Columns further right that are not shown. */
  readonly moreColumns: number
}

/** Stands in the place of a text that nobody is to read. Says nothing of its length. */
export const MASK = 'Xxxxx Xxxxxxxx'

/** Drawn at once, at most: a page with more answers slowly. */
const MOST_CELLS = 1500
const MOST_COLUMNS = 80
const LONGEST_TEXT = 120
/** Rows around those that a finding is about. */
const AROUND = { stop: [4, 2], warn: [0, 1], note: [1, 0] } as const satisfies Record<
  Tone,
  readonly [number, number]
>
/** Of one group, shown in the table from the beginning. */
const ROWS_PER_GROUP = 4

const FIGURE_ROLES = ['numerator', 'denominator', 'value', 'respondents', 'margin', 'units']

const TONES: Readonly<Record<Finding['severity'], Tone>> = {
  error: 'stop',
  question: 'stop',
  warning: 'warn',
  note: 'note',
}

/** The columns of a table. */
export function sheetColumns(
  sheet: SheetLike,
  layout: LayoutLike,
  { masked, mask }: Masking,
): SheetColumn[] {
  return sheet.columns.slice(0, MOST_COLUMNS).map((_, index) => {
    const { name: told, role } = layout.columns[index] ?? { name: '', role: 'ignored' }
    const name = mask(told)
    return {
      ...{ index, name, role },
      heading: name.split(' | ').at(-1) ?? '',
      isFigure: FIGURE_ROLES.includes(role),
      isMasked: role === 'dropped' || masked.has(index),
    }
  })
}

/** The beginning and the end of a sheet, so that title rows, heading, figures and notes are seen. */
export function previewSheet(
  sheet: SheetLike,
  layout: LayoutLike,
  masking: Masking,
  groups: readonly FindingGroup[] = [],
): Sheet {
  const head = [...range(0, Math.min(layout.firstRow + 11, layout.lastRow))]
  const tail = [...range(Math.max(layout.lastRow - 1, 0), sheet.rowCount - 1)]
  return drawn(sheet, layout, masking, groups, [...head, ...tail])
}

/**
 * The rows that findings are about with those around them, as many as can be drawn.
 * @param asked 1-based row that was asked for; shown whatever else is
 */
export function findingSheet(
  sheet: SheetLike,
  layout: LayoutLike,
  masking: Masking,
  groups: readonly FindingGroup[],
  asked: number | null,
): Sheet {
  const wanted: number[] = []
  if (asked !== null) wanted.push(...range(asked - 3, asked + 1))
  for (const group of groups.toSorted((a, b) => Number(isStopping(b)) - Number(isStopping(a)))) {
    const [before, after] = AROUND[TONES[group.severity]]
    const rows = runsOf(group.rows.map((row) => row - 1))
    for (const run of rows.slice(0, ROWS_PER_GROUP))
      wanted.push(
        ...range(run[0]! - before, Math.min(run.at(-1)!, run[0]! + ROWS_PER_GROUP) + after),
      )
    if (group.rows.length === 0 && group.columns.length > 0)
      wanted.push(...range(layout.firstRow, layout.firstRow + 1))
  }
  if (wanted.length === 0) wanted.push(...range(layout.firstRow, layout.firstRow + 11))
  return drawn(sheet, layout, masking, groups, wanted)
}

function drawn(
  sheet: SheetLike,
  layout: LayoutLike,
  masking: Masking,
  groups: readonly FindingGroup[],
  wanted: readonly number[],
): Sheet {
  const columns = sheetColumns(sheet, layout, masking)
  const most = Math.max(20, Math.floor(MOST_CELLS / Math.max(columns.length, 1)))
  const rows: number[] = []
  const seen = new Set<number>()
  for (const row of wanted) {
    if (row < 0 || row >= sheet.rowCount || seen.has(row) || rows.length >= most) continue
    // The heading stands above the table, whatever rows are shown of it.
    if (layout.headerRows.includes(row) || isBlank(sheet, row)) continue
    seen.add(row)
    rows.push(row)
  }
  const runs = runsOf(rows, (row) => layout.headerRows.includes(row) || isBlank(sheet, row))
  const marks = marksOf(columns, layout, groups, runs)
  return {
    columns,
    runs: runs.map((run) =>
      run.map((row) => sheetRow(sheet, layout, columns, row, marks, masking)),
    ),
    moreColumns: sheet.columns.length - columns.length,
  }
}

interface Mark {
  tone: Tone | null
  readonly numbers: number[]
}

/** By row and column: which findings are about a cell, and which of them have their number there. */
function marksOf(
  columns: readonly SheetColumn[],
  layout: LayoutLike,
  groups: readonly FindingGroup[],
  runs: readonly (readonly number[])[],
): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>()
  const add = (row: number, column: number, tone: Tone | null, number: number | null): void => {
    const key = `${row} ${column}`
    const mark = marks.get(key) ?? { tone: null, numbers: [] }
    if (toneRank(tone) > toneRank(mark.tone)) mark.tone = tone
    if (number !== null) mark.numbers.push(number)
    marks.set(key, mark)
  }
  const firstData = runs.flat().find((row) => kindOf(layout, row) === 'data')
  for (const group of groups) {
    const found = group.columns.map((name) => columns.findIndex((column) => column.name === name))
    const places = found.filter((place) => place >= 0)
    if (group.rows.length === 0) {
      // About a column: its number stands on the first row that is shown of it.
      const [place] = places
      if (place !== undefined && firstData !== undefined) add(firstData, place, null, group.number)
      continue
    }
    const about = new Set(group.rows.map((row) => row - 1))
    for (const run of runs)
      run.forEach((row, index) => {
        if (!about.has(row)) return
        const isLast = !about.has(run[index + 1] ?? -1)
        const isWhole = kindOf(layout, row) !== 'data' || places.length === 0
        for (const [order, place] of (isWhole ? [0] : places).entries())
          add(row, place, TONES[group.severity], isLast && order === 0 ? group.number : null)
      })
  }
  return marks
}

const toneRank = (tone: Tone | null): number => [null, 'note', 'warn', 'stop'].indexOf(tone)

function sheetRow(
  sheet: SheetLike,
  layout: LayoutLike,
  columns: readonly SheetColumn[],
  row: number,
  marks: ReadonlyMap<string, Mark>,
  { mask }: Masking,
): SheetRow {
  const kind = kindOf(layout, row)
  const cell = (text: string, column: number): SheetCell => {
    const mark = marks.get(`${row} ${column}`)
    return { text: shortened(mask(text)), tone: mark?.tone ?? null, marks: mark?.numbers ?? [] }
  }
  if (kind === 'data')
    return {
      ...{ row: row + 1, kind },
      cells: columns.map(({ index, isMasked }, place) => {
        const text = textAt(sheet, row, index)
        return cell(isMasked && text !== '' ? MASK : text, place)
      }),
    }
  const filled = columns.filter(({ index }) => textAt(sheet, row, index) !== '')
  // A line of text stands alone on its row; several cells are a row of figures that the table does not reach.
  const texts = filled.map(({ index, isMasked }) =>
    isMasked && filled.length > 1 ? MASK : textAt(sheet, row, index),
  )
  return { row: row + 1, kind, cells: [cell(texts.join('  '), 0)] }
}

function kindOf({ headerRows, firstRow, lastRow }: LayoutLike, row: number): SheetRow['kind'] {
  if (headerRows.includes(row)) return 'header'
  return row < firstRow ? 'title' : row > lastRow ? 'note' : 'data'
}

function textAt(sheet: SheetLike, row: number, column: number): string {
  const { texts, codes } = sheet.columns[column]!
  return texts[codes[row]!]?.trim() ?? ''
}

const isBlank = (sheet: SheetLike, row: number): boolean =>
  sheet.columns.every((_, column) => textAt(sheet, row, column) === '')

const shortened = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text

function* range(first: number, last: number): Generator<number> {
  for (let at = first; at <= last; at++) yield at
}

/**
 * Parts rows where some are left out between two of them.
 * @param isUnseen rows that are never drawn, so that nothing is left out where only they lie between
 */
function runsOf(
  rows: readonly number[],
  isUnseen: (row: number) => boolean = () => false,
): number[][] {
  const runs: number[][] = []
  for (const row of rows.toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last !== undefined && row - last <= MOST_UNSEEN && follows(last, row, isUnseen))
      run.push(row)
    else runs.push([row])
  }
  return runs
}

/** More empty rows than these in a row are a gap like any other. */
const MOST_UNSEEN = 20

function follows(last: number, row: number, isUnseen: (row: number) => boolean): boolean {
  for (const between of range(last + 1, row - 1)) if (!isUnseen(between)) return false
  return true
}

/** What a column holds, for those who say what it means. */
export interface ColumnFacts extends SheetColumn {
  /** Different texts, blanks aside. */
  readonly distinct: number
  readonly blanks: number
  /** A few of the texts; none of a masked column. */
  readonly examples: readonly string[]
}

const MOST_EXAMPLES = 3

/** Where each text of a column stands: the rows of text c are starts[c] … starts[c + 1] − 1 of `rows`. */
interface TextRows {
  readonly starts: Uint32Array
  /** 0-based. */
  readonly rows: Uint32Array
}

/**
 * Answers about the data rows of a sheet, whatever its columns are said to mean. A column is walked through once, when
 * it is first asked about: a million rows are asked about again at every answer.
 */
export class SheetIndex {
  readonly #textRows = new Map<number, TextRows>()

  /** @param firstRow 0-based @param lastRow included */
  constructor(
    readonly sheet: SheetLike,
    readonly firstRow: number,
    readonly lastRow: number,
  ) {}

  #of(column: number): TextRows {
    const known = this.#textRows.get(column)
    if (known) return known
    const { texts, codes } = this.sheet.columns[column]!
    const starts = new Uint32Array(texts.length + 1)
    for (let row = this.firstRow; row <= this.lastRow; row++) starts[codes[row]! + 1]!++
    for (let code = 0; code < texts.length; code++) starts[code + 1]! += starts[code]!
    const next = starts.slice()
    const rows = new Uint32Array(Math.max(0, this.lastRow - this.firstRow + 1))
    for (let row = this.firstRow; row <= this.lastRow; row++) rows[next[codes[row]!]!++] = row
    const made = { starts, rows }
    this.#textRows.set(column, made)
    return made
  }

  /** Rows of a column whose text is the given one, 1-based: the first `most` of them, and how many there are. */
  rowsWith(
    column: number,
    text: string,
    most: number,
  ): { readonly rows: readonly number[]; readonly count: number } {
    const found = this.sheet.columns[column]
    if (!found) return { rows: [], count: 0 }
    const { starts, rows } = this.#of(column)
    const wanted = text.trim()
    const lists: number[] = []
    let count = 0
    found.texts.forEach((candidate, code) => {
      if (candidate.trim() !== wanted) return
      const [from, to] = [starts[code]!, starts[code + 1]!]
      count += to - from
      for (const row of rows.subarray(from, Math.min(to, from + most))) lists.push(row + 1)
    })
    return { rows: lists.sort((a, b) => a - b).slice(0, most), count }
  }

  /** What columns hold. */
  facts(columns: readonly SheetColumn[], { mask }: Masking): ColumnFacts[] {
    return columns.map((column) => {
      const { texts } = this.sheet.columns[column.index]!
      const { starts } = this.#of(column.index)
      const examples: string[] = []
      let [distinct, blanks] = [0, 0]
      texts.forEach((text, code) => {
        const count = starts[code + 1]! - starts[code]!
        if (count === 0) return
        if (text.trim() === '') blanks += count
        else {
          distinct++
          if (examples.length < MOST_EXAMPLES && !column.isMasked)
            examples.push(shortened(mask(text.trim())))
        }
      })
      return { ...column, distinct, blanks, examples }
    })
  }
}
