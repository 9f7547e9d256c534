import type { AreaId } from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import { followUpKey } from '../../core/follow-up.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import type { PackageIndex } from '../../core/release.ts'
import {
  FOCUS_SCOPES,
  PLAN_TERMS,
  PREVENTION_LEVELS,
  type ActivityPlan,
  type Intervention,
  type InterventionId,
  type PlanPeriod,
} from '../../core/plan.ts'
import {
  boolean,
  count,
  Fault,
  findingOf,
  identifier,
  is,
  list,
  name,
  oneOf,
  optional,
  orNull,
  record,
  unique,
  type Check,
} from '../package/json-shape.ts'
import { followUp, line, lines } from './follow-up-shape.ts'

/** What a plan may refer to outside itself. */
export interface PlanReferences {
  readonly areas: ReadonlySet<AreaId>
  readonly indicators: ReadonlySet<IndicatorId>
}

/** What the plan of a package may refer to: the package's own areas and indicators. */
export const planReferences = ({
  register,
  indicators,
}: Pick<PackageIndex, 'register' | 'indicators'>): PlanReferences => ({
  areas: new Set(register.areas.map(({ id }) => id)),
  indicators: new Set(indicators.map(({ id }) => id)),
})

/**
 * A plan where other areas or indicators are in effect than those that it was published with: areas by the names that
 * they have now; what is not there any more is left out, and its words stay.
 * @param areaNow what an area is called now; null where nothing is the same ground
 * @returns the same plan where nothing differs
 */
export function planInEffect(
  plan: ActivityPlan,
  areaNow: (area: AreaId) => AreaId | null,
  indicators: ReadonlySet<IndicatorId>,
): ActivityPlan {
  const isGone = (indicator: IndicatorId | null): boolean =>
    indicator !== null && !indicators.has(indicator)
  let isChanged = false
  const interventions = plan.interventions.map((one): Intervention => {
    const { places, followUpMeasures } = one
    const moved = places.kind === 'areas' && places.areas.some((id) => areaNow(id) !== id)
    if (!moved && !followUpMeasures.some(({ indicator }) => isGone(indicator))) return one
    isChanged = true
    return {
      ...one,
      places: moved
        ? { ...places, areas: places.areas.flatMap((id) => areaNow(id) ?? []) }
        : places,
      followUpMeasures: followUpMeasures.map((measure) =>
        isGone(measure.indicator) ? { ...measure, indicator: null } : measure,
      ),
    }
  })
  return isChanged ? { ...plan, interventions } : plan
}

/**
 * Takes a plan in, all or nothing. Total: any JSON gives a plan or findings whose `column` is the faulty place. A plan
 * of another shape gives the first fault; one of the right shape gives every reference and contradiction at once.
 * @param json the parsed file
 * @param file its name, for the findings
 */
export function readPlan(
  json: unknown,
  file: string,
  references: PlanReferences,
): { readonly plan: ActivityPlan } | { readonly findings: readonly Finding[] } {
  try {
    shape(json, '')
    // Every field has just been checked against the type.
    const plan = json as ActivityPlan
    const faults = [...faultsOf(plan, references)]
    if (faults.length > 0) return { findings: faults.map((fault) => findingOf(fault, file)) }
    return { plan }
  } catch (fault) {
    return { findings: [findingOf(fault, file)] }
  }
}

const amount = is('number', (value) => Number.isFinite(value) && (value as number) >= 0)
const section = list(name, 1)
const planDate = is(
  'period',
  (value) => typeof value === 'string' && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value),
)
const ages = record({ from: count, to: orNull(count) })
const absent = is('nothing', (value) => value === undefined)

/** Only places that the plan names have areas: what is not to be shown cannot be placed by a slip. */
const places: Check = (value, place) => {
  record({ kind: oneOf('areas', 'whole', 'not-stated', 'not-shown'), note: orNull(name) })(
    value,
    place,
  )
  const named = (value as { readonly kind: string }).kind === 'areas'
  record(
    named
      ? { names: list(name, 1), areas: list(identifier), unresolved: list(name) }
      : { names: absent, areas: absent, unresolved: absent },
  )(value, place)
}

