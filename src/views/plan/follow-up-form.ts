import { tellingsOf } from '../../core/plan-period.ts'
import type { Effort, FollowUp, FollowUpReading, FollowUpStatus } from '../../core/plan.ts'
import { roundText } from '../../text/follow-up-round.ts'
import { readNumber } from '../../text/read-number.ts'
import { sameName } from './follow-up-since.ts'
import { isSmallCount } from './follow-up-words.ts'

/*
 * One effort's follow-up as it is being written: everything that has been typed, also what is no number, and what of it
 * is a record.
 */

/** A row of the form. Told: named by the plan or last time; a row of the analyst's own is named in the form. */
export interface MeasureRow {
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly isTold: boolean
}

export interface FollowUpForm {
  readonly status: FollowUpStatus | null
  readonly reading: FollowUpReading | null
  readonly measures: readonly MeasureRow[]
  readonly comment: string
  /** ISO date. */
  readonly date: string
}

export type MeasureFault = 'value' | 'no-value' | 'unit' | 'name' | 'twice'

export interface ReadForm {
  /** Null until a status is chosen. Holds what is right; rows with faults are not in it. */
  readonly record: Pick<FollowUp, 'status' | 'reading' | 'measures' | 'comment' | 'date'> | null
  /** One a row; null where it is right or empty. */
  readonly faults: readonly (MeasureFault | null)[]
  readonly isDateWrong: boolean
  /** Rows with a number of people that can point at single ones. */
  readonly small: readonly boolean[]
  /** Whether there is something in the form that the record has not. */
  readonly isUnsaved: boolean
}

/** As it stands in a field, to be read by `readNumber`. */
const numberField = (value: number): string =>
  value.toLocaleString('sv-SE', { useGrouping: false, maximumFractionDigits: 20 })

/**
 * The form of an effort: what is written of it, and a row for all that the plan and last time name and that has no
 * number yet. Nothing of last time's is in it but names and units.
 * @param today ISO date
 */
export function formOf(
  effort: Effort,
  record: FollowUp | null,
  last: FollowUp | null,
  today: string,
): FollowUpForm {
  const told = [
    ...(last?.measures ?? []).map(({ name, unit }) => ({ name, unit })),
    ...tellingsOf(effort).flatMap(({ followUpMeasures }) =>
      followUpMeasures.map(({ text }) => ({ name: text, unit: '' })),
    ),
  ]
  const isTold = (name: string): boolean => told.some((one) => sameName(one.name, name))
  const rows: MeasureRow[] = (record?.measures ?? []).map(({ name, value, unit }) => ({
    ...{ name, unit, value: numberField(value), isTold: isTold(name) },
  }))
  for (const { name, unit } of told)
    if (!rows.some((row) => sameName(row.name, name)))
      rows.push({ name, unit, value: '', isTold: true })
  return {
    ...{ status: record?.status ?? null, reading: record?.reading ?? null, measures: rows },
    ...{ comment: record?.comment ?? '', date: record?.date ?? today },
  }
}

export function readForm(form: FollowUpForm): ReadForm {
  const { status, reading, measures, comment, date } = form
  const faults = measures.map((row, at) => faultOf(row, measures.slice(0, at)))
  const rights = measures.flatMap((row, at) => {
    const value = readNumber(row.value)
    return value === null || faults[at] !== null
      ? []
      : [{ name: row.name.trim(), value, unit: row.unit.trim() }]
  })
  const isDateWrong = !/^\d{4}-\d{2}-\d{2}$/.test(date)
  const hasWords =
    comment.trim() !== '' || reading !== null || measures.some(({ value }) => value.trim() !== '')
  return {
    record:
      status === null
        ? null
        : { status, reading, measures: rights, comment, date: isDateWrong ? null : date },
    ...{ faults, isDateWrong },
    small: measures.map(({ name, value, unit }) =>
      isSmallCount({ name, unit, value: readNumber(value) ?? 0 }),
    ),
    isUnsaved: status === null ? hasWords : isDateWrong || faults.some((fault) => fault !== null),
  }
}

function faultOf(
  { name, value, unit, isTold }: MeasureRow,
  above: readonly MeasureRow[],
): MeasureFault | null {
  const isEmpty = value.trim() === ''
  if (isEmpty && (isTold || (name.trim() === '' && unit.trim() === ''))) return null
  if (isEmpty) return 'no-value'
  if (readNumber(value) === null) return 'value'
  if (name.trim() === '') return 'name'
  if (above.some((row) => row.value.trim() !== '' && sameName(row.name, name))) return 'twice'
  return unit.trim() === '' ? 'unit' : null
}

/** Without a number that could point at single people, which the comment tells of in its place. */
export function withoutSmallCount(form: FollowUpForm, at: number): FollowUpForm {
  const row = form.measures[at]
  if (!row) return form
  const said = roundText.small.comment(row.name.trim())
  return {
    ...form,
    measures: row.isTold
      ? form.measures.map((one, place) => (place === at ? { ...one, value: '' } : one))
      : form.measures.filter((_, place) => place !== at),
    comment: form.comment.trim() === '' ? said : `${form.comment.trimEnd()}\n${said}`,
  }
}

/** With last time's status and reading, because somebody has said that they still hold. */
export const asLastTime = (form: FollowUpForm, { status, reading }: FollowUp): FollowUpForm => ({
  ...{ ...form, status, reading },
})
