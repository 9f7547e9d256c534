import type { Topology } from 'topojson-specification'
import { areasAtLevel, type AreaId, type LevelId } from '../core/area.ts'
import { admitReleased, onOtherBoundaries, type DisclosedTable } from '../core/disclosure/gate.ts'
import {
  admitHexagons,
  admitIncidents,
  incidentsOnOtherBoundaries,
  type DisclosedHexagons,
  type DisclosedIncidents,
} from '../core/disclosure/incidents.ts'
import type { DisclosureLog } from '../core/disclosure/log.ts'
import type { EarlierRelease } from '../core/disclosure/release-import.ts'
import type { Indicator, IndicatorId } from '../core/indicator.ts'
import type { DisclosedFlow } from '../core/disclosure/disclosed-flow.ts'
import type { ActivityPlan } from '../core/plan.ts'
import type { FileReference, ObservationFile, PackageIndex } from '../core/release.ts'
import { boundaryTies, originsOf } from '../files/package/boundary-ties.ts'
import { DISCLOSURE_LOG_FILE, readDisclosureLog } from '../files/package/disclosure-log.ts'
import { parsedObject, readNeighbours, type Neighbours } from '../files/package/neighbours.ts'
import { mergeLog } from '../files/package/overlay-log.ts'
import {
  EMPTY_WORKSPACE,
  eventLayer,
  hasLayers,
  mergeIndex,
  type Workspace,
} from '../files/package/overlay.ts'
import { readBoundaries, readPackageIndex } from '../files/package/package-index.ts'
import { readFlows } from '../files/plan/case-flow-shape.ts'
import { sha256Hex } from '../files/sha256.ts'
import {
  decodeFile,
  HeldFiles,
  PackageFault,
  packageFault,
  type FileSource,
} from './package-files.ts'

export { PackageFault } from './package-files.ts'

/** A package as it lies under the analyst's own files. */
export interface BasePackage {
  readonly index: PackageIndex
  /** What its files say that the package is: a project's are of the layers too. */
  readonly written: PackageIndex
  readonly files: FileSource
}

/** A package that is served, with its index read. @throws PackageFault */
export async function readBasePackage(files: FileSource): Promise<BasePackage> {
  const path = 'index.json'
  const read = readPackageIndex(decodeFile(await files.read(path), path), path)
  if (!read.ok) throw new PackageFault(read.finding)
  return { index: read.index, written: read.index, files }
}

/** Where a table comes from, and what its own file promises. */
interface TableOrigin {
  readonly files: FileSource
  readonly file: ObservationFile
  readonly indicator: Indicator
  readonly areas: readonly AreaId[]
  readonly boundaryVersion: string
}

/**
 * Reads the files of a package and of the layers above it, all through the gate. Nothing is kept here. Never changed:
 * other layers have another reader.
 */
export class PackageReader {
  /** Of the package with its layers. */
  readonly index: PackageIndex

  constructor(
    readonly base: BasePackage,
    readonly workspace: Workspace = EMPTY_WORKSPACE,
    private readonly layerFiles: FileSource = new HeldFiles(() => Promise.resolve(null)),
  ) {
    this.index = mergeIndex(base.index, workspace)
  }

  private async readText(
    files: FileSource,
    reference: FileReference,
  ): Promise<{ readonly text: string; readonly sha256: string }> {
    const bytes = await files.read(reference.path, reference.bytes)
    return { text: decodeFile(bytes, reference.path), sha256: await sha256Hex(bytes) }
  }

  /** Whose boundaries are in effect. */
  private get boundaryFiles(): FileSource {
    return this.workspace.boundaries ? this.layerFiles : this.base.files
  }

  /** Whose events are in effect. */
  private get eventFiles(): FileSource {
    return eventLayer(this.workspace) ? this.layerFiles : this.base.files
  }

  async boundaries(): Promise<Topology> {
    const { path, sha256: expected } = this.index.boundaries
    const { text, sha256 } = await this.readText(this.boundaryFiles, this.index.boundaries)
    const read = readBoundaries(text, path, this.index)
    if (!read.ok) throw new PackageFault(read.finding)
    if (sha256 !== expected) throw packageFault('released-checksum', path)
    return read.boundaries
  }

  /** Who borders on whom. @throws PackageFault */
  async neighbours(): Promise<Neighbours> {
    const { neighbours } = this.index
    const { text, sha256 } = await this.readText(this.boundaryFiles, neighbours)
    const read = readNeighbours(text, this.index)
    if (!read.ok) throw new PackageFault(read.finding)
    if (sha256 !== neighbours.sha256) throw packageFault('released-checksum', neighbours.path)
    return read.neighbours
  }

  /** The bytes of a file of the package or of a layer, as they were released. @throws PackageFault */
  async bytes(reference: FileReference, owner: 'base' | 'layer'): Promise<Uint8Array<ArrayBuffer>> {
    const files = owner === 'base' ? this.base.files : this.layerFiles
    const bytes = await files.read(reference.path, reference.bytes)
    if ((await sha256Hex(bytes)) !== reference.sha256)
      throw packageFault('released-checksum', reference.path)
    return new Uint8Array(bytes)
  }

