/** Rings of positions in any frame; the first ring of a polygon is its outline. */
export type DrawnPolygons = readonly (readonly (readonly (readonly [number, number])[])[])[]

export type Box = readonly [west: number, south: number, east: number, north: number]

/** Along one line from west to east: the stretches inside, in order, that do not meet. */
type Stretches = readonly (readonly [from: number, to: number])[]

/**
 * The ground that two areas share, in their own units squared. It is measured along lines from west to east, exactly
 * along each: rings that cross themselves or one another do no harm, as they would when polygons are cut.
 * @param lines how many across what their boxes share; the error is about one part in as many
 */
export function commonGround(a: DrawnPolygons, b: DrawnPolygons, lines: number): number {
  const shared = sharedBox(boxOf(a), boxOf(b))
  if (!shared) return 0
  const [, south, , north] = shared
  const step = (north - south) / lines
  let ground = 0
  for (let line = 0; line < lines; line++) {
    const y = south + (line + 0.5) * step
    ground += step * commonLength(stretchesOf(a, y), stretchesOf(b, y))
  }
  return ground
}

/** What both boxes cover; null when they do not meet. */
export function sharedBox(a: Box, b: Box): Box | null {
  const [west, south] = [Math.max(a[0], b[0]), Math.max(a[1], b[1])]
  const [east, north] = [Math.min(a[2], b[2]), Math.min(a[3], b[3])]
  return east > west && north > south ? [west, south, east, north] : null
}

export function boxOf(polygons: DrawnPolygons): Box {
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

/** Even–odd over the rings of a polygon, so that holes are outside; polygons together. */
function stretchesOf(polygons: DrawnPolygons, y: number): Stretches {
  const stretches: [number, number][] = []
  for (const rings of polygons) {
    const crossings: number[] = []
    for (const ring of rings)
      for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
        const [x1, y1] = ring[before]!
        const [x2, y2] = ring[index]!
        if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
      }
    crossings.sort((one, other) => one - other)
    for (let at = 0; at + 1 < crossings.length; at += 2)
      stretches.push([crossings[at]!, crossings[at + 1]!])
  }
  stretches.sort((one, other) => one[0] - other[0])
  const joined: [number, number][] = []
  for (const [from, to] of stretches) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

function commonLength(a: Stretches, b: Stretches): number {
  let [length, inA, inB] = [0, 0, 0]
  while (inA < a.length && inB < b.length) {
    const [fromA, toA] = a[inA]!
    const [fromB, toB] = b[inB]!
    length += Math.max(0, Math.min(toA, toB) - Math.max(fromA, fromB))
    if (toA < toB) inA++
    else inB++
  }
  return length
}
