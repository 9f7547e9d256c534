/** Columns by name: numbers and booleans as typed arrays, text as arrays. NULL is NaN or null. */
export type Column =
  Float64Array | Int32Array | Uint8Array | Uint16Array | readonly (string | null)[]
export type Columns = Readonly<Record<string, Column>>
export type Parameter = string | number | null

/**
 * The whole contract with the engine: the same SQL runs behind it in the browser (browser.ts) and in Node
 * (node.ts). Values are always bound, never concatenated. SQL counts and joins; statistics are TypeScript.
 */
export interface Database {
  readonly version: string
  /** Creates or replaces a table from columns of equal length. */
  insert(table: string, columns: Columns): Promise<void>
  /** Runs one statement and reads its result by column. @throws QueryError */
  query<Result extends Columns>(sql: string, parameters?: readonly Parameter[]): Promise<Result>
  close(): Promise<void>
}

export class QueryError extends Error {
  readonly code = 'query-failed'
  constructor(
    readonly sql: string,
    override readonly cause: unknown,
  ) {
    super(`Query failed: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
