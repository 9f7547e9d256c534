import { areasAtLevel, type AreaId, type LevelId } from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import type { PackageIndex } from '../../core/release.ts'

/** Who borders on whom, by level. */
export type Neighbours = Readonly<Record<LevelId, Readonly<Record<AreaId, readonly AreaId[]>>>>

export type NeighboursReading =
  | { readonly ok: true; readonly neighbours: Neighbours }
  | { readonly ok: false; readonly finding: Finding }

/** Reads a package's list of neighbours: known areas of the same level, and each other's. */
export function readNeighbours(text: string, index: PackageIndex): NeighboursReading {
  const refuse = (offending: string): NeighboursReading => ({
    ok: false,
    finding: {
      ...{ severity: 'error', code: 'package-neighbours', file: index.neighbours.path },
      ...{ row: null, column: null, text: offending },
    },
  })
  const levels = parsedObject(text)
  if (!levels) return refuse('')
  for (const [level, lists] of Object.entries(levels)) {
    const known = new Set(areasAtLevel(index.register, level).map(({ id }) => id))
    const adjacency = new Map(Object.entries((lists ?? {}) as Record<string, unknown>))
    for (const [area, others] of adjacency) {
      if (!known.has(area) || !Array.isArray(others)) return refuse(area)
      for (const other of others as unknown[]) {
        const back = adjacency.get(String(other))
        if (!Array.isArray(back) || !back.includes(area))
          return refuse(`${area} – ${String(other)}`)
      }
    }
  }
  return { ok: true, neighbours: levels as Neighbours }
}

/** What a text says in JSON, if it is an object. */
export function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
