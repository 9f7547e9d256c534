import type { Interval } from '../cell.ts'
import type { PlanePoint } from '../polygons.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import type { PermutationPlan } from './conditional-permutation.ts'
import { coefficient } from './correlation.ts'
import {
  autocorrelation,
  distanceClasses,
  modifiedTTest,
  type Autocorrelation,
  type DistanceClasses,
} from './dutilleul.ts'
import { leaveOneOutOfRanks, type LeaveOneOut } from './leave-one-out.ts'
import {
  projectOn,
  spectralBands,
  spectralP,
  type SpectralBands,
} from './moran-spectral-randomisation.ts'
import { optimalLeafOrder } from './optimal-leaf-ordering.ts'
import type { UndefinedReason } from './outcome.ts'
import { bonettWrightInterval, ranks, spearman } from './rank-correlation.ts'
import { neighboursAmong, weigh, type SpatialWeights } from './weights.ts'

/**
 * Fewer areas than this are not crossed. Even if they were independent of one another, only |ρ| above 0.63 among ten
 * could be told from nothing at 5 %, and Dutilleul's 13 classes of distance would hold three pairs each.
 */
export const FEWEST_AREAS = 10

/** The share of false finds that is accepted among those said to survive. */
export const FALSE_DISCOVERY_RATE = 0.05

/** With fewer randomisations as strong as the observed one than this, p is counted again among more. */
const ENOUGH_AS_STRONG = 10

export interface CrossQuestion {
  /** Unwanted events, one value per area each; NaN where it is hidden or missing. */
  readonly rows: readonly ArrayLike<number>[]
  /** Root causes and protective factors, likewise. */
  readonly columns: readonly ArrayLike<number>[]
  /** The areas' centres on a plane. */
  readonly points: readonly PlanePoint[]
  /** Who is a neighbour of whom, in the same order. */
  readonly weights: SpatialWeights
  readonly plan: PermutationPlan
}

/** Whether a relation still stands when it is remembered how many were looked at. */
export type CrossMark = 'survives' | 'does-not'

/** Why there is no mark. */
export type CrossUndefined =
  | UndefinedReason
  /** By Dutilleul's estimate the areas are worth no more than two independent ones, or it came out below 0. */
  | 'statistics-no-effective-areas'

export type CrossCell = TestedCell | UntestedCell

export interface TestedCell {
  readonly kind: 'tested'
  /** Spearman's ρ among the areas that show both. */
  readonly rho: number
  /** Bonett and Wright's, with m = min(n, effectiveN); null where m is 3 or less. */
  readonly interval: Interval | null
  /** Distinct areas that show both. */
  readonly n: number
  /** Dutilleul's, of the ranks; may be more than n. */
  readonly effectiveN: number
  /** Of Dutilleul's test and of the randomisation, both of the ranks. */
  readonly pDutilleul: number
  readonly pRandomisation: number
  /** The larger of the two. */
  readonly p: number
  /** p corrected for all that were tested together. */
  readonly adjusted: number
  readonly mark: CrossMark
  readonly leaveOneOut: LeaveOneOut
}

export interface UntestedCell {
  readonly kind: 'untested'
  readonly reason: CrossUndefined
  readonly n: number
}

export interface CrossMatrix {
  /** By row, then by column, in the order asked. */
  readonly cells: readonly (readonly CrossCell[])[]
  /** How many were tested together. */
  readonly familySize: number
  /** The order in which structure shows: optimal leaf ordering of the rows, and of the columns, on 1 − |ρ|. */
  readonly rowOrder: readonly number[]
  readonly columnOrder: readonly number[]
}

/** How far a crossing has come. */
export interface CrossProgress {
  readonly done: number
  readonly all: number
}

/**
 * Crosses every row with every column: Spearman's ρ among the areas that show both, tested by Dutilleul's modified t
 * test and by Moran spectral randomisation of the ranks, whichever says less, corrected by Benjamini and Hochberg over
 * the whole matrix. A p that the randomisations asked for cannot tell apart from 0 is counted among so many that one
 * cell alone could survive the correction. The same seed gives the same matrix; a cell is the same whatever others
 * it is asked with, but for its correction.
 * @throws RangeError unless there is at least one randomisation
 * @param onProgress after each cell
 */
export function crossMatrix(
  question: CrossQuestion,
  onProgress?: (progress: CrossProgress) => void,
): CrossMatrix {
  const steps = crossSteps(question)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    onProgress?.(step.value)
  }
}

/** The same one cell at a time, for a worker that listens in between and may stop. */
export function* crossSteps(question: CrossQuestion): Generator<CrossProgress, CrossMatrix> {
  const { rows, columns } = question
  const all = rows.length * columns.length
  const untold = rows.map(() => new Array<RawCell | undefined>(columns.length))
  let done = 0
  for (const group of groupByAreas(question)) {
    const crossing = new Crossing(question, group.places)
    for (const { row, column } of group.cells) {
      untold[row]![column] = crossing.cell(row, column)
      yield { done: ++done, all }
    }
  }
  const raw = untold.map((cells) => cells.map((cell) => cell!))
  const correction = benjaminiHochberg(
    raw.flat().map((cell) => (cell.kind === 'tested' ? cell.p : null)),
  )
  const marked = (cell: RawCell, place: number): CrossCell => {
    if (cell.kind === 'untested') return cell
    const adjusted = correction.adjusted[place]!
    return { ...cell, adjusted, mark: adjusted <= FALSE_DISCOVERY_RATE ? 'survives' : 'does-not' }
  }
  return {
    cells: raw.map((cells, row) =>
      cells.map((cell, column) => marked(cell, row * columns.length + column)),
    ),
    familySize: correction.familySize,
    rowOrder: orderByLikeness(rows),
    columnOrder: orderByLikeness(columns),
  }
}

