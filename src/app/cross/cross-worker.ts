import { CrossWork } from './cross-work.ts'
import type { CrossReply, CrossRequest } from './protocol.ts'

/* Crosses in the background, so that the page stays responsive. */

interface WorkerScope {
  onmessage: ((event: MessageEvent<CrossRequest>) => void) | null
  postMessage(message: CrossReply): void
}
const scope = self as unknown as WorkerScope

const work = new CrossWork({
  post: (reply) => scope.postMessage(reply),
  pause: () => new Promise((resolve) => setTimeout(resolve)),
  now: () => performance.now(),
})

scope.onmessage = ({ data }) => void work.hear(data)
