import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Indicator } from '../../src/core/indicator.ts'
import { mulberry } from '../../src/core/random.ts'
import { compareWithRest, fiveStepVerdict } from '../../src/core/stats/comparison.ts'
import { wilsonInterval } from '../../src/core/stats/rate-interval.ts'
import { quantileOfSorted } from '../../src/core/stats/summary.ts'
import { NBSP } from '../../src/text/format.ts'
import { areaSigns, signTables, type SignQuestion } from '../../src/views/area-signs.ts'
import { byKey, GROUNDS, LEVELS, open, tableOf, type Figure } from '../support/cross-world.ts'

fc.configureGlobal({ seed: 20261103 })

const AREAS = GROUNDS.get('regso')!.areas
const HERE = AREAS[0]!
const REGISTER: SignQuestion['register'] = {
  levels: LEVELS,
  areas: [
    { id: '2480', level: 'kommun', name: 'Kommunen', parent: null },
    ...AREAS.map((id) => ({ id, level: 'regso', name: `Område ${id.slice(-2)}`, parent: null })),
  ],
  boundaryVersion: { id: 'v', name: 'v', schematic: true, source: 's', licence: 'l' },
}
const LEVELS_OF_PLAN = { levels: ['kommun', 'regso'], periodChain: ['year'], bySex: false } as const

const sign = (id: string, changes: Partial<Indicator> = {}) =>
  open(id, { class: 'unwanted-event', name: id, plan: LEVELS_OF_PLAN, ...changes })

type Given = Figure | 'hidden' | 'missing'

/** Figures by area, and the municipality's as their sum. */
function tablesOf(indicator: Indicator, given: readonly Given[], period = '2025') {
  const figures = given.filter((one) => typeof one !== 'string')
  const total = figures.reduce(
    (sum, { count, base }) => ({ count: sum.count + count, base: sum.base + base }),
    { count: 0, base: 0 },
  )
  return [
    tableOf(indicator, 'regso', AREAS, [period], (area) => given[AREAS.indexOf(area)]!),
    tableOf(indicator, 'kommun', ['2480'], [period], () => total),
  ]
}

function questionOf(
  made: readonly (readonly [Indicator, ReturnType<typeof tablesOf>])[],
  changes: Partial<SignQuestion> = {},
): SignQuestion {
  const tables = made.flatMap(([, own]) => own)
  return {
    ...{ register: REGISTER, indicators: made.map(([one]) => one), observations: tables },
    ...{ tables: byKey(tables), level: 'regso', period: '2025', sex: 'T', area: HERE },
    ...changes,
  }
}

/** So many of a thousand in the first area, and 190 to 210 in the others. */
const spread = (here: Given): Given[] =>
  AREAS.map((_, place) => (place === 0 ? here : { count: 190 + (place % 21), base: 1000 }))

const rowOf = (question: SignQuestion, id = 'a') =>
  areaSigns(question).events.rows.find(({ indicator }) => indicator.id === id)!

