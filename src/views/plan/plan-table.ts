import { tellingsOf } from '../../core/plan-period.ts'
import type { AreaRegister } from '../../core/area.ts'
import type { ActivityPlan, Effort, InterventionId } from '../../core/plan.ts'
import { areaName, listed } from '../../text/format.ts'
import { planText } from '../../text/plan.ts'
import { statusOf } from './plan-filter.ts'
import { placeOfEffort } from './plan-places.ts'

/** A table of words: what stands on the page, and what a slide or a sheet of it is made of. */
export interface PlanTable {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly {
    readonly effort: InterventionId
    /** One a head. What two departments tell differently is two lines. */
    readonly cells: readonly (readonly string[])[]
  }[]
  /** Stands below it wherever it goes: that presence is not size, and where it is from. */
  readonly notes: readonly string[]
}

/** The efforts as a table, in the plan's order. */
export function planTable(
  plan: ActivityPlan,
  efforts: readonly Effort[],
  register: Pick<AreaRegister, 'areas'>,
): PlanTable {
  const { heads, caption } = planText.table
  return {
    ...{ caption, heads: Object.values(heads) },
    rows: efforts.map((effort) => ({
      effort: effort.intervention.id,
      cells: [
        [effort.intervention.title],
        distinct(tellingsOf(effort).map(({ department }) => departmentName(plan, department))),
        [levelsText(effort)],
        periodLines(plan, effort),
        [placeText(effort, register)],
        [problemsText(effort)],
        [planText.statuses[statusOf(plan, effort)]],
      ],
    })),
    notes: [planText.presence, planText.quoted(plan.source.title, plan.source.publisher)],
  }
}

const distinct = (items: readonly string[]): readonly string[] => [...new Set(items)]

export const departmentName = ({ departments }: ActivityPlan, id: string): string =>
  departments.find((one) => one.id === id)?.name ?? id

export const levelsText = (effort: Effort): string =>
  distinct(
    tellingsOf(effort).flatMap(({ levels }) =>
      levels.map((level) => planText.levels[level].toLocaleLowerCase('sv')),
    ),
  ).join(', ')

/** The plan's own words; where several tell of it, each with its name. @param write how the words are set */
export function periodLines(
  plan: ActivityPlan,
  effort: Effort,
  write: (words: string) => string = (words) => words,
): readonly string[] {
  const tellings = tellingsOf(effort)
  return tellings.map(({ department, period }) => {
    const words = write(period.text)
    return tellings.length > 1 ? `${departmentName(plan, department)}: ${words}` : words
  })
}

export function placeText(effort: Effort, { areas }: Pick<AreaRegister, 'areas'>): string {
  const place = placeOfEffort(effort)
  if (place.kind === 'unplaced') return listed(place.names)
  if (place.kind !== 'areas') return planText.places[place.kind]
  return listed(place.areas.map((id) => areaName(areas.find((area) => area.id === id)?.name ?? id)))
}

export function problemsText(effort: Effort): string {
  const named = distinct(
    tellingsOf(effort).flatMap(({ focusProblems }) => focusProblems.map(({ id }) => id)),
  )
  if (named.length > 0) return named.join(', ')
  const { focusScope } = effort.intervention
  return focusScope === 'named' ? '' : planText.scopes[focusScope]
}
