import { FIVE_STEP_VERDICTS, type FiveStepVerdict } from '../../core/stats/comparison.ts'
import { compareSwedish, formatNumber, periodInWords, withUnit } from '../../text/format.ts'
import { slideText } from '../../text/briefing.ts'
import { sv, unitOf } from '../../text/sv.ts'
import { VERDICT_TOKENS, type AreaMark, type Choropleth } from '../choropleth.ts'
import { reportDefinition } from '../report-definition.ts'
import { figureText, reportFigure } from '../report-figure.ts'
import type { ReportFigure, ReportList, ReportListGroup, ReportMap } from '../report.ts'
import type { SlideContent } from './slide-content.ts'

/** More names than this cannot be read from the back row. */
export const MOST_NAMES = 12

/** A map's drawing, made by who can draw; null where there are no outlines. */
export type DrawnMap = (alternative: string) => Pick<ReportMap, 'svg' | 'width' | 'height'> | null

export interface MapSlideSource {
  readonly view: Choropleth
  readonly isSchematic: boolean
  readonly isSynthetic: boolean
}

/**
 * A map as a slide: what stands out for certain, by name and figure, beside the map as it was saved. Where it is about
 * counts, which are not compared, the colours alone are explained.
 */
export function mapSlide(
  { view, isSchematic, isSynthetic }: MapSlideSource,
  draw: DrawnMap,
): SlideContent {
  const { indicator } = view
  const { period, level } = view.view
  const isChange = isChangeOf(view)
  const verdicts = groupsByVerdict(view, isChange)
  const groups = [...legendGroups(view), ...verdicts, ...restGroups(view, isChange)]
  const unitText = unitOf(indicator.unit, indicator.denominatorName)
  const list: ReportList = {
    ...{
      kind: 'list',
      id: 'omraden',
      indicator: indicator.id,
      unitText,
      periodText: periodInWords(period),
      groups,
    },
    caption: slideText.map.caption(indicator.name, period),
  }
  const what = shownInWords(view)
  const alternative = slideText.map.alternative(
    what,
    level.plural,
    groups.map(({ heading, rows }) =>
      rows.length === 0 ? heading : `${heading}: ${rows.map(rowText).join('; ')}`,
    ),
  )
  const drawing = draw(alternative)
  const map: ReportMap | null = drawing && {
    ...{ kind: 'map', id: 'karta', caption: list.caption, alternative, ...drawing },
  }
  return {
    ...{ format: 1, view: 'map', claim: mapClaim(view), isCrossed: false },
    blocks: [...(map ? [map] : []), list],
    foot: slideText.foot(what, indicator.source, isSchematic),
    notes: indicator.caveats,
    definitions: [reportDefinition(indicator, periodInWords(period))],
    synthetic: isSynthetic && indicator.synthetic,
  }
}

