import { mulberry, shuffle } from '../random.ts'
import type { PermutationPlan } from './conditional-permutation.ts'
import { FEWEST_PAIRS } from './correlation.ts'
import { deviationsFromMean } from './deviations.ts'
import { knownAreas } from './known-areas.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { tridiagonalEigen } from './tridiagonal-eigen.ts'
import type { SpatialWeights } from './weights.ts'

/**
 * What a randomisation keeps of how a variable spreads over the scales of the map, as adespatial names them.
 * - singleton: the share of every eigenvector; only its sign is drawn. Moran's I is kept exactly.
 * - duplet (adespatial: pair): the share of each two neighbouring eigenvectors together; Moran's I nearly.
 * - triplet: the share and the autocorrelation of three drawn together; Moran's I exactly.
 */
export type SpectralProcedure = 'singleton' | 'duplet' | 'triplet'

/** Up to here the decomposition is complete; it takes a second at the most. */
const COMPLETE_UP_TO = 400
/** Bands of a decomposition among more areas than that. */
const MOST_BANDS = 128
/** What is left of a vector that has none of a matrix's directions left in it, as a share of the matrix. */
const EXHAUSTED = 1e-11
const TIE = 1e-12
const TRIPLET_ATTEMPTS = 100

/** A variable taken apart into directions of the map, each with an eigenvalue: large where it is smooth. */
export interface SpectralBands {
  /** In ascending order, in the units of the weights. */
  readonly eigenvalues: Float64Array
  /** The variable's component along each: its squares sum to 1. */
  readonly amplitudes: Float64Array
  /** An orthonormal basis of the directions, one vector of the areas after another. */
  readonly basis: readonly Float64Array[]
  /** Component i of direction k in the basis at k·m + i. */
  readonly directions: Float64Array
}

export interface SpectralTest {
  /** Of the variables as they are. */
  readonly r: number
  /** Two-sided: (1 + randomisations with |r| at least as great)/(1 + randomisations); NaN without any. */
  readonly p: number
  /** Directions whose signs were drawn. */
  readonly bands: number
  /** Areas with both figures. */
  readonly n: number
}

/**
 * Moran spectral randomisation: how often would a variable with just the same autocorrelation at every scale as x
 * correlate as strongly with y? x is taken apart along the eigenvectors of B(W + Wᵀ)B/2, with B = I − 11ᵀ/n, and put
 * together again with its components drawn anew.
 * Source: Wagner & Dray, Methods in Ecology and Evolution 6 (2015) 1169; adespatial::msr.
 * @param x NaN (hidden, missing) leaves the area out, and out of the weights
 */
export function moranSpectralRandomisation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights: SpatialWeights,
  plan: PermutationPlan,
  procedure: SpectralProcedure = 'singleton',
): Outcome<SpectralTest> {
  const known = knownAreas(weights, x, y)
  const n = known.places.length
  if (n < FEWEST_PAIRS) return undefinedFor('statistics-too-few-areas')
  if (!known.weights.weights.some((weight) => weight !== 0))
    return undefinedFor('statistics-no-neighbours')
  const bands = spectralBands(known.columns[0]!, known.weights)
  const projections = bands && projectOn(bands, known.columns[1]!)
  if (!projections) return undefinedFor('statistics-no-variation')
  let r = 0
  for (let k = 0; k < projections.length; k++) r += bands.amplitudes[k]! * projections[k]!
  const p = spectralP(bands, projections, plan, procedure)
  return defined({ r, p, bands: projections.length, n })
}

/**
 * Takes a variable apart along the eigenvectors of the doubly centred weights. Lanczos' method, started in the
 * variable itself and kept orthogonal, meets the eigenvectors that the variable has a component along; several with
 * the same eigenvalue are one direction. Among more than 400 areas it stops at 128 directions, each then a band of
 * eigenvectors with nearly the same eigenvalue and Moran's I still kept exactly: Σ aₖ²λₖ is the variable's own.
 * Source: Golub & Van Loan, Matrix Computations §10.1–10.3; checked against ml-matrix's full decomposition.
 * @param values one per area of the weights, finite
 * @param mostBands where to stop
 * @returns null where they do not vary
 */
