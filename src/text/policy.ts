import type { Indicator } from '../core/indicator.ts'
import { NBSP } from './format.ts'

/** What an indicator's disclosure policy hides, one sentence a rule. */
export function policyText({
  policy,
  denominatorName,
}: Pick<Indicator, 'policy' | 'denominatorName'>): string[] {
  if (policy.kind === 'public-at-source')
    return ['Offentlig uppgift hos källan: inga tröskelvärden.']
  const sentences: string[] = []
  if (policy.threshold > 1)
    sentences.push(`Antal 1–${policy.threshold - 1} visas inte (tröskel ${policy.threshold}).`)
  if (policy.complement)
    sentences.push(`Visas inte heller när färre än ${policy.threshold} inte omfattas.`)
  if (policy.minimumDenominator > 0)
    sentences.push(
      `Underlag under ${policy.minimumDenominator}${denominatorName ? `${NBSP}(${denominatorName})` : ''} visas inte.`,
    )
  if (policy.minimumRespondents > 0)
    sentences.push(`Färre än ${policy.minimumRespondents} svarande visas inte.`)
  if (sentences.length === 0)
    sentences.push('Platshändelser: ingen personregel, litet underlag märks ut.')
  return sentences
}
