export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'windows-1252'
}

/**
 * Bytes to text: UTF-8 with or without a byte order mark when the bytes are valid UTF-8, else Windows-1252, which
 * Swedish office programs still write and which no sequence of bytes contradicts.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}
