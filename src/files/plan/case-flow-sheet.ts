import {
  FLOW_STAGES,
  perStage,
  type FlowStage,
  type FlowStages,
  type RawFlow,
  type RawFlowCount,
} from '../../core/case-flow.ts'
import type { Finding } from '../../core/finding.ts'
import { comparePeriods, kindOf, periodsBetween, type PeriodCode } from '../../core/period.ts'
import { slugOf } from '../../core/slug.ts'
import { caseFlowText, FLOW_HEADS } from '../../text/case-flow.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import { readFigure } from '../read-figure.ts'
import { hasPersonalNumber } from '../tables/personal-number.ts'
import { readPeriod } from '../tables/period-text.ts'

/*
 * A flow as it is kept by those who coordinate the work: a row a month, a column a stage, perhaps a row of totals, in
 * any order, below titles. A file with a row a person is no such table, and is refused by what it looks like.
 */

/** What a file says, before the gate. */
export interface FlowSheet {
  /** What the file calls each stage; null where it has no column of it. */
  readonly names: FlowStages<string | null>
  readonly months: RawFlow['months']
  readonly counts: RawFlow['counts']
  readonly totals: RawFlow['totals']
}

export interface FlowSheetReading {
  /** Null where there is an error. */
  readonly sheet: FlowSheet | null
  readonly findings: readonly Finding[]
}

const HEAD_ROWS = 30
const MONTHS_MAX = 240
const NAME_MAX = 40
const TOTAL = /^(total(t|summa)?|summa|samtliga|alla( månader)?|hela perioden)$/i

/** Reads the first sheet that holds a flow, all or nothing. @returns every error at once, by row and column */
export function readFlowSheet(file: string, grids: readonly Grid[]): FlowSheetReading {
  const table = grids.map(tableOf).find((found) => found !== null)
  const reader = new FlowSheetReader(file, table ?? null)
  const sheet = reader.read()
  const isStopped = reader.findings.some(({ severity }) => severity === 'error')
  return { sheet: isStopped ? null : sheet, findings: reader.findings }
}

type FlowColumn = FlowStage | 'month' | 'year'

interface FlowTable {
  readonly grid: Grid
  /** 0-based. */
  readonly headRow: number
  readonly columns: ReadonlyMap<FlowColumn, number>
  /** Heads that stand for nothing here. */
  readonly others: readonly string[]
  /** Heads that say what an earlier one does. */
  readonly repeated: readonly string[]
}

const COLUMN_OF: ReadonlyMap<string, FlowColumn> = new Map(
  (Object.entries(FLOW_HEADS) as [FlowColumn, readonly string[]][]).flatMap(([column, heads]) =>
    heads.map((head) => [slugOf(head), column] as const),
  ),
)

/** A head without its footnote mark, its unit and its "antal". */
const plainHead = (head: string): string =>
  slugOf(head.replace(/[*†]|\([^)]*\)/g, ' ').replace(/,?\s*antal\b|^antal\s+/gi, ' '))

/** As it is written, without footnote marks and without what is counted. */
const shortHead = (head: string): string =>
  head
    .replace(/[*†]/g, '')
    .replace(/,?\s*\(?antal\)?\s*$/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, NAME_MAX)

function tableOf(grid: Grid): FlowTable | null {
  for (let row = 0; row < Math.min(HEAD_ROWS, grid.rowCount); row++) {
    const columns = new Map<FlowColumn, number>()
    const others: string[] = []
    const repeated: string[] = []
    grid.columns.forEach((_, at) => {
      const head = cellText(grid, row, at).trim()
      const column = COLUMN_OF.get(plainHead(head))
      if (column === undefined) {
        if (head !== '') others.push(head)
      } else if (columns.has(column)) repeated.push(head)
      else columns.set(column, at)
    })
    const stages = FLOW_STAGES.filter((stage) => columns.has(stage))
    if (columns.has('month') && stages.length >= 2)
      return { grid, headRow: row, columns, others, repeated }
  }
  return null
}

class FlowSheetReader {
  readonly findings: Finding[] = []

  constructor(
    private readonly file: string,
    private readonly table: FlowTable | null,
  ) {}

