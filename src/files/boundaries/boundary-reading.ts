import type { AreaId } from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import { centroidOf } from '../../core/polygons.ts'
import type { BoundaryLayer } from '../formats/dropped-file.ts'
import { distinctSlugs } from '../../core/slug.ts'
import type { AreaLevelGuess } from './area-columns.ts'
import { readOutlines, type AreaOutline, type OutlineOptions } from './area-outlines.ts'
import { fitAreas } from './boundary-topology.ts'
import { toDegrees, type CoordinateFrame, type Point } from './coordinate-frame.ts'
import { overlappingPairs } from './overlapping-areas.ts'
import { groundOf } from './ring-repair.ts'
import type { Polygons } from './snap-boundaries.ts'

/** One area of a boundary file. */
export interface BoundaryArea {
  /** The official code, or the name as an identifier where the file has no codes. */
  readonly code: AreaId
  readonly name: string
  /** Code of the area that it lies in, where the file or an official code says. */
  readonly parent: AreaId | null
  /** 1-based places in the file of the features that it is made of. */
  readonly rows: readonly number[]
  /** [easting, northing] in SWEREF 99 TM, metres; without closing points. */
  readonly polygons: Polygons
  /** [longitude, latitude] of the centroid in SWEREF 99 TM, degrees to six decimals. */
  readonly centroid: Point
  /** In the plane of SWEREF 99 TM, holes left out. */
  readonly areaKm2: number
  /** Codes of areas that share a border with it, not just a point. */
  readonly neighbours: readonly AreaId[]
}

/** What a layer of boundaries says. No areas when an error stopped it. */
export interface BoundaryReading {
  readonly file: string
  readonly layer: string | null
  /** Null when an error stopped the reading. */
  readonly frame: CoordinateFrame | null
  readonly level: AreaLevelGuess
  /** False where the codes are slugs of the names. */
  readonly hasCodes: boolean
  /** In the file's order. */
  readonly areas: readonly BoundaryArea[]
  readonly findings: readonly Finding[]
}

/** Beyond this many areas overlaps are not looked for. */
const MOST_COMPARED = 1000

/**
 * Reads a layer of areas: their names, codes and ground, in any Swedish frame. Official codes are kept; a file
 * without codes gives each area its name as an identifier. Never throws.
 */
export function readBoundaryLayer(
  layer: BoundaryLayer,
  options: OutlineOptions = {},
): BoundaryReading {
  const { file } = layer
  const read = readOutlines(layer, options)
  if (!read.ok)
    return {
      ...{ file, layer: layer.layer, frame: null, level: 'named', hasCodes: false, areas: [] },
      findings: read.findings,
    }
  const { outlines } = read
  const hasCodes = outlines.every(({ code }) => code !== null)
  const codes = areaIdsOf(outlines)
  const { neighbours } = fitAreas(outlines, codes)
  const findings = [
    ...read.findings,
    ...duplicateNames(file, outlines),
    ...overlaps(file, outlines),
  ]
  const areas = outlines.map(({ name, parent, rows, polygons }, index): BoundaryArea => ({
    ...{ code: codes[index]!, name, rows, polygons },
    parent: parent === codes[index] ? null : parent,
    centroid: inDegrees(centroidOf(polygons)),
    areaKm2: groundOf(polygons) / 1e6,
    neighbours: neighbours[index]!.map((other) => codes[other]!),
  }))
  const { level, frame } = read
  return { file, layer: layer.layer, frame, level, hasCodes, areas, findings }
}

/** An identifier for each outline: its code when all have one, else its name as a slug. */
export function areaIdsOf(outlines: readonly Pick<AreaOutline, 'name' | 'code'>[]): AreaId[] {
  return outlines.every(({ code }) => code !== null)
    ? outlines.map(({ code }) => code!)
    : distinctSlugs(
        outlines.map(({ name }) => name),
        'omrade',
      )
}

/** A warning for each name that an earlier area has too. */
export function duplicateNames(file: string, outlines: readonly { name: string }[]): Finding[] {
  const seen = new Set<string>()
  return outlines.flatMap(({ name }): Finding[] => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const place = { file, row: null, column: null }
    return [{ severity: 'warning', code: 'areas-duplicate-name', ...place, text: name }]
  })
}

function overlaps(
  file: string,
  outlines: readonly { name: string; rows: readonly number[]; polygons: Polygons }[],
): Finding[] {
  if (outlines.length > MOST_COMPARED) return []
  const drawn = new Map(outlines.map(({ polygons }, index) => [String(index), polygons]))
  return overlappingPairs(drawn).map(([one, other]): Finding => {
    const { name, rows } = outlines[Number(other)]!
    return {
      ...{ severity: 'warning', code: 'areas-overlap', file, row: rows[0]!, column: null },
      ...{ text: name, parameters: { other: outlines[Number(one)]!.name } },
    }
  })
}

function inDegrees(point: Point): Point {
  const [longitude, latitude] = toDegrees(point)
  return [Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6]
}
