import type { AreaRegister } from '../area.ts'
import { STATUS_HIDDEN, STATUS_HIDDEN_AT_SOURCE, STATUS_VALUE } from '../cell.ts'
import type { Finding } from '../finding.ts'
import { groupBy } from '../group-by.ts'
import type { Indicator, PublicationPlan } from '../indicator.ts'
import { kindOf } from '../period.ts'
import type { ReleaseId } from '../release.ts'
import { adviseCoarser, type Advice } from './advice.ts'
import type { ReleasedJointTable } from './audit.ts'
import {
  buildJointTable,
  type GivenObservation,
  type JointTableReading,
} from './build-joint-table.ts'
import { countStatuses, discloseLevel, type DisclosedTable } from './gate.ts'
import { joinLevels } from './join-levels.ts'
import type { JointTable } from './joint-table.ts'
import { logIndicator, type IndicatorLog } from './log.ts'
import { protectOnEarlier, type ProtectedOnEarlier } from './protect-on-earlier.ts'
import { requirementOf } from './requirement.ts'
import type { Solver } from './solver.ts'

/** An indicator as it was released before: somebody may have those figures still. */
export interface EarlierRelease {
  /** As it was then. */
  readonly indicator: Indicator
  /** One per level, on the boundaries in effect. */
  readonly tables: readonly DisclosedTable[]
}

/** One indicator's figures as a file gives them, on their way to the gate. */
export interface ImportToRelease {
  readonly observations: readonly GivenObservation[]
  readonly indicator: Indicator
  readonly register: AreaRegister
  readonly release: ReleaseId
  /** Oldest first. */
  readonly earlier?: readonly EarlierRelease[]
  /** Needed where there are earlier releases. */
  readonly solver?: Solver | null
}

/** What may be shown of an import; or why nothing is, and what a coarser plan would make of it. */
export type ImportRelease =
  | {
      readonly ok: true
      /** With the part of its plan that there are figures for. */
      readonly indicator: Indicator
      /** One per level of the plan, coarse to fine. */
      readonly tables: readonly DisclosedTable[]
      readonly log: IndicatorLog
      readonly findings: readonly Finding[]
    }
  | {
      readonly ok: false
      readonly findings: readonly Finding[]
      readonly advice: readonly Advice[]
    }

/** More small figures than this take minutes to protect. */
export const SMALL_FIGURES_MAX = 5000
/** More cells than this are not a table that anyone looks at. */
export const IMPORT_CELLS_MAX = 1_000_000

/**
 * Takes one indicator's figures through the gate: every level, period and sex of its plan as one system, hidden by
 * moves, which come with their own proof, and together with every earlier release. Nothing is released when a hidden
 * cell is not safe, when totals contradict their parts, or when there is too much to protect. Indicators of imports are
 * never synthetic.
 * @throws RangeError where there are earlier releases and no solver
 */
export function releaseImport({
  observations,
  indicator: asked,
  register,
  release,
  earlier = [],
  solver = null,
}: ImportToRelease): ImportRelease {
  const file = observations[0]?.file ?? ''
  const refuse = (findings: readonly Finding[], advice: readonly Advice[] = []): ImportRelease => ({
    ok: false,
    findings,
    advice,
  })
  const fault = (
    code: string,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): Finding => ({
    ...{ severity: 'error', code, file, row: null, column: null, text },
    parameters: { indicator: asked.id, ...parameters },
  })

  const indicator = {
    ...asked,
    synthetic: false,
    plan: { ...asked.plan, levels: knownLevels(asked.plan, register) },
  }
  const first = build(indicator, register, observations)
  if (!first.ok) return refuse(first.findings)
  const plan = planWithFigures(first.table, register)
  if (plan.levels.length === 0)
    return refuse([...first.findings, fault('observations-none-of-indicator', asked.id)])
  const isNarrower = JSON.stringify(plan) !== JSON.stringify(indicator.plan)
  const built = isNarrower ? build({ ...indicator, plan }, register, observations) : first
  if (!built.ok) return refuse(built.findings)
  const { table } = built
  const findings = [...built.findings, ...leftOutLevels(asked.plan, plan, register, fault)]

  const cells = table.status.length
  if (cells > IMPORT_CELLS_MAX)
    return refuse([
      ...findings,
      fault('released-too-many-cells', null, { count: cells, maximum: IMPORT_CELLS_MAX }),
    ])
  const small = countSmall(table)
  if (small > SMALL_FIGURES_MAX)
    return refuse([
      ...findings,
      fault('released-too-many-small', null, { count: small, maximum: SMALL_FIGURES_MAX }),
    ])

  const before = earlier.flatMap((one) => joinReleased(one, register))
  const outcome = protectOnEarlier(table, before, { method: 'moves', solver })
  if (!outcome.ok)
    return refuse([
      ...findings,
      fault('released-unsettled-import', null, { count: outcome.unsettled.length }),
    ])
  const { protection, released, waiting } = outcome
  const unsafe = new Set(protection.unsafe.map(({ cell }) => cell))
  if (unsafe.size > 0) {
    const code = before.length > 0 ? 'released-unsafe-beside-earlier' : 'released-unsafe'
    return refuse(
      [...findings, fault(code, null, { count: unsafe.size })],
      adviseCoarser(outcome.table, protection),
    )
  }
  const waits = released.status.filter((code, cell) => code === STATUS_VALUE && waiting[cell])
  return {
    ok: true,
    indicator: table.indicator,
    tables: plan.levels.map((level) => discloseLevel(released, level, register, release)),
    log: logOf(outcome, waits.length),
    findings:
      waits.length === 0
        ? findings
        : [
            ...findings,
            {
              ...fault('released-earlier-stands', null, {
                count: waits.length,
                threshold: indicator.policy.threshold,
              }),
              severity: 'warning',
            },
          ],
  }
}

