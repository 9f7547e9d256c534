import type { AreaLevel } from '../core/area.ts'
import type { PairLags } from '../core/cross-lag-curve.ts'
import type { HeldConstant } from '../core/cross-partial.ts'
import type { CrossCell } from '../core/stats/crossing.ts'
import type { Outcome } from '../core/stats/outcome.ts'
import { crossText, notCrossed, rhoText } from '../text/cross.ts'

const SIGNIFICANCE = 0.05

/** What else is said of a pair, under its picture. */

/** The same pair at another level; a turned sign is what must be seen. */
export interface OtherLevelView {
  readonly text: string
  readonly isTurned: boolean
}

/**
 * @param other null where the two have no other level; without a cell it is still being computed
 */
export function otherLevelView(
  rho: number,
  other: { readonly level: AreaLevel; readonly cell: CrossCell | null } | null,
): OtherLevelView {
  const { other: text } = crossText.pair
  if (!other) return { text: text.none, isTurned: false }
  const { singular } = other.level
  const { cell } = other
  if (!cell) return { text: text.waiting, isTurned: false }
  if (cell.kind === 'untested')
    return { text: text.undefined(singular, notCrossed[cell.reason]), isTurned: false }
  const isTurned = rho * cell.rho < 0
  const say = isTurned ? text.turned : text.same
  return { text: say(singular, rhoText(cell.rho), cell.n), isTurned }
}

/** What is left of a pair when other factors are held constant, in a sentence. */
export function partialText(
  names: readonly string[],
  outcome: Outcome<HeldConstant>,
  before: number,
): string {
  const { partial: text } = crossText.pair
  if (!outcome.ok) return text.undefined(notCrossed[outcome.reason])
  const { rho, interval, n } = outcome.value
  return text.sentence(names, rho, interval, n, before)
}

export interface LagsView {
  readonly about: string
  readonly sentence: string
  /** One for each lag, for those who listen. */
  readonly points: readonly string[]
}

/** The lag curve in words: the clearest lag that stands, or that none does. */
export function lagsView({ unit, from, to, points }: PairLags): LagsView {
  const { lags: text } = crossText.pair
  const known = points.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []))
  const refused = points.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.reason]))[0]
  const best = known
    .filter(({ adjusted }) => adjusted <= SIGNIFICANCE)
    .toSorted((a, b) => Math.abs(b.r) - Math.abs(a.r))[0]
  return {
    about: text.about(unit, from, to),
    sentence:
      known.length === 0 && refused
        ? text.undefined(notCrossed[refused])
        : best
          ? text.found(unit, best.lag, best.r, best.interval)
          : text.none(unit),
    points: known.map(({ lag, r, interval, areas }) => text.point(lag, r, interval, areas)),
  }
}
