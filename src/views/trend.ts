import type { Area } from '../core/area.ts'
import type { Cell } from '../core/cell.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { Indicator, Sex } from '../core/indicator.ts'
import { kindOf, type PeriodCode, type PeriodKind } from '../core/period.ts'
import { seriesOf } from '../core/released-slice.ts'
import { areaName } from '../text/format.ts'
import { sv } from '../text/sv.ts'
import { SERIES_DASHES, SERIES_TOKENS, type ColourToken } from './colour.ts'

export interface TrendSeries {
  readonly id: string
  readonly name: string
  /** null is the municipality, drawn grey and dashed. */
  readonly token: ColourToken | null
  readonly dash: string
  readonly cells: readonly Cell[]
}

export interface Trend {
  readonly periods: readonly PeriodCode[]
  readonly series: readonly TrendSeries[]
}

/**
 * Chosen areas against the municipality over the periods of one kind; null with fewer than two of them.
 * The municipality's own count is left out beside areas: it lies on another scale.
 * @param hovered drawn beside the chosen ones while it is pointed at
 */
export function trend(
  indicator: Indicator,
  table: DisclosedTable,
  whole: DisclosedTable | null,
  chosen: readonly Area[],
  hovered: Area | null,
  sex: Sex,
  kind: PeriodKind,
): Trend | null {
  const periods = table.periods.filter((period) => kindOf(period) === kind)
  if (periods.length < 2) return null
  const series: TrendSeries[] = []
  const wholeArea = whole?.areas[0]
  const alone = chosen.length === 0 && hovered === null
  if (whole && wholeArea && (indicator.measure !== 'count' || alone))
    series.push({
      id: wholeArea,
      name: sv.side.municipalityShort,
      token: null,
      dash: '4 3',
      cells: onAxis(periods, seriesOf(whole, indicator, wholeArea, sex, kind)),
    })
  chosen.forEach((area, position) => {
    series.push({
      id: area.id,
      name: areaName(area.name),
      token: SERIES_TOKENS[position % SERIES_TOKENS.length]!,
      dash: SERIES_DASHES[position % SERIES_DASHES.length]!,
      cells: onAxis(periods, seriesOf(table, indicator, area.id, sex, kind)),
    })
  })
  if (hovered && !chosen.includes(hovered))
    series.push({
      id: hovered.id,
      name: areaName(hovered.name),
      token: 'accent',
      dash: '',
      cells: onAxis(periods, seriesOf(table, indicator, hovered.id, sex, kind)),
    })
  return { periods, series }
}

function onAxis(
  periods: readonly PeriodCode[],
  points: readonly { readonly period: PeriodCode; readonly cell: Cell }[],
): Cell[] {
  const cells = new Map(points.map(({ period, cell }) => [period, cell]))
  return periods.map((period) => cells.get(period) ?? { kind: 'missing', reason: 'outside-period' })
}
