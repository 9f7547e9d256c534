import { createRequire } from 'node:module'
import {
  createDuckDB,
  NODE_RUNTIME,
  VoidLogger,
  type DuckDBConnection,
} from '@duckdb/duckdb-wasm/blocking'
import type { Database } from './database.ts'
import { ENGINE_CONFIGURATION, lockedDatabase } from './engine.ts'

/**
 * Opens an in-memory database in this Node process: the very engine that runs in the browser, without its
 * worker, so each call blocks. About two seconds; tests share one database per file.
 */
export async function openDatabase(): Promise<Database> {
  const require = createRequire(import.meta.url)
  const bundle = (name: string) => ({
    mainModule: require.resolve(`@duckdb/duckdb-wasm/dist/duckdb-${name}.wasm`),
    mainWorker: '',
  })
  const engine = await createDuckDB(
    { mvp: bundle('mvp'), eh: bundle('eh') },
    new VoidLogger(),
    NODE_RUNTIME,
  )
  await engine.instantiate(() => undefined)
  engine.open(ENGINE_CONFIGURATION)
  const connection: DuckDBConnection = engine.connect()
  return connection.useUnsafe((bindings, id) =>
    lockedDatabase(bindings, id, () => connection.close()),
  )
}
