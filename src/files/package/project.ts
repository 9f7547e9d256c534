import { Zip, ZipDeflate } from 'fflate'
import { areasAtLevel } from '../../core/area.ts'
import type { DisclosureLog } from '../../core/disclosure/log.ts'
import type { Finding } from '../../core/finding.ts'
import type { PackageIndex, Release } from '../../core/release.ts'
import { openArchive, unpackMember } from '../formats/archive.ts'
import { sha256Hex } from '../sha256.ts'
import { checkPackageFiles, type CheckedFile } from './check-files.ts'
import { DISCLOSURE_LOG_FILE, readDisclosureLog } from './disclosure-log.ts'
import {
  checksum,
  Fault,
  findingOf,
  identifier,
  instant,
  list,
  name as nameCheck,
  parseJson,
  record,
  text,
} from './json-shape.ts'
import { migrated, type Migration } from './migration.ts'
import {
  EMPTY_WORKSPACE,
  layerFilesOf,
  mergeIndex,
  type ImportLayer,
  type LayerFiles,
  type LayerSource,
  type Workspace,
} from './overlay.ts'
import { readPackageIndex, writePackageIndex } from './package-index.ts'
import { ownIndicators, packageUnder } from './project-base.ts'
import { release } from './release-shape.ts'
import { ownWordsOf } from './own-words.ts'
import { ownFlowsOf } from '../plan/case-flow-shape.ts'
import { followUpsOf } from '../plan/follow-up-shape.ts'
import { briefingsOf, briefingsOfViews } from './briefing-shape.ts'
import {
  areaNamesOf,
  layersOf,
  layerSource,
  ownIndicator,
  recipesOf,
  tiesOf,
} from './workspace-shape.ts'

/*
 * A project file: a zip of a whole package with the analyst's own files in it, and of what the analyst decided. It
 * opens on a machine that serves another package, or none.
 *
 *   project.json   version, when it was saved, the release that lies under the analyst's files, checksums of all members
 *   layers.json    which indicators came out of which file; ties between versions of the boundaries; layers that later
 *                  files stand in place of
 *   recipes.json   how files of a shape are read; names of areas that were asked about once
 *   views.json     lägesbilder (saved views before version 4)
 *   words.json     the analyst's own words by place ({} before version 3)
 *   follow-ups.json  how the plan's efforts go, written after it (none before version 5)
 *   case-flows.json  work with individuals as released counts (none before version 6)
 *   package/…      index.json, boundaries, neighbours, observations, incidents, log
 *   earlier/…      observations of the layers that later files stand in place of
 */

/** All that a project holds. */
export interface Project {
  /** The package under the analyst's files. */
  readonly base: Release
  /** Of the whole package, layers included. */
  readonly index: PackageIndex
  /** Every file of the package but its index, by path. */
  readonly files: LayerFiles
  /** Files of the superseded layers, by path. */
  readonly earlierFiles: LayerFiles
  /** Its boundaries are the package's own. */
  readonly workspace: Workspace
}

export interface ProjectFacts {
  /** ISO instant when it was saved. */
  readonly created: string
  /** Version of the program that saved it. */
  readonly product: string
}

export type ProjectReading =
  | ({ readonly ok: true; readonly findings: readonly Finding[] } & Project & ProjectFacts)
  | { readonly ok: false; readonly findings: readonly Finding[] }

const PROJECT = 'project.json'
const LAYERS = 'layers.json'
const RECIPES = 'recipes.json'
const BRIEFINGS = 'views.json'
const WORDS = 'words.json'
const FOLLOW_UPS = 'follow-ups.json'
const CASE_FLOWS = 'case-flows.json'
const PACKAGE = 'package/'
const EARLIER = 'earlier/'
const INDEX = `${PACKAGE}index.json`

