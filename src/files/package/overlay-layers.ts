import type { Topology } from 'topojson-specification'
import type { AreaId, AreaRegister, LevelId } from '../../core/area.ts'
import { writeReleased } from '../../core/disclosure/gate.ts'
import { writeHexagons, type DisclosedHexagons } from '../../core/disclosure/incidents.ts'
import type { ImportRelease } from '../../core/disclosure/release-import.ts'
import { cellCount } from '../../core/observation.ts'
import type {
  FileReference,
  IncidentCategory,
  IncidentFiles,
  ObservationFile,
} from '../../core/release.ts'
import type { HexagonRings } from '../hexagons.ts'
import { sha256Hex } from '../sha256.ts'
import { slugOf } from '../../core/slug.ts'
import type { BoundaryLayer, ImportLayer, LayerFiles, LayerId, LayerSource } from './overlay.ts'

/** A layer and the bytes of its files. Holds nothing raw, so that it may leave the worker that made it. */
export interface MadeLayer<Layer> {
  readonly layer: Layer
  readonly files: LayerFiles
}

/** Hexagons that may be shown, and what they are of. */
export interface MadeHexagons {
  readonly categories: readonly IncidentCategory[]
  readonly hexagons: DisclosedHexagons
  readonly outlines: HexagonRings
}

/**
 * What was released of one file as a layer of files. The same file read the same way gives the same layer.
 * @param releases one for each of the file's indicators
 * @param boundaryVersion id of the boundaries that it was read against
 * @param events where the file's events happened, if it tells
 */
export async function importLayer(
  releases: readonly Extract<ImportRelease, { ok: true }>[],
  boundaryVersion: string,
  source: LayerSource,
  events: MadeHexagons | null = null,
): Promise<MadeLayer<ImportLayer>> {
  const texts = releases.map(({ tables }) => tables.map(writeReleased))
  const indicators = releases.map(({ indicator }) => ({ ...indicator, synthetic: false }))
  const hexagons = events && writeHexagons(events.hexagons)
  const id = await layerId(source, [
    ...[JSON.stringify([boundaryVersion, indicators]), ...texts.flat()],
    ...(hexagons === null ? [] : [hexagons]),
  ])
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const add = async (name: string, text: string): Promise<FileReference> => {
    const path = `imports/${id}/${name}`
    const bytes = new TextEncoder().encode(text)
    files.set(path, bytes)
    return referenceTo(path, bytes)
  }
  const observations: ObservationFile[] = []
  const areas: Record<LevelId, readonly AreaId[]> = {}
  for (const [at, { tables }] of releases.entries())
    for (const [position, table] of tables.entries()) {
      areas[table.level] = table.areas
      observations.push({
        ...{ indicator: table.indicator, level: table.level, rows: cellCount(table) },
        ...(await add(`${table.level}/${table.indicator}.csv`, texts[at]![position]!)),
        ...{ sexes: table.sexes, periods: table.periods },
      })
    }
  const incidents: IncidentFiles | null =
    events && hexagons !== null
      ? {
          ...{ categories: events.categories, counts: [] },
          hexagons: {
            ...(await add('hexagons.csv', hexagons)),
            rows: events.hexagons.count.length,
          },
          hexagonOutlines: await add(
            'hexagon-outlines.json',
            `${JSON.stringify(events.outlines)}\n`,
          ),
          minimumCount: events.hexagons.minimumCount,
        }
      : null
  return {
    layer: {
      ...{ id, source, boundaryVersion, areas, indicators, observations, incidents },
      log: releases.map(({ log }) => log),
    },
    files,
  }
}

/** Boundaries as they are drawn, before they are files. */
export interface MadeBoundaries {
  readonly register: AreaRegister
  /** One object per level, geometries with the areas' ids. */
  readonly topology: Topology
  readonly neighbours: Readonly<Record<LevelId, Readonly<Record<AreaId, readonly AreaId[]>>>>
  /** [west, south, east, north] in degrees of what the first view should show. */
  readonly bounds: readonly [number, number, number, number]
}

/** Boundaries as a layer of files. */
export async function boundaryLayer(
  { register, topology, neighbours, bounds }: MadeBoundaries,
  source: LayerSource,
): Promise<MadeLayer<BoundaryLayer>> {
  const texts = [topology, neighbours].map((value) => JSON.stringify(value) + '\n')
  const id = await layerId(source, [JSON.stringify(register), ...texts])
  const paths = ['boundaries.json', 'neighbours.json'].map((name) => `imports/${id}/${name}`)
  const bytes = texts.map((text) => new TextEncoder().encode(text))
  return {
    layer: {
      ...{ id, source, register },
      boundaries: await referenceTo(paths[0]!, bytes[0]!),
      neighbours: await referenceTo(paths[1]!, bytes[1]!),
      bounds,
    },
    files: new Map(paths.map((path, at) => [path, bytes[at]!])),
  }
}

export const referenceTo = async (
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FileReference> => ({
  ...{ path, bytes: bytes.length, sha256: await sha256Hex(exactly(bytes)) },
})

/** The bytes alone, where they lie in a larger buffer. */
const exactly = ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): ArrayBuffer =>
  byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)

const NAME_LENGTH = 40

/** A name to be known by, and what it holds. */
async function layerId({ file }: LayerSource, contents: readonly string[]): Promise<LayerId> {
  const digest = await sha256Hex(exactly(new TextEncoder().encode(contents.join('\u0000'))))
  const name = slugOf(file.replace(/\.[^.]+$/, '')).slice(0, NAME_LENGTH) || 'fil'
  return `${name}-${digest.slice(0, 8)}`
}
