import type { Finding } from '../../core/finding.ts'
import { findJsonFault } from '../json-fault.ts'
import { recogniseFrame, toNational, type CoordinateFrame, type Point } from './coordinate-frame.ts'
import { repairRing, signedArea, type Ring } from './ring-repair.ts'
import type { Polygons } from './snap-boundaries.ts'

/** One area as its file has it: mended, but not yet fitted to its neighbours. */
export interface AreaOutline {
  readonly name: string
  /** The official code, when the file has a column of codes. */
  readonly code: string | null
  /** [easting, northing] in SWEREF 99 TM, metres. */
  readonly polygons: Polygons
}

export type BoundaryFileReading =
  | {
      readonly ok: true
      readonly outlines: readonly AreaOutline[]
      readonly frame: CoordinateFrame
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** Square metres. Parts smaller than this are debris of drawing, not ground. */
export const SLIVER_AREA = 10

const NAME_COLUMNS =
  /^(namn|name|stadsdel(snamn)?|omr(å|a)de(snamn)?|regso(namn)?|deso(namn)?|distrikt|areaname|area_name|kommun(namn)?)$/i
const CODE_COLUMNS =
  /^(kod|code|id|area_?id|omr(å|a)deskod|regso_?kod|regsokod|deso_?kod|kommun_?kod|nyko\d?)$/i

/**
 * Reads a GeoJSON file of areas in any Swedish frame (see `recogniseFrame`). Every feature with a name becomes an
 * area; features of one name (or code) are one area; parts smaller than SLIVER_AREA are left out, and an area that
 * has nothing else with them. Nothing else is merged: "Sävar, östra" and "Sävar, västra" stay two areas, as the
 * file has them. Rings are mended. A finding's row is the feature's place in the file, counted from 1.
 */
export function readBoundaryFile(text: string, file: string): BoundaryFileReading {
  const findings: Finding[] = []
  const report = (
    severity: Finding['severity'],
    code: string,
    row: number | null,
    offending: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
    column: string | null = null,
  ): void => {
    findings.push({ severity, code, file, row, column, text: offending, parameters })
  }
  const refuse = (...details: DropFirst<Parameters<typeof report>>): BoundaryFileReading => {
    report('error', ...details)
    return { ok: false, findings }
  }

  let collection: unknown
  try {
    collection = JSON.parse(text)
  } catch {
    const at = findJsonFault(text)
    return refuse('areas-json', at?.line ?? 1, null, { column: at?.column ?? 1 })
  }
  if (!isRecord(collection) || collection['type'] !== 'FeatureCollection')
    return refuse(
      'areas-not-geojson',
      null,
      isRecord(collection) ? wordOf(collection['type']) : null,
    )
  const features = Array.isArray(collection['features'])
    ? (collection['features'] as unknown[])
    : []
  if (features.length === 0) return refuse('areas-empty', null, null)

  const drawn: DrawnFeature[] = []
  features.forEach((feature, index) => {
    const row = index + 1
    const geometry = isRecord(feature) ? feature['geometry'] : null
    const polygons = polygonsOf(geometry)
    if (polygons === 'damaged') report('error', 'areas-coordinates', row, null)
    else if (polygons === null)
      report(
        'warning',
        'areas-not-polygon',
        row,
        isRecord(geometry) ? wordOf(geometry['type']) : null,
      )
    else {
      const properties = isRecord(feature) ? feature['properties'] : null
      drawn.push({ row, polygons, properties: isRecord(properties) ? properties : {} })
    }
  })
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings }
  if (drawn.length === 0) return refuse('areas-empty', null, null)

  const declaration = declarationOf(collection)
  const frame = recogniseFrame(declaration, extentOf(drawn))
  if (!frame) return refuse('areas-frame-unknown', null, declaration)
  if (!frame.declared)
    report(
      'warning',
      declaration === null ? 'areas-frame-guessed' : 'areas-frame-contradicted',
      null,
      declaration,
      {
        frame: frame.code,
      },
    )
  if (frame.swapped) report('warning', 'areas-axes-swapped', null, null)

  const columns = columnsOf(drawn)
  const nameColumn =
    columns.find((column) => NAME_COLUMNS.test(column)) ?? onlyTextColumn(drawn, columns)
  if (nameColumn === undefined) return refuse('areas-no-name', null, columns.join(', ') || null)
  const codeColumn = columns.find((column) => CODE_COLUMNS.test(column) && isCode(drawn, column))

  const convert = toNational(frame)
  const groups = new Map<string, { outline: AreaOutline; rows: number[] }>()
  for (const { row, polygons, properties } of drawn) {
    const name = wordOf(properties[nameColumn])?.normalize('NFC').replace(/\s+/g, ' ').trim() ?? ''
    const code = codeColumn === undefined ? null : (wordOf(properties[codeColumn])?.trim() ?? null)
    if (name === '' || code === '') {
      report('warning', 'areas-nameless', row, null, {}, name === '' ? nameColumn : codeColumn!)
      continue
    }
    let crossings = 0
    const mended = polygons.flatMap((rings) => {
      const [outer, ...holes] = rings.map((ring) => repairRing(ring.map(convert)))
      if (!outer) return []
      for (const repair of [outer, ...holes]) crossings += repair.crossings
      const inner = holes.flatMap((hole) => hole.rings)
      return outer.rings.map((shell, index) => (index === 0 ? [shell, ...inner] : [shell]))
    })
    if (crossings > 0) report('warning', 'areas-ring-crosses-itself', row, name, { crossings })
    const key = code ?? name
    const group = groups.get(key)
    if (group) {
      const polygonsOfBoth = [...group.outline.polygons, ...mended]
      groups.set(key, {
        outline: { ...group.outline, polygons: polygonsOfBoth },
        rows: [...group.rows, row],
      })
    } else groups.set(key, { outline: { name, code, polygons: mended }, rows: [row] })
  }

  const outlines: AreaOutline[] = []
  const debris: string[] = []
  let droppedParts = 0
  for (const { outline, rows } of groups.values()) {
    if (rows.length > 1)
      report('warning', 'areas-merged', rows[1]!, outline.name, {
        rows: rows.join(', '),
        count: rows.length,
      })
    const polygons = outline.polygons.filter((rings) => partArea(rings) >= SLIVER_AREA)
    droppedParts += outline.polygons.length - polygons.length
    if (polygons.length > 0) outlines.push({ ...outline, polygons })
    else debris.push(outline.name)
  }
  if (droppedParts > 0)
    report('warning', 'areas-slivers', null, null, {
      parts: droppedParts,
      areas: debris.length,
      names: debris.join(', '),
      minimum: SLIVER_AREA,
    })
  if (outlines.length === 0) return refuse('areas-empty', null, null)
  return { ok: true, outlines, frame, findings }
}

