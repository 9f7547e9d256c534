import type { Interval } from './cell.ts'
import { planPair, type CrossChoice, type CrossSource, type PlannedPair } from './cross-plan.ts'
import type { Indicator } from './indicator.ts'
import type { Controls } from './stats/correlation.ts'
import { defined, type Outcome } from './stats/outcome.ts'
import { bonettWrightInterval, partialSpearman } from './stats/rank-correlation.ts'

/** A factor that can be held constant in a pair, with its own times. */
export interface PairControl {
  readonly indicator: Indicator
  readonly side: PlannedPair['factor']
}

/** The other factors that the event is crossed with at the pair's own level. */
export function controlsOf(
  source: CrossSource,
  choice: CrossChoice,
  event: Indicator,
  factor: Indicator,
  pair: Pick<PlannedPair, 'level'>,
): PairControl[] {
  const isFactor = (one: Indicator) =>
    (one.class === 'root-cause' || one.class === 'protective-factor') && one.measure !== 'class'
  return source.indicators.flatMap((indicator) => {
    if (!isFactor(indicator) || indicator.id === factor.id) return []
    const planned = planPair(source, { ...choice, level: pair.level }, event, indicator)
    return planned.kind === 'planned' && planned.level === pair.level
      ? [{ indicator, side: planned.factor }]
      : []
  })
}

export interface HeldConstant {
  /** Spearman's, of what is left when the controls are held constant. */
  readonly rho: number
  /** Bonett and Wright's, with m = min(n, the pair's independent areas) − controls; null where m is 3 or less. */
  readonly interval: Interval | null
  /** Areas that show the pair and all the controls. */
  readonly n: number
}

/**
 * Spearman's correlation of a pair with at most two other factors held constant. That neighbours are alike is left in
 * the interval by counting on no more areas than the pair itself is worth (Dutilleul's effective n).
 * @param effectiveN of the pair
 */
export function holdConstant(
  event: ArrayLike<number>,
  factor: ArrayLike<number>,
  controls: Controls,
  effectiveN: number,
): Outcome<HeldConstant> {
  const partial = partialSpearman(event, factor, controls)
  if (!partial.ok) return partial
  const { r: rho, n } = partial.value
  const interval = bonettWrightInterval(rho, Math.min(n, effectiveN) - controls.length)
  return defined({ rho, interval, n })
}
