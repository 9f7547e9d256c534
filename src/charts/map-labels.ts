export type ScreenPoint = readonly [x: number, y: number]
/** Rings of a polygon in screen pixels, the first one is the outline. */
export type ScreenPolygon = readonly (readonly ScreenPoint[])[]

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface LabelRequest {
  /** Position of the area in its level's register. */
  readonly index: number
  readonly lines: readonly string[]
  readonly polygons: readonly ScreenPolygon[]
  /** The polygon's deepest point, or null when it lies outside the screen. */
  readonly deepest: ScreenPoint | null
  /** Lower is placed first. */
  readonly priority: number
}

export interface PlacedLabel {
  readonly index: number
  readonly lines: readonly string[]
  readonly x: number
  readonly y: number
}

export const LABEL_LINE_HEIGHT = 13.5
const PADDING = 2
/** Of the 15 probes across a label's box, how many must lie inside its area. */
const PROBES_NEEDED = 14

/**
 * Places names inside their areas: at the deepest point where it fits, else at the best of a grid of points in the
 * visible part; a name that does not fit or would overlap another is dropped, never shrunk or abbreviated.
 * @param viewport size in pixels
 * @param taken boxes that labels may not touch (legend, buttons)
 * @param measure width of a line of text in pixels
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  viewport: { readonly width: number; readonly height: number },
  taken: readonly Box[],
  measure: (text: string) => number,
): PlacedLabel[] {
  const boxes: Box[] = [...taken]
  const placed: PlacedLabel[] = []
  for (const request of [...requests].sort((a, b) => a.priority - b.priority)) {
    const width = Math.max(...request.lines.map(measure))
    const height = request.lines.length * LABEL_LINE_HEIGHT
    const spot = bestSpot(request, width, height, viewport, boxes)
    if (!spot) continue
    boxes.push(boxAround(spot, width, height))
    placed.push({ index: request.index, lines: request.lines, x: spot[0], y: spot[1] })
  }
  return placed
}

function bestSpot(
  request: LabelRequest,
  width: number,
  height: number,
  viewport: { readonly width: number; readonly height: number },
  boxes: readonly Box[],
): ScreenPoint | null {
  let best: ScreenPoint | null = null
  let bestScore = -Infinity
  const consider = (spot: ScreenPoint, centre: ScreenPoint) => {
    const box = boxAround(spot, width, height)
    if (box.left < 4 || box.top < 4 || box.right > viewport.width - 4) return
    if (box.bottom > viewport.height - 4 || boxes.some((other) => overlaps(box, other))) return
    const inside = probesInside(spot, width, height, request.polygons)
    if (inside < PROBES_NEEDED) return
    const score = inside - 0.012 * Math.hypot(spot[0] - centre[0], 1.3 * (spot[1] - centre[1]))
    if (score > bestScore) {
      bestScore = score
      best = spot
    }
  }
  for (const polygon of request.polygons) {
    const bounds = boundsOf(polygon[0] ?? [])
    const left = Math.max(width / 2 + 4, bounds.left)
    const right = Math.min(viewport.width - width / 2 - 4, bounds.right)
    const top = Math.max(height / 2 + 4, bounds.top)
    const bottom = Math.min(viewport.height - height / 2 - 4, bounds.bottom)
    if (right - left < 0 || bottom - top < 0 || bounds.right - bounds.left < width * 0.8) continue
    const centre: ScreenPoint = [(left + right) / 2, (top + bottom) / 2]
    const deepest = request.deepest
    if (deepest) {
      consider(deepest, deepest)
      if (best !== null) return best
    }
    const step = Math.max(4, Math.sqrt(((right - left) * (bottom - top)) / 260))
    for (let x = left; x <= right; x += step)
      for (let y = top; y <= bottom; y += step) consider([x, y], centre)
  }
  return best
}

/** Across a label's box, its corners first: where a name does not fit they tell so at once. */
const PROBES = [-0.5, 0.5, 0, -0.25, 0.25].flatMap((across) =>
  [-0.5, 0.5, 0].map((down) => [across, down] as const),
)

/** How many probes lie inside; counting ends when too few can. */
function probesInside(
  [x, y]: ScreenPoint,
  width: number,
  height: number,
  polygons: readonly ScreenPolygon[],
): number {
  let outside = 0
  for (const [across, down] of PROBES) {
    const point: ScreenPoint = [x + across * (width + 4), y + down * (height + 3)]
    if (!polygons.some((polygon) => contains(polygon, point))) outside++
    if (PROBES.length - outside < PROBES_NEEDED) break
  }
  return PROBES.length - outside
}

/** Even–odd test over all rings, so that holes are outside. */
export function contains(polygon: ScreenPolygon, [x, y]: ScreenPoint): boolean {
  let inside = false
  for (const ring of polygon)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!
      const [xj, yj] = ring[j]!
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
    }
  return inside
}

const boxAround = ([x, y]: ScreenPoint, width: number, height: number): Box => ({
  left: x - width / 2 - PADDING,
  top: y - height / 2 - PADDING,
  right: x + width / 2 + PADDING,
  bottom: y + height / 2 + PADDING,
})

const overlaps = (a: Box, b: Box) =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top

function boundsOf(ring: readonly ScreenPoint[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { left, top, right, bottom }
}
