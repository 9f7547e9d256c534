import type { Topology } from 'topojson-specification'
import { drawPlaceMap, namesAround } from '../charts/place-map.ts'
import type { LevelId } from '../core/area.ts'
import { crossTableKey } from '../core/cross-plan.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { DisclosedIncidents } from '../core/disclosure/incidents.ts'
import type { Finding } from '../core/finding.ts'
import type { IndicatorId } from '../core/indicator.ts'
import type { ActivityPlan } from '../core/plan.ts'
import type { PackageIndex } from '../core/release.ts'
import { areaName } from '../text/format.ts'
import { profileText } from '../text/profile.ts'
import { sv } from '../text/sv.ts'
import { levelShapes, waterShapes } from '../views/area-shapes.ts'
import { areaProfile, type AreaProfile } from '../views/profile/area-profile.ts'
import { placeOf, profileTables, type ProfileChoice } from '../views/profile/profile-question.ts'
import type { ReportMap } from '../views/report.ts'
import { PackageFault } from './package-files.ts'

/** What profiles are made of: a package's index, and its figures once they are admitted. */
export interface ProfilePackage {
  readonly index: PackageIndex
  /** Null where it could not be read, and that is told elsewhere. @throws PackageFault */
  table(indicator: IndicatorId, level: LevelId): Promise<DisclosedTable | null>
  /** @throws PackageFault */
  incidents(level: LevelId): Promise<DisclosedIncidents>
  /** Null where the package has none. @throws PackageFault, which leaves the plan's section out */
  plan(): Promise<ActivityPlan | null>
  /** @throws PackageFault */
  boundaries(): Promise<Topology>
}

export interface ProfileDetails {
  /** ISO date on which the profile is made. */
  readonly date: string
  /** The analyst's own words, a paragraph each. */
  readonly words: readonly string[]
  /** The colour of a design token, for the map. */
  readonly colour: (token: string) => string
}

const MAP_SIZE = { width: 420, height: 260 }

/** Makes profiles of one package, and reads each of its files once. */
export class ProfileReports {
  private readonly tables = new Map<string, Promise<DisclosedTable | null>>()
  private readonly counts = new Map<LevelId, Promise<DisclosedIncidents>>()
  private topology: Promise<Topology> | null = null

  constructor(private readonly source: ProfilePackage) {}

  /** @returns null where none of the chosen areas is known. @throws PackageFault */
  async make(choice: ProfileChoice, details: ProfileDetails): Promise<AreaProfile | null> {
    const { index } = this.source
    const place = placeOf(index.register, choice)
    if (!place) return null
    const wanted = profileTables(index, choice)
    const [tables, incidents, topology, plan] = await Promise.all([
      Promise.all(
        wanted.map(
          async ({ indicator, level }) =>
            [crossTableKey(indicator, level), await this.table(indicator, level)] as const,
        ),
      ),
      this.incidentsAt(place.level),
      (this.topology ??= this.source.boundaries()),
      this.planOrFault(),
    ])
    const known = new Map(tables.flatMap(([key, table]) => (table ? [[key, table] as const] : [])))
    const question = { source: index, choice, tables: known, incidents }
    const { date, words, colour } = details
    const map = placeMap(index, topology, choice, colour)
    return areaProfile(question, { date, words, map, plan })
  }

  /** A plan that cannot be read stops its own section alone. */
  private async planOrFault(): Promise<ActivityPlan | { readonly fault: Finding } | null> {
    try {
      return await this.source.plan()
    } catch (cause) {
      if (!(cause instanceof PackageFault)) throw cause
      return { fault: cause.finding }
    }
  }

  private table(indicator: IndicatorId, level: LevelId): Promise<DisclosedTable | null> {
    const key = crossTableKey(indicator, level)
    const known = this.tables.get(key) ?? this.source.table(indicator, level)
    this.tables.set(key, known)
    return known
  }

  private incidentsAt(level: LevelId): Promise<DisclosedIncidents | null> {
    const { incidents } = this.source.index
    if (!incidents?.counts.some((file) => file.level === level)) return Promise.resolve(null)
    const known = this.counts.get(level) ?? this.source.incidents(level)
    this.counts.set(level, known)
    return known
  }
}

/** Where the place lies; null where it has no outline. */
export function placeMap(
  { register, release }: Pick<PackageIndex, 'register' | 'release'>,
  topology: Topology,
  choice: ProfileChoice,
  colour: (token: string) => string,
): ReportMap | null {
  const place = placeOf(register, choice)
  if (!place) return null
  const shapes = levelShapes(topology, register, place.level)
  const isSchematic = register.boundaryVersion.schematic
  const alternative = profileText.map.alternative(
    areaName(place.name),
    namesAround(shapes, place.areas),
  )
  const svg = drawPlaceMap({
    ...{ shapes, water: waterShapes(topology), areas: place.areas, title: alternative, colour },
    synthetic: release.synthetic ? sv.synthetic : null,
    schematic: isSchematic ? sv.map.schematic : null,
    ...MAP_SIZE,
  })
  return svg === null
    ? null
    : {
        ...{ kind: 'map', id: 'karta', svg, alternative, ...MAP_SIZE },
        caption: profileText.map.caption(place.name, isSchematic),
      }
}
