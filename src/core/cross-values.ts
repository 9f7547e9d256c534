import type { AreaId, LevelId } from './area.ts'
import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NOT_COLLECTED,
  STATUS_OUTSIDE_PERIOD,
  STATUS_VALUE,
} from './cell.ts'
import {
  crossTableKey,
  type CrossPlan,
  type CrossRefusal,
  type CrossSide,
  type PlannedPair,
} from './cross-plan.ts'
import type { DisclosedTable } from './disclosure/gate.ts'
import { groupBy } from './group-by.ts'
import type { Indicator, Sex } from './indicator.ts'
import type { PlanePoint } from './polygons.ts'
import { sliceAt, smoothedValues, valuesOf } from './released-slice.ts'
import type { CrossQuestion } from './stats/crossing.ts'
import type { SpatialWeights } from './stats/weights.ts'
import type { Smoothing } from './view-state.ts'

/** More of the areas hidden than this, and a pair is not crossed: what is hidden is not hidden at random. */
export const MOST_HIDDEN = 0.25

/** The areas of a level and how they lie, all in the same order. */
export interface LevelGround {
  readonly areas: readonly AreaId[]
  /** Centres on a plane, in any unit; NaN where an area has no ground. */
  readonly points: readonly PlanePoint[]
  readonly weights: SpatialWeights
}

/** An indicator at a level and a time, by area in the order of the level's ground. */
export interface CrossVariable {
  /** In the indicator's unit; NaN where hidden or missing. */
  readonly values: Float64Array
  /** Index into CELL_STATUSES: why there is no value; of a change, hidden if either end is. */
  readonly status: Uint8Array
  readonly isSmoothed: boolean
}

/** How many areas a pair has: `n + hidden + missing` are all of the level. */
export interface CrossCounts {
  /** Both are shown. */
  readonly n: number
  /** One or both are hidden. */
  readonly hidden: number
  /** None is hidden, but one or both are missing, or the area has no ground. */
  readonly missing: number
}

export type NotCrossed =
  | CrossRefusal
  | 'too-many-hidden'
  /** The table, or the ground of the level, has not been read. */
  | 'not-read'

export type CrossValuesPair =
  | (PlannedPair & CrossCounts & { readonly kind: 'planned' })
  | {
      readonly kind: 'not-crossed'
      readonly reason: NotCrossed
      /** Null before the figures were looked at. */
      readonly counts: CrossCounts | null
    }

/** Pairs of the same level and times that are all crossed with one another. */
export interface CrossGroup {
  readonly level: LevelId
  /** As places in the plan's events and factors. */
  readonly events: readonly number[]
  readonly factors: readonly number[]
  readonly question: Omit<CrossQuestion, 'plan'>
}

/** One of the variables that an indicator is crossed by. */
export interface OwnVariable {
  readonly level: LevelId
  readonly side: CrossSide
  readonly values: Float64Array
}

/** All that a crossing is computed from: numbers alone, that can be handed to a worker. */
export interface CrossValues {
  /** By event, then by factor. */
  readonly pairs: readonly (readonly CrossValuesPair[])[]
  /** Each crossed pair is in one of them. */
  readonly groups: readonly CrossGroup[]
  /** The factors of each class, as places. */
  readonly factorGroups: readonly (readonly number[])[]
  /** By event and by factor: what it is crossed by, each once. */
  readonly eventVariables: readonly (readonly OwnVariable[])[]
  readonly factorVariables: readonly (readonly OwnVariable[])[]
}

/**
 * The figures of a plan, from what may be shown: a hidden cell is no figure, and is counted as hidden.
 * @param tables by crossTableKey
 */
export function crossValues(
  plan: CrossPlan,
  tables: ReadonlyMap<string, DisclosedTable>,
  grounds: ReadonlyMap<LevelId, LevelGround>,
): CrossValues {
  const variables = new Map<string, CrossVariable | null>()
  const variableOf = (indicator: Indicator, level: LevelId, side: CrossSide) => {
    const key = [crossTableKey(indicator.id, level), side.period, side.before].join('\n')
    let made = variables.get(key)
    if (made === undefined) {
      const table = tables.get(crossTableKey(indicator.id, level))
      const ground = grounds.get(level)
      const { sex, smoothing } = plan.choice
      made = table && ground ? crossVariable(table, indicator, ground, side, sex, smoothing) : null
      variables.set(key, made)
    }
    return made
  }

  const crossed: CrossedPair[] = []
  const eventVariables = plan.events.map(() => new Map<Float64Array, OwnVariable>())
  const factorVariables = plan.factors.map(() => new Map<Float64Array, OwnVariable>())
  const pairs = plan.pairs.map((row, event) =>
    row.map((pair, factor): CrossValuesPair => {
      if (pair.kind === 'refused') return { kind: 'not-crossed', reason: pair.reason, counts: null }
      const { level } = pair
      const first = variableOf(plan.events[event]!, level, pair.event)
      const second = variableOf(plan.factors[factor]!, level, pair.factor)
      if (!first || !second) return { kind: 'not-crossed', reason: 'not-read', counts: null }
      const counts = countsOf(first, second, grounds.get(level)!)
      if (counts.hidden > MOST_HIDDEN * (counts.n + counts.hidden))
        return { kind: 'not-crossed', reason: 'too-many-hidden', counts }
      eventVariables[event]!.set(first.values, { level, side: pair.event, values: first.values })
      factorVariables[factor]!.set(second.values, {
        ...{ level, side: pair.factor, values: second.values },
      })
      const at = JSON.stringify([level, pair.event, pair.factor])
      crossed.push({ at, level, event, factor, first: first.values, second: second.values })
      return { ...pair, ...counts }
    }),
  )
  return {
    pairs,
    groups: groupBy(crossed, ({ at }) => at).flatMap((alike) => rectangles(alike, grounds)),
    factorGroups: groupBy([...plan.factors.keys()], (factor) => plan.factors[factor]!.class),
    eventVariables: eventVariables.map((own) => [...own.values()]),
    factorVariables: factorVariables.map((own) => [...own.values()]),
  }
}

