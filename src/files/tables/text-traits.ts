/* One look at each character of a text, so that a million texts need no more where there is nothing to find. */

/** Ten digits or more with only spaces and signs between, and no letter straight after. */
export const MANY_DIGITS = 1
/** Six digits or more, with a hyphen, a dash, a plus or a stroke among or after them. */
export const SIGNED_DIGITS = 2
export const AT_SIGN = 4
/** The letter K before a digit. */
export const K_NUMBER = 8
/** A word that ends as Swedish names of streets do, and then a number. */
export const NUMBERED_STREET = 16
/** "c/o", "lgh". */
export const FLAT_MARK = 32

const OTHER = 0
const DIGIT = 1
/** Hyphen, dash, minus, plus, stroke. */
const SIGN = 2
/** White space of every kind, point and parentheses. */
const BETWEEN = 3
const LETTER = 4
/** Letters that matter for what stands after them. */
const TELLING_LETTER = 5

const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[0-9]/.test(character)) return DIGIT
  if (/[-+/]/.test(character)) return SIGN
  if (/[\s.()]/.test(character)) return BETWEEN
  if (/[ch]/i.test(character)) return TELLING_LETTER
  return /[a-z]/i.test(character) ? LETTER : OTHER
})

function classOf(code: number): number {
  if (code < 128) return CLASSES[code]!
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return SIGN
  if (isWideSpace(code)) return BETWEEN
  // Letters of other scripts are not told from quotation marks: those texts are looked through in vain.
  return code >= 0xc0 && code < 0x250 && code !== 0xd7 && code !== 0xf7 ? LETTER : OTHER
}

const isWideSpace = (code: number): boolean =>
  code === 0xa0 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000 ||
  code === 0xfeff

/** What a text has that may be part of an identifier, as the sum of the constants above. */
export function traitsOf(text: string): number {
  let traits = text.includes('@') ? AT_SIGN : 0
  let digits = 0
  let hasSign = false
  let isAfterDigit = false
  for (let index = 0; index < text.length; index++) {
    const kind = classOf(text.charCodeAt(index))
    if (kind === DIGIT) {
      if (digits++ === 0) traits |= traitsBefore(text, index)
      isAfterDigit = true
      continue
    }
    if (kind === TELLING_LETTER) traits |= flatMark(text, index)
    if (digits > 0) {
      if (digits >= 10 && !(isAfterDigit && kind >= LETTER)) traits |= MANY_DIGITS
      if (kind === SIGN) {
        hasSign = true
        if (digits >= 6) traits |= SIGNED_DIGITS
      } else if (kind !== BETWEEN) {
        if (digits >= 6 && hasSign) traits |= SIGNED_DIGITS
        digits = 0
        hasSign = false
      }
    }
    isAfterDigit = false
  }
  if (digits >= 10) traits |= MANY_DIGITS
  if (digits >= 6 && hasSign) traits |= SIGNED_DIGITS
  return traits
}

/** What stands before the first digit of several: a K, or a word that may be a street's. */
function traitsBefore(text: string, index: number): number {
  if (index === 0) return 0
  const before = text.charCodeAt(index - 1)
  if ((before | 32) === 107) return K_NUMBER
  let last = index - 1
  while (last >= 0 && (text.charCodeAt(last) <= 32 || isWideSpace(text.charCodeAt(last)))) last--
  if (last < 0 || last === index - 1) return 0
  const letter = text.charCodeAt(last) | 32
  // a, d, n, t: gata, gränd, gatan, torget.
  return letter === 97 || letter === 100 || letter === 110 || letter === 116 ? NUMBERED_STREET : 0
}

/** "c/o" at its c, "lgh" at its h, in any case. */
function flatMark(text: string, index: number): number {
  const lower = (at: number): number => text.charCodeAt(at) | 32
  const isCareOf = text[index + 1] === '/' && lower(index) === 99 && lower(index + 2) === 111
  const isFlat =
    index >= 2 && lower(index) === 104 && lower(index - 1) === 103 && lower(index - 2) === 108
  return isCareOf || isFlat ? FLAT_MARK : 0
}
