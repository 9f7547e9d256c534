import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CROSS_LAGS,
  crossPlan,
  crossTableKey,
  type CrossChoice,
  type CrossSource,
} from '../../src/core/cross-plan.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import {
  containingPeriod,
  kindOf,
  PERIOD_KINDS,
  periodEnd,
  periodsBetween,
  periodStart,
  type PeriodCode,
  type PeriodKind,
} from '../../src/core/period.ts'
import { LEVELS, open } from '../support/cross-world.ts'

fc.configureGlobal({ seed: 20261103 })

const CHOICE: CrossChoice = {
  ...{ level: 'regso', period: '2025', sex: 'T', smoothing: 'raw', lag: null },
}

interface Released {
  readonly indicator: Indicator
  readonly levels: readonly string[]
  readonly kinds: readonly PeriodKind[]
  readonly sexes?: readonly ('T' | 'K' | 'M')[]
}

const periodsOf = (kinds: readonly PeriodKind[]): PeriodCode[] =>
  kinds.flatMap((kind) => periodsBetween(kind, '2023', '2025'))

const sourceOf = (released: readonly Released[]): CrossSource => ({
  indicators: released.map(({ indicator }) => indicator),
  observations: released.flatMap(({ indicator, levels, kinds, sexes = ['T'] }) =>
    levels.map((level) => ({ indicator: indicator.id, level, sexes, periods: periodsOf(kinds) })),
  ),
  register: { levels: LEVELS },
})

const event = open('event', { class: 'unwanted-event', measure: 'rate' })
const cause = open('cause')
const ALL_LEVELS = ['kommun', 'stadsdel', 'regso']

/** How one event and one cause are crossed. */
function pairOf(
  ofEvent: Omit<Released, 'indicator'>,
  ofCause: Omit<Released, 'indicator'>,
  choice: Partial<CrossChoice> = {},
) {
  const source = sourceOf([
    { indicator: event, ...ofEvent },
    { indicator: cause, ...ofCause },
  ])
  return crossPlan(source, { ...CHOICE, ...choice }).pairs[0]![0]!
}

const level = (period: PeriodCode) => ({ period, before: null })

