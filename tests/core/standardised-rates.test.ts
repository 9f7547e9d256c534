import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COVERAGE_998 } from '../../src/core/stats/coverage.ts'
import { funnelLimits, funnelPoint } from '../../src/core/stats/funnel-limits.ts'
import type { Outcome } from '../../src/core/stats/outcome.ts'
import { similarAreas } from '../../src/core/stats/similar-areas.ts'
import {
  directlyStandardised,
  indirectlyStandardised,
} from '../../src/core/stats/standardisation.ts'
import oracle from '../oracles/standardised-rates.json'

fc.configureGlobal({ seed: 20261103 })

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

/** Equal to 1e-10 of the expected value. */
function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected))
}

describe('standardisation', () => {
  const { pop, count, stdpop, direct, direct_dobson_byar, indirect } = oracle.standardisation
  const strataOf = (group: number) =>
    pop.map((row, age) => ({ count: count[age]![group]!, population: row[group]! }))
  const everyone = strataOf(5)

  it.each(direct.map((expected, group) => ({ group, expected })))(
    'direct, group $group: epitools’ and Dobson’s intervals',
    ({ group, expected }) => {
      const found = valueOf(directlyStandardised(strataOf(group), stdpop, 1))
      expectNear(found.rate, expected['adj.rate'])
      expectNear(found.cautiousInterval.lower, expected.lci)
      expectNear(found.cautiousInterval.upper, expected.uci)
      expectNear(found.interval.lower, direct_dobson_byar[group]!.lower)
      expectNear(found.interval.upper, direct_dobson_byar[group]!.upper)
    },
  )

  it.each(indirect.map((expected, group) => ({ group, expected })))(
    'indirect, group $group: epitools’ ratio, and the exact interval about it',
    ({ group, expected: { sir, rate } }) => {
      const strata = strataOf(group)
      const observed = strata.reduce((sum, stratum) => sum + stratum.count, 0)
      const populations = strata.map(({ population }) => population)
      const found = valueOf(indirectlyStandardised(observed, populations, everyone, 1))
      expect(found.observed).toBe(sir.observed)
      expectNear(found.expected, sir.exp)
      expectNear(found.ratio, sir.sir)
      expectNear(found.logarithmicInterval!.lower, sir.lci)
      expectNear(found.logarithmicInterval!.upper, sir.uci)
      expectNear(found.rate, rate['adj.rate'])
      expect(found.interval.lower).toBeLessThan(found.ratio)
      expect(Math.abs(found.interval.upper / sir.uci - 1)).toBeLessThan(0.01)
    },
  )

  it('leaves the crude rate where area and standard are alike, and holds it in its intervals', () => {
    const stratum = fc.record({ count: fc.nat(30), population: fc.integer({ min: 50, max: 900 }) })
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 6 }), (strata) => {
        const populations = strata.map(({ population }) => population)
        const events = strata.reduce((sum, each) => sum + each.count, 0)
        const people = populations.reduce((sum, each) => sum + each, 0)
        const found = directlyStandardised(strata, populations, 1000)
        expect(found.ok).toBe(events > 0)
        if (!found.ok) return
        expect(found.value.rate).toBeCloseTo((1000 * events) / people, 9)
        for (const { lower, upper } of [found.value.interval, found.value.cautiousInterval]) {
          expect(lower).toBeLessThanOrEqual(found.value.rate)
          expect(upper).toBeGreaterThanOrEqual(found.value.rate)
        }
        const ratio = valueOf(indirectlyStandardised(events, populations, strata, 1000))
        expect(ratio.ratio).toBeCloseTo(1, 12)
      }),
    )
  })

  it('is undefined without population, events or anything to expect', () => {
    const strata = [{ count: 3, population: 100 }]
    const noPopulation = { ok: false, reason: 'statistics-no-population' }
    expect(directlyStandardised([...strata, { count: 0, population: 0 }], [5, 5], 1)).toEqual(
      noPopulation,
    )
    expect(directlyStandardised([...strata, { count: 0, population: 0 }], [5, 0], 1).ok).toBe(true)
    expect(directlyStandardised([], [], 1)).toEqual(noPopulation)
    for (const count of [0, NaN])
      expect(directlyStandardised([{ count, population: 100 }], [5], 1)).toEqual({
        ok: false,
        reason: 'statistics-no-events',
      })
    expect(indirectlyStandardised(3, [0], strata, 1)).toEqual(noPopulation)
    expect(indirectlyStandardised(3, [10], [{ count: 1, population: 0 }], 1)).toEqual(noPopulation)
    expect(indirectlyStandardised(NaN, [10], strata, 1)).toEqual(noPopulation)
    expect(valueOf(indirectlyStandardised(0, [10], strata, 1))).toMatchObject({
      ratio: 0,
      logarithmicInterval: null,
    })
  })
})

