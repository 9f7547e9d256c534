import { wholeArea, type AreaId } from '../../core/area.ts'
import type { Cell } from '../../core/cell.ts'
import { crossTableKey } from '../../core/cross-plan.ts'
import type { Indicator, Sex } from '../../core/indicator.ts'
import { nearestPeriod } from '../../core/nearest-period.ts'
import {
  comparePeriods,
  kindOf,
  PERIOD_KINDS,
  type PeriodCode,
  type PeriodKind,
} from '../../core/period.ts'
import { figureOfPlace, figureOfShown, type Place, type PlaceFigure } from '../../core/place.ts'
import { directionsOf, testTrend, type ProfileTrendOutcome } from '../../core/profile-trend.ts'
import { sliceAt, type Slice } from '../../core/released-slice.ts'
import {
  compareTwo,
  compareWithRest,
  fiveStepVerdict,
  valueOf,
  type FiveStepVerdict,
} from '../../core/stats/comparison.ts'
import { periodShort } from '../../text/format.ts'
import { profileText } from '../../text/profile.ts'
import { areaSpread, type AreaSpread } from '../area-spread.ts'
import type { ReportRow, ReportTrend } from '../report.ts'
import { fileOf, placeWithFigures, type ProfileQuestion } from './profile-question.ts'
import { reportFigure } from '../report-figure.ts'

/** What a place is compared with, once it is known which areas that is. */
export type Reference =
  | { readonly kind: 'whole' }
  /** Likes of a place: those that show a figure. */
  | { readonly kind: 'similar'; readonly areas: readonly AreaId[] }
  | { readonly kind: 'area'; readonly areas: readonly AreaId[] }

export interface ProfileRow {
  readonly indicator: Indicator
  readonly row: ReportRow
  /** Null where it is not compared. */
  readonly verdict: FiveStepVerdict | null
  /** False where the figure is of a larger area around the place. */
  readonly isOwn: boolean
}

/** An indicator without any row, and why. */
export interface NotHere {
  readonly indicator: Indicator
  readonly why: string
}

interface Draft extends ProfileRow {
  readonly outcome: ProfileTrendOutcome | null
}

const MISSING: Cell = { kind: 'missing', reason: 'not-collected' }
const OUTSIDE: Cell = { kind: 'missing', reason: 'outside-period' }

/**
 * Every indicator of a place, in the register's order: its figure, what it is compared with, where it stands among all
 * areas of its level, and whether it has changed. All trends are tested together.
 */
export function profileRows(
  question: ProfileQuestion,
  place: Place,
  reference: Reference,
): { readonly rows: readonly ProfileRow[]; readonly notHere: readonly NotHere[] } {
  const drafts: Draft[] = []
  const notHere: NotHere[] = []
  for (const indicator of question.source.indicators) {
    if (indicator.ages) continue
    const drafted = draftOf(question, indicator, place, reference)
    if ('why' in drafted) notHere.push(drafted)
    else drafts.push(drafted)
  }
  const directions = directionsOf(
    drafts.map(({ outcome }) => outcome ?? { ok: false, reason: 'class' }),
  )
  return {
    rows: drafts.map(({ outcome, row, ...rest }, at) => ({
      ...rest,
      row: { ...row, trend: row.trend && trendOf(row.trend.points, outcome, directions[at]!) },
    })),
    notHere,
  }
}

