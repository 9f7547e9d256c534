import type { ActivityPlan } from '../core/plan.ts'
import { readSheets } from '../files/formats/read-sheets.ts'
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
  const { grids, findings } = await readSheets(name, bytes)
  if (findings.some(({ severity }) => severity === 'error')) return { records: [], findings }
  return readFollowUpSheet(name, grids, plan, day)
}
