import type { LevelId } from '../../core/area.ts'
import type { TieAnswers } from '../../files/boundaries/apply-boundary-version.ts'
import type { Answers } from '../../files/tables/mapping.ts'
import { heardBy, type WorkerPort } from '../worker-port.ts'
import type {
  BoundariesAnswer,
  ImportProgress,
  ImportReply,
  ImportRequest,
  ImportSurroundings,
  ImportView,
  ReleaseAnswer,
  ReleaseChoice,
} from './protocol.ts'

/**
 * empty: nothing is dropped · reading: the files are read for the first time · ready: what they are is known ·
 * failed: the worker is gone without an answer
 */
export type ImportStage = 'empty' | 'reading' | 'ready' | 'failed'

type Answer = Extract<ImportReply, { type: 'view' | 'findings' | 'released' | 'boundaries' }>

/** One import as the page sees it. Its worker is started with it and ended with it, and the raw figures with that. */
export class ImportClient {
  stage = $state.raw<ImportStage>('empty')
  /** As they were dropped. The page holds their names, the browser their contents. */
  files = $state.raw<readonly File[]>([])
  view = $state.raw<ImportView | null>(null)
  progress = $state.raw<ImportProgress | null>(null)
  /** An answer is being worked in. */
  isBusy = $state.raw(false)
  #worker: WorkerPort<ImportRequest, ImportReply> | null = null
  /** Requests are answered in order. */
  #waiting: { resolve: (answer: Answer | null) => void }[] = []

  /** Reads files, in place of whatever was read before. */
  async open(files: readonly File[], surroundings: ImportSurroundings): Promise<void> {
    this.close()
    this.files = files
    this.stage = 'reading'
    this.#worker = this.#start()
    await this.#ask({ type: 'open', files, surroundings })
  }

  choose(item: number): Promise<void> {
    return this.#askView({ type: 'choose', item })
  }

  answer(answers: Answers): Promise<void> {
    return this.#askView({ type: 'answer', answers })
  }

  /** @param row 1-based */
  look(row: number): Promise<void> {
    return this.#askView({ type: 'look', row })
  }

  /** The findings as a file; null when the import has been given up. */
  async findingsCsv(): Promise<string | null> {
    const answer = await this.#ask({ type: 'list-findings' })
    return answer?.type === 'findings' ? answer.csv : null
  }

  /** Takes the chosen table through the gate; null when the import has been given up. */
  async release(choice: ReleaseChoice): Promise<ReleaseAnswer | null> {
    const answer = await this.#ask({ type: 'release', choice })
    return answer?.type === 'released' ? answer.answer : null
  }

  setLevel(level: LevelId): Promise<void> {
    return this.#askView({ type: 'set-level', level })
  }

  /** Draws the chosen boundaries as a new version; null when the import has been given up. */
  async applyBoundaries(answers: TieAnswers, importedAt: string): Promise<BoundariesAnswer | null> {
    const answer = await this.#ask({ type: 'apply-boundaries', answers, importedAt })
    return answer?.type === 'boundaries' ? answer.answer : null
  }

  /** Ends the worker, and forgets all that came from it. */
  close(): void {
    this.#end()
    this.files = []
    this.view = null
    this.stage = 'empty'
  }

  /** Ends the worker when what it was for is done; what the page was told of the table goes with it. */
  finish(): void {
    this.#end()
    this.view = null
  }

  #end(): void {
    this.#worker?.terminate()
    this.#worker = null
    this.progress = null
    this.isBusy = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const { resolve } of waiting) resolve(null)
  }

  #start(): WorkerPort<ImportRequest, ImportReply> {
    return heardBy(
      new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' }),
      (reply: ImportReply) => this.#hear(reply),
      () => this.#fail(),
    )
  }

  #fail(): void {
    this.#end()
    this.view = null
    this.stage = 'failed'
  }

  #hear(reply: ImportReply): void {
    if (reply.type === 'progress') {
      this.progress = reply.progress
      return
    }
    if (reply.type === 'failed') {
      this.#fail()
      return
    }
    if (reply.type === 'view') {
      this.view = reply.view
      this.stage = 'ready'
    }
    this.progress = null
    this.#waiting.shift()?.resolve(reply)
    this.isBusy = this.#waiting.length > 0
  }

  async #askView(request: ImportRequest): Promise<void> {
    await this.#ask(request)
  }

  #ask(request: ImportRequest): Promise<Answer | null> {
    const worker = this.#worker
    if (!worker) return Promise.resolve(null)
    this.isBusy = true
    return new Promise((resolve) => {
      this.#waiting.push({ resolve })
      worker.postMessage(request)
    })
  }
}
