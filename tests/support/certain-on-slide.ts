import { slideText } from '../../src/text/briefing.ts'
import { figuresOf, type SlideContent } from '../../src/views/briefing/slide-content.ts'

const { certainlyHigher, certainlyLower, certainlyRisen, certainlyFallen } = slideText.map
const CERTAIN: readonly string[] = [
  certainlyHigher,
  certainlyLower,
  certainlyRisen,
  certainlyFallen,
]

/** Names of the areas that a map's slide says are certain, sorted. */
export const certainOnSlide = (content: Pick<SlideContent, 'blocks'>): string[] =>
  figuresOf(content)
    .filter(({ group }) => CERTAIN.includes(group))
    .map(({ name }) => name)
    .toSorted()
