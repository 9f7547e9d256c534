import type { DateParts } from './typed-text.ts'

/** What a spreadsheet's number format makes of a number, as far as a reader of tables needs to know. */
export type NumberFormatKind =
  | 'number'
  | 'percent'
  /** Leading zeros: the digits are a code. */
  | 'code'
  /** Hours beyond 24, as "[h]:mm". */
  | 'duration'
  | DateParts

/**
 * Reads a number format of ECMA-376 part 1 § 18.8.31, such as "0.0%", "0000" or "yyyy\-mm\-dd;@". Only its first
 * section tells what kind it is.
 */
export function numberFormatKind(format: string): NumberFormatKind {
  if (/^(general|standard|@)?$/i.test(format)) return 'number'
  const section = format
    .replace(/"[^"]*"?|\\.|_.|\*./g, '')
    .replace(/;.*$/s, '')
    .replace(/am\/pm|a\/p/gi, 'h')
  if (/\[(h+|m+|s+)\]/i.test(section)) return 'duration'
  const signs = section.replace(/\[[^\]]*\]/g, '')
  if (/[ymdhs]/i.test(signs)) return datePartsOf(signs.toLowerCase())
  if (signs.includes('%')) return 'percent'
  return /^[ \-/:]*0[0 \-/:]*0[ \-/:]*$/.test(signs) ? 'code' : 'number'
}

function datePartsOf(signs: string): DateParts {
  const [hasYear, hasMonth, hasDay] = ['y', 'm', 'd'].map((sign) => signs.includes(sign))
  const hasTime = /[hs]/.test(signs)
  if (hasDay) return hasTime ? 'date-time' : 'date'
  if (hasTime) return hasYear ? 'date-time' : 'time'
  return hasMonth ? 'month' : 'year'
}
