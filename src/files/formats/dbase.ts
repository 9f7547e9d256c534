import { decodeText } from './decode-text.ts'
import type { TextEncodingName } from './dropped-file.ts'

export type DbaseValue = string | number | null

export interface DbaseTable {
  readonly encoding: TextEncodingName
  /** One per record; null for a record that is marked as deleted. */
  readonly rows: readonly (Readonly<Record<string, DbaseValue>> | null)[]
}

interface Field {
  readonly name: string
  readonly type: string
  readonly offset: number
  readonly length: number
}

const DELETED = 0x2a
const END_OF_FIELDS = 0x0d

/**
 * Reads a dBASE table (versions III to 7 as shapefiles have them). Text is UTF-8 when its bytes are, else Windows-
 * 1252, whatever the .cpg file says: programs write it wrongly, and no Windows-1252 text is valid UTF-8 by chance.
 * Numbers that begin with a zero are codes, and stay text. Null when the header does not fit the file.
 */
export function readDbase(bytes: Uint8Array): DbaseTable | null {
  if (bytes.length < 33) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [headerLength, recordLength] = [view.getUint16(8, true), view.getUint16(10, true)]
  if (headerLength < 33 || headerLength > bytes.length || recordLength < 2) return null
  const count = Math.min(
    view.getUint32(4, true),
    Math.floor((bytes.length - headerLength) / recordLength),
  )
  const records = bytes.subarray(headerLength, headerLength + count * recordLength)
  const encoding = encodingOf(records)
  const decoder = new TextDecoder(encoding)
  const fields = fieldsOf(bytes.subarray(0, headerLength), decoder)
  if (fields.length === 0) return null
  const rows = Array.from({ length: count }, (_, index) => {
    const record = records.subarray(index * recordLength, (index + 1) * recordLength)
    if (record[0] === DELETED) return null
    return Object.fromEntries(
      fields.map(({ name, type, offset, length }) => {
        const text = decoder.decode(record.subarray(offset, offset + length))
        return [name, valueOf(type, text)]
      }),
    )
  })
  return { encoding, rows }
}

function encodingOf(records: Uint8Array): 'utf-8' | 'windows-1252' {
  const { encoding } = decodeText(records)
  const isAscii = records.every((byte) => byte < 0x80)
  return !isAscii && encoding === 'utf-8' ? 'utf-8' : 'windows-1252'
}

function fieldsOf(header: Uint8Array, decoder: TextDecoder): Field[] {
  const fields: Field[] = []
  let offset = 1
  for (let at = 32; at + 32 <= header.length && header[at] !== END_OF_FIELDS; at += 32) {
    const name = header.subarray(at, at + 11)
    const end = name.indexOf(0)
    const length = header[at + 16]!
    fields.push({
      name: decoder.decode(end < 0 ? name : name.subarray(0, end)).trim(),
      type: String.fromCharCode(header[at + 11]!),
      offset,
      length,
    })
    offset += length
  }
  return fields
}

function valueOf(type: string, padded: string): DbaseValue {
  // A letter of several bytes may have been cut off at the end of the field.
  const text = padded
    .replaceAll('\u0000', '')
    .replace(/\ufffd+\s*$/, '')
    .trim()
  if (text === '') return null
  if (!/[NFIO+]/.test(type) || /^0\d/.test(text)) return text
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}
