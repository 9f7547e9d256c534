/**
 * Periods in canonical form: 2024 · 2024-H1 · 2023/24 (läsår) · 2024-VT/2024-HT · 2024-K1 ·
 * 2024-03 · 2020-W53 (ISO week).
 */
export type PeriodCode = string

export const PERIOD_KINDS = [
  'week',
  'month',
  'quarter',
  'term',
  'half-year',
  'school-year',
  'year',
] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

export interface CalendarDay {
  readonly year: number
  /** 1 … 12. */
  readonly month: number
  /** 1 … 31. */
  readonly day: number
}

/** How many periods of a kind begin in one year; weeks have a line of their own, and make no whole years. */
export const PARTS_PER_YEAR = {
  month: 12,
  quarter: 4,
  term: 2,
  'half-year': 2,
  'school-year': 1,
  year: 1,
} as const satisfies Record<Exclude<PeriodKind, 'week'>, number>

/**
 * What each kind nests into. Terms split the year at midsummer (VT January–June, HT July–December) and a
 * läsår is a HT with the following VT, so calendar parts nest into both. Equal lengths never convert.
 */
const CONTAINERS: Record<PeriodKind, readonly PeriodKind[]> = {
  week: ['year'],
  month: ['quarter', 'term', 'half-year', 'school-year', 'year'],
  quarter: ['term', 'half-year', 'school-year', 'year'],
  term: ['school-year', 'year'],
  'half-year': ['school-year', 'year'],
  'school-year': [],
  year: [],
}

const FIRST_YEAR = 1000
const LAST_YEAR = 9999
const MILLISECONDS_PER_DAY = 86_400_000

/** A period as a place on its kind's line: consecutive periods have consecutive ordinals. */
interface ParsedPeriod {
  readonly kind: PeriodKind
  readonly ordinal: number
}

/** The kind of a period code; null for anything that is not canonical and possible (month 13, 2023/25). */
export function kindOf(code: string): PeriodKind | null {
  return parse(code)?.kind ?? null
}

/**
 * The first day of a period. ISO weeks start on their Monday, läsår and HT on 1 July.
 * @throws RangeError when the code is not a period
 */
export function periodStart(code: PeriodCode): CalendarDay {
  return dayOf(startDay(parsed(code)))
}

/**
 * The last day of a period, included in it.
 * @throws RangeError when the code is not a period
 */
export function periodEnd(code: PeriodCode): CalendarDay {
  return dayOf(endDay(parsed(code)))
}

/**
 * The period of the given kind that contains all of `code` (itself when it is of that kind); null where the
 * kinds do not nest. A week belongs to the year of its ISO number and to nothing else.
 * @throws RangeError when the code is not a period
 */
export function containingPeriod(code: PeriodCode, kind: PeriodKind): PeriodCode | null {
  const period = parsed(code)
  if (period.kind === kind) return code
  if (!CONTAINERS[period.kind].includes(kind)) return null
  if (period.kind === 'week') return code.slice(0, 4)
  const outer = { kind, ordinal: ordinalOfDay(startDay(period), kind) }
  return isWritable(outer) ? format(outer) : null
}

/**
 * Orders periods by their first day, then by length (shorter first), then by kind; for `Array.sort`.
 * @throws RangeError when either code is not a period
 */
export function comparePeriods(a: PeriodCode, b: PeriodCode): number {
  const first = parsed(a)
  const second = parsed(b)
  return (
    startDay(first) - startDay(second) ||
    endDay(first) - endDay(second) ||
    PERIOD_KINDS.indexOf(first.kind) - PERIOD_KINDS.indexOf(second.kind)
  )
}

/**
 * All periods of a kind from the beginning of `from` to the end of `to`, both included, in order. The ends may
 * be of any kind: months between "2018" and "2025" are 96. Only periods that fit wholly inside are listed; a year
 * means its ISO weeks when weeks are asked for.
 * @throws RangeError when either code is not a period
 */
export function periodsBetween(kind: PeriodKind, from: PeriodCode, to: PeriodCode): PeriodCode[] {
  const first = fittingOrdinal(parsed(from), kind, 'first')
  const last = fittingOrdinal(parsed(to), kind, 'last')
  const codes: PeriodCode[] = []
  for (let ordinal = first; ordinal <= last; ordinal++) codes.push(format({ kind, ordinal }))
  return codes
}

/** The period of a kind that a day falls in; null unless the text is an existing day as YYYY-MM-DD. */
export function periodOfDate(isoDate: string, kind: PeriodKind): PeriodCode | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate)
  if (!match) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < FIRST_YEAR) return null
  const number = dayNumber(year, month, day)
  const found = dayOf(number)
  if (found.month !== month || found.day !== day) return null
  const ordinal = ordinalOfDay(number, kind)
  return isWritable({ kind, ordinal }) ? format({ kind, ordinal }) : null
}

/**
 * The period `step` places later on the line of its own kind: nextPeriod("2024-K4") is "2025-K1".
 * @throws RangeError when the code is not a period, or the result lies outside the years 1000–9999
 */
export function nextPeriod(code: PeriodCode, step = 1): PeriodCode {
  const { kind, ordinal } = parsed(code)
  const moved = { kind, ordinal: ordinal + step }
  if (!isWritable(moved)) throw new RangeError(`No period ${step} steps after ${code}`)
  return format(moved)
}

/**
 * The period `step` places earlier on the line of its own kind.
 * @throws RangeError when the code is not a period, or the result lies outside the years 1000–9999
 */
export function previousPeriod(code: PeriodCode, step = 1): PeriodCode {
  return nextPeriod(code, -step)
}