/** What a map or its table is of: "Klotter, per 1 000 (invånare), kvinnor, per RegSO, 2025". */
export function shownInWords(view: Choropleth): string {
  const { indicator } = view
  const { period, since, level, sex } = view.view
  const unitText = unitOf(indicator.unit, indicator.denominatorName)
  return [
    [indicator.name, unitText].filter((part) => part !== '' && part !== '%').join(', '),
    sex === 'T' ? '' : sv.sexes[sex],
    `${sv.per} ${level.singular}`,
    isChangeOf(view) && since
      ? `${periodInWords(since)} till ${periodInWords(period)}`
      : periodInWords(period),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

const rowText = ({ name, figure }: ReportListGroup['rows'][number]): string =>
  `${name} ${figureText(figure)}`

const verdictsOf = ({ marks }: Choropleth, wanted: FiveStepVerdict): AreaMark[] =>
  marks
    .filter(({ verdict }) => verdict === wanted)
    .toSorted((a, b) => compareSwedish(a.name, b.name))

export const isChangeOf = ({ view }: Choropleth): boolean =>
  view.display === 'change' && view.since !== null

/** What a map's slide says in its heading: how many areas are certain, or what is counted. */
export function mapClaim(map: Choropleth): string {
  const { indicator } = map
  const { period, since } = map.view
  const count = (wanted: FiveStepVerdict): number =>
    map.marks.filter(({ verdict }) => verdict === wanted).length
  const [high, low] = [count('much-higher'), count('much-lower')]
  if (since && isChangeOf(map)) return slideText.map.changed(indicator.name, high, low, since)
  if (map.marks.every(({ verdict }) => verdict === null))
    return slideText.map.counted(indicator.name, period)
  return slideText.map.differs(indicator.name, high, low)
}

/** Certain ones always; likely ones while there is room for their names. */
function groupsByVerdict(view: Choropleth, isChange: boolean): readonly ReportListGroup[] {
  const text = slideText.map
  const headings = isChange
    ? ([text.certainlyRisen, text.certainlyFallen, text.risen, text.fallen] as const)
    : ([text.certainlyHigher, text.certainlyLower, text.higher, text.lower] as const)
  const order = ['much-higher', 'much-lower', 'higher', 'lower'] as const
  // The classes of a map of values take room too.
  let room = view.scale.kind === 'breaks' ? MOST_NAMES - 5 : MOST_NAMES
  return order.flatMap((verdict, at): ReportListGroup[] => {
    const marks = verdictsOf(view, verdict)
    if (marks.length === 0) return []
    const isNamed = at < 2 || marks.length <= room
    room -= marks.length
    const mark =
      view.scale.kind === 'verdicts'
        ? ({ kind: 'colour', token: VERDICT_TOKENS[verdict] } as const)
        : null
    return [
      {
        heading: isNamed ? headings[at]! : `${headings[at]!}: ${formatNumber(marks.length, 0)}`,
        mark,
        rows: isNamed
          ? marks.map((one) => ({ name: one.name, figure: shownFigure(view, one) }))
          : [],
      },
    ]
  })
}

/** The value; of a change the difference, with its sign. */
function shownFigure(view: Choropleth, mark: AreaMark): ReportFigure {
  const figure = reportFigure(mark.cell, view.indicator)
  if (figure.kind !== 'value' || view.view.display !== 'change') return figure
  return {
    ...figure,
    ...{ value: mark.shown, text: mark.valueText, caution: mark.note },
    interval: mark.shownInterval && { ...mark.shownInterval, text: mark.intervalText },
  }
}

/** What the colours of a map of values mean. */
function legendGroups({ scale, decimals, indicator }: Choropleth): readonly ReportListGroup[] {
  if (scale.kind !== 'breaks') return []
  const isClass = indicator.measure === 'class'
  const unit = indicator.unit === '%' ? withUnit('', '%') : ''
  return scale.tokens.map((token, at) => ({
    heading: isClass
      ? `${indicator.unit} ${formatNumber(at + 1, 0)}`
      : slideText.map.class(
          formatNumber(scale.breaks[at]!, decimals),
          formatNumber(scale.breaks[at + 1]!, decimals),
          unit,
        ),
    mark: { kind: 'colour', token },
    rows: [],
  }))
}

/** Those that do not differ, are hidden or missing: how many, never which. */
function restGroups(view: Choropleth, isChange: boolean): readonly ReportListGroup[] {
  const text = slideText.map
  const uncertain = verdictsOf(view, 'uncertain').length
  const municipality = view.municipality?.text ?? ''
  const isVerdicts = view.scale.kind === 'verdicts'
  const token = VERDICT_TOKENS[FIVE_STEP_VERDICTS[2]]
  const { hidden, missing } = view.counts
  return [
    ...(uncertain === 0
      ? []
      : [
          {
            heading: isChange ? text.unchanged(uncertain) : text.uncertain(uncertain, municipality),
            mark: isVerdicts ? ({ kind: 'colour', token } as const) : null,
            rows: [],
          },
        ]),
    ...(hidden > 0
      ? [{ heading: text.hidden(hidden), mark: { kind: 'hidden' } as const, rows: [] }]
      : []),
    ...(missing > 0
      ? [{ heading: text.missing(missing), mark: { kind: 'missing' } as const, rows: [] }]
      : []),
  ]
}
