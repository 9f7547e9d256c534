import type { Topology } from 'topojson-specification'
import { areasAtLevel, type LevelId } from '../core/area.ts'
import { admitReleased, type DisclosedTable } from '../core/disclosure/gate.ts'
import {
  admitHexagons,
  admitIncidents,
  type DisclosedHexagons,
  type DisclosedIncidents,
} from '../core/disclosure/incidents.ts'
import type { DisclosureLog } from '../core/disclosure/log.ts'
import type { Finding } from '../core/finding.ts'
import type { IndicatorId } from '../core/indicator.ts'
import type { FileReference, PackageIndex } from '../core/release.ts'
import { DISCLOSURE_LOG_FILE, readDisclosureLog } from '../files/package/disclosure-log.ts'
import { readBoundaries, readPackageIndex } from '../files/package/package-index.ts'
import { sha256Hex } from '../files/sha256.ts'

/** Something in the package is wrong or cannot be had; the finding says which file, which row and why. */
export class PackageFault extends Error {
  readonly code = 'package-fault'
  constructor(
    readonly finding: Finding,
    override readonly cause?: unknown,
  ) {
    super(`${finding.file}: ${finding.code}`)
  }
}

/** Larger than any file of a package should be; refused before it is read. */
const MAXIMUM_FILE_BYTES = 64e6

function fault(
  code: string,
  file: string,
  parameters: Readonly<Record<string, string | number>> = {},
  cause?: unknown,
): PackageFault {
  return new PackageFault(
    { severity: 'error', code, file, row: null, column: null, text: null, parameters },
    cause,
  )
}

/** Reads the files of one published package, all through the gate. Nothing is kept here. */
export class PackageReader {
  /** @param base URL of the package's folder, ending in a slash; always of this page's own host */
  constructor(private readonly base: string) {}

  private async fetchBytes(path: string, expectedBytes?: number): Promise<ArrayBuffer> {
    let response: Response
    try {
      response = await fetch(new URL(path, this.base), { credentials: 'same-origin' })
    } catch (cause) {
      throw fault('file-unreachable', path, {}, cause)
    }
    if (!response.ok)
      throw fault(response.status === 404 ? 'file-missing' : 'file-refused', path, {
        status: response.status,
      })
    const declared = Number(response.headers.get('content-length') ?? 0)
    if (declared > MAXIMUM_FILE_BYTES || (expectedBytes ?? 0) > MAXIMUM_FILE_BYTES)
      throw fault('file-too-large', path, { bytes: Math.max(declared, expectedBytes ?? 0) })
    try {
      return await response.arrayBuffer()
    } catch (cause) {
      throw fault('file-unreachable', path, {}, cause)
    }
  }

  private decode(bytes: ArrayBuffer, path: string): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch (cause) {
      throw fault('file-not-utf8', path, {}, cause)
    }
  }

  private async readChecked(reference: FileReference): Promise<{ text: string; sha256: string }> {
    const bytes = await this.fetchBytes(reference.path, reference.bytes)
    return { text: this.decode(bytes, reference.path), sha256: await sha256Hex(bytes) }
  }

  async index(): Promise<PackageIndex> {
    const path = 'index.json'
    const read = readPackageIndex(this.decode(await this.fetchBytes(path), path), path)
    if (!read.ok) throw new PackageFault(read.finding)
    return read.index
  }

  async boundaries(index: PackageIndex): Promise<Topology> {
    const { path, sha256: expected } = index.boundaries
    const { text, sha256 } = await this.readChecked(index.boundaries)
    const read = readBoundaries(text, path, index)
    if (!read.ok) throw new PackageFault(read.finding)
    if (sha256 !== expected) throw fault('released-checksum', path)
    return read.boundaries
  }

  /** One indicator at one level, admitted by the gate. @throws PackageFault */
  async table(
    index: PackageIndex,
    indicatorId: IndicatorId,
    level: LevelId,
  ): Promise<DisclosedTable> {
    const file = index.observations.find(
      (candidate) => candidate.indicator === indicatorId && candidate.level === level,
    )
    const indicator = index.indicators.find((candidate) => candidate.id === indicatorId)
    if (!file || !indicator) throw fault('file-not-in-index', `${level}/${indicatorId}`)
    const { text, sha256 } = await this.readChecked(file)
    const admission = admitReleased(text, sha256, {
      release: index.release.id,
      indicator,
      level,
      file: file.path,
      sha256: file.sha256,
      sexes: file.sexes,
      periods: file.periods,
      areas: areasAtLevel(index.register, level).map((area) => area.id),
    })
    if (!admission.ok) throw new PackageFault(admission.finding)
    return admission.table
  }

  async incidents(index: PackageIndex, level: LevelId): Promise<DisclosedIncidents> {
    const file = index.incidents?.counts.find((candidate) => candidate.level === level)
    if (!index.incidents || !file) throw fault('file-not-in-index', `incidents/${level}`)
    const { text, sha256 } = await this.readChecked(file)
    const admission = admitIncidents(text, sha256, {
      release: index.release.id,
      file: file.path,
      sha256: file.sha256,
      level,
      categories: index.incidents.categories,
      areas: areasAtLevel(index.register, level).map((area) => area.id),
    })
    if (!admission.ok) throw new PackageFault(admission.finding)
    return admission.incidents
  }

  /** Hexagon counts, admitted against the hexagons that have an outline. @throws PackageFault */
  async hexagons(index: PackageIndex): Promise<DisclosedHexagons> {
    const incidents = index.incidents
    if (!incidents?.hexagons) throw fault('file-not-in-index', 'incidents/hexagons')
    const outlines = await this.hexagonOutlines(index)
    const { text, sha256 } = await this.readChecked(incidents.hexagons)
    const admission = admitHexagons(text, sha256, {
      release: index.release.id,
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
  async hexagonOutlines(index: PackageIndex): Promise<HexagonOutlines> {
    const file = index.incidents?.hexagonOutlines
    if (!file) throw fault('file-not-in-index', 'incidents/hexagon-outlines')
    const { text, sha256 } = await this.readChecked(file)
    if (sha256 !== file.sha256) throw fault('released-checksum', file.path)
    return new Map(Object.entries(JSON.parse(text) as Record<string, [number, number][]>))
  }

  /**
   * The log of disclosure control; null when the package has none. It must name the checksums that the index has, so
   * that it is about these figures. @throws PackageFault
   */
  async disclosureLog(index: PackageIndex): Promise<DisclosureLog | null> {
    const path = DISCLOSURE_LOG_FILE
    let bytes: ArrayBuffer
    try {
      bytes = await this.fetchBytes(path)
    } catch (cause) {
      if (cause instanceof PackageFault && cause.finding.code === 'file-missing') return null
      throw cause
    }
    const read = readDisclosureLog(this.decode(bytes, path), path, index)
    if (!read.ok) throw new PackageFault(read.finding)
    return read.log
  }
}

/** Rings in degrees by hexagon id. */
export type HexagonOutlines = ReadonlyMap<string, readonly (readonly [number, number])[]>
