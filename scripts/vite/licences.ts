import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** SPDX identifiers that the product may ship, alone or as one side of an OR. */
export const ALLOWED_LICENCES: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'CC0-1.0',
  'EDL-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
]

/** Licences that a package's own metadata leaves out or misspells, read from its licence file. */
const CORRECTIONS: Readonly<Record<string, string>> = {
  arc: 'MIT',
  'json-bignum': 'MIT',
  'splaytree-ts': 'BSD-3-Clause',
}

export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression; null when the package states none. */
  readonly licence: string | null
  /** The licence text that must follow the package; null when it ships none. */
  readonly text: string | null
  readonly folder: string
}

/** Whether an SPDX expression (identifiers joined by AND or OR) allows shipping. */
export function isLicenceAllowed(expression: string | null): boolean {
  if (expression === null) return false
  const plain = expression.replace(/[()]/g, ' ')
  return plain
    .split(/\s+OR\s+/)
    .some((choice) =>
      choice.split(/\s+AND\s+/).every((licence) => ALLOWED_LICENCES.includes(licence.trim())),
    )
}

/** The folder of the package that a module belongs to, or null for the project's own modules. */
export function packageFolder(moduleId: string): string | null {
  const path = moduleId.replace(/^\0/, '').replace(/\?.*$/, '').split('/').join(sep)
  const marker = `${sep}node_modules${sep}`
  const at = path.lastIndexOf(marker)
  if (at < 0) return null
  const parts = path.slice(at + marker.length).split(sep)
  const name = parts[0]?.startsWith('@') ? join(parts[0], parts[1] ?? '') : (parts[0] ?? '')
  const folder = path.slice(0, at + marker.length) + name
  return existsSync(join(folder, 'package.json')) ? folder : null
}

/** Reads a package's name, version, licence and licence text. */
export function describePackage(folder: string): ShippedPackage {
  const metadata = readMetadata(folder)
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name))
  return {
    name: metadata.name,
    version: metadata.version,
    licence: CORRECTIONS[metadata.name] ?? metadata.license ?? metadata.licenses?.[0]?.type ?? null,
    text: file === undefined ? null : readFileSync(join(folder, file), 'utf8').trim(),
    folder,
  }
}

/** The packages that a package depends on, itself included, types left out. For those bundled by their authors. */
export function dependencyFolders(folder: string, seen = new Set<string>()): Set<string> {
  if (seen.has(folder)) return seen
  seen.add(folder)
  for (const name of Object.keys(readMetadata(folder).dependencies ?? {})) {
    if (name.startsWith('@types/')) continue
    const dependency = resolveFolder(folder, name)
    if (dependency) dependencyFolders(dependency, seen)
  }
  return seen
}

/** The text of THIRD-PARTY.txt. */
export function writeNotice(packages: readonly ShippedPackage[]): string {
  const rule = '-'.repeat(80)
  return [
    'Lägeskartan is distributed with the following packages.',
    '',
    ...packages.map(
      ({ name, version, licence }) => `${name} ${version} · ${licence ?? 'no licence stated'}`,
    ),
    '',
    ...packages.flatMap(({ name, version, text }) =>
      text === null ? [] : [rule, `${name} ${version}`, rule, '', text, ''],
    ),
  ].join('\n')
}

interface Metadata {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly licenses?: readonly { readonly type: string }[]
  readonly dependencies?: Readonly<Record<string, string>>
}

const readMetadata = (folder: string): Metadata =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Metadata

function resolveFolder(from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === dirname(folder)) return null
  }
}
