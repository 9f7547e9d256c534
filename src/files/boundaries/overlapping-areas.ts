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
  const columns = Array.from(
    { length: GRID },
    (_, column) => west + ((column + 0.5) / GRID) * (east - west),
  )
  let common = 0
  for (let row = 0; row < GRID; row++) {
    const y = south + ((row + 0.5) / GRID) * (north - south)
    const inA = crossingsOf(a.polygons, y)
    const inB = crossingsOf(b.polygons, y)
    for (const x of columns) if (isBetween(inA, x) && isBetween(inB, x)) common++
  }
  const size = ((east - west) * (north - south) * common) / GRID ** 2
  return size > SHARE * Math.min(a.size, b.size)
}

/** Where each polygon's rings cross a line from west to east, those that it misses left out. */
function crossingsOf(polygons: DrawnPolygons, y: number): number[][] {
  return polygons.flatMap((rings) => {
    const crossings: number[] = []
    for (const ring of rings)
      for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
        const [x1, y1] = ring[before]!
        const [x2, y2] = ring[index]!
        if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
      }
    return crossings.length > 0 ? [crossings] : []
  })
}

/** Even–odd over all rings of a polygon, so that holes are outside. */
const isBetween = (polygons: readonly (readonly number[])[], x: number): boolean =>
  polygons.some((crossings) => crossings.filter((crossing) => crossing > x).length % 2 === 1)

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
