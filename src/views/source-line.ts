import type { Indicator } from '../core/indicator.ts'
import type { PeriodCode } from '../core/period.ts'
import { sv } from '../text/sv.ts'

/** Where a figure comes from, in one line: source, period, uncertainty and the disclosure rule. */
export function sourceLine(indicator: Indicator, period: PeriodCode): string {
  const { policy } = indicator
  const parts = [sv.source.line(indicator.source, period)]
  if (indicator.measure !== 'class') parts.push(sv.source.interval)
  if (policy.kind === 'public-at-source') parts.push(sv.source.publicAtSource)
  else if (policy.minimumRespondents > 0)
    parts.push(sv.source.respondents(policy.minimumRespondents))
  else if (policy.threshold > 1) parts.push(sv.source.threshold(policy.threshold))
  return parts.join(' ')
}
