import type { Indicator } from '../../core/indicator.ts'
import { beforeAfterText } from '../../text/before-after.ts'
import { slideText } from '../../text/briefing.ts'
import { valueText } from '../choropleth.ts'
import { formatSigned, formatInterval } from '../../text/format.ts'
import { reportDefinition } from '../report-definition.ts'
import { figureText, reportFigure } from '../report-figure.ts'
import type { BeforeAfterView } from '../plan/before-after.ts'
import { meanDecimals } from '../plan/before-after.ts'
import type {
  ReportBlock,
  ReportFigure,
  ReportLines,
  ReportList,
  ReportListGroup,
} from '../report.ts'
import type { SlideContent } from './slide-content.ts'

export interface MovedSlideSource {
  readonly view: BeforeAfterView
  /** The effort's title. */
  readonly effort: string
  readonly indicator: Indicator
  readonly isSynthetic: boolean
}

/** Before and after on a slide: the verdict's words as its claim, the series, the estimate, and all that stands beside. */
export function movedSlide(source: MovedSlideSource): SlideContent {
  const { view, effort, indicator, isSynthetic } = source
  const text = beforeAfterText.slide
  const claim = text.claim(view.verdict.text, view.subtitle)
  const periodText =
    view.periods.length === 0
      ? ''
      : `${view.periods[0]!.label}–${view.periods[view.periods.length - 1]!.label}`
  const caveats = [view.why, ...view.beside].filter((one) => one !== '')
  const alone = (heading: string): ReportListGroup => ({ heading, mark: null, rows: [] })
  const list: ReportList = {
    ...{ kind: 'list', id: `${indicator.id}-skillnad`, indicator: indicator.id, nameHead: '' },
    ...{ caption: beforeAfterText.headings.estimate, unitText: view.unitText, periodText },
    groups: [
      ...(view.start === view.why ? [] : [alone(view.start)]),
      ...(view.estimate
        ? [
            {
              ...{ heading: text.difference, mark: null },
              rows: [{ name: text.estimated, figure: differenceFigure(view, indicator) }],
            },
            alone(text.interval(differenceFigure(view, indicator).interval?.text ?? '')),
          ]
        : []),
      ...caveats.map(alone),
    ],
  }
  const blocks: ReportBlock[] = view.periods.length === 0 ? [list] : [linesOf(source, claim), list]
  return {
    ...{ format: 1, view: 'moved', claim, blocks, isCrossed: false },
    foot: slideText.foot(
      [view.subtitle, periodText].filter((one) => one !== '').join(', '),
      indicator.source,
      false,
    ),
    notes: [
      text.foot(effort, view.start),
      ...(view.estimate?.sentences ?? []),
      ...view.direction,
      ...view.comparedWith,
      ...view.leftOut,
      ...indicator.caveats,
    ],
    definitions: [reportDefinition(indicator, periodText)],
    synthetic: isSynthetic && indicator.synthetic,
  }
}

function linesOf({ view, indicator }: MovedSlideSource, claim: string): ReportLines {
  const own = view.periods.map(({ cell }) => reportFigure(cell, indicator))
  const isCompared = view.periods.some(({ comparison }) => comparison !== null)
  const ends = slideText.trend.end(view.ownName, figureText(own[0]!), figureText(own.at(-1)!))
  return {
    ...{ kind: 'lines', id: `${indicator.id}-fore-efter`, title: view.subtitle, note: view.start },
    alternative: `${claim}. ${view.start}. ${ends}`,
    unitText: view.unitText,
    periods: view.periods.map(({ period, label }) => ({ code: period, text: label })),
    series: [
      { name: view.ownName, role: 'area', figures: own },
      ...(isCompared
        ? [
            {
              ...{ name: view.comparisonName, role: 'reference' as const },
              figures: view.periods.map(({ comparison }) => meanFigure(comparison, indicator)),
            },
          ]
        : []),
    ],
  }
}

const unitOfFigure = ({ measure, unit }: Indicator): string => (measure === 'count' ? '' : unit)

/** A mean of areas, or of a course: none where any of them is hidden or missing. */
function meanFigure(value: number | null, indicator: Indicator): ReportFigure {
  const { notCompared } = beforeAfterText.slide
  if (value === null) return { kind: 'missing', ...notCompared }
  const decimals = meanDecimals(indicator)
  return {
    ...{ kind: 'value', value, decimals, unit: unitOfFigure(indicator), caution: '' },
    ...{ text: valueText(value, indicator, decimals), interval: null },
  }
}

function differenceFigure(
  { estimate }: BeforeAfterView,
  indicator: Indicator,
): ReportFigure & { readonly kind: 'value' } {
  const { difference, lower, upper } = estimate!
  const decimals = meanDecimals(indicator)
  return {
    ...{ kind: 'value', value: difference, decimals, unit: unitOfFigure(indicator), caution: '' },
    text: formatSigned(difference, decimals),
    interval: { lower, upper, text: formatInterval({ lower, upper, level: 0.95 }, decimals) },
  }
}
