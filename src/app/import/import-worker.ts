import sqliteUrl from 'sql.js/dist/sql-wasm.wasm?url'
import type { Finding } from '../../core/finding.ts'
import type { DroppedFile } from '../../files/formats/dropped-file.ts'
import type { FormatLoaders } from '../../files/formats/read-format.ts'
import type {
  BoundariesAnswer,
  ImportPhase,
  ImportReply,
  ImportRequest,
  ReleaseAnswer,
} from './protocol.ts'
import { readDropped } from './read-dropped.ts'
import { ImportReading } from './reading.ts'

/* Reads one import and is then ended: raw figures are in its memory and nowhere else. */

interface WorkerScope {
  onmessage: ((event: MessageEvent<ImportRequest>) => void) | null
  postMessage(message: ImportReply, transfer: readonly Transferable[]): void
}
const scope = self as unknown as WorkerScope

const LOADERS: FormatLoaders = {
  async sqlite() {
    const { default: initialise } = await import('sql.js')
    return initialise({ locateFile: () => sqliteUrl })
  },
}

/** Reports of progress are sent this often at most, so that the page is not kept busy by them. */
const REPORT_INTERVAL_MS = 50

let reading: ImportReading | null = null
let sizes: ReadonlyMap<string, number> = new Map()
let lastReport = 0
let lastPhase: ImportPhase | null = null
/** Requests are answered one after the other, each once. */
let queue = Promise.resolve()

scope.onmessage = ({ data }) => {
  queue = queue.then(() => answer(data)).catch(fail)
}

async function answer(request: ImportRequest): Promise<void> {
  if (request.type === 'open') {
    sizes = new Map(request.files.map(({ name, size }) => [name, size]))
    const files: DroppedFile[] = []
    const refused: Finding[] = []
    for (const file of request.files) {
      const read = await readDropped({ ...named(file), stream: () => file.stream() }, (share) =>
        report('fetch', file.name, share),
      )
      if (read.ok) files.push(read.file)
      else refused.push(read.finding)
    }
    reading = await ImportReading.open(files, request.surroundings, {
      ...{ loaders: LOADERS, refused },
      onProgress: ({ phase, file, share }) => report(phase, file, share),
    })
    return tellView()
  }
  if (!reading) throw new Error('nothing is open')
  switch (request.type) {
    case 'choose':
      await reading.choose(request.item)
      return tellView()
    case 'answer':
      reading.answer(request.answers)
      return tellView()
    case 'look':
      reading.look(request.row)
      return tellView()
    case 'list-findings':
      return scope.postMessage({ type: 'findings', csv: reading.findingsCsv() }, [])
    case 'set-level':
      await reading.setLevel(request.level)
      return tellView()
    case 'apply-boundaries': {
      const answer = await reading.applyBoundaries(request.answers, request.importedAt)
      return scope.postMessage({ type: 'boundaries', answer }, buffersOf(answer))
    }
    case 'release': {
      report('protect', '', null)
      const answer = await reading.release(request.choice)
      return scope.postMessage({ type: 'released', answer }, buffersOf(answer))
    }
  }
}

/** Files are handed over rather than copied. */
const buffersOf = (answer: ReleaseAnswer | BoundariesAnswer): ArrayBuffer[] =>
  answer.ok ? [...answer.files.values()].map(({ buffer }) => buffer) : []

const named = ({ name, size }: File): Pick<File, 'name' | 'size'> => ({ name, size })

function tellView(): void {
  if (reading) scope.postMessage({ type: 'view', view: reading.view() }, [])
}

function report(phase: ImportPhase, file: string, share: number | null): void {
  const now = performance.now()
  if (phase === lastPhase && now - lastReport < REPORT_INTERVAL_MS) return
  lastReport = now
  lastPhase = phase
  const bytes = sizes.get(file) ?? 0
  scope.postMessage({ type: 'progress', progress: { phase, file, share, bytes } }, [])
}

/** Only the kind of fault is told: its text may hold something of the file. */
function fail(cause: unknown): void {
  const message = cause instanceof Error ? cause.name : 'unknown'
  scope.postMessage({ type: 'failed', message }, [])
}
