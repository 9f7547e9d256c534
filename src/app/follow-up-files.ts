import type { ActivityPlan } from '../core/plan.ts'
import type { FollowUpSheetReading } from '../files/plan/follow-up-sheet.ts'
import type { FollowUpRequest } from './follow-up-work.ts'
import { readDropped } from './import/read-dropped.ts'
import { oneAnswer } from './one-answer.ts'

/**
 * Reads a file of follow-ups, all or nothing.
 * @param day ISO day that is put where the file says none
 */
export async function readFollowUpFile(
  file: Pick<File, 'name' | 'size' | 'stream'>,
  plan: ActivityPlan,
  day: string,
): Promise<FollowUpSheetReading> {
  const dropped = await readDropped(
    { name: file.name, size: file.size, stream: () => file.stream() },
    () => {},
  )
  if (!dropped.ok) return { records: [], findings: [dropped.finding] }
  return oneAnswer<FollowUpRequest, FollowUpSheetReading>(
    () => new Worker(new URL('./follow-up-worker.ts', import.meta.url), { type: 'module' }),
    async () => (await import('./follow-up-work.ts')).doFollowUpWork,
    { ...dropped.file, plan, day },
  )
}
