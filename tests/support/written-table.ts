import * as spreadsheets from '@e965/xlsx'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { TextEncodingName } from '../../src/files/formats/dropped-file.ts'
import { encodeText } from './encode-text.ts'

/** A cell before it is written in any dialect. */
export type MadeCell =
  | { readonly text: string }
  | { readonly number: number; readonly decimals: number; readonly isPercent: boolean }
  /** A month, which a workbook may hold as the first day of it. */
  | { readonly text: string; readonly firstDay: string }

export interface MadeSheet {
  readonly rows: readonly (readonly MadeCell[])[]
  /** Rows that are no part of the table: titles, notes, blanks; a text file may leave out what follows their text. */
  readonly loose: ReadonlySet<number>
  /** Cells of one row that are shown as one. */
  readonly merges: readonly {
    readonly row: number
    readonly firstColumn: number
    readonly lastColumn: number
  }[]
}

/** How figures are written as text. */
export interface NumberDialect {
  readonly decimal: ',' | '.'
  readonly thousands: '' | ' ' | '\u00a0' | '\u202f'
  readonly minus: '-' | '\u2212' | '–'
  /** What follows a percentage: nothing where its heading says it. */
  readonly percent: '' | ' %' | '%' | '\u00a0%'
}

export interface TextDialect extends NumberDialect {
  readonly delimiter: ';' | '\t' | ',' | '|'
  readonly encoding: TextEncodingName
  readonly lineEnd: '\n' | '\r\n' | '\r'
  /** Quotes around what needs them, or around every text. */
  readonly quotes: 'needed' | 'texts'
  /** Whether loose rows have as many fields as the others. */
  readonly isPadded: boolean
  readonly endsWithLineEnd: boolean
}

export function numberAsText(
  { number, decimals, isPercent }: Extract<MadeCell, { readonly number: number }>,
  { decimal, thousands, minus, percent }: NumberDialect,
): string {
  const [whole, fraction] = Math.abs(number).toFixed(decimals).split('.') as [string, string?]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands)
  const digits = fraction === undefined ? grouped : grouped + decimal + fraction
  return `${number < 0 ? minus : ''}${digits}${isPercent ? percent : ''}`
}

const asText = (cell: MadeCell, dialect: NumberDialect): string =>
  'number' in cell ? numberAsText(cell, dialect) : cell.text

/** A text table. */
export function writeText(sheet: MadeSheet, dialect: TextDialect): Uint8Array {
  const { delimiter, lineEnd, quotes, encoding, isPadded, endsWithLineEnd } = dialect
  const width = Math.max(...sheet.rows.map((row) => row.length))
  const lines = sheet.rows.map((row, index) => {
    const cells = sheet.loose.has(index) && isPadded ? [...row, ...blanks(width - row.length)] : row
    return cells
      .map((cell) => {
        const text = asText(cell, dialect)
        const isQuoted =
          text.includes(delimiter) ||
          text.includes('"') ||
          (quotes === 'texts' && !('number' in cell) && text !== '')
        return isQuoted ? `"${text.replaceAll('"', '""')}"` : text
      })
      .join(delimiter)
  })
  return encodeText(lines.join(lineEnd) + (endsWithLineEnd ? lineEnd : ''), encoding)
}

const blanks = (count: number): MadeCell[] => Array.from({ length: count }, () => ({ text: '' }))

/**
 * A workbook, with figures as numbers or as the text of a dialect. A percentage is a share with a format of per cent,
 * where the library that writes ods keeps formats.
 */
export function writeWorkbook(
  { rows, merges }: MadeSheet,
  bookType: 'xlsx' | 'ods',
  isTyped: boolean,
  dialect: NumberDialect,
): Uint8Array {
  const sheet = spreadsheets.utils.aoa_to_sheet(
    rows.map((row) => row.map((cell) => workbookCell(cell, bookType, isTyped, dialect))),
  )
  sheet['!merges'] = merges.map(({ row, firstColumn, lastColumn }) => ({
    s: { r: row, c: firstColumn },
    e: { r: row, c: lastColumn },
  }))
  const book = spreadsheets.utils.book_new()
  spreadsheets.utils.book_append_sheet(book, sheet, 'Tabell 1')
  return new Uint8Array(spreadsheets.write(book, { type: 'array', bookType }) as ArrayBuffer)
}

