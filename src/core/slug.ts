/** A name as an identifier that can stand in a file name and a URL: "Haga/Sandbacka" is "haga-sandbacka". */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/**
 * Slugs of names, one each, all different and none empty: where two names give the same slug, the later in
 * alphabetical order gets a number. They depend on the names, not on the order they come in.
 */
export function distinctSlugs(names: readonly string[], fallback: string): string[] {
  const taken = new Set<string>()
  const slugs: string[] = []
  const order = names
    .map((_, index) => index)
    .sort((a, b) => compare(names[a]!, names[b]!) || a - b)
  for (const index of order) {
    const base = slugOf(names[index]!) || fallback
    let slug = base
    for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`
    taken.add(slug)
    slugs[index] = slug
  }
  return slugs
}

/** By code unit: the same order on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
