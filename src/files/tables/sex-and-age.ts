import type { Sex } from '../../core/indicator.ts'

const SEXES: readonly (readonly [RegExp, Sex])[] = [
  [/^(k|f|2|kvinna|kvinnor|kv\.?|flicka|flickor|fl\.?|tjej(er)?|female|women|girls)$/, 'K'],
  [/^(m|p|1|man|män|mån|pojke|pojkar|po\.?|kill(e|ar)|male|men|boys)$/, 'M'],
  [
    /^(t|1\s?\+\s?2|tot|totalt?|samtliga|alla|båda|båda könen|bägge könen|summa|ej könsuppdelat|(kvinnor|flickor)( och |\/|\s?\+\s?)(män|pojkar)|(män|pojkar)( och |\/|\s?\+\s?)(kvinnor|flickor))$/,
    'T',
  ],
]

/** Sex as Swedish files write it, SCB's codes included (1 men, 2 women, 1+2); null when it is none. */
export function readSex(text: string): Sex | null {
  const plain = evened(text)
  return SEXES.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

const SEX_IN_HEADING: readonly (readonly [RegExp, Sex])[] = [
  [/(^|[^\p{L}])(kvinnor|kvinna|flickor|flicka)(?![\p{L}])/u, 'K'],
  [/(^|[^\p{L}])(män|pojkar|pojke)(?![\p{L}])/u, 'M'],
]

/** The sex that a heading names, and the heading without it: "Antal kvinnor" is K and "antal". */
export function sexOfHeading(heading: string): { readonly sex: Sex | null; readonly rest: string } {
  const plain = evened(heading)
  const alone = readSex(plain)
  // A digit or a lone letter as a heading is a sex only beside other sexes, which the caller knows.
  if (alone !== null) return { sex: alone, rest: '' }
  const named = SEX_IN_HEADING.filter(([pattern]) => pattern.test(plain))
  if (named.length === 2) return { sex: 'T', rest: strip(plain) }
  if (named.length === 1) return { sex: named[0]![1], rest: strip(plain) }
  return { sex: null, rest: plain }
}

const strip = (plain: string): string =>
  SEX_IN_HEADING.reduce((rest, [pattern]) => rest.replace(pattern, '$1'), plain)
    .replace(/\s+(och|\/|\+)\s*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:|/()-]+|[\s,;:|/()-]+$/g, '')

const ALL_AGES =
  /^(|tot(alt?)?|samtliga|alla( åldrar)?|samtliga åldrar|totalt ålder|summa|0[–-]100\+?( år)?)$/

/** Null for all ages; otherwise the age group as the file has it. */
export function readAge(text: string): string | null {
  const trimmed = text.trim().replace(/[\u00a0\u202f\s]+/g, ' ')
  return ALL_AGES.test(trimmed.toLowerCase()) ? null : trimmed
}

/** An age group by its looks: "13–18 år", "0-5", "85+", "100+ år", "-19 år". */
export function looksLikeAge(text: string): boolean {
  return /^(\d{1,3}\s?[–-]\s?(\d{1,3})?(\s?år)?|\d{1,3}\s?(\+|år|w)(\s?år)?|[<>]\s?\d+ år|\d{1,3} år och äldre)$/i.test(
    text.trim(),
  )
}

const evened = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .trim()
    .toLowerCase()
