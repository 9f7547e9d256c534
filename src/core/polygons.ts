/** [x, y] on a plane. */
export type PlanePoint = readonly [number, number]

/** A ring; whether its first point is repeated at its end makes no difference here. */
export type PlaneRing = readonly PlanePoint[]

/** An area's parts: each an outer ring followed by its holes. */
export type PlanePolygons = readonly (readonly PlaneRing[])[]

/**
 * The centre of gravity of all parts together, weighted by ground, holes taken away (surveyor's formula).
 * @returns in the polygons' own units; NaN, NaN where there is no ground
 */
export function centroidOf(polygons: PlanePolygons): PlanePoint {
  const origin = polygons[0]?.[0]?.[0]
  if (!origin) return [NaN, NaN]
  let [momentX, momentY, ground] = [0, 0, 0]
  for (const rings of polygons)
    rings.forEach((ring, place) => {
      const { x, y, ground: signed } = momentsOf(ring)
      const ofRing = signed > 0 === (place === 0) ? signed : -signed
      const sign = ofRing === signed ? 1 : -1
      momentX += sign * x + ofRing * ((ring[0]?.[0] ?? 0) - origin[0])
      momentY += sign * y + ofRing * ((ring[0]?.[1] ?? 0) - origin[1])
      ground += ofRing
    })
  return ground === 0 ? [NaN, NaN] : [origin[0] + momentX / ground, origin[1] + momentY / ground]
}

/** Signed ground of a ring and its first moments around its first point: small numbers lose the fewest digits. */
function momentsOf(ring: PlaneRing): { x: number; y: number; ground: number } {
  const [originX, originY] = ring[0] ?? [0, 0]
  let [x, y, doubled] = [0, 0, 0]
  ring.forEach(([pointX, pointY], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!
    const [ax, ay, bx, by] = [pointX - originX, pointY - originY, nextX - originX, nextY - originY]
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
    doubled += cross
  })
  return { x: x / 6, y: y / 6, ground: doubled / 2 }
}