function workbookCell(
  cell: MadeCell,
  bookType: 'xlsx' | 'ods',
  isTyped: boolean,
  dialect: NumberDialect,
): spreadsheets.CellObject | null {
  if ('firstDay' in cell && isTyped)
    return {
      ...{ t: 'd', v: new Date(`${cell.firstDay}T00:00:00Z`) },
      ...(bookType === 'xlsx' ? { z: 'yyyy-mm-dd' } : {}),
    }
  if (!('number' in cell)) return cell.text === '' ? null : { t: 's', v: cell.text }
  if (!isTyped) return { t: 's', v: numberAsText(cell, dialect) }
  const { number, decimals, isPercent } = cell
  if (isPercent && bookType === 'xlsx' && dialect.percent !== '')
    return { t: 'n', v: Number(`${number}e-2`), z: decimals > 0 ? '0.0%' : '0%' }
  if (isPercent && dialect.percent !== '') return { t: 's', v: numberAsText(cell, dialect) }
  return { t: 'n', v: number, z: decimals > 0 ? '#,##0.0' : 'General' }
}

/** A Parquet file of a sheet whose first row is its only header; figures are numbers unless a mark stands among them. */
export function writeParquet({ rows }: MadeSheet, dialect: NumberDialect): Uint8Array {
  const [header, ...data] = rows
  const columnData = header!.map((heading, column) => {
    const cells = data.map((row) => row[column]!)
    const name = asText(heading, dialect)
    const isNumbers =
      cells.every((cell) => 'number' in cell || cell.text === '') &&
      cells.some((cell) => 'number' in cell) &&
      (dialect.percent === '' || !cells.some((cell) => 'number' in cell && cell.isPercent))
    if (isNumbers)
      return {
        ...{ name, type: 'DOUBLE' as const },
        data: cells.map((cell) => ('number' in cell ? cell.number : null)),
      }
    return {
      ...{ name, type: 'STRING' as const },
      data: cells.map((cell) => asText(cell, dialect) || null),
    }
  })
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

export interface JsonStatDimension {
  readonly id: string
  readonly role: 'time' | 'geo' | 'metric' | null
  readonly categories: readonly { readonly code: string; readonly label: string }[]
}

/** A dataset of JSON-stat 2.0, row-major, with a mark of source in the place of a figure that is not given. */
export function writeJsonStat(
  dimensions: readonly JsonStatDimension[],
  cells: readonly (number | string)[],
): Uint8Array {
  const ofRole = (role: JsonStatDimension['role']): string[] =>
    dimensions.filter((dimension) => dimension.role === role).map(({ id }) => id)
  const status = cells.flatMap((cell, index) =>
    typeof cell === 'string' && cell !== '' ? [[String(index), cell] as const] : [],
  )
  return new TextEncoder().encode(
    JSON.stringify({
      ...{ version: '2.0', class: 'dataset', label: 'Tabell' },
      id: dimensions.map(({ id }) => id),
      size: dimensions.map(({ categories }) => categories.length),
      role: { time: ofRole('time'), geo: ofRole('geo'), metric: ofRole('metric') },
      dimension: Object.fromEntries(
        dimensions.map(({ id, categories }) => [
          id,
          {
            label: id,
            category: {
              index: Object.fromEntries(categories.map(({ code }, place) => [code, place])),
              label: Object.fromEntries(categories.map(({ code, label }) => [code, label])),
            },
          },
        ]),
      ),
      value: cells.map((cell) => (typeof cell === 'number' ? cell : null)),
      ...(status.length > 0 ? { status: Object.fromEntries(status) } : {}),
    }),
  )
}
