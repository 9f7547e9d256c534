import { STATUS_VALUE } from './cell.ts'
import type { CrossSide } from './cross-plan.ts'
import { crossVariable, isHidden, MOST_HIDDEN, type LevelGround } from './cross-values.ts'
import type { DisclosedTable } from './disclosure/gate.ts'
import type { Indicator, Sex } from './indicator.ts'
import { sliceAt } from './released-slice.ts'
import { benjaminiHochberg } from './stats/benjamini-hochberg.ts'
import {
  bivariateMoran,
  localBivariateMoran,
  type BivariateMoran,
} from './stats/bivariate-moran.ts'
import type { PermutationPlan } from './stats/conditional-permutation.ts'
import type { CrossProgress } from './stats/crossing.ts'
import { ebMoran } from './stats/eb-moran.ts'
import { geary, type Geary } from './stats/geary.ts'
import { getisOrdStar } from './stats/getis-ord.ts'
import { lee } from './stats/lee.ts'
import {
  FALSE_DISCOVERY_RATE,
  hotAndColdSpots,
  localClusters,
  type MarkedAreas,
} from './stats/local-clusters.ts'
import { localMoran, type Quadrant } from './stats/local-moran.ts'
import { moranCorrelogram } from './stats/moran-correlogram.ts'
import { moran, type Moran } from './stats/moran.ts'
import { defined, type Outcome } from './stats/outcome.ts'
import type { SpatialWeights } from './stats/weights.ts'
import type { Smoothing } from './view-state.ts'

/** With fewer areas than this there are no numbers, only a sentence: the tests hold for many areas. */
export const LEAST_AREAS = 10

/** How many steps from area to area a correlogram looks. */
export const CORRELOGRAM_STEPS = 6

/** No more than this, however many areas are tested together. */
const MOST_PERMUTATIONS = 9999

/** An indicator at a level and a time. */
export interface SpatialSource {
  readonly indicator: Indicator
  readonly table: DisclosedTable
  readonly side: CrossSide
}

export interface SpatialChoice {
  readonly sex: Sex
  readonly smoothing: Smoothing
}

/** What a pattern is looked for in: numbers alone, that can be handed to a worker. All by area. */
export interface SpatialVariable {
  /** NaN where hidden or missing. */
  readonly values: Float64Array
  /** Index into CELL_STATUSES: why there is no value. */
  readonly status: Uint8Array
  /** What a rate or a share is made of; null for the rest, and for changes. */
  readonly parts: { readonly counts: Float64Array; readonly bases: Float64Array } | null
  readonly isSmoothed: boolean
  /** Areas that show a value, that hide it, and that lack it. */
  readonly shown: number
  readonly hidden: number
  readonly missing: number
}

export type SpatialRefusal = 'too-many-hidden' | 'too-few-areas'

export interface SpatialQuestion {
  readonly values: Float64Array
  readonly parts: SpatialVariable['parts']
  /** An event by area, and the factor that is looked for among its neighbours; null without a pair. */
  readonly pair: { readonly own: Float64Array; readonly others: Float64Array } | null
  readonly weights: SpatialWeights
  readonly plan: PermutationPlan
}

/** A pattern of areas that may be drawn on a map. */
export interface LocalPattern<Kind extends string> extends MarkedAreas<Kind> {
  /** Iᵢ or z, one per area; NaN where there is none. */
  readonly statistic: Float64Array
  /** Before correction. */
  readonly p: Float64Array
}

export interface SpatialPairAnswer {
  readonly moran: Outcome<BivariateMoran>
  readonly local: Outcome<LocalPattern<Quadrant>>
  readonly lee: Outcome<number>
}

export interface SpatialAnswer {
  readonly moran: Outcome<Moran>
  /** Of rates and shares. */
  readonly ebMoran: Outcome<Moran> | null
  readonly geary: Outcome<Geary>
  readonly local: Outcome<LocalPattern<Quadrant>>
  readonly gi: Outcome<LocalPattern<'hot' | 'cold'>>
  /** By the number of steps, from one; with the p that is corrected for all of them. */
  readonly correlogram: readonly {
    readonly moran: Outcome<Moran>
    readonly adjusted: number | null
  }[]
  readonly pair: SpatialPairAnswer | null
  readonly permutations: number
}

/** An indicator by area as it is looked at, from what may be shown. */
export function spatialVariable(
  { indicator, table, side }: SpatialSource,
  ground: LevelGround,
  { sex, smoothing }: SpatialChoice,
): SpatialVariable {
  const { values, status, isSmoothed } = crossVariable(
    table,
    indicator,
    ground,
    side,
    sex,
    smoothing,
  )
  const shown = values.filter(Number.isFinite).length
  const hidden = status.filter(isHidden).length
  return {
    ...{ values, status, isSmoothed, shown, hidden },
    missing: values.length - shown - hidden,
    parts: partsOf(indicator, table, side, sex, ground),
  }
}

