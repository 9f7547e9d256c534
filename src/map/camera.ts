import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Camera } from '../core/view-state.ts'

export type Bounds = readonly [west: number, south: number, east: number, north: number]

/** Room, in pixels, that floating parts take from the view. */
export interface Padding {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Milliseconds a camera move may take: none where the visitor has asked for less motion. */
export function moveDuration(): number {
  return reducedMotion() ? 0 : 420
}

export function fitTo(map: MapLibreMap, bounds: Bounds, padding: Padding, animate: boolean): void {
  map.fitBounds([bounds[0], bounds[1], bounds[2], bounds[3]], {
    padding: { ...padding },
    duration: animate ? moveDuration() : 0,
    maxZoom: 15,
  })
}

/** The camera as the URL keeps it: five decimals are about a metre. */
export function cameraOf(map: MapLibreMap): Camera {
  const { lng, lat } = map.getCenter()
  const round = (value: number, decimals: number) => Number(value.toFixed(decimals))
  return { longitude: round(lng, 5), latitude: round(lat, 5), zoom: round(map.getZoom(), 2) }
}
