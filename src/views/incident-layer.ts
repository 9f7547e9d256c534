import { STATUS_HIDDEN, STATUS_HIDDEN_AT_SOURCE, STATUS_VALUE } from '../core/cell.ts'
import type { LevelId } from '../core/area.ts'
import {
  containingPeriod,
  kindOf,
  periodEnd,
  periodsBetween,
  periodStart,
  type PeriodCode,
} from '../core/period.ts'
import type { IncidentCategory } from '../core/release.ts'
import type { ResolvedView } from '../core/view-state.ts'
import { formatNumber } from '../text/format.ts'
import { sequentialTokens, type ColourToken } from './colour.ts'

/** Incidents of chosen categories in one period, per area: ready to be drawn as rings. */
export interface AreaIncidents {
  readonly kind: 'areas'
  readonly categoryText: string
  readonly period: PeriodCode
  readonly rings: readonly {
    readonly areaIndex: number
    readonly count: number
    readonly text: string
  }[]
  readonly hidden: number
  readonly missing: number
  readonly total: number
  readonly largest: number
}

/** One category's hexagons in one year. */
export interface HexagonIncidents {
  readonly kind: 'hexagons' | 'columns'
  readonly categoryText: string
  readonly period: PeriodCode
  readonly cells: readonly {
    readonly hexagon: string
    readonly count: number
    readonly token: ColourToken
  }[]
  readonly classes: readonly {
    readonly from: number
    readonly to: number
    readonly token: ColourToken
  }[]
  readonly minimumCount: number
  readonly largest: number
}

export type IncidentLayerView = AreaIncidents | HexagonIncidents

/** What is asked of the database; the key tells two questions apart. */
export interface IncidentQuestion {
  readonly key: string
  readonly shape: 'areas' | 'hexagons' | 'columns'
  readonly categories: readonly IncidentCategory[]
  readonly level: LevelId
  readonly period: PeriodCode
}

/** The incidents that a view asks for; null when it asks for none. */
export function incidentQuestion(view: ResolvedView): IncidentQuestion | null {
  if (view.incidents.length === 0) return null
  const shape = view.incidentShape
  const period = shape === 'areas' ? view.period : yearOf(view.period)
  const categories = shape === 'areas' ? view.incidents : view.incidents.slice(0, 1)
  const ids = categories.map((category) => category.id).join('+')
  return {
    key: [shape, ids, view.level.id, period].join(' '),
    shape,
    categories,
    level: view.level.id,
    period,
  }
}

/** The months of a period; a week has none of its own and is answered by the month it begins in. */
export function monthsOf(period: PeriodCode): PeriodCode[] {
  const month = ({ year, month }: { year: number; month: number }) =>
    `${year}-${String(month).padStart(2, '0')}`
  const start = month(periodStart(period))
  return kindOf(period) === 'week'
    ? [start]
    : periodsBetween('month', start, month(periodEnd(period)))
}

/** The year whose hexagons belong to a period: the calendar year it ends in. */
export function yearOf(period: PeriodCode): PeriodCode {
  return containingPeriod(period, 'year') ?? String(periodEnd(period).year)
}

/** Counts per area as rings. A sum with a hidden part is hidden: no ring, and it is told how many. */
export function areaIncidents(
  categories: readonly IncidentCategory[],
  period: PeriodCode,
  columns: { readonly status: Uint8Array; readonly count: Float64Array },
): AreaIncidents {
  const rings: { areaIndex: number; count: number; text: string }[] = []
  let [hidden, missing, total, largest] = [0, 0, 0, 0]
  columns.status.forEach((status, areaIndex) => {
    if (status === STATUS_VALUE) {
      const count = columns.count[areaIndex]!
      total += count
      largest = Math.max(largest, count)
      rings.push({ areaIndex, count, text: formatNumber(count, 0) })
    } else if (status === STATUS_HIDDEN || status === STATUS_HIDDEN_AT_SOURCE) hidden++
    else missing++
  })
  return {
    kind: 'areas',
    categoryText: namesOf(categories),
    period,
    rings,
    hidden,
    missing,
    total,
    largest,
  }
}

/** Hexagons in four classes that double: 5–9, 10–19, 20–39, 40– so that the colour is read the same every year. */
export function hexagonIncidents(
  kind: 'hexagons' | 'columns',
  category: IncidentCategory,
  year: PeriodCode,
  columns: { readonly hexagon: readonly string[]; readonly count: Int32Array },
  minimumCount: number,
): HexagonIncidents {
  // The lightest step is left out: it would not be seen on the grey ground.
  const tokens = sequentialTokens(5).slice(1)
  const classOf = (count: number) =>
    Math.min(tokens.length - 1, Math.floor(Math.log2(count / minimumCount)))
  return {
    kind,
    categoryText: category.name,
    period: year,
    cells: columns.hexagon.map((hexagon, position) => {
      const count = columns.count[position]!
      return { hexagon, count, token: tokens[classOf(count)]! }
    }),
    classes: tokens.map((token, position) => ({
      from: minimumCount * 2 ** position,
      to: position === tokens.length - 1 ? Infinity : minimumCount * 2 ** (position + 1) - 1,
      token,
    })),
    minimumCount,
    largest: columns.count.reduce((most, count) => Math.max(most, count), 0),
  }
}

const namesOf = (categories: readonly IncidentCategory[]): string =>
  categories.map((category) => category.name).join(', ')

/** Radius in pixels of a ring: its surface follows the count. */
export function ringRadius(count: number, largest: number): number {
  return count <= 0 || largest <= 0 ? 0 : Math.max(3, 26 * Math.sqrt(count / largest))
}
