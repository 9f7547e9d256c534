import { aggregatePeriods } from '../../src/core/aggregate.ts'
import {
  crossPlan,
  crossTableKey,
  type CrossChoice,
  type CrossPlan,
} from '../../src/core/cross-plan.ts'
import { crossTogether, type CrossAnswer } from '../../src/core/cross-together.ts'
import { crossValues, type CrossValues, type LevelGround } from '../../src/core/cross-values.ts'
import { discloseJointly, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import { cellIndex, type RawTable } from '../../src/core/observation.ts'
import { containingPeriod, periodEnd, type PeriodCode } from '../../src/core/period.ts'
import type { PermutationPlan } from '../../src/core/stats/conditional-permutation.ts'
import { levelShapes } from '../../src/views/area-shapes.ts'
import { levelGround } from '../../src/views/level-ground.ts'
import { readDemonstration, tablesOfPlan } from '../publish/demonstration.ts'
import type { PackageSource } from '../publish/package-source.ts'
import { readGround, type Ground } from '../synthesise/ground.ts'
import { synthesiseUnplanted, type SyntheticWorld } from '../synthesise/synthesise.ts'
import { fail } from './check.ts'

/** The year that is crossed, and the school year that ends in it. */
const YEAR = '2025'
const SCHOOL_YEAR = '2024/25'

const choiceOf = (level: string, smoothing: CrossChoice['smoothing']): CrossChoice => ({
  ...{ level, period: YEAR, sex: 'T', smoothing, lag: null },
})

/** What of a world is crossed, by name: as the page does when it is opened, and as it can be asked to. */
export const NULL_CHOICES: ReadonlyMap<string, CrossChoice> = new Map([
  ['stadsdel, as measured', choiceOf('stadsdel', 'raw')],
  ['RegSO, as measured', choiceOf('regso', 'raw')],
  ['RegSO, smoothed', choiceOf('regso', 'smoothed')],
])

/** What all worlds have in common: the areas, how they lie, and what is told of them. */
export interface NullGround {
  readonly ground: Ground
  readonly grounds: ReadonlyMap<string, LevelGround>
  readonly source: PackageSource
}

export async function readNullGround(): Promise<NullGround> {
  const reading = await readDemonstration()
  if (!reading.ok) return fail('the demonstration cannot be read')
  const { register, boundaries, neighbours } = reading.source
  const grounds = register.levels
    .filter(({ rank }) => rank > 0)
    .map(({ id }) => {
      const shapes = levelShapes(boundaries, register, id)
      return [id, levelGround(register, shapes, neighbours[id]!)] as const
    })
  return { ground: readGround(), grounds: new Map(grounds), source: reading.source }
}

/** A matrix of a world in which nothing is planted, as the page would show it. */
export interface NullMatrix {
  readonly plan: CrossPlan
  readonly values: CrossValues
  readonly answer: CrossAnswer
}

/**
 * A world with nothing planted: what is released of it, crossed.
 * @param choices in which ways
 * @returns by the name of the choice
 */
export function crossNullWorld(
  seed: number,
  { ground, grounds, source }: NullGround,
  randomisation: PermutationPlan,
  choices: ReadonlyMap<string, CrossChoice> = NULL_CHOICES,
): ReadonlyMap<string, NullMatrix> {
  const tables = releasedTables(synthesiseUnplanted(seed, ground), source)
  return new Map(
    [...choices].map(([name, choice]) => {
      const { indicators, register } = source
      const plan = crossPlan({ indicators, observations: tables, register }, choice)
      const byKey = new Map(
        tables.map((table) => [crossTableKey(table.indicator, table.level), table]),
      )
      const values = crossValues(plan, byKey, grounds)
      return [name, { plan, values, answer: finished(crossTogether(values, randomisation)) }]
    }),
  )
}

function finished(steps: Generator<unknown, CrossAnswer>): CrossAnswer {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/**
 * What passes the disclosure gate of the year that is crossed. No published sum ties one year to another, so that the
 * same cells are hidden as when all years are released together.
 */
export function releasedTables(
  { tables }: Pick<SyntheticWorld, 'tables'>,
  { indicators, register }: PackageSource,
  isKept: (period: PeriodCode) => boolean = isOfYear,
): DisclosedTable[] {
  const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]))
  return tables.flatMap((table) => {
    const indicator = byId.get(table.indicator)!
    if (indicator.class === 'context') return []
    const kept = withPeriods(table, isKept)
    if (kept.periods.length === 0) return []
    const { periodChain } = indicator.plan
    const raws = tablesOfPlan(kept, indicators, register).map((raw) =>
      aggregatePeriods(raw, periodChain, indicator.periodAggregation),
    )
    return discloseJointly(raws, indicator, register, 'unplanted', {
      method: 'moves',
      solver: null,
    }).tables
  })
}

const isOfYear = (period: PeriodCode): boolean =>
  containingPeriod(period, 'year') === YEAR ||
  containingPeriod(period, 'school-year') === SCHOOL_YEAR ||
  String(periodEnd(period).year) === YEAR

function withPeriods(table: RawTable, isKept: (period: PeriodCode) => boolean): RawTable {
  const periods = table.periods.filter(isKept)
  const cells = table.sexes.flatMap((_, sex) =>
    periods.flatMap((period) =>
      table.areas.map((_, area) => cellIndex(table, sex, table.periods.indexOf(period), area)),
    ),
  )
  return {
    ...table,
    periods,
    status: Uint8Array.from(cells, (cell) => table.status[cell]!),
    numerator: Float64Array.from(cells, (cell) => table.numerator[cell]!),
    denominator: Float64Array.from(cells, (cell) => table.denominator[cell]!),
  }
}
