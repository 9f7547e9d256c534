import type { TextEncodingName } from './dropped-file.ts'

export interface DecodedText {
  /** Without byte order mark. */
  readonly text: string
  readonly encoding: TextEncodingName
  /** Bytes that are no letters of the encoding, shown as U+FFFD. */
  readonly damaged: number
}

/** Bytes looked at to tell UTF-16 without a byte order mark. */
const SAMPLE_BYTES = 4096
/** Two-byte text in Western letters has a zero in nearly every second byte. */
const ZERO_SHARE = 0.3

/**
 * Bytes to text: by their byte order mark (WHATWG Encoding Standard § 6), else UTF-16 when every second byte is zero,
 * else UTF-8 when the bytes are valid UTF-8, also but for a few that are damaged, else Windows-1252, which Swedish
 * office programs still write, which holds all of ISO-8859-1, and which no sequence of bytes contradicts.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = encodingOfMark(bytes) ?? encodingOfZeros(bytes)
  if (marked === 'utf-16le' || marked === 'utf-16be')
    return { text: new TextDecoder(marked).decode(bytes), encoding: marked, damaged: 0 }
  const encoding = marked ?? 'utf-8'
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, encoding, damaged: 0 }
  } catch {
    const mended = new TextDecoder('utf-8').decode(bytes)
    const { damaged, whole } = countLetters(mended)
    if (marked !== null || whole > damaged * 2) return { text: mended, encoding, damaged }
    return { text: decodeWindows1252(bytes), encoding: 'windows-1252', damaged: 0 }
  }
}

/** Windows-1252 from 0x80 to 0x9F; the five that have no letter stay as they are (WHATWG Encoding Standard). */
const WINDOWS_LETTERS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** Some versions of Node decode windows-1252 as ISO-8859-1, which has control characters in this range. */
const decodeWindows1252 = (bytes: Uint8Array): string =>
  new TextDecoder('windows-1252')
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (letter) => WINDOWS_LETTERS[letter.charCodeAt(0) - 0x80]!)

/** The texts of parts of bytes that are whole letters. */
export type TextsOf = (bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array) => string[]

/** Text as bytes in which a byte below 128 is never part of another letter. */
export interface TextBytes {
  /** Without byte order mark. */
  readonly bytes: Uint8Array
  readonly textsOf: TextsOf
  readonly encoding: TextEncodingName
  readonly damaged: number
}

/** What `decodeText` gives, without ever holding the whole as a text, which takes twice the memory of the file. */
export function textBytes(bytes: Uint8Array): TextBytes {
  const marked = encodingOfMark(bytes) ?? encodingOfZeros(bytes)
  const encoding = marked ?? 'utf-8'
  if (/^utf-8/.test(encoding) && isUtf8(bytes))
    return { bytes: bytes.subarray(marked ? 3 : 0), textsOf: textsOfUtf8, encoding, damaged: 0 }
  const decoded = decodeText(bytes)
  if (decoded.encoding === 'windows-1252')
    return { bytes, textsOf: textsOfWindows1252, encoding: decoded.encoding, damaged: 0 }
  return { ...decoded, bytes: new TextEncoder().encode(decoded.text), textsOf: textsOfUtf8 }
}

/** Small, so that the text of one is soon forgotten. */
const CHUNK_BYTES = 32_768

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
      decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/** Makes all texts at once and parts them: a thousand times as fast as a decoder called for each. */
const textsBy =
  (decode: (bytes: Uint8Array) => string, lengthOf: (bytes: Uint8Array) => number): TextsOf =>
  (bytes, starts, ends) => {
    const size = starts.reduce((sum, start, index) => sum + ends[index]! - start, 0)
    const joined = new Uint8Array(size)
    const lengths: number[] = []
    let at = 0
    starts.forEach((start, index) => {
      const part = bytes.subarray(start, ends[index])
      joined.set(part, at)
      at += part.length
      lengths.push(lengthOf(part))
    })
    const text = decode(joined)
    at = 0
    return lengths.map((length) => text.slice(at, (at += length)))
  }

/** In UTF-16: what a byte begins is one unit, and two where four bytes make the letter. */
function utf8Length(bytes: Uint8Array): number {
  let length = 0
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1
  return length
}

export const textsOfUtf8 = textsBy(
  (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  utf8Length,
)
const textsOfWindows1252 = textsBy(decodeWindows1252, ({ length }) => length)

function encodingOfMark(bytes: Uint8Array): TextEncodingName | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8-bom'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function encodingOfZeros(bytes: Uint8Array): TextEncodingName | null {
  const length = Math.min(bytes.length, SAMPLE_BYTES) & ~1
  if (length < 4) return null
  let [even, odd] = [0, 0]
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++
    if (bytes[index + 1] === 0) odd++
  }
  const enough = (length / 2) * ZERO_SHARE
  if (odd > enough && even < enough / 4) return 'utf-16le'
  if (even > enough && odd < enough / 4) return 'utf-16be'
  return null
}

/** Letters beyond ASCII that are whole, and those that are not. */
function countLetters(text: string): { readonly damaged: number; readonly whole: number } {
  let [damaged, whole] = [0, 0]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0xfffd) damaged++
    else if (code > 0x7f) whole++
  }
  return { damaged, whole }
}
