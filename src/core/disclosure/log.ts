import type { LevelId } from '../area.ts'
import type { ReleasedFlow } from '../case-flow.ts'
import type { DisclosurePolicy, IndicatorId, PublicationPlan } from '../indicator.ts'
import type { IncidentCategory, Release } from '../release.ts'
import { adviseCoarser, type Advice } from './advice.ts'
import type { Audit } from './audit.ts'
import type { StatusCounts } from './gate.ts'
import { countRules, type HidingRule, type JointTable, type Protection } from './joint-table.ts'

/** How an indicator's hidden cells were tried. */
export interface AuditTotals extends Pick<Audit, 'cells' | 'equations' | 'suppressed'> {
  /** Always 0 in a release: one with an unsafe cell is not written. */
  readonly unsafe: number
}

/** One indicator's part of the log. Totals only: nothing in it is about a single cell. */
export interface IndicatorLog {
  readonly indicator: IndicatorId
  readonly name: string
  readonly denominatorName: string | null
  readonly plan: PublicationPlan
  readonly policy: DisclosurePolicy
  readonly method: Protection['method']
  readonly statuses: StatusCounts
  readonly hiddenByRule: Readonly<Record<HidingRule, number>>
  /** Figures of an earlier release that still stand. */
  readonly waiting: number
  readonly audit: AuditTotals
  /** What a coarser plan would bring back, where much is hidden. */
  readonly advice: readonly Advice[]
}

/** How incidents were released beside the indicators. */
export interface IncidentLog {
  readonly categories: readonly (IncidentCategory & { readonly policy: DisclosurePolicy })[]
  /** Hexagons with fewer incidents are not there. */
  readonly minimumCount: number
}

/** How a flow of cases was released: which counts its policy hides, and how many of its cells are shown. */
export interface FlowLog {
  readonly id: string
  readonly title: string
  readonly policy: DisclosurePolicy
  /** Of its stages, in all its periods. */
  readonly shown: number
  readonly hidden: number
}

export function logFlow({ id, title, policy, cells }: ReleasedFlow): FlowLog {
  const all = Object.values(cells).flat()
  const shown = all.filter((cell) => typeof cell === 'number').length
  return { id, title, policy, shown, hidden: all.filter((cell) => cell === 'hidden').length }
}

/** What was decided about a release, what it hid and how that was tried. Holds no suppressed figure. */
export interface DisclosureLog {
  readonly format: 1
  readonly release: Release
  /** Coarse to fine. */
  readonly levels: readonly { readonly id: LevelId; readonly singular: string }[]
  readonly indicators: readonly IndicatorLog[]
  readonly incidents: IncidentLog | null
  /** Absent where there are none. */
  readonly flows?: readonly FlowLog[]
  /** Earlier releases that were weighed in, oldest first. */
  readonly earlier: readonly { readonly folder: string; readonly sha256: string }[]
  /** Who released it: a name, which proves no identity. */
  readonly signed: string | null
  /** SHA-256 by path of every file that was released, but for the log and the package's own description. */
  readonly files: Readonly<Record<string, string>>
}

/** Of the cells that could be shown, the share that is hidden. */
export const hiddenShare = ({ suppressed, cells }: AuditTotals): number =>
  cells > 0 ? suppressed / cells : 0

/** Above this share of hidden cells, advice is given. */
const MUCH_HIDDEN = 0.1
/**
 * As few as these may be said to stay hidden. "All of them come back" would say that none of them is small, which is
 * the label that no cell may carry.
 */
const LEAST_LEFT_HIDDEN = 5

export interface LoggedTable {
  /** As it was before the gate: what a coarser plan would hide depends on it. */
  readonly table: JointTable
  readonly protection: Protection
  /** Of the released table. */
  readonly statuses: StatusCounts
  readonly audit: AuditTotals
  readonly waiting: number
}

/** The log's part about one released table. */
export function logIndicator({
  table,
  protection,
  statuses,
  audit,
  waiting,
}: LoggedTable): IndicatorLog {
  const { id, name, denominatorName, plan, policy } = table.indicator
  const advice = hiddenShare(audit) > MUCH_HIDDEN ? adviseCoarser(table, protection) : []
  return {
    ...{ indicator: id, name, denominatorName, plan, policy, method: protection.method, statuses },
    hiddenByRule: countRules(protection.rules),
    waiting,
    audit,
    advice: advice.flatMap(tellable),
  }
}

/** Advice without telling that a group of hidden cells has no small one among them. */
function tellable(advice: Advice): Advice[] {
  const hiddenThen = Math.max(advice.hiddenThen, LEAST_LEFT_HIDDEN)
  return hiddenThen < advice.hiddenNow ? [{ ...advice, hiddenThen }] : []
}
