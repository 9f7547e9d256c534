import type { ColumnMetaData, Compressors, DecodedArray, PageHeader, SchemaTree } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { decompressPage, readDataPage } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { checksumOf } from './checksum.ts'
import { MAXIMUM_UNPACKED_BYTES } from './dropped-file.ts'

type Element = SchemaTree['element']
type Decoder = Parameters<typeof readDataPage>[2]

/** Takes the values of a column. */
export interface ColumnTarget {
  /** One code for each row, in file order. */
  readonly codes: Uint32Array
  /** The code of a value; the same for values that look the same. Null is no value. */
  codeOf(value: unknown): number
}

/**
 * Reads the pages of a flat column of one row group into codes (github.com/apache/parquet-format: README,
 * Encodings.md). The library's own reader makes an array element of every cell; here each entry of a dictionary page
 * gets its code once, and a million rows are a million small integers.
 * @param first index in `target.codes` of the group's first row
 * @throws when a page is damaged, or claims more than there is
 */
export function readColumnChunk(
  bytes: Uint8Array,
  chunk: ColumnMetaData,
  element: Element,
  target: ColumnTarget,
  first: number,
  rowCount: number,
  compressors: Compressors,
): void {
  const { start, end } = extentOf(chunk, bytes.length)
  const decoder = decoderOf(chunk, element, compressors)
  const reader = { view: viewOf(bytes.subarray(start, end)), offset: 0 }
  let dictionary: Uint32Array | null = null
  for (let done = 0; done < rowCount;) {
    const header = parquetHeader(reader)
    const packedStart = start + reader.offset
    reader.offset += checked(header.compressed_page_size, end - packedStart)
    checked(header.uncompressed_page_size, MAXIMUM_UNPACKED_BYTES)
    const packed = bytes.subarray(packedStart, start + reader.offset)
    if (header.crc !== undefined && checksumOf(packed) !== header.crc >>> 0)
      throw new RangeError('checksum of a page')
    if (header.type === 'DICTIONARY_PAGE') {
      dictionary = codesOf(readDictionary(packed, header, decoder), target)
    } else if (header.type !== 'INDEX_PAGE') {
      const isOptional = element.repetition_type === 'OPTIONAL'
      const page = openPage(packed, header, isOptional, decoder, rowCount - done)
      place(codesOfPage(page, dictionary, decoder, target), page, target, first + done)
      done += page.rowCount
    }
  }
}

