import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { decodeText } from '../../src/files/formats/decode-text.ts'
import type { TextEncodingName } from '../../src/files/formats/dropped-file.ts'
import { encodeText } from '../../tests/support/encode-text.ts'
import type { Random } from '../synthesise/random.ts'
import { pick, upTo } from './random-table.ts'
import { joined } from '../../tests/support/damaged-bytes.ts'

/** A file with one to three damages of any kind: to its bytes, its text, its JSON, or what is packed inside it. */
export function damageFile(random: Random, bytes: Uint8Array): Uint8Array {
  let damaged = bytes
  // One damage most often: of several, one may hide what another does.
  for (let times = random() < 0.7 ? 1 : 1 + upTo(random, 2); times > 0; times--)
    damaged = damagedOnce(random, damaged)
  return damaged
}

function damagedOnce(random: Random, bytes: Uint8Array): Uint8Array {
  if (isZip(bytes))
    return random() < 0.3 ? damagedBytes(random, bytes) : damagedInside(random, bytes)
  if (!isText(bytes) || random() < 0.1) return damagedBytes(random, bytes)
  const { text, encoding } = decodeText(bytes)
  if (random() < 0.05) return mixedEncodings(random, text)
  const json = random() < 0.6 ? parsed(text) : undefined
  if (typeof json === 'object' && json !== null) {
    damageValue(random, json)
    return encoded(JSON.stringify(json), encoding)
  }
  return encoded(damagedText(random, text), encoding)
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function isText(bytes: Uint8Array): boolean {
  const start = strFromU8(bytes.subarray(0, 16), true)
  return !/^(PAR1|SQLite|\0\0'\n)/.test(start)
}

/** A letter that the encoding lacks is damage too. */
function encoded(text: string, encoding: TextEncodingName): Uint8Array {
  try {
    return encodeText(text, encoding)
  } catch {
    return encodeText(text, 'utf-8')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Bytes

function damagedBytes(random: Random, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(upTo(random, 255))
  const at = upTo(random, bytes.length - 1)
  const length = 1 + upTo(random, random() < 0.7 ? 3 : 60)
  const end = Math.min(bytes.length, at + length)
  const other = upTo(random, bytes.length - 1)
  const before = bytes.subarray(0, at)
  const after = bytes.subarray(end)
  const some = Uint8Array.from({ length }, () => upTo(random, 255))
  switch (upTo(random, 6)) {
    case 0:
      return bytes.with(at, bytes[at]! ^ (1 << upTo(random, 7)))
    case 1:
      return bytes.with(at, pick(random, [0, 0xff, 0x22, 0x0a, 0x3b, 0x2c, upTo(random, 255)]))
    case 2:
      return joined(before, some, bytes.subarray(at))
    case 3:
      return joined(before, after)
    case 4:
      return bytes.slice(0, at)
    case 5:
      // A block written twice, over what stood there.
      return joined(before, bytes.subarray(other, other + length), after)
    default:
      return swapped(bytes, Math.min(at, other), Math.max(at, other), length)
  }
}

function swapped(bytes: Uint8Array, first: number, second: number, length: number): Uint8Array {
  const size = Math.min(length, second - first, bytes.length - second)
  return joined(
    bytes.subarray(0, first),
    bytes.subarray(second, second + size),
    bytes.subarray(first + size, second),
    bytes.subarray(first, first + size),
    bytes.subarray(second + size),
  )
}

/** The beginning in one encoding and the rest in another, as when two exports are pasted together. */
function mixedEncodings(random: Random, text: string): Uint8Array {
  const at = upTo(random, text.length)
  const some = (): TextEncodingName =>
    pick(random, ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'])
  return joined(encoded(text.slice(0, at), some()), encoded(text.slice(at), some()))
}

// ---------------------------------------------------------------------------------------------------------------
// Zips

/** Of a member of a fixture, with room to spare. Bytes. */
const MOST_UNPACKED = 1_000_000

/** One member damaged, and the zip made whole around it. */
function damagedInside(random: Random, bytes: Uint8Array): Uint8Array {
  let members: Record<string, Uint8Array>
  try {
    // What was damaged before may claim any size.
    members = unzipSync(bytes, { filter: ({ originalSize }) => originalSize < MOST_UNPACKED })
  } catch {
    return damagedBytes(random, bytes)
  }
  const names = Object.keys(members)
  const telling = names.filter((name) => TELLING.test(name))
  const name = pick(random, telling.length > 0 && random() < 0.85 ? telling : names)
  if (name === undefined) return damagedBytes(random, bytes)
  const member = members[name]!
  const action = random()
  if (action < 0.05) Reflect.deleteProperty(members, name)
  else if (MARKUP.test(name) && action < 0.9)
    members[name] = strToU8(damagedMarkup(random, strFromU8(member)))
  else members[name] = damagedOnce(random, member)
  return zipSync(members, { level: random() < 0.5 ? 0 : 6 })
}

/** Members that hold cells or shapes, or say what cells are. */
const TELLING =
  /sheet\d*\.xml$|sharedStrings\.xml$|styles\.xml$|workbook\.xml$|content\.xml$|\.(csv|txt|json|shp|shx|dbf|prj|cpg)$/i
const MARKUP = /\.(xml|rels)$/i

const ATTRIBUTE_VALUES =
  '0 -1 1 2 99999999 1048577 1e9 A1 A0 ZZZ9999999 B3:B1 A1:XFD1048576 s n e b str d inlineStr date percentage float NaN x'.split(
    ' ',
  )

function damagedMarkup(random: Random, text: string): string {
  const tags = [...text.matchAll(/<[^<>]*>/g)]
  const tag = tags.length === 0 ? undefined : pick(random, tags)
  if (tag === undefined || random() < 0.3) return damagedText(random, text)
  const at = tag.index
  const [before, after] = [text.slice(0, at), text.slice(at + tag[0].length)]
  switch (upTo(random, 3)) {
    case 0:
      return before + after
    case 1:
      return before + tag[0] + tag[0] + after
    case 2: {
      const changed = tag[0].replace(/"[^"]*"/, () => `"${pick(random, ATTRIBUTE_VALUES)}"`)
      return before + changed + after
    }
    default: {
      // What stands between two tags: a figure, a text.
      const end = after.indexOf('<')
      return end < 0 ? before : before + tag[0] + pick(random, FIELDS) + after.slice(end)
    }
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Text

const CHARACTERS = [
  ...'0123456789,.;:|\t \n\r"\'-+*<>=@%()/\\{}[]eEåÄöKM',
  ...['\u0000', '\uFEFF', '\uFFFD', '\u00a0', '\u202f', '\u2212', '–', '…', '\u0301', '\u200b'],
]

/** What may stand in a cell, or stray into one. */
const FIELDS = [
  ...['', ' ', '..', '.', '-', '–', '…', '<5', '1–4', '0', '-1', '00012', '1e5', '1E999', '#N/A'],
  ...['1 234', '1\u00a0234', '1.234', '1,234', '1.234,5', '1,234.5', '12,5', '12.5', '12,5 %'],
  ...['cirka 40', '12*', '3 (5)', '2024', '2024-03', '2023/24', 'mars', 'v 53', '2024-02-30'],
  ...['Totalt', 'Summa', 'Umeå', 'Ålidhem', 'Alidhem', '2480R041', '2480', '0180', 'K', 'Kvinnor'],
  ...[
    'Källa: SCB',
    '* preliminärt',
    'Område',
    'Antal',
    'År',
    '=1+1',
    '@SUM(A1)',
    '<b>',
    '{}',
    'null',
  ],
  ...[
    '19121212-1212',
    '070-174 06 05',
    'a@example.se',
    '9'.repeat(400),
    '"',
    '""',
    'x'.repeat(5000),
  ],
  ...['"a;b"', '"två\nrader"', '5" rör', '"Teg" x', ' "12"', '"12" ', '"1 ""2"""', ';'.repeat(300)],
]

function damagedText(random: Random, text: string): string {
  const at = upTo(random, text.length)
  const lines = text.split('\n')
  const line = upTo(random, lines.length - 1)
  const other = upTo(random, lines.length - 1)
  const changeLine = (change: (line: string) => string): string =>
    lines.with(line, change(lines[line]!)).join('\n')
  switch (upTo(random, 21)) {
    case 0:
      return text.slice(0, at) + pick(random, CHARACTERS) + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + upTo(random, 3))
    case 2:
      return text.slice(0, at) + pick(random, CHARACTERS) + text.slice(at + 1)
    case 3:
      return text.slice(0, at)
    case 4:
      return lines.toSpliced(line, 1 + upTo(random, 1)).join('\n')
    case 5:
      return lines.toSpliced(line, 0, lines[other]!).join('\n')
    case 6:
      return lines.with(line, lines[other]!).with(other, lines[line]!).join('\n')
    case 7:
      return changeLine((one) => one.replace(/\d/g, () => String(upTo(random, 9))))
    case 8: {
      // The delimiter of a line, or of the file, is another.
      const [from, to] = [pick(random, [...';,\t|']), pick(random, [...';,\t| '])]
      return random() < 0.7
        ? changeLine((one) => one.replaceAll(from, to))
        : text.replaceAll(from, to)
    }
    case 9:
      return text.slice(0, at) + pick(random, ['"', '""', '"\n', '";"']) + text.slice(at)
    case 10:
      return changeLine((one) => one.replace(/[.,]/, (sign) => (sign === ',' ? '.' : ',')))
    case 11:
      return text.replace(/\r?\n/g, () => pick(random, ['\r\n', '\n', '\r']))
    case 12:
      return text.slice(0, at) + text.slice(at).replace(/\r?\n/, '')
    case 13:
      return text.slice(0, at) + text.slice(upTo(random, text.length), at + 40) + text.slice(at)
    case 14:
      // All fields in quotes, in one line or in all.
      return random() < 0.5 ? changeLine(quotedFields) : lines.map(quotedFields).join('\n')
    case 15:
      return changeLine((one) => pick(random, [...';,\t|']).repeat(upTo(random, 2000)) + one)
    default:
      return changeLine((one) => withOtherField(random, one))
  }
}

/** One field of a line is something else, the others are as they were. */
const withOtherField = (random: Random, line: string): string =>
  changedFields(line, (fields) =>
    fields.with(upTo(random, fields.length - 1), pick(random, FIELDS)),
  )

const quotedFields = (line: string): string =>
  changedFields(line, (fields) => fields.map((field) => `"${field.replaceAll('"', '""')}"`))

function changedFields(
  line: string,
  change: (fields: readonly string[]) => readonly string[],
): string {
  const ending = line.endsWith('\r') ? '\r' : ''
  const body = ending === '' ? line : line.slice(0, -1)
  const delimiter = [';', '\t', '|', ','].find((sign) => body.includes(sign)) ?? ';'
  return change(body.split(delimiter)).join(delimiter) + ending
}

// ---------------------------------------------------------------------------------------------------------------
// JSON

const VALUES: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, 12.5, '', ' ', '..', 'x', '2024-13', '2024', '2480', '0', 'T'],
  ...[[], [[]], {}, { id: 'x' }, ['x', 'x'], 'a'.repeat(300), '__proto__', '\u0000', 1e15, -0.5],
  ...[{ type: 'GeometryCollection', geometries: [{}] }, { coordinates: [] }, { type: 'Polygon' }],
]

/** Walks to some place in a JSON value and replaces, removes, adds or doubles what is there. */
function damageValue(random: Random, root: object): void {
  let holder = root as Record<string, unknown>
  for (;;) {
    const keys = Object.keys(holder)
    if (keys.length === 0) return
    const key = pick(random, keys)
    const value = holder[key]
    if (typeof value === 'object' && value !== null && random() < 0.9) {
      holder = value as Record<string, unknown>
      continue
    }
    const action = upTo(random, 5)
    if (action === 0 && Array.isArray(holder)) holder.splice(Number(key), 1)
    else if (action === 0) Reflect.deleteProperty(holder, key)
    else if (action === 1 && Array.isArray(holder)) holder.push(structuredClone(value))
    else if (action === 2) holder[key] = structuredClone(holder[pick(random, keys)])
    else if (action === 3 && typeof value === 'number')
      holder[key] = value + pick(random, [-1, 1, 0.5])
    else if (action === 4 && typeof value === 'number') holder[key] = String(value)
    else holder[key] = structuredClone(pick(random, VALUES))
    return
  }
}
