import { comparePeriods, type PeriodCode } from '../../core/period.ts'
import { periodInWords, periodShort } from '../../text/format.ts'
import { slideText } from '../../text/briefing.ts'
import { sv, unitOf } from '../../text/sv.ts'
import type { Indicator, Sex } from '../../core/indicator.ts'
import { reportDefinition } from '../report-definition.ts'
import { figureText, reportFigure } from '../report-figure.ts'
import type { ReportLines } from '../report.ts'
import type { Trend } from '../trend.ts'
import type { SlideContent } from './slide-content.ts'

export interface TrendSlideSource {
  readonly indicator: Indicator
  readonly trend: Trend
  readonly sex: Sex
  readonly isSynthetic: boolean
}

/** Chosen areas and the municipality over time as a slide. */
export function trendSlide({ indicator, trend, sex, isSynthetic }: TrendSlideSource): SlideContent {
  const periods: readonly PeriodCode[] = trend.periods.toSorted(comparePeriods)
  const unitText = unitOf(indicator.unit, indicator.denominatorName)
  const series = trend.series.map(({ name, token, cells }) => ({
    ...{ name, role: token === null ? ('reference' as const) : ('area' as const) },
    figures: cells.map((cell) => reportFigure(cell, indicator)),
  }))
  const own = series.filter(({ role }) => role === 'area').map(({ name }) => name)
  const [first, last] = [periods[0]!, periods.at(-1)!].map(periodInWords) as [string, string]
  const title = slideText.trend.title(indicator.name, own)
  const ends = series.map(({ name, figures }) =>
    slideText.trend.end(name, figureText(figures[0]!), figureText(figures.at(-1)!)),
  )
  const lines: ReportLines = {
    ...{ kind: 'lines', id: `${indicator.id}-utveckling`, title, unitText, series, note: '' },
    alternative: slideText.trend.alternative(indicator.name, first, last, ends),
    periods: periods.map((code) => ({ code, text: periodShort(code) })),
  }
  const what = [indicator.name, sex === 'T' ? '' : sv.sexes[sex], `${first}–${last}`]
  return {
    ...{ format: 1, view: 'trend', claim: title, blocks: [lines], isCrossed: false },
    foot: slideText.foot(what.filter((part) => part !== '').join(', '), indicator.source, false),
    notes: indicator.caveats,
    definitions: [reportDefinition(indicator, `${first}–${last}`)],
    synthetic: isSynthetic && indicator.synthetic,
  }
}