  /** One indicator at one level, admitted by the gate, on the boundaries in effect. @throws PackageFault */
  async table(indicatorId: IndicatorId, level: LevelId): Promise<DisclosedTable> {
    const { files, file, indicator, areas, boundaryVersion } = this.originOf(indicatorId, level)
    const { text, sha256 } = await this.readText(files, file)
    const admission = admitReleased(text, sha256, {
      release: this.index.release.id,
      indicator,
      level,
      file: file.path,
      sha256: file.sha256,
      sexes: file.sexes,
      periods: file.periods,
      areas,
    })
    if (!admission.ok) throw new PackageFault(admission.finding)
    const origins = this.moved(level, areas, boundaryVersion)
    return origins
      ? onOtherBoundaries(admission.table, this.areasAt(level), origins)
      : admission.table
  }

  /** One indicator at all its levels, coarse to fine. @throws PackageFault */
  tablesOf(indicator: IndicatorId): Promise<readonly DisclosedTable[]> {
    const { register, observations } = this.index
    return Promise.all(
      register.levels
        .toSorted((a, b) => a.rank - b.rank)
        .filter(({ id }) =>
          observations.some((file) => file.indicator === indicator && file.level === id),
        )
        .map(({ id }) => this.table(indicator, id)),
    )
  }

  /**
   * An indicator as it was released before, oldest first: by the package, by files that later ones stand in place of,
   * and as it is now. Invented figures are no release. @throws PackageFault
   */
  async earlierReleases(indicatorId: IndicatorId): Promise<readonly EarlierRelease[]> {
    const { layers, superseded } = this.workspace
    const versions = [
      [],
      ...[...superseded, ...layers]
        .filter(({ indicators }) => indicators.some(({ id }) => id === indicatorId))
        .map((layer) => [layer]),
    ]
    const releases: EarlierRelease[] = []
    for (const own of versions) {
      const reader = new PackageReader(
        this.base,
        { ...this.workspace, layers: own },
        this.layerFiles,
      )
      const indicator = reader.index.indicators.find(({ id }) => id === indicatorId)
      if (indicator && !indicator.synthetic)
        releases.push({ indicator, tables: await reader.tablesOf(indicatorId) })
    }
    return releases
  }

  /** Whether a file holds just what is shown: its areas are those in effect. @throws PackageFault */
  isAsReleased(indicator: IndicatorId, level: LevelId): boolean {
    const { areas, boundaryVersion } = this.originOf(indicator, level)
    return this.moved(level, areas, boundaryVersion) === null
  }

  private originOf(indicatorId: IndicatorId, level: LevelId): TableOrigin {
    const isWanted = (file: ObservationFile): boolean =>
      file.indicator === indicatorId && file.level === level
    const layer = this.workspace.layers.find(({ indicators }) =>
      indicators.some(({ id }) => id === indicatorId),
    )
    const { register, observations, indicators } = this.base.index
    const from = layer ?? { observations, indicators }
    const file = from.observations.find(isWanted)
    const indicator = from.indicators.find(({ id }) => id === indicatorId)
    if (!file || !indicator || !this.index.observations.some(isWanted))
      throw packageFault('file-not-in-index', `${level}/${indicatorId}`)
    return {
      ...{ file, indicator },
      files: layer ? this.layerFiles : this.base.files,
      areas: layer
        ? (layer.areas[level] ?? [])
        : areasAtLevel(register, level).map((area) => area.id),
      boundaryVersion: layer?.boundaryVersion ?? register.boundaryVersion.id,
    }
  }

  private areasAt(level: LevelId): AreaId[] {
    return areasAtLevel(this.index.register, level).map((area) => area.id)
  }

  /** What an area of the package is called among those in effect; null where none is the same ground. */
  private namesNow(): (area: AreaId) => AreaId | null {
    const { register } = this.base.index
    const names = new Map(
      register.levels.flatMap(({ id: level }) => {
        const before = areasAtLevel(register, level).map(({ id }) => id)
        const origins = this.moved(level, before, register.boundaryVersion.id)
        return origins
          ? [...origins].map(([now, then]) => [then, now] as const)
          : before.map((id) => [id, id] as const)
      }),
    )
    const inEffect = new Set(this.index.register.areas.map(({ id }) => id))
    return (area) => {
      const now = names.get(area)
      return now !== undefined && inEffect.has(now) ? now : null
    }
  }

  /** What the areas in effect were called where a file was released; null where they are the same. */
  private moved(
    level: LevelId,
    before: readonly AreaId[],
    version: string,
  ): ReadonlyMap<AreaId, AreaId> | null {
    const now = this.index.register.boundaryVersion.id
    const areas = this.areasAt(level)
    const isSame = before.length === areas.length && before.every((id, at) => id === areas[at])
    if (version === now) return isSame ? null : new Map(before.map((id) => [id, id]))
    return originsOf(boundaryTies(this.workspace.ties, version, now), level, before)
  }

