import { crossText, rhoText } from '../../text/cross.ts'
import { slideText } from '../../text/briefing.ts'
import { listed, lowerFirst, periodInWords } from '../../text/format.ts'
import type { TestedCell } from '../../core/stats/crossing.ts'
import type { CrossPairView, PairAxis, PairValue, UncrossedPairView } from '../cross-pair.ts'
import { reportDefinition } from '../report-definition.ts'
import { countFigure } from '../report-figure.ts'
import type {
  ReportAxis,
  ReportFigure,
  ReportList,
  ReportListGroup,
  ReportScatter,
} from '../report.ts'
import type { DrawnMap } from './map-slide.ts'
import type { SlideContent } from './slide-content.ts'

/** More names of areas than this have no room beside the scatter. */
const MOST_NAMES = 9

export interface PairSlideSource {
  readonly view: CrossPairView
  readonly cell: TestedCell
}

/** A coefficient of correlation, −1 to 1. */
export const coefficientFigure = ({
  rho,
  interval,
}: Pick<TestedCell, 'rho' | 'interval'>): ReportFigure => ({
  ...{ kind: 'value', value: rho, decimals: 2, unit: '', text: rhoText(rho), caution: '' },
  interval: interval && {
    ...{ lower: interval.lower, upper: interval.upper },
    text: `${rhoText(interval.lower)} till ${rhoText(interval.upper)}`,
  },
})

/** A crossed pair as a slide: the scatter, the coefficient with its interval, and who lies at the ends. Never a cause. */
export function pairSlide({ view, cell }: PairSlideSource, draw: DrawnMap): SlideContent {
  const text = slideText.pair
  const { factor, event } = view
  const indicators = [event.indicator, factor.indicator]
  const sentences = view.sentences.filter((sentence) => sentence !== crossText.pair.notCause)
  const alternative = text.alternative(view.kicker, sentences)
  const drawing = draw(alternative)
  const scatter: ReportScatter | null = drawing && {
    ...{ kind: 'scatter', id: 'par', caption: view.kicker, alternative, ...drawing },
    ...{ across: axisOf(factor), along: axisOf(event) },
    points: view.points.map((point) => {
      const corner = view.lists.find(({ token }) => token === point.token)
      return {
        name: point.name,
        across: figureOf(point.factor, factor),
        along: figureOf(point.event, event),
        ...(corner ? { corner: { name: corner.heading, token: corner.token } } : {}),
        ...(point.isNamed ? { isNamed: true } : {}),
      }
    }),
  }
  const counts = view.map.reduce(
    (sum, { token }) => ({
      hidden: sum.hidden + (token === 'hidden-ground' ? 1 : 0),
      missing: sum.missing + (token === 'missing-ground' ? 1 : 0),
    }),
    { hidden: 0, missing: 0 },
  )
  const list: ReportList = {
    ...{ kind: 'list', id: 'samvariation', indicator: event.indicator.id, caption: view.kicker },
    ...{ nameHead: text.nameHead, unitText: text.unit, periodText: periodInWords(event.period) },
    groups: [
      {
        ...{ heading: text.coefficient, mark: null },
        rows: [
          { name: text.rho, figure: coefficientFigure(cell) },
          { name: text.areas, figure: countFigure(cell.n), unitText: text.count },
        ],
      },
      ...(cell.interval ? [alone(text.interval(coefficientIntervalText(cell)))] : []),
      ...view.lists.flatMap(({ heading, token, areas }): ReportListGroup[] =>
        areas.length === 0
          ? []
          : [
              {
                ...{ mark: { kind: 'colour', token }, rows: [] },
                heading: `${heading}: ${
                  areas.length > MOST_NAMES
                    ? slideText.areaCount(areas.length)
                    : listed(areas.map(({ name }) => name))
                }`,
              },
            ],
      ),
      ...(counts.hidden > 0
        ? [
            {
              heading: slideText.map.hidden(counts.hidden),
              mark: { kind: 'hidden' as const },
              rows: [],
            },
          ]
        : []),
      ...(counts.missing > 0
        ? [
            {
              heading: slideText.map.missing(counts.missing),
              mark: { kind: 'missing' as const },
              rows: [],
            },
          ]
        : []),
    ],
  }
  return {
    ...{ format: 1, view: 'pair', claim: view.title, isCrossed: true },
    blocks: [...(scatter ? [scatter] : []), list],
    foot: footOf(
      view.kicker,
      indicators.map(({ source }) => source),
    ),
    notes: [...sentences, ...view.warnings.map((warning) => warning.text)],
    definitions: [
      reportDefinition(event.indicator, periodInWords(event.period)),
      reportDefinition(factor.indicator, periodInWords(factor.period)),
    ],
    synthetic: indicators.some(({ synthetic }) => synthetic),
  }
}

/** A pair that has no number, and why. */
export const uncrossedSlide = (
  { title, sentences }: UncrossedPairView,
  indicators: readonly [PairAxis['indicator'], PairAxis['indicator']],
): SlideContent => ({
  ...{ format: 1, view: 'pair', claim: title, isCrossed: true, notes: [] },
  blocks: [{ kind: 'text', voice: 'figures', heading: null, paragraphs: sentences }],
  foot: footOf(
    '',
    indicators.map(({ source }) => source),
  ),
  definitions: indicators.map((one) => reportDefinition(one, '')),
  synthetic: indicators.some(({ synthetic }) => synthetic),
})

const coefficientIntervalText = (cell: TestedCell): string => {
  const figure = coefficientFigure(cell)
  return figure.kind === 'value' ? (figure.interval?.text ?? '') : ''
}

const alone = (heading: string): ReportListGroup => ({ heading, mark: null, rows: [] })

export const footOf = (what: string, sources: readonly string[]): string =>
  [what, slideText.sources([...new Set(sources)])].filter((part) => part !== '').join('. ') + '.'

/** With its name goes what is shown of it: a change is no level, and a smoothed value not what was measured. */
const axisOf = ({ indicator, caption, period, isChange, isSmoothed }: PairAxis): ReportAxis => ({
  ...{ indicator: indicator.id, unitText: lowerFirst(caption) },
  name: [
    crossText.pair.axis({ indicator, caption: '' }, isChange),
    isSmoothed ? crossText.smoothing.smoothed : '',
  ]
    .filter((part) => part !== '')
    .join(', '),
  periodText: periodInWords(period),
})

const figureOf = (value: PairValue, { indicator, decimals }: PairAxis): ReportFigure => ({
  ...{ kind: 'value', value: value.value, decimals, unit: indicator.unit, text: value.text },
  ...{ caution: '', interval: null },
})
