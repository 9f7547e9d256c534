import type { Database, SqlJsStatic } from 'sql.js'
import type { Finding } from '../../core/finding.ts'
import {
  stopped,
  type BoundaryFeature,
  type BoundaryLayer,
  type FormatReading,
} from './dropped-file.ts'
import { readGeoPackageGeometry } from './well-known-binary.ts'

/**
 * Starts SQLite. The caller says where its WebAssembly is, so that no other host is asked for it: in Node
 * `initSqlJs({ wasmBinary })` with the bytes, in a worker `initSqlJs({ locateFile: () => url })` with the site's own.
 */
export type LoadSqlite = () => Promise<SqlJsStatic>

/** Layers of features, each with its geometry column and reference system (OGC 12-128r19 § 1.1.2, 2.1). */
const LAYERS = `
  select contents.table_name, columns.column_name,
         systems.organization, systems.organization_coordsys_id, systems.definition
  from gpkg_contents contents
  join gpkg_geometry_columns columns on lower(columns.table_name) = lower(contents.table_name)
  left join gpkg_spatial_ref_sys systems on systems.srs_id = columns.srs_id
  where contents.data_type = 'features'
  order by contents.table_name`

/**
 * Reads the layers of features of a GeoPackage, in the file's own coordinates; tables of attributes and images are
 * passed over. Never throws: a file, layer or geometry that is damaged is a finding.
 */
export async function readGeoPackage(
  file: string,
  bytes: Uint8Array,
  loadSqlite: LoadSqlite,
): Promise<FormatReading> {
  let sqlite: SqlJsStatic
  try {
    sqlite = await loadSqlite()
  } catch {
    return stopped('geopackage', file, 'areas-sqlite-unavailable')
  }
  let database: Database | null = null
  try {
    database = new sqlite.Database(withoutWriteAheadLog(bytes))
    return readLayers(file, database)
  } catch {
    return stopped('geopackage', file, 'areas-geopackage-damaged')
  } finally {
    database?.close()
  }
}

/**
 * A file whose last writer kept a log beside it cannot be opened without one; the log was written back when the file
 * was closed, so the mark of it is taken away (SQLite file format § 1.3.3).
 */
function withoutWriteAheadLog(bytes: Uint8Array): Uint8Array {
  if (bytes[18] !== 2 && bytes[19] !== 2) return bytes
  const copy = bytes.slice()
  copy[18] = 1
  copy[19] = 1
  return copy
}

function readLayers(file: string, database: Database): FormatReading {
  const findings: Finding[] = []
  const boundaries: BoundaryLayer[] = []
  const [listed] = database.exec(LAYERS)
  if (!listed) return stopped('geopackage', file, 'areas-geopackage-no-layers')
  for (const [table, column, organisation, code, definition] of listed.values) {
    const report = (code: string, parameters: Readonly<Record<string, number>>): void => {
      const place = { file, row: null, column: null, text: String(table) }
      findings.push({ severity: 'warning', code, ...place, parameters })
    }
    try {
      const { features, unreadable } = readFeatures(database, String(table), String(column))
      if (unreadable > 0) report('areas-geopackage-geometry', { count: unreadable })
      const declaration =
        String(organisation).toUpperCase() === 'EPSG'
          ? `EPSG:${Number(code)}`
          : typeof definition === 'string' && !/^undefined/i.test(definition.trim())
            ? definition
            : null
      boundaries.push({ file, layer: String(table), features, declaration })
    } catch {
      report('areas-geopackage-layer', {})
    }
  }
  if (boundaries.length === 0) return stopped('geopackage', file, 'areas-geopackage-damaged')
  const nothing = { encoding: null, delimiter: null, grids: [] }
  return { format: 'geopackage', ...nothing, boundaries, findings }
}

function readFeatures(
  database: Database,
  table: string,
  column: string,
): { readonly features: readonly BoundaryFeature[]; readonly unreadable: number } {
  const features: BoundaryFeature[] = []
  let unreadable = 0
  const statement = database.prepare(`select * from "${table.replaceAll('"', '""')}"`)
  try {
    const names = statement.getColumnNames()
    const place = names.findIndex((name) => name.toLowerCase() === column.toLowerCase())
    while (statement.step()) {
      const values = statement.get()
      const properties: Record<string, unknown> = {}
      names.forEach((name, index) => {
        const value = values[index]
        if (index !== place && !(value instanceof Uint8Array)) properties[name] = value
      })
      const blob = values[place]
      let geometry: unknown = null
      if (blob instanceof Uint8Array)
        try {
          geometry = readGeoPackageGeometry(blob)
        } catch {
          unreadable++
        }
      features.push({ row: features.length + 1, properties, geometry })
    }
  } finally {
    statement.free()
  }
  return { features, unreadable }
}
