import { bbox, mergeArcs, neighbors } from 'topojson-client'
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification'
import { areasAtLevel, type AreaId, type AreaRegister } from '../../src/core/area.ts'
import { discloseLevel, writeReleased } from '../../src/core/disclosure/gate.ts'
import type { Finding } from '../../src/core/finding.ts'
import { cellCount } from '../../src/core/observation.ts'
import type { ActivityPlan } from '../../src/core/plan.ts'
import type { FileReference, PackageIndex, Release } from '../../src/core/release.ts'
import { areaIdOf } from '../../src/files/boundaries/area-hierarchy.ts'
import { readBoundaryFile } from '../../src/files/boundaries/boundary-file.ts'
import { buildTopology } from '../../src/files/boundaries/boundary-topology.ts'
import { compactPeriods } from '../../src/files/package/package-index.ts'
import { sha256 } from './checksum.ts'
import type { Neighbours } from './package-source.ts'
import type { ReleasedObservations } from './released-observations.ts'

export interface AppFiles {
  readonly files: ReadonlyMap<string, string>
  readonly index: PackageIndex
}

export interface AppContent {
  readonly released: readonly ReleasedObservations[]
  readonly register: AreaRegister
  readonly release: Release
  /** The GeoJSON that the register was read from. */
  readonly areasText: string
  /** The municipality's plan of activities; null where there is none. */
  readonly plan: ActivityPlan | null
}

/**
 * The files that the map opens: index, boundaries, neighbours, the plan, and a file of released cells per level and
 * indicator. A finding instead when no area can be drawn, or when identifiers cannot stand in a link.
 */
export function appFiles(content: AppContent): AppFiles | Finding {
  const { released, register, release, areasText, plan } = content
  const missing = (code: string, text: string | null): Finding => ({
    ...{ severity: 'warning', code, file: register.boundaryVersion.name, row: null, column: null },
    text,
  })
  const unlinkable = register.areas.find(({ id }) => !LINKABLE.test(id))
  if (unlinkable) return missing('areas-not-linkable', unlinkable.id)
  const drawing = draw(register, areasText)
  const first = released[0]
  if (!drawing || !first) return missing('areas-not-drawn', null)
  const files = new Map<string, string>()
  const add = (path: string, text: string): FileReference => {
    files.set(path, text)
    return { path, bytes: Buffer.byteLength(text), sha256: sha256(text) }
  }
  const observations = released.flatMap(({ table: joint }) =>
    joint.indicator.plan.levels.map((level) => {
      const table = discloseLevel(joint, level, register, release.id)
      return {
        ...{ indicator: table.indicator, level },
        ...add(`observations/${level}/${table.indicator}.csv`, writeReleased(table)),
        ...{ rows: cellCount(table), sexes: table.sexes, periods: table.periods },
      }
    }),
  )
  const [west, south, east, north] = bbox(drawing.boundaries)
  const { indicator } = first.table
  const index: PackageIndex = {
    format: 1,
    release,
    register,
    boundaries: add('boundaries.json', JSON.stringify(drawing.boundaries) + '\n'),
    neighbours: add('neighbours.json', JSON.stringify(drawing.neighbours) + '\n'),
    indicators: released.map(({ table }) => table.indicator),
    observations,
    incidents: null,
    ...(plan ? { plan: add('plan.json', JSON.stringify(plan) + '\n') } : {}),
    start: {
      indicator: indicator.id,
      level: indicator.plan.levels.at(-1)!,
      areas: [],
      bounds: [west!, south!, east!, north!],
    },
  }
  const stored = {
    ...index,
    observations: observations.map((file) => ({ ...file, periods: compactPeriods(file.periods) })),
  }
  add('index.json', JSON.stringify(stored) + '\n')
  return { files, index }
}

/** Identifiers stand in file names and in the page's address. */
const LINKABLE = /^[^\s",/\\&=#]+$/

interface Drawing {
  readonly boundaries: Topology
  readonly neighbours: Neighbours
}

/** One topology of all levels: the smallest areas as they are drawn, the others dissolved from them. */
function draw(register: AreaRegister, areasText: string): Drawing | null {
  const { areas, levels } = register
  const finest = levels.at(-1)
  const whole = levels[0]
  if (!finest || !whole || finest === whole) return null
  const smallest = areasAtLevel(register, finest.id)
  const reading = readBoundaryFile(
    onlySmallest(areasText, new Set(smallest.map(({ id }) => id))),
    '',
  )
  if (!reading.ok) return null
  const { boundaries, neighbours } = buildTopology(
    reading.outlines,
    reading.outlines.map(({ name }) => name),
    { level: finest.id, wholeLevel: whole.id, wholeId: areasAtLevel(register, whole.id)[0]!.id },
  )
  const all: Record<string, Record<AreaId, readonly AreaId[]>> = {
    [whole.id]: Object.fromEntries(areasAtLevel(register, whole.id).map(({ id }) => [id, []])),
    [finest.id]: Object.fromEntries(smallest.map(({ id }) => [id, neighbours[id] ?? []])),
  }
  const drawn = (boundaries.objects[finest.id] as GeometryCollection).geometries
  const geometryOf = new Map(drawn.map((geometry) => [String(geometry.id), geometry]))
  const parentOf = new Map(areas.map(({ id, parent }) => [id, parent]))
  for (const { id: level } of levels.slice(1, -1)) {
    const own = areasAtLevel(register, level)
    const parts = new Map(own.map(({ id }) => [id, [] as (Polygon | MultiPolygon)[]]))
    for (const { id } of smallest)
      for (let at = parentOf.get(id) ?? null; at !== null; at = parentOf.get(at) ?? null) {
        const geometry = geometryOf.get(id)
        if (geometry) parts.get(at)?.push(geometry as Polygon | MultiPolygon)
      }
    const geometries = [...parts]
      .filter(([, pieces]) => pieces.length > 0)
      .map(([id, pieces]): MultiPolygon => ({ ...mergeArcs(boundaries, pieces), id }))
    boundaries.objects[level] = { type: 'GeometryCollection', geometries }
    const adjacent = neighbors(geometries)
    all[level] = Object.fromEntries(own.map(({ id }) => [id, []]))
    geometries.forEach(({ id }, index) => {
      all[level]![String(id)] = adjacent[index]!.map((other) => String(geometries[other]!.id))
    })
  }
  return { boundaries, neighbours: all }
}

/** The same file with its smallest areas alone, named by their identifiers. */
function onlySmallest(areasText: string, wanted: ReadonlySet<AreaId>): string {
  const collection = JSON.parse(areasText) as { readonly features: readonly AreaFeature[] }
  const features = collection.features.flatMap((feature) => {
    const id = areaIdOf(feature)
    return wanted.has(id) && feature.geometry ? [{ ...feature, properties: { name: id } }] : []
  })
  return JSON.stringify({ ...collection, features })
}

interface AreaFeature {
  readonly geometry: object | null
}
