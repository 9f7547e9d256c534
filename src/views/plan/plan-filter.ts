import type { AreaId } from '../../core/area.ts'
import { kindOf } from '../../core/period.ts'
import { runsIn, tellingsOf } from '../../core/plan-period.ts'
import type { ActivityPlan, Effort, FollowUp, FollowUpStatus } from '../../core/plan.ts'
import { PLAN_PLACES, type ViewState } from '../../core/view-state.ts'
import { planText } from '../../text/plan.ts'
import { placeOfEffort } from './plan-places.ts'

type AskedInLink = Pick<
  ViewState,
  'planDepartment' | 'planLevel' | 'planProblem' | 'planPlace' | 'planStatus' | 'planHalfYear'
>

/** What is asked of the plan's efforts; null asks for all. What is searched for is not part of any link. */
export interface PlanFilter extends AskedInLink {
  readonly planSearch: string | null
}

export const NO_PLAN_FILTER: PlanFilter = {
  ...{ planDepartment: null, planLevel: null, planProblem: null, planPlace: null },
  ...{ planStatus: null, planHalfYear: null, planSearch: null },
}

/** What a link asks of a plan, without what the plan does not know of. */
export function planFilter(asked: PlanFilter, plan: ActivityPlan): PlanFilter {
  const { planDepartment, planProblem, planPlace, planHalfYear } = asked
  const isPlace = (place: string): boolean =>
    PLAN_PLACES.some((kind) => kind === place) ||
    plan.interventions.some(({ places }) => places.kind === 'areas' && places.areas.includes(place))
  const keep = <Value>(value: Value | null, isKnown: (value: Value) => boolean): Value | null =>
    value !== null && isKnown(value) ? value : null
  return {
    ...{ planLevel: asked.planLevel, planStatus: asked.planStatus, planSearch: asked.planSearch },
    planDepartment: keep(planDepartment, (id) => plan.departments.some((one) => one.id === id)),
    planProblem: keep(planProblem, (id) => plan.focusProblems.some((one) => one.id === id)),
    planPlace: keep(planPlace, isPlace),
    planHalfYear: keep(planHalfYear, (code) => kindOf(code) === 'half-year'),
  }
}

export interface FilteredEfforts {
  readonly efforts: readonly Effort[]
  readonly all: number
  /** "17 av 44 insatser". */
  readonly text: string
  readonly isFiltered: boolean
}

/** The efforts that meet everything that is asked, in the plan's order. Whoever tells of an effort can meet it. */
export function filterEfforts(
  plan: ActivityPlan,
  all: readonly Effort[],
  filter: PlanFilter,
): FilteredEfforts {
  const efforts = all.filter((effort) => TESTS.every((test) => test(effort, filter, plan)))
  return {
    ...{ efforts, all: all.length },
    text: planText.count(efforts.length, all.length),
    isFiltered: Object.values(filter).some((asked) => asked !== null),
  }
}

type Test = (effort: Effort, filter: PlanFilter, plan: ActivityPlan) => boolean

const TESTS: readonly Test[] = [
  (effort, { planDepartment: asked }) =>
    asked === null || tellingsOf(effort).some(({ department }) => department === asked),
  (effort, { planLevel: asked }) =>
    asked === null || tellingsOf(effort).some(({ levels }) => levels.includes(asked)),
  (effort, { planProblem: asked }) =>
    asked === null ||
    tellingsOf(effort).some(({ focusProblems }) => focusProblems.some(({ id }) => id === asked)),
  (effort, { planPlace: asked }) => asked === null || isAt(effort, asked),
  (effort, { planStatus: asked }, plan) => asked === null || statusOf(plan, effort) === asked,
  (effort, { planHalfYear: asked }) =>
    asked === null || tellingsOf(effort).some(({ period }) => runsIn(period, asked)),
  (effort, { planSearch: asked }, plan) =>
    asked === null || wordsOf(asked).every((word) => textOf(plan, effort).includes(word)),
]

function isAt(effort: Effort, asked: AreaId): boolean {
  const place = placeOfEffort(effort)
  return place.kind === 'areas' ? place.areas.includes(asked) : place.kind === asked
}

/** The newest that is known of an effort; "none" where nobody has followed it up. */
export const statusOf = (plan: ActivityPlan, effort: Effort): FollowUpStatus | 'none' =>
  followUpsOf(plan, effort).at(-1)?.status ?? 'none'

/** An effort's follow-up, oldest first, whoever tells of it. */
export function followUpsOf({ followUps }: ActivityPlan, effort: Effort): readonly FollowUp[] {
  const ids = new Set(tellingsOf(effort).map(({ id }) => id))
  return followUps
    .filter(({ intervention }) => ids.has(intervention))
    .toSorted((a, b) => (a.halfYear < b.halfYear ? -1 : a.halfYear > b.halfYear ? 1 : 0))
}

const wordsOf = (search: string): readonly string[] =>
  search
    .toLocaleLowerCase('sv')
    .split(/\s+/)
    .filter((word) => word !== '')

const texts = new WeakMap<Effort, string>()

/** All that the plan says of an effort, in small letters. */
function textOf(plan: ActivityPlan, effort: Effort): string {
  const known = texts.get(effort)
  if (known !== undefined) return known
  const text = tellingsOf(effort)
    .flatMap((one) => [
      ...[one.title, one.description, one.targetGroup, one.period.text, one.levelText],
      plan.departments.find(({ id }) => id === one.department)?.name ?? '',
      ...(one.places.kind === 'areas' ? one.places.names : []),
      ...one.focusProblems.flatMap(({ id, words, how }) => [id, words, how]),
      ...[...one.goals, ...one.partners],
      ...one.followUpMeasures.map((measure) => measure.text),
      ...one.budget.map((money) => money.text),
    ])
    .join(' ')
    .toLocaleLowerCase('sv')
  texts.set(effort, text)
  return text
}
