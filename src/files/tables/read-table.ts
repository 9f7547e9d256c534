import type { Area, AreaId } from '../../core/area.ts'
import { UNPLACED } from '../../core/disclosure/build-joint-table.ts'
import type { Finding } from '../../core/finding.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { CoordinateFrame } from '../boundaries/coordinate-frame.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import type { NotMatched } from '../inspection.ts'
import { readAreaTexts, type AreaText } from './area-texts.ts'
import {
  groupsOf,
  readFigureColumns,
  type FigureColumn,
  type FigureGroup,
  type FigureRole,
} from './figure-groups.ts'
import type { EventPoints } from './event-points.ts'
import { countTexts, type Figure } from './figures.ts'
import type { PassedRow } from './find-table.ts'
import { FIGURE_ROLES } from './guess-columns.ts'
import { levelOfHeading } from './headings.ts'
import type { Answers, ColumnRole, TableMapping } from './mapping.ts'
import { dayInMonth } from './day-text.ts'
import { DateOrderReport, readPeriods } from './date-order.ts'
import { tellDecimals, tellMixedPercent, tellNegatives } from './odd-figures.ts'
import { monthNumber, readPeriod } from './period-text.ts'
import {
  READ_HIDDEN,
  READ_MISSING,
  READ_SEXES,
  READ_VALUE,
  READING_REASONS,
  type ReadingReason,
  type Readings,
} from './readings.ts'
import { DAY_UNREAD, DAYS_APART, DAYS_SUMMED, ReadingsBuilder } from './readings-builder.ts'
import type { Reading, Repeat } from './readings-builder.ts'
import { Report } from './report.ts'
import { readAge, readSex } from './sex-and-age.ts'

export interface RowsRead {
  readonly readings: Readings
  readonly findings: readonly Finding[]
  readonly matched: readonly AreaId[]
  readonly unmatched: readonly NotMatched[]
  readonly observations: number
  readonly dataRows: number
  /** 1-based rows whose area is a word for all rows of the table: "Totalt". */
  readonly totalRows: ReadonlySet<number>
  /** The reference system that points of events are in; null without points. */
  readonly frame: CoordinateFrame | null
  /** Where events happened; null for other tables, and without points. */
  readonly points: EventPoints | null
}

/** Texts that are no known area are listed up to here: a file with more has something else in that column. */
export const MOST_UNMATCHED = 10_000

export interface RowsContext {
  readonly areas: readonly Area[]
  readonly answers: Answers
  readonly passedRows: readonly PassedRow[]
  /** Text above the table: its only year stands for months without one. */
  readonly title: string
}

/**
 * Reads every row of a mapped table: sound rows become readings, also when others are in error. No row is left out in
 * silence. The same cell given twice alike is read once, with a warning; given two values, it is an error and neither
 * is read.
 */
