import type { PlanePoint } from '../polygons.ts'
import { completeCases } from './complete-cases.ts'
import { coefficient, FEWEST_PAIRS } from './correlation.ts'
import { deviationsFromMean } from './deviations.ts'
import { fAbove } from './distributions.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'

/** As many as SpatialPack takes. */
export const DISTANCE_CLASSES = 13

/** A distance this share of a class above its limit is at the limit but for rounding. */
const ROUNDING = 1e-12

export interface ModifiedTTest {
  readonly r: number
  /** How many independent pairs the areas are worth for this correlation; may be more than there are areas. */
  readonly effectiveN: number
  /** r²/(1 − r²); times `degreesOfFreedom` it is F with 1 and that many. */
  readonly F: number
  /** effectiveN − 2. */
  readonly degreesOfFreedom: number
  /** NaN where effectiveN is 2 or less: the areas are then worth no test. */
  readonly p: number
  /** Areas with both figures. */
  readonly n: number
}

/**
 * Dutilleul's modified t test of the correlation between two variables that both vary smoothly over the map:
 * effective n = 1 + tr(BΣ₁)tr(BΣ₂)/tr(BΣ₁BΣ₂), where B = I − 11ᵀ/n and Σ has 1 on its diagonal and elsewhere the
 * variable's autocorrelation Σᵢⱼ(xᵢ−x̄)(xⱼ−x̄)/(pairs·s²) in the pair's class of distance; then F = r²/(1 − r²) times
 * effective n − 2, with 1 and effective n − 2 degrees of freedom.
 * Source: Dutilleul, Biometrics 49 (1993) 305; Clifford, Richardson & Hémon, Biometrics 45 (1989) 123;
 * SpatialPack::modified.ttest.
 * @param x NaN (hidden, missing) leaves the area out
 * @param points the areas' centres on a plane; NaN leaves the area out
 * @param classes of distance, equally wide, from 0 to the greatest distance between areas with both figures
 */
export function dutilleul(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  points: readonly PlanePoint[],
  classes: number = DISTANCE_CLASSES,
): Outcome<ModifiedTTest> {
  const [knownX, knownY, easting, northing] = completeCases(
    x,
    y,
    points.map(([east]) => east),
    points.map(([, north]) => north),
  ).columns
  if (knownX!.length < FEWEST_PAIRS) return undefinedFor('statistics-too-few-areas')
  const distances = distanceClasses(easting!, northing!, classes)
  const first = autocorrelation(knownX!, distances)
  const second = autocorrelation(knownY!, distances)
  return first && second
    ? defined(modifiedTTest(coefficient(knownX!, knownY!), first, second, distances))
    : undefinedFor('statistics-no-variation')
}

/** Pairs of areas by class of distance. */
export interface DistanceClasses {
  readonly areas: number
  readonly classes: number
  /** The class of the pair i < j at i(2n − i − 1)/2 + j − i − 1. */
  readonly ofPair: Uint16Array
  /** Pairs in each class. */
  readonly sizes: Float64Array
  /** For area i and class k at i·classes + k: how many others are that far away. */
  readonly ofArea: Uint32Array
}

/**
 * Sorts pairs of points into equally wide classes of distance, each with its upper limit, up to the greatest.
 * @throws RangeError unless the number of classes is whole and from 1 to 65,535
 */
export function distanceClasses(
  easting: ArrayLike<number>,
  northing: ArrayLike<number>,
  classes: number = DISTANCE_CLASSES,
): DistanceClasses {
  if (!Number.isInteger(classes) || classes < 1 || classes > 0xffff)
    throw new RangeError(`not a number of distance classes: ${classes}`)
  const areas = easting.length
  const distances = new Float64Array((areas * (areas - 1)) / 2)
  let greatest = 0
  for (let i = 0, pair = 0; i < areas; i++)
    for (let j = i + 1; j < areas; j++, pair++) {
      const [east, north] = [easting[j]! - easting[i]!, northing[j]! - northing[i]!]
      const distance = Math.sqrt(east * east + north * north)
      distances[pair] = distance
      if (distance > greatest) greatest = distance
    }
  const perDistance = greatest > 0 ? classes / greatest : 0
  const ofPair = new Uint16Array(distances.length)
  const sizes = new Float64Array(classes)
  const ofArea = new Uint32Array(areas * classes)
  for (let i = 0, pair = 0; i < areas; i++)
    for (let j = i + 1; j < areas; j++, pair++) {
      const inWidths = distances[pair]! * perDistance
      const own = Math.max(0, Math.min(classes, Math.ceil(inWidths * (1 - ROUNDING))) - 1)
      ofPair[pair] = own
      sizes[own]!++
      ofArea[i * classes + own]!++
      ofArea[j * classes + own]!++
    }
  return { areas, classes, ofPair, sizes, ofArea }
}

/** A variable's autocorrelation by distance, and what the test needs of the matrix Σ it makes. */
export interface Autocorrelation {
  /** By class; NaN for one without pairs. */
  readonly byClass: Float64Array
  /** Σ1: the sum of each area's row. */
  readonly rows: Float64Array
  /** 1ᵀΣ1. */
  readonly total: number
}

/**
 * Estimates the autocorrelation of a variable in each class of distance.
 * @param values one per area, finite
 * @returns null where they do not vary
 */
export function autocorrelation(
  values: ArrayLike<number>,
  { areas, classes, ofPair, sizes, ofArea }: DistanceClasses,
): Autocorrelation | null {
  const deviated = deviationsFromMean(values)
  if (!deviated) return null
  const { squares, deviations } = deviated
  const byClass = new Float64Array(classes)
  for (let i = 0, pair = 0; i < areas; i++) {
    const deviation = deviations[i]!
    for (let j = i + 1; j < areas; j++, pair++)
      byClass[ofPair[pair]!]! += deviation * deviations[j]!
  }
  for (let own = 0; own < classes; own++) byClass[own]! *= areas / (sizes[own]! * squares)
  const rows = new Float64Array(areas)
  let total = 0
  for (let i = 0; i < areas; i++) {
    let row = 1
    for (let own = 0; own < classes; own++) {
      const others = ofArea[i * classes + own]!
      if (others > 0) row += others * byClass[own]!
    }
    rows[i] = row
    total += row
  }
  return { byClass, rows, total }
}

/** Dutilleul's test of a correlation, from the autocorrelation of its two variables. */
export function modifiedTTest(
  r: number,
  first: Autocorrelation,
  second: Autocorrelation,
  { areas, classes, sizes }: DistanceClasses,
): ModifiedTTest {
  let product = areas
  for (let own = 0; own < classes; own++)
    if (sizes[own]! > 0) product += 2 * sizes[own]! * first.byClass[own]! * second.byClass[own]!
  let crossed = 0
  for (let i = 0; i < areas; i++) crossed += first.rows[i]! * second.rows[i]!
  const trace = product + ((first.total * second.total) / areas - 2 * crossed) / areas
  const traces = (areas - first.total / areas) * (areas - second.total / areas)
  const effectiveN = 1 + traces / trace
  const F = r ** 2 / ((1 - r) * (1 + r))
  const degreesOfFreedom = effectiveN - 2
  const p = fAbove(F * degreesOfFreedom, 1, degreesOfFreedom)
  return { r, effectiveN, F, degreesOfFreedom, p, n: areas }
}
