import type { AreaLevel, LevelId } from './area.ts'
import type { CrossChoice, CrossLag, CrossSource } from './cross-plan.ts'
import { SEXES, type Sex } from './indicator.ts'
import {
  comparePeriods,
  containingPeriod,
  kindOf,
  periodsBetween,
  type PeriodCode,
  type PeriodKind,
} from './period.ts'
import { LAGS, type Lag, type ViewState } from './view-state.ts'

/** What can be chosen on the page that crosses, and what is. */
export interface CrossOptions {
  readonly choice: CrossChoice
  readonly lag: Lag
  /** Coarse to fine. */
  readonly levels: readonly AreaLevel[]
  /** Newest first. */
  readonly periods: readonly PeriodCode[]
  readonly sexes: readonly Sex[]
  readonly lags: readonly Lag[]
}

/** A lag of the address as the plan takes it; null crosses levels. */
export function crossLagOf(lag: Lag): CrossLag | null {
  const [unit, steps] = lag.split('-')
  return unit === 'quarter' || unit === 'term' ? { unit, steps: Number(steps) } : null
}

/**
 * Completes what a link asks for by what some event and some factor of the package share: the finest level, the newest
 * year (with a lag, the newest quarter or term), everybody, no lag. Null when no event and factor share a level.
 */
export function crossOptions(
  source: CrossSource,
  asked: Pick<ViewState, 'level' | 'period' | 'sex' | 'smoothing' | 'lag'>,
): CrossOptions | null {
  const levels = source.register.levels
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => a.rank - b.rank)
    .filter(({ id }) => sharedAt(source, [id]).kinds.size > 0)
  const chosen = levels.find(({ id }) => id === asked.level) ?? levels.at(-1)
  if (!chosen) return null
  const within = levels.filter(({ rank }) => rank <= chosen.rank).map(({ id }) => id)
  const { kinds, sexes } = sharedAt(source, within)
  const lags = LAGS.filter((lag) => lag === 'none' || kinds.has(crossLagOf(lag)!.unit))
  const lag = lags.includes(asked.lag) ? asked.lag : 'none'
  const unit = crossLagOf(lag)?.unit ?? null
  const longest = (['year', 'school-year', 'half-year', 'term', 'quarter', 'month'] as const).find(
    (kind) => kinds.has(kind),
  )
  const shared = [...(kinds.get(unit ?? longest ?? 'year') ?? [])].toSorted(comparePeriods)
  const period = periodFor(asked.period, unit) ?? shared.at(-1) ?? ''
  return {
    choice: {
      ...{ level: chosen.id, period, lag: crossLagOf(lag), smoothing: asked.smoothing },
      sex: sexes.includes(asked.sex) ? asked.sex : 'T',
    },
    ...{ lag, levels, sexes, lags },
    periods: [...new Set([...shared, period])].toSorted(comparePeriods).toReversed(),
  }
}

/** The chosen period; with a lag, the one of its unit that holds it, or the last one it holds. */
function periodFor(asked: PeriodCode | null, unit: PeriodKind | null): PeriodCode | null {
  if (asked === null || kindOf(asked) === null) return null
  if (unit === null) return asked
  return (
    containingPeriod(asked, unit) ??
    periodsBetween(unit, asked, asked).toSorted(comparePeriods).at(-1) ??
    null
  )
}

/** Kinds of period with the periods that an event and a factor both have at one of the levels; and their sexes. */
function sharedAt(
  { indicators, observations }: CrossSource,
  levels: readonly LevelId[],
): { kinds: ReadonlyMap<PeriodKind, ReadonlySet<PeriodCode>>; sexes: readonly Sex[] } {
  const classes = new Map(
    indicators.flatMap(({ id, class: own, measure }) =>
      own === 'context' || measure === 'class' ? [] : [[id, own === 'unwanted-event'] as const],
    ),
  )
  const kinds = new Map<PeriodKind, Set<PeriodCode>>()
  const sexes = new Set<Sex>()
  for (const level of levels) {
    const at = observations.filter((file) => file.level === level)
    const [ofEvents, ofFactors] = [true, false].map((isEvent) =>
      at.filter(({ indicator }) => classes.get(indicator) === isEvent),
    ) as [typeof at, typeof at]
    const periodsOfFactors = new Set(ofFactors.flatMap(({ periods }) => periods))
    for (const period of new Set(ofEvents.flatMap(({ periods }) => periods))) {
      const kind = kindOf(period)
      if (kind === null || !periodsOfFactors.has(period)) continue
      kinds.set(kind, (kinds.get(kind) ?? new Set()).add(period))
    }
    for (const sex of SEXES)
      if ([ofEvents, ofFactors].every((files) => files.some((file) => file.sexes.includes(sex))))
        sexes.add(sex)
  }
  return { kinds, sexes: SEXES.filter((sex) => sexes.has(sex)) }
}
