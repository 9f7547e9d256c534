import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  beforeAfter,
  roundsOf,
  sideOf,
  type BeforeAfterOutcome,
  type BeforeAfterQuestion,
} from '../../src/core/before-after.ts'
import { periodsBetween } from '../../src/core/period.ts'
import type { Sample } from '../../src/core/stats/comparison.ts'
import { changeAgainstOthers } from '../../src/core/stats/difference-in-differences.ts'
import { studentReach } from '../../src/core/stats/distributions.ts'
import { pauleMandel } from '../../src/core/stats/paule-mandel.ts'
import oracle from '../oracles/before-after.json'

fc.configureGlobal({ seed: 20261103 })

const estimates = (values: readonly number[], variances: readonly number[]) =>
  values.map((value, index) => ({ value, variance: variances[index]! }))

describe('the statistics of a change against that of others', () => {
  it('has SciPy’s reach of Student’s t', () => {
    for (const { probability, freedom, t } of oracle.student)
      expect(studentReach(probability, freedom) / t).toBeCloseTo(1, 7)
  })

  it('has the spread beyond chance of Paule and Mandel', () => {
    const { y, v, tau2, statsmodelsTau2, mean, meanVariance } = oracle.pauleMandel
    const found = pauleMandel(estimates(y, v))!
    expect(found.between).toBeCloseTo(tau2, 12)
    expect(found.between).toBeCloseTo(statsmodelsTau2, 7)
    expect(found.mean).toBeCloseTo(mean, 12)
    expect(found.meanVariance).toBeCloseTo(meanVariance, 12)
    const none = pauleMandel(estimates(y, oracle.noExcess.v))!
    expect(none.between).toBe(0)
    expect(none.mean).toBeCloseTo(oracle.noExcess.mean, 12)
    expect(none.meanVariance).toBeCloseTo(oracle.noExcess.meanVariance, 12)
  })

  it('is a regression with areas and periods where figures have no chance of their own', () => {
    const { before, after, regression, lower, upper, p } = oracle.differenceInDifferences
    const [own, ...others] = before.map((value, area) => ({
      value: after[area]! - value,
      variance: 0,
    }))
    const found = changeAgainstOthers(own!, others)!
    expect(found.difference).toBeCloseTo(regression, 10)
    expect(found.interval.lower).toBeCloseTo(lower, 8)
    expect(found.interval.upper).toBeCloseTo(upper, 8)
    expect(found.p).toBeCloseTo(p, 10)
    expect(changeAgainstOthers(own!, others.slice(0, 5))).toBeNull()
  })

  it('moves with what all share, and widens with the area’s own chance', () => {
    const one = fc.record({
      value: fc.double({ min: -3, max: 3, noNaN: true }),
      variance: fc.double({ min: 0.01, max: 2, noNaN: true }),
    })
    fc.assert(
      fc.property(
        one,
        fc.array(one, { minLength: 6, maxLength: 12 }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (own, others, shared) => {
          const found = changeAgainstOthers(own, others)!
          const moved = ({ value, variance }: typeof own) => ({ value: value + shared, variance })
          const again = changeAgainstOthers(moved(own), others.map(moved))!
          expect(again.difference).toBeCloseTo(found.difference, 8)
          expect(again.interval.lower).toBeCloseTo(found.interval.lower, 6)
          const wider = changeAgainstOthers({ ...own, variance: own.variance + 1 }, others)!
          expect(wider.interval.upper).toBeGreaterThan(found.interval.upper)
          expect(wider.difference).toBe(found.difference)
        },
      ),
    )
  })
})

describe('periods before and after', () => {
  it('leaves out every period that any of the introduction falls in', () => {
    const sides = (introduction: string) =>
      periodsBetween('quarter', '2023', '2024').map((period) => sideOf(period, introduction, null))
    const [b, i, a] = ['before', 'introduction', 'after']
    expect(sides('2024-02')).toEqual([b, b, b, b, i, a, a, a])
    expect(sides('2023-HT')).toEqual([b, b, i, i, a, a, a, a])
    expect(sides('2023')).toEqual([i, i, i, i, a, a, a, a])
    expect(sideOf('2025-K1', '2023', '2024-12')).toBe('ended')
  })

  it('makes whole years of them, from the introduction outwards', () => {
    const { before, after } = roundsOf(periodsBetween('quarter', '2022', '2024'), '2023-05', null)
    expect(before).toEqual([['2022-K2', '2022-K3', '2022-K4', '2023-K1']])
    expect(after).toEqual([['2023-K3', '2023-K4', '2024-K1', '2024-K2']])
    expect(roundsOf(periodsBetween('week', '2020', '2024'), '2022', null)).toEqual({
      before: [],
      after: [],
    })
  })
})

describe('one area before and after against others', () => {
  const YEARS = periodsBetween('year', '2018', '2025')
  const OTHERS = Array.from({ length: 10 }, (_, number) => `other-${number}`)

  /** Every other falls by a tenth or so after 2022, the area by a half. */
  const figures = (area: string, period: string): Sample => {
    const isAfter = period > '2022'
    if (area === 'own') return { count: isAfter ? 100 : 200, base: 4000 }
    const number = OTHERS.indexOf(area)
    const count = 100 + 10 * number
    return { count: isAfter ? Math.round(count * (0.86 + 0.01 * number)) : count, base: 4000 }
  }

  const ask = (change: Partial<BeforeAfterQuestion> = {}): BeforeAfterOutcome =>
    beforeAfter({
      indicator: { measure: 'rate', per: 1000, designEffect: 1, periodAggregation: 'sum' },
      ...{ periods: YEARS, introduction: '2022', end: null, area: 'own', others: OTHERS },
      ...{ mostOthers: 8, sampleOf: figures },
      ...change,
    })
  const without = (hidden: (area: string, period: string) => boolean) =>
    ask({
      sampleOf: (area, period) => (hidden(area, period) ? null : figures(area, period)),
    })
  const reasonOf = (outcome: BeforeAfterOutcome) => (outcome.ok ? 'told' : outcome.reason)

  it('tells the change beyond theirs, with what it would have been at theirs', () => {
    const outcome = ask()
    if (!outcome.ok) throw new Error(outcome.reason)
    const { against, before, after, expected, difference, interval, others } = outcome.value
    expect([before, after]).toEqual([50, 25])
    expect(others).toEqual(OTHERS.slice(0, 8))
    expect(expected).toBeGreaterThan(43)
    expect(expected).toBeLessThan(47)
    expect(difference).toBeCloseTo(after - expected, 10)
    expect(interval.lower).toBeLessThan(difference)
    expect(interval.upper).toBeLessThan(0)
    expect(against.asFar).toBe(0)
    expect(outcome.value.earlierTrend!.p).toBeGreaterThan(0.9)
  })

  it('sees that the area went its own way before the start', () => {
    const outcome = ask({
      sampleOf: (area, period) =>
        area === 'own' && period < '2022'
          ? { count: 400 - 70 * (Number(period) - 2018), base: 4000 }
          : figures(area, period),
    })
    expect(outcome.ok && outcome.value.earlierTrend!.p).toBeLessThan(0.001)
  })

  it('counts persons that are there in every period once', () => {
    const share = { measure: 'share', per: 100, designEffect: 1 } as const
    const width = (periodAggregation: 'sum' | 'mean') => {
      const outcome = ask({ indicator: { ...share, periodAggregation } })
      if (!outcome.ok) throw new Error(outcome.reason)
      return outcome.value.interval.upper - outcome.value.interval.lower
    }
    expect(width('mean')).toBeGreaterThan(1.5 * width('sum'))
  })

  it('says what is lacking, and puts nothing in the place of what is hidden', () => {
    expect(reasonOf(ask({ periods: YEARS.slice(2) }))).toBe('too-few-rounds-before')
    expect(reasonOf(ask({ periods: YEARS.slice(0, -2) }))).toBe('too-few-rounds-after')
    expect(reasonOf(without((area, period) => area === 'own' && period < '2020'))).toBe(
      'hidden-before',
    )
    expect(reasonOf(without((area, period) => area === 'own' && period > '2023'))).toBe(
      'hidden-after',
    )
    expect(reasonOf(ask({ others: OTHERS.slice(0, 5) }))).toBe('too-few-comparison-areas')
    expect(reasonOf(ask({ sampleOf: () => ({ count: 2, base: 4000 }) }))).toBe('too-few-events')
    expect(reasonOf(ask({ periods: periodsBetween('week', '2018', '2025') }))).toBe('no-rounds')
  })

  it('compares over the same periods alone', () => {
    const outcome = without(
      (area, period) =>
        (area === 'own' && period === '2019') || (area === 'other-3' && period === '2024'),
    )
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(outcome.value.rounds.before).toEqual([['2018'], ['2020'], ['2021']])
    expect(outcome.value.leftOut).toEqual({ hidden: ['other-3'], fewEvents: [] })
    expect(outcome.value.others).not.toContain('other-3')
    const strayed = ask({
      sampleOf: (area, period) =>
        area === 'own' && period === '2019'
          ? null
          : area !== 'own' && period === '2019'
            ? { count: 4000, base: 4000 }
            : area === 'other-3' && period === '2024'
              ? null
              : figures(area, period),
    })
    expect(strayed.ok && strayed.value.difference).toBe(outcome.value.difference)
  })
})
