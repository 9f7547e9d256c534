import type { Finding } from '../../core/finding.ts'
import { COMMENT_MAX } from '../../core/follow-up.ts'
import { groupBy } from '../../core/group-by.ts'
import { kindOf, type PeriodCode } from '../../core/period.ts'
import { tellingsOf } from '../../core/plan-period.ts'
import {
  effortsOf,
  FOLLOW_UP_READINGS,
  FOLLOW_UP_STATUSES,
  type ActivityPlan,
  type Effort,
  type FollowUp,
} from '../../core/plan.ts'
import { slugOf } from '../../core/slug.ts'
import { FOLLOW_UP_COLUMNS, followUpText, type FollowUpColumn } from '../../text/follow-up.ts'
import { planText } from '../../text/plan.ts'
import { readNumber } from '../../text/read-number.ts'
import { followUpsOf } from '../../views/plan/plan-filter.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import { readPeriod } from '../tables/period-text.ts'

/*
 * Follow-ups as people send them back: the sheet that was handed out, its columns in any order, some of them gone or
 * added, words in capitals, one effort over several rows. What a file does not have a column for stays as it was; an
 * effort of which nothing is filled in is left alone.
 */

export interface FollowUpSheetReading {
  /** None where there is an error. */
  readonly records: readonly FollowUp[]
  readonly findings: readonly Finding[]
}

/** Rows that are looked through for the heads of the columns. */
const HEAD_ROWS = 30
const NEEDED = ['halfYear', 'status'] as const

/**
 * Follow-ups of a file, all or nothing.
 * @param day ISO day that is put where the file says none
 * @returns every error of the file at once, by row and column
 */
export function readFollowUpSheet(
  file: string,
  grids: readonly Grid[],
  plan: ActivityPlan,
  day: string,
): FollowUpSheetReading {
  const table = grids.map(tableOf).find((found) => found !== null)
  if (!table) return { records: [], findings: [finding(file, 'error', 'follow-up-no-table')] }
  const reader = new SheetReader(file, table, plan, day)
  const records = reader.read()
  const isStopped = reader.findings.some(({ severity }) => severity === 'error')
  return { records: isStopped ? [] : records, findings: reader.findings }
}

interface SheetTable {
  readonly grid: Grid
  /** 0-based. */
  readonly headRow: number
  readonly columns: ReadonlyMap<FollowUpColumn, number>
  /** Heads that stand for nothing here. */
  readonly others: readonly string[]
}

const COLUMN_OF: ReadonlyMap<string, FollowUpColumn> = new Map(
  FOLLOW_UP_COLUMNS.flatMap((column) =>
    [followUpText.heads[column], ...followUpText.otherHeads[column]].map(
      (head) => [slugOf(head), column] as const,
    ),
  ),
)

/** The first row that has a head for status or half-year, and for what the row is about. */
function tableOf(grid: Grid): SheetTable | null {
  for (let row = 0; row < Math.min(HEAD_ROWS, grid.rowCount); row++) {
    const columns = new Map<FollowUpColumn, number>()
    const others: string[] = []
    grid.columns.forEach((_, at) => {
      const head = cellText(grid, row, at).trim()
      const column = COLUMN_OF.get(slugOf(head))
      if (column !== undefined && !columns.has(column)) columns.set(column, at)
      else if (head !== '') others.push(head)
    })
    const isAbout = columns.has('id') || columns.has('title')
    if (isAbout && (columns.has('status') || columns.has('halfYear')))
      return { grid, headRow: row, columns, others }
  }
  return null
}

/** What was written in one cell, and where. */
interface Field {
  /** 1-based. */
  readonly row: number
  readonly text: string
}

interface SheetRow {
  /** 1-based. */
  readonly row: number
  readonly effort: Effort
  readonly halfYear: PeriodCode
}

class SheetReader {
  readonly findings: Finding[] = []
  private readonly efforts: readonly Effort[]

  constructor(
    private readonly file: string,
    private readonly table: SheetTable,
    private readonly plan: ActivityPlan,
    private readonly day: string,
  ) {
    this.efforts = effortsOf(plan)
  }

  read(): readonly FollowUp[] {
    const { columns, others, headRow } = this.table
    for (const column of NEEDED)
      if (!columns.has(column))
        this.report('error', 'follow-up-column-missing', headRow + 1, column, null, {
          expected: followUpText.heads[column],
        })
    for (const other of others)
      this.report('note', 'follow-up-column-ignored', headRow + 1, null, other)
    if (this.findings.some(({ severity }) => severity === 'error')) return []
    const rows: SheetRow[] = []
    for (let row = headRow + 2; row <= this.table.grid.rowCount; row++) {
      const read = this.rowAt(row)
      if (read) rows.push(read)
    }
    const groups = groupBy(rows, ({ effort, halfYear }) => `${effort.intervention.id} ${halfYear}`)
    const records = groups.flatMap((group) => this.recordOf(group) ?? [])
    const untouched = groups.length - records.length
    if (untouched > 0 && !this.findings.some(({ severity }) => severity === 'error'))
      this.report('note', 'follow-up-nothing-filled', null, null, null, { count: untouched })
    return records
  }

