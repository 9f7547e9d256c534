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
