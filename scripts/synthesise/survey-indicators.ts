import { STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import type { Sex } from '../../src/core/indicator.ts'
import type { RawTable } from '../../src/core/observation.ts'
import type { PeriodCode } from '../../src/core/period.ts'
import type { Figures } from './acceptance.ts'
import { betaBinomial, binomial, normal } from './distributions.ts'
import { drawUnits, type Gap } from './gaps.ts'
import { drawIndicator, type Block, type Setting, type SexFigures } from './indicator-draw.ts'
import { randomStream } from './random.ts'
import { rawTable } from './raw-table.ts'
import {
  DESIGN_EFFECT,
  LOW_RESPONSE,
  MIDDLE_YEAR,
  MOST_RESPONDENTS,
  SURVEYS,
  SURVEY_SPECIFICATIONS,
  type SurveyName,
  type SurveySpecification,
} from './specifications.ts'

/** Standard deviation of a year's own noise in a stadsdel, on the logit scale. */
const YEAR_NOISE = 0.05
/** No larger part of a group answers. */
const LARGEST_RESPONSE = 0.75
/** Low response is drawn among this many stadsdelar with the fewest people to ask. */
const SMALL_DISTRICTS = 10

/** Respondents by stadsdel: the questions of one survey share them. */
type Respondents = Readonly<Record<'K' | 'M', Float64Array>>

/** The questions of the surveys, by stadsdel, year and sex. */
export function surveyTables(setting: Setting, gaps: readonly Gap[]): RawTable[] {
  const respondents = new Map<string, Respondents>()
  for (const survey of Object.keys(SURVEYS) as SurveyName[])
    for (const year of SURVEYS[survey].years)
      respondents.set(`${survey}/${year}`, drawRespondents(setting, survey, year))
  return SURVEY_SPECIFICATIONS.map((specification) => {
    const years = SURVEYS[specification.survey].years.filter(
      (year) => year >= (specification.firstYear ?? year),
    )
    const isGap = (period: PeriodCode, district: number): boolean =>
      gaps.some(
        (gap) =>
          gap.indicator === specification.id &&
          String(gap.year) === period &&
          gap.area === setting.ground.districts[district]!.id,
      )
    const blocks = years.map((year): Block<SexFigures> => ({
      name: String(year),
      draw: (latent, random) => {
        const answered = respondents.get(`${specification.survey}/${year}`)!
        const noise = latent.map(() => YEAR_NOISE * normal(random))
        const figuresOf = (sex: 'K' | 'M'): Figures => ({
          denominator: answered[sex],
          numerator: latent.map((value, district) => {
            if (isGap(String(year), district)) return NaN
            const n = answered[sex][district]!
            const both = answered.K[district]! + answered.M[district]!
            const p = shareOf(specification, year, sex, value, noise[district]!)
            // Gives the sum over both sexes about the design effect that the intervals allow for.
            return betaBinomial(random, n, p, (DESIGN_EFFECT - 1) / Math.max(both - 1, 1))
          }),
        })
        return { K: figuresOf('K'), M: figuresOf('M') }
      },
    }))
    const drawn = drawIndicator(
      setting,
      specification.id,
      specification,
      { latent: 'stadsdel', published: 'stadsdel' },
      blocks,
      (figures) => [figures],
    )
    const periods = years.map(String)
    return rawTable(
      setting.ground,
      { indicator: specification.id, level: 'stadsdel', sexes: ['K', 'M'], periods },
      (sex: Sex, period) => drawn[period]![sex]!,
      (period, district) => (isGap(period, district) ? STATUS_NOT_COLLECTED : STATUS_VALUE),
    )
  })
}

function shareOf(
  { base, spread, trendPerYear, womenMinusMen }: SurveySpecification,
  year: number,
  sex: 'K' | 'M',
  latent: number,
  noise: number,
): number {
  const effect =
    spread * latent +
    noise +
    trendPerYear * (year - MIDDLE_YEAR) +
    (sex === 'K' ? 0.5 : -0.5) * womenMinusMen
  return 1 / (1 + ((1 - base) / base) * Math.exp(-effect))
}

function drawRespondents(
  { seed, ground, population }: Setting,
  survey: SurveyName,
  year: number,
): Respondents {
  const { group, share, least } = SURVEYS[survey]
  const random = randomStream(seed, 'respondents', survey, year)
  const low = LOW_RESPONSE.find((one) => one.survey === survey && one.year === year)
  const people = Float64Array.from(ground.districts, (_, district) =>
    ground.areas.reduce(
      (sum, area, index) =>
        sum + (area.district === district ? population.people(year, index, 'T', group) : 0),
      0,
    ),
  )
  const fewest = Array.from(people.keys())
    .sort((a, b) => people[a]! - people[b]!)
    .slice(0, SMALL_DISTRICTS)
  const withFew = low
    ? drawUnits(seed, `low-response/${survey}/${year}`, fewest.length, low.units).map(
        (unit) => fewest[unit]!,
      )
    : []
  const women = new Float64Array(people.length)
  const men = new Float64Array(people.length)
  people.forEach((inGroup, district) => {
    const wanted = Math.min(Math.max(share * inGroup, least), MOST_RESPONDENTS / 1.1)
    const response = (0.9 + 0.2 * random()) * (withFew.includes(district) ? low!.remaining : 1)
    const answered = Math.round(Math.min(wanted * response, LARGEST_RESPONSE * inGroup))
    women[district] = binomial(random, answered, 0.52)
    men[district] = answered - women[district]!
  })
  return { K: women, M: men }
}
