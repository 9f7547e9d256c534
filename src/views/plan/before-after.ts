import {
  areasAtLevel,
  lineage,
  wholeArea,
  type AreaId,
  type AreaRegister,
  type LevelId,
} from '../../core/area.ts'
import {
  beforeAfter,
  FEWEST_EVENTS,
  ROUND_LENGTH,
  roundsLacking,
  roundsOf,
  sideOf,
  type BeforeAfterFinding,
  type BeforeAfterOutcome,
  type BeforeAfterUndefined,
  type PeriodSide,
} from '../../core/before-after.ts'
import {
  fewestAfter,
  fewestBefore,
  periodsLacking,
  wholeBeforeAfter,
  type WholeFinding,
} from '../../core/before-after-whole.ts'
import type { Cell } from '../../core/cell.ts'
import type { DisclosedTable } from '../../core/disclosure/gate.ts'
import type { Indicator, Sex } from '../../core/indicator.ts'
import {
  comparePeriods,
  kindOf,
  periodsBetween,
  type PeriodCode,
  type PeriodKind,
} from '../../core/period.ts'
import { tellingsOf } from '../../core/plan-period.ts'
import type { ActivityPlan, Effort, PlanPeriod } from '../../core/plan.ts'
import { cellAt, samplesOf } from '../../core/released-slice.ts'
import { FEWEST_COMPARISON_AREAS } from '../../core/stats/difference-in-differences.ts'
import { beforeAfterText as text } from '../../text/before-after.ts'
import {
  areaName,
  formatInterval,
  formatNumber,
  formatSigned,
  periodShort,
} from '../../text/format.ts'
import { sv, unitOf } from '../../text/sv.ts'
import { cellWord, decimalsOf, valueText } from '../choropleth.ts'
import {
  wholeEarlierText,
  wholeEstimate,
  wholeLeftOut,
  wholeVerdict,
} from './whole-before-after.ts'
import { contextNames, namedSimilarAreas, type ContextColumn } from '../similar-context.ts'

/** At most so many comparison areas: further ones are less and less like the area. */
export const MOST_COMPARISON_AREAS = 12
/** A trend before the start is called different below this p. */
const PARTED = 0.05

export interface BeforeAfterRequest {
  readonly plan: ActivityPlan
  readonly effort: Effort
  readonly area: AreaId
  readonly indicator: Indicator
  readonly register: AreaRegister
  /** Of the indicator, at the area's level. */
  readonly table: DisclosedTable
  /** What areas may be alike in, at the same level: `contextColumns`. */
  readonly context: readonly ContextColumn[]
  readonly kind: PeriodKind
  readonly sex: Sex
}

export type BeforeAfterVerdict =
  'too-early' | 'cannot-tell' | 'uncertain' | 'higher' | 'lower' | 'parted-before'

export interface BeforeAfterPeriod {
  readonly period: PeriodCode
  readonly label: string
  readonly side: PeriodSide
  readonly sideText: string
  /** Whether its figures are part of what is compared. */
  readonly isUsed: boolean
  readonly cell: Cell
  /** Mean of the comparison areas; null where one of them is hidden or missing, or where there are none. */
  readonly comparison: number | null
  /** The area's value less that; null where either is. */
  readonly difference: number | null
  /** As they stand in a table; what is hidden or missing is a word, what is not compared a dash. */
  readonly words: {
    readonly value: string
    readonly interval: string
    readonly comparison: string
    readonly difference: string
  }
}

