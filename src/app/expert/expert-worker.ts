import { answerExpert } from './expert-work.ts'
import type { ExpertReply, ExpertRequest } from './protocol.ts'

/* Looks for patterns in the background, so that the page stays responsive. */

interface WorkerScope {
  onmessage: ((event: MessageEvent<ExpertRequest>) => void) | null
  postMessage(message: ExpertReply): void
}
const scope = self as unknown as WorkerScope

scope.onmessage = ({ data }) => answerExpert(data, (reply) => scope.postMessage(reply))
