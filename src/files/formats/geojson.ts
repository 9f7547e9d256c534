import { findJsonFault } from '../json-fault.ts'
import {
  stopped,
  type BoundaryFeature,
  type FormatReading,
  type TextEncodingName,
} from './dropped-file.ts'
import { isRecord } from './json-value.ts'

const GEOMETRIES = /^(Multi)?(Polygon|Point|LineString)$|^GeometryCollection$/

/** Whether parsed JSON is GeoJSON of any kind (RFC 7946 § 1.4). */
export const isGeoJson = (value: unknown): boolean =>
  isRecord(value) &&
  (value['type'] === 'FeatureCollection' ||
    value['type'] === 'Feature' ||
    GEOMETRIES.test(String(value['type'])))

/**
 * Reads parsed GeoJSON as one layer: a collection of features, one feature, or bare geometries, each of which becomes
 * a feature without properties. The reference system is what a `crs` member says (GeoJSON 2008 § 3), else null.
 */
export function readGeoJson(
  file: string,
  value: unknown,
  encoding: TextEncodingName | null = null,
): FormatReading {
  if (!isRecord(value) || !isGeoJson(value))
    return stopped(
      ...(['geojson', file, 'areas-not-geojson', {}] as const),
      isRecord(value) && typeof value['type'] === 'string' ? value['type'] : null,
    )
  const members = featuresOf(value)
  if (members.length === 0) return stopped('geojson', file, 'areas-empty')
  const features = members.map((member, index) => featureOf(member, index + 1))
  return {
    ...{ format: 'geojson', encoding, delimiter: null, grids: [], findings: [] },
    boundaries: [{ file, layer: null, features, declaration: declarationOf(value) }],
  }
}

/** As `readGeoJson`, from text; damaged JSON is an error with its line and column. */
export function readGeoJsonText(file: string, text: string): FormatReading {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return damagedJson('geojson', file, text)
  }
  return readGeoJson(file, value)
}

export function damagedJson(
  format: 'geojson' | 'topojson',
  file: string,
  text: string,
): FormatReading {
  const at = findJsonFault(text)
  const reading = stopped(format, file, 'areas-json', { column: at?.column ?? 1 })
  return { ...reading, findings: reading.findings.map((one) => ({ ...one, row: at?.line ?? 1 })) }
}

/** A GeoJSON feature, its own identifier among its properties where they have none. */
export function featureOf(member: unknown, row: number): BoundaryFeature {
  const { properties, geometry, id }: Readonly<Record<string, unknown>> = isRecord(member)
    ? member
    : {}
  return {
    row,
    properties: {
      ...(typeof id === 'string' || typeof id === 'number' ? { id } : {}),
      ...(isRecord(properties) ? properties : {}),
    },
    geometry: geometry ?? null,
  }
}

function featuresOf(value: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { type, features, geometries } = value
  if (type === 'FeatureCollection') return Array.isArray(features) ? (features as unknown[]) : []
  if (type === 'Feature') return [value]
  if (type === 'GeometryCollection')
    return Array.isArray(geometries)
      ? (geometries as unknown[]).map((geometry) => ({ properties: {}, geometry }))
      : []
  return [{ properties: {}, geometry: value }]
}

/** What a `crs` member names: a name, an address of one, or the code of older servers. */
export function declarationOf(collection: Readonly<Record<string, unknown>>): string | null {
  const { crs } = collection
  if (typeof crs === 'string') return crs
  const properties = isRecord(crs) ? crs['properties'] : null
  if (!isRecord(properties)) return null
  const { name, href, code } = properties
  if (typeof name === 'string') return name
  if (typeof href === 'string') return href
  return typeof code === 'number' || typeof code === 'string' ? `EPSG:${code}` : null
}
