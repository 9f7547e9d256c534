import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

/** The object that `lage inspect --json` prints. */
export interface Inspected {
  readonly files: readonly Record<string, unknown>[]
  readonly findings: readonly Record<string, unknown>[]
  readonly areas: {
    /** A count, or the codes. */
    readonly matched: number | readonly string[]
    readonly unmatched: readonly {
      readonly value: string
      readonly suggestions: readonly unknown[]
    }[]
  }
  readonly observations: number
  readonly readings: readonly Record<string, unknown>[]
  readonly boundaries: readonly Record<string, unknown>[]
}

export const NOTHING_INSPECTED: Inspected = {
  ...{ files: [], findings: [], readings: [], boundaries: [], observations: -1 },
  areas: { matched: -1, unmatched: [] },
}

/** Fields that an object must have; a list in the place of a plain value means any of these. */
type Fields = Readonly<Record<string, unknown>>

/**
 * What a file means. Everything is a subset: what is not named is not tested. README.md beside the fixtures tells
 * how they are written.
 */
export interface Expected {
  /** In order. */
  readonly files?: readonly Fields[]
  /** Each must occur; `says`: words that its message has. */
  readonly findings?: readonly (Fields & { readonly says?: readonly string[] })[]
  /** Severities of which there is no finding but those named. */
  readonly noOther?: readonly string[]
  readonly areas?: {
    readonly matched?: number
    /** Each must occur; `suggests`: codes that are among its suggestions. */
    readonly unmatched?: readonly {
      readonly value: string
      readonly suggests?: readonly string[]
    }[]
    readonly unmatchedComplete?: boolean
  }
  readonly observations?: number
  readonly readings?: readonly Fields[]
  readonly readingsComplete?: boolean
  /** Fields that no reading has together. */
  readonly notReadings?: readonly Fields[]
  /** Centroids ±0.0001 degrees, areas ±0.5 %, neighbours in any order. */
  readonly boundaries?: readonly Fields[]
  readonly boundariesComplete?: boolean
  /** Texts that occur nowhere in what is printed. */
  readonly absent?: readonly string[]
}

const FOLDER = 'tests/fixtures/import'
const SUFFIX = '.expected.json'

const EXPECTED_KEYS = [
  ...['files', 'findings', 'noOther', 'areas', 'observations', 'readings', 'readingsComplete'],
  ...['notReadings', 'boundaries', 'boundariesComplete', 'absent'],
]

export interface ImportFixture {
  readonly name: string
  readonly bytes: Uint8Array
  readonly expected: Expected
}

/**
 * Every file of the folder with its expected reading beside it.
 * @throws Error when one of a pair is missing, or an expectation has a key that nobody reads
 */
export function importFixtures(): ImportFixture[] {
  const names = readdirSync(FOLDER).filter((name) => !/^\.|\.ts$|^README\.md$/.test(name))
  const fixtures = names.filter((name) => !name.endsWith(SUFFIX))
  for (const name of names)
    if (name.endsWith(SUFFIX) && !fixtures.includes(name.slice(0, -SUFFIX.length)))
      throw new Error(`${name} has no file beside it`)
  return fixtures.map((name) => {
    const expected = JSON.parse(readFileSync(join(FOLDER, name + SUFFIX), 'utf8')) as Expected
    for (const key of Object.keys(expected))
      if (!EXPECTED_KEYS.includes(key)) throw new Error(`${name}${SUFFIX}: nobody reads "${key}"`)
    return { name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))), expected }
  })
}

/** What differs between what a file means and what was read, a line each. */
export function differences(expected: Expected, actual: Inspected): string[] {
  return [
    ...filesDiffer(expected, actual),
    ...findingsDiffer(expected, actual),
    ...areasDiffer(expected, actual),
    ...('observations' in expected && expected.observations !== actual.observations
      ? [`observations: ${actual.observations}, not ${expected.observations}`]
      : []),
    ...listDiffers(expected.readings, actual.readings, {
      ...{ what: 'reading', keys: ['area', 'period', 'sex'] },
      isComplete: expected.readingsComplete ?? false,
    }),
    ...(expected.notReadings ?? []).flatMap((fields) => {
      const found = actual.readings.find((reading) => hasFields(reading, fields))
      return found ? [`must not be read: ${short(found)}`] : []
    }),
    ...listDiffers(expected.boundaries, actual.boundaries, {
      ...{ what: 'boundary', keys: ['code', 'name'] },
      isComplete: expected.boundariesComplete ?? false,
    }),
    ...absentDiffer(expected, actual),
  ]
}

