/** Names of the design tokens that data may be drawn in; the stylesheet holds the colours themselves. */
export type ColourToken =
  | 'seq-1' | 'seq-2' | 'seq-3' | 'seq-4' | 'seq-5'
  | 'div-low-2' | 'div-low-1' | 'div-unsure' | 'div-high-1' | 'div-high-2'
  | 'cat-1' | 'cat-2' | 'cat-3' | 'cat-4'
  | 'accent'
  | 'hidden-ground' | 'missing-ground' // prettier-ignore

const SEQUENTIAL: Readonly<Record<number, readonly ColourToken[]>> = {
  1: ['seq-3'],
  2: ['seq-2', 'seq-4'],
  3: ['seq-1', 'seq-3', 'seq-5'],
  4: ['seq-1', 'seq-2', 'seq-4', 'seq-5'],
  5: ['seq-1', 'seq-2', 'seq-3', 'seq-4', 'seq-5'],
}

/** Light to dark for a number of classes; five are the most that can be told apart in grey print. */
export function sequentialTokens(classes: number): readonly ColourToken[] {
  return SEQUENTIAL[Math.max(1, Math.min(5, classes))]!
}

/** The colours of chosen areas, in the order they were chosen. */
export const SERIES_TOKENS: readonly ColourToken[] = ['cat-1', 'cat-2', 'cat-3', 'cat-4']

/** Dash patterns that repeat a series' identity without colour. */
export const SERIES_DASHES: readonly string[] = ['', '5 2', '1.5 2.5', '7 2 1.5 2']

/** Fills on which names are written in white. */
export const DARK_TOKENS: ReadonlySet<ColourToken> = new Set(['seq-5', 'div-low-2', 'div-high-2'])
