import type { Finding } from '../../core/finding.ts'
import { decodeText, textBytes, type TextBytes } from './decode-text.ts'
import { DelimitedFields } from './delimited-fields.ts'
import { encodeDelimited, type DelimitedBytes } from './delimiter-byte.ts'
import type { FormatReading } from './dropped-file.ts'
import { findDelimiter } from './find-delimiter.ts'
import type { GridColumn } from './grid.ts'
import { TextColumnBuilder } from './text-column.ts'
import { MAXIMUM_SHEET_COLUMNS } from './workbook-sheet.ts'

/** Bytes looked at to find the delimiter. */
const SAMPLE_BYTES = 200_000
/** Rows times columns, of four bytes each: one long row among many short ones could claim any number of them. */
const MAXIMUM_CELLS = 100_000_000
/** Far more than a cell of a spreadsheet holds: where a text is longer, a quote stands wrong. */
const MAXIMUM_CELL_BYTES = 100_000
/** A first line that tells Excel the delimiter. */
const SEPARATOR_LINE = /^sep=(.)[\r\n]/i
const ROWS_PER_REPORT = 50_000

/** Says how far the reading has come, 0 … 1. */
export type OnShare = (share: number) => void

/**
 * Reads a text table with any delimiter (`findDelimiter`) in any of the encodings of `decodeText`, its quotes and line
 * breaks as `DelimitedFields` has them. Refused when a row has more fields than a spreadsheet has columns. Never throws.
 */
export function readDelimited(file: string, bytes: Uint8Array, onShare?: OnShare): FormatReading {
  const source = textBytes(bytes)
  const { encoding, damaged } = source
  const sample = decodeText(source.bytes.subarray(0, SAMPLE_BYTES)).text
  const delimiter = SEPARATOR_LINE.exec(sample)?.[1] ?? findDelimiter(sample)
  const findings: Finding[] = []
  const report = (
    severity: Finding['severity'],
    code: string,
    parameters: Readonly<Record<string, string | number>>,
    row: number | null = null,
  ): void => {
    findings.push({ severity, code, file, row, column: null, text: null, parameters })
  }
  if (damaged > 0) report('warning', 'reading-damaged-letters', { count: damaged })
  const reading = { format: 'csv', encoding, delimiter, boundaries: [], findings } as const
  const parted = partText(encoded(source, bytes, delimiter), onShare)
  if (!parted.ok) {
    const { row, found, maximum } = parted
    report('error', 'format-row-too-wide', { found, maximum }, row)
    return { ...reading, grids: [] }
  }
  const { rowCount, columns, widths, strayQuotes: count, firstStrayRow } = parted
  if (count > 0) report('warning', 'reading-open-quote', { count }, firstStrayRow)
  const { cutCells, firstCutRow } = parted
  if (cutCells > 0) report('warning', 'format-cells-cut', { count: cutCells }, firstCutRow)
  if (columns.every(({ texts }) => texts.every(isBlank))) report('error', 'reading-empty', {})
  const grid = { file, sheet: null, rowCount, columns, widths, merges: [], convention: null }
  return { ...reading, grids: [grid] }
}

const isBlank = (text: string): boolean => text.trim() === ''

function encoded(
  { bytes, textsOf }: TextBytes,
  file: Uint8Array,
  delimiter: string | null,
): DelimitedBytes {
  const byte = delimiter === null ? null : delimiter.charCodeAt(0)
  if (delimiter === null || byte! < 0x80) return { bytes, textsOf, byte }
  return encodeDelimited(decodeText(file).text, delimiter)
}

type PartedText =
  | {
      readonly ok: true
      readonly rowCount: number
      readonly columns: readonly GridColumn[]
      readonly widths: Uint32Array
      /** Fields that begin with a quote without a pair; row is 1-based. */
      readonly strayQuotes: number
      readonly firstStrayRow: number | null
      /** Fields of which only the beginning is kept. */
      readonly cutCells: number
      readonly firstCutRow: number | null
    }
  /** A row, 1-based, has more fields than there can be room for. */
  | { readonly ok: false; readonly row: number; readonly found: number; readonly maximum: number }

function partText(
  { bytes, textsOf, byte }: DelimitedBytes,
  onShare: OnShare | undefined,
): PartedText {
  const builders: TextColumnBuilder[] = []
  const widths: number[] = []
  const fields = new DelimitedFields(bytes, byte)
  let [width, widest, widestRow] = [0, 0, 0]
  let [strayQuotes, firstStrayRow] = [0, null as number | null]
  let [cutCells, firstCutRow] = [0, null as number | null]
  let rowCount = 0
  let row = 0
  let maximum = MAXIMUM_SHEET_COLUMNS
  while (fields.next()) {
    if (width < maximum) {
      const builder = (builders[width] ??= new TextColumnBuilder())
      const { start, end } = fields
      if (end - start <= MAXIMUM_CELL_BYTES) builder.set(row, fields.bytes, start, end)
      else {
        builder.set(row, fields.bytes, start, letterEnd(fields.bytes, start + MAXIMUM_CELL_BYTES))
        cutCells++
        firstCutRow ??= row + 1
      }
    }
    width++
    if (fields.isStray) {
      strayQuotes++
      firstStrayRow ??= row + 1
    }
    if (!fields.endsRow) continue
    if (width > widest) [widest, widestRow] = [width, row]
    if (widest > maximum) return { ok: false, row: widestRow + 1, found: widest, maximum }
    widths.push(width)
    // Line breaks after the last row begin no rows.
    if (width > 1 || fields.end > fields.start) rowCount = row + 1
    width = 0
    row++
    maximum = Math.min(MAXIMUM_SHEET_COLUMNS, Math.floor(MAXIMUM_CELLS / (row + 1)))
    if (row % ROWS_PER_REPORT === 0) onShare?.(fields.end / bytes.length)
  }
  return {
    ...{ ok: true, rowCount, strayQuotes, firstStrayRow, cutCells, firstCutRow },
    columns: builders.map((builder) =>
      builder.build(rowCount, (starts, ends) => textsOf(fields.bytes, starts, ends)),
    ),
    widths: new Uint32Array(widths).slice(0, rowCount),
  }
}

/** The place itself, or where the letter of UTF-8 begins that it stands in. */
function letterEnd(bytes: Uint8Array, place: number): number {
  let end = place
  while (end > place - 3 && (bytes[end]! & 0xc0) === 0x80) end--
  return end
}
