import { describe, expect, it } from 'vitest'
import type { AreaRegister } from '../../src/core/area.ts'
import { disclose } from '../../src/core/disclosure/gate.ts'
import { periodsBetween, type PeriodCode } from '../../src/core/period.ts'
import type { ActivityPlan, Effort, FollowUpMeasure, Intervention } from '../../src/core/plan.ts'
import { beforeAfterText } from '../../src/text/before-after.ts'
import { movedSlide } from '../../src/views/briefing/moved-slide.ts'
import { figuresOf } from '../../src/views/briefing/slide-content.ts'
import { beforeAfterView, type BeforeAfterRequest } from '../../src/views/plan/before-after.ts'
import { movedQuestion, questionKey } from '../../src/views/plan/moved-question.ts'
import { figureText } from '../../src/views/report-figure.ts'
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

describe('all of the municipality', () => {
  const WHOLE = { ...INDICATOR, plan: { ...INDICATOR.plan, levels: ['kommun'] } }
  const quarters = periodsBetween('quarter', '2018', '2025')
  const whole = (last = '2025-K4') => {
    const periods = quarters.filter((period) => period <= last)
    return disclose(
      {
        ...{ indicator: WHOLE.id, level: 'kommun', sexes: ['T'], periods, areas: ['2480'] },
        status: new Uint8Array(periods.length),
        numerator: Float64Array.from(periods, (period, place) =>
          period > '2022-K4' ? 650 + 9 * (place % 3) : 1000 + 9 * (place % 3),
        ),
        denominator: new Float64Array(periods.length).fill(90_000),
      },
      WHOLE,
      'prov',
    )
  }
  const effort = effortOf({ places: { kind: 'whole', note: null } })
  const askWhole = (last?: string) =>
    ask({ effort, area: '2480', indicator: WHOLE, table: whole(last), kind: 'quarter' })

  it('is set against its own course, and says that nothing else is ruled out', () => {
    const shown = askWhole()
    expect(shown.verdict).toEqual({ kind: 'lower', text: text.whole.different.down })
    expect(shown.estimate!.upper).toBeLessThan(0)
    expect(shown.comparisonName).toBe(text.whole.course)
    expect(shown.beside).toContain(text.regressionToTheMean)
    expect(shown.beside).toContain(text.whole.noCause)
    expect(shown.leftOut).toEqual([text.introduction(['kv 3 22', 'kv 4 22'])])
    const used = shown.periods.filter(({ isUsed }) => isUsed)
    expect(used).toHaveLength(30)
    for (const { difference, comparison, cell } of used)
      expect(difference).toBeCloseTo(cell.kind === 'value' ? cell.value - comparison! : NaN, 9)
    expect(JSON.stringify(shown).toLowerCase()).not.toMatch(/effekt|orsakade|tack vare|berodde/)
    // An area within it has nothing without the work to be compared with.
    expect(ask({ effort }).why).toBe(text.wholeMunicipality)
  })

  it('is too early to tell of until there is a whole year after', () => {
    for (const last of ['2022-K4', '2023-K3'])
      expect(askWhole(last).verdict).toEqual({ kind: 'too-early', text: text.tooEarly })
    expect(askWhole('2023-K4').verdict.kind).not.toBe('too-early')
  })
})

describe('before and after on a slide', () => {
  it.each([
    ['told', ask()],
    ['too early', ask({ table: tableOf(halving, periodsBetween('year', '2018', '2023')) })],
    ['not shown', ask({ effort: effortOf({ places: { kind: 'not-shown', note: null } }) })],
  ])('says what the screen says: %s', (_, view) => {
    const source = { view, effort: 'Insatsen', indicator: INDICATOR, isSynthetic: true }
    const content = movedSlide(source)
    expect(content.claim).toContain(view.verdict.text)
    const caveats = content.blocks.flatMap((block) =>
      block.kind === 'list'
        ? block.groups.filter(({ rows }) => rows.length === 0).map(({ heading }) => heading)
        : [],
    )
    const beside = [view.why, ...view.beside].filter((one) => one !== '')
    expect(caveats.slice(-beside.length)).toEqual(beside)
    const figures = figuresOf(content)
    const shown = figures.filter(({ name }) => name.startsWith(`${view.ownName}, `))
    expect(shown.map(({ figure }) => figureText(figure))).toEqual(
      view.periods.map(({ words }) => words.value),
    )
    const difference = figures.find(({ name }) => name === text.slide.estimated)?.figure ?? null
    expect(difference?.kind === 'value' ? difference.value : null).toBe(
      view.estimate?.difference ?? null,
    )
    expect(content.synthetic).toBe(INDICATOR.synthetic)
  })
})

describe('what an address asks of before and after', () => {
  const own = { ...INDICATOR, id: 'egen' }
  const index = {
    register,
    indicators: [INDICATOR, own],
    observations: [INDICATOR, own].flatMap(({ id }) =>
      ['regso', 'stadsdel', 'kommun'].map((level) => ({
        ...{ indicator: id, level, path: '', rows: 1, bytes: 1, sha256: '', sexes: ['T' as const] },
        periods: [...YEARS, '2018-K1'],
      })),
    ),
  }
  const measure = { text: 'm', indicator: own.id, expected: 'down', reason: 'r', line: 1 } as const
  const placed = { kind: 'areas', names: [], areas: ['norr'], unresolved: [], note: null } as const
  const plans = {
    ...(plan as unknown as ActivityPlan),
    interventions: [
      effortOf({ places: { kind: 'not-shown', note: null } }).intervention,
      {
        ...effortOf({ places: placed, followUpMeasures: [measure] }).intervention,
        id: 'med',
      },
    ],
  }
  const asked = {
    ...{ effort: null, movedArea: null, movedIndicator: null, movedKind: null },
    sex: 'T' as const,
  }

  it('begins with what has a place and a linked indicator, the plan’s own first', () => {
    const found = movedQuestion(plans, index, asked)!
    expect(found.effort.intervention.id).toBe('med')
    expect([found.area, found.indicator.id, found.measure]).toEqual(['norr', 'egen', measure])
    expect(found.kind).toBe('quarter')
    expect(found.choices.areas.map(({ value }) => value)).toEqual(['norr', IDS[0], IDS[1]])
  })

  it('never places what is not to be shown, and takes no choice that does not exist', () => {
    const id = plans.interventions[0]!.id
    const hidden = movedQuestion(plans, index, { ...asked, effort: id })!
    expect(hidden.choices.areas.map(({ value }) => value)).toEqual(['2480'])
    const odd = {
      movedArea: 'finns-inte',
      movedIndicator: 'inte-heller',
      movedKind: 'week' as const,
    }
    expect(questionKey(movedQuestion(plans, index, { ...asked, ...odd })!)).toBe(
      questionKey(movedQuestion(plans, index, asked)!),
    )
  })
})
