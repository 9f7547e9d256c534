import type { Area, AreaId } from '../../core/area.ts'
import { readAreaTexts } from './area-texts.ts'

export type AreaMatch =
  | { readonly kind: 'match'; readonly area: AreaId }
  /** Not certain: shown with the names that may be meant, never guessed. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] }

/**
 * Finds areas of one level by what people write, each text by itself: see `readAreaTexts`. Words for all areas, and
 * codes of other places, are unknown here.
 */
export function areaMatcher(areas: readonly Area[]): (text: string) => AreaMatch {
  const names = new Map(areas.map(({ id, name }) => [id, name]))
  const known = new Map<string, AreaMatch>()
  return (text) => {
    const earlier = known.get(text)
    if (earlier) return earlier
    const reading = readAreaTexts([text], areas, {})[0]!
    const match: AreaMatch =
      reading.kind === 'area'
        ? { kind: 'match', area: reading.area }
        : {
            kind: 'unknown',
            suggestions:
              reading.kind === 'unknown' ? reading.suggestions.map((id) => names.get(id)!) : [],
          }
    known.set(text, match)
    return match
  }
}
