import { areasAtLevel, type Area, type AreaRegister } from '../core/area.ts'
import type { Cell, Interval } from '../core/cell.ts'
import { STATUS_VALUE } from '../core/cell.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { Indicator, Sex } from '../core/indicator.ts'
import { kindOf, type PeriodCode } from '../core/period.ts'
import {
  cellAt,
  cellOf,
  sliceAt,
  smoothedValues,
  valuesOf,
  type Slice,
} from '../core/released-slice.ts'
import {
  classOf,
  equalBreaks,
  naturalBreaks,
  quantileBreaks,
  roundBreaks,
} from '../core/stats/class-breaks.ts'
import {
  compareTwo,
  compareWithRest,
  FIVE_STEP_VERDICTS,
  fiveStepVerdict,
  type Comparison,
  type FiveStepVerdict,
  type Sample,
} from '../core/stats/comparison.ts'
import type { BreakMethod, ResolvedView } from '../core/view-state.ts'
import { areaName, formatInterval, formatNumber, formatSigned, withUnit } from '../text/format.ts'
import { sv } from '../text/sv.ts'
import { sequentialTokens, type ColourToken } from './colour.ts'

export const VERDICT_TOKENS: Readonly<Record<FiveStepVerdict, ColourToken>> = {
  'much-lower': 'div-low-2',
  lower: 'div-low-1',
  uncertain: 'div-unsure',
  higher: 'div-high-1',
  'much-higher': 'div-high-2',
}

/** How values become classes. Verdict classes are about certainty and have no breaks. */
export type ClassScale =
  | {
      readonly kind: 'breaks'
      /** Ascending, one more than there are classes. */
      readonly breaks: readonly number[]
      readonly tokens: readonly ColourToken[]
    }
  | { readonly kind: 'verdicts' }

/** One area as the map, the list and the table show it. */
export interface AreaMark {
  /** Position in the level's register. */
  readonly index: number
  readonly area: Area
  readonly name: string
  readonly cell: Cell
  /** What the scale classifies: a value, a smoothed value, a difference or a change; NaN without one. */
  readonly shown: number
  readonly shownInterval: Interval | null
  readonly classIndex: number | null
  readonly token: ColourToken
  readonly valueText: string
  /** As valueText without its unit, for columns whose heading says the unit. */
  readonly shortText: string
  readonly intervalText: string
  /** Against the rest of the municipality, or against the earlier period; null when it cannot be told. */
  readonly verdict: FiveStepVerdict | null
  readonly verdictText: string
  /** Why there is no value, or what to be careful with. */
  readonly note: string
  readonly baseText: string
  readonly numerator: number
  readonly denominator: number
}

export interface Choropleth {
  readonly indicator: Indicator
  readonly view: ResolvedView
  readonly scale: ClassScale
  readonly decimals: number
  readonly marks: readonly AreaMark[]
  /** The whole municipality in the shown period; null where the package has none. */
  readonly municipality: {
    readonly cell: Cell
    readonly value: number
    readonly text: string
  } | null
  readonly counts: { readonly value: number; readonly hidden: number; readonly missing: number }
}

/** Decimals that suit a unit: whole counts and classes, one decimal for shares and rates. */
export function decimalsOf(indicator: Indicator): number {
  return indicator.measure === 'count' || indicator.measure === 'class' ? 0 : 1
}

/** "18,2 %", "3,1" (the unit of a rate stands in the caption), "12". */
export function valueText(
  value: number,
  indicator: Indicator,
  decimals = decimalsOf(indicator),
): string {
  const text = formatNumber(value, decimals)
  return indicator.unit === '%' ? withUnit(text, '%') : text
}

/** Values of one map on the raw or the smoothed scale; NaN where there is none. */
function mapValues(
  slice: Slice,
  indicator: Indicator,
  smoothing: 'raw' | 'smoothed',
): Float64Array {
  if (smoothing === 'smoothed')
    return smoothedValues(slice, indicator) ?? valuesOf(slice, indicator)
  return valuesOf(slice, indicator)
}

/** Classes that hold for all periods are made from a whole table, and asked for at every switch to it. */
const valuesOfTables = new WeakMap<DisclosedTable, Map<string, Float64Array>>()

