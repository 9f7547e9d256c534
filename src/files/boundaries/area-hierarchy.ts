import type { Area, AreaId, AreaLevel, LevelId } from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import { findJsonFault } from '../json-fault.ts'
import type { DrawnPolygons } from './common-ground.ts'
import { overlappingPairs } from './overlapping-areas.ts'

/** Areas of every level, rolled up to one whole; the whole comes first, then level by level in the file's order. */
export interface AreaHierarchy {
  readonly levels: readonly AreaLevel[]
  readonly areas: readonly Area[]
}

export type HierarchyReading =
  | {
      readonly ok: true
      readonly hierarchy: AreaHierarchy
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** The whole's identifier when the areas name none. */
export const WHOLE = 'kommun'

const NAMES_OF_LEVELS: Readonly<Record<LevelId, readonly [singular: string, plural: string]>> = {
  kommun: ['kommun', 'kommuner'],
  stadsdel: ['stadsdel', 'stadsdelar'],
  regso: ['RegSO', 'RegSO'],
  deso: ['DeSO', 'DeSO'],
}
/** Coarse to fine. */
const KNOWN_LEVELS = Object.keys(NAMES_OF_LEVELS)

const ID = /^(id|kod|code|area_?id|omr(å|a)deskod|regso_?kod|deso_?kod)$/i
const NAME = /^(namn|name|omr(å|a)de(snamn)?|stadsdel(snamn)?|regso(namn)?|deso(namn)?)$/i
const PARENT = /^(parent|f(ö|o)r(ä|a)lder|(ö|o)verordnad|tillh(ö|o)r|ligger_?i)$/i

interface GivenArea {
  readonly id: AreaId
  readonly name: string
  readonly parent: AreaId | null
  readonly row: number
}

/**
 * Reads who contains whom from a GeoJSON file of areas: features with `id`, `name` and `parent`. Of their geometry
 * only this is looked at: no two smallest areas may lie on the same ground. A parent that has no feature of its own is an area made of its children. Areas without a parent
 * belong to the whole: the one area at the top, or "kommun", which is added. A finding's row is the feature's place in the file, counted from 1.
 * @param plannedLevels levels that indicators are published at; they decide what the finest level is called
 */
export function readAreaHierarchy(
  text: string,
  file: string,
  plannedLevels: readonly LevelId[],
): HierarchyReading {
  const findings: Finding[] = []
  const report = (
    code: string,
    row: number | null,
    offending: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
    column: string | null = null,
  ): void => {
    findings.push({ severity: 'error', code, file, row, column, text: offending, parameters })
  }
  const features = featuresOf(text, report)
  if (!features) return { ok: false, findings }

  const given = new Map<AreaId, GivenArea>()
  features.forEach((feature, index) => {
    const row = index + 1
    const fields = propertiesOf(feature)
    const id = areaIdOf(feature)
    if (id === '') {
      report('areas-without-id', row, null, {}, 'id')
      return
    }
    const parent = wordOf(fieldOf(fields, PARENT)) || null
    const earlier = given.get(id)
    if (earlier && earlier.parent !== parent)
      report('areas-two-parents', row, id, { earlier: earlier.row }, 'parent')
    else if (!earlier) given.set(id, { id, name: wordOf(fieldOf(fields, NAME)) || id, parent, row })
  })
  if (findings.length > 0) return { ok: false, findings }

  const parents = new Map<AreaId, AreaId | null>()
  for (const { id, parent } of given.values()) parents.set(id, parent)
  // A parent may stand as a name: then it is the area of that name, where there is one.
  const byName = new Map([...given.values()].map(({ id, name }) => [name, id]))
  for (const { id, parent } of given.values()) {
    if (parent === null || given.has(parent)) continue
    const named = byName.get(parent)
    if (named !== undefined && named !== id) parents.set(id, named)
    else if (!parents.has(parent)) parents.set(parent, null)
  }
  for (const { id, row } of given.values())
    if (isInCircle(id, parents)) {
      report('areas-in-circle', row, id, {}, 'parent')
      return { ok: false, findings }
    }

  const whole = wholeOf(parents)
  for (const [id, parent] of parents) if (parent === null && id !== whole) parents.set(id, whole)
  parents.set(whole, null)

  const depths = new Map([...parents.keys()].map((id) => [id, depthOf(id, parents)]))
  const deepest = Math.max(...depths.values())
  const names = levelNames(deepest, plannedLevels)
  const containers = new Set(parents.values())
  const outlines = outlinesOf(features, (id) => parents.has(id) && !containers.has(id))
  for (const [one, other] of overlappingPairs(outlines))
    report('areas-overlap', given.get(other)?.row ?? null, other, { other: one })
  if (findings.length > 0) return { ok: false, findings }
  const levelOf = (id: AreaId): number => (containers.has(id) ? depths.get(id)! : deepest)
  const areas = [...parents]
    .map(([id, parent]): Area => ({
      id,
      level: names[levelOf(id)]!,
      name: given.get(id)?.name ?? id,
      parent,
    }))
    .sort((a, b) => names.indexOf(a.level) - names.indexOf(b.level))
  const levels = names.map((id, rank): AreaLevel => {
    const [singular, plural] = NAMES_OF_LEVELS[id] ?? [id, id]
    return { id, singular, plural, rank }
  })
  return { ok: true, hierarchy: { levels, areas }, findings }
}

function propertiesOf(feature: unknown): Readonly<Record<string, unknown>> {
  const properties = isRecord(feature) ? feature['properties'] : null
  return isRecord(properties) ? properties : {}
}

/** The identifier of a feature; empty when it has none. */
export const areaIdOf = (feature: unknown): AreaId =>
  wordOf(fieldOf(propertiesOf(feature), ID)) || wordOf(isRecord(feature) ? feature['id'] : null)

/** Polygons by area, of those that have any. */
function outlinesOf(
  features: readonly unknown[],
  isWanted: (id: AreaId) => boolean,
): Map<AreaId, DrawnPolygons> {
  const outlines = new Map<AreaId, DrawnPolygons>()
  for (const feature of features) {
    const geometry = isRecord(feature) ? feature['geometry'] : null
    const id = areaIdOf(feature)
    if (!isRecord(geometry) || !isWanted(id)) continue
    const { type, coordinates } = geometry
    const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates
    if ((type === 'Polygon' || type === 'MultiPolygon') && arePolygons(polygons))
      outlines.set(id, [...(outlines.get(id) ?? []), ...polygons])
  }
  return outlines
}

const arePolygons = (value: unknown): value is DrawnPolygons =>
  isListOf(value, (rings) =>
    isListOf(rings, (ring) =>
      isListOf(
        ring,
        (point) => Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]),
      ),
    ),
  )

