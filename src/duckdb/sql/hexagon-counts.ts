import type { PeriodCode } from '../../core/period.ts'
import type { Database } from '../database.ts'

/** One row per hexagon that is shown, ascending by id; a hexagon that is not here may still have incidents. */
export type HexagonCountColumns = {
  readonly hexagon: readonly string[]
  readonly count: Int32Array
}

const SQL = `
SELECT hexagon, count
FROM hexagon
JOIN hexagon_part USING (part_index)
JOIN incident_category USING (category_index)
JOIN period USING (period_index)
WHERE incident_category.id = ? AND period.code = ?
ORDER BY hexagon`

/**
 * The hexagons of one category in one year. Categories and years are not added: the hexagons that are left out
 * of one would make the sum too small.
 */
export const readHexagonCounts = (
  database: Database,
  category: string,
  year: PeriodCode,
): Promise<HexagonCountColumns> => database.query<HexagonCountColumns>(SQL, [category, year])