/**
 * What an indicator is crossed by at one level: its values, smoothed by empirical Bayes where asked and where its
 * measure has a base to smooth by, or their changes.
 * @param side with a period before, the change from then
 */
export function crossVariable(
  table: DisclosedTable,
  indicator: Indicator,
  ground: LevelGround,
  side: CrossSide,
  sex: Sex,
  smoothing: Smoothing,
): CrossVariable {
  const now = levelsAt(table, indicator, ground, side.period, sex, smoothing)
  if (side.before === null) return now
  const then = levelsAt(table, indicator, ground, side.before, sex, smoothing)
  return {
    values: now.values.map((value, area) => value - then.values[area]!),
    status: now.status.map((status, area) => worse(status, then.status[area]!)),
    isSmoothed: now.isSmoothed,
  }
}

function levelsAt(
  table: DisclosedTable,
  indicator: Indicator,
  { areas }: LevelGround,
  period: string,
  sex: Sex,
  smoothing: Smoothing,
): CrossVariable {
  const slice = sliceAt(table, sex, period)
  if (!slice)
    return {
      values: new Float64Array(areas.length).fill(NaN),
      status: new Uint8Array(areas.length).fill(STATUS_OUTSIDE_PERIOD),
      isSmoothed: false,
    }
  const smoothed = smoothing === 'smoothed' ? smoothedValues(slice, indicator) : null
  const ofTable = smoothed ?? valuesOf(slice, indicator)
  const places = new Map(slice.areas.map((area, place) => [area, place]))
  return {
    values: Float64Array.from(areas, (area) => ofTable[places.get(area) ?? -1] ?? NaN),
    status: Uint8Array.from(
      areas,
      (area) => slice.status[places.get(area) ?? -1] ?? STATUS_NOT_COLLECTED,
    ),
    isSmoothed: smoothed !== null,
  }
}

/** Whether an area's figure is kept back, rather than not there. */
export const isHidden = (status: number): boolean =>
  status === STATUS_HIDDEN || status === STATUS_HIDDEN_AT_SOURCE

const worse = (now: number, then: number): number =>
  now === STATUS_VALUE || (isHidden(then) && !isHidden(now)) ? then : now

function countsOf(
  first: CrossVariable,
  second: CrossVariable,
  { points }: LevelGround,
): CrossCounts {
  let [n, hidden] = [0, 0]
  first.values.forEach((value, area) => {
    if (isHidden(first.status[area]!) || isHidden(second.status[area]!)) hidden++
    else if ([value, second.values[area], ...points[area]!].every(Number.isFinite)) n++
  })
  return { n, hidden, missing: first.values.length - n - hidden }
}

interface CrossedPair {
  /** The level and the times, in one. */
  readonly at: string
  readonly level: LevelId
  readonly event: number
  readonly factor: number
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Questions that cross all their events with all their factors, and together just these pairs. */
function rectangles(
  pairs: readonly CrossedPair[],
  grounds: ReadonlyMap<LevelId, LevelGround>,
): CrossGroup[] {
  const byEvent = groupBy(pairs, ({ event }) => String(event))
  const alike = groupBy(byEvent, (own) => own.map(({ factor }) => factor).join())
  return alike.map((rows): CrossGroup => {
    const [{ level }] = rows[0] as [CrossedPair]
    const { points, weights } = grounds.get(level)!
    return {
      level,
      events: rows.map((row) => row[0]!.event),
      factors: rows[0]!.map(({ factor }) => factor),
      question: {
        rows: rows.map((row) => row[0]!.first),
        columns: rows[0]!.map(({ second }) => second),
        ...{ points, weights },
      },
    }
  })
}
