import { expect, test } from 'vitest'
import { areaList } from '../../src/views/area-list.ts'
import { mapOfSix } from '../support/small-view.ts'

test('names stand in Swedish order', () => {
  const view = mapOfSix({}, ['Östra', 'Ålidhem', 'Ängen', 'Zetterlund', 'Aspen', 'ålen'])
  expect(areaList(view, [0, 30]).rows.map(({ name }) => name)).toEqual([
    ...['Aspen', 'Zetterlund', 'ålen', 'Ålidhem', 'Ängen', 'Östra'],
  ])
})

test('by value, areas without a value come last and by name: their order tells nothing', () => {
  const view = mapOfSix({ order: 'value' }, ['D', 'E', 'C', 'F', 'B', 'A'])
  expect(areaList(view, [0, 30]).rows.map(({ name }) => name)).toEqual([
    'C',
    'F',
    'D',
    'E',
    'A',
    'B',
  ])
})

test('the axis is the same for all periods, and symmetric for differences', () => {
  const [value, difference] = [mapOfSix(), mapOfSix({ display: 'difference' })]
  expect(areaList(value, [0, 30]).domain).toEqual(
    areaList(mapOfSix({ period: '2023' }), [0, 30]).domain,
  )
  expect(areaList(value, [2, 95]).domain).toEqual([0, 100])
  const [low, high] = areaList(difference, [0, 30]).domain
  expect(low).toBe(-high)
  expect(high).toBeGreaterThan(20)
})
