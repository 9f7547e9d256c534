import type { DisclosurePolicy } from '../indicator.ts'

/**
 * The primary rules for one cell: whether its own figures are too small to be shown.
 * @param count events or persons in the cell
 * @param base population, respondents, or NaN where the measure has no denominator
 */
export function isPrimaryHidden(count: number, base: number, policy: DisclosurePolicy): boolean {
  if (policy.kind === 'public-at-source') return false
  if (count > 0 && count < policy.threshold) return true
  if (policy.complement && base - count < policy.threshold) return true
  if (base < policy.minimumDenominator) return true
  return base < policy.minimumRespondents
}
