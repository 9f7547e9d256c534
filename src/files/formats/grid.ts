/**
 * One sheet or table of a dropped file, as a spreadsheet shows it: cells of text in rows and columns, title rows and
 * notes included. Held by column, every distinct text once, so that a million rows are a few arrays and each text is
 * interpreted once.
 */
export interface Grid {
  /** The file as findings name it; a member of a zip is "export.zip/blad.csv". */
  readonly file: string
  /** Name of the sheet or table inside the file; null when there is only one. */
  readonly sheet: string | null
  /** Rows as a spreadsheet counts them: grid row 0 is row 1. */
  readonly rowCount: number
  readonly columns: readonly GridColumn[]
  /** Fields in each row where rows may be of different length (text files); null where they cannot. */
  readonly widths: Uint32Array | null
  /** Ranges that the file itself shows as one cell, 0-based and inclusive; the text stands in their first cell. */
  readonly merges: readonly GridMerge[]
  /** "scb" for SCB's own tables, where a lone "-" means nothing to report: 0. */
  readonly convention: 'scb' | null
}

export interface GridColumn {
  /** Distinct texts as shown, untrimmed; a typed date is "2024-03-01", a typed percentage "12,5 %". */
  readonly texts: readonly string[]
  /** Index into `texts` for every row. */
  readonly codes: Uint32Array
  /**
   * The number behind each distinct text where the file itself holds numbers (xlsx, ods, Parquet, JSON), in the unit
   * that is shown: 12.5 for "12,5 %". NaN where it holds text. Null for text files.
   */
  readonly numbers: Float64Array | null
}

export interface GridMerge {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

/** The text of one cell. */
export function cellText(grid: Grid, row: number, column: number): string {
  const { texts, codes } = grid.columns[column]!
  return texts[codes[row]!]!
}

/** Builds one column cell by cell. `add` takes the cell's number too where the file holds numbers. */
export class GridColumnBuilder {
  readonly #texts: string[] = []
  readonly #numbers: number[] = []
  readonly #known = new Map<string, number>()
  #codes = new Uint32Array(64)
  #length = 0
  #isTyped = false

  /** @param number the number behind the text, NaN for text */
  add(text: string, number?: number): void {
    const isTyped = number !== undefined && !Number.isNaN(number)
    // A typed 5 and a text "5" read differently, so that they are kept apart.
    const key = isTyped ? `\u0000${number}\u0000${text}` : text
    let code = this.#known.get(key)
    if (code === undefined) {
      code = this.#texts.length
      this.#known.set(key, code)
      this.#texts.push(text)
      this.#numbers.push(isTyped ? number : NaN)
      if (isTyped) this.#isTyped = true
    }
    this.#makeRoom(1)
    this.#codes[this.#length++] = code
  }

  /** The last cell `times` times more. */
  repeat(times: number): void {
    if (times <= 0) return
    this.#makeRoom(times)
    this.#codes.fill(this.#codes[this.#length - 1]!, this.#length, this.#length + times)
    this.#length += times
  }

  #makeRoom(cells: number): void {
    if (this.#length + cells <= this.#codes.length) return
    const longer = new Uint32Array(Math.max(this.#codes.length * 2, this.#length + cells))
    longer.set(this.#codes)
    this.#codes = longer
  }

  get length(): number {
    return this.#length
  }

  /** The column, filled up with empty cells to `rowCount` rows. */
  build(rowCount: number): GridColumn {
    if (this.#length < rowCount) this.add('')
    this.repeat(rowCount - this.#length)
    return {
      texts: this.#texts,
      codes: this.#codes.slice(0, rowCount),
      numbers: this.#isTyped ? Float64Array.from(this.#numbers) : null,
    }
  }
}

/** A typed cell: its text as shown, and the number behind it. */
export interface TypedCell {
  readonly text: string
  readonly number: number
}

/** Makes a grid of rows, for formats that give few of them. Numbers are shown with a decimal comma. */
export function gridOfRows(
  rows: readonly (readonly (string | TypedCell)[])[],
  source: Pick<Grid, 'file' | 'sheet'> & Partial<Pick<Grid, 'merges' | 'convention'>>,
): Grid {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  const builders = Array.from({ length: width }, () => new GridColumnBuilder())
  for (const row of rows)
    for (let column = 0; column < width; column++) {
      const cell = row[column] ?? ''
      if (typeof cell === 'string') builders[column]!.add(cell)
      else builders[column]!.add(cell.text, cell.number)
    }
  return {
    ...{ merges: [], convention: null },
    ...source,
    rowCount: rows.length,
    columns: builders.map((builder) => builder.build(rows.length)),
    widths: null,
  }
}
