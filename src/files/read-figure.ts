/** What stands in a cell of figures. */
export type FigureReading =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'hidden-at-source' }
  | { readonly kind: 'missing' }
  /** Not a figure, or one that can be read in two ways. */
  | { readonly kind: 'unreadable' }

const HIDDEN_MARKS = /^(\.\.|<\s*\d+|\d+\s*[–-]\s*\d+|dold.*)$/i
const MISSING_MARKS = /^(|\.|-|–|…|uppgift saknas)$/i

/**
 * Reads one figure as Swedes write them: "1 234,5" with any kind of space, U+2212 as minus, the marks "..", "<5"
 * and "1–4" for hidden at source, "." and "-" for missing. "1.234" and "1,234" may be thousands or decimals, so
 * they are unreadable rather than guessed.
 */
export function readFigure(text: string): FigureReading {
  const trimmed = text.trim()
  if (HIDDEN_MARKS.test(trimmed)) return { kind: 'hidden-at-source' }
  if (MISSING_MARKS.test(trimmed)) return { kind: 'missing' }
  const plain = trimmed.replace(/^\u2212/, '-')
  if (/^-?\d{1,3}[.,]\d{3}$/.test(plain)) return { kind: 'unreadable' }
  if (!/^-?(\d+|\d{1,3}([ \u00a0\u202f]\d{3})+)([.,]\d+)?$/.test(plain))
    return { kind: 'unreadable' }
  return { kind: 'number', value: Number(plain.replace(/[ \u00a0\u202f]/g, '').replace(',', '.')) }
}
