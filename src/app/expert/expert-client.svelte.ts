import type { CrossProgress } from '../../core/stats/crossing.ts'
import type { SpatialAnswer, SpatialQuestion } from '../../core/spatial-panel.ts'
import { heardBy, type WorkerPort } from '../worker-port.ts'
import type { ExpertReply, ExpertRequest } from './protocol.ts'

export type ExpertStage = 'idle' | 'working' | 'answered' | 'failed'

export type ExpertPort = WorkerPort<ExpertRequest, ExpertReply>

const startWorker = (): ExpertPort =>
  new Worker(new URL('./expert-worker.ts', import.meta.url), { type: 'module' })

/** One question at a time: another takes its place at once, by ending the worker that is still busy with it. */
export class ExpertClient {
  stage = $state.raw<ExpertStage>('idle')
  /** Of the question that is being answered. */
  progress = $state.raw<CrossProgress | null>(null)
  /** With the question it is the answer to; that of the question before while another is worked on. */
  answered = $state.raw<{
    readonly question: SpatialQuestion
    readonly answer: SpatialAnswer
  } | null>(null)
  readonly #start: () => ExpertPort
  #worker: ExpertPort | null = null
  #turn = 0
  #asked: SpatialQuestion | null = null

  constructor(start: () => ExpertPort = startWorker) {
    this.#start = start
  }

  /** Asks in place of whatever was asked before. */
  ask(question: SpatialQuestion): void {
    if (this.#asked) this.#end()
    this.#worker ??= this.#listening()
    this.#asked = question
    this.stage = 'working'
    this.progress = null
    this.#worker.postMessage({ turn: ++this.#turn, question })
  }

  /** Gives up what is being asked; the last answer stays. */
  cancel(): void {
    if (this.stage !== 'working') return
    this.#end()
    this.stage = this.answered ? 'answered' : 'idle'
  }

  /** Ends the worker, and forgets what it answered. */
  close(): void {
    this.#end()
    this.answered = null
    this.stage = 'idle'
  }

  #listening(): ExpertPort {
    return heardBy(
      this.#start(),
      (reply) => this.#hear(reply),
      () => this.#fail(),
    )
  }

  #hear(reply: ExpertReply): void {
    if (!this.#asked || reply.turn !== this.#turn) return
    if (reply.type === 'progress') this.progress = reply.progress
    else if (reply.type === 'failed') this.#fail()
    else {
      this.answered = { question: this.#asked, answer: reply.answer }
      this.#asked = null
      this.progress = null
      this.stage = 'answered'
    }
  }

  #fail(): void {
    this.#end()
    this.stage = 'failed'
  }

  #end(): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#turn++
    this.#asked = null
    this.progress = null
  }
}
