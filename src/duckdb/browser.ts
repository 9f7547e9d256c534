import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm'
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'
import engineUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import type { Database } from './database.ts'
import { ENGINE_CONFIGURATION, lockedDatabase } from './engine.ts'

/** Import this module only dynamically: it brings the engine's client and Arrow with it. */

export interface DatabaseProgress {
  readonly bytesLoaded: number
  /** Null when the server does not tell, as with a compressed file. */
  readonly bytesTotal: number | null
}

export type DatabaseLoadErrorCode =
  /** The browser has no WebAssembly or forbids it. */
  | 'wasm-unavailable'
  /** The engine's file could not be read. */
  | 'fetch-failed'
  /** The file was read but the engine did not start. */
  | 'start-failed'

export class DatabaseLoadError extends Error {
  override readonly name = 'DatabaseLoadError'
  constructor(
    readonly code: DatabaseLoadErrorCode,
    override readonly cause: unknown,
  ) {
    super(`${code}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

const START_TIMEOUT_MILLISECONDS = 60_000

let opening: Promise<Database> | null = null

/**
 * Opens the tab's one in-memory database: every call gets the same promise, until it fails or the database is
 * closed; then the next call tries anew.
 * @param onProgress heard only by the call that starts the loading
 * @throws DatabaseLoadError
 */
export function openDatabase({
  onProgress,
}: { onProgress?: (progress: DatabaseProgress) => void } = {}): Promise<Database> {
  if (opening) return opening
  const attempt = load(onProgress, () => {
    if (opening === attempt) opening = null
  })
  opening = attempt
  attempt.catch(() => {
    if (opening === attempt) opening = null
  })
  return attempt
}

async function load(
  onProgress: ((progress: DatabaseProgress) => void) | undefined,
  onClose: () => void,
): Promise<Database> {
  requireWebAssembly()
  const engineAddress = new URL(engineUrl, document.baseURI).href
  await fetchEngine(engineAddress, onProgress)
  let worker: Worker
  try {
    worker = new Worker(new URL(workerUrl, document.baseURI))
  } catch (cause) {
    throw new DatabaseLoadError('start-failed', cause)
  }
  const engine = new AsyncDuckDB(new VoidLogger(), worker)
  try {
    return await answerOrFailure(worker, async () => {
      await engine.instantiate(engineAddress)
      await engine.open(ENGINE_CONFIGURATION)
      const connection = await engine.connectInternal()
      return lockedDatabase(engine, connection, async () => {
        onClose()
        await engine.terminate()
      })
    })
  } catch (cause) {
    worker.terminate()
    throw new DatabaseLoadError('start-failed', cause)
  }
}

function requireWebAssembly(): void {
  try {
    // The smallest module: refused where a policy forbids compiling.
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
  } catch (cause) {
    throw new DatabaseLoadError('wasm-unavailable', cause)
  }
}

/**
 * Reads the engine into the browser's cache, where the worker finds it. The worker's own fetch reports neither
 * a missing file nor a lost connection: it would wait for ever.
 */
async function fetchEngine(
  address: string,
  onProgress: ((progress: DatabaseProgress) => void) | undefined,
): Promise<void> {
  try {
    const response = await fetch(address)
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
    const length = Number(response.headers.get('content-length'))
    const bytesTotal = length > 0 && !response.headers.has('content-encoding') ? length : null
    let bytesLoaded = 0
    const reader = response.body.getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytesLoaded += part.value.byteLength
      onProgress?.({ bytesLoaded, bytesTotal })
    }
  } catch (cause) {
    throw new DatabaseLoadError('fetch-failed', cause)
  }
}

/** The worker's answer, or a failure when it breaks or stays silent: its client reports neither. */
function answerOrFailure<Answer>(worker: Worker, ask: () => Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (event: ErrorEvent) => reject(new Error(event.message || 'the worker failed'))
    const timer = setTimeout(
      () => reject(new Error(`no answer in ${START_TIMEOUT_MILLISECONDS / 1000} s`)),
      START_TIMEOUT_MILLISECONDS,
    )
    worker.addEventListener('error', fail)
    ask()
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer)
        worker.removeEventListener('error', fail)
      })
  })
}
