import { hasIdentifier } from './identifiers.ts'

/** Stands for a text that tells of a person: nothing of it is repeated anywhere. */
export const MASK = '•••'

/** Six digits, a sign and four, whatever stands beside them: a personal number that was pasted into others. */
const GLUED = /\d{6}[^\p{L}\d]{0,2}[-+‐‑–−][^\p{L}\d]{0,2}\d{4}/u
/** A telephone number that was pasted into a word: "070-174 06 05ävar". */
const GLUED_PHONE = /(?<!\d)0\d{1,3}[- ]\d{2,3} ?\d{2} ?\d{2}(?=\p{L})/u
/** From one month to another: 202401–202412. */
const MONTHS =
  /(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])\s?[-–]\s?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?!\d)/g

/** The text, or the mask when it tells of a person, or may do. */
export const masked = (text: string): string =>
  GLUED.test(text.replace(MONTHS, '')) || GLUED_PHONE.test(text) || hasIdentifier(text)
    ? MASK
    : text
