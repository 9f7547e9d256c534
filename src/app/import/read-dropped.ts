import type { Finding } from '../../core/finding.ts'
import { MAXIMUM_FILE_BYTES, type DroppedFile } from '../../files/formats/dropped-file.ts'

export type DroppedReading =
  | { readonly ok: true; readonly file: DroppedFile }
  | { readonly ok: false; readonly finding: Finding }

/** The bytes of a dropped file. One that is too large is refused before it is read: the memory would run out. */
export async function readDropped(
  { name, size, stream }: Pick<File, 'name' | 'size'> & { readonly stream: () => ReadableStream },
  onShare: (share: number) => void,
): Promise<DroppedReading> {
  const refuse = (
    code: string,
    parameters: Readonly<Record<string, number>> = {},
  ): DroppedReading => ({
    ok: false,
    finding: {
      ...{ severity: 'error', code, file: name, row: null, column: null, text: null, parameters },
    },
  })
  if (size > MAXIMUM_FILE_BYTES)
    return refuse('format-too-large', { found: size, maximum: MAXIMUM_FILE_BYTES })
  try {
    const bytes = new Uint8Array(size)
    const reader: ReadableStreamDefaultReader<Uint8Array> = stream().getReader()
    let at = 0
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes.set(part.value, at)
      at += part.value.length
      onShare(at / size)
    }
    return { ok: true, file: { name, bytes } }
  } catch {
    // Moved, changed or locked by another program since it was dropped.
    return refuse('import-file-unreadable')
  }
}
