import {
  comparePeriods,
  containingPeriod,
  kindOf,
  PERIOD_KINDS,
  periodEnd,
  type PeriodCode,
} from './period.ts'

/** Figures older than so many years are not shown in place of those asked for. */
const OLDEST_YEARS = 2

/**
 * The period that stands for the chosen one among those that are released: itself; the shortest longer one that holds
 * it; with a calendar year the school year that ends in it, and with a school year the calendar year it ends in; else
 * the newest of at most two years before, the longest of those that end together. It is to be named wherever its
 * figure is shown: it is another time's figure.
 * @returns null where there is none
 */
export function nearestPeriod(
  chosen: PeriodCode,
  released: readonly PeriodCode[],
): PeriodCode | null {
  if (released.includes(chosen)) return chosen
  const year = String(periodEnd(chosen).year)
  const candidates = [
    ...PERIOD_KINDS.map((kind) => containingPeriod(chosen, kind)),
    ...(kindOf(chosen) === 'year' ? [containingPeriod(`${year}-VT`, 'school-year')] : []),
    ...(kindOf(chosen) === 'school-year' ? [year] : []),
  ]
  const holding = candidates.find((period) => period !== null && released.includes(period))
  if (holding != null) return holding
  const last = endOf(chosen)
  const before = released
    .filter(
      (period) => endOf(period) <= last && periodEnd(period).year >= Number(year) - OLDEST_YEARS,
    )
    .toSorted(
      (a, b) =>
        endOf(b) - endOf(a) ||
        PERIOD_KINDS.indexOf(kindOf(b)!) - PERIOD_KINDS.indexOf(kindOf(a)!) ||
        comparePeriods(b, a),
    )
  return before[0] ?? null
}

/** The last day as a number that grows with time. */
function endOf(period: PeriodCode): number {
  const { year, month, day } = periodEnd(period)
  return (year * 100 + month) * 100 + day
}
