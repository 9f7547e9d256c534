import { areasAtLevel, type AreaId, type AreaRegister, type LevelId } from '../core/area.ts'
import { STATUS_VALUE, type Cell, type Interval } from '../core/cell.ts'
import { crossTableKey } from '../core/cross-plan.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import { groupBy } from '../core/group-by.ts'
import type { Indicator, IndicatorClass, IndicatorId, Sex } from '../core/indicator.ts'
import { nearestPeriod } from '../core/nearest-period.ts'
import type { PeriodCode } from '../core/period.ts'
import type { ObservationFile } from '../core/release.ts'
import { cellOf, sliceAt, valuesOf, type Slice } from '../core/released-slice.ts'
import {
  compareWithRest,
  fiveStepVerdict,
  type FiveStepVerdict,
  type Sample,
} from '../core/stats/comparison.ts'
import { areaSignsText } from '../text/area-signs.ts'
import { areaName, compareSwedish, formatInterval, listed } from '../text/format.ts'
import { sv } from '../text/sv.ts'
import { areaSpread, type AreaSpread } from './area-spread.ts'
import { cellWord, decimalsOf, valueText } from './choropleth.ts'
import { contextColumns, contextNames, namedSimilarAreas } from './similar-context.ts'

type SignClass = Exclude<IndicatorClass, 'context'>

/** Symptoms first, then what lies behind them and what protects. */
const CLASSES: readonly SignClass[] = ['unwanted-event', 'root-cause', 'protective-factor']

/** How many likes of an area are named. */
const MOST_SIMILAR = 3

/**
 * What can be said of an area against the rest of its municipality. "level" is said only where the whole interval lies
 * within the middle half of the areas; an interval that covers the municipality and more than that says nothing.
 */
export type SignVerdict = FiveStepVerdict | 'level' | 'unsure' | 'count' | 'none'

/** Of a package, what decides what an area's signs are and at which level they are known. */
export interface SignSource {
  readonly register: AreaRegister
  readonly indicators: readonly Indicator[]
  readonly observations: readonly Pick<
    ObservationFile,
    'indicator' | 'level' | 'sexes' | 'periods'
  >[]
}

export interface SignQuestion extends SignSource {
  /** By crossTableKey: those of `signTables` that have been read. */
  readonly tables: ReadonlyMap<string, DisclosedTable>
  readonly level: LevelId
  readonly period: PeriodCode
  readonly sex: Sex
  /** Null, or of another level: none is chosen yet. */
  readonly area: AreaId | null
}

export interface SignRow {
  readonly indicator: Indicator
  readonly kind: 'value' | 'hidden' | 'missing' | 'not-here'
  /** In the indicator's unit; null without one. */
  readonly value: number | null
  readonly interval: Interval | null
  /** "18,2 %", "dold", "saknas"; nothing where it is not known here. */
  readonly valueText: string
  readonly intervalText: string
  /** What the value is of, where the name does not say: "per 1 000". */
  readonly unitText: string
  readonly verdict: SignVerdict | null
  readonly verdictText: string
  /** Whether a certain difference is for the better; null where none is certain, or neither is better. */
  readonly favour: 'favourable' | 'unfavourable' | null
  readonly favourText: string
  /** How far from the municipality, in the spread of the areas; what the order goes by. */
  readonly distance: number
  readonly spread: AreaSpread | null
  /** "kommunen 14,2 %", and "14,2 %" alone. */
  readonly middleText: string
  readonly middleShort: string
  /** How many areas show a value, and how many hide or lack one. */
  readonly spreadText: string
  readonly gapsText: string
  /** Where it is not the chosen one. */
  readonly periodText: string
  readonly period: PeriodCode | null
  /** Why there is no value, or what to be careful with. */
  readonly note: string
  /** All of it, for those who listen. */
  readonly label: string
}

export interface SignGroup {
  readonly class: SignClass
  readonly heading: string
  readonly rows: readonly SignRow[]
  /** Indicators that are not known here, by why: "Redovisas per stadsdel, inte här, …". */
  readonly elsewhere: readonly { readonly note: string; readonly names: string }[]
}

export interface SimilarAreaView {
  readonly id: AreaId
  readonly name: string
  readonly distanceText: string
}

