import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import initSqlJs from 'sql.js'
import type { Area } from '../../src/core/area.ts'
import { readAreaHierarchy, type AreaHierarchy } from '../../src/files/boundaries/area-hierarchy.ts'
import { outlineLocator } from '../../src/files/boundaries/area-locator.ts'
import type { DroppedFile } from '../../src/files/formats/dropped-file.ts'
import type { FormatLoaders } from '../../src/files/formats/read-format.ts'
import { inspectFiles } from '../../src/files/inspect.ts'
import type { Inspection, ReadingContext } from '../../src/files/inspection.ts'
import { NO_ANSWERS } from '../../src/files/tables/mapping.ts'
import type { Locate } from '../../src/files/tables/read-events.ts'
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

/**
 * Reads files as the page does, against a register of areas.
 * @param locate by the areas' boundaries; null where they are only drawn, as the embedded ones are
 */
export function inspectWith(
  files: readonly DroppedFile[],
  areas: readonly Area[],
  known: Pick<ReadingContext, 'answers' | 'recipes'> = { answers: NO_ANSWERS, recipes: [] },
  locate: Locate | null = null,
): Promise<Inspection> {
  return inspectFiles(files, { context: { areas, ...known, locate }, loaders: LOADERS })
}

/** Finds the finest area that a point lies in, by the file that the areas were read from. */
export async function locatorOf(
  file: DroppedFile,
  { areas, levels }: AreaHierarchy,
): Promise<Locate | null> {
  const finest = levels.toSorted((a, b) => b.rank - a.rank)[0]
  const ids = new Set(areas.filter(({ level }) => level === finest?.id).map(({ id }) => id))
  const { boundaries } = await inspectWith([file], areas)
  const outlines = boundaries
    .flatMap((layer) => layer.areas)
    .flatMap(({ code, polygons }) => (ids.has(code) ? [[code, polygons] as const] : []))
  return outlines.length > 0 ? outlineLocator(new Map(outlines)) : null
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
  const register =
    values.areas === undefined
      ? { areas: await embeddedAreas(), locate: null }
      : await areasOf(values.areas)
  const inspection = await inspectWith(files, register.areas, undefined, register.locate)
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

async function areasOf(
  path: string,
): Promise<{ readonly areas: readonly Area[]; readonly locate: Locate | null }> {
  const file = await openDropped(path)
  const { bytes, name } = file
  const read = readAreaHierarchy(new TextDecoder().decode(bytes), name, [])
  if (read.ok) return { areas: read.hierarchy.areas, locate: await locatorOf(file, read.hierarchy) }
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
