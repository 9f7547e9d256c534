import { describe, expect, it } from 'vitest'
import { ExpertClient, type ExpertPort } from '../../src/app/expert/expert-client.svelte.ts'
import { answerExpert } from '../../src/app/expert/expert-work.ts'
import type { ExpertReply, ExpertRequest } from '../../src/app/expert/protocol.ts'
import { mulberry } from '../../src/core/random.ts'
import { spatialSteps, type SpatialQuestion } from '../../src/core/spatial-panel.ts'
import { GROUNDS } from '../support/cross-world.ts'

const { weights, areas } = GROUNDS.get('regso')!

function questionOf(seed: number): SpatialQuestion {
  const random = mulberry(seed)
  const values = Float64Array.from(areas, () => random())
  return { values, parts: null, pair: null, weights, plan: { permutations: 99, seed: 1 } }
}

interface Here extends ExpertPort {
  readonly asked: ExpertRequest[]
  readonly said: ExpertReply[]
  isEnded: boolean
}

/** Workers that answer when told to, with messages that are copied. */
function workersHere() {
  const all: Here[] = []
  const start = (): ExpertPort => {
    const port: Here = {
      ...{
        asked: [],
        said: [],
        isEnded: false,
        onmessage: null,
        onerror: null,
        onmessageerror: null,
      },
      postMessage: (request) => void port.asked.push(structuredClone(request)),
      terminate: () => (port.isEnded = true),
    }
    all.push(port)
    return port
  }
  const work = (port: Here) =>
    answerExpert(port.asked.at(-1)!, (reply) => {
      port.said.push(reply)
      port.onmessage?.(new MessageEvent('message', { data: structuredClone(reply) }))
    })
  return { all, start, work }
}

function direct(question: SpatialQuestion) {
  const steps = spatialSteps(question)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

describe('patterns looked for in the background', () => {
  it('are answered with their question, after telling how far they have come', () => {
    const { all, start, work } = workersHere()
    const client = new ExpertClient(start)
    const question = questionOf(1)
    client.ask(question)
    expect(client.stage).toBe('working')
    work(all[0]!)
    expect(client.stage).toBe('answered')
    expect(client.answered!.question).toBe(question)
    expect(client.answered!.answer).toEqual(direct(question))
    expect(all[0]!.said.map(({ type }) => type)).toEqual([
      ...['progress', 'progress', 'progress', 'progress', 'answered'],
    ])
  })

  it('make way for another question by ending the worker that is busy', () => {
    const { all, start, work } = workersHere()
    const client = new ExpertClient(start)
    client.ask(questionOf(1))
    const second = questionOf(2)
    client.ask(second)
    expect(all.map(({ isEnded }) => isEnded)).toEqual([true, false])
    work(all[0]!)
    expect(client.answered).toBeNull()
    work(all[1]!)
    expect(client.answered!.question).toBe(second)
    client.ask(questionOf(3))
    expect(all).toHaveLength(2)
  })

  it('keep the last answer when given up, and none when closed', () => {
    const { all, start, work } = workersHere()
    const client = new ExpertClient(start)
    client.ask(questionOf(1))
    client.cancel()
    expect([client.stage, all[0]!.isEnded]).toEqual(['idle', true])
    client.ask(questionOf(1))
    work(all[1]!)
    client.ask(questionOf(2))
    client.cancel()
    expect(client.stage).toBe('answered')
    client.close()
    expect([client.stage, client.answered]).toEqual(['idle', null])
  })

  it('fail in words, and can be asked again', () => {
    const { all, start, work } = workersHere()
    const client = new ExpertClient(start)
    client.ask({ ...questionOf(1), weights: null as never })
    work(all[0]!)
    expect(client.stage).toBe('failed')
    expect(all[0]!.said.at(-1)).toMatchObject({ type: 'failed', message: 'TypeError' })
    client.ask(questionOf(1))
    work(all[1]!)
    expect(client.stage).toBe('answered')
  })
})
