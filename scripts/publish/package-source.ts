import type { Topology } from 'topojson-specification'
import type { AreaId, AreaRegister, LevelId } from '../../src/core/area.ts'
import type { RawFlow } from '../../src/core/case-flow.ts'
import type { RawHexagonCount, RawIncidentCounts } from '../../src/core/disclosure/incidents.ts'
import type { DisclosurePolicy, Indicator } from '../../src/core/indicator.ts'
import type { RawTable } from '../../src/core/observation.ts'
import type { ActivityPlan } from '../../src/core/plan.ts'
import type { IncidentCategory, PackageIndex, Release } from '../../src/core/release.ts'
import type { HexagonRings } from '../../src/files/hexagons.ts'

/** Neighbouring areas per level, from boundaries that no water is cut out of. */
export type Neighbours = Readonly<Record<LevelId, Readonly<Record<AreaId, readonly AreaId[]>>>>

export interface IncidentSource {
  readonly categories: readonly IncidentCategory[]
  readonly policyByCategory: ReadonlyMap<string, DisclosurePolicy>
  /** One per level. */
  readonly counts: readonly RawIncidentCounts[]
  readonly hexagons: readonly RawHexagonCount[]
  /** Of every hexagon that has an incident; only those that are released are written. */
  readonly outlines: HexagonRings
  readonly minimumCount: number
}

/** All that a package is made of, before the disclosure gate. */
export interface PackageSource {
  /** Short name of the data package, as its file name would be. */
  readonly name: string
  readonly description: string
  readonly release: Release
  readonly licences: readonly {
    readonly name: string
    readonly title: string
    readonly path: string
  }[]
  readonly register: AreaRegister
  readonly boundaries: Topology
  readonly neighbours: Neighbours
  readonly indicators: readonly Indicator[]
  /** Raw figures in the finest periods of each plan: one table per indicator and level. */
  readonly tables: readonly RawTable[]
  readonly incidents: IncidentSource | null
  /** The municipality's plan of activities; null where there is none. */
  readonly plan: ActivityPlan | null
  /** Work with individuals as monthly counts. */
  readonly flows: readonly RawFlow[]
  readonly start: PackageIndex['start']
}

/** A package's files as text by path. Holds released figures only. */
export type PackageFiles = ReadonlyMap<string, string>
