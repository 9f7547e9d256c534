import { followUpKey } from '../../core/follow-up.ts'
import { FOLLOW_UP_READINGS, FOLLOW_UP_STATUSES, type FollowUp } from '../../core/plan.ts'
import {
  identifier,
  is,
  list,
  name,
  oneOf,
  orNull,
  record,
  text,
  unique,
} from '../package/json-shape.ts'

/** A line of the plan, from 1. */
export const line = is('positive', (value) => Number.isSafeInteger(value) && (value as number) > 0)
export const lines = record({ from: line, to: line })
const halfYear = is('period', (value) => typeof value === 'string' && /^\d{4}-H[12]$/.test(value))
const day = is(
  'date',
  (value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !isNaN(Date.parse(value)),
)

export const followUp = record({
  intervention: identifier,
  halfYear,
  status: oneOf(...FOLLOW_UP_STATUSES),
  measures: list(
    record({ name, value: is('number', (value) => Number.isFinite(value)), unit: name }),
  ),
  reading: orNull(oneOf(...FOLLOW_UP_READINGS)),
  comment: text,
  date: orNull(day),
  lines: orNull(lines),
})

/** Follow-ups as they are stored beside a plan: of the right shape, one of each intervention and half-year. @throws Fault */
export function followUpsOf(stored: unknown, place: string): readonly FollowUp[] {
  list(followUp)(stored, place)
  const records = stored as readonly FollowUp[]
  unique(records, place, followUpKey)
  return records
}
