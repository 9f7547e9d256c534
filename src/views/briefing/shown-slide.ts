import { briefingReportText } from '../../text/briefing.ts'
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
  /** "Fastställd 2026-11-23 av Umebrå, utgåva 2026-11-03"; nothing where it follows the data. */
  readonly stamp: string
  /** That it was fixed with; nothing where it follows the data. */
  readonly release: string
}

/** A slide as it is to be shown: of the figures that are open, or as it was fixed. */
export function shownSlide(
  slide: BriefingSlide,
  content: SlideContent | null,
  fault: string,
): ShownSlide {
  const { id, kind, notes, fixed } = slide
  if (fixed)
    return {
      ...{ id, kind, notes, content: fixed.content, fault: '', title: fixed.title },
      words: linesOf(fixed.words),
      release: fixed.release,
      stamp: briefingReportText.stamp(fixed.fixedAt.slice(0, 10), fixed.by, fixed.release),
    }
  return {
    ...{ id, kind, content, notes, fault, stamp: '', release: '' },
    title: slide.title.trim() || content?.claim || slide.detail,
    words: linesOf(slide.words),
  }
}
