import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centroidOf, type PlanePolygons } from '../../src/core/polygons.ts'
import { bivariateMoran, localBivariateMoran } from '../../src/core/stats/bivariate-moran.ts'
import { conditionalRanks } from '../../src/core/stats/conditional-permutation.ts'
import { contiguousNeighbours } from '../../src/core/stats/contiguity.ts'
import { normalTwoSided, studentTwoSided, fAbove } from '../../src/core/stats/distributions.ts'
import { ebMoran, standardisedRates } from '../../src/core/stats/eb-moran.ts'
import { geary } from '../../src/core/stats/geary.ts'
import { getisOrdStar } from '../../src/core/stats/getis-ord.ts'
import { lee } from '../../src/core/stats/lee.ts'
import { hotAndColdSpots, localClusters } from '../../src/core/stats/local-clusters.ts'
import { localEmpiricalBayes } from '../../src/core/stats/local-empirical-bayes.ts'
import { localMoran } from '../../src/core/stats/local-moran.ts'
import { moranCorrelogram, neighboursByOrder } from '../../src/core/stats/moran-correlogram.ts'
import { moran, type SpatialTest } from '../../src/core/stats/moran.ts'
import { nearestNeighbours, neighboursWithin } from '../../src/core/stats/near-neighbours.ts'
import type { Outcome } from '../../src/core/stats/outcome.ts'
import { weightConstants } from '../../src/core/stats/weight-constants.ts'
import {
  neighboursAmong,
  neighboursFromLists,
  neighboursFromPairs,
  spatialLag,
  weigh,
  type Neighbours,
  type SpatialWeights,
  type WeightStyle,
} from '../../src/core/stats/weights.ts'
import columbus from '../oracles/columbus.json'
import pattern from '../oracles/spatial-pattern.json'

fc.configureGlobal({ seed: 20261123 })

const { crime, income, events, population } = columbus
const POLYGONS = columbus.polygons.map((rings) => [rings]) as unknown as readonly PlanePolygons[]
const CENTROIDS = columbus.centroids as unknown as readonly (readonly [number, number])[]
const QUEEN = neighboursFromLists(columbus.neighbours.queen)
const QUEEN_W = weigh(QUEEN, 'W')
const NO_PERMUTATIONS = { permutations: 0, seed: 1 }

const listsOf = ({ starts, neighbours }: Neighbours): number[][] =>
  Array.from({ length: starts.length - 1 }, (_, area) => [
    ...neighbours.subarray(starts[area], starts[area + 1]),
  ])

