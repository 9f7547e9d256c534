import { basename } from 'node:path'
import type { Finding } from '../../src/core/finding.ts'
import { centroidOf, type PlanePoint, type PlanePolygons } from '../../src/core/polygons.ts'
import { polygonsOf } from '../../src/files/boundaries/drawn-feature.ts'
import type { BoundaryFeature } from '../../src/files/formats/dropped-file.ts'
import { readGeoJsonText } from '../../src/files/formats/geojson.ts'

/** Areas of a GeoJSON file in its order, their coordinates as they stand. */
export interface AreaFile {
  readonly name: string
  readonly features: readonly BoundaryFeature[]
  /** None for an area that is not drawn. */
  readonly polygons: readonly PlanePolygons[]
  /** NaN for an area that is not drawn. */
  readonly centroids: readonly PlanePoint[]
}

/** What came of reading something; `value` is null when an error stopped it. */
export interface Read<Value> {
  readonly value: Value | null
  readonly findings: readonly Finding[]
}

export function readAreaFile(path: string, bytes: Uint8Array): Read<AreaFile> {
  const name = basename(path)
  const reading = readGeoJsonText(name, new TextDecoder().decode(bytes))
  const [layer] = reading.boundaries
  if (!layer) return { value: null, findings: reading.findings }
  const drawn = layer.features.map(({ geometry }) => polygonsOf(geometry))
  const findings = drawn.flatMap((polygons, index): Finding[] => {
    const place = { file: name, row: layer.features[index]!.row, column: null, text: null }
    if (polygons === 'damaged')
      return [{ severity: 'error', code: 'statistics-geometry-damaged', ...place }]
    return polygons ? [] : [{ severity: 'warning', code: 'statistics-geometry', ...place }]
  })
  if (drawn.includes('damaged')) return { value: null, findings }
  const polygons = drawn.map((one) => (one === null || one === 'damaged' ? [] : one))
  return {
    value: { name, features: layer.features, polygons, centroids: polygons.map(centroidOf) },
    findings,
  }
}

/** A number of a file as text: with a decimal point or comma, and no separators of thousands. */
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i

/**
 * A column of numbers, one per area; NaN where it is empty or null.
 * @param column must be had by at least one area
 */
export function readColumn(
  { name, features }: AreaFile,
  column: string,
  options: { readonly notNegative?: boolean } = {},
): Read<Float64Array> {
  const findings: Finding[] = []
  if (!features.some(({ properties }) => Object.hasOwn(properties, column))) {
    const columns = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))]
    findings.push({
      ...{ severity: 'error', code: 'statistics-column', file: name, row: null, column: null },
      ...{ text: column, parameters: { columns: columns.slice(0, 30).join(', ') } },
    })
  }
  const values = Float64Array.from(features, ({ properties, row }) => {
    const cell = Object.hasOwn(properties, column) ? properties[column] : null
    const value = numberOf(cell)
    const code =
      value === null
        ? 'statistics-number'
        : options.notNegative && value < 0
          ? 'statistics-negative'
          : null
    if (code !== null)
      findings.push({
        ...{ severity: 'error', code, file: name, row, column },
        text: typeof cell === 'string' ? cell : JSON.stringify(cell),
      })
    return value ?? NaN
  })
  return { value: findings.length > 0 ? null : values, findings }
}

/** @returns NaN for an empty cell, null for one that is no number */
function numberOf(cell: unknown): number | null {
  if (cell === null || cell === undefined) return NaN
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  if (typeof cell !== 'string') return null
  const text = cell.trim()
  if (text === '') return NaN
  if (!NUMBER.test(text)) return null
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) ? value : null
}
