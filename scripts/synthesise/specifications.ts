import type { PopulationGroup } from './population.ts'

/** Fixed before anything was drawn; the pattern is whatever it gives. */
export const DEMONSTRATION_SEED = 20261103

export const YEARS: readonly number[] = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025]
/** The year in which a trend is zero. */
export const MIDDLE_YEAR = 2021.5

/** Names of stadsdelar that no pattern may single out. */
export const SPARED_DISTRICTS: readonly string[] = ['Ålidhem', 'Ersboda', 'Mariehem']

/** The levels that figures are drawn at; coarser ones are sums. */
export type FinestLevel = 'regso' | 'stadsdel'

/** Patterns over the areas that indicators share; none of them correlates with another. */
export const LATENT_FIELDS = [
  'school',
  'economy',
  'housing',
  'work',
  'trust',
  'support',
  'mobility',
  'litter',
  'visibility',
  'clubs',
  'childcare',
  'concern',
] as const
export type LatentField = (typeof LATENT_FIELDS)[number]

/**
 * An indicator's own place in the pattern. Its latent value in an area is Σ loading · field + the rest of its unit
 * variance from a field of its own; level = base · exp(spread · latent), for shares on the odds.
 */
export interface LatentModel {
  readonly loadings: Partial<Record<LatentField, number>>
  /** Standard deviation between areas on the log (shares: logit) scale. */
  readonly spread: number
  /** Change per year on the same scale. */
  readonly trendPerYear: number
}

/** The denominators that a person indicator may have. */
export type Denominator =
  PopulationGroup | 'workforce' | 'households' | 'supportedHouseholds' | 'ninthGraders'

export interface PersonSpecification extends LatentModel {
  readonly id: string
  /** A share counts persons (binomial); a rate counts events among them (negative binomial). */
  readonly measure: 'share' | 'rate'
  readonly denominator: Denominator
  readonly finest: FinestLevel
  readonly period: 'year' | 'quarter' | 'half-year' | 'term' | 'school-year'
  /** First and last year; for terms and läsår the years in which the first läsår begins and the last one ends. */
  readonly years: readonly [first: number, last: number]
  /** Level where every latent value is 0, as a share or as events per person and period. */
  readonly base: number
  /** Women minus men on the log scale; null where the figures have no sexes. */
  readonly womenMinusMen: number | null
  /** A period's figure covers this many periods, ending with it; 1 when not given. */
  readonly pooledPeriods?: number
}

export interface SurveySpecification extends LatentModel {
  readonly id: string
  readonly survey: SurveyName
  readonly base: number
  readonly womenMinusMen: number
  /** Later than the survey's own first year where the question was added. */
  readonly firstYear?: number
}

export interface EventSpecification extends LatentModel {
  readonly id: string
  /** As shown among the incident categories. */
  readonly name: string
  readonly hexagons: boolean
  readonly finest: FinestLevel
  readonly period: 'month' | 'quarter' | 'week'
  readonly denominator: 'people' | null
  /** Incidents per 1,000 inhabitants and year where every latent value is 0. */
  readonly perThousandPerYear: number
  /** January … December, any scale. */
  readonly season: readonly number[]
  /** Monday … Sunday, any scale. */
  readonly weekdays: readonly number[]
  /** Over-dispersion of a month's count: variance = mean + mean² / shape. */
  readonly shape: number
}

export const SURVEYS = {
  youth: { years: [2019, 2021, 2023, 2025], group: 'teenagers', share: 0.55, least: 0 },
  safety: { years: YEARS, group: 'people', share: 0.045, least: 40 },
  citizen: { years: YEARS, group: 'people', share: 0.035, least: 40 },
  trust: { years: [2020, 2022, 2024], group: 'people', share: 0.04, least: 40 },
} as const satisfies Record<
  string,
  { years: readonly number[]; group: PopulationGroup; share: number; least: number }
>
export type SurveyName = keyof typeof SURVEYS
export const MOST_RESPONDENTS = 400
/** Variance of a survey's share relative to a simple random sample's. */
export const DESIGN_EFFECT = 1.4

