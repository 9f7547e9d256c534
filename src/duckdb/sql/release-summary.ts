import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../../core/cell.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import type { LevelId } from '../../core/area.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { Database } from '../database.ts'

/** One row per loaded indicator and level, in register order. Holds no figure, only numbers of cells. */
export type ReleaseSummaryColumns = {
  readonly indicator: readonly IndicatorId[]
  readonly level: readonly LevelId[]
  readonly release: readonly string[]
  readonly cells: Float64Array
  readonly shown: Float64Array
  readonly hidden: Float64Array
  readonly hiddenAtSource: Float64Array
  readonly missing: Float64Array
  /** Of the shortest kind that begins first, or ends last. */
  readonly firstPeriod: readonly PeriodCode[]
  readonly lastPeriod: readonly PeriodCode[]
}

const SQL = `
SELECT
  indicator.id AS indicator,
  level,
  release,
  count(*) AS cells,
  count(*) FILTER (status = ${STATUS_VALUE}) AS shown,
  count(*) FILTER (status = ${STATUS_HIDDEN}) AS hidden,
  count(*) FILTER (status = ${STATUS_HIDDEN_AT_SOURCE}) AS "hiddenAtSource",
  count(*) FILTER (status >= ${STATUS_NOT_COLLECTED}) AS missing,
  arg_min(code, first_day * 10 + kind_rank) AS "firstPeriod",
  arg_max(code, last_day * 10 - kind_rank) AS "lastPeriod"
FROM observation
JOIN observation_part USING (part_index)
JOIN indicator USING (indicator_index)
JOIN period USING (period_index)
GROUP BY indicator_index, indicator.id, level, release
ORDER BY indicator_index, level`

/** What is loaded, how much of it is shown, and which time it covers: for the Data page. */
export const readReleaseSummary = (database: Database): Promise<ReleaseSummaryColumns> =>
  database.query<ReleaseSummaryColumns>(SQL)