export function readRows(grid: Grid, mapping: TableMapping, context: RowsContext): RowsRead {
  const report = new Report(grid.file)
  const { firstRow, lastRow, columns } = mapping
  const columnOf = (role: ColumnRole): number => columns.findIndex((column) => column.role === role)
  const title = (column: number): string => columns[column]!.name
  const passed = new Set(context.passedRows.map(({ row }) => row))
  const skipped = new Set(context.answers.skippedRows.map((row) => row - 1))
  for (const { row, why } of context.passedRows)
    report.add('note', `reading-row-passed-${why}`, row, null, cellText(grid, row, 0).trim())

  const titleYears = [...new Set(context.title.match(/\b(19|20)\d{2}\b/g) ?? [])]
  const yearOfTitle = titleYears.length === 1 ? Number(titleYears[0]) : null
  const areaColumn = columnOf('area')
  const nameTexts = readNames()
  const areaTexts = readAreas()
  const parents = new Map(context.areas.map(({ id, parent }) => [id, parent]))
  const finer = finerBeside()
  const days = daysOfPeriods()
  const [periodAt, sexAt, ageAt] = [periodReader(), sexReader(), ageReader()]
  const measureColumn = columnOf('measure')
  const groups = groupsOf(columns)
  const figureColumns = readFigureColumns(grid, mapping, groups, context.answers.decimal)
  const compiled = groups.map((group) => ({
    group,
    figures: compile(group, figureColumns, columns),
  }))
  const headerWidth = widthOf(mapping.headerRows.at(-1)!)
  const lastNeeded = Math.max(
    areaColumn,
    ...columns.map(({ role }, column) => (isNeeded(role) ? column : -1)),
  )
  const whole = context.areas.find(({ parent }) => parent === null)?.id ?? null
  const hasAreas = areaColumn >= 0 || groups.some(({ area }) => area !== null)
  if (!hasAreas) report.add('warning', 'reading-no-area', null, null, null)

  const builder = new ReadingsBuilder((lastRow - firstRow + 1) * groups.length)
  const cell = emptyCell()
  const blanks = grid.columns.map(({ texts }) =>
    Uint8Array.from(texts, (text) => (text.trim() === '' ? 1 : 0)),
  )
  const matched = new Set<AreaId>()
  const unmatched = new Map<string, { rows: number; suggestions: readonly AreaId[] }>()
  const told = new Set<string>()
  const totalRows = new Set<number>()
  let dataRows = 0
  for (let row = firstRow; row <= lastRow; row++) {
    if (passed.has(row) || isBlankRow(row)) continue
    dataRows++
    if (skipped.has(row)) continue
    readRow(row)
  }
  tellNegatives(grid, mapping, figureColumns, context.title, report)
  tellDecimals(grid, mapping, figureColumns, context.title, report)
  tellMixedPercent(grid, mapping, figureColumns, report)
  const { readings, repeats, summed } = builder.build()
  if (summed > 0)
    report.add('note', 'reading-days-summed', null, title(columnOf('period')), null, {
      count: summed,
    })
  for (const { row, earlier, why } of repeats)
    report.add(
      why === 'alike' ? 'warning' : 'error',
      REPEATS[why],
      row - 1,
      areaColumn < 0 ? null : title(areaColumn),
      areaColumn < 0 ? null : cellText(grid, row - 1, areaColumn).trim(),
      { earlier },
    )
  return {
    readings,
    findings: report.findings,
    matched: [...matched],
    unmatched: [...unmatched].map(([value, one]) => ({ value, ...one })),
    observations: countObservations(readings, context.areas),
    dataRows,
    totalRows,
    ...{ frame: null, points: null },
  }

  function isBlankRow(row: number): boolean {
    for (let column = 0; column < blanks.length; column++)
      if (blanks[column]![grid.columns[column]!.codes[row]!] === 0) return false
    return true
  }

  function widthOf(row: number): number {
    return grid.widths?.[row] ?? grid.columns.length
  }

  function readRow(row: number): void {
    if (!hasRightWidth(row)) return
    const place = placeOf(row)
    if (place === null) return
    const sex = sexAt(row)
    if (sex === null) return
    const age = ageAt(row)
    const measure = measureColumn < 0 ? null : cellText(grid, row, measureColumn).trim() || null
    const ownPeriod = periodAt(row)
    if (ownPeriod === undefined) return
    cell.row = row + 1
    cell.day = days === null ? 0 : days.byText[days.codes[row]!]!
    for (const { group, figures } of compiled) {
      const period =
        group.period ?? (group.partOfYear === null ? ownPeriod : inYear(row, group.partOfYear))
      if (period === null) {
        tellOnce('reading-no-period', () =>
          report.add('question', 'reading-no-period', mapping.headerRows.at(-1)!, null, null),
        )
        continue
      }
      cell.period = period
      cell.age = group.age ?? age
      if (group.area !== null) matched.add(group.area)
      cell.area = group.area ?? place
      cell.sex = group.sex ?? sex
      cell.measure = measureOf(measure, group.measure)
      readGroup(row, group, figures)
    }
  }

  function readGroup(row: number, group: FigureGroup, figures: CompiledFigures): void {
    for (let index = 0; index < figures.all.length; index++) {
      const one = figures.all[index]!
      const code = one.codes[row]!
      if (one.isTold[code] === 0) continue
      if (tellFigure(row, one.column, one.figures[code]!, figures.roles[index]!)) continue
      if (cell.day > 0 && figures.areDaysSummed) builder.add({ ...cell, ofDays: DAY_UNREAD })
      return
    }
    const value = numberIn(figures.value, row)
    let numerator = numberIn(figures.numerator, row)
    const denominator = numberIn(figures.denominator, row)
    const isLone = figures.value === null && figures.denominator === null
    const shown = isLone && figures.numerator !== null ? numerator : value
    if (group.isLoneCount && figures.numerator === null) numerator = value
    if (numerator < 0 || denominator < 0) {
      const { column } = (numerator < 0 ? figures.numerator : figures.denominator) ?? figures.value!
      report.add('error', 'reading-negative', row, title(column), textAt(row, column))
      return
    }
    if (numerator % 1 !== 0 && !Number.isNaN(numerator) && figures.respondents === null) {
      const { column } = figures.numerator ?? figures.value!
      report.add('warning', 'reading-not-whole', row, title(column), textAt(row, column))
    }
    const isShare = figures.value !== null && columns[figures.value.column]!.unit === '%'
    if (isShare && numerator > denominator) {
      const { column } = figures.numerator!
      report.add('error', 'reading-over-denominator', row, title(column), textAt(row, column), {
        denominator,
      })
      return
    }
    if (isShare && denominator > 0) checkShare(row, figures.value!, numerator, denominator)
    cell.numerator = numerator
    cell.denominator = denominator
    cell.value = shown
    cell.respondents = numberIn(figures.respondents, row)
    cell.margin = numberIn(figures.margin, row)
    cell.units = numberIn(figures.units, row)
    setStatus(row, figures)
    cell.ofDays = figures.areDaysSummed ? DAYS_SUMMED : DAYS_APART
    builder.add(cell)
  }

  /** Hidden as soon as a figure of it is; missing when its main figure is, or all are. */
  function setStatus(row: number, { numerator, value, denominator, main }: CompiledFigures): void {
    cell.status = READ_VALUE
    cell.reason = 0
    const hidden =
      markIn(numerator, row, 'hidden') ??
      markIn(value, row, 'hidden') ??
      markIn(denominator, row, 'hidden')
    const mark = hidden ?? markIn(main, row, 'missing')
    if (mark === null) return
    cell.status = hidden ? READ_HIDDEN : READ_MISSING
    cell.reason = READING_REASONS.indexOf(mark)
  }

  /** The share that stands beside its figures says the same as they do, within its own rounding. */
  function checkShare(
    row: number,
    told: FigureColumn,
    numerator: number,
    denominator: number,
  ): void {
    const code = told.codes[row]!
    const share = (100 * numerator) / denominator
    // Not a number where either is unknown, and then nothing differs.
    if (!(Math.abs(share - told.numbers[code]!) > 0.51 * 10 ** -told.decimals[code]!)) return
    report.add(
      'warning',
      'reading-share-differs',
      row,
      title(told.column),
      textAt(row, told.column),
      {
        share: Number(share.toFixed(Math.max(1, Math.min(told.decimals[code]!, 3)))),
      },
    )
  }

  function textAt(row: number, column: number): string {
    return cellText(grid, row, column).trim()
  }

  function tellOnce(key: string, tell: () => void): void {
    if (told.has(key)) return
    told.add(key)
    tell()
  }

  /** @returns whether the figure can be used */
  function tellFigure(row: number, column: number, figure: Figure, role: FigureRole): boolean {
    const text = cellText(grid, row, column).trim()
    switch (figure.kind) {
      case 'unreadable':
        report.add('error', 'reading-figure-unreadable', row, title(column), text)
        return false
      case 'ambiguous':
        report.add('question', 'reading-figure-ambiguous', row, title(column), text)
        return false
      case 'number':
        if (figure.against !== null)
          report.add('warning', 'reading-figure-against-habit', row, title(column), text, {
            value: figure.value,
          })
        if (figure.doubt !== null)
          report.add('warning', `reading-figure-${figure.doubt}`, row, title(column), text, {
            value: figure.value,
          })
        return true
      case 'hidden':
      case 'missing': {
        const isBlank = text === ''
        if (isBlank && role !== 'numerator' && role !== 'value') return true
        const code =
          figure.reason === 'cell-error'
            ? 'reading-cell-error'
            : figure.kind === 'hidden'
              ? 'reading-hidden-at-source'
              : isBlank
                ? 'reading-blank'
                : 'reading-missing'
        tellOnce(`${code}\t${column}\t${text}`, () => {
          const { texts } = grid.columns[column]!
          const counts = countTexts(grid.columns[column]!, firstRow, lastRow)
          let count = 0
          texts.forEach((other, index) => {
            if (other.trim() === text) count += counts[index]!
          })
          report.add(
            figure.reason === 'cell-error' || figure.kind === 'hidden' ? 'warning' : 'note',
            code,
            row,
            title(column),
            text,
            { count },
          )
        })
        return true
      }
    }
  }

  function hasRightWidth(row: number): boolean {
    if (!grid.widths) return true
    const width = grid.widths[row]!
    if (width > headerWidth) {
      for (let column = headerWidth; column < grid.columns.length; column++)
        if (cellText(grid, row, column).trim() !== '') {
          report.add('error', 'reading-row-long', row, null, null, {
            found: width,
            expected: headerWidth,
          })
          return false
        }
    }
    if (width <= lastNeeded && width < headerWidth) {
      report.add('error', 'reading-row-short', row, null, null, {
        found: width,
        expected: headerWidth,
      })
      return false
    }
    return true
  }

  function isNeeded(role: ColumnRole): boolean {
    return FIGURE_ROLES.includes(role) || role === 'area' || role === 'period' || role === 'sex'
  }

  /** The area of a row, or null when it is not to be read, which has been told. */
  function placeOf(row: number): string | null {
    if (areaColumn < 0) return whole ?? UNPLACED
    const { codes } = grid.columns[areaColumn]!
    const reading = areaTexts[codes[row]!]!
    const text = cellText(grid, row, areaColumn).trim()
    const notMatched = (suggestions: readonly AreaId[]): void => {
      const earlier = unmatched.get(text)
      if (earlier) earlier.rows++
      else if (unmatched.size < MOST_UNMATCHED) unmatched.set(text, { rows: 1, suggestions })
    }
    switch (reading.kind) {
      case 'area':
        matched.add(reading.area)
        if (reading.onTwoLevels)
          tellOnce(`levels\t${text}`, () =>
            report.add('note', 'reading-area-on-two-levels', row, title(areaColumn), text, {
              area: reading.area,
            }),
          )
        return finer.length > 0 && isFiner(row, reading.area) ? null : reading.area
      case 'total':
        totalRows.add(row + 1)
        return whole ?? UNPLACED
      case 'unplaced':
        return UNPLACED
      case 'elsewhere':
        notMatched([])
        tellOnce(`elsewhere\t${text}`, () =>
          report.add('warning', 'reading-area-elsewhere', row, title(areaColumn), text),
        )
        return text
      case 'blank': {
        const named = namedBeside(row)
        if (named?.kind === 'area') {
          matched.add(named.area)
          return finer.length > 0 && isFiner(row, named.area) ? null : named.area
        }
        if (named?.kind === 'total') {
          totalRows.add(row + 1)
          return whole ?? UNPLACED
        }
        report.add('error', 'reading-area-blank', row, title(areaColumn), null)
        return null
      }
      case 'contradiction':
        report.add('error', 'reading-area-contradiction', row, title(areaColumn), text, {
          code: reading.code,
          name: nameOf(reading.name),
        })
        return null
      case 'skipped':
        return null
      case 'unknown':
        notMatched(reading.suggestions)
        tellOnce(`unknown\t${text}`, () =>
          report.add('question', `reading-area-${reading.why}`, row, title(areaColumn), text, {
            suggestions: reading.suggestions.map((id) => `${nameOf(id)} (${id})`).join('; '),
          }),
        )
        return null
    }
  }

  /** What the column of names says where the code is blank. */
  function namedBeside(row: number): AreaText | undefined {
    const column = columnOf('area-name')
    return column < 0 ? undefined : nameTexts[grid.columns[column]!.codes[row]!]
  }

  function nameOf(id: AreaId): string {
    return context.areas.find((area) => area.id === id)?.name ?? id
  }

  function readAreas(): readonly AreaText[] {
    if (areaColumn < 0) return []
    const { texts } = grid.columns[areaColumn]!
    const readings = readAreaTexts(
      texts,
      context.areas,
      context.answers.areas,
      levelOfHeading(title(areaColumn)),
    )
    const nameColumn = columnOf('area-name')
    if (nameColumn < 0) return readings
    return contradicted(readings, nameColumn)
  }

  function readNames(): readonly AreaText[] {
    const column = columnOf('area-name')
    return column < 0 ? [] : readAreaTexts(grid.columns[column]!.texts, context.areas, {})
  }

  /** Columns of names that hold areas within what the column of areas says of some row. */
  function finerBeside(): readonly {
    readonly column: number
    readonly names: readonly AreaText[]
  }[] {
    if (areaColumn < 0) return []
    const beside = columns.flatMap(({ role }, column) =>
      role === 'area-name'
        ? [
            {
              column,
              names: readAreaTexts(grid.columns[column]!.texts, context.areas, {}, null, 0),
            },
          ]
        : [],
    )
    const areasOf = (readings: readonly AreaText[]): ReadonlySet<AreaId> =>
      new Set(readings.flatMap((reading) => (reading.kind === 'area' ? [reading.area] : [])))
    const outer = [...areasOf([...areaTexts, ...beside.flatMap(({ names }) => names)])]
    const widest = outer.filter((area) => outer.some((other) => isWithin(other, area)))
    return beside.filter(({ names }) =>
      [...areasOf(names)].some((area) => widest.some((other) => isWithin(area, other))),
    )
  }

  function isWithin(area: AreaId, outer: AreaId): boolean {
    for (let at = parents.get(area) ?? null; at !== null; at = parents.get(at) ?? null)
      if (at === outer) return true
    return false
  }

  /** Whether a smaller area stands beside the one that a row would be read as, which is told. */
  function isFiner(row: number, area: AreaId): boolean {
    for (const { column, names } of finer) {
      const named = names[grid.columns[column]!.codes[row]!]!
      // A name of two levels may be the wider area's own.
      if (named.kind !== 'area' || named.onTwoLevels || named.area === area) continue
      if (!isWithin(named.area, area)) continue
      report.add('error', 'reading-area-finer', row, title(column), textAt(row, column), { area })
      return true
    }
    return false
  }

  /** A code beside the name of another area of its level: both are in doubt. */
  function contradicted(readings: readonly AreaText[], nameColumn: number): readonly AreaText[] {
    const names = nameTexts
    const level = new Map(context.areas.map((area) => [area.id, area.level]))
    const { codes } = grid.columns[areaColumn]!
    const pairs = new Set<number>()
    const size = names.length
    const all = [...readings]
    for (let row = firstRow; row <= lastRow; row++) {
      const [one, other] = [codes[row]!, grid.columns[nameColumn]!.codes[row]!]
      if (pairs.has(one * size + other)) continue
      pairs.add(one * size + other)
      const [code, name] = [readings[one]!, names[other]!]
      if (code.kind !== 'area' || name.kind !== 'area' || code.area === name.area) continue
      if (level.get(code.area) !== level.get(name.area)) continue
      all[one] = { kind: 'contradiction', code: code.area, name: name.area }
    }
    return all
  }

  /** Of each text in the column of periods the day it names; null when none does. */
  function daysOfPeriods(): { readonly codes: Uint32Array; readonly byText: Uint8Array } | null {
    const column = columnOf('period')
    if (column < 0 || columnOf('year') >= 0) return null
    const { texts, codes } = grid.columns[column]!
    const order = readPeriods(texts).order === 'month-first' ? 'month-first' : 'day-first'
    const byText = Uint8Array.from(texts, (text) => dayInMonth(text, order))
    return byText.some((day) => day > 0) ? { codes, byText } : null
  }

  /** The period of a row; null when its headings have it, undefined when the row cannot be read. */
  function periodReader(): (row: number) => PeriodCode | null | undefined {
    const column = columnOf('period')
    const year = columnOf('year')
    const month = columnOf('month')
    if (year >= 0 && month < 0 && column < 0) return () => null
    if (year >= 0 && (month >= 0 || column >= 0))
      return partReader(year, month >= 0 ? month : column)
    if (column < 0) return () => context.answers.period
    const { texts, codes } = grid.columns[column]!
    const heading = title(column)
    const ofColumn = readPeriods(texts)
    const order = new DateOrderReport(report, ofColumn, heading)
    const readings = ofColumn.readings.map((reading) => {
      if (reading.kind === 'yearless') {
        const answered = context.answers.year ?? yearOfTitle
        if (answered === null) return { kind: 'needs-year' as const }
        const code = reading.inYear(answered)
        return code === null
          ? { kind: 'impossible' as const }
          : { kind: 'period' as const, code, isFromTitle: context.answers.year === null }
      }
      return reading
    })
    return (row) => {
      const reading = readings[codes[row]!]!
      const text = texts[codes[row]!]!.trim()
      if (reading.kind === 'period') {
        if ('isFromTitle' in reading && reading.isFromTitle)
          tellOnce('year-of-title', () =>
            report.add('warning', 'reading-year-of-title', row, heading, text, {
              year: yearOfTitle!,
            }),
          )
        if ('order' in reading) order.tell(reading, row, text)
        return reading.code
      }
      if (reading.kind === 'needs-year')
        tellOnce(`needs-year`, () =>
          report.add('question', 'reading-period-without-year', row, heading, text),
        )
      else if (groups.every(({ period, partOfYear }) => period !== null || partOfYear !== null))
        return null
      else if (/^(total(t|er)?|summa|samtliga|hela perioden)$/i.test(text))
        report.add('note', 'reading-period-total', row, heading, text)
      else if (reading.kind === 'unordered') order.tell(reading, row, text)
      else
        report.add(
          'error',
          reading.kind === 'impossible' ? 'reading-period-impossible' : 'reading-period-unknown',
          row,
          heading,
          text,
        )
      return undefined
    }
  }

  /** The part of the year that a heading names, in the year of the row, of the answer or of the title. */
  function inYear(row: number, part: string): PeriodCode | null {
    const column = columnOf('year')
    const text = column < 0 ? '' : cellText(grid, row, column).trim()
    const year = /^\d{4}$/.test(text) ? Number(text) : (context.answers.year ?? yearOfTitle)
    const reading = readPeriod(part)
    return year === null || reading.kind !== 'yearless' ? null : reading.inYear(year)
  }

  /** Year and month (quarter, term …) in columns of their own. */
  function partReader(
    yearColumn: number,
    partColumn: number,
  ): (row: number) => PeriodCode | null | undefined {
    const heading = title(partColumn)
    const known = new Map<string, PeriodCode | null>()
    return (row) => {
      const year = cellText(grid, row, yearColumn).trim()
      const part = cellText(grid, row, partColumn).trim()
      const key = `${year}\t${part}`
      let code = known.get(key)
      if (code === undefined) {
        code = codeOfParts(year, part, heading, columns[partColumn]!.role === 'month')
        known.set(key, code)
      }
      if (code !== null) return code
      report.add('error', 'reading-period-impossible', row, heading, `${year} ${part}`.trim())
      return undefined
    }
  }

  function sexReader(): (row: number) => number | null {
    const column = columnOf('sex')
    if (column < 0) return () => READ_SEXES.indexOf('T')
    const { texts, codes } = grid.columns[column]!
    const readings = texts.map((text) => readSex(text))
    return (row) => {
      const sex = readings[codes[row]!]!
      if (sex !== null) return READ_SEXES.indexOf(sex)
      report.add('error', 'reading-sex-unknown', row, title(column), texts[codes[row]!]!.trim())
      return null
    }
  }

  function ageReader(): (row: number) => string | null {
    const column = columnOf('age')
    if (column < 0) return () => null
    const { texts, codes } = grid.columns[column]!
    const readings = texts.map((text) => readAge(text))
    return (row) => readings[codes[row]!]!
  }
}

