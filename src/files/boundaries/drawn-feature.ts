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
  const found: Polygons[number][] = []
  // Collections may hold collections, as deep as a file likes.
  const open = [geometry]
  while (open.length > 0) {
    const next = open.pop()
    if (!isRecord(next)) continue
    if (next['type'] === 'GeometryCollection' && Array.isArray(next['geometries'])) {
      const members: readonly unknown[] = next['geometries']
      for (let index = members.length - 1; index >= 0; index--) open.push(members[index])
      continue
    }
    const polygons = polygonsOfOne(next)
    if (polygons === 'damaged') return 'damaged'
    for (const polygon of polygons ?? []) found.push(polygon)
  }
  return found.length > 0 ? found : null
}

function polygonsOfOne({
  type,
  coordinates,
}: Readonly<Record<string, unknown>>): Polygons | null | 'damaged' {
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
  return (polygons as Polygons)
    .map((rings) => rings.map((ring) => ring.map(([x, y]): Point => [x, y])))
    .filter((rings) => rings.some((ring) => ring.length > 0))
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
