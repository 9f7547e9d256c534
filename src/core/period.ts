/**
 * Periods in canonical form: 2024 · 2024-H1 · 2023/24 (läsår) · 2024-VT/2024-HT · 2024-K1 ·
 * 2024-03 · 2020-W53 (ISO week).
 */
export type PeriodCode = string

export const PERIOD_KINDS = [
  'week',
  'month',
  'quarter',
  'term',
  'half-year',
  'school-year',
  'year',
] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]
