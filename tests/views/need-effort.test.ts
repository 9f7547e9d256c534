import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Indicator } from '../../src/core/indicator.ts'
import { effortsOf, type ActivityPlan, type Intervention } from '../../src/core/plan.ts'
import { compareWithRest, fiveStepVerdict } from '../../src/core/stats/comparison.ts'
import { DEFAULT_VIEW_STATE } from '../../src/core/view-state.ts'
import { needSlide } from '../../src/views/briefing/need-slide.ts'
import { figuresOf } from '../../src/views/briefing/slide-content.ts'
import {
  countPresent,
  needChoice,
  needEffort,
  needTables,
  type NeedEffort,
  type NeedQuestion,
} from '../../src/views/plan/need-effort.ts'
import { byKey, open, tableOf, type Figure } from '../support/cross-world.ts'
import { intervention, planOf } from '../support/small-plan.ts'

fc.configureGlobal({ seed: 20261103 })

const DAY = '2026-11-23'
const PROBLEM = 'dark streets'
const DISTRICTS = ['norr', 'soder', 'vaster', 'oster'] as const
const PARTS = DISTRICTS.flatMap((district) => [`${district}-1`, `${district}-2`])
const REGISTER: NeedQuestion['source']['register'] = {
  levels: [
    { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
    { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
    { id: 'regso', singular: 'regso', plural: 'regso', rank: 2 },
  ],
  areas: [
    { id: '2480', level: 'kommun', name: 'Kommunen', parent: null },
    ...DISTRICTS.map((id) => ({ id, level: 'stadsdel', name: id, parent: '2480' })),
    ...PARTS.map((id) => ({ id, level: 'regso', name: id, parent: id.slice(0, -2) })),
  ],
  boundaryVersion: { id: 'v', name: 'v', schematic: true, source: 's', licence: 'l' },
}
const need = (id: string, changes: Partial<Indicator> = {}): Indicator =>
  open(id, { name: id, polarity: 'lower-better', focusProblems: [PROBLEM], ...changes })
const WORSE_HIGH = need('worse-high')
const WORSE_LOW = need('worse-low', { polarity: 'higher-better' })
const UNDECIDED = need('undecided', { polarity: 'neutral' })
const INDICATORS = [WORSE_HIGH, WORSE_LOW, UNDECIDED]

type Given = Figure | 'hidden' | 'missing'
type Figures = (area: number, indicator: number) => Given

/** The whole is what is shown and a hundred of six hundred that are told of no area. */
const wholeOf = (figures: Figures, at: number): Figure =>
  DISTRICTS.map((_, area) => figures(area, at)).reduce<Figure>(
    (sum, one) =>
      typeof one === 'string' ? sum : { count: sum.count + one.count, base: sum.base + one.base },
    { count: 100, base: 600 },
  )

function questionOf(plan: ActivityPlan, figures: Figures): NeedQuestion {
  const tables = INDICATORS.flatMap((one, at) => [
    tableOf(one, 'stadsdel', [...DISTRICTS], ['2024', '2025'], (area) =>
      figures(DISTRICTS.indexOf(area as 'norr'), at),
    ),
    tableOf(one, 'kommun', ['2480'], ['2024', '2025'], () => wholeOf(figures, at)),
  ])
  const source = {
    release: { id: 'R', date: DAY, title: 'T', synthetic: false, sources: [], notes: [] },
    ...{ register: REGISTER, indicators: INDICATORS, incidents: null },
    observations: tables as unknown as NeedQuestion['source']['observations'],
  }
  return {
    ...{ source, plan, level: 'stadsdel', indicators: INDICATORS, day: DAY },
    tables: byKey(tables),
  }
}
const cellsOf = (view: NeedEffort) => view.rows.flatMap(({ cells }) => cells)
const cellAt = (view: NeedEffort, area: string) => cellsOf(view).find((cell) => cell.area === area)!

const placed = (id: string, areas: readonly string[], changes: Partial<Intervention> = {}) =>
  intervention({
    ...{
      id,
      title: id,
      places: { kind: 'areas', names: areas, areas, unresolved: [], note: null },
    },
    period: { ...intervention({}).period, end: null, endTerm: null },
    ...changes,
  })
const figure = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }).map((count) => ({ count, base: 400 })) },
  { weight: 1, arbitrary: fc.constantFrom('hidden' as const, 'missing' as const) },
)
const allFigures = fc.array(figure, { minLength: 12, maxLength: 12 })

