import fc from 'fast-check'
import { Matrix, solve } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { mulberry } from '../../src/core/random.ts'
import { COVERAGE_998 } from '../../src/core/stats/coverage.ts'
import {
  autoregression,
  crossCorrelation,
  differenced,
  prewhitenedCrossCorrelation,
} from '../../src/core/stats/cross-correlation.ts'
import { lagCurve } from '../../src/core/stats/lag-curve.ts'
import { mannKendall, poissonTrend } from '../../src/core/stats/trend-test.ts'
import oracle from '../oracles/time-series.json'

fc.configureGlobal({ seed: 20261103 })

function valueOf<Value>(
  outcome:
    { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string },
): Value {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

/** Equal to 1e-10 of the expected value. */
function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected))
}

const tooFew = { ok: false, reason: 'statistics-too-few-points' }

describe('Mann and Kendall’s trend', () => {
  it('equals R’s figures of Lake Huron, ties and all', () => {
    const { x, S, variance, z, p, slope } = oracle.mannKendall
    const found = valueOf(mannKendall(x))
    expect(found.S).toBe(S)
    expectNear(found.variance, variance)
    expectNear(found.z, z)
    expectNear(found.p, p)
    expectNear(found.slope, slope)
    expect(found.points).toBe(x.length)
  })

  it('turns with the series, and cares for neither scale nor gaps in a line', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 5, maxLength: 15 })
    fc.assert(
      fc.property(values, (series) => {
        const found = mannKendall(series)
        const turned = mannKendall(series.toReversed().map((value) => 3 * value + 2))
        expect(turned.ok).toBe(found.ok)
        if (!found.ok || !turned.ok) return
        expect(turned.value.S).toBe(0 - found.value.S)
        expect(turned.value.p).toBe(found.value.p)
        expect(turned.value.slope).toBeCloseTo(-3 * found.value.slope, 10)
      }),
    )
    expect(valueOf(mannKendall([1, 3, NaN, 7, 9, NaN, 13])).slope).toBe(2)
  })

  it('is undefined for too little, for what does not vary, and across a break', () => {
    expect(mannKendall([1, 2, 3, 4])).toEqual(tooFew)
    expect(mannKendall([1, 2, NaN, 3, 4])).toEqual(tooFew)
    expect(mannKendall([5, 5, 5, 5, 5])).toEqual({ ok: false, reason: 'statistics-no-variation' })
    expect(mannKendall([1, 2, 3, 4, 5], [3])).toEqual({
      ok: false,
      reason: 'statistics-series-break',
    })
    expect(mannKendall([NaN, 1, 2, 3, 4, 5], [1]).ok).toBe(true)
  })
})

describe('a trend in counts', () => {
  it('solves the equations of maximum likelihood and holds its ratio', () => {
    const point = fc.record({ count: fc.nat(60), population: fc.integer({ min: 100, max: 5000 }) })
    fc.assert(
      fc.property(fc.array(point, { minLength: 5, maxLength: 14 }), (points) => {
        const counts = points.map(({ count }) => count)
        const populations = points.map(({ population }) => population)
        const found = poissonTrend(counts, populations)
        if (!found.ok) return
        const { ratio, interval, dispersion } = found.value
        const weights = populations.map((population, time) => population * ratio ** time)
        const events = counts.reduce((sum, count) => sum + count, 0)
        const whole = weights.reduce((sum, weight) => sum + weight, 0)
        const fitted = weights.map((weight) => (events * weight) / whole)
        const moment = (values: readonly number[]) =>
          values.reduce((sum, value, time) => sum + value * time, 0)
        expect(Math.abs(moment(fitted) / moment(counts) - 1)).toBeLessThan(1e-9)
        const squares = fitted.reduce(
          (sum, mean, time) => sum + (counts[time]! - mean) ** 2 / mean,
          0,
        )
        expect(dispersion).toBeCloseTo(Math.max(1, squares / (counts.length - 2)), 6)
        expect(interval.lower).toBeLessThanOrEqual(ratio)
        expect(interval.upper).toBeGreaterThanOrEqual(ratio)
        const outer = valueOf(poissonTrend(counts, populations, [], COVERAGE_998))
        expect(outer.interval.upper).toBeGreaterThan(interval.upper)
        expect(outer.p).toBe(found.value.p)
      }),
    )
  })

  it('finds a steady rise and calls it chance where it is', () => {
    const people = new Array<number>(10).fill(1000)
    const rise = valueOf(
      poissonTrend(
        people.map((_, time) => Math.round(20 * 1.1 ** time)),
        people,
      ),
    )
    expect(rise.ratio).toBeCloseTo(1.1, 2)
    expect(rise.p).toBeLessThan(0.01)
    expect(rise.dispersion).toBe(1)
    // p and interval say the same: at 5 % the ratio 1 lies on the edge of the interval.
    for (let last = 20; last < 60; last++) {
      const found = valueOf(poissonTrend([20, 22, 19, 21, 20, 22, last], people.slice(0, 7)))
      expect(found.p < 0.05).toBe(found.interval.lower > 1)
    }
  })

  it('is undefined for too little and without events', () => {
    const people = [9, 9, 9, 9, 9]
    expect(poissonTrend([1, 2, 3, 4], people)).toEqual(tooFew)
    expect(poissonTrend([1, 2, 3, 4, 5], [9, 9, 0, 9, 9])).toEqual(tooFew)
    expect(poissonTrend([0, 0, 0, 0, 7], people)).toEqual(tooFew)
    expect(poissonTrend([0, 0, 0, 0, 0], people)).toEqual({
      ok: false,
      reason: 'statistics-no-events',
    })
    expect(poissonTrend([1, 2, 3, 4, 5], people, [2])).toEqual({
      ok: false,
      reason: 'statistics-series-break',
    })
  })
})

