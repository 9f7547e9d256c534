import type { AreaId } from '../../core/area.ts'
import { Fault, is } from './json-shape.ts'

/**
 * The analyst's own words of a place, by its areas: they stand in its profile, apart from every figure. Empty lines
 * part paragraphs.
 */
export type OwnWords = Readonly<Record<string, string>>

/** Longer than anyone writes of one area. */
export const WORDS_MAX = 20_000

/** What the words of a place are kept under: its areas, whatever order they were chosen in. */
export const wordsKey = (areas: readonly AreaId[]): string => areas.toSorted().join('+')

const words = is('text', (value) => typeof value === 'string' && value.length <= WORDS_MAX)

/** Own words as they are stored. @throws Fault */
export function ownWordsOf(stored: unknown, place: string): OwnWords {
  is('object', (it) => typeof it === 'object' && it !== null && !Array.isArray(it))(stored, place)
  for (const [key, value] of Object.entries(stored as object)) {
    if (key === '' || key.length > 10_000) throw new Fault('package-type', place, key.slice(0, 80))
    words(value, `${place}.${key}`)
  }
  return stored as OwnWords
}

/** Words in place of what there was; none at all are forgotten. */
export function withWords(words: OwnWords, areas: readonly AreaId[], text: string): OwnWords {
  const { [wordsKey(areas)]: _before, ...others } = words
  const kept = text.trim().slice(0, WORDS_MAX)
  return kept === '' ? others : { ...others, [wordsKey(areas)]: kept }
}

/** A paragraph for each run of lines. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s+/g, ' '))
    .filter((paragraph) => paragraph !== '')
