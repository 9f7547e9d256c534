import type { PeriodCode } from './period.ts'
import type { ActivityPlan, FollowUp, InterventionId } from './plan.ts'

/*
 * How the plan's efforts go: what the plan itself tells, and what has been written after it, one record of each
 * intervention and half-year. What was written after the plan stands in place of what the plan tells of the same.
 */

/** Characters. */
export const COMMENT_MAX = 4000

/** What a record is known by. */
export const followUpKey = ({
  intervention,
  halfYear,
}: Pick<FollowUp, 'intervention' | 'halfYear'>): string => `${intervention} ${halfYear}`

/**
 * A plan with what has been written after it. Records of interventions that the plan does not have are left out: they
 * are of another plan, and stay where they are kept.
 */
export function planWithFollowUps(plan: ActivityPlan, own: readonly FollowUp[]): ActivityPlan {
  const known = new Set<InterventionId>(plan.interventions.map(({ id }) => id))
  const mine = own.filter(({ intervention }) => known.has(intervention))
  if (mine.length === 0) return plan
  const replaced = new Set(mine.map(followUpKey))
  const told = plan.followUps.filter((record) => !replaced.has(followUpKey(record)))
  return { ...plan, followUps: [...told, ...mine].toSorted(inOrder) }
}

/** A record in place of what was written of the same intervention and half-year. */
export const withFollowUp = (own: readonly FollowUp[], record: FollowUp): FollowUp[] =>
  [...own.filter((one) => followUpKey(one) !== followUpKey(record)), record].toSorted(inOrder)

/** Without what was written of an intervention in a half-year; what the plan tells of it is seen again. */
export const withoutFollowUp = (
  own: readonly FollowUp[],
  intervention: InterventionId,
  halfYear: PeriodCode,
): FollowUp[] => own.filter((one) => followUpKey(one) !== followUpKey({ intervention, halfYear }))

const inOrder = (a: FollowUp, b: FollowUp): number =>
  a.halfYear.localeCompare(b.halfYear) || a.intervention.localeCompare(b.intervention)
