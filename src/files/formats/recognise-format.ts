import type { Finding } from '../../core/finding.ts'
import { findJsonFault } from '../json-fault.ts'
import { openArchive, unpackMember } from './archive.ts'
import { decodeText } from './decode-text.ts'
import { MAXIMUM_FILE_BYTES, type FileFormat, type TextEncodingName } from './dropped-file.ts'
import type { ZipEntry } from './zip-directory.ts'

export type JsonFormat = 'json-stat2' | 'kolada' | 'polisen' | 'geojson' | 'topojson'

export type RecognisedFormat =
  | { readonly format: Exclude<FileFormat, JsonFormat> }
  | {
      readonly format: JsonFormat
      /** The file's whole content, so that it is parsed once. */
      readonly value: unknown
      readonly encoding: TextEncodingName
    }
  | { readonly format: null; readonly finding: Finding }

/**
 * What a file is, by its bytes: signatures, then the members of a zip, the tables of a database, the shape of JSON.
 * The name only settles what the bytes leave open. Whatever is no table and no boundaries is refused with a finding
 * that says what it is and what to do. Never throws.
 */
export function recogniseFormat(name: string, bytes: Uint8Array): RecognisedFormat {
  const refuse = (
    code: string,
    parameters: Finding['parameters'] = {},
    row: number | null = null,
  ): RecognisedFormat => ({
    format: null,
    finding: {
      ...{ severity: 'error', code, file: name, row, column: null, text: null, parameters },
    },
  })
  if (bytes.length > MAXIMUM_FILE_BYTES)
    return refuse('format-too-large', { found: bytes.length, maximum: MAXIMUM_FILE_BYTES })
  if (isBlank(bytes)) return refuse('format-empty')
  if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006'))
    return recogniseZip(name, bytes, refuse)
  if (startsWith(bytes, 'PAR1') || startsWith(bytes, 'PARE')) return { format: 'parquet' }
  if (startsWith(bytes, 'SQLite format 3\u0000'))
    return isGeoPackage(bytes)
      ? { format: 'geopackage' }
      : refuse('format-not-readable', { kind: 'database' })
  if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'))
    return recogniseCompound(bytes, refuse)
  if (SHAPEFILE_PART.test(name) || startsWith(bytes, '\u0000\u0000\u0027\u000a'))
    return refuse('format-shapefile-part')
  const signature = SIGNATURES.find(([start]) => startsWith(bytes, start))
  if (signature) return refuse('format-not-readable', { kind: signature[1] })
  if (!isText(bytes)) {
    const kind = BINARY_SIGNATURES.find(([start]) => startsWith(bytes, start))?.[1] ?? 'unknown'
    return refuse('format-not-readable', { kind })
  }
  return recogniseText(bytes, refuse)
}

type Refuse = (
  code: string,
  parameters?: Finding['parameters'],
  row?: number | null,
) => RecognisedFormat

const SHAPEFILE_PART = /\.(shp|shx|dbf|prj|cpg|sbn|sbx|qix|qpj)$/i

/** First bytes that no table begins with, and what such a file is. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['%PDF-', 'pdf'],
  ['{\\rtf', 'document'],
  ['\u0089PNG', 'image'],
  ['\u00ff\u00d8\u00ff', 'image'],
  ['GIF87a', 'image'],
  ['GIF89a', 'image'],
  ['II*\u0000', 'image'],
  ['MM\u0000*', 'image'],
  ['\u007fELF', 'program'],
  ['\u001f\u008b', 'archive'],
  ['7z\u00bc\u00af', 'archive'],
  ['Rar!\u001a', 'archive'],
  ['\u00fd7zXZ', 'archive'],
  ['\u0028\u00b5\u002f\u00fd', 'archive'],
]

/** First bytes that a table could begin with too: told apart once the file is known to be no text. */
const BINARY_SIGNATURES: readonly (readonly [string, string])[] = [
  ['MZ', 'program'],
  ['BM', 'image'],
  ['RIFF', 'image'],
  ['BZh', 'archive'],
  ['$FL2', 'statistics'],
  ['$FL3', 'statistics'],
  ['<stata_dta>', 'statistics'],
  ['ARROW1', 'statistics'],
  ['ORC', 'statistics'],
]

function startsWith(bytes: Uint8Array, signature: string): boolean {
  for (let index = 0; index < signature.length; index++)
    if (bytes[index] !== signature.charCodeAt(index)) return false
  return true
}

const BLANKS: ReadonlySet<number> = new Set([0, 9, 10, 13, 32])

/** Nothing but spaces, line breaks, zeros and a byte order mark. */
function isBlank(bytes: Uint8Array): boolean {
  const marked = startsWith(bytes, '\u00ef\u00bb\u00bf')
    ? 3
    : startsWith(bytes, '\u00ff\u00fe') || startsWith(bytes, '\u00fe\u00ff')
      ? 2
      : 0
  for (let index = marked; index < bytes.length; index++)
    if (!BLANKS.has(bytes[index]!)) return false
  return true
}

/** Bytes looked at to tell text from something else. */
const SAMPLE_BYTES = 65536
/** Of control characters, of which text has hardly any. */
const CONTROL_SHARE = 0.02

function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  const { text } = decodeText(sample)
  let controls = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if ((code < 0x20 && code !== 9 && code !== 10 && code !== 13 && code !== 12) || code === 0xfffd)
      controls++
  }
  return controls <= text.length * CONTROL_SHARE
}

/** Tables of a GeoPackage are named in its schema, which lies in the first pages (OGC 12-128r19 § 1.1). */
function isGeoPackage(bytes: Uint8Array): boolean {
  const application = String.fromCharCode(...bytes.subarray(68, 72))
  return /^GP(KG|10|11)$/.test(application) || includes(bytes, 'gpkg_contents')
}

