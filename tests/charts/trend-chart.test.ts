import { expect, test } from 'vitest'
import { trendChart } from '../../src/charts/trend-chart.ts'
import type { Cell } from '../../src/core/cell.ts'
import type { Trend } from '../../src/views/trend.ts'
import { SIX } from '../support/small-view.ts'

const value = (shown: number): Cell => ({
  kind: 'value',
  value: shown,
  interval: { lower: shown - 1, upper: shown + 1, level: 0.95 },
  caution: null,
})
const HIDDEN: Cell = { kind: 'hidden', rule: 'disclosure' }
const MISSING: Cell = { kind: 'missing', reason: 'not-collected' }

const view = (...rows: Cell[][]): Trend => ({
  periods: rows[0]!.map((_, index) => String(2018 + index)),
  series: rows.map((cells, index) => ({
    id: String(index),
    name: `Serie ${index}`,
    token: index === 0 ? null : 'cat-1',
    dash: '',
    cells,
  })),
})
const size = { width: 330, height: 168, labelWidth: 118 }
const moves = (path: string): number => path.match(/M/g)?.length ?? 0

test('a gap is never bridged; a value alone between gaps is a point', () => {
  const chart = trendChart(
    view(
      Array.from({ length: 7 }, () => value(10)),
      [value(5), value(6), HIDDEN, value(7), MISSING, value(8), value(9)],
    ),
    SIX,
    size,
  )
  const line = chart.lines[1]!
  expect(moves(line.path)).toBe(3)
  expect(line.points).toHaveLength(1)
  expect(line.points[0]!.x).toBe(chart.xOf[3])
  expect(line.hidden).toEqual([chart.xOf[2]])
  expect(moves(chart.lines[0]!.path)).toBe(1)
})

test('the axis begins at zero and holds every value', () => {
  const { lines, yTicks, bottom } = trendChart(
    view([value(40), value(90)], [value(45), value(50)]),
    SIX,
    size,
  )
  expect(yTicks[0]).toEqual({ y: bottom, text: '0' })
  for (const { end } of lines) {
    expect(end!.y).toBeGreaterThan(0)
    expect(end!.y).toBeLessThan(bottom)
  }
})

test('names at the line ends stand apart, in the order of their lines', () => {
  const rows = [10, 10.1, 10.2, 10.3, 10.4].map((end) => [value(5), value(end)])
  const { lines, bottom } = trendChart(view(...rows), SIX, size)
  const labels = lines.map(({ labelY }) => labelY!)
  labels
    .slice(1)
    .forEach((y, index) => expect(labels[index]! - y).toBeGreaterThanOrEqual(15 - 1e-9))
  expect(Math.max(...labels)).toBeLessThanOrEqual(bottom)
  expect(Math.min(...labels)).toBeGreaterThan(0)
})

test('a series without any value has no line, no end and no name', () => {
  const { lines } = trendChart(view([value(1), value(2)], [HIDDEN, MISSING]), SIX, size)
  expect(lines[1]).toMatchObject({ path: '', band: '', end: null, labelY: null })
})
