import { STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import type { Sex } from '../../src/core/indicator.ts'
import type { RawTable } from '../../src/core/observation.ts'
import { periodEnd, periodsBetween, type PeriodCode } from '../../src/core/period.ts'
import { addFigures, type Figures } from './acceptance.ts'
import { binomial, negativeBinomial, normal } from './distributions.ts'
import type { Ground } from './ground.ts'
import { drawIndicator, type Block, type Setting, type SexFigures } from './indicator-draw.ts'
import { areaIdsOf, rawTable } from './raw-table.ts'
import type { Gap } from './gaps.ts'
import type { PopulationGroup } from './population.ts'
import {
  HIDDEN_AT_SOURCE,
  MIDDLE_YEAR,
  PERSON_SPECIFICATIONS,
  PLANTED_LAG,
  YEARS,
  type PersonSpecification,
} from './specifications.ts'

/** Standard deviation of a year's own noise in an area, on the log scale. */
const YEAR_NOISE = 0.05
/** Over-dispersion of a rate's count: variance = mean + mean² / shape. */
const RATE_SHAPE = 60

interface DrawnBlock {
  readonly periods: readonly PeriodCode[]
  /** As drawn, before periods are pooled. */
  readonly own: readonly SexFigures[]
  readonly published: readonly SexFigures[]
}

/** Population, shares and rates of persons and households, at their finest level and period. */
export function personTables(setting: Setting, gaps: readonly Gap[]): RawTable[] {
  const supported = new Map<string, number>()
  return [
    ...populationTables(setting),
    ...PERSON_SPECIFICATIONS.map((specification) => {
      const statusOf = statusRule(setting, specification, gaps)
      const blocks = drawPersonIndicator(setting, specification, statusOf, supported)
      if (specification.id === 'ek_bistand')
        for (const { periods, published } of blocks) {
          const year = yearOf(periods[0]!)
          setting.ground.areas.forEach((_, area) => {
            const sum = published.reduce((total, { T }) => total + T!.numerator[area]!, 0)
            supported.set(`${year}/${area}`, Math.round(sum / published.length))
          })
        }
      return personTable(setting.ground, specification, blocks, statusOf)
    }),
  ]
}

function populationTables({ ground, population }: Setting): RawTable[] {
  const periods = YEARS.map(String)
  const column = (year: number, sex: Sex, group: PopulationGroup): Float64Array =>
    Float64Array.from(ground.areas, (_, area) => population.people(year, area, sex, group))
  const table = (indicator: string, figures: (sex: Sex, year: number) => Figures): RawTable =>
    rawTable(ground, { indicator, level: 'regso', sexes: ['K', 'M'], periods }, (sex, period) =>
      figures(sex, YEARS[period]!),
    )
  const counted = (indicator: string, group: PopulationGroup): RawTable =>
    table(indicator, (sex, year) => ({ numerator: column(year, sex, group), denominator: null }))
  return [
    counted('bef_antal', 'people'),
    counted('bef_0_5', 'age0to5'),
    counted('bef_6_12', 'age6to12'),
    counted('bef_antal_13_18', 'teenagers'),
    counted('bef_19_24', 'age19to24'),
    counted('bef_25_64', 'age25to64'),
    counted('bef_65', 'age65plus'),
    table('bef_13_18', (sex, year) => ({
      numerator: column(year, sex, 'teenagers'),
      denominator: column(year, sex, 'people'),
    })),
  ]
}

/** Population of the year in which a period ends; the first and last year stand for those outside. */
function yearOf(period: PeriodCode): number {
  return Math.min(Math.max(periodEnd(period).year, YEARS[0]!), YEARS.at(-1)!)
}

function drawPersonIndicator(
  setting: Setting,
  specification: PersonSpecification,
  statusOf: StatusRule,
  supported: ReadonlyMap<string, number>,
): readonly DrawnBlock[] {
  const pooled = specification.pooledPeriods ?? 1
  const blocks = blockPeriods(specification, pooled - 1).map(
    (periods, index): Block<DrawnBlock> => ({
      name: periods[0]!,
      draw(latent, random, earlier) {
        const noise = latent.map(() => YEAR_NOISE * normal(random))
        const own = periods.map((period): SexFigures => {
          const figuresOf = (sex: Sex): Figures => {
            const denominator = latent.map((_, unit) =>
              denominatorOf(setting, specification, yearOf(period), unit, sex, supported),
            )
            const numerator = latent.map((value, unit) => {
              if (statusOf(period, unit) !== STATUS_VALUE) return NaN
              const shift = effectOf(setting, specification, period, sex, unit)
              const effect = specification.spread * value + noise[unit]! + shift
              const base = denominator[unit]!
              return specification.measure === 'rate'
                ? negativeBinomial(random, base * specification.base * Math.exp(effect), RATE_SHAPE)
                : binomial(random, base, oddsShifted(specification.base, effect))
            })
            return { numerator, denominator }
          }
          return specification.womenMinusMen === null
            ? { T: figuresOf('T') }
            : { K: figuresOf('K'), M: figuresOf('M') }
        })
        if (pooled === 1) return { periods, own, published: own }
        // The first periods only feed the sums of the later ones.
        if (index < pooled - 1) return { periods, own, published: [] }
        const parts = [...earlier.slice(1 - pooled), { own }].map((block) => block.own[0]!)
        const sum = (sex: 'K' | 'M'): Figures => addFigures(parts.map((part) => part[sex]!))
        return { periods, own, published: [{ K: sum('K'), M: sum('M') }] }
      },
    }),
  )
  const drawn = drawIndicator(
    setting,
    specification.id,
    specification,
    { latent: specification.finest, published: specification.finest },
    blocks,
    (block) => block.published,
  )
  return drawn.filter((block) => block.published.length > 0)
}

/** The periods of each year or läsår, in order, with some läsår before the first. */
function blockPeriods(
  { period, years: [first, last] }: PersonSpecification,
  before: number,
): PeriodCode[][] {
  if (period === 'term' || period === 'school-year') {
    const schoolYears = periodsBetween('school-year', `${first - before}-07`, `${last}-06`)
    return schoolYears.map((schoolYear) => periodsBetween(period, schoolYear, schoolYear))
  }
  return periodsBetween('year', String(first - before), String(last)).map((year) =>
    periodsBetween(period, year, year),
  )
}

function denominatorOf(
  { population, ground }: Setting,
  { denominator, finest }: PersonSpecification,
  year: number,
  unit: number,
  sex: Sex,
  supported: ReadonlyMap<string, number>,
): number {
  const inArea = (area: number): number => {
    switch (denominator) {
      case 'workforce':
        return population.workforce(year, area, sex)
      case 'households':
        return population.households(year, area)
      case 'supportedHouseholds':
        return supported.get(`${year}/${area}`)!
      case 'ninthGraders':
        return Math.round(population.people(year, area, sex, 'lowerSecondaryPupils') / 3)
      default:
        return population.people(year, area, sex, denominator)
    }
  }
  return finest === 'regso'
    ? inArea(unit)
    : ground.areas.reduce(
        (sum, area, index) => sum + (area.district === unit ? inArea(index) : 0),
        0,
      )
}

/** Trend, sex and planted shock, on the log scale. */
function effectOf(
  { pattern }: Setting,
  { id, trendPerYear, womenMinusMen }: PersonSpecification,
  period: PeriodCode,
  sex: Sex,
  unit: number,
): number {
  const { year, month } = periodEnd(period)
  const trend = trendPerYear * (year - MIDDLE_YEAR)
  const bySex = sex === 'T' ? 0 : (sex === 'K' ? 0.5 : -0.5) * (womenMinusMen ?? 0)
  const shock = id === PLANTED_LAG.factor ? pattern.shockAt(year, month / 3, unit) : 0
  return trend + bySex + shock
}

function oddsShifted(share: number, effect: number): number {
  return 1 / (1 + ((1 - share) / share) * Math.exp(-effect))
}

/** A cell's status by period and unit: a value, or why there is none. */
type StatusRule = (period: PeriodCode, unit: number) => number

function statusRule(
  { ground, population }: Setting,
  { id, finest }: PersonSpecification,
  gaps: readonly Gap[],
): StatusRule {
  const areas = areaIdsOf(ground, finest)
  const hidden = HIDDEN_AT_SOURCE.smallestWorkforce
  const workforce = (area: number): number => population.workforce(YEARS[0]!, area, 'T')
  const smallest = ground.areas
    .map((_, area) => area)
    .sort((a, b) => workforce(a) - workforce(b))
    .slice(0, hidden.areas)
  return (period, unit) => {
    const { year } = periodEnd(period)
    if (gaps.some((gap) => gap.indicator === id && gap.year === year && gap.area === areas[unit]))
      return STATUS_NOT_COLLECTED
    const isHidden =
      id === hidden.indicator &&
      (hidden.years as readonly number[]).includes(year) &&
      smallest.includes(unit)
    return isHidden ? STATUS_HIDDEN_AT_SOURCE : STATUS_VALUE
  }
}

function personTable(
  ground: Ground,
  { id, finest, womenMinusMen }: PersonSpecification,
  blocks: readonly DrawnBlock[],
  statusOf: StatusRule,
): RawTable {
  const figures = blocks.flatMap((block) => block.published)
  return rawTable(
    ground,
    {
      indicator: id,
      level: finest,
      sexes: womenMinusMen === null ? ['T'] : ['K', 'M'],
      periods: blocks.flatMap((block) => block.periods),
    },
    (sex, period) => figures[period]![sex]!,
    statusOf,
  )
}
