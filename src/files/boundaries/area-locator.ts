import { polygonContains } from 'd3'
import type { Topology } from 'topojson-specification'
import type { AreaId, AreaLevel } from '../../core/area.ts'
import { boxOf, type DrawnPolygons } from './common-ground.ts'
import type { Point } from './coordinate-frame.ts'
import { levelOutlines } from './level-outlines.ts'

/**
 * Finds the area that a point lies in: of the finest level that is drawn; null outside all of them. Points are
 * [easting, northing] in SWEREF 99 TM, metres.
 * @param topology an object per level, in degrees
 */
export function areaLocator(
  topology: Topology,
  levels: readonly AreaLevel[],
): (point: Point) => AreaId | null {
  const finest = levels
    .toSorted((a, b) => b.rank - a.rank)
    .find(({ id }) => topology.objects[id]?.type === 'GeometryCollection')
  return outlineLocator(levelOutlines(topology, finest?.id ?? ''))
}

/** Finds the area that a point lies in, of outlines and points in SWEREF 99 TM, metres; null outside all of them. */
export function outlineLocator(
  outlines: ReadonlyMap<AreaId, DrawnPolygons>,
): (point: Point) => AreaId | null {
  const areas = [...outlines].map(([id, polygons]) => ({
    ...{ id, box: boxOf(polygons) },
    polygons: polygons.map((rings) =>
      rings.map((ring) => ring.map(([x, y]): [number, number] => [x, y])),
    ),
  }))
  return ([x, y]) => {
    const contains = (ring: [number, number][]): boolean => polygonContains(ring, [x, y])
    const found = areas.find(
      ({ box: [west, south, east, north], polygons }) =>
        x >= west &&
        x <= east &&
        y >= south &&
        y <= north &&
        polygons.some(
          ([outer, ...holes]) => outer !== undefined && contains(outer) && !holes.some(contains),
        ),
    )
    return found?.id ?? null
  }
}