const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && (value as unknown[]).every(isItem)

function featuresOf(
  text: string,
  report: (
    code: string,
    row: number | null,
    offending: string | null,
    parameters?: Readonly<Record<string, string | number>>,
  ) => void,
): readonly unknown[] | null {
  let collection: unknown
  try {
    collection = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    const at = findJsonFault(text)
    report('areas-json', at?.line ?? 1, null, { column: at?.column ?? 1 })
    return null
  }
  const features = isRecord(collection) ? collection['features'] : null
  if (!Array.isArray(features)) {
    report('areas-not-geojson', null, isRecord(collection) ? wordOf(collection['type']) : null)
    return null
  }
  if (features.length === 0) {
    report('areas-empty', null, null)
    return null
  }
  return features as unknown[]
}

/** The one area that all others lie in; added when the file has none. */
function wholeOf(parents: ReadonlyMap<AreaId, AreaId | null>): AreaId {
  const tops = [...parents].filter(([, parent]) => parent === null).map(([id]) => id)
  const named = tops.filter((id) => id.toLowerCase() === WHOLE || /^\d{4}$/.test(id))
  if (named.length === 1) return named[0]!
  const containers = new Set(parents.values())
  if (tops.length === 1 && containers.has(tops[0]!)) return tops[0]!
  return WHOLE
}

function isInCircle(id: AreaId, parents: ReadonlyMap<AreaId, AreaId | null>): boolean {
  const seen = new Set<AreaId>()
  for (let at: AreaId | null = id; at !== null; at = parents.get(at) ?? null) {
    if (seen.has(at)) return true
    seen.add(at)
  }
  return false
}

function depthOf(id: AreaId, parents: ReadonlyMap<AreaId, AreaId | null>): number {
  let depth = 0
  for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) depth++
  return depth
}

/** Names of the levels from the whole to the finest, one per depth. */
function levelNames(deepest: number, planned: readonly LevelId[]): LevelId[] {
  const finest = [...KNOWN_LEVELS].reverse().find((level) => planned.includes(level))
  if (deepest === 0) return ['kommun']
  if (deepest === 1) return ['kommun', finest && finest !== 'kommun' ? finest : 'regso']
  if (deepest === 2)
    return finest === 'deso'
      ? ['kommun', planned.includes('regso') ? 'regso' : 'stadsdel', 'deso']
      : ['kommun', 'stadsdel', 'regso']
  return Array.from({ length: deepest + 1 }, (_, rank) => KNOWN_LEVELS[rank] ?? `niva-${rank}`)
}

function fieldOf(fields: Readonly<Record<string, unknown>>, pattern: RegExp): unknown {
  const names = Object.keys(fields).filter((name) => pattern.test(name))
  // The plain name stands before one that only resembles it.
  const plain = names.find((name) => /^(id|name|namn|parent)$/i.test(name))
  return fields[plain ?? names[0] ?? '']
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wordOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.normalize('NFC').replace(/\s+/g, ' ').trim()
    : typeof value === 'number'
      ? String(value)
      : ''
