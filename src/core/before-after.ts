import type { AreaId } from './area.ts'
import type { Interval } from './cell.ts'
import type { Indicator } from './indicator.ts'
import {
  comparePeriods,
  kindOf,
  nextPeriod,
  PARTS_PER_YEAR,
  periodEnd,
  periodStart,
  type CalendarDay,
  type PeriodCode,
  type PeriodKind,
} from './period.ts'
import { valueOf, type Sample } from './stats/comparison.ts'
import { changeAgainstOthers, type AgainstOthers } from './stats/difference-in-differences.ts'
import type { Estimate } from './stats/paule-mandel.ts'

/*
 * Before and after, for one area against others. Periods are taken together in rounds of a whole year, so that every
 * season weighs the same before and after. The round is the least that is used: one with a hidden or missing figure
 * is left out whole, and nothing is put in its place.
 */

/**
 * Rounds before: with three a line can be drawn through them with something left over to tell it by (the trend before).
 * After: every season once, and two periods at the least, since one alone cannot be told from an odd year.
 */
export const FEWEST_ROUNDS_BEFORE = 3
export const FEWEST_PERIODS_AFTER = 2

/** Events (and, for shares, those without the property) before and after together: fewer are all chance. */
export const FEWEST_EVENTS = 20

/** Periods of a kind in a round; weeks make none. */
export const ROUND_LENGTH: Readonly<Record<PeriodKind, number | null>> = {
  ...PARTS_PER_YEAR,
  week: null,
}

export type PeriodSide = 'before' | 'introduction' | 'after' | 'ended'

/** Consecutive periods that make up one year. */
export type Round = readonly PeriodCode[]

export interface Rounds {
  /** Oldest first. */
  readonly before: readonly Round[]
  readonly after: readonly Round[]
}

/**
 * Where a period lies: a period in which any of the introduction falls belongs to neither side.
 * @param introduction the period within which the start lies, as closely as it is known: "2024-03", "2024-VT", "2024"
 * @param end the last period of the work; what begins after it is neither before nor after
 */
export function sideOf(
  period: PeriodCode,
  introduction: PeriodCode,
  end: PeriodCode | null,
): PeriodSide {
  if (dayOrder(periodEnd(period), periodStart(introduction)) < 0) return 'before'
  if (dayOrder(periodStart(period), periodEnd(introduction)) <= 0) return 'introduction'
  return end !== null && dayOrder(periodStart(period), periodEnd(end)) > 0 ? 'ended' : 'after'
}

const dayOrder = (a: CalendarDay, b: CalendarDay): number =>
  a.year - b.year || a.month - b.month || a.day - b.day

/**
 * The whole years before and after that the periods of a kind make up, counted from the introduction outwards; what is
 * left over at either end makes no whole year.
 * @param periods of one kind; between the first and the last none is taken to be left out
 */
export function roundsOf(
  periods: readonly PeriodCode[],
  introduction: PeriodCode,
  end: PeriodCode | null,
): Rounds {
  const sorted = periods.toSorted(comparePeriods)
  const [first, last] = [sorted[0], sorted.at(-1)]
  const kind = first && kindOf(first)
  const length = kind ? ROUND_LENGTH[kind] : null
  if (first === undefined || last === undefined || length === null) return { before: [], after: [] }
  const line: PeriodCode[] = []
  for (let period = first; comparePeriods(period, last) <= 0; period = nextPeriod(period))
    line.push(period)
  const onSide = (side: PeriodSide): PeriodCode[] =>
    line.filter((period) => sideOf(period, introduction, end) === side)
  const before = onSide('before')
  const after = onSide('after')
  const cut = (from: readonly PeriodCode[], start: number): Round[] =>
    Array.from({ length: Math.floor(from.length / length) }, (_, place) =>
      from.slice(start + place * length, start + (place + 1) * length),
    )
  return { before: cut(before, before.length % length), after: cut(after, 0) }
}

/** The fewest rounds after the start for periods of a kind. */
export const fewestRoundsAfter = (roundLength: number): number =>
  Math.ceil(FEWEST_PERIODS_AFTER / roundLength)

/** Why a kind's periods do not make up whole years enough on either side of the start; null where they do. */
export function roundsLacking(
  rounds: Rounds,
  kind: PeriodKind | null,
): 'no-rounds' | 'too-few-rounds-before' | 'too-few-rounds-after' | null {
  const length = kind && ROUND_LENGTH[kind]
  if (!length) return 'no-rounds'
  if (rounds.before.length < FEWEST_ROUNDS_BEFORE) return 'too-few-rounds-before'
  return rounds.after.length < fewestRoundsAfter(length) ? 'too-few-rounds-after' : null
}

