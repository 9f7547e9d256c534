import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import initSqlJs from 'sql.js'
import type { Area } from '../../src/core/area.ts'
import { readAreaHierarchy } from '../../src/files/boundaries/area-hierarchy.ts'
import type { DroppedFile } from '../../src/files/formats/dropped-file.ts'
import type { FormatLoaders } from '../../src/files/formats/read-format.ts'
import { inspectFiles } from '../../src/files/inspect.ts'
import type { Inspection, ReadingContext } from '../../src/files/inspection.ts'
import { NO_ANSWERS } from '../../src/files/tables/mapping.ts'
import { formatNumber } from '../../src/text/format.ts'
import { printFindings } from '../publish/print-findings.ts'
import { print } from '../publish/terminal.ts'
import { UsageError } from '../publish/usage.ts'
import { readUmeaRegister } from '../schematic/umea-register.ts'
import { toInspectJson, type InspectJson } from './inspect-json.ts'

const AREAS = new URL('../../data/areas/', import.meta.url)

/** The register that files are read against when no other is given: the embedded areas. */
export async function embeddedAreas(): Promise<readonly Area[]> {
  const [regsoCsv, labelsCsv] = await Promise.all(
    ['regso.csv', 'labels.csv'].map((name) => readFile(new URL(name, AREAS), 'utf8')),
  )
  return readUmeaRegister({ regsoCsv: regsoCsv!, labelsCsv: labelsCsv! }).areas
}

const LOADERS: FormatLoaders = {
  sqlite: () => initSqlJs(),
}

/** Reads files as the page does, against a register of areas. */
export function inspectWith(
  files: readonly DroppedFile[],
  areas: readonly Area[],
  known: Pick<ReadingContext, 'answers' | 'recipes'> = { answers: NO_ANSWERS, recipes: [] },
): Promise<Inspection> {
  return inspectFiles(files, {
    context: { areas, ...known, locate: null },
    loaders: LOADERS,
  })
}

/** What `inspect --json` prints for these files, read against the embedded areas. */
export async function inspectToJson(files: readonly DroppedFile[]): Promise<InspectJson> {
  return toInspectJson(await inspectWith(files, await embeddedAreas()))
}

const OPTIONS = { json: { type: 'boolean' }, areas: { type: 'string' } } as const

/** `inspect FILE … [--json] [--areas FILE]`. @returns the exit code: 1 when a finding is an error */
export async function inspectCommand(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: OPTIONS,
    allowPositionals: true,
  })
  if (positionals.length === 0) throw new UsageError('Ange minst en fil: inspect FIL …')
  const files = await Promise.all(positionals.map(openDropped))
  const areas = values.areas === undefined ? await embeddedAreas() : await areasOf(values.areas)
  const inspection = await inspectWith(files, areas)
  const hasErrors = inspection.findings.some(({ severity }) => severity === 'error')
  if (values.json) process.stdout.write(`${JSON.stringify(toInspectJson(inspection))}\n`)
  else printInspection(inspection)
  return hasErrors ? 1 : 0
}

async function openDropped(path: string): Promise<DroppedFile> {
  try {
    return { name: basename(path), bytes: new Uint8Array(await readFile(path)) }
  } catch {
    throw new UsageError(`Filen "${path}" kan inte öppnas.`)
  }
}

async function areasOf(path: string): Promise<readonly Area[]> {
  const { bytes, name } = await openDropped(path)
  const read = readAreaHierarchy(new TextDecoder().decode(bytes), name, [])
  if (read.ok) return read.hierarchy.areas
  printFindings(read.findings)
  throw new UsageError(`Områdena i "${name}" kan inte läsas.`)
}

function printInspection({ files, tables, boundaries, findings }: Inspection): void {
  for (const { name, format, encoding, delimiter, layout, crs, rows } of files) {
    const facts = [format, encoding, delimiter, layout, crs].filter((fact) => fact !== null)
    print(`${name}: ${facts.join(', ')}, ${formatNumber(rows, 0)} rader`)
  }
  for (const { file, sheet, mapping, observations, areas } of tables)
    print(
      `${sheet === null ? file : `${file}, ${sheet}`}: ${mapping.columns
        .map(({ name, role }) => `${name} = ${role}`)
        .join(
          '; ',
        )}. ${formatNumber(observations, 0)} observationer, ${formatNumber(areas.matched.length, 0)} områden.`,
    )
  for (const { file, areas } of boundaries)
    print(`${file}: ${formatNumber(areas.length, 0)} områden`)
  printFindings(findings)
}
