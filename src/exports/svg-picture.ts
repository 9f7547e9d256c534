import greekUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-greek-wght-normal.woff2?url'
import latinUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url'

/** Picture pixels per drawn pixel: sharp in print and on a projector. */
const SCALE = 2

const GREEK = 'U+0370-03FF'

/** The typeface itself as `@font-face` rules, for a page that stands alone. */
export const fontFaceRules = async (): Promise<string> => face(await asData(latinUrl))

/** A drawing with a title as PNG. It stands alone: it carries its own typeface. */
export async function svgToPng(drawing: string): Promise<Blob> {
  const svg = drawing.includes('<text')
    ? drawing.replace('<title>', `<style>${await facesFor(drawing)}</style><title>`)
    : drawing
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

const face = (source: string, range?: string): string =>
  `@font-face{font-family:"Source Sans 3";font-weight:200 900;src:url(${source}) format("woff2")${range ? `;unicode-range:${range}` : ''}}`

async function facesFor(drawing: string): Promise<string> {
  const faces = [face(await asData(latinUrl))]
  if (/[\u0370-\u03ff]/.test(drawing)) faces.push(face(await asData(greekUrl), GREEK))
  return faces.join('')
}

/** Read once: a deck of slides has a picture on most of them. */
const read = new Map<string, Promise<string>>()

function asData(url: string): Promise<string> {
  const known = read.get(url) ?? readData(url)
  read.set(url, known)
  known.catch(() => read.delete(url))
  return known
}

async function readData(url: string): Promise<string> {
  const blob = await (await fetch(url)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error('font'))
    reader.readAsDataURL(blob)
  })
}