/** From version 1 on, each makes the next. */
const MIGRATIONS: readonly Migration[] = [
  // 2: what later files stand in place of is kept.
  (stored) => ({
    ...stored,
    layers: { ...(stored['layers'] as object | undefined), superseded: [] },
  }),
  // 3: words.json holds the analyst's own words; it was empty before.
  (stored) => stored,
  // 4: what was saved for a meeting is a lägesbild.
  (stored) => ({ ...stored, briefings: briefingsOfViews(stored['briefings']) }),
  // 5: follow-ups of the plan's efforts are kept.
  (stored) => ({ ...stored, followUps: [] }),
  // 6: own flows of cases are kept.
  (stored) => ({ ...stored, caseFlows: [] }),
]
const VERSION = MIGRATIONS.length + 1

/** The same day in every zip, so that the same project is the same bytes. */
const MEMBER_DATE = new Date(1980, 0, 1)

/** What stands of a layer beside the package that holds its figures. */
interface StoredLayer {
  readonly id: string
  readonly source: LayerSource
  readonly indicators: readonly string[]
}

/** A project as one file. The same project saved at the same instant gives the same bytes. */
export async function writeProject(
  { base, index, files, earlierFiles, workspace }: Project,
  { created, product }: ProjectFacts,
): Promise<Uint8Array<ArrayBuffer>> {
  const { layers, superseded, ties, recipes, areaNames, briefings, words } = workspace
  const stored: readonly StoredLayer[] = layers.map(({ id, source, indicators }) => ({
    ...{ id, source, indicators: indicators.map((one) => one.id) },
  }))
  const members = new Map<string, Uint8Array<ArrayBuffer>>([
    [LAYERS, jsonOf({ layers: stored, superseded, ties })],
    [RECIPES, jsonOf({ recipes, areaNames })],
    [BRIEFINGS, jsonOf(briefings)],
    [WORDS, jsonOf(words)],
    [FOLLOW_UPS, jsonOf(workspace.followUps)],
    [CASE_FLOWS, jsonOf(workspace.caseFlows)],
    [INDEX, bytesOf(writePackageIndex(index))],
    ...[...files].map(([path, bytes]) => [PACKAGE + path, bytes] as const),
    ...[...earlierFiles].map(([path, bytes]) => [EARLIER + path, bytes] as const),
  ])
  const sums: Record<string, string> = {}
  const archive = new ArchiveWriter()
  for (const [member, bytes] of sorted(members)) {
    sums[member] = await sumOf(bytes)
    archive.add(member, bytes)
  }
  archive.add(PROJECT, jsonOf({ format: VERSION, created, product, base, files: sums }))
  return archive.finish()
}

/** A zip that is made member by member. */
class ArchiveWriter {
  readonly #chunks: Uint8Array[] = []
  readonly #zip = new Zip((error, chunk) => {
    if (error) throw error
    this.#chunks.push(chunk)
  })

  add(name: string, bytes: Uint8Array): void {
    const member = new ZipDeflate(name, { level: 6 })
    member.mtime = MEMBER_DATE
    this.#zip.add(member)
    member.push(bytes, true)
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#zip.end()
    const whole = new Uint8Array(this.#chunks.reduce((sum, { length }) => sum + length, 0))
    let offset = 0
    for (const chunk of this.#chunks) {
      whole.set(chunk, offset)
      offset += chunk.length
    }
    return whole
  }
}

/**
 * Opens a project file, whole or not at all: every member is the one that was saved, every file of its package passes
 * the gate, and its parts agree. Findings name the member. Warnings of boundaries that are not drawn do not stop.
 * @param name of the file, for findings
 */
