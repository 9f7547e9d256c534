import type { AreaId, LevelId } from '../../core/area.ts'

/** Which areas of two versions of the boundaries are the same ground. */
export interface BoundaryTies {
  /** Ids of the versions (BoundaryVersion). */
  readonly from: string
  readonly to: string
  /** Levels whose areas were replaced; areas of others keep their ids. */
  readonly levels: readonly LevelId[]
  /** By area before: the area now, or null where no area is the same ground. One to one; who is not named has no tie. */
  readonly areas: Readonly<Record<AreaId, AreaId | null>>
}

/** The area of a level in another version; null where no area is the same ground. */
export type AreaTie = (level: LevelId, area: AreaId) => AreaId | null

/**
 * How areas of one version are called in another, through as few versions as need be, in either direction. Without a
 * way between them no area is the same.
 */
export function boundaryTies(ties: readonly BoundaryTies[], from: string, to: string): AreaTie {
  const way = shortestWay(ties, from, to)
  if (!way) return () => null
  return (level, area) =>
    way.reduce<AreaId | null>((now, step) => (now === null ? null : step(level, now)), area)
}

/**
 * The areas of a level in one version, and what each was called in another.
 * @param before the level's areas in the version that figures are of
 */
export function originsOf(
  tie: AreaTie,
  level: LevelId,
  before: readonly AreaId[],
): ReadonlyMap<AreaId, AreaId> {
  const origins = new Map<AreaId, AreaId>()
  for (const area of before) {
    const now = tie(level, area)
    if (now !== null) origins.set(now, area)
  }
  return origins
}

function shortestWay(
  ties: readonly BoundaryTies[],
  from: string,
  to: string,
): readonly AreaTie[] | null {
  const ways = new Map<string, readonly AreaTie[]>([[from, []]])
  // Versions are added to the map while it is walked through, nearest first.
  for (const [version, way] of ways) {
    if (version === to) return way
    for (const tie of ties) {
      if (tie.from === version && !ways.has(tie.to)) ways.set(tie.to, [...way, forward(tie)])
      if (tie.to === version && !ways.has(tie.from)) ways.set(tie.from, [...way, backward(tie)])
    }
  }
  return null
}

const forward =
  ({ levels, areas }: BoundaryTies): AreaTie =>
  (level, area) =>
    levels.includes(level) ? ((Object.hasOwn(areas, area) ? areas[area] : null) ?? null) : area

function backward({ levels, areas }: BoundaryTies): AreaTie {
  const before = new Map(Object.entries(areas).map(([old, now]) => [now, old]))
  return (level, area) => (levels.includes(level) ? (before.get(area) ?? null) : area)
}
