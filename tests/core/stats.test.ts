import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  classOf,
  equalBreaks,
  naturalBreaks,
  quantileBreaks,
  roundBreaks,
  type Breaks,
} from '../../src/core/stats/class-breaks.ts'
import { compareTwo, compareWithRest, fiveStepVerdict } from '../../src/core/stats/comparison.ts'
import { COVERAGE_95, COVERAGE_998 } from '../../src/core/stats/coverage.ts'
import { empiricalBayes } from '../../src/core/stats/empirical-bayes.ts'
import { clopperPearsonInterval, garwoodInterval } from '../../src/core/stats/exact-interval.ts'
import { gammaQuantile } from '../../src/core/stats/gamma-quantile.ts'
import {
  byarInterval,
  cubedNormalPoint,
  wilsonInterval,
} from '../../src/core/stats/rate-interval.ts'
import { quantileOfSorted, sortedFinite, summarise } from '../../src/core/stats/summary.ts'
import classOracle from '../oracles/class-breaks.json'
import bayesOracle from '../oracles/empirical-bayes.json'
import rateOracle from '../oracles/rate-intervals.json'

fc.configureGlobal({ seed: 20261103 })

/** Equal to 1e-10 of the expected value. */
function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
    1e-10 * Math.max(Math.abs(expected), 1e-6),
  )
}

describe('intervals of rates and shares', () => {
  const { poisson, binomial } = rateOracle

  it('uses the cube root of epitools’ Byar, which stands it on x + ½', () => {
    poisson.count.forEach((count, index) => {
      if (count === 0) return // its lower limit is negative there
      const personTime = poisson.personTime[index]!
      const { lower, upper } = poisson.epitoolsByar
      expectNear(cubedNormalPoint(count + 0.5, -COVERAGE_95.z) / personTime, lower[index]!)
      expectNear(cubedNormalPoint(count + 0.5, COVERAGE_95.z) / personTime, upper[index]!)
    })
  })

  it('stays within a fortieth of an event of the exact Poisson limits', () => {
    poisson.count.forEach((count, index) => {
      const { lower, upper } = byarInterval(count, 1, 1)!
      const exact = poisson.exactCountLimits
      expect(Math.abs(lower - exact.lower[index]!)).toBeLessThan(0.025)
      expect(Math.abs(upper - exact.upper[index]!)).toBeLessThan(0.025)
    })
    expect(byarInterval(0, 1000, 1000)!.lower).toBe(0)
    expect(byarInterval(0, 1000, 1000)!.upper).toBeGreaterThan(3.6)
    expect(byarInterval(7, 50, 1000)!.upper).toBeCloseTo(20 * byarInterval(7, 1, 1)!.upper, 10)
  })

  it('gives Wilson’s interval', () => {
    binomial.count.forEach((count, index) => {
      const size = binomial.size[index]!
      const { lower, upper, level } = wilsonInterval(count, size, 1)!
      expectNear(lower, binomial.wilson.lower[index]!)
      expectNear(upper, binomial.wilson.upper[index]!)
      expect(level).toBe(0.95)
    })
    expect(wilsonInterval(0, 5, 100)!.lower).toBe(0)
    expect(wilsonInterval(12, 12, 100)!.upper).toBe(100)
  })

  it('gives the exact limits of counts and shares', () => {
    poisson.count.forEach((count, index) => {
      const { lower, upper } = garwoodInterval(count, 1, 1)!
      expectNear(lower, poisson.exactCountLimits.lower[index]!)
      expectNear(upper, poisson.exactCountLimits.upper[index]!)
    })
    binomial.count.forEach((count, index) => {
      const { lower, upper } = clopperPearsonInterval(count, binomial.size[index]!, 1)!
      expectNear(lower, binomial.clopperPearson.lower[index]!)
      expectNear(upper, binomial.clopperPearson.upper[index]!)
    })
    expectNear(garwoodInterval(7, 50, 1000)!.upper, 20 * garwoodInterval(7, 1, 1)!.upper)
    expectNear(clopperPearsonInterval(7, 50, 100, COVERAGE_998)!.level, 0.998)
  })

  it('has exact limits that stay smooth where the library’s own stop being exact', () => {
    for (const shape of [499, 500, 501, 1000, 40_000, 1e6])
      for (const [probability, z] of [
        [0.001, -COVERAGE_998.z],
        [0.025, -COVERAGE_95.z],
        [0.975, COVERAGE_95.z],
        [0.999, COVERAGE_998.z],
      ] as const) {
        // Cornish and Fisher's expansion of the chi-square distribution, whose error is of the order of 1/shape².
        const root = Math.sqrt(shape)
        const expected =
          shape +
          z * root +
          (z ** 2 - 1) / 3 +
          (z ** 3 - 7 * z) / (36 * root) -
          (3 * z ** 4 + 7 * z ** 2 - 16) / (810 * shape)
        expect(Math.abs(gammaQuantile(probability, shape) - expected)).toBeLessThan(1 / shape)
      }
  })

  it('weighs a survey by its effective size', () => {
    const narrow = wilsonInterval(30, 100, 100, COVERAGE_95, 2)!
    const halfAsMany = wilsonInterval(15, 50, 100)!
    expectNear(narrow.lower, halfAsMany.lower)
    expectNear(narrow.upper, halfAsMany.upper)
  })

  it('is undefined, not zero, without a base or a figure', () => {
    for (const [count, base] of [
      [0, 0],
      [3, NaN],
      [NaN, 10],
      [-1, 10],
    ] as const) {
      expect(byarInterval(count, base, 1000)).toBeNull()
      expect(garwoodInterval(count, base, 1000)).toBeNull()
      expect(clopperPearsonInterval(count, base, 100)).toBeNull()
      expect(wilsonInterval(count, base, 100)).toBeNull()
    }
    expect(wilsonInterval(11, 10, 100)).toBeNull()
  })

  it('always holds its own value, inside what is possible, and widens with coverage', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (count, more) => {
        const base = count + more + 1
        const share = wilsonInterval(count, base, 100)!
        const value = (100 * count) / base
        expect(share.lower).toBeGreaterThanOrEqual(0)
        expect(share.lower).toBeLessThanOrEqual(value)
        expect(share.upper).toBeGreaterThanOrEqual(value)
        expect(share.upper).toBeLessThanOrEqual(100)
        const exact = clopperPearsonInterval(count, base, 100)!
        expect(exact.lower).toBeLessThanOrEqual(value)
        expect(exact.upper).toBeGreaterThanOrEqual(value)
        const counted = garwoodInterval(count, base, 100)!
        expect(counted.lower).toBeLessThanOrEqual(value)
        expect(counted.upper).toBeGreaterThan(value)
        const rate = byarInterval(count, base, 100)!
        const outer = byarInterval(count, base, 100, COVERAGE_998)!
        expect(rate.lower).toBeGreaterThanOrEqual(0)
        expect(rate.lower).toBeLessThanOrEqual(value)
        expect(rate.upper).toBeGreaterThan(value)
        expect(outer.lower).toBeLessThanOrEqual(rate.lower)
        expect(outer.upper).toBeGreaterThan(rate.upper)
      }),
    )
  })
})

