import type { PeriodCode } from '../../core/period.ts'
import { READ_HIDDEN, READ_VALUE, type Readings } from './readings.ts'

/** What a reading is about. */
export interface Row {
  /** 1-based. */
  readonly row: number
  readonly area: string
  readonly period: PeriodCode
  /** Index into READ_SEXES. */
  readonly sex: number
  readonly age: string | null
  readonly measure: string | null
}

export interface Reading extends Row {
  readonly numerator: number
  readonly denominator: number
  readonly value: number
  readonly respondents: number
  readonly margin: number
  readonly units: number
  readonly status: number
  readonly reason: number
  /** Of its month, where the row is about a day; 0 elsewhere. */
  readonly day: number
  /** What becomes of the days of a month: counts are added up. */
  readonly ofDays: typeof DAYS_SUMMED | typeof DAYS_APART | typeof DAY_UNREAD
}

/** Days of counts, which are added up to their month. */
export const DAYS_SUMMED = 1
/** Days of what cannot be added up: shares, rates, means, what there is at a time. */
export const DAYS_APART = 0
/** A day whose figure could not be read, so that its month is not known. */
export const DAY_UNREAD = 2

/** A cell that the file gives once more. Rows are 1-based. */
export interface Repeat {
  readonly row: number
  readonly earlier: number
  readonly why: 'alike' | 'contradicted' | 'days-apart' | 'day-unread'
}

const FIGURES = ['numerator', 'denominator', 'value', 'respondents', 'margin', 'units'] as const

/** Collects readings in columns; a cell given twice is kept once when alike, and not at all when it is contradicted. */
export class ReadingsBuilder {
  readonly #areas = new Index<string>()
  readonly #periods = new Index<PeriodCode>()
  readonly #ages = new Index<string | null>()
  readonly #measures = new Index<string | null>()
  #columns: Columns
  #count = 0
  /** Readings of days that only say that their month is not known. */
  readonly #unread: number[] = []

  /** @param expected how many readings there will be, as far as one can tell */
  constructor(expected = 1024) {
    this.#columns = newColumns(Math.max(16, expected))
  }

  add(reading: Reading): void {
    const area = this.#areas.of(reading.area)
    const period = this.#periods.of(reading.period)
    const age = this.#ages.of(reading.age)
    const measure = this.#measures.of(reading.measure)
    const columns = this.#room()
    const at = this.#count++
    columns.row[at] = reading.row
    columns.area[at] = area
    columns.period[at] = period
    columns.sex[at] = reading.sex
    columns.age[at] = age
    columns.measure[at] = measure
    columns.status[at] = reading.status
    columns.reason[at] = reading.reason
    columns.day[at] = reading.day
    columns.ofDays[at] = reading.ofDays
    if (reading.ofDays === DAY_UNREAD) this.#unread.push(at)
    columns.numerator[at] = reading.numerator
    columns.denominator[at] = reading.denominator
    columns.value[at] = reading.value
    columns.respondents[at] = reading.respondents
    columns.margin[at] = reading.margin
    columns.units[at] = reading.units
  }

