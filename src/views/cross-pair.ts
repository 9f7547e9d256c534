import type { Area, AreaId, AreaLevel, AreaRegister } from '../core/area.ts'
import type { Cell, Interval } from '../core/cell.ts'
import type { CrossChoice, CrossSide } from '../core/cross-plan.ts'
import {
  crossVariable,
  isHidden,
  type CrossValuesPair,
  type CrossVariable,
  type LevelGround,
} from '../core/cross-values.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { Indicator } from '../core/indicator.ts'
import { cellAt } from '../core/released-slice.ts'
import type { CrossCell, TestedCell } from '../core/stats/crossing.ts'
import { bonettWrightInterval } from '../core/stats/rank-correlation.ts'
import { quantileOfSorted, sortedFinite } from '../core/stats/summary.ts'
import { crossText, moreOrLess, notCrossed } from '../text/cross.ts'
import { areaName, compareSwedish, formatInterval } from '../text/format.ts'
import { sv, unitCaption } from '../text/sv.ts'
import { decimalsOf, valueText } from './choropleth.ts'
import type { ColourToken } from './colour.ts'

/** With fewer areas than this a warning says so. */
export const FEW_AREAS = 30

/** Names that can stand in a scatter without hiding it. */
const MOST_NAMES = 8

const SIGNIFICANCE = 0.05

/** A third of the areas: 0 the lowest, 2 the highest. */
export type Third = 0 | 1 | 2

/** Names of the nine colours in the stylesheet: the factor's third first, then the event's. */
export type BivariateToken = `biv-${Third}${Third}`

/** An indicator of the pair at one area. */
export interface PairValue {
  /** As it is crossed: smoothed, if that was asked for and can be; a change with a lag. */
  readonly value: number
  /** As measured, with its 95 % interval; null for changes, and the interval also for classes. */
  readonly measured: number | null
  readonly interval: Interval | null
  readonly third: Third
  /** "18,2 %". */
  readonly text: string
}

export interface PairPoint {
  readonly area: AreaId
  readonly name: string
  /** Position in the level's register. */
  readonly index: number
  readonly factor: PairValue
  readonly event: PairValue
  readonly token: BivariateToken
  /** Among those that lie furthest out, whose names are written first. */
  readonly isNamed: boolean
  readonly label: string
}

export interface PairAxis {
  readonly indicator: Indicator
  /** The change since the period before is crossed, not the level of the period. */
  readonly isChange: boolean
  readonly isSmoothed: boolean
  readonly caption: string
  readonly period: string
  readonly median: number
  readonly medianText: string
  /** Between the lowest and the middle third, and between the middle and the highest. */
  readonly thirds: readonly [number, number]
  readonly decimals: number
  /** The end of an arrow on the legend: "mer klotter". */
  readonly more: string
}

export interface PairList {
  readonly kind: 'bothHigh' | 'factorHigh' | 'eventHigh' | 'bothLow'
  readonly heading: string
  readonly token: BivariateToken
  /** In alphabetical order. */
  readonly areas: readonly { readonly id: AreaId; readonly name: string }[]
}

export interface PairWarning {
  readonly code:
    | 'few-areas'
    | 'shared-denominator'
    | 'same-respondents'
    | 'reporting'
    | 'residents'
    | 'count-without-base'
    | 'different-periods'
    | 'sign-changes'
    | 'areas-not-people'
    | 'worst-chosen'
  readonly text: string
}

export interface CrossPairView {
  readonly kicker: string
  readonly title: string
  readonly sentences: readonly string[]
  /** Horizontal is the factor, vertical the event. */
  readonly factor: PairAxis
  readonly event: PairAxis
  readonly points: readonly PairPoint[]
  /** Every area of the level in register order, for the map. */
  readonly map: readonly {
    readonly area: AreaId
    readonly token: BivariateToken | Extract<ColourToken, 'hidden-ground' | 'missing-ground'>
  }[]
  readonly lists: readonly PairList[]
  readonly listNote: string
  readonly warnings: readonly PairWarning[]
}

