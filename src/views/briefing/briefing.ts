import { memoryOf, type SlideMemory } from './slide-changes.ts'
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
  /** The figures that the words were written about; null until somebody has written, shown or handed out. */
  readonly seen: SlideMemory | null
}

/** A slide as it was established: shown again as it was, whatever becomes of the data. */
export interface FixedSlide {
  /** ISO instant. */
  readonly fixedAt: string
  readonly by: string
  readonly release: string
  /** SHA-256 of the rest (`fixedText`). */
  readonly checksum: string
  /** As it was shown: the analyst's heading, else what the figures said. */
  readonly title: string
  readonly words: string
  /** Null for words alone. */
  readonly content: SlideContent | null
}

/** All of a fixed slide but its checksum, in an order of its own: what the checksum is of. */
export const fixedText = ({
  fixedAt,
  by,
  release,
  title,
  words,
  content,
}: Omit<FixedSlide, 'checksum'>): string =>
  JSON.stringify([fixedAt, by, release, title, words, content])

/** What a slide is made of; the rest is empty until somebody writes it. */
export type NewSlide = Pick<BriefingSlide, 'id' | 'kind'> & Partial<BriefingSlide>

export const newSlide = (parts: NewSlide): BriefingSlide => ({
  ...{ title: '', words: '', notes: '', address: null, detail: '', fixed: null, seen: null },
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

/** The figures that a slide was fixed with, for comparison with those that come after. */
const memoryOfFixed = ({ content, fixedAt, release }: FixedSlide): SlideMemory | null =>
  content && memoryOf(content, { seenAt: fixedAt, release })

/** A slide that follows the data again; what it was fixed with is remembered. */
export const unfixed = (slide: BriefingSlide): BriefingSlide => ({
  ...slide,
  fixed: null,
  seen: slide.fixed ? memoryOfFixed(slide.fixed) : slide.seen,
})

/** What a slide's figures are compared with: those it was fixed with, else those that its words were written about. */
export const rememberedOf = ({ fixed, seen }: BriefingSlide): SlideMemory | null =>
  fixed ? memoryOfFixed(fixed) : seen

/**
 * The next lägesbild after one: the same views and words, following the data, each slide remembering the figures that
 * it had. The first stays as it was.
 */
export const nextBriefing = (
  briefing: Briefing,
  own: Pick<Briefing, 'id' | 'title' | 'changedAt'>,
): Briefing => ({
  ...{ ...briefing, ...own, periodText: '', slides: briefing.slides.map(unfixed) },
})

/** The same slide once more, right after it; fixed figures stay with the first. */
export function withSlideCopied(briefing: Briefing, id: string, copyId: string): Briefing {
  const slide = briefing.slides.find((one) => one.id === id)
  return slide ? withSlide(briefing, { ...unfixed(slide), id: copyId }, id) : briefing
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

/** Paragraphs of an analyst's words: a line each. A line in brackets is a question to the analyst, and is not shown. */
export const linesOf = (words: string): string[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isPrompt(line))

const isPrompt = (line: string): boolean => /^\[.*\]$/.test(line)

/** Whether a slide still asks the analyst something. */
export const asksForWords = ({ words, fixed }: BriefingSlide): boolean =>
  fixed === null && words.split('\n').some((line) => isPrompt(line.trim()))