/** The columns of a group, by role. */
interface CompiledFigures extends Record<FigureRole, FigureColumn | null> {
  readonly all: readonly FigureColumn[]
  readonly roles: readonly FigureRole[]
  /** The figure that the reading is about. */
  readonly main: FigureColumn | null
  /** Whether it is a count of what happened, so that the days of a month are added up. */
  readonly areDaysSummed: boolean
}

function compile(
  group: FigureGroup,
  known: ReadonlyMap<number, FigureColumn>,
  columns: TableMapping['columns'],
): CompiledFigures {
  const of = (role: FigureRole): FigureColumn | null => {
    const column = group.columns[role]
    return column === undefined ? null : known.get(column)!
  }
  const roles = ROLES.filter((role) => of(role) !== null)
  const figures = {
    ...{ numerator: of('numerator'), denominator: of('denominator'), value: of('value') },
    ...{ respondents: of('respondents'), margin: of('margin'), units: of('units') },
  }
  const { numerator, value, respondents, denominator } = figures
  return {
    ...figures,
    roles,
    all: roles.map((role) => of(role)!),
    main: numerator ?? value ?? respondents ?? denominator,
    areDaysSummed:
      roles.length === 1 &&
      (numerator !== null || group.isLoneCount) &&
      !STOCK.test(columns[(numerator ?? value)!.column]!.name),
  }
}