/** Figures of one area by period: null where it is hidden or missing. */
export type SamplesOf = (area: AreaId, period: PeriodCode) => Sample | null

export interface BeforeAfterQuestion {
  readonly indicator: Pick<Indicator, 'measure' | 'per' | 'designEffect' | 'periodAggregation'>
  /** Of one kind. */
  readonly periods: readonly PeriodCode[]
  readonly introduction: PeriodCode
  readonly end: PeriodCode | null
  readonly area: AreaId
  /** Areas to compare with, nearest first. */
  readonly others: readonly AreaId[]
  /** At most so many of them are used. */
  readonly mostOthers: number
  readonly sampleOf: SamplesOf
}

/**
 * Too early: the figures do not reach far enough yet, or not far enough back. The rest cannot be mended by waiting
 * alone: hidden and missing figures, small numbers, too few areas to compare with.
 */
export type BeforeAfterUndefined =
  | 'too-few-rounds-before'
  | 'too-few-rounds-after'
  | 'hidden-before'
  | 'hidden-after'
  | 'too-few-events'
  | 'too-few-comparison-areas'
  | 'no-rounds'
  | 'class'

/** Changes of rates and counts are ratios; those of shares and surveys are differences in the unit. */
export type ChangeScale = 'ratio' | 'difference'

export interface BeforeAfterFinding {
  readonly scale: ChangeScale
  /** In logarithms where the scale is a ratio, otherwise in the indicator's unit. */
  readonly against: AgainstOthers
  /** The area's own mean before and after, per period, in the indicator's unit. */
  readonly before: number
  readonly after: number
  /** What the area would have had after, if it had changed as the others did on average. */
  readonly expected: number
  /** After less expected, in the indicator's unit; the interval is that of the change, at the expected level. */
  readonly difference: number
  readonly interval: Interval
  readonly rounds: Rounds
  /** In order. */
  readonly others: readonly AreaId[]
  /** Those who have a hidden or missing figure in a round that is used, and those with too few events. */
  readonly leftOut: { readonly hidden: readonly AreaId[]; readonly fewEvents: readonly AreaId[] }
  /** The area's change per round before the start less that of the others; null where it cannot be tested. */
  readonly earlierTrend: AgainstOthers | null
}

export type BeforeAfterOutcome =
  | { readonly ok: true; readonly value: BeforeAfterFinding }
  | {
      readonly ok: false
      readonly reason: BeforeAfterUndefined
      /** All whole years there are, whether they could be used or not. */
      readonly rounds: Rounds
      /** How many others could be used. */
      readonly others: number
    }

/**
 * One area's change from before to after the start, against that of other areas: difference in differences on one
 * change an area. Rates and counts are compared as ratios: ln of (events + ½)/base after less before, with variance
 * 1/(events + ½) of each side, since areas at different levels that follow the same wave change by the same share.
 * Shares and surveys as differences, with the variance p̃(1 − p̃)/n of each side at p̃ = (count + 1)/(base + 2)
 * (Agresti & Caffo, The American Statistician 54 (2000) 280), n divided by the survey's design effect. Stocks count
 * much the same persons in every period: their n is that of one.
 */
