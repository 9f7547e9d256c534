import { SEXES, type IndicatorId, type Sex } from '../../core/indicator.ts'
import type { AreaId } from '../../core/area.ts'
import type { PeriodKind } from '../../core/period.ts'
import type { Database } from '../database.ts'
import { LIST_ITEMS, listParameter } from './list-parameter.ts'

/** One row per area and period, areas in register order, each area's periods ascending. */
export type TrendColumns = {
  readonly area: readonly string[]
  readonly period: readonly string[]
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
}

export interface TrendQuestion {
  readonly indicator: IndicatorId
  readonly sex: Sex
  readonly kind: PeriodKind
  /** Of any levels; the selected areas and the municipality. */
  readonly areas: readonly AreaId[]
}

const SQL = `
SELECT area.id AS area, period.code AS period, status, numerator, denominator
FROM observation
JOIN observation_part USING (part_index)
JOIN indicator USING (indicator_index)
JOIN area USING (area_index)
JOIN period USING (period_index)
WHERE indicator.id = ?
  AND sex = ?::UTINYINT
  AND period.kind = ?
  AND area.id IN (${LIST_ITEMS})
ORDER BY area_index, first_day`

/** The course of some areas over the periods of one kind. An area whose level is not loaded has no rows. */
export const readTrend = (
  database: Database,
  { indicator, sex, kind, areas }: TrendQuestion,
): Promise<TrendColumns> =>
  database.query<TrendColumns>(SQL, [indicator, SEXES.indexOf(sex), kind, listParameter(areas)])
