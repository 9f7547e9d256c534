import type { Point } from './coordinate-frame.ts'
import { isInRing, repairRing, signedArea, type Ring } from './ring-repair.ts'

/** Polygons of one area: each an outer ring followed by its holes, without closing points. */
export type Polygons = readonly (readonly Ring[])[]

/**
 * Makes neighbours share their borders exactly: points nearer to one another than the tolerance become one point,
 * and a border that passes a neighbour's point within it is given that point. Gaps and overlaps narrower than the
 * tolerance close; nothing moves farther than that.
 * @param areas in metres
 * @param tolerance metres
 */
export function snapBoundaries(areas: readonly Polygons[], tolerance: number): Polygons[] {
  const points = new PointGrid(tolerance, spacingOf(areas))
  const snapped = areas.map((polygons) =>
    polygons.map((rings) => rings.map((ring) => ring.map((point) => points.settle(point)))),
  )
  return snapped.map((polygons) =>
    polygons.flatMap((rings) => {
      const [outer, ...holes] = rings.map((ring) =>
        repairRing(
          ring.flatMap((from, index) => [from, ...points.between(from, next(ring, index))]),
        ),
      )
      if (!outer) return []
      const shells = outer.rings.filter((ring) => signedArea(ring) !== 0)
      const inner = holes.flatMap((hole) => hole.rings.filter((ring) => signedArea(ring) !== 0))
      return shells.map((shell) => [
        shell,
        ...inner.filter((hole) => shells.length === 1 || isInRing(shell, hole[0]!)),
      ])
    }),
  )
}

const next = (ring: Ring, index: number): Point => ring[(index + 1) % ring.length]!

/** More than there are anywhere, so that each cell has its own key. */
const CELLS_PER_COLUMN = 2 ** 24

/** Metres between points that are spread evenly over the ground: what the grid's cells are made for. */
function spacingOf(areas: readonly Polygons[]): number {
  let [west, south, east, north, count] = [Infinity, Infinity, -Infinity, -Infinity, 0]
  for (const polygons of areas)
    for (const rings of polygons)
      for (const ring of rings)
        for (const [x, y] of ring) {
          west = Math.min(west, x)
          south = Math.min(south, y)
          east = Math.max(east, x)
          north = Math.max(north, y)
          count++
        }
  return count === 0 ? 0 : Math.sqrt(((east - west) * (north - south)) / count)
}

/** Points in square cells a good deal wider than the tolerance: near ones lie in the cells around. */
class PointGrid {
  readonly #cells = new Map<number, Point[]>()
  readonly #width: number

  constructor(
    readonly tolerance: number,
    spacing: number,
  ) {
    this.#width = Math.max(25 * tolerance, spacing / 4)
  }

  /** The settled point nearest within the tolerance, or this point, settled from now on. */
  settle(point: Point): Point {
    let nearest: Point | null = null
    let least = this.tolerance
    for (const candidate of this.#around(point)) {
      const distance = Math.hypot(candidate[0] - point[0], candidate[1] - point[1])
      if (distance >= least) continue
      nearest = candidate
      least = distance
    }
    if (nearest) return nearest
    const key = this.#key(Math.floor(point[0] / this.#width), Math.floor(point[1] / this.#width))
    const cell = this.#cells.get(key)
    if (cell) cell.push(point)
    else this.#cells.set(key, [point])
    return point
  }

  /** Settled points that lie within the tolerance of the segment, in order from its start, its ends left out. */
  between(from: Point, to: Point): Point[] {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
    const length = Math.hypot(dx, dy)
    const found = new Map<Point, number>()
    // Less than two cells, so that the cells around one step and the next leave nothing out.
    const stride = 1.9 * this.#width
    for (let step = 0; step < length + stride && length > 0; step += stride)
      for (const point of this.#around([
        from[0] + (dx * step) / length,
        from[1] + (dy * step) / length,
      ])) {
        if (point === from || point === to) continue
        const along = ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length
        const across = Math.abs((point[0] - from[0]) * dy - (point[1] - from[1]) * dx) / length
        if (along > 0 && along < length && across < this.tolerance) found.set(point, along)
      }
    return [...found].sort((a, b) => a[1] - b[1]).map(([point]) => point)
  }

  *#around([x, y]: Point): Generator<Point> {
    const [column, row] = [Math.floor(x / this.#width), Math.floor(y / this.#width)]
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        yield* this.#cells.get(this.#key(column + dx, row + dy)) ?? []
  }

  #key(column: number, row: number): number {
    return column * CELLS_PER_COLUMN + row
  }
}