export function spectralBands(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  mostBands = values.length <= COMPLETE_UP_TO ? values.length - 1 : MOST_BANDS,
): SpectralBands | null {
  const start = unitDeviations(values)
  if (!start) return null
  const basis: Float64Array[] = [start]
  const diagonal: number[] = []
  const beside: number[] = []
  let scale = 0
  for (;;) {
    const last = basis.at(-1)!
    const next = centredLag(last, weights)
    diagonal.push(dot(next, last))
    const length = orthogonalise(next, basis)
    scale = Math.max(scale, Math.abs(diagonal.at(-1)!) + length)
    if (basis.length === mostBands || !(length > EXHAUSTED * scale)) break
    beside.push(length)
    basis.push(next.map((component) => component / length))
  }
  const { values: eigenvalues, vectors } = tridiagonalEigen(diagonal, beside)
  const amplitudes = eigenvalues.map((_, k) => vectors[k * basis.length]!)
  return { eigenvalues, amplitudes, basis, directions: vectors }
}

/**
 * The components of a variable along another's directions, of the length of its deviations.
 * @param values one per area, finite
 * @returns null where they do not vary
 */
export function projectOn(
  { basis, directions }: SpectralBands,
  values: ArrayLike<number>,
): Float64Array | null {
  const deviations = unitDeviations(values)
  if (!deviations) return null
  const inBasis = Float64Array.from(basis, (vector) => dot(vector, deviations))
  return Float64Array.from(basis, (_, k) => {
    let sum = 0
    for (let i = 0; i < basis.length; i++) sum += directions[k * basis.length + i]! * inBasis[i]!
    return sum
  })
}

/** The share of randomisations, with the variables as they are counted among them, that correlate as strongly. */
export function spectralP(
  { eigenvalues, amplitudes }: SpectralBands,
  projections: Float64Array,
  { permutations, seed }: PermutationPlan,
  procedure: SpectralProcedure = 'singleton',
): number {
  if (permutations === 0) return NaN
  const random = mulberry(seed)
  const products = amplitudes.map((amplitude, k) => amplitude * projections[k]!)
  let observed = 0
  for (const product of products) observed += product
  const limit = Math.abs(observed) - TIE
  let asStrong = 0
  for (let round = 0; round < permutations; round++) {
    const sum =
      procedure === 'singleton'
        ? signedSum(products, random)
        : dot(drawAmplitudes(eigenvalues, amplitudes, procedure, random), projections)
    if (Math.abs(sum) >= limit) asStrong++
  }
  return (asStrong + 1) / (permutations + 1)
}

/** A variable with the autocorrelation of the one taken apart: deviations from the mean, their squares summing to 1. */
export function randomised(
  { eigenvalues, amplitudes, basis, directions }: SpectralBands,
  procedure: SpectralProcedure,
  random: () => number,
): Float64Array {
  const drawn = drawAmplitudes(eigenvalues, amplitudes, procedure, random)
  const values = new Float64Array(basis[0]!.length)
  basis.forEach((vector, i) => {
    let component = 0
    for (let k = 0; k < basis.length; k++)
      component += directions[k * basis.length + i]! * drawn[k]!
    addMultiple(values, vector, component)
  })
  return values
}

/** Σ ±productₖ, each sign a bit of a draw. */
function signedSum(products: Float64Array, random: () => number): number {
  let sum = 0
  for (let k = 0; k < products.length;) {
    let bits = random() * 0x100000000
    for (const end = Math.min(products.length, k + 32); k < end; k++, bits >>>= 1)
      sum += (1 - 2 * (bits & 1)) * products[k]!
  }
  return sum
}

