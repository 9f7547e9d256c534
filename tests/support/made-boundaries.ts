import proj4 from 'proj4'
import type { BindParams, SqlJsStatic } from 'sql.js'

/** A ring with its closing point, a polygon of rings, an area of polygons; [x, y] in any frame. */
export type MadeArea = readonly (readonly (readonly (readonly [number, number])[])[])[]

export interface MadeFeature {
  readonly properties: Readonly<Record<string, string>>
  readonly polygons: MadeArea
}

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'
export const SWEREF99_TM = `+proj=utm +zone=33 ${GRS80}`

/** A zone of SWEREF 99 by its central meridian in degrees. */
export const swerefZone = (meridian: number): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=150000 +y_0=0 ${GRS80}`

/**
 * A zone of RT 90 by gon from its central one, on its own ellipsoid with the seven parameters of EPSG:1896: another way
 * to the same ground than the product's.
 */
export const rt90Zone = (gon: number): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${18 + 3 / 60 + 29.8 / 3600 + gon * 0.9} +k=1 +x_0=1500000 +y_0=0 ` +
  '+ellps=bessel +towgs84=414.1,41.3,603.1,-0.855,2.141,-7.023,0 +units=m +no_defs'

/** Features drawn in SWEREF 99 TM in another frame. */
export function inFrame(
  features: readonly MadeFeature[],
  definition: string,
  isSwapped = false,
): MadeFeature[] {
  const conversion = proj4(SWEREF99_TM, definition)
  return features.map(({ properties, polygons }) => ({
    properties,
    polygons: polygons.map((rings) =>
      rings.map((ring) =>
        ring.map((point) => {
          const [x, y] = conversion.forward([...point]) as [number, number]
          return isSwapped ? ([y, x] as const) : ([x, y] as const)
        }),
      ),
    ),
  }))
}

export const asGeoJson = (features: readonly MadeFeature[], crs?: string): unknown => ({
  type: 'FeatureCollection',
  ...(crs === undefined ? {} : { crs: { type: 'name', properties: { name: crs } } }),
  features: features.map(({ properties, polygons }) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'MultiPolygon', coordinates: polygons },
  })),
})

/** A .shp file of polygons (ESRI 1998): rings as given, Z and M added when `type` is 15. */
export function asShp(features: readonly MadeFeature[], type: 5 | 15 = 5): Uint8Array {
  const records = features.map(({ polygons }, index) => {
    const rings = polygons.flat()
    const points = rings.flat()
    const extra = type === 15 ? 2 * (16 + 8 * points.length) : 0
    const length = 44 + 4 * rings.length + 16 * points.length + extra
    const view = new DataView(new ArrayBuffer(8 + length))
    view.setInt32(0, index + 1)
    view.setInt32(4, length / 2)
    view.setInt32(8, type, true)
    view.setInt32(44, rings.length, true)
    view.setInt32(48, points.length, true)
    let first = 0
    rings.forEach((ring, part) => {
      view.setInt32(52 + 4 * part, first, true)
      first += ring.length
    })
    points.forEach(([x, y], place) => {
      view.setFloat64(52 + 4 * rings.length + 16 * place, x, true)
      view.setFloat64(60 + 4 * rings.length + 16 * place, y, true)
    })
    return new Uint8Array(view.buffer)
  })
  const total = 100 + records.reduce((sum, record) => sum + record.length, 0)
  const header = new DataView(new ArrayBuffer(100))
  header.setInt32(0, 9994)
  header.setInt32(24, total / 2)
  header.setInt32(28, 1000, true)
  header.setInt32(32, type, true)
  return joined([new Uint8Array(header.buffer), ...records])
}

