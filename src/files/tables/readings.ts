import type { Sex } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'

/** What became of a row's figures. The order is the code in `Readings.status`. */
export const READING_STATUSES = ['value', 'hidden', 'missing'] as const
export type ReadingStatus = (typeof READING_STATUSES)[number]
export const READ_VALUE = 0
export const READ_HIDDEN = 1
export const READ_MISSING = 2

/** Why there is no figure. The order is the code in `Readings.reason`; 0 is none. */
export const READING_REASONS = [
  '',
  /** "..", "<5", "1–4", "dold (för få)". */
  'hidden-at-source',
  /** ".": the question does not apply. */
  'not-applicable',
  /** Blank, "-", "…", "uppgift saknas". */
  'not-reported',
  /** An error value of a spreadsheet, such as #N/A. */
  'cell-error',
] as const
export type ReadingReason = (typeof READING_REASONS)[number]

export const READ_SEXES: readonly Sex[] = ['T', 'K', 'M']

/**
 * What a table says, cell by cell, before the disclosure gate: raw figures, which live in the worker for the length
 * of one import. All columns have `count` elements; a figure that is not given is NaN.
 */
export interface Readings {
  readonly count: number
  /** 1-based row that the figure stands in. */
  readonly row: Uint32Array
  /** Index into `areas`. */
  readonly area: Uint32Array
  /** Codes of the register; the text of the file for places outside it. */
  readonly areas: readonly string[]
  /** Index into `periods`. */
  readonly period: Uint32Array
  readonly periods: readonly PeriodCode[]
  /** Index into READ_SEXES. */
  readonly sex: Uint8Array
  /** Index into `ages`. */
  readonly age: Uint32Array
  /** As the file has them; null for all ages. */
  readonly ages: readonly (string | null)[]
  /** Index into `measures`. */
  readonly measure: Uint32Array
  /** What is measured, where a table holds several things; null where it holds one. */
  readonly measures: readonly (string | null)[]
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  readonly value: Float64Array
  readonly respondents: Float64Array
  readonly margin: Float64Array
  /** How many units report the figure. */
  readonly units: Float64Array
  /** Index into READING_STATUSES. */
  readonly status: Uint8Array
  /** Index into READING_REASONS. */
  readonly reason: Uint8Array
}