/** What there is at a time: two days of it are no sum. */
const STOCK = /folkm(ä|a)ngd|befolkning|inv(å|a)nare|population|best(å|a)nd/i

const REPEATS = {
  alike: 'reading-repeated',
  contradicted: 'reading-contradicted',
  'days-apart': 'reading-days-apart',
  'day-unread': 'reading-day-unread',
} as const satisfies Record<Repeat['why'], string>

const ROLES = FIGURE_ROLES as readonly FigureRole[]

const numberIn = (column: FigureColumn | null, row: number): number =>
  column === null ? NaN : column.numbers[column.codes[row]!]!

function markIn(
  column: FigureColumn | null,
  row: number,
  kind: 'hidden' | 'missing',
): ReadingReason | null {
  if (column === null) return null
  const code = column.codes[row]!
  if (column.isTold[code] === 0) return null
  const figure = column.figures[code]!
  return figure.kind === kind ? figure.reason : null
}

const measureOf = (ofRow: string | null, ofColumn: string | null): string | null => {
  if (ofColumn === null) return ofRow
  return ofRow === null ? ofColumn : `${ofRow}: ${ofColumn}`
}

/** One reading that is filled anew for every row, because there may be a million. */
const emptyCell = (): { -readonly [Key in keyof Reading]: Reading[Key] } => ({
  ...{ row: 0, area: '', period: '', sex: 0, age: null, measure: null },
  ...{ numerator: NaN, denominator: NaN, value: NaN, respondents: NaN, margin: NaN, units: NaN },
  ...{ status: READ_VALUE, reason: 0, day: 0, ofDays: DAYS_APART },
})

