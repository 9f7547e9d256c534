import type { AreaId } from '../../src/core/area.ts'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import type { RawTable } from '../../src/core/observation.ts'
import {
  periodOfDate,
  periodStart,
  periodsBetween,
  type PeriodCode,
} from '../../src/core/period.ts'
import type { IncidentCategory } from '../../src/core/release.ts'
import { toDegrees, toMetres, type Point } from '../schematic/projection.ts'
import { addFigures, toDistricts, type Figures } from './acceptance.ts'
import { negativeBinomial, normal } from './distributions.ts'
import type { Gap } from './gaps.ts'
import { degreesAt, type Ground, type GroundPlace } from './ground.ts'
import { drawIndicator, type Block, type Setting } from './indicator-draw.ts'
import { randomStream, type Random } from './random.ts'
import { rawTable } from './raw-table.ts'
import {
  EVENT_SPECIFICATIONS,
  HIDDEN_AT_SOURCE,
  MIDDLE_YEAR,
  PLANTED_CLUSTERS,
  PLANTED_LAG,
  PLANTED_SERIES_BREAK,
  YEARS,
  type EventSpecification,
} from './specifications.ts'

/** One invented incident. Its point exists inside the generator and in the hexagons' counts only. */
export interface SyntheticIncident {
  readonly category: string
  /** YYYY-MM-DD. */
  readonly day: string
  /** RegSO. */
  readonly area: AreaId
  readonly longitude: number
  readonly latitude: number
}

/** The categories of the register; each has the id of its indicator. */
export const incidentCategories: readonly IncidentCategory[] = EVENT_SPECIFICATIONS.map(
  ({ id, name, hexagons }) => ({ id, name, hexagons }),
)

/** Draws the register, in order of day, category and area. */
export function drawRegister(setting: Setting, gaps: readonly Gap[]): SyntheticIncident[] {
  const incidents: SyntheticIncident[] = []
  for (const specification of EVENT_SPECIFICATIONS) {
    const years = drawCounts(setting, specification, gaps)
    years.forEach((months, index) =>
      placeIncidents(setting, specification, YEARS[index]!, months, incidents),
    )
  }
  // The sort is stable: within a day the order of drawing stays.
  return incidents.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** Counts by month (0 … 11) and area; NaN where nothing was collected. */
type MonthCounts = readonly Float64Array[]

function drawCounts(
  setting: Setting,
  specification: EventSpecification,
  gaps: readonly Gap[],
): readonly MonthCounts[] {
  const { ground, population } = setting
  const { id, denominator, finest, shape, season } = specification
  const isGap = (year: number, area: number): boolean =>
    gaps.some(
      (gap) => gap.indicator === id && gap.year === year && gap.area === ground.areas[area]!.id,
    )
  const blocks = YEARS.map((year): Block<{ months: MonthCounts; year: Figures }> => {
    const people = Float64Array.from(ground.areas, (_, area) =>
      population.people(year, area, 'T', 'people'),
    )
    const draw = (latent: Float64Array, random: Random) => {
      const months = season.map((_, month) =>
        latent.map((value, area) =>
          isGap(year, area)
            ? NaN
            : negativeBinomial(
                random,
                people[area]! * meanPerPerson(setting, specification, year, month, area, value),
                shape,
              ),
        ),
      )
      const { numerator } = addFigures(
        months.map((counts) => ({ numerator: counts, denominator: null })),
      )
      const areas = { numerator, denominator: denominator && people }
      return { months, year: finest === 'regso' ? areas : toDistricts(ground, areas) }
    }
    return { name: String(year), draw }
  })
  const levels = { latent: 'regso', published: finest } as const
  return drawIndicator(setting, id, specification, levels, blocks, ({ year }) => [{ T: year }]).map(
    ({ months }) => months,
  )
}

/** The expected incidents of an area in a month (0 … 11), per inhabitant. */
function meanPerPerson(
  { pattern }: Setting,
  { id, season, perThousandPerYear, spread, trendPerYear }: EventSpecification,
  year: number,
  month: number,
  area: number,
  latent: number,
): number {
  const seasonSum = season.reduce((sum, weight) => sum + weight, 0)
  const perMonth = ((perThousandPerYear / 1000) * season[month]!) / seasonSum
  let effect = spread * latent + trendPerYear * (year + (month + 0.5) / 12 - 0.5 - MIDDLE_YEAR)
  if (id === PLANTED_LAG.event)
    effect +=
      PLANTED_LAG.effect *
      pattern.shockAt(year, Math.floor(month / 3) + 1 - PLANTED_LAG.quarters, area)
  if (
    id === PLANTED_SERIES_BREAK.indicator &&
    monthCode(year, month) >= PLANTED_SERIES_BREAK.fromMonth
  )
    effect += Math.log(PLANTED_SERIES_BREAK.factor)
  PLANTED_CLUSTERS.forEach(({ indicator, fromYear, factor }, cluster) => {
    if (id === indicator && year >= fromYear && pattern.clusters[cluster]!.includes(area))
      effect += Math.log(factor)
  })
  return perMonth * Math.exp(effect)
}

const SPOTS_PER_AREA = 3
const SHARE_AT_SPOTS = 0.65
/** Standard deviations in metres, in town and in rural areas. */
const SPREAD_OF_SPOTS = [170, 250] as const
const SPREAD_AT_SPOT = [45, 60] as const
const SPREAD_ELSEWHERE = [260, 450] as const
const MOST_TRIES = 20

/** Gives every counted incident a day and a point, and appends it to the register. */
function placeIncidents(
  { seed, ground }: Setting,
  { id, weekdays }: EventSpecification,
  year: number,
  months: MonthCounts,
  incidents: SyntheticIncident[],
): void {
  // Streams of their own: redrawing the outlines moves points, never days or counts.
  const dayRandom = randomStream(seed, 'days', id, year)
  const pointRandom = randomStream(seed, 'points', id, year)
  const places = ground.areas.map((_, area) => ground.places.filter((one) => one.area === area))
  const spots = ground.areas.map(({ rural }, area) => {
    // The same spots every year.
    const spotRandom = randomStream(seed, 'spots', id, area)
    return Array.from({ length: SPOTS_PER_AREA }, () =>
      pointNear(spotRandom, ground, pick(spotRandom, places[area]!), SPREAD_OF_SPOTS[+rural]!),
    )
  })
  months.forEach((counts, month) => {
    const days = daysOf(monthCode(year, month))
    const weights = days.map((day) => weekdays[day.weekday]!)
    counts.forEach((count, area) => {
      const { id: areaId, rural } = ground.areas[area]!
      for (let incident = 0; incident < count; incident++) {
        const atSpot = pointRandom() < SHARE_AT_SPOTS
        const from = atSpot
          ? { at: pick(pointRandom, spots[area]!), area }
          : pick(pointRandom, places[area]!)
        const spread = (atSpot ? SPREAD_AT_SPOT : SPREAD_ELSEWHERE)[+rural]!
        incidents.push({
          category: id,
          day: days[pickWeighted(dayRandom, weights)]!.code,
          area: areaId,
          ...degreesAt(pointNear(pointRandom, ground, from, spread)),
        })
      }
    })
  })
}

/** A point scattered around a place, inside the place's area. */
function pointNear(random: Random, ground: Ground, from: GroundPlace, spread: number): Point {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const [east, north] = from.at
    // As written: on the grid of degrees, so that rounding moves no point over a border.
    const point = toMetres(
      toDegrees([east + spread * normal(random), north + spread * normal(random)]),
    )
    if (ground.isInside(from.area, point)) return point
  }
  return from.at
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!
}