const weightsNamed = (name: string): SpatialWeights => {
  const [neighbours, style] = name.split('_') as [string, WeightStyle]
  const lists = { queen: 'queen', rook: 'rook', k4: 'nearest4' }[neighbours] as 'queen'
  return weigh(neighboursFromLists(columbus.neighbours[lists]), style)
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

/** Equal to 1e-10 of the expected value; null is NaN. */
function expectNear(actual: number | undefined, expected: number | null | undefined): void {
  if (expected === null) expect(actual).toBeNaN()
  else
    expect(Math.abs(actual! - expected!)).toBeLessThanOrEqual(
      1e-10 * Math.max(Math.abs(expected!), 1e-6),
    )
}

function expectAllNear(
  actual: ArrayLike<number>,
  expected: readonly (number | null)[],
  leaveOut: readonly number[] = [],
): void {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((figure, index) => {
    if (!leaveOut.includes(index)) expectNear(actual[index], figure)
  })
}

/** [statistic, expectation, variance, standard deviate] */
function expectTest(test: SpatialTest & ({ I: number } | { C: number }), of: readonly number[]) {
  expectAllNear(['I' in test ? test.I : test.C, test.expectation, test.variance, test.z], of)
}

describe('neighbours', () => {
  it.each(['queen', 'rook'] as const)('%s is poly2nb’s', (contiguity) => {
    expect(listsOf(contiguousNeighbours(POLYGONS, contiguity))).toEqual(
      columbus.neighbours[contiguity],
    )
  })

  it('has the centroids, the nearest and those within a distance that spdep has', () => {
    POLYGONS.map(centroidOf).forEach((centroid, area) => expectAllNear(centroid, CENTROIDS[area]!))
    expect(listsOf(nearestNeighbours(CENTROIDS, 4))).toEqual(columbus.neighbours.nearest4)
    expect(listsOf(neighboursWithin(CENTROIDS, columbus.band))).toEqual(
      columbus.neighbours.withinBand,
    )
  })

  it.each(['W', 'B'] as const)('has spweights.constants’ sums for style %s', (style) => {
    const { total, squares, rowsAndColumns } = weightConstants(weigh(QUEEN, style))
    const { S0, S1, S2 } = columbus.weightConstants[style]
    expectAllNear([total, squares, rowsAndColumns], [S0, S1, S2])
  })

  const square = (x: number, y: number, size = 1) =>
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ] as const

  it('tells corners from borders, in parts and around holes', () => {
    const areas: PlanePolygons[] = [
      // A frame around the second area, and an islet in the north-east.
      [[square(0, 0, 3), square(1, 1)], [square(9, 9)]],
      [[square(1, 1)]],
      // Touches the islet at its corner.
      [[square(10, 10)]],
      // East of the frame, with a corner on its eastern side that the frame does not have.
      [
        [
          [
            [3, 0],
            [4, 0],
            [4, 3],
            [3, 3],
            [3, 2],
          ],
        ],
      ],
      [],
    ]
    expect(listsOf(contiguousNeighbours(areas, 'queen'))).toEqual([[1, 2, 3], [0], [0], [0], []])
    expect(listsOf(contiguousNeighbours(areas, 'rook'))).toEqual([[1, 3], [0], [], [0], []])
    expectAllNear(centroidOf(areas[0]!), [(9 * 1.5 - 1.5 + 9.5) / 9, (9 * 1.5 - 1.5 + 9.5) / 9])
    expect(centroidOf([])).toEqual([NaN, NaN])
    expect(listsOf(nearestNeighbours(areas.map(centroidOf), 9)).map((list) => list.length)).toEqual(
      [3, 3, 3, 3, 0],
    )
  })

  it('does not take two corners that meet for a border', () => {
    const one: PlanePolygons = [
      [
        [
          [0, 0],
          [4, 0],
          [3, 1],
          [2, 0.5],
          [1, 1],
        ],
      ],
    ]
    const other: PlanePolygons = [
      [
        [
          [1, 1],
          [2, 2],
          [3, 1],
          [2, 3],
        ],
      ],
    ]
    expect(listsOf(contiguousNeighbours([one, other], 'queen'))).toEqual([[1], [0]])
    expect(listsOf(contiguousNeighbours([one, other], 'rook'))).toEqual([[], []])
  })

  it('does not mind where, how large, in what order or how roughly areas are drawn', () => {
    const placed = fc.record({
      scale: fc.constantFrom(1e-6, 1, 3.7, 1e6),
      x: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      seed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 49, maxLength: 49 }),
      contiguity: fc.constantFrom('queen' as const, 'rook' as const),
    })
    fc.assert(
      fc.property(placed, ({ scale, x: east, seed, contiguity }) => {
        const order = [...seed.keys()].sort((a, b) => seed[a]! - seed[b]!)
        const moved = order.map((area) =>
          POLYGONS[area]!.map((rings) =>
            rings.map((ring) =>
              ring.map(([x, y]) => [(x + east) * scale, y * scale * (1 + 1e-15)] as const),
            ),
          ),
        )
        const found = listsOf(contiguousNeighbours(moved, contiguity))
        const back = order.map((_, area) => {
          const place = order.indexOf(area)
          return found[place]!.map((other) => order[other]!).sort((a, b) => a - b)
        })
        expect(back).toEqual(columbus.neighbours[contiguity])
      }),
      { numRuns: 20 },
    )
  })

  it('takes areas out and stands the rest closer together', () => {
    const kept = [1, 2, 4]
    expect(
      listsOf(
        neighboursAmong(
          neighboursFromPairs(5, [
            [0, 1],
            [1, 2],
            [4, 2],
            [3, 3],
          ]),
          kept,
        ),
      ),
    ).toEqual([[1], [0, 2], [1]])
    const lag = spatialLag(
      weigh(
        neighboursFromPairs(4, [
          [0, 1],
          [1, 2],
        ]),
      ),
      [1, 5, 3, 9],
    )
    expect([...lag]).toEqual([5, 2, 5, NaN])
  })
})

