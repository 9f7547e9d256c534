import { kindOf, periodOfDate, type PeriodCode } from '../../core/period.ts'

export type PeriodText =
  | { readonly kind: 'period'; readonly code: PeriodCode }
  /** A month, quarter, term … without its year. */
  | { readonly kind: 'yearless'; readonly inYear: (year: number) => PeriodCode | null }
  /** "03/04/2024": the month by either order of day and month; null where there is no such day. */
  | {
      readonly kind: 'unordered'
      readonly dayFirst: PeriodCode | null
      readonly monthFirst: PeriodCode | null
    }
  /** Written as a period, but there is none such: week 53 of 2021, month 13, 30 February. */
  | { readonly kind: 'impossible' }
  | { readonly kind: 'none' }

const MONTHS = [
  /^jan(uari)?\.?$/,
  /^feb(r(uari)?)?\.?$/,
  /^mar(s)?\.?$/,
  /^apr(il)?\.?$/,
  /^maj\.?$/,
  /^jun(i)?\.?$/,
  /^jul(i)?\.?$/,
  /^aug(usti)?\.?$/,
  /^sep(t(ember)?)?\.?$/,
  /^okt(ober)?\.?$/,
  /^nov(ember)?\.?$/,
  /^dec(ember)?\.?$/,
]

const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [/^(f(ö|o)rsta|1:?a|i)$/, 1],
  [/^(andra|2:?a|ii)$/, 2],
  [/^(tredje|3:?e|iii)$/, 3],
  [/^(fj(ä|a)rde|4:?e|iv)$/, 4],
]

/** Kinds of period that are numbered within their year, by the words that name them. */
const NUMBERED: readonly (readonly [RegExp, (number: number) => string])[] = [
  [/^(kvartal(et)?|kv\.?|k|q)$/, (number) => `K${number}`],
  [/^(halv(å|a)r(et)?|h)$/, (number) => `H${number}`],
  [/^(vecka|veckan|v\.?|w)$/, (number) => `W${String(number).padStart(2, '0')}`],
  [/^(m(å|a)nad|m)$/, (number) => String(number).padStart(2, '0')],
]

const TERMS: readonly (readonly [RegExp, string])[] = [
  [/^(vt|v(å|a)rterminen|v(å|a)rtermin|v(å|a)ren)$/, 'VT'],
  [/^(ht|h(ö|o)stterminen|h(ö|o)sttermin|h(ö|o)sten)$/, 'HT'],
]

const known = new Map<string, PeriodText>()

/**
 * Reads a period as Swedish files write it, into its canonical code: 2024 · 2024-03-01 and 202403 (their month) ·
 * mars 2024 · mar-24 · v. 53 2020 · VT2024, HT 25 · 2023/24, 2023/2024 · kv 1 2024, 2024K1 · halvår 1 2024 ·
 * "första kvartalet 2024" · SCB's 2024M03. Total.
 */
export function readPeriod(text: string): PeriodText {
  const earlier = known.get(text)
  if (earlier) return earlier
  const reading = read(text)
  // Files have few periods; a column of other text is not kept.
  if (reading.kind !== 'none' && known.size < 20_000) known.set(text, reading)
  return reading
}

function read(text: string): PeriodText {
  const plain = text
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\u00a0\u202f\s]+/g, ' ')
  if (plain === '') return { kind: 'none' }
  return readDate(plain) ?? readDigits(plain) ?? readWords(plain) ?? { kind: 'none' }
}

const period = (code: string): PeriodText =>
  kindOf(code) ? { kind: 'period', code } : { kind: 'impossible' }

/** Days, whose month is meant: 2024-03-01, 2024-03-01 12:30, 2024-03-01T12:30:00Z, 20240301, 1/3 2024, 1.3.2024. */
function readDate(plain: string): PeriodText | null {
  const iso = /^(\d{4})[-/.](\d{2})[-/.](\d{2})([ t]\d{1,2}[:.]\d{2}.*)?$/.exec(plain)
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(plain)
  const match = iso ?? compact
  if (match) return dayOf(match[1]!, match[2]!, match[3]!)
  const swedish = /^(\d{1,2})\/(\d{1,2})[ -](\d{4})$/.exec(plain)
  if (swedish) return dayOf(swedish[3]!, swedish[2]!, swedish[1]!)
  const yearLast =
    /^(\d{1,2})([-/.])(\d{1,2})\2((?:18|19|20|21)\d{2})([ t]\d{1,2}[:.]\d{2}.*)?$/.exec(plain)
  if (!yearLast) return null
  const [, first, sign, second, year] = yearLast
  const dayFirst = dayOf(year!, second!, first!)
  // Nobody writes the month first with points.
  if (sign === '.' || first === second) return dayFirst
  const monthFirst = dayOf(year!, first!, second!)
  if (dayFirst.kind === 'impossible' && monthFirst.kind === 'impossible') return dayFirst
  const codeOf = (reading: PeriodText): PeriodCode | null =>
    reading.kind === 'period' ? reading.code : null
  return { kind: 'unordered', dayFirst: codeOf(dayFirst), monthFirst: codeOf(monthFirst) }
}

function dayOf(year: string, month: string, day: string): PeriodText {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const code = periodOfDate(iso, 'month')
  return code === null ? { kind: 'impossible' } : { kind: 'period', code }
}

