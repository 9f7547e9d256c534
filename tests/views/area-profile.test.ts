import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Indicator } from '../../src/core/indicator.ts'
import { directionsOf, testTrend } from '../../src/core/profile-trend.ts'
import { compareTwo, compareWithRest, fiveStepVerdict } from '../../src/core/stats/comparison.ts'
import { areaProfile } from '../../src/views/profile/area-profile.ts'
import {
  type ProfileChoice,
  type ProfileQuestion,
} from '../../src/views/profile/profile-question.ts'
import type { Report, ReportRow } from '../../src/views/report.ts'
import { byKey, GROUNDS, LEVELS, open, tableOf, type Figure } from '../support/cross-world.ts'

fc.configureGlobal({ seed: 20261103 })

const AREAS = GROUNDS.get('regso')!.areas.slice(0, 12)
const [HERE, THERE] = AREAS as [string, string]
const DISTRICT = 'norr'
const REGISTER: ProfileQuestion['source']['register'] = {
  levels: LEVELS,
  areas: [
    { id: '2480', level: 'kommun', name: 'Kommunen', parent: null },
    { id: DISTRICT, level: 'stadsdel', name: 'Norr', parent: '2480' },
    ...AREAS.map((id, place) => ({
      ...{ id, level: 'regso', name: `Område ${place}` },
      parent: place < 6 ? DISTRICT : '2480',
    })),
  ],
  boundaryVersion: { id: 'v', name: 'v', schematic: true, source: 's', licence: 'l' },
}
const YEARS = ['2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025']

const indicator = (id: string, changes: Partial<Indicator> = {}): Indicator =>
  open(id, {
    ...{ class: 'unwanted-event', name: id },
    plan: { levels: ['kommun', 'regso'], periodChain: ['year'], bySex: false },
    ...changes,
  })

type Given = Figure | 'hidden' | 'missing'

function tablesOf(one: Indicator, given: (area: number, year: number) => Given) {
  const figureOf = (area: string, period: string) =>
    given(AREAS.indexOf(area), YEARS.indexOf(period))
  const total = (period: string) =>
    AREAS.map((area) => figureOf(area, period)).reduce<Figure>(
      (sum, figure) =>
        typeof figure === 'string'
          ? sum
          : { count: sum.count + figure.count, base: sum.base + figure.base },
      { count: 0, base: 0 },
    )
  return [
    tableOf(one, 'regso', AREAS, YEARS, figureOf),
    tableOf(one, 'kommun', ['2480'], YEARS, (_, period) => total(period)),
  ]
}

const CHOICE: ProfileChoice = {
  ...{ areas: [HERE], groupName: null, comparison: { kind: 'whole' } },
  ...{ period: null, sex: 'T', grouping: 'class' },
}

function profileOf(
  made: readonly (readonly [Indicator, ReturnType<typeof tablesOf>])[],
  choice: Partial<ProfileChoice> = {},
) {
  const tables = made.flatMap(([, own]) => own)
  const question = {
    source: {
      release: {
        ...{ id: '2026-11-03', date: '2026-11-03', title: 'T', synthetic: false },
        ...{ sources: [], notes: [] },
      },
      ...{ register: REGISTER, indicators: made.map(([one]) => one), incidents: null },
      observations: tables as unknown as ProfileQuestion['source']['observations'],
    },
    choice: { ...CHOICE, ...choice },
    ...{ tables: byKey(tables), incidents: null },
  }
  return areaProfile(question, { date: '2026-11-23', words: [], map: null, plan: null })!
}

const rowsOf = (report: Report): ReportRow[] =>
  report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])),
  )

const steady = (area: number): Figure => ({ count: 200 + area, base: 1000 + area })