describe('cross-correlation', () => {
  it('equals R’s ccf', () => {
    const { x, y, lag, acf } = oracle.crossCorrelation
    const { lags, n } = valueOf(crossCorrelation(x, y, 6))
    expect(n).toBe(72)
    lags.forEach((found, place) => {
      expect(found.lag).toBe(lag[place])
      expectNear(found.r, acf[place]!)
      expect(found.pairs).toBe(72 - Math.abs(found.lag))
    })
  })

  it('finds the lag that was planted, in changes and behind a shared memory', () => {
    const random = mulberry(6)
    const noise = () => random() + random() + random() - 1.5
    const cause: number[] = [0]
    for (let time = 1; time < 120; time++) cause.push(0.9 * cause[time - 1]! + noise())
    const event = cause.map((_, time) => (time < 2 ? 0 : 2 * cause[time - 2]!) + noise() / 4)
    const strongest = (lags: readonly { lag: number; r: number }[]) =>
      lags.toSorted((a, b) => Math.abs(b.r) - Math.abs(a.r))[0]!.lag
    const changes = valueOf(crossCorrelation(differenced(event), differenced(cause), 4))
    expect(strongest(changes.lags)).toBe(2)
    const white = valueOf(prewhitenedCrossCorrelation(event, cause, 4))
    expect(strongest(white.lags)).toBe(2)
    const beyond = (lags: readonly { r: number }[], bound: number) =>
      lags.filter(({ r }) => Math.abs(r) > bound).length
    const plain = valueOf(crossCorrelation(event, cause, 4))
    expect(beyond(white.lags, white.bound)).toBeLessThan(beyond(plain.lags, plain.bound))
  })

  it('fits an autoregression that solves Yule and Walker’s equations', () => {
    const { x } = oracle.crossCorrelation
    const coefficients = autoregression(x)!
    const order = coefficients.length
    expect(order).toBeGreaterThan(1)
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length
    const covariance = (lag: number) =>
      x.slice(lag).reduce((sum, value, time) => sum + (value - mean) * (x[time]! - mean), 0)
    const toeplitz = new Matrix(
      Array.from({ length: order }, (_, i) =>
        Array.from({ length: order }, (__, j) => covariance(Math.abs(i - j))),
      ),
    )
    const target = Matrix.columnVector(Array.from({ length: order }, (_, i) => covariance(i + 1)))
    solve(toeplitz, target)
      .to1DArray()
      .forEach((phi, place) => expect(coefficients[place]).toBeCloseTo(phi, 9))
    const random = mulberry(1)
    const white = Array.from({ length: 200 }, () => random())
    expect(Math.hypot(...autoregression(white)!)).toBeLessThan(0.35)
    expect(autoregression([3, 3, 3])).toBeNull()
  })

  it('leaves gaps in their place, and is undefined for too little', () => {
    const x = [1, 4, NaN, 2, 8, 5, 7]
    const { lags } = valueOf(crossCorrelation(x, x, 2))
    expect(lags[2]).toEqual({ lag: 0, r: expect.closeTo(1, 12) as number, pairs: 6 })
    expect(lags[3]!.pairs).toBe(4)
    expect([...differenced(x)]).toEqual([3, NaN, NaN, 6, -3, 2])
    expect([...differenced([])]).toEqual([])
    expect(crossCorrelation([1, 2, 3, 4], [1, 2, 3, 4], 1).ok).toBe(false)
    expect(
      crossCorrelation(
        x,
        x.map(() => 1),
        1,
      ).ok,
    ).toBe(false)
    expect(prewhitenedCrossCorrelation(x, x, 1).ok).toBe(false)
  })
})

