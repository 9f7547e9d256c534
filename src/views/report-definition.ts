import type { Indicator } from '../core/indicator.ts'
import { policyText } from '../text/policy.ts'
import { sv, unitOf } from '../text/sv.ts'
import type { ReportDefinition } from './report.ts'

/** What must stand beside an indicator's figures. @param periodText of the figures that are shown */
export const reportDefinition = (indicator: Indicator, periodText: string): ReportDefinition => ({
  ...{ indicator: indicator.id, name: indicator.name, definition: indicator.definition },
  classText: sv.classes[indicator.class],
  unitText: unitOf(indicator.unit, indicator.denominatorName),
  ...{ source: indicator.source, frequency: indicator.frequency, caveats: indicator.caveats },
  focusProblems: indicator.focusProblems,
  periodText,
  disclosure: policyText(indicator).join(' '),
  synthetic: indicator.synthetic,
})
