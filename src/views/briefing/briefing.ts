import type { SlideContent } from './slide-content.ts'

/**
 * A lägesbild: views and words in an order, to be presented and handed out. It holds where its figures are, never the
 * figures themselves, but for slides that were fixed: those hold what they had disclosed on the day.
 */
export interface Briefing {
  readonly id: string
  readonly title: string
  /** Who answers for it: "Umebrå". */
  readonly author: string
  /** What it is of, in the author's words: "hösten 2026". */
  readonly periodText: string
  /** Minutes that the presentation may take. */
  readonly minutes: number
  readonly slides: readonly BriefingSlide[]
  /** ISO instant. */
  readonly changedAt: string
}

export type SlideKind = 'view' | 'words' | 'section'

export interface BriefingSlide {
  readonly id: string
  readonly kind: SlideKind
  /** Empty: what the figures say stands in its place. */
  readonly title: string
  /** The analyst's own, a line each; they stand apart from figures. */
  readonly words: string
  /** For who presents. */
  readonly notes: string
  /** The view's address within the page, "#/karta?…", without a release; null for words alone. Holds no figure. */
  readonly address: string | null
  /** What the view was of when it was saved. */
  readonly detail: string
  readonly fixed: FixedSlide | null
}

/** A slide as it was established: shown again as it was, whatever becomes of the data. */
export interface FixedSlide {
  /** ISO instant. */
  readonly fixedAt: string
  readonly by: string
  readonly release: string
  /** SHA-256 of the content as it is stored. */
  readonly checksum: string
  readonly content: SlideContent
}

/** What a slide is made of; the rest is empty until somebody writes it. */
export type NewSlide = Pick<BriefingSlide, 'id' | 'kind'> & Partial<BriefingSlide>

export const newSlide = (parts: NewSlide): BriefingSlide => ({
  ...{ title: '', words: '', notes: '', address: null, detail: '', fixed: null },
  ...parts,
})

/** Longer than anyone presents. */
export const SLIDES_MAX = 300
export const SLIDE_WORDS_MAX = 5000
export const BRIEFINGS_MAX = 50

/** Adds a slide after another, or last. */
export function withSlide(
  briefing: Briefing,
  slide: BriefingSlide,
  after: string | null = null,
): Briefing {
  const at = briefing.slides.findIndex(({ id }) => id === after)
  return { ...briefing, slides: insertedAt(briefing.slides, at < 0 ? Infinity : at + 1, slide) }
}

/** Adds a slide before the one that stands at a place: a removed one comes back where it was. */
export const withSlideAt = (briefing: Briefing, slide: BriefingSlide, at: number): Briefing => ({
  ...{ ...briefing, slides: insertedAt(briefing.slides, at, slide) },
})

export const withoutSlide = (briefing: Briefing, id: string): Briefing => ({
  ...{ ...briefing, slides: briefing.slides.filter((slide) => slide.id !== id) },
})

/** Changes a slide; nothing where it is gone. */
export const withSlideChanged = (
  briefing: Briefing,
  id: string,
  change: Partial<Omit<BriefingSlide, 'id'>>,
): Briefing => ({
  ...briefing,
  slides: briefing.slides.map((slide) => (slide.id === id ? { ...slide, ...change } : slide)),
})

/** Moves a slide so that it stands at a place, counted without itself. */
export function withSlideMoved(briefing: Briefing, id: string, to: number): Briefing {
  const slide = briefing.slides.find((one) => one.id === id)
  if (!slide) return briefing
  return withSlideAt(withoutSlide(briefing, id), slide, to)
}

/** The same slide once more, right after it; fixed figures stay with the first. */
export function withSlideCopied(briefing: Briefing, id: string, copyId: string): Briefing {
  const slide = briefing.slides.find((one) => one.id === id)
  return slide ? withSlide(briefing, { ...slide, id: copyId, fixed: null }, id) : briefing
}

function insertedAt<Item>(items: readonly Item[], at: number, item: Item): readonly Item[] {
  const place = Math.max(0, Math.min(items.length, at))
  return [...items.slice(0, place), item, ...items.slice(place)]
}

/** Puts a lägesbild in place of the one with its name, or last. */
export function withBriefing(
  briefings: readonly Briefing[],
  briefing: Briefing,
): readonly Briefing[] {
  const isKnown = briefings.some(({ id }) => id === briefing.id)
  return isKnown
    ? briefings.map((other) => (other.id === briefing.id ? briefing : other))
    : [...briefings, briefing]
}

/** The one that was changed last: the one that is being worked on. */
export const currentBriefing = (briefings: readonly Briefing[]): Briefing | null =>
  briefings.reduce<Briefing | null>(
    (newest, one) => (newest === null || one.changedAt > newest.changedAt ? one : newest),
    null,
  )

/** Paragraphs of an analyst's words: a line each. */
export const linesOf = (words: string): string[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
