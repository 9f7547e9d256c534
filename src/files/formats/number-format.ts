import type { DateParts } from './typed-text.ts'

/** What a number format makes of a number, as far as a reader of tables needs to know. */
export type NumberFormatKind =
  | 'number'
  | 'percent'
  /** Leading zeros: the digits are a code. */
  | 'code'
  /** Hours beyond 24, as "[h]:mm". */
  | 'duration'
  /** Words or a sign instead of the number, as "<5" of `[<5]"<5";0`. */
  | 'mark'
  | DateParts

interface Section {
  readonly holds: ((value: number) => boolean) | null
  readonly kind: NumberFormatKind
}

/**
 * Reads a number format of a spreadsheet (ECMA-376 part 1 § 18.8.31), such as "0.0%", "0000" or "yyyy\-mm\-dd;@".
 * @returns what it makes of a number
 */
export function readNumberFormat(format: string): (value: number) => NumberFormatKind {
  const sections = (format.match(SECTION) ?? []).slice(0, 3).map(sectionOf)
  const [first, second, third] = sections
  if (!first || !second) return () => first?.kind ?? 'number'
  if (first.holds ?? second.holds)
    return (value) =>
      (first.holds ?? isPositive)(value)
        ? first.kind
        : !third || (second.holds ?? isNegative)(value)
          ? second.kind
          : third.kind
  return (value) => (value < 0 ? second.kind : value === 0 && third ? third.kind : first.kind)
}

const isPositive = (value: number): boolean => value > 0
const isNegative = (value: number): boolean => value < 0

/** Up to a semicolon that is neither quoted nor escaped. */
const SECTION = /(?:"[^"]*"?|[\\_*][^]|[^;"\\_*])+/g
const LITERAL = /"([^"]*)"?|[\\_*]([^])/g
const CONDITION = /\[(<=|>=|<>|<|>|=)(-?\d+(?:[.,]\d+)?)\]/

function sectionOf(section: string): Section {
  const condition = CONDITION.exec(section)
  const limit = Number(condition?.[2]?.replace(',', '.'))
  const holds = condition ? (value: number) => COMPARISONS[condition[1]!]!(value, limit) : null
  return { holds, kind: kindOf(section) }
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '>': (value, limit) => value > limit,
  '<=': (value, limit) => value <= limit,
  '>=': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
  '<>': (value, limit) => value !== limit,
}

function kindOf(section: string): NumberFormatKind {
  if (/general|standard|@/i.test(section)) return 'number'
  const signs = section.replace(LITERAL, '').replace(/am\/pm|a\/p/gi, 'h')
  if (/\[(h+|m+|s+)\]/i.test(signs)) return 'duration'
  const bare = signs.replace(/\[[^\]]*\]/g, '')
  if (/[ymdhs]/i.test(bare)) return datePartsOf(bare.toLowerCase())
  if (bare.includes('%')) return 'percent'
  if (/^[ \-/:]*0[0 \-/:]*0[ \-/:]*$/.test(bare)) return 'code'
  return !/[0#?]/.test(bare) && isMark(section) ? 'mark' : 'number'
}

/** A lone dash, or nothing, is how zeros are often shown; they are zeros still. */
function isMark(section: string): boolean {
  const shown = section
    .replace(/\[[^\]]*\]/g, '')
    .replace(/[_*][^]/g, '')
    .replace(/"([^"]*)"?|\\([^])/g, '$1$2')
  return !/^[\s\-–—−]*$/.test(shown)
}

function datePartsOf(signs: string): DateParts {
  const [hasYear, hasMonth, hasDay] = ['y', 'm', 'd'].map((sign) => signs.includes(sign))
  const hasTime = /[hs]/.test(signs)
  if (hasDay) return hasTime ? 'date-time' : 'date'
  if (hasTime) return hasYear ? 'date-time' : 'time'
  return hasMonth ? 'month' : 'year'
}
