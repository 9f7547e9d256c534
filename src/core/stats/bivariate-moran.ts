import { mulberry, shuffle } from '../random.ts'
import {
  conditionalRanks,
  twoSidedPermutationP,
  type PermutationPlan,
} from './conditional-permutation.ts'
import { deviationsFromMean, type Deviations } from './deviations.ts'
import { knownAreas, type KnownAreas } from './known-areas.ts'
import { quadrantOf, type Quadrant } from './local-moran.ts'
import { crossProducts } from './moran.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { spatialLag, type SpatialWeights } from './weights.ts'

export interface BivariateMoran {
  readonly I: number
  /** Two-sided, the neighbours' values shuffled over all areas; NaN without permutations. */
  readonly pPermutation: number
  /** Areas with both figures and at least one neighbour with both. */
  readonly areas: number
}

/**
 * Bivariate Moran's I: the areas' own values against their neighbours' values of something else,
 * I = (n/S₀) Σᵢⱼ wᵢⱼ xᵢ yⱼ / √(Σx² Σy²), x and y as deviations from their means. It mixes likeness within areas with
 * likeness between neighbours, and is no measure of the former.
 * Source: Wartenberg, Geographical Analysis 17 (1985) 263; spdep::moran_bv where every area has a neighbour and
 * weights are row-standardised. Of x with itself it is Moran's I.
 * @param own x, one per area; NaN in either takes the area out
 * @param others y, whose values at the neighbours are looked at
 */
export function bivariateMoran(
  own: ArrayLike<number>,
  others: ArrayLike<number>,
  weights: SpatialWeights,
  { permutations, seed }: PermutationPlan,
): Outcome<BivariateMoran> {
  const pair = knownPair(own, others, weights)
  if (!pair.ok) return pair
  const { known, x, y } = pair.value
  const { starts } = known.weights
  let areas = 0
  for (let area = 0; area < starts.length - 1; area++)
    if (starts[area + 1]! > starts[area]!) areas++
  const total = known.weights.weights.reduce((sum, weight) => sum + weight, 0)
  const scale = areas / total / Math.sqrt(x.squares * y.squares)
  const products = crossProducts(known.weights, x.deviations, y.deviations)
  const tolerance = 1e-12 / scale
  const random = mulberry(seed)
  const dealt = y.deviations.slice()
  let [atLeast, atMost] = [0, 0]
  for (let round = 0; round < permutations; round++) {
    shuffle(dealt, random)
    const drawn = crossProducts(known.weights, x.deviations, dealt)
    if (drawn >= products - tolerance) atLeast++
    if (drawn <= products + tolerance) atMost++
  }
  return defined({
    I: scale * products,
    pPermutation: twoSidedPermutationP(atLeast, atMost, permutations),
    areas,
  })
}

/** One figure per area; NaN or null where either figure is missing, or no neighbour has both. */
export interface LocalBivariateMoran {
  readonly I: Float64Array
  /** Two-sided, by conditional permutation of the neighbours' values; NaN without permutations. */
  readonly pPermutation: Float64Array
  /** The area's own value, then its neighbours' value of the other thing. */
  readonly quadrants: readonly (Quadrant | null)[]
}

/**
 * Bivariate local Moran Iᵢ = (xᵢ/sₓ) Σⱼ wᵢⱼ yⱼ/s_y, x and y as deviations from their means and s their sample standard
 * deviations: the neighbours' factor against the area's own outcome. Significance by conditional permutation of y.
 * Source: Anselin, Syabri & Smirnov, New Tools for Spatial Data Analysis (2002); spdep::localmoran_bv.
 * @param own x, one per area; NaN in either takes the area out
 * @param others y, whose values at the neighbours are looked at
 */
export function localBivariateMoran(
  own: ArrayLike<number>,
  others: ArrayLike<number>,
  weights: SpatialWeights,
  plan: PermutationPlan,
): Outcome<LocalBivariateMoran> {
  const pair = knownPair(own, others, weights)
  if (!pair.ok) return pair
  const { known, x, y } = pair.value
  const count = known.places.length
  const lag = spatialLag(known.weights, y.deviations)
  const ranks = conditionalRanks(y.deviations, known.weights, plan)
  const scale = (count - 1) / Math.sqrt(x.squares * y.squares)
  const I = x.deviations.map((value, area) => scale * value * lag[area]!)
  const pPermutation = x.deviations.map((value, area) => {
    if (Number.isNaN(lag[area])) return NaN
    const { permutations } = plan
    return value === 0
      ? twoSidedPermutationP(permutations, permutations, permutations)
      : twoSidedPermutationP(ranks.atLeast[area]!, ranks.atMost[area]!, permutations)
  })
  const quadrants = new Array<Quadrant | null>(weights.starts.length - 1).fill(null)
  known.places.forEach((area, place) => {
    if (!Number.isNaN(lag[place])) quadrants[area] = quadrantOf(x.deviations[place]!, lag[place]!)
  })
  return defined({ I: known.spread(I), pPermutation: known.spread(pPermutation), quadrants })
}

/** Areas with both figures, as deviations from the means. */
export function knownPair(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  weights: SpatialWeights,
): Outcome<{ readonly known: KnownAreas; readonly x: Deviations; readonly y: Deviations }> {
  const known = knownAreas(weights, first, second)
  if (known.places.length < 2) return undefinedFor('statistics-too-few-areas')
  const [x, y] = known.columns.map(deviationsFromMean)
  if (!x || !y) return undefinedFor('statistics-no-variation')
  if (known.weights.neighbours.length === 0) return undefinedFor('statistics-no-neighbours')
  return defined({ known, x, y })
}