export function beforeAfter(question: BeforeAfterQuestion): BeforeAfterOutcome {
  const { indicator, area, others, sampleOf, mostOthers } = question
  const all = roundsOf(question.periods, question.introduction, question.end)
  const fail = (reason: BeforeAfterUndefined, usable = 0): BeforeAfterOutcome => ({
    ...{ ok: false, reason, rounds: all, others: usable },
  })
  if (indicator.measure === 'class') return fail('class')
  const kind = question.periods[0] === undefined ? null : kindOf(question.periods[0])
  const lacking = roundsLacking(all, kind)
  if (lacking) return fail(lacking)
  const isShown = (of: AreaId, round: Round): boolean =>
    round.every((period) => sampleOf(of, period) !== null)
  const rounds: Rounds = {
    before: all.before.filter((round) => isShown(area, round)),
    after: all.after.filter((round) => isShown(area, round)),
  }
  if (rounds.before.length < FEWEST_ROUNDS_BEFORE) return fail('hidden-before')
  if (roundsLacking(rounds, kind)) return fail('hidden-after')
  const partOf = (of: AreaId, which: readonly Round[]): Part => {
    const periods = which.flat()
    const samples = periods.map((period) => sampleOf(of, period)!)
    return {
      count: samples.reduce((sum, { count }) => sum + count, 0),
      base:
        indicator.measure === 'count'
          ? periods.length
          : samples.reduce((sum, { base }) => sum + base, 0),
      periods: periods.length,
    }
  }
  const own = { before: partOf(area, rounds.before), after: partOf(area, rounds.after) }
  if (!hasEvents(own, indicator)) return fail('too-few-events')
  const used: { id: AreaId; change: Estimate }[] = []
  const leftOut: { hidden: AreaId[]; fewEvents: AreaId[] } = { hidden: [], fewEvents: [] }
  for (const id of others) {
    if (used.length === mostOthers) break
    if (![...rounds.before, ...rounds.after].every((round) => isShown(id, round))) {
      leftOut.hidden.push(id)
      continue
    }
    const parts = { before: partOf(id, rounds.before), after: partOf(id, rounds.after) }
    if (hasEvents(parts, indicator)) used.push({ id, change: changeOf(parts, indicator) })
    else leftOut.fewEvents.push(id)
  }
  const change = changeOf(own, indicator)
  const against = changeAgainstOthers(
    change,
    used.map((one) => one.change),
  )
  if (!against) return fail('too-few-comparison-areas', used.length)
  const slopeOf = (of: AreaId): Estimate =>
    slope(
      rounds.before.map((round) => levelOf(partOf(of, [round]), indicator)),
      rounds.before.map((round) => place(all.before, round)),
    )
  const scale = scaleOf(indicator)
  const before = meanOf(own.before, indicator)
  const after = meanOf(own.after, indicator)
  const expected =
    scale === 'ratio' ? after * Math.exp(-against.difference) : after - against.difference
  const inUnit = (value: number): number =>
    scale === 'ratio' ? expected * Math.expm1(value) : value
  return {
    ok: true,
    value: {
      ...{ scale, against, before, after, expected, rounds, leftOut },
      difference: inUnit(against.difference),
      interval: {
        lower: inUnit(against.interval.lower),
        upper: inUnit(against.interval.upper),
        level: against.interval.level,
      },
      others: used.map(({ id }) => id),
      earlierTrend: changeAgainstOthers(
        slopeOf(area),
        used.map(({ id }) => slopeOf(id)),
      ),
    },
  }
}

/** Several periods of one area, added up. */
interface Part extends Sample {
  readonly periods: number
}

interface Parts {
  readonly before: Part
  readonly after: Part
}

type Measured = BeforeAfterQuestion['indicator']

export const scaleOf = ({ measure }: Pick<Indicator, 'measure'>): ChangeScale =>
  measure === 'rate' || measure === 'count' ? 'ratio' : 'difference'

/** Per period, in the indicator's unit. */
const meanOf = (part: Part, { measure, per }: Measured): number =>
  measure === 'count' ? part.count / part.periods : valueOf(part, measure, per)

/** In how many of its periods a person is counted: once each where events are, in all of them where persons are. */
const timesCounted = (part: Part, { measure, periodAggregation }: Measured): number =>
  periodAggregation === 'mean' && measure !== 'survey' ? part.periods : 1

function hasEvents({ before, after }: Parts, indicator: Measured): boolean {
  const events = (of: (part: Part) => number): number =>
    of(before) / timesCounted(before, indicator) + of(after) / timesCounted(after, indicator)
  return (
    events(({ count }) => count) >= FEWEST_EVENTS &&
    (scaleOf(indicator) === 'ratio' || events(({ count, base }) => base - count) >= FEWEST_EVENTS)
  )
}

function levelOf(part: Part, indicator: Measured): Estimate {
  const times = timesCounted(part, indicator)
  if (scaleOf(indicator) === 'ratio')
    return {
      value: Math.log((part.count + 0.5) / part.base),
      variance: times / (part.count + 0.5),
    }
  const { per, designEffect } = indicator
  const near = (part.count + 1) / (part.base + 2)
  return {
    value: (per * part.count) / part.base,
    variance: (per ** 2 * near * (1 - near) * times * designEffect) / part.base,
  }
}

function changeOf({ before, after }: Parts, indicator: Measured): Estimate {
  const [earlier, later] = [levelOf(before, indicator), levelOf(after, indicator)]
  return { value: later.value - earlier.value, variance: later.variance + earlier.variance }
}

const place = (rounds: readonly Round[], round: Round): number => rounds.indexOf(round)

/** Least squares through estimates at times, with the variance that theirs give it. */
function slope(levels: readonly Estimate[], times: readonly number[]): Estimate {
  const middle = times.reduce((sum, time) => sum + time, 0) / times.length
  const squares = times.reduce((sum, time) => sum + (time - middle) ** 2, 0)
  let [value, variance] = [0, 0]
  levels.forEach((level, index) => {
    const weight = (times[index]! - middle) / squares
    value += weight * level.value
    variance += weight ** 2 * level.variance
  })
  return { value, variance }
}
