import type { Topology } from 'topojson-specification'
import {
  areasAtLevel,
  wholeArea,
  type Area,
  type AreaId,
  type AreaLevel,
  type AreaRegister,
  type BoundaryVersion,
  type LevelId,
} from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import { OWN_LICENCE } from '../../text/workspace.ts'
import type { BoundaryTies } from '../package/boundary-ties.ts'
import { sha256Hex } from '../sha256.ts'
import { slugOf } from '../../core/slug.ts'
import { readAreaTexts } from '../tables/area-texts.ts'
import type { BoundaryArea, BoundaryReading } from './boundary-reading.ts'
import { boxOf, commonGround, sharedBox, type DrawnPolygons } from './common-ground.ts'
import { toNational } from './coordinate-frame.ts'
import { levelOutlines } from './level-outlines.ts'
import { groundOf } from './ring-repair.ts'

/** Two areas are the same ground when this share of what either covers is covered by both. */
export const SAME_GROUND = 0.95
/** Lines that common ground is measured along: a fault of less than half a percent. */
const LINES = 256
/** Ground that is shared by chance along borders that were drawn twice. */
const LEAST_SHARED = 0.02
/** Areas of the file that one area before is offered for, when none has its very name. */
const MOST_ASKED = 2
/** Names that a finding lists. */
const MOST_NAMED = 10

/** An area before that may be an area of the file. */
export interface Candidate {
  readonly area: AreaId
  readonly name: string
  /** Of what either covers, the share that both cover: 0 … 1. */
  readonly sharedGround: number
}

/** Asked once: which area before, if any, an area of the file is. */
export interface BoundaryQuestion {
  /** The area of the file. */
  readonly area: AreaId
  readonly name: string
  /** Likeliest first. */
  readonly candidates: readonly Candidate[]
  /** The ground is the same and only the names differ; or the outlines before were drawn, so that only names tell. */
  readonly reason: 'other-name' | 'drawn-before'
}

/** How a file of boundaries becomes a new version of one level. */
export interface BoundaryPlan {
  /** The level that is replaced; null when an error stops it, or while that is a question. */
  readonly level: LevelId | null
  /** Levels that may be meant, likeliest first. */
  readonly levels: readonly LevelId[]
  /** Of the whole register, once the level is replaced. */
  readonly version: BoundaryVersion
  /** The file's areas within the register's ground, with the identifiers that they get. */
  readonly areas: readonly BoundaryArea[]
  /** Certain: by area before, the area of the file on the same ground. */
  readonly ties: Readonly<Record<AreaId, AreaId>>
  /** The same name or code on other ground: no tie. */
  readonly otherGround: readonly (Candidate & { readonly now: AreaId })[]
  readonly questions: readonly BoundaryQuestion[]
  readonly findings: readonly Finding[]
}

export interface PlanOptions {
  /** The analyst's answer when the level is a question. */
  readonly level?: LevelId | null
  /** Ties of earlier versions: what was answered before is not asked again. */
  readonly remembered?: readonly BoundaryTies[]
}

/**
 * Plans how boundaries that were dropped replace one level, never lie beside it as one more: which level, which areas
 * are the same ground as before, and what has to be asked. Outlines that were drawn, not surveyed, are on no ground in
 * particular, so there names that are alike are asked about wherever the areas meet; otherwise only the ground ties.
 * @param topology of the boundaries in effect: an object per level, in degrees
 */
