import { GridColumnBuilder, type Grid, type GridColumn, type GridMerge } from './grid.ts'

/** One sheet of a workbook: its cells, and what a reader should be told of it. */
export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  /** The sheet could not be read. */
  readonly isDamaged: boolean
  /** Null when it holds nothing. */
  readonly grid: Grid | null
  readonly remarks: SheetRemarks
}

export interface SheetRemarks {
  readonly hiddenRows: number
  readonly hiddenColumns: number
  /** Formulas that no program has calculated. */
  readonly unvaluedFormulas: number
  /** The first of them; row is 1-based. */
  readonly firstUnvalued: { readonly row: number; readonly column: string } | null
}

export const NO_REMARKS: SheetRemarks = {
  ...{ hiddenRows: 0, hiddenColumns: 0, unvaluedFormulas: 0, firstUnvalued: null },
}

/** As many as a spreadsheet can have. */
export const MAXIMUM_SHEET_ROWS = 1_048_576
export const MAXIMUM_SHEET_COLUMNS = 16_384

/** The workbook claims more cells than a spreadsheet can have. */
export class TooManyCells extends Error {}

/** Takes the cells of a sheet, row by row, and makes a grid no larger than the cells that hold something. */
export class SheetBuilder {
  readonly #columns = new Map<number, GridColumnBuilder>()
  #rowCount = 0
  #columnCount = 0

  /**
   * @param row 0-based; in each column never less than that of the cell before
   * @param number the number behind the text, NaN for text
   * @param rows in how many rows from this the column has the cell
   * @throws TooManyCells beyond what a sheet can have
   */
  add(row: number, column: number, text: string, number: number, rows = 1): void {
    if (text === '') return
    if (row + rows > MAXIMUM_SHEET_ROWS || column >= MAXIMUM_SHEET_COLUMNS) throw new TooManyCells()
    let builder = this.#columns.get(column)
    if (!builder) this.#columns.set(column, (builder = new GridColumnBuilder()))
    if (builder.length < row) {
      builder.add('')
      builder.repeat(row - builder.length)
    }
    builder.add(text, number)
    builder.repeat(rows - 1)
    this.#rowCount = Math.max(this.#rowCount, row + rows)
    this.#columnCount = Math.max(this.#columnCount, column + 1)
  }

  /** Null when no cell holds anything. */
  build(file: string, sheet: string, merges: readonly GridMerge[]): Grid | null {
    const [rowCount, columnCount] = [this.#rowCount, this.#columnCount]
    if (rowCount === 0) return null
    const empty: GridColumn = { texts: [''], codes: new Uint32Array(rowCount), numbers: null }
    return {
      ...{ file, sheet, rowCount, widths: null, convention: null },
      columns: Array.from(
        { length: columnCount },
        (_, column) => this.#columns.get(column)?.build(rowCount) ?? empty,
      ),
      merges: merges
        .filter(({ firstRow, firstColumn }) => firstRow < rowCount && firstColumn < columnCount)
        .map((merge) => ({
          ...merge,
          lastRow: Math.min(merge.lastRow, rowCount - 1),
          lastColumn: Math.min(merge.lastColumn, columnCount - 1),
        })),
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" },
}

/** Text of XML with its entities and character references put in. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,4}));/g,
    (whole, ten, sixteen, name) => {
      if (name !== undefined) return ENTITIES[String(name)] ?? whole
      const code = ten !== undefined ? Number(ten) : parseInt(String(sixteen), 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )
}

const patterns = new Map<string, RegExp>()

/** An attribute's text out of a tag's, with its entities as they are; null when it has none of that name. */
export function attributeOf(tag: string, name: string): string | null {
  if (!tag.includes(name)) return null
  let pattern = patterns.get(name)
  if (!pattern)
    patterns.set(name, (pattern = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)))
  const match = pattern.exec(tag)
  return match ? (match[1] ?? match[2] ?? '') : null
}
