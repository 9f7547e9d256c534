import { wholeArea, type AreaId, type AreaLevel, type LevelId } from './area.ts'
import type { Indicator, IndicatorId, Sex } from './indicator.ts'
import {
  comparePeriods,
  containingPeriod,
  kindOf,
  PERIOD_KINDS,
  periodStart,
  type PeriodCode,
  type PeriodKind,
} from './period.ts'
import type { IncidentCategory, ObservationFile, PackageIndex, ReleaseId } from './release.ts'
import type { ViewState } from './view-state.ts'

/** What is shown: every choice made, each of them existing in the package. */
export interface ResolvedView extends Omit<
  ViewState,
  'release' | 'indicator' | 'level' | 'period' | 'incidents'
> {
  readonly release: ReleaseId
  readonly indicator: Indicator
  readonly level: AreaLevel
  readonly period: PeriodCode
  /** A period before `period` and of its kind when a change is displayed, otherwise null. */
  readonly since: PeriodCode | null
  /** The file of the indicator at the level. */
  readonly observations: ObservationFile
  /** The municipality's own figures of the indicator, with this sex and period; null where there are none. */
  readonly municipality: ObservationFile | null
  readonly incidents: readonly IncidentCategory[]
}

export type ViewNoteCode =
  /** asked, shown */
  | 'other-release'
  /** asked, shown */
  | 'indicator-unknown'
  /** asked, shown: the indicator exists but the package holds no figures of it */
  | 'indicator-without-figures'
  /** asked, shown */
  | 'level-unknown'
  /** asked, shown (level ids) */
  | 'level-not-available'
  /** asked, shown */
  | 'period-not-available'
  /** asked, shown */
  | 'sex-not-available'
  /** areas: the ids joined by ", " */
  | 'areas-unknown'
  /** areas: the ids joined by ", "; they belong to another level */
  | 'areas-of-other-level'
  /** reason: "measure" or "display" */
  | 'smoothing-not-applicable'
  /** reason: "measure", "level" or "municipality" */
  | 'difference-not-available'
  /** reason: "measure" or "period" */
  | 'change-not-available'
  /** asked, shown */
  | 'since-not-available'
  | 'own-breaks-missing'
  /** categories: the ids joined by ", " */
  | 'incidents-unknown'
  /** categories: the ids joined by ", "; never published as hexagons */
  | 'hexagons-not-available'
  /** The package holds no figures at all. */
  | 'nothing-to-show'

/** Why the view is not the one that the link asked for. */
export interface ViewNote {
  readonly code: ViewNoteCode
  readonly parameters: Readonly<Record<string, string | number>>
}

type Note = (code: ViewNoteCode, parameters?: ViewNote['parameters']) => void

/**
 * Decides what to show from what a link asks for and what the package holds. Never throws; where the link cannot be
 * followed the nearest thing is shown and a note says so. The view is null only when the package holds no figures.
 *
 * Left to the package: its start indicator and level, and the newest period of the longest kind (years before
 * months: the calm first view).
 */
export function resolveView(
  state: ViewState,
  index: PackageIndex,
): { view: ResolvedView | null; notes: ViewNote[] } {
  const notes: ViewNote[] = []
  const note: Note = (code, parameters = {}) => void notes.push({ code, parameters })

  if (state.release !== null && state.release !== index.release.id)
    note('other-release', { asked: state.release, shown: index.release.id })
  const indicator = chooseIndicator(state, index, note)
  const chosen = indicator && chooseLevel(state, index, indicator, note)
  if (!indicator || !chosen) {
    note('nothing-to-show')
    return { view: null, notes }
  }
  const { level, observations } = chosen
  const period = choosePeriod(state.period, observations, indicator, note)
  const sex = chooseSex(state.sex, observations, note)
  const municipality = municipalityFile(index, indicator, level, period, sex)
  const { display, since } = chooseDisplay(
    { ...state, period, sex },
    { indicator, level, observations, municipality },
    note,
  )
  const { incidents, incidentShape } = chooseIncidents(state, index, note)
  return {
    view: {
      ...state,
      release: index.release.id,
      indicator,
      level,
      observations,
      municipality,
      period,
      sex,
      display,
      since,
      smoothing: chooseSmoothing(state, indicator, display, note),
      breaks: chooseBreaks(state, note),
      areas: chooseAreas(state.areas, index, level, note),
      incidents,
      incidentShape,
    },
    notes,
  }
}

function chooseIndicator(state: ViewState, index: PackageIndex, note: Note): Indicator | null {
  const levels = new Set(index.register.levels.map(({ id }) => id))
  const usable = ({ id }: Indicator): boolean =>
    index.observations.some(
      ({ indicator, level, periods, sexes }) =>
        indicator === id && levels.has(level) && periods.length > 0 && sexes.length > 0,
    )
  const find = (wanted: string | null) =>
    index.indicators.find((indicator) => indicator.id === wanted && usable(indicator))
  const asked = find(state.indicator)
  if (asked) return asked
  const shown = find(index.start.indicator) ?? index.indicators.find(usable) ?? null
  if (state.indicator !== null && shown !== null)
    note(
      index.indicators.some(({ id }) => id === state.indicator)
        ? 'indicator-without-figures'
        : 'indicator-unknown',
      { asked: state.indicator, shown: shown.id },
    )
  return shown
}

