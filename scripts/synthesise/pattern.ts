import { areaTypes, type AreaTypes } from './acceptance.ts'
import type { Ground } from './ground.ts'
import { orthonormalBasis, projectedOff, smoothField, standardised } from './latent-fields.ts'
import { normal } from './distributions.ts'
import type { Population } from './population.ts'
import { randomStream, type Random } from './random.ts'
import { ranks, spearman } from './rank-correlation.ts'
import {
  LATENT_FIELDS,
  PLANTED_CLUSTERS,
  PLANTED_LAG,
  SPARED_DISTRICTS,
  YEARS,
  type FinestLevel,
  type LatentField,
  type LatentModel,
} from './specifications.ts'

/** The invented pattern that every indicator is drawn from. */
export interface Pattern {
  readonly types: AreaTypes
  /** Positions of the areas of each planted cluster, in the order of PLANTED_CLUSTERS. */
  readonly clusters: readonly (readonly number[])[]
  /** The planted lag's shock in a quarter (1 … 4); numbers below 1 reach back into the year before. */
  shockAt(year: number, quarter: number, area: number): number
  /**
   * An indicator's latent value in every unit of a level, mean 0 and standard deviation 1.
   * @param random for the share that the indicator has to itself
   */
  latent(model: LatentModel, level: FinestLevel, random: Random): Float64Array
}

/**
 * Draws the pattern. Every field is free (orthogonal) of a constant, of the ranks of the real områdestyp in areas
 * and in stadsdelar, of each spared stadsdel, of the planted clusters and of the fields before it: the spared
 * stadsdelar lie on the municipality's mean in all of them, and nothing in them follows the real types.
 */
export function drawPattern(seed: number, ground: Ground, population: Population): Pattern {
  const people = peopleOf(ground, population)
  const types = areaTypes(ground, people)
  const toDistrict = (field: Float64Array): Float64Array => toDistricts(ground, people, field)
  const districtPeople = Float64Array.from(ground.districts, (_, district) =>
    ground.areas.reduce(
      (sum, area, index) => sum + (area.district === district ? people[index]! : 0),
      0,
    ),
  )
  const districtRanks = standardised(ranks(types.ofDistrict))
  const clusters = chooseClusters(seed, ground, types, toDistrict)
  const fixed = orthonormalBasis([
    new Float64Array(ground.areas.length).fill(1),
    ranks(types.ofArea),
    // Orthogonal to this is: the stadsdelar's weighted means are orthogonal to the ranks of their types.
    Float64Array.from(
      ground.areas,
      ({ district }, index) =>
        (people[index]! / districtPeople[district]!) * districtRanks[district]!,
    ),
    ...SPARED_DISTRICTS.map((name) =>
      Float64Array.from(ground.areas, ({ district }) =>
        ground.districts[district]!.name === name ? 1 : 0,
      ),
    ),
    ...clusters.map((members) =>
      Float64Array.from(ground.areas, (_, index) => (members.includes(index) ? 1 : 0)),
    ),
  ])
  const shared = new Map<LatentField, Float64Array>()
  for (const name of LATENT_FIELDS) {
    const before = orthonormalBasis([...fixed, ...shared.values()])
    shared.set(
      name,
      standardised(projectedOff(smoothField(randomStream(seed, 'field', name), ground), before)),
    )
  }
  const areaBasis = orthonormalBasis([...fixed, ...shared.values()])
  const districtFields = new Map(
    [...shared].map(([name, field]) => [name, standardised(toDistrict(field))]),
  )
  const districtBasis = orthonormalBasis([
    new Float64Array(ground.districts.length).fill(1),
    districtRanks,
    ...districtFields.values(),
  ])
  return {
    types,
    clusters,
    shockAt: drawShocks(randomStream(seed, 'shocks'), ground.areas.length),
    latent({ loadings }, level, random) {
      const [fields, basis] =
        level === 'regso' ? [shared, areaBasis] : [districtFields, districtBasis]
      const size = basis[0]!.length
      const white = Float64Array.from({ length: size }, () => normal(random))
      const own = standardised(projectedOff(white, basis))
      const named = Object.entries(loadings) as [LatentField, number][]
      const ownLoading = ownLoadingOf(loadings)
      return own.map((value, unit) =>
        named.reduce(
          (sum, [name, loading]) => sum + loading * fields.get(name)![unit]!,
          ownLoading * value,
        ),
      )
    },
  }
}

/**
 * A pattern in which nothing is planted: each indicator has a field to itself, as smooth as the shared ones of
 * `drawPattern` and as large a part of its variance, and owes nothing to any other. Fields are not made orthogonal:
 * they lie beside one another as chance has it. No clusters, no shock.
 */