describe('empirical Bayes', () => {
  const { events, population } = bayesOracle

  it.each([
    ['poisson', bayesOracle.poisson.estimate],
    ['binomial', bayesOracle.binomial.estimate],
  ] as const)('%s equals spdep’s EBest', (model, estimates) => {
    const smoothed = empiricalBayes(events, population, model)
    estimates.forEach((estimate, area) => expectNear(smoothed.rates[area]!, estimate))
    if (model === 'poisson') expectNear(smoothed.variance, bayesOracle.poisson.a)
    expectNear(smoothed.commonRate, bayesOracle.poisson.b)
  })

  it('leaves hidden and empty areas out of everything', () => {
    const seven = { counts: events.slice(0, 7), bases: population.slice(0, 7) }
    const without = empiricalBayes(seven.counts, seven.bases)
    const withMore = empiricalBayes([...seven.counts, NaN, 5, 0], [...seven.bases, NaN, NaN, 0])
    expect([...withMore.rates.slice(0, 7)]).toEqual([...without.rates])
    expect([...withMore.rates.slice(7)]).toEqual([NaN, NaN, NaN])
    expect(withMore.leftOut).toBe(3)
  })

  it('gives all areas the common rate when they differ no more than by chance', () => {
    expect([...empiricalBayes([10, 11, 9], [100, 100, 100]).rates]).toEqual([0.1, 0.1, 0.1])
    expect([...empiricalBayes([4], [50], 'binomial').rates]).toEqual([0.08])
    expect([...empiricalBayes([0, 0], [50, 70]).rates]).toEqual([0, 0])
    expect([...empiricalBayes([50, 70], [50, 70], 'binomial').rates]).toEqual([1, 1])
    expect(empiricalBayes([NaN], [NaN]).commonRate).toBeNaN()
  })

  it('draws every area towards the common rate and never past it', () => {
    const area = fc.record({ count: fc.nat(40), more: fc.nat(400) })
    fc.assert(
      fc.property(
        fc.array(area, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('poisson', 'binomial'),
        (areas, model) => {
          const counts = areas.map(({ count }) => count)
          const bases = areas.map(({ count, more }) => count + more + 1)
          const { rates, commonRate } = empiricalBayes(counts, bases, model)
          rates.forEach((rate, index) => {
            const raw = counts[index]! / bases[index]!
            expect(rate).toBeGreaterThanOrEqual(Math.min(raw, commonRate) - 1e-12)
            expect(rate).toBeLessThanOrEqual(Math.max(raw, commonRate) + 1e-12)
          })
        },
      ),
    )
  })
})

describe('summary', () => {
  it.each(Object.entries(classOracle.sets))('%s: quantiles of type 7', (_, set) => {
    const sorted = sortedFinite([NaN, ...set.values, NaN])
    expect(sorted).toHaveLength(set.values.length)
    set.quantilesType7.forEach((quantile, index) =>
      expectNear(quantileOfSorted(sorted, index / 5), quantile),
    )
  })

  it('has nothing to say of nothing', () => {
    expect(summarise([NaN])).toMatchObject({ count: 0, minimum: NaN, median: NaN, maximum: NaN })
    expect(summarise([3, NaN, 1, 2])).toEqual({
      count: 3,
      minimum: 1,
      lowerQuartile: 1.5,
      median: 2,
      upperQuartile: 2.5,
      maximum: 3,
    })
  })
})

describe('class breaks', () => {
  const methods = { quantile: quantileBreaks, fisher: naturalBreaks, equal: equalBreaks }

  const sizes = (values: readonly number[], breaks: Breaks): number[] => {
    const counts = new Array<number>(breaks.length - 1).fill(0)
    for (const value of values) counts[classOf(value, breaks)]!++
    return counts
  }
  const squaresWithin = (groups: readonly (readonly number[])[]): number => {
    let total = 0
    for (const group of groups) {
      const mean = group.reduce((sum, value) => sum + value, 0) / group.length
      for (const value of group) total += (value - mean) ** 2
    }
    return total
  }
  const grouped = (values: readonly number[], breaks: Breaks): number[][] =>
    breaks
      .slice(1)
      .map((_, index) => values.filter((value) => classOf(value, breaks) === index))
      .filter((group) => group.length > 0)

  for (const [name, set] of Object.entries(classOracle.sets))
    it.each(set.classes)(
      `${name}: $style in $count`,
      ({ style, count, breaks, sizes: found, fit }) => {
        const ours = methods[style as keyof typeof methods](set.values, count)
        if (new Set(breaks).size === breaks.length)
          breaks.forEach((edge, index) => expectNear(ours[index]!, edge))
        expect(sizes(set.values, ours).filter((size) => size > 0)).toEqual(found)
        expectNear(1 - squaresWithin(grouped(set.values, ours)) / squaresWithin([set.values]), fit)
      },
    )

  it('finds the optimum that trying every partition finds', () => {
    const partitions = (sorted: readonly number[], parts: number): number[][][] =>
      parts === 1
        ? [[[...sorted]]]
        : sorted
            .slice(1, sorted.length - parts + 2)
            .flatMap((_, cut) =>
              partitions(sorted.slice(cut + 1), parts - 1).map((rest) => [
                sorted.slice(0, cut + 1),
                ...rest,
              ]),
            )
    const values = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 9 })
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 4 }), (some, count) => {
        const classes = Math.min(count, some.length)
        const best = Math.min(...partitions([...sortedFinite(some)], classes).map(squaresWithin))
        expect(squaresWithin(grouped(some, naturalBreaks(some, classes)))).toBeCloseTo(best, 8)
      }),
    )
  })

  it('finds nearly the optimum among many values', () => {
    const many = Array.from({ length: 30_000 }, (_, index) => ((index * 7919) % 30_000) ** 2 / 1e6)
    const exact = naturalBreaks(
      many.filter((_, index) => index % 15 === 0),
      4,
    )
    const inner = naturalBreaks(many, 4)
    inner.forEach((edge, index) => expect(Math.abs(edge - exact[index]!)).toBeLessThan(3))
    expect(inner[0]).toBe(0)
    expect(inner.at(-1)).toBe(29_999 ** 2 / 1e6)
  })

  it('copes with nothing, one value, and fewer values than classes', () => {
    for (const method of Object.values(methods)) {
      expect(method([], 5)).toEqual([])
      expect(method([NaN], 5)).toEqual([])
      expect(method([4, 4, NaN, 4], 5)).toEqual([4, 4])
    }
    expect(sizes([1, 2, 9], quantileBreaks([1, 2, 9], 7))).toEqual([1, 1, 1])
    expect(naturalBreaks([1, 1, 3], 7)).toEqual([1, 2, 3])
    expect(quantileBreaks([0, 1, 5, 5, 5, 5], 2)).toEqual([0, 5, 5])
    // Where most areas have none, the others still tell themselves apart.
    expect(
      sizes([0, 0, 0, 0, 0, 6, 7, 8, 9], quantileBreaks([0, 0, 0, 0, 0, 6, 7, 8, 9], 3)),
    ).toEqual([5, 2, 2])
    expect(classOf(5, [0, 5, 5])).toBe(1)
  })

  it('draws values beyond the ends in the end classes', () => {
    const breaks = [0, 10, 20]
    expect([-5, 0, 9.9, 10, 20, 400].map((value) => classOf(value, breaks))).toEqual([
      0, 0, 0, 1, 1, 1,
    ])
    expect(classOf(NaN, breaks)).toBe(-1)
    expect(classOf(1, [])).toBe(-1)
  })

  it('rounds edges to readable numbers', () => {
    const { values } = classOracle.sets.jenks71
    expect(roundBreaks(equalBreaks(values, 4), values)).toEqual([15.5, 50.5, 86, 120, 155.5])
    expect(roundBreaks([0, 1 / 3, 2 / 3, 1], [0, 0.1, 0.5, 1])).toEqual([0, 0.4, 0.6, 1])
    expect(roundBreaks([4, 4], [4])).toEqual([4, 4])
    for (const values of [
      [0, 5e-324],
      [-1e300, 1e300],
      [1e22, 1e22 + 4e6, 1e22 + 9e6],
    ]) {
      const rounded = roundBreaks(quantileBreaks(values, 3), values)
      expect(values.map((value) => classOf(value, rounded))).toEqual(values.map((_, own) => own))
    }
  })

  it('moves no value to another class by rounding', () => {
    const value = fc.oneof(
      fc.nat(20),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.double({ min: 0, max: 1e-3, noNaN: true }),
      fc.constant(NaN),
    )
    const method = fc.constantFrom(...Object.values(methods))
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 40 }),
        method,
        fc.integer({ min: 3, max: 7 }),
        (values, make, count) => {
          const exact = make(values, count)
          const rounded = roundBreaks(exact, values)
          expect(rounded).toHaveLength(exact.length)
          expect(values.map((each) => classOf(each, rounded))).toEqual(
            values.map((each) => classOf(each, exact)),
          )
          rounded.forEach((edge, index) => {
            if (index > 0 && index < rounded.length - 1)
              expect(edge).toBeGreaterThan(rounded[index - 1]!)
          })
          for (const each of sortedFinite(values)) {
            expect(each).toBeGreaterThanOrEqual(rounded[0]!)
            expect(each).toBeLessThanOrEqual(rounded.at(-1)!)
          }
        },
      ),
    )
  })
})

