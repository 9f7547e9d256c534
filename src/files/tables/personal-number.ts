/*
 * Personnummer and samordningsnummer (Folkbokföringslagen 1991:481 §§ 18 and 18 a; SKV 704): a day of birth, YYMMDD or
 * YYYYMMDD, with 60 added to the day in a samordningsnummer, then "-" or "+" or nothing, and four digits of which the
 * last is a check digit. Invented and mistyped ones are to be known too, so that the check digit decides nothing by
 * itself; what decides is the day of birth, and where it may have come about by chance, how often it occurs.
 */

/** With a sign between: nothing else is written so. The last four may be masked, or hold letters in reserve numbers. */
const SIGNED =
  /(?<![\d_])(?<!\d[.,-])(?:18|19|20)?\d{2}(\d{2})(\d{2})\s?[-+‐‑–−]\s?(?:\d{4}|[a-z]\d{3}|[a-z]{2}\d{2}|[x*#]{4})(?![0-9a-f_]|-\d|-[0-9a-f]{4}-)/gi
/** With the day of birth in parts. */
const IN_PARTS = /(?<![\d_-])(?:18|19|20)?\d{2}([- ])(\d{2})\1(\d{2})[-+]\d{4}(?![0-9a-f_]|-\d)/gi
/** Digits alone, or with a space or a stroke between. */
const UNSIGNED =
  /(?:(?<![\p{L}\d_-])|(?<=nr))(?<!\d[.,])(\d{6}|\d{8})([ \u00a0/]?)(\d{4})(?![\p{L}\d_])(?![.,]\d{1,3}(?!\d))/gu

/** A month and a day among all pairs of two digits: 12 of 100, and 31 + 31 of 100. */
const CHANCE_OF_DATE = 0.12 * 0.62
const CHANCE_OF_CHECK_DIGIT = 0.1
const CHANCE_OF_CENTURY = 0.03
/** Less likely than this, and it is no chance. */
const UNLIKELY = 0.02

/** Looks through the texts of one column, one by one, and says in the end whether it has personal numbers. */
export class PersonalNumberSearch {
  #texts = 0
  #isCertain = false
  readonly #short = { numbers: 0, dates: 0, valid: 0 }
  readonly #long = { numbers: 0, dates: 0, clocks: 0, valid: 0 }

  add(text: string): void {
    this.#texts++
    if (this.#isCertain || text.length < 10) return
    for (const [, month, day] of text.matchAll(SIGNED))
      if (isDate(month!, day!)) this.#isCertain = true
    for (const [, , month, day] of text.matchAll(IN_PARTS))
      if (isDate(month!, day!)) this.#isCertain = true
    for (const match of text.matchAll(UNSIGNED)) this.#addUnsigned(match, text)
  }

  /** Counts a text that holds too few digits to be looked through. */
  pass(): void {
    this.#texts++
  }

  /** @param isTimeColumn whether the column is said to hold times: 202401311245 is one */
  found(isTimeColumn = false): boolean {
    if (this.#isCertain) return true
    const { numbers, dates, valid } = this.#short
    if (dates > 0 && dates === this.#texts) return true
    if (!isByChance(dates, numbers, CHANCE_OF_DATE)) return true
    if (!isByChance(valid, numbers, CHANCE_OF_DATE * CHANCE_OF_CHECK_DIGIT)) return true
    const long = this.#long
    const areTimes =
      long.clocks === long.dates &&
      (isTimeColumn || (long.dates >= 4 && long.valid < long.dates / 2))
    return !areTimes && !isByChance(long.dates, long.numbers, CHANCE_OF_DATE * CHANCE_OF_CENTURY)
  }

  #addUnsigned([whole, birth, , last]: RegExpExecArray, text: string): void {
    const isAlone = whole.length === text.trim().length
    const isValid = hasCheckDigit(birth!.slice(-6) + last!)
    const hasDate = isDate(birth!.slice(-4, -2), birth!.slice(-2))
    if (birth!.length === 6) {
      this.#short.numbers++
      if (!hasDate) return
      this.#short.dates++
      if (isValid) this.#short.valid++
      if (isValid && !isAlone) this.#isCertain = true
      return
    }
    this.#long.numbers++
    if (!hasDate || !/^(18|19|20)/.test(birth!)) return
    this.#long.dates++
    if (isValid) this.#long.valid++
    if (/^([01]\d|2[0-3])[0-5]\d$/.test(last!)) this.#long.clocks++
    else if (!isAlone) this.#isCertain = true
  }
}

/** Whether a text has a personal number in it. A lone number of ten digits is one when its date and check digit fit. */
export function hasPersonalNumber(text: string): boolean {
  const search = new PersonalNumberSearch()
  // A second text, so that the first is not all there is.
  search.add('')
  search.add(text)
  return search.found()
}

function isDate(month: string, day: string): boolean {
  const [monthNumber, dayNumber] = [Number(month), Number(day)]
  const dayOfMonth = dayNumber > 60 ? dayNumber - 60 : dayNumber
  return monthNumber >= 1 && monthNumber <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31
}

/** Luhn's sum of ten digits (SKV 704). */
function hasCheckDigit(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const product = Number(digits[index]) * (index % 2 === 0 ? 2 : 1)
    sum += product > 9 ? product - 9 : product
  }
  return sum % 10 === 0
}

/** Whether so many hits are likely when each is one by chance: Chernoff's bound of the binomial's upper tail. */
function isByChance(hits: number, tries: number, chance: number): boolean {
  const share = hits / tries
  if (hits === 0 || share <= chance) return true
  const divergence =
    share * Math.log(share / chance) +
    (share < 1 ? (1 - share) * Math.log((1 - share) / (1 - chance)) : 0)
  return Math.exp(-tries * divergence) > UNLIKELY
}