type DropFirst<List extends unknown[]> = List extends [unknown, ...infer Rest] ? Rest : never

interface DrawnFeature {
  readonly row: number
  readonly polygons: Polygons
  readonly properties: Readonly<Record<string, unknown>>
}

const partArea = ([outer, ...holes]: readonly Ring[]): number =>
  Math.abs(signedArea(outer ?? [])) -
  holes.reduce((sum, hole) => sum + Math.abs(signedArea(hole)), 0)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wordOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null

/** Polygons in file coordinates; null for other geometries, "damaged" when a coordinate is no number. */
function polygonsOf(geometry: unknown): Polygons | null | 'damaged' {
  if (!isRecord(geometry)) return null
  const { type, coordinates } = geometry
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : null
  if (polygons === null) return null
  const isPoint = (point: unknown): boolean =>
    Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1])
  const whole =
    Array.isArray(polygons) &&
    polygons.every(
      (rings) =>
        Array.isArray(rings) && rings.every((ring) => Array.isArray(ring) && ring.every(isPoint)),
    )
  if (!whole) return 'damaged'
  return (polygons as Polygons).map((rings) =>
    rings.map((ring) => ring.map(([x, y]): Point => [x, y])),
  )
}

function declarationOf(collection: Readonly<Record<string, unknown>>): string | null {
  const crs = collection['crs']
  const properties = isRecord(crs) ? crs['properties'] : null
  return isRecord(properties) ? wordOf(properties['name']) : null
}

function extentOf(drawn: readonly DrawnFeature[]): readonly [number, number, number, number] {
  let [leastX, leastY, greatestX, greatestY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { polygons } of drawn)
    for (const rings of polygons)
      for (const ring of rings)
        for (const [x, y] of ring) {
          leastX = Math.min(leastX, x)
          leastY = Math.min(leastY, y)
          greatestX = Math.max(greatestX, x)
          greatestY = Math.max(greatestY, y)
        }
  return [leastX, leastY, greatestX, greatestY]
}

function columnsOf(drawn: readonly DrawnFeature[]): string[] {
  return [...new Set(drawn.flatMap(({ properties }) => Object.keys(properties)))]
}

function onlyTextColumn(
  drawn: readonly DrawnFeature[],
  columns: readonly string[],
): string | undefined {
  const texts = columns.filter((column) =>
    drawn.every(({ properties }) => typeof properties[column] === 'string'),
  )
  return texts.length === 1 ? texts[0] : undefined
}

/** Codes are filled in everywhere and can stand in a file name; a running number is none. */
function isCode(drawn: readonly DrawnFeature[], column: string): boolean {
  return drawn.every(({ properties }) => {
    const value = properties[column]
    return typeof value === 'string' && /^[\p{L}\p{N}_.-]+$/u.test(value.trim())
  })
}