function filesDiffer({ files = [] }: Expected, actual: Inspected): string[] {
  return files.flatMap((fields, index) => {
    const file = actual.files[index]
    if (!file) return [`file ${index + 1} is not there`]
    return Object.keys(fields)
      .filter((key) => !isAlike(file[key], fields[key], key))
      .map((key) => `${key}: ${short(file[key])}, not ${short(fields[key])}`)
  })
}

function findingsDiffer({ findings = [], noOther = [] }: Expected, actual: Inspected): string[] {
  const spoken = new Set<unknown>()
  const missing = findings.filter(({ says = [], ...fields }) => {
    const found = actual.findings.filter(
      (finding) =>
        hasFields(finding, fields) && says.every((word) => String(finding.message).includes(word)),
    )
    for (const finding of found) spoken.add(finding)
    return found.length === 0
  })
  const others = actual.findings.filter(
    (finding) => noOther.includes(String(finding.severity)) && !spoken.has(finding),
  )
  return [
    ...missing.map((finding) => `no finding ${short(finding)}`),
    ...others.map((finding) => `finding too many: ${short(finding)}`),
  ]
}

function areasDiffer({ areas = {} }: Expected, { areas: actual }: Inspected): string[] {
  const matched = typeof actual.matched === 'number' ? actual.matched : actual.matched.length
  const lines =
    areas.matched === undefined || areas.matched === matched
      ? []
      : [`areas matched: ${matched}, not ${areas.matched}`]
  const { unmatched = [], unmatchedComplete = false } = areas
  for (const { value, suggests = [] } of unmatched) {
    const found = actual.unmatched.find((area) => area.value === value)
    const suggestions = JSON.stringify(found?.suggestions)
    if (!found) lines.push(`"${value}" is not among the unmatched areas`)
    else if (!suggests.every((code) => suggestions.includes(`"${code}"`)))
      lines.push(`"${value}": suggestions ${suggestions}, not ${short(suggests)}`)
  }
  if (unmatchedComplete)
    for (const { value } of actual.unmatched)
      if (!unmatched.some((area) => area.value === value)) lines.push(`"${value}" is unmatched`)
  return lines
}

interface ListOptions {
  readonly what: string
  readonly isComplete: boolean
  /** What tells which of the others was meant. */
  readonly keys: readonly string[]
}

function listDiffers(
  expected: readonly Fields[] = [],
  actual: readonly Fields[],
  { what, isComplete, keys }: ListOptions,
): string[] {
  const left = [...actual]
  const missing = expected.filter((fields) => {
    const index = left.findIndex((item) => hasFields(item, fields))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  const lines = missing.map((fields) => {
    const index = left.findIndex((item) => keys.every((key) => item[key] === fields[key]))
    const instead = index < 0 ? '' : `; instead ${short(left[index])}`
    if (index >= 0) left.splice(index, 1)
    return `no ${what} ${short(fields)}${instead}`
  })
  return isComplete ? [...lines, ...left.map((item) => `${what} too many: ${short(item)}`)] : lines
}

function absentDiffer({ absent = [] }: Expected, actual: Inspected): string[] {
  const texts = textsOf(actual)
  return absent.flatMap((word) => {
    const found = texts.find((text) => text.toLowerCase().includes(word.toLowerCase()))
    return found === undefined ? [] : [`"${word}" is printed: ${short(found)}`]
  })
}

/** Every text, key and number of what is printed. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)])
  return [String(value)]
}

function hasFields(actual: Fields, fields: Fields): boolean {
  return Object.keys(fields).every((key) => isAlike(actual[key], fields[key], key))
}

function isAlike(actual: unknown, expected: unknown, key: string): boolean {
  if (key === 'centroid' && isNumbers(actual) && isNumbers(expected))
    return expected.every((degrees, index) => Math.abs(degrees - actual[index]!) <= 1e-4)
  if (key === 'neighbours' && Array.isArray(actual) && Array.isArray(expected))
    return isDeepStrictEqual([...actual].sort(), [...expected].sort())
  if (key === 'columns') return isDeepStrictEqual(actual, expected)
  if (Array.isArray(expected)) return expected.some((one) => isAlike(actual, one, key))
  if (typeof actual !== 'number' || typeof expected !== 'number')
    return (actual ?? null) === expected
  const tolerance = key === 'areaKm2' ? 0.005 : 1e-9
  return Math.abs(actual - expected) <= tolerance * Math.max(Math.abs(expected), 1e-9)
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number')

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 320 ? `${text.slice(0, 320)}…` : text
}
