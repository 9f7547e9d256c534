import { areasAtLevel } from '../../core/area.ts'
import { admitReleased } from '../../core/disclosure/gate.ts'
import { admitHexagons, admitIncidents } from '../../core/disclosure/incidents.ts'
import type { Finding } from '../../core/finding.ts'
import type { FileReference, PackageIndex } from '../../core/release.ts'
import { planReferences, readPlan } from '../plan/read-plan.ts'
import { readFlows } from '../plan/case-flow-shape.ts'
import { parsedObject, readNeighbours } from './neighbours.ts'
import { readBoundaries } from './package-index.ts'

export interface CheckedFile {
  readonly text: string
  /** Hex SHA-256 of the bytes. */
  readonly sha256: string
  /** How many bytes the file has. */
  readonly bytes: number
}

/** Opens a file of a package; null when it cannot be had, which is then told of already. */
export type OpenFile = (path: string) => Promise<CheckedFile | null>

/**
 * Reads every file that an index refers to as the app does. Rows are looked at before checksums, so that a damaged row
 * is named.
 * @param index admitted
 */
export async function checkPackageFiles(index: PackageIndex, open: OpenFile): Promise<Finding[]> {
  const { register, release, incidents } = index
  const findings: Finding[] = []
  const areasOf = (level: string) => areasAtLevel(register, level).map(({ id }) => id)
  const admit = async (
    reference: FileReference,
    reader: (file: CheckedFile) => readonly Finding[],
  ): Promise<void> => {
    const file = await open(reference.path)
    if (!file) return
    const faults = reader(file)
    findings.push(...faults)
    if (faults.some(({ severity }) => severity === 'error')) return
    if (file.sha256 !== reference.sha256) findings.push(fault('package-checksum', reference.path))
    if (file.bytes !== reference.bytes)
      findings.push({
        ...fault('package-bytes', reference.path),
        parameters: { expected: reference.bytes, found: file.bytes },
      })
  }
  const faultsOf = (
    result: { readonly ok: true } | { readonly ok: false; readonly finding: Finding },
  ): Finding[] => (result.ok ? [] : [result.finding])

  await admit(index.boundaries, ({ text }) => {
    const boundaries = readBoundaries(text, index.boundaries.path, index)
    return boundaries.ok ? boundaries.findings : [boundaries.finding]
  })
  await admit(index.neighbours, ({ text }) => {
    const reading = readNeighbours(text, index)
    return reading.ok ? [] : [reading.finding]
  })
  for (const reference of index.observations) {
    const { level, path, sexes, periods } = reference
    const indicator = index.indicators.find(({ id }) => id === reference.indicator)!
    await admit(reference, (file) =>
      faultsOf(
        admitReleased(file.text, file.sha256, {
          ...{ indicator, level, sexes, periods, areas: areasOf(level) },
          ...{ release: release.id, file: path, sha256: reference.sha256 },
        }),
      ),
    )
  }
  const { plan, flows } = index
  if (plan)
    await admit(plan, ({ text }) => {
      const reading = readPlan(parsedObject(text), plan.path, planReferences(index))
      return 'findings' in reading ? reading.findings : []
    })
  if (flows)
    await admit(flows, ({ text }) => {
      const reading = readFlows(text, flows.path)
      return reading.ok ? [] : [reading.finding]
    })
  if (!incidents) return findings
  const { categories, minimumCount } = incidents
  for (const reference of incidents.counts)
    await admit(reference, (file) =>
      faultsOf(
        admitIncidents(file.text, file.sha256, {
          ...{ categories, level: reference.level, areas: areasOf(reference.level) },
          ...{ release: release.id, file: reference.path, sha256: reference.sha256 },
        }),
      ),
    )
  const { hexagons, hexagonOutlines } = incidents
  if (!hexagons || !hexagonOutlines) return findings
  const known = new Set<string>()
  await admit(hexagonOutlines, ({ text }) => {
    const outlines = parsedObject(text)
    for (const [id, ring] of Object.entries(outlines ?? {})) {
      known.add(id)
      if (!isRing(ring)) return [fault('package-outlines', hexagonOutlines.path, id)]
    }
    return outlines ? [] : [fault('package-outlines', hexagonOutlines.path, '')]
  })
  await admit(hexagons, (file) =>
    faultsOf(
      admitHexagons(file.text, file.sha256, {
        ...{ categories, minimumCount, hexagons: known },
        ...{ release: release.id, file: hexagons.path, sha256: hexagons.sha256 },
      }),
    ),
  )
  return findings
}

const fault = (code: string, file: string, text: string | null = null): Finding => ({
  ...{ severity: 'error', code, file, row: null, column: null, text },
})

const isRing = (ring: unknown): boolean =>
  Array.isArray(ring) &&
  ring.length >= 3 &&
  ring.every((point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite))
