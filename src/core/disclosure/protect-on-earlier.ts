import type { ReleasedJointTable } from './audit.ts'
import { earlierSums } from './earlier-sums.ts'
import type { JointTable, Protection } from './joint-table.ts'
import { protectTable, type ProtectOptions } from './protect.ts'
import { releaseTable } from './released-joint-table.ts'
import type { Solver } from './solver.ts'
import { standOnEarlier } from './standing-figures.ts'

export interface ProtectOnEarlierOptions extends Pick<ProtectOptions, 'method'> {
  readonly solver: Solver
}

/** A table beside those that were released before it. */
export type ProtectedOnEarlier =
  | {
      readonly ok: true
      /** The figures that the release stands on. */
      readonly table: JointTable
      readonly released: ReleasedJointTable
      readonly protection: Protection
      /** 1 where an earlier figure stands in place of the new one, or a total has one among its parts. */
      readonly waiting: Uint8Array
    }
  | {
      readonly ok: false
      readonly table: JointTable
      /** Totals of earlier releases that no whole numbers fit. */
      readonly unsettled: readonly number[]
    }

/**
 * Decides what a release may show when others came before it: small revisions wait, what was hidden stays hidden, and
 * what all releases say together protects what must be protected.
 * @param fresh the new figures
 * @param earlier releases of the same indicator, oldest first
 */
export function protectOnEarlier(
  fresh: JointTable,
  earlier: readonly ReleasedJointTable[],
  { method, solver }: ProtectOnEarlierOptions,
): ProtectedOnEarlier {
  const standing = standOnEarlier(fresh, earlier, solver)
  const { waiting, hiddenEarlier, unsettled } = standing
  const table =
    earlier.length === 0
      ? standing.table
      : { ...standing.table, hiddenEarlier, earlierSums: earlierSums(standing.table, earlier) }
  if (unsettled.length > 0) return { ok: false, table, unsettled }
  const protection = protectTable(table, { method, solver })
  return {
    ...{ ok: true, table, protection, waiting },
    released: releaseTable(table, protection.rules),
  }
}
