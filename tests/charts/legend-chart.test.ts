import { expect, test } from 'vitest'
import { legendChart } from '../../src/charts/legend-chart.ts'
import type { AreaMark, Choropleth } from '../../src/views/choropleth.ts'
import { mapOfSix } from '../support/small-view.ts'

/** The same map with many copies of its marks. */
const crowded = (view: Choropleth, times: number): Choropleth => ({
  ...view,
  marks: Array.from({ length: times }, () => view.marks).flat() as AreaMark[],
})

test('every area with a value has one square, hidden and missing have none', () => {
  const chart = legendChart(mapOfSix(), 328, 62)!
  expect(chart.kind).toBe('squares')
  expect(chart.squares.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3])
  const at = (index: number) => chart.squares.find((square) => square.index === index)!.x
  expect([at(1), at(0), at(3), at(2)]).toEqual([at(1), at(0), at(3), at(2)].sort((a, b) => a - b))
  expect(legendChart(mapOfSix({ display: 'difference' }), 328, 62)).toBeNull()
})

test('values beyond own edges are drawn at the ends, inside the chart', () => {
  const chart = legendChart(mapOfSix({ breaks: 'own', ownBreaks: [9, 11, 12.5] }), 328, 62)!
  expect(chart.squares).toHaveLength(4)
  for (const { x, width } of chart.squares) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(chart.width)
  }
  expect(chart.ticks.map(({ text }) => text)).toEqual(['9', '11', '12,5\u00a0%'])
})

test('any room holds the whole chart or none of it', () => {
  for (const width of [-32, 0, 1, 40, 252, 2000])
    for (const height of [0, 1, 40]) {
      const chart = legendChart(crowded(mapOfSix(), 20), width, height)
      if (width >= 252 && height >= 40) expect(chart).not.toBeNull()
      if (!chart) continue
      expect(chart.squares, `${width} × ${height}`).toHaveLength(80)
      expect(chart.squares.every(({ x, y }) => x >= 0 && Number.isFinite(y))).toBe(true)
    }
})

test('thousands of areas become bars of the same reach', () => {
  const chart = legendChart(crowded(mapOfSix(), 1000), 328, 62)!
  expect(chart.kind).toBe('bars')
  expect(chart.squares).toHaveLength(4)
  for (const { y, height } of chart.squares) expect(y + height).toBeLessThan(chart.classTop)
})

test('words do not run into each other', () => {
  const view = mapOfSix({ breaks: 'own', ownBreaks: [0, 0.1, 0.2, 0.3, 30] })
  const { ticks, width } = legendChart(view, 252, 40)!
  const boxes = ticks.map(({ x, text, anchor }) => {
    const wide = text.length * 6.6
    const left = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2
    return [left, left + wide] as const
  })
  boxes.slice(1).forEach(([left], index) => expect(left).toBeGreaterThan(boxes[index]![1]))
  expect(boxes.at(-1)![1]).toBeLessThanOrEqual(width)
  expect(ticks[0]!.text).toBe('0')
})
