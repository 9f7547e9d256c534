import { doCaseFlowWork, type CaseFlowReading, type CaseFlowRequest } from './case-flow-work.ts'

/* Reads one file of a flow: its raw counts never reach the page, and are gone when it has answered. */

interface WorkerScope {
  onmessage: ((event: MessageEvent<CaseFlowRequest>) => void) | null
  postMessage(message: CaseFlowReading): void
}
const scope = self as unknown as WorkerScope

scope.onmessage = async ({ data }) => scope.postMessage(await doCaseFlowWork(data))
