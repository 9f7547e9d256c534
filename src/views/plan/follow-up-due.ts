import type { PeriodCode } from '../../core/period.ts'
import { runsIn, tellingsOf } from '../../core/plan-period.ts'
import type { ActivityPlan, Effort, FollowUp } from '../../core/plan.ts'
import { followUpsOf } from './plan-filter.ts'

/** What is told of an effort in a half-year: by the department that it is counted with, else by another. */
export function followUpIn(
  plan: ActivityPlan,
  effort: Effort,
  halfYear: PeriodCode,
): FollowUp | null {
  const told = followUpsOf(plan, effort).filter((one) => one.halfYear === halfYear)
  return (
    told.find(({ intervention }) => intervention === effort.intervention.id) ?? told.at(-1) ?? null
  )
}

/** The newest that is told of an effort before a half-year. */
export function followUpBefore(
  plan: ActivityPlan,
  effort: Effort,
  halfYear: PeriodCode,
): FollowUp | null {
  const before = followUpsOf(plan, effort).findLast((one) => one.halfYear < halfYear)
  return before ? followUpIn(plan, effort, before.halfYear) : null
}

/** The half-year in which an effort was told to have ended, as the newest before; null where it goes on. */
export function endedBefore(
  plan: ActivityPlan,
  effort: Effort,
  halfYear: PeriodCode,
): PeriodCode | null {
  const last = followUpBefore(plan, effort, halfYear)
  const hasEnded = last?.status === 'avslutad' || last?.reading === 'avslutad'
  return hasEnded ? last.halfYear : null
}

/** Whether the plan's words let an effort run in some of a half-year, whoever tells of it. */
export const runsInHalfYear = (effort: Effort, halfYear: PeriodCode): boolean =>
  tellingsOf(effort).some(({ period }) => runsIn(period, halfYear))

/** Whether a half-year asks for a follow-up: the effort runs in it, and has not ended before it. */
export const isFollowUpDue = (plan: ActivityPlan, effort: Effort, halfYear: PeriodCode): boolean =>
  runsInHalfYear(effort, halfYear) && endedBefore(plan, effort, halfYear) === null
