import type { AreaLevel, AreaId } from '../../src/core/area.ts'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import type { CrossSource } from '../../src/core/cross-plan.ts'
import { crossTableKey } from '../../src/core/cross-plan.ts'
import type { LevelGround } from '../../src/core/cross-values.ts'
import { disclose, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { DisclosurePolicy, Indicator, Sex } from '../../src/core/indicator.ts'
import { cellCount } from '../../src/core/observation.ts'
import type { PeriodCode } from '../../src/core/period.ts'
import { neighboursFromLists, weigh } from '../../src/core/stats/weights.ts'
import { indicator as indicatorOf } from './released-package.ts'

/** Areas on a grid at two levels, and tables of invented figures that are shown as they stand. */

export const LEVELS: readonly AreaLevel[] = [
  { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
  { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
  { id: 'regso', singular: 'RegSO', plural: 'RegSO', rank: 2 },
]

/** A field of areas, `columns` wide, with rook neighbours. */
export function gridGround(level: string, count: number, columns: number): LevelGround {
  const areas = Array.from(
    { length: count },
    (_, area) => `${level}-${String(area).padStart(2, '0')}`,
  )
  const points = areas.map((_, area) => [area % columns, Math.floor(area / columns)] as const)
  const lists = points.map(([east, north]) =>
    [...points.keys()].filter(
      (other) => Math.abs(points[other]![0] - east) + Math.abs(points[other]![1] - north) === 1,
    ),
  )
  return { areas, points, weights: weigh(neighboursFromLists(lists)) }
}

export const GROUNDS: ReadonlyMap<string, LevelGround> = new Map([
  ['stadsdel', gridGround('stadsdel', 20, 5)],
  ['regso', gridGround('regso', 40, 8)],
])

/** The same areas, listed in another order. */
export function reordered(ground: LevelGround, order: readonly number[]): LevelGround {
  const placeOf = new Map(order.map((old, place) => [old, place]))
  const { starts, neighbours } = ground.weights
  return {
    areas: order.map((old) => ground.areas[old]!),
    points: order.map((old) => ground.points[old]!),
    weights: weigh(
      neighboursFromLists(
        order.map((old) =>
          Array.from(neighbours.subarray(starts[old], starts[old + 1]), (one) => placeOf.get(one)!),
        ),
      ),
    ),
  }
}

const POLICY: DisclosurePolicy = {
  kind: 'place',
  threshold: 0,
  complement: false,
  minimumDenominator: 0,
  minimumRespondents: 0,
  zeros: 'shown',
}

/** An indicator that hides nothing. */
export const open = (id: string, changes: Partial<Indicator> = {}): Indicator =>
  indicatorOf(id, { synthetic: true, policy: POLICY, ...changes })

export interface Figure {
  readonly count: number
  readonly base: number
}

/** A figure, or why there is none. */
export type FigureOf = (area: AreaId, period: PeriodCode, sex: Sex) => Figure | 'hidden' | 'missing'

export function tableOf(
  indicator: Indicator,
  level: string,
  areas: readonly AreaId[],
  periods: readonly PeriodCode[],
  figureOf: FigureOf,
  sexes: readonly Sex[] = ['T'],
): DisclosedTable {
  const axes = { sexes, periods, areas }
  const figures = sexes.flatMap((sex) =>
    periods.flatMap((period) => areas.map((area) => figureOf(area, period, sex))),
  )
  if (figures.length !== cellCount(axes)) throw new RangeError('cells')
  const columnOf = (read: (figure: Figure) => number) =>
    Float64Array.from(figures, (figure) => (typeof figure === 'string' ? NaN : read(figure)))
  return disclose(
    {
      ...{ indicator: indicator.id, level, ...axes },
      status: Uint8Array.from(figures, (figure) =>
        figure === 'hidden'
          ? STATUS_HIDDEN_AT_SOURCE
          : figure === 'missing'
            ? STATUS_NOT_COLLECTED
            : STATUS_VALUE,
      ),
      numerator: columnOf(({ count }) => count),
      denominator: columnOf(({ base }) => base),
    },
    indicator,
    'test',
  )
}

/** What a package of these tables says of itself. */
export const sourceOf = (
  indicators: readonly Indicator[],
  tables: readonly DisclosedTable[],
): CrossSource => ({ indicators, observations: tables, register: { levels: LEVELS } })

export const byKey = (tables: readonly DisclosedTable[]): ReadonlyMap<string, DisclosedTable> =>
  new Map(tables.map((table) => [crossTableKey(table.indicator, table.level), table]))
