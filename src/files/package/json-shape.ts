import type { Finding } from '../../core/finding.ts'
import { findJsonFault } from '../json-fault.ts'

/*
 * What JSON files of a package must look like, said by small checks that are put together. A check throws a Fault at
 * the first value that is not as it should be; `findingOf` makes a finding of it.
 */

/** What is wrong with a file, and at which place of it, e.g. "indicators[3].plan.levels". */
export class Fault extends Error {
  constructor(
    readonly code: string,
    readonly place: string | null,
    readonly offending: unknown = null,
    readonly parameters: Readonly<Record<string, string | number>> = {},
    readonly row: number | null = null,
  ) {
    super(code)
  }
}

/** The finding of a fault. @throws what is no Fault, as it was */
export function findingOf(fault: unknown, file: string): Finding {
  if (!(fault instanceof Fault)) throw fault
  const { code, place, offending, parameters, row } = fault
  const text = offending === null ? null : String(offending).slice(0, 80)
  return { severity: 'error', code, file, row, column: place, text, parameters }
}

/** @throws Fault when the text is too long or is no JSON; then with the line and the character */
export function parseJson(text: string, maximumLength: number): unknown {
  if (text.length > maximumLength)
    throw new Fault('package-too-large', null, null, { found: text.length, maximum: maximumLength })
  try {
    return JSON.parse(text) as unknown
  } catch {
    const at = findJsonFault(text)
    throw new Fault('package-json', null, null, { column: at?.column ?? 1 }, at?.line ?? 1)
  }
}

/** Looks at one value of a file. @throws Fault */
export type Check = (value: unknown, place: string) => void

/** @param expected what stands there when all is well, as a key of the words in the findings' texts */
export const is =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (value, place) => {
    if (holds(value)) return
    const found = typeof value === 'object' ? (Array.isArray(value) ? '[…]' : '{…}') : value
    throw new Fault(
      value === undefined ? 'package-missing-field' : 'package-type',
      place,
      value === undefined ? null : found,
      { expected },
    )
  }

export const text = is('text', (value) => typeof value === 'string')
export const name = is('text', (value) => typeof value === 'string' && value.trim() !== '')
/** Identifiers stand in file names, rows and the URL. */
export const identifier = is(
  'id',
  (value) => typeof value === 'string' && /^[^\s",/\\&=#]+$/.test(value),
)
export const boolean = is('boolean', (value) => typeof value === 'boolean')
/** Whatever a date can be made of: an ISO instant. */
export const instant = is(
  'date',
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
)
export const count = is('count', (value) => Number.isSafeInteger(value) && (value as number) >= 0)
export const checksum = is(
  'sha256',
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
)
/** Inside the package's own folder: neither another host nor a way up. */
export const path = is(
  'path',
  (value) =>
    typeof value === 'string' &&
    /^[\p{L}\p{N}_.-]+(\/[\p{L}\p{N}_.-]+)*$/u.test(value) &&
    !value.split('/').includes('..'),
)
export const oneOf = (...values: readonly unknown[]): Check =>
  is(values.join(' | '), (value) => values.includes(value))
export const orNull =
  (check: Check): Check =>
  (value, place) => {
    if (value !== null) check(value, place)
  }
export const optional =
  (check: Check): Check =>
  (value, place) => {
    if (value !== undefined) check(value, place)
  }
export const list =
  (check: Check, atLeast = 0): Check =>
  (value, place) => {
    is('list', Array.isArray)(value, place)
    const items = value as unknown[]
    if (items.length < atLeast) throw new Fault('package-empty-list', place)
    items.forEach((item, index) => check(item, `${place}[${index}]`))
  }
export const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, place) => {
    is('object', (it) => typeof it === 'object' && it !== null && !Array.isArray(it))(value, place)
    for (const [field, check] of Object.entries(fields))
      check((value as Record<string, unknown>)[field], place === '' ? field : `${place}.${field}`)
  }

/** The items by key. @throws Fault at the first key that occurs twice */
export function unique<Item>(
  items: readonly Item[],
  place: string,
  keyOf: (item: Item) => string,
): Map<string, Item> {
  const byKey = new Map<string, Item>()
  items.forEach((item, index) => {
    const key = keyOf(item)
    if (byKey.has(key)) throw new Fault('package-duplicate', `${place}[${index}]`, key)
    byKey.set(key, item)
  })
  return byKey
}
