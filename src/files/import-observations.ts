import type { AreaRegister } from '../core/area.ts'
import {
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../core/cell.ts'
import { UNPLACED, type GivenObservation } from '../core/disclosure/build-joint-table.ts'
import type { Finding } from '../core/finding.ts'
import type { Indicator } from '../core/indicator.ts'
import { READ_HIDDEN, READ_SEXES, READ_VALUE, type Readings } from './tables/readings.ts'

/** Which of a table's readings are an indicator's figures. */
export interface ImportChoice {
  /** As the analyst settled it, with its plan and policy. */
  readonly indicator: Indicator
  readonly register: AreaRegister
  /** The file's name in findings. */
  readonly file: string
  /** One of the table's measures; null where it has a single one. */
  readonly measure: string | null
  /** One of the table's ages; null for all ages. */
  readonly age: string | null
}

export type ImportObservations =
  | {
      readonly ok: true
      readonly observations: readonly GivenObservation[]
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** Faults of one kind are listed up to here, then only counted. */
const MOST_LISTED = 10

/**
 * The counts behind a table's readings, as the disclosure gate takes them. Counts and classes need a count, shares and
 * rates a count and what it is counted among, surveys a share and how many answered. Where a share stands in place of
 * its count, the count is used when only one whole number gives that share, rounded as it is; else nothing is read,
 * because what cannot be counted cannot be guarded. Places outside the register are left out: the reader has told of
 * them. All or nothing: with an error there are no observations.
 */
export function observationsOf(readings: Readings, choice: ImportChoice): ImportObservations {
  const { indicator, register, file } = choice
  const report = new Report(file, indicator.id)
  const rows = chosenRows(readings, choice, report)
  const known = new Set([...register.areas.map(({ id }) => id), UNPLACED])
  const countOf = counter(readings, rows, indicator)
  const observations: GivenObservation[] = []
  const firstRow = new Map<string, number>()
  for (const at of rows) {
    const area = readings.areas[readings.area[at]!]!
    if (!known.has(area)) continue
    const row = readings.row[at]!
    const period = readings.periods[readings.period[at]!]!
    const sex = READ_SEXES[readings.sex[at]!]!
    const key = `${area}\t${period}\t${sex}`
    const earlier = firstRow.get(key)
    if (earlier !== undefined) {
      report.error('observations-repeated', row, area, { earlier })
      continue
    }
    firstRow.set(key, row)
    const figure = countOf(at)
    const fault = figure.status === STATUS_VALUE ? faultOf(figure, indicator) : null
    if (figure.fault !== null) report.error(figure.fault, row, figure.text)
    else if (fault) report.error(fault, row, String(figure.numerator), denominatorOf(figure))
    else
      observations.push({
        ...{ row, file, area, period, sex, status: figure.status },
        ...{ numerator: figure.numerator, denominator: figure.denominator },
        units: readings.units[at]!,
      })
  }
  const findings = report.finish()
  return report.hasErrors ? { ok: false, findings } : { ok: true, observations, findings }
}

class Report {
  readonly #findings: Finding[] = []
  readonly #listed = new Map<string, number>()

  constructor(
    private readonly file: string,
    private readonly indicator: string,
  ) {}

  error(
    code: string,
    row: number | null,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void {
    const count = (this.#listed.get(code) ?? 0) + 1
    this.#listed.set(code, count)
    if (count > MOST_LISTED) return
    this.#findings.push({
      ...{ severity: 'error', code, file: this.file, row, column: null, text },
      parameters: { indicator: this.indicator, ...parameters },
    })
  }

  get hasErrors(): boolean {
    return this.#listed.size > 0
  }

  finish(): Finding[] {
    for (const [code, count] of this.#listed)
      if (count > MOST_LISTED)
        this.#findings.push({
          ...{ severity: 'note', code: 'table-more-findings', file: this.file, row: null },
          ...{ column: null, text: null, parameters: { count: count - MOST_LISTED, of: code } },
        })
    return this.#findings
  }
}

/** Positions of the readings of one measure and age; none, with an error, where it is not settled which. */
function chosenRows(
  readings: Readings,
  { measure, age }: ImportChoice,
  report: Report,
): readonly number[] {
  const measureAt = settled(readings.measures, readings.measure, measure)
  const ageAt = settled(readings.ages, readings.age, age)
  if (measureAt === null)
    report.error('observations-several-measures', null, named(readings.measures))
  if (ageAt === null) report.error('observations-several-ages', null, named(readings.ages))
  if (measureAt === null || ageAt === null) return []
  const rows: number[] = []
  for (let at = 0; at < readings.count; at++)
    if (readings.measure[at] === measureAt && readings.age[at] === ageAt) rows.push(at)
  return rows
}

/** The asked one, or the only one there is. */
function settled(
  names: readonly (string | null)[],
  column: Uint32Array,
  asked: string | null,
): number | null {
  const at = names.indexOf(asked)
  if (at >= 0) return at
  const used = new Set(column)
  return asked === null && used.size <= 1 ? ([...used][0] ?? 0) : null
}

const named = (names: readonly (string | null)[]): string =>
  names.filter((name) => name !== null).join(', ')

interface Figure {
  readonly status: number
  readonly numerator: number
  readonly denominator: number
  /** Why there is no count, and the text that it was looked for in. */
  readonly fault: string | null
  readonly text: string | null
}

const without = (status: number): Figure => ({
  ...{ status, numerator: NaN, denominator: NaN, fault: null, text: null },
})

const faulty = (fault: string, value: number): Figure => ({
  ...without(STATUS_NOT_COLLECTED),
  ...{ fault, text: Number.isNaN(value) ? null : String(value).replace('.', ',') },
})

/** Reads the count of one reading after another. */
function counter(
  readings: Readings,
  rows: readonly number[],
  indicator: Indicator,
): (at: number) => Figure {
  const { measure, per, denominatorName } = indicator
  const isSurvey = measure === 'survey'
  const isPart = measure === 'share' || isSurvey
  const decimals = rows.reduce((most, at) => Math.max(most, decimalsOf(readings.value[at]!)), 0)
  const halfStep = 0.5 * 10 ** -decimals
  return (at) => {
    const status = readings.status[at]!
    if (status === READ_HIDDEN) return without(STATUS_HIDDEN_AT_SOURCE)
    const given = readings.numerator[at]!
    const value = readings.value[at]!
    if (denominatorName === null) {
      const count = Number.isNaN(given) ? value : given
      return status !== READ_VALUE || Number.isNaN(count)
        ? without(STATUS_NOT_COLLECTED)
        : { ...without(STATUS_VALUE), numerator: count }
    }
    const respondents = readings.respondents[at]!
    const base = isSurvey && !Number.isNaN(respondents) ? respondents : readings.denominator[at]!
    const hasCount = !Number.isNaN(given)
    if (status !== READ_VALUE || (!hasCount && Number.isNaN(value)))
      return without(base === 0 ? STATUS_NO_POPULATION : STATUS_NOT_COLLECTED)
    if (Number.isNaN(base)) {
      // Cases without a place are among nobody.
      if (hasCount && !isPart && readings.areas[readings.area[at]!] === UNPLACED)
        return { ...without(STATUS_VALUE), numerator: given }
      return faulty(isSurvey ? 'observations-need-respondents' : whatIsMissing(hasCount), value)
    }
    if (base === 0 && !(given > 0)) return without(STATUS_NO_POPULATION)
    // Events where nobody lives: no rate, but they are part of every total.
    if (base === 0 && !isPart) return { ...without(STATUS_VALUE), numerator: given }
    if (hasCount) return { ...without(STATUS_VALUE), numerator: given, denominator: base }
    const exact = (value * base) / per
    if (isSurvey) return { ...without(STATUS_VALUE), numerator: tidied(exact), denominator: base }
    const count = onlyWhole(((value - halfStep) * base) / per, ((value + halfStep) * base) / per)
    return count === null
      ? faulty('observations-count-rounded-away', value)
      : { ...without(STATUS_VALUE), numerator: count, denominator: base }
  }
}

const whatIsMissing = (hasCount: boolean): string =>
  hasCount ? 'observations-need-denominator' : 'observations-value-alone'

/** The whole number in an interval, its ends included, when there is only one. */
function onlyWhole(from: number, to: number): number | null {
  const lowest = Math.max(0, Math.ceil(from - ROUNDING))
  return lowest === Math.floor(to + ROUNDING) ? lowest : null
}

const ROUNDING = 1e-9

/** Decimals of a number as it is written; a number of full precision has many. */
function decimalsOf(value: number): number {
  if (!Number.isFinite(value)) return 0
  const [digits, exponent = '0'] = String(value).split('e')
  return Math.max(0, (digits!.split('.')[1]?.length ?? 0) - Number(exponent))
}

/** Without what floating point adds in the end. */
const tidied = (value: number): number => Math.round(value * 1e6) / 1e6

/** What a count cannot be. */
function faultOf({ numerator, denominator }: Figure, { measure }: Indicator): string | null {
  if (numerator < 0 || denominator < 0) return 'observations-negative'
  if (measure !== 'survey' && !Number.isInteger(numerator)) return 'observations-not-whole'
  const isPart = measure === 'share' || measure === 'survey'
  return isPart && numerator > denominator ? 'observations-over-denominator' : null
}

const denominatorOf = ({ denominator }: Figure): Readonly<Record<string, number>> =>
  Number.isNaN(denominator) ? {} : { denominator }
