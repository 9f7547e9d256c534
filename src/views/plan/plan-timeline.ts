import { groupBy } from '../../core/group-by.ts'
import type { PeriodCode } from '../../core/period.ts'
import { halfYearSpan, halfYearsOf, spanOf, tellingsOf, yearsAt } from '../../core/plan-period.ts'
import type { ActivityPlan, Effort, FollowUpReading } from '../../core/plan.ts'
import { planText } from '../../text/plan.ts'
import { followUpIn, isFollowUpDue } from './follow-up-due.ts'
import { departmentName } from './plan-table.ts'

/** What a half-year's follow-up says; not-judged: figures that nobody has judged; missing: nothing was followed up. */
export type TimelineReading = FollowUpReading | 'not-judged' | 'missing'
export const TIMELINE_READINGS: readonly TimelineReading[] = [
  'for-tidigt',
  'pa-vag',
  'uppnatt',
  'avslutad',
  'not-judged',
  'missing',
]

/** A piece of a bar, as shares 0 … 1 of the time line's width. */
export interface TimelineSegment {
  readonly from: number
  readonly to: number
  /**
   * stated: the plan says it, or it has no end and today has come that far
   * open: the plan states no end, and nobody knows
   * unknown: the plan does not say when it began
   */
  readonly kind: 'stated' | 'open' | 'unknown'
}

export interface TimelineBar {
  /** Who tells of it: named only where another tells of the same effort. */
  readonly toldBy: string | null
  /** In order, end to end. */
  readonly segments: readonly TimelineSegment[]
  /** The plan's own words. */
  readonly text: string
}

export interface TimelineMark {
  readonly halfYear: PeriodCode
  /** 0 … 1: where the half-year ends. */
  readonly at: number
  readonly reading: TimelineReading
}

export interface TimelineRow {
  readonly effort: Effort
  readonly bars: readonly TimelineBar[]
  readonly marks: readonly TimelineMark[]
  /** All that the row shows, in words. */
  readonly label: string
}

export interface PlanTimeline {
  readonly halfYears: readonly {
    readonly code: PeriodCode
    /** "vår 24". */
    readonly text: string
    readonly from: number
    readonly to: number
  }[]
  readonly groups: readonly { readonly department: string; readonly rows: readonly TimelineRow[] }[]
  /** 0 … 1; null where today lies outside. */
  readonly today: number | null
}

/**
 * Efforts over time, by department in the plan's order, on all half-years from the first known start to the plan's last
 * year. Every half-year that has ended while an effort ran asks for a reading, until a follow-up says that the effort has ended.
 * @param day ISO date
 */
export function planTimeline(
  plan: ActivityPlan,
  efforts: readonly Effort[],
  day: string,
): PlanTimeline {
  const { years } = plan.source
  const starts = plan.interventions.flatMap(({ period }) => spanOf(period).from ?? [])
  const first = Math.floor(Math.min(years.from, ...starts))
  const codes = halfYearsOf(first, years.to)
  const [begin, end] = [first, years.to + 1]
  const at = (year: number): number =>
    (Math.min(end, Math.max(begin, year)) - begin) / (end - begin)
  const now = yearsAt(day)
  const nameOf = (id: string): string => departmentName(plan, id)

  const rowOf = (effort: Effort): TimelineRow => {
    const tellings = tellingsOf(effort)
    const bars = tellings.map(({ department, period }): TimelineBar => {
      const { from, to } = spanOf(period)
      const known = from ?? years.from
      // Without an end it has run until today at the most, or until its own start.
      const sure = to ?? Math.max(known, Math.min(now, end))
      const segments: readonly TimelineSegment[] = [
        { from: at(begin), to: at(from ?? known), kind: 'unknown' },
        { from: at(known), to: at(sure), kind: 'stated' },
        { from: at(sure), to: at(end), kind: 'open' },
      ]
      return {
        toldBy: tellings.length > 1 ? nameOf(department) : null,
        segments: segments.filter(
          ({ kind, ...piece }) =>
            piece.to > piece.from &&
            (kind === 'stated' || (kind === 'open' ? to === null : from === null)),
        ),
        text: period.text,
      }
    })
    const marks = codes.flatMap((halfYear): TimelineMark[] => {
      const half = halfYearSpan(halfYear)
      const record = followUpIn(plan, effort, halfYear)
      const isAsked =
        half.from >= years.from && half.to <= now && isFollowUpDue(plan, effort, halfYear)
      if (!record && !isAsked) return []
      return [
        {
          ...{ halfYear, at: at(half.to) },
          reading: record ? (record.reading ?? 'not-judged') : 'missing',
        },
      ]
    })
    return {
      ...{ effort, bars, marks },
      label: planText.timeline.row(
        effort.intervention.title,
        bars.map(({ toldBy, text }) => (toldBy === null ? text : `${toldBy}: ${text}`)),
        marks.map(({ halfYear, reading }) => ({ halfYear, reading })),
      ),
    }
  }
  return {
    halfYears: codes.map((code) => {
      const half = halfYearSpan(code)
      return { code, text: planText.halfYear(code), from: at(half.from), to: at(half.to) }
    }),
    groups: groupBy(efforts, ({ intervention }) => intervention.department).map((own) => ({
      department: nameOf(own[0]!.intervention.department),
      rows: own.map(rowOf),
    })),
    today: now >= begin && now <= end ? at(now) : null,
  }
}
