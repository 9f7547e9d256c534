import {
  DataType,
  Table,
  Utf8,
  Vector,
  makeData,
  makeVector,
  tableFromIPC,
  tableToIPC,
} from 'apache-arrow'
import { QueryError, type Column, type Columns, type Database, type Parameter } from './database.ts'

/**
 * What DuckDB-WASM's two builds have in common: the blocking one (Node) and the one in a worker (browser).
 * Results and inserts are Arrow IPC streams.
 */
export interface EngineBindings {
  getVersion(): string | Promise<string>
  createPrepared(connection: number, sql: string): number | Promise<number>
  runPrepared(
    connection: number,
    statement: number,
    parameters: Parameter[],
  ): Uint8Array | Promise<Uint8Array>
  closePrepared(connection: number, statement: number): void | Promise<void>
  insertArrowFromIPCStream(
    connection: number,
    stream: Uint8Array,
    options: { name: string; schema: string; create: boolean },
  ): void | Promise<void>
}

/** How the engine is opened in both places: whole numbers and decimals are read as doubles. */
export const ENGINE_CONFIGURATION = {
  query: { castBigIntToDouble: true, castDecimalToDouble: true },
}

/** No extensions, no files, no network; the last statement makes the others final. */
const LOCKDOWN = [
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET enable_external_access = false',
  'SET lock_configuration = true',
]

/**
 * The contract over an open connection, locked down before anyone can use it.
 * @param close releases the connection and the engine
 * @throws QueryError when the engine refuses to be locked down
 */
export async function lockedDatabase(
  engine: EngineBindings,
  connection: number,
  close: () => void | Promise<void>,
): Promise<Database> {
  const database: Database = {
    version: await engine.getVersion(),
    async insert(table, columns) {
      if (lengthOf(columns) === 0) return
      try {
        await engine.insertArrowFromIPCStream(connection, ipcStream(columns), {
          name: table,
          schema: 'main',
          create: false,
        })
      } catch (cause) {
        throw new QueryError(`INSERT INTO ${table}`, cause)
      }
    },
    async query<Result extends Columns>(sql: string, parameters: readonly Parameter[] = []) {
      try {
        // Preparing refuses more than one statement.
        const statement = await engine.createPrepared(connection, sql)
        try {
          const stream = await engine.runPrepared(connection, statement, [...parameters])
          return columnsOf(stream) as Result
        } finally {
          await engine.closePrepared(connection, statement)
        }
      } catch (cause) {
        throw new QueryError(sql, cause)
      }
    },
    async close() {
      await close()
    },
  }
  for (const statement of LOCKDOWN) await database.query(statement)
  return database
}

function lengthOf(columns: Columns): number {
  const [length, ...others] = new Set(Object.values(columns).map((column) => column.length))
  if (length === undefined || others.length > 0)
    throw new RangeError('columns must be of one length')
  return length
}

function ipcStream(columns: Columns): Uint8Array {
  const buffers = new Set<ArrayBufferLike>()
  // Arrow's writer merges columns that lie in one buffer and then writes a broken stream without a word.
  const unshared = <Values extends Exclude<Column, readonly (string | null)[]>>(values: Values) => {
    const column = buffers.has(values.buffer) ? values.slice() : values
    buffers.add(column.buffer)
    return column
  }
  const vectors = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      ArrayBuffer.isView(column) ? makeVector(unshared(column)) : textVector(column),
    ]),
  )
  return tableToIPC(new Table(vectors), 'stream')
}

const encoder = new TextEncoder()

/** Built by hand: Arrow's own builders compile code, which the content security policy forbids. */
function textVector(texts: readonly (string | null)[]): Vector<Utf8> {
  const encoded = texts.map((text) => encoder.encode(text ?? ''))
  const valueOffsets = new Int32Array(texts.length + 1)
  const nullBitmap = new Uint8Array(Math.ceil(texts.length / 8))
  let nullCount = 0
  texts.forEach((text, row) => {
    valueOffsets[row + 1] = valueOffsets[row]! + encoded[row]!.length
    if (text === null) nullCount++
    else nullBitmap[row >> 3]! |= 1 << (row & 7)
  })
  const data = new Uint8Array(valueOffsets.at(-1)!)
  encoded.forEach((bytes, row) => data.set(bytes, valueOffsets[row]))
  return new Vector([
    makeData({ type: new Utf8(), length: texts.length, nullCount, nullBitmap, valueOffsets, data }),
  ])
}

function columnsOf(stream: Uint8Array): Columns {
  const table = tableFromIPC(stream)
  return Object.fromEntries(
    table.schema.fields.map((field, index) => {
      const vector = table.getChildAt(index)!
      return [field.name, columnOf(field.type, vector)]
    }),
  )
}

interface ReadableVector extends Iterable<unknown> {
  readonly length: number
  readonly nullCount: number
  toArray(): ArrayLike<unknown>
}

function columnOf(type: DataType, vector: ReadableVector): Column {
  if (DataType.isUtf8(type) || DataType.isDictionary(type))
    return Array.from(vector, (text) => (text === null ? null : String(text)))
  if (DataType.isBool(type)) {
    if (vector.nullCount === 0) return Uint8Array.from(vector, Number)
  } else if (!DataType.isInt(type) && !DataType.isFloat(type))
    throw new TypeError(`a column of type ${String(type)} cannot be read`)
  if (vector.nullCount > 0)
    return Float64Array.from(vector, (value) => (value === null ? NaN : Number(value)))
  const values = vector.toArray()
  if (
    values instanceof Float64Array ||
    values instanceof Int32Array ||
    values instanceof Uint8Array ||
    values instanceof Uint16Array
  )
    return values
  return values instanceof Int16Array || values instanceof Int8Array
    ? Int32Array.from(values)
    : Float64Array.from(vector, Number)
}