const intervention = record({
  id: identifier,
  department: identifier,
  number: orNull(line),
  title: name,
  levels: list(oneOf(...PREVENTION_LEVELS), 1),
  levelText: name,
  description: name,
  period: record({
    start: orNull(planDate),
    startTerm: orNull(oneOf(...PLAN_TERMS)),
    end: orNull(planDate),
    endTerm: orNull(oneOf(...PLAN_TERMS)),
    text: name,
    note: orNull(name),
  }),
  targetGroup: name,
  ages: orNull(ages),
  places,
  focusScope: oneOf(...FOCUS_SCOPES),
  focusNote: orNull(record({ words: name, line })),
  focusProblems: list(record({ id: name, words: name, line, how: name })),
  earlyDetection: boolean,
  goals: list(name),
  followUpMeasures: list(
    record({
      text: name,
      indicator: orNull(identifier),
      expected: orNull(oneOf('up', 'down')),
      reason: orNull(name),
      line,
    }),
    1,
  ),
  partners: list(name),
  budget: list(record({ year: orNull(count), thousandsSEK: orNull(amount), text: name, line })),
  sameAs: orNull(identifier),
  section,
  lines,
})

const shape = record({
  format: oneOf(1),
  source: record({
    title: name,
    publisher: name,
    years: record({ from: count, to: count }),
    note: name,
  }),
  departments: list(record({ id: identifier, name }), 1),
  focusProblems: list(record({ id: name, words: name }), 1),
  interventions: list(intervention, 1),
  ordinaryWork: list(
    record({
      department: identifier,
      focusProblem: orNull(name),
      items: list(name, 1),
      section,
      lines,
    }),
  ),
  budgetAdditions: list(
    record({
      department: identifier,
      thousandsSEK: amount,
      words: name,
      text: name,
      split: list(
        record({
          thousandsSEK: orNull(amount),
          text: name,
          interventions: list(identifier),
          line,
        }),
      ),
      section,
      lines,
    }),
  ),
  budgetCheck: list(
    record({
      text: name,
      holds: orNull(boolean),
      saidThousandsSEK: orNull(amount),
      foundThousandsSEK: orNull(amount),
      lines: list(line, 1),
    }),
  ),
  followUps: list(followUp),
  history: optional(
    record({
      source: record({ title: name, publisher: name, note: name }),
      projects: list(
        record({
          title: name,
          description: name,
          since: orNull(count),
          targetGroup: orNull(name),
          ages: orNull(ages),
          place: orNull(name),
          thousandsSEK: orNull(amount),
          line,
        }),
        1,
      ),
    }),
  ),
})

/** Every reference that leads nowhere and every contradiction of a plan that has the right shape. */
function* faultsOf(plan: ActivityPlan, references: PlanReferences): Generator<Fault> {
  const departments = unique(plan.departments, 'departments', ({ id }) => id)
  const problems = unique(plan.focusProblems, 'focusProblems', ({ id }) => id)
  const interventions = unique(plan.interventions, 'interventions', ({ id }) => id)

  for (const [at, one] of plan.interventions.entries()) {
    const place = `interventions[${at}]`
    if (!departments.has(one.department))
      yield new Fault('package-unknown-department', `${place}.department`, one.department)
    yield* faultsOfPlaces(one, place, references)
    for (const [index, { id }] of one.focusProblems.entries())
      if (!problems.has(id))
        yield new Fault('package-unknown-focus-problem', `${place}.focusProblems[${index}].id`, id)
    for (const [index, measure] of one.followUpMeasures.entries()) {
      const { indicator, expected, reason } = measure
      const where = `${place}.followUpMeasures[${index}]`
      if (indicator !== null && !references.indicators.has(indicator))
        yield new Fault('package-unknown-indicator', `${where}.indicator`, indicator)
      if ((indicator !== null || expected !== null) && reason === null)
        yield new Fault('package-missing-field', `${where}.reason`, null, { expected: 'text' })
    }
    yield* contradictionsOf(one, place, interventions)
  }

  for (const [at, { department, focusProblem, lines: span }] of plan.ordinaryWork.entries()) {
    const place = `ordinaryWork[${at}]`
    if (!departments.has(department))
      yield new Fault('package-unknown-department', `${place}.department`, department)
    if (focusProblem !== null && !problems.has(focusProblem))
      yield new Fault('package-unknown-focus-problem', `${place}.focusProblem`, focusProblem)
    if (span.to < span.from) yield new Fault('package-plan-order', `${place}.lines`, span.to)
  }

  unique(plan.budgetAdditions, 'budgetAdditions', ({ department }) => department)
  for (const [at, { department, split }] of plan.budgetAdditions.entries()) {
    const place = `budgetAdditions[${at}]`
    if (!departments.has(department))
      yield new Fault('package-unknown-department', `${place}.department`, department)
    for (const [part, { interventions: named }] of split.entries())
      for (const [index, id] of named.entries())
        if (interventions.get(id)?.department !== department)
          yield new Fault(
            'package-unknown-intervention',
            `${place}.split[${part}].interventions[${index}]`,
            id,
          )
  }

  unique(plan.followUps, 'followUps', followUpKey)
  for (const [at, { intervention: id, lines: span }] of plan.followUps.entries()) {
    if (!interventions.has(id))
      yield new Fault('package-unknown-intervention', `followUps[${at}].intervention`, id)
    if (span && span.to < span.from)
      yield new Fault('package-plan-order', `followUps[${at}].lines`, span.to)
  }
}

