import { followUpChanges, type FollowUpChange } from '../../core/follow-up-changes.ts'
import { groupBy } from '../../core/group-by.ts'
import type { ActivityPlan, FollowUp } from '../../core/plan.ts'
import { followUpText } from '../../text/follow-up.ts'
import { planText } from '../../text/plan.ts'
import { amountText } from './follow-up-words.ts'
import { departmentName } from './plan-table.ts'

export interface FollowUpDifference {
  /** "KRAFT, höst 26". */
  readonly heading: string
  readonly isNew: boolean
  /** "Status: pågår → avslutad", one a change. */
  readonly lines: readonly string[]
}

export interface FollowUpDifferences {
  /** "2 nya, 1 ändrad, 3 oförändrade". */
  readonly summary: string
  /** By department, in the plan's order. */
  readonly groups: readonly {
    readonly name: string
    readonly differences: readonly FollowUpDifference[]
  }[]
  readonly changes: readonly FollowUpChange[]
}

const text = followUpText.changes

/** What a file's follow-ups would change of those that the plan has. */
export function followUpDifferences(
  plan: ActivityPlan,
  records: readonly FollowUp[],
): FollowUpDifferences {
  const { changes, added, changed, unchanged } = followUpChanges(plan.followUps, records)
  const found = changes.flatMap((change) => {
    const one = plan.interventions.find(({ id }) => id === change.after.intervention)
    return one ? [{ change, title: one.title, department: one.department }] : []
  })
  return {
    summary: text.summary(added, changed, unchanged),
    groups: groupBy(found, ({ department }) => department).map((group) => ({
      name: departmentName(plan, group[0]!.department),
      differences: group.map(({ change, title }) => ({
        heading: text.of(title, change.after.halfYear),
        isNew: change.before === null,
        lines: linesOf(change),
      })),
    })),
    changes,
  }
}

function linesOf({ before, after }: FollowUpChange): readonly string[] {
  const readingOf = (reading: FollowUp['reading']): string | null =>
    reading === null ? null : planText.readings[reading]
  const measures = (record: FollowUp | null): ReadonlyMap<string, string> =>
    new Map((record?.measures ?? []).map((one) => [one.name, amountText(one)]))
  const [old, now] = [measures(before), measures(after)]
  return [
    ...(before === null ? [text.added] : []),
    ...(before?.status === after.status
      ? []
      : [
          text.status(
            before === null ? null : planText.statuses[before.status],
            planText.statuses[after.status],
          ),
        ]),
    ...((before?.reading ?? null) === after.reading
      ? []
      : [text.reading(readingOf(before?.reading ?? null), readingOf(after.reading))]),
    ...[...new Set([...old.keys(), ...now.keys()])]
      .filter((name) => old.get(name) !== now.get(name))
      .map((name) => text.measure(name, old.get(name) ?? null, now.get(name) ?? null)),
    ...((before?.comment ?? '') === after.comment
      ? []
      : [text.comment(before?.comment ?? '', after.comment)]),
    ...(before === null || before.date === after.date ? [] : [text.date(before.date, after.date)]),
  ]
}
