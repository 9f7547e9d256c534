import type { DisclosurePolicy, Measure } from '../../src/core/indicator.ts'

/**
 * The primary rule once more, written from the policy's words and not from the gate, so that the two can be held
 * against each other.
 * @param base NaN where the measure has no denominator
 * @returns why the cell must not be shown, or null
 */
export function reasonToHide(
  count: number,
  base: number,
  measure: Measure,
  policy: DisclosurePolicy,
): 'small count' | 'small remainder' | 'small base' | 'few answers' | null {
  if (policy.kind === 'public-at-source') return null
  // Means over a year need not be whole: 4.75 is as small as 4.
  if (count !== 0 && policy.threshold > 0 && !(count >= policy.threshold)) return 'small count'
  if (measure === 'count' || measure === 'class') return null
  if (policy.complement && policy.threshold > 0 && !(base - count >= policy.threshold))
    return 'small remainder'
  if (policy.minimumDenominator > 0 && !(base >= policy.minimumDenominator)) return 'small base'
  if (policy.minimumRespondents > 0 && !(base >= policy.minimumRespondents)) return 'few answers'
  return null
}
