import type { WholeFinding, WholeOutcome } from '../../core/before-after-whole.ts'
import type { Indicator } from '../../core/indicator.ts'
import type { PeriodKind } from '../../core/period.ts'
import type { SeriesEffect } from '../../core/stats/interrupted-time-series.ts'
import { beforeAfterText } from '../../text/before-after.ts'
import { formatInterval, formatSigned } from '../../text/format.ts'
import { valueText } from '../choropleth.ts'
import { meanDecimals, type BeforeAfterPeriod, type BeforeAfterView } from './before-after.ts'

const text = beforeAfterText.whole

/** What is said of a municipality as a whole, set against its own past. */
export function wholeVerdict(outcome: WholeOutcome): BeforeAfterView['verdict'] {
  if (!outcome.ok)
    return outcome.reason === 'too-few-periods-after' || outcome.reason === 'too-few-periods-before'
      ? { kind: 'too-early', text: beforeAfterText.tooEarly }
      : { kind: 'cannot-tell', text: beforeAfterText.cannotTell }
  const { lower, upper } = outcome.value.difference.interval
  if (lower <= 0 && upper >= 0) return { kind: 'uncertain', text: text.uncertain }
  return lower > 0
    ? { kind: 'higher', text: text.different.up }
    : { kind: 'lower', text: text.different.down }
}

export function wholeEstimate(
  found: WholeFinding,
  indicator: Indicator,
  kind: PeriodKind,
): NonNullable<BeforeAfterView['estimate']> {
  const decimals = meanDecimals(indicator)
  const inUnit = (value: number): string => valueText(value, indicator, decimals)
  const { difference, series, before, after, expected, scale } = found
  const change = changeOf(found, indicator)
  return {
    ...{ difference: difference.value, unit: indicator.measure === 'count' ? '' : indicator.unit },
    ...{ lower: difference.interval.lower, upper: difference.interval.upper },
    sentences: [
      text.estimate(
        { before: inUnit(before), after: inUnit(after) },
        inUnit(expected),
        formatSigned(difference.value, decimals),
        formatInterval(difference.interval, decimals),
      ),
      ...(scale === 'ratio' ? [beforeAfterText.ratio(...percentOf(series.mean))] : []),
      text.parts(change(series.level), change(series.slope), kind, unitWord(found, indicator)),
    ],
  }
}

export const wholeEarlierText = (
  found: WholeFinding,
  indicator: Indicator,
  kind: PeriodKind,
): string =>
  text.earlier(
    changeOf(found, indicator)(found.series.earlierSlope),
    kind,
    unitWord(found, indicator),
  )

export const wholeLeftOut = (
  marks: readonly BeforeAfterPeriod[],
  isTold: boolean,
): readonly string[] => {
  const labels = (isKept: (mark: BeforeAfterPeriod) => boolean): string[] =>
    marks.filter(isKept).map(({ label }) => label)
  return [
    [labels(({ side }) => side === 'introduction'), beforeAfterText.introduction] as const,
    [
      labels(({ side, isUsed }) => isTold && !isUsed && (side === 'before' || side === 'after')),
      text.unusedPeriods,
    ] as const,
    [labels(({ side }) => side === 'ended'), beforeAfterText.ended] as const,
  ].flatMap(([periods, say]) => (periods.length > 0 ? [say(periods)] : []))
}

const percent = (logarithm: number): number => 100 * Math.expm1(logarithm)

function percentOf({ value, interval }: SeriesEffect, decimals = 0): readonly [string, string] {
  const { lower, upper } = interval
  return [
    formatSigned(percent(value), decimals),
    formatInterval({ ...interval, lower: percent(lower), upper: percent(upper) }, decimals),
  ]
}

const changeOf =
  ({ scale }: WholeFinding, indicator: Indicator) =>
  (effect: SeriesEffect): string => {
    const decimals = meanDecimals(indicator) + 1
    return scale === 'ratio'
      ? text.inside(...percentOf(effect, 1))
      : text.inside(formatSigned(effect.value, decimals), formatInterval(effect.interval, decimals))
  }

const unitWord = ({ scale }: WholeFinding, { unit }: Indicator): string =>
  scale === 'ratio' ? text.percent : unit === '%' ? text.points : unit
