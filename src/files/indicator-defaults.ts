import type { DisclosurePolicy, Measure, PeriodAggregation } from '../core/indicator.ts'

/* What is assumed of an indicator where nobody has said anything else. */

/** Counts that nobody should be found in. */
const THRESHOLD = 5
/** Subjects where even a few together are sensitive. */
const SENSITIVE_THRESHOLD = 10
const SENSITIVE = /bist(å|a)nd|f(ö|o)rs(ö|o)rjning|fr(å|a)nvaro|oros|franv|orosanm|missbruk|psyk/i
const MINIMUM_DENOMINATOR = 30
const MINIMUM_RESPONDENTS = 30
/** Of a survey with clusters and weights. */
const DESIGN_EFFECT = 1.4

/** Whether a measure has anything below the line. */
export const hasDenominator = (measure: Measure): boolean =>
  measure === 'share' || measure === 'rate' || measure === 'survey'

/**
 * The disclosure policy that a subject has unless it is told otherwise.
 * @param subject words about the indicator: its id, name and source
 */
export function defaultPolicy(
  kind: DisclosurePolicy['kind'],
  measure: Measure,
  subject: string,
): DisclosurePolicy {
  const isPerson = kind === 'person'
  const threshold = SENSITIVE.test(subject) ? SENSITIVE_THRESHOLD : THRESHOLD
  return {
    kind,
    threshold: isPerson ? threshold : 0,
    complement: isPerson && measure === 'share',
    minimumDenominator: isPerson && hasDenominator(measure) ? MINIMUM_DENOMINATOR : 0,
    minimumRespondents: kind === 'survey' ? MINIMUM_RESPONDENTS : 0,
    zeros: isPerson ? 'may-be-hidden' : 'shown',
  }
}

/** Events add up over time; what is counted on a day, such as the number of inhabitants, does not. */
export const defaultAggregation = (measure: Measure, id: string): PeriodAggregation =>
  measure === 'rate' || (measure === 'count' && !/^(bef|folkm)/i.test(id)) ? 'sum' : 'mean'

export const defaultDesignEffect = (kind: DisclosurePolicy['kind']): number =>
  kind === 'survey' ? DESIGN_EFFECT : 1
