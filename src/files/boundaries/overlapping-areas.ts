import type { AreaId } from '../../core/area.ts'

/** Rings of positions as a file has them, in any frame; the first ring of a polygon is its outline. */
export type DrawnPolygons = readonly (readonly (readonly (readonly [number, number])[])[])[]

interface Drawn {
  readonly id: AreaId
  readonly polygons: DrawnPolygons
  readonly box: Box
  readonly size: number
}

type Box = readonly [west: number, south: number, east: number, north: number]

/** Points per side of the grid that the common box of two areas is looked at in. */
const GRID = 16
/** Of the smaller area: borders drawn apart overlap a little everywhere. */
const SHARE = 0.05

/**
 * Pairs of areas that lie on the same ground, apart from borders that do not quite meet. Looked for in a grid of
 * points: an overlap of more than a twentieth of the smaller area is found.
 * @param outlines one per area; areas without geometry are left out by the caller
 */
export function overlappingPairs(outlines: ReadonlyMap<AreaId, DrawnPolygons>): [AreaId, AreaId][] {
  const drawn = [...outlines]
    .map(([id, polygons]): Drawn => ({
      id,
      polygons,
      box: boxOf(polygons),
      size: sizeOf(polygons),
    }))
    .sort((a, b) => a.box[0] - b.box[0])
  const pairs: [AreaId, AreaId][] = []
  drawn.forEach((one, index) => {
    for (let at = index + 1; at < drawn.length && drawn[at]!.box[0] < one.box[2]; at++)
      if (isOverlap(one, drawn[at]!)) pairs.push([one.id, drawn[at]!.id])
  })
  return pairs
}

function isOverlap(a: Drawn, b: Drawn): boolean {
  const west = Math.max(a.box[0], b.box[0])
  const south = Math.max(a.box[1], b.box[1])
  const east = Math.min(a.box[2], b.box[2])
  const north = Math.min(a.box[3], b.box[3])
  if (!(east > west && north > south)) return false
  let common = 0
  for (let column = 0; column < GRID; column++)
    for (let row = 0; row < GRID; row++) {
      const x = west + ((column + 0.5) / GRID) * (east - west)
      const y = south + ((row + 0.5) / GRID) * (north - south)
      if (isInside(a.polygons, x, y) && isInside(b.polygons, x, y)) common++
    }
  const size = ((east - west) * (north - south) * common) / GRID ** 2
  return size > SHARE * Math.min(a.size, b.size)
}

/** Even–odd over all rings, so that holes are outside. */
function isInside(polygons: DrawnPolygons, x: number, y: number): boolean {
  return polygons.some((rings) => {
    let inside = false
    for (const ring of rings)
      for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
        const [x1, y1] = ring[before]!
        const [x2, y2] = ring[index]!
        if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
      }
    return inside
  })
}

function boxOf(polygons: DrawnPolygons): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rings of polygons)
    for (const ring of rings)
      for (const [x, y] of ring) {
        west = Math.min(west, x)
        south = Math.min(south, y)
        east = Math.max(east, x)
        north = Math.max(north, y)
      }
  return [west, south, east, north]
}

function sizeOf(polygons: DrawnPolygons): number {
  let size = 0
  for (const rings of polygons)
    rings.forEach((ring, place) => {
      let doubled = 0
      ring.forEach(([x1, y1], index) => {
        const [x2, y2] = ring[(index + 1) % ring.length]!
        doubled += x1 * y2 - x2 * y1
      })
      size += (place === 0 ? 1 : -1) * Math.abs(doubled / 2)
    })
  return size
}
