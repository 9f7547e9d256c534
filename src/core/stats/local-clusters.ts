import { benjaminiHochberg } from './benjamini-hochberg.ts'
import type { Quadrant } from './local-moran.ts'

/** What an area may be marked as on a map; null where it has no p. */
export type Mark<Kind extends string> = Kind | 'not-significant' | null

export interface MarkedAreas<Kind extends string> {
  readonly marks: readonly Mark<Kind>[]
  /** By Benjamini and Hochberg's correction; null where there was no p. */
  readonly adjusted: readonly (number | null)[]
  /** How many areas were tested together. */
  readonly familySize: number
}

/** The share of marked areas that may be marked by chance alone. */
export const FALSE_DISCOVERY_RATE = 0.05

/**
 * The clusters and outliers of local Moran that survive the correction for looking at every area at once.
 * Source: Caldas de Castro & Singer, Geographical Analysis 38 (2006) 180; spdep::hotspot(p.adjust = "fdr").
 * @param p NaN for an area without neighbours or figure, which is no member of the family
 */
export function localClusters(
  quadrants: readonly (Quadrant | null)[],
  p: ArrayLike<number>,
  rate = FALSE_DISCOVERY_RATE,
): MarkedAreas<Quadrant> {
  return marked(p, rate, (area) => quadrants[area]!)
}

/**
 * The hot and cold spots of Gᵢ* that survive the correction for looking at every area at once.
 * @param z above 0 is hot
 * @param p NaN for an area without neighbours or figure, which is no member of the family
 */
export function hotAndColdSpots(
  z: ArrayLike<number>,
  p: ArrayLike<number>,
  rate = FALSE_DISCOVERY_RATE,
): MarkedAreas<'hot' | 'cold'> {
  return marked(p, rate, (area) => (z[area]! > 0 ? 'hot' : 'cold'))
}

function marked<Kind extends string>(
  p: ArrayLike<number>,
  rate: number,
  kindOf: (area: number) => Kind | null,
): MarkedAreas<Kind> {
  const { adjusted, familySize } = benjaminiHochberg(Array.from(p))
  return {
    marks: adjusted.map((value, area) => {
      if (value === null) return null
      return (value <= rate ? kindOf(area) : null) ?? 'not-significant'
    }),
    adjusted,
    familySize,
  }
}
