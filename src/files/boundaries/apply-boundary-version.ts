import { neighbors } from 'topojson-client'
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification'
import {
  wholeArea,
  type Area,
  type AreaId,
  type AreaRegister,
  type LevelId,
} from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import type { BoundaryTies } from '../package/boundary-ties.ts'
import { buildTopology } from './boundary-topology.ts'
import type { BoundaryPlan } from './boundary-version.ts'
import { boxOf, commonGround, sharedBox, type DrawnPolygons } from './common-ground.ts'
import { toDegrees } from './coordinate-frame.ts'
import { levelOutlines } from './level-outlines.ts'
import { mergeTopologies } from './merged-topology.ts'
import { groundOf } from './ring-repair.ts'

/** A register and its boundaries with one level replaced. */
export interface AppliedBoundaries {
  readonly register: AreaRegister
  /** One object per level, as before, in degrees. */
  readonly topology: Topology
  readonly neighbours: Readonly<Record<LevelId, Readonly<Record<AreaId, readonly AreaId[]>>>>
  /** [west, south, east, north] in degrees around the new areas, open country left out: the view to open on. */
  readonly bounds: readonly [number, number, number, number]
  /** To be remembered: figures of areas before follow them through these. */
  readonly ties: BoundaryTies
  readonly findings: readonly Finding[]
}

/** By area of the file: the area before that it is, or null for none. */
export type TieAnswers = Readonly<Record<AreaId, AreaId | null>>

/** An area lies in another, and areas fill another, when this share of it does. */
const NESTED = 0.95
const LINES = 64
/** Larger than this many middling areas is open country, which should not claim the first view. */
const LARGE = 3

const swedish = new Intl.Collator('sv')

/**
 * Replaces the plan's level by the file's areas. The municipality and every other level stay as they are; areas that
 * lay in the level's areas lie in the new ones when all of them fit, else in the municipality itself. A question
 * without an answer is no tie: figures of that area are missing, as of other boundaries.
 * @throws RangeError when the plan has no level
 */
export function applyBoundaryVersion(
  register: AreaRegister,
  topology: Topology,
  plan: BoundaryPlan,
  answers: TieAnswers = {},
): AppliedBoundaries {
  const { level, version } = plan
  if (level === null) throw new RangeError('the plan replaces no level')
  const whole = wholeArea(register)
  const areas = plan.areas.toSorted(
    (a, b) => swedish.compare(a.name, b.name) || (a.code < b.code ? -1 : 1),
  )
  const outlines = new Map(areas.map(({ code, polygons }) => [code, polygons]))
  const rank = new Map(register.levels.map(({ id, rank: depth }) => [id, depth]))
  const rankOf = (area: Area): number => rank.get(area.level)!
  const before = register.areas.filter((area) => area.level === level)
  const levelOf = new Map(register.areas.map((area) => [area.id, area.level]))

  const outer = levelOf.get(before.find(({ parent }) => parent !== null)?.parent ?? '')
  const outerOf = outer === undefined ? null : nest(outlines, levelOutlines(topology, outer))
  const typical = areas.map(({ areaKm2 }) => areaKm2).sort((a, b) => a - b)[areas.length >> 1]!
  const replaced = areas.map(({ code, name, areaKm2 }): Area => ({
    ...{ id: code, level, name },
    parent: outerOf?.get(code) ?? whole?.id ?? null,
    ...(areaKm2 > LARGE * typical ? { rural: true } : {}),
  }))

  const old = new Set(before.map(({ id }) => id))
  const inner = new Set(
    register.areas.flatMap((area) =>
      area.parent !== null && old.has(area.parent) ? [area.level] : [],
    ),
  )
  const homes = new Map<AreaId, AreaId>()
  const findings: Finding[] = []
  for (const one of inner) {
    const home = nest(levelOutlines(topology, one), outlines)
    if (home) for (const [area, parent] of home) homes.set(area, parent)
    else
      findings.push({
        ...{ severity: 'note', code: 'areas-no-longer-nest', file: version.name },
        ...{ row: null, column: null, text: nameOf(register, one) },
        parameters: { level: nameOf(register, level) },
      })
  }
  const kept = register.areas
    .filter((area) => area.level !== level)
    .map((area) =>
      area.parent !== null && old.has(area.parent)
        ? { ...area, parent: homes.get(area.id) ?? whole?.id ?? null }
        : area,
    )

  const { tied, findings: twice } = tiesOf(before, plan, answers)
  const { topology: merged, keptNeighbours } = drawn(topology, register, level, areas)
  return {
    register: {
      levels: register.levels,
      areas: [...kept, ...replaced].sort((a, b) => rankOf(a) - rankOf(b)),
      boundaryVersion: version,
    },
    topology: merged,
    bounds: boundsOf(areas.filter(({ areaKm2 }) => areaKm2 <= LARGE * typical)),
    neighbours: {
      ...keptNeighbours,
      [level]: Object.fromEntries(areas.map(({ code, neighbours }) => [code, neighbours])),
    },
    ties: {
      ...{ from: register.boundaryVersion.id, to: version.id, levels: [level] },
      areas: tied,
    },
    findings: [...findings, ...twice],
  }
}

