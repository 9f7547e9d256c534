import { STATUS_HIDDEN } from '../cell.ts'
import type { ReleasedJointTable } from './audit.ts'
import type { JointTable } from './joint-table.ts'

/**
 * What is released of a joint table: hidden cells have neither a count nor a rule, so nothing tells which rule hid
 * them. Denominators are public and stay.
 * @param rules index into HIDING_RULES by cell; 0 is shown
 */
export function releaseTable(table: JointTable, rules: Uint8Array): ReleasedJointTable {
  return {
    ...table,
    status: table.status.map((status, cell) => (rules[cell] ? STATUS_HIDDEN : status)),
    numerator: table.numerator.map((count, cell) => (rules[cell] ? NaN : count)),
    knownEarlier: null,
  }
}
