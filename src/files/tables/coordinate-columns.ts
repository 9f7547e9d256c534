import type { CoordinateKind, HeadingReading } from './identifier-headings.ts'

/** The numbers of a column and what its heading says. */
export interface NumberColumn {
  readonly heading: HeadingReading
  /** Distinct numbers, with how many decimals each is written. */
  readonly numbers: readonly { readonly value: number; readonly decimals: number }[]
  /** Distinct texts among all that are not blank, 0 … 1. */
  readonly variety: number
  /** How many rows are not blank. */
  readonly rows: number
  /** Whether all texts are numbers. */
  readonly isNumeric: boolean
}

type Axis = Exclude<CoordinateKind, 'coordinate-pair'>

/** Sweden's extent, with room to spare: degrees, and metres in SWEREF 99 TM, its zones and RT 90. */
const EXTENT: Readonly<Record<Axis, readonly (readonly [number, number])[]>> = {
  latitude: [[54.5, 69.6]],
  longitude: [[10, 24.7]],
  northing: [[6_090_000, 7_710_000]],
  easting: [
    [20_000, 260_000],
    [250_000, 930_000],
    [1_150_000, 1_910_000],
  ],
}
const OPPOSITE: Readonly<Record<Axis, Axis>> = {
  ...{ latitude: 'longitude', longitude: 'latitude', northing: 'easting', easting: 'northing' },
}
/** A municipality's events lie within this, in metres. */
const WIDEST_SPREAD = 400_000
const FEWEST_ROWS = 5

/**
 * Finds the columns that hold exact places. A heading that names an axis needs numbers that may be one; which axis is
 * read from the numbers, for "x" is north in RT 90 and east elsewhere. Without such a heading both axes must be
 * there, exact and varied, for a lone column of such numbers may as well be figures.
 */
export function coordinateColumns(columns: readonly NumberColumn[]): readonly (Axis | null)[] {
  const named = columns.map(namedAxis)
  const silent = columns.map((column, index) => (named[index] ? null : silentAxis(column)))
  const isPaired = (axis: Axis): boolean =>
    named.includes(OPPOSITE[axis]) || silent.includes(OPPOSITE[axis])
  return columns.map((column, index) => {
    const axis = named[index] ?? null
    if (axis !== null) {
      // "Öst" over numbers of six digits is an axis only beside its other one.
      return axis === 'easting' && column.heading.kind === null && !isPaired(axis) ? null : axis
    }
    const likely = silent[index] ?? null
    return likely !== null && isPaired(likely) ? likely : null
  })
}

function namedAxis(column: NumberColumn): Axis | null {
  const { kind, isAxis } = column.heading
  const declared = kind !== null && kind in EXTENT ? (kind as Axis) : null
  if ((declared === null && !isAxis) || column.numbers.length === 0) return null
  for (const axis of ['northing', 'latitude', 'longitude', 'easting'] as const)
    if (share(column, axis) >= 0.8 && (declared !== null || isExact(column, axis))) return axis
  if (declared === null) return null
  // Outside Sweden: degrees with decimals are a place there.
  const limit = declared === 'latitude' ? 90 : 180
  const isDegrees =
    (declared === 'latitude' || declared === 'longitude') &&
    column.numbers.every(({ value }) => Math.abs(value) <= limit) &&
    column.numbers.some(({ decimals }) => decimals >= 1)
  return isDegrees ? declared : null
}

function silentAxis(column: NumberColumn): Axis | null {
  const { heading, numbers, variety, rows, isNumeric } = column
  if (!isNumeric || rows < FEWEST_ROWS || variety < 0.5 || heading.isFigure) return null
  for (const axis of ['latitude', 'longitude', 'northing', 'easting'] as const) {
    if (share(column, axis) < 1 || !isExact(column, axis)) continue
    if (axis === 'latitude' || axis === 'longitude') return axis
    const values = numbers.map(({ value }) => value)
    if (Math.max(...values) - Math.min(...values) <= WIDEST_SPREAD) return axis
  }
  return null
}

function share({ numbers }: NumberColumn, axis: Axis): number {
  const inside = numbers.filter(({ value }) =>
    EXTENT[axis].some(([least, most]) => value >= least && value <= most),
  )
  return numbers.length === 0 ? 0 : inside.length / numbers.length
}

/** Degrees with three decimals tell a place within a hundred metres; metres do as they are. */
const isExact = ({ numbers }: NumberColumn, axis: Axis): boolean =>
  axis === 'northing' ||
  axis === 'easting' ||
  numbers.filter(({ decimals }) => decimals >= 3).length >= numbers.length * 0.6
