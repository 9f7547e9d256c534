import type { AreaLevel, LevelId } from './area.ts'
import type { Indicator, IndicatorId, Sex } from './indicator.ts'
import {
  comparePeriods,
  containingPeriod,
  kindOf,
  PERIOD_KINDS,
  periodEnd,
  periodsBetween,
  previousPeriod,
  type PeriodCode,
  type PeriodKind,
} from './period.ts'
import type { ObservationFile } from './release.ts'
import type { Smoothing } from './view-state.ts'

/** Changes are crossed instead of levels, those of the factor so many steps before those of the event. */
export interface CrossLag {
  readonly unit: 'quarter' | 'term'
  readonly steps: number
}

/** The lags that can be asked for, fixed before anything was looked at. */
export const CROSS_LAGS: readonly CrossLag[] = [
  ...[0, 1, 2, 3, 4].map((steps) => ({ unit: 'quarter', steps }) as const),
  ...[0, 1].map((steps) => ({ unit: 'term', steps }) as const),
]

export interface CrossChoice {
  /** Pairs are crossed here or at a coarser level, never at a finer one. */
  readonly level: LevelId
  readonly period: PeriodCode
  readonly sex: Sex
  readonly smoothing: Smoothing
  /** Null crosses the levels of the period; one of CROSS_LAGS crosses changes. */
  readonly lag: CrossLag | null
}

/** What of a package decides what can be crossed. */
export interface CrossSource {
  readonly indicators: readonly Indicator[]
  readonly observations: readonly Pick<
    ObservationFile,
    'indicator' | 'level' | 'sexes' | 'periods'
  >[]
  readonly register: { readonly levels: readonly AreaLevel[] }
}

export type CrossRefusal =
  /** No level, as coarse as chosen or coarser but finer than the whole, has figures of both. */
  | 'no-common-level'
  /** No kind of period holds the chosen one and is released of both. */
  | 'no-common-period'
  /** Both have the kind of period, but not this one. */
  | 'period-not-released'
  | 'sex-not-published'
  /** Changes by quarter, or by term, are not to be had of both. */
  | 'frequency-not-shared'
  /** Real figures beside invented ones say nothing. */
  | 'real-beside-synthetic'

/** What is crossed of an indicator. */
export interface CrossSide {
  readonly period: PeriodCode
  /** The period that the change is counted from; null when the level of the period is crossed. */
  readonly before: PeriodCode | null
}

export interface PlannedPair {
  readonly kind: 'planned'
  readonly level: LevelId
  readonly event: CrossSide
  readonly factor: CrossSide
}

export interface RefusedPair {
  readonly kind: 'refused'
  readonly reason: CrossRefusal
}

export type CrossPair = PlannedPair | RefusedPair

export interface CrossPlan {
  readonly choice: CrossChoice
  /** Unwanted events, in the package's order. */
  readonly events: readonly Indicator[]
  /** Root causes, then protective factors, each in the package's order. */
  readonly factors: readonly Indicator[]
  /** By event, then by factor. */
  readonly pairs: readonly (readonly CrossPair[])[]
  /** What must be read, each once. */
  readonly tables: readonly { readonly indicator: IndicatorId; readonly level: LevelId }[]
}

/**
 * Which indicators are crossed, and each pair of them where and when: at the coarser of their two levels and the
 * longer of their two periods, from released totals alone. Context and ordinal classes are never crossed.
 */
export function crossPlan(source: CrossSource, choice: CrossChoice): CrossPlan {
  const ofClass = (wanted: Indicator['class']) =>
    source.indicators.filter((one) => one.class === wanted && one.measure !== 'class')
  const events = ofClass('unwanted-event')
  const factors = [...ofClass('root-cause'), ...ofClass('protective-factor')]
  const pairs = events.map((event) =>
    factors.map((factor) => planPair(source, choice, event, factor)),
  )
  const tables = new Map<string, CrossPlan['tables'][number]>()
  pairs.forEach((row, e) =>
    row.forEach((pair, f) => {
      if (pair.kind === 'refused') return
      for (const { id: indicator } of [events[e]!, factors[f]!])
        tables.set(crossTableKey(indicator, pair.level), { indicator, level: pair.level })
    }),
  )
  return { choice, events, factors, pairs, tables: [...tables.values()] }
}

/** Names a table of an indicator at a level. */
export const crossTableKey = (indicator: IndicatorId, level: LevelId): string =>
  `${level}/${indicator}`

/** Names what was asked of which release, so that an answer to something else is told apart. */
export const crossKey = (release: string, choice: CrossChoice): string =>
  JSON.stringify([
    release,
    choice.level,
    choice.period,
    choice.sex,
    choice.smoothing,
    choice.lag && [choice.lag.unit, choice.lag.steps],
  ])

