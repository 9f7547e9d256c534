import type { AreaId } from '../../core/area.ts'
import { boxOf, commonGround, sharedBox, type Box, type DrawnPolygons } from './common-ground.ts'
import { groundOf } from './ring-repair.ts'

interface Drawn {
  readonly id: AreaId
  readonly polygons: DrawnPolygons
  readonly box: Box
  readonly size: number
}

/** Lines across the common box of two areas that their common ground is measured along. */
const LINES = 24
/** Of the smaller area: borders drawn apart overlap a little everywhere. */
const SHARE = 0.05

/**
 * Pairs of areas that lie on the same ground, apart from borders that do not quite meet: an overlap of more than a
 * twentieth of the smaller area is found.
 * @param outlines one per area; areas without geometry are left out by the caller
 */
export function overlappingPairs(outlines: ReadonlyMap<AreaId, DrawnPolygons>): [AreaId, AreaId][] {
  const drawn = [...outlines]
    .map(([id, polygons]): Drawn => {
      const size = groundOf(polygons)
      return { id, polygons, box: boxOf(polygons), size }
    })
    .sort((a, b) => a.box[0] - b.box[0])
  const pairs: [AreaId, AreaId][] = []
  drawn.forEach((one, index) => {
    for (let at = index + 1; at < drawn.length && drawn[at]!.box[0] < one.box[2]; at++)
      if (isOverlap(one, drawn[at]!)) pairs.push([one.id, drawn[at]!.id])
  })
  return pairs
}

function isOverlap(a: Drawn, b: Drawn): boolean {
  if (!sharedBox(a.box, b.box)) return false
  return commonGround(a.polygons, b.polygons, LINES) > SHARE * Math.min(a.size, b.size)
}
