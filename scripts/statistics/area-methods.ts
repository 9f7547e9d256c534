import type { Finding } from '../../src/core/finding.ts'
import { contiguousNeighbours } from '../../src/core/stats/contiguity.ts'
import { empiricalBayes } from '../../src/core/stats/empirical-bayes.ts'
import { bivariateMoran } from '../../src/core/stats/bivariate-moran.ts'
import { geary } from '../../src/core/stats/geary.ts'
import { getisOrdStar } from '../../src/core/stats/getis-ord.ts'
import { localEmpiricalBayes } from '../../src/core/stats/local-empirical-bayes.ts'
import { localMoran } from '../../src/core/stats/local-moran.ts'
import { moran } from '../../src/core/stats/moran.ts'
import { nearestNeighbours } from '../../src/core/stats/near-neighbours.ts'
import type { Outcome, UndefinedReason } from '../../src/core/stats/outcome.ts'
import { weigh, type SpatialWeights } from '../../src/core/stats/weights.ts'
import { UsageError } from '../publish/usage.ts'
import { readColumn, type AreaFile, type Read } from './area-file.ts'
import type { NeighbourChoice, StatisticsOptions } from './options.ts'

/** NaN where it is undefined, and printed as null. */
export type Scalar = number | string | null

export type Figure = Scalar | ArrayLike<Scalar> | Readonly<Record<string, Scalar>>

export type Figures = Readonly<Record<string, Figure>>

/** A method's figures, and what there is to say of them; no figures when an error stopped it. */
export type MethodResult = Read<Figures>

/** A method on the areas of a file. */
export type AreaMethod = (areas: AreaFile, options: StatisticsOptions) => MethodResult

export const moranMethod: AreaMethod = (areas, options) =>
  onColumn(areas, options, (values, weights) => {
    const outcome = moran(values, weights, options.isNormality ? 'normality' : 'randomisation')
    const figures = figuresOf(areas, outcome, ['I', 'expectation', 'variance', 'z', 'p'])
    if (!options.isPermuted) return figures
    const permuted = bivariateMoran(values, values, weights, options.plan)
    const pPermutation = permuted.ok ? permuted.value.pPermutation : NaN
    return { ...figures, value: { ...figures.value, pPermutation } }
  })

export const gearyMethod: AreaMethod = (areas, options) =>
  onColumn(areas, options, (values, weights) =>
    figuresOf(areas, geary(values, weights, options.isNormality ? 'normality' : 'randomisation'), [
      ...(['C', 'expectation', 'variance', 'z', 'p'] as const),
    ]),
  )

export const localMoranMethod: AreaMethod = (areas, options) =>
  onColumn(areas, options, (values, weights) => {
    const outcome = localMoran(values, weights, options.plan)
    const names = ['I', 'expectation', 'variance', 'z', 'p', 'pPermutation'] as const
    if (!outcome.ok)
      return {
        value: { ...allUndefined(areas, names), quadrant: areas.features.map(() => null) },
        findings: [undefinedFinding(areas, outcome.reason)],
      }
    const { quadrants: quadrant, ...columns } = outcome.value
    return {
      value: { ...columns, quadrant },
      findings: isolatesFinding(areas, values, columns.I),
    }
  })

export const getisOrdMethod: AreaMethod = (areas, options) =>
  onColumn(areas, options, (values, weights) => {
    const outcome = getisOrdStar(values, weights)
    return outcome.ok
      ? { value: { ...outcome.value }, findings: isolatesFinding(areas, values, outcome.value.z) }
      : {
          value: allUndefined(areas, ['z', 'p']),
          findings: [undefinedFinding(areas, outcome.reason)],
        }
  })

export const empiricalBayesMethod: AreaMethod = (areas, options) =>
  onRates(areas, options, (events, population) => {
    const smoothed = empiricalBayes(events, population)
    return {
      value: {
        rate: rawRates(events, population),
        smoothed: smoothed.rates,
        a: smoothed.variance,
        b: smoothed.commonRate,
      },
      findings: Number.isNaN(smoothed.commonRate)
        ? [undefinedFinding(areas, 'statistics-no-population')]
        : missingFinding(areas, smoothed.rates),
    }
  })

export const localEmpiricalBayesMethod: AreaMethod = (areas, options) =>
  onRates(areas, options, (events, population) => {
    const weights = weightsOf(areas, options)
    if (!weights.value) return { value: null, findings: weights.findings }
    const { rates, priors } = localEmpiricalBayes(events, population, weights.value)
    return {
      value: { rate: rawRates(events, population), smoothed: rates, prior: priors },
      findings: rates.every(Number.isNaN)
        ? [undefinedFinding(areas, 'statistics-no-population')]
        : missingFinding(areas, rates),
    }
  })