/** A .dbf table of texts, 20 bytes each. */
export function asDbf(
  features: readonly MadeFeature[],
  encode: (text: string) => Uint8Array,
): Uint8Array {
  const names = Object.keys(features[0]!.properties)
  const width = 20
  const headerLength = 32 + 32 * names.length + 1
  const header = new DataView(new ArrayBuffer(headerLength))
  header.setUint8(0, 3)
  header.setUint32(4, features.length, true)
  header.setUint16(8, headerLength, true)
  header.setUint16(10, 1 + width * names.length, true)
  const bytes = new Uint8Array(header.buffer)
  names.forEach((name, index) => {
    bytes.set(encode(name).subarray(0, 10), 32 + 32 * index)
    bytes[32 + 32 * index + 11] = 'C'.charCodeAt(0)
    bytes[32 + 32 * index + 16] = width
  })
  bytes[headerLength - 1] = 0x0d
  const rows = features.map(({ properties }) => {
    const row = new Uint8Array(1 + width * names.length).fill(0x20)
    names.forEach((name, index) =>
      row.set(encode(properties[name] ?? '').subarray(0, width), 1 + width * index),
    )
    return row
  })
  return joined([bytes, ...rows, Uint8Array.of(0x1a)])
}

export const inUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** For letters of Western Europe, whose code points are their bytes. */
export const inWindows1252 = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** A geometry blob of a GeoPackage: big-endian with Z when `hasZ`, an envelope of `envelope` numbers in its header. */
export function asGeoPackageBlob(
  polygons: MadeArea,
  { srs = 3006, hasZ = false, envelope = 0 as 0 | 4 } = {},
): Uint8Array {
  const numbers: { size: 1 | 4 | 8; value: number }[] = []
  const put = (size: 1 | 4 | 8, ...values: number[]): void => {
    for (const value of values) numbers.push({ size, value })
  }
  put(1, 0x47, 0x50, 0, envelope === 0 ? 0 : 2)
  put(4, srs)
  for (let index = 0; index < envelope; index++) put(8, 0)
  put(1, 0)
  put(4, hasZ ? 1006 : 6, polygons.length)
  for (const rings of polygons) {
    put(1, 0)
    put(4, hasZ ? 1003 : 3, rings.length)
    for (const ring of rings) {
      put(4, ring.length)
      for (const [x, y] of ring) put(8, x, y, ...(hasZ ? [12] : []))
    }
  }
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, { size }) => sum + size, 0)))
  let at = 0
  for (const { size, value } of numbers) {
    if (size === 1) view.setUint8(at, value)
    else if (size === 4) view.setUint32(at, value)
    else view.setFloat64(at, value)
    at += size
  }
  return new Uint8Array(view.buffer)
}

export interface MadeLayer {
  readonly table: string
  readonly srs: number
  /** By column; `geom` is the geometry. */
  readonly rows: readonly Readonly<Record<string, string | Uint8Array | null>>[]
}

/** A GeoPackage with layers, and a table of attributes beside them. */
export function asGeoPackage(sqlite: SqlJsStatic, layers: readonly MadeLayer[]): Uint8Array {
  const database = new sqlite.Database()
  database.run(`
    create table gpkg_spatial_ref_sys (srs_name text, srs_id integer primary key, organization text,
      organization_coordsys_id integer, definition text, description text);
    create table gpkg_contents (table_name text primary key, data_type text, identifier text, srs_id integer);
    create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer,
      z tinyint, m tinyint);
    insert into gpkg_spatial_ref_sys values ('SWEREF99 TM', 3006, 'EPSG', 3006, 'PROJCS["x"]', null),
      ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["x"]', null), ('none', -1, 'NONE', -1, 'undefined', null);
    create table notes (text text);
    insert into gpkg_contents values ('notes', 'attributes', 'notes', null);`)
  for (const { table, srs, rows } of layers) {
    const quoted = `"${table.replaceAll('"', '""')}"`
    const columns = Object.keys(rows[0]!)
    database.run(`create table ${quoted} (fid integer primary key, ${columns.join(', ')})`)
    database.run(`insert into gpkg_contents values (?, 'features', ?, ?)`, [table, table, srs])
    database.run(`insert into gpkg_geometry_columns values (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)`, [
      ...[table, srs],
    ])
    for (const row of rows)
      database.run(
        `insert into ${quoted} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        Object.values(row) as BindParams,
      )
  }
  const bytes = database.export()
  database.close()
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