/** A pair without a number, and why. */
export interface UncrossedPairView {
  readonly title: string
  readonly sentences: readonly string[]
}

/** One of the two indicators of a pair, with the table of the level that the pair is crossed at. */
export interface PairSource {
  readonly indicator: Indicator
  readonly table: DisclosedTable
}

export interface CrossPairQuestion {
  readonly choice: CrossChoice
  readonly register: Pick<AreaRegister, 'levels' | 'areas'>
  readonly ground: LevelGround
  readonly event: PairSource
  readonly factor: PairSource
  readonly pair: Extract<CrossValuesPair, { readonly kind: 'planned' }>
  readonly cell: TestedCell
  /** How many the matrix was corrected for. */
  readonly familySize: number
  /** The same pair at another level, if it is known. */
  readonly other?: { readonly level: AreaLevel; readonly cell: CrossCell } | null
}

/** Why there is no picture of a pair, in the same place as one. */
export function uncrossedPairView(
  event: Indicator,
  factor: Indicator,
  reason: keyof typeof notCrossed,
  counts: { readonly hidden: number; readonly missing: number } | null,
): UncrossedPairView {
  return {
    title: crossText.pair.notCrossed(event.name, factor.name),
    sentences: [
      notCrossed[reason],
      counts ? crossText.cell.counts(counts.hidden, counts.missing) : '',
    ].filter((sentence) => sentence !== ''),
  }
}

/** All that is shown of one crossed pair. */
export function crossPairView(question: CrossPairQuestion): CrossPairView {
  const { choice, register, ground, event, factor, pair, cell } = question
  const variableOf = ({ indicator, table }: PairSource, side: CrossSide) =>
    crossVariable(table, indicator, ground, side, choice.sex, choice.smoothing)
  const ofFactor = new PairSide(factor, pair.factor, variableOf(factor, pair.factor), question)
  const ofEvent = new PairSide(event, pair.event, variableOf(event, pair.event), question)
  const known = new Map(register.areas.map((area) => [area.id, area]))
  const crossed = [...ground.areas.keys()].filter((place) =>
    [ofFactor.values[place], ofEvent.values[place], ...ground.points[place]!].every(
      Number.isFinite,
    ),
  )
  ofFactor.among(crossed)
  ofEvent.among(crossed)
  const points = pointsOf(crossed, ground.areas, known, ofFactor, ofEvent)
  const tokens = new Map(points.map(({ index, token }) => [index, token]))
  const level = register.levels.find(({ id }) => id === pair.level)?.singular ?? pair.level
  const where = crossText.where(level, pair.event.period, pair.factor.period)
  const words = { event: event.indicator, factor: factor.indicator, rho: cell.rho }
  const nameOf = (place: number) => nameOfArea(known, ground.areas[place]!)
  return {
    kicker: crossText.pair.kicker(event.indicator.name, factor.indicator.name, where),
    title: crossText.pair.title(words, cell.mark, choice.lag !== null),
    sentences: sentencesOf(question, nameOf),
    factor: ofFactor.axis(),
    event: ofEvent.axis(),
    points,
    map: ground.areas.map((area, place) => ({
      area,
      token:
        tokens.get(place) ??
        (isHidden(ofFactor.status[place]!) || isHidden(ofEvent.status[place]!)
          ? 'hidden-ground'
          : 'missing-ground'),
    })),
    lists: listsOf(points, factor.indicator, event.indicator),
    listNote: crossText.pair.lists.about,
    warnings: warningsOf(question),
  }
}

const nameOfArea = (known: ReadonlyMap<AreaId, Area>, id: AreaId): string =>
  areaName(known.get(id)?.name ?? id)

/** One of the two axes, and how an area stands on it. */
class PairSide {
  readonly values: Float64Array
  readonly status: Uint8Array
  readonly indicator: Indicator
  readonly isSmoothed: boolean
  readonly #source: PairSource
  readonly #side: CrossSide
  readonly #question: CrossPairQuestion
  #sorted: Float64Array = new Float64Array()

