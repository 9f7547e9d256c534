import type { Area, AreaId } from '../core/area.ts'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../core/cell.ts'
import type { Finding } from '../core/finding.ts'
import type { Sex } from '../core/indicator.ts'
import { cellCount, cellIndex, type TableAxes } from '../core/observation.ts'
import {
  comparePeriods,
  kindOf,
  periodOfDate,
  periodsBetween,
  type PeriodCode,
} from '../core/period.ts'
import { readDelimitedTable, type DelimitedTable } from './delimited-table.ts'
import { areaMatcher } from './tables/match-areas.ts'
import { readFigure } from './read-figure.ts'

/**
 * Events counted at the door: no row, identifier or time of day is left. Cell (category, month, place) is at
 * index (category · months.length + month) · (areas.length + 1) + place, where the last place is "ej placerad".
 */
export interface EventCounts {
  readonly kind: 'events'
  readonly areas: readonly AreaId[]
  /** Every month from the first event to the last. */
  readonly months: readonly PeriodCode[]
  /** By number of events, most first. */
  readonly categories: readonly string[]
  readonly count: Int32Array
  /** True when every row says when it was published: then its events are public one by one. */
  readonly isPublished: boolean
}

/** A table that was counted before it came here. */
export interface CountTable extends TableAxes {
  readonly kind: 'counts'
  readonly status: Uint8Array
  readonly numerator: Float64Array
  /** NaN throughout when the file has none. */
  readonly denominator: Float64Array
  readonly hasDenominator: boolean
}

