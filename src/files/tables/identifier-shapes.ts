/*
 * What tells of a single person by how it is written: addresses, telephone numbers, case numbers, free text. Repetitions
 * are bounded, so that no cell, however long, takes more than time in proportion to its length.
 */

export const EMAIL = /[^\s@<>,;]{1,64}@[^\s@<>,;]{1,200}\.\p{L}{2}/u

/** A Swedish mobile number, anywhere in a text. */
export const MOBILE_NUMBER =
  /(?<![\p{L}\d_.,-])(?:\+46|0046|0)[\s-]?(?:\(0\)\s?)?7[02369][\s-]?\d(?:[\s-]?\d){6}(?![\p{L}\d_])/u

/** A whole cell that is a telephone number: an area code and five digits or more, and no day such as 03/04/2024. */
export function isTelephoneNumber(text: string): boolean {
  if (text.length > 40) return false
  const trimmed = text.trim()
  const digits = trimmed.replace(/\D/g, '').length
  if (!/^(\+|0)[\d\s\u00a0()/–-]+$/.test(trimmed) || digits < 7 || digits > 14) return false
  if (/^\d{1,2}([/–-])\d{1,2}\1(?:19|20)\d{2}$/.test(trimmed)) return false
  if (/^\+|^00/.test(trimmed)) return digits >= 9
  return /^0\d{1,3}\s?[-–/ ]/.test(trimmed) || digits === 9 || digits === 10
}

const STREET =
  /(?:gatan|gata|vägen|gränden|gränd|stigen|allén|esplanaden|boulevarden|stråket|kajen|torget|backen)/
    .source
const MORE_STREET =
  /(?:väg|plan|platsen|plats|leden|led|ringen|gården|slingan|svängen|promenaden|park|parken|liden|åsen|viken)/
    .source
const NUMBER = /\s+\d{1,3}(?:\s?[a-zA-Z])?(?![\p{L}\d/:.%]|\s?(?:år|st|m|km|kr)(?!\p{L}))/u.source

/** A street with its number, anywhere in a text. */
const STREET_ADDRESS = new RegExp(`(?<!\\p{L})\\p{L}[\\p{L}'.-]{0,40}${STREET}${NUMBER}`, 'iu')
/** A cell that begins as an address may: with words that may also be something else. */
const LIKELY_ADDRESS = new RegExp(
  `^\\p{Lu}[\\p{L}'. -]{0,60}?(?:${STREET}|${MORE_STREET})${NUMBER}`,
  'u',
)
const ROAD_NUMBER = /(?<!\p{L})(riks|läns|europa)väg(en)? \d+/iu
const FLAT = /(?<!\p{L})lgh\.?\s?(nr\s?)?\d{3,4}(?!\d)|(?<![\p{L}/])c\/o\s+\p{L}/iu
const POST_TOWN =
  /(?<![\p{L}\d])(?<!\d[ \u00a0])(?:SE?[- ])?\d{3}[ \u00a0]?\d{2}[ \u00a0]+\p{Lu}\p{L}+/u

/** certain: a street with its number, or a flat; likely: what is an address when most cells are. */
export function addressLikeness(text: string): 'certain' | 'likely' | null {
  if (!/\d|c\/o/i.test(text) || ROAD_NUMBER.test(text)) return null
  if (STREET_ADDRESS.test(text) || FLAT.test(text)) return 'certain'
  return LIKELY_ADDRESS.test(text.trim()) || POST_TOWN.test(text) ? 'likely' : null
}

/** The Police's number of a report, anywhere in a text: 5000-K123456-24. */
export const REPORT_NUMBER =
  /(?<![\p{L}\d])\d{4}-K\d{3,7}-\d{2}(?!\d)|(?<![\p{L}\d-])K\d{4,7}-\d{2}(?![\p{L}\d-])/iu

/** A year and a running number, as registers of cases write them, with the board's letters or without. */
const CASE_NUMBER =
  /^(?:dnr:?\s?)?(?:\p{L}{1,8}[ .:/-]{0,2})?(?:19|20)\d{2}[/:–-](?:\d{5,7}|0\d{2,3}|(?!(?:19|20)\d{2}$)\d{3,4})(?:-\d{1,4})?$/iu
const COURT_CASE = /^[BTÄMF]\s?\d{1,6}-\d{2}$/u

/** A whole cell that is a number of a case. */
export const isCaseNumber = (text: string): boolean =>
  CASE_NUMBER.test(text.trim()) || COURT_CASE.test(text.trim()) || REPORT_NUMBER.test(text)

/** A sentence, or several: longer than the names of things, and not a question of a survey. */
export function isSentence(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed.length < 25 || trimmed.endsWith('?')) return false
  const words = trimmed.split(/\s+/).length
  if (words < 5) return false
  if (/\p{L}{3}[.!?]["”)]?\s+\p{Lu}/u.test(trimmed)) return true
  return (/[.!]$/.test(trimmed) && words >= 6) || (words >= 14 && trimmed.length > 80)
}

const PAIR =
  /^\s*\(?(?:[NÖEXY]:?\s?)?([-\d]\d*[.,]?\d*)°?\s*[NÖE]?(?:\s*[,;/|]\s*|\s+)(?:[NÖEXY]:?\s?)?([-\d]\d*[.,]?\d*)°?\s*[NÖE]?\)?\s*$/iu
const POINT = /^\s*(SRID=\d+;\s*)?(POINT|MULTIPOINT)\s*Z?\s*\(/i

/** Both within a text, as in the address of a map. */
const PAIR_WITHIN =
  /(?<![\d.,])(?:(?:5[5-9]|6\d)\.\d{3,}\s?[,;/ ]\s?(?:1\d|2[0-4])|(?:1\d|2[0-4])\.\d{3,}\s?[,;/ ]\s?(?:5[5-9]|6\d))\.\d{3,}(?!\d)/
const DEGREES = /\d{1,3}\s?°\s?\d{1,2}([.,]\d+)?\s?['′’]/

/** A cell that holds both coordinates of a place in Sweden, in any order: degrees or metres. */
export function isCoordinatePair(text: string): boolean {
  if (POINT.test(text) || PAIR_WITHIN.test(text) || DEGREES.test(text)) return true
  if (/^\s*\{.*"coordinates"/.test(text)) return true
  const match = text.length > 80 ? null : PAIR.exec(text)
  if (!match) return false
  const hasDecimals = [match[1]!, match[2]!].every((part) => /[.,]\d{2}/.test(part))
  const [first, second] = [match[1]!, match[2]!]
    .map((part) => Number(part.replace(',', '.')))
    .sort((a, b) => a - b)
  const isDegrees = first! >= 10 && first! <= 24.5 && second! >= 55 && second! <= 69.5
  const isMetres = first! >= 10_000 && first! < 2e6 && second! >= 6.1e6 && second! <= 7.7e6
  return (isDegrees && hasDecimals) || isMetres
}