describe('a plan of what is crossed', () => {
  it('crosses events with causes, then with protection; never context, never classes', () => {
    const indicators = [
      open('protection', { class: 'protective-factor' }),
      open('people', { class: 'context' }),
      open('cause'),
      open('event', { class: 'unwanted-event' }),
      open('type', { measure: 'class' }),
      open('event-class', { class: 'unwanted-event', measure: 'class' }),
    ]
    const released = indicators.map((indicator) => ({
      ...{ indicator, levels: ALL_LEVELS, kinds: ['year'] as const },
    }))
    const { events, factors, tables } = crossPlan(sourceOf(released), CHOICE)
    expect(events.map(({ id }) => id)).toEqual(['event'])
    expect(factors.map(({ id }) => id)).toEqual(['cause', 'protection'])
    expect(tables.map(({ indicator, level }) => crossTableKey(indicator, level)).sort()).toEqual([
      ...['regso/cause', 'regso/event', 'regso/protection'],
    ])
  })

  it('never lays real figures beside invented ones', () => {
    const real = { ...cause, synthetic: false }
    const year = { levels: ALL_LEVELS, kinds: ['year'] } as const
    const plan = crossPlan(
      sourceOf([
        { indicator: event, ...year },
        { indicator: real, ...year },
      ]),
      CHOICE,
    )
    expect(plan.pairs).toEqual([[{ kind: 'refused', reason: 'real-beside-synthetic' }]])
    expect(plan.tables).toEqual([])
  })

  it('takes the coarser of two levels and the longer of two periods', () => {
    expect(
      pairOf(
        { levels: ALL_LEVELS, kinds: ['month', 'quarter', 'year'] },
        { levels: ['kommun', 'stadsdel'], kinds: ['quarter', 'year'] },
        { period: '2025-03' },
      ),
    ).toEqual({
      ...{ kind: 'planned', level: 'stadsdel', event: level('2025-K1'), factor: level('2025-K1') },
    })
  })

  it('says why a pair cannot be crossed', () => {
    const reasonOf = (...parameters: Parameters<typeof pairOf>) => {
      const pair = pairOf(...parameters)
      return pair.kind === 'refused' ? pair.reason : pair.kind
    }
    const year = { levels: ALL_LEVELS, kinds: ['year'] } as const
    expect(reasonOf(year, { ...year, levels: ['kommun'] })).toBe('no-common-level')
    expect(reasonOf(year, year, { level: 'kommun' })).toBe('no-common-level')
    expect(reasonOf({ ...year, kinds: ['week'] }, year)).toBe('no-common-period')
    expect(reasonOf({ ...year, kinds: ['quarter'] }, year)).toBe('no-common-period')
    expect(reasonOf(year, year, { period: '2026' })).toBe('period-not-released')
    expect(reasonOf(year, year, { sex: 'K' })).toBe('sex-not-published')
    const lag = CROSS_LAGS[2]!
    expect(reasonOf(year, year, { lag })).toBe('frequency-not-shared')
  })

  it('lays a school year beside the calendar year that it ends in, or that both hold the choice', () => {
    const calendar = { levels: ALL_LEVELS, kinds: ['month', 'quarter', 'year'] } as const
    const school = { levels: ALL_LEVELS, kinds: ['term', 'school-year'] } as const
    const planned = { kind: 'planned', level: 'regso' }
    const beside = { ...planned, event: level('2025'), factor: level('2024/25') }
    expect(pairOf(calendar, school)).toEqual(beside)
    expect(pairOf(calendar, school, { period: '2024/25' })).toEqual(beside)
    expect(pairOf(calendar, school, { period: '2024-K4' })).toEqual({
      ...{ ...planned, event: level('2024'), factor: level('2024/25') },
    })
    expect(pairOf(school, calendar)).toEqual({
      ...{ ...planned, event: level('2024/25'), factor: level('2025') },
    })
  })

  it('counts changes with the same frequency, the cause so many steps before', () => {
    const quarterly = { levels: ALL_LEVELS, kinds: ['quarter', 'year'] } as const
    expect(pairOf(quarterly, quarterly, { lag: { unit: 'quarter', steps: 2 } })).toEqual({
      ...{ kind: 'planned', level: 'regso' },
      event: { period: '2025-K4', before: '2025-K3' },
      factor: { period: '2025-K2', before: '2025-K1' },
    })
    expect(
      pairOf(quarterly, quarterly, { period: '2023-K4', lag: { unit: 'quarter', steps: 4 } }),
    ).toEqual({ kind: 'refused', reason: 'period-not-released' })
  })

  it('never crosses finer than chosen or than either has, nor at a period that does not hold the choice', () => {
    const someKinds = fc.subarray([...PERIOD_KINDS], { minLength: 1 })
    const someLevels = fc.subarray(ALL_LEVELS, { minLength: 1 })
    const released = fc.record({ levels: someLevels, kinds: someKinds })
    const chosenPeriod = fc.constantFrom(...periodsOf(PERIOD_KINDS))
    const rank = (id: string) => LEVELS.find((one) => one.id === id)!.rank
    const day = ({ year, month, day }: ReturnType<typeof periodEnd>) => Date.UTC(year, month, day)
    let planned = 0
    fc.assert(
      fc.property(
        ...[released, released, fc.constantFrom(...ALL_LEVELS), chosenPeriod],
        (ofEvent, ofCause, chosenLevel, period) => {
          const pair = pairOf(ofEvent, ofCause, { level: chosenLevel, period })
          if (pair.kind === 'refused') return
          planned++
          expect(rank(pair.level)).toBeGreaterThan(0)
          expect(rank(pair.level)).toBeLessThanOrEqual(rank(chosenLevel))
          for (const [{ levels, kinds }, side] of [
            [ofEvent, pair.event],
            [ofCause, pair.factor],
          ] as const) {
            expect(levels).toContain(pair.level)
            expect(kinds).toContain(kindOf(side.period))
          }
          const [first, second] = [pair.event.period, pair.factor.period]
          if (first === second) expect(containingPeriod(period, kindOf(first)!)).toBe(first)
          else {
            expect(new Set([kindOf(first), kindOf(second)])).toEqual(
              new Set(['year', 'school-year']),
            )
            expect(ofEvent.kinds.filter((kind) => ofCause.kinds.includes(kind))).not.toContain(
              'year',
            )
            const overlap =
              Math.min(day(periodEnd(first)), day(periodEnd(second))) -
              Math.max(day(periodStart(first)), day(periodStart(second)))
            expect(overlap / 86_400_000).toBeGreaterThan(150)
          }
        },
      ),
      { numRuns: 500 },
    )
    expect(planned).toBeGreaterThan(50)
  })
})