  /** Null where there is nothing in the row, or nothing that tells what it is about. */
  private rowAt(row: number): SheetRow | null {
    if (FOLLOW_UP_COLUMNS.every((column) => this.textAt(row, column) === '')) return null
    const effort = this.effortAt(row)
    const halfYear = this.halfYearAt(row)
    return effort && halfYear !== null ? { row, effort, halfYear } : null
  }

  private effortAt(row: number): Effort | null {
    const id = this.textAt(row, 'id')
    const title = this.textAt(row, 'title')
    if (id !== '') {
      const effort = this.efforts.find((one) => tellingsOf(one).some((told) => told.id === id))
      if (!effort) {
        this.report('error', 'follow-up-unknown-effort', row, 'id', id)
        return null
      }
      const isOther =
        title !== '' && !tellingsOf(effort).some((told) => slugOf(told.title) === slugOf(title))
      if (isOther)
        this.report('warning', 'follow-up-other-title', row, 'title', title, {
          expected: effort.intervention.title,
        })
      return effort
    }
    const name = this.textAt(row, 'department')
    const department =
      name === '' ? null : this.plan.departments.find((one) => slugOf(one.name) === slugOf(name))
    if (department === undefined) {
      this.report('error', 'follow-up-unknown-department', row, 'department', name, {
        expected: this.plan.departments.map((one) => one.name).join(', '),
      })
      return null
    }
    const found = this.efforts.filter((one) =>
      tellingsOf(one).some(
        (told) =>
          slugOf(told.title) === slugOf(title) &&
          (department === null || told.department === department.id),
      ),
    )
    if (found.length === 1) return found[0]!
    this.report(
      'error',
      found.length === 0 ? 'follow-up-unknown-effort' : 'follow-up-unclear-effort',
      row,
      'title',
      title,
    )
    return null
  }

  private halfYearAt(row: number): PeriodCode | null {
    const text = this.textAt(row, 'halfYear')
    const halfYear = readHalfYear(text)
    if (halfYear === null) this.report('error', 'follow-up-half-year', row, 'halfYear', text)
    return halfYear
  }

  /** What the rows of one effort say of it; null where they say nothing. */
  private recordOf(group: readonly SheetRow[]): FollowUp | null {
    const { effort, halfYear, row } = group[0]!
    const rows = group.map((one) => one.row)
    const fields = {
      status: this.only(rows, 'status'),
      reading: this.only(rows, 'reading'),
      comment: this.only(rows, 'comment'),
      date: this.only(rows, 'date'),
    }
    const measures = this.measuresOf(rows)
    const isFilled =
      Object.values(fields).some((field) => field !== null && field !== fields.date) ||
      rows.some((one) => this.textAt(one, 'value') !== '')
    if (!isFilled) return null
    const before = followUpsOf(this.plan, effort).findLast((one) => one.halfYear === halfYear)
    const { columns } = this.table
    const kept = <Value>(column: FollowUpColumn, read: Value, old: Value | undefined): Value =>
      columns.has(column) || old === undefined ? read : old
    const status = fields.status && this.word(fields.status, 'status', STATUS_OF)
    const reading = fields.reading && this.word(fields.reading, 'reading', READING_OF)
    if (fields.status === null)
      this.report('error', 'follow-up-status-missing', row, 'status', null, {
        expected: STATUS_OF.words,
      })
    if (fields.comment && fields.comment.text.length > COMMENT_MAX)
      this.report('error', 'follow-up-comment-long', fields.comment.row, 'comment', null, {
        maximum: COMMENT_MAX,
      })
    const date = fields.date ? this.dateOf(fields.date) : this.day
    if (!status) return null
    return {
      ...{ intervention: before?.intervention ?? effort.intervention.id, halfYear, status },
      measures: kept('value', measures, before?.measures),
      reading: kept('reading', reading === 'none' ? null : reading, before?.reading),
      comment: kept('comment', fields.comment?.text ?? '', before?.comment),
      date: kept('date', date, before?.date),
      lines: null,
    }
  }

