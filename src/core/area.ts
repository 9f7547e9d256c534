/** An area's official code. Always text: "0180" is not 180. */
export type AreaId = string

/** Identifier of a level in the package's own register, e.g. "kommun", "stadsdel", "regso". */
export type LevelId = string

export interface AreaLevel {
  readonly id: LevelId
  /** Display names from the package, in its own language. */
  readonly singular: string
  readonly plural: string
  /** 0 is the whole municipality; a higher rank is finer. */
  readonly rank: number
}

/** The version of the boundaries is part of what a code means: revised codes cover other ground. */
export interface BoundaryVersion {
  readonly id: string
  readonly name: string
  /** True when the outlines are drawn, not surveyed. */
  readonly schematic: boolean
  readonly source: string
  readonly licence: string
}

export interface Area {
  readonly id: AreaId
  readonly level: LevelId
  readonly name: string
  /** The area one level up that contains this one; null at the top. */
  readonly parent: AreaId | null
  /** Shown on the map where the name is too long; lines to break it into. */
  readonly labelLines?: readonly string[]
  /** Sparsely populated ground that should not claim the first view or the first labels. */
  readonly rural?: boolean
}

export interface AreaRegister {
  readonly levels: readonly AreaLevel[]
  readonly areas: readonly Area[]
  readonly boundaryVersion: BoundaryVersion
}

/** Areas of one level, in register order. */
export function areasAtLevel(register: AreaRegister, level: LevelId): Area[] {
  return register.areas.filter((area) => area.level === level)
}

/** The coarsest level: the municipality, or null when the register has no single whole. */
export function wholeArea(register: AreaRegister): Area | null {
  const level = register.levels.find((candidate) => candidate.rank === 0)
  if (!level) return null
  const areas = areasAtLevel(register, level.id)
  return areas.length === 1 ? areas[0]! : null
}

/** An area and those that it lies in, from the inside out; nothing where it is unknown. */
export function lineage({ areas }: Pick<AreaRegister, 'areas'>, id: AreaId): readonly AreaId[] {
  const area = areas.find((one) => one.id === id)
  return area ? [id, ...(area.parent === null ? [] : lineage({ areas }, area.parent))] : []
}
