import type { PeriodCode } from '../../core/period.ts'
import { readPeriod, type PeriodText } from './period-text.ts'
import type { Report } from './report.ts'

/** A text in a column of periods. */
export type ColumnPeriod =
  | Exclude<PeriodText, { readonly kind: 'period' | 'unordered' }>
  /** order: of day and month, shown by the text itself or by others of the column; null where there is no doubt. */
  | {
      readonly kind: 'period'
      readonly code: PeriodCode
      readonly order: 'shown' | 'shown by others' | null
    }
  /** "03/04/2024", and the rest of the column tells nothing, or says both. */
  | { readonly kind: 'unordered'; readonly dayFirst: PeriodCode; readonly monthFirst: PeriodCode }

export interface PeriodColumn {
  /** By text. */
  readonly readings: readonly ColumnPeriod[]
  /** What days such as "13/04/2024" show about the column; null without any. */
  readonly order: 'day-first' | 'month-first' | 'both' | null
  /** One text that shows it. */
  readonly shownBy: string | null
}

/**
 * Reads the distinct texts of a column of periods. Days such as "03/04/2024" have their day and month in the order of
 * those that admit one order only ("13/04/2024"); without any, or when they contradict each other, they stay unordered.
 */
export function readPeriods(texts: readonly string[]): PeriodColumn {
  const readings = texts.map(readPeriod)
  const shows = (reading: PeriodText): 'day-first' | 'month-first' | null => {
    if (reading.kind !== 'unordered') return null
    if (reading.monthFirst === null) return 'day-first'
    return reading.dayFirst === null ? 'month-first' : null
  }
  const orders = readings.map(shows)
  const [hasDayFirst, hasMonthFirst] = [
    orders.includes('day-first'),
    orders.includes('month-first'),
  ]
  const order = hasDayFirst
    ? hasMonthFirst
      ? 'both'
      : 'day-first'
    : hasMonthFirst
      ? 'month-first'
      : null
  return {
    readings: readings.map((reading): ColumnPeriod => {
      if (reading.kind === 'period') return { ...reading, order: null }
      if (reading.kind !== 'unordered') return reading
      const { dayFirst, monthFirst } = reading
      if (dayFirst === null || monthFirst === null)
        return { kind: 'period', code: (dayFirst ?? monthFirst)!, order: 'shown' }
      if (order === null || order === 'both') return { kind: 'unordered', dayFirst, monthFirst }
      const code = order === 'day-first' ? dayFirst : monthFirst
      return { kind: 'period', code, order: 'shown by others' }
    }),
    order,
    shownBy: texts[orders.findIndex((one) => one !== null)]?.trim() ?? null,
  }
}

/** Says how the days of a column are read: once where others decide, and at every row that nothing decides. */
export class DateOrderReport {
  readonly #told = new Set<string>()

  constructor(
    private readonly report: Report,
    private readonly column: PeriodColumn,
    private readonly heading: string,
  ) {}

  /** @param row 0-based grid row */
  tell(reading: ColumnPeriod, row: number, text: string): void {
    const { order, shownBy } = this.column
    if (reading.kind === 'unordered') {
      const { dayFirst, monthFirst } = reading
      this.report.add('error', 'reading-date-ambiguous', row, this.heading, text, {
        ...{ dayFirst, monthFirst },
      })
    } else if (reading.kind === 'period' && reading.order !== null) {
      if (order === 'both') this.#once('warning', 'reading-date-orders-mixed', row, text, {})
      else if (reading.order === 'shown by others')
        this.#once('note', 'reading-date-order', row, text, {
          ...{ order: order!, shownBy: shownBy! },
        })
    }
  }

  #once(
    severity: 'warning' | 'note',
    code: string,
    row: number,
    text: string,
    parameters: Readonly<Record<string, string>>,
  ): void {
    if (this.#told.has(code)) return
    this.#told.add(code)
    this.report.add(severity, code, row, this.heading, text, parameters)
  }
}