describe('tails of distributions', () => {
  it('keep their digits where 1 − P has none left', () => {
    // R 4.2.2: 2 * pnorm(-20); 2 * pt(-6.637615693996986, 47); pf(6.762, 1, 7.2…) from SpatialPack's Columbus.
    expectNear(normalTwoSided(20) / 5.5072482372124668e-89, 1)
    expectNear(studentTwoSided(6.637615693996986, 47) / 2.9010250086454803e-8, 1)
    const [r2, degrees] = [0.6955897734584623 ** 2, 7.202722790149098]
    expectNear(fAbove((degrees * r2) / (1 - r2), 1, degrees), 0.034638326258052125)
    expectNear(fAbove(400, 1, 47) / studentTwoSided(20, 47), 1)
    expect(fAbove(0, 1, 5)).toBe(1)
    expect(fAbove(3, 1, 0)).toBeNaN()
  })
})

describe('Moran’s I and Geary’s C', () => {
  it.each(Object.entries(pattern.moran))('I with %s is moran.test’s', (name, figures) => {
    const weights = weightsNamed(name)
    const test = valueOf(moran(crime, weights))
    expectTest(test, figures.randomisation)
    expectNear(test.p / figures.p, 1)
    expectTest(valueOf(moran(crime, weights, 'normality')), figures.normality)
  })

  it.each(Object.entries(pattern.geary))('C with %s is geary.test’s', (name, figures) => {
    const weights = weightsNamed(name)
    const test = valueOf(geary(crime, weights))
    expectTest(test, figures.randomisation)
    expectNear(test.p / figures.p, 1)
    expectTest(valueOf(geary(crime, weights, 'normality')), figures.normality)
  })

  it('counts areas without neighbours in the mean alone', () => {
    const weights = weigh(neighboursFromLists(pattern.islands.neighbours))
    expectTest(valueOf(moran(crime, weights)), pattern.islands.moran)
    expectTest(valueOf(geary(crime, weights)), pattern.islands.geary)
  })

  it('takes missing areas out of the weights too, and copes with ties', () => {
    const missing = pattern.missing.crime.map((value) => value ?? NaN)
    expectTest(valueOf(moran(missing, QUEEN_W)), pattern.missing.moran)
    expectTest(valueOf(moran(pattern.ties.values, QUEEN_W)), pattern.ties.moran)
  })

  it('has the moments that all 5,040 orders of seven cells have', () => {
    const { values, moranEnumerated, gearyEnumerated, ...of } = pattern.sevenCells
    const weights = weigh(neighboursFromLists(of.neighbours))
    const [I, C] = [valueOf(moran(values, weights)), valueOf(geary(values, weights))]
    expectTest(I, of.moran)
    expectTest(C, of.geary)
    expectAllNear([I.expectation, I.variance], [moranEnumerated.mean, moranEnumerated.variance])
    expectAllNear([C.expectation, C.variance], [gearyEnumerated.mean, gearyEnumerated.variance])
  })

  it('has the correlogram that sp.correlogram has', () => {
    const [, second] = neighboursByOrder(QUEEN, 2)
    expect(listsOf(second!)).toEqual(columbus.neighbours.queenSecondOrder)
    const orders = moranCorrelogram(crime, QUEEN_W, pattern.correlogram.length)
    orders.forEach((order, index) => {
      const { I, expectation, variance } = valueOf(order)
      expectAllNear([I, expectation, variance], pattern.correlogram[index]!)
    })
    expect(moranCorrelogram(crime, QUEEN_W, 12)[11]).toEqual({
      ok: false,
      reason: 'statistics-no-neighbours',
    })
  })

  it('is undefined, not 0, where nothing can be said', () => {
    const pair = weigh(neighboursFromLists([[1], [0]]))
    const all = weigh(
      neighboursFromLists([
        [1, 2, 3, 4],
        [0, 2, 3, 4],
        [0, 1, 3, 4],
        [0, 1, 2, 4],
        [0, 1, 2, 3],
      ]),
    )
    const statistics: readonly ((
      values: readonly number[],
      weights: SpatialWeights,
    ) => Outcome<SpatialTest>)[] = [moran, geary]
    for (const statistic of statistics) {
      expect(
        statistic(
          crime.map(() => 0.1),
          QUEEN_W,
        ),
      ).toEqual({
        ok: false,
        reason: 'statistics-no-variation',
      })
      expect(statistic([1, NaN], pair)).toMatchObject({ reason: 'statistics-too-few-areas' })
      expect(statistic([1, 2], weigh(neighboursFromLists([[], []])))).toMatchObject({
        reason: 'statistics-no-neighbours',
      })
      expect(valueOf(statistic([1, 2], pair))).toMatchObject({ variance: NaN, z: NaN, p: NaN })
      // Every area neighbours every other: the statistic cannot come out differently.
      expect(valueOf(statistic([1, 4, 2, 8, 5], all))).toMatchObject({
        variance: 0,
        z: NaN,
        p: NaN,
      })
    }
    expect(valueOf(moran([1, 2], pair)).I).toBe(-1)
  })
})