export async function readProject(name: string, bytes: Uint8Array): Promise<ProjectReading> {
  const refuse = (...findings: readonly Finding[]): ProjectReading => ({ ok: false, findings })
  const unpacked = unpackAll(name, bytes)
  if (!unpacked.ok) return refuse(unpacked.finding)
  const members = unpacked.members
  try {
    const stored = await readStored(name, members)
    const index = read(name, INDEX, members, (json) => {
      const reading = readPackageIndex(json, `${name}/${INDEX}`)
      if (!reading.ok) throw new Stop(reading.finding)
      return reading.index
    })
    const checked = await checkFiles(name, members, index)
    if (checked.some(({ severity }) => severity === 'error')) return refuse(...checked)
    const log = readLog(name, members, index)
    const workspace: Workspace = {
      ...EMPTY_WORKSPACE,
      ...within(name, LAYERS, () => ownLayersOf(stored.layers, index, log)),
      ...within(name, RECIPES, () => memoryOf(stored.recipes)),
      briefings: within(name, BRIEFINGS, () => briefingsOf(stored.briefings, '')),
      words: within(name, WORDS, () => ownWordsOf(stored.words, '')),
      followUps: within(name, FOLLOW_UPS, () => followUpsOf(stored.followUps, '')),
      caseFlows: within(name, CASE_FLOWS, () => ownFlowsOf(stored.caseFlows, '')),
    }
    const { base, created, product } = stored
    const earlierFiles = await readEarlierFiles(name, members, workspace)
    const project: Project = {
      ...{ base, index, workspace, earlierFiles },
      files: packageFiles(members),
    }
    const again = writePackageIndex(
      mergeIndex(packageUnder(index, base, ownIndicators(workspace)), workspace),
    )
    if (again !== writePackageIndex(index))
      throw new Stop(found('project-contradiction', `${name}/${LAYERS}`))
    return { ok: true, ...project, created, product, findings: checked }
  } catch (stop) {
    if (stop instanceof Stop) return refuse(stop.finding)
    throw stop
  }
}

/** A finding that ends the reading. */
class Stop extends Error {
  constructor(readonly finding: Finding) {
    super(finding.code)
  }
}

type Members = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

function unpackAll(
  name: string,
  bytes: Uint8Array,
): { ok: true; members: Members } | { ok: false; finding: Finding } {
  const archive = openArchive(name, bytes)
  if (!archive.ok) return archive
  const members = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of archive.entries) {
    const member = `${name}/${entry.name}`
    if (entry.name.endsWith('/') && entry.unpackedBytes === 0) continue
    if (members.has(entry.name)) return { ok: false, finding: found('project-repeated', member) }
    const unpacked = unpackMember(member, bytes, entry)
    if (!unpacked.ok) return unpacked
    // Bytes of their own, so that they can be stored without the zip that they lay in.
    members.set(entry.name, new Uint8Array(unpacked.bytes))
  }
  return { ok: true, members }
}

/** What the members beside the package say, in the newest version. */
interface Stored extends ProjectFacts {
  readonly base: Release
  readonly layers: unknown
  readonly recipes: unknown
  readonly briefings: unknown
  readonly words: unknown
  readonly followUps: unknown
  readonly caseFlows: unknown
}

const PARTS = {
  ...{ layers: LAYERS, recipes: RECIPES, briefings: BRIEFINGS, words: WORDS },
  ...{ followUps: FOLLOW_UPS, caseFlows: CASE_FLOWS },
} as const

/** Earlier versions do not have them. */
const LATER_MEMBERS: ReadonlySet<string> = new Set([FOLLOW_UPS, CASE_FLOWS])

/** Every version names its members with their checksums. */
const facts = record({
  created: instant,
  product: text,
  base: release,
  files: record({}),
})

/** What the project says of itself, when its members are those that it names. */
async function readStored(name: string, members: Members): Promise<Stored> {
  const json = (member: string): unknown =>
    read(name, member, members, (content) => parseJson(content, MAXIMUM_JSON_BYTES))
  const own = json(PROJECT)
  within(name, PROJECT, () => migrated(own, MIGRATIONS))
  await checkMembers(name, members, own as Readonly<Record<string, unknown>>)
  const parts = Object.entries(PARTS)
    .filter(([, member]) => !LATER_MEMBERS.has(member) || members.has(member))
    .map(([part, member]) => [part, json(member)] as const)
  const stored = within(name, PROJECT, () => {
    const newest = migrated({ ...(own as object), ...Object.fromEntries(parts) }, MIGRATIONS)
    facts(newest, '')
    return newest
  })
  within(name, WORDS, () => record({})(stored['words'], ''))
  return stored as unknown as Stored
}

