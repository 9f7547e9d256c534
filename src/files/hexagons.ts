import { cellToBoundary, latLngToCell } from 'h3-js'
import type { DisclosedHexagons, RawHexagonCount } from '../core/disclosure/incidents.ts'
import type { PeriodCode } from '../core/period.ts'

/** [longitude, latitude] in degrees by hexagon, as they are stored; the first point is not repeated. */
export type HexagonRings = Readonly<Record<string, readonly (readonly [number, number])[]>>

/** H3 resolution: hexagons of about 0.7 km², some 530 m along a side. */
export const HEXAGON_RESOLUTION = 8

/** An incident with its place, before it is counted. */
export interface PlacedIncident {
  readonly category: string
  readonly year: PeriodCode
  readonly longitude: number
  readonly latitude: number
}

/**
 * Counts incidents by hexagon, category and year in the grid H3 (Uber, Apache 2.0), whose cells are the same for
 * everyone: a grid that could be moved would let counts be subtracted from each other.
 * @returns raw counts, which have not passed the disclosure gate, and the outline of every hexagon among them
 */
export function countHexagons(incidents: Iterable<PlacedIncident>): {
  readonly counts: readonly RawHexagonCount[]
  readonly outlines: HexagonRings
} {
  const counts = new Map<
    string,
    { -readonly [Key in keyof RawHexagonCount]: RawHexagonCount[Key] }
  >()
  for (const { category, year: period, longitude, latitude } of incidents) {
    const hexagon = latLngToCell(latitude, longitude, HEXAGON_RESOLUTION)
    const key = `${hexagon} ${category} ${period}`
    const known = counts.get(key)
    if (known) known.count++
    else counts.set(key, { hexagon, category, period, count: 1 })
  }
  const hexagons = new Set([...counts.values()].map(({ hexagon }) => hexagon))
  return {
    counts: [...counts.values()],
    outlines: Object.fromEntries([...hexagons].map((hexagon) => [hexagon, outlineOf(hexagon)])),
  }
}

/**
 * The outlines of the hexagons that may be shown, and of no other.
 * @throws RangeError when one of them has none
 */
export function releasedOutlines(
  { hexagons }: DisclosedHexagons,
  outlines: HexagonRings,
): HexagonRings {
  return Object.fromEntries(
    hexagons.map((id) => {
      const outline = outlines[id]
      if (!outline) throw new RangeError(`hexagon "${id}" has no outline`)
      return [id, outline]
    }),
  )
}

/** Corners of a hexagon, five decimals: about half a metre. */
function outlineOf(hexagon: string): readonly (readonly [number, number])[] {
  const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
  return cellToBoundary(hexagon).map(
    ([latitude, longitude]) => [rounded(longitude), rounded(latitude)] as const,
  )
}
