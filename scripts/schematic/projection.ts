/** A position in metres east and north of the origin of the drawing, or in degrees where a name says so. */
export type Point = readonly [number, number]

const ORIGIN_LONGITUDE = 20.26
const ORIGIN_LATITUDE = 63.825
const METRES_PER_DEGREE_LATITUDE = 111320
/** At latitude 63.82°. A constant rather than a cosine, so that every machine draws the same map. */
const METRES_PER_DEGREE_LONGITUDE = 49113.56

/** Coordinates are written on a grid of a hundred-thousandth of a degree, about half a metre. */
export const DEGREE_GRID = 1e5

/** WGS84 longitude and latitude to metres in the drawing (equirectangular: true in the middle of town). */
export function toMetres([longitude, latitude]: Point): Point {
  return [
    (longitude - ORIGIN_LONGITUDE) * METRES_PER_DEGREE_LONGITUDE,
    (latitude - ORIGIN_LATITUDE) * METRES_PER_DEGREE_LATITUDE,
  ]
}

/** Metres in the drawing to WGS84 longitude and latitude, rounded to the grid. */
export function toDegrees([east, north]: Point): Point {
  return [
    Math.round((east / METRES_PER_DEGREE_LONGITUDE + ORIGIN_LONGITUDE) * DEGREE_GRID) / DEGREE_GRID,
    Math.round((north / METRES_PER_DEGREE_LATITUDE + ORIGIN_LATITUDE) * DEGREE_GRID) / DEGREE_GRID,
  ]
}

/** Distance in metres. Square root rather than Math.hypot, whose last bit differs between machines. */
export function distance(a: Point, b: Point): number {
  const east = a[0] - b[0]
  const north = a[1] - b[1]
  return Math.sqrt(east * east + north * north)
}