/** Reads the column of --x and weighs the neighbours. */
function onColumn(
  areas: AreaFile,
  options: StatisticsOptions,
  method: (values: Float64Array, weights: SpatialWeights) => MethodResult,
): MethodResult {
  if (options.x === null) throw new UsageError('Ange en kolumn med tal: --x KOLUMN')
  const column = readColumn(areas, options.x)
  const weights = weightsOf(areas, options)
  const stopped = [...column.findings, ...weights.findings]
  if (!column.value || !weights.value) return { value: null, findings: stopped }
  const { value, findings } = method(column.value, weights.value)
  return { value, findings: [...missingFinding(areas, column.value), ...findings] }
}

/** Reads the columns of --events and --population. */
function onRates(
  areas: AreaFile,
  options: StatisticsOptions,
  method: (events: Float64Array, population: Float64Array) => MethodResult,
): MethodResult {
  if (options.events === null || options.population === null)
    throw new UsageError('Ange två kolumner: --events KOLUMN --population KOLUMN')
  const events = readColumn(areas, options.events, { notNegative: true })
  const population = readColumn(areas, options.population, { notNegative: true })
  return events.value && population.value
    ? method(events.value, population.value)
    : { value: null, findings: [...events.findings, ...population.findings] }
}

/** The neighbours that were asked for, weighed. */
export function weightsOf(
  areas: AreaFile,
  { neighbours, style }: Pick<StatisticsOptions, 'neighbours' | 'style'>,
): Read<SpatialWeights> {
  const drawn = areas.polygons.filter((polygons) => polygons.length > 0).length
  if (neighbours.by === 'number' && neighbours.count >= drawn)
    return {
      value: null,
      findings: [
        {
          ...{ severity: 'error', code: 'statistics-neighbour-count', file: areas.name, row: null },
          ...{ column: null, text: String(neighbours.count), parameters: { areas: drawn } },
        },
      ],
    }
  return { value: weigh(neighboursOf(areas, neighbours), style), findings: [] }
}

const neighboursOf = ({ polygons, centroids }: AreaFile, choice: NeighbourChoice) =>
  choice.by === 'border'
    ? contiguousNeighbours(polygons, choice.contiguity)
    : nearestNeighbours(centroids, choice.count)

const rawRates = (events: Float64Array, population: Float64Array): Float64Array =>
  events.map((count, area) => (population[area]! > 0 ? count / population[area]! : NaN))

/** Some of a statistic's figures; all undefined, with the reason, where there is none. */
export function figuresOf<Name extends string, Value extends Readonly<Record<Name, number>>>(
  areas: AreaFile,
  outcome: Outcome<Value>,
  names: readonly Name[],
): { readonly value: Figures; readonly findings: readonly Finding[] } {
  return {
    value: Object.fromEntries(names.map((name) => [name, outcome.ok ? outcome.value[name] : NaN])),
    findings: outcome.ok ? [] : [undefinedFinding(areas, outcome.reason)],
  }
}

const allUndefined = ({ features }: AreaFile, names: readonly string[]): Figures =>
  Object.fromEntries(names.map((name) => [name, features.map(() => NaN)]))

export const undefinedFinding = (
  { name }: AreaFile,
  code: UndefinedReason | 'statistics-no-effective-areas',
): Finding => ({
  ...{ severity: 'warning', code, file: name, row: null, column: null, text: null },
})

/** How many areas have no figure, if any. */
export function missingFinding(areas: AreaFile, values: ArrayLike<number>): readonly Finding[] {
  return countFinding(
    areas,
    'statistics-missing',
    Array.from(values).filter((value) => Number.isNaN(value)).length,
  )
}

/** How many areas have a figure but no result, if any. */
function isolatesFinding(
  areas: AreaFile,
  values: Float64Array,
  results: Float64Array,
): readonly Finding[] {
  return countFinding(
    areas,
    'statistics-isolates',
    values.filter((value, area) => !Number.isNaN(value) && Number.isNaN(results[area])).length,
  )
}

function countFinding({ name }: AreaFile, code: string, count: number): readonly Finding[] {
  return count === 0
    ? []
    : [
        {
          ...{ severity: 'note', code, file: name, row: null, column: null, text: null },
          parameters: { count },
        },
      ]
}
