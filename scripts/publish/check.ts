import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { areasAtLevel } from '../../src/core/area.ts'
import { admitReleased } from '../../src/core/disclosure/gate.ts'
import { admitHexagons, admitIncidents } from '../../src/core/disclosure/incidents.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { FileReference, PackageIndex } from '../../src/core/release.ts'
import { DISCLOSURE_LOG_FILE, readDisclosureLog } from '../../src/files/package/disclosure-log.ts'
import { readBoundaries, readPackageIndex } from '../../src/files/package/package-index.ts'
import { formatNumber } from '../../src/text/format.ts'
import { sha256 } from './checksum.ts'
import { list } from './package-folder.ts'
import { printFindings } from './print-findings.ts'
import { UsageError } from './usage.ts'

/** `check DIR`: whether a package is whole and every file of it passes the gate. @returns the exit code */
export async function checkCommand(parameters: readonly string[]): Promise<number> {
  const [folder, ...others] = parameters
  if (folder === undefined || others.length > 0) throw new UsageError('Ange en mapp: check MAPP')
  const { findings, files } = await checkPackage(resolve(folder))
  printFindings(findings)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  process.stdout.write(
    errors === 0
      ? `${formatNumber(files, 0)} filer är kontrollerade; paketet är helt.\n`
      : `${formatNumber(errors, 0)} fel; paketet ska inte användas.\n`,
  )
  return errors === 0 ? 0 : 1
}

/**
 * Reads every file of a package as the app does and compares all with datapackage.json.
 * @returns the findings, and how many files were read
 */
export async function checkPackage(
  folder: string,
): Promise<{ readonly findings: readonly Finding[]; readonly files: number }> {
  const findings: Finding[] = []
  const add = (
    code: string,
    file: string,
    details: Partial<Pick<Finding, 'severity' | 'text' | 'parameters'>> = {},
  ): void => {
    findings.push({
      severity: 'error',
      row: null,
      column: null,
      text: null,
      code,
      file,
      ...details,
    })
  }
  const open = async (file: string): Promise<{ text: string; sha256: string } | null> => {
    const bytes = await readFile(join(folder, file)).catch(() => null)
    if (!bytes) {
      add('file-missing', file)
      return null
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return { text, sha256: sha256(bytes) }
    } catch {
      add('file-not-utf8', file)
      return null
    }
  }

  const indexFile = await open('index.json')
  if (!indexFile) return { findings, files: 0 }
  const reading = readPackageIndex(indexFile.text, 'index.json')
  if (!reading.ok) return { findings: [...findings, reading.finding], files: 1 }
  const { index } = reading
  await checkReferences(index, open, findings, add)
  if (existsSync(join(folder, DISCLOSURE_LOG_FILE))) await checkLog(index, open, findings, add)
  const files = await checkDescription(folder, open, add)
  return { findings, files }
}

type Open = (file: string) => Promise<{ text: string; sha256: string } | null>
type Add = (
  code: string,
  file: string,
  details?: Partial<Pick<Finding, 'severity' | 'text' | 'parameters'>>,
) => void

async function checkReferences(
  index: PackageIndex,
  open: Open,
  findings: Finding[],
  add: Add,
): Promise<void> {
  const { register, release, incidents } = index
  const areasOf = (level: string) => areasAtLevel(register, level).map(({ id }) => id)
  /** Opens a file and hands it to its reader, which looks at the rows before the checksum. */
  const admit = async (
    reference: FileReference,
    reader: (file: { text: string; sha256: string }) => readonly Finding[],
  ): Promise<void> => {
    const file = await open(reference.path)
    if (!file) return
    const faults = reader(file)
    findings.push(...faults)
    if (faults.some(({ severity }) => severity === 'error')) return
    if (file.sha256 !== reference.sha256) add('package-checksum', reference.path)
    const bytes = Buffer.byteLength(file.text)
    if (bytes !== reference.bytes)
      add('package-bytes', reference.path, {
        parameters: { expected: reference.bytes, found: bytes },
      })
  }
  const faultsOf = (
    result: { readonly ok: true } | { readonly ok: false; readonly finding: Finding },
  ): Finding[] => (result.ok ? [] : [result.finding])

  await admit(index.boundaries, ({ text }) => {
    const boundaries = readBoundaries(text, index.boundaries.path, index)
    return boundaries.ok ? boundaries.findings : [boundaries.finding]
  })
  await admit(index.neighbours, ({ text }) => neighbourFaults(text, index))
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
  if (!incidents) return
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
  if (!hexagons || !hexagonOutlines) return
  const known = new Set<string>()
  await admit(hexagonOutlines, ({ text }) => {
    const outlines = parse(text)
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
}

/** The log is of this release, and of these very files. */
async function checkLog(
  index: PackageIndex,
  open: Open,
  findings: Finding[],
  add: Add,
): Promise<void> {
  const file = await open(DISCLOSURE_LOG_FILE)
  if (!file) return
  const reading = readDisclosureLog(file.text, DISCLOSURE_LOG_FILE, index)
  if (!reading.ok) {
    findings.push(reading.finding)
    return
  }
  for (const [path, expected] of Object.entries(reading.log.files)) {
    const released = await open(path)
    if (released && released.sha256 !== expected)
      add('package-log-checksum', DISCLOSURE_LOG_FILE, { text: path })
  }
}

const fault = (code: string, file: string, text: string): Finding => ({
  ...{ severity: 'error', code, file, row: null, column: null, text },
})

const isRing = (ring: unknown): boolean =>
  Array.isArray(ring) &&
  ring.length >= 3 &&
  ring.every((point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite))

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Neighbours are known areas of the same level, and each other's. */
function neighbourFaults(text: string, { register, neighbours }: PackageIndex): Finding[] {
  const levels = parse(text)
  const refuse = (offending: string): Finding[] => [
    fault('package-neighbours', neighbours.path, offending),
  ]
  if (!levels) return refuse('')
  for (const [level, lists] of Object.entries(levels)) {
    const known = new Set(areasAtLevel(register, level).map(({ id }) => id))
    const adjacency = lists as Record<string, unknown>
    for (const [area, others] of Object.entries(adjacency ?? {})) {
      if (!known.has(area) || !Array.isArray(others)) return refuse(area)
      for (const other of others as unknown[]) {
        const back = adjacency[String(other)]
        if (!Array.isArray(back) || !back.includes(area))
          return refuse(`${area} – ${String(other)}`)
      }
    }
  }
  return []
}

/** Compares the folder with datapackage.json. @returns how many files it describes */
async function checkDescription(folder: string, open: Open, add: Add): Promise<number> {
  const description = await open('datapackage.json')
  if (!description) return 0
  const resources = parse(description.text)?.['resources']
  if (!Array.isArray(resources)) {
    add('package-missing-field', 'datapackage.json', { parameters: { expected: 'list' } })
    return 0
  }
  const described = new Set(['datapackage.json'])
  for (const { path, hash } of resources as { path: string; hash: string }[]) {
    described.add(path)
    const file = await open(path)
    if (file && hash !== `sha256:${file.sha256}`) add('package-checksum', path)
  }
  for (const file of await list(folder))
    if (!described.has(file)) add('package-surplus-file', file, { severity: 'warning' })
  return described.size
}
