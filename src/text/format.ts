import type { Interval } from '../core/cell.ts'
import { kindOf, periodStart, type PeriodCode } from '../core/period.ts'

/** No-break space: between thousands, and before a unit. */
export const NBSP = '\u00a0'
const MINUS = '\u2212'

const formatters = new Map<number, Intl.NumberFormat>()

/**
 * A number as Swedes write it: "1 234,5", "−0,3". Thousands by no-break space, U+2212 as minus, never "−0".
 * @param decimals fixed number of decimals
 */
export function formatNumber(value: number, decimals = 1): string {
  let formatter = formatters.get(decimals)
  if (!formatter) {
    formatter = new Intl.NumberFormat('sv-SE', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: true,
      signDisplay: 'negative',
    })
    formatters.set(decimals, formatter)
  }
  return formatter
    .format(value)
    .replace(/[\s\u202f]/g, NBSP)
    .replace('-', MINUS)
}

/** As `formatNumber` with an explicit sign: "+2,1", "−0,3", "0,0". */
export function formatSigned(value: number, decimals = 1): string {
  const text = formatNumber(value, decimals)
  return value > 0 && !/^[0,\s]*$/.test(text) ? `+${text}` : text
}

/** Adds the unit: "12,5 %", "3,1 per 1 000", "12" for plain counts. */
export function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text}${NBSP}${unit}`
}

/** "9,8–20,3"; with a minus inside, "−1,2 till 0,4" so that the dash is not read as a sign. */
export function formatInterval(interval: Interval, decimals = 1): string {
  const lower = formatNumber(interval.lower, decimals)
  const upper = formatNumber(interval.upper, decimals)
  return interval.lower < 0 ? `${lower} till ${upper}` : `${lower}–${upper}`
}

/** ISO date to "3 november 2026". */
export function formatDate(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number)
  if (!year || !month || !day) return iso
  return `${day} ${MONTHS[month - 1]} ${year}`
}

/** Bytes as "34 kB", "7,6 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes}${NBSP}byte`
  if (bytes < 1e6) return `${formatNumber(bytes / 1000, 0)}${NBSP}kB`
  return `${formatNumber(bytes / 1e6, 1)}${NBSP}MB`
}

const MONTHS = [
  'januari', 'februari', 'mars', 'april', 'maj', 'juni',
  'juli', 'augusti', 'september', 'oktober', 'november', 'december',
] // prettier-ignore

/** A period in words: "2024", "kvartal 4 2025", "hösten 2025", "läsåret 2023/24", "mars 2024", "vecka 53 2020". */
export function periodInWords(code: PeriodCode): string {
  const year = code.slice(0, 4)
  switch (kindOf(code)) {
    case 'half-year':
      return `${code.endsWith('1') ? 'första' : 'andra'} halvåret ${year}`
    case 'school-year':
      return `läsåret ${code}`
    case 'term':
      return `${code.endsWith('VT') ? 'våren' : 'hösten'} ${year}`
    case 'quarter':
      return `kvartal ${code.slice(-1)} ${year}`
    case 'month':
      return `${MONTHS[periodStart(code).month - 1]} ${year}`
    case 'week':
      return `vecka ${Number(code.slice(-2))} ${year}`
    default:
      return code
  }
}

/** A period for an axis: "2024", "kv 4 25", "ht 25", "23/24", "mar 24", "v 53 20". */
export function periodShort(code: PeriodCode): string {
  const year = code.slice(2, 4)
  switch (kindOf(code)) {
    case 'half-year':
      return `h${code.slice(-1)} ${year}`
    case 'school-year':
      return code.slice(2)
    case 'term':
      return `${code.endsWith('VT') ? 'vt' : 'ht'} ${year}`
    case 'quarter':
      return `kv ${code.slice(-1)} ${year}`
    case 'month':
      return `${MONTHS[periodStart(code).month - 1]!.slice(0, 3)} ${year}`
    case 'week':
      return `v ${Number(code.slice(-2))} ${year}`
    default:
      return code
  }
}

/** Area names get an en dash between joined names: "Berghem norra–Fridhem". */
export function areaName(name: string): string {
  return name.replace(/(\p{Ll})-(\p{L})/gu, '$1–$2')
}

const collator = new Intl.Collator('sv')

/** Swedish alphabetical order: å, ä, ö last. */
export function compareSwedish(a: string, b: string): number {
  return collator.compare(a, b)
}

/** "a", "a och b", "a, b och c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} och ${items.at(-1)!}`
}

/** As it stands at the head of a sentence. */
export const capital = (text: string): string =>
  text.charAt(0).toLocaleUpperCase('sv') + text.slice(1)

/** As it stands within a sentence; abbreviations stay as they are. */
export const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