function partsOf(
  { measure }: Indicator,
  table: DisclosedTable,
  { period, before }: CrossSide,
  sex: Sex,
  { areas }: LevelGround,
): SpatialVariable['parts'] {
  const slice = before === null ? sliceAt(table, sex, period) : null
  if (!slice || (measure !== 'rate' && measure !== 'share')) return null
  const places = new Map(slice.areas.map((area, place) => [area, place]))
  const columnOf = (column: Float64Array) =>
    Float64Array.from(areas, (area) => {
      const place = places.get(area) ?? -1
      return slice.status[place] === STATUS_VALUE ? column[place]! : NaN
    })
  return { counts: columnOf(slice.numerator), bases: columnOf(slice.denominator) }
}

/** Why a pattern is not looked for; null where it is. */
export function spatialRefusal({
  shown,
  hidden,
}: Pick<SpatialVariable, 'shown' | 'hidden'>): SpatialRefusal | null {
  if (hidden > MOST_HIDDEN * (shown + hidden)) return 'too-many-hidden'
  return shown < LEAST_AREAS ? 'too-few-areas' : null
}

/** How many areas show both, and how many hide one or both. */
export function bothOf(
  first: SpatialVariable,
  second: SpatialVariable,
): Pick<SpatialVariable, 'shown' | 'hidden'> {
  let [shown, hidden] = [0, 0]
  first.values.forEach((value, area) => {
    if (isHidden(first.status[area]!) || isHidden(second.status[area]!)) hidden++
    else if (Number.isFinite(value) && Number.isFinite(second.values[area])) shown++
  })
  return { shown, hidden }
}

/**
 * Enough permutations for one area alone to be able to survive the correction for all of them: the smallest p that
 * they can give is 2/(permutations + 1).
 */
export const enoughPermutations = (least: number, areas: number): number =>
  Math.max(least, Math.min(MOST_PERMUTATIONS, Math.ceil((2 * areas) / FALSE_DISCOVERY_RATE)))

/** All that an expert may want to see of one pattern and one pair, one method at a time. */
export function* spatialSteps(question: SpatialQuestion): Generator<CrossProgress, SpatialAnswer> {
  const { values, parts, pair, weights } = question
  const areas = values.filter(Number.isFinite).length
  const permutations = enoughPermutations(question.plan.permutations, areas)
  const plan = { permutations, seed: question.plan.seed }
  const all = pair ? 6 : 4
  const global = {
    moran: moran(values, weights),
    ebMoran: parts && ebMoran(parts.counts, parts.bases, weights),
    geary: geary(values, weights),
  }
  yield { done: 1, all }
  const local = localPattern(localMoran(values, weights, plan))
  yield { done: 2, all }
  const gi = giPattern(values, weights)
  yield { done: 3, all }
  const correlogram = correctedCorrelogram(values, weights)
  yield { done: 4, all }
  if (!pair) return { ...global, local, gi, correlogram, pair: null, permutations }
  const { own, others } = pair
  const ofPair = bivariateMoran(own, others, weights, plan)
  yield { done: 5, all }
  const localOfPair = localPattern(localBivariateMoran(own, others, weights, plan))
  yield { done: 6, all }
  const agreement = lee(own, others, weights)
  return {
    ...{ ...global, local, gi, correlogram, permutations },
    pair: {
      moran: ofPair,
      local: localOfPair,
      lee: agreement.ok ? defined(agreement.value.L) : agreement,
    },
  }
}

function localPattern(
  outcome: Outcome<{
    readonly I: Float64Array
    readonly pPermutation: Float64Array
    readonly quadrants: readonly (Quadrant | null)[]
  }>,
): Outcome<LocalPattern<Quadrant>> {
  if (!outcome.ok) return outcome
  const { I, pPermutation, quadrants } = outcome.value
  return defined({ statistic: I, p: pPermutation, ...localClusters(quadrants, pPermutation) })
}

function giPattern(
  values: Float64Array,
  weights: SpatialWeights,
): Outcome<LocalPattern<'hot' | 'cold'>> {
  const outcome = getisOrdStar(values, weights)
  if (!outcome.ok) return outcome
  const { z, p } = outcome.value
  return defined({ statistic: z, p, ...hotAndColdSpots(z, p) })
}

function correctedCorrelogram(
  values: Float64Array,
  weights: SpatialWeights,
): SpatialAnswer['correlogram'] {
  const steps = moranCorrelogram(values, weights, CORRELOGRAM_STEPS)
  const { adjusted } = benjaminiHochberg(steps.map((step) => (step.ok ? step.value.p : null)))
  return steps.map((step, order) => ({ moran: step, adjusted: adjusted[order] ?? null }))
}
