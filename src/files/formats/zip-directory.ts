import { Inflate } from 'fflate'
import { checksumOf } from './checksum.ts'

/** One file of a zip, as the zip's own directory tells of it. Nothing here is proved before it is unpacked. */
export interface ZipEntry {
  /** With "/" between folders; may hold "..". */
  readonly name: string
  readonly isEncrypted: boolean
  /** 0 stored, 8 deflated; others are not unpacked. */
  readonly method: number
  readonly checksum: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  /** Where its local header begins. */
  readonly offset: number
}

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const LONG_END_LOCATOR_SIGNATURE = 0x07064b50
const LONG_END_LOCATOR_BYTES = 20
const LONG_END_SIGNATURE = 0x06064b50
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_BYTES = 30
const LONGEST_COMMENT = 0xffff
const IN_LONG_FIELD = 0xffffffff
const LONG_FIELD = 0x0001
const UNICODE_NAME_FIELD = 0x7075

/** Compressed bytes that are inflated at a time: at most 1032 times as many come out before sizes are checked. */
const INFLATE_STEP = 8192

/**
 * The directory at the end of a zip (APPNOTE.TXT 6.3.10, § 4.3), sizes over 4 GB included. Reads no member.
 * @returns null when it is damaged, cut off, or in several parts
 */
export function readZipDirectory(bytes: Uint8Array): readonly ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return entriesOf(view, bytes)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function entriesOf(view: DataView, bytes: Uint8Array): readonly ZipEntry[] | null {
  const end = endOf(view)
  if (end < 0) return null
  let count = view.getUint16(end + 10, true)
  let directoryBytes = view.getUint32(end + 12, true)
  let directoryOffset = view.getUint32(end + 16, true)
  let directoryEnd = end
  const locator = end - LONG_END_LOCATOR_BYTES
  if (locator >= 0 && view.getUint32(locator, true) === LONG_END_LOCATOR_SIGNATURE) {
    directoryEnd = longOf(view, locator + 8)
    if (view.getUint32(directoryEnd, true) !== LONG_END_SIGNATURE) return null
    count = longOf(view, directoryEnd + 32)
    directoryBytes = longOf(view, directoryEnd + 40)
    directoryOffset = longOf(view, directoryEnd + 48)
  } else if (view.getUint16(end + 4, true) !== 0) return null

  // Bytes in front of the first member (a self-extracting archive) move every offset as far.
  const start = directoryEnd - directoryBytes
  const shift = start - directoryOffset
  if (start < 0 || shift < 0) return null
  const entries: ZipEntry[] = []
  for (let at = start; entries.length < count;) {
    if (view.getUint32(at, true) !== ENTRY_SIGNATURE) return null
    const flags = view.getUint16(at + 8, true)
    const nameBytes = view.getUint16(at + 28, true)
    const extraBytes = view.getUint16(at + 30, true)
    const extra = extraFields(view, at + ENTRY_BYTES + nameBytes, extraBytes)
    const long = extra.get(LONG_FIELD)
    let longAt = long?.start ?? 0
    const sizeAt = (place: number): number => {
      const size = view.getUint32(place, true)
      if (size !== IN_LONG_FIELD || !long) return size
      longAt += 8
      return longOf(view, longAt - 8)
    }
    const unpackedBytes = sizeAt(at + 24)
    const packedBytes = sizeAt(at + 20)
    const offset = sizeAt(at + 42) + shift
    const name = bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)
    const unicode = extra.get(UNICODE_NAME_FIELD)
    const path = unicode
      ? new TextDecoder().decode(bytes.subarray(unicode.start + 5, unicode.end))
      : nameOf(name, (flags & 0x800) !== 0)
    entries.push({
      name: path.replaceAll('\\', '/'),
      isEncrypted: (flags & 1) !== 0,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      ...{ packedBytes, unpackedBytes, offset },
    })
    at += ENTRY_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true)
    if (at > directoryEnd) return null
  }
  return entries
}

/** Looked for backwards, for a comment of any length may stand after it; -1 when there is none. */
function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--)
    if (view.getUint32(at, true) === END_SIGNATURE) return at
  return -1
}

function longOf(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true))
}

function extraFields(
  view: DataView,
  start: number,
  length: number,
): Map<number, { readonly start: number; readonly end: number }> {
  const fields = new Map<number, { start: number; end: number }>()
  const last = start + length - 4
  for (let at = start; at <= last;) {
    const end = at + 4 + view.getUint16(at + 2, true)
    fields.set(view.getUint16(at, true), { start: at + 4, end })
    at = end
  }
  return fields
}

/** UTF-8 where it is said to be, or is; else code page 850, which Windows packs Swedish names in. */
function nameOf(bytes: Uint8Array, isUnicode: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUnicode }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) =>
      String.fromCharCode(byte < 0x80 ? byte : CODE_PAGE_850[byte - 0x80]!),
    ).join('')
  }
}

/** Unicode of the bytes 0x80–0xff. */
const CODE_PAGE_850: readonly number[] = (
  'c7 fc e9 e2 e4 e0 e5 e7 ea eb e8 ef ee ec c4 c5 c9 e6 c6 f4 f6 f2 fb f9 ff d6 dc f8 a3 d8 d7 192 ' +
  'e1 ed f3 fa f1 d1 aa ba bf ae ac bd bc a1 ab bb 2591 2592 2593 2502 2524 c1 c2 c0 a9 2563 2551 2557 255d a2 a5 2510 ' +
  '2514 2534 252c 251c 2500 253c e3 c3 255a 2554 2569 2566 2560 2550 256c a4 f0 d0 ca cb c8 131 cd ce cf 2518 250c 2588 2584 a6 cc 2580 ' +
  'd3 df d4 d2 f5 d5 b5 fe de da db d9 fd dd af b4 ad b1 2017 be b6 a7 f7 b8 b0 a8 b7 b9 b3 b2 25a0 a0'
)
  .split(' ')
  .map((code) => parseInt(code, 16))

/**
 * Unpacks one member, and stops as soon as more comes out than the directory promised.
 * @returns null when it is damaged: wrong size, wrong checksum, not where the directory says, or not readable
 */
export function unpackEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const packed = packedBytesOf(bytes, entry)
  if (!packed) return null
  const unpacked = entry.method === 0 ? packed : inflate(packed, entry.unpackedBytes)
  return unpacked?.length === entry.unpackedBytes && checksumOf(unpacked) === entry.checksum
    ? unpacked
    : null
}

function packedBytesOf(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const { offset, packedBytes } = entry
  if (offset + LOCAL_BYTES > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, LOCAL_BYTES)
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) return null
  const start = offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true)
  return start + packedBytes <= bytes.length ? bytes.subarray(start, start + packedBytes) : null
}

function inflate(packed: Uint8Array, unpackedBytes: number): Uint8Array | null {
  let length = 0
  try {
    const unpacked = new Uint8Array(unpackedBytes)
    const stream = new Inflate((chunk) => {
      // A chunk that does not fit stops here: more than was promised.
      unpacked.set(chunk, length)
      length += chunk.length
    })
    for (let at = 0; at < packed.length; at += INFLATE_STEP)
      stream.push(packed.subarray(at, at + INFLATE_STEP), at + INFLATE_STEP >= packed.length)
    return length === unpackedBytes ? unpacked : null
  } catch {
    return null
  }
}
