import type { Finding } from '../../core/finding.ts'
import { readDelimited } from './delimited.ts'
import type { Grid } from './grid.ts'
import { recogniseFormat } from './recognise-format.ts'
import { readWorkbook } from './workbook.ts'

export interface SheetsReading {
  /** None where the file is of a kind that has no sheets. */
  readonly grids: readonly Grid[]
  /** With an error where the file cannot be read. */
  readonly findings: readonly Finding[]
}

/** The sheets of a workbook (xlsx, ods), or the one that a text with separators is. */
export async function readSheets(name: string, bytes: Uint8Array): Promise<SheetsReading> {
  const recognised = recogniseFormat(name, bytes)
  if (recognised.format === null) return { grids: [], findings: [recognised.finding] }
  const { format } = recognised
  if (format === 'csv') return readDelimited(name, bytes)
  return format === 'xlsx' || format === 'ods'
    ? readWorkbook(name, bytes, format)
    : { grids: [], findings: [] }
}
