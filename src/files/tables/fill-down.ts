import type { Grid, GridColumn } from '../formats/grid.ts'
import { FIGURE_ROLES } from './guess-columns.ts'
import type { TableMapping } from './mapping.ts'

/** A cell that is merged over several rows stands in each of them. */
export function fillMerged(grid: Grid): Grid {
  const merges = grid.merges.filter(({ firstRow, lastRow }) => lastRow > firstRow)
  if (merges.length === 0) return grid
  const columns = grid.columns.map((column): GridColumn => ({
    ...column,
    codes: column.codes.slice(),
  }))
  for (const { firstRow, lastRow, firstColumn } of merges) {
    const codes = columns[firstColumn]?.codes
    if (codes) codes.fill(codes[firstRow]!, firstRow, Math.min(lastRow + 1, grid.rowCount))
  }
  return { ...grid, columns }
}

/** Labels that stand only in the first row of their group stand in each of its rows; figures are left alone. */
export function fillDown(grid: Grid, { columns, firstRow, lastRow }: TableMapping): Grid {
  const filled = grid.columns.map((column, index): GridColumn => {
    const { role } = columns[index]!
    if (FIGURE_ROLES.includes(role)) return column
    const codes = column.codes.slice()
    for (let row = firstRow + 1; row <= lastRow; row++)
      if (column.texts[codes[row]!]!.trim() === '') codes[row] = codes[row - 1]!
    return { ...column, codes }
  })
  return { ...grid, columns: filled }
}