describe('funnel limits', () => {
  const { theta0, denominators, binomial_spiegelhalter, expected, poisson_spiegelhalter_SIR } =
    oracle.funnel

  it('equals Spiegelhalter’s exact limits, of shares', () => {
    denominators.forEach((base, place) => {
      const inner = funnelLimits(theta0, base, 'binomial')!
      const outer = funnelLimits(theta0, base, 'binomial', COVERAGE_998)!
      expectNear(inner.lower, binomial_spiegelhalter['p0.025'][place]!)
      expectNear(inner.upper, binomial_spiegelhalter['p0.975'][place]!)
      expectNear(outer.lower, binomial_spiegelhalter['p0.001'][place]!)
      expectNear(outer.upper, binomial_spiegelhalter['p0.999'][place]!)
    })
  })

  it('equals Spiegelhalter’s exact limits, of counts over what is expected', () => {
    expected.forEach((base, place) => {
      const inner = funnelLimits(1, base, 'poisson')!
      const outer = funnelLimits(1, base, 'poisson', COVERAGE_998)!
      expectNear(inner.lower, poisson_spiegelhalter_SIR['p0.025'][place]!)
      expectNear(inner.upper, poisson_spiegelhalter_SIR['p0.975'][place]!)
      expectNear(outer.lower, poisson_spiegelhalter_SIR['p0.001'][place]!)
      expectNear(outer.upper, poisson_spiegelhalter_SIR['p0.999'][place]!)
    })
  })

  it('takes the area out of what it is compared with', () => {
    const area = { count: 30, base: 1000 }
    const point = valueOf(funnelPoint(area, { count: 130, base: 11_000 }, 'poisson'))
    expect(point.target).toBe(0.01)
    expect(point.limits).toEqual(funnelLimits(0.01, 1000, 'poisson'))
    expect(point.place).toBe('much-higher')
    expect(
      valueOf(funnelPoint({ count: 10, base: 1000 }, { count: 110, base: 11_000 }, 'binomial'))
        .place,
    ).toBe('inside')
    expect(
      valueOf(funnelPoint({ count: 0, base: 1000 }, { count: 100, base: 11_000 }, 'poisson')).place,
    ).toBe('much-lower')
  })

  it('calls none at all neither high where there are few, nor anything where nobody has any', () => {
    for (const [count, base] of [
      [0, 5000],
      [1, 900_000],
    ] as const) {
      const nothing = valueOf(funnelPoint({ count: 0, base: 10 }, { count, base }, 'poisson'))
      expect(nothing.place).toBe('inside')
      expect(nothing.limits.upper).toBeGreaterThanOrEqual(0)
    }
    const all = valueOf(funnelPoint({ count: 9, base: 9 }, { count: 99, base: 99 }, 'binomial'))
    expect(all.place).toBe('inside')
    expect(funnelPoint({ count: 3, base: 9 }, { count: 3, base: 9 }, 'binomial')).toEqual({
      ok: false,
      reason: 'statistics-no-population',
    })
    for (const [target, base] of [
      [NaN, 9],
      [-1, 9],
      [0.1, 0],
      [0.1, NaN],
      [1.5, 9],
      [0.5, 2.5],
    ] as const)
      expect(funnelLimits(target, base, 'binomial')).toBeNull()
  })

  it('calls an area different at most as often as it says', () => {
    for (const mean of [0.1, 0.5, 3, 12, 80]) {
      const total = { count: 1e6 * mean, base: 1e6 }
      let term = Math.exp(-mean)
      let [outside, farOutside, inLimits] = [0, 0, 0]
      for (let count = 0; count < 4 * mean + 40; term *= mean / ++count) {
        const area = { count, base: 1 }
        const sum = { count: total.count + count, base: total.base + 1 }
        const { place, value, limits } = valueOf(funnelPoint(area, sum, 'poisson'))
        if (place !== 'inside') outside += term
        if (place.startsWith('much')) farOutside += term
        if (value >= limits.lower && value <= limits.upper) inLimits += term
      }
      expect(outside).toBeLessThanOrEqual(0.05)
      expect(farOutside).toBeLessThanOrEqual(0.002)
      expect(inLimits).toBeGreaterThan(0.9)
    }
  })
})

describe('similar areas', () => {
  it('finds the nearest in standard deviations, and says in what', () => {
    const incomes = [100, 102, 180, 101, 250]
    const flats = [0.9, 0.8, 0.9, NaN, 0.1]
    const [first, second] = valueOf(similarAreas([incomes, flats], 0, 2))
    expect(first).toMatchObject({ area: 3, shared: 1 })
    expect(second).toMatchObject({ area: 1, shared: 2 })
    expect(second!.likeness.map(({ indicator }) => indicator)).toEqual([0, 1])
    const rescaled = valueOf(similarAreas([incomes.map((v) => 7 - 3 * v), flats], 0, 4))
    const plain = valueOf(similarAreas([incomes, flats], 0, 4))
    rescaled.forEach(({ area, distance }, place) => {
      expect(area).toBe(plain[place]!.area)
      expect(distance).toBeCloseTo(plain[place]!.distance, 12)
    })
  })

  it('compares none that share too little, and is undefined where nothing can be compared', () => {
    const one = [1, 2, 3, 4]
    const gaps = [NaN, 5, NaN, 6]
    const more = [NaN, 1, NaN, 3]
    expect(similarAreas([one, gaps, more], 0, 3)).toEqual({
      ok: false,
      reason: 'statistics-too-few-areas',
    })
    expect(valueOf(similarAreas([one, gaps, more], 1, 3)).map(({ area }) => area)).toEqual([3])
    expect(similarAreas([[2, 2, 2]], 0, 2)).toEqual({
      ok: false,
      reason: 'statistics-no-variation',
    })
    expect(similarAreas([], 0, 2).ok).toBe(false)
  })
})