describe('the lag curve of many areas', () => {
  /** Areas with a trend and a season of their own level, and a cause that shows two quarters later. */
  function world(seed: number, effect: number) {
    const random = mulberry(seed)
    const noise = () => random() + random() + random() - 1.5
    const causes = Array.from({ length: 42 }, () => {
      const level = 20 * random()
      return Array.from({ length: 20 }, (_, time) => level + 3 * Math.sin(time * 1.57) + noise())
    })
    const events = causes.map((cause) => {
      const level = 50 * random()
      return cause.map(
        (_, time) =>
          level + 5 * Math.sin(time * 1.57) + (time < 2 ? 0 : effect * cause[time - 2]!) + noise(),
      )
    })
    return { causes, events }
  }
  const lags = [0, 1, 2, 3, 4]

  it('finds the lag that was planted, in spite of season and level, and no other', () => {
    const { causes, events } = world(3, 0.5)
    const points = lagCurve(events, causes, lags).map(valueOf)
    const strongest = points.toSorted((a, b) => Math.abs(b.r) - Math.abs(a.r))[0]!
    expect(strongest.lag).toBe(2)
    expect(strongest.adjusted).toBeLessThan(1e-6)
    expect(strongest).toMatchObject({ areas: 42, pairs: 42 * 17 })
    for (const { r, interval, p, adjusted } of points) {
      expect(interval.lower).toBeLessThan(r)
      expect(interval.upper).toBeGreaterThan(r)
      expect(adjusted).toBeGreaterThanOrEqual(p)
    }
  })

  it('calls chance a lag about as seldom as it says', () => {
    let found = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { causes, events } = world(100 + seed, 0)
      found += lagCurve(events, causes, lags).filter(
        (point) => point.ok && point.value.p <= 0.05,
      ).length
    }
    expect(found / 300).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 300))
    expect(found).toBeGreaterThan(2)
  })

  it('cares neither for the order of areas nor for scale, and leaves gaps out', () => {
    const { causes, events } = world(5, 0.3)
    events[4]![7] = NaN
    const points = lagCurve(events, causes, lags).map(valueOf)
    const again = lagCurve(
      events.toReversed().map((series) => series.map((value) => 7 * value)),
      causes.toReversed().map((series) => series.map((value) => 3 - value / 9)),
      lags,
    ).map(valueOf)
    points.forEach(({ r, p }, place) => {
      expect(again[place]!.r).toBeCloseTo(-r, 10)
      expect(again[place]!.p).toBeCloseTo(p, 10)
    })
    expect(points[0]!.pairs).toBe(42 * 19 - 2)
  })

  it('is undefined for too few areas, too short a time, or no variation', () => {
    const { causes, events } = world(5, 0.3)
    const tooFewAreas = { ok: false, reason: 'statistics-too-few-areas' }
    expect(lagCurve(events.slice(0, 9), causes.slice(0, 9), [0])).toEqual([tooFewAreas])
    expect(lagCurve(events, causes, [0, 30])[1]).toEqual(tooFewAreas)
    const still = causes.map((series) => series.map(() => 4))
    expect(lagCurve(events, still, [0])).toEqual([{ ok: false, reason: 'statistics-no-variation' }])
    expect(lagCurve([], [], [0])).toEqual([tooFewAreas])
  })
})
