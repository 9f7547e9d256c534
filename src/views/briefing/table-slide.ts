import { quantileOfSorted, sortedFinite } from '../../core/stats/summary.ts'
import { slideText } from '../../text/briefing.ts'
import { periodInWords, periodShort } from '../../text/format.ts'
import { profileText } from '../../text/profile.ts'
import { sv, unitOf } from '../../text/sv.ts'
import { orderedMarks } from '../area-list.ts'
import type { AreaMark, Choropleth } from '../choropleth.ts'
import { reportDefinition } from '../report-definition.ts'
import { reportFigure } from '../report-figure.ts'
import type {
  ReportFigure,
  ReportRow,
  ReportSpine,
  ReportTable,
  ReportTableHeads,
} from '../report.ts'
import { mapClaim, shownInWords } from './map-slide.ts'
import type { SlideContent } from './slide-content.ts'

/** A slide that is fixed keeps every row beside all the others: a table of more areas is a file. */
const MOST_AREAS = 100

export interface TableSlideSource {
  readonly view: Choropleth
  readonly isSynthetic: boolean
}

/**
 * The table of a map as a slide: the same areas in the same order, with value, interval and comparison, hidden and
 * missing ones as such. What has no room on a slide is for each form to say.
 */
export function tableSlide({ view, isSynthetic }: TableSlideSource): SlideContent {
  const text = slideText.table
  const { indicator, municipality } = view
  const { period, sex, display, smoothing, order } = view.view
  const all = orderedMarks(view)
  const spineOf = spines(view)
  const unitText = unitOfShown(view)
  const reference: ReportFigure = municipality
    ? reportFigure(municipality.cell, indicator)
    : { kind: 'missing', word: sv.cell.missing, reason: sv.cell.missingLong['outside-period'] }
  // A difference has the municipality in it already.
  const hasReference = municipality !== null && display === 'value'
  const rows = all.slice(0, MOST_AREAS).map((mark): ReportRow => {
    const figure = shownFigure(view, mark)
    const isShown = figure.kind === 'value'
    return {
      ...{ indicator: indicator.id, name: mark.name, place: '', unitText, figure, reference },
      ...{ period, periodText: periodShort(period), note: mark.note },
      spine: spineOf(mark),
      verdictText: isShown ? verdictInWords(view, mark) : '',
      ...{ trend: null, women: null, men: null },
    }
  })
  const what = shownInWords(view)
  const name = [
    indicator.name,
    sex === 'T' ? '' : sv.sexes[sex],
    display === 'value' ? '' : sv.display[display],
    smoothing === 'smoothed' ? sv.smoothing.smoothed : '',
  ]
  const table: ReportTable = {
    ...{ kind: 'table', id: 'omraden-tabell', heads: headsOf(view, hasReference), rows },
    caption: text.caption(what, hasReference ? municipality.text : ''),
    ofAreas: { name: name.filter((part) => part !== '').join(', '), order },
    elsewhere: all.length > rows.length ? [sv.table.more(rows.length, all.length)] : [],
  }
  return {
    ...{ format: 1, view: 'table', claim: mapClaim(view), isCrossed: false, blocks: [table] },
    foot: slideText.foot(what, indicator.source, false),
    notes: [...(smoothing === 'smoothed' ? [sv.smoothingHint] : []), ...indicator.caveats],
    definitions: [reportDefinition(indicator, periodInWords(period))],
    synthetic: isSynthetic && indicator.synthetic,
  }
}

/** Of the figures of the rows; a difference between shares is in points. */
function unitOfShown({ indicator, view }: Choropleth): string {
  const { unit, denominatorName } = indicator
  if (unit !== '%') return unit
  return view.display === 'value' ? unitOf(unit, denominatorName) : slideText.table.points
}

function shownFigure(view: Choropleth, mark: AreaMark): ReportFigure {
  const figure = reportFigure(mark.cell, view.indicator)
  if (figure.kind !== 'value') return figure
  if (Number.isNaN(mark.shown)) return { kind: 'missing', word: sv.cell.missing, reason: mark.note }
  const isValue = view.view.display === 'value'
  return {
    ...figure,
    ...{ value: mark.shown, text: isValue ? mark.valueText : mark.shortText },
    ...(isValue ? {} : { unit: unitOfShown(view) }),
    interval: mark.shownInterval && {
      ...{ lower: mark.shownInterval.lower, upper: mark.shownInterval.upper },
      text: mark.intervalText,
    },
  }
}

/** In the words of the heads: nothing where the measure is not compared. */
function verdictInWords({ indicator, view }: Choropleth, { verdict }: AreaMark): string {
  const words = profileText.verdict
  if (verdict !== null) return words[verdict]
  if (indicator.measure === 'class') return ''
  if (indicator.measure === 'count' && view.display !== 'change') return ''
  return words.none
}

/** Each area among all the others, on the one scale of the table; none where nothing is compared. */
function spines(view: Choropleth): (mark: AreaMark) => ReportSpine | null {
  const { marks, municipality } = view
  const middle = view.view.display === 'value' ? (municipality?.value ?? NaN) : 0
  const shown = marks.filter((mark) => !Number.isNaN(mark.shown))
  const sorted = sortedFinite(shown.map((mark) => mark.shown))
  const [lowerQuartile, upperQuartile] = [0.25, 0.75].map((at) => quantileOfSorted(sorted, at))
  return (mark) =>
    mark.verdict === null || Number.isNaN(mark.shown) || Number.isNaN(middle)
      ? null
      : {
          ...{ value: mark.shown, interval: mark.shownInterval, verdict: mark.verdict, middle },
          ...{ lowerQuartile: lowerQuartile!, upperQuartile: upperQuartile! },
          others: shown
            .filter((other) => other !== mark)
            .slice(0, MOST_AREAS)
            .map((other) => other.shown),
        }
}

function headsOf({ indicator, view }: Choropleth, hasReference: boolean): ReportTableHeads {
  const text = slideText.table
  const { display, smoothing, since } = view
  const what =
    display !== 'value' ? text[display] : smoothing === 'smoothed' ? text.smoothed : text.value
  const points = display === 'value' ? '' : text.points
  return {
    ...profileText.heads,
    ...{ indicator: sv.table.area, interval: sv.table.interval, middle: text.middle[display] },
    value: text.head(what, indicator.unit === '%' ? points : indicator.unit),
    reference: hasReference ? text.reference : '',
    verdict: display === 'change' && since ? text.than(since) : sv.table.compared,
  }
}
