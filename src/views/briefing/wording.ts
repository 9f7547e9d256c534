import { wordingText } from '../../text/wording.ts'
import { PLACES, RANKINGS, SOURCE } from '../../text/wording-patterns.ts'
import { causalClaims } from './causal-claims.ts'
import {
  isCountUpTo,
  isOneOf,
  nearestFigure,
  numbersIn,
  type ShownFigure,
  shownNumbers,
} from './written-numbers.ts'

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
  const { figures } = context
  const shown = shownNumbers(figures)
  if (figures.length > 0)
    for (const number of numbers) {
      if (isCountUpTo(number, figures.length) || isOneOf(number, shown)) continue
      const nearest = nearestFigure(number, figures)
      const named = wordingText.named(nearest.text, nearest.name)
      mark('figure', number, (words) => wordingText.figure(words, named))
    }

  // One is enough: it is the text that lacks a source, not each number.
  if (!context.hasSource && !SOURCE.test(text))
    numbers.some((number) => mark('source', number, () => wordingText.source))

  return advice.sort((a, b) => a.from - b.from)
}

function* spansOf(text: string, pattern: RegExp): Generator<{ from: number; to: number }> {
  for (const { index, 0: words } of text.matchAll(pattern))
    yield { from: index, to: index + words.length }
}