type RawCell = Omit<TestedCell, 'adjusted' | 'mark'> | UntestedCell

interface CellGroup {
  readonly places: Uint32Array
  readonly cells: { readonly row: number; readonly column: number }[]
}

/** Cells that the same areas show both figures of, so that what they need of the map is made once. */
function groupByAreas({ rows, columns, points }: CrossQuestion): Iterable<CellGroup> {
  const onMap = points.map(([east, north]) => Number.isFinite(east) && Number.isFinite(north))
  const groups = new Map<string, CellGroup>()
  rows.forEach((first, row) =>
    columns.forEach((second, column) => {
      const places = Uint32Array.from(points.keys()).filter(
        (area) => onMap[area] && Number.isFinite(first[area]) && Number.isFinite(second[area]),
      )
      const key = places.join()
      const group = groups.get(key) ?? { places, cells: [] }
      group.cells.push({ row, column })
      groups.set(key, group)
    }),
  )
  return groups.values()
}

/** A variable among the areas of a group; null where it does not vary there. */
interface Ranked {
  readonly ranks: Float64Array
  readonly autocorrelation: Autocorrelation
}

/** What cells of the same areas share. */
class Crossing {
  readonly #question: CrossQuestion
  readonly #places: Uint32Array
  readonly #finePermutations: number
  #map: { distances: DistanceClasses; weights: SpatialWeights } | null = null
  readonly #ranked = new Map<ArrayLike<number>, Ranked | null>()
  readonly #bands = new Map<Ranked, SpectralBands>()

  constructor(question: CrossQuestion, places: Uint32Array) {
    if (!(question.plan.permutations >= 1)) throw new RangeError('no randomisations')
    this.#question = question
    this.#places = places
    // So that the least p, times twice the family, is what may survive.
    const family = question.rows.length * question.columns.length
    this.#finePermutations = Math.ceil((2 * family) / FALSE_DISCOVERY_RATE)
  }

  cell(row: number, column: number): RawCell {
    const n = this.#places.length
    const untested = (reason: CrossUndefined): UntestedCell => ({ kind: 'untested', reason, n })
    if (n < FEWEST_AREAS) return untested('statistics-too-few-areas')
    const { distances, weights } = this.#mapOfAreas()
    if (weights.neighbours.length === 0) return untested('statistics-no-neighbours')
    const first = this.#rankedOf(this.#question.rows[row]!)
    const second = this.#rankedOf(this.#question.columns[column]!)
    const leftOut = first && second && leaveOneOutOfRanks(first.ranks, second.ranks, this.#places)
    if (!leftOut?.ok) return untested('statistics-no-variation')
    const rho = coefficient(first!.ranks, second!.ranks)
    const test = modifiedTTest(rho, first!.autocorrelation, second!.autocorrelation, distances)
    if (Number.isNaN(test.p)) return untested('statistics-no-effective-areas')
    const pRandomisation = this.#randomisationP(first!, second!)
    return {
      kind: 'tested',
      rho,
      interval: bonettWrightInterval(rho, Math.min(n, test.effectiveN)),
      n,
      effectiveN: test.effectiveN,
      pDutilleul: test.p,
      pRandomisation,
      p: Math.max(test.p, pRandomisation),
      leaveOneOut: leftOut.value,
    }
  }

  #randomisationP(first: Ranked, second: Ranked): number {
    const { weights } = this.#mapOfAreas()
    const bands = this.#bands.get(first) ?? spectralBands(first.ranks, weights)!
    this.#bands.set(first, bands)
    const projections = projectOn(bands, second.ranks)!
    const { permutations, seed } = this.#question.plan
    const p = spectralP(bands, projections, { permutations, seed })
    const asStrong = Math.round(p * (permutations + 1)) - 1
    return asStrong < ENOUGH_AS_STRONG && permutations < this.#finePermutations
      ? spectralP(bands, projections, { permutations: this.#finePermutations, seed })
      : p
  }

  #mapOfAreas(): { distances: DistanceClasses; weights: SpatialWeights } {
    const { points, weights } = this.#question
    this.#map ??= {
      distances: distanceClasses(
        Float64Array.from(this.#places, (area) => points[area]![0]),
        Float64Array.from(this.#places, (area) => points[area]![1]),
      ),
      weights: weigh(neighboursAmong(weights, this.#places), weights.style),
    }
    return this.#map
  }

  #rankedOf(values: ArrayLike<number>): Ranked | null {
    const known = this.#ranked.get(values)
    if (known !== undefined) return known
    const ranked = ranks(Float64Array.from(this.#places, (area) => values[area]!))
    const spatial = autocorrelation(ranked, this.#mapOfAreas().distances)
    const made = spatial && { ranks: ranked, autocorrelation: spatial }
    this.#ranked.set(values, made)
    return made
  }
}

/** Optimal leaf ordering on 1 − |ρ|; two that cannot be compared are as far apart as can be. */
function orderByLikeness(variables: readonly ArrayLike<number>[]): readonly number[] {
  const distances = variables.map(() => new Float64Array(variables.length))
  variables.forEach((first, i) =>
    variables.slice(0, i).forEach((second, j) => {
      const likeness = spearman(first, second)
      distances[i]![j] = distances[j]![i] = likeness.ok ? 1 - Math.abs(likeness.value.r) : 1
    }),
  )
  return optimalLeafOrder(distances).order
}
