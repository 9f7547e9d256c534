import {
  areasAtLevel,
  lineage,
  wholeArea,
  type AreaId,
  type AreaRegister,
  type LevelId,
} from '../../core/area.ts'
import type { Indicator, IndicatorId, Sex } from '../../core/indicator.ts'
import { kindOf, type PeriodKind } from '../../core/period.ts'
import { tellingsOf } from '../../core/plan-period.ts'
import {
  effortsOf,
  type ActivityPlan,
  type Effort,
  type FollowUpMeasure,
  type InterventionId,
} from '../../core/plan.ts'
import type { PackageIndex } from '../../core/release.ts'
import type { ViewState } from '../../core/view-state.ts'
import { beforeAfterText } from '../../text/before-after.ts'
import { areaName, compareSwedish } from '../../text/format.ts'
import { sv } from '../../text/sv.ts'

export interface MovedOption<Value extends string = string> {
  readonly value: Value
  readonly text: string
  readonly group?: string
}

/** Which effort's start, area and indicator are looked at, and what else could be. */
export interface MovedQuestion {
  readonly effort: Effort
  readonly area: AreaId
  readonly level: LevelId
  readonly indicator: Indicator
  /** What the plan's follow-up says of it, where the plan links it. */
  readonly measure: FollowUpMeasure | null
  readonly kind: PeriodKind
  readonly sex: Sex
  readonly choices: {
    readonly efforts: readonly MovedOption[]
    readonly areas: readonly MovedOption[]
    readonly indicators: readonly MovedOption[]
    readonly kinds: readonly MovedOption<PeriodKind>[]
    readonly sexes: readonly MovedOption<Sex>[]
  }
}

export type MovedIndex = Pick<PackageIndex, 'register' | 'indicators' | 'observations'>
export type MovedAsked = Pick<
  ViewState,
  'effort' | 'movedArea' | 'movedIndicator' | 'movedKind' | 'sex'
>

/** Parts of a year are tried first: they tell sooner. Months come after them, since many of theirs are hidden. */
const KINDS: readonly PeriodKind[] = [
  ...(['quarter', 'term', 'half-year', 'month', 'year', 'school-year'] as const),
]

const text = beforeAfterText.choose

/**
 * What an address asks about, every choice made: what it leaves open, or asks for in vain, is the first there is.
 * @returns null where the plan has no effort with a start, or nothing has figures at the area's level
 */
export function movedQuestion(
  plan: ActivityPlan,
  index: MovedIndex,
  asked: MovedAsked,
): MovedQuestion | null {
  const { register } = index
  const all = effortsOf(plan)
  const isAsked = (effort: Effort): boolean =>
    tellingsOf(effort).some(({ id }) => id === asked.effort)
  const offered = all.filter((effort) => hasStart(effort) || isAsked(effort))
  const isComplete = (effort: Effort): boolean =>
    placesOf(effort, register).length > 0 && linkedTo(effort, index).length > 0
  const effort = offered.find(isAsked) ?? offered.find(isComplete) ?? offered[0]
  if (!effort) return null

  const areas = areaOptions(effort, register, asked.movedArea)
  const area = areas.find(({ value }) => value === asked.movedArea)?.value ?? areas[0]?.value
  const level = register.areas.find(({ id }) => id === area)?.level
  if (area === undefined || level === undefined) return null

  const linked = linkedTo(effort, index)
  const measured = measuredAt(index, level)
  const indicators = [
    ...linked.filter((id) => measured.some((one) => one.id === id)),
    ...measured.map(({ id }) => id).filter((id) => !linked.includes(id)),
  ].map((id) => measured.find((one) => one.id === id)!)
  const indicator = indicators.find(({ id }) => id === asked.movedIndicator) ?? indicators[0]
  const file = index.observations.find(
    (one) => one.indicator === indicator?.id && one.level === level,
  )
  if (!indicator || !file) return null
  const kinds = kindsOf(file.periods)
  const [kind] = kinds.filter((one) => one === asked.movedKind).concat(kinds)
  if (kind === undefined) return null
  return {
    ...{ effort, area, level, indicator, kind },
    measure: measureOf(effort, indicator.id),
    sex: file.sexes.includes(asked.sex) ? asked.sex : 'T',
    choices: {
      efforts: offered.map((one) => ({
        value: one.intervention.id,
        text: one.intervention.title,
        group: isComplete(one) ? text.efforts.linked : text.efforts.others,
      })),
      areas,
      indicators: indicators.map(({ id, name }) => ({
        ...{ value: id, text: name },
        group: linked.includes(id) ? text.indicators.linked : text.indicators.others,
      })),
      kinds: kinds.map((value) => ({ value, text: sv.kinds[value] })),
      sexes: file.sexes.map((value) => ({ value, text: sv.sexes[value] })),
    },
  }
}

