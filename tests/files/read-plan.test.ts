import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ActivityPlan, Intervention } from '../../src/core/plan.ts'
import { planInEffect, readPlan } from '../../src/files/plan/read-plan.ts'
import { findingText } from '../../src/text/findings.ts'
import { intervention, planOf } from '../support/small-plan.ts'

const REFERENCES = { areas: new Set(['norr', 'söder']), indicators: new Set(['klotter']) }

function faults(json: unknown): string[] {
  const reading = readPlan(json, 'plan.json', REFERENCES)
  return 'findings' in reading
    ? reading.findings.map(({ code, column, text }) => `${column} ${code} ${text ?? ''}`.trim())
    : []
}

const changed = (changes: object): string[] =>
  faults(planOf({ ...intervention({}), ...changes } as Intervention))

describe('a plan', () => {
  it('is taken in as it is', () => {
    const plan = planOf(intervention({}))
    expect(readPlan(plan, 'plan.json', REFERENCES)).toEqual({ plan })
  })

  it('gives every dangling reference at once, each with a sentence', () => {
    const { places } = intervention({})
    const plan: ActivityPlan = {
      ...planOf(
        intervention({
          department: 'parks',
          sameAs: 'trees',
          places: { ...places, areas: ['väster'], unresolved: ['Väster'] } as typeof places,
          focusProblems: [{ id: 'noise', words: 'Noise', line: 2, how: 'Quiet.' }],
          followUpMeasures: [
            { text: 'x', indicator: 'buller', expected: null, reason: null, line: 3 },
          ],
        }),
      ),
      ordinaryWork: [
        {
          ...{ department: 'parks', focusProblem: 'noise', items: ['x'] },
          ...{ section: ['Parks'], lines: { from: 9, to: 8 } },
        },
      ],
      followUps: [
        {
          ...{ intervention: 'trees', halfYear: '2024-H1', status: 'pagaende', measures: [] },
          ...{ reading: null, comment: 'x', date: null, lines: null },
        },
      ],
    }
    expect(faults(plan)).toEqual([
      'interventions[0].department package-unknown-department parks',
      'interventions[0].places.areas[0] package-unknown-area väster',
      'interventions[0].places.unresolved[0] package-unknown-name Väster',
      'interventions[0].focusProblems[0].id package-unknown-focus-problem noise',
      'interventions[0].followUpMeasures[0].indicator package-unknown-indicator buller',
      'interventions[0].followUpMeasures[0].reason package-missing-field',
      'interventions[0].sameAs package-unknown-intervention trees',
      'ordinaryWork[0].department package-unknown-department parks',
      'ordinaryWork[0].focusProblem package-unknown-focus-problem noise',
      'ordinaryWork[0].lines package-plan-order 8',
      'followUps[0].intervention package-unknown-intervention trees',
    ])
    const reading = readPlan(plan, 'plan.json', REFERENCES)
    const sentences = 'findings' in reading ? reading.findings.map(findingText) : []
    expect(sentences.filter((sentence) => sentence.includes('Fel i filen'))).toEqual([])
    expect(sentences[0]).toBe(
      'plan.json, interventions[0].department: Förvaltningen "parks" finns inte i planen.',
    )
  })

  it.each<[string, object, string]>([
    ['levels twice', { levels: ['selektiv', 'selektiv'] }, 'levels package-plan-levels'],
    ['a level and none', { levels: ['inte-relevant', 'selektiv'] }, 'levels package-plan-levels'],
    ['ages backwards', { ages: { from: 9, to: 6 } }, 'ages package-plan-order'],
    ['lines backwards', { lines: { from: 9, to: 6 } }, 'lines package-plan-order'],
    ['a scope without problems', { focusProblems: [] }, 'focusScope package-plan-scope'],
    ['a scope with problems', { focusScope: 'none' }, 'focusScope package-plan-scope'],
    ['the same as itself', { sameAs: 'lamps' }, 'sameAs package-plan-same'],
  ])('does not stand with %s', (_, changes, expected) => {
    expect(changed(changes)[0]).toContain(`interventions[0].${expected}`)
  })

  it('may not end before it starts, as far as both are known', () => {
    const { period } = intervention({})
    const between = (start: string, end: string, startTerm: string | null = null) =>
      changed({ period: { ...period, start, end, startTerm, endTerm: startTerm && 'VT' } })
    expect(between('2024-03', '2024')).toEqual([])
    expect(between('2024', '2024-03')).toEqual([])
    expect(between('2024', '2025', 'HT')).toEqual([])
    expect(between('2024-03', '2024-02')).toHaveLength(1)
    expect(between('2024', '2023')).toHaveLength(1)
    expect(between('2024', '2024', 'HT')).toHaveLength(1)
    expect(between('2024-13', '2025')[0]).toBe('interventions[0].period.start package-type 2024-13')
  })

  it('cannot place by a slip what is not to be shown', () => {
    expect(changed({ places: { kind: 'not-shown', note: null, areas: ['norr'] } })).toEqual([
      'interventions[0].places.areas package-type […]',
    ])
    expect(changed({ places: { kind: 'not-shown', note: null } })).toEqual([])
  })

  it('counts an effort once, in the department that tells of it first', () => {
    const twin = intervention({ id: 'lamps-too', department: 'schools', sameAs: 'lamps' })
    expect(faults(planOf(intervention({}), twin))).toEqual([])
    const chain = intervention({ id: 'third', sameAs: 'lamps-too' })
    expect(faults(planOf(intervention({}), twin, chain))).toEqual([
      'interventions[2].sameAs package-plan-same lamps-too',
    ])
  })

  it('ties added money only to interventions of the same department', () => {
    const twin = intervention({ id: 'desks', department: 'schools' })
    const addition = {
      ...{ department: 'streets', thousandsSEK: 1, words: 'x', text: 'x', section: ['x'] },
      split: [{ thousandsSEK: 1, text: 'x', interventions: ['lamps', 'desks'], line: 1 }],
      lines: { from: 1, to: 1 },
    }
    expect(faults({ ...planOf(intervention({}), twin), budgetAdditions: [addition] })).toEqual([
      'budgetAdditions[0].split[0].interventions[1] package-unknown-intervention desks',
    ])
  })

  it('never throws, whatever is in the file', () => {
    for (const json of [
      null,
      [],
      1,
      'x',
      {},
      { format: 2 },
      { ...planOf(), interventions: [null] },
    ])
      expect(faults(json)).toHaveLength(1)
    const stored: unknown = JSON.parse(
      readFileSync(new URL('../../data/plan/plan.json', import.meta.url), 'utf8'),
    )
    expect(faults(stored).every((fault) => fault.includes('package-unknown-'))).toBe(true)
  })
})

describe('a plan where other areas and indicators are in effect', () => {
  const { areas, indicators } = REFERENCES
  const plan = planOf(
    intervention({
      places: {
        kind: 'areas',
        ...{ names: ['Norr', 'Söder'], areas: ['norr', 'söder'], unresolved: [], note: null },
      },
    }),
  )

  it('is the same where all is there', () => {
    expect(planInEffect(plan, (area) => (areas.has(area) ? area : null), indicators)).toBe(plan)
  })

  it('follows areas to their new names, loses what is gone, and keeps its words', () => {
    const now = planInEffect(plan, (area) => (area === 'norr' ? 'nord' : null), new Set())
    const [one] = now.interventions
    expect(one!.places).toMatchObject({ areas: ['nord'], names: ['Norr', 'Söder'] })
    expect(one!.followUpMeasures).toEqual([
      { ...plan.interventions[0]!.followUpMeasures[0]!, indicator: null },
    ])
    const here = { areas: new Set(['nord']), indicators: new Set<string>() }
    expect(readPlan(now, 'plan.json', here)).toEqual({ plan: now })
  })
})
