import { expect, test } from 'vitest'
import { nextInDirection } from '../../src/charts/direction.ts'

const points = new Map([
  ['right', [10, 0] as const],
  ['far right', [30, 1] as const],
  ['up', [1, -10] as const],
  ['down left', [-10, 9] as const],
])

test('an arrow key leads to the nearest area that way, and nowhere when none lies there', () => {
  expect(nextInDirection(points, [0, 0], 'right')).toBe('right')
  expect(nextInDirection(points, [0, 0], 'up')).toBe('up')
  expect(nextInDirection(points, [0, 0], 'left')).toBe('down left')
  expect(nextInDirection(points, [30, 1], 'right')).toBeNull()
})

test('every area of a grid can be reached from every other', () => {
  const grid = new Map(
    Array.from({ length: 25 }, (_, index) => [
      index,
      [(index % 5) * 20 + (index % 3), Math.floor(index / 5) * 20 + (index % 2)] as const,
    ]),
  )
  const reached = new Set([0])
  const queue = [0]
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const direction of ['left', 'right', 'up', 'down'] as const) {
      const others = new Map([...grid].filter(([key]) => key !== at))
      const next = nextInDirection(others, grid.get(at)!, direction)
      if (next !== null && !reached.has(next)) {
        reached.add(next)
        queue.push(next)
      }
    }
  expect(reached.size).toBe(25)
})
