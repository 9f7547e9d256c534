import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fewestAfter,
  fewestBefore,
  wholeBeforeAfter,
  type WholeQuestion,
} from '../../src/core/before-after-whole.ts'
import { periodsBetween } from '../../src/core/period.ts'
import { interruptedTimeSeries } from '../../src/core/stats/interrupted-time-series.ts'
import oracle from '../oracles/interrupted-time-series.json'

fc.configureGlobal({ seed: 20261124 })

const EFFECTS = ['level', 'slope', 'mean', 'earlierSlope'] as const

describe('a series against its own course', () => {
  it.each(oracle.cases)('is statsmodels’ generalised least squares, weighed: $name', (one) => {
    const found = interruptedTimeSeries(one.points)!
    expect(found.autocorrelation).toBeCloseTo(one.grid.autocorrelation, 7)
    for (const name of EFFECTS) {
      const { value, interval } = found[name]
      const { grid, fine } = one
      expect(value).toBeCloseTo(grid[name].value, 7)
      expect(interval.lower).toBeCloseTo(grid[name].lower, 7)
      expect(interval.upper).toBeCloseTo(grid[name].upper, 7)
      // What a finer weighing would change is little beside the interval itself.
      const width = fine[name].upper - fine[name].lower
      expect(Math.abs(interval.lower - fine[name].lower) / width).toBeLessThan(0.05)
      expect(Math.abs(interval.upper - fine[name].upper) / width).toBeLessThan(0.05)
    }
  })

  it('moves with what is added after, and not with level, direction, or where time begins', () => {
    const { points } = oracle.cases[0]!
    const plain = interruptedTimeSeries(points)!
    const number = fc.double({ min: -2, max: 2, noNaN: true })
    fc.assert(
      fc.property(number, number, number, fc.integer({ min: 0, max: 500 }), (by, up, rise, on) => {
        const moved = interruptedTimeSeries(
          points.map((point) => ({
            ...point,
            time: point.time + on,
            value: point.value + up + rise * point.time + (point.isAfter ? by : 0),
          })),
        )!
        expect(moved.mean.value).toBeCloseTo(plain.mean.value + by, 6)
        expect(moved.mean.interval.lower).toBeCloseTo(plain.mean.interval.lower + by, 6)
        expect(moved.earlierSlope.value).toBeCloseTo(plain.earlierSlope.value + rise, 6)
        expect(moved.slope.value).toBeCloseTo(plain.slope.value, 6)
      }),
      { numRuns: 5 },
    )
  })

  it('says nothing of a line without variation, or of points too few', () => {
    const line = Array.from({ length: 24 }, (_, time) => ({
      ...{ time, season: time % 4, isAfter: time > 16, value: 3, variance: 0 },
    }))
    expect(interruptedTimeSeries(line)).toBeNull()
    expect(interruptedTimeSeries(oracle.cases[0]!.points.slice(0, 8))).toBeNull()
  })
})

describe('a municipality as a whole', () => {
  const ask = (change: Partial<WholeQuestion> = {}) =>
    wholeBeforeAfter({
      indicator: { measure: 'rate', per: 1000, designEffect: 1, periodAggregation: 'sum' },
      periods: periodsBetween('quarter', '2018', '2025'),
      ...{ introduction: '2023-VT', end: null, area: 'hela' },
      // Chance that does not last, and three more of ten after the start.
      sampleOf: (_, period) => ({
        count: (period > '2023-K2' ? 1300 : 1000) + ((Number(period.at(-1)) * 7919) % 40),
        base: 100_000,
      }),
      ...change,
    })

  it('tells of what is planted, in the indicator’s unit, and leaves the introduction out', () => {
    const found = ask()
    if (!found.ok) throw new Error(found.reason)
    const { before, after, expected, difference, course } = found.value
    expect(before).toBeCloseTo(10.2, 0)
    expect(after).toBeCloseTo(13.2, 0)
    expect(expected + difference.value).toBeCloseTo(after, 9)
    expect(difference.value).toBeCloseTo(3, 0)
    expect(difference.interval.lower).toBeGreaterThan(0)
    expect([...course.keys()]).not.toContain('2023-K1')
    expect(course.size).toBe(30)
  })

  it('is too early with a period too few on either side, and puts nothing in place of what is hidden', () => {
    expect([fewestBefore('quarter'), fewestAfter('quarter')]).toEqual([12, 4])
    expect([fewestBefore('month'), fewestAfter('month')]).toEqual([36, 12])
    for (const [from, to, reason] of [
      ['2018', '2024-K1', 'too-few-periods-after'],
      ['2020-K2', '2025', 'too-few-periods-before'],
    ] as const)
      expect(ask({ periods: periodsBetween('quarter', from, to) })).toEqual({ ok: false, reason })
    expect(
      ask({ sampleOf: (_, period) => (period > '2024' ? null : { count: 9, base: 99 }) }),
    ).toEqual({ ok: false, reason: 'hidden-after' })
    expect(ask({ sampleOf: () => ({ count: 0, base: 99 }) })).toEqual({
      ok: false,
      reason: 'too-few-events',
    })
  })
})
