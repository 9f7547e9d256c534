/* Encodes pictures in the background: on the page, encoding waits for idle time, and a busy page has none. */

export interface PngRequest {
  readonly picture: ImageBitmap
  /** Where the PNG is wanted, or null when it could not be made. */
  readonly reply: MessagePort
}

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<PngRequest>) => void) | null
}

scope.onmessage = ({ data: { picture, reply } }) => {
  void encode(picture).then(
    (png) => reply.postMessage(png),
    () => reply.postMessage(null),
  )
}

async function encode(picture: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(picture, 0, 0)
  picture.close()
  return canvas.convertToBlob({ type: 'image/png' })
}
