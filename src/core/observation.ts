import type { AreaId, LevelId } from './area.ts'
import type { IndicatorId, Sex } from './indicator.ts'
import type { PeriodCode } from './period.ts'

/**
 * The axes of a dense table. Cell (sex s, period p, area a) is at
 * index (s · periods.length + p) · areas.length + a, so one map is one contiguous run.
 */
export interface TableAxes {
  readonly sexes: readonly Sex[]
  readonly periods: readonly PeriodCode[]
  readonly areas: readonly AreaId[]
}

/**
 * Figures before the disclosure gate: counts that nobody but the gate may read.
 * All columns have sexes · periods · areas elements. NaN where there is no figure.
 */
export interface RawTable extends TableAxes {
  readonly indicator: IndicatorId
  readonly level: LevelId
  /** Index into CELL_STATUSES; only value, hidden-at-source and missing-* may occur. */
  readonly status: Uint8Array
  readonly numerator: Float64Array
  /** Population or respondents; NaN throughout for counts. */
  readonly denominator: Float64Array
}

/** Number of cells of a table with these axes. */
export function cellCount(axes: TableAxes): number {
  return axes.sexes.length * axes.periods.length * axes.areas.length
}

/** Position of a cell's figures in the columns. */
export function cellIndex(
  axes: TableAxes,
  sexIndex: number,
  periodIndex: number,
  areaIndex: number,
): number {
  return (sexIndex * axes.periods.length + periodIndex) * axes.areas.length + areaIndex
}
