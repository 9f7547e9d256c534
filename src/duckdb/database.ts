/** Columns by name: numbers and booleans as typed arrays, text as arrays. NULL is NaN or null. */
export type Column =
  Float64Array | Int32Array | Uint8Array | Uint16Array | readonly (string | null)[]
export type Columns = Readonly<Record<string, Column>>
/** Numbers are bound as DOUBLE: cast them in the statement (`?::USMALLINT`) where a column is an integer. */
export type Parameter = string | number | null

/**
 * The whole contract with the engine: the same SQL runs behind it in the browser (browser.ts) and in Node
 * (node.ts). Values are always bound, never concatenated. SQL counts and joins; statistics are TypeScript.
 */
export interface Database {
  readonly version: string
  /** Appends rows to an existing table: columns of equal length, in the table's own order. @throws QueryError */
  insert(table: string, columns: Columns): Promise<void>
  /** Runs one statement and reads its result by column. @throws QueryError */
  query<Result extends Columns>(sql: string, parameters?: readonly Parameter[]): Promise<Result>
  close(): Promise<void>
}

export class QueryError extends Error {
  override readonly name = 'QueryError'
  readonly code = 'query-failed'
  constructor(
    readonly sql: string,
    override readonly cause: unknown,
  ) {
    super(`Query failed: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
