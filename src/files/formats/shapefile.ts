import type { Finding } from '../../core/finding.ts'
import { nestRings } from '../boundaries/nested-rings.ts'
import type { Point } from '../boundaries/coordinate-frame.ts'
import { readDbase, type DbaseTable } from './dbase.ts'
import { decodeText } from './decode-text.ts'
import {
  stopped,
  type BoundaryFeature,
  type BoundaryLayer,
  type DroppedFile,
  type FormatReading,
} from './dropped-file.ts'

/** ESRI Shapefile Technical Description (1998), p. 4. */
const FILE_CODE = 9994
const HEADER_BYTES = 100
const MULTIPATCH = 31

/** By shape type without Z and M: 11 and 21 are points too. */
const GEOMETRIES: Readonly<Record<number, string>> = {
  ...{ 1: 'Point', 3: 'LineString', 5: 'Polygon', 8: 'MultiPoint' },
}

/**
 * Reads the shapefiles among the members of a zip; each is a layer, its reference system the text of its .prj file.
 * Parts that are missing (.dbf, .shx, .prj) are findings. Coordinates are left as they are; Z and M are dropped.
 * @param file the zip, as findings name it
 * @param members unpacked; one .shp file with its companions beside it will do too
 */
export function readShapefile(file: string, members: readonly DroppedFile[]): FormatReading {
  const shapes = members.filter(
    ({ name }) => /\.shp$/i.test(name) && !/(^|\/)(__MACOSX\/|\._)/.test(name),
  )
  if (shapes.length === 0) return stopped('shapefile', file, 'areas-shapefile-missing')
  const findings: Finding[] = []
  const boundaries: BoundaryLayer[] = []
  let encoding: FormatReading['encoding'] = null
  for (const { name, bytes } of shapes) {
    const path = shapes.length === 1 ? file : `${file}/${name}`
    const report = (
      severity: Finding['severity'],
      code: string,
      parameters: Readonly<Record<string, string | number>> = {},
    ): void => {
      findings.push({ severity, code, file: path, row: null, column: null, text: null, parameters })
    }
    const companion = (extension: string): Uint8Array | null => {
      const wanted = `${name.slice(0, -3)}${extension}`.toLowerCase()
      return members.find((member) => member.name.toLowerCase() === wanted)?.bytes ?? null
    }
    const geometries = readShapes(bytes, report)
    if (!geometries) continue
    const table = readTable(companion('dbf'), geometries.length, report)
    if (!companion('shx')) report('note', 'areas-shapefile-no-shx')
    const declaration = companion('prj')
    encoding ??= table?.encoding ?? null
    boundaries.push({
      file: path,
      layer: name.replace(/^.*\//, '').slice(0, -4),
      features: featuresOf(geometries, table),
      declaration: declaration === null ? null : decodeText(declaration).text.trim() || null,
    })
  }
  return { format: 'shapefile', encoding, delimiter: null, grids: [], boundaries, findings }
}

type Report = (
  severity: Finding['severity'],
  code: string,
  parameters?: Readonly<Record<string, string | number>>,
) => void

function featuresOf(geometries: readonly unknown[], table: DbaseTable | null): BoundaryFeature[] {
  return geometries.flatMap((geometry, index): BoundaryFeature[] => {
    const row = table?.rows[index]
    // Deleted in the table is deleted on the map.
    if (row === null) return []
    return [{ row: index + 1, properties: row ?? {}, geometry }]
  })
}

function readTable(bytes: Uint8Array | null, shapes: number, report: Report): DbaseTable | null {
  if (bytes === null) {
    report('warning', 'areas-shapefile-no-dbf')
    return null
  }
  const table = readDbase(bytes)
  if (!table) report('warning', 'areas-shapefile-dbf-damaged')
  else if (table.rows.length !== shapes)
    report('warning', 'areas-shapefile-rows', { shapes, rows: table.rows.length })
  return table
}

/** Geometries in the file's order, null where a record has none; null when the file is no shapefile. */
function readShapes(bytes: Uint8Array, report: Report): unknown[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || view.getInt32(0) !== FILE_CODE) {
    report('error', 'areas-shapefile-damaged')
    return null
  }
  if (view.getInt32(32, true) === MULTIPATCH) {
    report('error', 'areas-shapefile-multipatch')
    return null
  }
  const geometries: unknown[] = []
  const declaredEnd = view.getInt32(24) * 2
  let at = HEADER_BYTES
  while (at + 8 <= bytes.length) {
    const length = view.getInt32(at + 4) * 2
    if (length < 4 || at + 8 + length > bytes.length) break
    const record = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length)
    const geometry = geometryOf(record)
    if (geometry === undefined) break
    geometries.push(geometry)
    at += 8 + length
  }
  if (at < Math.min(declaredEnd, bytes.length) || declaredEnd > bytes.length)
    if (geometries.length === 0) {
      report('error', 'areas-shapefile-damaged')
      return null
    } else report('error', 'areas-shapefile-truncated', { count: geometries.length })
  return geometries
}

/** Null for a record without geometry, undefined when it does not hold what it says. */
function geometryOf(record: DataView): unknown {
  const type = GEOMETRIES[record.getInt32(0, true) % 10]
  if (record.getInt32(0, true) === 0) return null
  if (type === undefined) return undefined
  if (type === 'Point')
    return record.byteLength < 20 ? undefined : { type, coordinates: pointAt(record, 4) }
  if (type !== 'Polygon') return { type, coordinates: [] }
  const rings = ringsOf(record)
  if (!rings) return undefined
  const isWhole = rings.flat(2).every(Number.isFinite)
  return { type: 'MultiPolygon', coordinates: isWhole ? nestRings(rings) : [rings] }
}

/** Bounding box, number of parts and points, first point of each part, points. */
function ringsOf(record: DataView): Point[][] | undefined {
  if (record.byteLength < 44) return undefined
  const [parts, points] = [record.getInt32(36, true), record.getInt32(40, true)]
  const start = 44 + 4 * parts
  if (parts < 0 || points < 0 || start + 16 * points > record.byteLength) return undefined
  const firsts = Array.from({ length: parts }, (_, part) => record.getInt32(44 + 4 * part, true))
  const rings: Point[][] = []
  for (const [part, first] of firsts.entries()) {
    const end = firsts[part + 1] ?? points
    if (first < 0 || end < first || end > points) return undefined
    rings.push(
      Array.from({ length: end - first }, (_, place) =>
        pointAt(record, start + 16 * (first + place)),
      ),
    )
  }
  return rings
}

const pointAt = (record: DataView, at: number): Point => [
  record.getFloat64(at, true),
  record.getFloat64(at + 8, true),
]