const wholeRange = [2018, 2025] as const
const EVEN_YEAR = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
const EVEN_WEEK = [1, 1, 1, 1, 1, 1, 1]
const WEEKEND = [0.8, 0.8, 0.9, 1, 1.3, 1.4, 1]
const OFFICE_DAYS = [1.2, 1.2, 1.2, 1.2, 1.1, 0.5, 0.5]

export const PERSON_SPECIFICATIONS: readonly PersonSpecification[] = [
  {
    id: 'bef_flytt',
    measure: 'rate',
    denominator: 'people',
    finest: 'regso',
    period: 'year',
    years: wholeRange,
    base: 0.26,
    womenMinusMen: 0.03,
    loadings: { mobility: 0.9 },
    spread: 0.24,
    trendPerYear: -0.005,
  },
  {
    id: 'trangbodd',
    measure: 'share',
    denominator: 'households',
    finest: 'regso',
    period: 'year',
    years: wholeRange,
    base: 0.07,
    womenMinusMen: null,
    loadings: { housing: 0.9 },
    spread: 0.45,
    trendPerYear: 0.02,
  },
  {
    id: 'barn_lag_ek',
    measure: 'share',
    denominator: 'children',
    finest: 'regso',
    period: 'year',
    years: wholeRange,
    base: 0.11,
    womenMinusMen: 0,
    loadings: { economy: 0.6 },
    spread: 0.4,
    trendPerYear: -0.01,
  },
  {
    id: 'ek_bistand',
    measure: 'share',
    denominator: 'households',
    finest: 'regso',
    period: 'quarter',
    years: wholeRange,
    base: 0.038,
    womenMinusMen: null,
    loadings: { economy: 0.88 },
    spread: 0.42,
    trendPerYear: -0.03,
  },
  {
    id: 'ek_bistand_lang',
    measure: 'share',
    denominator: 'supportedHouseholds',
    finest: 'regso',
    period: 'year',
    years: wholeRange,
    base: 0.34,
    womenMinusMen: null,
    loadings: { economy: 0.5 },
    spread: 0.3,
    trendPerYear: 0.02,
  },
  {
    id: 'arblos',
    measure: 'share',
    denominator: 'workforce',
    finest: 'regso',
    period: 'year',
    years: wholeRange,
    base: 0.055,
    womenMinusMen: -0.1,
    loadings: { work: 0.7 },
    spread: 0.32,
    trendPerYear: 0.01,
  },
  {
    id: 'uvas',
    measure: 'share',
    denominator: 'youngAdults',
    finest: 'regso',
    period: 'year',
    years: [2019, 2025],
    base: 0.075,
    womenMinusMen: -0.05,
    loadings: { work: 0.88 },
    spread: 0.42,
    trendPerYear: 0,
  },
  {
    id: 'franvaro_10',
    measure: 'share',
    denominator: 'pupils',
    finest: 'regso',
    period: 'term',
    years: [2018, 2025],
    base: 0.14,
    womenMinusMen: 0.08,
    loadings: { school: 0.9 },
    spread: 0.36,
    trendPerYear: 0.02,
  },
  {
    id: 'franvaro_ogiltig',
    measure: 'share',
    denominator: 'pupils',
    finest: 'regso',
    period: 'term',
    years: [2020, 2025],
    base: 0.05,
    womenMinusMen: -0.15,
    loadings: { school: 0.7 },
    spread: 0.42,
    trendPerYear: 0.03,
  },
  {
    id: 'gymn_behorig',
    measure: 'share',
    denominator: 'ninthGraders',
    pooledPeriods: 3,
    finest: 'regso',
    period: 'school-year',
    years: [2018, 2025],
    base: 0.86,
    womenMinusMen: 0.2,
    loadings: { school: -0.85 },
    spread: 0.45,
    trendPerYear: 0.01,
  },
  {
    id: 'forskola',
    measure: 'share',
    denominator: 'preschoolChildren',
    finest: 'regso',
    period: 'year',
    years: wholeRange,
    base: 0.86,
    womenMinusMen: 0,
    loadings: { childcare: 0.88 },
    spread: 0.4,
    trendPerYear: 0.02,
  },
  {
    id: 'orosanm',
    measure: 'rate',
    denominator: 'children',
    finest: 'stadsdel',
    period: 'half-year',
    years: wholeRange,
    base: 0.022,
    womenMinusMen: -0.1,
    loadings: { concern: 0.88 },
    spread: 0.35,
    trendPerYear: 0.05,
  },
]

