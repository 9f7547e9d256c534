import { figureText } from '../report-figure.ts'
import { figuresOf, type SlideContent, type SlideFigure } from './slide-content.ts'

/** The figures that a slide had at a time, all of them disclosed: what later ones are compared with. */
export interface SlideMemory {
  /** ISO instant. */
  readonly seenAt: string
  readonly release: string
  readonly claim: string
  /** What the figures were of, when, and from where. */
  readonly foot: string
  readonly figures: readonly SlideFigure[]
}

export const memoryOf = (
  content: SlideContent,
  when: Pick<SlideMemory, 'seenAt' | 'release'>,
): SlideMemory => ({
  ...when,
  claim: content.claim,
  foot: content.foot,
  figures: figuresOf(content),
})

/**
 * claim: the figures say another thing
 * basis: they are of another period, or from another source
 * figure: the same place and measure has another figure, or stands under another heading
 * added, gone: a figure that only one of the two shows
 */
export type SlideChange =
  | {
      readonly kind: 'claim' | 'basis' | 'figure'
      readonly name: string
      readonly before: string
      readonly after: string
    }
  | { readonly kind: 'added' | 'gone'; readonly name: string; readonly text: string }

/**
 * What has changed on a slide between two sets of disclosed figures, as both were shown: what the figures say first,
 * then figure by figure in the order of the newer one. A figure that was hidden and is shown, or the other way, is a
 * change between the words that stood there; nothing is worked out between them.
 */
export function slideChanges(before: SlideMemory, now: SlideContent): readonly SlideChange[] {
  const old = new Map(before.figures.map((one) => [one.name, one]))
  const figures = figuresOf(now)
  const names = new Set(figures.map(({ name }) => name))
  return [
    ...change('claim', '', before.claim, now.claim),
    ...change('basis', '', before.foot, now.foot),
    ...figures.flatMap((one): SlideChange[] => {
      const known = old.get(one.name)
      if (!known) return [{ kind: 'added', name: one.name, text: textOf(one) }]
      return change('figure', one.name, textOf(known), textOf(one))
    }),
    ...before.figures.flatMap((one): SlideChange[] =>
      names.has(one.name) ? [] : [{ kind: 'gone', name: one.name, text: textOf(one) }],
    ),
  ]
}

const change = (
  kind: 'claim' | 'basis' | 'figure',
  name: string,
  before: string,
  after: string,
): SlideChange[] => (before === after ? [] : [{ kind, name, before, after }])

/** "14,1 (säkert högre)". */
const textOf = ({ figure, group }: SlideFigure): string =>
  group === '' ? figureText(figure) : `${figureText(figure)} (${group.toLowerCase()})`
