import {
  wholeArea,
  type Area,
  type AreaId,
  type AreaRegister,
  type LevelId,
} from '../../core/area.ts'
import type { DisclosedTable } from '../../core/disclosure/gate.ts'
import type { DisclosedIncidents } from '../../core/disclosure/incidents.ts'
import type { Indicator, IndicatorId, Sex } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { Place } from '../../core/place.ts'
import type { ObservationFile, PackageIndex } from '../../core/release.ts'
import {
  COMPARE_SIMILAR,
  COMPARE_WHOLE,
  type ProfileGrouping,
  type ViewState,
} from '../../core/view-state.ts'
import { areaName } from '../../text/format.ts'
import { profileText } from '../../text/profile.ts'

/** Against what a place is seen. Likes are likes in the named context; empty is all there is. */
export type ProfileComparison =
  | { readonly kind: 'whole' }
  | { readonly kind: 'similar'; readonly likeness: readonly IndicatorId[] }
  | { readonly kind: 'area'; readonly area: AreaId }

export interface ProfileChoice {
  /** One area, or several of one level taken together. */
  readonly areas: readonly AreaId[]
  /** The group's own name; null: its parts are named. */
  readonly groupName: string | null
  readonly comparison: ProfileComparison
  /** Null: each indicator's newest. */
  readonly period: PeriodCode | null
  readonly sex: Sex
  readonly grouping: ProfileGrouping
}

/** Of a package, what a profile needs to know before any figure is read. */
export type ProfileSource = Pick<
  PackageIndex,
  'release' | 'register' | 'indicators' | 'observations' | 'incidents'
>

export interface ProfileQuestion {
  readonly source: ProfileSource
  readonly choice: ProfileChoice
  /** By crossTableKey: those of `profileTables`. */
  readonly tables: ReadonlyMap<string, DisclosedTable>
  /** Of the place's level; null where there are none. */
  readonly incidents: DisclosedIncidents | null
}

/** The place that is chosen; null where no area of it is known. */
export function placeOf(register: AreaRegister, choice: ProfileChoice): Place | null {
  const first = register.areas.find(({ id }) => choice.areas.includes(id))
  if (!first) return null
  const parts = register.areas.filter(
    ({ id, level }) => level === first.level && choice.areas.includes(id),
  )
  const names = parts.map(({ name }) => areaName(name))
  return {
    level: first.level,
    areas: parts.map(({ id }) => id),
    name: choice.groupName ?? profileText.group(names),
  }
}

export const fileOf = (
  { observations }: Pick<ProfileSource, 'observations'>,
  indicator: IndicatorId,
  level: LevelId,
): ObservationFile | null =>
  observations.find((file) => file.indicator === indicator && file.level === level) ?? null

/** The area that holds all of a place one level up; null where they lie in several, or at the top. */
function parentOf(register: AreaRegister, areas: readonly AreaId[]): Area | null {
  const parents = new Set(
    areas.map((id) => register.areas.find((area) => area.id === id)?.parent ?? null),
  )
  const [only] = parents
  if (parents.size !== 1 || only == null) return null
  return register.areas.find(({ id }) => id === only) ?? null
}

/**
 * Where a place's figure of an indicator is found: its own level, else the nearest area around it that has one. The
 * whole municipality is no such area: it is what a place is compared with.
 */
export function placeWithFigures(
  source: Pick<ProfileSource, 'register' | 'observations'>,
  indicator: Pick<Indicator, 'id'>,
  place: Place,
): { readonly place: Place; readonly isOwn: boolean } | null {
  const { register } = source
  if (fileOf(source, indicator.id, place.level)) return { place, isOwn: true }
  const whole = wholeArea(register)
  for (
    let area = parentOf(register, place.areas);
    area !== null && area.id !== whole?.id;
    area = parentOf(register, [area.id])
  )
    if (fileOf(source, indicator.id, area.level))
      return {
        place: { level: area.level, areas: [area.id], name: areaName(area.name) },
        isOwn: false,
      }
  return null
}

/** What must be read for a profile. */
export function profileTables(
  source: ProfileSource,
  choice: ProfileChoice,
): readonly { readonly indicator: IndicatorId; readonly level: LevelId }[] {
  const place = placeOf(source.register, choice)
  if (!place) return []
  const whole = wholeArea(source.register)
  return source.indicators.flatMap((indicator) => {
    const found = placeWithFigures(source, indicator, place)
    if (!found) return []
    const levels = new Set([found.place.level, ...(whole ? [whole.level] : [])])
    return [...levels]
      .filter((level) => fileOf(source, indicator.id, level))
      .map((level) => ({ indicator: indicator.id, level }))
  })
}

/** All that one is in, the nearest first, the whole last. */
export function ancestorsOf(register: AreaRegister, areas: readonly AreaId[]): readonly Area[] {
  const parent = parentOf(register, areas)
  return parent ? [parent, ...ancestorsOf(register, [parent.id])] : []
}

/** Whose profile an address asks for, and against what: the chosen area where it names none, else the first there is. */
export function profileChoice(
  { register, start }: Pick<PackageIndex, 'register' | 'start'>,
  state: ViewState,
): ProfileChoice {
  const known = (areas: readonly AreaId[]) =>
    areas.filter((area) => register.areas.some(({ id }) => id === area))
  const whole = wholeArea(register)
  const first = register.areas.find(
    ({ id, level }) => id !== whole?.id && level === (state.level ?? start.level),
  )
  const named = known(state.profileAreas)
  const chosen = known(state.areas).slice(0, 1)
  const areas = state.profileAreas.length > 0 ? named : chosen.length > 0 ? chosen : []
  return {
    areas: areas.length > 0 || state.profileAreas.length > 0 || !first ? areas : [first.id],
    groupName: null,
    comparison: comparisonOf(state),
    ...{ period: state.profilePeriod, sex: state.sex, grouping: state.profileGrouping },
  }
}

const comparisonOf = ({ compareWith, likeness }: ViewState): ProfileComparison =>
  compareWith === COMPARE_WHOLE
    ? { kind: 'whole' }
    : compareWith === COMPARE_SIMILAR
      ? { kind: 'similar', likeness }
      : { kind: 'area', area: compareWith }
