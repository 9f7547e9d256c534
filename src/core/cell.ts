export type MissingReason =
  | 'not-collected'
  | 'no-population'
  | 'outside-period'
  | 'incomplete'
  | 'no-neighbours'
  /** The figure is of other ground: the boundaries have been replaced since. */
  | 'other-boundaries'

/** A two-sided interval in the cell's own unit. */
export interface Interval {
  readonly lower: number
  readonly upper: number
  /** Coverage, e.g. 0.95. */
  readonly level: number
}

export type Caution = 'small-base' | 'wide-interval'

/** What one area shows. A hidden cell carries no number at all. */
export type Cell =
  | {
      readonly kind: 'value'
      readonly value: number
      readonly interval: Interval | null
      readonly caution: Caution | null
    }
  /** Never says primary or secondary: the label itself would leak. */
  | { readonly kind: 'hidden'; readonly rule: 'disclosure' | 'at-source' }
  | { readonly kind: 'missing'; readonly reason: MissingReason }

/** How a cell's kind is stored in columns. The order is part of the package format: append only. */
export const CELL_STATUSES = [
  'value',
  'hidden',
  'hidden-at-source',
  'missing-not-collected',
  'missing-no-population',
  'missing-outside-period',
  'missing-incomplete',
  'missing-other-boundaries',
] as const

export type CellStatus = (typeof CELL_STATUSES)[number]
export type ReleaseStatus = Exclude<CellStatus, 'missing-other-boundaries'>
/** What a publisher's release may give; the rest comes about where it is shown on other boundaries. */
export const RELEASE_STATUSES = CELL_STATUSES.filter(
  (status): status is ReleaseStatus => status !== 'missing-other-boundaries',
)
export const STATUS_VALUE = 0
export const STATUS_HIDDEN = 1
export const STATUS_HIDDEN_AT_SOURCE = 2
export const STATUS_NOT_COLLECTED = 3
export const STATUS_NO_POPULATION = 4
export const STATUS_OUTSIDE_PERIOD = 5
export const STATUS_INCOMPLETE = 6
export const STATUS_OTHER_BOUNDARIES = 7
