import { wordingText } from '../../text/wording.ts'
import { causalClaims } from './causal-claims.ts'
import { nearestFigure, numbersIn, type ShownFigure, standsAmong } from './written-numbers.ts'

/**
 * The wording aid of the lägesbild: marks words that brand places, causal claims beside a crossing, numbers that the
 * slide does not show, and numbers without a source. It advises and never rewrites.
 */
export interface WordingContext {
  /** Figures that the slide shows, as on screen: "17,1 %", and their bare values with decimals. */
  readonly figures: readonly ShownFigure[]
  /** Whether the slide crosses two things: no causal claims beside it. */
  readonly isCrossed: boolean
  /** Whether the slide shows figures with a source; words alone without a view have none. */
  readonly hasSource: boolean
}

export interface WordingAdvice {
  readonly kind: 'branding' | 'causal' | 'figure' | 'source'
  /** Positions in the text, as JavaScript counts them. */
  readonly from: number
  readonly to: number
  readonly words: string
  readonly message: string
}

/** Sorted by position, never overlapping: where two could stand, the graver one does. */
export function adviseWording(text: string, context: WordingContext): readonly WordingAdvice[] {
  const taken = new Uint8Array(text.length)
  const advice: WordingAdvice[] = []
  const mark = (
    kind: WordingAdvice['kind'],
    { from, to }: { readonly from: number; readonly to: number },
    message: (words: string) => string,
  ): boolean => {
    if (taken.subarray(from, to).includes(1)) return false
    taken.fill(1, from, to)
    const words = text.slice(from, to)
    advice.push({ kind, from, to, words, message: message(words) })
    return true
  }

  for (const pattern of PLACES)
    for (const span of spansOf(text, pattern)) mark('branding', span, wordingText.place)
  for (const pattern of RANKINGS)
    for (const span of spansOf(text, pattern)) mark('branding', span, wordingText.ranking)

  if (context.isCrossed)
    for (const span of causalClaims(text)) mark('causal', span, wordingText.causal)

  const numbers = numbersIn(text)
  if (context.figures.length > 0)
    for (const number of numbers)
      if (!standsAmong(number, context.figures)) {
        const { text: shown, name } = nearestFigure(number, context.figures)
        mark('figure', number, (words) => wordingText.figure(words, wordingText.named(shown, name)))
      }

  // One is enough: it is the text that lacks a source, not each number.
  if (!context.hasSource && !SOURCE.test(text))
    numbers.some((number) => mark('source', number, () => wordingText.source))

  return advice.sort((a, b) => a.from - b.from)
}

const SOURCE = /(?<!\p{L})(?:käll(?:a|an|or|orna)|enligt)(?!\p{L})/iu

function* spansOf(text: string, pattern: RegExp): Generator<{ from: number; to: number }> {
  for (const { index, 0: words } of text.matchAll(pattern))
    yield { from: index, to: index + words.length }
}

/** A place in any form: "område", "bostadsområdena", "stadsdelens", "kvarter". */
const PLACE = /\p{L}*(?:områd|stadsdel|kvarter|förort|grannskap)\p{L}*/u.source

/** What must not be said of a place: "utsatta", "hårt belastat", "brottstäta", "resurssvaga". */
const BRAND =
  /(?:brotts|resurs|socialt?\s)?(?:utsatta?|drabba(?:d|t|de)|belasta(?:d|t|de)|tätt?a?|svagt?a?)|problem(?:tyng|fyll)(?:da?|t|ll|lda?|lt)|problematiskt?a?|kriminellt?a?|farligt?a?|otrygg(?:t|a)?|laglöst?a?|stökigt?a?|invandrartäta?t?/u
    .source

/** People and what they live through, of whom "särskilt utsatta" is said without branding a place. */
const PEOPLE =
  /(?:barn|elev|flick|pojk|ung|kvinn|män|person|grupp|målgrupp|hushåll|familj|individ|äldre|människ|boende|brottsoffer|situation|läge)\p{L}*/u
    .source

const whole = (...sources: readonly string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${sources.join('')})(?!\\p{L})`, 'giu')

/** Words that put a stamp on a place. */
const PLACES: readonly RegExp[] = [
  // "särskilt utsatta områden", "socialt utsatt kommunalt bostadsområde", "mest belastade stadsdelarna"
  whole(
    /(?:(?:särskilt|socialt|socioekonomiskt|ekonomiskt|mest|hårt|tungt|värst|allra)\s+)*/u.source,
    `(?:${BRAND})\\s+(?:\\p{L}+[at]\\s+)?${PLACE}`,
  ),
  // "området är utsatt", but not "området är utsatt för skadegörelse"
  whole(
    PLACE,
    /\s+(?:som\s+)?(?:är|blir|blivit|räknas\s+som|klassas\s+som|beskrivs\s+som)\s+(?:\p{L}+\s+)?/u
      .source,
    /(?:utsatta?|problematiskt?a?|laglöst?a?)(?!\p{L}|\s+för(?!\p{L}))/u.source,
  ),
  // "Ålidhem är särskilt utsatt", but neither "särskilt utsatta för" nor "särskilt utsatta barn"
  new RegExp(
    `(?<!(?<!\\p{L})${PEOPLE}\\s+(?:som\\s+)?är\\s+)(?<!\\p{L})särskilt\\s+utsatta?(?!\\p{L}|\\s+(?:för(?!\\p{L})|${PEOPLE}))`,
    'giu',
  ),
  whole(
    /(?:(?:hög)?risk|problem|oros|utanförskaps|utsatthets|gäng|slum|kris|lågstatus|fattig|invandrar|bråk)-?/u
      .source,
    /(?:bostads)?(?:områd|stadsdel|kvarter|förort|zon|skol)\p{L}*/u.source,
    // Youths, not places, are "i riskzonen".
    /(?<!riskzon\p{L}*)/u.source,
  ),
  whole(/\p{L}*hot[\s-]?spot\p{L}*(?:-\p{L}+)?/u.source),
  whole(/(?:oros|brotts|knark|narkotika|drog|kriminalitets)(?:härd|näst)\p{L}*|brännpunkt\p{L}*/u.source), // prettier-ignore
  whole(/gh?etto\p{L}*|slum(?:mens?)?/u.source),
  whole(/no[\s-]?go[\s-]?(?:zon|områd|area)\p{L}*|no-go/u.source),
  whole(/parallell\p{L}*[\s-]?samhäll\p{L}*/u.source),
]

/** Words that set places in order, worst first. */
const RANKINGS: readonly RegExp[] = [
  whole(/värsting\p{L}*(?:-\p{L}+)?|(?:botten|jumbo|skam)(?:list|plac|plats|lig|områd)\p{L}*|svarta\s+listan/u.source), // prettier-ignore
  // Neither "i värsta fall" nor "de som mår sämst".
  whole(
    /(?<!(?:mår|har\s+det|trivs)\s+(?:allra\s+)?)(?:värsta?|sämsta?)(?!\p{L}|\s+(?:fall|tänkbara))/u
      .source,
    `(?:\\s+${PLACE})?`,
  ),
  whole(/(?:farlig|otrygg|brottstät|stökig)aste?/u.source, `(?:\\s+${PLACE})?`),
  whole(/fattigaste\s+/u.source, PLACE),
]