export type ObservationReading =
  | {
      readonly ok: true
      readonly observations: EventCounts | CountTable
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const AREA = /^(area|omr(å|a)de(skod)?|stadsdel|regso|deso|distrikt|plats_?omr(å|a)de)$/i
const PERIOD = /^(period|m(å|a)nad|month|år|year|kvartal|termin|läsår|halvår|vecka)$/i
const DATE =
  /^(occurred(_local)?|datum|date|datetime|tidpunkt|h(ä|a)ndelse_?(datum|tid)|inträffade?|intraffade?|inkommen)$/i
const CATEGORY = /^(type|typ|category|kategori|h(ä|a)ndelse_?typ|(ä|a)rende_?typ|brotts?_?typ)$/i
const PUBLISHED = /^(published|publicerad|publiceringstid|publicerings_?datum)$/i
const NUMERATOR = /^(numerator|täljare|taljare|antal|count)$/i
const DENOMINATOR =
  /^(denominator|nämnare|namnare|folkmängd|folkmangd|befolkning|population|svarande)$/i
const SEX = /^(sex|kön|kon)$/i

/** Faults of one kind are listed up to here, then only counted: a file with a wrong column has thousands. */
const MOST_LISTED = 10

/**
 * Reads a register of events (area, date, category; one row per event) or a table of counts (area, period, sex,
 * numerator, denominator), whichever the header shows. An event's area that is unknown or empty is "ej placerad";
 * in a table of counts an unknown area is an error, because its figures would be lost.
 * @param areas the areas that may occur, of one level
 */
export function readObservationFile(
  text: string,
  file: string,
  areas: readonly Area[],
): ObservationReading {
  const reading = readDelimitedTable(text, file)
  if (!reading.ok) return { ok: false, findings: [reading.finding] }
  const { table } = reading
  const report = new Report(file, reading.findings)
  const observations = table.header.some((name) => NUMERATOR.test(name))
    ? readCounts(table, areas, report)
    : readEvents(table, areas, report)
  const { findings } = report
  return observations === null || findings.some(({ severity }) => severity === 'error')
    ? { ok: false, findings }
    : { ok: true, observations, findings }
}

class Report {
  readonly findings: Finding[]
  readonly #listed = new Map<string, number>()

  constructor(
    readonly file: string,
    earlier: readonly Finding[],
  ) {
    this.findings = [...earlier]
  }

  add(
    severity: Finding['severity'],
    code: string,
    row: number | null,
    column: string | null,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void {
    const listed = (this.#listed.get(code) ?? 0) + 1
    this.#listed.set(code, listed)
    if (listed <= MOST_LISTED)
      this.findings.push({ severity, code, file: this.file, row, column, text, parameters })
  }
}

function columnFinder(table: DelimitedTable): (pattern: RegExp) => number {
  return (pattern) => table.header.findIndex((name) => pattern.test(name))
}

function missingColumns(table: DelimitedTable, report: Report, missing: readonly string[]): null {
  report.add('error', 'observations-columns', 1, null, table.header.join(', '), {
    missing: missing.join(', '),
  })
  return null
}

function readEvents(
  table: DelimitedTable,
  areas: readonly Area[],
  report: Report,
): EventCounts | null {
  const find = columnFinder(table)
  const [area, date, category] = [find(AREA), find(DATE), find(CATEGORY)]
  const published = find(PUBLISHED)
  const missing = [
    ...(area < 0 ? ['område'] : []),
    ...(date < 0 ? ['datum'] : []),
    ...(category < 0 ? ['typ'] : []),
  ]
  if (missing.length > 0) return missingColumns(table, report, missing)

  const match = areaMatcher(areas)
  const position = new Map(areas.map(({ id }, index) => [id, index]))
  const unplaced = areas.length
  const events: { month: PeriodCode; category: string; place: number }[] = []
  const unknown = new Map<string, { row: number; count: number; suggestions: readonly string[] }>()
  let withoutPlace = 0
  for (const { row, cells } of table.rows) {
    const month = periodOfDate(cells[date]!.slice(0, 10), 'month')
    if (month === null) {
      report.add('error', 'observations-date', row, table.header[date]!, cells[date]!)
      continue
    }
    const name = cells[area]!
    let place = unplaced
    if (name === '') withoutPlace++
    else {
      const found = match(name)
      if (found.kind === 'match') place = position.get(found.area)!
      else {
        const seen = unknown.get(name)
        if (seen) seen.count++
        else unknown.set(name, { row, count: 1, suggestions: found.suggestions })
      }
    }
    events.push({ month, category: cells[category]!, place })
  }
  for (const [name, { row, count, suggestions }] of unknown)
    report.add('warning', 'observations-area-not-drawn', row, table.header[area]!, name, {
      count,
      suggestions: suggestions.join('; '),
    })
  if (withoutPlace > 0)
    report.add('note', 'observations-without-place', null, table.header[area]!, null, {
      count: withoutPlace,
    })
  const dropped = table.header.filter((_, index) => ![area, date, category].includes(index))
  report.add('note', 'observations-coarsened', null, table.header[date]!, null, {
    dropped: dropped.join(', '),
    events: events.length,
  })
  if (events.length === 0) return null

  const present = events.map(({ month }) => month).sort(comparePeriods)
  const months = periodsBetween('month', present[0]!, present.at(-1)!)
  const sizes = new Map<string, number>()
  for (const event of events) sizes.set(event.category, (sizes.get(event.category) ?? 0) + 1)
  const categories = [...sizes.keys()].sort(
    (a, b) => sizes.get(b)! - sizes.get(a)! || (a < b ? -1 : 1),
  )
  const count = new Int32Array(categories.length * months.length * (areas.length + 1))
  const [monthIndex, categoryIndex] = [indexOf(months), indexOf(categories)]
  for (const event of events) {
    const line = categoryIndex.get(event.category)! * months.length + monthIndex.get(event.month)!
    count[line * (areas.length + 1) + event.place]!++
  }
  return {
    kind: 'events',
    areas: areas.map(({ id }) => id),
    months,
    categories,
    count,
    isPublished: published >= 0 && table.rows.every(({ cells }) => cells[published] !== ''),
  }
}

/** Sexes as Swedish files write them, and SCB’s codes. */
export const SEX_WORDS: Readonly<Record<string, Sex>> = {
  k: 'K',
  kvinnor: 'K',
  kvinna: 'K',
  flickor: 'K',
  '2': 'K',
  m: 'M',
  män: 'M',
  man: 'M',
  pojkar: 'M',
  '1': 'M',
  t: 'T',
  totalt: 'T',
  samtliga: 'T',
  '1+2': 'T',
}

function readCounts(
  table: DelimitedTable,
  areas: readonly Area[],
  report: Report,
): CountTable | null {
  const find = columnFinder(table)
  const columns = {
    area: find(AREA),
    period: find(PERIOD),
    sex: find(SEX),
    numerator: find(NUMERATOR),
    denominator: find(DENOMINATOR),
  }
  const missing = [
    ...(columns.area < 0 ? ['område'] : []),
    ...(columns.period < 0 ? ['period'] : []),
  ]
  if (missing.length > 0) return missingColumns(table, report, missing)
  const read = Object.values(columns)
  const others = table.header.filter((_, index) => !read.includes(index))
  // One more dimension, dropped, would make several rows one cell.
  if (others.length > 0)
    report.add('error', 'observations-surplus-columns', 1, others[0]!, others.join(', '))

  const match = areaMatcher(areas)
  const rows: {
    row: number
    area: AreaId
    period: PeriodCode
    sex: Sex
    cells: readonly string[]
  }[] = []
  for (const { row, cells } of table.rows) {
    const found = match(cells[columns.area]!)
    const period = periodOf(cells[columns.period]!)
    const sex = columns.sex < 0 ? 'T' : SEX_WORDS[cells[columns.sex]!.toLowerCase()]
    if (found.kind === 'unknown')
      report.add(
        'error',
        'observations-unknown-area',
        row,
        table.header[columns.area]!,
        cells[columns.area]!,
        {
          suggestions: found.suggestions.join('; '),
        },
      )
    else if (period === null)
      report.add(
        'error',
        'observations-period',
        row,
        table.header[columns.period]!,
        cells[columns.period]!,
      )
    else if (sex === undefined)
      report.add('error', 'observations-sex', row, table.header[columns.sex]!, cells[columns.sex]!)
    else rows.push({ row, area: found.area, period, sex, cells })
  }
  const kinds = new Set(rows.map(({ period }) => kindOf(period)!))
  if (kinds.size > 1)
    report.add(
      'error',
      'observations-mixed-periods',
      null,
      table.header[columns.period]!,
      [...kinds].join(', '),
    )
  if (kinds.size !== 1) return null
  const present = rows.map(({ period }) => period).sort(comparePeriods)
  const axes: TableAxes = {
    areas: areas.map(({ id }) => id),
    periods: periodsBetween([...kinds][0]!, present[0]!, present.at(-1)!),
    sexes: (['T', 'K', 'M'] as const).filter((sex) => rows.some((row) => row.sex === sex)),
  }
  const size = cellCount(axes)
  const status = new Uint8Array(size).fill(STATUS_NOT_COLLECTED)
  const numerator = new Float64Array(size).fill(NaN)
  const denominator = new Float64Array(size).fill(NaN)
  const [areaIndex, periodIndex, sexIndex] = [
    indexOf(axes.areas),
    indexOf(axes.periods),
    indexOf(axes.sexes),
  ]
  const firstRow = new Map<number, number>()
  for (const { row, area, period, sex, cells } of rows) {
    const cell = cellIndex(axes, sexIndex.get(sex)!, periodIndex.get(period)!, areaIndex.get(area)!)
    const earlier = firstRow.get(cell)
    if (earlier !== undefined) {
      report.add('error', 'observations-repeated', row, null, null, { earlier })
      continue
    }
    firstRow.set(cell, row)
    const figures = [
      columns.numerator,
      ...(columns.denominator < 0 ? [] : [columns.denominator]),
    ].map((column) => {
      const figure = readFigure(cells[column]!)
      if (figure.kind === 'unreadable' || (figure.kind === 'number' && figure.value < 0))
        report.add('error', 'observations-number', row, table.header[column]!, cells[column]!)
      return figure
    })
    const [above, below] = figures
    if (figures.some(({ kind }) => kind === 'hidden-at-source'))
      status[cell] = STATUS_HIDDEN_AT_SOURCE
    else if (figures.every(({ kind }) => kind === 'number')) {
      status[cell] = STATUS_VALUE
      if (above?.kind === 'number') numerator[cell] = above.value
      if (below?.kind === 'number') denominator[cell] = below.value
    }
  }
  return {
    kind: 'counts',
    ...axes,
    status,
    numerator,
    denominator,
    hasDenominator: columns.denominator >= 0,
  }
}

/** Canonical, or a day or YYYYMM, which are their month. */
export function periodOf(text: string): PeriodCode | null {
  if (kindOf(text)) return text
  const month = text.replace(/^(\d{4})(\d{2})$/, '$1-$2')
  if (kindOf(month)) return month
  return periodOfDate(text, 'month')
}

const indexOf = (items: readonly string[]): Map<string, number> =>
  new Map(items.map((item, index) => [item, index]))
