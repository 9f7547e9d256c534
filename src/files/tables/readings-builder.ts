import type { PeriodCode } from '../../core/period.ts'
import type { Readings } from './readings.ts'

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
}

/** A cell that the file gives once more. Rows are 1-based. */
export interface Repeat {
  readonly row: number
  readonly earlier: number
  readonly isAlike: boolean
}

const FIGURES = ['numerator', 'denominator', 'value', 'respondents', 'margin', 'units'] as const

/** Collects readings in columns; a cell given twice is kept once when alike, and not at all when it is contradicted. */
export class ReadingsBuilder {
  readonly #areas = new Index<string>()
  readonly #periods = new Index<PeriodCode>()
  readonly #ages = new Index<string | null>()
  readonly #measures = new Index<string | null>()
  #columns = newColumns(1024)
  #count = 0
  readonly #first = new Map<number | string, number>()
  readonly #dropped = new Set<number>()
  readonly #repeats: Repeat[] = []

  add(reading: Reading): void {
    const area = this.#areas.of(reading.area)
    const period = this.#periods.of(reading.period)
    const age = this.#ages.of(reading.age)
    const measure = this.#measures.of(reading.measure)
    const key = keyOf(area, period, reading.sex, age, measure)
    const earlier = this.#first.get(key)
    if (earlier !== undefined) {
      this.#repeat(earlier, reading)
      return
    }
    const columns = this.#room()
    const at = this.#count++
    this.#first.set(key, at)
    columns.row[at] = reading.row
    columns.area[at] = area
    columns.period[at] = period
    columns.sex[at] = reading.sex
    columns.age[at] = age
    columns.measure[at] = measure
    columns.status[at] = reading.status
    columns.reason[at] = reading.reason
    for (const figure of FIGURES) columns[figure][at] = reading[figure]
  }

  #repeat(earlier: number, reading: Reading): void {
    const columns = this.#columns
    const isAlike =
      columns.status[earlier] === reading.status &&
      FIGURES.every((figure) => Object.is(columns[figure][earlier], reading[figure]))
    if (!isAlike) this.#dropped.add(earlier)
    this.#repeats.push({ row: reading.row, earlier: columns.row[earlier]!, isAlike })
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

  build(): { readonly readings: Readings; readonly repeats: readonly Repeat[] } {
    const kept =
      this.#dropped.size === 0
        ? null
        : Array.from({ length: this.#count }, (_, index) => index).filter(
            (index) => !this.#dropped.has(index),
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
    return { readings, repeats: this.#repeats }
  }
}

/** A number for all but absurdly many areas and periods, which take a slower key. */
function keyOf(
  area: number,
  period: number,
  sex: number,
  age: number,
  measure: number,
): number | string {
  if (period < 4096 && age < 256 && measure < 1024 && area < 524_288)
    return (((area * 4096 + period) * 4 + sex) * 256 + age) * 1024 + measure
  return `${area} ${period} ${sex} ${age} ${measure}`
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
  }
}

class Index<Item> {
  readonly items: Item[] = []
  readonly #positions = new Map<Item, number>()

  of(item: Item): number {
    let position = this.#positions.get(item)
    if (position === undefined) {
      position = this.items.length
      this.items.push(item)
      this.#positions.set(item, position)
    }
    return position
  }
}
