import type { FollowUpSheetReading } from '../files/plan/follow-up-sheet.ts'
import { doFollowUpWork, type FollowUpRequest } from './follow-up-work.ts'

/* Reads one file of follow-ups, so that the page stays responsive; ended when it has answered. */

interface WorkerScope {
  onmessage: ((event: MessageEvent<FollowUpRequest>) => void) | null
  postMessage(message: FollowUpSheetReading): void
}
const scope = self as unknown as WorkerScope

scope.onmessage = async ({ data }) => scope.postMessage(await doFollowUpWork(data))
