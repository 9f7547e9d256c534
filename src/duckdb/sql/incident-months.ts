import type { AreaId } from '../../core/area.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { Database } from '../database.ts'
import { LIST_ITEMS, listParameter } from './list-parameter.ts'
import { STATUS_OF_SUM, sumWhereValue } from './sum-of-parts.ts'

/** One row per area and month, areas in register order, each area's months ascending. */
export type IncidentMonthColumns = {
  readonly area: readonly AreaId[]
  readonly month: readonly PeriodCode[]
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  readonly count: Float64Array
}

export interface IncidentMonthQuestion {
  readonly categories: readonly string[]
  /** Of any levels; the selected areas and the municipality. */
  readonly areas: readonly AreaId[]
}

const SQL = `
WITH summed AS (
  SELECT
    area_index,
    first_day,
    area.id AS area,
    period.code AS month,
    ${STATUS_OF_SUM} AS status,
    sum(count) AS total
  FROM incident
  JOIN incident_part USING (part_index)
  JOIN incident_category USING (category_index)
  JOIN period USING (period_index)
  JOIN area USING (area_index)
  WHERE incident_category.id IN (${LIST_ITEMS})
    AND area.id IN (${LIST_ITEMS})
  GROUP BY ALL
)
SELECT area, month, status, ${sumWhereValue('status', 'total')} AS count
FROM summed
ORDER BY area_index, first_day`

/** Incidents per month for some areas, summed over categories by the rule of `readIncidentCounts`. */
export const readIncidentMonths = (
  database: Database,
  { categories, areas }: IncidentMonthQuestion,
): Promise<IncidentMonthColumns> =>
  database.query<IncidentMonthColumns>(SQL, [
    new Set(categories).size,
    listParameter(categories),
    listParameter(areas),
  ])