  async incidents(level: LevelId): Promise<DisclosedIncidents> {
    const { register } = this.base.index
    const { incidents } = this.index
    const file = incidents?.counts.find((candidate) => candidate.level === level)
    if (!incidents || !file) throw packageFault('file-not-in-index', `incidents/${level}`)
    const areas = areasAtLevel(register, level).map((area) => area.id)
    const { text, sha256 } = await this.readText(this.base.files, file)
    const admission = admitIncidents(text, sha256, {
      release: this.index.release.id,
      file: file.path,
      sha256: file.sha256,
      level,
      categories: incidents.categories,
      areas,
    })
    if (!admission.ok) throw new PackageFault(admission.finding)
    const origins = this.moved(level, areas, register.boundaryVersion.id)
    return origins
      ? incidentsOnOtherBoundaries(admission.incidents, this.areasAt(level), origins)
      : admission.incidents
  }

  /** Hexagon counts, admitted against the hexagons that have an outline. @throws PackageFault */
  async hexagons(): Promise<DisclosedHexagons> {
    const { incidents } = this.index
    if (!incidents?.hexagons) throw packageFault('file-not-in-index', 'incidents/hexagons')
    const outlines = await this.hexagonOutlines()
    const { text, sha256 } = await this.readText(this.eventFiles, incidents.hexagons)
    const admission = admitHexagons(text, sha256, {
      release: this.index.release.id,
      categories: incidents.categories,
      hexagons: new Set(outlines.keys()),
      minimumCount: incidents.minimumCount,
      file: incidents.hexagons.path,
      sha256: incidents.hexagons.sha256,
    })
    if (!admission.ok) throw new PackageFault(admission.finding)
    return admission.hexagons
  }

  /** The ring of each hexagon, in degrees. @throws PackageFault */
  async hexagonOutlines(): Promise<HexagonOutlines> {
    const file = this.index.incidents?.hexagonOutlines
    if (!file) throw packageFault('file-not-in-index', 'incidents/hexagon-outlines')
    const { text, sha256 } = await this.readText(this.eventFiles, file)
    if (sha256 !== file.sha256) throw packageFault('released-checksum', file.path)
    return new Map(Object.entries(JSON.parse(text) as Record<string, [number, number][]>))
  }

  /**
   * The municipality's plan of activities, with the areas and indicators in effect; null when the package has none.
   * Its reader comes with it: the first map needs neither. @throws PackageFault
   */
  async plan(): Promise<ActivityPlan | null> {
    const { plan: file } = this.index
    if (!file) return null
    const [{ text, sha256 }, { planInEffect, planReferences, readPlan }] = await Promise.all([
      this.readText(this.base.files, file),
      import('../files/plan/read-plan.ts'),
    ])
    const reading = readPlan(parsedObject(text), file.path, planReferences(this.base.written))
    if ('findings' in reading) throw new PackageFault(reading.findings[0]!)
    if (sha256 !== file.sha256) throw packageFault('released-checksum', file.path)
    const indicators = new Set(this.index.indicators.map(({ id }) => id))
    return planInEffect(reading.plan, this.namesNow(), indicators)
  }

  /** Work with individuals as counts, of the package; none where it has none. @throws PackageFault */
  async caseFlows(): Promise<readonly DisclosedFlow[]> {
    const { flows: file } = this.index
    if (!file) return []
    const { text, sha256 } = await this.readText(this.base.files, file)
    const reading = readFlows(text, file.path)
    if (!reading.ok) throw new PackageFault(reading.finding)
    if (sha256 !== file.sha256) throw packageFault('released-checksum', file.path)
    return reading.flows
  }

  /**
   * The log of disclosure control, with what the layers hid; null when there is none. The package's own must name the
   * checksums that its index has, so that it is about these figures. @throws PackageFault
   */
  async disclosureLog(): Promise<DisclosureLog | null> {
    const { index, written } = this.base
    const own = await this.ownLog()
    const isAsWritten = index === written && !hasLayers(this.workspace)
    if (isAsWritten || (!own && this.workspace.layers.length === 0)) return own
    return mergeLog(own, this.index, this.workspace)
  }

  private async ownLog(): Promise<DisclosureLog | null> {
    const path = DISCLOSURE_LOG_FILE
    let bytes: ArrayBuffer
    try {
      bytes = await this.base.files.read(path)
    } catch (cause) {
      if (cause instanceof PackageFault && cause.finding.code === 'file-missing') return null
      throw cause
    }
    const read = readDisclosureLog(decodeFile(bytes, path), path, this.base.written)
    if (!read.ok) throw new PackageFault(read.finding)
    return read.log
  }
}

/** Rings in degrees by hexagon id. */
export type HexagonOutlines = ReadonlyMap<string, readonly (readonly [number, number])[]>
