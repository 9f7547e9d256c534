import { textsOfUtf8, type TextsOf } from './decode-text.ts'

/** Separators of ASCII, which stand in no text of people. */
const SEPARATORS = ['\u001f', '\u001e', '\u001d', '\u001c']

/** Text as bytes in which the delimiter is one; null when nothing parts the lines. */
export interface DelimitedBytes {
  readonly bytes: Uint8Array
  readonly byte: number | null
  readonly textsOf: TextsOf
}

/** A text as UTF-8 whose delimiter is one byte: the sign itself, or a separator in its place where it takes more. */
export function encodeDelimited(text: string, delimiter: string): DelimitedBytes {
  const own = delimiter.charCodeAt(0)
  if (own < 0x80) return { bytes: new TextEncoder().encode(text), byte: own, textsOf: textsOfUtf8 }
  const separator = SEPARATORS.find((sign) => !text.includes(sign)) ?? SEPARATORS[0]!
  return {
    bytes: new TextEncoder().encode(text.replaceAll(delimiter, separator)),
    byte: separator.charCodeAt(0),
    // In quotes the sign was no delimiter.
    textsOf: (...parts) =>
      textsOfUtf8(...parts).map((part) => part.replaceAll(separator, delimiter)),
  }
}