export interface AreaSignsView {
  readonly about: string
  /** All of the level, in alphabetical order. */
  readonly areas: readonly { readonly id: AreaId; readonly name: string }[]
  /** Null before one is chosen. */
  readonly area: { readonly id: AreaId; readonly name: string } | null
  readonly sentences: readonly string[]
  /** Symptoms. */
  readonly events: SignGroup
  /** Root causes, then protective factors. */
  readonly factors: readonly SignGroup[]
  /** Most alike first; null where that cannot be told. */
  readonly similar: {
    readonly about: string
    readonly areas: readonly SimilarAreaView[]
  } | null
  /** How many tables have been read of those asked for. */
  readonly read: number
  readonly all: number
}

interface TableName {
  readonly indicator: IndicatorId
  readonly level: LevelId
}

/** What must be read for the signs of a level's areas: its own tables, and the municipality's. */
export function signTables(source: SignSource, level: LevelId): readonly TableName[] {
  const whole = wholeLevel(source)
  return source.indicators
    .filter(({ measure }) => measure !== 'class')
    .flatMap(({ id: indicator }) =>
      hasFile(source, indicator, level)
        ? [level, ...(whole !== null && whole !== level ? [whole] : [])]
            .filter((one) => hasFile(source, indicator, one))
            .map((one) => ({ indicator, level: one }))
        : [],
    )
}

/**
 * An area's symptoms beside its causes and protective factors, each against the rest of the municipality and among
 * all areas of its level: the list of signs that the workshop in Uppsala asked for. What stands out comes first. A
 * hidden, a missing and an unknown figure are told apart, and nothing is taken from another level.
 */
export function areaSigns(question: SignQuestion): AreaSignsView {
  const { register, level, period, sex, tables } = question
  const areas = areasAtLevel(register, level).map(({ id, name }) => ({ id, name: areaName(name) }))
  const area = areas.find(({ id }) => id === question.area) ?? null
  const wanted = signTables(question, level)
  const groupOf = (own: SignClass): SignGroup => {
    const rows = area ? rowsOf(question, own, area.id) : []
    const elsewhere = rows.filter(({ kind }) => kind === 'not-here')
    return {
      class: own,
      heading: sv.classes[own],
      rows: rows.filter(({ kind }) => kind !== 'not-here'),
      elsewhere: groupBy(elsewhere, ({ note }) => note).map((alike) => ({
        note: alike[0]!.note,
        names: listed(alike.map(({ indicator: { name } }) => name)),
      })),
    }
  }
  const [events, ...factors] = CLASSES.map(groupOf) as [SignGroup, ...SignGroup[]]
  const singular = register.levels.find(({ id }) => id === level)?.singular ?? level
  return {
    about: areaSignsText.about(singular, period, sex),
    areas: areas.toSorted((a, b) => compareSwedish(a.name, b.name)),
    ...{ area, events, factors },
    sentences: area ? sentencesOf(area.name, [events, ...factors]) : [],
    similar: area && similarTo(question, area.id),
    read: wanted.filter(({ indicator, level: at }) => tables.has(crossTableKey(indicator, at)))
      .length,
    all: wanted.length,
  }
}

const wholeLevel = ({ register }: SignSource): LevelId | null =>
  register.levels.find(({ rank }) => rank === 0)?.id ?? null

const hasFile = (source: SignSource, indicator: IndicatorId, level: LevelId): boolean =>
  source.observations.some((file) => file.indicator === indicator && file.level === level)

function rowsOf(question: SignQuestion, own: SignClass, area: AreaId): SignRow[] {
  return question.indicators
    .filter((indicator) => indicator.class === own && indicator.measure !== 'class')
    .map((indicator) => rowOf(question, indicator, area))
    .toSorted(
      (a, b) =>
        standing(a) - standing(b) ||
        b.distance - a.distance ||
        compareSwedish(a.indicator.name, b.indicator.name),
    )
}

/** Certain differences, then likely ones, then the rest that can be compared; what has no value comes last. */
function standing({ kind, verdict }: SignRow): number {
  if (kind !== 'value') return { hidden: 4, missing: 5, 'not-here': 6 }[kind]
  if (verdict === 'much-higher' || verdict === 'much-lower') return 0
  if (verdict === 'higher' || verdict === 'lower') return 1
  return verdict === 'count' || verdict === 'none' ? 3 : 2
}

