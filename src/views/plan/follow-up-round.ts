import { groupBy } from '../../core/group-by.ts'
import type { PeriodCode } from '../../core/period.ts'
import { kindOf } from '../../core/period.ts'
import {
  halfYearAt,
  halfYearsOf,
  halfYearSpan,
  spanOf,
  tellingsOf,
} from '../../core/plan-period.ts'
import {
  effortsOf,
  type ActivityPlan,
  type DepartmentId,
  type Effort,
  type FollowUp,
  type InterventionId,
} from '../../core/plan.ts'
import type { ViewState } from '../../core/view-state.ts'
import { roundText as text } from '../../text/follow-up-round.ts'
import { planText } from '../../text/plan.ts'
import { endedBefore, followUpBefore, followUpIn, runsInHalfYear } from './follow-up-due.ts'
import { followUpChange } from './follow-up-since.ts'
import { readingText } from './follow-up-words.ts'
import { departmentName } from './plan-table.ts'
import type { TimelineReading } from './plan-timeline.ts'

/*
 * The round through a half-year's efforts: which are to be followed up, which have been, and what has changed since
 * each was followed up last.
 */

/** begun: something is written that is no record yet. */
export type RoundState = 'done' | 'begun' | 'missing'

export interface RoundRow {
  readonly effort: Effort
  readonly id: InterventionId
  readonly title: string
  readonly state: RoundState
  readonly reading: TimelineReading
  /** "pågår, på väg", "saknas". */
  readonly stateText: string
  /** Of this half-year. */
  readonly record: FollowUp | null
  /** The newest of the half-years before. */
  readonly last: FollowUp | null
}

export interface RoundGroup {
  readonly department: DepartmentId
  readonly name: string
  readonly rows: readonly RoundRow[]
  readonly done: number
}

/** An effort that is not asked for, and why; it can be followed up all the same. */
export interface NotDue extends RoundRow {
  readonly why: string
}

export interface FollowUpRound {
  readonly halfYear: PeriodCode
  /** By department in the plan's order. */
  readonly groups: readonly RoundGroup[]
  /** The rows of all groups. */
  readonly rows: readonly RoundRow[]
  readonly notDue: readonly NotDue[]
  readonly done: number
  readonly missing: readonly RoundRow[]
  /** "12 av 38 insatser följda upp". */
  readonly countText: string
  /** "Saknas: A, B, C och 23 till." */
  readonly missingText: string
  /** What has changed since each effort was followed up last, a sentence each. */
  readonly changes: readonly string[]
}

/** Half-years that a round can be of: of the plan's years, those that have begun. @param day ISO date */
export function roundHalfYears({ source }: ActivityPlan, day: string): readonly PeriodCode[] {
  const { from, to } = source.years
  const now = halfYearAt(day)
  const last = Math.max(from, Math.min(to, Number(now.slice(0, 4))))
  const begun = halfYearsOf(from, last).filter((code) => code <= now)
  return begun.length > 0 ? begun : [`${from}-H1`]
}

/** The half-year that is asked for; else the newest that has begun. @param day ISO date */
export function roundHalfYear(
  plan: ActivityPlan,
  asked: PeriodCode | null,
  day: string,
): PeriodCode {
  return asked !== null && kindOf(asked) === 'half-year' ? asked : roundHalfYears(plan, day).at(-1)!
}

/** Where something is written that is no record: of efforts, none or all of it unsaved. */
export type Unsaved = ReadonlySet<InterventionId>

/**
 * The efforts that the plan's words let run in a half-year, and those that were followed up in it all the same. One that
 * a follow-up before it has ended is not asked for.
 * @param department only its efforts; null: all
 */
