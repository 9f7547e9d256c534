import type { Point } from './coordinate-frame.ts'

/** A ring without its closing point. */
export type Ring = readonly Point[]

export interface RingRepair {
  /** One ring, several where the ring crossed itself, none where it enclosed nothing. */
  readonly rings: readonly Ring[]
  readonly crossings: number
}

/** Signed area of a ring in its own units squared; positive when counter-clockwise (shoelace formula). */
export function signedArea(ring: Ring): number {
  const [originX, originY] = ring[0] ?? [0, 0]
  let twice = 0
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!
    twice += (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY)
  })
  return twice / 2
}

/** Ground of a polygon, holes left out, in its own units squared. */
export const groundOfPolygon = ([outer, ...holes]: readonly Ring[]): number =>
  Math.abs(signedArea(outer ?? [])) -
  holes.reduce((sum, hole) => sum + Math.abs(signedArea(hole)), 0)

/** Ground of several polygons, as `groundOfPolygon`. */
export const groundOf = (polygons: readonly (readonly Ring[])[]): number =>
  polygons.reduce((sum, polygon) => sum + groundOfPolygon(polygon), 0)

/** Whether a point lies inside a ring (even–odd rule). */
export function isInRing(ring: Ring, [x, y]: Point): boolean {
  let inside = false
  ring.forEach(([x1, y1], index) => {
    const [x2, y2] = ring[(index + 1) % ring.length]!
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
  })
  return inside
}

/** A ring that crosses itself more often is scribble: its pieces are left as they are. */
const MOST_CROSSINGS = 500

/**
 * Mends one ring: drops the closing point, repeated points and spikes (out and back the same way), and cuts a ring
 * that crosses itself into the loops it is made of (a bow-tie becomes two triangles).
 */
export function repairRing(points: Ring): RingRepair {
  const pending: Ring[] = [withoutSpikes(points)]
  const rings: Ring[] = []
  let crossings = 0
  while (pending.length > 0) {
    const ring = pending.pop()!
    if (ring.length < 3) continue
    const crossing = crossings < MOST_CROSSINGS ? findCrossing(ring) : null
    if (!crossing) {
      rings.push(ring)
      continue
    }
    crossings++
    const { first, second, at } = crossing
    pending.push(
      withoutSpikes([at, ...ring.slice(second + 1), ...ring.slice(0, first + 1)]),
      withoutSpikes([at, ...ring.slice(first + 1, second + 1)]),
    )
  }
  return { rings, crossings }
}

function withoutSpikes(points: Ring): Point[] {
  const kept: Point[] = []
  const same = (a: Point | undefined, b: Point | undefined): boolean =>
    a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1]
  for (const point of points) {
    if (same(point, kept.at(-1))) continue
    if (same(point, kept.at(-2))) kept.pop()
    else kept.push(point)
  }
  let changed = true
  while (changed && kept.length > 1) {
    changed = false
    if (same(kept[0], kept.at(-1))) changed = kept.pop() !== undefined
    else if (kept.length > 2 && same(kept[1], kept.at(-1))) {
      kept.shift()
      changed = true
    } else if (kept.length > 2 && same(kept[0], kept.at(-2))) changed = kept.pop() !== undefined
  }
  return kept
}

interface Crossing {
  /** The edges that cross begin at these points; first < second. */
  readonly first: number
  readonly second: number
  readonly at: Point
}

/** The first pair of edges that properly cross, found by sweeping along x. */
function findCrossing(ring: Ring): Crossing | null {
  const edges = ring.map((from, index) => {
    const to = ring[(index + 1) % ring.length]!
    return { index, from, to, least: Math.min(from[0], to[0]), greatest: Math.max(from[0], to[0]) }
  })
  edges.sort((a, b) => a.least - b.least || a.index - b.index)
  let active: typeof edges = []
  for (const edge of edges) {
    active = active.filter(({ greatest }) => greatest >= edge.least)
    for (const other of active) {
      const at = crossingPoint(edge.from, edge.to, other.from, other.to)
      if (at)
        return {
          first: Math.min(edge.index, other.index),
          second: Math.max(edge.index, other.index),
          at,
        }
    }
    active.push(edge)
  }
  return null
}

/** Where two segments cross strictly inside both; null where they only touch, overlap or miss. */
function crossingPoint(a: Point, b: Point, c: Point, d: Point): Point | null {
  const side = (p: Point, q: Point, r: Point): number =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  const [fromC, fromD] = [side(a, b, c), side(a, b, d)]
  const [fromA, fromB] = [side(c, d, a), side(c, d, b)]
  if (fromC * fromD >= 0 || fromA * fromB >= 0) return null
  const along = fromA / (fromA - fromB)
  return [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])]
}