/**
 * The values that class breaks are made from, ascending: all periods of the shown kind when the classes are fixed
 * over time, else the shown period alone. Hidden and missing cells are not among them.
 */
export function valuesForBreaks(
  table: DisclosedTable,
  indicator: Indicator,
  sex: Sex,
  period: PeriodCode,
  smoothing: 'raw' | 'smoothed',
  fixed: boolean,
): Float64Array {
  const make = () => pooledValues(table, indicator, sex, period, smoothing, fixed)
  return fixed ? memo(valuesOfTables, table, [kindOf(period), sex, smoothing].join(), make) : make()
}

function pooledValues(
  table: DisclosedTable,
  indicator: Indicator,
  sex: Sex,
  period: PeriodCode,
  smoothing: 'raw' | 'smoothed',
  fixed: boolean,
): Float64Array {
  const kind = kindOf(period)
  const periods = fixed ? table.periods.filter((code) => kindOf(code) === kind) : [period]
  const parts: number[] = []
  for (const code of periods) {
    const slice = sliceAt(table, sex, code)
    if (!slice) continue
    for (const value of mapValues(slice, indicator, smoothing))
      if (!Number.isNaN(value)) parts.push(value)
  }
  return Float64Array.from(parts).sort()
}

/** What was made for an owner under a key, made once; gone with its owner. */
function memo<Owner extends object, Made>(
  known: WeakMap<Owner, Map<string, Made>>,
  owner: Owner,
  key: string,
  make: () => Made,
): Made {
  let ofOwner = known.get(owner)
  if (!ofOwner) known.set(owner, (ofOwner = new Map()))
  let made = ofOwner.get(key)
  if (made === undefined) ofOwner.set(key, (made = make()))
  return made
}

const BREAKS_OF = { quantile: quantileBreaks, natural: naturalBreaks, equal: equalBreaks }

/**
 * Edges as people read them: inner ones at the decimals that values are shown with, the ends outwards to a round
 * number. The classes are then what the rounded edges say. Where rounding would make two edges one, the edges are
 * rounded as far as no value changes class.
 */
function readableBreaks(
  breaks: readonly number[],
  values: Float64Array,
  decimals: number,
): readonly number[] {
  const [low, high] = [breaks[0], breaks[breaks.length - 1]]
  if (low === undefined || high === undefined || !(high > low)) return breaks
  const round = (value: number) => Number(value.toFixed(decimals))
  const step = 10 ** Math.floor(Math.log10((high - low) / 10))
  const rounded = [
    Number((Math.floor(low / step) * step).toFixed(6)),
    ...breaks.slice(1, -1).map(round),
    Number((Math.ceil(high / step) * step).toFixed(6)),
  ]
  const ascending = rounded.every((edge, index) => index === 0 || edge > rounded[index - 1]!)
  return ascending ? rounded : roundBreaks(breaks, values)
}

const scalesOfValues = new WeakMap<Float64Array, Map<string, ClassScale>>()

/**
 * Classes for a set of values, their edges rounded to readable numbers.
 * @param own the edges that the analyst wrote, used with the method "own"
 */
export function breakScale(
  values: Float64Array,
  indicator: Indicator,
  method: BreakMethod,
  classCount: number,
  own: readonly number[],
): ClassScale {
  return memo(scalesOfValues, values, [indicator.id, method, classCount, ...own].join(), () =>
    makeScale(values, indicator, method, classCount, own),
  )
}

function makeScale(
  values: Float64Array,
  indicator: Indicator,
  method: BreakMethod,
  classCount: number,
  own: readonly number[],
): ClassScale {
  if (indicator.measure === 'class') {
    const highest = values.reduce((most, value) => Math.max(most, value), 5)
    const breaks = Array.from({ length: highest + 1 }, (_, position) => position + 0.5)
    return { kind: 'breaks', breaks, tokens: sequentialTokens(highest) }
  }
  const breaks =
    method === 'own'
      ? own
      : readableBreaks(BREAKS_OF[method](values, classCount), values, decimalsOf(indicator))
  return { kind: 'breaks', breaks, tokens: sequentialTokens(breaks.length - 1) }
}

