import type { Arc } from './arc-tracing.ts'
import { distance, type Point } from './projection.ts'

/** How an arc is finished. */
export interface Finish {
  /** Standard deviation of the Gaussian that the line is smoothed with, in metres; 0 keeps it where it is. */
  readonly smoothingMetres: number
  /** Largest distance that simplification may move the line, in metres. */
  readonly toleranceMetres: number
  /** At a junction the two arms of highest rank run through as one line; among equals the straightest. */
  readonly rank: number
}

/** One round moves a point half the way to the middle of its neighbours: a variance of half a step squared. */
const WEIGHT = 0.5
/** An arm's direction at a junction is judged this many steps away. */
const LOOK_AHEAD_POINTS = 9

interface Line {
  readonly finish: Finish
  readonly rounds: number
  readonly closed: boolean
  readonly ends: readonly [number, number] | null
  points: [number, number][]
}

interface Arm {
  readonly line: Line
  readonly atStart: boolean
}

/** The two arms that run through a junction, seen as one smooth line. */
interface ThroughLine {
  readonly arms: readonly [Arm, Arm]
  readonly all: readonly Arm[]
  readonly rounds: number
}

/**
 * Smooths all arcs at once. Where three borders meet, two of them run on as one line and the third
 * ends on it, as streets and banks do; without this every junction would become a little star.
 */
export function smoothArcs(
  arcs: readonly Arc[],
  stepMetres: number,
  finishOf: (arc: Arc) => Finish,
): Arc[] {
  const lines = arcs.map((arc): Line => {
    const points = arc.points.map((point): [number, number] => [point[0], point[1]])
    if (!arc.ends) points.pop()
    const finish = finishOf(arc)
    const rounds = Math.round((finish.smoothingMetres / stepMetres) ** 2 / WEIGHT)
    return { finish, rounds, closed: !arc.ends, ends: arc.ends, points }
  })
  const throughLines = findThroughLines(lines)
  const rounds = Math.max(...lines.map((line) => line.rounds))
  for (let round = 0; round < rounds; round++) {
    const moved = throughLines
      .filter((through) => round < through.rounds)
      .map((through) => ({ through, position: movedJunction(through) }))
    for (const line of lines) {
      if (round < line.rounds) line.points = movedLine(line)
    }
    for (const { through, position } of moved) {
      for (const arm of through.all) setEnd(arm, position)
    }
  }
  return arcs.map((arc, index) => {
    const { points, closed, finish } = lines[index]!
    const whole: Point[] = closed ? [...points, points[0]!] : points
    return { ...arc, points: simplify(whole, finish.toleranceMetres) }
  })
}

function findThroughLines(lines: readonly Line[]): ThroughLine[] {
  const armsAt = new Map<number, Arm[]>()
  for (const line of lines) {
    line.ends?.forEach((junction, end) => {
      const arms = armsAt.get(junction) ?? []
      arms.push({ line, atStart: end === 0 })
      armsAt.set(junction, arms)
    })
  }
  const throughLines: ThroughLine[] = []
  for (const all of armsAt.values()) {
    // A junction with an unmoved line, such as the edge of the drawing, stays where it is.
    if (all.some((arm) => arm.line.rounds === 0)) continue
    const pairs = all.flatMap((first, index) =>
      all.slice(index + 1).map((second) => ({ arms: [first, second] as const })),
    )
    const best = pairs.reduce((chosen, pair) => {
      const gain = rankOf(pair.arms) - rankOf(chosen.arms)
      if (gain !== 0) return gain > 0 ? pair : chosen
      return straightness(pair.arms) > straightness(chosen.arms) ? pair : chosen
    })
    const rounds = Math.min(best.arms[0].line.rounds, best.arms[1].line.rounds)
    throughLines.push({ arms: best.arms, all, rounds })
  }
  return throughLines
}

function rankOf([first, second]: readonly [Arm, Arm]): number {
  return first.line.finish.rank + second.line.finish.rank
}

/** 1 for arms that leave a junction in opposite directions, -1 for arms that leave together. */
function straightness([first, second]: readonly [Arm, Arm]): number {
  const [a, b] = [directionOf(first), directionOf(second)]
  return -(a[0] * b[0] + a[1] * b[1])
}

function directionOf(arm: Arm): Point {
  const { points } = arm.line
  const ahead = Math.min(LOOK_AHEAD_POINTS, points.length - 1)
  const from = arm.atStart ? points[0]! : points[points.length - 1]!
  const to = arm.atStart ? points[ahead]! : points[points.length - 1 - ahead]!
  const length = distance(from, to)
  return length === 0 ? [0, 0] : [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
}

function nextTo(arm: Arm): Point {
  const { points } = arm.line
  return arm.atStart ? points[1]! : points[points.length - 2]!
}

function setEnd(arm: Arm, position: Point): void {
  const { points } = arm.line
  points[arm.atStart ? 0 : points.length - 1] = [position[0], position[1]]
}

function movedJunction({ arms }: ThroughLine): Point {
  const { points } = arms[0].line
  const here = arms[0].atStart ? points[0]! : points[points.length - 1]!
  return movedPoint(here, nextTo(arms[0]), nextTo(arms[1]))
}

function movedPoint(here: Point, before: Point, after: Point): [number, number] {
  return [
    here[0] + WEIGHT * ((before[0] + after[0]) / 2 - here[0]),
    here[1] + WEIGHT * ((before[1] + after[1]) / 2 - here[1]),
  ]
}

function movedLine({ points, closed }: Line): [number, number][] {
  const last = points.length - 1
  return points.map((point, index) => {
    if (!closed && (index === 0 || index === last)) return point
    const before = points[index === 0 ? last : index - 1]!
    const after = points[index === last ? 0 : index + 1]!
    return movedPoint(point, before, after)
  })
}

/** Douglas–Peucker: drops points that lie within the tolerance of the line that remains. */
export function simplify(points: readonly Point[], toleranceMetres: number): Point[] {
  const last = points.length - 1
  const keep = new Uint8Array(points.length)
  keep[0] = keep[last] = 1
  const pending: [number, number][] = [[0, last]]
  for (let range = pending.pop(); range; range = pending.pop()) {
    const [from, to] = range
    let farthest = -1
    let farthestDistance = toleranceMetres
    for (let index = from + 1; index < to; index++) {
      const away = distanceToChord(points[index]!, points[from]!, points[to]!)
      if (away > farthestDistance) {
        farthest = index
        farthestDistance = away
      }
    }
    if (farthest === -1) continue
    keep[farthest] = 1
    pending.push([from, farthest], [farthest, to])
  }
  return points.filter((_, index) => keep[index] === 1)
}

/** Distance to the segment between two points; to the point itself when they coincide. */
function distanceToChord(point: Point, from: Point, to: Point): number {
  const length = distance(from, to)
  if (length === 0) return distance(point, from)
  const along =
    ((point[0] - from[0]) * (to[0] - from[0]) + (point[1] - from[1]) * (to[1] - from[1])) /
    (length * length)
  const t = Math.min(1, Math.max(0, along))
  return distance(point, [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])])
}
