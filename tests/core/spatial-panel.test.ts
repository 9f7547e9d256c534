import { beforeAll, describe, expect, it } from 'vitest'
import {
  crossNullWorld,
  NULL_CHOICES,
  readNullGround,
  releasedTables,
  type NullGround,
} from '../../scripts/verify/null-worlds.ts'
import { mulberry } from '../../src/core/random.ts'
import {
  bothOf,
  enoughPermutations,
  LEAST_AREAS,
  spatialRefusal,
  spatialSteps,
  spatialVariable,
  type SpatialAnswer,
  type SpatialQuestion,
} from '../../src/core/spatial-panel.ts'
import { benjaminiHochberg } from '../../src/core/stats/benjamini-hochberg.ts'
import { bivariateMoran, localBivariateMoran } from '../../src/core/stats/bivariate-moran.ts'
import { ebMoran } from '../../src/core/stats/eb-moran.ts'
import { geary } from '../../src/core/stats/geary.ts'
import { getisOrdStar } from '../../src/core/stats/getis-ord.ts'
import { lee } from '../../src/core/stats/lee.ts'
import { localMoran } from '../../src/core/stats/local-moran.ts'
import { moranCorrelogram } from '../../src/core/stats/moran-correlogram.ts'
import { moran } from '../../src/core/stats/moran.ts'
import { neighboursFromLists, weigh } from '../../src/core/stats/weights.ts'
import { GROUNDS, open, tableOf, type FigureOf } from '../support/cross-world.ts'
import columbus from '../oracles/columbus.json'
import PLANTED from '../../data/demonstration/planted.json'
import pattern from '../oracles/spatial-pattern.json'

const REGSO = GROUNDS.get('regso')!
const CHOICE = { sex: 'T', smoothing: 'raw' } as const
const SIDE = { period: '2025', before: null } as const

function answer(question: SpatialQuestion): SpatialAnswer {
  const steps = spatialSteps(question)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    expect(step.value.done).toBeLessThanOrEqual(step.value.all)
  }
}

function variableOf(figureOf: FigureOf) {
  const indicator = open('a', { class: 'unwanted-event' })
  const table = tableOf(indicator, 'regso', REGSO.areas, ['2025'], figureOf)
  return spatialVariable({ indicator, table, side: SIDE }, REGSO, CHOICE)
}

const drawn = (seed: number): FigureOf => {
  const random = mulberry(seed)
  return () => ({ count: Math.floor(900 * random()), base: 1000 })
}

