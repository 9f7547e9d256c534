import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanePoint } from '../../src/core/polygons.ts'
import { mulberry } from '../../src/core/random.ts'
import { benjaminiHochberg } from '../../src/core/stats/benjamini-hochberg.ts'
import { completeCases } from '../../src/core/stats/complete-cases.ts'
import { crossMatrix, crossSteps, type CrossQuestion } from '../../src/core/stats/crossing.ts'
import { dutilleul } from '../../src/core/stats/dutilleul.ts'
import { leaveOneOut } from '../../src/core/stats/leave-one-out.ts'
import { moranSpectralRandomisation } from '../../src/core/stats/moran-spectral-randomisation.ts'
import { averageLinkage, optimalLeafOrder } from '../../src/core/stats/optimal-leaf-ordering.ts'
import { bonettWrightInterval, ranks, spearman } from '../../src/core/stats/rank-correlation.ts'
import { neighboursFromLists, spatialLag, weigh } from '../../src/core/stats/weights.ts'
import oracle from '../oracles/association.json'

fc.configureGlobal({ seed: 20261103 })

/** A field of areas six by seven, and variables that vary smoothly over it. */
const [ROWS, COLUMNS] = [6, 7]
const AREAS = ROWS * COLUMNS
const points = Array.from({ length: AREAS }, (_, area): PlanePoint => [
  area % COLUMNS,
  Math.floor(area / COLUMNS),
])
const neighbourLists = points.map(([east, north]) =>
  [...points.keys()].filter(
    (area) => Math.abs(points[area]![0] - east) + Math.abs(points[area]![1] - north) === 1,
  ),
)
const weights = weigh(neighboursFromLists(neighbourLists))

function smooth(random: () => number): Float64Array {
  const noise = Float64Array.from({ length: AREAS }, () => random() + random() - 1)
  const around = spatialLag(weights, noise)
  return noise.map((value, area) => value + around[area]!)
}

function question(seed: number, changes: Partial<CrossQuestion> = {}): CrossQuestion {
  const random = mulberry(seed)
  return {
    rows: Array.from({ length: 3 }, () => smooth(random)),
    columns: Array.from({ length: 4 }, () => smooth(random)),
    points,
    weights,
    plan: { permutations: 199, seed: 1 },
    ...changes,
  }
}

