import type { Area, AreaId } from '../../core/area.ts'
import { UNPLACED } from '../../core/disclosure/build-joint-table.ts'
import {
  recogniseFrame,
  toNational,
  type CoordinateFrame,
  type Point,
} from '../boundaries/coordinate-frame.ts'
import { periodOfDate, type PeriodCode } from '../../core/period.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import type { NotMatched } from '../inspection.ts'
import { readAreaTexts } from './area-texts.ts'
import { DateOrderReport, readPeriods, type ColumnPeriod } from './date-order.ts'
import { EventPointsBuilder } from './event-points.ts'
import type { PassedRow } from './find-table.ts'
import type { Answers, ColumnRole, TableMapping } from './mapping.ts'
import { READ_SEXES, READ_VALUE } from './readings.ts'
import { DAYS_APART, ReadingsBuilder } from './readings-builder.ts'
import { MOST_UNMATCHED, type RowsRead } from './read-table.ts'
import { Report } from './report.ts'

/** Finds the area that a point lies in, [easting, northing] in SWEREF 99 TM; null outside all of them. */
export type Locate = (point: Point) => AreaId | null

export interface EventsContext {
  readonly areas: readonly Area[]
  readonly answers: Answers
  readonly passedRows: readonly PassedRow[]
  /** Null where there are no boundaries to place a point by. */
  readonly locate: Locate | null
}

/**
 * Reads a register of events, one a row, and coarsens it at the door: what is left is a number per area, month and
 * kind of event. No day, no time, no position, no other column. The column of areas decides the area; only a register
 * without one is placed by its coordinates.
 */
