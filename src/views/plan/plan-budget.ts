import type { ActivityPlan, InterventionId } from '../../core/plan.ts'
import { planText } from '../../text/plan.ts'

export interface BudgetPart {
  /** "500 tkr", or that the plan gives no amount. */
  readonly amountText: string
  readonly isStated: boolean
  readonly text: string
  readonly efforts: readonly { readonly id: InterventionId; readonly title: string }[]
}

export interface BudgetRow {
  readonly department: string
  readonly thousandsSEK: number
  readonly amountText: string
  /** 0 … 1 of the largest. */
  readonly share: number
  /** Stated parts as shares 0 … 1 of the largest, in order; what they leave is not stated. */
  readonly statedShares: readonly number[]
  /** Some of it has no amount of its own. */
  readonly hasUnstated: boolean
  readonly text: string
  readonly parts: readonly BudgetPart[]
  readonly line: number
}

export interface PlanBudget {
  /** In the plan's order of departments. */
  readonly rows: readonly BudgetRow[]
  readonly sumThousandsSEK: number
  readonly sumText: string
  readonly checks: readonly {
    readonly text: string
    /** adds-up, does-not, or cannot be told from the plan. */
    readonly verdict: 'adds-up' | 'does-not' | 'cannot-tell'
    readonly word: string
  }[]
}

/** The added money of each department with its split, and what of it adds up. The money is the departments', not the efforts'. */
export function planBudget(plan: ActivityPlan): PlanBudget {
  const { departments, budgetAdditions, budgetCheck, interventions } = plan
  const titleOf = (id: InterventionId): string =>
    interventions.find((one) => one.id === id)?.title ?? id
  /** What is told twice is opened where it is counted. */
  const idOf = (id: InterventionId): InterventionId =>
    interventions.find((one) => one.id === id)?.sameAs ?? id
  const largest = Math.max(1, ...budgetAdditions.map(({ thousandsSEK }) => thousandsSEK))
  const rows = departments.flatMap(({ id, name }): BudgetRow[] =>
    budgetAdditions
      .filter(({ department }) => department === id)
      .map(({ thousandsSEK, text, split, lines }) => ({
        ...{ department: name, thousandsSEK, text, line: lines.from },
        amountText: planText.budget.amount(thousandsSEK),
        share: thousandsSEK / largest,
        statedShares: split.flatMap((part) =>
          part.thousandsSEK === null ? [] : [part.thousandsSEK / largest],
        ),
        hasUnstated: split.some((part) => part.thousandsSEK === null),
        parts: split.map((part) => ({
          amountText: planText.budget.partAmount(part.thousandsSEK),
          isStated: part.thousandsSEK !== null,
          text: part.text,
          efforts: part.interventions.map((one) => ({ id: idOf(one), title: titleOf(one) })),
        })),
      })),
  )
  const sumThousandsSEK = rows.reduce((sum, row) => sum + row.thousandsSEK, 0)
  return {
    ...{ rows, sumThousandsSEK, sumText: planText.budget.amount(sumThousandsSEK) },
    checks: budgetCheck.map(({ text, holds }) => {
      const verdict = holds === null ? 'cannot-tell' : holds ? 'adds-up' : 'does-not'
      return { text, verdict, word: planText.budget.verdict[verdict] }
    }),
  }
}
