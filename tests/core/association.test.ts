import fc from 'fast-check'
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { mulberry } from '../../src/core/random.ts'
import { benjaminiHochberg } from '../../src/core/stats/benjamini-hochberg.ts'
import {
  coefficient,
  partialCoefficient,
  partialCorrelation,
  pearson,
  tested,
} from '../../src/core/stats/correlation.ts'
import { normalTwoSided } from '../../src/core/stats/distributions.ts'
import { dutilleul } from '../../src/core/stats/dutilleul.ts'
import {
  moranSpectralRandomisation,
  projectOn,
  randomised,
  spectralBands,
  spectralP,
  type SpectralProcedure,
} from '../../src/core/stats/moran-spectral-randomisation.ts'
import type { Outcome } from '../../src/core/stats/outcome.ts'
import {
  bonettWrightInterval,
  partialSpearman,
  ranks,
  spearman,
} from '../../src/core/stats/rank-correlation.ts'
import { tridiagonalEigen } from '../../src/core/stats/tridiagonal-eigen.ts'
import { neighboursFromLists, weigh, type SpatialWeights } from '../../src/core/stats/weights.ts'
import type { PlanePoint } from '../../src/core/polygons.ts'
import oracle from '../oracles/association.json'

fc.configureGlobal({ seed: 20261103 })

type Name = keyof typeof oracle.variables
const column = (name: string): number[] => oracle.variables[name as Name]
const points = oracle.coordinates as unknown as readonly PlanePoint[]
const queen = weigh(neighboursFromLists(oracle.queen))

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

/** Equal to 1e-10 of the expected value. */
function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected))
}

const someValues = (length: number) =>
  fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: length, maxLength: length })

/** Areas with two figures each, their centres and who is beside whom. */
const someMap = fc.integer({ min: 6, max: 14 }).chain((areas) =>
  fc.record({
    x: someValues(areas),
    y: someValues(areas),
    points: fc.uniqueArray(fc.tuple(fc.nat(60), fc.nat(60)), {
      minLength: areas,
      maxLength: areas,
      selector: ([east, north]) => `${east} ${north}`,
    }),
    links: fc.array(fc.tuple(fc.nat(areas - 1), fc.nat(areas - 1)), {
      minLength: 4,
      maxLength: 30,
    }),
    order: fc.shuffledSubarray([...Array(areas).keys()], { minLength: areas, maxLength: areas }),
  }),
)

function weightsOf(areas: number, links: readonly (readonly [number, number])[]): SpatialWeights {
  const lists = Array.from({ length: areas }, () => new Set<number>())
  for (const [first, second] of links) {
    if (first === second) continue
    lists[first]!.add(second)
    lists[second]!.add(first)
  }
  return weigh(neighboursFromLists(lists.map((list) => [...list])))
}

