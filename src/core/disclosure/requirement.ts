import { STATUS_VALUE } from '../cell.ts'
import type { DisclosurePolicy } from '../indicator.ts'
import type { JointSystem } from './joint-system.ts'
import {
  HIDING_RULES,
  REPORTING_UNITS_MIN,
  type HidingRule,
  type JointTable,
} from './joint-table.ts'

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
 * - few reporting units: the threshold less and the threshold more
 * @param base NaN where the measure has no denominator
 * @param units that report the cell; NaN where it is not told
 */
export function requirementOf(
  count: number,
  base: number,
  policy: DisclosurePolicy,
  units = NaN,
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
  if (units < REPORTING_UNITS_MIN) {
    const distance = Math.max(1, threshold)
    found.push({
      rule: 'few-reporting-units',
      lowest: Math.max(0, count - distance),
      highest: Math.min(count + distance, Math.max(count, most)),
    })
  }
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
 * The lowest count of a hidden cell that the policy leaves open: 1 where it never hides zeros, but 0 where the cell may
 * be hidden for its small base, known or not.
 */
function lowestHidden(base: number, policy: DisclosurePolicy): 0 | 1 {
  if (policy.zeros !== 'shown') return 0
  const baseMin = Math.max(policy.minimumDenominator, policy.minimumRespondents)
  return baseMin > 0 && !(base >= baseMin) ? 0 : 1
}

/**
 * The smallest count above zero that each period can have: 1, but a part of it where the period's count is the mean of
 * its parts'.
 */
function smallestCounts({
  indicator,
  periods,
  parentPeriod,
}: Pick<JointTable, 'indicator' | 'periods' | 'parentPeriod'>): Float64Array {
  const parts = new Float64Array(periods.length)
  const hasParts = new Set(parentPeriod)
  periods.forEach((_, leaf) => {
    if (hasParts.has(leaf)) return
    for (let at = leaf; at >= 0; at = parentPeriod[at]!) parts[at]!++
  })
  return parts.map((count) => (indicator.periodAggregation === 'mean' ? 1 / Math.max(1, count) : 1))
}

/** What the policy alone says of each hidden count, `lowestHidden` in the unit of its period. */
export function lowestCounts(
  table: Pick<JointTable, 'indicator' | 'areas' | 'periods' | 'parentPeriod' | 'denominator'>,
): Float64Array {
  const { indicator, areas, periods, denominator } = table
  const smallest = smallestCounts(table)
  return denominator.map((base, cell) => {
    const period = Math.floor(cell / areas.length) % periods.length
    return lowestHidden(base, indicator.policy) * smallest[period]!
  })
}

/**
 * Bounds of every count before sums: below as `lowestHidden`; above, the denominator of shares and surveys, else the
 * larger of 60 and twice the count.
 */
export function priorBounds(table: JointTable): PriorBounds {
  const { indicator, numerator, denominator } = table
  const { measure } = indicator
  const lowest = lowestCounts(table)
  const bounded = measure === 'share' || measure === 'survey'
  return {
    lower: numerator.map((count, cell) => Math.min(lowest[cell]!, count)),
    upper: numerator.map((count, cell) =>
      bounded ? Math.max(count, denominator[cell]!) : Math.max(COUNT_LIMIT, 2 * count),
    ),
  }
}

/**
 * The requirements of all cells that primary rules hide, within what the attacker knows before: where no part can be
 * zero, neither can the total, and nothing is more than the whole municipality's shown total.
 * @param costs Infinity where a cell is always shown
 */
export function primaryRequirements(
  table: JointTable,
  system: JointSystem,
  own: PriorBounds,
  costs: Float64Array,
): Requirement[] {
  const { status, numerator, denominator, indicator } = table
  const ruleOf = (cell: number) =>
    requirementOf(numerator[cell]!, denominator[cell]!, indicator.policy, unitsOf(table, cell))
  const isPrimary = (cell: number): boolean => ruleOf(cell) !== null
  const bounds = impliedBounds(
    ...([system, own, numerator] as const),
    (cell) => costs[cell] === Infinity && !isPrimary(cell),
  )
  const wholeOf = wholeTotals(table)
  const found: Requirement[] = []
  for (let cell = 0; cell < status.length; cell++) {
    if (status[cell] !== STATUS_VALUE) continue
    const requirement = ruleOf(cell)
    if (!requirement) continue
    const whole = wholeOf(cell)
    const isShown = whole !== cell && status[whole] === STATUS_VALUE && !isPrimary(whole)
    const most = isShown ? numerator[whole]! : Infinity
    found.push({
      cell,
      rule: requirement.rule,
      lowest: Math.max(requirement.lowest, bounds.lower[cell]!),
      highest: Math.min(requirement.highest, bounds.upper[cell]!, most),
    })
  }
  return found
}

/** Units that report a cell; the whole municipality has no level above it, so there they are not asked for. */
function unitsOf({ areas, parentArea, reportingUnits }: JointTable, cell: number): number {
  return reportingUnits && parentArea[cell % areas.length]! >= 0 ? reportingUnits[cell]! : NaN
}

/** The whole municipality's cell of both sexes in the period of each cell. */
export function wholeTotals({ areas, periods, sexes, parentArea }: JointTable) {
  const area = Math.max(0, parentArea.indexOf(-1))
  const sex = Math.max(0, sexes.indexOf('T'))
  return (cell: number): number => {
    const period = Math.floor(cell / areas.length) % periods.length
    return (sex * periods.length + period) * areas.length + area
  }
}

const PASSES_MAX = 20

/**
 * Bounds narrowed by sums: a total lies between the sums of its parts' bounds, and a part is what the total leaves.
 * Cells that are always shown are known.
 */
function impliedBounds(
  { starts, columns, coefficients, results }: JointSystem,
  own: PriorBounds,
  numerator: Float64Array,
  isShown: (cell: number) => boolean,
): PriorBounds {
  const lower = own.lower.map((bound, cell) => (isShown(cell) ? numerator[cell]! : bound))
  const upper = own.upper.map((bound, cell) => (isShown(cell) ? numerator[cell]! : bound))
  let changed = true
  for (let pass = 0; changed && pass < PASSES_MAX; pass++) {
    changed = false
    for (let row = 0; row + 1 < starts.length; row++) {
      // Σ a·y = b, so that what is left for one cell is b less what the others can add up to.
      let [least, most] = [-results[row]!, -results[row]!]
      for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
        const weight = coefficients[entry]!
        const [low, high] = [lower[columns[entry]!]!, upper[columns[entry]!]!]
        least += weight * (weight > 0 ? low : high)
        most += weight * (weight > 0 ? high : low)
      }
      for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
        const weight = coefficients[entry]!
        const cell = columns[entry]!
        const [low, high] = [lower[cell]!, upper[cell]!]
        const ends = [
          (-most + weight * (weight > 0 ? high : low)) / weight,
          (-least + weight * (weight > 0 ? low : high)) / weight,
        ]
        const [from, to] = [Math.min(...ends), Math.max(...ends)]
        if (from > low + TOLERANCE || to < high - TOLERANCE) {
          lower[cell] = Math.max(low, from)
          upper[cell] = Math.min(high, to)
          changed = true
          least += weight * (weight > 0 ? lower[cell]! - low : upper[cell]! - high)
          most += weight * (weight > 0 ? upper[cell]! - high : lower[cell]! - low)
        }
      }
    }
  }
  return { lower, upper }
}

const TOLERANCE = 1e-9

export const ruleIndex = (rule: HidingRule): number => HIDING_RULES.indexOf(rule)
