import type { Indicator } from '../indicator.ts'
import { cellCount, type TableAxes } from '../observation.ts'

/**
 * All cells of one indicator's publication plan before the disclosure gate: every level, sex and period at once,
 * because each published total is an equation that the attacker has. Columns are indexed as in `TableAxes`, with the
 * areas of all levels (and "ej placerad", a leaf under the root) side by side. Parents stand anywhere in their list.
 */
export interface JointTable extends TableAxes {
  readonly indicator: Indicator
  /** The containing area by position in `areas`; −1 for the root. */
  readonly parentArea: Int32Array
  /** The containing period by position in `periods`; −1 where the chain ends. */
  readonly parentPeriod: Int32Array
  /**
   * Index into CELL_STATUSES: only value, hidden-at-source and missing-* may occur. A cell without a value takes part
   * in no equation, but for missing-no-population, which adds 0.
   */
  readonly status: Uint8Array
  /** Counts that nobody but the gate may read; totals included. NaN where there is none. */
  readonly numerator: Float64Array
  /** Population or respondents; taken as known to everyone. NaN where the measure has none. */
  readonly denominator: Float64Array
  /**
   * 1 where an earlier release shows the very same figure, so that hiding it now hides nothing. null without earlier
   * releases.
   */
  readonly knownEarlier: Uint8Array | null
  /**
   * How many units (schools, offices) report each cell; NaN where it is not told. With fewer than
   * REPORTING_UNITS_MIN the area would be the institution, so that its figure is shown a level up only.
   */
  readonly reportingUnits?: Float64Array
  /** What earlier releases say of cells that they hid; none where it is left out. */
  readonly earlierSums?: EarlierSums
  /** 1 where an earlier release hid a cell that none has shown: it stays hidden. */
  readonly hiddenEarlier?: Uint8Array
}

/** Sums over cells with known results, in compressed rows: row r has the entries starts[r] … starts[r + 1] − 1. */
export interface EarlierSums {
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly coefficients: Float64Array
  /** What each row comes to. */
  readonly results: Float64Array
}

export const REPORTING_UNITS_MIN = 3

/** Why a cell is hidden. Never leaves the statistician's own working file: a label tells. */
export const HIDING_RULES = [
  'none',
  'small-count',
  'small-complement',
  'small-denominator',
  'few-respondents',
  'few-reporting-units',
  'secondary',
] as const
export type HidingRule = (typeof HIDING_RULES)[number]

/** What is hidden of a joint table, and whether that protects what must be protected. */
export interface Protection {
  /** Index into HIDING_RULES, one per cell. */
  readonly rules: Uint8Array
  /** Published sums that tie the cells together. */
  readonly equations: number
  /** Hidden cells that an attacker would pin down. A release with one of them is not written. */
  readonly unsafe: readonly UnsafeCell[]
  readonly method: 'moves' | 'optimal'
  readonly seconds: number
}

export interface UnsafeCell {
  readonly cell: number
  readonly rule: HidingRule
  /** What the attacker would know. */
  readonly lowest: number
  readonly highest: number
  /** What the requirement asks for: at most, and at least. */
  readonly lowestRequired: number
  readonly highestRequired: number
}

/** Number of hidden cells by rule: totals only, which the log may show. */
export function countRules(rules: Uint8Array): Readonly<Record<HidingRule, number>> {
  const counts = Object.fromEntries(HIDING_RULES.map((rule) => [rule, 0])) as Record<
    HidingRule,
    number
  >
  for (const rule of rules) counts[HIDING_RULES[rule]!]++
  return counts
}

/** @throws RangeError when the columns do not fit the axes */
export function requireWhole(table: JointTable): void {
  const size = cellCount(table)
  const { status, numerator, denominator, parentArea, parentPeriod, areas, periods } = table
  if ([status, numerator, denominator].some((column) => column.length !== size))
    throw new RangeError(`${table.indicator.id}: the columns do not have ${size} cells`)
  if (parentArea.length !== areas.length || parentPeriod.length !== periods.length)
    throw new RangeError(`${table.indicator.id}: the hierarchies do not fit the axes`)
}