export const SURVEY_SPECIFICATIONS: readonly SurveySpecification[] = [
  {
    id: 'foreningsliv',
    survey: 'youth',
    base: 0.52,
    womenMinusMen: -0.15,
    loadings: { clubs: 0.85 },
    spread: 0.35,
    trendPerYear: -0.02,
  },
  {
    id: 'framtidstro',
    survey: 'youth',
    base: 0.7,
    womenMinusMen: -0.25,
    loadings: { clubs: 0.4, support: 0.5 },
    spread: 0.3,
    trendPerYear: -0.02,
  },
  {
    id: 'psyk_ohalsa_unga',
    survey: 'youth',
    base: 0.3,
    womenMinusMen: 0.7,
    loadings: { support: -0.6 },
    spread: 0.3,
    trendPerYear: 0.03,
  },
  {
    id: 'vuxenstod',
    survey: 'youth',
    base: 0.82,
    womenMinusMen: 0.1,
    loadings: { support: 0.9 },
    spread: 0.5,
    trendPerYear: 0,
  },
  {
    id: 'narkotika_unga',
    survey: 'youth',
    base: 0.17,
    womenMinusMen: -0.2,
    loadings: { support: -0.9 },
    spread: 0.5,
    trendPerYear: 0.02,
  },
  {
    id: 'tillit',
    survey: 'trust',
    base: 0.62,
    womenMinusMen: 0.05,
    loadings: { trust: 0.9 },
    spread: 0.4,
    trendPerYear: -0.01,
  },
  {
    id: 'otrygg_ute',
    survey: 'safety',
    base: 0.22,
    womenMinusMen: 0.9,
    loadings: { trust: -0.88 },
    spread: 0.42,
    trendPerYear: 0.04,
  },
  {
    id: 'synlig_krim',
    survey: 'safety',
    base: 0.19,
    womenMinusMen: -0.05,
    firstYear: 2020,
    loadings: { visibility: 0.88 },
    spread: 0.45,
    trendPerYear: 0.03,
  },
  {
    id: 'oro_brott',
    survey: 'safety',
    base: 0.25,
    womenMinusMen: 0.4,
    loadings: { trust: -0.5, visibility: 0.6 },
    spread: 0.38,
    trendPerYear: 0.02,
  },
  {
    id: 'avstatt_ute',
    survey: 'safety',
    base: 0.12,
    womenMinusMen: 0.8,
    loadings: { trust: -0.7 },
    spread: 0.4,
    trendPerYear: 0.02,
  },
  {
    id: 'utsatt_brott',
    survey: 'safety',
    base: 0.18,
    womenMinusMen: -0.05,
    loadings: { visibility: 0.4 },
    spread: 0.28,
    trendPerYear: 0,
  },
  {
    id: 'fortroende_polis',
    survey: 'safety',
    base: 0.58,
    womenMinusMen: 0.15,
    loadings: { trust: 0.6 },
    spread: 0.3,
    trendPerYear: 0.01,
  },
  {
    id: 'nojd_renhallning',
    survey: 'citizen',
    base: 0.62,
    womenMinusMen: 0.02,
    loadings: { litter: -0.75 },
    spread: 0.35,
    trendPerYear: 0,
  },
]