describe('crossing', () => {
  it('says in each cell what the methods say of the pair', () => {
    const asked = question(5)
    const first = Float64Array.from(asked.rows[0]!)
    first[3] = first[17] = NaN
    const second = Float64Array.from(asked.columns[1]!)
    second[40] = NaN
    const columns = [asked.columns[0]!, second]
    const { cells } = crossMatrix({ ...asked, rows: [first], columns })
    const cell = cells[0]![1]!
    if (cell.kind !== 'tested') throw new Error(cell.reason)

    const { places, columns: known } = completeCases(first, second)
    const [rankFirst, rankSecond] = known.map(ranks)
    const test = dutilleul(
      rankFirst!,
      rankSecond!,
      Array.from(places, (area) => points[area]!),
    )
    const whole = (some: Float64Array) => {
      const values = new Float64Array(AREAS).fill(NaN)
      places.forEach((area, place) => (values[area] = some[place]!))
      return values
    }
    const randomised = moranSpectralRandomisation(
      whole(rankFirst!),
      whole(rankSecond!),
      weights,
      asked.plan,
    )
    const rank = spearman(first, second)
    if (!test.ok || !randomised.ok || !rank.ok) throw new Error('undefined')
    expect(cell.n).toBe(39)
    expect(cell.rho).toBe(rank.value.r)
    expect(cell.effectiveN).toBeCloseTo(test.value.effectiveN, 9)
    expect(cell.pDutilleul).toBeCloseTo(test.value.p, 12)
    expect(cell.pRandomisation).toBe(randomised.value.p)
    expect(cell.p).toBe(Math.max(cell.pDutilleul, cell.pRandomisation))
    expect(cell.interval).toEqual(bonettWrightInterval(cell.rho, Math.min(cell.n, cell.effectiveN)))
    expect({ ok: true, value: cell.leaveOneOut }).toEqual(leaveOneOut(first, second))
  })

  it('finds a planted relation, corrects for all it looked at, and says how many', () => {
    const asked = question(9)
    const random = mulberry(77)
    const cause = asked.columns[2]!
    const event = Float64Array.from(cause, (value) => Math.exp(value + 0.2 * random()))
    const { cells, familySize } = crossMatrix({ ...asked, rows: [asked.rows[0]!, event] })
    expect(familySize).toBe(8)
    const found = cells.flat().flatMap((cell) => (cell.kind === 'tested' ? [cell] : []))
    expect(benjaminiHochberg(found.map(({ p }) => p)).adjusted).toEqual(
      found.map(({ adjusted }) => adjusted),
    )
    expect(cells[1]![2]).toMatchObject({ kind: 'tested', mark: 'survives' })
    expect(found.filter(({ mark }) => mark === 'survives')).toHaveLength(1)
  })

  it('lets one cell alone survive among many, however few randomisations were asked for', () => {
    const random = mulberry(21)
    const columns = Array.from({ length: 16 }, () => smooth(random))
    const rows = Array.from({ length: 11 }, () => smooth(random))
    const event = Float64Array.from(columns[7]!, (value) => value + 0.05 * random())
    const asked = question(1, { rows: [...rows, event], columns })
    const cell = crossMatrix({ ...asked, plan: { permutations: 99, seed: 4 } }).cells[11]![7]!
    expect(cell).toMatchObject({ kind: 'tested', mark: 'survives' })
  })

  it('rarely calls anything found where nothing is planted', () => {
    let worlds = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { cells } = crossMatrix(question(1000 + seed))
      if (cells.flat().some((cell) => cell.kind === 'tested' && cell.mark === 'survives')) worlds++
    }
    // At most 5 % of worlds, and four standard errors of chance among sixty.
    expect(worlds).toBeLessThanOrEqual(60 * 0.05 + 4 * Math.sqrt(60 * 0.05 * 0.95))
  })

  it('gives no mark, but the reason, where there is too little to go by', () => {
    const random = mulberry(3)
    const [event, cause] = [smooth(random), smooth(random)]
    const nine = cause.map((value, area) => (area % 5 === 0 ? value : NaN))
    const constant = new Float64Array(AREAS).fill(0.1)
    const asked = question(3, { rows: [event], columns: [nine, constant, cause] })
    const { cells, familySize } = crossMatrix(asked)
    expect(cells[0]!.slice(0, 2)).toEqual([
      { kind: 'untested', reason: 'statistics-too-few-areas', n: 9 },
      { kind: 'untested', reason: 'statistics-no-variation', n: AREAS },
    ])
    expect(cells[0]![2]!.kind).toBe('tested')
    expect(familySize).toBe(1)
    const alone = weigh(neighboursFromLists(points.map(() => [])))
    expect(crossMatrix({ ...asked, weights: alone }).cells[0]![2]).toEqual({
      kind: 'untested',
      reason: 'statistics-no-neighbours',
      n: AREAS,
    })
    // Ten areas whose likeness at a distance is so ill known that they come out as worth less than none.
    const ten = crossMatrix({
      ...asked,
      rows: [[1, 2, 3, 3, 3, 2, 1, 1, 3, 1]],
      columns: [[1, 1, 1, 0, 1, 0, 1, 0, 1, 1]],
      points: [
        [2, 4],
        [4, 2],
        [2, 1],
        [3, 2],
        [4, 1],
        [1, 0],
        [3, 4],
        [5, 1],
        [5, 2],
        [4, 0],
      ],
      weights: weigh(
        neighboursFromLists(Array.from({ length: 10 }, (_, area) => [(area + 1) % 10])),
      ),
    })
    expect(ten.cells[0]![0]).toEqual({
      kind: 'untested',
      reason: 'statistics-no-effective-areas',
      n: 10,
    })
    const nowhere = points.map((): PlanePoint => [NaN, NaN])
    expect(crossMatrix({ ...asked, points: nowhere }).cells[0]![2]).toMatchObject({ n: 0 })
    expect(() => crossMatrix({ ...asked, plan: { permutations: 0, seed: 1 } })).toThrow(RangeError)
    expect(crossMatrix({ ...asked, rows: [] })).toEqual({
      cells: [],
      familySize: 0,
      rowOrder: [],
      columnOrder: expect.arrayContaining([0, 1, 2]) as number[],
    })
  })

  it('is the same with the same seed, cares not for the order of areas, and tells how far it has come', () => {
    const asked = question(12)
    const steps = crossSteps(asked)
    const told: number[] = []
    let step = steps.next()
    while (!step.done) {
      told.push(step.value.done / step.value.all)
      step = steps.next()
    }
    expect(told).toEqual(Array.from({ length: 12 }, (_, done) => (done + 1) / 12))
    expect(crossMatrix(asked)).toEqual(step.value)

    const order = [...points.keys()].map((area) => (area * 5) % AREAS)
    const reorder = (values: ArrayLike<number>) => order.map((area) => values[area]!)
    const again = crossMatrix({
      ...asked,
      rows: asked.rows.map(reorder),
      columns: asked.columns.map(reorder),
      points: order.map((area) => points[area]!),
      weights: weigh(
        neighboursFromLists(
          order.map((area) => neighbourLists[area]!.map((other) => order.indexOf(other))),
        ),
      ),
    })
    const before = step.value.cells.flat()
    again.cells.flat().forEach((cell, place) => {
      const same = before[place]!
      if (cell.kind !== 'tested' || same.kind !== 'tested') throw new Error('untested')
      expect(cell.rho).toBeCloseTo(same.rho, 12)
      expect(cell.p).toBeCloseTo(same.p, 1)
      expect(cell.leaveOneOut.lowest).toBe(same.leaveOneOut.lowest)
    })
  })
})

