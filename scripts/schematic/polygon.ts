import type { Point } from './projection.ts'

/** True when the position lies inside the ring (even-odd rule). The ring need not repeat its first point. */
export function contains(ring: readonly Point[], [east, north]: Point): boolean {
  let inside = false
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
    const a = ring[index]!
    const b = ring[before]!
    if (a[1] > north === b[1] > north) continue
    if (east < ((b[0] - a[0]) * (north - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

/** Area of a ring, positive when it runs counter-clockwise; in the square of its coordinates' unit. */
export function signedArea(ring: readonly Point[]): number {
  let twice = 0
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
    const a = ring[before]!
    const b = ring[index]!
    twice += a[0] * b[1] - b[0] * a[1]
  }
  return twice / 2
}