export interface BeforeAfterView {
  readonly heading: string
  readonly subtitle: string
  /** "Syntetiska demonstrationsdata" where figures are invented; else nothing. */
  readonly synthetic: string
  readonly start: string
  /** The area's name. */
  readonly ownName: string
  /** Of the figures: "%", "per 1 000 invånare". */
  readonly unitText: string
  /** Oldest first, none left out between the first and the last. */
  readonly periods: readonly BeforeAfterPeriod[]
  readonly comparisonName: string
  /** Where there is little room. */
  readonly comparisonShort: string
  readonly verdict: { readonly kind: BeforeAfterVerdict; readonly text: string }
  /** Why there is no verdict; nothing where there is one. */
  readonly why: string
  readonly estimate: {
    /** In the indicator's unit. */
    readonly difference: number
    readonly lower: number
    readonly upper: number
    readonly unit: string
    readonly sentences: readonly string[]
  } | null
  /** Where the plan expects it to go, beside how the indicator is read. */
  readonly direction: readonly string[]
  /** Stands beside every verdict: the trend before, regression to the mean, that it tells no cause. */
  readonly beside: readonly string[]
  /** Which areas it is compared with and why, and which are left out. */
  readonly comparedWith: readonly string[]
  readonly leftOut: readonly string[]
}

/**
 * Whether an indicator has moved in an area since an intervention began, beyond areas without it. Tells what the
 * figures have done, never what the intervention has.
 */
export function beforeAfterView(request: BeforeAfterRequest): BeforeAfterView {
  const { effort, area, indicator, register, table, kind, sex } = request
  const periods = lineOf(table.periods, kind)
  const timing = timingOf(effort)
  const placed = placeOf(request, table.level)
  const comparison = comparisonOf(request, placed.withWork)
  const outcome =
    timing === null || placed.obstacle !== null || placed.isAllOfIt
      ? null
      : beforeAfter({
          ...{ indicator, periods, ...timing, area, others: comparison.others },
          mostOthers: comparison.most,
          sampleOf: samplesOf(table, sex),
        })
  const found = outcome?.ok ? outcome.value : null
  const whole =
    timing !== null && placed.isAllOfIt
      ? wholeBeforeAfter({ indicator, periods, ...timing, area, sampleOf: samplesOf(table, sex) })
      : null
  const course = whole?.ok ? whole.value : null
  const obstacle = timing === null ? text.noStart : placed.obstacle
  const nameOf = (id: AreaId): string =>
    areaName(register.areas.find((one) => one.id === id)?.name ?? id)
  const marks =
    placed.obstacle === text.notShown
      ? []
      : periods.map((period) => markOf(request, period, timing, found, course))
  return {
    heading: text.heading,
    subtitle: text.subtitle(indicator.name, nameOf(area)),
    synthetic: indicator.synthetic ? sv.synthetic : '',
    ownName: nameOf(area),
    unitText: unitOf(indicator.unit, indicator.denominatorName),
    start: timing === null ? text.noStart : text.start(timing.words),
    periods: marks,
    ...(placed.isAllOfIt
      ? { comparisonName: text.whole.course, comparisonShort: text.whole.courseShort }
      : { comparisonName: text.comparison, comparisonShort: text.comparisonShort }),
    verdict: whole ? wholeVerdict(whole) : verdictOf(outcome),
    why:
      whole && !whole.ok
        ? text.whole.notTold(whole.reason, fewestBefore(kind), fewestAfter(kind))
        : (obstacle ?? (outcome && !outcome.ok ? whyNot(outcome.reason, kind) : '')),
    estimate: course
      ? wholeEstimate(course, indicator, kind)
      : found && estimateOf(found, indicator),
    direction: directionOf(effort, indicator),
    beside: [
      ...(found ? [earlierTrendText(found)] : []),
      ...(course ? [wholeEarlierText(course, indicator, kind)] : []),
      text.regressionToTheMean,
      ...(found ? [text.noCause] : []),
      ...(course ? [text.whole.noCause] : []),
    ],
    comparedWith: found
      ? comparedWith(request, found, comparison, placed.withWork, nameOf)
      : placed.isAllOfIt
        ? [text.wholeMunicipality, text.whole.ownCourse]
        : [],
    leftOut: whole ? wholeLeftOut(marks, whole.ok) : leftOutOf(periods, timing, outcome, marks),
  }
}

/**
 * Whether a question can have a verdict, as far as the plan and the periods of its file tell: where the work is, and
 * that there are periods enough on both sides of the start. Hidden figures may stand in its way all the same.
 */
