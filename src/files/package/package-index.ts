import type { Topology } from 'topojson-specification'
import type { AreaId } from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import { SEXES } from '../../core/indicator.ts'
import { kindOf, nextPeriod, periodsBetween, type PeriodCode } from '../../core/period.ts'
import type { FileReference, PackageIndex } from '../../core/release.ts'
import {
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
  parseJson,
  record,
  unique,
  type Check,
} from './json-shape.ts'
import {
  bounds,
  FILE_REFERENCE,
  fileReference,
  incidentFiles,
  indicator,
  register,
  release,
} from './release-shape.ts'

/** Beyond these the browser would stall; a package this big is split or published coarser. */
export const MAXIMUM_INDEX_BYTES = 5_000_000
export const MAXIMUM_BOUNDARY_BYTES = 50_000_000
export const MAXIMUM_PACKAGE_BYTES = 200_000_000
export const MAXIMUM_AREAS = 20_000

export type IndexReading =
  | { readonly ok: true; readonly index: PackageIndex }
  | { readonly ok: false; readonly finding: Finding }

export type BoundariesReading =
  | { readonly ok: true; readonly boundaries: Topology; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly finding: Finding }

/**
 * Takes a package's index.json in, all or nothing. Total: any text gives an index or a finding whose `column` is
 * the faulty place in the file, e.g. "indicators[3].plan.levels".
 * @param file the name that findings give the file
 */
export function readPackageIndex(text: string, file: string): IndexReading {
  try {
    const stored = parseJson(text, MAXIMUM_INDEX_BYTES)
    shape(stored, '')
    const index = withWholePeriods(stored as PackageIndex)
    checkIndex(index)
    return { ok: true, index }
  } catch (fault) {
    return { ok: false, finding: findingOf(fault, file) }
  }
}

/**
 * Takes a package's boundaries.json in: a TopoJSON topology whose objects are levels (or "water"), with one
 * geometry per area. An area without geometry at a level that is drawn is a warning; all else refuses the file.
 * @param index the package's admitted index
 */
export function readBoundaries(text: string, file: string, index: PackageIndex): BoundariesReading {
  try {
    const topology = parseJson(text, MAXIMUM_BOUNDARY_BYTES)
    checkTopology(topology, index)
    const boundaries = topology as Topology
    return { ok: true, boundaries, findings: findUndrawn(boundaries, file, index) }
  } catch (fault) {
    return { ok: false, finding: findingOf(fault, file) }
  }
}

/** One period, or two of one kind with ".." between. */
const periods = is('period', (value) => {
  if (typeof value !== 'string') return false
  const [first, last, ...more] = value.split('..')
  const kind = kindOf(first!)
  return kind !== null && more.length === 0 && (last === undefined || kindOf(last) === kind)
})

const shape = record({
  format: oneOf(1),
  release,
  register,
  boundaries: fileReference,
  neighbours: fileReference,
  indicators: list(indicator, 1),
  observations: list(
    record({
      ...FILE_REFERENCE,
      indicator: identifier,
      level: identifier,
      rows: count,
      sexes: list(oneOf(...SEXES), 1),
      periods: list(periods, 1),
    }),
    1,
  ),
  incidents: orNull(incidentFiles),
  plan: optional(orNull(fileReference)),
  flows: optional(orNull(fileReference)),
  start: record({
    indicator: identifier,
    level: identifier,
    areas: list(identifier),
    bounds,
  }),
})

const MAXIMUM_PERIODS = 5000

/** Periods as listed: in the file, "2018-01..2025-12" stands for every month between and both. */
function withWholePeriods(index: PackageIndex): PackageIndex {
  const known = new Map<string, readonly string[]>()
  const whole = (stored: readonly string[], place: string): readonly string[] => {
    const key = stored.join()
    const earlier = known.get(key)
    if (earlier) return earlier
    const periods = stored.flatMap((entry) => {
      const [from, to] = entry.split('..') as [string, string?]
      return to === undefined ? [from] : periodsBetween(kindOf(from)!, from, to)
    })
    if (periods.length === 0 || periods.length > MAXIMUM_PERIODS)
      throw new Fault('package-type', place, stored[0], { expected: 'period' })
    known.set(key, periods)
    return periods
  }
  return {
    ...index,
    observations: index.observations.map((file, position) => ({
      ...file,
      periods: whole(file.periods, `observations[${position}].periods`),
    })),
  }
}

