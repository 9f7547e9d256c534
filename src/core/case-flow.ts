import type { DisclosurePolicy } from './indicator.ts'
import { containingPeriod, periodsBetween, type PeriodCode, type PeriodKind } from './period.ts'

/*
 * Work with individuals, as monthly counts alone: how many came in, were found suitable, were asked, and began. Nothing
 * of any one of them is ever here: no sex, no age, no place, no row a person.
 */

/** In the order that a case passes them. */
export const FLOW_STAGES = ['received', 'suitable', 'asked', 'begun'] as const
export type FlowStage = (typeof FLOW_STAGES)[number]

/** What a stage's counts say, in the words of those who counted. */
export interface FlowStageWords {
  readonly name: string
  readonly meaning: string
}

export type FlowStages<Of> = Readonly<Record<FlowStage, Of>>

/** What is told of a flow beside its counts. */
export interface FlowFacts {
  readonly id: string
  readonly title: string
  readonly stages: FlowStages<FlowStageWords>
  /** Whom the work is for, in words; empty where it is not told. */
  readonly targetGroup: string
  readonly policy: DisclosurePolicy
  readonly source: {
    readonly title: string
    readonly publisher: string
    /** Where in the source; empty where it has no parts. */
    readonly section: string
  }
  /** What must be known of the source to read the counts. */
  readonly remarks: readonly string[]
  /** Another municipality's published figures, to show what a flow is. */
  readonly isExample: boolean
}

export type RawFlowCount = number | null | 'hidden'

/** Counts before the disclosure gate, which nobody but the gate may read. */
export interface RawFlow extends FlowFacts {
  /** Months without a gap, oldest first. */
  readonly months: readonly PeriodCode[]
  /** By month; null where the source gives none, hidden where it says that it hides one. */
  readonly counts: FlowStages<readonly RawFlowCount[]>
  /** What the source says that all months come to; null where it does not. */
  readonly totals: FlowStages<number | null>
}

/** A count that the source leaves out, and its own total gives. */
export interface DerivedCount {
  readonly stage: FlowStage
  readonly month: PeriodCode
}

/** Where a stated total and its months disagree. */
export interface FlowContradiction {
  readonly stage: FlowStage
  readonly said: number
  readonly found: number
}

export interface CompletedFlow {
  readonly counts: FlowStages<readonly RawFlowCount[]>
  readonly derived: readonly DerivedCount[]
  readonly contradictions: readonly FlowContradiction[]
}

/**
 * Counts with what stated totals force: where one month alone of a stage lacks its count, that is the total less the
 * others. Two lacking ones stay lacking, and what the source hides is never worked out. A total that its months do not come to, or that would force a count below
 * zero, is a contradiction, and nothing is worked out from it.
 */
export function completedByTotals({ months, counts, totals }: RawFlow): CompletedFlow {
  const derived: DerivedCount[] = []
  const contradictions: FlowContradiction[] = []
  const completed = perStage((stage): readonly RawFlowCount[] => {
    const own = counts[stage]
    const said = totals[stage]
    if (said === null || own.includes('hidden')) return own
    const lacking = own.flatMap((count, at) => (count === null ? [at] : []))
    const found = own.reduce<number>((sum, count) => sum + Number(count ?? 0), 0)
    const rest = said - found
    if (rest < 0 || (lacking.length === 0 && rest !== 0)) {
      contradictions.push({ stage, said, found })
      return own
    }
    if (lacking.length !== 1) return own
    derived.push({ stage, month: months[lacking[0]!]! })
    return own.map((count) => count ?? rest)
  })
  return { counts: completed, derived, contradictions }
}

/** A count, or why there is none. */
export type FlowCell = number | 'hidden' | 'missing'

/** Those that did not go on from the stage before. */
export type FlowLeftStage = Exclude<FlowStage, 'received'>

/** A flow as it may be shown; made by the gate alone (`core/disclosure/case-flow.ts`). */
export interface ReleasedFlow extends FlowFacts {
  /** Of one kind or several, the shorter first: months, complete quarters, half-years, years; each oldest first. */
  readonly periods: readonly PeriodCode[]
  /** By period. */
  readonly cells: FlowStages<readonly FlowCell[]>
  /** By period: the stage before less this one; missing where more passed this one, which others' months are in. */
  readonly left: Readonly<Record<FlowLeftStage, readonly FlowCell[]>>
  readonly derived: readonly DerivedCount[]
}

/** The longer periods that a flow is released for, where all their months are there. */
export const FLOW_PERIOD_CHAIN = [
  'month',
  'quarter',
  'half-year',
  'year',
] as const satisfies readonly PeriodKind[]

export type FlowPeriodKind = (typeof FLOW_PERIOD_CHAIN)[number]

/**
 * The periods of a flow that all their months are there of, shorter ones first.
 * @param finest nothing shorter is released: where months are small, sums of them say more than hidden months
 */
export function flowPeriods(
  months: readonly PeriodCode[],
  finest: FlowPeriodKind,
): readonly PeriodCode[] {
  const known = new Set(months)
  return FLOW_PERIOD_CHAIN.slice(FLOW_PERIOD_CHAIN.indexOf(finest)).flatMap((kind) => {
    const containers = new Set(months.map((month) => containingPeriod(month, kind)!))
    return [...containers].filter((code) =>
      periodsBetween('month', code, code).every((month) => known.has(month)),
    )
  })
}

/**
 * What cells come to, or that it cannot be told: a sum of shown cells gives nothing away that they do not.
 */
export function flowSum(cells: readonly FlowCell[]): FlowCell {
  let sum = 0
  let isMissing = false
  for (const cell of cells) {
    if (cell === 'hidden') return 'hidden'
    if (cell === 'missing') isMissing = true
    else sum += cell
  }
  return isMissing ? 'missing' : sum
}

/**
 * What all released periods of a stage come to, each month once: of the longest periods where they are shown, otherwise
 * of their parts.
 */
export function flowSpanCell(
  { periods, cells }: Pick<ReleasedFlow, 'periods' | 'cells'>,
  stage: FlowStage,
): FlowCell {
  const own = new Map(periods.map((period, at) => [period, cells[stage][at]!]))
  const taken = (period: PeriodCode): FlowCell => {
    const cell = own.get(period)!
    if (typeof cell === 'number') return cell
    const parts = directParts(period, periods)
    return parts.length === 0 ? cell : flowSum(parts.map(taken))
  }
  return flowSum(periods.filter((period) => !hasContainer(period, periods)).map(taken))
}

/** The next longer period of the chain around a period, where it is released; null where none is. */
export function flowContainer(
  period: PeriodCode,
  periods: readonly PeriodCode[],
): PeriodCode | null {
  const known = new Set(periods)
  for (const kind of FLOW_PERIOD_CHAIN) {
    const container = containingPeriod(period, kind)
    if (container !== null && container !== period && known.has(container)) return container
  }
  return null
}

const hasContainer = (period: PeriodCode, periods: readonly PeriodCode[]): boolean =>
  flowContainer(period, periods) !== null

const directParts = (period: PeriodCode, periods: readonly PeriodCode[]): readonly PeriodCode[] =>
  periods.filter((part) => flowContainer(part, periods) === period)

/** One of each stage. */
export function perStage<Of>(make: (stage: FlowStage) => Of): FlowStages<Of> {
  return Object.fromEntries(FLOW_STAGES.map((stage) => [stage, make(stage)])) as Record<
    FlowStage,
    Of
  >
}