/** Tells questions apart. */
export const questionKey = ({ effort, area, indicator, kind, sex }: MovedQuestion): string =>
  [effort.intervention.id, area, indicator.id, kind, sex].join(' ')

const hasStart = (effort: Effort): boolean =>
  tellingsOf(effort).some(({ period }) => period.start !== null)

/** Areas that the plan names for an effort, the tellings taken together; none where a place is not to be shown. */
function placesOf(effort: Effort, register: AreaRegister): readonly AreaId[] {
  const places = tellingsOf(effort).map((one) => one.places)
  if (places.some(({ kind }) => kind === 'not-shown')) return []
  const named = places.flatMap((one) => (one.kind === 'areas' ? one.areas : []))
  return [...new Set(named)].filter((id) => register.areas.some((area) => area.id === id))
}

/** Indicators that the follow-up of an effort is linked to and that have figures, in the plan's order. */
function linkedTo(effort: Effort, { observations }: MovedIndex): readonly IndicatorId[] {
  const linked = tellingsOf(effort)
    .flatMap(({ followUpMeasures }) => followUpMeasures)
    .flatMap(({ indicator }) => (indicator === null ? [] : [indicator]))
  return [...new Set(linked)].filter((id) => observations.some((file) => file.indicator === id))
}

const measureOf = (effort: Effort, indicator: IndicatorId): FollowUpMeasure | null =>
  tellingsOf(effort)
    .flatMap(({ followUpMeasures }) => followUpMeasures)
    .find((one) => one.indicator === indicator) ?? null

/** An effort's own, then their parts, then another that is asked for; the municipality where no area is told. */
function areaOptions(
  effort: Effort,
  register: AreaRegister,
  asked: AreaId | null,
): readonly MovedOption<AreaId>[] {
  const named = placesOf(effort, register)
  const whole = wholeArea(register)
  const option = (id: AreaId, group: string): MovedOption<AreaId> => ({
    value: id,
    text: areaName(register.areas.find((area) => area.id === id)!.name),
    group,
  })
  if (named.length === 0) return whole ? [option(whole.id, text.areas.whole)] : []
  const parts = register.levels
    .flatMap(({ id }) => areasAtLevel(register, id))
    .map(({ id }) => id)
    .filter((id) => !named.includes(id) && lineage(register, id).some((one) => named.includes(one)))
    .map((id) => option(id, text.areas.parts))
    .toSorted((a, b) => compareSwedish(a.text, b.text))
  const own = [...named.map((id) => option(id, text.areas.named)), ...parts]
  const isOther = register.areas.some(({ id }) => id === asked)
  return asked === null || !isOther || own.some(({ value }) => value === asked)
    ? own
    : [...own, option(asked, text.areas.others)]
}

/** What has periods that make up years; of context, which nobody means to change, none. */
const measuredAt = (
  { indicators, observations }: MovedIndex,
  level: LevelId,
): readonly Indicator[] =>
  indicators.filter(
    (indicator) =>
      indicator.measure !== 'class' &&
      indicator.class !== 'context' &&
      observations.some(
        (file) =>
          file.indicator === indicator.id &&
          file.level === level &&
          kindsOf(file.periods).length > 0,
      ),
  )

function kindsOf(periods: readonly string[]): readonly PeriodKind[] {
  const found = new Set(periods.map(kindOf))
  return KINDS.filter((kind) => found.has(kind))
}

/** The address of an effort's start seen against one indicator. */
export const movedOf = (
  effort: InterventionId,
  indicator: IndicatorId,
): Partial<ViewState> & Pick<ViewState, 'page' | 'planPart'> => ({
  ...{ page: 'insatser', planPart: 'moved', effort, movedIndicator: indicator },
  ...{ movedArea: null, movedKind: null },
})
