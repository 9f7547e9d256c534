import type { LevelId } from './area.ts'
import { crossTableKey, CROSS_LAGS, type CrossLag } from './cross-plan.ts'
import { crossVariable, type LevelGround } from './cross-values.ts'
import type { DisclosedTable } from './disclosure/gate.ts'
import type { Indicator, Sex } from './indicator.ts'
import { comparePeriods, kindOf, periodsBetween, type PeriodCode } from './period.ts'
import { lagCurve, type LagPoint } from './stats/lag-curve.ts'
import type { Outcome } from './stats/outcome.ts'
import type { Smoothing } from './view-state.ts'

export interface PairLags {
  readonly unit: CrossLag['unit']
  /** The first and the last period that both have. */
  readonly from: PeriodCode
  readonly to: PeriodCode
  readonly points: readonly { readonly lag: number; readonly outcome: Outcome<LagPoint> }[]
}

/**
 * Do changes in the factor come before changes in the event? By quarter where both have quarters, else by term; all the
 * lags of that unit that were fixed in advance. Null where the two share neither: then it cannot be asked.
 * @param tables by crossTableKey, both at the level
 */
export function pairLags(
  tables: ReadonlyMap<string, DisclosedTable>,
  ground: LevelGround,
  level: LevelId,
  event: Indicator,
  factor: Indicator,
  sex: Sex,
  smoothing: Smoothing,
): PairLags | null {
  const ofEvent = tables.get(crossTableKey(event.id, level))
  const ofFactor = tables.get(crossTableKey(factor.id, level))
  if (!ofEvent || !ofFactor) return null
  for (const unit of ['quarter', 'term'] as const) {
    const both = ofEvent.periods
      .filter((period) => kindOf(period) === unit && ofFactor.periods.includes(period))
      .toSorted(comparePeriods)
    const [from, to] = [both[0], both.at(-1)]
    if (from === undefined || to === undefined || both.length < 3) continue
    const times = periodsBetween(unit, from, to)
    const series = (table: DisclosedTable, indicator: Indicator): Float64Array[] => {
      const byTime = times.map(
        (period) =>
          crossVariable(table, indicator, ground, { period, before: null }, sex, smoothing).values,
      )
      return ground.areas.map((_, area) => Float64Array.from(byTime, (values) => values[area]!))
    }
    const steps = CROSS_LAGS.filter((lag) => lag.unit === unit).map((lag) => lag.steps)
    const outcomes = lagCurve(series(ofEvent, event), series(ofFactor, factor), steps)
    return {
      ...{ unit, from, to },
      points: steps.map((lag, place) => ({ lag, outcome: outcomes[place]! })),
    }
  }
  return null
}