export const EVENT_SPECIFICATIONS: readonly EventSpecification[] = [
  {
    id: 'klotter',
    name: 'Klotter',
    hexagons: true,
    finest: 'regso',
    period: 'month',
    denominator: 'people',
    perThousandPerYear: 13,
    season: [0.6, 0.6, 0.8, 1.1, 1.3, 1.3, 1.2, 1.3, 1.3, 1.1, 0.8, 0.6],
    weekdays: WEEKEND,
    shape: 5,
    loadings: {},
    spread: 0.28,
    trendPerYear: 0.05,
  },
  {
    id: 'skadegorelse',
    name: 'Skadegörelse',
    hexagons: true,
    finest: 'regso',
    period: 'month',
    denominator: 'people',
    perThousandPerYear: 12,
    season: [0.7, 0.7, 0.8, 1, 1.2, 1.4, 1.4, 1.3, 1.1, 1, 0.8, 0.6],
    weekdays: WEEKEND,
    shape: 6,
    loadings: { school: 0.88 },
    spread: 0.42,
    trendPerYear: -0.05,
  },
  {
    id: 'stenkast',
    name: 'Stenkastning',
    hexagons: true,
    finest: 'stadsdel',
    period: 'month',
    denominator: null,
    perThousandPerYear: 0.8,
    season: [0.9, 0.8, 0.9, 1.1, 1.1, 0.9, 0.7, 1, 1.2, 1.3, 1.2, 0.9],
    weekdays: WEEKEND,
    shape: 1.5,
    loadings: { visibility: 0.6 },
    spread: 0.35,
    trendPerYear: 0,
  },
  {
    id: 'brand_anlagd',
    name: 'Anlagd brand',
    hexagons: true,
    finest: 'regso',
    period: 'month',
    denominator: 'people',
    perThousandPerYear: 0.95,
    season: [0.7, 0.6, 0.8, 1.2, 1.4, 1.4, 1.3, 1.2, 1, 0.8, 0.7, 0.9],
    weekdays: WEEKEND,
    shape: 4,
    loadings: { housing: 0.88 },
    spread: 0.5,
    trendPerYear: 0,
  },
  {
    id: 'nedskrap',
    name: 'Nedskräpning',
    hexagons: true,
    finest: 'regso',
    period: 'month',
    denominator: null,
    perThousandPerYear: 15,
    season: [0.4, 0.4, 0.7, 1.7, 1.7, 1.3, 1.2, 1.2, 1, 1, 0.8, 0.6],
    weekdays: OFFICE_DAYS,
    shape: 5,
    loadings: { litter: 0.8 },
    spread: 0.4,
    trendPerYear: 0.03,
  },
  {
    id: 'smabrott',
    name: 'Stölder och småbrott',
    hexagons: false,
    finest: 'regso',
    period: 'month',
    denominator: 'people',
    perThousandPerYear: 21,
    season: [0.95, 0.95, 0.95, 1, 1.05, 1.05, 1.05, 1.05, 1.05, 1, 0.95, 0.95],
    weekdays: EVEN_WEEK,
    shape: 8,
    loadings: { economy: 0.85 },
    spread: 0.4,
    trendPerYear: -0.02,
  },
  {
    id: 'ordning',
    name: 'Ordningsstörningar',
    hexagons: true,
    finest: 'regso',
    period: 'week',
    denominator: null,
    perThousandPerYear: 9,
    season: [0.8, 0.8, 0.9, 1, 1.2, 1.2, 1.1, 1.2, 1.1, 1, 0.9, 0.9],
    weekdays: [0.6, 0.6, 0.7, 0.9, 1.8, 1.9, 0.8],
    shape: 5,
    loadings: { clubs: -0.4 },
    spread: 0.3,
    trendPerYear: 0,
  },
  {
    id: 'hot_personal',
    name: 'Hot mot personal',
    hexagons: false,
    finest: 'stadsdel',
    period: 'quarter',
    denominator: null,
    perThousandPerYear: 2,
    season: EVEN_YEAR,
    weekdays: OFFICE_DAYS,
    shape: 4,
    loadings: { concern: 0.4 },
    spread: 0.35,
    trendPerYear: 0.02,
  },
  {
    id: 'skolincident',
    name: 'Incidenter i skolmiljö',
    hexagons: false,
    finest: 'stadsdel',
    period: 'month',
    denominator: null,
    perThousandPerYear: 2.6,
    season: [1.2, 1.2, 1.3, 1.2, 1.3, 0.4, 0, 0.7, 1.4, 1.4, 1.3, 0.9],
    weekdays: [1, 1, 1, 1, 1, 0, 0],
    shape: 3,
    loadings: {},
    spread: 0.4,
    trendPerYear: 0,
  },
  {
    id: 'narkotika_brott',
    name: 'Anmälda narkotikabrott',
    hexagons: false,
    finest: 'stadsdel',
    period: 'quarter',
    denominator: 'people',
    perThousandPerYear: 5,
    season: EVEN_YEAR,
    weekdays: WEEKEND,
    shape: 5,
    loadings: { work: 0.88 },
    spread: 0.42,
    trendPerYear: 0.02,
  },
  {
    id: 'vald_offentlig',
    name: 'Våld i offentlig miljö',
    hexagons: false,
    finest: 'stadsdel',
    period: 'quarter',
    denominator: 'people',
    perThousandPerYear: 3.6,
    season: [0.8, 0.8, 0.9, 1, 1.1, 1.2, 1.2, 1.2, 1.1, 1, 0.9, 0.9],
    weekdays: [0.6, 0.6, 0.7, 0.8, 1.5, 2, 1],
    shape: 6,
    loadings: { visibility: 0.8 },
    spread: 0.38,
    trendPerYear: 0,
  },
]

