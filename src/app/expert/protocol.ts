import type { CrossProgress } from '../../core/stats/crossing.ts'
import type { SpatialAnswer, SpatialQuestion } from '../../core/spatial-panel.ts'

/* What the page and the worker that looks for patterns say to each other: one question a worker at a time. */

export interface ExpertRequest {
  /** Counts the questions of a page. */
  readonly turn: number
  readonly question: SpatialQuestion
}

export type ExpertReply = { readonly turn: number } & (
  | { readonly type: 'progress'; readonly progress: CrossProgress }
  | { readonly type: 'answered'; readonly answer: SpatialAnswer }
  /** Something that should not happen; holds nothing of the figures. */
  | { readonly type: 'failed'; readonly message: string }
)
