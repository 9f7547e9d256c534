import type { BoundaryFeature } from '../formats/dropped-file.ts'
import { isRecord } from '../formats/json-value.ts'
import type { Extent, Point } from './coordinate-frame.ts'
import type { Polygons } from './snap-boundaries.ts'

/** A feature with ground, in the file's own numbers. */
export interface DrawnFeature {
  /** 1-based place in the file. */
  readonly row: number
  readonly polygons: Polygons
  readonly properties: BoundaryFeature['properties']
}

/** Polygons in file coordinates; null for other geometries, "damaged" when a coordinate is no number. */
export function polygonsOf(geometry: unknown): Polygons | null | 'damaged' {
  if (!isRecord(geometry)) return null
  const { type, coordinates, geometries } = geometry
  if (type === 'GeometryCollection' && Array.isArray(geometries)) {
    const parts = geometries.map(polygonsOf)
    if (parts.includes('damaged')) return 'damaged'
    const polygons = parts.flatMap((part) => (part === 'damaged' ? [] : (part ?? [])))
    return polygons.length > 0 ? polygons : null
  }
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
  const drawn = (polygons as Polygons)
    .map((rings) => rings.map((ring) => ring.map(([x, y]): Point => [x, y])))
    .filter((rings) => rings.some((ring) => ring.length > 0))
  return drawn.length > 0 ? drawn : null
}

export function extentOf(drawn: readonly DrawnFeature[]): Extent {
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
