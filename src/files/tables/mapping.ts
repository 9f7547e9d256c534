import type { AreaId } from '../../core/area.ts'
import type { IndicatorId, Sex } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'

/** What a column of a table means. */
export const COLUMN_ROLES = [
  'area',
  /** The name beside the code of the same area. */
  'area-name',
  'period',
  /** Parts of a period that stand in columns of their own. */
  'year',
  'month',
  'sex',
  'age',
  /** Which indicator or kind of event the row is about. */
  'measure',
  'numerator',
  'denominator',
  'value',
  'respondents',
  'margin',
  /** How many units report the figure. */
  'units',
  /** Day of an event. */
  'date',
  'longitude',
  'latitude',
  /** Read by nobody, and harmless. */
  'ignored',
  /** Tells of single people: names, personnummer, addresses, free text. Read by nobody, shown by nobody. */
  'dropped',
] as const
export type ColumnRole = (typeof COLUMN_ROLES)[number]

export const TABLE_LAYOUTS = ['long', 'wide', 'columns', 'events'] as const
/** wide: a column a period, also crossed with sex; columns: a column a sex or measure; events: a row an event. */
export type TableLayout = (typeof TABLE_LAYOUTS)[number]

export interface ColumnMapping {
  /** The heading, of several header rows with " | " between. */
  readonly name: string
  readonly role: ColumnRole
  /** What a column of figures is about, where its heading says so. */
  readonly area: AreaId | null
  readonly period: PeriodCode | null
  /** A month, quarter or term whose year stands in a column of its own: "jan". */
  readonly partOfYear: string | null
  readonly sex: Sex | null
  readonly age: string | null
  readonly measure: string | null
  readonly unit: '%' | null
}

/** Where a table stands in its sheet, and what its columns mean. Rows are 0-based grid rows, ends included. */
export interface TableMapping {
  readonly layout: TableLayout
  readonly headerRows: readonly number[]
  readonly firstRow: number
  readonly lastRow: number
  readonly columns: readonly ColumnMapping[]
}

/** The analyst's answers to what the file does not settle. */
export interface Answers {
  /** By the text in the file: the area that is meant, or null to leave its rows out. */
  readonly areas: Readonly<Record<string, AreaId | null>>
  /** The decimal sign where the figures do not show it. */
  readonly decimal: ',' | '.' | null
  /** The year of months and quarters that stand without one. */
  readonly year: number | null
  /** By heading: a role instead of the guessed one. */
  readonly roles: Readonly<Record<string, ColumnRole>>
  /** The period of a table without periods. */
  readonly period: PeriodCode | null
  /** 1-based rows that are left out. */
  readonly skippedRows: readonly number[]
}

export const NO_ANSWERS: Answers = {
  areas: {},
  decimal: null,
  year: null,
  roles: {},
  period: null,
  skippedRows: [],
}

/** A mapping that is remembered: the next file of the same shape needs no questions. Holds no figure. */
export interface Recipe {
  readonly name: string
  /** The headings evened out, in order: what files of the same shape share. Periods in headings are left out. */
  readonly shape: string
  readonly answers: Answers
  readonly indicator: IndicatorId | null
  /** Which of the table's figures the indicator is; left out of what was stored before it was kept. */
  readonly part?: RecipePart
}

export interface RecipePart {
  /** Column of figures, or kind of event; null where there is one alone, or for all kinds together. */
  readonly measure: string | null
  /** Null for all ages. */
  readonly age: string | null
}
