import { spatialSteps } from '../../core/spatial-panel.ts'
import type { ExpertReply, ExpertRequest } from './protocol.ts'

/** Answers a question, and tells how far it has come. */
export function answerExpert(
  { turn, question }: ExpertRequest,
  post: (reply: ExpertReply) => void,
): void {
  try {
    const steps = spatialSteps(question)
    let step = steps.next()
    for (; !step.done; step = steps.next()) post({ turn, type: 'progress', progress: step.value })
    post({ turn, type: 'answered', answer: step.value })
  } catch (cause) {
    post({ turn, type: 'failed', message: cause instanceof Error ? cause.name : 'unknown' })
  }
}
