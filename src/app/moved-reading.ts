import { crossTableKey } from '../core/cross-plan.ts'
import type { ActivityPlan } from '../core/plan.ts'
import type { ViewState } from '../core/view-state.ts'
import { beforeAfterView, startOf, type BeforeAfterView } from '../views/plan/before-after.ts'
import { movedCandidates } from '../views/plan/moved-candidates.ts'
import type { MovedQuestion } from '../views/plan/moved-question.ts'
import { contextColumns, contextIndicators } from '../views/similar-context.ts'
import type { ProfilePackage } from './profile-reports.ts'

export interface MovedReading {
  readonly question: MovedQuestion
  /** Null where the figures could not be read. */
  readonly view: BeforeAfterView | null
}

type Source = Pick<ProfilePackage, 'index' | 'table'>

/**
 * Whether anything has moved, as an address asks, from a package's figures. What the address leaves open is the first
 * that has a verdict, of those that are worth reading: `movedCandidates`.
 * @returns null where the plan has no effort with a start, or nothing has figures. @throws PackageFault
 */
export async function readMoved(
  source: Source,
  plan: ActivityPlan,
  asked: ViewState,
): Promise<MovedReading | null> {
  let reading: MovedReading | null = null
  for (const question of movedCandidates(plan, source.index, asked)) {
    reading = await readQuestion(source, plan, question)
    if (reading.view?.estimate) break
  }
  return reading
}

async function readQuestion(
  source: Source,
  plan: ActivityPlan,
  question: MovedQuestion,
): Promise<MovedReading> {
  const { register, indicators, observations } = source.index
  const { effort, level, indicator } = question
  const likeness = contextIndicators(indicators).filter(({ id }) =>
    observations.some((file) => file.indicator === id && file.level === level),
  )
  const [table, ...context] = await Promise.all(
    [indicator, ...likeness].map(({ id }) => source.table(id, level)),
  )
  if (!table) return { question, view: null }
  const start = startOf(effort)
  const columns = contextColumns({
    ...{ register, indicators, level, sex: 'T' },
    // As it was before the work began: what came after may be part of what is looked at.
    period: start === null ? null : String(start - 1),
    tables: new Map(
      context.flatMap((one, place) =>
        one ? [[crossTableKey(likeness[place]!.id, level), one] as const] : [],
      ),
    ),
  })
  return {
    question,
    view: beforeAfterView({ ...question, plan, register, table, context: columns }),
  }
}
