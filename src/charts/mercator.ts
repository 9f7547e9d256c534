import type { ScreenPoint, ScreenPolygon } from './map-labels.ts'

export type Bounds = readonly [west: number, south: number, east: number, north: number]

/** Degrees to pixels. */
export type Projection = (position: readonly number[]) => ScreenPoint

const mercatorY = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))

/** Web Mercator, as the map on screen, with the bounds centred in a frame of pixels. */
export function fitMercator(bounds: Bounds, width: number, height: number): Projection {
  const [west, south, east, north] = bounds
  const radians = Math.PI / 180
  const top = mercatorY(north)
  const bottom = mercatorY(south)
  const scale = Math.min(width / ((east - west) * radians), height / (top - bottom))
  const left = width / 2 - ((west + east) / 2) * radians * scale
  const middle = height / 2 + ((top + bottom) / 2) * scale
  return ([longitude, latitude]) => [
    left + longitude! * radians * scale,
    middle - mercatorY(latitude!) * scale,
  ]
}

/** Polygons in degrees, ring by ring, as pixels. */
export function projectPolygons(
  polygons: readonly (readonly (readonly (readonly number[])[])[])[],
  project: Projection,
): ScreenPolygon[] {
  return polygons.map((rings) => rings.map((ring) => ring.map(project)))
}
