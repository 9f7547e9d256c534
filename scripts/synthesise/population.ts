import type { Sex } from '../../src/core/indicator.ts'
import {
  areaTypes,
  drawUntil,
  isFreeOfAreaType,
  valuesByLevel,
  type Figures,
} from './acceptance.ts'
import { normal } from './distributions.ts'
import type { Ground } from './ground.ts'
import { orthonormalBasis, projectedOff, standardised } from './latent-fields.ts'
import type { Random } from './random.ts'
import { ranks } from './rank-correlation.ts'
import { YEARS } from './specifications.ts'

/** Shares of the whole population, of the size of a Swedish university town's; in age order. */
const AGE_SHARES = {
  '0': 0.011,
  '1–5': 0.057,
  '6–12': 0.082,
  '13–15': 0.033,
  '16–17': 0.021,
  '18': 0.011,
  '19–24': 0.105,
  '25–64': 0.505,
  '65–': 0.175,
} as const
type AgeGroup = keyof typeof AGE_SHARES
const AGE_GROUPS = Object.keys(AGE_SHARES) as AgeGroup[]

const PEOPLE_FIRST_YEAR = 127_100
const PEOPLE_LAST_YEAR = 134_000

/** The denominators that indicators use; each is a part of the same population. */
export const POPULATION_GROUPS = {
  people: AGE_GROUPS,
  age0to5: ['0', '1–5'],
  age6to12: ['6–12'],
  age19to24: ['19–24'],
  age25to64: ['25–64'],
  age65plus: ['65–'],
  children: ['0', '1–5', '6–12', '13–15', '16–17'],
  preschoolChildren: ['1–5'],
  pupils: ['6–12', '13–15'],
  lowerSecondaryPupils: ['13–15'],
  teenagers: ['13–15', '16–17', '18'],
  youngAdults: ['16–17', '18', '19–24'],
} as const satisfies Record<string, readonly AgeGroup[]>
export type PopulationGroup = keyof typeof POPULATION_GROUPS

/** Positions in AGE_GROUPS with the share of the group that counts. */
type Weights = readonly (readonly [group: number, weight: number])[]

const weightsOf = (shares: Partial<Record<AgeGroup, number>>): Weights =>
  AGE_GROUPS.flatMap((group, index) => {
    const weight = shares[group]
    return weight === undefined ? [] : [[index, weight] as const]
  })

const GROUP_WEIGHTS = Object.fromEntries(
  Object.entries(POPULATION_GROUPS).map(([name, groups]) => [
    name,
    weightsOf(Object.fromEntries(groups.map((group) => [group, 1]))),
  ]),
) as Record<PopulationGroup, Weights>

const WORKFORCE_WEIGHTS = weightsOf({ '18': 0.25, '19–24': 0.55, '25–64': 0.87 })

/** An invented population, 31 December of each year, by area. Whole persons and households. */
export interface Population {
  /** @param sex "T" for women and men together */
  people(year: number, area: number, sex: Sex, group: PopulationGroup): number
  workforce(year: number, area: number, sex: Sex): number
  households(year: number, area: number): number
}

/**
 * Draws a population whose sizes and age shares do not follow the real områdestyp, in areas or stadsdelar.
 * @returns the population and the number of the attempt that was admitted
 */
export function drawPopulation(
  seed: number,
  ground: Ground,
): { drawn: Population; attempt: number } {
  const lastYear = YEARS.at(-1)!
  return drawUntil(
    seed,
    'population',
    (random) => populationFrom(random, ground),
    (population) => {
      const column = (year: number, sex: Sex, group: PopulationGroup): Float64Array =>
        Float64Array.from(ground.areas, (_, area) => population.people(year, area, sex, group))
      const types = areaTypes(ground, column(lastYear, 'T', 'people'))
      const isFree = (figures: Figures, largest?: number): boolean =>
        isFreeOfAreaType(valuesByLevel(ground, 'regso', figures), types, largest)
      return YEARS.every((year) => {
        const everyone = { numerator: column(year, 'T', 'people'), denominator: null }
        // Stricter than the rule itself: counts of events inherit the sizes of the areas.
        if (!isFree(everyone, 0.08)) return false
        return (['T', 'K', 'M'] as const).every(
          (sex) =>
            isFree({ numerator: column(year, sex, 'people'), denominator: null }) &&
            isFree({
              numerator: column(year, sex, 'teenagers'),
              denominator: column(year, sex, 'people'),
            }),
        )
      })
    },
  )
}

function populationFrom(random: Random, ground: Ground): Population {
  const count = ground.areas.length
  const basis = orthonormalBasis([
    new Float64Array(count).fill(1),
    ranks(Float64Array.from(ground.areas, (area) => area.areaType)),
  ])
  const free = (): Float64Array =>
    standardised(
      projectedOff(
        Float64Array.from({ length: count }, () => normal(random)),
        basis,
      ),
    )
  const size = free().map((value) => Math.exp(0.45 * value))
  const growth = free()
  const families = free()
  const youth = free()
  const age = free()
  const householdSize = free().map((value, area) => 2.05 + 0.13 * value + 0.08 * families[area]!)
  const womenShift = free()
  const sizeSum = size.reduce((sum, value) => sum + value, 0)

  const tilt = (group: AgeGroup, area: number, elapsed: number): number => {
    const drift = 0.012 * elapsed
    if (group === '19–24') return 0.18 * youth[area]! - drift * 0.3
    if (group === '65–') return 0.25 * age[area]! + drift
    if (group === '25–64') return 0
    return 0.2 * families[area]! - drift * 0.5 + 0.006 * elapsed * growth[area]!
  }
  const cells = YEARS.length * count * AGE_GROUPS.length
  const persons = { K: new Int32Array(cells), M: new Int32Array(cells) }
  const cellOf = (year: number, area: number, group: number): number =>
    ((year - YEARS[0]!) * count + area) * AGE_GROUPS.length + group
  for (const year of YEARS) {
    const elapsed = year - YEARS[0]!
    const progress = elapsed / (YEARS.length - 1)
    const total = PEOPLE_FIRST_YEAR + progress * (PEOPLE_LAST_YEAR - PEOPLE_FIRST_YEAR)
    for (let area = 0; area < count; area++) {
      const people =
        ((total * size[area]!) / sizeSum) * Math.exp(0.012 * (elapsed - 7) * growth[area]!)
      const weights = AGE_GROUPS.map(
        (group) => AGE_SHARES[group] * Math.exp(tilt(group, area, elapsed)),
      )
      const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
      AGE_GROUPS.forEach((group, index) => {
        const both = Math.round((people * weights[index]!) / weightSum)
        const share = (group === '65–' ? 0.53 : 0.49) + 0.008 * womenShift[area]!
        const women = Math.round(both * share)
        persons.K[cellOf(year, area, index)] = women
        persons.M[cellOf(year, area, index)] = both - women
      })
    }
  }
  const sum = (year: number, area: number, sex: Sex, weights: Weights): number => {
    if (sex === 'T') return sum(year, area, 'K', weights) + sum(year, area, 'M', weights)
    let total = 0
    for (const [group, weight] of weights)
      total += weight * persons[sex][cellOf(year, area, group)]!
    return Math.round(total)
  }
  return {
    people: (year, area, sex, group) => sum(year, area, sex, GROUP_WEIGHTS[group]),
    workforce: (year, area, sex) => sum(year, area, sex, WORKFORCE_WEIGHTS),
    households: (year, area) =>
      Math.round(sum(year, area, 'T', GROUP_WEIGHTS.people) / householdSize[area]!),
  }
}
