import { drawMapPicture, type MapPicture } from '../charts/map-picture.ts'
import { svgToPng } from './svg-picture.ts'

/** The map's picture as PNG, drawn from the boundaries, never taken from the screen. */
export const mapPicturePng = (picture: MapPicture): Promise<Blob> =>
  svgToPng(drawMapPicture(picture))

/** "karta-franvaro_10-stadsdel-2025-HT-utgava-2026-11-03.png": what it shows, in plain letters. */
export function pictureName({ view, release }: MapPicture): string {
  const parts = [
    'karta',
    view.indicator.id,
    view.view.level.id,
    view.view.period,
    'utgava',
    release.id,
  ]
  return `${parts.join('-').replace(/[^a-zA-Z0-9_-]/g, '-')}.png`
}
