import { editDistance, evened } from '../tables/area-texts.ts'

/** Something that a file may name: by its identifier or by any of its names. */
export interface Nameable {
  readonly id: string
  readonly names: readonly string[]
}

export type NamedOne =
  | { readonly kind: 'known'; readonly id: string }
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] }

const MOST_SUGGESTIONS = 3

/**
 * Finds what a text names: as it is written, then without regard to case, spaces, signs and diacritics where that
 * leaves one alone. Never guesses: what is only alike is suggested.
 */
export function nameFinder(all: readonly Nameable[]): (text: string) => NamedOne {
  const owners = (key: (name: string) => string): ReadonlyMap<string, ReadonlySet<string>> => {
    const map = new Map<string, Set<string>>()
    for (const { id, names } of all)
      for (const name of [id, ...names])
        map.set(key(name), (map.get(key(name)) ?? new Set()).add(id))
    return map
  }
  const ids = new Set(all.map(({ id }) => id))
  const [exact, plain] = [owners(evened), owners(bare)]
  return (text) => {
    if (ids.has(text)) return { kind: 'known', id: text }
    for (const found of [exact.get(evened(text)), plain.get(bare(text))])
      if (found?.size === 1) return { kind: 'known', id: [...found][0]! }
    return { kind: 'unknown', suggestions: likeliest(text, all) }
  }
}

function likeliest(text: string, all: readonly Nameable[]): readonly string[] {
  const asked = bare(text)
  const named = all.flatMap(({ id, names }) => {
    const distance = Math.min(...[id, ...names].map((name) => distanceOf(asked, bare(name))))
    return distance < 1 ? [{ name: names[0] ?? id, distance }] : []
  })
  return named
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => name)
}

/** Whether two texts are so alike that one may be a slip of the pen for the other. */
export const areAlike = (one: string, other: string): boolean =>
  distanceOf(bare(one), bare(other)) < 1

/** Below 1 when alike: a few letters differ, or one begins the other. */
function distanceOf(asked: string, name: string): number {
  const [short, long] = [asked, name].toSorted((a, b) => a.length - b.length) as [string, string]
  if (short.length >= 3 && long.startsWith(short)) return 0.5
  const allowed = Math.max(1, Math.floor(long.length / 5))
  if (short.length < 3 || long.length - short.length > allowed) return 1
  const distance = editDistance(asked, name)
  return distance <= allowed ? distance / (allowed + 1) : 1
}

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
