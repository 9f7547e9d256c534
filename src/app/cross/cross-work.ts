import { crossTogether } from '../../core/cross-together.ts'
import type { CrossReply, CrossRequest } from './protocol.ts'

/** Time between looking for another question; progress is told as often. */
const TURN_MS = 40

/** What the worker is given by its surroundings. */
export interface CrossSurroundings {
  readonly post: (reply: CrossReply) => void
  /** Lets what has been said meanwhile be heard. */
  readonly pause: () => Promise<void>
  /** Milliseconds. */
  readonly now: () => number
}

/** Answers the last question that was asked; those before it are dropped, and told no end of. */
export class CrossWork {
  readonly #surroundings: CrossSurroundings
  #current: CrossRequest | null = null

  constructor(surroundings: CrossSurroundings) {
    this.#surroundings = surroundings
  }

  async hear(request: CrossRequest): Promise<void> {
    this.#current = request
    if (request.type === 'cancel') return
    const { post, pause, now } = this.#surroundings
    const { turn, question } = request
    try {
      const steps = crossTogether(request.values, request.plan)
      let last = now()
      for (;;) {
        const step = steps.next()
        if (step.done) {
          post({ type: 'crossed', turn, question, answer: step.value })
          return
        }
        if (now() - last < TURN_MS) continue
        post({ type: 'progress', turn, question, progress: step.value })
        await pause()
        if (this.#current !== request) return
        last = now()
      }
    } catch (cause) {
      const message = cause instanceof Error ? cause.name : 'unknown'
      post({ type: 'failed', turn, question, message })
    }
  }
}
