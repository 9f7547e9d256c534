import { lineage, type AreaId, type AreaRegister } from '../../core/area.ts'
import { tellingsOf } from '../../core/plan-period.ts'
import { effortsOf, type ActivityPlan, type Effort, type InterventionId } from '../../core/plan.ts'
import { areaName } from '../../text/format.ts'
import { planText } from '../../text/plan.ts'
import { departmentName, levelsText, periodLines, problemsText } from './plan-table.ts'
import { placeOfEffort } from './plan-places.ts'

export interface EffortInArea {
  readonly id: InterventionId
  readonly title: string
  /** "Fritid, selektiv, ”Start hösten 2024”, mot utanförskap". */
  readonly text: string
}

/** What a plan says of a place: sentences, and the efforts that name it or an area that it lies in. */
export interface PlanInArea {
  readonly groups: readonly {
    readonly sentence: string
    readonly efforts: readonly EffortInArea[]
  }[]
  /** How many there are that name no area. */
  readonly beyond: string
  readonly caveat: string
  readonly source: string
}

/**
 * Efforts that name one of the areas, then those that name an area around them. What names parts of the place (a
 * municipality's districts) names the place.
 */
export function planInArea(
  plan: ActivityPlan,
  register: Pick<AreaRegister, 'areas'>,
  place: { readonly areas: readonly AreaId[]; readonly name: string },
): PlanInArea {
  const own = new Set(place.areas)
  const isWithin = (id: AreaId): boolean => lineage(register, id).some((one) => own.has(one))
  const around = [...new Set(place.areas.flatMap((id) => lineage(register, id)))].filter(
    (id) => !own.has(id),
  )

  const efforts = effortsOf(plan)
  const named = efforts.flatMap((effort) => {
    const where = placeOfEffort(effort)
    return where.kind === 'areas' ? [{ effort, areas: where.areas }] : []
  })
  const here = named.filter(({ areas }) => areas.some(isWithin))
  const told = new Set(here.map(({ effort }) => effort))
  const above = around.flatMap((id) => {
    const found = named.filter(({ areas, effort }) => !told.has(effort) && areas.includes(id))
    return found.length === 0 ? [] : [{ id, found }]
  })
  const kindOf = (effort: Effort): string => placeOfEffort(effort).kind
  const whole = efforts.filter((effort) => kindOf(effort) === 'whole').length
  const rest = efforts.length - whole - named.length
  const text = planText.inArea
  const line = (effort: Effort): EffortInArea => lineOfEffort(plan, effort)
  return {
    groups: [
      {
        sentence: text.here(
          here.length,
          place.name,
          here.length > 0 && !here.some(({ areas }) => areas.some((id) => own.has(id))),
        ),
        efforts: here.map(({ effort }) => line(effort)),
      },
      ...above.map(({ id, found }) => ({
        sentence: text.above(
          found.length,
          areaName(register.areas.find((area) => area.id === id)!.name),
        ),
        efforts: found.map(({ effort }) => line(effort)),
      })),
    ],
    beyond: text.beyond(whole, rest),
    caveat: text.caveat,
    source: text.source(plan.source.title, plan.source.publisher),
  }
}

function lineOfEffort(plan: ActivityPlan, effort: Effort): EffortInArea {
  const { intervention } = effort
  const problems = intervention.focusProblems.length > 0 ? problemsText(effort).split(', ') : []
  return {
    ...{ id: intervention.id, title: intervention.title },
    text: [
      ...(tellingsOf(effort).length > 1 ? [] : [departmentName(plan, intervention.department)]),
      levelsText(effort),
      ...periodLines(plan, effort, planText.effort.words),
      ...(problems.length > 0 ? [planText.inArea.against(problems)] : []),
    ].join(', '),
  }
}