/** The inverse of what the reader does with periods: runs of consecutive ones as "first..last". */
export function compactPeriods(periods: readonly PeriodCode[]): string[] {
  const runs: PeriodCode[][] = []
  for (const period of periods) {
    const run = runs.at(-1)
    if (run && nextPeriod(run.at(-1)!) === period) run.push(period)
    else runs.push([period])
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]!}..${run.at(-1)!}`] : run))
}

/** The text of an index, the inverse of `readPackageIndex`. */
export const writePackageIndex = (index: PackageIndex): string =>
  JSON.stringify({
    ...index,
    observations: index.observations.map((file) => ({
      ...file,
      periods: compactPeriods(file.periods),
    })),
  }) + '\n'

/** Every file that an index refers to. */
export const referencesOf = ({
  boundaries,
  neighbours,
  observations,
  incidents,
  plan,
  flows,
}: PackageIndex): readonly FileReference[] => [
  ...[boundaries, neighbours, ...observations],
  ...(plan ? [plan] : []),
  ...(flows ? [flows] : []),
  ...(incidents?.counts ?? []),
  ...[incidents?.hexagons, incidents?.hexagonOutlines].filter((file) => file != null),
]

function checkIndex(index: PackageIndex): void {
  const { register, indicators, observations, incidents, start } = index
  if (register.areas.length > MAXIMUM_AREAS)
    throw new Fault('package-too-many-areas', 'register.areas', null, {
      found: register.areas.length,
      maximum: MAXIMUM_AREAS,
    })

  const levels = unique(register.levels, 'register.levels', ({ id }) => id)
  const areas = unique(register.areas, 'register.areas', ({ id }) => id)
  const known = unique(indicators, 'indicators', ({ id }) => id)
  const mustKnow = (
    kind: 'level' | 'area' | 'indicator',
    ids: ReadonlyMap<string, unknown>,
    id: string,
    place: string,
  ): void => {
    if (!ids.has(id)) throw new Fault(`package-unknown-${kind}`, place, id)
  }

  register.areas.forEach((area, index) => {
    const place = `register.areas[${index}]`
    mustKnow('level', levels, area.level, `${place}.level`)
    if (area.parent === null) return
    mustKnow('area', areas, area.parent, `${place}.parent`)
    const [inner, outer] = [levels.get(area.level)!, levels.get(areas.get(area.parent)!.level)!]
    if (outer.rank >= inner.rank) throw new Fault('package-parent', `${place}.parent`, area.parent)
  })
  indicators.forEach(({ plan }, index) =>
    plan.levels.forEach((level, position) =>
      mustKnow('level', levels, level, `indicators[${index}].plan.levels[${position}]`),
    ),
  )
  const areasPerLevel = new Map<string, number>()
  for (const { level } of register.areas)
    areasPerLevel.set(level, (areasPerLevel.get(level) ?? 0) + 1)
  unique(observations, 'observations', ({ indicator, level }) => `${indicator} ${level}`)
  observations.forEach(({ indicator, level, periods, sexes, rows }, index) => {
    const place = `observations[${index}]`
    mustKnow('indicator', known, indicator, `${place}.indicator`)
    mustKnow('level', levels, level, `${place}.level`)
    if (!known.get(indicator)!.plan.levels.includes(level))
      throw new Fault('package-outside-plan', `${place}.level`, level, { indicator })
    unique(periods, `${place}.periods`, (code) => code)
    unique(sexes, `${place}.sexes`, (sex) => sex)
    const expected = periods.length * sexes.length * (areasPerLevel.get(level) ?? 0)
    if (rows !== expected) throw new Fault('package-rows', `${place}.rows`, rows, { expected })
  })
  if (incidents) {
    unique(incidents.categories, 'incidents.categories', ({ id }) => id)
    unique(incidents.counts, 'incidents.counts', ({ level }) => level)
    incidents.counts.forEach(({ level }, index) =>
      mustKnow('level', levels, level, `incidents.counts[${index}].level`),
    )
    if (incidents.hexagons && !incidents.hexagonOutlines)
      throw new Fault('package-missing-field', 'incidents.hexagonOutlines', null, {
        expected: 'object',
      })
  }

  mustKnow('indicator', known, start.indicator, 'start.indicator')
  mustKnow('level', levels, start.level, 'start.level')
  start.areas.forEach((area, index) => mustKnow('area', areas, area, `start.areas[${index}]`))
  if (!observations.some((it) => it.indicator === start.indicator && it.level === start.level))
    throw new Fault('package-start', 'start', `${start.indicator}, ${start.level}`)

  const referenced = referencesOf(index)
  unique(referenced, 'files', (reference) => reference.path)
  const bytes = referenced.reduce((sum, reference) => sum + reference.bytes, 0)
  if (bytes > MAXIMUM_PACKAGE_BYTES)
    throw new Fault('package-too-large', null, null, {
      found: bytes,
      maximum: MAXIMUM_PACKAGE_BYTES,
    })
}

const position = is(
  'position',
  (value) => Array.isArray(value) && value.length >= 2 && value.every(Number.isFinite),
)
const pair = is(
  'pair',
  (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite),
)

function checkTopology(value: unknown, index: PackageIndex): void {
  record({
    type: oneOf('Topology'),
    objects: record({}),
    arcs: list(list(position, 2), 1),
    transform: optional(record({ scale: pair, translate: pair })),
  })(value, '')
  const { objects, arcs } = value as { objects: Record<string, unknown>; arcs: unknown[] }
  const levelOf = new Map<AreaId, string>(index.register.areas.map(({ id, level }) => [id, level]))
  const levels = new Set(index.register.levels.map(({ id }) => id))
  const arc = is(
    'arc',
    (it) =>
      Number.isInteger(it) && ((it as number) < 0 ? ~(it as number) : (it as number)) < arcs.length,
  )
  const polygon = list(list(arc, 1), 1)
  const line = list(arc, 1)
  const shapes: Readonly<Record<string, Check>> = {
    Polygon: polygon,
    MultiPolygon: list(polygon, 1),
    LineString: line,
    MultiLineString: list(line, 1),
  }
  const collection = record({
    type: oneOf('GeometryCollection'),
    geometries: list(record({ type: oneOf(...Object.keys(shapes)) })),
  })
  for (const [objectName, object] of Object.entries(objects)) {
    const place = `objects.${objectName}`
    collection(object, place)
    const { geometries } = object as { geometries: { id?: unknown; type: string; arcs: unknown }[] }
    geometries.forEach((geometry, position) =>
      shapes[geometry.type]!(geometry.arcs, `${place}.geometries[${position}].arcs`),
    )
    if (!levels.has(objectName)) continue
    unique(geometries, `${place}.geometries`, ({ id }) => String(id))
    geometries.forEach(({ id, type }, position) => {
      const at = `${place}.geometries[${position}]`
      name(id, `${at}.id`)
      oneOf('Polygon', 'MultiPolygon')(type, `${at}.type`)
      if (levelOf.get(id as string) !== objectName)
        throw new Fault('package-unknown-area', `${at}.id`, id, { level: objectName })
    })
  }
  if (!(index.start.level in objects))
    throw new Fault('package-undrawn-level', 'objects', index.start.level)
}

function findUndrawn(boundaries: Topology, file: string, { register }: PackageIndex): Finding[] {
  const drawn = new Set<string>()
  for (const object of Object.values(boundaries.objects))
    if (object.type === 'GeometryCollection')
      for (const { id } of object.geometries) drawn.add(String(id))
  return register.areas
    .filter(({ id, level }) => level in boundaries.objects && !drawn.has(id))
    .map(({ id, name: areaName, level }) => ({
      severity: 'warning',
      code: 'package-undrawn-area',
      file,
      row: null,
      column: `objects.${level}`,
      text: id,
      parameters: { name: areaName },
    }))
}
