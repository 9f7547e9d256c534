import { Fault } from './json-shape.ts'

/** Makes a stored object of one version one of the next. What it is given has not been checked. */
export type Migration = (stored: Readonly<Record<string, unknown>>) => Record<string, unknown>

/**
 * Brings a stored object to the newest version, step by step; each carries its version as `format`.
 * @param steps the first makes version 2 of version 1
 * @throws Fault "project-newer" for a version that is not known yet, "package-type" for what has none
 */
export function migrated(
  stored: unknown,
  steps: readonly Migration[],
): Readonly<Record<string, unknown>> {
  const isObject = typeof stored === 'object' && stored !== null && !Array.isArray(stored)
  const version = isObject && 'format' in stored ? stored.format : undefined
  if (!isObject || !Number.isSafeInteger(version) || (version as number) < 1)
    throw new Fault('package-type', 'format', version, { expected: 'count' })
  const newest = steps.length + 1
  if ((version as number) > newest) throw new Fault('project-newer', null, version, { newest })
  return steps
    .slice((version as number) - 1)
    .reduce<Record<string, unknown>>(
      (before, step, at) => ({ ...step(before), format: (version as number) + at + 1 }),
      { ...stored },
    )
}
