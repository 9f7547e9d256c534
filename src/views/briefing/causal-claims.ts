/** Words between a verb and its preposition: "beror inte på", "leder i sin tur till", "beror det på". */
const BETWEEN =
  /(?:\s+(?:inte|ej|aldrig|knappast|nödvändigtvis|alltid|ofta|ibland|sällan|också|även|främst|mest|delvis|helt|bara|direkt|därför|därmed|alltså|sannolikt|troligen|förmodligen|antagligen|det|den|de|detta|i\s+(?:sin\s+tur|hög\s+grad)|till\s+(?:stor|viss)\s+del))*/u
    .source

const CLAIM = new RegExp(
  `(?<!\\p{L})(?:${[
    `ber(?:or|o|odde|ott)${BETWEEN}\\s+på`,
    `(?:leder|leda|ledde|lett|bidrar|bidrog|bidragit)${BETWEEN}\\s+till`,
    `(?:gör|göra|gjorde|gjort)${BETWEEN}\\s+att`,
    `(?:resulterar|resultera|resulterade|resulterat)${BETWEEN}\\s+i`,
    `(?:ger|ge|gav|gett|givit)${BETWEEN}\\s+upphov\\s+till`,
    `ger(?=${BETWEEN}\\s+(?:mer|mindre|fler|färre|högre|lägre|ökad|ökat|minskad|minskat)(?!\\p{L}))`,
    `(?:ligger|låg|legat)${BETWEEN}\\s+bakom`,
    `(?:för)?orsaka(?:r|de|t|s|ts|d|des)?${BETWEEN}(?:\\s+av)?`,
    `(?:påverka|framkalla|föranled|utlös)(?:er|r|t|s|ts|de|des)?${BETWEEN}(?:\\s+av)?`,
    `(?<!(?<!\\p{L})vi\\s+)skapa(?:r|de|t|s|ts)${BETWEEN}(?:\\s+av)?`,
    `medför(?:de|t)?`,
    `(?:förklaras|förklarats|drivs|drivits)${BETWEEN}\\s+av`,
    `(?:orsak|anledning|skäl|förklaring)(?:en|et|er|erna|ar|arna)?\\s+(?:till|är|var)`,
    `orsakssamband(?:et|en)?`,
    `(?:effekt(?:en|er|erna)?|följd(?:en)?|konsekvens(?:en|er)?|resultat(?:et)?)\\s+av`,
    `därför\\s+att|eftersom|på\\s+grund\\s+av|p\\.?\\s?g\\.?\\s?a\\.?|tack\\s+vare`,
  ].join('|')})(?!\\p{L})`,
  'giu',
)

const NO = /(?:inte|ej|inget|ingenting|ingen|inga|aldrig|knappast|varken)/u.source

const word = (source: string): string => `(?<!\\p{L})(?:${source})(?!\\p{L})`

/** "inte", "inte nödvändigtvis", "kan inte sägas" right before the claim. */
const DENIED = new RegExp(`${word(NO)}(?:\\s+\\p{L}+){0,2}\\s*$`, 'iu')

const SAYING =
  /vet|veta|känner|sä[gk]\p{L}*|sagt|visa\p{L}*|bety\p{L}*|innebär\p{L}*|bevis\p{L}*|avgör\p{L}*|tolka\p{L}*|påstå\p{L}*|hävda\p{L}*|slut\p{L}*|belägg|stöd|fast\p{L}*|klart|känt/u
    .source

/** "vi vet inte om …", "det säger inget om vad som …", "det går inte att säga att …", anywhere before the claim. */
const NOT_SAID = new RegExp(
  `${word(NO)}(?:\\s+\\p{L}+){0,2}\\s+${word(SAYING)}|${word(SAYING)}(?:\\s+\\p{L}+){0,1}\\s+${word(NO)}`,
  'iu',
)

/** Indirect questions: "frågan är om …", "vi undersöker vad som …", "det är oklart om …". */
const ASKED = new RegExp(
  word(
    /huruvida|varför|fråga\p{L}*|undra\p{L}*|undersök\p{L}*|utred\p{L}*|pröva\p{L}*|ta\s+reda\s+på|oklart|osäkert|okänt|utan\s+att/u
      .source,
  ),
  'iu',
)

/** What is aimed at is not claimed: "ska leda till", "för att bidra till". */
const AIMED = new RegExp(`${word(/ska|skall|för\s+att|syfta\p{L}*\s+till\s+att/u.source)}(?:\\s+\\p{L}+)?\\s*$`, 'iu') // prettier-ignore

/** How something is shown has reasons that may be given: "visas per stadsdel eftersom …". */
const SHOWING = new RegExp(
  word(/visas|visar(?!\s+att)|redovisa\p{L}*|val(?:t|de)|väljer|använd\p{L}*|saknas?|dölj\p{L}*|dold\p{L}*/u.source), // prettier-ignore
  'iu',
)

/** Chance and measuring may be named as reasons, close after the words. */
const MEASURED =
  /^[^.,;!?]{0,40}?(?:slump|underlag|bortfall|avrundning|mätfel|mätning|definition|små\s+tal|litet\s+antal)/iu

/** Up to a claim, the part of the sentence that can deny it: after a "men" or a "utan" it is claimed anew. */
const RENEWED = /[.!?;\n]|(?<!\p{L})(?:men|utan(?!\s+att(?!\p{L})))(?!\p{L})/giu

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
    const isDenied =
      new RegExp(word(NO), 'iu').test(words) || DENIED.test(before) || NOT_SAID.test(before)
    const isOfFigures =
      MEASURED.test(text.slice(to, to + 60)) ||
      (/^(?:därför|eftersom|på|p)/iu.test(words) && SHOWING.test(before))
    if (!isAsked && !isDenied && !isOfFigures && !AIMED.test(before)) claims.push({ from, to })
  }
  return claims
}
