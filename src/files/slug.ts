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
 * alphabetical order gets a number. They depend on the set of names, not on their order.
 */
export function distinctSlugs(names: readonly string[], fallback: string): string[] {
  const taken = new Set<string>()
  const slugs = new Map<string, string>()
  for (const name of [...names].sort()) {
    const base = slugOf(name) || fallback
    let slug = base
    for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`
    taken.add(slug)
    slugs.set(name, slug)
  }
  return names.map((name) => slugs.get(name)!)
}