function drawAmplitudes(
  eigenvalues: Float64Array,
  amplitudes: Float64Array,
  procedure: SpectralProcedure,
  random: () => number,
): Float64Array {
  const drawn = amplitudes.map((amplitude) => (random() < 0.5 ? -amplitude : amplitude))
  if (procedure === 'duplet') {
    // Of an odd number one, any, is left to its sign alone.
    const alone = drawn.length % 2 === 1 ? Math.floor(random() * drawn.length) : -1
    const paired = [...drawn.keys()].filter((k) => k !== alone)
    for (let at = 0; at < paired.length; at += 2) {
      const [first, second] = [paired[at]!, paired[at + 1]!]
      const length = Math.hypot(amplitudes[first]!, amplitudes[second]!)
      const angle = 2 * Math.PI * random()
      drawn[first] = length * Math.cos(angle)
      drawn[second] = length * Math.sin(angle)
    }
  } else if (procedure === 'triplet') {
    for (const side of [1, -1]) {
      const own = [...drawn.keys()].filter((k) => (eigenvalues[k]! > 0 ? 1 : -1) === side)
      shuffle(own, random)
      for (let at = 0; at + 2 < own.length; at += 3)
        drawTriplet(own.slice(at, at + 3), eigenvalues, amplitudes, drawn, random)
    }
  }
  return drawn
}

/** A point on the sphere of three components where Σa² and Σλa² are as they were; the signs alone if none is met. */
function drawTriplet(
  triplet: readonly number[],
  eigenvalues: Float64Array,
  amplitudes: Float64Array,
  drawn: Float64Array,
  random: () => number,
): void {
  const [first, second, third] = triplet.map((k) => eigenvalues[k]!) as [number, number, number]
  let [power, autocorrelation] = [0, 0]
  for (const k of triplet) {
    power += amplitudes[k]! ** 2
    autocorrelation += eigenvalues[k]! * amplitudes[k]! ** 2
  }
  for (let attempt = 0; attempt < TRIPLET_ATTEMPTS; attempt++) {
    const ofThird = power * Math.cos(2 * Math.PI * random()) ** 2
    const rest = power - ofThird
    const ofSecond = (autocorrelation - third * ofThird - first * rest) / (second - first)
    if (!(ofSecond >= 0 && ofSecond <= rest)) continue
    ;[rest - ofSecond, ofSecond, ofThird].forEach((square, at) => {
      drawn[triplet[at]!] = (random() < 0.5 ? -1 : 1) * Math.sqrt(square)
    })
    return
  }
}

function unitDeviations(values: ArrayLike<number>): Float64Array | null {
  const deviated = deviationsFromMean(values)
  if (!deviated) return null
  const unit = deviated.deviations.map((deviation) => deviation / deviated.greatest)
  const length = Math.sqrt(dot(unit, unit))
  return unit.map((deviation) => deviation / length)
}

/**
 * Takes out what a vector has of the basis, again if little was left: rounding is then a part of it.
 * @returns its length
 */
function orthogonalise(vector: Float64Array, basis: readonly Float64Array[]): number {
  for (let before = Math.sqrt(dot(vector, vector)); ;) {
    for (let i = basis.length - 1; i >= 0; i--)
      addMultiple(vector, basis[i]!, -dot(vector, basis[i]!))
    const after = Math.sqrt(dot(vector, vector))
    if (after > before / 2 || after < Number.MIN_VALUE) return after
    before = after
  }
}

/** B(W + Wᵀ)v/2 of a v that is centred already. */
function centredLag(
  vector: Float64Array,
  { starts, neighbours, weights }: SpatialWeights,
): Float64Array {
  const lag = new Float64Array(vector.length)
  for (let area = 0; area < vector.length; area++)
    for (let link = starts[area]!; link < starts[area + 1]!; link++) {
      const neighbour = neighbours[link]!
      const half = weights[link]! / 2
      lag[area]! += half * vector[neighbour]!
      lag[neighbour]! += half * vector[area]!
    }
  let sum = 0
  for (const component of lag) sum += component
  const mean = sum / lag.length
  return lag.map((component) => component - mean)
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0
  for (let i = 0; i < first.length; i++) sum += first[i]! * second[i]!
  return sum
}

function addMultiple(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * vector[i]!
}
