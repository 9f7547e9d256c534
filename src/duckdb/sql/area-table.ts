import { STATUS_NOT_COLLECTED } from '../../core/cell.ts'
import type { AreaId } from '../../core/area.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { Database } from '../database.ts'

/** One row per loaded indicator that the area has any figure of, in register order; both sexes together. */
export type AreaTableColumns = {
  readonly indicator: readonly IndicatorId[]
  readonly period: readonly PeriodCode[]
  /** Index into CELL_STATUSES: a value or hidden, never missing. */
  readonly status: Uint8Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
}

const SQL = `
SELECT indicator.id AS indicator, period.code AS period, status, numerator, denominator
FROM observation
JOIN observation_part USING (part_index)
JOIN indicator USING (indicator_index)
JOIN area USING (area_index)
JOIN period USING (period_index)
WHERE area.id = ? AND sex = 0 AND status < ${STATUS_NOT_COLLECTED}
QUALIFY row_number() OVER (
  PARTITION BY indicator_index ORDER BY last_day DESC, kind_rank DESC
) = 1
ORDER BY indicator_index`

/** The newest figure of every loaded indicator for one area; of periods that end together, the longest. */
export const readAreaTable = (database: Database, area: AreaId): Promise<AreaTableColumns> =>
  database.query<AreaTableColumns>(SQL, [area])