describe('local statistics', () => {
  it.each(Object.entries(pattern.localMoran))('local Moran with %s is localmoran’s', (name, of) => {
    const local = valueOf(localMoran(crime, weightsNamed(name), NO_PERMUTATIONS))
    for (const column of ['I', 'expectation', 'variance', 'z', 'p'] as const)
      expectAllNear(local[column], of[column])
    expect([...local.pPermutation].every(Number.isNaN)).toBe(true)
    if (name === 'queen_W') expect(local.quadrants).toEqual(pattern.localMoranQuadrants)
  })

  it('marks the clusters that hotspot marks, with and without correction', () => {
    const { p, quadrants } = valueOf(localMoran(crime, QUEEN_W, NO_PERMUTATIONS))
    const { marks, familySize } = localClusters(quadrants, p)
    expect(marks).toEqual(pattern.fdrClusters.map((cluster) => cluster ?? 'not-significant'))
    expect(familySize).toBe(49)
    pattern.unadjustedClusters.forEach((cluster, area) =>
      expect(p[area]! <= 0.05 ? quadrants[area] : null).toBe(cluster),
    )
  })

  it('marks hot and cold spots among the areas that were tested', () => {
    const z = [4, -4, 1, NaN]
    const { marks, adjusted, familySize } = hotAndColdSpots(z, z.map(normalTwoSided))
    expect(marks).toEqual(['hot', 'cold', 'not-significant', null])
    expect(familySize).toBe(3)
    expectNear(adjusted[0]!, 1.5 * normalTwoSided(4))
  })

  it('is missing for an area without neighbours, and as before for the others', () => {
    const weights = weigh(neighboursFromLists(pattern.islands.neighbours))
    const isolates = [...pattern.islands.neighbours.keys()].filter(
      (area) => pattern.islands.neighbours[area]!.length === 0,
    )
    const local = valueOf(localMoran(crime, weights, { permutations: 99, seed: 3 }))
    for (const column of ['I', 'expectation', 'variance', 'z', 'p'] as const)
      expectAllNear(local[column], pattern.islands.local[column], isolates)
    const hot = valueOf(getisOrdStar(crime, weights))
    for (const area of isolates) {
      for (const column of ['I', 'expectation', 'variance', 'z', 'p', 'pPermutation'] as const)
        expect(local[column][area]).toBeNaN()
      expect(local.quadrants[area]).toBeNull()
      expect([hot.z[area], hot.p[area]]).toEqual([NaN, NaN])
    }
    expect(isolates).toHaveLength(2)
  })

  it('is missing for a missing area, which nobody’s neighbourhood counts', () => {
    const local = valueOf(
      localMoran(
        pattern.missing.crime.map((value) => value ?? NaN),
        QUEEN_W,
        NO_PERMUTATIONS,
      ),
    )
    for (const column of ['I', 'expectation', 'variance', 'z', 'p'] as const)
      expectAllNear(local[column], pattern.missing.local[column])
  })

  it('Gi* is localG’s with the area among its own, whatever the style', () => {
    for (const style of ['W', 'B'] as const) {
      const { z, p } = valueOf(getisOrdStar(crime, weigh(QUEEN, style)))
      expectAllNear(z, pattern.getisOrdStar.z)
      z.forEach((deviate, area) => expect(p[area]).toBe(normalTwoSided(deviate)))
    }
  })

  it('bivariate Moran, local bivariate Moran and Lee’s L are spdep’s', () => {
    const { bivariate } = pattern
    const around = (own: readonly number[], others: readonly number[]) =>
      valueOf(bivariateMoran(own, others, QUEEN_W, NO_PERMUTATIONS)).I
    expectNear(around(crime, income), bivariate.incomeAroundCrime)
    expectNear(around(income, crime), bivariate.crimeAroundIncome)
    expectNear(around(crime, crime), pattern.moran.queen_W.randomisation[0])
    expectAllNear(
      valueOf(localBivariateMoran(crime, income, QUEEN_W, NO_PERMUTATIONS)).I,
      bivariate.local,
    )
    const { L, local } = valueOf(lee(crime, income, QUEEN_W))
    expectNear(L, pattern.lee.L)
    expectAllNear(local, pattern.lee.local)
  })

  it('empirical Bayes Moran and local smoothing are spdep’s', () => {
    const { empiricalBayes } = pattern
    expectNear(valueOf(ebMoran(events, population, QUEEN_W)).I, empiricalBayes.moran)
    expectAllNear(standardisedRates(events, population), empiricalBayes.standardised)
    for (const spread of ['each', 'centre'] as const) {
      const { rates, priors } = localEmpiricalBayes(events, population, QUEEN, spread)
      expectAllNear(rates, empiricalBayes[spread])
      expectAllNear(priors, empiricalBayes.priors)
    }
    const rounded = localEmpiricalBayes(
      crime.map(Math.round),
      population,
      neighboursFromLists(pattern.islands.neighbours),
    )
    // spdep divides 0 by 0 where there are no events at all; the rate is 0 however it is weighed.
    const { roundedCrimeSmoothed } = pattern.islands
    expectAllNear(
      rounded.rates,
      roundedCrimeSmoothed.map((rate) => rate ?? 0),
    )
  })

  it('is undefined, not 0, where nothing can be said', () => {
    const flat = crime.map(() => 1 / 3)
    const none = { ok: false, reason: 'statistics-no-variation' }
    expect(localMoran(flat, QUEEN_W, NO_PERMUTATIONS)).toEqual(none)
    expect(getisOrdStar(flat, QUEEN_W)).toEqual(none)
    expect(lee(crime, flat, QUEEN_W)).toEqual(none)
    expect(bivariateMoran(flat, crime, QUEEN_W, NO_PERMUTATIONS)).toEqual(none)
    const pair = weigh(neighboursFromLists([[1], [0]]))
    const two = valueOf(localMoran([1, 2], pair, { permutations: 9, seed: 1 }))
    expect([...two.I]).toEqual([-1, -1])
    expect([...two.z]).toEqual([NaN, NaN])
    expect([...two.pPermutation]).toEqual([1, 1])
    expect([...valueOf(getisOrdStar([1, 2], pair)).z]).toEqual([NaN, NaN])
    expect(ebMoran([0, 0], [10, 20], pair)).toMatchObject({ reason: 'statistics-no-events' })
    expect(ebMoran([1, 2], [0, NaN], pair)).toMatchObject({ reason: 'statistics-no-population' })
    const smoothed = localEmpiricalBayes(
      [1, NaN, 0],
      [10, 20, 0],
      neighboursFromLists([[1], [0], []]),
    )
    expect([...smoothed.rates]).toEqual([0.1, NaN, NaN])
  })
})