interface ChosenLevel {
  readonly level: AreaLevel
  readonly observations: ObservationFile
}

/** The asked level, or the nearest in rank that the indicator has; of two as near, the finer. */
function chooseLevel(
  state: ViewState,
  index: PackageIndex,
  indicator: Indicator,
  note: Note,
): ChosenLevel | null {
  const levels = index.register.levels
  const asked = levels.find(({ id }) => id === state.level)
  const wanted = asked ?? levels.find(({ id }) => id === index.start.level)
  const wantedRank = wanted?.rank ?? 1
  const candidates: ChosenLevel[] = levels.flatMap((level) => {
    const observations = index.observations.find(
      (file) => file.indicator === indicator.id && file.level === level.id && file.periods.length,
    )
    return observations ? [{ level, observations }] : []
  })
  const distance = ({ level }: ChosenLevel) => Math.abs(level.rank - wantedRank)
  const chosen =
    candidates.toSorted((a, b) => distance(a) - distance(b) || b.level.rank - a.level.rank)[0] ??
    null
  if (state.level !== null && chosen && chosen.level.id !== state.level)
    note(asked ? 'level-not-available' : 'level-unknown', {
      asked: state.level,
      shown: chosen.level.id,
    })
  return chosen
}

function choosePeriod(
  asked: PeriodCode | null,
  { periods }: ObservationFile,
  indicator: Indicator,
  note: Note,
): PeriodCode {
  if (asked !== null && periods.includes(asked)) return asked
  const shown =
    (asked !== null && kindOf(asked) !== null && nearestPeriod(asked, periods)) ||
    newestPeriod(periods, indicator.plan.periodChain)
  if (asked !== null) note('period-not-available', { asked, shown })
  return shown
}

/** The nearest in time of the same kind, otherwise the shortest period that contains the asked one. */
function nearestPeriod(asked: PeriodCode, periods: readonly PeriodCode[]): PeriodCode | undefined {
  const kind = kindOf(asked)
  const sameKind = periods.filter((period) => kindOf(period) === kind)
  if (sameKind.length > 0)
    return sameKind.reduce((best, period) =>
      daysApart(period, asked) < daysApart(best, asked) ? period : best,
    )
  return PERIOD_KINDS.map((containing) => containingPeriod(asked, containing)).find(
    (containing): containing is PeriodCode => containing !== null && periods.includes(containing),
  )
}

function newestPeriod(periods: readonly PeriodCode[], chain: readonly PeriodKind[]): PeriodCode {
  for (const kind of chain.toReversed()) {
    const newest = latest(periods.filter((period) => kindOf(period) === kind))
    if (newest !== undefined) return newest
  }
  return latest(periods.filter((period) => kindOf(period) !== null)) ?? periods[0]!
}

const latest = (periods: readonly PeriodCode[]): PeriodCode | undefined =>
  periods.toSorted(comparePeriods).at(-1)

function daysApart(a: PeriodCode, b: PeriodCode): number {
  const [first, second] = [periodStart(a), periodStart(b)]
  const day = ({ year, month, day }: typeof first) => Date.UTC(year, month - 1, day) / 86_400_000
  return Math.abs(day(first) - day(second))
}

function chooseSex(asked: Sex, { sexes }: ObservationFile, note: Note): Sex {
  if (sexes.includes(asked)) return asked
  const shown = sexes.includes('T') ? 'T' : (sexes[0] ?? 'T')
  note('sex-not-available', { asked, shown })
  return shown
}

function municipalityFile(
  index: PackageIndex,
  indicator: Indicator,
  level: AreaLevel,
  period: PeriodCode,
  sex: Sex,
): ObservationFile | null {
  const whole = index.register.levels.find(({ rank }) => rank === 0)
  if (!whole || whole.id === level.id) return null
  return (
    index.observations.find(
      (file) =>
        file.indicator === indicator.id &&
        file.level === whole.id &&
        file.periods.includes(period) &&
        file.sexes.includes(sex),
    ) ?? null
  )
}