function pickWeighted(random: Random, weights: readonly number[]): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => (left -= weight) < 0)
  return index < 0 ? weights.length - 1 : index
}

const monthCode = (year: number, month: number): PeriodCode =>
  `${year}-${String(month + 1).padStart(2, '0')}`

/** The days of a month; `weekday` is 0 on Mondays. */
function daysOf(month: PeriodCode): { code: string; weekday: number }[] {
  const { year, month: number } = periodStart(month)
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({ length }, (_, index) => ({
    code: `${month}-${String(index + 1).padStart(2, '0')}`,
    weekday: (new Date(Date.UTC(year, number - 1, index + 1)).getUTCDay() + 6) % 7,
  }))
}

/** The tables of the event indicators, counted out of the register. */
export function eventTables(
  { ground, population }: Setting,
  incidents: readonly SyntheticIncident[],
  gaps: readonly Gap[],
): RawTable[] {
  const unitOf = new Map(ground.areas.map(({ id, district }, area) => [id, { area, district }]))
  return EVENT_SPECIFICATIONS.map((specification) => {
    const { id, finest, period: kind, denominator } = specification
    const periods = wholePeriods(kind)
    const position = new Map(periods.map((period, index) => [period, index]))
    const units = finest === 'regso' ? ground.areas.length : ground.districts.length
    const counts = periods.map(() => new Float64Array(units))
    const indexOfDay = new Map<string, number | undefined>()
    for (const { category, day, area } of incidents) {
      if (category !== id) continue
      if (!indexOfDay.has(day)) indexOfDay.set(day, position.get(periodOfDate(day, kind)!))
      const index = indexOfDay.get(day)
      // A week that reaches outside the register's years is no whole week, and has no figure.
      if (index === undefined) continue
      const unit = unitOf.get(area)!
      counts[index]![finest === 'regso' ? unit.area : unit.district]!++
    }
    const people = new Map(
      YEARS.map((year) => {
        const column = Float64Array.from(ground.areas, (_, area) =>
          population.people(year, area, 'T', 'people'),
        )
        const areas = { numerator: column, denominator: null }
        return [year, finest === 'regso' ? column : toDistricts(ground, areas).numerator]
      }),
    )
    const hidden = HIDDEN_AT_SOURCE.smallCounts
    return rawTable(
      ground,
      { indicator: id, level: finest, sexes: ['T'], periods },
      (_, period) => ({
        numerator: counts[period]!,
        denominator: denominator && people.get(periodStart(periods[period]!).year)!,
      }),
      (period, unit, count) => {
        const year = periodStart(period).year
        const isGap = gaps.some(
          (gap) => gap.indicator === id && gap.year === year && unitOf.get(gap.area)?.area === unit,
        )
        if (isGap) return STATUS_NOT_COLLECTED
        const isHidden =
          id === hidden.indicator &&
          (hidden.years as readonly number[]).includes(year) &&
          count >= 1 &&
          count <= hidden.most
        return isHidden ? STATUS_HIDDEN_AT_SOURCE : STATUS_VALUE
      },
    )
  })
}

/** Periods of a kind that lie wholly within the register's days, in order. */
function wholePeriods(kind: EventSpecification['period']): PeriodCode[] {
  return periodsBetween(kind, `${YEARS[0]!}-01`, `${YEARS.at(-1)!}-12`)
}
