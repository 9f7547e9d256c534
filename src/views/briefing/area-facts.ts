import type { Area, AreaId } from '../../core/area.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'
import { DEFAULT_VIEW_STATE, encode } from '../../core/view-state.ts'
import type { Report, ReportRow } from '../report.ts'
import { profileSlide } from './profile-slide.ts'
import type { Looked } from './suggestions.ts'

/** What the template of one area is filled with. */
export interface AreaFacts {
  readonly area: Area
  /** Indicators that the profile says something certain of and can be drawn over time: the area's own first. */
  readonly outstanding: readonly IndicatorId[]
  /** Those that its slide shows, each with its period. */
  readonly shown: readonly { readonly indicator: IndicatorId; readonly period: PeriodCode }[]
  readonly looked: Looked
}

/** A line of fewer figures says no more than the profile. */
const LEAST_POINTS = 3

export const profileAddress = (area: AreaId): string =>
  encode({ ...DEFAULT_VIEW_STATE, page: 'omraden', profileAreas: [area] })

const isCertain = ({ spine }: ReportRow): boolean => spine?.verdict?.startsWith('much-') ?? false

const isDrawn = ({ trend }: ReportRow): boolean =>
  (trend?.points.filter(({ figure }) => figure.kind === 'value').length ?? 0) >= LEAST_POINTS

/** What is certain of an area, by its profile: the figures that its slide is made of. */
export function areaFactsOf(area: Area, report: Report): AreaFacts {
  const rows = report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])),
  )
  const certain = rows.filter((row) => isCertain(row) && isDrawn(row))
  const own = certain.filter(({ place }) => place === '')
  const onSlide = new Set(profileSlide(report).definitions.map(({ indicator }) => indicator))
  const count = (kind: ReportRow['figure']['kind']): number =>
    rows.filter(({ figure }) => figure.kind === kind).length
  const differs = rows.filter(({ spine }) => spine?.verdict != null).length
  return {
    area,
    outstanding: [...own, ...certain.filter((row) => !own.includes(row))].map(
      ({ indicator }) => indicator,
    ),
    shown: rows.flatMap(({ indicator, period }) =>
      period !== null && onSlide.has(indicator) ? [{ indicator, period }] : [],
    ),
    looked: {
      indicators: differs,
      compared: { differs, changed: 0 },
      ...{ hidden: count('hidden'), missing: count('missing') },
    },
  }
}
