import { cellText, type Grid } from '../../src/files/formats/grid.ts'

/** A grid as rows of texts. */
export const gridRows = (grid: Grid): string[][] =>
  Array.from({ length: grid.rowCount }, (_, row) =>
    grid.columns.map((__, column) => cellText(grid, row, column)),
  )