function rowOf(question: SignQuestion, indicator: Indicator, area: AreaId): SignRow {
  const { level, sex, period: chosen, tables } = question
  const file = question.observations.find(
    (one) => one.indicator === indicator.id && one.level === level,
  )
  if (!file) return notHere(indicator, whereKnown(question, indicator))
  if (!file.sexes.includes(sex)) return notHere(indicator, areaSignsText.noSex(sex))
  const period = nearestPeriod(chosen, file.periods)
  if (period === null) return notHere(indicator, areaSignsText.noPeriod)
  const table = tables.get(crossTableKey(indicator.id, level))
  const slice = table && sliceAt(table, sex, period)
  if (!slice) return notHere(indicator, areaSignsText.notRead)
  const whole = wholeLevel(question)
  const ofWhole = whole === null ? undefined : tables.get(crossTableKey(indicator.id, whole))
  const wholeSlice = (ofWhole && sliceAt(ofWhole, sex, period)) ?? null
  return knownRow(indicator, slice, wholeSlice, slice.areas.indexOf(area), chosen)
}

/** The levels that an indicator is known at, and that nothing is taken from them. */
function whereKnown({ register, observations }: SignQuestion, { id }: Indicator): string {
  const levels = register.levels
    .filter(({ rank }) => rank > 0)
    .filter((level) => observations.some((one) => one.indicator === id && one.level === level.id))
  return levels.length === 0
    ? areaSignsText.notKnown
    : areaSignsText.knownAt(levels.map(({ singular }) => singular))
}

const NOTHING = {
  ...{ value: null, interval: null, valueText: '', intervalText: '', verdict: null },
  ...{ verdictText: '', favour: null, favourText: '', distance: 0, spread: null },
  ...{
    middleText: '',
    middleShort: '',
    spreadText: '',
    gapsText: '',
    periodText: '',
    period: null,
  },
} as const

function notHere(indicator: Indicator, note: string): SignRow {
  const label = areaSignsText.label([indicator.name, note])
  return { ...NOTHING, indicator, kind: 'not-here', unitText: '', note, label }
}

function knownRow(
  indicator: Indicator,
  slice: Slice,
  whole: Slice | null,
  place: number,
  chosen: PeriodCode,
): SignRow {
  const text = areaSignsText
  const cell: Cell =
    place < 0 ? { kind: 'missing', reason: 'not-collected' } : cellOf(slice, place, indicator)
  const ofWhole = whole ? valuesOf(whole, indicator)[0]! : NaN
  const spread = areaSpread(indicator, slice, [place], ofWhole)
  const value = cell.kind === 'value' ? cell.value : null
  const interval = cell.kind === 'value' ? cell.interval : null
  const verdict =
    cell.kind === 'value' ? verdictOf(indicator, slice, whole, place, cell, spread) : null
  const favour = favourOf(indicator, verdict)
  const middle = Number.isFinite(spread.middle) ? valueText(spread.middle, indicator) : ''
  const words = {
    valueText: value === null ? cellWord(cell) : valueText(value, indicator),
    intervalText: interval ? formatInterval(interval, decimalsOf(indicator)) : '',
    unitText: indicator.unit === '%' ? '' : indicator.unit,
    verdictText: verdict ? text.verdict[verdict === 'uncertain' ? 'unsure' : verdict] : '',
    favourText: favour ? text.favour[favour] : '',
    middleText: middle && (spread.isReference ? text.municipality : text.median)(middle),
    middleShort: middle,
    spreadText: text.spread(spread.shown),
    gapsText: text.gaps(spread.hidden, spread.missing),
    periodText: slice.period === chosen ? '' : text.ofPeriod(slice.period),
    note: noteOf(cell),
  }
  return {
    ...{ indicator, kind: cell.kind, value, interval, verdict, favour, ...words },
    distance: value === null ? 0 : distanceOf(value, spread),
    spread: spread.shown > 0 ? spread : null,
    period: slice.period,
    label: text.label([
      indicator.name,
      `${words.valueText}${words.unitText && value !== null ? ` ${words.unitText}` : ''}`,
      words.intervalText && `${sv.table.interval} ${words.intervalText}`,
      words.verdictText,
      words.favourText,
      words.middleText,
      value === null ? '' : text.quarter[quarterOf(value, spread)],
      words.spreadText,
      words.gapsText,
      words.periodText,
      words.note,
    ]),
  }
}

