import { cellIndex } from '../observation.ts'
import { kindOf } from '../period.ts'
import type { JointTable, Protection } from './joint-table.ts'
import { protectTable } from './protect.ts'

/** What could be published coarser next time. */
export const ADVICE_STEPS = ['longer-periods', 'coarser-areas', 'both-sexes'] as const
export type AdviceStep = (typeof ADVICE_STEPS)[number]

/** What one step would do to the cells that it keeps. */
export interface Advice {
  readonly step: AdviceStep
  /** Cells with a figure or hidden that are left when the finest part is not published. */
  readonly cells: number
  readonly hiddenNow: number
  readonly hiddenThen: number
}

/**
 * What a coarser publication plan would bring back, for each step that the plan allows: leaving out the shortest
 * periods, the finest level or the sexes. Advice for the next release; never a question about hidden cells of this one.
 * @param protection what is hidden of the table now
 */
export function adviseCoarser(table: JointTable, protection: Protection): Advice[] {
  return ADVICE_STEPS.flatMap((step) => {
    const kept = keepAfter(table, step)
    if (!kept) return []
    const coarser = subTable(table, kept)
    const then = protectTable(coarser, { method: 'moves', solver: null })
    if (then.unsafe.length > 0) return []
    let hiddenNow = 0
    forEachKept(table, kept, (cell) => {
      if (protection.rules[cell]) hiddenNow++
    })
    const hiddenThen = then.rules.reduce((sum, rule) => sum + (rule ? 1 : 0), 0)
    return [{ step, cells: coarser.status.length, hiddenNow, hiddenThen }]
  })
}

interface Kept {
  readonly sexes: readonly number[]
  readonly periods: readonly number[]
  readonly areas: readonly number[]
}

const positions = (length: number): number[] => Array.from({ length }, (_, index) => index)

/** What is left of each axis after a step; null where the plan has nothing to leave out. */
function keepAfter(table: JointTable, step: AdviceStep): Kept | null {
  const { sexes, periods, areas, parentArea, indicator } = table
  const all: Kept = {
    sexes: positions(sexes.length),
    periods: positions(periods.length),
    areas: positions(areas.length),
  }
  if (step === 'both-sexes') {
    const both = sexes.indexOf('T')
    return sexes.length > 1 && both >= 0 ? { ...all, sexes: [both] } : null
  }
  if (step === 'longer-periods') {
    const [shortest, ...longer] = indicator.plan.periodChain
    const left = all.periods.filter((period) => kindOf(periods[period]!) !== shortest)
    return longer.length > 0 && left.length > 0 ? { ...all, periods: left } : null
  }
  // The finest level is what lies deepest; a branch that ends earlier has nothing to leave out.
  const depths = all.areas.map((area) => depthOf(parentArea, area))
  const deepest = Math.max(...depths)
  if (deepest < 2) return null
  return { ...all, areas: all.areas.filter((area) => depths[area]! < deepest) }
}

function depthOf(parents: Int32Array, position: number): number {
  let depth = 0
  for (let at = parents[position]!; at >= 0; at = parents[at]!) depth++
  return depth
}

function forEachKept(table: JointTable, kept: Kept, visit: (cell: number) => void): void {
  for (const sex of kept.sexes)
    for (const period of kept.periods)
      for (const area of kept.areas) visit(cellIndex(table, sex, period, area))
}

function subTable(table: JointTable, kept: Kept): JointTable {
  const cells: number[] = []
  forEachKept(table, kept, (cell) => cells.push(cell))
  const parentsAmong = (parents: Int32Array, left: readonly number[]): Int32Array =>
    Int32Array.from(left, (position) => left.indexOf(parents[position]!))
  return {
    indicator: table.indicator,
    sexes: kept.sexes.map((sex) => table.sexes[sex]!),
    periods: kept.periods.map((period) => table.periods[period]!),
    areas: kept.areas.map((area) => table.areas[area]!),
    parentArea: parentsAmong(table.parentArea, kept.areas),
    parentPeriod: parentsAmong(table.parentPeriod, kept.periods),
    status: Uint8Array.from(cells, (cell) => table.status[cell]!),
    numerator: Float64Array.from(cells, (cell) => table.numerator[cell]!),
    denominator: Float64Array.from(cells, (cell) => table.denominator[cell]!),
    ...(table.reportingUnits && {
      reportingUnits: Float64Array.from(cells, (cell) => table.reportingUnits![cell]!),
    }),
    knownEarlier: table.knownEarlier && Uint8Array.from(cells, (c) => table.knownEarlier![c]!),
  }
}
