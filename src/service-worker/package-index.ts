/**
 * Paths of every file that a package's index refers to, relative to the package's folder. Any object with a path
 * and a checksum is a file, wherever in the index it stands, so that a newer index is kept whole as well.
 * @param index the parsed index; anything else has no files
 */
export function referredFiles(index: unknown): string[] {
  const paths = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (
      'path' in value &&
      'sha256' in value &&
      typeof value.path === 'string' &&
      isInside(value.path)
    )
      paths.add(value.path)
    for (const child of Object.values(value)) visit(child)
  }
  visit(index)
  return [...paths]
}

/** Whether a parsed index names the release that its figures belong to. */
export const namesRelease = (index: unknown): boolean =>
  typeof index === 'object' &&
  index !== null &&
  'release' in index &&
  typeof index.release === 'object' &&
  index.release !== null &&
  'id' in index.release &&
  typeof index.release.id === 'string'

/** A relative path that stays in its folder and names no other host. */
const isInside = (path: string): boolean =>
  /^[\w.-]/.test(path) && !path.includes('..') && !path.includes(':') && !path.includes('\\')