export function mayBeJudged(
  question: Pick<BeforeAfterRequest, 'effort' | 'area' | 'register' | 'kind'> & {
    readonly level: LevelId
    /** All that the indicator has at the level. */
    readonly periods: readonly PeriodCode[]
  },
): boolean {
  const { effort, level, kind } = question
  const timing = timingOf(effort)
  const { obstacle, isAllOfIt } = placeOf(question, level)
  if (timing === null || obstacle !== null || ROUND_LENGTH[kind] === null) return false
  const { introduction, end } = timing
  const periods = lineOf(question.periods, kind)
  const lacking = isAllOfIt
    ? periodsLacking(periods, kind, introduction, end)
    : roundsLacking(roundsOf(periods, introduction, end), kind)
  return lacking === null
}

interface Timing {
  readonly introduction: PeriodCode
  readonly end: PeriodCode | null
  readonly words: string
}

/** By the telling that it is counted with, or the first that says a start. */
function timingOf(effort: Effort): Timing | null {
  for (const { period } of tellingsOf(effort))
    if (period.start !== null)
      return {
        introduction: stretch(period.start, period.startTerm),
        end: period.end === null ? null : stretch(period.end, period.endTerm),
        words: period.text,
      }
  return null
}

/** The year in which an effort starts; null where the plan does not say. */
export const startOf = (effort: Effort): number | null => {
  const timing = timingOf(effort)
  return timing && Number(timing.introduction.slice(0, 4))
}

/** The period that a plan's date stands for: a term its half of the year, a year the whole of it. */
const stretch = (date: string, term: PlanPeriod['startTerm']): PeriodCode =>
  term !== null && date.length === 4 ? `${date}-${term}` : date

interface Placed {
  /** Why there is nothing to compare; null where there is. */
  readonly obstacle: string | null
  /** All of the municipality has the work, and it is looked at as a whole: against its own past. */
  readonly isAllOfIt: boolean
  /** Areas of the level where the work is, wholly or in part. */
  readonly withWork: ReadonlySet<AreaId>
}

function placeOf(
  { effort, area, register }: Pick<BeforeAfterRequest, 'effort' | 'area' | 'register'>,
  level: LevelId,
): Placed {
  const tellings = tellingsOf(effort)
  const kinds = new Set(tellings.map(({ places }) => places.kind))
  const named = new Set(
    tellings.flatMap(({ places }) => (places.kind === 'areas' ? places.areas : [])),
  )
  const withWork = new Set(
    areasAtLevel(register, level)
      .map(({ id }) => id)
      .filter(
        (id) => lineage(register, id).some((one) => named.has(one)) || holds(register, id, named),
      ),
  )
  const obstacle = kinds.has('not-shown')
    ? text.notShown
    : kinds.has('whole')
      ? text.wholeMunicipality
      : named.size === 0
        ? text.placeUnknown
        : withWork.has(area)
          ? null
          : text.notHere
  const isAllOfIt = obstacle === text.wholeMunicipality && wholeArea(register)?.id === area
  return { obstacle: isAllOfIt ? null : obstacle, isAllOfIt, withWork }
}

const holds = (register: AreaRegister, id: AreaId, named: ReadonlySet<AreaId>): boolean =>
  [...named].some((one) => lineage(register, one).includes(id))

interface ComparisonAreas {
  readonly others: readonly AreaId[]
  readonly most: number
  readonly areSimilar: boolean
}

function comparisonOf(
  { register, table, area, context }: BeforeAfterRequest,
  withWork: ReadonlySet<AreaId>,
): ComparisonAreas {
  const isWithout = (id: AreaId): boolean => id !== area && !withWork.has(id)
  const similar = namedSimilarAreas(register, table.level, area, context, table.areas.length)
  if (similar === null)
    return { others: table.areas.filter(isWithout), most: Infinity, areSimilar: false }
  return {
    others: similar.map(({ id }) => id).filter(isWithout),
    most: MOST_COMPARISON_AREAS,
    areSimilar: true,
  }
}

