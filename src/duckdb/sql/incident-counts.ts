import type { AreaId, LevelId } from '../../core/area.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { Database } from '../database.ts'
import { LIST_ITEMS, listParameter } from './list-parameter.ts'
import { STATUS_OF_SUM, sumWhereValue } from './sum-of-parts.ts'

/** One row per area of the level, in register order; NaN where the status is not "value". */
export type IncidentCountColumns = {
  readonly area: readonly AreaId[]
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  readonly count: Float64Array
}

export interface IncidentCountQuestion {
  readonly level: LevelId
  readonly categories: readonly string[]
  /** Months, however many the period asked for has. */
  readonly months: readonly PeriodCode[]
}

const SQL = `
WITH part AS (
  SELECT area_index, status, count
  FROM incident
  JOIN incident_part USING (part_index)
  JOIN incident_category USING (category_index)
  JOIN period USING (period_index)
  WHERE incident_part.level = ?
    AND incident_category.id IN (${LIST_ITEMS})
    AND period.code IN (${LIST_ITEMS})
), summed AS (
  SELECT area_index, area.id AS area, ${STATUS_OF_SUM} AS status, sum(count) AS total
  FROM area LEFT JOIN part USING (area_index)
  WHERE area.level = ?
  GROUP BY area_index, area.id
)
SELECT area, status, ${sumWhereValue('status', 'total')} AS count
FROM summed
ORDER BY area_index`

/**
 * Incidents per area, summed over categories and months. A sum is a value only when every part of it is: with a
 * hidden part it is hidden, with a missing one missing.
 */
export function readIncidentCounts(
  database: Database,
  { level, categories, months }: IncidentCountQuestion,
): Promise<IncidentCountColumns> {
  const parts = new Set(categories).size * new Set(months).size
  return database.query<IncidentCountColumns>(SQL, [
    level,
    listParameter(categories),
    listParameter(months),
    parts,
    level,
  ])
}