/** Periods of digits and signs alone. */
function readDigits(plain: string): PeriodText | null {
  if (/^(18|19|20|21)\d{2}$/.test(plain)) return period(plain)
  const month = /^((?:19|20)\d{2})[-./ ]?(\d{2})$/.exec(plain)
  const span =
    /^(?:l(?:ä|a)s(?:å|a)r(?:et)?|l(?:å|a))? ?((?:19|20)?\d{2})[/–-]((?:19|20)?\d{2})$/.exec(plain)
  const isNamed = /^l/.test(plain)
  if (span && (isNamed || plain.includes('/') || span[2]!.length === 4)) {
    const [from, to] = [fullYear(span[1]!), fullYear(span[2]!)]
    if (span[1]!.length === 4 || span[2]!.length === 2) {
      if (to === from + 1) return period(`${from}/${String(to % 100).padStart(2, '0')}`)
      // "2024/03" is a month written with a stroke.
      if (!month) return { kind: 'impossible' }
    }
  }
  if (month) {
    const [year, number] = [Number(month[1]), Number(month[2])]
    // "2023-24" can be no month, and is how some write a school year.
    if (number > 12 && number === (year + 1) % 100 && /[-–]/.test(plain))
      return period(`${year}/${month[2]}`)
    return period(`${month[1]}-${month[2]}`)
  }
  return null
}

/** Two digits are of this century until 79, of the last after that. */
function fullYear(text: string): number {
  const number = Number(text)
  if (text.length > 2) return number
  return number < 80 ? 2000 + number : 1900 + number
}

/** Periods with words: the words and numbers in any order. */
function readWords(plain: string): PeriodText | null {
  // Most texts of a large file are figures.
  if (!/\p{L}/u.test(plain)) return null
  const tokens = plain
    .replace(/^(år|ar|hel(å|a)ret?|kalender(å|a)r)\.? (?=\d)/, '')
    .replace(/(\d)([a-zåäö])/g, '$1 $2')
    .replace(/([a-zåäö.])(\d)/g, '$1 $2')
    .replace(/(\d) : ?([ae])\b/g, '$1:$2')
    .replace(/(\d) (a|e) /g, '$1:$2 ')
    .split(/[ ,_/–-]+/)
    .filter((token) => token !== '' && token !== 'år' && token !== 'av')
  if (tokens.length === 1 && /^(18|19|20|21)\d{2}$/.test(tokens[0]!)) return period(tokens[0]!)
  const isWord = (token: string): boolean => !/^\d+$/.test(token)
  const words = tokens.filter(isWord)
  const numbers = tokens.filter((token) => !isWord(token))
  if (words.length === 0 || words.length > 2 || numbers.length > 2) return null

  const monthIndex = MONTHS.findIndex((pattern) => pattern.test(words[0]!))
  if (monthIndex >= 0 && words.length === 1)
    return withYear(numbers, String(monthIndex + 1).padStart(2, '0'))
  const term = TERMS.find(([pattern]) => pattern.test(words[0]!))?.[1]
  if (term !== undefined && words.length === 1) return withYear(numbers, term)

  for (const [pattern, write] of NUMBERED) {
    const at = words.findIndex((word) => pattern.test(word))
    if (at < 0) continue
    const other = words.find((_, index) => index !== at)
    const ordinal = other === undefined ? null : ORDINALS.find(([is]) => is.test(other))?.[1]
    if (ordinal === undefined) return null
    if (ordinal !== null) return withYear(numbers, write(ordinal))
    const year = numbers.find((number) => number.length === 4)
    if (year === undefined) {
      if (numbers.length === 1) return yearless(write(Number(numbers[0])))
      // "kv 1 24": the number stands beside its word, the year last.
      return numbers.length === 2 ? withYear([numbers[1]!], write(Number(numbers[0]))) : null
    }
    const number = numbers.find((one) => one !== year) ?? (numbers.length === 2 ? year : undefined)
    return number === undefined ? null : withYear([year], write(Number(number)))
  }
  return null
}

function withYear(numbers: readonly string[], part: string): PeriodText {
  const [year, ...rest] = numbers
  if (year === undefined) return yearless(part)
  if (rest.length > 0 || (year.length !== 4 && year.length !== 2)) return { kind: 'none' }
  return period(join(fullYear(year), part))
}

/** Terms, quarters, months … are written after their year. */
const join = (year: number, part: string): string => `${year}-${part}`

function yearless(part: string): PeriodText {
  // A leap year with 53 weeks has every part that any year has.
  if (kindOf(join(2020, part)) === null) return { kind: 'impossible' }
  return {
    kind: 'yearless',
    inYear: (year) => (kindOf(join(year, part)) ? join(year, part) : null),
  }
}

/** The number of a month that stands in a column of its own: "3", "03", "mars"; null when it is none. */
export function monthNumber(text: string): number | null {
  const plain = text.trim().toLowerCase()
  if (/^\d{1,2}$/.test(plain)) {
    const number = Number(plain)
    return number >= 1 && number <= 12 ? number : null
  }
  const index = MONTHS.findIndex((pattern) => pattern.test(plain))
  return index < 0 ? null : index + 1
}
