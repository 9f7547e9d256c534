import { STATUS_VALUE } from '../cell.ts'
import type { DisclosurePolicy } from '../indicator.ts'
import type { JointSystem } from './joint-system.ts'
import { HIDING_RULES, type HidingRule, type JointTable } from './joint-table.ts'

/** What must remain possible for a hidden count in the eyes of an attacker who knows every released figure. */
export interface Requirement {
  readonly cell: number
  readonly rule: HidingRule
  /** The lowest possible count must be at most this. */
  readonly lowest: number
  /** The highest possible count must be at least this. */
  readonly highest: number
}

/** What the attacker knows of any hidden count before looking at sums. */
export interface PriorBounds {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/**
 * The primary rules of a policy that hide one cell, as the protection they ask for; null when none does. A cell that
 * several rules hide must meet them all.
 * - small count: at most 1 and at least the threshold (or the denominator, when that is smaller)
 * - small complement: the same for denominator − numerator
 * - small denominator, few respondents: all from 0 to the denominator
 * @param base NaN where the measure has no denominator
 */
export function requirementOf(
  count: number,
  base: number,
  policy: DisclosurePolicy,
): Omit<Requirement, 'cell'> | null {
  if (policy.kind === 'public-at-source') return null
  const { threshold, complement, minimumDenominator, minimumRespondents } = policy
  const most = Number.isNaN(base) ? Infinity : base
  const found: Omit<Requirement, 'cell'>[] = []
  if (count > 0 && count < threshold)
    found.push({ rule: 'small-count', lowest: 1, highest: Math.min(threshold, most) })
  if (complement && base - count < threshold)
    found.push({
      rule: 'small-complement',
      lowest: Math.max(0, base - threshold),
      highest: Math.max(0, base - 1),
    })
  if (base < minimumDenominator) found.push({ rule: 'small-denominator', lowest: 0, highest: base })
  if (base < minimumRespondents) found.push({ rule: 'few-respondents', lowest: 0, highest: base })
  const [first] = found
  if (!first) return null
  return {
    rule: first.rule,
    lowest: Math.min(...found.map(({ lowest }) => lowest)),
    highest: Math.max(...found.map(({ highest }) => highest)),
  }
}

/** What an unlimited count may be at most in the attacker's eyes: no small number, so that nothing hangs on it. */
const COUNT_LIMIT = 60

/**
 * Bounds of every count before sums: 0, or 1 where the policy never hides zeros; above, the denominator of shares and
 * surveys, else the larger of 60 and twice the count.
 */
export function priorBounds({ indicator, numerator, denominator }: JointTable): PriorBounds {
  const { measure, policy } = indicator
  const bounded = measure === 'share' || measure === 'survey'
  const floor = policy.zeros === 'shown' ? 1 : 0
  return {
    lower: numerator.map((count) => Math.min(floor, count)),
    upper: numerator.map((count, cell) =>
      bounded ? Math.max(count, denominator[cell]!) : Math.max(COUNT_LIMIT, 2 * count),
    ),
  }
}

/**
 * The requirements of all cells that primary rules hide, within what the attacker knows before: where no part can be
 * zero, neither can the total.
 */
export function primaryRequirements(
  table: JointTable,
  system: JointSystem,
  own: PriorBounds,
): Requirement[] {
  const bounds = impliedBounds(system, own)
  const { status, numerator, denominator, indicator } = table
  const found: Requirement[] = []
  for (let cell = 0; cell < status.length; cell++) {
    if (status[cell] !== STATUS_VALUE) continue
    const requirement = requirementOf(numerator[cell]!, denominator[cell]!, indicator.policy)
    if (requirement)
      found.push({
        cell,
        rule: requirement.rule,
        lowest: Math.max(requirement.lowest, bounds.lower[cell]!),
        highest: Math.min(requirement.highest, bounds.upper[cell]!),
      })
  }
  return found
}

/** Bounds of totals narrowed by those of their parts. */
function impliedBounds(
  { starts, columns, coefficients }: JointSystem,
  { lower, upper }: PriorBounds,
): PriorBounds {
  const implied = { lower: lower.slice(), upper: upper.slice() }
  for (let changed = true; changed;) {
    changed = false
    for (let row = 0; row + 1 < starts.length; row++) {
      let [least, most] = [0, 0]
      const total = columns[starts[row]!]!
      const weight = -coefficients[starts[row]!]!
      for (let entry = starts[row]! + 1; entry < starts[row + 1]!; entry++) {
        least += implied.lower[columns[entry]!]!
        most += implied.upper[columns[entry]!]!
      }
      if (least / weight > implied.lower[total]! || most / weight < implied.upper[total]!) {
        implied.lower[total] = Math.max(implied.lower[total]!, least / weight)
        implied.upper[total] = Math.min(implied.upper[total]!, most / weight)
        changed = true
      }
    }
  }
  return implied
}

export const ruleIndex = (rule: HidingRule): number => HIDING_RULES.indexOf(rule)
