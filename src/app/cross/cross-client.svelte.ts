import type { CrossAnswer } from '../../core/cross-together.ts'
import type { CrossValues } from '../../core/cross-values.ts'
import type { PermutationPlan } from '../../core/stats/conditional-permutation.ts'
import type { CrossProgress } from '../../core/stats/crossing.ts'
import { heardBy } from '../worker-port.ts'
import { startCrossWorker, type CrossPort } from './cross-port.ts'
import { CROSS_RANDOMISATION, type CrossReply, type CrossRequest } from './protocol.ts'

export type CrossStage = 'idle' | 'crossing' | 'crossed' | 'failed'

/** An answer, with the question that it is the answer to and the figures that it was made of. */
export interface Crossed {
  readonly question: string
  readonly values: CrossValues
  readonly answer: CrossAnswer
}

/** Crossings as the page sees them: one question at a time, and the answer to the last one asked. */
export class CrossClient {
  stage = $state.raw<CrossStage>('idle')
  /** Of the question that is being answered. */
  progress = $state.raw<CrossProgress | null>(null)
  /** The last answer. While another question is worked on it still is the one before: its question tells. */
  crossed = $state.raw<Crossed | null>(null)
  readonly #start: () => CrossPort
  #worker: CrossPort | null = null
  #turn = 0
  #asked: Omit<Crossed, 'answer'> | null = null

  constructor(start: () => CrossPort = startCrossWorker) {
    this.#start = start
  }

  /**
   * Asks in place of whatever was asked before.
   * @param question as crossKey names it
   */
  ask(question: string, values: CrossValues, plan: PermutationPlan = CROSS_RANDOMISATION): void {
    this.#worker ??= this.#listening()
    this.#asked = { question, values }
    this.stage = 'crossing'
    this.progress = null
    this.#say({ type: 'cross', turn: ++this.#turn, question, values, plan })
  }

  /** Gives up what is being asked; the last answer stays. */
  cancel(): void {
    if (this.stage !== 'crossing') return
    this.#turn++
    this.#asked = null
    this.progress = null
    this.stage = this.crossed ? 'crossed' : 'idle'
    this.#say({ type: 'cancel' })
  }

  /** Ends the worker, and forgets what it answered. */
  close(): void {
    this.#end()
    this.crossed = null
    this.stage = 'idle'
  }

  #say(request: CrossRequest): void {
    this.#worker?.postMessage(request)
  }

  #listening(): CrossPort {
    return heardBy(
      this.#start(),
      (reply) => this.#hear(reply),
      () => this.#fail(),
    )
  }

  #hear(reply: CrossReply): void {
    if (!this.#asked || reply.turn !== this.#turn) return
    if (reply.type === 'progress') this.progress = reply.progress
    else if (reply.type === 'failed') this.#fail()
    else {
      this.crossed = { ...this.#asked, answer: reply.answer }
      this.progress = null
      this.stage = 'crossed'
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
