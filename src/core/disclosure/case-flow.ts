import {
  completedByTotals,
  FLOW_PERIOD_CHAIN,
  FLOW_STAGES,
  flowContainer,
  flowPeriods,
  flowSum,
  perStage,
  type FlowCell,
  type FlowContradiction,
  type FlowFacts,
  type FlowLeftStage,
  type FlowPeriodKind,
  type FlowStage,
  type RawFlow,
  type RawFlowCount,
  type ReleasedFlow,
} from '../case-flow.ts'
import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../cell.ts'
import type { Indicator } from '../indicator.ts'
import { kindOf, periodsBetween, type PeriodCode } from '../period.ts'
import type { ReleasedJointTable } from './audit.ts'
import type { DisclosedFlow } from './disclosed-flow.ts'
import type { JointTable } from './joint-table.ts'
import { protectOnEarlier } from './protect-on-earlier.ts'
import type { Solver } from './solver.ts'

/** Where more of its cells than this would be hidden, a flow is released by longer periods. */
const MOST_HIDDEN = 1 / 3

export interface FlowRelease {
  /** Nothing shorter is released. */
  readonly finest: FlowPeriodKind
  /** What was released of the same flow, oldest first. */
  readonly earlier?: readonly DisclosedFlow[]
  /** Needed where there are earlier releases. */
  readonly solver?: Solver | null
}

export type FlowDisclosure =
  | {
      readonly ok: true
      readonly flow: DisclosedFlow
      /** Cells where an earlier figure stands, for the change is too small to be told. */
      readonly waiting: number
      /** Stated totals that the months do not come to: told, and nothing is worked out from them. */
      readonly contradictions: readonly FlowContradiction[]
    }
  | {
      readonly ok: false
      /** unsafe: what must be hidden would be told by sums; unsettled: earlier totals that no whole numbers fit. */
      readonly why: 'unsafe' | 'unsettled'
      readonly count: number
    }

/** What each stage is drawn from. */
const BEFORE = {
  suitable: 'received',
  asked: 'suitable',
  begun: 'asked',
} as const satisfies Record<FlowLeftStage, FlowStage>
const LEFT_STAGES = Object.keys(BEFORE) as readonly FlowLeftStage[]

/**
 * The gate for a flow's counts. All stages and periods are one system of sums: months make quarters, half-years and
 * years, and those who passed a stage and those who did not make the stage before. So a small difference between two
 * stages ("two said no") is protected as a small count is. In a period where more passed a stage than the one before,
 * cases of other months are among them; then the difference counts nobody, and is no part of the system.
 */
export function discloseFlow(
  raw: RawFlow,
  { finest, earlier = [], solver = null }: FlowRelease,
): FlowDisclosure {
  const { counts, derived, contradictions } = completedByTotals(raw)
  const periods = flowPeriods(raw.months, finest)
  const cells = perStage((stage) =>
    periods.map((period): FlowCell => countIn(raw.months, counts[stage], period)),
  )
  const left = leftOf((stage, at) => {
    const [before, after] = [cells[BEFORE[stage]][at]!, cells[stage][at]!]
    if (typeof before !== 'number' || typeof after !== 'number') return 'missing'
    return before >= after ? before - after : 'missing'
  }, periods)
  const fresh = { ...raw, periods, cells, left, derived }
  const outcome = protectOnEarlier(
    jointTable(fresh, STATUS_HIDDEN_AT_SOURCE),
    earlier.map((flow) => jointTable(flow, STATUS_HIDDEN)),
    { method: 'moves', solver },
  )
  if (!outcome.ok) return { ok: false, why: 'unsettled', count: outcome.unsettled.length }
  const { released, protection, waiting } = outcome
  const unsafe = new Set(protection.unsafe.map(({ cell }) => cell))
  if (unsafe.size > 0) return { ok: false, why: 'unsafe', count: unsafe.size }
  const shown = waiting.filter((waits, cell) => waits && released.status[cell] === STATUS_VALUE)
  const flow = flowOf(raw, released, derived)
  return { ok: true, flow, waiting: shown.length, contradictions }
}

/**
 * The gate at the finest periods that leave most cells shown; at the longest there are where none do.
 * @throws RangeError as discloseFlow
 */
export function discloseFlowFinest(
  raw: RawFlow,
  release: Omit<FlowRelease, 'finest'>,
): FlowDisclosure {
  let last: FlowDisclosure | null = null
  for (const finest of FLOW_PERIOD_CHAIN) {
    if (last && flowPeriods(raw.months, finest).length === 0) break
    const outcome = discloseFlow(raw, { ...release, finest })
    if (outcome.ok && hiddenShare(outcome.flow, finest) <= MOST_HIDDEN) return outcome
    if (outcome.ok || !last?.ok) last = outcome
  }
  return last!
}

