import type { ReleasedJointTable } from './audit.ts'
import { earlierSums } from './earlier-sums.ts'
import type { JointTable, Protection } from './joint-table.ts'
import { protectTable, type ProtectOptions } from './protect.ts'
import { releaseTable } from './released-joint-table.ts'
import { standOnEarlier } from './standing-figures.ts'

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
 * @throws RangeError where there are any and no solver
 */
export function protectOnEarlier(
  fresh: JointTable,
  earlier: readonly ReleasedJointTable[],
  options: ProtectOptions,
): ProtectedOnEarlier {
  const { solver } = options
  if (earlier.length === 0) return protect(fresh, new Uint8Array(fresh.status.length))
  if (!solver) throw new RangeError('Earlier releases are weighed in by a solver')
  const standing = standOnEarlier(fresh, earlier, solver)
  const { waiting, hiddenEarlier, unsettled } = standing
  const sums = earlierSums(standing.table, earlier)
  const table = { ...standing.table, hiddenEarlier, earlierSums: sums }
  return unsettled.length > 0 ? { ok: false, table, unsettled } : protect(table, waiting)

  function protect(table: JointTable, waiting: Uint8Array): ProtectedOnEarlier {
    const protection = protectTable(table, options)
    const released = releaseTable(table, protection.rules)
    return { ok: true, table, protection, released, waiting }
  }
}