export async function planBoundaryVersion(
  register: AreaRegister,
  topology: Topology,
  reading: BoundaryReading,
  { level: chosen = null, remembered = [] }: PlanOptions = {},
): Promise<BoundaryPlan> {
  const findings: Finding[] = []
  const report = (
    severity: Finding['severity'],
    code: string,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void => {
    const place = { file: reading.file, row: null, column: null, text: null }
    findings.push({ severity, code, ...place, parameters })
  }
  const own = areasWithin(register, topology, reading)
  if (own.length > 0 && own.length < reading.areas.length)
    report('note', 'areas-other-municipalities', { count: reading.areas.length - own.length })
  const choices = levelChoices(register, reading, own)
  const level = own.length === 0 ? null : decidedLevel(choices, chosen)
  const levels = choices.map((choice) => choice.level)
  if (reading.areas.length > 0) reportLevel()
  const version = await versionOf(register, reading, own, level, remembered)
  if (level === null || findings.some(({ severity }) => severity === 'error'))
    return {
      ...{ level: null, levels, version, areas: [], ties: {}, otherGround: [], questions: [] },
      findings,
    }

  const areas = withOwnIds(own, register, level)
  const compared = compareAreas(register, topology, level, areas, remembered)
  const known = remembered.find(
    (one) =>
      one.from === register.boundaryVersion.id &&
      one.to === version.id &&
      one.levels.includes(level),
  )
  const ties = known ? tiesOf(known, areas) : compared.ties
  const tied = new Set(Object.keys(ties))
  const otherGround = compared.otherGround.filter(({ area }) => !tied.has(area))
  if (otherGround.length > 0)
    report('warning', 'areas-other-ground', {
      count: otherGround.length,
      names: otherGround
        .slice(0, MOST_NAMED)
        .map(({ name }) => name)
        .join(', '),
    })
  const questions = known ? [] : compared.questions
  return { level, levels, version, areas, ties, otherGround, questions, findings }

  function reportLevel(): void {
    const isMunicipalities = reading.level === 'kommun' && wholeArea(register) !== null
    if (isMunicipalities) report('error', 'areas-municipalities')
    else if (own.length === 0) report('error', 'areas-elsewhere')
    else if (choices.length === 0) report('error', 'areas-no-level')
    else if (level === null)
      report('question', 'areas-level-unsure', { levels: levels.map(nameOfLevel).join(', ') })
  }

  function nameOfLevel(id: LevelId): string {
    return register.levels.find((one) => one.id === id)?.plural ?? id
  }
}

const OFFICIAL = { regso: /^\d{4}R\d{3}$/, deso: /^\d{4}[ABC]\d{4}$/ } as const
const fromDegrees = toNational({ code: 'EPSG:4326', swapped: false })

/** Areas of the register's own municipality, in a file of several; none when the file lies elsewhere. */
function areasWithin(
  register: AreaRegister,
  topology: Topology,
  { areas }: BoundaryReading,
): readonly BoundaryArea[] {
  const whole = wholeArea(register)
  if (!whole) return areas
  const municipalityOf = ({ code, parent }: BoundaryArea): string | null =>
    /^(\d{4})(?=[RABC]\d)/.exec(code)?.[1] ?? /^\d{4}/.exec(parent ?? '')?.[0] ?? null
  const own = areas.filter((area) => municipalityOf(area) === whole.id)
  if (own.length > 0) return own
  const outline = levelOutlines(topology, whole.level).get(whole.id)
  if (!outline) return areas
  const box = boxOf(outline)
  const isWithin = ({ centroid }: BoundaryArea): boolean => {
    const [x, y] = fromDegrees(centroid)
    return x > box[0] && x < box[2] && y > box[1] && y < box[3]
  }
  // A file of one municipality is taken whole: its coast may lie outside an outline that was only drawn.
  const isOfOne = new Set(areas.map(municipalityOf)).size < 2
  const within = areas.filter(isWithin)
  return isOfOne && within.length > 0 ? areas : within
}

interface LevelChoice {
  readonly level: LevelId
  readonly likeness: number
}

/** Official codes decide; else the names and codes that a level shares with the file. */
function levelChoices(
  register: AreaRegister,
  reading: BoundaryReading,
  own: readonly BoundaryArea[],
): LevelChoice[] {
  const whole = wholeArea(register)
  return register.levels
    .filter(({ id }) => id !== whole?.level && areasAtLevel(register, id).length > 0)
    .map(({ id }): LevelChoice => {
      const before = areasAtLevel(register, id)
      const official = (['regso', 'deso'] as const).find((kind) =>
        before.every((area) => OFFICIAL[kind].test(area.id)),
      )
      if (reading.level === 'regso' || reading.level === 'deso' || official !== undefined)
        return { level: id, likeness: official === reading.level ? 1 : 0 }
      const { same, alike } = namesakes(before, own)
      const shared = (same.size + alike.size / 2) / before.length
      return { level: id, likeness: 0.1 + 0.9 * Math.min(1, shared) }
    })
    .sort((a, b) => b.likeness - a.likeness)
}

function decidedLevel(choices: readonly LevelChoice[], chosen: LevelId | null): LevelId | null {
  if (chosen !== null && choices.some(({ level }) => level === chosen)) return chosen
  const [first, second] = choices
  if (!first || first.likeness === 0) return null
  return second === undefined || first.likeness >= 2 * second.likeness ? first.level : null
}

async function versionOf(
  register: AreaRegister,
  { file }: BoundaryReading,
  own: readonly BoundaryArea[],
  level: LevelId | null,
  remembered: readonly BoundaryTies[],
): Promise<BoundaryVersion> {
  const name = file.split('/').at(-1)!
  const contents = JSON.stringify([register.boundaryVersion.id, level, own.map(contentsOf)])
  const digest = await sha256Hex(new TextEncoder().encode(contents).buffer)
  const top = register.levels.find(({ rank }) => rank === 0)?.id
  const drawn = drawnLevels(register, remembered).filter((one) => one !== level && one !== top)
  return {
    id: `${slugOf(name.replace(/\.[^.]+$/, '')) || 'omraden'}-${digest.slice(0, 8)}`,
    name,
    // What is kept of outlines that were drawn is still only drawn.
    schematic: drawn.length > 0,
    source: name,
    licence: OWN_LICENCE,
  }
}

/** Levels whose outlines may decide where a point lies: not those that are only drawn, and not the whole. */
export function surveyedLevels(
  register: AreaRegister,
  remembered: readonly BoundaryTies[],
): readonly AreaLevel[] {
  const drawn = new Set(drawnLevels(register, remembered))
  return register.levels.filter(({ id, rank }) => rank > 0 && !drawn.has(id))
}

/** Levels whose outlines are drawn: of a schematic register, those that no file has replaced since. */
function drawnLevels(
  { boundaryVersion, levels }: AreaRegister,
  remembered: readonly BoundaryTies[],
): readonly LevelId[] {
  if (!boundaryVersion.schematic) return []
  const surveyed = new Set<LevelId>()
  const versions = new Set([boundaryVersion.id])
  // Versions are added to the set while it is walked through, latest first.
  for (const version of versions)
    for (const tie of remembered)
      if (tie.to === version) {
        versions.add(tie.from)
        for (const level of tie.levels) surveyed.add(level)
      }
  return levels.flatMap(({ id }) => (surveyed.has(id) ? [] : [id]))
}

const contentsOf = ({ code, name, polygons }: BoundaryArea): unknown => [
  ...[code, name],
  polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x.toFixed(2), y.toFixed(2)]))),
]

