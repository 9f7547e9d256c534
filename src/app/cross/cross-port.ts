import type { WorkerPort } from '../worker-port.ts'
import type { CrossReply, CrossRequest } from './protocol.ts'

export type CrossPort = WorkerPort<CrossRequest, CrossReply>

export const startCrossWorker = (): CrossPort =>
  new Worker(new URL('./cross-worker.ts', import.meta.url), { type: 'module' })
