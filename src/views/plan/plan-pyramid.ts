import { tellingsOf } from '../../core/plan-period.ts'
import type { Effort, PreventionLevel } from '../../core/plan.ts'
import { planText } from '../../text/plan.ts'

/** From the top: for those already affected, for those at risk, for everyone. */
const TOP_DOWN = ['indikerad', 'selektiv', 'universell'] as const satisfies PreventionLevel[]

export interface PyramidStep {
  readonly level: PreventionLevel
  readonly name: string
  readonly meaning: string
  readonly efforts: readonly Effort[]
}

export interface PlanPyramid {
  readonly steps: readonly PyramidStep[]
  /** Those to which the plan gives no level, since they are not aimed at people. */
  readonly without: readonly Effort[]
  /** How many of the efforts stand on more than one step. */
  readonly several: number
  readonly note: string
}

/** Efforts by prevention level: one with several stands on each of them. */
export function planPyramid(efforts: readonly Effort[]): PlanPyramid {
  const at = (level: PreventionLevel): readonly Effort[] =>
    efforts.filter((effort) => tellingsOf(effort).some(({ levels }) => levels.includes(level)))
  const steps = TOP_DOWN.map((level) => ({
    ...{ level, name: planText.levels[level], meaning: planText.levelMeaning[level] },
    efforts: at(level),
  }))
  const several = efforts.filter(
    (effort) => steps.filter((step) => step.efforts.includes(effort)).length > 1,
  ).length
  return {
    ...{ steps, several, without: at('inte-relevant') },
    note: planText.pyramid.note(efforts.length, several),
  }
}
