import { describe, expect, it } from 'vitest'
import { readMoved } from '../../src/app/moved-reading.ts'
import type { AreaRegister } from '../../src/core/area.ts'
import { disclose, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import { periodsBetween, type PeriodCode } from '../../src/core/period.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { DEFAULT_VIEW_STATE } from '../../src/core/view-state.ts'
import { MOST_TABLES_TRIED } from '../../src/views/plan/moved-candidates.ts'
import { questionKey } from '../../src/views/plan/moved-question.ts'
import { indicator as indicatorOf } from '../support/released-package.ts'
import { intervention, planOf } from '../support/small-plan.ts'

/* Twelve areas; the work starts in 2022 in two of them. An indicator's name says what its figures let be told. */

const IDS = Array.from({ length: 12 }, (_, number) => `2480R${String(number).padStart(3, '0')}`)
const HIDDEN = 3

const register: AreaRegister = {
  levels: [{ id: 'regso', singular: 'område', plural: 'områden', rank: 0 }],
  areas: IDS.map((id) => ({ id, level: 'regso', name: id, parent: null })),
  boundaryVersion: { id: '1', name: '', schematic: true, source: '', licence: '' },
}

const periodsOf = (id: string): readonly PeriodCode[] =>
  periodsBetween('year', '2018', id.startsWith('recent') ? '2023' : '2025')

/** Of "half" the first area is hidden, of "hidden" both that have the work. */
const isHidden = (id: string, area: number): boolean =>
  area < (id.startsWith('hidden') ? 2 : id.startsWith('half') ? 1 : 0)

/** @param ids indicators, linked by the plan in this order */
function worldOf(...ids: string[]) {
  const indicators = ids.map((id) =>
    indicatorOf(id, {
      ...{ measure: 'rate', per: 1000, class: 'unwanted-event' },
      plan: { levels: ['regso'], periodChain: ['year'], bySex: false },
    }),
  )
  const read: string[] = []
  const table = (id: string): Promise<DisclosedTable> => {
    read.push(id)
    const periods = periodsOf(id)
    const counts = periods.flatMap((period) =>
      IDS.map((_, area) =>
        isHidden(id, area) ? HIDDEN : 100 + 10 * area + (Number(period) % 3) * area,
      ),
    )
    return Promise.resolve(
      disclose(
        {
          ...{ indicator: id, level: 'regso', sexes: ['T'], periods, areas: IDS },
          status: new Uint8Array(counts.length),
          numerator: Float64Array.from(counts),
          denominator: new Float64Array(counts.length).fill(4000),
        },
        indicators.find((one) => one.id === id)!,
        'prov',
      ),
    )
  }
  const observations = ids.map((id) => ({
    ...{ indicator: id, level: 'regso', path: id, rows: 1, bytes: 1, sha256: '' },
    ...{ sexes: ['T' as const], periods: periodsOf(id) },
  }))
  const plan = planOf(
    intervention({
      period: { start: '2022', startTerm: null, end: null, endTerm: null, text: '2022', note: null }, // prettier-ignore
      places: { kind: 'areas', names: [], areas: IDS.slice(0, 2), unresolved: [], note: null },
      followUpMeasures: ids.map((id) => ({
        ...{ text: id, indicator: id, expected: 'down', reason: null, line: 1 },
      })),
    }),
  )
  const index = { register, indicators, observations } as unknown as PackageIndex
  return { source: { index, table }, plan, read }
}

const ask = async (world: ReturnType<typeof worldOf>, change = {}) => {
  const reading = (await readMoved(world.source, world.plan, { ...DEFAULT_VIEW_STATE, ...change }))!
  const { indicator, area } = reading.question
  return { indicator: indicator.id, area, isTold: reading.view?.estimate !== null }
}

describe('what is shown where nothing is chosen', () => {
  it('is the first that has a verdict; figures that do not reach far enough are not read', async () => {
    const world = worldOf('recent', 'told', 'told-too')
    expect(await ask(world)).toEqual({ indicator: 'told', area: IDS[0], isTold: true })
    expect(world.read).toEqual(['told'])
    const partly = worldOf('recent', 'half', 'told')
    expect(await ask(partly)).toEqual({ indicator: 'half', area: IDS[1], isTold: true })
    const hidden = worldOf('hidden', 'told')
    expect(await ask(hidden)).toEqual({ indicator: 'told', area: IDS[0], isTold: true })
    expect(hidden.read).toEqual(['hidden', 'hidden', 'told'])
  })

  it('is the first there is where none has, without reading every table', async () => {
    const recent = worldOf('recent', 'recent-too')
    expect(await ask(recent)).toEqual({ indicator: 'recent', area: IDS[0], isTold: false })
    expect(recent.read).toEqual(['recent'])
    const hidden = Array.from({ length: MOST_TABLES_TRIED + 2 }, (_, number) => `hidden-${number}`)
    const world = worldOf('recent', ...hidden, 'told')
    expect(await ask(world)).toEqual({ indicator: 'recent', area: IDS[0], isTold: false })
    expect(new Set(world.read)).toEqual(new Set(['recent', ...hidden.slice(0, MOST_TABLES_TRIED)]))
  })

  it('keeps what is chosen, verdict or not', async () => {
    const chosen = worldOf('recent', 'half', 'told')
    expect(await ask(chosen, { movedIndicator: 'recent' })).toMatchObject({ indicator: 'recent' })
    expect(await ask(chosen, { movedArea: IDS[0] })).toMatchObject({
      ...{ indicator: 'told', area: IDS[0], isTold: true },
    })
    const whole = { effort: 'lamps', movedIndicator: 'half', movedArea: IDS[0] }
    expect(await ask(chosen, { ...whole, movedKind: 'year' })).toEqual({
      ...{ indicator: 'half', area: IDS[0], isTold: false },
    })
  })

  it('is told apart by its key, and is the same every time', async () => {
    const keys = await Promise.all(
      [1, 2].map(async () => {
        const world = worldOf('recent', 'half', 'told')
        return questionKey(
          (await readMoved(world.source, world.plan, DEFAULT_VIEW_STATE))!.question,
        )
      }),
    )
    expect(keys[0]).toBe(`lamps ${IDS[1]} half year T`)
    expect(keys[1]).toBe(keys[0])
  })
})
