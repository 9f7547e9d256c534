import type { Indicator } from '../../core/indicator.ts'
import type { TestedCell } from '../../core/stats/crossing.ts'
import { slideText } from '../../text/briefing.ts'
import { crossText } from '../../text/cross.ts'
import { lowerFirst, periodInWords } from '../../text/format.ts'
import type { CrossPlan } from '../../core/cross-plan.ts'
import type { CrossAnswer } from '../../core/cross-together.ts'
import { strengthToken } from '../cross-matrix.ts'
import { reportDefinition } from '../report-definition.ts'
import type { ReportList, ReportListGroup } from '../report.ts'
import { coefficientFigure } from './pair-slide.ts'
import type { SlideContent } from './slide-content.ts'

/** More pairs than this cannot be read from the back row; the others are counted. */
const MOST_PAIRS = 14

interface Pair {
  readonly event: Indicator
  readonly factor: Indicator
  readonly cell: TestedCell
}

/** The matrix as a slide: the pairs that stand after correction for how many were tested, the strongest first. */
export function matrixSlide(plan: CrossPlan, answer: CrossAnswer, level: string): SlideContent {
  const text = slideText.matrix
  const all = answer.cells
    .flatMap((row, event) =>
      row.flatMap((cell, factor): Pair[] =>
        cell?.kind === 'tested' && cell.mark === 'survives'
          ? [{ event: plan.events[event]!, factor: plan.factors[factor]!, cell }]
          : [],
      ),
    )
    .toSorted((a, b) => Math.abs(b.cell.rho) - Math.abs(a.cell.rho))
  const pairs = all.slice(0, MOST_PAIRS)
  const group = (heading: string, own: readonly Pair[], sample: number): ReportListGroup[] =>
    own.length === 0
      ? []
      : [
          {
            ...{ heading, mark: { kind: 'colour', token: strengthToken(sample) } },
            rows: own.map(({ event, factor, cell }) => ({
              name: `${factor.name} och ${lowerFirst(event.name)}`,
              figure: coefficientFigure(cell),
            })),
          },
        ]
  const { period } = plan.choice
  const groups = [
    ...group(
      text.together,
      pairs.filter(({ cell }) => cell.rho >= 0),
      1,
    ),
    ...group(
      text.opposite,
      pairs.filter(({ cell }) => cell.rho < 0),
      -1,
    ),
    ...(all.length > pairs.length ? [alone(text.more(all.length - pairs.length))] : []),
    alone(text.tested(answer.familySize, answer.survivors)),
  ]
  const used = [...new Set(pairs.flatMap(({ event, factor }) => [event, factor]))]
  const indicators = used.length > 0 ? used : [...plan.events, ...plan.factors]
  const list: ReportList = {
    ...{ kind: 'list', id: 'samvariationer', indicator: '', caption: text.caption },
    ...{
      nameHead: text.nameHead,
      unitText: slideText.pair.unit,
      periodText: periodInWords(period),
      groups,
    },
  }
  return {
    ...{ format: 1, view: 'matrix', isCrossed: true, blocks: [list] },
    claim: text.claim(answer.survivors, answer.familySize),
    foot: `${text.foot(level, periodInWords(period))}. ${sourcesInWords(indicators)}.`,
    notes: [text.chance],
    definitions: indicators.map((one) => reportDefinition(one, periodInWords(period))),
    synthetic: indicators.some(({ synthetic }) => synthetic),
  }
}

/** More names of sources than this have no room at the foot; the definitions name them all. */
const MOST_SOURCES = 4

function sourcesInWords(indicators: readonly Indicator[]): string {
  const sources = [...new Set(indicators.map(({ source }) => source))]
  return sources.length > MOST_SOURCES
    ? crossText.sourcesCount(sources.length)
    : slideText.sources(sources)
}

const alone = (heading: string): ReportListGroup => ({ heading, mark: null, rows: [] })
