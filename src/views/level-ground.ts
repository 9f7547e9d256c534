import { areasAtLevel, type AreaId, type AreaRegister } from '../core/area.ts'
import type { LevelGround } from '../core/cross-values.ts'
import { centroidOf, type PlanePoint, type PlanePolygons } from '../core/polygons.ts'
import { contiguousNeighbours } from '../core/stats/contiguity.ts'
import { neighboursFromPairs, weigh } from '../core/stats/weights.ts'
import type { LevelShapes } from './area-shapes.ts'

/** Each area's neighbours, as a package lists them for a level. */
export type NeighbourLists = Readonly<Record<AreaId, readonly AreaId[]>>

const KILOMETRES_PER_DEGREE = 111.2

/**
 * How the areas of a level lie: their centres of gravity in kilometres, on a plane that touches the Earth at their
 * middle (equirectangular), and row-standardised weights of who borders on whom.
 * @param neighbours null reads them from the outlines, those who meet in a point among them (queen)
 */
export function levelGround(
  register: AreaRegister,
  { level, shapes }: LevelShapes,
  neighbours: NeighbourLists | null,
): LevelGround {
  const areas = areasAtLevel(register, level).map(({ id }) => id)
  const latitudes = shapes.map(({ bounds: [, south, , north] }) => (south + north) / 2)
  const middle = latitudes.reduce((sum, latitude) => sum + latitude, 0) / latitudes.length
  const polygons: PlanePolygons[] = areas.map(() => [])
  for (const shape of shapes) polygons[shape.index] = onPlane(shape.polygons, middle)
  return {
    areas,
    points: polygons.map(centroidOf),
    weights: weigh(neighbours ? listed(areas, neighbours) : contiguousNeighbours(polygons)),
  }
}

function onPlane(
  polygons: LevelShapes['shapes'][number]['polygons'],
  latitude: number,
): PlanePolygons {
  const narrowing = Math.cos((latitude * Math.PI) / 180)
  return polygons.map((rings) =>
    rings.map((ring) =>
      ring.map(([east, north]): PlanePoint => [
        (east ?? NaN) * narrowing * KILOMETRES_PER_DEGREE,
        (north ?? NaN) * KILOMETRES_PER_DEGREE,
      ]),
    ),
  )
}

function listed(areas: readonly AreaId[], neighbours: NeighbourLists) {
  const places = new Map(areas.map((id, place) => [id, place]))
  return neighboursFromPairs(
    areas.length,
    areas.flatMap((id, place) =>
      (neighbours[id] ?? []).flatMap((other) => {
        const beside = places.get(other)
        return beside === undefined ? [] : [[place, beside] as const]
      }),
    ),
  )
}