describe('Pearson and Spearman', () => {
  it.each(oracle.pairs)('$pair: R’s cor.test', ({ pair, ...expected }) => {
    const [x, y] = pair.map(column) as [number[], number[]]
    const product = valueOf(pearson(x, y))
    expectNear(product.r, expected.pearson.r)
    expectNear(product.t, expected.pearson.t)
    expectNear(product.p, expected.pearson.p)
    expectNear(product.interval.lower, expected.pearson.interval[0]!)
    expectNear(product.interval.upper, expected.pearson.interval[1]!)
    const rank = valueOf(spearman(x, y))
    expectNear(rank.r, expected.spearman.rho)
    expectNear(rank.p, expected.spearman.p)
    expectNear(rank.interval.lower, expected.spearman.bonettWright[0]!)
    expectNear(rank.interval.upper, expected.spearman.bonettWright[1]!)
  })

  it.each(oracle.pairs)('$pair: ppcor’s partial correlations', ({ pair, partial, givenFirst }) => {
    const [x, y] = pair.map(column) as [number[], number[]]
    const one = valueOf(partialCorrelation(x, y, [column(givenFirst.given)]))
    expectNear(one.r, givenFirst.r)
    // ppcor 1.1 takes its p from the normal distribution, which calls too much certain.
    expectNear(normalTwoSided(one.t), givenFirst.p)
    expect(one.p).toBeGreaterThan(givenFirst.p)
    // Four controls are more than we offer; the recursion is the same.
    const all = [...pair, ...partial.given].map(column)
    for (const [columns, expected] of [
      [all, partial],
      [all.map(ranks), partial.spearman],
    ] as const) {
      const r = partialCoefficient(
        columns.map((a, i) => columns.map((b, j) => (i === j ? 1 : coefficient(a, b)))),
      )
      expectNear(r, expected.r)
      expectNear(tested(r, 49, 4).t, expected.t)
      expectNear(normalTwoSided(tested(r, 49, 4).t), expected.p)
    }
    const { lower, upper } = tested(partial.r, 49, 4).interval
    expectNear(lower, partial.ci_fisher[0]!)
    expectNear(upper, partial.ci_fisher[1]!)
  })

  it('is, with two controls, the correlation of what regression on them leaves', () => {
    const [x, y, first, second] = ['CRIME', 'INC', 'HOVAL', 'PLUMB'].map(column)
    for (const [a, b, c, d, partial] of [
      [x!, y!, first!, second!, partialCorrelation],
      [ranks(x!), ranks(y!), ranks(first!), ranks(second!), partialSpearman],
    ] as const) {
      const residuals = (values: ArrayLike<number>): number[] => {
        const design = new Matrix(Array.from(c, (_, row) => [1, c[row]!, d[row]!]))
        const target = Matrix.columnVector(Array.from(values))
        const squares = design.transpose().mmul(design)
        const inverse = new EigenvalueDecomposition(squares)
        const scaled = inverse.eigenvectorMatrix
          .mmul(Matrix.diag(inverse.realEigenvalues.map((value) => 1 / value)))
          .mmul(inverse.eigenvectorMatrix.transpose())
        const fitted = design.mmul(scaled.mmul(design.transpose()).mmul(target))
        return Matrix.sub(target, fitted).to1DArray()
      }
      const found = valueOf(partial(a, b, [c, d]))
      expect(found.r).toBeCloseTo(coefficient(residuals(a), residuals(b)), 9)
      expect(found.degreesOfFreedom).toBe(45)
      expect(found.interval.lower).toBeLessThan(found.r)
    }
  })

  it('shares the ranks of ties', () => {
    const { a, b, rho, p_t, ranks_a, ranks_b } = oracle.ties
    expect([...ranks(a)]).toEqual(ranks_a)
    expect([...ranks(b)]).toEqual(ranks_b)
    const found = valueOf(spearman([NaN, ...a, 4], [3, ...b, NaN]))
    expectNear(found.r, rho)
    expectNear(found.p, p_t)
    expect(found.n).toBe(10)
    expect([...ranks([])]).toEqual([])
    expect([...ranks([-0, 0, -1])]).toEqual([2.5, 2.5, 1])
  })

  it('is undefined for what does not vary or is too little', () => {
    const constant = [0.1, 0.1, 0.1, 0.1, 0.1]
    const other = [1, 2, 3, 5, 4]
    const noVariation = { ok: false, reason: 'statistics-no-variation' }
    const tooFew = { ok: false, reason: 'statistics-too-few-areas' }
    expect(pearson(constant, other)).toEqual(noVariation)
    expect(spearman(other, constant)).toEqual(noVariation)
    expect(pearson([1, 2, 3], [1, 2, 4])).toEqual(tooFew)
    expect(spearman([1, 2, 3, NaN, 9], [1, 2, 4, 5, NaN])).toEqual(tooFew)
    expect(pearson([], [])).toEqual(tooFew)
    const six = [3, 1, 4, 1, 5, 9]
    expect(partialCorrelation(six, [2, 7, 1, 8, 2, 8], [six])).toEqual(noVariation)
    expect(partialCorrelation(six, [2, 7, 1, 8, 2, 8], [six.map((v) => 7 - 3 * v)])).toEqual(
      noVariation,
    )
    expect(partialSpearman(other, other, [other, other])).toEqual(tooFew)
    for (const size of [3, 0, -4, NaN]) expect(bonettWrightInterval(0.5, size)).toBeNull()
    expect(bonettWrightInterval(NaN, 40)).toBeNull()
  })

  it('stands on a line for points on a line', () => {
    const line = valueOf(pearson([1, 2, 3, 4, 5], [30, 28, 26, 24, 22]))
    expect(line).toMatchObject({ r: -1, p: 0, interval: { lower: -1, upper: -1 } })
    expect(valueOf(spearman([1e-300, 2e-300, 3e-300, 4e-300], [1, 10, 100, 1e300])).r).toBe(1)
  })

  it('cares neither for order nor for scale, and its interval holds it', () => {
    fc.assert(
      fc.property(
        someMap,
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        ({ x, y, order }, scale) => {
          for (const method of [pearson, spearman]) {
            const found = method(x, y)
            const again = method(
              order.map((area) => 7 - scale * x[area]!),
              order.map((area) => y[area]!),
            )
            expect(again.ok).toBe(found.ok)
            if (!found.ok || !again.ok) continue
            expect(again.value.r).toBeCloseTo(-found.value.r, 9)
            expect(again.value.p).toBeCloseTo(found.value.p, 9)
            expect(found.value.interval.lower).toBeLessThanOrEqual(found.value.r)
            expect(found.value.interval.upper).toBeGreaterThanOrEqual(found.value.r)
          }
        },
      ),
    )
  })
})

