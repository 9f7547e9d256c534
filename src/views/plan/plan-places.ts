import type { AreaId } from '../../core/area.ts'
import { tellingsOf } from '../../core/plan-period.ts'
import type { Effort } from '../../core/plan.ts'
import { PLAN_PLACES, type PlanPlace } from '../../core/view-state.ts'

/**
 * Where an effort is, by all who tell of it.
 * areas: in areas that the plan names, by name or by a place in them
 * unplaced: the plan names places, and the register of areas cannot tell where any of them lies
 */
export type EffortPlace =
  | {
      readonly kind: 'areas'
      readonly areas: readonly AreaId[]
      readonly names: readonly string[]
      /** Named too, but nobody knows where they lie. */
      readonly unresolved: readonly string[]
    }
  | { readonly kind: 'unplaced'; readonly names: readonly string[] }
  | { readonly kind: Exclude<PlanPlace, 'unplaced'> }

/** What is not to be shown is never placed, whoever else tells of it. */
export function placeOfEffort(effort: Effort): EffortPlace {
  const told = tellingsOf(effort).map(({ places }) => places)
  if (told.some(({ kind }) => kind === 'not-shown')) return { kind: 'not-shown' }
  const named = told.flatMap((place) => (place.kind === 'areas' ? [place] : []))
  if (named.length > 0) {
    const unique = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)]
    const areas = unique(named.flatMap((place) => place.areas))
    const names = unique(named.flatMap((place) => place.names))
    return areas.length > 0
      ? { kind: 'areas', areas, names, unresolved: unique(named.flatMap((p) => p.unresolved)) }
      : { kind: 'unplaced', names }
  }
  return { kind: told.some(({ kind }) => kind === 'whole') ? 'whole' : 'not-stated' }
}

export interface PlanPlaces {
  /** Areas that some effort names, in the order in which the plan comes to them. */
  readonly areas: readonly { readonly area: AreaId; readonly efforts: readonly Effort[] }[]
  /** What stands beside the map: every effort that names no area that is known, by why. */
  readonly beside: readonly { readonly kind: PlanPlace; readonly efforts: readonly Effort[] }[]
}

/** Which efforts name which areas, and which name none. */
export function planPlaces(efforts: readonly Effort[]): PlanPlaces {
  const byArea = new Map<AreaId, Effort[]>()
  const byKind = new Map<PlanPlace, Effort[]>(PLAN_PLACES.map((kind) => [kind, []]))
  for (const effort of efforts) {
    const place = placeOfEffort(effort)
    if (place.kind !== 'areas') byKind.get(place.kind)!.push(effort)
    else for (const area of place.areas) byArea.set(area, [...(byArea.get(area) ?? []), effort])
  }
  return {
    areas: [...byArea].map(([area, own]) => ({ area, efforts: own })),
    beside: [...byKind].map(([kind, own]) => ({ kind, efforts: own })),
  }
}