describe('signs of an area', () => {
  it('are judged as the map judges them, the area taken out of its own comparison', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 0, max: 39 }),
        (seed, place) => {
          const random = mulberry(seed)
          const given = AREAS.map(() => ({ count: Math.floor(300 * random()), base: 300 }))
          const a = sign('a')
          const row = rowOf(questionOf([[a, tablesOf(a, given)]], { area: AREAS[place]! }))
          const total = given.reduce((sum, { count }) => sum + count, 0)
          const comparison = compareWithRest(
            given[place]!,
            { count: total, base: 12_000 },
            'share',
            100,
          )!
          const expected = fiveStepVerdict(comparison)
          if (expected === 'uncertain') expect(['level', 'unsure']).toContain(row.verdict)
          else expect(row.verdict).toBe(expected)
          expect(row.value).toBeCloseTo(given[place]!.count / 3, 10)
          expect(row.interval).toEqual(wilsonInterval(given[place]!.count, 300, 100))
          expect(row.spread!.middle).toBeCloseTo(total / 120, 10)
          const sorted = given.map(({ count }) => count / 3).sort((x, y) => x - y)
          expect(row.spread!.upperQuartile).toBeCloseTo(quantileOfSorted(sorted, 0.75), 10)
          expect(row.spread!.others).toHaveLength(39)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('say level only where the whole interval lies in the middle half of the areas', () => {
    const wide = AREAS.map((_, place) => ({ count: 20 * (place + 1), base: 1000 }))
    const ofBase = (base: number) => [{ count: 0.41 * base, base }, ...wide.slice(1)]
    const a = sign('a')
    expect(rowOf(questionOf([[a, tablesOf(a, ofBase(1000))]])).verdict).toBe('level')
    expect(rowOf(questionOf([[a, tablesOf(a, ofBase(100))]])).verdict).toBe('level')
    expect(rowOf(questionOf([[a, tablesOf(a, ofBase(10))]])).verdict).toBe('unsure')
  })

  it('tell what is hidden, missing, zero and known elsewhere apart, and count it in words', () => {
    const named = ['zero', 'hidden', 'missing'].map((id) => sign(id))
    const others = spread('hidden')
    others[1] = 'missing'
    others[2] = 'hidden'
    const given = {
      zero: [{ count: 0, base: 1000 }, ...others.slice(1)],
      hidden: others,
      missing: ['missing' as const, ...others.slice(1)],
    }
    const question = questionOf(
      named.map((one) => [one, tablesOf(one, given[one.id as 'zero'])] as const),
    )
    expect(rowOf(question, 'zero')).toMatchObject({
      kind: 'value',
      value: 0,
      valueText: `0,0${NBSP}%`,
    })
    expect(rowOf(question, 'hidden')).toMatchObject({
      kind: 'hidden',
      valueText: 'dold',
      value: null,
    })
    expect(rowOf(question, 'missing')).toMatchObject({ kind: 'missing', valueText: 'saknas' })
    expect(rowOf(question, 'hidden').gapsText).toBe(`2${NBSP}dolda, 1${NBSP}saknas`)
    expect(rowOf(question, 'hidden').spreadText).toBe(`37${NBSP}områden`)
    const order = areaSigns(question).events.rows.map(({ kind }) => kind)
    expect(order).toEqual(['value', 'hidden', 'missing'])
  })

  it('take nothing from another level, and say where it is known', () => {
    const coarse = sign('coarse', {
      name: 'Oro',
      plan: { ...LEVELS_OF_PLAN, levels: ['stadsdel'] },
    })
    const table = tableOf(coarse, 'stadsdel', GROUNDS.get('stadsdel')!.areas, ['2025'], () => ({
      ...{ count: 123, base: 1000 },
    }))
    const view = areaSigns({
      ...questionOf([]),
      ...{ indicators: [coarse], observations: [table], tables: byKey([table]) },
    })
    expect(view.events.rows).toEqual([])
    expect(view.events.elsewhere).toEqual([
      { note: 'Redovisas per stadsdel, inte här, och talet flyttas inte ned', names: 'Oro' },
    ])
    expect(JSON.stringify(view)).not.toContain('12,3')
  })

  it('name the period of a figure that is not of the chosen one', () => {
    const a = sign('a')
    const row = rowOf(questionOf([[a, tablesOf(a, spread({ count: 200, base: 1000 }), '2024')]]))
    expect(row.periodText).toBe('2024')
    const old = questionOf([[a, tablesOf(a, spread({ count: 200, base: 1000 }), '2020')]])
    expect(areaSigns(old).events.elsewhere[0]!.note).toBe('Redovisas inte för den här perioden')
  })

  it('put what stands out first, and say by polarity whether it is for the better', () => {
    const made = [
      sign('unsure', { name: 'Klotter' }),
      sign('far', { name: 'Skadegörelse', polarity: 'lower-better' }),
      sign('neutral', { name: 'Narkotika', polarity: 'neutral' }),
      sign('count', { name: 'Stenkast', measure: 'count', per: 1, unit: 'antal' }),
      sign('good', { class: 'protective-factor', name: 'Tillit', polarity: 'higher-better' }),
    ].map((one) => {
      const here = one.id === 'unsure' ? 205 : one.id === 'neutral' ? 350 : 500
      return [one, tablesOf(one, spread({ count: here, base: 1000 }))] as const
    })
    const view = areaSigns(questionOf(made))
    expect(view.events.rows.map(({ indicator }) => indicator.id)).toEqual([
      ...['far', 'neutral', 'unsure', 'count'],
    ])
    expect(view.events.rows.map(({ favour }) => favour)).toEqual([
      ...['unfavourable', null, null, null],
    ])
    const [, protective] = view.factors
    expect(protective!.rows[0]).toMatchObject({ verdictText: 'högre', favourText: 'gynnsamt' })
    expect(view.events.rows[3]).toMatchObject({ verdict: 'count' })
    expect(view.events.rows[3]!.spread!.isReference).toBe(false)
    expect(view.sentences[0]).toBe(
      `Område 00 skiljer sig säkert från övriga kommunen i 3 av 4${NBSP}tal som går att jämföra.`,
    )
    expect(view.sentences[1]).toBe('Bland oönskade händelser: mer skadegörelse och mer narkotika.')
    expect(view.sentences).toContain('Bland skyddsfaktorer: mer tillit.')
    expect(view.sentences.at(-1)).toContain('säger inget om orsak')
  })

  it('liken areas by context alone, and never invented figures by real ones', () => {
    const a = sign('a')
    const context = (id: string, changes: Partial<Indicator>) =>
      sign(id, { class: 'context', name: id, ...changes })
    const size = context('Folkmängd', {})
    const real = context('Verklig', { synthetic: false })
    const kind = context('Typ', { measure: 'class', per: 1 })
    const away = (place: number): Figure => ({ count: 100 + 10 * place, base: 1000 })
    const made = [a, size, real, kind].map((one) => {
      const given = AREAS.map((_, place) => away(one === real ? 39 - ((place * 7) % 40) : place))
      return [one, tablesOf(one, given)] as const
    })
    const question = questionOf(made)
    const { similar } = areaSigns(question)
    expect(similar!.areas.map(({ name }) => name)).toEqual(['Område 01', 'Område 02', 'Område 03'])
    expect(similar!.about).toContain('folkmängd')
    expect(similar!.about).not.toContain('erklig')
    expect(signTables(question, 'regso').map(({ indicator }) => indicator)).not.toContain('Typ')
  })

  it('wait for an area, and for what is being read', () => {
    const a = sign('a')
    const question = questionOf([[a, tablesOf(a, spread({ count: 200, base: 1000 }))]])
    expect(areaSigns({ ...question, area: null })).toMatchObject({ area: null, sentences: [] })
    const waiting = areaSigns({ ...question, tables: new Map() })
    expect(waiting).toMatchObject({ read: 0, all: 2 })
    expect(waiting.events.elsewhere[0]!.note).toBe('Läses in')
  })
})
