import type { ActivityPlan } from '../../core/plan.ts'
import { beforeAfterText } from '../../text/before-after.ts'
import { mayBeJudged } from './before-after.ts'
import {
  movedQuestion,
  type MovedAsked,
  type MovedIndex,
  type MovedOption,
  type MovedQuestion,
} from './moved-question.ts'

/** The figures of so many indicators at the most, beside those that areas are likened by, are read to find a verdict. */
export const MOST_TABLES_TRIED = 3

const { efforts: effortGroups, indicators: indicatorGroups } = beforeAfterText.choose

/**
 * What can be looked at where an address leaves choices open, the one to try first at the head: those that the plan
 * and the periods of the package's files let be judged, in the order of the choices, of an effort's indicators those
 * that the plan links. Last stands `movedQuestion`, to be shown where the figures give none of them a verdict.
 * @returns none where there is nothing to ask about
 */
export function movedCandidates(
  plan: ActivityPlan,
  index: MovedIndex,
  asked: MovedAsked,
): readonly MovedQuestion[] {
  const first = movedQuestion(plan, index, asked)
  if (!first) return []
  const { effort, movedIndicator, movedArea, movedKind } = asked
  if ([effort, movedIndicator, movedArea, movedKind].every((one) => one !== null)) return [first]
  const ask = (change: Partial<MovedAsked>): MovedQuestion | null =>
    movedQuestion(plan, index, { ...asked, ...change })
  const found: MovedQuestion[] = []
  const tables = new Set<string>()
  for (const effort of asked.effort === null ? effortsOf(first) : [asked.effort])
    for (const movedIndicator of linkedOr(asked.movedIndicator, ask({ effort })))
      for (const movedArea of anyOf(
        asked.movedArea,
        ask({ effort, movedIndicator })?.choices.areas,
      )) {
        const question = ask({ effort, movedIndicator, movedArea })
        const file = index.observations.find(
          (one) => one.indicator === movedIndicator && one.level === question?.level,
        )
        if (question?.indicator.id !== movedIndicator || !file) continue
        for (const kind of anyOf(asked.movedKind, question.choices.kinds)) {
          const { register } = index
          if (!mayBeJudged({ ...question, kind, register, periods: file.periods })) continue
          tables.add(file.path)
          if (tables.size > MOST_TABLES_TRIED) return [...found, first]
          found.push({ ...question, kind })
        }
      }
  return [...found, first]
}

const anyOf = <Value extends string>(
  chosen: Value | null,
  options: readonly MovedOption<Value>[] = [],
): readonly Value[] => (chosen === null ? options.map(({ value }) => value) : [chosen])

/** As the list shows them: those with an area and an indicator before the others. */
const effortsOf = ({ choices: { efforts } }: MovedQuestion): readonly string[] =>
  [effortGroups.linked, effortGroups.others].flatMap((shown) =>
    efforts.filter(({ group }) => group === shown).map(({ value }) => value),
  )

const linkedOr = (chosen: string | null, question: MovedQuestion | null): readonly string[] =>
  anyOf(
    chosen,
    question?.choices.indicators.filter(({ group }) => group === indicatorGroups.linked),
  )
