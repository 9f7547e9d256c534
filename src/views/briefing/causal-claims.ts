import {
  AIMED,
  ASKED,
  CLAIM,
  DENIED,
  MEASURED,
  NEGATION,
  NOT_SAID,
  RENEWED,
  SHOWING,
} from '../../text/wording-patterns.ts'

/** Claims that one thing causes another; not where that is denied, asked or aimed at. */
export function causalClaims(text: string): { readonly from: number; readonly to: number }[] {
  const ends = [...text.matchAll(/[.!?\n](?=\s|$|”|")|\n/gu)]
  const renewals = [...text.matchAll(RENEWED)].map((match) => match.index + match[0].length)
  const claims: { from: number; to: number }[] = []
  let end = 0
  let renewal = 0
  for (const match of text.matchAll(CLAIM)) {
    const from = match.index
    const words = match[0]
    const to = from + words.length
    while (end < ends.length && ends[end]!.index < to) end += 1
    while (renewal < renewals.length && renewals[renewal]! <= from) renewal += 1
    const before = text.slice(renewal === 0 ? 0 : renewals[renewal - 1], from)
    const isAsked = ends[end]?.[0] === '?' || ASKED.test(before)
    const isDenied = NEGATION.test(words) || DENIED.test(before) || NOT_SAID.test(before)
    const isOfFigures =
      MEASURED.test(text.slice(to, to + 60)) ||
      (/^(?:därför|eftersom|på|p)/iu.test(words) && SHOWING.test(before))
    if (!isAsked && !isDenied && !isOfFigures && !AIMED.test(before)) claims.push({ from, to })
  }
  return claims
}