/** Identifiers that areas of levels that are kept do not have. */
function withOwnIds(
  areas: readonly BoundaryArea[],
  register: AreaRegister,
  level: LevelId,
): readonly BoundaryArea[] {
  const taken = new Set(register.areas.flatMap((area) => (area.level === level ? [] : [area.id])))
  const all = new Set([...taken, ...areas.map(({ code }) => code)])
  const ids = new Map(
    areas.map(({ code }) => {
      let id = code
      for (let number = 1; taken.has(id); number++) {
        const candidate = number === 1 ? `${code}-${level}` : `${code}-${level}-${number}`
        if (!all.has(candidate)) id = candidate
      }
      return [code, id]
    }),
  )
  return areas.map((area) => ({
    ...area,
    code: ids.get(area.code)!,
    neighbours: area.neighbours.flatMap((other) => ids.get(other) ?? []),
  }))
}

function tiesOf({ areas: before }: BoundaryTies, areas: readonly BoundaryArea[]) {
  const known = new Set(areas.map(({ code }) => code))
  return Object.fromEntries(
    Object.entries(before).filter((tie): tie is [AreaId, AreaId] => {
      const [, now] = tie
      return now !== null && known.has(now)
    }),
  )
}

interface Namesakes {
  /** By area before: the area of the file with its code, else with its name, evened out. */
  readonly same: ReadonlyMap<AreaId, AreaId>
  /** By area before: areas of the file whose name is like its own. */
  readonly alike: ReadonlyMap<AreaId, readonly AreaId[]>
}

function namesakes(before: readonly Area[], areas: readonly BoundaryArea[]): Namesakes {
  const ids = new Set(before.map(({ id }) => id))
  // Any parent will do: an area at the top is never suggested.
  const asked = before.map((area) => ({ ...area, parent: '' }))
  const texts = readAreaTexts(
    areas.map(({ name }) => name),
    asked,
    {},
  )
  const same = new Map<AreaId, AreaId>()
  const alike = new Map<AreaId, AreaId[]>()
  texts.forEach((text, index) => {
    const { code } = areas[index]!
    if (text.kind === 'area' && !same.has(text.area)) same.set(text.area, code)
    if (text.kind === 'unknown')
      for (const area of text.suggestions) alike.set(area, [...(alike.get(area) ?? []), code])
  })
  for (const { code } of areas) if (ids.has(code)) same.set(code, code)
  return { same, alike }
}

