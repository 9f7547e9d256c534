import { describe, expect, test } from 'vitest'
import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import {
  areaIncidents,
  hexagonIncidents,
  incidentQuestion,
  monthsOf,
  ringRadius,
  yearOf,
} from '../../src/views/incident-layer.ts'
import { INDEX } from '../support/released-package.ts'
import { viewOfSix } from '../support/small-view.ts'

const [graffiti] = INDEX.incidents!.categories

test('a hidden or missing sum has no ring and is no part of the total', () => {
  const view = areaIncidents([graffiti!], '2024', {
    status: Uint8Array.from([
      ...[STATUS_VALUE, STATUS_VALUE, STATUS_HIDDEN, STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED],
    ]),
    count: Float64Array.from([12, 0, NaN, NaN, NaN]),
  })
  expect(view.rings.map(({ areaIndex, count }) => [areaIndex, count])).toEqual([
    [0, 12],
    [1, 0],
  ])
  expect([view.total, view.hidden, view.missing, view.largest]).toEqual([12, 2, 1, 12])
})

describe('hexagons', () => {
  test('stand in classes that double from the smallest count that may be shown', () => {
    const count = Int32Array.from([5, 9, 10, 19, 20, 79, 80, 5000])
    const view = hexagonIncidents(
      'hexagons',
      graffiti!,
      '2024',
      { hexagon: Array.from(count, String), count },
      5,
    )
    expect(view.classes.map(({ from, to }) => [from, to])).toEqual([
      [5, 9],
      [10, 19],
      [20, 39],
      [40, Infinity],
    ])
    for (const cell of view.cells) {
      const own = view.classes.find(({ from, to }) => cell.count >= from && cell.count <= to)!
      expect(cell.token, String(cell.count)).toBe(own.token)
    }
  })

  test('are asked for by year, whatever the period', () => {
    const question = incidentQuestion(
      viewOfSix({ incidents: 'graffiti', incidentShape: 'hexagons' }),
    )
    expect(question?.shape === 'hexagons' ? question.period : null).toBe('2024')
    expect(['2024-03', '2024-K4', '2024-HT', '2023/24', '2024-H2'].map(yearOf)).toEqual(
      Array(5).fill('2024'),
    )
  })
})

test('nothing is asked for without a category', () => {
  expect(incidentQuestion(viewOfSix())).toBeNull()
})

test('a period is its months', () => {
  expect(monthsOf('2024-K2')).toEqual(['2024-04', '2024-05', '2024-06'])
  expect(monthsOf('2024')).toHaveLength(12)
  expect(monthsOf('2024-02')).toEqual(['2024-02'])
  expect([monthsOf('2023/24')[0], monthsOf('2023/24').at(-1)]).toEqual(['2023-07', '2024-06'])
})

test('the surface of a ring follows its count', () => {
  expect(ringRadius(400, 400) ** 2 / ringRadius(100, 400) ** 2).toBeCloseTo(4, 10)
  expect(ringRadius(0, 400)).toBe(0)
  expect(ringRadius(1, 100_000)).toBeGreaterThanOrEqual(3)
})