/** The share of hidden cells among the shortest periods' own. */
function hiddenShare({ periods, cells }: ReleasedFlow, finest: FlowPeriodKind): number {
  const own = FLOW_STAGES.flatMap((stage) =>
    cells[stage].filter((_, at) => kindOf(periods[at]!) === finest),
  )
  return own.filter((cell) => cell === 'hidden').length / Math.max(1, own.length)
}

function countIn(
  months: readonly PeriodCode[],
  counts: readonly RawFlowCount[],
  period: PeriodCode,
): FlowCell {
  const own = periodsBetween('month', period, period).map((month) => counts[months.indexOf(month)])
  return flowSum(own.map((count) => count ?? 'missing'))
}

const leftOf = (
  cellOf: (stage: FlowLeftStage, at: number) => FlowCell,
  periods: readonly PeriodCode[],
): ReleasedFlow['left'] =>
  Object.fromEntries(
    LEFT_STAGES.map((stage) => [stage, periods.map((_, at) => cellOf(stage, at))] as const),
  ) as Readonly<Record<string, readonly FlowCell[]>> as ReleasedFlow['left']

/**
 * The rows of a flow's system stand where areas do in other tables, below a root that is never counted: nothing is
 * more than all that came in only where stages are of the same cases.
 */
const ROWS = ['root', ...FLOW_STAGES, ...LEFT_STAGES.map((stage) => `left-${stage}`)] as const
const PARENT_OF: Readonly<Record<string, string>> = {
  received: 'root',
  ...Object.fromEntries(
    LEFT_STAGES.flatMap((stage) => [
      [stage, BEFORE[stage]],
      [`left-${stage}`, BEFORE[stage]],
    ]),
  ),
}
const PARENT_AREAS = Int32Array.from(ROWS, (row) =>
  row in PARENT_OF ? ROWS.indexOf(PARENT_OF[row] as (typeof ROWS)[number]) : -1,
)

/** @param hidden the status of hidden cells: the source's own before the gate, ours after it */
function jointTable(flow: ReleasedFlow, hidden: number): JointTable {
  const { periods, cells, left } = flow
  const cellsOf = (row: string): readonly FlowCell[] | null => {
    if (row === 'root') return null
    return row.startsWith('left-')
      ? left[row.slice('left-'.length) as FlowLeftStage]
      : cells[row as FlowStage]
  }
  const all = periods.flatMap((_, at) => ROWS.map((row) => cellsOf(row)?.[at] ?? 'missing'))
  return {
    ...{ sexes: ['T'], periods, areas: ROWS },
    indicator: indicatorOf(flow),
    parentArea: PARENT_AREAS,
    parentPeriod: Int32Array.from(periods, (period) => {
      const container = flowContainer(period, periods)
      return container === null ? -1 : periods.indexOf(container)
    }),
    status: Uint8Array.from(all, (cell) =>
      cell === 'hidden' ? hidden : cell === 'missing' ? STATUS_NOT_COLLECTED : STATUS_VALUE,
    ),
    numerator: Float64Array.from(all, (cell) => (typeof cell === 'number' ? cell : NaN)),
    denominator: new Float64Array(all.length).fill(NaN),
    knownEarlier: null,
  }
}

function flowOf(
  { months: _, counts: __, totals: ___, ...facts }: RawFlow,
  { status, numerator, periods }: ReleasedJointTable,
  derived: ReleasedFlow['derived'],
): DisclosedFlow {
  const cellAt = (row: (typeof ROWS)[number], at: number): FlowCell => {
    const cell = at * ROWS.length + ROWS.indexOf(row)
    if (status[cell] === STATUS_HIDDEN || status[cell] === STATUS_HIDDEN_AT_SOURCE) return 'hidden'
    return status[cell] === STATUS_VALUE ? numerator[cell]! : 'missing'
  }
  return {
    ...facts,
    periods,
    cells: perStage((stage) => periods.map((_, at) => cellAt(stage, at))),
    left: leftOf((stage, at) => cellAt(`left-${stage}`, at), periods),
    // That a count was worked out says that it is there.
    derived: derived.filter(({ stage, month }) => {
      const at = periods.indexOf(month)
      return typeof cellAt(stage, at) === 'number'
    }),
  } as ReleasedFlow as DisclosedFlow
}

/** What the machinery of disclosure asks of an indicator. */
const indicatorOf = ({ id, title, policy }: FlowFacts): Indicator => ({
  ...{ id, name: title, class: 'context', measure: 'count', per: 1, unit: '' },
  ...{ denominatorName: null, polarity: 'neutral', definition: '', source: '', frequency: '' },
  ...{ caveats: [], focusProblems: [], policy, periodAggregation: 'sum', designEffect: 1 },
  plan: { levels: [], periodChain: FLOW_PERIOD_CHAIN, bySex: false },
  synthetic: false,
})