function noteOf(cell: Cell): string {
  if (cell.kind === 'hidden') return sv.cell.hiddenLong[cell.rule]
  if (cell.kind === 'missing') return areaSignsText.missing(cell.reason)
  return cell.caution ? sv.cell.caution[cell.caution] : ''
}

const sampleAt = (slice: Slice, place: number): Sample => ({
  count: slice.numerator[place]!,
  base: slice.denominator[place]!,
})

/** The area is taken out of the municipality before it is compared with it, as on the map. */
function verdictOf(
  { measure, per, designEffect }: Indicator,
  slice: Slice,
  whole: Slice | null,
  place: number,
  { interval }: Extract<Cell, { readonly kind: 'value' }>,
  { lowerQuartile, upperQuartile }: AreaSpread,
): SignVerdict {
  if (measure === 'count') return 'count'
  if (whole?.status[0] !== STATUS_VALUE) return 'none'
  const [area, total] = [sampleAt(slice, place), sampleAt(whole, 0)]
  const comparison = compareWithRest(area, total, measure, per, designEffect)
  if (!comparison) return 'none'
  const verdict = fiveStepVerdict(comparison)
  if (verdict !== 'uncertain') return verdict
  return interval && interval.lower >= lowerQuartile && interval.upper <= upperQuartile
    ? 'level'
    : 'unsure'
}

function favourOf({ polarity }: Indicator, verdict: SignVerdict | null): SignRow['favour'] {
  if (polarity === 'neutral' || verdict === null) return null
  const isHigher = verdict === 'higher' || verdict === 'much-higher'
  if (!isHigher && verdict !== 'lower' && verdict !== 'much-lower') return null
  return isHigher === (polarity === 'higher-better') ? 'favourable' : 'unfavourable'
}

/** From the municipality, in half the width of the middle half of the areas; 0 where they do not differ. */
function distanceOf(value: number, { middle, lowerQuartile, upperQuartile }: AreaSpread): number {
  const width = (upperQuartile - lowerQuartile) / 2
  return width > 0 ? Math.abs(value - middle) / width : 0
}

const quarterOf = (value: number, { lowerQuartile, upperQuartile }: AreaSpread) =>
  value < lowerQuartile ? 'lowest' : value > upperQuartile ? 'highest' : 'middle'

function sentencesOf(name: string, groups: readonly SignGroup[]): string[] {
  const { summary } = areaSignsText
  const compared = groups
    .flatMap(({ rows }) => rows)
    .filter(({ verdict }) => verdict !== null && verdict !== 'none' && verdict !== 'count')
  if (compared.length === 0) return [summary.nothing(name)]
  const certain = compared.filter((row) => standing(row) === 0)
  const namesOf = ({ rows }: SignGroup, verdict: SignVerdict) =>
    rows.filter((row) => row.verdict === verdict).map(({ indicator }) => indicator)
  return [
    summary.differs(name, certain.length, compared.length),
    ...(certain.length === 0
      ? []
      : groups
          .filter(({ rows }) => rows.some((row) => standing(row) <= 2))
          .map((group) =>
            summary.ofClass({
              class: group.class,
              higher: namesOf(group, 'much-higher'),
              lower: namesOf(group, 'much-lower'),
            }),
          )),
    summary.byChance(compared.length),
    summary.notCause,
  ]
}

function similarTo(question: SignQuestion, area: AreaId): AreaSignsView['similar'] {
  const { register, level } = question
  const columns = contextColumns(question)
  const areas = namedSimilarAreas(register, level, area, columns, MOST_SIMILAR)
  return (
    areas && {
      about: areaSignsText.similar.about(contextNames(columns)),
      areas: areas.map(({ id, name, distance }) => ({
        ...{ id, name },
        distanceText: areaSignsText.similar.distance(distance),
      })),
    }
  )
}
