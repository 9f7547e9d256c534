import type { Area, AreaId } from '../../core/area.ts'

export type AreaMatch =
  | { readonly kind: 'match'; readonly area: AreaId }
  /** Not certain: shown with what it may mean, never guessed. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] }

/**
 * Finds areas by what people write: first the code ("2480R041", also inside "Ålidhem södra (2480R041)" and with
 * the suffix "_RegSO2025"), then the name as written, then the name with case, spaces and Unicode form evened out.
 * A missing diacritic, a slip of the pen or a name that begins several areas' names is unknown, with suggestions.
 */
export function areaMatcher(areas: readonly Area[]): (text: string) => AreaMatch {
  // An id in lower case is a slug made from the name, and would let a missing diacritic through.
  const codes = areas.map(({ id }) => id).filter((id) => id === id.toUpperCase())
  const byCode = new Map(codes.map((id) => [id.toLowerCase(), id]))
  const byName = new Map<string, AreaId | null>()
  for (const { id, name } of areas)
    // A name that two areas share tells neither.
    byName.set(evened(name), byName.has(evened(name)) ? null : id)
  const known = new Map<string, AreaMatch>()
  return (text) => {
    const earlier = known.get(text)
    if (earlier) return earlier
    const found = byCode.get(codeIn(text) ?? '') ?? byName.get(evened(text)) ?? null
    const match: AreaMatch = found
      ? { kind: 'match', area: found }
      : { kind: 'unknown', suggestions: suggest(text, areas) }
    known.set(text, match)
    return match
  }

  function codeIn(text: string): string | null {
    const candidates = text
      .trim()
      .toLowerCase()
      .split(/[\s()]+/)
      .map((word) => word.replace(/_(reg|de)so\d{4}$/, ''))
    return candidates.find((word) => byCode.has(word)) ?? null
  }
}

const evened = (name: string): string =>
  name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

/** Letters only, without diacritics: for suggestions, never for a match. */
const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()

const MOST_SUGGESTIONS = 3

function suggest(text: string, areas: readonly Area[]): string[] {
  const asked = bare(text)
  if (asked.length < 2) return []
  return areas
    .map(({ name }) => ({ name, distance: likeness(asked, bare(name)) }))
    .filter(({ distance }) => distance < 1)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => name)
}

/** 0 when the same, below 1 when one begins the other or few letters differ, 1 when unlike. */
function likeness(asked: string, name: string): number {
  if (name.startsWith(asked) || asked.startsWith(name)) return asked === name ? 0 : 0.5
  const distance = editDistance(asked, name)
  return distance <= Math.max(1, Math.floor(asked.length / 5)) ? distance / 10 : 1
}

/** Insertions, deletions and substitutions between two words (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++)
      current.push(
        Math.min(
          current[column - 1]! + 1,
          previous[column]! + 1,
          previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1),
        ),
      )
    previous = current
  }
  return previous[b.length]!
}
