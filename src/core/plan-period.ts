import { periodsBetween, type PeriodCode } from './period.ts'
import type { Effort, Intervention, PlanPeriod, PlanTerm } from './plan.ts'

/** Time in years: 2024 is the first of January 2024, 2024.5 the first of July. Null: the plan does not say. */
export interface PlanSpan {
  readonly from: number | null
  readonly to: number | null
}

/** The stretch of time that a plan's words stand for: a month its month, a term its half of the year, a year all of it. */
export const spanOf = ({ start, startTerm, end, endTerm }: PlanPeriod): PlanSpan => ({
  from: start === null ? null : startOf(start, startTerm),
  to: end === null ? null : endOf(end, endTerm),
})

function startOf(date: string, term: PlanTerm | null): number {
  const [year, month] = date.split('-').map(Number) as [number, number?]
  if (month !== undefined) return year + (month - 1) / 12
  return term === 'HT' ? year + 0.5 : year
}

function endOf(date: string, term: PlanTerm | null): number {
  const [year, month] = date.split('-').map(Number) as [number, number?]
  if (month !== undefined) return year + month / 12
  return term === 'VT' ? year + 0.5 : year + 1
}

/** @param day ISO date */
export function yearsAt(day: string): number {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return year + (month - 1) / 12 + (date - 1) / 365
}

/** Where a half-year begins and ends. @param halfYear "2024-H1" */
export function halfYearSpan(halfYear: PeriodCode): { readonly from: number; readonly to: number } {
  const from = Number(halfYear.slice(0, 4)) + (halfYear.endsWith('2') ? 0.5 : 0)
  return { from, to: from + 0.5 }
}

/** The half-year that a day lies in. @param day ISO date */
export const halfYearAt = (day: string): PeriodCode =>
  `${day.slice(0, 4)}-H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`

/** All half-years of whole years, in order. */
export const halfYearsOf = (firstYear: number, lastYear: number): readonly PeriodCode[] =>
  periodsBetween('half-year', `${firstYear}-H1`, `${lastYear}-H2`)

/**
 * Whether the plan's words let something run in a half-year. Without an end it runs on; a start that the plan does not
 * give lies before.
 */
export function runsIn(period: PlanPeriod, halfYear: PeriodCode): boolean {
  const { from, to } = spanOf(period)
  const half = halfYearSpan(halfYear)
  return (from === null || from < half.to) && (to === null || to > half.from)
}

/** Where an effort is in its time, by the plan's own words. */
export type PlanPhase = 'ahead' | 'within' | 'over'

/** @param day ISO date. Over only when all who tell of it say an end that has passed. */
export function phaseOf(effort: Effort, day: string): PlanPhase {
  const now = yearsAt(day)
  const spans = tellingsOf(effort).map(({ period }) => spanOf(period))
  if (spans.every(({ to }) => to !== null && to <= now)) return 'over'
  return spans.every(({ from }) => from !== null && from > now) ? 'ahead' : 'within'
}

/** Everyone who tells of an effort, the one it is counted with first. */
export const tellingsOf = ({ intervention, alsoToldBy }: Effort): readonly Intervention[] => [
  intervention,
  ...alsoToldBy,
]