interface Compared {
  readonly ties: Readonly<Record<AreaId, AreaId>>
  readonly otherGround: BoundaryPlan['otherGround']
  readonly questions: readonly BoundaryQuestion[]
}

function compareAreas(
  register: AreaRegister,
  topology: Topology,
  level: LevelId,
  areas: readonly BoundaryArea[],
  remembered: readonly BoundaryTies[],
): Compared {
  const before = areasAtLevel(register, level)
  const outlines = levelOutlines(topology, level)
  const { same, alike } = namesakes(before, areas)
  const isDrawn = drawnLevels(register, remembered).includes(level)
  const byCode = new Map(areas.map((area) => [area.code, area]))
  const ties: Record<AreaId, AreaId> = {}
  const otherGround: (Candidate & { now: AreaId })[] = []
  const asked = new Map<AreaId, { reason: BoundaryQuestion['reason']; candidates: Candidate[] }>()
  const ask = (now: AreaId, reason: BoundaryQuestion['reason'], candidate: Candidate): void => {
    const earlier = asked.get(now)
    if (earlier) earlier.candidates.push(candidate)
    else asked.set(now, { reason, candidates: [candidate] })
  }
  for (const { id, name } of before) {
    const outline = outlines.get(id)
    if (!outline) continue
    const namesake = same.get(id)
    const match = sameGround(outline, areas)
    if (match !== null) {
      if (match.area.code === namesake) ties[id] = namesake
      else ask(match.area.code, 'other-name', { area: id, name, sharedGround: match.shared })
      continue
    }
    const likely = [
      ...(namesake === undefined ? [] : [namesake]),
      ...(isDrawn ? (alike.get(id) ?? []) : []),
    ]
      .map((code) => ({ code, shared: sharedGround(outline, byCode.get(code)!.polygons) }))
      .filter(({ code, shared }) => shared >= LEAST_SHARED || code === namesake)
      .sort(
        (a, b) => Number(b.code === namesake) - Number(a.code === namesake) || b.shared - a.shared,
      )
    const [best] = likely
    if (!best) continue
    const candidate = ({ shared }: { readonly shared: number }): Candidate => ({
      ...{ area: id, name, sharedGround: shared },
    })
    if (!isDrawn || best.shared === 0) otherGround.push({ ...candidate(best), now: best.code })
    else if (best.code === namesake) ask(best.code, 'drawn-before', candidate(best))
    else
      for (const one of likely.slice(0, MOST_ASKED))
        if (one.shared >= best.shared / 2) ask(one.code, 'drawn-before', candidate(one))
  }
  const tied = new Set(Object.values(ties))
  const questions = areas.flatMap(({ code, name }): BoundaryQuestion[] => {
    const question = asked.get(code)
    if (!question || tied.has(code)) return []
    const candidates = question.candidates.toSorted(
      (a, b) =>
        Number(same.get(b.area) === code) - Number(same.get(a.area) === code) ||
        b.sharedGround - a.sharedGround,
    )
    return [{ area: code, name, candidates, reason: question.reason }]
  })
  return { ties, otherGround, questions }
}

/** The area of the file that is the same ground, if any. */
function sameGround(
  outline: DrawnPolygons,
  areas: readonly BoundaryArea[],
): { readonly area: BoundaryArea; readonly shared: number } | null {
  const size = groundOf(outline)
  let best: { readonly area: BoundaryArea; readonly shared: number } | null = null
  for (const area of areas) {
    const ground = area.areaKm2 * 1e6
    if (Math.min(size, ground) / Math.max(size, ground) < SAME_GROUND) continue
    const shared = sharedGround(outline, area.polygons)
    if (shared >= SAME_GROUND && shared > (best?.shared ?? 0)) best = { area, shared }
  }
  return best
}

/** Of the ground that either covers, the share that both cover. */
function sharedGround(a: DrawnPolygons, b: DrawnPolygons): number {
  if (!sharedBox(boxOf(a), boxOf(b))) return 0
  const common = commonGround(a, b, LINES)
  return common / (groundOf(a) + groundOf(b) - common)
}
