import type { ScreenPolygon } from './map-labels.ts'

/** An SVG path of polygons in pixels, one decimal. */
export function polygonsToPath(polygons: readonly ScreenPolygon[]): string {
  let path = ''
  for (const polygon of polygons)
    for (const ring of polygon) {
      for (let i = 0; i < ring.length; i++) {
        const [x, y] = ring[i]!
        path += `${i === 0 ? 'M' : 'L'}${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`
      }
      path += 'Z'
    }
  return path
}

/** How far outside its frame a line may go on, so that its end is not seen, and detail that no eye tells; pixels. */
const OUTSIDE = 12
const DETAIL = 0.5

/**
 * Polygons as far as a frame of pixels shows them, without points that lie nearer to one another than can be seen: what
 * is drawn again and again must be light. Rings are cut by Sutherland and Hodgman's algorithm (1974), so that what of a
 * ring lies outside becomes lines along an edge that is not seen; those that lie wholly outside are gone.
 */
export const withinFrame = (
  polygons: readonly ScreenPolygon[],
  { width, height }: { readonly width: number; readonly height: number },
): ScreenPolygon[] =>
  polygons.flatMap((rings) => {
    const cut = rings.map((ring) => thinned(clipped(ring, width, height)))
    return cut[0]!.length < 3 ? [] : [cut.filter((ring) => ring.length >= 3)]
  })

type Ring = ScreenPolygon[number]

function clipped(ring: Ring, width: number, height: number): Ring {
  let points = ring
  for (const [axis, limit, side] of [
    [0, -OUTSIDE, 1],
    [0, width + OUTSIDE, -1],
    [1, -OUTSIDE, 1],
    [1, height + OUTSIDE, -1],
  ] as const) {
    const depth = (point: Ring[number]): number => (point[axis] - limit) * side
    points = points.flatMap((point, at) => {
      const before = points.at(at - 1)!
      const [from, to] = [depth(before), depth(point)]
      if (from >= 0 === to >= 0) return to >= 0 ? [point] : []
      const share = from / (from - to)
      const crossing: [number, number] = [
        before[0] + share * (point[0] - before[0]),
        before[1] + share * (point[1] - before[1]),
      ]
      return to >= 0 ? [crossing, point] : [crossing]
    })
  }
  return points
}

function thinned(ring: Ring): Ring {
  let kept: Ring[number] | null = null
  return ring.filter((point) => {
    if (kept && Math.hypot(point[0] - kept[0], point[1] - kept[1]) < DETAIL) return false
    kept = point
    return true
  })
}