  read(): FlowSheet | null {
    const { table } = this
    if (!table) {
      this.report('error', 'flow-no-table', null, null, null)
      return null
    }
    const { grid, headRow, columns, others, repeated } = table
    if (this.hasPersons(table)) return null
    for (const head of repeated) this.report('error', 'flow-column-twice', headRow + 1, null, head)
    for (const head of others) this.report('note', 'flow-column-ignored', headRow + 1, null, head)
    for (const stage of FLOW_STAGES)
      if (!columns.has(stage))
        this.report('warning', 'flow-column-missing', headRow + 1, null, null, {
          expected: caseFlowText.stages[stage].name,
        })
    const rows = new Map<PeriodCode, FlowStages<RawFlowCount>>()
    let totals = perStage((): RawFlowCount => null)
    for (let row = headRow + 1; row < grid.rowCount; row++) {
      const counts = perStage((stage) => this.textAt(row, stage))
      const isEmpty = FLOW_STAGES.every((stage) => counts[stage] === '')
      const said = this.textAt(row, 'month')
      if (TOTAL.test(said) || TOTAL.test(this.textAt(row, 'year'))) {
        totals = perStage((stage) => this.countAt(row, stage))
        continue
      }
      if (isEmpty && (said === '' || this.monthOf(row) === null)) continue
      const month = this.monthOf(row)
      if (month === null) {
        this.report('error', 'flow-month', row + 1, 'month', said)
        continue
      }
      if (rows.has(month)) {
        this.report('error', 'flow-month-twice', row + 1, 'month', month)
        continue
      }
      rows.set(
        month,
        perStage((stage) => this.countAt(row, stage)),
      )
    }
    const known = [...rows.keys()].toSorted(comparePeriods)
    if (known.length === 0) {
      this.report('error', 'flow-empty', headRow + 1, 'month', null)
      return null
    }
    const months = periodsBetween('month', known[0]!, known.at(-1)!)
    if (months.length > MONTHS_MAX) {
      const parameters = { found: months.length, maximum: MONTHS_MAX }
      this.report('error', 'flow-months-many', null, 'month', null, parameters)
      return null
    }
    const gap = months.filter((month) => !rows.has(month))
    if (gap.length > 0)
      this.report('warning', 'flow-month-gap', null, 'month', gap.join(', '), { count: gap.length })
    return {
      names: perStage((stage) => {
        const at = columns.get(stage)
        if (at === undefined) return null
        return shortHead(cellText(grid, headRow, at))
      }),
      months,
      counts: perStage((stage) => months.map((month) => rows.get(month)?.[stage] ?? null)),
      totals: perStage((stage) => {
        const total = totals[stage]
        // Of months that the file does not have, nobody knows whether its total counts them.
        return typeof total === 'number' && gap.length === 0 ? total : null
      }),
    }
  }

  private hasPersons({ grid, headRow }: FlowTable): boolean {
    let found = false
    grid.columns.forEach((_, at) => {
      for (let row = 0; row < grid.rowCount; row++) {
        if (!hasPersonalNumber(cellText(grid, row, at))) continue
        found = true
        this.findings.push({
          ...{ severity: 'error', code: 'flow-personal-number', file: this.file, row: row + 1 },
          // Neither the number nor a head that may be a name.
          ...{ column: cellText(grid, headRow, at).trim().slice(0, NAME_MAX), text: null },
        })
        return
      }
    })
    return found
  }

  private monthOf(row: number): PeriodCode | null {
    const said = this.textAt(row, 'month')
    const year = this.textAt(row, 'year')
    const text = /^\d{1,2}$/.test(said) && year !== '' ? `${year}-${said.padStart(2, '0')}` : said
    const reading = readPeriod(text)
    const code =
      reading.kind === 'period'
        ? reading.code
        : reading.kind === 'yearless' && /^\d{4}$/.test(year)
          ? reading.inYear(Number(year))
          : null
    return code !== null && kindOf(code) === 'month' ? code : null
  }

  private countAt(row: number, stage: FlowStage): RawFlowCount {
    const text = this.textAt(row, stage)
    if (text === '') return null
    const column = this.table!.grid.columns[this.table!.columns.get(stage)!]
    const typed = column?.numbers?.[column.codes[row]!] ?? NaN
    const figure = Number.isFinite(typed)
      ? ({ kind: 'number', value: typed } as const)
      : readFigure(text)
    if (figure.kind === 'hidden-at-source') return 'hidden'
    if (figure.kind === 'missing') return null
    if (figure.kind === 'number' && Number.isSafeInteger(figure.value) && figure.value >= 0)
      return figure.value
    this.report('error', 'flow-count', row + 1, stage, text)
    return null
  }

  private textAt(row: number, column: FlowColumn): string {
    const at = this.table?.columns.get(column)
    if (at === undefined) return ''
    const { grid } = this.table!
    return cellText(grid, row, at).normalize('NFC').trim()
  }

  private report(
    severity: Finding['severity'],
    code: string,
    row: number | null,
    column: FlowColumn | null,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void {
    const at = column === null ? undefined : this.table?.columns.get(column)
    this.findings.push({
      ...{ severity, code, file: this.file, row, text, parameters },
      column: at === undefined ? null : cellText(this.table!.grid, this.table!.headRow, at).trim(),
    })
  }
}