/** Where and when a pair is crossed, or why it cannot be. */
export function planPair(
  { observations, register }: CrossSource,
  choice: CrossChoice,
  event: Indicator,
  factor: Indicator,
): CrossPair {
  if (event.synthetic !== factor.synthetic) return refused('real-beside-synthetic')
  const chosen = register.levels.find(({ id }) => id === choice.level)
  const fileOf = ({ id }: Indicator, level: LevelId) =>
    observations.find((file) => file.indicator === id && file.level === level)
  const common = register.levels
    .filter(({ id, rank }) => rank > 0 && chosen && (id === chosen.id || rank < chosen.rank))
    .toSorted((a, b) => b.rank - a.rank)
    .flatMap(({ id }) => {
      const [ofEvent, ofFactor] = [fileOf(event, id), fileOf(factor, id)]
      return ofEvent && ofFactor ? [{ level: id, ofEvent, ofFactor }] : []
    })[0]
  if (!common) return refused('no-common-level')
  const { level, ofEvent, ofFactor } = common
  if (!ofEvent.sexes.includes(choice.sex) || !ofFactor.sexes.includes(choice.sex))
    return refused('sex-not-published')
  const sides = choice.lag
    ? sidesOfLag(choice.period, choice.lag, ofEvent.periods, ofFactor.periods)
    : sidesOfLevel(choice.period, ofEvent.periods, ofFactor.periods)
  return 'kind' in sides ? sides : { kind: 'planned', level, ...sides }
}

const refused = (reason: CrossRefusal): RefusedPair => ({ kind: 'refused', reason })

type Sides = Pick<PlannedPair, 'event' | 'factor'>

/**
 * The chosen period, or the shortest longer one that holds it and that both have. A school year and a calendar year
 * hold neither the other; where one side knows only the former, and the other only the latter, each is taken that
 * holds the chosen period, and with a chosen year the school year that ends in it.
 */
function sidesOfLevel(
  chosen: PeriodCode,
  ofEvent: readonly PeriodCode[],
  ofFactor: readonly PeriodCode[],
): Sides | RefusedPair {
  const [kindsOfEvent, kindsOfFactor] = [kindsAmong(ofEvent), kindsAmong(ofFactor)]
  const holding = PERIOD_KINDS.flatMap((kind) => {
    const period = containingPeriod(chosen, kind)
    return period !== null && kindsOfEvent.has(kind) && kindsOfFactor.has(kind) ? [period] : []
  })
  const shared = holding.find((period) => ofEvent.includes(period) && ofFactor.includes(period))
  if (shared !== undefined) return { event: levelOf(shared), factor: levelOf(shared) }
  if (holding.length > 0) return refused('period-not-released')

  const year = containingPeriod(chosen, 'year') ?? String(periodEnd(chosen).year)
  const schoolYear =
    containingPeriod(chosen, 'school-year') ?? containingPeriod(`${year}-VT`, 'school-year')!
  const wholeYear = (kinds: ReadonlySet<PeriodKind>) =>
    kinds.has('year') === kinds.has('school-year') ? null : kinds.has('year') ? year : schoolYear
  const [event, factor] = [wholeYear(kindsOfEvent), wholeYear(kindsOfFactor)]
  if (event === null || factor === null || event === factor) return refused('no-common-period')
  return ofEvent.includes(event) && ofFactor.includes(factor)
    ? { event: levelOf(event), factor: levelOf(factor) }
    : refused('period-not-released')
}

const levelOf = (period: PeriodCode): CrossSide => ({ period, before: null })

const kindsAmong = (periods: readonly PeriodCode[]): ReadonlySet<PeriodKind> =>
  new Set(periods.flatMap((period) => kindOf(period) ?? []))

/** The event's last change in the chosen period, and the factor's so many steps before it. */
function sidesOfLag(
  chosen: PeriodCode,
  { unit, steps }: CrossLag,
  ofEvent: readonly PeriodCode[],
  ofFactor: readonly PeriodCode[],
): Sides | RefusedPair {
  if (!kindsAmong(ofEvent).has(unit) || !kindsAmong(ofFactor).has(unit))
    return refused('frequency-not-shared')
  const last =
    containingPeriod(chosen, unit) ??
    periodsBetween(unit, chosen, chosen).toSorted(comparePeriods).at(-1)
  if (last === undefined) return refused('no-common-period')
  const event: CrossSide = { period: last, before: previousPeriod(last) }
  const factor: CrossSide = {
    period: previousPeriod(last, steps),
    before: previousPeriod(last, steps + 1),
  }
  const isReleased = ({ period, before }: CrossSide, periods: readonly PeriodCode[]) =>
    periods.includes(period) && before !== null && periods.includes(before)
  return isReleased(event, ofEvent) && isReleased(factor, ofFactor)
    ? { event, factor }
    : refused('period-not-released')
}

/**
 * The same pair at another level, the finest that has it: a relation that turns between levels must be told of.
 * @param level that the pair is crossed at
 * @returns null where the two share no other level
 */
export function otherLevelPlan(
  source: CrossSource,
  choice: CrossChoice,
  event: Indicator,
  factor: Indicator,
  level: LevelId,
): { readonly plan: CrossPlan; readonly level: AreaLevel } | null {
  const others = source.register.levels
    .filter(({ id, rank }) => rank > 0 && id !== level)
    .toSorted((a, b) => b.rank - a.rank)
  for (const other of others) {
    const plan = crossPlan(
      { ...source, indicators: [event, factor] },
      { ...choice, level: other.id },
    )
    const planned = plan.pairs[0]?.[0]
    if (planned?.kind === 'planned' && planned.level === other.id) return { plan, level: other }
  }
  return null
}
