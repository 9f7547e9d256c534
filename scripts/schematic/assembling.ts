import type { MultiPolygon, Position } from 'geojson'
import type { Arc } from './arc-tracing.ts'
import type { Face } from './label-raster.ts'
import { contains, signedArea } from './polygon.ts'
import type { Point } from './projection.ts'

interface DirectedArc {
  readonly start: number | null
  readonly end: number | null
  readonly points: readonly Point[]
}

/**
 * The ground covered by a set of faces, as polygons whose rings consist of whole arcs: two areas drawn
 * from the same arcs share their border to the last digit. Outer rings run counter-clockwise.
 */
export function assemble(arcs: readonly Arc[], isMember: (face: Face) => boolean): MultiPolygon {
  const rings = ringsAround(arcs, isMember)
  const outer = rings.filter((ring) => signedArea(ring) > 0)
  const holes = rings.filter((ring) => signedArea(ring) < 0)
  outer.sort((a, b) => signedArea(b) - signedArea(a))
  const polygons = outer.map((ring) => [ring])
  for (const hole of holes) {
    // The smallest outer ring around the hole is the one that it is cut from.
    const owner = polygons.findLast((polygon) => contains(polygon[0]!, hole[0]!))
    if (!owner) throw new Error('A hole lies outside every outer ring')
    owner.push(hole)
  }
  const position = (point: Point): Position => [point[0], point[1]]
  return {
    type: 'MultiPolygon',
    coordinates: polygons.map((polygon) => polygon.map((ring) => ring.map(position))),
  }
}

/** Closed rings, first point repeated, with the members on their left. */
function ringsAround(arcs: readonly Arc[], isMember: (face: Face) => boolean): Point[][] {
  const border: DirectedArc[] = []
  for (const arc of arcs) {
    const [left, right] = [isMember(arc.left), isMember(arc.right)]
    if (left === right) continue
    const [start, end] = arc.ends ?? [null, null]
    border.push(
      left
        ? { start, end, points: arc.points }
        : { start: end, end: start, points: [...arc.points].reverse() },
    )
  }
  const leaving = new Map<number, DirectedArc>()
  for (const arc of border) if (arc.start !== null) leaving.set(arc.start, arc)

  const used = new Set<DirectedArc>()
  const rings: Point[][] = []
  for (const first of border) {
    if (used.has(first)) continue
    const ring: Point[] = [first.points[0]!]
    for (let arc = first; ;) {
      used.add(arc)
      ring.push(...arc.points.slice(1))
      if (arc.end === first.start) break
      const next = arc.end === null ? undefined : leaving.get(arc.end)
      if (!next) throw new Error('A border does not close')
      arc = next
    }
    rings.push(ring)
  }
  return rings
}