  #room(): Columns {
    const size = this.#columns.row.length
    if (this.#count < size) return this.#columns
    const longer = newColumns(size * 2)
    for (const name of Object.keys(longer) as (keyof Columns)[])
      longer[name].set(this.#columns[name])
    this.#columns = longer
    return longer
  }

  /** @returns summed: how many readings of days were added to another of their month */
  build(): {
    readonly readings: Readings
    readonly repeats: readonly Repeat[]
    readonly summed: number
  } {
    const { repeats, dropped, summed } = this.#findRepeats()
    const kept =
      dropped.size === 0
        ? null
        : Array.from({ length: this.#count }, (_, index) => index).filter(
            (index) => !dropped.has(index),
          )
    const count = kept?.length ?? this.#count
    const take = <Column extends Uint32Array | Uint8Array | Float64Array>(
      column: Column,
    ): Column => {
      if (!kept) return column.slice(0, count) as Column
      const taken = column.slice(0, count) as Column
      kept.forEach((from, to) => (taken[to] = column[from]!))
      return taken
    }
    const columns = this.#columns
    const readings: Readings = {
      count,
      row: take(columns.row),
      area: take(columns.area),
      areas: this.#areas.items,
      period: take(columns.period),
      periods: this.#periods.items,
      sex: take(columns.sex),
      age: take(columns.age),
      ages: this.#ages.items,
      measure: take(columns.measure),
      measures: this.#measures.items,
      numerator: take(columns.numerator),
      denominator: take(columns.denominator),
      value: take(columns.value),
      respondents: take(columns.respondents),
      margin: take(columns.margin),
      units: take(columns.units),
      status: take(columns.status),
      reason: take(columns.reason),
    }
    return { readings, repeats, summed }
  }

  /**
   * Cells given more than once. All but the first of alike ones are dropped, and all of contradicted ones; days of
   * counts are added to the first day of their month.
   */
  #findRepeats(): {
    readonly repeats: readonly Repeat[]
    readonly dropped: ReadonlySet<number>
    readonly summed: number
  } {
    const columns = this.#columns
    const sizes = [this.#periods, this.#ages, this.#measures].map(({ items }) => items.length)
    const [periods, ages, measures] = sizes as [number, number, number]
    const cellAt = (at: number): number =>
      (((columns.area[at]! * periods + columns.period[at]!) * 3 + columns.sex[at]!) * ages +
        columns.age[at]!) *
        measures +
      columns.measure[at]!
    const again = repeatedCells(
      this.#count,
      this.#areas.items.length * periods * 3 * ages * measures,
      cellAt,
    )
    const first = new Map<number, number>()
    const repeats: Repeat[] = []
    const dropped = new Set<number>(this.#unread)
    const unread = new Set(this.#unread.map(cellAt))
    for (let at = 0; again.size > 0 && at < this.#count; at++) {
      const cell = cellAt(at)
      if (!again.has(cell) || columns.ofDays[at] === DAY_UNREAD) continue
      const dayOfCell = cell * DAYS + columns.day[at]!
      const earlier = first.get(dayOfCell)
      if (earlier === undefined) {
        first.set(dayOfCell, at)
        continue
      }
      const isAlike =
        columns.status[earlier] === columns.status[at] &&
        FIGURES.every((figure) => Object.is(columns[figure][earlier], columns[figure][at]))
      if (!isAlike) dropped.add(earlier)
      if (!isAlike && columns.day[at]! > 0) unread.add(cell)
      dropped.add(at)
      const why = isAlike ? 'alike' : 'contradicted'
      repeats.push({ row: columns.row[at]!, earlier: columns.row[earlier]!, why })
    }
    const isByDay = again.size > 0 && columns.day.some((day) => day > 0)
    return { repeats, dropped, summed: isByDay ? sumDays() : 0 }

    function sumDays(): number {
      const firstOfCell = new Map<number, number>()
      let summed = 0
      for (const [dayOfCell, at] of first) {
        const cell = Math.floor(dayOfCell / DAYS)
        if (dropped.has(at) && !firstOfCell.has(cell)) continue
        const earlier = firstOfCell.get(cell)
        const row = columns.row[at]!
        if (unread.has(cell)) {
          dropped.add(at)
          repeats.push({ row, earlier: row, why: 'day-unread' })
        } else if (earlier === undefined) firstOfCell.set(cell, at)
        else if (columns.day[at] === 0 || columns.day[earlier] === 0 || !areSummed(earlier, at)) {
          dropped.add(earlier).add(at)
          const isMixed = columns.day[at] === 0 || columns.day[earlier] === 0
          const why = isMixed ? 'contradicted' : 'days-apart'
          repeats.push({ row, earlier: columns.row[earlier]!, why })
        } else {
          addDay(earlier, at)
          dropped.add(at)
          summed++
        }
      }
      return summed
    }

    function areSummed(one: number, other: number): boolean {
      return columns.ofDays[one] === DAYS_SUMMED && columns.ofDays[other] === DAYS_SUMMED
    }

    /** A month with a hidden day is hidden, one with a missing day is missing. */
    function addDay(sum: number, at: number): void {
      for (const figure of ['numerator', 'value'] as const)
        columns[figure][sum] = columns[figure][sum]! + columns[figure][at]!
      const status = columns.status[at]!
      const isWorse = status !== READ_VALUE && columns.status[sum] !== READ_HIDDEN
      if (!isWorse) return
      columns.status[sum] = status
      columns.reason[sum] = columns.reason[at]!
    }
  }
}

/** More than a month has days, and one for none. */
const DAYS = 32

/** Bits are kept for this many cells at most (128 MB); beyond, each cell is remembered by itself. */
const MOST_BITS = 2 ** 30

/** Cells that occur more than once: one bit a cell, because there may be a million readings. */
function repeatedCells(count: number, size: number, cellAt: (at: number) => number): Set<number> {
  const again = new Set<number>()
  if (size > MOST_BITS) {
    const seen = new Set<number>()
    for (let at = 0; at < count; at++) {
      const cell = cellAt(at)
      if (seen.has(cell)) again.add(cell)
      else seen.add(cell)
    }
    return again
  }
  const bits = new Uint32Array(Math.ceil(size / 32))
  for (let at = 0; at < count; at++) {
    const cell = cellAt(at)
    const bit = 1 << (cell & 31)
    if (bits[cell >>> 5]! & bit) again.add(cell)
    else bits[cell >>> 5]! |= bit
  }
  return again
}

type Columns = ReturnType<typeof newColumns>

function newColumns(size: number) {
  return {
    row: new Uint32Array(size),
    area: new Uint32Array(size),
    period: new Uint32Array(size),
    sex: new Uint8Array(size),
    age: new Uint32Array(size),
    measure: new Uint32Array(size),
    numerator: new Float64Array(size),
    denominator: new Float64Array(size),
    value: new Float64Array(size),
    respondents: new Float64Array(size),
    margin: new Float64Array(size),
    units: new Float64Array(size),
    status: new Uint8Array(size),
    reason: new Uint8Array(size),
    day: new Uint8Array(size),
    ofDays: new Uint8Array(size),
  }
}

class Index<Item> {
  readonly items: Item[] = []
  readonly #positions = new Map<Item, number>()

  #last: Item | undefined
  #lastPosition = 0

  of(item: Item): number {
    // Rows follow each other: most are about what the row before was about.
    if (item === this.#last && this.items.length > 0) return this.#lastPosition
    let position = this.#positions.get(item)
    if (position === undefined) {
      position = this.items.length
      this.items.push(item)
      this.#positions.set(item, position)
    }
    this.#last = item
    this.#lastPosition = position
    return position
  }
}