function draftOf(
  question: ProfileQuestion,
  indicator: Indicator,
  place: Place,
  reference: Reference,
): Draft | NotHere {
  const { source, choice, tables } = question
  const words = profileText.notHere
  const found = placeWithFigures(source, indicator, place)
  if (!found) return { indicator, why: words.level }
  if (indicator.measure === 'class' && found.place.areas.length > 1)
    return { indicator, why: words.group }
  const { sexes, periods } = fileOf(source, indicator.id, found.place.level)!
  const sex = choice.sex
  if (!sexes.includes(sex)) return { indicator, why: words.sex(sex) }
  const period = periodOf(periods, choice.period)
  if (period === null) return { indicator, why: words.period }
  const table = tables.get(crossTableKey(indicator.id, found.place.level))
  const slice = table && sliceAt(table, sex, period)
  if (!slice) return { indicator, why: words.level }

  const at = (of: Sex, when: PeriodCode): PlaceFigure => {
    const own = sliceAt(table, of, when)
    return own ? figureOfPlace(own, indicator, found.place.areas) : { cell: OUTSIDE, sample: null }
  }
  const figure = figureOfPlace(slice, indicator, found.place.areas)
  const against = referenceAt(question, indicator, found, reference, sex, period)
  const verdict = verdictOf(indicator, figure, against, reference)
  const middle = against.figure.sample
    ? valueOf(against.figure.sample, indicator.measure, indicator.per)
    : NaN
  const spread =
    indicator.measure === 'class' || indicator.measure === 'count'
      ? null
      : areaSpread(
          indicator,
          slice,
          found.place.areas.map((area) => slice.areas.indexOf(area)),
          middle,
        )
  const hasSexes = choice.sex === 'T' && sexes.includes('K') && sexes.includes('M')
  const kind = kindOf(period)!
  const points = periods
    .filter((one) => kindOf(one) === kind && comparePeriods(one, period) <= 0)
    .toSorted(comparePeriods)
    .map((one) => ({
      period: one,
      own: at(sex, one),
      other: referenceAt(question, indicator, found, reference, sex, one).figure,
    }))
  const shown = reportFigure(figure.cell, indicator)
  return {
    indicator,
    isOwn: found.isOwn,
    verdict,
    outcome: testTrend(
      points.map(({ own }) => own.sample),
      kind,
      indicator.measure,
      indicator.per,
    ),
    row: {
      ...{ indicator: indicator.id, name: indicator.name, period, periodText: periodShort(period) },
      place: found.isOwn ? '' : placeText(question, found.place),
      unitText: indicator.unit === '%' ? '' : indicator.unit,
      figure: shown,
      reference: reportFigure(against.figure.cell, indicator),
      spine: spread && spread.shown > 0 ? spineOf(figure, spread, verdict) : null,
      verdictText: shown.kind === 'value' ? verdictText(indicator, figure, verdict, spread) : '',
      trend: {
        ...{ direction: null, word: '', explanation: '' },
        points: points.map(({ period: when, own, other }) => ({
          ...{ period: when, periodText: periodShort(when) },
          figure: reportFigure(own.cell, indicator),
          reference: reportFigure(other.cell, indicator),
        })),
      },
      women: hasSexes ? reportFigure(at('K', period).cell, indicator) : null,
      men: hasSexes ? reportFigure(at('M', period).cell, indicator) : null,
      note: [
        shown.kind === 'value' ? shown.caution : shown.reason,
        found.place.areas.length > 1 && shown.kind === 'value'
          ? profileText.pooled(found.place.areas.length)
          : '',
        against.note,
      ]
        .filter((part) => part !== '')
        .join(', '),
    },
  }
}

/** The newest of the longest kind, or what stands for the chosen period. */
function periodOf(periods: readonly PeriodCode[], chosen: PeriodCode | null): PeriodCode | null {
  if (chosen !== null) return nearestPeriod(chosen, periods)
  const kinds = periods.map((period) => kindOf(period)!)
  const longest = kinds.reduce<PeriodKind | null>(
    (most, kind) =>
      most === null || PERIOD_KINDS.indexOf(kind) > PERIOD_KINDS.indexOf(most) ? kind : most,
    null,
  )
  return (
    periods
      .filter((_, place) => kinds[place] === longest)
      .toSorted(comparePeriods)
      .at(-1) ?? null
  )
}

