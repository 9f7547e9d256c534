import { tellingsOf } from '../../core/plan-period.ts'
import type { PeriodCode } from '../../core/period.ts'
import { effortsOf, type ActivityPlan, type Effort, type FollowUp } from '../../core/plan.ts'
import { FOLLOW_UP_COLUMNS, followUpText, type FollowUpColumn } from '../../text/follow-up.ts'
import { planText } from '../../text/plan.ts'
import { followUpIn, isFollowUpDue } from './follow-up-due.ts'
import { departmentName } from './plan-table.ts'

/** A row of a follow-up as a file; null is an empty cell. */
export type FollowUpRow = Readonly<Record<FollowUpColumn, string | number | null>>

const EMPTY = Object.fromEntries(FOLLOW_UP_COLUMNS.map((column) => [column, null])) as FollowUpRow

/**
 * A half-year's efforts for those who carry them out to fill in, none that has ended before: a row for every measure that is written or that the
 * plan names, and one for an effort without any. What is said of the effort as a whole stands on its first row.
 */
export const followUpRows = (plan: ActivityPlan, halfYear: PeriodCode): readonly FollowUpRow[] =>
  effortsOf(plan).flatMap((effort) => rowsOf(plan, effort, halfYear))

function rowsOf(plan: ActivityPlan, effort: Effort, halfYear: PeriodCode): FollowUpRow[] {
  const record = followUpIn(plan, effort, halfYear)
  if (!record && !isFollowUpDue(plan, effort, halfYear)) return []
  const { id, department, number, title } = effort.intervention
  const whole = record ? wholeOf(record) : {}
  return measuresOf(effort, record).map((measure, at) => ({
    ...{ ...EMPTY, department: departmentName(plan, department), number, title, id },
    halfYear: followUpText.halfYear(halfYear),
    ...(at === 0 ? whole : {}),
    ...measure,
  }))
}

const wholeOf = ({ status, reading, comment, date }: FollowUp): Partial<FollowUpRow> => ({
  status: planText.statuses[status],
  reading: reading === null ? null : planText.readings[reading],
  ...{ comment, date },
})

function measuresOf(effort: Effort, record: FollowUp | null): readonly Partial<FollowUpRow>[] {
  const written = (record?.measures ?? []).map(({ name, value, unit }) => ({
    ...{ measure: name, value, unit },
  }))
  const names = new Set(written.map(({ measure }) => measure))
  const told = tellingsOf(effort)
    .flatMap(({ followUpMeasures }) => followUpMeasures.map(({ text }) => text))
    .filter((text, at, all) => !names.has(text) && all.indexOf(text) === at)
    .map((measure) => ({ measure }))
  const rows = [...written, ...told]
  return rows.length > 0 ? rows : [{}]
}