async function checkMembers(
  name: string,
  members: Members,
  { files }: Readonly<Record<string, unknown>>,
): Promise<void> {
  const sums = within(name, PROJECT, () => {
    record({})(files, 'files')
    for (const [member, sum] of Object.entries(files as object)) checksum(sum, `files.${member}`)
    return new Map(Object.entries(files as Readonly<Record<string, string>>))
  })
  const missing = [...sums.keys()].find((member) => !members.has(member))
  if (missing !== undefined) throw new Stop(found('project-member-missing', `${name}/${missing}`))
  for (const [member, bytes] of members) {
    if (member === PROJECT) continue
    const expected = sums.get(member)
    if (expected === undefined) throw new Stop(found('project-surplus', `${name}/${member}`))
    if ((await sumOf(bytes)) !== expected)
      throw new Stop(found('project-member-changed', `${name}/${member}`))
  }
}

/** Names the member that a fault was found in. */
function within<Result>(name: string, member: string, check: () => Result): Result {
  try {
    return check()
  } catch (fault) {
    if (fault instanceof Fault) throw new Stop(findingOf(fault, `${name}/${member}`))
    throw fault
  }
}

const MAXIMUM_JSON_BYTES = 5_000_000

/** Reads one member of text. @throws Stop with the member's name */
function read<Result>(
  name: string,
  member: string,
  members: Members,
  reader: (text: string) => Result,
): Result {
  const file = `${name}/${member}`
  const bytes = members.get(member)
  if (!bytes) throw new Stop(found('project-member-missing', file))
  const decoded = decoded8(bytes)
  if (decoded === null) throw new Stop(found('file-not-utf8', file))
  return within(name, member, () => reader(decoded))
}

/** Every file that the index refers to, as a served package is read; nothing beside them and the log. */
async function checkFiles(
  name: string,
  members: Members,
  index: PackageIndex,
): Promise<readonly Finding[]> {
  const missing: Finding[] = []
  const opened = new Set([INDEX, PACKAGE + DISCLOSURE_LOG_FILE])
  const findings = await checkPackageFiles(index, async (path): Promise<CheckedFile | null> => {
    const member = PACKAGE + path
    opened.add(member)
    const bytes = members.get(member)
    if (!bytes) {
      missing.push(found('project-member-missing', `${name}/${member}`))
      return null
    }
    const decoded = decoded8(bytes)
    if (decoded === null) {
      missing.push(found('file-not-utf8', `${name}/${member}`))
      return null
    }
    return { text: decoded, sha256: await sumOf(bytes), bytes: bytes.length }
  })
  const surplus = [...members.keys()].filter(
    (member) => member.startsWith(PACKAGE) && !opened.has(member),
  )
  return [
    ...missing,
    ...findings.map((finding) => ({ ...finding, file: `${name}/${PACKAGE}${finding.file}` })),
    ...surplus.map((member) => found('project-surplus', `${name}/${member}`)),
  ]
}

function readLog(name: string, members: Members, index: PackageIndex): DisclosureLog | null {
  const member = PACKAGE + DISCLOSURE_LOG_FILE
  if (!members.has(member)) return null
  return read(name, member, members, (json) => {
    const reading = readDisclosureLog(json, `${name}/${member}`, index)
    if (!reading.ok) throw new Stop(reading.finding)
    return reading.log
  })
}

const storedLayers = record({
  layers: list(record({ id: identifier, source: layerSource, indicators: list(nameCheck, 1) })),
})