describe('need against effort', () => {
  it('counts what the same comparison says, and never a figure that is hidden or missing', () => {
    fc.assert(
      fc.property(allFigures, (given) => {
        const figures: Figures = (area, at) => given[area * 3 + at]!
        const view = needEffort(questionOf(planOf(), figures))
        for (const [area, id] of DISTRICTS.entries()) {
          const verdicts = [WORSE_HIGH, WORSE_LOW].map((one, at) => {
            const own = figures(area, at)
            if (typeof own === 'string') return own
            return fiveStepVerdict(
              compareWithRest(own, wholeOf(figures, at), one.measure, one.per, one.designEffect)!,
            )
          })
          const cell = cellAt(view, id)
          expect(cell.compared).toBe(
            verdicts.filter((one) => one !== 'hidden' && one !== 'missing').length,
          )
          expect(cell.certain).toBe(
            Number(verdicts[0] === 'much-higher') + Number(verdicts[1] === 'much-lower'),
          )
          for (const { indicator, standing } of cell.signs) {
            const own = figures(area, INDICATORS.indexOf(indicator))
            if (typeof own === 'string') expect(standing).toBe(own)
            else if (indicator === UNDECIDED) expect(standing).toBe('undecided')
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  const place = fc.oneof(
    fc
      .subarray(['2480', ...DISTRICTS, ...PARTS, 'elsewhere'])
      .map(
        (areas) => ({ kind: 'areas', names: areas, areas, unresolved: [], note: null }) as const,
      ),
    fc
      .constantFrom('whole' as const, 'not-stated' as const, 'not-shown' as const)
      .map((kind) => ({ kind, note: null })),
  )
  it('loses no effort and has none twice, by a count of its own over parents', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), (places) => {
        const plan = planOf(...places.map((one, at) => intervention({ id: `e${at}`, places: one })))
        const view = needEffort(questionOf(plan, () => ({ count: 50, base: 400 })))
        const without = new Set(view.columns[0]!.withoutPlace.map((one) => one.intervention.id))
        for (const [at, one] of places.entries()) {
          const id = `e${at}`
          const found = DISTRICTS.map((area) =>
            cellAt(view, area).efforts.filter(({ effort }) => effort.intervention.id === id),
          )
          const wanted = DISTRICTS.map((area) => {
            if (one.kind === 'whole') return 'whole'
            if (one.kind !== 'areas') return null
            if (one.areas.some((named) => named === area || named.startsWith(`${area}-`)))
              return 'here'
            return one.areas.includes('2480') ? 'whole' : null
          })
          expect(found.map((own) => own.map(({ where }) => where))).toEqual(
            wanted.map((where) => (where ? [where] : [])),
          )
          expect(without.has(id)).toBe(wanted.every((where) => where === null))
        }
      }),
      { numRuns: 60 },
    )
  })

  // Norr is far above the rest in both; söder is far below.
  const FAR: Figures = (area, at) => {
    const worse = at === 0 ? 300 : 20
    const better = at === 0 ? 20 : 300
    return { count: area === 0 ? worse : area === 1 ? better : 100, base: 400 }
  }
  const told = (...interventions: Intervention[]) =>
    needEffort(questionOf(planOf(...interventions), FAR))

  it('says where they do not meet, with what is for all and what has no place, and the converse', () => {
    const bare = told(
      placed('there', ['soder']),
      intervention({
        id: 'all',
        places: { kind: 'whole', note: null },
        period: { ...intervention({}).period, end: null, endTerm: null },
      }),
      intervention({ id: 'somewhere', places: { kind: 'not-stated', note: null } }),
    )
    expect(bare.unmetCells.map(({ area }) => area)).toContain('norr')
    expect(bare.unmet).toHaveLength(1)
    const { heading, areas, beside } = bare.unmet[0]!
    expect(heading).toMatch(new RegExp(`, ${bare.unmetCells.length}.områden?$`))
    expect(areas).toMatch(/norr \(2 av.2\)/)
    expect(beside).toMatch(/hela kommunen: 1.insats;/)
    expect(beside).toMatch(/inget grunduppdrag nämns/)
    expect(beside).toMatch(/1.insats står utan plats/)
    expect(bare.converse).toEqual([expect.stringMatching(/: soder\.$/)])
    for (const own of [placed('a', ['norr']), placed('a', ['norr-2'])])
      expect(told(own).unmetCells.map(({ area }) => area)).not.toContain('norr')
  })

  it('tells an ended effort apart: it is not under way', () => {
    const over = { ...intervention({}).period, start: '2024', end: '2024' }
    const view = told(placed('a', ['norr'], { period: over }))
    expect(view.unmetCells.map(({ area }) => area)).toContain('norr')
    expect(countPresent(cellAt(view, 'norr').efforts)).toEqual({
      ...{ placed: 0, whole: 0, ahead: 0, over: 1 },
    })
  })

  it('orders areas by name, makes each comparison once, and says nothing of money or size', () => {
    const view = told(
      placed('a', ['soder'], { budget: [{ year: 2024, thousandsSEK: 777, text: 't', line: 1 }] }),
    )
    expect(view.rows.map(({ area }) => area)).toEqual(
      ['norr', 'soder', 'vaster', 'oster'].toSorted(),
    )
    expect(view.comparisons).toBe(8)
    expect(
      JSON.stringify([view.unmet, view.converse, cellsOf(view).map(({ label }) => label)]),
    ).not.toMatch(/777|kronor|mer insats|utsatt|orsak/i)
  })

  it('reads an address, and the tables of what it chooses alone', () => {
    const { source, plan } = questionOf(planOf(), FAR)
    const asked = {
      ...DEFAULT_VIEW_STATE,
      needLevel: 'nowhere',
      needIndicators: ['worse-low', 'x'],
    }
    const { level, indicators } = needChoice(source, plan, asked)
    expect(level).toBe('stadsdel')
    expect(indicators).toEqual([WORSE_LOW])
    expect(needTables(source, level!, indicators)).toEqual([
      { indicator: 'worse-low', level: 'stadsdel' },
      { indicator: 'worse-low', level: 'kommun' },
    ])
  })

  it('goes on a slide with the page\u2019s own figures, a hidden one as a word', () => {
    const figures: Figures = (area, at) => (area === 0 && at === 1 ? 'hidden' : FAR(area, at))
    const plan = planOf(placed('there', ['soder']))
    const view = needEffort(questionOf(plan, figures))
    const all = needSlide(view, plan, DEFAULT_VIEW_STATE)
    expect(
      figuresOf(all).map(({ name, figure: own }) => [name, own.kind === 'value' && own.value]),
    ).toEqual(
      view.columns.map(({ problem, name }) => [
        name,
        view.rows.filter(({ cells }) =>
          cells.some((cell) => cell.problem === problem && view.unmetCells.includes(cell)),
        ).length,
      ]),
    )
    expect(all.claim).toMatch(/^I (ett|\d+) område/)
    const one = needSlide(view, plan, { ...DEFAULT_VIEW_STATE, planCell: [PROBLEM, 'norr'] })
    const cell = cellAt(view, 'norr')
    expect(figuresOf(one).map(({ figure: own }) => own)).toEqual(
      cell.signs.map(({ row }) => row!.figure),
    )
    expect(figuresOf(one).some(({ figure: own }) => own.kind === 'hidden')).toBe(true)
    expect(one.claim).toMatch(/1 av.1 tal säkert mot större behov, ingen insats på plats$/)
  })
})

describe('the plan that is published', () => {
  it('has each effort against a problem in cells or apart, never both', () => {
    const plan = JSON.parse(readFileSync('data/plan/plan.json', 'utf8')) as ActivityPlan
    const { source } = questionOf(plan, () => 'missing')
    const view = needEffort({ ...questionOf(plan, () => 'missing'), source, indicators: [] })
    for (const { problem, withoutPlace } of view.columns) {
      const own = effortsOf(plan).filter(({ intervention: one, alsoToldBy }) =>
        [one, ...alsoToldBy].some((each) => each.focusProblems.some(({ id }) => id === problem)),
      )
      const present = new Set(
        cellsOf(view)
          .filter((cell) => cell.problem === problem)
          .flatMap(({ efforts }) => efforts.map(({ effort }) => effort.intervention.id)),
      )
      expect(present.size + withoutPlace.length).toBe(own.length)
      for (const { intervention: one } of withoutPlace) expect(present.has(one.id)).toBe(false)
    }
  })
})