/** Bytes searched for a name. */
const SEARCHED_BYTES = 4_000_000

function includes(bytes: Uint8Array, word: string): boolean {
  const searched = bytes.subarray(0, SEARCHED_BYTES)
  for (let at = searched.indexOf(word.charCodeAt(0)); at >= 0;) {
    if (startsWith(searched.subarray(at), word)) return true
    at = searched.indexOf(word.charCodeAt(0), at + 1)
  }
  return false
}

/** Office files before 2007, and encrypted ones of today (MS-CFB; MS-OFFCRYPTO § 2.3.4). */
function recogniseCompound(bytes: Uint8Array, refuse: Refuse): RecognisedFormat {
  const hasStream = (name: string): boolean => includes(bytes, [...name].join('\u0000'))
  if (hasStream('EncryptedPackage')) return refuse('format-password')
  if (hasStream('Workbook') || hasStream('Book'))
    return refuse('format-old-workbook', { kind: 'xls' })
  if (hasStream('WordDocument')) return refuse('format-not-readable', { kind: 'document' })
  if (hasStream('PowerPoint')) return refuse('format-not-readable', { kind: 'presentation' })
  return refuse('format-not-readable', { kind: 'unknown' })
}

function recogniseZip(name: string, bytes: Uint8Array, refuse: Refuse): RecognisedFormat {
  const opened = openArchive(name, bytes)
  if (!opened.ok) return { format: null, finding: opened.finding }
  const { entries } = opened
  const has = (pattern: RegExp): boolean => entries.some((entry) => pattern.test(entry.name))
  const textOf = (member: string): string | null => {
    const entry = entries.find((candidate) => candidate.name === member)
    if (!entry) return null
    const unpacked = unpackMember(member, bytes, entry)
    return unpacked.ok ? new TextDecoder().decode(unpacked.bytes) : null
  }

  if (has(/^xl\/workbook\.bin$/i)) return refuse('format-old-workbook', { kind: 'xlsb' })
  if (has(/^xl\/workbook\.xml$/i)) return { format: 'xlsx' }
  if (has(/^word\//)) return refuse('format-not-readable', { kind: 'document' })
  if (has(/^ppt\//)) return refuse('format-not-readable', { kind: 'presentation' })
  if (has(/^\[Content_Types\]\.xml$/))
    return has(/^xl\//) ? { format: 'xlsx' } : refuse('format-not-readable', { kind: 'document' })
  const type = textOf('mimetype')
  if (type !== null && /^application\/vnd\.oasis\.opendocument\./.test(type))
    return /\.spreadsheet/.test(type)
      ? { format: 'ods' }
      : refuse('format-not-readable', { kind: 'document' })
  if (has(/^META-INF\/MANIFEST\.MF$/)) return refuse('format-not-readable', { kind: 'program' })
  if (has(/^Index\/Document\.iwa$/)) return refuse('format-not-readable', { kind: 'numbers' })
  if (textOf('project.json') !== null) return { format: 'project' }
  const index = textOf('index.json')
  if (index !== null && isRecord(parsed(index)) && 'format' in Object(parsed(index)))
    return { format: 'package' }
  if (hasShapefile(entries)) return { format: 'shapefile' }
  if (has(/\.gdb\//i) || has(/\.(kml|gml|tab|mif)$/i))
    return refuse('format-not-readable', { kind: 'map' })
  return { format: 'zip' }
}

function hasShapefile(entries: readonly ZipEntry[]): boolean {
  return entries.some(({ name }) => /\.shp$/i.test(name) && !/(^|\/)__MACOSX\//.test(name))
}

function recogniseText(bytes: Uint8Array, refuse: Refuse): RecognisedFormat {
  const start = decodeText(bytes.subarray(0, 4096)).text.trimStart()
  if (/^<(\?xml|!doctype|html|table|kml|gml)/i.test(start)) {
    const kind = /<kml|<gml|FeatureCollection/i.test(start) ? 'map' : 'markup'
    return refuse('format-not-readable', { kind })
  }
  if (!/^[[{]/.test(start)) return { format: 'csv' }
  const { text, encoding } = decodeText(bytes)
  const value = parsed(text)
  if (value === undefined) {
    if (!/^(\{\s*("|\}|$)|\[\s*([[{"\]]|-?\d|$))/.test(start)) return { format: 'csv' }
    const fault = findJsonFault(text)
    return refuse('format-json', { column: fault?.column ?? 1 }, fault?.line ?? 1)
  }
  const format = jsonFormatOf(value)
  return format ? { format, value, encoding } : refuse('format-json-unknown')
}

/** Undefined when the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const GEOJSON_TYPES =
  /^(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))$/

function jsonFormatOf(value: unknown): JsonFormat | null {
  if (Array.isArray(value)) return value.some(isPoliceEvent) ? 'polisen' : null
  if (!isRecord(value)) return null
  const type = value['type']
  if (type === 'Topology') return 'topojson'
  if (typeof type === 'string' && GEOJSON_TYPES.test(type)) return 'geojson'
  if (value['class'] === 'dataset' || isDataset(value) || isDataset(value['dataset']))
    return 'json-stat2'
  const values = value['values']
  return Array.isArray(values) && values.some(isKoladaRow) ? 'kolada' : null
}

/** JSON-stat has its dimensions and its values side by side; version 1 inside "dataset". */
function isDataset(value: unknown): boolean {
  return isRecord(value) && isRecord(value['dimension']) && 'value' in value
}

function isKoladaRow(row: unknown): boolean {
  return isRecord(row) && 'kpi' in row && 'period' in row
}

function isPoliceEvent(event: unknown): boolean {
  return isRecord(event) && 'datetime' in event && 'type' in event && 'location' in event
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
