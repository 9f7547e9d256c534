import { areasAtLevel, type AreaId, type AreaRegister, type LevelId } from '../core/area.ts'
import { crossTableKey } from '../core/cross-plan.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { Indicator, Sex } from '../core/indicator.ts'
import { nearestPeriod } from '../core/nearest-period.ts'
import { comparePeriods, type PeriodCode } from '../core/period.ts'
import { sliceAt, valuesOf } from '../core/released-slice.ts'
import { similarAreas } from '../core/stats/similar-areas.ts'
import { areaName } from '../text/format.ts'
import { profileText } from '../text/profile.ts'

export interface ContextQuestion {
  readonly register: AreaRegister
  readonly indicators: readonly Indicator[]
  /** By crossTableKey. */
  readonly tables: ReadonlyMap<string, DisclosedTable>
  readonly level: LevelId
  /** Null: the newest of each. */
  readonly period: PeriodCode | null
  readonly sex: Sex
}

/** What areas may be alike in. */
export interface ContextColumn {
  readonly indicator: Indicator
  /** By area of the level, in register order; NaN where there is none. Of ages their share of all ages. */
  readonly values: Float64Array
}

export interface SimilarAreaName {
  readonly id: AreaId
  readonly name: string
  /** Standard deviations, on average over what both have. */
  readonly distance: number
}

/**
 * The indicators that areas may be alike in: of context alone, so that no area is called like another by its
 * problems. Classes of areas are not among them, and invented figures are never likened by real ones.
 */
export function contextIndicators(indicators: readonly Indicator[]): readonly Indicator[] {
  const isSynthetic = indicators.some(({ class: own, synthetic }) => own !== 'context' && synthetic)
  return indicators
    .filter(({ class: own, measure }) => own === 'context' && measure !== 'class')
    .filter(({ synthetic }) => synthetic === isSynthetic)
}

/** The columns of those that have been read at the level. */
export function contextColumns(question: ContextQuestion): readonly ContextColumn[] {
  const { level, period: chosen, sex, tables } = question
  const columns = contextIndicators(question.indicators).flatMap((indicator) => {
    const table = tables.get(crossTableKey(indicator.id, level))
    const period =
      table &&
      (chosen === null
        ? table.periods.toSorted(comparePeriods).at(-1)
        : nearestPeriod(chosen, table.periods))
    const slice = period && (sliceAt(table, sex, period) ?? sliceAt(table, 'T', period))
    return slice ? [{ indicator, values: valuesOf(slice, indicator) }] : []
  })
  const ages = columns.filter(({ indicator }) => indicator.ages)
  const sumAt = (place: number): number => ages.reduce((sum, one) => sum + one.values[place]!, 0)
  return columns.map(({ indicator, values }) => ({
    indicator,
    values: indicator.ages ? values.map((value, place) => value / sumAt(place)) : values,
  }))
}

/** The areas most like one, nearest first; null where that cannot be told. */
export function namedSimilarAreas(
  register: AreaRegister,
  level: LevelId,
  area: AreaId,
  columns: readonly ContextColumn[],
  count: number,
): readonly SimilarAreaName[] | null {
  if (columns.length === 0) return null
  const areas = areasAtLevel(register, level)
  const found = similarAreas(
    columns.map(({ values }) => values),
    areas.findIndex(({ id }) => id === area),
    count,
  )
  if (!found.ok || found.value.length === 0) return null
  return found.value.map(({ area: other, distance }) => {
    const { id, name } = areas[other]!
    return { id, name: areaName(name), distance }
  })
}

/** As they are named in a sentence: "folkmängd"; the ages are one thing. */
export const contextNames = (columns: readonly { readonly indicator: Indicator }[]): string[] => [
  ...new Set(
    columns.map(({ indicator: { name, ages } }) =>
      ages ? profileText.comparison.ages : name.charAt(0).toLowerCase() + name.slice(1),
    ),
  ),
]
