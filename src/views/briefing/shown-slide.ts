import { linesOf, type BriefingSlide } from './briefing.ts'
import type { SlideContent } from './slide-content.ts'

/** A slide as it is shown, printed and handed out: the analyst's words, and what the view says. */
export interface ShownSlide {
  readonly id: string
  readonly kind: BriefingSlide['kind']
  /** The analyst's, else what the figures say. */
  readonly title: string
  /** Null for words alone, and where the figures cannot be shown. */
  readonly content: SlideContent | null
  /** The analyst's, a line each. */
  readonly words: readonly string[]
  readonly notes: string
  /** Why there are no figures where there should be; nothing where there are. */
  readonly fault: string
}

export const shownSlide = (
  slide: BriefingSlide,
  content: SlideContent | null,
  fault: string,
): ShownSlide => ({
  ...{ id: slide.id, kind: slide.kind, content, notes: slide.notes, fault },
  title: slide.title.trim() || content?.claim || slide.detail,
  words: linesOf(slide.words),
})
