import type { ScreenPoint } from './map-labels.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const VECTORS: Record<Direction, ScreenPoint> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
}

/**
 * The neighbour that an arrow key leads to: the nearest point within 60° of the direction, distance counted
 * double across it; null where nothing lies that way.
 */
export function nextInDirection<Key>(
  points: ReadonlyMap<Key, ScreenPoint>,
  from: ScreenPoint,
  direction: Direction,
): Key | null {
  const [dx, dy] = VECTORS[direction]
  let best: Key | null = null
  let bestCost = Infinity
  for (const [key, [x, y]] of points) {
    const along = (x - from[0]) * dx + (y - from[1]) * dy
    const across = Math.abs((x - from[0]) * dy - (y - from[1]) * dx)
    if (along <= 0.5 || across > along * Math.sqrt(3)) continue
    const cost = along + 2 * across
    if (cost < bestCost) {
      bestCost = cost
      best = key
    }
  }
  return best
}