/** Layers with the part of the package that is theirs. @throws Fault */
function ownLayersOf(
  stored: unknown,
  index: PackageIndex,
  log: DisclosureLog | null,
): Pick<Workspace, 'layers' | 'superseded' | 'ties'> {
  storedLayers(stored, '')
  const { layers, superseded, ties } = stored as {
    readonly layers: readonly StoredLayer[]
    readonly superseded: unknown
    readonly ties: unknown
  }
  const taken = new Set<string>()
  return {
    ties: tiesOf(ties, 'ties'),
    superseded: layersOf(superseded, 'superseded'),
    layers: layers.map((layer, at): ImportLayer => {
      const place = `layers[${at}]`
      const own = new Set(layer.indicators)
      for (const id of own) {
        const position = index.indicators.findIndex((one) => one.id === id)
        if (position < 0) throw new Fault('package-unknown-indicator', `${place}.indicators`, id)
        ownIndicator(index.indicators[position], `indicators[${position}]`)
        if (taken.has(id)) throw new Fault('package-duplicate', `${place}.indicators`, id)
        taken.add(id)
      }
      const observations = index.observations.filter(({ indicator }) => own.has(indicator))
      const outside = observations.find(({ path }) => !path.startsWith(`imports/${layer.id}/`))
      if (outside) throw new Fault('package-type', place, outside.path, { expected: layer.id })
      const levels = [...new Set(observations.map(({ level }) => level))]
      return {
        ...{ id: layer.id, source: layer.source, observations },
        boundaryVersion: index.register.boundaryVersion.id,
        areas: Object.fromEntries(
          levels.map((level) => [level, areasAtLevel(index.register, level).map(({ id }) => id)]),
        ),
        indicators: index.indicators.filter(({ id }) => own.has(id)),
        incidents: index.incidents?.hexagons?.path.startsWith(`imports/${layer.id}/`)
          ? index.incidents
          : null,
        log: log?.indicators.filter(({ indicator }) => own.has(indicator)) ?? [],
      }
    }),
  }
}

/** @throws Fault */
function memoryOf(stored: unknown): Pick<Workspace, 'recipes' | 'areaNames'> {
  record({})(stored, '')
  const { recipes, areaNames } = stored as { recipes: unknown; areaNames: unknown }
  return {
    recipes: recipesOf(recipes, 'recipes'),
    areaNames: areaNamesOf(areaNames, 'areaNames'),
  }
}

/** Files of the superseded layers: each once, as its layer refers to it, and nothing beside them. */
async function readEarlierFiles(
  name: string,
  members: Members,
  { superseded }: Workspace,
): Promise<LayerFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const { path, sha256 } of superseded.flatMap(layerFilesOf)) {
    const member = EARLIER + path
    const bytes = members.get(member)
    if (!bytes) throw new Stop(found('project-member-missing', `${name}/${member}`))
    if ((await sumOf(bytes)) !== sha256)
      throw new Stop(found('project-member-changed', `${name}/${member}`))
    files.set(path, bytes)
  }
  for (const member of members.keys())
    if (member.startsWith(EARLIER) && !files.has(member.slice(EARLIER.length)))
      throw new Stop(found('project-surplus', `${name}/${member}`))
  return files
}

/** Files of the package but its index. */
const packageFiles = (members: Members): LayerFiles =>
  new Map(
    [...members]
      .filter(([member]) => member.startsWith(PACKAGE) && member !== INDEX)
      .map(([member, bytes]) => [member.slice(PACKAGE.length), bytes]),
  )

const found = (code: string, file: string): Finding => ({
  ...{ severity: 'error', code, file, row: null, column: null, text: null },
})

const bytesOf = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content)
const jsonOf = (value: unknown): Uint8Array<ArrayBuffer> =>
  bytesOf(JSON.stringify(value, null, 1) + '\n')

const sorted = (members: Members): readonly (readonly [string, Uint8Array<ArrayBuffer>])[] =>
  [...members].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

const sumOf = (bytes: Uint8Array<ArrayBuffer>): Promise<string> => sha256Hex(bytes.slice().buffer)

/** UTF-8 as text; null where it is not UTF-8. */
function decoded8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
