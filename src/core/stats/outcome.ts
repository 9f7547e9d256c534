/** Why a statistic has no value. Each is the code of a finding with its own sentence. */
export type UndefinedReason =
  | 'statistics-too-few-areas'
  | 'statistics-no-variation'
  | 'statistics-no-neighbours'
  | 'statistics-no-population'
  | 'statistics-no-events'

/** A statistic, or why there is none: what is undefined never becomes 0. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: UndefinedReason }

export const defined = <Value>(value: Value): Outcome<Value> => ({ ok: true, value })

export const undefinedFor = (
  reason: UndefinedReason,
): { readonly ok: false; readonly reason: UndefinedReason } => ({ ok: false, reason })
