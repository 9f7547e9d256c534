import {
  FLOW_STAGES,
  flowSpanCell,
  perStage,
  type FlowCell,
  type FlowPeriodKind,
  type FlowStage,
  type FlowStages,
} from '../../core/case-flow.ts'
import type { DisclosedFlow } from '../../core/disclosure/disclosed-flow.ts'
import { kindOf, type PeriodCode } from '../../core/period.ts'
import type { ViewState } from '../../core/view-state.ts'
import { caseFlowText } from '../../text/case-flow.ts'
import { capital, periodInWords, periodShort } from '../../text/format.ts'
import { countFigure } from '../report-figure.ts'
import type { ReportFigure } from '../report.ts'

/** A step from what came in to what began. */
export interface FlowStep {
  readonly stage: FlowStage
  readonly name: string
  readonly meaning: string
  readonly figure: ReportFigure
  /** "25 av 37, 68 % av de inkomna"; nothing where the two are not of the same cases. */
  readonly ofBefore: string
}

/** A stage's count in a period. */
export interface FlowTimeCell {
  readonly figure: ReportFigure
  /** Lacking in the source, and given by its own total. */
  readonly isDerived: boolean
}

export interface FlowTimeRow {
  readonly period: PeriodCode
  readonly text: string
  readonly short: string
  readonly cells: FlowStages<FlowTimeCell>
}

export interface FlowView {
  readonly flow: DisclosedFlow
  /** Null: all of the time. */
  readonly period: PeriodCode | null
  /** "januari 2017–juli 2017". */
  readonly periodText: string
  readonly choices: readonly {
    readonly value: PeriodCode | ''
    readonly text: string
    readonly group?: string
  }[]
  /** What the counts say, in a sentence. */
  readonly claim: string
  readonly steps: readonly FlowStep[]
  /** What share of each step went on to the next, in one sentence; nothing where that cannot be told. */
  readonly wentOn: string
  /** The shortest periods that are released. */
  readonly kind: FlowPeriodKind
  readonly rows: readonly FlowTimeRow[]
  readonly totals: FlowStages<ReportFigure>
  /** Whether a row is marked as worked out, and how it was. */
  readonly derivedNote: string
  readonly facts: readonly string[]
}

const text = caseFlowText

/** The flow that an address asks for: the analyst's own newest where it does not say; null where there is none. */
export const chosenFlow = (
  flows: readonly DisclosedFlow[],
  { flow }: Pick<ViewState, 'flow'>,
): DisclosedFlow | null =>
  flow === null
    ? (flows.findLast(({ isExample }) => !isExample) ?? flows[0] ?? null)
    : (flows.find(({ id }) => id === flow) ?? null)

/**
 * A flow as it is shown: its steps for one period or all of the time, and over time. All figures are of released cells.
 * @param asked a period that it does not have is all of the time
 */
export function caseFlowView(flow: DisclosedFlow, asked: PeriodCode | null): FlowView {
  const { periods, cells } = flow
  const kind = kindOf(periods[0]!) as FlowPeriodKind
  const shortest = periods.filter((period) => kindOf(period) === kind)
  const period = asked !== null && periods.includes(asked) ? asked : null
  const at = period === null ? -1 : periods.indexOf(period)
  const whole = perStage((stage) => flowSpanCell(flow, stage))
  const shown = at < 0 ? whole : perStage((stage) => cells[stage][at]!)
  const isLong = period === null || kindOf(period) === 'year'
  return {
    ...{ flow, period, kind },
    periodText: period === null ? spanText(shortest) : periodInWords(period),
    choices: [
      { value: '', text: text.choose.whole },
      ...periods.map((code) => ({
        value: code,
        text: periodInWords(code),
        group: text.choose.periodGroups[kindOf(code) as FlowPeriodKind],
      })),
    ],
    claim: claimOf(flow, shown),
    steps: FLOW_STAGES.map((stage, place) => ({
      ...{ stage, ...flow.stages[stage] },
      figure: flowFigure(shown[stage], at < 0),
      ofBefore:
        place === 0 || !isLong ? '' : ofBefore(stage, shown[stage], shown[FLOW_STAGES[place - 1]!]),
    })),
    wentOn: isLong ? wentOn(shown) : '',
    rows: shortest.map((code) => ({
      ...{ period: code, text: periodInWords(code), short: periodShort(code) },
      cells: perStage((stage) => ({
        figure: flowFigure(cells[stage][periods.indexOf(code)]!, false),
        isDerived: flow.derived.some((one) => one.stage === stage && one.month === code),
      })),
    })),
    totals: perStage((stage) => flowFigure(whole[stage], true)),
    derivedNote: text.derivedNote(
      flow.derived.map(({ stage, month }) => ({
        stage: flow.stages[stage].name,
        month: periodInWords(month),
        count: cells[stage][periods.indexOf(month)] as number,
      })),
    ),
    facts: factsOf(flow, kind),
  }
}