describe('comparison', () => {
  it.each([
    // Newcombe, Statistics in Medicine 17 (1998) 873, table II, method 10, contrasts (a)–(h).
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i/%i − %i/%i is Newcombe’s interval', (count, base, otherCount, otherBase, lower, upper) => {
    const first = { count, base }
    const second = { count: otherCount, base: otherBase }
    const { interval } = compareTwo(first, second, 'share', 1)!
    expect(interval.lower).toBeCloseTo(lower, 4)
    expect(interval.upper).toBeCloseTo(upper, 4)
  })

  it('agrees with the exact test of two Poisson rates away from its limit', () => {
    for (const { input, ratio, p } of rateOracle.twoPoissonRates) {
      if (p > 0.04 && p < 0.08) continue // 0 against 5 events: p = 0.0625, the exact test's own grain
      const [count, base, otherCount, otherBase] = input as [number, number, number, number]
      const comparison = compareTwo(
        { count, base },
        { count: otherCount, base: otherBase },
        'rate',
        1000,
      )!
      expectNear(comparison.ratio!, ratio)
      expect(comparison.verdict).toBe(p > 0.05 ? 'uncertain' : 'higher')
      expect(fiveStepVerdict(comparison)).toBe(
        p < 0.002 ? 'much-higher' : p > 0.05 ? 'uncertain' : 'higher',
      )
    }
  })

  it.each([
    [1, 20],
    [5, 1],
    [5, 20],
    [20, 5],
  ])(
    'calls equal rates different at most as often as it says (%i events, rest ×%i)',
    (mean, times) => {
      const weights = (expected: number): number[] => {
        const probabilities = [Math.exp(-expected)]
        for (let count = 1; count < expected + 10 * Math.sqrt(expected) + 10; count++)
          probabilities.push((probabilities[count - 1]! * expected) / count)
        return probabilities
      }
      const rest = weights(mean * times)
      let wrong = 0
      let veryWrong = 0
      weights(mean).forEach((weight, count) =>
        rest.forEach((restWeight, restCount) => {
          if (weight * restWeight < 1e-10) return
          const comparison = compareTwo(
            { count, base: 1 },
            { count: restCount, base: times },
            'rate',
            1,
          )!
          if (comparison.verdict !== 'uncertain') wrong += weight * restWeight
          if (fiveStepVerdict(comparison).startsWith('much')) veryWrong += weight * restWeight
        }),
      )
      expect(wrong).toBeLessThan(0.05)
      expect(veryWrong).toBeLessThan(0.002)
    },
  )

  it('takes the area out of what it is compared with', () => {
    const area = { count: 60, base: 1000 }
    const total = { count: 100, base: 3000 }
    const rest = { count: 40, base: 2000 }
    expect(compareWithRest(area, total, 'rate', 1000)).toEqual(compareTwo(area, rest, 'rate', 1000))
    expect(compareWithRest(area, total, 'rate', 1000)).toMatchObject({
      difference: 40,
      ratio: 3,
      verdict: 'higher',
    })
    expect(compareWithRest(total, total, 'rate', 1000)).toBeNull()
  })

  it('is undefined, not equal, when a side is hidden or makes no sense', () => {
    const area = { count: 60, base: 1000 }
    const hidden = { count: NaN, base: NaN }
    expect(compareWithRest(area, hidden, 'share', 100)).toBeNull()
    expect(compareWithRest(hidden, area, 'share', 100)).toBeNull()
    expect(compareWithRest(area, { count: 50, base: 3000 }, 'share', 100)).toBeNull()
    expect(compareWithRest(area, { count: 100, base: 3000 }, 'count', 1)).toBeNull()
    expect(compareTwo(area, area, 'class', 1)).toBeNull()
  })

  it('compares counts without a base, and has no ratio to nothing', () => {
    const comparison = compareTwo({ count: 30, base: NaN }, { count: 0, base: NaN }, 'count', 1)!
    expect(comparison).toMatchObject({ difference: 30, ratio: null, verdict: 'higher' })
  })

  it('doubts a survey more than a count of the same size', () => {
    const [first, second] = [
      { count: 60, base: 100 },
      { count: 45, base: 100 },
    ]
    expect(compareTwo(first, second, 'share', 100)!.verdict).toBe('higher')
    expect(compareTwo(first, second, 'survey', 100, 1.6)!.verdict).toBe('uncertain')
  })

  it('says the opposite when the sides change places', () => {
    const sample = fc
      .record({ count: fc.nat(300), more: fc.nat(300) })
      .map(({ count, more }) => ({ count, base: count + more + 1 }))
    const measure = fc.constantFrom('share', 'rate', 'survey', 'count')
    fc.assert(
      fc.property(sample, sample, measure, (first, second, of) => {
        const there = compareTwo(first, second, of, 100, 1.3)!
        const back = compareTwo(second, first, of, 100, 1.3)!
        expect(there.interval.lower).toBeCloseTo(-back.interval.upper, 8)
        expect(there.interval.lower).toBeLessThanOrEqual(there.difference)
        expect(there.interval.upper).toBeGreaterThanOrEqual(there.difference)
        expect(there.outerInterval.lower).toBeLessThanOrEqual(there.interval.lower)
      }),
    )
  })
})
