import { expect, test } from 'vitest'
import { trend } from '../../src/views/trend.ts'
import { SIX, SIX_INDEX, tableOfSix, wholeOfSix } from '../support/small-view.ts'

const area = (index: number) =>
  SIX_INDEX.register.areas.filter(({ level }) => level === 'regso')[index]!

test('chosen areas stand beside the municipality, each with a line of its own', () => {
  const shown = trend(
    SIX,
    tableOfSix(),
    wholeOfSix(),
    [area(0), area(4), area(5)],
    null,
    'T',
    'year',
  )!
  expect(new Set(shown.periods)).toEqual(new Set(['2023', '2024']))
  expect(shown.series.map(({ token }) => token)).toEqual([null, 'cat-1', 'cat-2', 'cat-3'])
  expect(new Set(shown.series.map(({ dash }) => dash)).size).toBe(4)
  const kinds = shown.series.map(({ cells }) =>
    shown.periods.map((period, index) => `${period} ${cells[index]!.kind}`).sort(),
  )
  expect(kinds.slice(1)).toEqual([
    ['2023 value', '2024 value'],
    ['2023 hidden', '2024 hidden'],
    ['2023 value', '2024 missing'],
  ])
})

test('one period is no trend', () => {
  const table = tableOfSix()
  const one = { ...table, periods: ['2024'] } as typeof table
  expect(trend(SIX, one, null, [], null, 'T', 'year')).toBeNull()
})
