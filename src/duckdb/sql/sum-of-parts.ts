import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_OUTSIDE_PERIOD,
  STATUS_VALUE,
} from '../../core/cell.ts'

/**
 * The status of a sum over grouped rows with a `status`, of which there must be `?` (bound, an integer): a value
 * only when all of them are there and are values; hidden when any is hidden; otherwise missing.
 */
export const STATUS_OF_SUM = `
  CASE
    WHEN bool_or(status = ${STATUS_HIDDEN}) THEN ${STATUS_HIDDEN}
    WHEN bool_or(status = ${STATUS_HIDDEN_AT_SOURCE}) THEN ${STATUS_HIDDEN_AT_SOURCE}
    WHEN count(status) = 0 THEN ${STATUS_OUTSIDE_PERIOD}
    WHEN count(status) < ?::INTEGER THEN ${STATUS_INCOMPLETE}
    WHEN max(status) = ${STATUS_VALUE} THEN ${STATUS_VALUE}
    WHEN min(status) = max(status) THEN max(status)
    ELSE ${STATUS_INCOMPLETE}
  END::UTINYINT`

/** The sum of grouped rows' `count`: a number only when no row is without one. */
export const sumWhereValue = (status: string, sum: string): string =>
  `CASE WHEN ${status} = ${STATUS_VALUE} THEN ${sum} ELSE 'NaN'::DOUBLE END`
