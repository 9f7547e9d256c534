import { STATUS_HIDDEN } from '../cell.ts'
import type { ReleasedJointTable } from './audit.ts'
import type { JointTable } from './joint-table.ts'
import { hidingCosts } from './protect.ts'
import { ruleIndex } from './requirement.ts'

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

/**
 * Keeps hidden what an earlier release hid, where it may be hidden at all: another choice of cells would be subtracted
 * from the earlier one.
 * @param hiddenEarlier 1 where an earlier release hid a cell that none has shown
 */
export function stayHidden(
  table: JointTable,
  rules: Uint8Array,
  hiddenEarlier: Uint8Array,
): Uint8Array {
  const costs = hidingCosts(table)
  return rules.map((rule, cell) =>
    rule === 0 && hiddenEarlier[cell] && costs[cell] !== Infinity ? ruleIndex('secondary') : rule,
  )
}