  /** What one of the rows says, and no other says otherwise. */
  private only(rows: readonly number[], column: FollowUpColumn): Field | null {
    const said = rows
      .map((row): Field => ({ row, text: this.textAt(row, column) }))
      .filter(({ text }) => text !== '')
    const [first] = said
    const other = said.find(({ text }) => text !== first!.text)
    if (other)
      this.report('error', 'follow-up-contradiction', other.row, column, other.text, {
        expected: first!.text,
        row: first!.row,
      })
    return first ?? null
  }

  private measuresOf(rows: readonly number[]): FollowUp['measures'] {
    const measures: { name: string; value: number; unit: string }[] = []
    for (const row of rows) {
      const [name, unit] = [this.textAt(row, 'measure'), this.textAt(row, 'unit')]
      const text = this.textAt(row, 'value')
      if (text === '') continue
      const value = this.numberAt(row) ?? readNumber(text)
      if (value === null) this.report('error', 'follow-up-value', row, 'value', text)
      else if (name === '') this.report('error', 'follow-up-measure-missing', row, 'measure', text)
      else if (unit === '') this.report('error', 'follow-up-unit-missing', row, 'unit', name)
      else if (measures.some((one) => slugOf(one.name) === slugOf(name)))
        this.report('error', 'follow-up-measure-twice', row, 'measure', name)
      else measures.push({ name, value, unit })
    }
    return measures
  }

  private word<Value extends string>(
    { row, text }: Field,
    column: FollowUpColumn,
    { values, words }: Words<Value>,
  ): Value | null {
    const value = values.get(slugOf(text))
    if (value === undefined)
      this.report('error', 'follow-up-word', row, column, text, { expected: words })
    return value ?? null
  }

  private dateOf({ row, text }: Field): string | null {
    const day = /^(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?$/.exec(text)
    const iso = day ? `${day[1]}-${day[2]}-${day[3]}` : null
    if (iso !== null && !Number.isNaN(Date.parse(iso))) return iso
    this.report('error', 'follow-up-date', row, 'date', text)
    return null
  }

  /** @param row 1-based */
  private textAt(row: number, column: FollowUpColumn): string {
    const at = this.table.columns.get(column)
    if (at === undefined) return ''
    return withoutApostrophe(cellText(this.table.grid, row - 1, at))
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .trim()
  }

  /** The number that the file itself holds; null where it holds text. */
  private numberAt(row: number): number | null {
    const column = this.table.grid.columns[this.table.columns.get('value') ?? -1]
    const number = column?.numbers?.[column.codes[row - 1]!] ?? NaN
    return Number.isFinite(number) ? number : null
  }

  private report(
    severity: Finding['severity'],
    code: string,
    row: number | null,
    column: FollowUpColumn | null,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void {
    const head = this.table.columns.get(column ?? 'id')
    this.findings.push({
      ...{ severity, code, file: this.file, row, text, parameters },
      column:
        column === null
          ? null
          : head === undefined
            ? followUpText.heads[column]
            : cellText(this.table.grid, this.table.headRow, head).trim(),
    })
  }
}

/** "HT 2026", "hösten 2026", "höst 26", "2026-H2", "andra halvåret 2026"; null where it is no half-year. */
export function readHalfYear(text: string): PeriodCode | null {
  const reading = readPeriod(text.replace(/^(vår|höst)(?=[\s\u00a0]*\d)/i, '$1en'))
  if (reading.kind !== 'period') return null
  const { code } = reading
  if (kindOf(code) === 'half-year') return code
  return kindOf(code) === 'term' ? code.replace('VT', 'H1').replace('HT', 'H2') : null
}

interface Words<Value extends string> {
  readonly values: ReadonlyMap<string, Value>
  /** As they are told. */
  readonly words: string
}

const wordsOf = <Value extends string>(
  values: readonly Value[],
  wordOf: (value: Value) => string,
  others: Readonly<Record<string, Value>>,
): Words<Value> => ({
  values: new Map([
    ...values.flatMap((value) => [
      [slugOf(value), value] as const,
      [slugOf(wordOf(value)), value] as const,
    ]),
    ...Object.entries(others).map(([word, value]) => [slugOf(word), value] as const),
  ]),
  words: values.map(wordOf).join(', '),
})

const STATUS_OF = wordsOf(
  FOLLOW_UP_STATUSES,
  (value) => planText.statuses[value],
  followUpText.otherStatuses,
)
const READING_OF = wordsOf(
  [...FOLLOW_UP_READINGS, 'none'] as const,
  (value) => (value === 'none' ? followUpText.notJudged : planText.readings[value]),
  followUpText.otherReadings,
)

/** What a writer put before text that a spreadsheet would take for a formula. */
const withoutApostrophe = (text: string): string =>
  /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text

const finding = (file: string, severity: Finding['severity'], code: string): Finding => ({
  ...{ severity, code, file, row: null, column: null, text: null },
})