export function readEvents(grid: Grid, mapping: TableMapping, context: EventsContext): RowsRead {
  const report = new Report(grid.file)
  const { columns, firstRow, lastRow } = mapping
  const columnOf = (role: ColumnRole): number => columns.findIndex((column) => column.role === role)
  const title = (column: number): string => columns[column]!.name
  const [areaColumn, dateColumn, kindColumn] = [
    columnOf('area'),
    columnOf('date'),
    columnOf('measure'),
  ]
  const [longitude, latitude] = [columnOf('longitude'), columnOf('latitude')]
  const frame = frameOfPoints()
  const inNational = frame ? toNational(frame) : null
  const passed = new Set(context.passedRows.map(({ row }) => row))
  const skipped = new Set(context.answers.skippedRows.map((row) => row - 1))
  const areaTexts =
    areaColumn < 0
      ? []
      : readAreaTexts(grid.columns[areaColumn]!.texts, context.areas, context.answers.areas)
  const ofColumn = readPeriods(grid.columns[dateColumn]!.texts)
  const order = new DateOrderReport(report, ofColumn, title(dateColumn))
  const months = grid.columns[dateColumn]!.texts.map((text, index) =>
    monthOf(text, ofColumn.readings[index]!),
  )
  const counts = new Map<string, EventCount>()
  const points = new EventPointsBuilder()
  const matched = new Set<AreaId>()
  const unmatched = new Map<string, { rows: number; suggestions: readonly AreaId[]; row: number }>()
  let [dataRows, events, unplaced] = [0, 0, 0]

  for (let row = firstRow; row <= lastRow; row++) {
    if (passed.has(row)) continue
    if (grid.columns.every(({ texts, codes }) => texts[codes[row]!]!.trim() === '')) continue
    dataRows++
    if (skipped.has(row)) continue
    const month = months[grid.columns[dateColumn]!.codes[row]!]!
    order.tell(month, row, cellText(grid, row, dateColumn).trim())
    if (month.kind === 'unordered') continue
    if (month.kind !== 'period') {
      report.add(
        'error',
        month.kind === 'impossible' ? 'reading-period-impossible' : 'reading-date-unknown',
        row,
        title(dateColumn),
        cellText(grid, row, dateColumn).trim(),
      )
      continue
    }
    const point = pointOf(row)
    const area = placeOf(row, point)
    if (area === null) continue
    if (area === UNPLACED) unplaced++
    events++
    const kind = kindColumn < 0 ? '' : cellText(grid, row, kindColumn).trim()
    if (point) points.add(point, month.code, kind || null)
    const key = `${area}\t${month.code}\t${kind}`
    const cell = counts.get(key)
    if (cell) cell.count++
    else counts.set(key, { row: row + 1, area, period: month.code, kind, count: 1 })
  }
  for (const [text, { row, rows, suggestions }] of unmatched)
    report.add('question', 'reading-event-area-unknown', row, title(areaColumn), text, {
      ...{ count: rows },
      suggestions: suggestions.map((id) => `${nameOf(id)} (${id})`).join('; '),
    })
  const cannotPlace = areaColumn < 0 && inNational !== null && context.locate === null
  if (unplaced > 0)
    report.add(
      cannotPlace ? 'warning' : 'note',
      cannotPlace ? 'reading-event-no-boundaries' : 'reading-event-unplaced',
      null,
      areaColumn < 0 ? null : title(areaColumn),
      null,
      { count: unplaced },
    )
  const used = [areaColumn, dateColumn, kindColumn]
  const passedOver = columns.filter((_, column) => !used.includes(column)).map(({ name }) => name)
  report.add('note', 'reading-events-coarsened', null, title(dateColumn), null, {
    events,
    dropped: passedOver.join(', '),
  })

  const builder = new ReadingsBuilder()
  const cells = new Set<string>()
  for (const { row, area, period, kind, count } of counts.values()) {
    if (matched.has(area)) cells.add(`${area}\t${period}`)
    builder.add({
      ...{ row, area, period, sex: READ_SEXES.indexOf('T'), age: null, measure: kind || null },
      ...{ numerator: count, denominator: NaN, value: count, respondents: NaN, margin: NaN },
      ...{ units: NaN, status: READ_VALUE, reason: 0, day: 0, ofDays: DAYS_APART },
    })
  }
  const { readings } = builder.build()
  return {
    ...{ readings, findings: report.findings, matched: [...matched], dataRows },
    ...{ totalRows: new Set(), frame, points: points.build() },
    unmatched: [...unmatched].map(([value, { rows, suggestions }]): NotMatched => ({
      value,
      rows,
      suggestions,
    })),
    observations: cells.size,
  }

  function nameOf(id: AreaId): string {
    return context.areas.find((area) => area.id === id)?.name ?? id
  }

  /** Null when the row waits for an answer, or is left out by one. */
  function placeOf(row: number, point: Point | null): AreaId | null {
    if (areaColumn < 0) return placeOfPoint(point)
    const reading = areaTexts[grid.columns[areaColumn]!.codes[row]!]!
    const text = cellText(grid, row, areaColumn).trim()
    switch (reading.kind) {
      case 'area':
        matched.add(reading.area)
        return reading.area
      case 'total':
      case 'blank':
      case 'unplaced':
      case 'elsewhere':
        return UNPLACED
      case 'skipped':
        return null
      case 'contradiction':
        report.add('error', 'reading-area-contradiction', row, title(areaColumn), text, {
          code: reading.code,
          name: nameOf(reading.name),
        })
        return null
      case 'unknown': {
        const seen = unmatched.get(text)
        if (seen) seen.rows++
        else if (unmatched.size < MOST_UNMATCHED)
          unmatched.set(text, { rows: 1, suggestions: reading.suggestions, row })
        return null
      }
    }
  }

  function placeOfPoint(point: Point | null): AreaId {
    const area = point === null || !context.locate ? null : context.locate(point)
    if (area === null) return UNPLACED
    matched.add(area)
    return area
  }

  /** In SWEREF 99 TM; null where nobody knew. */
  function pointOf(row: number): Point | null {
    if (!inNational) return null
    const [x, y] = [coordinate(row, longitude), coordinate(row, latitude)]
    return Number.isNaN(x) || Number.isNaN(y) || x === 0 || y === 0 ? null : inNational([x, y])
  }

  function frameOfPoints(): CoordinateFrame | null {
    if (longitude < 0 || latitude < 0) return null
    const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let row = firstRow; row <= lastRow; row++) {
      const [x, y] = [coordinate(row, longitude), coordinate(row, latitude)]
      // Zero stands where nobody knew.
      if (Number.isNaN(x) || Number.isNaN(y) || x === 0 || y === 0) continue
      extent[0] = Math.min(extent[0], x)
      extent[1] = Math.min(extent[1], y)
      extent[2] = Math.max(extent[2], x)
      extent[3] = Math.max(extent[3], y)
    }
    return extent[0] === Infinity ? null : recogniseFrame(null, extent)
  }

  function coordinate(row: number, column: number): number {
    const { numbers, codes, texts } = grid.columns[column]!
    const typed = numbers?.[codes[row]!] ?? NaN
    if (!Number.isNaN(typed)) return typed
    const text = texts[codes[row]!]!.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
    return text === '' ? NaN : Number(text)
  }
}

/** Events of one area, month and kind, with the row that the first of them stands in. */
interface EventCount {
  readonly row: number
  readonly area: AreaId
  readonly period: PeriodCode
  readonly kind: string
  count: number
}

/** The month of a day; a register that has months already keeps them. */
function monthOf(text: string, reading: ColumnPeriod): ColumnPeriod {
  const day = /^\s*(\d{4}-\d{2}-\d{2})/.exec(text)?.[1]
  if (day === undefined) return reading
  const code = periodOfDate(day, 'month')
  return code === null ? { kind: 'impossible' } : { kind: 'period', code, order: null }
}
