import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '../../src/core/finding.ts'
import { formatBytes } from '../../src/text/format.ts'
import { assemblePackage, UnsafeRelease, type IndicatorDisclosure } from './assemble.ts'
import { DEMONSTRATION, readDemonstration } from './demonstration.ts'
import {
  folderFingerprint,
  projectRoot,
  replaceFolder,
  sourceFingerprint,
} from './package-folder.ts'
import type { PackageFiles, PackageSource } from './package-source.ts'
import { printFindings } from './print-findings.ts'
import { isPlanned, publishPlanned } from './publish-planned.ts'
import { planSources, readPlanInput } from './plan-input.ts'
import { readRealInput, type InputFile } from './real-input.ts'
import { integer, openInput, print, refuse, shown } from './terminal.ts'
import { UsageError } from './usage.ts'

const DEFAULT_FOLDER = join(projectRoot, 'public', 'package')
const STAMP = join(projectRoot, '.cache', 'published-package.json')

/**
 * `publish`: makes a data package. Without files, the embedded demonstration package; with --areas and
 * --observations, a package of an organisation's own files; with --indicators too, one that follows publication plans.
 * @returns the exit code: 1 when an error was found, and then nothing is written
 */
export async function publishCommand(parameters: readonly string[]): Promise<number> {
  if (isPlanned(parameters)) return publishPlanned(parameters)
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      areas: { type: 'string' },
      observations: { type: 'string', multiple: true },
      out: { type: 'string' },
      title: { type: 'string' },
      release: { type: 'string' },
      municipality: { type: 'string' },
      signed: { type: 'string' },
      plan: { type: 'string', multiple: true },
      force: { type: 'boolean' },
    },
  })
  const folder = resolve(values.out ?? DEFAULT_FOLDER)
  const { areas, observations = [] } = values
  if (areas === undefined) {
    const { title, municipality, signed } = values
    if (observations.length > 0 || title || values.release || municipality || signed || values.plan)
      throw new UsageError(
        '--observations, --title, --release, --municipality, --signed och --plan kräver --areas.',
      )
    return values.out === undefined
      ? publishEmbedded(values.force ?? false)
      : publishDemonstration(folder)
  }
  if (observations.length === 0) throw new UsageError('--areas kräver minst en --observations.')
  const names = observations.map((path) => basename(path))
  const repeated = names.find((name, index) => names.indexOf(name) < index)
  if (repeated !== undefined) throw new UsageError(`Två filer heter ${repeated}.`)
  const release = values.release ?? new Date().toISOString().slice(0, 10)
  if (!/^\d{4}-\d\d-\d\d$/.test(release))
    throw new UsageError(`--release ska vara ett datum, ÅÅÅÅ-MM-DD, inte "${release}".`)
  const municipality = /^(\d{4})\s+(\S.*)$/.exec(values.municipality ?? '')
  if (values.municipality !== undefined && !municipality)
    throw new UsageError('--municipality ska vara kod och namn, t.ex. "2480 Umeå kommun".')

  const reading = readRealInput({
    areas: await openInput(areas),
    observations: await Promise.all(observations.map(openInput)),
    title: values.title ?? `Lägeskartan: ${basename(areas).replace(/\.[^.]+$/, '')}`,
    release,
    municipality: municipality && { id: municipality[1]!, name: municipality[2]! },
  })
  if (!reading.ok) return write(folder, reading.findings, null)
  const planFiles = await Promise.all((values.plan ?? []).map(openInput))
  const planned = await withPlan(reading.source, planFiles)
  const findings = [...reading.findings, ...planned.findings]
  return write(folder, findings, planned.source, values.signed ?? null)
}

/** A source with the plan that its files tell; null where they cannot be read. */
async function withPlan(
  source: PackageSource,
  files: readonly InputFile[],
): Promise<{ readonly source: PackageSource | null; readonly findings: readonly Finding[] }> {
  if (files.length === 0) return { source, findings: [] }
  const reading = await readPlanInput(files, source)
  if (!reading.ok) return { source: null, findings: reading.findings }
  const { plan, findings } = reading
  const { release } = source
  const sources = [...release.sources, ...planSources(files)]
  return { source: { ...source, plan, release: { ...release, sources } }, findings }
}

/** Publishes the demonstration where the app looks for its package, unless that is done or would replace another. */
async function publishEmbedded(force: boolean): Promise<number> {
  const folder = DEFAULT_FOLDER
  const present = await readFile(join(folder, 'datapackage.json'), 'utf8').catch(() => null)
  if (!force && present !== null && nameOf(present) !== DEMONSTRATION) {
    print(
      `${shown(folder)} har ett eget paket (${nameOf(present)}) och lämnas som det är. Ersätt det med: npm run lage -- publish --force`,
    )
    return 0
  }
  const sources = await sourceFingerprint()
  const stamp = await readFile(STAMP, 'utf8').catch(() => null)
  const isUnchanged = stamp === JSON.stringify([sources, await folderFingerprint(folder)])
  if (!force && isUnchanged) {
    print(`Paketet i ${shown(folder)} är redan publicerat ur samma källor.`)
    return 0
  }
  const code = await publishDemonstration(folder)
  if (code !== 0) return code
  await mkdir(dirname(STAMP), { recursive: true })
  await writeFile(STAMP, JSON.stringify([sources, await folderFingerprint(folder)]))
  return 0
}

async function publishDemonstration(folder: string): Promise<number> {
  const reading = await readDemonstration()
  return write(folder, reading.findings, reading.ok ? reading.source : null)
}

function nameOf(description: string): string {
  try {
    return String((JSON.parse(description) as { name?: unknown }).name)
  } catch {
    return DEMONSTRATION
  }
}

async function write(
  folder: string,
  findings: readonly Finding[],
  source: PackageSource | null,
  signed: string | null = null,
): Promise<number> {
  printFindings(findings)
  if (!source) return refuse()
  const files = assemble(source, signed)
  if (!files) return 1
  await replaceFolder(folder, files)
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const figures = [
    `${integer(source.register.areas.length)} områden`,
    `${integer(source.indicators.length)} indikatorer`,
    `${integer(files.size)} filer`,
    formatBytes(bytes),
  ]
  print(`Publicerat i ${shown(folder)}: ${figures.join(', ')}.`)
  return 0
}

/** The package's files; null when it would give hidden figures away, and then it has been said. */
function assemble(source: PackageSource, signed: string | null): PackageFiles | null {
  try {
    return assemblePackage(source, signed)
  } catch (error) {
    if (!(error instanceof UnsafeRelease)) throw error
    printFindings(error.disclosures.map(unsafeFinding))
    refuse()
    return null
  }
}

function unsafeFinding({ indicator, protection }: IndicatorDisclosure): Finding {
  return {
    ...{ severity: 'error', code: 'released-unsafe', file: 'rojandekontroll.md' },
    ...{ row: null, column: null, text: null },
    parameters: { indicator: indicator.id, count: protection.unsafe.length },
  }
}