export function followUpRound(
  plan: ActivityPlan,
  halfYear: PeriodCode,
  department: DepartmentId | null = null,
  unsaved: Unsaved = new Set(),
): FollowUpRound {
  const own = effortsOf(plan).filter(
    ({ intervention }) => department === null || intervention.department === department,
  )
  const rows: RoundRow[] = []
  const notDue: NotDue[] = []
  for (const effort of own) {
    const record = followUpIn(plan, effort, halfYear)
    const last = followUpBefore(plan, effort, halfYear)
    const row = rowOf(effort, record, last, unsaved.has(effort.intervention.id))
    const why = record ? null : whyNotDue(plan, effort, halfYear)
    if (why === null) rows.push(row)
    else notDue.push({ ...row, why })
  }
  const missing = rows.filter(({ state }) => state !== 'done')
  const done = rows.length - missing.length
  return {
    ...{ halfYear, rows, notDue, done, missing },
    groups: groupBy(rows, ({ effort }) => effort.intervention.department).map((group) => ({
      department: group[0]!.effort.intervention.department,
      name: departmentName(plan, group[0]!.effort.intervention.department),
      rows: group,
      done: group.filter(({ state }) => state === 'done').length,
    })),
    countText: text.count(done, rows.length),
    missingText: text.missing(missing.map(({ title }) => title)),
    changes: changesOf(rows),
  }
}

function rowOf(
  effort: Effort,
  record: FollowUp | null,
  last: FollowUp | null,
  isUnsaved: boolean,
): RoundRow {
  const { id, title } = effort.intervention
  const state = record ? 'done' : isUnsaved ? 'begun' : 'missing'
  return {
    ...{ effort, id, title, state, record, last },
    reading: record ? (record.reading ?? 'not-judged') : 'missing',
    stateText: record
      ? isUnsaved
        ? text.states.unsaved
        : recordText(record)
      : text.states[state === 'begun' ? 'begun' : 'missing'],
  }
}

/** "pågår, på väg". */
const recordText = ({ status, reading }: FollowUp): string =>
  `${planText.statuses[status]}, ${readingText(reading)}`

/** Why the plan's words, or what was followed up before, let an effort rest in a half-year; null where it is due. */
function whyNotDue(plan: ActivityPlan, effort: Effort, halfYear: PeriodCode): string | null {
  if (!runsInHalfYear(effort, halfYear)) {
    const { to } = halfYearSpan(halfYear)
    const isAhead = tellingsOf(effort).every(({ period }) => (spanOf(period).from ?? 0) >= to)
    return text.notDueWhy[isAhead ? 'ahead' : 'over']
  }
  const ended = endedBefore(plan, effort, halfYear)
  return ended === null ? null : text.notDueWhy.ended(ended)
}

function changesOf(rows: readonly RoundRow[]): readonly string[] {
  const done = rows.filter(({ record }) => record !== null)
  if (done.length === 0) return [text.nothingYet]
  const first = done.filter(({ last }) => last === null).length
  const changed = done.flatMap(({ title, record, last }) => {
    const parts = last ? followUpChange(record!, last) : []
    return parts.length > 0 ? [text.change(title, last!.halfYear, parts)] : []
  })
  const hasBefore = first < done.length
  return [
    ...(first > 0 ? [text.first(first)] : []),
    ...changed,
    ...(hasBefore && changed.length === 0 ? [text.unchanged] : []),
  ]
}

/** The next effort that is missing after one, round and round; null where none is. */
export function nextMissing(round: FollowUpRound, after: InterventionId | null): RoundRow | null {
  const at = round.rows.findIndex(({ id }) => id === after)
  const inTurn = [...round.rows.slice(at + 1), ...round.rows.slice(0, Math.max(0, at))]
  return inTurn.find(({ state }) => state !== 'done') ?? null
}

/** The address of a round within the page: of a half-year, of one department or all. */
export const roundState = (
  halfYear: PeriodCode,
  department: DepartmentId | null,
): Pick<ViewState, 'page' | 'planPart' | 'planHalfYear' | 'planDepartment'> => ({
  ...{ page: 'insatser', planPart: 'round', planHalfYear: halfYear, planDepartment: department },
})
