import { hiddenShare, type DisclosureLog, type IndicatorLog } from '../core/disclosure/log.ts'
import {
  adviceText,
  METHOD_NAMES,
  planText,
  rulesOfPolicyText,
  rulesText,
  statusesText,
  waitingText,
} from '../text/disclosure-log.ts'
import { compareSwedish, formatNumber, withUnit } from '../text/format.ts'

export const LOG_ORDERS = ['hidden', 'name'] as const
export type LogOrder = (typeof LOG_ORDERS)[number]

/** One indicator of the log, in words and counts. */
export interface LogRow {
  readonly id: string
  readonly name: string
  readonly policyText: string
  readonly planText: string
  /** Cells that could be shown: those that are, and those that the gate has hidden. */
  readonly cells: number
  readonly shown: number
  readonly hidden: number
  /** 0 … 1, of `cells`. */
  readonly share: number
  readonly shareText: string
  readonly rulesText: string
  readonly equations: number
  readonly unsafe: number
  /** Every cell of the plan by its status, missing ones included. */
  readonly statusesText: string
  /** How the hidden cells were chosen; null where none is hidden. */
  readonly methodText: string | null
  /** Empty where no figure waits. */
  readonly waitingText: string
  readonly advice: readonly string[]
}

/** The log's indicators, those that hide the greatest share first, or by name. */
export function logRows(log: DisclosureLog, order: LogOrder): LogRow[] {
  const rows = log.indicators.map((indicator) => rowOf(indicator, log))
  const byName = (a: LogRow, b: LogRow) => compareSwedish(a.name, b.name)
  return rows.toSorted(order === 'name' ? byName : (a, b) => b.share - a.share || byName(a, b))
}

function rowOf(own: IndicatorLog, log: DisclosureLog): LogRow {
  const { audit, statuses } = own
  const share = hiddenShare(audit)
  return {
    id: own.indicator,
    name: own.name,
    policyText: rulesOfPolicyText(own),
    planText: planText(own, log),
    cells: audit.cells,
    shown: statuses.value,
    hidden: audit.suppressed,
    share,
    shareText: withUnit(formatNumber(100 * share, 1), '%'),
    rulesText: rulesText(own),
    equations: audit.equations,
    unsafe: audit.unsafe,
    statusesText: statusesText(own),
    methodText: audit.suppressed > 0 ? METHOD_NAMES[own.method] : null,
    waitingText: waitingText(own),
    advice: own.advice.map((step) => adviceText(step, own, log)),
  }
}

/** The sums over all indicators; the share is of all their cells. */
export function logTotals(
  rows: readonly LogRow[],
): Pick<LogRow, 'cells' | 'hidden' | 'equations' | 'unsafe' | 'share'> {
  const sum = (column: 'cells' | 'hidden' | 'equations' | 'unsafe') =>
    rows.reduce((total, row) => total + row[column], 0)
  const cells = sum('cells')
  const hidden = sum('hidden')
  return {
    ...{ cells, hidden, equations: sum('equations'), unsafe: sum('unsafe') },
    share: cells > 0 ? hidden / cells : 0,
  }
}
