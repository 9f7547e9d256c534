import fontUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url'
import { drawMapPicture, type MapPicture } from '../charts/map-picture.ts'

/** Picture pixels per drawn pixel: sharp in print and on a projector. */
const SCALE = 2

/** The map's picture as PNG, drawn from the boundaries, never taken from the screen. */
export async function mapPicturePng(picture: MapPicture): Promise<Blob> {
  const svg = drawMapPicture(picture).replace(
    '<title>',
    `<style>@font-face{font-family:"Source Sans 3";font-weight:200 900;src:url(${await fontAsData()}) format("woff2")}</style><title>`,
  )
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth * SCALE
    canvas.height = image.naturalHeight * SCALE
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('no picture'))),
        'image/png',
      ),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** A picture stands alone: it carries its own typeface. */
async function fontAsData(): Promise<string> {
  const blob = await (await fetch(fontUrl)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error('font'))
    reader.readAsDataURL(blob)
  })
}

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