/** "stadsdelen Teg": whose figure it is. */
function placeText({ source: { register } }: ProfileQuestion, { level, name }: Place): string {
  const singular = register.levels.find(({ id }) => id === level)?.singular ?? level
  return profileText.parentLevel(singular, name)
}

interface Against {
  readonly figure: PlaceFigure
  readonly note: string
}

/** What a figure is compared with. A larger area around the place is compared with the whole alone. */
function referenceAt(
  { source, tables }: ProfileQuestion,
  indicator: Indicator,
  { place, isOwn }: { readonly place: Place; readonly isOwn: boolean },
  reference: Reference,
  sex: Sex,
  period: PeriodCode,
): Against {
  const none: Against = { figure: { cell: MISSING, sample: null }, note: '' }
  const sliceOf = (level: string): Slice | null => {
    const table = tables.get(crossTableKey(indicator.id, level))
    return table ? sliceAt(table, sex, period) : null
  }
  if (reference.kind === 'whole') {
    const whole = wholeArea(source.register)
    const slice = whole && sliceOf(whole.level)
    return slice ? { figure: figureOfPlace(slice, indicator, [whole.id]), note: '' } : none
  }
  const slice = isOwn && sliceOf(place.level)
  if (!slice || (indicator.measure === 'count' && reference.kind === 'similar')) return none
  if (reference.kind === 'area')
    return { figure: figureOfPlace(slice, indicator, reference.areas), note: '' }
  const { shown, ...figure } = figureOfShown(slice, indicator, reference.areas)
  const all = reference.areas.length
  return {
    figure,
    note: shown > 0 && shown < all ? profileText.comparison.fewerShown(shown, all) : '',
  }
}

/** The place is taken out of the whole before it is compared with it. */
function verdictOf(
  { measure, per, designEffect }: Indicator,
  { sample }: PlaceFigure,
  { figure: against }: Against,
  { kind }: Reference,
): FiveStepVerdict | null {
  if (!sample || !against.sample || measure === 'count') return null
  const compare = kind === 'whole' ? compareWithRest : compareTwo
  const comparison = compare(sample, against.sample, measure, per, designEffect)
  return comparison && fiveStepVerdict(comparison)
}

/** "I nivå med" only where the whole interval lies within the middle half of the areas. */
function verdictText(
  { measure }: Indicator,
  { cell }: PlaceFigure,
  verdict: FiveStepVerdict | null,
  spread: AreaSpread | null,
): string {
  const words = profileText.verdict
  if (measure === 'count') return words.count
  if (verdict === null) return words.none
  const interval = cell.kind === 'value' ? cell.interval : null
  const isLevel =
    verdict === 'uncertain' &&
    interval &&
    spread &&
    interval.lower >= spread.lowerQuartile &&
    interval.upper <= spread.upperQuartile
  return isLevel ? words.level : words[verdict]
}

function spineOf(
  { cell }: PlaceFigure,
  { others, lowerQuartile, upperQuartile, middle }: AreaSpread,
  verdict: FiveStepVerdict | null,
): ReportRow['spine'] {
  const value = cell.kind === 'value' ? cell.value : null
  const interval = cell.kind === 'value' ? cell.interval : null
  return {
    ...{ value, others, lowerQuartile, upperQuartile, middle, verdict },
    interval: interval && { lower: interval.lower, upper: interval.upper },
  }
}

function trendOf(
  points: ReportTrend['points'],
  outcome: ProfileTrendOutcome | null,
  direction: ReportTrend['direction'],
): ReportTrend | null {
  if (points.length < 2) return null
  const words = profileText.trend
  const known = points.filter(({ figure }) => figure.kind === 'value')
  return {
    points,
    direction,
    word: direction === null ? words.none : words[direction],
    explanation:
      outcome?.ok && direction
        ? words.tested(direction, outcome.value, known[0]!.period, known.at(-1)!.period)
        : outcome && !outcome.ok
          ? words.reasons[outcome.reason]
          : '',
  }
}