function* faultsOfPlaces(
  { places: where }: Intervention,
  place: string,
  { areas }: PlanReferences,
): Generator<Fault> {
  if (where.kind !== 'areas') return
  for (const [index, id] of where.areas.entries())
    if (!areas.has(id))
      yield new Fault('package-unknown-area', `${place}.places.areas[${index}]`, id)
  for (const [index, id] of where.areas.entries())
    if (where.areas.indexOf(id) < index)
      yield new Fault('package-duplicate', `${place}.places.areas[${index}]`, id)
  for (const [index, unresolved] of where.unresolved.entries())
    if (!where.names.includes(unresolved))
      yield new Fault('package-unknown-name', `${place}.places.unresolved[${index}]`, unresolved)
}

/** Fields of an intervention that are each in order but cannot stand together. */
export function* contradictionsOf(
  one: Intervention,
  place: string,
  interventions: ReadonlyMap<InterventionId, Intervention>,
): Generator<Fault> {
  const { levels, period, ages, focusProblems, focusScope, focusNote, sameAs, lines: span } = one
  if (new Set(levels).size < levels.length)
    yield new Fault('package-plan-levels', `${place}.levels`, levels.join(', '))
  else if (levels.includes('inte-relevant') && levels.length > 1)
    yield new Fault('package-plan-levels', `${place}.levels`, levels.join(', '))
  if (endsBeforeStart(period)) yield new Fault('package-plan-order', `${place}.period`, period.end)
  if (ages && ages.to !== null && ages.to < ages.from)
    yield new Fault('package-plan-order', `${place}.ages`, ages.to)
  if (span.to < span.from) yield new Fault('package-plan-order', `${place}.lines`, span.to)
  for (const [index, { id }] of focusProblems.entries())
    if (focusProblems.findIndex((other) => other.id === id) < index)
      yield new Fault('package-duplicate', `${place}.focusProblems[${index}].id`, id)
  const named = focusScope === 'named'
  if (named !== focusProblems.length > 0 || named !== (focusNote === null))
    yield new Fault('package-plan-scope', `${place}.focusScope`, focusScope)
  if (sameAs === null) return
  const first = interventions.get(sameAs)
  if (!first) yield new Fault('package-unknown-intervention', `${place}.sameAs`, sameAs)
  else if (first.sameAs !== null || first.department === one.department)
    yield new Fault('package-plan-same', `${place}.sameAs`, sameAs)
}

/** Compared as far as both are known: a year against a month by their years. */
function endsBeforeStart({ start, startTerm, end, endTerm }: PlanPeriod): boolean {
  if (start === null || end === null) return false
  const known = Math.min(start.length, end.length)
  const [from, to] = [start.slice(0, known), end.slice(0, known)]
  return to < from || (start === end && startTerm === 'HT' && endTerm === 'VT')
}