export function drawUnplantedPattern(ground: Ground, population: Population): Pattern {
  const people = peopleOf(ground, population)
  return {
    types: areaTypes(ground, people),
    clusters: PLANTED_CLUSTERS.map(() => []),
    shockAt: () => 0,
    latent({ loadings }, level, random) {
      const smooth = smoothField(random, ground)
      const field = level === 'regso' ? smooth : toDistricts(ground, people, smooth)
      const own = ownLoadingOf(loadings)
      return standardised(field).map(
        (value) => Math.sqrt(1 - own * own) * value + own * normal(random),
      )
    },
  }
}

const peopleOf = (ground: Ground, population: Population): Float64Array =>
  Float64Array.from(ground.areas, (_, area) =>
    population.people(YEARS.at(-1)!, area, 'T', 'people'),
  )

/** The stadsdelar's means of a field, weighted by population. */
function toDistricts(ground: Ground, people: Float64Array, field: Float64Array): Float64Array {
  return Float64Array.from(ground.districts, (_, district) => {
    let sum = 0
    let weight = 0
    ground.areas.forEach((area, index) => {
      if (area.district !== district) return
      sum += field[index]! * people[index]!
      weight += people[index]!
    })
    return sum / weight
  })
}

/** What is left of the unit variance for an indicator's own field. */
export function ownLoadingOf(loadings: LatentModel['loadings']): number {
  return Math.sqrt(1 - Object.values(loadings).reduce((sum, loading) => sum + loading * loading, 0))
}

/** The largest |ρ| between a cluster's membership and the real områdestyp. */
const LARGEST_CLUSTER_TYPE_CORRELATION = 0.1

/**
 * One group of areas for each planted cluster, drawn among all groups that are an area with the areas met first
 * around it, outside the spared stadsdelar, without rural areas, apart from earlier clusters, and do not follow
 * the real områdestyp.
 */
function chooseClusters(
  seed: number,
  ground: Ground,
  types: AreaTypes,
  toDistrict: (field: Float64Array) => Float64Array,
): number[][] {
  const taken = new Set<number>()
  ground.areas.forEach(({ district, rural }, index) => {
    if (rural || SPARED_DISTRICTS.includes(ground.districts[district]!.name)) taken.add(index)
  })
  return PLANTED_CLUSTERS.map(({ indicator, areas: size }) => {
    const candidates = new Map<string, number[]>()
    ground.areas.forEach((_, start) => {
      if (taken.has(start)) return
      const group = groupAround(ground, start, size, taken)
      if (group.length < size) return
      const membership = Float64Array.from(ground.areas, (_, i) => (group.includes(i) ? 1 : 0))
      const free =
        Math.abs(spearman(membership, types.ofArea)) <= LARGEST_CLUSTER_TYPE_CORRELATION &&
        Math.abs(spearman(toDistrict(membership), types.ofDistrict)) <=
          LARGEST_CLUSTER_TYPE_CORRELATION
      if (free) candidates.set(group.join(), group)
    })
    if (candidates.size === 0) throw new Error(`${indicator}: no ground for a cluster`)
    const random = randomStream(seed, 'cluster', indicator)
    const chosen = [...candidates.values()][Math.floor(random() * candidates.size)]!
    for (const area of chosen) {
      taken.add(area)
      // A gap between clusters, so that each is a group of its own.
      for (const next of ground.neighbours[area]!) taken.add(next)
    }
    return chosen
  })
}

/** An area and the areas met first around it, in ascending order. */
function groupAround(
  ground: Ground,
  start: number,
  size: number,
  taken: ReadonlySet<number>,
): number[] {
  const group = [start]
  for (let from = 0; from < group.length && group.length < size; from++)
    for (const next of [...ground.neighbours[group[from]!]!].sort((a, b) => a - b))
      if (group.length < size && !taken.has(next) && !group.includes(next)) group.push(next)
  return group.sort((a, b) => a - b)
}

function drawShocks(random: Random, areaCount: number): Pattern['shockAt'] {
  const { quarters, autocorrelation, municipality, area: areaDeviation } = PLANTED_LAG
  const before = quarters
  const count = YEARS.length * 4 + before
  const series = (deviation: number): Float64Array => {
    const values = new Float64Array(count)
    let value = (deviation * normal(random)) / Math.sqrt(1 - autocorrelation * autocorrelation)
    for (let quarter = 0; quarter < count; quarter++) {
      values[quarter] = value
      value = autocorrelation * value + deviation * normal(random)
    }
    return values
  }
  const common = series(municipality)
  const own = Array.from({ length: areaCount }, () => series(areaDeviation))
  return (year, quarter, area) => {
    const index = (year - YEARS[0]!) * 4 + quarter - 1 + before
    return common[index]! + own[area]![index]!
  }
}
