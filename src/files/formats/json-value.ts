import type { TypedCell } from './grid.ts'
import { numberText } from './typed-text.ts'

export type JsonRecord = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member of an object that comes from a file: never one that it inherits, such as "constructor". */
export const member = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** A member as text; numbers as they are written, anything else as null. */
export function textMember(value: unknown, key: string): string | null {
  const found = member(value, key)
  if (typeof found === 'string') return found
  return typeof found === 'number' ? String(found) : null
}

/** A number of a file as a cell: its text has a decimal comma. One too large to be held is text, which is no figure. */
export const numberCell = (number: number): TypedCell | string =>
  Number.isFinite(number) ? { text: numberText(number), number } : String(number)