/** A number of the file that must lie between 0 and `maximum`. @throws RangeError */
function checked(value: number, maximum: number): number {
  if (!(value >= 0 && value <= maximum)) throw new RangeError(`${value} is not in 0–${maximum}`)
  return value
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function extentOf(chunk: ColumnMetaData, fileBytes: number): { start: number; end: number } {
  const data = Number(chunk.data_page_offset)
  const dictionary = Number(chunk.dictionary_page_offset ?? 0)
  const start = checked(dictionary > 0 ? Math.min(dictionary, data) : data, fileBytes)
  const end = Math.min(fileBytes, start + checked(Number(chunk.total_compressed_size), fileBytes))
  return { start, end }
}

const text = new TextDecoder()

/** JSON is kept as it is written. */
const PARSERS: Decoder['parsers'] = {
  ...DEFAULT_PARSERS,
  jsonFromBytes: (bytes) => text.decode(bytes),
}

/** For a column whose empty cells are taken out beforehand, so that every value is there. */
function decoderOf(chunk: ColumnMetaData, element: Element, compressors: Compressors): Decoder {
  const required: Element = { ...element, ...typeOf(element), repetition_type: 'REQUIRED' }
  const leaf: SchemaTree = { children: [], count: 1, element: required, path: [element.name] }
  const root: SchemaTree = {
    ...{ children: [leaf], count: 2, path: [], element: { name: '', num_children: 1 } },
  }
  return {
    ...{ pathInSchema: chunk.path_in_schema, type: chunk.type, element: required },
    ...{ schemaPath: [root, leaf], codec: chunk.codec, parsers: PARSERS, compressors },
  }
}

/** The library converts by the older of the two ways to say what a column holds; newer files may have only the newer. */
function typeOf({ logical_type: logical, converted_type: converted }: Element): Partial<Element> {
  if (converted !== undefined || !logical) return {}
  if (logical.type === 'DATE') return { converted_type: 'DATE' }
  if (logical.type === 'DECIMAL') return { converted_type: 'DECIMAL', scale: logical.scale }
  return logical.type === 'JSON' ? { converted_type: 'JSON' } : {}
}

function readDictionary(packed: Uint8Array, header: PageHeader, decoder: Decoder): DecodedArray {
  const { type, element } = decoder
  const page = unpack(packed, header.uncompressed_page_size, decoder)
  const count = checked(header.dictionary_page_header?.num_values ?? 0, page.length)
  return convert(
    readPlain({ view: viewOf(page), offset: 0 }, type, count, element.type_length),
    decoder,
  )
}

function unpack(packed: Uint8Array, bytes: number, { codec, compressors }: Decoder): Uint8Array {
  return decompressPage(packed, bytes, codec, compressors)
}

interface OpenPage {
  readonly rowCount: number
  readonly encoding: string
  /** 1 for rows that have a value; null when all have. */
  readonly present: Uint32Array | null
  readonly valueCount: number
  /** Values alone, unpacked. */
  readonly values: Uint8Array
}

function openPage(
  packed: Uint8Array,
  header: PageHeader,
  isOptional: boolean,
  decoder: Decoder,
  maximumRows: number,
): OpenPage {
  const { data_page_header: one, data_page_header_v2: two } = header
  if (two) {
    const rowCount = checked(two.num_values, maximumRows)
    const before = checked(two.repetition_levels_byte_length, 0) + two.definition_levels_byte_length
    checked(before, packed.length)
    const present = isOptional ? readRuns(packed.subarray(0, before), 1, rowCount) : null
    const rest = packed.subarray(before)
    const isPacked = two.is_compressed !== false && rest.length > 0
    const values = isPacked ? unpack(rest, header.uncompressed_page_size - before, decoder) : rest
    return pageOf(rowCount, two.encoding, present, values)
  }
  if (!one) throw new RangeError('a data page without header')
  const rowCount = checked(one.num_values, maximumRows)
  const page = unpack(packed, header.uncompressed_page_size, decoder)
  if (!isOptional) return pageOf(rowCount, one.encoding, null, page)
  const { run, rest } = splitRun(page)
  return pageOf(rowCount, one.encoding, readRuns(run, 1, rowCount), rest)
}

function pageOf(
  rowCount: number,
  encoding: string,
  present: Uint32Array | null,
  values: Uint8Array,
): OpenPage {
  if (rowCount === 0) throw new RangeError('a page without rows')
  let valueCount = rowCount
  // A loop: a call for each row takes ten times as long.
  if (present) for (let row = 0; row < rowCount; row++) valueCount -= 1 - present[row]!
  const gaps = valueCount === rowCount ? null : present
  return { rowCount, encoding, present: gaps, valueCount, values }
}

/** Runs that have their length in four bytes before them. */
function splitRun(page: Uint8Array): { readonly run: Uint8Array; readonly rest: Uint8Array } {
  const end = 4 + checked(viewOf(page).getUint32(0, true), page.length - 4)
  return { run: page.subarray(4, end), rest: page.subarray(end) }
}

/** A code for each value of a page. */
function codesOfPage(
  page: OpenPage,
  dictionary: Uint32Array | null,
  decoder: Decoder,
  target: ColumnTarget,
): Uint32Array {
  const { encoding, values, valueCount } = page
  if (valueCount === 0) return new Uint32Array(0)
  if (encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY') {
    const indices = readRuns(values.subarray(1), checked(values[0] ?? -1, 24), valueCount)
    const size = dictionary?.length ?? 0
    for (let index = 0; index < valueCount; index++)
      indices[index] = dictionary![checked(indices[index]!, size - 1)]!
    return indices
  }
  if (decoder.type === 'BOOLEAN' && encoding === 'RLE')
    return codesOf(Array.from(readRuns(splitRun(values).run, 1, valueCount), Boolean), target)
  const header = { ...PLAIN_HEADER, num_values: valueCount, encoding }
  const { dataPage } = readDataPage(values, header as Parameters<typeof readDataPage>[1], decoder)
  return codesOf(convert(dataPage, decoder), target)
}

const PLAIN_HEADER = { definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' }

function codesOf(values: DecodedArray, target: ColumnTarget): Uint32Array {
  const codes = new Uint32Array(values.length)
  for (let index = 0; index < values.length; index++) codes[index] = target.codeOf(values[index])
  return codes
}

function place(codes: Uint32Array, page: OpenPage, target: ColumnTarget, first: number): void {
  const { present, rowCount } = page
  if (!present) {
    target.codes.set(codes, first)
    return
  }
  const missing = target.codeOf(null)
  for (let row = 0, next = 0; row < rowCount; row++)
    target.codes[first + row] = present[row] ? codes[next++]! : missing
}

/** Small integers as runs and packed bits (Encodings.md, "RLE/Bit-Packing Hybrid"). @throws when there are too few */
function readRuns(bytes: Uint8Array, width: number, count: number): Uint32Array {
  const output = new Uint32Array(count)
  if (width === 0) return output
  const mask = 2 ** width - 1
  let at = 0
  for (let done = 0; done < count;) {
    let [header, shift, byte] = [0, 0, 0x80]
    for (; byte & 0x80; shift += 7) {
      byte = bytes[at++] ?? -1
      checked(byte, shift < 28 ? 0xff : 0x0f)
      header |= (byte & 0x7f) << shift
    }
    const length = Math.min((header >>> 1) * (header & 1 ? 8 : 1), count - done)
    if (header & 1) {
      const next = at + (header >>> 1) * width
      let [held, bits] = [0, 0]
      for (const end = done + length; done < end; done++) {
        for (; bits < width; bits += 8) held |= checked(bytes[at++] ?? -1, 0xff) << bits
        output[done] = held & mask
        held >>>= width
        bits -= width
      }
      at = next
    } else {
      let value = 0
      for (let bits = 0; bits < width; bits += 8) value |= checked(bytes[at++] ?? -1, 0xff) << bits
      output.fill(value, done, done + length)
      done += length
    }
  }
  return output
}