/** A factor and an event (or a protective factor and an event) that follow the same field. */
export const PLANTED_RELATIONS: readonly {
  readonly factor: string
  readonly event: string
  readonly field: LatentField
}[] = [
  { factor: 'franvaro_10', event: 'skadegorelse', field: 'school' },
  { factor: 'gymn_behorig', event: 'skadegorelse', field: 'school' },
  { factor: 'ek_bistand', event: 'smabrott', field: 'economy' },
  { factor: 'trangbodd', event: 'brand_anlagd', field: 'housing' },
  { factor: 'uvas', event: 'narkotika_brott', field: 'work' },
  { factor: 'vuxenstod', event: 'narkotika_unga', field: 'support' },
  { factor: 'tillit', event: 'otrygg_ute', field: 'trust' },
]

/**
 * Shocks to the factor, quarter by quarter, return in the event some quarters later. Shocks follow an
 * autoregression of order 1; `municipality` and `area` are the standard deviations of their innovations.
 */
export const PLANTED_LAG = {
  factor: 'ek_bistand',
  event: 'smabrott',
  quarters: 2,
  /** Effect in the event's log of one unit in the factor's logit. */
  effect: 0.9,
  autocorrelation: 0.5,
  municipality: 0.14,
  area: 0.05,
} as const

/** A group of areas that meet, with a raised level from a year on. */
export const PLANTED_CLUSTERS = [
  { indicator: 'klotter', areas: 4, factor: 2, fromYear: 2018 },
  { indicator: 'ordning', areas: 4, factor: 2.2, fromYear: 2023 },
] as const

/** Pairs without a common field. */
export const PLANTED_UNRELATED: readonly (readonly [string, string])[] = [
  ['bef_flytt', 'klotter'],
  ['forskola', 'smabrott'],
  ['trangbodd', 'skadegorelse'],
  ['arblos', 'brand_anlagd'],
  ['framtidstro', 'vald_offentlig'],
  ['orosanm', 'otrygg_ute'],
]

/** A new reporting system: the level changes from this month on, without anything having happened. */
export const PLANTED_SERIES_BREAK = {
  indicator: 'skolincident',
  fromMonth: '2022-07',
  factor: 1.6,
} as const

/** Years in which some units, drawn by the seed, did not collect the indicator. */
export const NOT_COLLECTED = [
  { indicator: 'nedskrap', level: 'regso', year: 2018, units: 3 },
  { indicator: 'forskola', level: 'regso', year: 2020, units: 2 },
  { indicator: 'nojd_renhallning', level: 'stadsdel', year: 2019, units: 3 },
] as const

/** Figures that the imagined source hides before delivery. */
export const HIDDEN_AT_SOURCE = {
  /** Both sexes, in the areas with the smallest workforce. */
  smallestWorkforce: { indicator: 'arblos', years: [2018, 2019], areas: 2 },
  /** Quarters with 1 … most. */
  smallCounts: { indicator: 'narkotika_brott', years: [2018], most: 3 },
} as const

/** Small stadsdelar, drawn by the seed, where few answered one year's survey. */
export const LOW_RESPONSE = [
  { survey: 'safety', year: 2020, units: 3, remaining: 0.3 },
  { survey: 'citizen', year: 2022, units: 2, remaining: 0.35 },
  { survey: 'youth', year: 2021, units: 3, remaining: 0.35 },
] as const
