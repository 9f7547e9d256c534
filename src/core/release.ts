import type { AreaId, AreaRegister, LevelId } from './area.ts'
import type { Indicator, IndicatorId, Sex } from './indicator.ts'
import type { PeriodCode } from './period.ts'

export type ReleaseId = string

export interface Release {
  /** For example "2026-11-03"; named in every URL and file. */
  readonly id: ReleaseId
  /** ISO date. */
  readonly date: string
  readonly title: string
  /** True when any figure of it is invented; then every screen and file says so. */
  readonly synthetic: boolean
  readonly sources: readonly { readonly title: string; readonly licence: string }[]
  readonly notes: readonly string[]
}

/** One released file of observations: one indicator at one level. */
export interface ObservationFile {
  readonly indicator: IndicatorId
  readonly level: LevelId
  /** Relative to the package's folder. */
  readonly path: string
  readonly rows: number
  readonly bytes: number
  /** Hex SHA-256 of the file as served. */
  readonly sha256: string
  readonly sexes: readonly Sex[]
  readonly periods: readonly PeriodCode[]
}

export interface FileReference {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly rows?: number
}

export interface IncidentCategory {
  readonly id: string
  readonly name: string
  /** Published as hexagons: only categories that point at a place, never at a home or a victim. */
  readonly hexagons: boolean
}

export interface IncidentFiles {
  readonly categories: readonly IncidentCategory[]
  /** One file per level: category, area, period, status, count. */
  readonly counts: readonly (FileReference & { readonly level: LevelId })[]
  /** hexagon, category, period (years only), count (at least minimumCount). */
  readonly hexagons: FileReference | null
  /** Hexagon outlines, GeoJSON-like rings keyed by hexagon id. */
  readonly hexagonOutlines: FileReference | null
  readonly minimumCount: number
}

/** The package's small index (index.json): all that the first map needs besides its own figures. */
export interface PackageIndex {
  readonly format: 1
  readonly release: Release
  readonly register: AreaRegister
  /** TopoJSON with one object per level (properties.id) sharing arcs, and optional "water". */
  readonly boundaries: FileReference
  readonly neighbours: FileReference
  readonly indicators: readonly Indicator[]
  readonly observations: readonly ObservationFile[]
  readonly incidents: IncidentFiles | null
  /** The municipality's plan of activities (ActivityPlan); absent where the package has none. */
  readonly plan?: FileReference | null
  /** Work with individuals as released counts (ReleasedFlow); absent where the package has none. */
  readonly flows?: FileReference | null
  readonly start: {
    readonly indicator: IndicatorId
    readonly level: LevelId
    readonly areas: readonly AreaId[]
    /** [west, south, east, north] in degrees: the view that the map opens on. */
    readonly bounds: readonly [number, number, number, number]
  }
}