/** All periods of a kind from a table's first to its last, whether it has them or not. */
function lineOf(all: readonly PeriodCode[], kind: PeriodKind): readonly PeriodCode[] {
  const own = all.filter((period) => kindOf(period) === kind).toSorted(comparePeriods)
  const [first, last] = [own[0], own.at(-1)]
  return first === undefined || last === undefined ? [] : periodsBetween(kind, first, last)
}

function markOf(
  { table, indicator, area, sex }: BeforeAfterRequest,
  period: PeriodCode,
  timing: Timing | null,
  found: BeforeAfterFinding | null,
  course: WholeFinding | null,
): BeforeAfterPeriod {
  const side = timing ? sideOf(period, timing.introduction, timing.end) : 'before'
  const used = found ? [...found.rounds.before, ...found.rounds.after].flat() : []
  const cells = (found?.others ?? []).map((id) => cellAt(table, indicator, id, period, sex))
  const values = cells.flatMap((cell) => (cell.kind === 'value' ? [cell.value] : []))
  const cell = cellAt(table, indicator, area, period, sex)
  const comparison = course
    ? (course.course.get(period) ?? null)
    : values.length > 0 && values.length === cells.length
      ? values.reduce((sum, value) => sum + value, 0) / values.length
      : null
  const difference = cell.kind === 'value' && comparison !== null ? cell.value - comparison : null
  return {
    ...{ period, label: periodShort(period), side, sideText: text.sides[side] },
    ...{
      isUsed: course ? course.course.has(period) : used.includes(period),
      cell,
      comparison,
      difference,
    },
    words: wordsOf(cell, comparison, difference, indicator),
  }
}

function wordsOf(
  cell: Cell,
  comparison: number | null,
  difference: number | null,
  indicator: Indicator,
): BeforeAfterPeriod['words'] {
  const { none } = text.table
  const own = decimalsOf(indicator)
  const decimals = meanDecimals(indicator)
  const interval = cell.kind === 'value' ? cell.interval : null
  return {
    value: cell.kind === 'value' ? formatNumber(cell.value, own) : cellWord(cell),
    interval: interval ? formatInterval(interval, own) : none,
    comparison: comparison === null ? none : formatNumber(comparison, decimals),
    difference: difference === null ? none : formatSigned(difference, decimals),
  }
}

/** One more than the indicator's own: means of counts are seldom whole. */
export const meanDecimals = (indicator: Indicator): number => Math.max(1, decimalsOf(indicator))

const isTooEarly = (reason: BeforeAfterUndefined): boolean =>
  reason === 'too-few-rounds-after' || reason === 'too-few-rounds-before'

function verdictOf(outcome: BeforeAfterOutcome | null): BeforeAfterView['verdict'] {
  if (outcome === null) return { kind: 'cannot-tell', text: text.cannotTell }
  if (!outcome.ok)
    return isTooEarly(outcome.reason)
      ? { kind: 'too-early', text: text.tooEarly }
      : { kind: 'cannot-tell', text: text.cannotTell }
  const { interval, earlierTrend } = outcome.value
  if (interval.lower <= 0 && interval.upper >= 0) return { kind: 'uncertain', text: text.uncertain }
  if (earlierTrend && earlierTrend.p < PARTED)
    return { kind: 'parted-before', text: text.partedBefore }
  return interval.lower > 0
    ? { kind: 'higher', text: text.different.up }
    : { kind: 'lower', text: text.different.down }
}

const whyNot = (reason: BeforeAfterUndefined, kind: PeriodKind): string =>
  text.notTold(
    reason,
    kind,
    reason === 'too-few-comparison-areas' ? FEWEST_COMPARISON_AREAS : FEWEST_EVENTS,
  )