describe('leaving one out', () => {
  it('is what ranking the others anew gives', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(NaN))
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 5, maxLength: 16 }), (pairs) => {
        const x = pairs.map(([first]) => first)
        const y = pairs.map(([, second]) => second)
        const { places } = completeCases(x, y)
        const found = leaveOneOut(x, y)
        const without = Array.from(places, (left) =>
          spearman(
            x.map((own, area) => (area === left ? NaN : own)),
            y,
          ),
        )
        const defined = without.flatMap((outcome) => (outcome.ok ? [outcome.value.r] : []))
        expect(found.ok).toBe(defined.length > 0)
        if (!found.ok) return
        const { lowest, highest, lowestWithout, undefinedWithout } = found.value
        expect(lowest).toBeCloseTo(Math.min(...defined), 12)
        expect(highest).toBeCloseTo(Math.max(...defined), 12)
        const one = without[places.indexOf(lowestWithout)]!
        expect(one.ok && one.value.r).toBeCloseTo(lowest, 12)
        expect(undefinedWithout).toBe(places.find((_, place) => !without[place]!.ok) ?? null)
      }),
      { numRuns: 300 },
    )
  })

  it('tells when everything hangs on one area', () => {
    const found = leaveOneOut([0, 0, 0, 0, 0, 7], [3, 1, 2, 5, 4, 9])
    expect(found).toMatchObject({ ok: true, value: { undefinedWithout: 5 } })
  })
})

describe('optimal leaf ordering', () => {
  const { distances, length, exact, heights } = oracle.seriation

  const lengthOf = (order: readonly number[], between: readonly (readonly number[])[]) =>
    order.slice(1).reduce((sum, leaf, place) => sum + between[order[place]!]![leaf]!, 0)

  it('equals seriation’s on the clustering of hclust', () => {
    const found = optimalLeafOrder(distances)
    expect(found.merges.map(({ height }) => height)).toEqual(
      heights.map((height) => expect.closeTo(height, 12) as number),
    )
    expect(found.length).toBeCloseTo(length, 12)
    expect(lengthOf(found.order, distances)).toBeCloseTo(exact.length, 12)
    expect([exact.order, exact.order.toReversed()]).toContainEqual(found.order)
  })

  it('is as short as trying every turn of every branch', () => {
    const matrix = fc.integer({ min: 2, max: 8 }).chain((leaves) =>
      fc
        .array(fc.integer({ min: 1, max: 40 }), {
          minLength: leaves * leaves,
          maxLength: leaves * leaves,
        })
        .map((numbers) =>
          Array.from({ length: leaves }, (_, i) =>
            Array.from({ length: leaves }, (__, j) =>
              i === j ? 0 : numbers[Math.min(i, j) * leaves + Math.max(i, j)]!,
            ),
          ),
        ),
    )
    fc.assert(
      fc.property(matrix, (between) => {
        const merges = averageLinkage(between)
        const branches: number[][][] = between.map((_, leaf) => [[leaf]])
        for (const { first, second } of merges)
          branches.push(
            branches[first]!.flatMap((one) =>
              branches[second]!.flatMap((other) => [
                [...one, ...other],
                [...other, ...one],
              ]),
            ),
          )
        const best = Math.min(...branches.at(-1)!.map((order) => lengthOf(order, between)))
        const found = optimalLeafOrder(between)
        expect(found.length).toBe(best)
        expect(lengthOf(found.order, between)).toBe(best)
        expect(found.order.toSorted((a, b) => a - b)).toEqual([...between.keys()])
      }),
    )
  })

  it('copes with nothing, one, and distances nobody knows', () => {
    expect(optimalLeafOrder([])).toEqual({ order: [], length: 0, merges: [] })
    expect(optimalLeafOrder([[0]])).toEqual({ order: [0], length: 0, merges: [] })
    const unknown = [
      [0, NaN, 1],
      [NaN, 0, 1],
      [1, 1, 0],
    ]
    expect(optimalLeafOrder(unknown).length).toBe(2)
  })
})
