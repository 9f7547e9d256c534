import type { CrossAnswer } from '../../core/cross-together.ts'
import type { CrossValues } from '../../core/cross-values.ts'
import type { PermutationPlan } from '../../core/stats/conditional-permutation.ts'
import type { CrossProgress } from '../../core/stats/crossing.ts'

/* What the page and the worker that crosses say to each other. A new question takes the place of the one before. */

/** Shuffled so many times, and always in the same way: the same figures give the same matrix. */
export const CROSS_RANDOMISATION: PermutationPlan = { permutations: 999, seed: 1 }

export interface CrossAsked {
  /** Counts the questions of a page. */
  readonly turn: number
  /** What is asked, as crossKey names it. */
  readonly question: string
}

export type CrossRequest =
  | (CrossAsked & {
      readonly type: 'cross'
      readonly values: CrossValues
      readonly plan: PermutationPlan
    })
  | { readonly type: 'cancel' }

export type CrossReply = CrossAsked &
  (
    | { readonly type: 'progress'; readonly progress: CrossProgress }
    | { readonly type: 'crossed'; readonly answer: CrossAnswer }
    /** Something that should not happen; holds nothing of the figures. */
    | { readonly type: 'failed'; readonly message: string }
  )
