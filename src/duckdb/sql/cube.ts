import { cellCount, type TableAxes } from '../../core/observation.ts'
import type { Database } from '../database.ts'

/** All cells of one indicator at one level, in the cell order of their axes. */
export interface CubeColumns {
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
}

type CubeRows = CubeColumns & {
  readonly cell: Int32Array
  readonly [column: string]: Float64Array | Int32Array | Uint8Array
}

const SQL = `
SELECT cell, status, numerator, denominator
FROM observation
WHERE part_index = (
  SELECT part_index
  FROM observation_part JOIN indicator USING (indicator_index)
  WHERE indicator.id = ? AND level = ? AND axes = ?
)`

/** The axes as one text: equal exactly when the axes are. */
export const axesText = ({ sexes, periods, areas }: TableAxes): string =>
  [sexes, periods, areas].map((axis) => axis.join('\u001f')).join('\u001e')

/**
 * Reads back what the map, the list and the distribution show.
 * @param axes those of the table that was loaded
 * @throws RangeError when no table of this indicator and level with these axes is loaded
 */
export async function readCube(
  database: Database,
  indicator: string,
  level: string,
  axes: TableAxes,
): Promise<CubeColumns> {
  const rows = await database.query<CubeRows>(SQL, [indicator, level, axesText(axes)])
  const size = cellCount(axes)
  if (rows.cell.length !== size)
    throw new RangeError(
      `${indicator} at ${level}: ${rows.cell.length} of ${size} cells are loaded`,
    )
  // SQL promises no order, and placing by cell is cheaper than sorting.
  const status = new Uint8Array(size)
  const numerator = new Float64Array(size)
  const denominator = new Float64Array(size)
  rows.cell.forEach((cell, row) => {
    status[cell] = rows.status[row]!
    numerator[cell] = rows.numerator[row]!
    denominator[cell] = rows.denominator[row]!
  })
  return { status, numerator, denominator }
}
