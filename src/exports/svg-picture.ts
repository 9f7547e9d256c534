import greekUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-greek-wght-normal.woff2?url'
import latinUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url'
import type { PngRequest } from './png-worker.ts'

/** Picture pixels per drawn pixel: sharp in print and on a projector. */
const SCALE = 2

const GREEK = 'U+0370-03FF'

/** The typeface itself as `@font-face` rules, for a page that stands alone. */
export const fontFaceRules = async (): Promise<string> => face(await asData(latinUrl))

interface Wanted {
  readonly drawing: string
  readonly resolve: (png: Blob | PromiseLike<Blob>) => void
  readonly reject: (reason: unknown) => void
}

let wanted: Wanted[] = []

/**
 * A drawing with a title and a size as PNG. It stands alone: it carries its own typeface. Those that are asked for
 * together are set on one sheet, since a typeface is read anew for every document that carries it.
 */
export function svgToPng(drawing: string): Promise<Blob> {
  if (wanted.length === 0) queueMicrotask(() => drawWanted())
  return new Promise((resolve, reject) => wanted.push({ drawing, resolve, reject }))
}

function drawWanted(): void {
  const all = wanted
  wanted = []
  // Names of parts, as of a frame that cuts, would be taken for those of another drawing.
  const isAlone = ({ drawing }: Wanted): boolean => drawing.includes(' id="')
  const sheets = [...all.filter(isAlone).map((one) => [one]), all.filter((one) => !isAlone(one))]
  for (const own of sheets)
    drawSheet(own).catch((error: unknown) => {
      for (const { reject } of own) reject(error)
    })
}

async function drawSheet(all: readonly Wanted[]): Promise<void> {
  if (all.length === 0) return
  const parts = all.map(({ drawing }) => ({ drawing, ...sizeOf(drawing), top: 0 }))
  let height = 0
  for (const part of parts) {
    part.top = height
    height += part.height
  }
  const content = parts.map(({ drawing, top }) => drawing.replace('<svg', `<svg y="${top}"`))
  const width = Math.max(...parts.map((part) => part.width))
  const faces = await facesFor(content.join(''))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><style>${faces}</style>${content.join('')}</svg>`
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    for (const [at, { width, height, top }] of parts.entries()) {
      const canvas = new OffscreenCanvas(Math.round(width * SCALE), Math.round(height * SCALE))
      const context = canvas.getContext('2d', { willReadFrequently: true })
      if (!context) throw new Error('no canvas')
      context.drawImage(image, 0, top, width, height, 0, 0, canvas.width, canvas.height)
      all[at]!.resolve(encoded(canvas.transferToImageBitmap()))
    }
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** As its document says, in pixels. */
function sizeOf(drawing: string): { readonly width: number; readonly height: number } {
  const [, opening = ''] = /^<svg([^>]*)>/.exec(drawing) ?? []
  const [width, height] = ['width', 'height'].map((name) =>
    Number(new RegExp(` ${name}="([\\d.]+)"`).exec(opening)?.[1]),
  )
  if (!(width! > 0 && height! > 0)) throw new RangeError('a drawing has a size')
  return { width: width!, height: height! }
}

/** As many pictures are encoded at a time. */
const ENCODERS = 2
const encoders: (Worker | null)[] = []
let turn = 0

function encoded(picture: ImageBitmap): Promise<Blob> {
  const own = turn++ % ENCODERS
  const worker = (encoders[own] ??= new Worker(new URL('./png-worker.ts', import.meta.url), {
    type: 'module',
  }))
  const { port1: here, port2: reply } = new MessageChannel()
  return new Promise<Blob>((resolve, reject) => {
    const fail = (): void => {
      worker.terminate()
      encoders[own] = null
      reject(new Error('no picture'))
    }
    worker.addEventListener('error', fail, { once: true })
    here.onmessage = ({ data }: MessageEvent<Blob | null>) => {
      worker.removeEventListener('error', fail)
      here.close()
      if (data) resolve(data)
      else reject(new Error('no picture'))
    }
    const request: PngRequest = { picture, reply }
    worker.postMessage(request, [picture, reply])
  })
}

const face = (source: string, range?: string): string =>
  `@font-face{font-family:"Source Sans 3";font-weight:200 900;src:url(${source}) format("woff2")${range ? `;unicode-range:${range}` : ''}}`

async function facesFor(drawings: string): Promise<string> {
  if (!drawings.includes('<text')) return ''
  const faces = [face(await asData(latinUrl))]
  if (/[\u0370-\u03ff]/.test(drawings)) faces.push(face(await asData(greekUrl), GREEK))
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