  constructor(
    source: PairSource,
    side: CrossSide,
    { values, status, isSmoothed }: CrossVariable,
    question: CrossPairQuestion,
  ) {
    this.values = values
    this.status = status
    this.isSmoothed = isSmoothed
    this.indicator = source.indicator
    this.#source = source
    this.#side = side
    this.#question = question
  }

  /** Counts median and thirds among these areas. */
  among(places: readonly number[]): void {
    this.#sorted = sortedFinite(Float64Array.from(places, (place) => this.values[place]!))
  }

  get #thirds(): readonly [number, number] {
    return [quantileOfSorted(this.#sorted, 1 / 3), quantileOfSorted(this.#sorted, 2 / 3)]
  }

  /** How many areas lie nearer to the middle, as a share: 0 at the median, 1 at both ends. */
  distance(place: number): number {
    const value = this.values[place]!
    const below = this.#sorted.filter((other) => other < value).length
    const same = this.#sorted.filter((other) => other === value).length
    return Math.abs((2 * below + same) / this.#sorted.length - 1)
  }

  at(place: number): PairValue {
    const value = this.values[place]!
    const [low, high] = this.#thirds
    const third = value <= low ? 0 : value <= high ? 1 : 2
    const cell = this.#side.before === null ? this.#measured(place) : null
    return {
      value,
      measured: cell?.kind === 'value' ? cell.value : null,
      interval: cell?.kind === 'value' ? cell.interval : null,
      third,
      text: this.#text(value),
    }
  }

  #measured(place: number): Cell {
    const { choice, ground } = this.#question
    const { table, indicator } = this.#source
    return cellAt(table, indicator, ground.areas[place]!, this.#side.period, choice.sex)
  }

  #text(value: number): string {
    return this.#side.before === null
      ? valueText(value, this.indicator)
      : sv.differenceText(value, this.indicator.unit, decimalsOf(this.indicator))
  }

  /** "elever med minst 10 % frånvaro 18,2 % (14,1–23,0)". */
  spoken({ value, interval }: PairValue): string {
    const text = interval ? formatInterval(interval, decimalsOf(this.indicator)) : ''
    return crossText.pair.value(this.indicator.name, this.#text(value), text, this.isSmoothed)
  }

  axis(): PairAxis {
    const { indicator } = this
    const median = quantileOfSorted(this.#sorted, 0.5)
    return {
      indicator,
      isChange: this.#side.before !== null,
      isSmoothed: this.isSmoothed,
      caption: unitCaption(indicator.unit, indicator.denominatorName),
      period: this.#side.period,
      median,
      medianText: crossText.pair.median(this.#text(median)),
      thirds: this.#thirds,
      decimals: decimalsOf(indicator),
      more: moreOrLess(indicator).more,
    }
  }
}

function pointsOf(
  crossed: readonly number[],
  areas: readonly AreaId[],
  known: ReadonlyMap<AreaId, Area>,
  ofFactor: PairSide,
  ofEvent: PairSide,
): PairPoint[] {
  const furthest = new Set(
    crossed
      .map((place) => ({ place, far: ofFactor.distance(place) + ofEvent.distance(place) }))
      .toSorted((a, b) => b.far - a.far)
      .slice(0, MOST_NAMES)
      .map(({ place }) => place),
  )
  return crossed.map((place): PairPoint => {
    const [factor, event] = [ofFactor.at(place), ofEvent.at(place)]
    const name = nameOfArea(known, areas[place]!)
    return {
      ...{ area: areas[place]!, name, index: place, factor, event },
      token: `biv-${factor.third}${event.third}`,
      isNamed: furthest.has(place),
      label: crossText.pair.point(name, ofFactor.spoken(factor), ofEvent.spoken(event)),
    }
  })
}

/** Areas in the corners of the nine: high and low are the outer thirds. */
function listsOf(points: readonly PairPoint[], factor: Indicator, event: Indicator): PairList[] {
  const { lists } = crossText.pair
  const list = (kind: PairList['kind'], heading: string, token: BivariateToken): PairList => ({
    ...{ kind, heading, token },
    areas: points
      .filter((point) => point.token === token)
      .map(({ area: id, name }) => ({ id, name }))
      .toSorted((a, b) => compareSwedish(a.name, b.name)),
  })
  return [
    list('bothHigh', lists.bothHigh, 'biv-22'),
    list('factorHigh', lists.factorHigh(factor.name, event.name), 'biv-20'),
    list('eventHigh', lists.eventHigh(factor.name, event.name), 'biv-02'),
    list('bothLow', lists.bothLow, 'biv-00'),
  ]
}

/** The area that a relation hangs on: without it the interval would hold 0, or there would be nothing to measure. */
function hangsOn({
  rho,
  interval,
  n,
  effectiveN,
  leaveOneOut,
}: TestedCell): { readonly place: number; readonly without: number | null } | null {
  if (!interval || (interval.lower <= 0 && interval.upper >= 0)) return null
  const { undefinedWithout, lowest, lowestWithout, highest, highestWithout } = leaveOneOut
  if (undefinedWithout !== null) return { place: undefinedWithout, without: null }
  const [weakest, place] = rho > 0 ? [lowest, lowestWithout] : [highest, highestWithout]
  const without = bonettWrightInterval(weakest, Math.min(n, effectiveN) - 1)
  const stands = without !== null && (rho > 0 ? without.lower > 0 : without.upper < 0)
  return stands ? null : { place, without: weakest }
}

function sentencesOf(
  { choice, event, factor, cell, familySize }: CrossPairQuestion,
  nameOf: (place: number) => string,
): string[] {
  const { pair: text } = crossText
  const { rho, interval, n, p, mark, leaveOneOut } = cell
  const words = { event: event.indicator, factor: factor.indicator, rho }
  const stands = p <= SIGNIFICANCE
  const range: Interval = { lower: leaveOneOut.lowest, upper: leaveOneOut.highest, level: 1 }
  const hanging = hangsOn(cell)
  return [
    Math.abs(rho) < 0.005
      ? text.noRelation(n)
      : text.relation(words, interval, n, stands, choice.lag !== null),
    hanging
      ? text.hangsOn(nameOf(hanging.place), hanging.without)
      : stands
        ? text.hangsOnNone(range)
        : text.leftOut(range),
    stands ? text.stands(mark === 'survives', familySize) : text.falls,
    text.notCause,
  ]
}

function warningsOf({
  choice,
  event: { indicator: event },
  factor: { indicator: factor },
  pair,
  cell,
  other,
}: CrossPairQuestion): PairWarning[] {
  const { warnings: text } = crossText
  const warnings: PairWarning[] = []
  const warn = (code: PairWarning['code'], sentence: string) =>
    warnings.push({ code, text: sentence })
  if (cell.n < FEW_AREAS) warn('few-areas', text.fewAreas(cell.n))
  if (event.measure === 'survey' && factor.measure === 'survey')
    warn('same-respondents', text.sameRespondents)
  else if (event.denominatorName !== null && event.denominatorName === factor.denominatorName)
    warn('shared-denominator', text.sharedDenominator(event.denominatorName))
  if (event.measure !== 'survey') warn('reporting', text.reporting)
  if (event.measure === 'rate') warn('residents', text.residents)
  for (const one of [event, factor])
    if (one.measure === 'count') warn('count-without-base', text.countWithoutBase(one.name))
  if (choice.lag === null && pair.event.period !== pair.factor.period)
    warn('different-periods', text.differentPeriods(pair.event.period, pair.factor.period))
  if (other?.cell.kind === 'tested' && other.cell.rho * cell.rho < 0)
    warn('sign-changes', text.signChanges(other.level.singular, other.cell.rho))
  warn('areas-not-people', text.areasNotPeople)
  warn('worst-chosen', text.worstChosen)
  return warnings
}
