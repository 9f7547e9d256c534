import { normal } from './distributions.ts'
import { distance } from '../schematic/projection.ts'
import type { Ground } from './ground.ts'
import type { Random } from './random.ts'

/** Orthonormal vectors that span the same space (modified Gram–Schmidt); dependent vectors are left out. */
export function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = []
  for (const vector of vectors) {
    const rest = projectedOff(vector, basis)
    const length = Math.sqrt(dot(rest, rest))
    if (length > 1e-9 * Math.sqrt(dot(vector, vector)))
      basis.push(rest.map((value) => value / length))
  }
  return basis
}

/** What is left of a vector when everything along an orthonormal basis is taken away. */
export function projectedOff(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = vector.slice()
  for (const direction of basis) {
    const along = dot(rest, direction)
    for (let index = 0; index < rest.length; index++) rest[index]! -= along * direction[index]!
  }
  return rest
}

/** Mean 0 and standard deviation 1. */
export function standardised(vector: Float64Array): Float64Array {
  const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length
  const centred = vector.map((value) => value - mean)
  const deviation = Math.sqrt(dot(centred, centred) / vector.length)
  return centred.map((value) => value / deviation)
}

const SMOOTHING_LENGTH_METRES = 1300
const ROUGH_SHARE = 0.25

/**
 * A field over the areas in which near areas resemble each other: white noise smoothed over the named places
 * (Gaussian kernel), with a share of noise of its own per area.
 */
export function smoothField(random: Random, ground: Ground): Float64Array {
  const source = ground.places.map(() => normal(random))
  const sums = ground.areas.map(() => ({ value: 0, places: 0 }))
  for (const place of ground.places) {
    let value = 0
    ground.places.forEach((other, index) => {
      const lengths = distance(place.at, other.at) / SMOOTHING_LENGTH_METRES
      value += source[index]! * Math.exp(-0.5 * lengths * lengths)
    })
    const sum = sums[place.area]!
    sum.value += value
    sum.places++
  }
  const smooth = standardised(Float64Array.from(sums, ({ value, places }) => value / places))
  return smooth.map(
    (value) => Math.sqrt(1 - ROUGH_SHARE) * value + Math.sqrt(ROUGH_SHARE) * normal(random),
  )
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!
  return sum
}