function parsed(code: PeriodCode): ParsedPeriod {
  const period = parse(code)
  if (!period) throw new RangeError(`Not a period: "${code}"`)
  return period
}

/** Codes are few and read at every choice; what is not a code is not kept. */
const known = new Map<string, ParsedPeriod>()

function parse(code: string): ParsedPeriod | null {
  const before = known.get(code)
  if (before) return before
  const period = read(code)
  if (period) known.set(code, period)
  return period
}

function read(code: string): ParsedPeriod | null {
  const match = /^(\d{4})(?:([-/])([A-Z]*)(\d*))?$/.exec(code)
  if (!match) return null
  const year = Number(match[1])
  if (year < FIRST_YEAR) return null
  const [separator, letters, digits] = [match[2], match[3], match[4]]
  if (separator === undefined) return { kind: 'year', ordinal: year }
  const number = Number(digits)
  if (separator === '/')
    return letters === '' && digits?.length === 2 && number === (year + 1) % 100
      ? { kind: 'school-year', ordinal: year }
      : null
  const part = (kind: keyof typeof PARTS_PER_YEAR, index: number, width: number) =>
    digits?.length === width && index >= 1 && index <= PARTS_PER_YEAR[kind]
      ? { kind, ordinal: year * PARTS_PER_YEAR[kind] + index - 1 }
      : null
  switch (letters) {
    case '':
      return part('month', number, 2)
    case 'K':
      return part('quarter', number, 1)
    case 'H':
      return part('half-year', number, 1)
    case 'VT':
      return part('term', 1, 0)
    case 'HT':
      return part('term', 2, 0)
    case 'W':
      return digits?.length === 2 && number >= 1 && number <= weeksInYear(year)
        ? { kind: 'week', ordinal: firstMonday(year) / 7 + number - 1 }
        : null
    default:
      return null
  }
}

function format({ kind, ordinal }: ParsedPeriod): PeriodCode {
  if (kind === 'week') {
    const monday = ordinal * 7
    const year = isoYearOf(monday)
    return `${year}-W${twoDigits((monday - firstMonday(year)) / 7 + 1)}`
  }
  const parts = PARTS_PER_YEAR[kind]
  const year = Math.floor(ordinal / parts)
  const index = ordinal - year * parts
  switch (kind) {
    case 'month':
      return `${year}-${twoDigits(index + 1)}`
    case 'quarter':
      return `${year}-K${index + 1}`
    case 'half-year':
      return `${year}-H${index + 1}`
    case 'term':
      return `${year}-${index === 0 ? 'VT' : 'HT'}`
    case 'school-year':
      return `${year}/${twoDigits((year + 1) % 100)}`
    case 'year':
      return String(year)
  }
}

function isWritable({ kind, ordinal }: ParsedPeriod): boolean {
  const year = kind === 'week' ? isoYearOf(ordinal * 7) : Math.floor(ordinal / PARTS_PER_YEAR[kind])
  return year >= FIRST_YEAR && year <= LAST_YEAR
}

/** Day number of the first day; week ordinals count Mondays, so that they are day numbers divided by 7. */
function startDay({ kind, ordinal }: ParsedPeriod): number {
  if (kind === 'week') return ordinal * 7
  if (kind === 'school-year') return dayNumber(ordinal, 7, 1)
  const parts = PARTS_PER_YEAR[kind]
  const year = Math.floor(ordinal / parts)
  return dayNumber(year, (ordinal - year * parts) * (12 / parts) + 1, 1)
}

function endDay({ kind, ordinal }: ParsedPeriod): number {
  return startDay({ kind, ordinal: ordinal + 1 }) - 1
}

function ordinalOfDay(day: number, kind: PeriodKind): number {
  if (kind === 'week') return Math.floor(day / 7)
  const { year, month } = dayOf(day)
  if (kind === 'school-year') return month >= 7 ? year : year - 1
  const parts = PARTS_PER_YEAR[kind]
  return year * parts + Math.floor(((month - 1) * parts) / 12)
}

/** The first or last period of a kind that lies wholly inside another period's days. */
function fittingOrdinal(period: ParsedPeriod, kind: PeriodKind, end: 'first' | 'last'): number {
  if (period.kind === kind) return period.ordinal
  const isoYear = kind === 'week' && period.kind === 'year'
  if (end === 'first') {
    const start = isoYear ? firstMonday(period.ordinal) : startDay(period)
    const ordinal = ordinalOfDay(start, kind)
    return startDay({ kind, ordinal }) < start ? ordinal + 1 : ordinal
  }
  const last = isoYear ? firstMonday(period.ordinal + 1) - 1 : endDay(period)
  const ordinal = ordinalOfDay(last, kind)
  return endDay({ kind, ordinal }) > last ? ordinal - 1 : ordinal
}

/** Days since Monday 29 December 1969, so that Mondays are multiples of 7. */
function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / MILLISECONDS_PER_DAY + 3
}

function dayOf(number: number): CalendarDay {
  const date = new Date((number - 3) * MILLISECONDS_PER_DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** Monday of ISO week 1, the week with 4 January in it (ISO 8601). */
function firstMonday(isoYear: number): number {
  return Math.floor(dayNumber(isoYear, 1, 4) / 7) * 7
}

/** A week belongs to the year of its Thursday (ISO 8601). */
function isoYearOf(monday: number): number {
  return dayOf(monday + 3).year
}

function weeksInYear(isoYear: number): number {
  return (firstMonday(isoYear + 1) - firstMonday(isoYear)) / 7
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
