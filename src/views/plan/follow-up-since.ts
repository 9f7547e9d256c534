import type { FollowUp } from '../../core/plan.ts'
import { roundText as text } from '../../text/follow-up-round.ts'
import { planText } from '../../text/plan.ts'
import { measureValue } from './follow-up-words.ts'

/** What is said of an effort now that was not said of it then: status, reading, numbers. None: nothing. */
export function followUpChange(now: FollowUp, then: FollowUp): readonly string[] {
  const wordOf = (reading: FollowUp['reading']): string | null =>
    reading === null ? null : planText.readings[reading]
  return [
    ...(now.status === then.status
      ? []
      : [text.status(planText.statuses[then.status], planText.statuses[now.status])]),
    ...(now.reading === then.reading
      ? []
      : [text.reading(wordOf(then.reading), wordOf(now.reading))]),
    ...now.measures.flatMap((measure) => {
      const earlier = then.measures.find((one) => isSame(one, measure))
      const [value, before] = [measureValue(measure), earlier ? measureValue(earlier) : null]
      return value === before ? [] : [text.value(measure.name, value, before)]
    }),
  ]
}

type Measure = Pick<FollowUp['measures'][number], 'name' | 'unit'>

const isSame = (a: Measure, b: Measure): boolean =>
  sameName(a.name, b.name) && sameName(a.unit, b.unit)

/** Whether two names are the same to a reader. */
export const sameName = (a: string, b: string): boolean =>
  a.trim().toLocaleLowerCase('sv') === b.trim().toLocaleLowerCase('sv')
