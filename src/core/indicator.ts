import type { LevelId } from './area.ts'
import type { PeriodKind } from './period.ts'

export type IndicatorId = string

/** The distinction of Västra Götaland: factors (causes) against events (symptoms), plus protection. */
export const INDICATOR_CLASSES = [
  'root-cause',
  'unwanted-event',
  'protective-factor',
  'context',
] as const
export type IndicatorClass = (typeof INDICATOR_CLASSES)[number]

/** Ages in whole years, both ends included; `to` is null where there is no upper end. */
export interface AgeRange {
  readonly from: number
  readonly to: number | null
}

/** K women, M men, T both together. */
export const SEXES = ['T', 'K', 'M'] as const
export type Sex = (typeof SEXES)[number]

/**
 * How the shown value follows from the figures of a cell:
 * share  = per · numerator / denominator, numerator ⊆ denominator (Wilson interval)
 * rate   = per · numerator / denominator, events over a population (Byar interval)
 * count  = numerator (Byar interval)
 * survey = 100 · numerator / denominator, denominator = respondents (Wilson with n / designEffect)
 * class  = numerator is an ordinal class, never averaged, no interval
 */
export type Measure = 'share' | 'rate' | 'count' | 'survey' | 'class'

export type Polarity = 'higher-better' | 'lower-better' | 'neutral'

/** What happens to counts when periods are merged. */
export type PeriodAggregation =
  /** Events: numerators add, the denominator is the mean of the parts. */
  | 'sum'
  /** Stocks: numerator and denominator are means of the parts. */
  | 'mean'

export interface PublicationPlan {
  /** Levels that are released, coarse or fine; what is not listed does not exist. */
  readonly levels: readonly LevelId[]
  /** One nested chain, finest first, e.g. month, quarter, year. */
  readonly periodChain: readonly PeriodKind[]
  readonly bySex: boolean
}

export interface DisclosurePolicy {
  readonly kind: 'person' | 'survey' | 'place' | 'public-at-source'
  /** Counts 1 … threshold − 1 are hidden; 0 turns the rule off. */
  readonly threshold: number
  /** Also hide when denominator − numerator < threshold, 0 included. */
  readonly complement: boolean
  /** Hide when the denominator is smaller; 0 turns the rule off. */
  readonly minimumDenominator: number
  /** Surveys: hide when fewer answered; 0 turns the rule off. */
  readonly minimumRespondents: number
  readonly zeros: 'shown' | 'may-be-hidden'
}

export interface Indicator {
  readonly id: IndicatorId
  readonly name: string
  readonly class: IndicatorClass
  readonly measure: Measure
  /** 100 for %, 1000 for "per 1 000", 1 for counts and classes. */
  readonly per: number
  /** Unit as shown: "%", "per 1 000", "antal", "klass 1–5". */
  readonly unit: string
  /** Who is counted below the line, in words: "elever i grundskolan"; null without denominator. */
  readonly denominatorName: string | null
  readonly polarity: Polarity
  readonly definition: string
  readonly source: string
  readonly frequency: string
  readonly caveats: readonly string[]
  readonly focusProblems: readonly string[]
  readonly plan: PublicationPlan
  readonly policy: DisclosurePolicy
  readonly periodAggregation: PeriodAggregation
  /** Design effect of a survey; 1 where it is not a survey. */
  readonly designEffect: number
  /** Invented by the generator; must be said wherever a figure of it is shown. */
  readonly synthetic: boolean
  /** Of a count of inhabitants: the ages that are counted. Together such indicators say who lives in an area. */
  readonly ages?: AgeRange
}