function estimateOf(
  { before, after, expected, difference, interval, against, scale }: BeforeAfterFinding,
  indicator: Indicator,
): NonNullable<BeforeAfterView['estimate']> {
  const decimals = meanDecimals(indicator)
  const inUnit = (value: number): string => valueText(value, indicator, decimals)
  const percent = (logarithm: number): number => 100 * Math.expm1(logarithm)
  const { measure, unit } = indicator
  return {
    ...{ difference, lower: interval.lower, upper: interval.upper },
    unit: measure === 'count' ? '' : unit,
    sentences: [
      text.estimate(
        { before: inUnit(before), after: inUnit(after) },
        inUnit(expected),
        formatSigned(difference, decimals),
        formatInterval(interval, decimals),
      ),
      ...(scale === 'ratio'
        ? [
            text.ratio(
              formatSigned(percent(against.difference), 0),
              formatInterval(
                {
                  ...against.interval,
                  lower: percent(against.interval.lower),
                  upper: percent(against.interval.upper),
                },
                0,
              ),
            ),
          ]
        : []),
      text.asFar(against.asFar, against.others),
    ],
  }
}

const earlierTrendText = ({ earlierTrend }: BeforeAfterFinding): string =>
  earlierTrend === null
    ? text.earlierTrend.unknown
    : earlierTrend.p < PARTED
      ? text.earlierTrend.seen
      : text.earlierTrend.notSeen

function directionOf(effort: Effort, indicator: Indicator): string[] {
  const expected = tellingsOf(effort)
    .flatMap(({ followUpMeasures }) => followUpMeasures)
    .find((measure) => measure.indicator === indicator.id && measure.expected !== null)?.expected
  const isOpposed =
    (expected === 'up' && indicator.polarity === 'lower-better') ||
    (expected === 'down' && indicator.polarity === 'higher-better')
  return [
    text.expected[expected ?? 'none'],
    text.polarity(sv.polarity[indicator.polarity]),
    ...(isOpposed ? [text.opposed] : []),
  ]
}

function comparedWith(
  { plan, area, context }: BeforeAfterRequest,
  { others, leftOut }: BeforeAfterFinding,
  { areSimilar }: ComparisonAreas,
  withWork: ReadonlySet<AreaId>,
  nameOf: (id: AreaId) => string,
): string[] {
  const names = others.map(nameOf)
  const alsoWithWork = [...withWork].filter((id) => id !== area).map(nameOf)
  return [
    areSimilar
      ? text.similar(names.length, names, contextNames(context))
      : text.allOthers(names.length, names),
    ...(alsoWithWork.length > 0 ? [text.withWork(alsoWithWork)] : []),
    ...(leftOut.hidden.length > 0 ? [text.hiddenOthers(leftOut.hidden.map(nameOf))] : []),
    ...(leftOut.fewEvents.length > 0 ? [text.fewEvents(leftOut.fewEvents.map(nameOf))] : []),
    ...(plan.ordinaryWork.length > 0 ? [text.ordinaryWork] : []),
    text.spillOver,
  ]
}

function leftOutOf(
  periods: readonly PeriodCode[],
  timing: Timing | null,
  outcome: BeforeAfterOutcome | null,
  marks: readonly BeforeAfterPeriod[],
): string[] {
  if (!timing || !outcome) return []
  const on = (side: PeriodSide): string[] =>
    marks.filter((mark) => mark.side === side).map(({ label }) => label)
  const all = roundsOf(periods, timing.introduction, timing.end)
  const inRounds = new Set([...all.before, ...all.after].flat())
  const isBeside = ({ side }: BeforeAfterPeriod): boolean => side === 'before' || side === 'after'
  const labels = (isKept: (mark: BeforeAfterPeriod) => boolean): string[] =>
    marks.filter((mark) => isBeside(mark) && isKept(mark)).map(({ label }) => label)
  const remainder = labels(({ period }) => !inRounds.has(period))
  const hidden = outcome.ok ? labels(({ period, isUsed }) => inRounds.has(period) && !isUsed) : []
  const kind = periods[0] === undefined ? null : kindOf(periods[0])
  const isPartOfYear = kind !== null && (ROUND_LENGTH[kind] ?? 0) > 1
  return [
    ...[on('introduction')].filter(isSome).map(text.introduction),
    ...(isPartOfYear ? [text.seasons] : []),
    ...[remainder].filter(isSome).map(text.remainder),
    ...[hidden].filter(isSome).map(text.hiddenRounds),
    ...[on('ended')].filter(isSome).map(text.ended),
  ]
}

const isSome = (items: readonly string[]): boolean => items.length > 0