describe('a profile', () => {
  it('sums a group of areas, and only where every part is shown', () => {
    const part = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ count: fc.nat(90), base: fc.integer({ min: 100, max: 900 }) }),
      },
      { weight: 1, arbitrary: fc.constantFrom('hidden' as const, 'missing' as const) },
    )
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 12, maxLength: 12 }),
        fc.uniqueArray(fc.nat(11), { minLength: 2, maxLength: 5 }),
        (figures, places) => {
          const one = indicator('a', { measure: 'share', per: 100 })
          const { report } = profileOf([[one, tablesOf(one, (area) => figures[area]!)]], {
            areas: places.map((place) => AREAS[place]!),
          })
          const { figure } = rowsOf(report)[0]!
          const parts = places.map((place) => figures[place]!)
          if (parts.includes('hidden'))
            expect(figure).toMatchObject({ kind: 'hidden', word: 'dold' })
          else if (parts.includes('missing')) expect(figure.kind).toBe('missing')
          else {
            const shown = parts as Figure[]
            const count = shown.reduce((sum, each) => sum + each.count, 0)
            const base = shown.reduce((sum, each) => sum + each.base, 0)
            expect(figure).toMatchObject({ kind: 'value' })
            if (figure.kind === 'value') expect(figure.value).toBeCloseTo((100 * count) / base, 9)
          }
          if (figure.kind !== 'value') expect(JSON.stringify(figure)).not.toMatch(/\d/)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('judges against the rest of the municipality, or against another area as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 20, max: 400 }), (a, b) => {
        const one = indicator('a')
        const counts = (area: number): Figure => ({
          count: area === 0 ? a : area === 1 ? b : 200,
          base: 1000,
        })
        const made = [[one, tablesOf(one, counts)]] as const
        const verdictOf = (choice: Partial<ProfileChoice>) =>
          rowsOf(profileOf(made, choice).report)[0]!.spine!.verdict
        const total = { count: a + b + 2000, base: 12_000 }
        const here = { count: a, base: 1000 }
        expect(verdictOf({})).toBe(
          fiveStepVerdict(compareWithRest(here, total, one.measure, one.per)!),
        )
        expect(verdictOf({ comparison: { kind: 'area', area: THERE } })).toBe(
          fiveStepVerdict(compareTwo(here, { count: b, base: 1000 }, one.measure, one.per)!),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('takes the figure of the district around where the area has none, and says whose it is', () => {
    const one = indicator('a', {
      plan: { levels: ['kommun', 'stadsdel'], periodChain: ['year'], bySex: false },
    })
    const tables = [
      tableOf(one, 'stadsdel', [DISTRICT], YEARS, () => ({ count: 80, base: 400 })),
      tableOf(one, 'kommun', ['2480'], YEARS, () => ({ count: 100, base: 1000 })),
    ]
    const [row] = rowsOf(profileOf([[one, tables]]).report)
    expect(row).toMatchObject({ place: 'stadsdelen Norr', figure: { kind: 'value' } })
    // Parts of two districts have none in common.
    const both = profileOf([[one, tables]], { areas: [HERE, AREAS[8]!] })
    expect(rowsOf(both.report)).toEqual([])
  })

  it('says with certainty what differs and has changed, and nothing of what does not', () => {
    const high = indicator('klotter', { name: 'Klotter' })
    const level = indicator('skadegorelse', { name: 'Skadegörelse' })
    const rising = indicator('trangbodd', {
      name: 'Trångboddhet',
      class: 'root-cause',
      measure: 'share',
      per: 100,
      unit: '%',
    })
    const made = [
      [high, tablesOf(high, (area) => ({ count: area === 0 ? 400 : 200, base: 1000 }))],
      [level, tablesOf(level, steady)],
      [
        rising,
        tablesOf(rising, (area, year) => ({
          count: area === 0 ? 180 + 5 * year : 198,
          base: 1000,
        })),
      ],
    ] as const
    const { report } = profileOf(made)
    const [summary] = report.sections[0]!.blocks
    expect(summary).toMatchObject({
      paragraphs: ['Område 0 har mer klotter än övriga kommunen.', 'Sedan 2018 ökar trångboddhet.'],
    })
    const [none] = profileOf([made[1]]).report.sections[0]!.blocks
    expect(none).toMatchObject({
      paragraphs: [
        'Det enda tal som går att jämföra skiljer sig inte säkert från övriga kommunen.',
      ],
    })
  })
})

describe('trends of a profile', () => {
  it('are tested together: of series without a trend few are told to have one', () => {
    const series = Array.from({ length: 40 }, (_, at) =>
      testTrend(
        YEARS.map((_year, year) => ({
          count: 50 + ((at * 7 + year * 13 + at * year * 3) % 11),
          base: 1000,
        })),
        ...(['year', 'rate', 1000] as const),
      ),
    )
    const directions = directionsOf(series)
    expect(directions.filter((one) => one === 'uncertain').length).toBeGreaterThanOrEqual(38)
    const planted = testTrend(
      YEARS.map((_, year) => ({ count: 40 + 12 * year, base: 1000 })),
      ...(['year', 'rate', 1000] as const),
    )
    expect(directionsOf([...series, planted]).at(-1)).toBe('rising')
  })

  it('are not told of parts of a year, nor of too few', () => {
    const samples = YEARS.map((_, year) => ({ count: 10 * year, base: 100 }))
    expect(testTrend(samples, 'quarter', 'share', 100)).toEqual({ ok: false, reason: 'seasonal' })
    expect(testTrend(samples.slice(0, 4), 'year', 'share', 100)).toMatchObject({ ok: false })
  })
})
