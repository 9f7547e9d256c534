import { RELEASE_STATUSES, type ReleaseStatus } from '../core/cell.ts'
import type { StatusCounts } from '../core/disclosure/gate.ts'

/** Every way in which a cell can be without a figure that anybody hides. */
export const MISSING_STATUSES: readonly ReleaseStatus[] = RELEASE_STATUSES.filter((name) =>
  name.startsWith('missing'),
)

/** How many cells of each status several tables hold together. */
export function sumStatuses(counts: readonly StatusCounts[]): StatusCounts {
  const sums = Object.fromEntries(RELEASE_STATUSES.map((name) => [name, 0])) as Record<
    ReleaseStatus,
    number
  >
  for (const count of counts) for (const name of RELEASE_STATUSES) sums[name] += count[name]
  return sums
}