/** "2024" and "mars", "3", "kv 1", "VT"; a lone number is what its heading says. */
function codeOfParts(
  year: string,
  part: string,
  heading: string,
  isMonth: boolean,
): PeriodCode | null {
  if (!/^\d{4}$/.test(year)) return null
  if (isMonth) {
    const month = monthNumber(part)
    if (month === null) return null
    const reading = readPeriod(`${year}-${String(month).padStart(2, '0')}`)
    return reading.kind === 'period' ? reading.code : null
  }
  const whole = readPeriod(part)
  if (whole.kind === 'period') return whole.code
  if (whole.kind === 'yearless') return whole.inYear(Number(year))
  const named = readPeriod(`${heading} ${part}`)
  return named.kind === 'yearless' ? named.inYear(Number(year)) : null
}

/** Cells of areas of the register, each once: the municipality's own only when it is the only area there is. */
function countObservations(readings: Readings, areas: readonly Area[]): number {
  const whole = new Set(areas.filter(({ parent }) => parent === null).map(({ id }) => id))
  const known = new Set(areas.map(({ id }) => id))
  const isMunicipality = (area: string): boolean => whole.has(area) || /^\d{4}$/.test(area)
  const used = [...new Set(readings.area)].map((index) => readings.areas[index]!)
  const allMunicipalities = used.length > 0 && used.every(isMunicipality)
  const counts = readings.areas.map(
    (area) => known.has(area) && (allMunicipalities || !whole.has(area)),
  )
  // Several measures of one cell are one observation.
  if (readings.measures.length < 2) {
    let count = 0
    for (let index = 0; index < readings.count; index++) if (counts[readings.area[index]!]) count++
    return count
  }
  const cells = new Set<number>()
  const { area, period, sex, age, periods, ages } = readings
  for (let index = 0; index < readings.count; index++)
    if (counts[area[index]!])
      cells.add(
        ((area[index]! * periods.length + period[index]!) * 3 + sex[index]!) * ages.length +
          age[index]!,
      )
  return cells.size
}
