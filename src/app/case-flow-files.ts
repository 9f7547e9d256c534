import type { CaseFlowReading, CaseFlowRequest } from './case-flow-work.ts'
import { readDropped } from './import/read-dropped.ts'
import { oneAnswer } from './one-answer.ts'

/** Reads a file of a flow and takes it through the gate, all or nothing. */
export async function readCaseFlowFile(
  file: Pick<File, 'name' | 'size' | 'stream'>,
  told: Omit<CaseFlowRequest, 'name' | 'bytes'>,
): Promise<CaseFlowReading> {
  const dropped = await readDropped(
    { name: file.name, size: file.size, stream: () => file.stream() },
    () => {},
  )
  if (!dropped.ok) return { flow: null, findings: [dropped.finding] }
  return oneAnswer<CaseFlowRequest, CaseFlowReading>(
    () => new Worker(new URL('./case-flow-worker.ts', import.meta.url), { type: 'module' }),
    async () => (await import('./case-flow-work.ts')).doCaseFlowWork,
    { ...dropped.file, ...told },
  )
}