const spanText = (shortest: readonly PeriodCode[]): string =>
  text.span(shortest[0]!, shortest.at(-1)!)

/** @param isSum of several cells, of which one may be hidden */
function flowFigure(cell: FlowCell, isSum: boolean): ReportFigure {
  if (typeof cell === 'number') return countFigure(cell)
  const words = { hidden: text.hiddenWhy, missing: text.missingWhy }
  return { kind: cell, word: text[cell], reason: isSum ? text.hiddenSumWhy : words[cell] }
}

function ofBefore(stage: FlowStage, cell: FlowCell, before: FlowCell): string {
  if (stage === 'received' || typeof cell !== 'number' || typeof before !== 'number') return ''
  if (cell > before) return text.moreThanBefore
  return before === 0 ? '' : text.ofBefore(stage, cell, before)
}

function wentOn(shown: FlowStages<FlowCell>): string {
  const parts = (['suitable', 'asked', 'begun'] as const).flatMap((stage, place) => {
    const [before, after] = [shown[FLOW_STAGES[place]!], shown[stage]]
    const isTold =
      typeof before === 'number' && typeof after === 'number' && before > 0 && after <= before
    return isTold ? [[stage, after, before] as const] : []
  })
  return parts.length === 0 ? '' : text.wentOn(parts)
}

function claimOf({ stages }: DisclosedFlow, shown: FlowStages<FlowCell>): string {
  const { received, suitable, begun } = shown
  if (
    typeof received === 'number' &&
    typeof suitable === 'number' &&
    typeof begun === 'number' &&
    received >= suitable
  )
    return text.claim(received, suitable, begun)
  return text.claimHidden(
    FLOW_STAGES.flatMap((stage) => {
      const cell = shown[stage]
      return typeof cell === 'number' ? [text.claimPart(stages[stage].name, cell)] : []
    }),
    FLOW_STAGES.flatMap((stage) => {
      const cell = shown[stage]
      return typeof cell === 'number' ? [] : [text.claimWithout(stages[stage].name, text[cell])]
    }),
  )
}

function factsOf(flow: DisclosedFlow, kind: FlowPeriodKind): readonly string[] {
  const { source, targetGroup, policy, remarks } = flow
  return [
    ...remarks,
    ...(targetGroup === '' ? [] : [text.facts.target(targetGroup)]),
    policy.kind === 'public-at-source'
      ? text.facts.publicAtSource
      : text.facts.protected(policy.threshold),
    ...(kind === 'month' ? [] : [text.facts.finest(kind)]),
    text.facts.source(source.title, source.publisher, source.section),
  ]
}

/** Where a step's bar ends, as a share of the longest; null where there is no count. */
export function stepShares(steps: readonly FlowStep[]): readonly (number | null)[] {
  const most = Math.max(0, ...steps.map(({ figure }) => valueOf(figure) ?? 0)) || 1
  return steps.map(({ figure }) => {
    const value = valueOf(figure)
    return value === null ? null : value / most
  })
}

const valueOf = (figure: ReportFigure): number | null =>
  figure.kind === 'value' ? figure.value : null

/** What a screen reader is told of the steps. */
export const stepsInWords = (steps: readonly FlowStep[]): string =>
  text.alternative(
    steps.map(({ name, figure, ofBefore: of }) =>
      [
        `${capital(name)} ${figure.kind === 'value' ? figure.text : figure.word}`,
        ...(of === '' ? [] : [of]),
      ].join(', '),
    ),
  )
