import { followUpKey } from './follow-up.ts'
import type { FollowUp } from './plan.ts'

/** One record that is new, or says something else than before. */
export interface FollowUpChange {
  /** Null where there was none. */
  readonly before: FollowUp | null
  readonly after: FollowUp
}

export interface FollowUpChanges {
  /** In the order of what is new. */
  readonly changes: readonly FollowUpChange[]
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/**
 * What records would change of those that there are. Where a record lies in the plan, and the order of its measures,
 * is no difference.
 * @param before one of each intervention and half-year, as `after`
 */
export function followUpChanges(
  before: readonly FollowUp[],
  after: readonly FollowUp[],
): FollowUpChanges {
  const known = new Map(before.map((record) => [followUpKey(record), record]))
  const changes = after
    .map((record): FollowUpChange => ({
      before: known.get(followUpKey(record)) ?? null,
      after: record,
    }))
    .filter(({ before: old, after: now }) => old === null || contentOf(old) !== contentOf(now))
  const added = changes.filter(({ before: old }) => old === null).length
  const changed = changes.length - added
  return { changes, added, changed, unchanged: after.length - changes.length }
}

const contentOf = ({ status, reading, measures, comment, date }: FollowUp): string =>
  JSON.stringify([
    ...[status, reading, comment, date],
    measures.map(({ name, value, unit }) => JSON.stringify([name, value, unit])).toSorted(),
  ])