function chooseDisplay(
  state: Pick<ViewState, 'display' | 'since' | 'sex'> & { readonly period: PeriodCode },
  shown: Pick<ResolvedView, 'indicator' | 'level' | 'observations' | 'municipality'>,
  note: Note,
): Pick<ResolvedView, 'display' | 'since'> {
  const value = { display: 'value', since: null } as const
  const { measure } = shown.indicator
  if (state.display === 'difference') {
    const reason =
      measure === 'count' || measure === 'class'
        ? 'measure'
        : shown.level.rank === 0
          ? 'level'
          : shown.municipality === null
            ? 'municipality'
            : null
    if (reason === null) return { display: 'difference', since: null }
    note('difference-not-available', { reason })
  }
  if (state.display === 'change') {
    if (measure === 'class') {
      note('change-not-available', { reason: 'measure' })
      return value
    }
    const since = chooseSince(state.since, state.period, shown.observations.periods, note)
    if (since !== null) return { display: 'change', since }
    note('change-not-available', { reason: 'period' })
  }
  return value
}

/** The asked earlier period, or the nearest one to a year before, so that seasons do not pass for change. */
function chooseSince(
  asked: PeriodCode | null,
  period: PeriodCode,
  periods: readonly PeriodCode[],
  note: Note,
): PeriodCode | null {
  const kind = kindOf(period)
  if (kind === null) return null
  const earlier = periods
    .filter((other) => kindOf(other) === kind && comparePeriods(other, period) < 0)
    .toSorted(comparePeriods)
  if (asked !== null && earlier.includes(asked)) return asked
  const year = 365.25
  const shown = earlier.reduce<PeriodCode | null>(
    (best, other) =>
      best === null ||
      Math.abs(daysApart(other, period) - year) <= Math.abs(daysApart(best, period) - year)
        ? other
        : best,
    null,
  )
  if (asked !== null && shown !== null) note('since-not-available', { asked, shown })
  return shown
}

function chooseSmoothing(
  state: ViewState,
  { measure }: Indicator,
  display: ResolvedView['display'],
  note: Note,
): ResolvedView['smoothing'] {
  if (state.smoothing === 'raw') return 'raw'
  const reason =
    measure !== 'share' && measure !== 'rate' ? 'measure' : display !== 'value' ? 'display' : null
  if (reason === null) return 'smoothed'
  note('smoothing-not-applicable', { reason })
  return 'raw'
}

function chooseBreaks(state: ViewState, note: Note): ResolvedView['breaks'] {
  if (state.breaks !== 'own' || state.ownBreaks.length >= 2) return state.breaks
  note('own-breaks-missing')
  return 'quantile'
}

function chooseAreas(
  asked: readonly AreaId[],
  index: PackageIndex,
  level: AreaLevel,
  note: Note,
): AreaId[] {
  if (asked.length === 0) return []
  const levelOf = new Map(index.register.areas.map((area) => [area.id, area.level]))
  const kept: AreaId[] = []
  const unknown: AreaId[] = []
  const elsewhere: AreaId[] = []
  for (const area of new Set(asked)) {
    const found = levelOf.get(area)
    if (found === level.id) kept.push(area)
    else if (found === undefined) unknown.push(area)
    else elsewhere.push(area)
  }
  if (unknown.length > 0) note('areas-unknown', { areas: unknown.join(', ') })
  if (elsewhere.length > 0) note('areas-of-other-level', { areas: elsewhere.join(', ') })
  return kept
}

/** Hexagons and columns stand on the hexagon file, which holds only categories that point at a place. */
function chooseIncidents(
  state: ViewState,
  { incidents: files }: PackageIndex,
  note: Note,
): Pick<ResolvedView, 'incidents' | 'incidentShape'> {
  const asked = [...new Set((state.incidents ?? '').split('+').filter((id) => id !== ''))]
  const categories = files?.categories ?? []
  const known = asked.flatMap((id) => categories.find((category) => category.id === id) ?? [])
  if (known.length < asked.length)
    note('incidents-unknown', {
      categories: asked.filter((id) => !known.some((category) => category.id === id)).join(', '),
    })
  // Events of one's own are hexagons alone: their counts by area are an indicator.
  const onlyPlaces = files !== null && files.counts.length === 0
  const shape = onlyPlaces && state.incidentShape === 'areas' ? 'hexagons' : state.incidentShape
  if (shape === 'areas' || known.length === 0) return { incidents: known, incidentShape: shape }
  const placed = files?.hexagons ? known.filter(({ hexagons }) => hexagons) : []
  if (placed.length < known.length)
    note('hexagons-not-available', {
      categories: known
        .filter((category) => !placed.includes(category))
        .map(({ id }) => id)
        .join(', '),
    })
  return placed.length > 0
    ? { incidents: placed, incidentShape: shape }
    : { incidents: known, incidentShape: 'areas' }
}

/** The table of a view, and the municipality's. */
export function tablesOf(
  view: ResolvedView,
  { register, observations }: PackageIndex,
): [IndicatorId, LevelId][] {
  const wanted: [IndicatorId, LevelId][] = [[view.indicator.id, view.level.id]]
  const whole = wholeArea(register)?.level
  const hasWhole = observations.some(
    (file) => file.indicator === view.indicator.id && file.level === whole,
  )
  if (whole && hasWhole && whole !== view.level.id) wanted.push([view.indicator.id, whole])
  return wanted
}
