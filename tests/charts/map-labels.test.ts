import { expect, test } from 'vitest'
import { placeLabels, type ScreenPolygon } from '../../src/charts/map-labels.ts'

const square = (x: number, y: number, side: number): ScreenPolygon => [
  [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ],
]
const request = (index: number, x: number, y: number, side: number, priority = index) => ({
  index,
  lines: [`Område ${index}`],
  polygons: [square(x, y, side)],
  deepest: [x + side / 2, y + side / 2] as const,
  priority,
})
const viewport = { width: 400, height: 300 }
const measure = (text: string) => text.length * 6

test('a name stands at the deepest point where it fits, and nowhere when it does not', () => {
  const placed = placeLabels(
    [request(0, 20, 20, 120), request(1, 200, 20, 30)],
    viewport,
    [],
    measure,
  )
  expect(placed.map(({ index }) => index)).toEqual([0])
  expect(Math.hypot(placed[0]!.x - 80, placed[0]!.y - 80)).toBeLessThan(12)
})

test('names never overlap each other or what is taken; the first in line wins', () => {
  const onTop = [request(0, 100, 100, 70, 2), request(1, 100, 100, 70, 1)]
  expect(placeLabels(onTop, viewport, [], measure)[0]!.index).toBe(1)
  const boxes = placeLabels(
    Array.from({ length: 40 }, (_, index) => request(index, (index % 8) * 40, 50, 90)),
    viewport,
    [{ left: 0, top: 0, right: 120, bottom: 300 }],
    measure,
  ).map(({ x, y, lines }) => ({
    left: x - measure(lines[0]!) / 2,
    right: x + measure(lines[0]!) / 2,
    y,
  }))
  expect(boxes.length).toBeGreaterThan(1)
  boxes.forEach((box, index) => {
    expect(box.left).toBeGreaterThanOrEqual(120)
    for (const other of boxes.slice(index + 1))
      expect(
        box.right <= other.left || other.right <= box.left || Math.abs(box.y - other.y) >= 13,
      ).toBe(true)
  })
})

test('a name stays on screen when only a part of its area is', () => {
  const half = { ...request(0, -150, 60, 260), deepest: null }
  const [placed] = placeLabels([half], viewport, [], measure)
  expect(placed!.x - measure('Område 0') / 2).toBeGreaterThanOrEqual(4)
  expect(placed!.x + measure('Område 0') / 2).toBeLessThanOrEqual(110)
})
