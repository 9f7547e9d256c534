import type { ActivityPlan } from '../core/plan.ts'
import { readDelimited } from '../files/formats/delimited.ts'
import { recogniseFormat } from '../files/formats/recognise-format.ts'
import { readWorkbook } from '../files/formats/workbook.ts'
import { readFollowUpSheet, type FollowUpSheetReading } from '../files/plan/follow-up-sheet.ts'

export interface FollowUpRequest {
  readonly name: string
  readonly bytes: Uint8Array
  readonly plan: ActivityPlan
  /** ISO day that is put where the file says none. */
  readonly day: string
}

/** Reads a sheet of follow-ups: text with separators, xlsx or ods. */
export async function doFollowUpWork({
  name,
  bytes,
  plan,
  day,
}: FollowUpRequest): Promise<FollowUpSheetReading> {
  const recognised = recogniseFormat(name, bytes)
  if (recognised.format === null) return { records: [], findings: [recognised.finding] }
  const { format } = recognised
  if (format !== 'csv' && format !== 'xlsx' && format !== 'ods')
    return readFollowUpSheet(name, [], plan, day)
  const { grids, findings } =
    format === 'csv' ? readDelimited(name, bytes) : await readWorkbook(name, bytes, format)
  if (findings.some(({ severity }) => severity === 'error')) return { records: [], findings }
  return readFollowUpSheet(name, grids, plan, day)
}
