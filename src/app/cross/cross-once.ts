import { crossTogether, type CrossAnswer } from '../../core/cross-together.ts'
import type { CrossValues } from '../../core/cross-values.ts'
import { heardBy } from '../worker-port.ts'
import { startCrossWorker } from './cross-port.ts'
import { CROSS_RANDOMISATION } from './protocol.ts'

/** Crosses what a question is about, as the page that crosses does. @throws Error when it could not be computed */
export type Cross = (question: string, values: CrossValues) => Promise<CrossAnswer>

/** In the background, in a worker that ends with its answer. */
export const crossInWorker: Cross = (question, values) =>
  new Promise((resolve, reject) => {
    const fail = (): void => {
      worker.terminate()
      reject(new Error(`could not cross ${question}`))
    }
    const worker = heardBy(
      startCrossWorker(),
      (reply) => {
        if (reply.type === 'failed') fail()
        if (reply.type !== 'crossed') return
        worker.terminate()
        resolve(reply.answer)
      },
      fail,
    )
    worker.postMessage({ type: 'cross', turn: 1, question, values, plan: CROSS_RANDOMISATION })
  })

/** Here and now, where there are no workers. */
export const crossHere: Cross = (_, values) => {
  const steps = crossTogether(values, CROSS_RANDOMISATION)
  for (;;) {
    const step = steps.next()
    if (step.done) return Promise.resolve(step.value)
  }
}