/** Levels of the same sexes and periods as one system each. */
function joinReleased(
  { indicator, tables }: EarlierRelease,
  register: AreaRegister,
): ReleasedJointTable[] {
  const axesOf = ({ sexes, periods }: DisclosedTable): string => JSON.stringify([sexes, periods])
  return groupBy(tables, axesOf).map((levels) => joinLevels(levels, indicator, register))
}

const build = (
  indicator: Indicator,
  { areas }: AreaRegister,
  observations: readonly GivenObservation[],
): JointTableReading => buildJointTable(indicator, areas, observations)

/** The plan's levels that the register has areas of, coarse to fine. */
function knownLevels({ levels }: PublicationPlan, register: AreaRegister): string[] {
  const used = new Set(register.areas.map(({ level }) => level))
  return register.levels
    .toSorted((a, b) => a.rank - b.rank)
    .flatMap(({ id }) => (levels.includes(id) && used.has(id) ? [id] : []))
}

/** The part of a table's plan that has figures, hidden ones included. */
function planWithFigures(table: JointTable, register: AreaRegister): PublicationPlan {
  const { plan } = table.indicator
  const levelOf = new Map(register.areas.map(({ id, level }) => [id, level]))
  const found = new Set<string>()
  table.status.forEach((code, cell) => {
    if (code !== STATUS_VALUE && code !== STATUS_HIDDEN && code !== STATUS_HIDDEN_AT_SOURCE) return
    const map = Math.floor(cell / table.areas.length)
    const period = table.periods[map % table.periods.length]!
    found.add(`level ${levelOf.get(table.areas[cell % table.areas.length]!)}`)
    found.add(`kind ${kindOf(period)}`)
    found.add(`sex ${table.sexes[Math.floor(map / table.periods.length)]}`)
  })
  return {
    levels: plan.levels.filter((level) => found.has(`level ${level}`)),
    periodChain: plan.periodChain.filter((kind) => found.has(`kind ${kind}`)),
    bySex: plan.bySex && (found.has('sex K') || found.has('sex M')),
  }
}

function leftOutLevels(
  asked: PublicationPlan,
  plan: PublicationPlan,
  { levels }: AreaRegister,
  fault: (code: string, text: string) => Finding,
): Finding[] {
  const gone = asked.levels.filter((level) => !plan.levels.includes(level))
  if (gone.length === 0) return []
  const names = gone.map((level) => levels.find(({ id }) => id === level)?.singular ?? level)
  return [{ ...fault('released-level-left-out', names.join(', ')), severity: 'note' }]
}

/** Figures that a primary rule hides by themselves. */
function countSmall({ status, numerator, denominator, indicator }: JointTable): number {
  let count = 0
  status.forEach((code, cell) => {
    if (code !== STATUS_VALUE) return
    if (requirementOf(numerator[cell]!, denominator[cell]!, indicator.policy)) count++
  })
  return count
}

function logOf(
  { table, released, protection }: Extract<ProtectedOnEarlier, { ok: true }>,
  waiting: number,
): IndicatorLog {
  const statuses = countStatuses(released)
  return logIndicator({
    ...{ table, protection, statuses, waiting },
    audit: {
      cells: statuses.value + statuses.hidden,
      equations: protection.equations,
      suppressed: statuses.hidden,
      unsafe: 0,
    },
  })
}
