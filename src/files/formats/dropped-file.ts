import type { Finding } from '../../core/finding.ts'
import type { Grid } from './grid.ts'

export const FILE_FORMATS = [
  'csv',
  'xlsx',
  'ods',
  'parquet',
  'json-stat2',
  'kolada',
  'polisen',
  'geojson',
  'topojson',
  'shapefile',
  'geopackage',
  'zip',
  'package',
  'project',
] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

export type TextEncodingName =
  'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1'

/** A file as it was dropped or named on the command line. */
export interface DroppedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** One area of a boundary file before it is interpreted: its properties, and its polygons as the file has them. */
export interface BoundaryFeature {
  /** 1-based place in the file. */
  readonly row: number
  readonly properties: Readonly<Record<string, unknown>>
  /** GeoJSON geometry in the file's own coordinates; null when it has none. */
  readonly geometry: unknown
}

/** Features of one layer, with whatever the file says of its reference system. */
export interface BoundaryLayer {
  readonly file: string
  readonly layer: string | null
  readonly features: readonly BoundaryFeature[]
  /** EPSG code, `crs` member or .prj text as it stands; null when the file names none. */
  readonly declaration: string | null
}

/** What a reader of one format gives: tables, boundaries, or neither when an error stopped it. */
export interface FormatReading {
  readonly format: FileFormat
  readonly encoding: TextEncodingName | null
  readonly delimiter: string | null
  readonly grids: readonly Grid[]
  readonly boundaries: readonly BoundaryLayer[]
  readonly findings: readonly Finding[]
}

/** Refused before it is unpacked or parsed: the page would stall. Bytes. */
export const MAXIMUM_FILE_BYTES = 400_000_000
/** Of all members of a zip together, unpacked. Bytes. */
export const MAXIMUM_UNPACKED_BYTES = 600_000_000
/** An unpacked size this many times the packed one is a zip bomb, not a table. */
export const MAXIMUM_COMPRESSION_RATIO = 200

/** A reading that an error stopped. */
export function stopped(
  format: FileFormat,
  file: string,
  code: string,
  parameters: Readonly<Record<string, string | number>> = {},
  text: string | null = null,
): FormatReading {
  return {
    ...{ format, encoding: null, delimiter: null, grids: [], boundaries: [] },
    findings: [{ severity: 'error', code, file, row: null, column: null, text, parameters }],
  }
}
