import { quantileOfSorted, sortedFinite } from '../../src/core/stats/summary.ts'

/** One line of the report. */
export interface Measurement {
  /** Heading that it stands under. */
  readonly group: string
  readonly name: string
  readonly unit: 'ms' | 's' | 'kB' | 'MB' | '×' | 'cells'
  readonly median: number
  /** 95th percentile; null where the figure is not a distribution. */
  readonly p95: number | null
  /** How many times it was measured. */
  readonly repetitions: number
  /** What it must not exceed, and which of its figures that is asked of. */
  readonly budget: { readonly of: 'median' | 'p95'; readonly most: number } | null
}

/** Median and 95th percentile (type 7) of repeated measurements. */
export function summarised(
  group: string,
  name: string,
  unit: Measurement['unit'],
  values: readonly number[],
  budget: Measurement['budget'] = null,
): Measurement {
  const sorted = sortedFinite(values)
  return {
    group,
    name,
    unit,
    median: quantileOfSorted(sorted, 0.5),
    p95: values.length >= 20 ? quantileOfSorted(sorted, 0.95) : null,
    repetitions: values.length,
    budget,
  }
}

/** One figure without repetitions. */
export const single = (
  group: string,
  name: string,
  unit: Measurement['unit'],
  value: number,
  budget: Measurement['budget'] = null,
): Measurement => ({ group, name, unit, median: value, p95: null, repetitions: 1, budget })

/** Whether the budget is kept; null without one. A budget on a figure that was not measured is missed. */
export function isWithinBudget({ budget, median, p95 }: Measurement): boolean | null {
  if (!budget) return null
  const figure = budget.of === 'p95' ? p95 : median
  return figure !== null && figure <= budget.most
}
