import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { PLANTED_LAG } from '../../scripts/synthesise/specifications.ts'
import { readDemonstration } from '../../scripts/publish/demonstration.ts'
import { aggregatePeriods } from '../../src/core/aggregate.ts'
import { pairLags, type PairLags } from '../../src/core/cross-lag-curve.ts'
import { crossPlan, type CrossChoice, type CrossPlan } from '../../src/core/cross-plan.ts'
import { crossTogether, type CrossAnswer } from '../../src/core/cross-together.ts'
import { crossValues, type CrossValues, type LevelGround } from '../../src/core/cross-values.ts'
import { discloseJointly, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import { mulberry } from '../../src/core/random.ts'
import { sliceAt, smoothedValues, valuesOf } from '../../src/core/released-slice.ts'
import { benjaminiHochberg } from '../../src/core/stats/benjamini-hochberg.ts'
import { crossMatrix } from '../../src/core/stats/crossing.ts'
import { levelShapes } from '../../src/views/area-shapes.ts'
import { levelGround } from '../../src/views/level-ground.ts'
import {
  byKey,
  GROUNDS,
  open,
  reordered,
  sourceOf,
  tableOf,
  type FigureOf,
} from '../support/cross-world.ts'

fc.configureGlobal({ seed: 20261103 })

const CHOICE: CrossChoice = {
  ...{ level: 'regso', period: '2025', sex: 'T', smoothing: 'raw', lag: null },
}
const PLAN = { permutations: 199, seed: 1 }

const event = (id: string, changes: Partial<Indicator> = {}) =>
  open(id, { class: 'unwanted-event', measure: 'rate', per: 1000, ...changes })

const areasOf = (level: string) => GROUNDS.get(level)!.areas

const table = (indicator: Indicator, level: string, periods: readonly string[], of: FigureOf) =>
  tableOf(indicator, level, areasOf(level), periods, of)

/** Counts that differ from area to area, drawn by a seed. */
const drawn = (seed: number): FigureOf => {
  const random = mulberry(seed)
  return () => ({ count: 20 + Math.floor(random() * 400), base: 1000 })
}

function run(values: CrossValues): CrossAnswer {
  const steps = crossTogether(values, PLAN)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const valuesFor = (
  indicators: readonly Indicator[],
  tables: readonly DisclosedTable[],
  choice: Partial<CrossChoice> = {},
): { plan: CrossPlan; values: CrossValues } => {
  const plan = crossPlan(sourceOf(indicators, tables), { ...CHOICE, ...choice })
  return { plan, values: crossValues(plan, byKey(tables), GROUNDS) }
}

describe('the figures of a crossing', () => {
  it('are those of the pair’s own level and time, never a finer or coarser one', () => {
    const levels = ['stadsdel', 'regso']
    const times = ['2025', '2025-K4']
    const some = fc.record({
      levels: fc.subarray(levels, { minLength: 1 }),
      times: fc.subarray(times, { minLength: 1 }),
    })
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 2, maxLength: 6 }),
        fc.constantFrom(...times),
        (released, period) => {
          const indicators = released.map((_, place) =>
            place % 2 === 0
              ? event(`e${place}`, { measure: 'count', per: 1 })
              : open(`f${place}`, { measure: 'count', per: 1 }),
          )
          // Each figure tells the indicator, the level, the time and the area that it is of.
          const code = (indicator: string, level: string, time: string, area: string) =>
            Number(indicator.slice(1)) * 1e6 +
            levels.indexOf(level) * 1e5 +
            times.indexOf(time) * 1e4 +
            areasOf(level).indexOf(area)
          const tables = released.flatMap((own, place) =>
            own.levels.map((level) =>
              table(indicators[place]!, level, own.times, (area, time) => ({
                ...{ count: code(indicators[place]!.id, level, time, area), base: NaN },
              })),
            ),
          )
          const { plan, values } = valuesFor(indicators, tables, { period })
          const seen = plan.pairs.map((row) => row.map(() => 0))
          for (const { level, events, factors, question } of values.groups) {
            events.forEach((e, row) =>
              factors.forEach((f, column) => {
                const pair = plan.pairs[e]![f]!
                seen[e]![f]!++
                if (pair.kind === 'refused') throw new Error(pair.reason)
                expect(pair.level).toBe(level)
                const expected = (indicator: Indicator, time: string) =>
                  areasOf(level).map((area) => code(indicator.id, level, time, area))
                expect(Array.from(question.rows[row]!)).toEqual(
                  expected(plan.events[e]!, pair.event.period),
                )
                expect(Array.from(question.columns[column]!)).toEqual(
                  expected(plan.factors[f]!, pair.factor.period),
                )
              }),
            )
          }
          expect(seen).toEqual(
            plan.pairs.map((row) => row.map(({ kind }) => (kind === 'planned' ? 1 : 0))),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('leave out what is hidden and what is missing, and count them apart', () => {
    const [damage, absence] = [event('damage'), open('absence')]
    const [hiddenFirst, hiddenSecond, missing] = [
      [0, 1, 2],
      [2, 3],
      [3, 4, 5],
    ]
    const place = (area: string) => areasOf('regso').indexOf(area)
    const tables = [
      table(damage, 'regso', ['2025'], (area, ...rest) =>
        hiddenFirst.includes(place(area)) ? 'hidden' : drawn(place(area))(area, ...rest),
      ),
      table(absence, 'regso', ['2025'], (area, ...rest) =>
        hiddenSecond.includes(place(area))
          ? 'hidden'
          : missing.includes(place(area))
            ? 'missing'
            : drawn(99 + place(area))(area, ...rest),
      ),
    ]
    const { values } = valuesFor([damage, absence], tables)
    expect(values.pairs[0]![0]).toMatchObject({ kind: 'planned', n: 34, hidden: 4, missing: 2 })
    expect(run(values).cells[0]![0]).toMatchObject({ kind: 'tested', n: 34 })
    const { rows } = values.groups[0]!.question
    expect(hiddenFirst.map((area) => rows[0]![area])).toEqual([NaN, NaN, NaN])
  })

  it('are not crossed when more than a quarter are hidden', () => {
    const [damage, absence] = [event('damage'), open('absence')]
    const withHidden = (count: number) =>
      valuesFor(
        [damage, absence],
        [
          table(damage, 'regso', ['2025'], (area, ...rest) =>
            areasOf('regso').indexOf(area) < count ? 'hidden' : drawn(5)(area, ...rest),
          ),
          table(absence, 'regso', ['2025'], drawn(6)),
        ],
      ).values
    expect(withHidden(10).pairs[0]![0]).toMatchObject({ kind: 'planned', n: 30, hidden: 10 })
    const tooMany = withHidden(11)
    expect(tooMany.pairs[0]![0]).toEqual({
      ...{ kind: 'not-crossed', reason: 'too-many-hidden' },
      counts: { n: 29, hidden: 11, missing: 0 },
    })
    expect(tooMany.groups).toEqual([])
    expect(run(tooMany)).toMatchObject({ cells: [[null]], familySize: 0, survivors: 0 })
  })

  it('are smoothed as the map smooths them, where there is a base to smooth by', () => {
    const [damage, litter] = [event('damage'), event('litter', { measure: 'count', per: 1 })]
    const absence = open('absence')
    const tables = [damage, litter, absence].map((one, seed) =>
      table(one, 'regso', ['2025'], drawn(seed + 1)),
    )
    const rowsOf = (smoothing: 'raw' | 'smoothed') =>
      valuesFor([damage, litter, absence], tables, { smoothing }).values.groups[0]!.question.rows
    const slices = tables.map((one) => sliceAt(one, 'T', '2025')!)
    const raw = [valuesOf(slices[0]!, damage), valuesOf(slices[1]!, litter)]
    expect(rowsOf('raw')).toEqual(raw)
    expect(rowsOf('smoothed')).toEqual([smoothedValues(slices[0]!, damage), raw[1]])
  })

  it('are changes when a lag is asked for, hidden if either end is', () => {
    const quarters = ['2025-K1', '2025-K2', '2025-K3', '2025-K4']
    const [damage, absence] = [event('damage'), open('absence')]
    const figureOf: FigureOf = (area, quarter) =>
      area.endsWith('07') && quarter === '2025-K3'
        ? 'hidden'
        : { count: 100 * quarters.indexOf(quarter) ** 2, base: 1000 }
    const tables = [damage, absence].map((one) => table(one, 'regso', quarters, figureOf))
    const { values } = valuesFor([damage, absence], tables, { lag: { unit: 'quarter', steps: 2 } })
    const { rows, columns } = values.groups[0]!.question
    expect(rows[0]![0]).toBe(500)
    expect(columns[0]![0]).toBe(10)
    expect(rows[0]![7]).toBeNaN()
    expect(values.pairs[0]![0]).toMatchObject({ n: 39, hidden: 1, missing: 0 })
  })
})

/** Two events at one level and two causes, one of them coarser. */
function mixedWorld(seed: number) {
  const indicators = [event('damage'), event('fire'), open('absence'), open('trust')]
  const tables = indicators.flatMap((one, place) =>
    (one.id === 'trust' ? ['stadsdel'] : ['stadsdel', 'regso']).map((level, at) =>
      table(one, level, ['2025'], drawn(seed + 10 * place + at)),
    ),
  )
  return { indicators, tables }
}

describe('a crossing of several levels', () => {
  it('is crossMatrix itself when there is one level and one time', () => {
    const { indicators, tables } = mixedWorld(1)
    const alone = indicators.slice(0, 3)
    const { values } = valuesFor(
      alone,
      tables.filter(({ indicator }) => indicator !== 'trust'),
    )
    const expected = crossMatrix({ ...values.groups[0]!.question, plan: PLAN })
    expect(run(values)).toMatchObject({ cells: expected.cells, familySize: expected.familySize })
  })

  it('corrects all that was tested together', () => {
    const { indicators, tables } = mixedWorld(2)
    const { values } = valuesFor(indicators, tables)
    expect(values.groups.map(({ level }) => level).sort()).toEqual(['regso', 'stadsdel'])
    const { cells, familySize, survivors } = run(values)
    const tested = cells.flat().map((cell) => (cell?.kind === 'tested' ? cell : null)!)
    const { adjusted } = benjaminiHochberg(tested.map(({ p }) => p))
    expect(familySize).toBe(4)
    expect(tested.map((cell) => cell.adjusted)).toEqual(adjusted)
    expect(survivors).toBe(tested.filter(({ mark }) => mark === 'survives').length)
    expect(tested.map(({ n }) => n)).toEqual([40, 20, 40, 20])
  })

  it('does not depend on the order that areas are listed in', () => {
    const { indicators, tables } = mixedWorld(3)
    const plan = crossPlan(sourceOf(indicators, tables), CHOICE)
    const expected = run(crossValues(plan, byKey(tables), GROUNDS))
    const shuffle = (count: number) =>
      fc.shuffledSubarray([...Array(count).keys()], { minLength: count })
    fc.assert(
      fc.property(shuffle(40), shuffle(20), (regso, stadsdel) => {
        const grounds = new Map<string, LevelGround>([
          ['regso', reordered(GROUNDS.get('regso')!, regso)],
          ['stadsdel', reordered(GROUNDS.get('stadsdel')!, stadsdel)],
        ])
        const { cells, eventOrder, factorOrder } = run(crossValues(plan, byKey(tables), grounds))
        expect([eventOrder, factorOrder]).toEqual([expected.eventOrder, expected.factorOrder])
        cells.flat().forEach((cell, place) => {
          const before = expected.cells.flat()[place]!
          if (cell?.kind !== 'tested' || before.kind !== 'tested') throw new Error('untested')
          expect(cell.n).toBe(before.n)
          expect(cell.rho).toBeCloseTo(before.rho, 12)
          expect(cell.effectiveN).toBeCloseTo(before.effectiveN, 6)
          expect(cell.pDutilleul).toBeCloseTo(before.pDutilleul, 9)
          expect(cell.leaveOneOut.lowest).toBeCloseTo(before.leaveOneOut.lowest, 12)
        })
      }),
      { numRuns: 5 },
    )
  })
})

describe('the published demonstration', () => {
  const ids = [
    'skadegorelse',
    'brand_anlagd',
    'franvaro_10',
    'trangbodd',
    'gymn_behorig',
    'tillit',
    'otrygg_ute',
    PLANTED_LAG.factor,
    PLANTED_LAG.event,
  ]
  let lagsOf: (event: string, factor: string) => PairLags | null
  let crossedAt: (
    level: string,
    period?: string,
  ) => { plan: CrossPlan; values: CrossValues; answer: CrossAnswer }

  beforeAll(async () => {
    const reading = await readDemonstration()
    if (!reading.ok) throw new Error('no demonstration')
    const { register, release, boundaries, neighbours, tables, ...source } = reading.source
    const indicators = ids.map((id) => source.indicators.find((one) => one.id === id)!)
    const released = indicators.flatMap((indicator) => {
      const { levels, periodChain } = indicator.plan
      const raws = levels.map((level) => {
        const raw = tables.find((one) => one.indicator === indicator.id && one.level === level)!
        return aggregatePeriods(raw, periodChain, indicator.periodAggregation)
      })
      const options = { method: 'moves', solver: null } as const
      return discloseJointly(raws, indicator, register, release.id, options).tables
    })
    const grounds = new Map(
      ['stadsdel', 'regso'].map((level) => [
        level,
        levelGround(register, levelShapes(boundaries, register, level), neighbours[level]!),
      ]),
    )
    const called = (id: string) => indicators.find((one) => one.id === id)!
    lagsOf = (event, factor) =>
      pairLags(
        ...([byKey(released), grounds.get('regso')!, 'regso'] as const),
        ...([called(event), called(factor), 'T', 'raw'] as const),
      )
    const crossed = indicators.slice(0, -2)
    crossedAt = (level, period = '2025') => {
      const choice: CrossChoice = { ...CHOICE, level, period, smoothing: 'smoothed' }
      const plan = crossPlan({ indicators: crossed, observations: released, register }, choice)
      const values = crossValues(plan, byKey(released), grounds)
      return { plan, values, answer: run(values) }
    }
  }, 60_000)

  const placeOf = ({ plan }: { plan: CrossPlan }, event: string, factor: string) =>
    [
      plan.events.findIndex(({ id }) => id === event),
      plan.factors.findIndex(({ id }) => id === factor),
    ] as const

  function cellOf(crossed: ReturnType<typeof crossedAt>, event: string, factor: string) {
    const [e, f] = placeOf(crossed, event, factor)
    const cell = crossed.answer.cells[e]![f]
    if (cell?.kind !== 'tested') throw new Error(`${event} × ${factor}`)
    return cell
  }

  it('has its highest lag where one was planted', () => {
    const { factor, event, quarters } = PLANTED_LAG
    const lags = lagsOf(event, factor)!
    const found = lags.points.map(({ outcome }) => (outcome.ok ? outcome.value.r : -1))
    expect(lags.points[found.indexOf(Math.max(...found))]!.lag).toBe(quarters)
  })

  it('gives back what was planted, with its sign', () => {
    const regso = crossedAt('regso')
    const absence = cellOf(regso, 'skadegorelse', 'franvaro_10')
    expect(absence.mark).toBe('survives')
    expect(absence.rho).toBeGreaterThan(0)
    const crowded = cellOf(regso, 'brand_anlagd', 'trangbodd')
    expect(crowded.mark).toBe('survives')
    expect(crowded.rho).toBeGreaterThan(0)
    const trust = cellOf(crossedAt('stadsdel', '2024'), 'otrygg_ute', 'tillit')
    expect(trust.mark).toBe('survives')
    expect(trust.rho).toBeLessThan(0)
  })

  it('finds nothing where nothing was planted', () => {
    expect(cellOf(crossedAt('regso'), 'skadegorelse', 'trangbodd').mark).toBe('does-not')
  })

  it('does not cross pupils of one year in areas where most of them are hidden', () => {
    const regso = crossedAt('regso')
    const [e, f] = placeOf(regso, 'skadegorelse', 'gymn_behorig')
    expect(regso.values.pairs[e]![f]).toMatchObject({ reason: 'too-many-hidden' })
    expect(regso.answer.cells[e]![f]).toBeNull()
  })

  it('says how many areas each pair rests on', () => {
    const { values, answer } = crossedAt('regso')
    for (const [e, row] of values.pairs.entries())
      for (const [f, pair] of row.entries())
        if (pair.kind === 'planned') {
          expect(pair.n + pair.hidden + pair.missing).toBe(pair.level === 'regso' ? 42 : 28)
          expect(answer.cells[e]![f]!.n).toBe(pair.n)
        }
  })
})