/**
 * Everything that the map, the list, the distribution and the table show of one indicator at one moment.
 * @param whole the same indicator for the whole municipality, where it is released
 */
export function choropleth(
  register: AreaRegister,
  indicator: Indicator,
  table: DisclosedTable,
  whole: DisclosedTable | null,
  view: ResolvedView,
  breaks: ClassScale,
): Choropleth {
  const decimals = decimalsOf(indicator)
  const scale: ClassScale = view.display === 'value' ? breaks : { kind: 'verdicts' }
  const slice = sliceAt(table, view.sex, view.period)
  const before = view.since ? sliceAt(table, view.sex, view.since) : null
  const wholeSlice = whole ? sliceAt(whole, view.sex, view.period) : null
  const smoothed = slice ? mapValues(slice, indicator, view.smoothing) : null
  const counts = { value: 0, hidden: 0, missing: 0 }

  const setting: MarkSetting = { indicator, view, scale, decimals, slice, before, wholeSlice }
  const marks = areasAtLevel(register, table.level).map((area, index): AreaMark => {
    const mark = new LazyMark(setting, area, index, smoothed?.[index] ?? NaN)
    if (mark.cell.kind === 'hidden') counts.hidden++
    else if (mark.classIndex === null) counts.missing++
    else counts.value++
    return mark
  })

  return {
    indicator,
    view,
    scale,
    decimals,
    marks,
    municipality: municipalityOf(whole, indicator, view),
    counts,
  }
}

/** What all marks of one map have in common. */
interface MarkSetting {
  readonly indicator: Indicator
  readonly view: ResolvedView
  readonly scale: ClassScale
  readonly decimals: number
  readonly slice: Slice | null
  readonly before: Slice | null
  readonly wholeSlice: Slice | null
}

/** The map asks thousands of areas for a colour, but only a few for their words: those are made when asked for. */
class LazyMark implements AreaMark {
  readonly cell: Cell
  readonly shown: number
  readonly shownInterval: Interval | null
  readonly classIndex: number | null
  readonly token: ColourToken
  private readonly figures: Sample | null
  private compared: Comparison | null | undefined

  constructor(
    private readonly setting: MarkSetting,
    readonly area: Area,
    readonly index: number,
    smoothed: number,
  ) {
    const { slice, indicator, view, scale } = setting
    this.cell = slice
      ? cellOf(slice, index, indicator)
      : { kind: 'missing', reason: 'outside-period' }
    this.figures = slice && this.cell.kind === 'value' ? figuresAt(slice, index) : null
    const { shown, shownInterval } = shownBy(view, this.cell, smoothed, () => this.comparison)
    this.shown = shown
    this.shownInterval = shownInterval
    this.classIndex = Number.isNaN(shown)
      ? null
      : scale.kind === 'breaks'
        ? classOf(shown, scale.breaks)
        : FIVE_STEP_VERDICTS.indexOf(this.verdict!)
    this.token = tokenOf(this.cell, this.classIndex, scale)
  }

  /** Against the earlier period when changes are shown, else against the rest of the municipality. */
  private get comparison(): Comparison | null {
    if (this.compared === undefined) this.compared = this.compare()
    return this.compared
  }

  private compare(): Comparison | null {
    const { view, before, wholeSlice, indicator } = this.setting
    const { measure, per, designEffect } = indicator
    if (!this.figures) return null
    if (view.display === 'change')
      return before?.status[this.index] === STATUS_VALUE
        ? compareTwo(this.figures, figuresAt(before, this.index), measure, per, designEffect)
        : null
    return wholeSlice?.status[0] === STATUS_VALUE
      ? compareWithRest(this.figures, figuresAt(wholeSlice, 0), measure, per, designEffect)
      : null
  }

  get name(): string {
    return areaName(this.area.name)
  }

  get verdict(): FiveStepVerdict | null {
    return this.comparison ? fiveStepVerdict(this.comparison) : null
  }

  get valueText(): string {
    const { view, indicator, decimals } = this.setting
    return shownText(view, this.shown, indicator, decimals)
  }