describe('Dutilleul’s modified t test', () => {
  it.each(oracle.dutilleul)(
    '$pair in $classes classes, ranks: $ranks',
    ({ pair, classes, ranks: ranked, ...expected }) => {
      const [x, y] = pair.map((name) => (ranked ? ranks(column(name)) : column(name)))
      const found = valueOf(dutilleul(x!, y!, points, classes))
      for (const key of ['effectiveN', 'F', 'r', 'p'] as const)
        expectNear(found[key], expected[key])
    },
  )

  it('is what the matrices themselves give', () => {
    fc.assert(
      fc.property(
        someMap,
        fc.integer({ min: 1, max: 20 }),
        ({ x, y, points: centres }, classes) => {
          const found = dutilleul(x, y, centres, classes)
          if (!found.ok) return
          const n = x.length
          const distance = (i: number, j: number) =>
            Math.hypot(centres[i]![0] - centres[j]![0], centres[i]![1] - centres[j]![1])
          const greatest = Math.max(
            ...centres.flatMap((_, i) => centres.map((_, j) => distance(i, j))),
          )
          const classOf = (i: number, j: number) =>
            Math.ceil((distance(i, j) * classes) / greatest - 1e-9)
          const sigma = (values: readonly number[]): Matrix => {
            const mean = values.reduce((sum, value) => sum + value, 0) / n
            const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
            return new Matrix(
              values.map((_, i) =>
                values.map((_, j) => {
                  if (i === j) return 1
                  let [sum, pairs] = [0, 0]
                  for (let a = 0; a < n; a++)
                    for (let b = 0; b < n; b++)
                      if (a !== b && classOf(a, b) === classOf(i, j)) {
                        sum += (values[a]! - mean) * (values[b]! - mean)
                        pairs++
                      }
                  return sum / pairs / variance
                }),
              ),
            )
          }
          const centring = Matrix.sub(Matrix.eye(n), Matrix.ones(n, n).div(n))
          const [first, second] = [centring.mmul(sigma(x)), centring.mmul(sigma(y))]
          const product = first.mmul(second).trace()
          fc.pre(Math.abs(product) > 1e-3)
          const expected = 1 + (first.trace() * second.trace()) / product
          expect(Math.abs(found.value.effectiveN - expected)).toBeLessThan(
            1e-8 * Math.abs(expected),
          )
          expect(Number.isNaN(found.value.p)).toBe(!(found.value.effectiveN > 2))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('cares neither for the order of areas nor for scale nor for those without a figure', () => {
    fc.assert(
      fc.property(someMap, ({ x, y, points: centres, order }) => {
        const found = dutilleul(x, y, centres)
        const again = dutilleul(
          [...order.map((area) => 3 * x[area]! - 8), NaN],
          [...order.map((area) => -y[area]! / 7), 5],
          [
            ...order.map((area): PlanePoint => [1e3 * centres[area]![0], 1e3 * centres[area]![1]]),
            [9e9, 9e9],
          ],
        )
        expect(again.ok).toBe(found.ok)
        if (!found.ok || !again.ok) return
        expect(Math.abs(again.value.effectiveN / found.value.effectiveN - 1)).toBeLessThan(1e-6)
        expect(again.value.n).toBe(found.value.n)
      }),
    )
  })

  it('counts every area once where there is one class, or one place', () => {
    const [x, y] = [column('CRIME'), column('INC')]
    expect(valueOf(dutilleul(x, y, points, 1)).effectiveN).toBeCloseTo(49, 9)
    const nowhere = points.map((): PlanePoint => [4, 4])
    expect(valueOf(dutilleul(x, y, nowhere)).effectiveN).toBeCloseTo(49, 9)
    expectNear(valueOf(dutilleul(x, y, nowhere)).p, valueOf(pearson(x, y)).p)
  })

  it('is undefined without variation, without areas or without classes', () => {
    const constant = points.map(() => 4.2)
    expect(dutilleul(constant, column('INC'), points)).toEqual({
      ok: false,
      reason: 'statistics-no-variation',
    })
    expect(dutilleul([1, 2, 3], [3, 1, 2], points.slice(0, 3))).toEqual({
      ok: false,
      reason: 'statistics-too-few-areas',
    })
    for (const classes of [0, -1, 2.5, NaN, 1e6])
      expect(() => dutilleul(column('CRIME'), column('INC'), points, classes)).toThrow(RangeError)
  })
})

describe('Moran spectral randomisation', () => {
  const [x, y] = [column('CRIME'), column('INC')]
  const procedures = ['singleton', 'duplet', 'triplet'] as const

  const moran = (values: ArrayLike<number>, { starts, neighbours, weights }: SpatialWeights) => {
    const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
    let [crossed, squares, total] = [0, 0, 0]
    for (let i = 0; i < values.length; i++) {
      squares += (values[i]! - mean) ** 2
      for (let link = starts[i]!; link < starts[i + 1]!; link++) {
        total += weights[link]!
        crossed += weights[link]! * (values[i]! - mean) * (values[neighbours[link]!]! - mean)
      }
    }
    return ((values.length / total) * crossed) / squares
  }

  it.each(procedures)('%s: as adespatial’s, within chance', (procedure) => {
    const { sim_cor_sd, p_two_sided, moran_obs } = oracle.randomisation[procedure]
    const bands = spectralBands(x, queen)!
    const random = mulberry(7)
    const draws = 2000
    let [sum, squares] = [0, 0]
    for (let draw = 0; draw < draws; draw++) {
      const values = randomised(bands, procedure, random)
      const r = coefficient(values, y)
      sum += r
      squares += r * r
      if (draw < 100) {
        const kept = moran(values, queen)
        if (procedure === 'duplet') expect(Math.abs(kept - moran_obs)).toBeLessThan(0.05)
        else expectNear(kept, moran_obs)
      }
    }
    const spread = Math.sqrt(squares / draws - (sum / draws) ** 2)
    expect(Math.abs(sum / draws)).toBeLessThan((4 * spread) / Math.sqrt(draws))
    expect(Math.abs(spread - sim_cor_sd)).toBeLessThan((4 * spread) / Math.sqrt(2 * 999))
    const plan = { permutations: 999, seed: 1 }
    const found = valueOf(moranSpectralRandomisation(x, y, queen, plan, procedure))
    const chance = 4 * Math.sqrt((0.004 * 0.996) / 999)
    expect(Math.abs(found.p - p_two_sided)).toBeLessThan(chance)
    expectNear(found.r, -0.6955897734584623)
    expect(found).toMatchObject({ n: 49, bands: 48 })
  })

  it('takes a variable apart as the full decomposition does', () => {
    const dense = Matrix.zeros(49, 49)
    oracle.queen.forEach((list, i) =>
      list.forEach((j) => {
        dense.set(i, j, dense.get(i, j) + 1 / list.length / 2)
        dense.set(j, i, dense.get(j, i) + 1 / list.length / 2)
      }),
    )
    const centring = Matrix.sub(Matrix.eye(49), Matrix.ones(49, 49).div(49))
    const full = new EigenvalueDecomposition(centring.mmul(dense).mmul(centring), {
      assumeSymmetric: true,
    })
    const unit = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const length = Math.hypot(...values.map((value) => value - mean))
      return values.map((value) => (value - mean) / length)
    }
    const along = (values: readonly number[], k: number) =>
      unit(values).reduce((sum, value, i) => sum + value * full.eigenvectorMatrix.get(i, k), 0)
    const bands = spectralBands(x, queen)!
    const projections = projectOn(bands, y)!
    const expected = full.realEigenvalues
      .map((value, k) => ({ value, product: along(x, k) * along(y, k), k }))
      .filter(({ k }) => Math.abs(full.eigenvectorMatrix.getColumn(k).reduce((a, b) => a + b)) < 1)
      .sort((a, b) => a.value - b.value)
    expect(bands.eigenvalues).toHaveLength(48)
    expected.forEach(({ value, product }, k) => {
      expect(bands.eigenvalues[k]).toBeCloseTo(value, 10)
      expect(bands.amplitudes[k]! * projections[k]!).toBeCloseTo(product, 10)
    })
  })

  it('finds every way of the signs where they can be counted', () => {
    const bands = spectralBands(x.slice(0, 9), weigh(neighboursFromLists(lattice(3))))!
    const projections = projectOn(bands, y.slice(0, 9))!
    const products = Array.from(bands.amplitudes, (value, k) => value * projections[k]!)
    const observed = Math.abs(products.reduce((sum, value) => sum + value, 0))
    let asStrong = 0
    for (let signs = 0; signs < 2 ** products.length; signs++) {
      const sum = products.reduce((all, value, k) => all + ((signs >> k) & 1 ? -value : value), 0)
      if (Math.abs(sum) >= observed - 1e-12) asStrong++
    }
    const exact = asStrong / 2 ** products.length
    const found = spectralP(bands, projections, { permutations: 20_000, seed: 5 })
    expect(Math.abs(found - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 20_000))
  })

  it('cares neither for the order of areas nor for scale', () => {
    const plan = { permutations: 199, seed: 3 }
    fc.assert(
      fc.property(someMap, ({ x: some, y: other, links, order }) => {
        const place = (area: number) => order.indexOf(area)
        const found = moranSpectralRandomisation(some, other, weightsOf(some.length, links), plan)
        const again = moranSpectralRandomisation(
          order.map((area) => 5 * some[area]! + 3),
          order.map((area) => other[area]! / 11),
          weightsOf(
            some.length,
            links.map(([a, b]) => [place(a), place(b)]),
          ),
          plan,
        )
        expect(again.ok).toBe(found.ok)
        if (found.ok && again.ok) expect(again.value.p).toBeCloseTo(found.value.p, 1)
      }),
    )
  })

  it('keeps Moran’s I exactly among islands, gaps, and more areas than are taken apart in full', () => {
    const side = 21
    const lists = lattice(side).map((list, area) =>
      area % 50 === 0 ? [] : list.filter((other) => other % 50 !== 0),
    )
    const weights = weigh(neighboursFromLists(lists))
    const random = mulberry(2)
    const values = lists.map((_, area) => random() + Math.sin(area / 9))
    const bands = spectralBands(values, weights)!
    expect(bands.eigenvalues).toHaveLength(128)
    for (const procedure of ['singleton', 'triplet'] as const) {
      const again = randomised(bands, procedure, random)
      expect(moran(again, weights)).toBeCloseTo(moran(values, weights), 10)
      expect(Math.abs(coefficient(again, values))).toBeLessThan(0.9)
    }
    const plan = { permutations: 99, seed: 1 }
    const gaps = values.map((value, area) => (area % 7 === 0 ? NaN : value))
    expect(valueOf(moranSpectralRandomisation(gaps, values, weights, plan)).p).toBe(0.01)
  })

  it('is undefined without neighbours or variation, and has no p without randomisations', () => {
    const plan = { permutations: 99, seed: 1 }
    const alone = weigh(neighboursFromLists(x.map(() => [])))
    expect(moranSpectralRandomisation(x, y, alone, plan)).toEqual({
      ok: false,
      reason: 'statistics-no-neighbours',
    })
    for (const [first, second] of [
      [x.map(() => 2), y],
      [x, y.map(() => 0.3)],
    ] as const)
      expect(moranSpectralRandomisation(first, second, queen, plan)).toEqual({
        ok: false,
        reason: 'statistics-no-variation',
      })
    expect(
      moranSpectralRandomisation(
        [1, 2, 3],
        [3, 1, 2],
        weigh(neighboursFromLists([[1], [0], []])),
        plan,
      ).ok,
    ).toBe(false)
    const none = moranSpectralRandomisation(x, y, queen, { permutations: 0, seed: 1 })
    expect(valueOf(none).p).toBeNaN()
  })

  it('gives the same with the same seed', () => {
    const p = (seed: number, procedure: SpectralProcedure) =>
      valueOf(
        moranSpectralRandomisation(
          x,
          column('OPEN'),
          queen,
          { permutations: 499, seed },
          procedure,
        ),
      ).p
    for (const procedure of procedures) {
      expect(p(8, procedure)).toBe(p(8, procedure))
      expect(Math.abs(p(8, procedure) - p(9, procedure))).toBeLessThan(0.13)
    }
  })
})

describe('the decomposition of a tridiagonal matrix', () => {
  it('makes the matrix again', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true })
    const matrix = fc
      .integer({ min: 1, max: 12 })
      .chain((size) =>
        fc.tuple(
          fc.array(number, { minLength: size, maxLength: size }),
          fc.array(fc.oneof(number, fc.constant(0)), { minLength: size - 1, maxLength: size - 1 }),
        ),
      )
    fc.assert(
      fc.property(matrix, ([diagonal, beside]) => {
        const size = diagonal.length
        const { values, vectors } = tridiagonalEigen(diagonal, beside)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            let [made, orthogonal] = [0, 0]
            for (let k = 0; k < size; k++) {
              made += vectors[k * size + i]! * values[k]! * vectors[k * size + j]!
              orthogonal += vectors[i * size + k]! * vectors[j * size + k]!
            }
            const expected =
              i === j ? diagonal[i]! : Math.abs(i - j) === 1 ? beside[Math.min(i, j)]! : 0
            expect(made).toBeCloseTo(expected, 10)
            expect(orthogonal).toBeCloseTo(i === j ? 1 : 0, 10)
          }
      }),
    )
  })
})

