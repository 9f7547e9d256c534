import { describe, expect, it } from 'vitest'
import type { AreaRegister } from '../../src/core/area.ts'
import { disclose } from '../../src/core/disclosure/gate.ts'
import { periodsBetween, type PeriodCode } from '../../src/core/period.ts'
import type { ActivityPlan, Effort, FollowUpMeasure, Intervention } from '../../src/core/plan.ts'
import { beforeAfterText } from '../../src/text/before-after.ts'
import { beforeAfterView, type BeforeAfterRequest } from '../../src/views/plan/before-after.ts'
import plan from '../../data/plan/plan.json' with { type: 'json' }
import { indicator as indicatorOf } from '../support/released-package.ts'

/*
 * Twelve areas of two districts. "Område 0" has the work of the first telling; its reports halve after 2022 while the
 * others stay as they are.
 */

const IDS = Array.from({ length: 12 }, (_, number) => `2480R${String(number).padStart(3, '0')}`)
const YEARS = periodsBetween('year', '2018', '2025')
const SECRET = 3

const register: AreaRegister = {
  levels: [
    { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
    { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
    { id: 'regso', singular: 'område', plural: 'områden', rank: 2 },
  ],
  areas: [
    { id: '2480', level: 'kommun', name: 'Kommunen', parent: null },
    { id: 'norr', level: 'stadsdel', name: 'Norr', parent: '2480' },
    { id: 'soder', level: 'stadsdel', name: 'Söder', parent: '2480' },
    ...IDS.map((id, number) => ({
      ...{ id, level: 'regso', name: `Område ${number}` },
      parent: number < 2 ? 'norr' : 'soder',
    })),
  ],
  boundaryVersion: { id: '1', name: '', schematic: true, source: '', licence: '' },
}

const INDICATOR = indicatorOf('anmalningar', {
  name: 'Anmälningar',
  measure: 'rate',
  per: 1000,
  unit: 'per 1 000',
  class: 'unwanted-event',
  plan: { levels: ['regso'], periodChain: ['year'], bySex: false },
})

function tableOf(
  count: (area: number, period: PeriodCode) => number,
  periods: readonly PeriodCode[] = YEARS,
) {
  const cells = periods.flatMap((period) => IDS.map((_, area) => count(area, period)))
  return disclose(
    {
      ...{ indicator: INDICATOR.id, level: 'regso', sexes: ['T'], periods, areas: IDS },
      status: new Uint8Array(cells.length),
      numerator: Float64Array.from(cells),
      denominator: new Float64Array(cells.length).fill(4000),
    },
    INDICATOR,
    'prov',
  )
}

const halving = (area: number, period: PeriodCode): number =>
  area === 0 ? (period > '2022' ? 100 : 200) : 100 + 10 * area + (Number(period) % 3) * area

const model = (plan as unknown as ActivityPlan).interventions[0]!

function effortOf(change: Partial<Intervention> = {}): Effort {
  const intervention: Intervention = {
    ...model,
    period: { start: '2022', startTerm: 'HT', end: null, endTerm: null, text: 'hösten 2022', note: null }, // prettier-ignore
    places: { kind: 'areas', names: [], areas: [IDS[0]!], unresolved: [], note: null },
    followUpMeasures: [],
    ...change,
  }
  return { intervention, alsoToldBy: [] }
}

const ask = (change: Partial<BeforeAfterRequest> = {}) =>
  beforeAfterView({
    ...{ plan: plan as unknown as ActivityPlan, effort: effortOf(), area: IDS[0]! },
    ...{ indicator: INDICATOR, register, table: tableOf(halving), context: [] },
    ...{ kind: 'year', sex: 'T' },
    ...change,
  })

const text = beforeAfterText

describe('whether anything has moved', () => {
  it('tells what the figures have done, with its interval, and never why', () => {
    const shown = ask()
    expect(shown.verdict).toEqual({ kind: 'lower', text: text.different.down })
    const { difference, lower, upper, sentences } = shown.estimate!
    expect(difference).toBeCloseTo(-25, 0)
    expect(lower).toBeLessThan(difference)
    expect(upper).toBeLessThan(0)
    expect(sentences[0]).toContain('från 50,0 till 25,0')
    expect(shown.beside).toEqual([
      text.earlierTrend.notSeen,
      text.regressionToTheMean,
      text.noCause,
    ])
    expect(shown.periods.filter(({ isUsed }) => !isUsed).map(({ period }) => period)).toEqual([
      '2022',
    ])
    expect(shown.comparedWith[0]).toContain('11\u00a0områden utan insatsen')
    expect(shown.comparedWith).toContain(text.ordinaryWork)
    expect(shown.leftOut).toEqual([text.introduction(['2022'])])
    const words = JSON.stringify([text, shown]).toLowerCase()
    expect(words).not.toMatch(/effekt|orsakade|tack vare|berodde|ledde till|gav resultat/)
  })

  it('is uncertain where the area went with the others, and says when it had parted before', () => {
    const alike = ask({ table: tableOf((area, period) => halving(area + 1, period)) })
    expect(alike.verdict.kind).toBe('uncertain')
    const falling = ask({
      table: tableOf((area, period) =>
        area === 0 ? 900 - 110 * (Number(period) - 2018) : halving(area, period),
      ),
    })
    expect(falling.verdict.kind).toBe('parted-before')
    expect(falling.beside).toContain(text.earlierTrend.seen)
  })

  it('is too early to tell of, whatever the figures, until there are two years after', () => {
    for (const last of ['2022', '2023']) {
      const shown = ask({ table: tableOf(halving, periodsBetween('year', '2018', last)) })
      expect(shown.verdict).toEqual({ kind: 'too-early', text: text.tooEarly })
      expect(shown.estimate).toBeNull()
      expect(shown.why).not.toBe('')
      expect(shown.beside).toEqual([text.regressionToTheMean])
      expect(shown.periods.at(-1)!.cell.kind).toBe('value')
    }
  })

  it('leaves gaps where figures are hidden, and holds nothing of them', () => {
    const shown = ask({
      table: tableOf((area, period) =>
        (area === 0 && period === '2019') || (area === 4 && period === '2024')
          ? SECRET
          : halving(area, period),
      ),
    })
    expect(shown.periods.find(({ period }) => period === '2019')!.cell.kind).toBe('hidden')
    expect(shown.leftOut).toContain(text.hiddenRounds(['2019']))
    expect(shown.comparedWith).toContain(text.hiddenOthers(['Område 4']))
    expect(shown.verdict.kind).toBe('lower')
    const gone = ask({
      table: tableOf((area, period) =>
        area === 0 && period > '2023' ? SECRET : halving(area, period),
      ),
    })
    expect(gone.verdict.kind).toBe('cannot-tell')
    expect(gone.estimate).toBeNull()
  })

  it('compares with no area that has the work, and where all have it with none', () => {
    const district = { kind: 'areas', names: [], unresolved: [], note: null } as const
    const shown = ask({ effort: effortOf({ places: { ...district, areas: ['norr'] } }) })
    expect(shown.comparedWith[0]).toContain('10\u00a0områden')
    expect(shown.comparedWith).toContain(text.withWork(['Område 1']))
    const both = ask({ effort: effortOf({ places: { ...district, areas: ['norr', 'soder'] } }) })
    expect(both.verdict.kind).toBe('cannot-tell')
  })

  it('draws nothing for a place that is not shown', () => {
    const shown = ask({ effort: effortOf({ places: { kind: 'not-shown', note: null } }) })
    expect(shown.periods).toEqual([])
    expect(shown.why).toBe(text.notShown)
  })

  it('sets the plan’s direction beside the indicator’s', () => {
    const measure = { text: '', indicator: INDICATOR.id, expected: 'up', reason: '', line: 1 }
    const shown = ask({
      effort: effortOf({ followUpMeasures: [measure as FollowUpMeasure] }),
    })
    expect(shown.direction).toEqual([
      text.expected.up,
      text.polarity('lägre är bättre'),
      text.opposed,
    ])
    expect(ask().direction[0]).toBe(text.expected.none)
  })
})
