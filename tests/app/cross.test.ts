import { describe, expect, it } from 'vitest'
import { CrossClient } from '../../src/app/cross/cross-client.svelte.ts'
import type { CrossPort } from '../../src/app/cross/cross-port.ts'
import { CrossWork } from '../../src/app/cross/cross-work.ts'
import type { CrossReply, CrossRequest } from '../../src/app/cross/protocol.ts'
import { crossPlan } from '../../src/core/cross-plan.ts'
import { crossValues } from '../../src/core/cross-values.ts'
import { mulberry } from '../../src/core/random.ts'
import { crossMatrix } from '../../src/core/stats/crossing.ts'
import { byKey, GROUNDS, open, sourceOf, tableOf } from '../support/cross-world.ts'

const PLAN = { permutations: 99, seed: 1 }

function valuesOf(seed: number) {
  const random = mulberry(seed)
  const indicators = ['a', 'b', 'c', 'd'].map((id, place) =>
    open(id, { class: place < 2 ? 'unwanted-event' : 'root-cause' }),
  )
  const tables = indicators.map((one) =>
    tableOf(one, 'stadsdel', GROUNDS.get('stadsdel')!.areas, ['2025'], () => ({
      ...{ count: Math.floor(900 * random()), base: 1000 },
    })),
  )
  const plan = crossPlan(sourceOf(indicators, tables), {
    ...{ level: 'stadsdel', period: '2025', sex: 'T', smoothing: 'raw', lag: null },
  })
  return crossValues(plan, byKey(tables), GROUNDS)
}

/** A worker in this thread, with a clock that goes on by one look each step, and messages that are copied. */
function workerHere(): CrossPort & { readonly said: CrossReply[] } {
  const said: CrossReply[] = []
  let time = 0
  const work = new CrossWork({
    post: (reply) => {
      said.push(reply)
      port.onmessage?.(new MessageEvent('message', { data: copy(reply) }))
    },
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    now: () => (time += 50),
  })
  const copy = <Message>(message: Message): Message => structuredClone(message)
  const port: CrossPort & { said: CrossReply[] } = {
    ...{ said, onmessage: null, onerror: null, onmessageerror: null },
    postMessage: (request: CrossRequest) => void work.hear(copy(request)),
    terminate: () => void work.hear({ type: 'cancel' }),
  }
  return port
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 400))

describe('crossings in the background', () => {
  it('answer with the matrix of the question, and tell how far they have come', async () => {
    const values = valuesOf(1)
    const worker = workerHere()
    const client = new CrossClient(() => worker)
    client.ask('first', values, PLAN)
    expect(client.stage).toBe('crossing')
    await settled()
    expect(client.stage).toBe('crossed')
    expect(client.crossed).toMatchObject({ question: 'first', values })
    const expected = crossMatrix({ ...values.groups[0]!.question, plan: PLAN })
    expect(client.crossed!.answer.cells).toEqual(expected.cells)
    const shares = worker.said.flatMap((reply) =>
      reply.type === 'progress' ? [[reply.progress.done, reply.progress.all]] : [],
    )
    expect(shares).toEqual([1, 2, 3, 4].map((done) => [done, 4]))
  })

  it('drop a question when another takes its place', async () => {
    const worker = workerHere()
    const client = new CrossClient(() => worker)
    client.ask('first', valuesOf(1), PLAN)
    client.ask('second', valuesOf(2), PLAN)
    await settled()
    expect(client.crossed?.question).toBe('second')
    expect(worker.said.filter(({ type }) => type === 'crossed')).toHaveLength(1)
  })

  it('take no notice of an answer that comes too late', async () => {
    const worker = workerHere()
    const client = new CrossClient(() => worker)
    client.ask('first', valuesOf(1), PLAN)
    await settled()
    const late = worker.said.at(-1)!
    client.ask('second', valuesOf(2), PLAN)
    worker.onmessage!(new MessageEvent('message', { data: late }))
    expect(client.crossed?.question).toBe('first')
    expect(client.stage).toBe('crossing')
    await settled()
    expect(client.crossed?.question).toBe('second')
  })

  it('can be cancelled, and keep the answer before', async () => {
    const worker = workerHere()
    const client = new CrossClient(() => worker)
    client.ask('first', valuesOf(1), PLAN)
    await settled()
    client.ask('second', valuesOf(2), PLAN)
    client.cancel()
    expect(client.stage).toBe('crossed')
    await settled()
    expect(client.crossed?.question).toBe('first')
    expect(worker.said.filter(({ type }) => type === 'crossed')).toHaveLength(1)
  })

  it('say that they failed when the worker is gone, and start anew', async () => {
    const workers: CrossPort[] = []
    const client = new CrossClient(() => {
      const worker = workerHere()
      workers.push(worker)
      return worker
    })
    client.ask('first', valuesOf(1), PLAN)
    workers[0]!.onmessageerror!(new MessageEvent('messageerror'))
    expect(client.stage).toBe('failed')
    client.ask('second', valuesOf(2), PLAN)
    await settled()
    expect(workers).toHaveLength(2)
    expect(client.crossed?.question).toBe('second')
  })
})
