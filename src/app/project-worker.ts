import type { ProjectReply, ProjectRequest } from './project-work.ts'
import { doProjectWork } from './project-work.ts'

/* Packs and opens project files, so that the page stays responsive; ended when it has answered. */

interface WorkerScope {
  onmessage: ((event: MessageEvent<ProjectRequest>) => void) | null
  postMessage(message: ProjectReply): void
}
const scope = self as unknown as WorkerScope

scope.onmessage = async ({ data }) => scope.postMessage(await doProjectWork(data))