describe('Benjamini and Hochberg’s correction', () => {
  it('equals R’s p.adjust, with and without missing', () => {
    const { p, BH, withMissing, withMissingBH } = oracle.adjustment
    for (const [given, expected] of [
      [p, BH],
      [withMissing, withMissingBH],
    ] as const) {
      const { adjusted, familySize } = benjaminiHochberg(given)
      expected.forEach((value, place) =>
        value === null ? expect(adjusted[place]).toBeNull() : expectNear(adjusted[place]!, value),
      )
      expect(familySize).toBe(given.filter((value) => value !== null).length)
    }
    expect(benjaminiHochberg([])).toEqual({ adjusted: [], familySize: 0 })
    expect(benjaminiHochberg([NaN, 0.02])).toEqual({ adjusted: [null, 0.02], familySize: 1 })
  })

  it('keeps the order, never makes a p smaller, and finds as many as the step-up rule', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 30 }), (values) => {
        const { adjusted } = benjaminiHochberg(values)
        values.forEach((value, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(value)
          expect(adjusted[i]).toBeLessThanOrEqual(1)
          values.forEach((other, j) => {
            if (value <= other) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]!)
          })
        })
        const sorted = values.toSorted((a, b) => a - b)
        const found = sorted.findLastIndex((value, i) => value * values.length <= 0.1 * (i + 1)) + 1
        expect(adjusted.filter((value) => value! <= 0.1)).toHaveLength(found)
      }),
    )
  })
})

/** Who is beside whom on a square of fields. */
function lattice(side: number): number[][] {
  return Array.from({ length: side * side }, (_, area) => {
    const [row, column] = [Math.floor(area / side), area % side]
    return [
      ...(row > 0 ? [area - side] : []),
      ...(column > 0 ? [area - 1] : []),
      ...(column < side - 1 ? [area + 1] : []),
      ...(row < side - 1 ? [area + side] : []),
    ]
  })
}
