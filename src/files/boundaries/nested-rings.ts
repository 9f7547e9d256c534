import { group } from 'd3'
import { boxOf, type Box } from './common-ground.ts'
import type { Point } from './coordinate-frame.ts'
import { isInRing, signedArea, type Ring } from './ring-repair.ts'
import type { Polygons } from './snap-boundaries.ts'

interface NestedRing {
  readonly ring: Ring
  readonly size: number
  readonly box: Box
  readonly inside: Point
  /** How many rings it lies in. */
  depth: number
  parent: NestedRing | null
}

/**
 * Polygons of rings that stand in any order and run either way round: a ring in an even number of others is an
 * outline, one in an odd number a hole of the smallest ring around it.
 */
export function nestRings(rings: readonly Ring[]): Polygons {
  const nested = rings
    .flatMap((ring): NestedRing[] => {
      const inside = pointInside(ring)
      if (!inside) return []
      const [box, size] = [boxOf([[ring]]), Math.abs(signedArea(ring))]
      return [{ ring, size, box, inside, depth: 0, parent: null }]
    })
    .sort((a, b) => b.size - a.size)
  nested.forEach((one, place) => {
    for (const larger of nested.slice(0, place))
      if (isInBox(larger.box, one.inside) && isInRing(larger.ring, one.inside)) {
        one.depth++
        one.parent = larger
      }
  })
  const holes = group(
    nested.filter(({ depth }) => depth % 2 === 1),
    ({ parent }) => parent,
  )
  return nested
    .filter(({ depth }) => depth % 2 === 0)
    .map((outline) => [outline.ring, ...(holes.get(outline) ?? []).map(({ ring }) => ring)])
}

/** The middle of the first stretch inside the ring, halfway up; null when it encloses nothing. */
function pointInside(ring: Ring): Point | null {
  const [, south, , north] = boxOf([[ring]])
  // Not through a corner: a little off the middle.
  const y = south + (north - south) * 0.5000931
  const crossings: number[] = []
  ring.forEach(([x1, y1], index) => {
    const [x2, y2] = ring[(index + 1) % ring.length]!
    if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
  })
  const [first, second] = crossings.sort((a, b) => a - b)
  return first === undefined || second === undefined ? null : [(first + second) / 2, y]
}

const isInBox = ([west, south, east, north]: Box, [x, y]: Point): boolean =>
  x > west && x < east && y > south && y < north
