import type { Map as MapLibreMap } from 'maplibre-gl'

export interface ScaleBar {
  readonly widthPixels: number
  readonly metres: number
}

const EQUATOR_METRES = 40075016.686

/** A round distance that fills at most `maximumPixels` at the middle of the map. */
export function scaleBar(map: MapLibreMap, maximumPixels = 96): ScaleBar {
  const latitude = (map.getCenter().lat * Math.PI) / 180
  const metresPerPixel = (EQUATOR_METRES * Math.cos(latitude)) / (512 * 2 ** map.getZoom())
  const most = metresPerPixel * maximumPixels
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = [5, 2, 1].map((factor) => factor * power).find((round) => round <= most) ?? power
  return { widthPixels: metres / metresPerPixel, metres }
}
