import type { ActivityPlan } from '../../core/plan.ts'
import { planText } from '../../text/plan.ts'

/** What was done before a plan, as sentences. */
export interface PlanHistoryView {
  readonly heading: string
  readonly note: string
  readonly projects: readonly {
    readonly title: string
    readonly description: string
    /** "sedan 2017", "6–9 år", "Ersängsskolan", "2,8 mnkr"; then the line of the source. */
    readonly facts: readonly string[]
  }[]
  readonly source: string
}

/** @returns null where the plan tells nothing of the time before */
export function planHistory({ history }: ActivityPlan): PlanHistoryView | null {
  if (!history) return null
  const { history: text, budget, effort } = planText
  const { title, publisher, note } = history.source
  return {
    heading: text.heading(history.projects.length),
    note: text.note,
    projects: history.projects.map(({ title: name, description, ...one }) => ({
      ...{ title: name, description },
      facts: [
        one.since === null ? null : text.since(one.since),
        one.targetGroup,
        one.ages && effort.ages(one.ages.from, one.ages.to),
        one.place,
        one.thousandsSEK === null ? null : budget.amount(one.thousandsSEK),
        budget.line(one.line),
      ].filter((fact) => fact !== null),
    })),
    source: text.source(title, publisher, note),
  }
}