function boundsOf(areas: BoundaryPlan['areas']): AppliedBoundaries['bounds'] {
  const [west, south, east, north] = boxOf(areas.flatMap(({ polygons }) => polygons))
  const corners = [
    ...[toDegrees([west, south]), toDegrees([west, north])],
    ...[toDegrees([east, south]), toDegrees([east, north])],
  ]
  const edge = (choose: (...values: number[]) => number, axis: 0 | 1): number =>
    Math.round(choose(...corners.map((corner) => corner[axis])) * 1e5) / 1e5
  return [edge(Math.min, 0), edge(Math.min, 1), edge(Math.max, 0), edge(Math.max, 1)]
}

const nameOf = ({ levels }: AreaRegister, level: LevelId): string =>
  levels.find(({ id }) => id === level)?.plural ?? level

/** Certain ties and answers, one to one; null for areas that no area of the file is. */
function tiesOf(
  before: readonly Area[],
  { ties, questions, version }: BoundaryPlan,
  answers: TieAnswers,
): { readonly tied: Record<AreaId, AreaId | null>; readonly findings: readonly Finding[] } {
  const tied: Record<AreaId, AreaId | null> = Object.fromEntries(
    before.map(({ id }) => [id, ties[id] ?? null]),
  )
  const findings: Finding[] = []
  for (const { area, name, candidates } of questions) {
    const answer = answers[area] ?? null
    const meant = candidates.find((candidate) => candidate.area === answer)
    if (answer === null || !meant) continue
    if (tied[answer] === null) tied[answer] = area
    else
      findings.push({
        ...{ severity: 'warning', code: 'areas-tied-twice', file: version.name },
        ...{ row: null, column: null, text: name, parameters: { before: meant.name } },
      })
  }
  return { tied, findings }
}

/**
 * By inner area, the outer area that it lies in: when every inner area lies in one, and every outer area is filled by
 * its own; null otherwise, for figures of some parts do not add up to a whole.
 */
function nest(
  inner: ReadonlyMap<AreaId, DrawnPolygons>,
  outer: ReadonlyMap<AreaId, DrawnPolygons>,
): Map<AreaId, AreaId> | null {
  const homes = new Map<AreaId, AreaId>()
  const filled = new Map<AreaId, number>()
  for (const [id, outline] of inner) {
    const ground = groundOf(outline)
    const home = [...outer].find(
      ([, around]) =>
        sharedBox(boxOf(outline), boxOf(around)) &&
        commonGround(outline, around, LINES) >= NESTED * ground,
    )
    if (!home) return null
    homes.set(id, home[0])
    filled.set(home[0], (filled.get(home[0]) ?? 0) + ground)
  }
  const isFilled = [...outer].every(
    ([id, outline]) => (filled.get(id) ?? 0) >= NESTED * groundOf(outline),
  )
  return homes.size > 0 && isFilled ? homes : null
}

function drawn(
  topology: Topology,
  register: AreaRegister,
  level: LevelId,
  areas: BoundaryPlan['areas'],
): {
  readonly topology: Topology
  readonly keptNeighbours: Record<LevelId, Record<AreaId, readonly AreaId[]>>
} {
  const { [level]: _, ...objects } = topology.objects
  const made = buildTopology(
    areas.map(({ polygons }) => ({ polygons })),
    areas.map(({ code }) => code),
    { level, wholeLevel: `${level} whole`, wholeId: '' },
  ).boundaries
  const names = new Map(areas.map(({ code, name }) => [code, name]))
  const collection = made.objects[level] as GeometryCollection
  const named: GeometryCollection = {
    type: 'GeometryCollection',
    geometries: collection.geometries.map((geometry) => ({
      ...geometry,
      properties: { name: names.get(String(geometry.id)) },
    })),
  }
  return {
    topology: mergeTopologies([
      { topology, objects },
      { topology: made, objects: { [level]: named } },
    ]),
    keptNeighbours: Object.fromEntries(
      register.levels.flatMap(({ id }) => {
        const object = objects[id]
        if (object?.type !== 'GeometryCollection') return []
        const geometries = object.geometries as (Polygon | MultiPolygon)[]
        const beside = neighbors(geometries)
        return [
          [
            id,
            Object.fromEntries(
              geometries.map((geometry, index) => [
                String(geometry.id),
                beside[index]!.map((other) => String(geometries[other]!.id)),
              ]),
            ),
          ],
        ]
      }),
    ),
  }
}