describe('conditional permutation', () => {
  const plan = { permutations: 9999, seed: 20261123 }

  it('gives the p that every possible hand gives, within four Monte Carlo standard errors', () => {
    const { atLeast, atMost } = conditionalRanks(Float64Array.from(crime), QUEEN, plan)
    expect(pattern.exactLocal).toHaveLength(40)
    for (const { area, ...exact } of pattern.exactLocal)
      for (const [found, p] of [
        [atLeast[area]!, exact.atLeast],
        [atMost[area]!, exact.atMost],
      ] as const)
        expect(Math.abs(found / plan.permutations - p)).toBeLessThanOrEqual(
          4 * Math.sqrt((p * (1 - p)) / plan.permutations) + 1e-12,
        )
  })

  it('is unbiased: over many seeds its mean is that of the full enumeration', () => {
    const values = Float64Array.of(4, 1, 7, 1, 3, 9, 2)
    const lists = pattern.sevenCells.neighbours
    const neighbours = neighboursFromLists(lists)
    const runs = 400
    const permutations = 100
    const totals = { atLeast: new Float64Array(7), atMost: new Float64Array(7) }
    for (let seed = 1; seed <= runs; seed++) {
      const ranks = conditionalRanks(values, neighbours, { permutations, seed: seed * 7919 })
      for (const side of ['atLeast', 'atMost'] as const)
        ranks[side].forEach((rank, area) => (totals[side][area]! += rank / permutations / runs))
    }
    const hands = (cards: readonly number[], size: number): number[] =>
      size === 0
        ? [0]
        : cards.flatMap((card, place) =>
            hands(cards.slice(place + 1), size - 1).map((sum) => sum + card),
          )
    lists.forEach((list, area) => {
      const others = [...values].filter((_, place) => place !== area)
      const all = hands(others, list.length)
      const own = list.reduce((sum, neighbour) => sum + values[neighbour]!, 0)
      const share = { atLeast: (sum: number) => sum >= own, atMost: (sum: number) => sum <= own }
      for (const side of ['atLeast', 'atMost'] as const) {
        const p = all.filter(share[side]).length / all.length
        expect(Math.abs(totals[side][area]! - p)).toBeLessThanOrEqual(
          4 * Math.sqrt((p * (1 - p)) / permutations / runs) + 1e-12,
        )
      }
    })
  })

  it('lies within 0.03 of GeoDa’s one-sided p, apart from the noise of its 9,999 draws', () => {
    const many = { permutations: 99_999, seed: 1 }
    const local = valueOf(localMoran(crime, QUEEN_W, many))
    const bivariate = valueOf(localBivariateMoran(crime, income, QUEEN_W, many))
    crime.forEach((_, area) => {
      for (const [ours, theirs] of [
        [local.pPermutation[area]! / 2, pattern.geoda.localMoranP[area]!],
        [bivariate.pPermutation[area]! / 2, pattern.geoda.localBivariateP[area]!],
      ] as const)
        expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(
          0.03 + 4 * Math.sqrt((theirs * (1 - theirs)) / 9999),
        )
      expectNear((local.I[area]! * 48) / 49, pattern.geoda.localMoran[area])
    })
  })

  it('is the same for the same seed, another for another, and 1 where nothing can change', () => {
    const p = (seed: number) =>
      valueOf(localMoran(crime, QUEEN_W, { permutations: 199, seed })).pPermutation
    expect(p(5)).toEqual(p(5))
    expect(p(5)).not.toEqual(p(6))
    const middle = valueOf(
      localMoran(
        [1, 2, 3, 1, 3],
        weigh(
          neighboursFromPairs(5, [
            [0, 1],
            [1, 2],
            [2, 3],
            [3, 4],
          ]),
        ),
        {
          permutations: 99,
          seed: 1,
        },
      ),
    )
    expect(middle).toMatchObject({ quadrants: { 1: null } })
    expect([middle.I[1], middle.z[1], middle.pPermutation[1]]).toEqual([0, NaN, 1])
  })

  it('finds bivariate likeness that is there and none where there is none', () => {
    const shuffled = [...income].sort((a, b) => ((a * 7919) % 13) - ((b * 7919) % 13))
    const p = (others: readonly number[]) =>
      valueOf(bivariateMoran(crime, others, QUEEN_W, { permutations: 999, seed: 4 })).pPermutation
    expect(p(income)).toBe(2 / 1000)
    expect(p(shuffled)).toBeGreaterThan(0.05)
  })
})

