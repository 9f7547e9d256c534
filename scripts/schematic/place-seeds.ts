import { Delaunay } from 'd3'
import type { Landscape } from './drawn-lines.ts'
import { seededRandom, valueNoise } from './noise.ts'
import { contains } from './polygon.ts'
import { distance, type Point } from './projection.ts'

/** A position that belongs to a known area: a named place, a point that gives shape, or open country. */
export interface Seed {
  readonly position: Point
  readonly regso: string
}

/** Ground that the river separates: a border between two sides always follows the river. */
export const SIDES = ['north bank', 'south bank', 'river island'] as const
export type Side = (typeof SIDES)[number]

/** How far the built-up ground of an area reaches from its outermost places, in metres. */
export type ReachMetres = (regso: string) => number

const COUNTRY_SPACING_METRES = 1000
const COUNTRY_JITTER = 0.8
const CLEARANCE_PER_REACH = 1.62
const SMOOTHING_ROUNDS = 3
const SMOOTHING_WINDOW_METRES = 1700

/** The side of the river that a position lies on. */
export function sideOf(position: Point, landscape: Landscape): Side {
  if (contains(landscape.riverIsland, position)) return 'river island'
  return contains(landscape.southBank, position) ? 'south bank' : 'north bank'
}

/**
 * Fills the open country with seeds on a shaken grid. Each takes the nearest rural area on its own side of
 * the river, measured in a bent plane so that borders wind, and then what most of its neighbours have.
 * Built-up areas keep a clear distance around their places, which gives towns and villages their outline.
 */
export function fillCountry(
  places: readonly Seed[],
  rural: ReadonlySet<string>,
  reach: ReachMetres,
  landscape: Landscape,
): Seed[] {
  const random = seededRandom(99)
  const bendEast = valueNoise(16, 5200)
  const bendNorth = valueNoise(17, 5200)
  const withSide = places.map((seed) => ({ ...seed, side: sideOf(seed.position, landscape) }))
  const builtUp = places.filter((seed) => !rural.has(seed.regso))
  const country = new Map(
    SIDES.map((side) => [
      side,
      withSide.filter((seed) => rural.has(seed.regso) && seed.side === side),
    ]),
  )
  const bounds = boundsOf(landscape.municipality)
  const rowHeight = COUNTRY_SPACING_METRES * 0.87

  const filled: { position: Point; regso: string; side: Side }[] = []
  let row = 0
  for (let north = bounds.south; north < bounds.north; north += rowHeight, row++) {
    const shift = row % 2 === 0 ? 0 : COUNTRY_SPACING_METRES / 2
    for (let east = bounds.west + shift; east < bounds.east; east += COUNTRY_SPACING_METRES) {
      const shake = COUNTRY_SPACING_METRES * COUNTRY_JITTER
      const position: Point = [east + (random() - 0.5) * shake, north + (random() - 0.5) * shake]
      if (!contains(landscape.municipality, position)) continue
      const side = sideOf(position, landscape)
      if (side === 'river island') continue
      const tooClose = builtUp.some(
        (seed) => distance(seed.position, position) < reach(seed.regso) * CLEARANCE_PER_REACH,
      )
      if (tooClose) continue
      const bent: Point = [
        position[0] + 1500 * bendEast(position[0], position[1]),
        position[1] + 1500 * bendNorth(position[0], position[1]),
      ]
      const owner = nearest(country.get(side)!, bent)
      filled.push({ position, side, regso: owner.regso })
    }
  }
  return smoothOwners(filled)
}

/** Replaces each seed's area by the most common one around it, a few rounds. */
function smoothOwners(seeds: { position: Point; regso: string; side: Side }[]): Seed[] {
  const isAround = (seed: Seed & { side: Side }, other: Seed & { side: Side }) =>
    other.side === seed.side &&
    Math.abs(other.position[0] - seed.position[0]) < SMOOTHING_WINDOW_METRES &&
    Math.abs(other.position[1] - seed.position[1]) < SMOOTHING_WINDOW_METRES
  const around = seeds.map((seed) => {
    const indices: number[] = []
    seeds.forEach((other, index) => {
      if (isAround(seed, other)) indices.push(index)
    })
    return indices
  })
  let owners = seeds.map((seed) => seed.regso)
  for (let round = 0; round < SMOOTHING_ROUNDS; round++) {
    owners = around.map((indices) => mostCommon(indices.map((index) => owners[index]!)))
  }
  return seeds.map((seed, index) => ({ position: seed.position, regso: owners[index]! }))
}

/** The most frequent value; among equals, the one met first. */
function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0]
}

function nearest<T extends { readonly position: Point }>(seeds: readonly T[], to: Point): T {
  return seeds.reduce((best, seed) =>
    distance(seed.position, to) < distance(best.position, to) ? seed : best,
  )
}

function boundsOf(ring: readonly Point[]) {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [east, north] of ring) {
    bounds.west = Math.min(bounds.west, east)
    bounds.east = Math.max(bounds.east, east)
    bounds.south = Math.min(bounds.south, north)
    bounds.north = Math.max(bounds.north, north)
  }
  return bounds
}

/** Finds the area of the nearest seed in the bent plane that gives borders their curves. */
export class BentNearestSeed {
  readonly #seeds: readonly Seed[]
  readonly #delaunay: Delaunay<Delaunay.Point>
  readonly #bend: (position: Point) => Point
  #last = 0

  constructor(seeds: readonly Seed[]) {
    this.#seeds = seeds
    this.#bend = bendOfThePlane()
    this.#delaunay = Delaunay.from(
      seeds.map((seed) => {
        const [east, north] = this.#bend(seed.position)
        return [east, north]
      }),
    )
  }

  /** RegSO of the seed nearest to a position; a seed's own position always gives its own area. */
  find(position: Point): string {
    const [east, north] = this.#bend(position)
    this.#last = this.#delaunay.find(east, north, this.#last)
    return this.#seeds[this.#last]!.regso
  }
}

const TOWN_CENTRE: Point = [2000, 0]

/** A gentle bend in town, growing to a strong one in the country. */
function bendOfThePlane(): (position: Point) => Point {
  const wide = [valueNoise(11, 2100), valueNoise(12, 2100)] as const
  const fine = [valueNoise(13, 620), valueNoise(14, 620)] as const
  const country = [valueNoise(16, 5200), valueNoise(17, 5200)] as const
  return (position) => {
    const [east, north] = position
    const away = Math.min(1, Math.max(0, (distance(position, TOWN_CENTRE) - 8500) / 9000))
    const shift = (axis: 0 | 1) =>
      150 * wide[axis](east, north) +
      40 * fine[axis](east, north) +
      500 * away * country[axis](east, north)
    return [east + shift(0), north + shift(1)]
  }
}
