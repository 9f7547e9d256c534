import type { LevelId } from '../../core/area.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import { cellCount, type TableAxes } from '../../core/observation.ts'
import type { ReleasedTables } from '../released-tables.ts'

/** All cells of one indicator at one level, in the cell order of their axes. */
export interface CubeColumns {
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
}

type CubeRows = {
  readonly cell: Int32Array
  readonly status: Uint8Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
}

const SQL = `
SELECT cell, status, numerator, denominator
FROM observation
WHERE part_index = ?::USMALLINT`

/**
 * Reads back what the map, the list and the distribution show.
 * @param axes those of the table that was added
 * @throws RangeError when no table of this indicator and level with these axes is loaded
 */
export async function readCube(
  tables: ReleasedTables,
  indicator: IndicatorId,
  level: LevelId,
  axes: TableAxes,
): Promise<CubeColumns> {
  const part = tables.partOf(indicator, level)
  if (!part || !haveSameAxes(part.table, axes))
    throw new RangeError(`${indicator} at ${level} is not loaded with these axes`)
  const rows = await tables.database.query<CubeRows>(SQL, [part.index])
  const size = cellCount(axes)
  if (rows.cell.length !== size)
    throw new RangeError(`${indicator} at ${level} was replaced while it was read`)
  // SQL promises no order, and placing by cell is cheaper than sorting.
  const status = new Uint8Array(size)
  const numerator = new Float64Array(size)
  const denominator = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    const cell = rows.cell[row]!
    status[cell] = rows.status[row]!
    numerator[cell] = rows.numerator[row]!
    denominator[cell] = rows.denominator[row]!
  }
  return { status, numerator, denominator }
}

const haveSameAxes = (a: TableAxes, b: TableAxes): boolean =>
  isSame(a.sexes, b.sexes) && isSame(a.periods, b.periods) && isSame(a.areas, b.areas)

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((code, index) => code === b[index]))