describe('properties of the statistics', () => {
  /** A map of areas with links both ways, some missing, some without neighbours. */
  const world = fc
    .integer({ min: 5, max: 25 })
    .chain((areas) =>
      fc.record({
        values: fc.array(
          fc.oneof(
            {
              weight: 8,
              arbitrary: fc.integer({ min: -1e8, max: 1e8 }).map((value) => value / 1e6),
            },
            { weight: 4, arbitrary: fc.integer({ min: 0, max: 4 }) },
            { weight: 1, arbitrary: fc.constant(NaN) },
          ),
          { minLength: areas, maxLength: areas },
        ),
        pairs: fc.array(fc.tuple(fc.nat(areas - 1), fc.nat(areas - 1)), { maxLength: 3 * areas }),
        order: fc
          .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: areas, maxLength: areas })
          .map((keys) => [...keys.keys()].sort((a, b) => keys[a]! - keys[b]!)),
        style: fc.constantFrom('W' as const, 'B' as const),
      }),
    )
    .filter(({ values }) => {
      const known = values.filter((value) => !Number.isNaN(value))
      return Math.max(...known) - Math.min(...known) > 1e-3
    })

  const localColumns = ['I', 'expectation', 'variance', 'z', 'p', 'pPermutation'] as const
  const PLAN = { permutations: 49, seed: 9 }

  const close = (one: number, other: number): void => {
    if (Number.isNaN(one)) expect(other).toBeNaN()
    else expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(one)))
  }

  it('do not change with the order of the areas', () => {
    fc.assert(
      fc.property(world, ({ values, pairs, order, style }) => {
        const placeOf = order.map((_, area) => order.indexOf(area))
        const moved = order.map((area) => values[area]!)
        const weights = weigh(neighboursFromPairs(values.length, pairs), style)
        const movedWeights = weigh(
          neighboursFromPairs(
            values.length,
            pairs.map(([a, b]) => [placeOf[a]!, placeOf[b]!]),
          ),
          style,
        )
        for (const statistic of [moran, geary]) {
          const [one, other] = [statistic(values, weights), statistic(moved, movedWeights)]
          expect(other.ok).toBe(one.ok)
          if (one.ok && other.ok)
            for (const key of ['expectation', 'variance', 'z', 'p', 'areas'] as const)
              close(one.value[key], other.value[key])
        }
        const [one, other] = [
          localMoran(values, weights, PLAN),
          localMoran(moved, movedWeights, PLAN),
        ]
        expect(other.ok).toBe(one.ok)
        if (!one.ok || !other.ok) return
        const isDistinct =
          new Set(values.filter((value) => !Number.isNaN(value))).size ===
          values.filter((value) => !Number.isNaN(value)).length
        for (const column of localColumns) {
          // Which of two equal values is drawn depends on the order; the chance of it does not.
          if (column === 'pPermutation' && !isDistinct) continue
          order.forEach((area, place) =>
            close(one.value[column][area]!, other.value[column][place]!),
          )
        }
        order.forEach((area, place) =>
          expect(other.value.quadrants[place]).toBe(one.value.quadrants[area]),
        )
      }),
    )
  })

  it('do not change with the unit of the values', () => {
    fc.assert(
      fc.property(
        world,
        fc.constantFrom(1e-140, 1e-6, 0.3, 7, 1e5, 1e140),
        fc.double({ min: -10, max: 10, noNaN: true }),
        ({ values, pairs, style }, scale, shift) => {
          const weights = weigh(neighboursFromPairs(values.length, pairs), style)
          const scaled = values.map((value) => (value + shift) * scale)
          const [one, other] = [
            localMoran(values, weights, PLAN),
            localMoran(scaled, weights, PLAN),
          ]
          expect(other.ok).toBe(one.ok)
          if (one.ok && other.ok)
            for (const column of localColumns)
              values.forEach((_, area) =>
                close(one.value[column][area]!, other.value[column][area]!),
              )
          const [whole, wholeScaled] = [moran(values, weights), moran(scaled, weights)]
          if (whole.ok && wholeScaled.ok)
            for (const key of ['I', 'variance', 'z'] as const)
              close(whole.value[key], wholeScaled.value[key])
          const [hot, hotScaled] = [getisOrdStar(values, weights), getisOrdStar(scaled, weights)]
          if (hot.ok && hotScaled.ok)
            hot.value.z.forEach((z, area) => close(z, hotScaled.value.z[area]!))
        },
      ),
    )
  })

  it('leave isolates and missing areas missing, and nothing else', () => {
    fc.assert(
      fc.property(world, ({ values, pairs, style }) => {
        const neighbours = neighboursFromPairs(values.length, pairs)
        const local = localMoran(values, weigh(neighbours, style), PLAN)
        if (!local.ok) return
        listsOf(neighbours).forEach((list, area) => {
          const isMissing =
            Number.isNaN(values[area]) || list.every((other) => Number.isNaN(values[other]))
          expect(Number.isNaN(local.value.I[area])).toBe(isMissing)
          expect(Number.isNaN(local.value.pPermutation[area])).toBe(isMissing)
        })
      }),
    )
  })

  it('have the global as their mean, with row-standardised weights', () => {
    fc.assert(
      fc.property(world, ({ values, pairs }) => {
        const weights = weigh(neighboursFromPairs(values.length, pairs))
        const [whole, local] = [moran(values, weights), localMoran(values, weights, PLAN)]
        if (!whole.ok || !local.ok) return
        const known = values.filter((value) => !Number.isNaN(value)).length
        const sum = local.value.I.reduce((all, I) => all + (Number.isNaN(I) ? 0 : I), 0)
        close(sum / known, whole.value.I)
      }),
    )
  })

  it('draw a smoothed rate towards its neighbourhood’s and never past it', () => {
    const area = fc.record({ count: fc.nat(40), more: fc.nat(400) })
    fc.assert(
      fc.property(
        fc.array(area, { minLength: 1, maxLength: 20 }),
        fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 40 }),
        fc.constantFrom('each' as const, 'centre' as const),
        (areas, pairs, spread) => {
          const counts = areas.map(({ count }) => count)
          const bases = areas.map(({ count, more }) => count + more + 1)
          const inside = pairs.filter(([a, b]) => a < areas.length && b < areas.length)
          const neighbours = neighboursFromPairs(areas.length, inside)
          const { rates, priors } = localEmpiricalBayes(counts, bases, neighbours, spread)
          rates.forEach((rate, index) => {
            const raw = counts[index]! / bases[index]!
            expect(rate).toBeGreaterThanOrEqual(Math.min(raw, priors[index]!) - 1e-12)
            expect(rate).toBeLessThanOrEqual(Math.max(raw, priors[index]!) + 1e-12)
          })
        },
      ),
    )
  })
})
