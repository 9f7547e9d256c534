import type { TextEncodingName } from '../../src/files/formats/dropped-file.ts'

/** Letters of Windows-1252 that Unicode has elsewhere, from 0x80; a space where there is none. */
const WINDOWS_LETTERS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/**
 * Text as bytes, with the mark that the encoding has.
 * @throws RangeError when the encoding has no such letter
 */
export function encodeText(text: string, encoding: TextEncodingName): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text)
    case 'utf-8-bom':
      return new TextEncoder().encode(`\uFEFF${text}`)
    case 'utf-16le':
    case 'utf-16be': {
      const units = Buffer.from(`\uFEFF${text}`, 'utf16le')
      return new Uint8Array(encoding === 'utf-16le' ? units : units.swap16())
    }
    case 'windows-1252':
    case 'iso-8859-1':
      return Uint8Array.from(text, (letter) => byteOf(letter, encoding))
  }
}

function byteOf(letter: string, encoding: 'windows-1252' | 'iso-8859-1'): number {
  const place = letter === ' ' ? -1 : WINDOWS_LETTERS.indexOf(letter)
  if (place >= 0 && encoding === 'windows-1252') return 0x80 + place
  const code = letter.codePointAt(0)!
  if (code > 0xff || (code >= 0x80 && code < 0xa0))
    throw new RangeError(`${encoding} has no ${JSON.stringify(letter)}`)
  return code
}