  get shortText(): string {
    return shortText(this.setting.view, this.shown, this.setting.decimals)
  }

  get intervalText(): string {
    return this.shownInterval ? formatInterval(this.shownInterval, this.setting.decimals) : ''
  }

  get verdictText(): string {
    return verdictText(this.setting.view, this.cell, this.setting.indicator, this.comparison)
  }

  get note(): string {
    return noteText(this.cell, this.shown)
  }

  get baseText(): string {
    const { denominatorName } = this.setting.indicator
    return denominatorName && !Number.isNaN(this.denominator)
      ? sv.ofBase(formatNumber(this.denominator, 0), denominatorName)
      : ''
  }

  get numerator(): number {
    return this.figures?.count ?? NaN
  }

  get denominator(): number {
    return this.figures?.base ?? NaN
  }
}

function municipalityOf(
  whole: DisclosedTable | null,
  indicator: Indicator,
  view: ResolvedView,
): Choropleth['municipality'] {
  const id = whole?.areas[0]
  if (!whole || !id || !whole.periods.includes(view.period)) return null
  const cell = cellAt(whole, indicator, id, view.period, view.sex)
  const value = cell.kind === 'value' ? cell.value : NaN
  return {
    cell,
    value,
    text: cell.kind === 'value' ? valueText(value, indicator) : cellWord(cell),
  }
}

const figuresAt = (slice: Slice, index: number): Sample => ({
  count: slice.numerator[index]!,
  base: slice.denominator[index]!,
})

function shownBy(
  view: ResolvedView,
  cell: Cell,
  smoothed: number,
  compare: () => Comparison | null,
): { shown: number; shownInterval: Interval | null } {
  if (cell.kind !== 'value') return { shown: NaN, shownInterval: null }
  if (view.display === 'value')
    return view.smoothing === 'smoothed'
      ? { shown: smoothed, shownInterval: null }
      : { shown: cell.value, shownInterval: cell.interval }
  const comparison = compare()
  return comparison
    ? { shown: comparison.difference, shownInterval: comparison.interval }
    : { shown: NaN, shownInterval: null }
}

function tokenOf(cell: Cell, classIndex: number | null, scale: ClassScale): ColourToken {
  if (cell.kind === 'hidden') return 'hidden-ground'
  if (classIndex === null) return 'missing-ground'
  return scale.kind === 'breaks'
    ? scale.tokens[classIndex]!
    : VERDICT_TOKENS[FIVE_STEP_VERDICTS[classIndex]!]
}

function shownText(
  view: ResolvedView,
  shown: number,
  indicator: Indicator,
  decimals: number,
): string {
  if (Number.isNaN(shown)) return ''
  return view.display === 'value'
    ? valueText(shown, indicator, decimals)
    : sv.differenceText(shown, indicator.unit, decimals)
}

function shortText(view: ResolvedView, shown: number, decimals: number): string {
  if (Number.isNaN(shown)) return ''
  return view.display === 'value' ? formatNumber(shown, decimals) : formatSigned(shown, decimals)
}

function verdictText(
  view: ResolvedView,
  cell: Cell,
  indicator: Indicator,
  comparison: Comparison | null,
): string {
  if (cell.kind !== 'value' || indicator.measure === 'class') return ''
  if (view.display === 'change') {
    const since = view.since ?? view.period
    return comparison ? sv.changed[comparison.verdict](since) : sv.changed.none(since)
  }
  if (indicator.measure === 'count') return ''
  return comparison ? sv.compared[comparison.verdict] : sv.compared.none
}

function noteText(cell: Cell, shown: number): string {
  if (cell.kind === 'hidden') return sv.cell.hiddenLong[cell.rule]
  if (cell.kind === 'missing') return sv.cell.missingLong[cell.reason]
  if (Number.isNaN(shown)) return sv.cell.missingLong['outside-period']
  return cell.caution ? sv.cell.caution[cell.caution] : ''
}

/** The one word for a cell without value: "dold" or "saknas". */
export function cellWord(cell: Cell): string {
  return cell.kind === 'hidden' ? sv.cell.hidden : sv.cell.missing
}