describe('the panel’s figures', () => {
  it('are those of the golden values on Columbus', () => {
    const weights = weigh(neighboursFromLists(columbus.neighbours.queen))
    const values = Float64Array.from(columbus.crime)
    const { moran: ofMoran, geary: ofGeary } = answer({
      ...{ values, parts: null, pair: null, weights, plan: { permutations: 99, seed: 1 } },
    })
    if (!ofMoran.ok || !ofGeary.ok) throw new Error('undefined')
    const [I, expectation, variance] = pattern.moran.queen_W.randomisation as number[]
    expect(ofMoran.value.I).toBeCloseTo(I!, 10)
    expect(ofMoran.value.expectation).toBeCloseTo(expectation!, 10)
    expect(ofMoran.value.variance).toBeCloseTo(variance!, 10)
    expect(ofGeary.value.C).toBeCloseTo((pattern.geary.queen_W.randomisation as number[])[0]!, 10)
  })

  it('are those of the methods called one by one, all of the same areas', () => {
    const first = variableOf((area, period, sex) =>
      area.endsWith('3') ? 'hidden' : drawnFirst(area, period, sex),
    )
    const second = variableOf(drawn(2))
    const { weights } = REGSO
    const [own, others] = [first.values, second.values]
    const plan = { permutations: enoughPermutations(99, first.shown), seed: 7 }
    const found = answer({
      ...{ values: own, parts: first.parts, pair: { own, others }, weights },
      plan: { permutations: 99, seed: 7 },
    })
    expect(found.permutations).toBe(40 * 36)
    expect(found.moran).toEqual(moran(own, weights))
    expect(found.geary).toEqual(geary(own, weights))
    expect(found.ebMoran).toEqual(ebMoran(first.parts!.counts, first.parts!.bases, weights))
    const local = localMoran(own, weights, plan)
    if (!local.ok || !found.local.ok) throw new Error('undefined')
    expect(found.local.value.p).toEqual(local.value.pPermutation)
    expect(found.local.value.adjusted).toEqual(
      benjaminiHochberg([...local.value.pPermutation]).adjusted,
    )
    const gi = getisOrdStar(own, weights)
    if (!gi.ok || !found.gi.ok) throw new Error('undefined')
    expect(found.gi.value.statistic).toEqual(gi.value.z)
    expect(found.correlogram.map((step) => step.moran)).toEqual(moranCorrelogram(own, weights, 6))
    expect(found.pair!.moran).toEqual(bivariateMoran(own, others, weights, plan))
    const bivariate = localBivariateMoran(own, others, weights, plan)
    if (!bivariate.ok || !found.pair!.local.ok) throw new Error('undefined')
    expect(found.pair!.local.value.statistic).toEqual(bivariate.value.I)
    const agreement = lee(own, others, weights)
    if (!agreement.ok) throw new Error('undefined')
    expect(found.pair!.lee).toEqual({ ok: true, value: agreement.value.L })
  })

  it('let one area alone survive the correction for all of them', () => {
    for (const areas of [28, 42, 200])
      expect(2 / (enoughPermutations(99, areas) + 1)).toBeLessThanOrEqual(0.05 / areas)
    expect(enoughPermutations(999, 3363)).toBe(9999)
  })

  it('are not made where too many are hidden, or too few known', () => {
    const quarter = variableOf((area) => (+area.slice(-2) < 10 ? 'hidden' : { count: 1, base: 9 }))
    const more = variableOf((area) => (+area.slice(-2) < 11 ? 'hidden' : { count: 1, base: 9 }))
    const few = variableOf((area) =>
      +area.slice(-2) < LEAST_AREAS - 1 ? { count: 1, base: 9 } : 'missing',
    )
    expect(quarter).toMatchObject({ shown: 30, hidden: 10, missing: 0 })
    expect(spatialRefusal(quarter)).toBeNull()
    expect(spatialRefusal(more)).toBe('too-many-hidden')
    expect(spatialRefusal(few)).toBe('too-few-areas')
    expect(
      bothOf(
        quarter,
        variableOf((area) => (area.endsWith('9') ? 'hidden' : { count: 1, base: 9 })),
      ),
    ).toEqual({ shown: 27, hidden: 13 })
  })
})

const drawnFirst = drawn(1)

describe('worlds of the demonstration’s kind', () => {
  let common: NullGround

  beforeAll(async () => {
    common = await readNullGround()
  }, 60_000)

  it('show the planted cluster of graffiti in every year, and mark nothing far from it', () => {
    const { grounds, source } = common
    const { indicator: id, areas } = PLANTED.clusters.find(
      ({ indicator: own }) => own === 'klotter',
    )!
    const tables = source.tables.filter((one) => one.indicator === id && one.level === 'regso')
    const [table] = releasedTables({ tables }, source, () => true).filter(
      ({ level }) => level === 'regso',
    )
    const indicator = source.indicators.find((one) => one.id === id)!
    const regso = grounds.get('regso')!
    const planted = areas.map((area) => regso.areas.indexOf(area))
    const { starts, neighbours } = regso.weights
    const around = new Set([
      ...planted,
      ...planted.flatMap((area) => [...neighbours.subarray(starts[area], starts[area + 1])]),
    ])
    for (const period of ['2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025']) {
      const side = { period, before: null }
      const { values, parts } = spatialVariable({ indicator, table: table!, side }, regso, CHOICE)
      const { gi } = answer({
        ...{ values, parts, pair: null, weights: regso.weights },
        plan: { permutations: 99, seed: 1 },
      })
      if (!gi.ok) throw new Error(gi.reason)
      const marked = gi.value.marks.flatMap((mark, area) => (mark === 'hot' ? area : []))
      expect(marked.some((area) => planted.includes(area))).toBe(true)
      expect(marked.filter((area) => !around.has(area))).toEqual([])
      expect(gi.value.marks).not.toContain('cold')
    }
  }, 60_000)

  it('with nothing planted let no pair survive correction', () => {
    const choices = new Map([...NULL_CHOICES].slice(1, 2))
    const plan = { permutations: 99, seed: 1 }
    const [matrix] = [...crossNullWorld(1, common, plan, choices).values()]
    expect(matrix!.answer.survivors).toBe(0)
    const cells = matrix!.answer.cells.flat()
    const tested = cells.flatMap((cell) => (cell?.kind === 'tested' ? cell : []))
    expect(tested.length).toBeGreaterThan(200)
    expect(tested.filter(({ p }) => p <= 0.05).length).toBeLessThan(0.1 * tested.length)
  }, 60_000)
})
