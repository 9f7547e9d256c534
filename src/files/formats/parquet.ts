import type { ColumnMetaData, RowGroup, SchemaTree } from 'hyparquet'
import type { Finding } from '../../core/finding.ts'
import { stopped, type FormatReading } from './dropped-file.ts'
import type { GridColumn } from './grid.ts'
import { dateText, numberText } from './typed-text.ts'

/** Beyond these the browser would stall: a few bytes can claim any number of rows. */
const MAXIMUM_ROWS = 20_000_000
/** Rows times columns, of four bytes each. */
const MAXIMUM_CELLS = 200_000_000

/**
 * Reads a Parquet file column by column into one grid, whose first row holds the names of the columns. A cell without
 * a value is an empty text; days and moments (UTC) are texts such as "2024-03-01". Lists, maps and other nested
 * columns, and bytes that are no text, are left out with a finding. Never throws.
 */
export async function readParquet(file: string, bytes: Uint8Array): Promise<FormatReading> {
  const [{ parquetMetadata, parquetSchema }, { compressors }, { readColumnChunk }] =
    await Promise.all([
      import('hyparquet'),
      import('hyparquet-compressors'),
      import('./parquet-pages.ts'),
    ])
  const findings: Finding[] = []
  try {
    const metadata = parquetMetadata(bytes)
    const schema = parquetSchema(metadata).children
    const rowCount = Number(metadata.num_rows)
    const inGroups = metadata.row_groups.reduce((sum, { num_rows: rows }) => sum + Number(rows), 0)
    if (!(rowCount >= 0) || inGroups !== rowCount) throw new RangeError('rows of the groups')
    if (rowCount > MAXIMUM_ROWS || rowCount * schema.length > MAXIMUM_CELLS)
      return stopped('parquet', file, 'format-parquet-too-long', { found: rowCount })
    const columns: GridColumn[] = []
    for (const column of schema) {
      const { element } = column
      if (!isReadable(column)) {
        findings.push({
          ...{ severity: 'warning', code: 'format-parquet-column', file, row: null },
          ...{ column: element.name, text: null },
        })
        continue
      }
      const builder = new ParquetColumn(element, rowCount + 1)
      let first = 1
      for (const group of metadata.row_groups) {
        const rows = Number(group.num_rows)
        const chunk = chunkOf(group, element.name)
        readColumnChunk(bytes, chunk, element, builder, first, rows, compressors)
        first += rows
      }
      columns.push(builder.build())
    }
    if (columns.length === 0) {
      const nothing = stopped('parquet', file, 'reading-no-table')
      return { ...nothing, findings: [...findings, ...nothing.findings] }
    }
    const grid = {
      ...{ file, sheet: null, rowCount: rowCount + 1, columns },
      ...{ widths: null, merges: [], convention: null },
    }
    return {
      ...{ format: 'parquet', encoding: null, delimiter: null, boundaries: [] },
      grids: [grid],
      findings,
    }
  } catch {
    return stopped('parquet', file, 'format-parquet-damaged')
  }
}

/** Holds one value a row that can be shown as text. */
function isReadable({ children, element }: SchemaTree): boolean {
  const { type, logical_type: logical, converted_type: converted } = element
  if (children.length > 0 || element.repetition_type === 'REPEATED' || !type) return false
  if (/^(BSON|INTERVAL)$/.test(converted ?? '')) return false
  if (/^(BSON|INTERVAL|GEOMETRY|GEOGRAPHY|VARIANT)$/.test(logical?.type ?? '')) return false
  return (
    type !== 'FIXED_LEN_BYTE_ARRAY' ||
    converted === 'DECIMAL' ||
    /^(DECIMAL|UUID|FLOAT16)$/.test(logical?.type ?? '')
  )
}

/** @throws when the group lacks the column */
function chunkOf(group: RowGroup, name: string): ColumnMetaData {
  const chunk = group.columns.find(({ meta_data: meta }) => meta?.path_in_schema[0] === name)
  if (!chunk?.meta_data) throw new RangeError('a group without the column')
  return chunk.meta_data
}

/** Makes a grid's column of a Parquet column, of which the name is the first row. */
class ParquetColumn {
  readonly codes: Uint32Array
  readonly #texts: string[]
  readonly #numbers: number[] = [NaN]
  /** By the value as the file has it, so that each is shown once. */
  readonly #byValue = new Map<unknown, number>()
  /** By how it is shown: different moments may be the same day. */
  readonly #byText = new Map<string, number>()
  readonly #show: (value: unknown) => { readonly text: string; readonly number: number }

  constructor(element: SchemaTree['element'], length: number) {
    this.codes = new Uint32Array(length)
    this.#texts = [element.name]
    this.#byText.set(element.name, 0)
    this.#show = showerOf(element)
  }

  codeOf(value: unknown): number {
    const key = value instanceof Date ? value.getTime() : value
    let code = this.#byValue.get(key)
    if (code === undefined) {
      code = this.#codeOfShown(this.#show(value))
      this.#byValue.set(key, code)
    }
    return code
  }

  #codeOfShown({ text, number }: { readonly text: string; readonly number: number }): number {
    const key = Number.isNaN(number) ? text : `\u0000${number}\u0000${text}`
    let code = this.#byText.get(key)
    if (code === undefined) {
      code = this.#texts.push(text) - 1
      this.#numbers.push(number)
      this.#byText.set(key, code)
    }
    return code
  }

  build(): GridColumn {
    const isTyped = this.#numbers.some((number) => !Number.isNaN(number))
    return {
      texts: this.#texts,
      codes: this.codes,
      numbers: isTyped ? Float64Array.from(this.#numbers) : null,
    }
  }
}

const PER_MILLISECOND = { MILLIS: 1, MICROS: 1e3, NANOS: 1e6 } as const

/** How values of a column are shown; numbers without the noise of the binary fractions they are held as. */
function showerOf({
  type,
  logical_type: logical,
  converted_type: converted,
}: SchemaTree['element']): (value: unknown) => { readonly text: string; readonly number: number } {
  const unit = logical?.type === 'TIME' ? logical.unit : TIMES[converted ?? '']
  const isDay = logical?.type === 'DATE' || converted === 'DATE'
  return (value) => {
    if (value === null || value === undefined || Number.isNaN(value)) return shown('')
    if (value instanceof Date)
      return shown(
        Number.isNaN(value.getTime()) ? '' : dateText(value, isDay ? 'date' : 'date-time'),
      )
    if (typeof value === 'boolean') return shown(value ? 'TRUE' : 'FALSE')
    if (typeof value === 'string') return shown(value)
    if (typeof value !== 'number' && typeof value !== 'bigint') return shown(String(value))
    if (unit) return shown(dateText(new Date(Number(value) / PER_MILLISECOND[unit]), 'time'))
    if (typeof value === 'bigint') return { text: String(value), number: Number(value) }
    if (!Number.isFinite(value)) return shown(String(value))
    const number = type === 'FLOAT' ? shortestSingle(value) : Number(value.toPrecision(15))
    return { text: numberText(number), number: type === 'DOUBLE' ? value : number }
  }
}

const TIMES: Readonly<Record<string, 'MILLIS' | 'MICROS'>> = {
  ...{ TIME_MILLIS: 'MILLIS', TIME_MICROS: 'MICROS' },
}

const shown = (text: string): { readonly text: string; readonly number: number } => ({
  ...{ text, number: NaN },
})

/** The shortest decimal that is the same number in single precision: 0.1 for 0.10000000149011612. */
function shortestSingle(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === value) return shorter
  }
  return value
}
