import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregateAreas, aggregatePeriods, aggregateSexes } from '../../src/core/aggregate.ts'
import {
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import type { Sex } from '../../src/core/indicator.ts'
import { cellCount, cellIndex, type RawTable } from '../../src/core/observation.ts'
import { periodsBetween } from '../../src/core/period.ts'

const SEED = { seed: 20261103, numRuns: 200 }

type Figure = readonly [numerator: number, denominator: number] | number

/** One sex, figures by period and area; a number is a status without figures. */
function table(periods: readonly string[], figures: readonly (readonly Figure[])[]): RawTable {
  const areas = figures[0]!.map((_, index) => `a${index}`)
  return tableOf(['T'], periods, areas, (_, period, area) => figures[period]![area]!)
}

function tableOf(
  sexes: readonly Sex[],
  periods: readonly string[],
  areas: readonly string[],
  figure: (sex: number, period: number, area: number) => Figure,
): RawTable {
  const axes = { sexes, periods, areas }
  const size = cellCount(axes)
  const raw: RawTable = {
    ...axes,
    indicator: 'x',
    level: 'fine',
    status: new Uint8Array(size),
    numerator: new Float64Array(size).fill(NaN),
    denominator: new Float64Array(size).fill(NaN),
  }
  for (let s = 0; s < sexes.length; s++)
    for (let p = 0; p < periods.length; p++)
      for (let a = 0; a < areas.length; a++) {
        const cell = cellIndex(axes, s, p, a)
        const one = figure(s, p, a)
        if (typeof one === 'number') raw.status[cell] = one
        else [raw.numerator[cell], raw.denominator[cell]] = one
      }
  return raw
}

const cellOf = (raw: RawTable, sex: string, period: string, area: string): Figure => {
  const cell = cellIndex(
    raw,
    raw.sexes.findIndex((one) => one === sex),
    raw.periods.indexOf(period),
    raw.areas.indexOf(area),
  )
  return raw.status[cell] === STATUS_VALUE
    ? [raw.numerator[cell]!, raw.denominator[cell]!]
    : raw.status[cell]!
}

const whole = (raw: RawTable): Map<string, string> => new Map(raw.areas.map((a) => [a, 'all']))
const sumAreas = (raw: RawTable): RawTable => aggregateAreas(raw, whole(raw), ['all'], 'coarse')

describe('a total over areas', () => {
  it('adds both figures, and counts no population as nothing', () => {
    const raw = table(['2024'], [[[3, 40], STATUS_NO_POPULATION, [5, 60]]])
    expect(cellOf(sumAreas(raw), 'T', '2024', 'all')).toEqual([8, 100])
  })

  it.each([
    ['not collected', STATUS_NOT_COLLECTED],
    ['hidden at source', STATUS_HIDDEN_AT_SOURCE],
    ['incomplete itself', STATUS_INCOMPLETE],
  ])('is incomplete when one part is %s', (_, status) => {
    const raw = table(['2024'], [[[3, 40], status, [5, 60]]])
    expect(cellOf(sumAreas(raw), 'T', '2024', 'all')).toBe(STATUS_INCOMPLETE)
  })

  it('keeps the reason that all its parts share, but never "hidden"', () => {
    const all = (status: number): Figure =>
      cellOf(sumAreas(table(['2024'], [[status, status]])), 'T', '2024', 'all')
    expect(all(STATUS_NO_POPULATION)).toBe(STATUS_NO_POPULATION)
    expect(all(STATUS_NOT_COLLECTED)).toBe(STATUS_NOT_COLLECTED)
    expect(all(STATUS_HIDDEN_AT_SOURCE)).toBe(STATUS_INCOMPLETE)
  })

  it('refuses to lose a part', () => {
    const raw = table(
      ['2024'],
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    )
    expect(() => aggregateAreas(raw, new Map([['a0', 'all']]), ['all'], 'coarse')).toThrow(/a1/)
  })

  it('keeps counts without a denominator', () => {
    const raw = table(
      ['2024'],
      [
        [
          [1, NaN],
          [3, NaN],
        ],
      ],
    )
    expect(cellOf(sumAreas(raw), 'T', '2024', 'all')).toEqual([4, NaN])
  })

  it('preserves the sum whatever the grouping and the order of the areas', () => {
    const cases = fc.array(
      fc.record({
        count: fc.nat(500),
        base: fc.integer({ min: 500, max: 5000 }),
        parent: fc.constantFrom('p', 'q', 'r'),
      }),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(cases, (parts) => {
        const build = (order: readonly number[]): [RawTable, Map<string, string>] => [
          tableOf(
            ['T'],
            ['2024'],
            order.map((i) => `a${i}`),
            (_, __, area) => [parts[order[area]!]!.count, parts[order[area]!]!.base],
          ),
          new Map(order.map((i) => [`a${i}`, parts[i]!.parent])),
        ]
        const order = parts.map((_, index) => index)
        const [raw, parents] = build(order)
        const groups = aggregateAreas(raw, parents, ['p', 'q', 'r'], 'middle')
        const [reversed, sameParents] = build(order.toReversed())
        expect(aggregateAreas(reversed, sameParents, ['p', 'q', 'r'], 'middle')).toEqual(groups)
        const shown = ['p', 'q', 'r']
          .map((area) => cellOf(groups, 'T', '2024', area))
          .filter((figure) => typeof figure !== 'number')
        const direct = cellOf(sumAreas(raw), 'T', '2024', 'all') as readonly [number, number]
        expect(shown.reduce((sum, [count]) => sum + count, 0)).toBe(direct[0])
        expect(shown.reduce((sum, [, base]) => sum + base, 0)).toBe(direct[1])
      }),
      SEED,
    )
  })

  it('exists exactly when every part does', () => {
    const figure: fc.Arbitrary<Figure> = fc.oneof(
      fc.tuple(fc.nat(9), fc.integer({ min: 10, max: 99 })),
      fc.constantFrom(STATUS_NOT_COLLECTED, STATUS_NO_POPULATION, STATUS_HIDDEN_AT_SOURCE),
    )
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1, maxLength: 8 }), (figures) => {
        const total = cellOf(sumAreas(table(['2024'], [figures])), 'T', '2024', 'all')
        const present = figures.filter((one) => typeof one !== 'number')
        const gaps = figures.some((one) => typeof one === 'number' && one !== STATUS_NO_POPULATION)
        expect(typeof total !== 'number').toBe(present.length > 0 && !gaps)
      }),
      SEED,
    )
  })
})

describe('a total over time', () => {
  const months = periodsBetween('month', '2024', '2024')
  const monthly = (figure: (month: number) => Figure): RawTable =>
    table(
      months,
      months.map((_, month) => [figure(month)]),
    )
  const chain = ['month', 'quarter', 'year'] as const

  it('appends the coarser periods of the chain after the finest', () => {
    const { periods } = aggregatePeriods(
      monthly(() => [1, 10]),
      chain,
      'sum',
    )
    expect(periods.slice(12)).toEqual(['2024-K1', '2024-K2', '2024-K3', '2024-K4', '2024'])
  })

  it('adds events over their mean population, and takes the mean of stocks', () => {
    const raw = monthly((month) => [month, 100 + month])
    expect(cellOf(aggregatePeriods(raw, chain, 'sum'), 'T', '2024-K1', 'a0')).toEqual([3, 101])
    expect(cellOf(aggregatePeriods(raw, chain, 'sum'), 'T', '2024', 'a0')).toEqual([66, 105.5])
    expect(cellOf(aggregatePeriods(raw, chain, 'mean'), 'T', '2024', 'a0')).toEqual([5.5, 105.5])
  })

  it('is incomplete when a month is missing, for its quarter and its year only', () => {
    const raw = monthly((month) => (month === 4 ? STATUS_NOT_COLLECTED : [1, 10]))
    const total = aggregatePeriods(raw, chain, 'sum')
    expect(cellOf(total, 'T', '2024-K1', 'a0')).toEqual([3, 10])
    expect(cellOf(total, 'T', '2024-K2', 'a0')).toBe(STATUS_INCOMPLETE)
    expect(cellOf(total, 'T', '2024', 'a0')).toBe(STATUS_INCOMPLETE)
  })

  it('leaves out a period that the table begins or ends inside', () => {
    const raw = table(['2024-HT', '2025-VT', '2025-HT'], [[[1, 2]], [[3, 4]], [[5, 6]]])
    const total = aggregatePeriods(raw, ['term', 'school-year'], 'mean')
    expect(cellOf(total, 'T', '2024/25', 'a0')).toEqual([2, 3])
    expect(total.periods).not.toContain('2025/26')
  })

  it('refuses a table of another kind, and kinds that do not nest', () => {
    expect(() => aggregatePeriods(table(['2024'], [[[1, 2]]]), chain, 'sum')).toThrow(/2024/)
    const weeks = table(['2020-W53'], [[[1, 2]]])
    expect(() => aggregatePeriods(weeks, ['week', 'month'], 'sum')).toThrow(/nest/)
  })

  it('gives the same year from months in any order, and the sum of its quarters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 12, maxLength: 12 }),
        fc.shuffledSubarray(months, { minLength: 12, maxLength: 12 }),
        (counts, order) => {
          const count = (month: string): Figure => [counts[months.indexOf(month)]!, 7]
          const total = aggregatePeriods(
            table(
              order,
              order.map((month) => [count(month)]),
            ),
            chain,
            'sum',
          )
          const sum = counts.reduce((a, b) => a + b, 0)
          expect(cellOf(total, 'T', '2024', 'a0')).toEqual([sum, 7])
          const quarters = [1, 2, 3, 4].map((q) => cellOf(total, 'T', `2024-K${q}`, 'a0'))
          expect(
            (quarters as (readonly [number, number])[]).reduce((a, [count]) => a + count, 0),
          ).toBe(sum)
        },
      ),
      SEED,
    )
  })
})

describe('a total over the sexes', () => {
  const raw = (women: Figure, men: Figure): RawTable =>
    tableOf(['K', 'M'], ['2024'], ['a0'], (sex) => (sex === 0 ? women : men))

  it('is women and men together, first in the table', () => {
    const total = aggregateSexes(raw([3, 30], [4, 50]))
    expect(total.sexes).toEqual(['T', 'K', 'M'])
    expect(['T', 'K', 'M'].map((sex) => cellOf(total, sex, '2024', 'a0'))).toEqual([
      [7, 80],
      [3, 30],
      [4, 50],
    ])
  })

  it('is incomplete when one of them is hidden at source', () => {
    const total = aggregateSexes(raw([3, 30], STATUS_HIDDEN_AT_SOURCE))
    expect(cellOf(total, 'T', '2024', 'a0')).toBe(STATUS_INCOMPLETE)
    expect(cellOf(total, 'M', '2024', 'a0')).toBe(STATUS_HIDDEN_AT_SOURCE)
  })

  it("leaves the source's own total alone", () => {
    const own = tableOf(['T', 'K'], ['2024'], ['a0'], () => [1, 2])
    expect(aggregateSexes(own)).toBe(own)
  })

  it('commutes with totals over areas and time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 16, maxLength: 16 }), (counts) => {
        const built = tableOf(
          ['K', 'M'],
          ['2024-H1', '2024-H2'],
          ['a', 'b', 'c', 'd'],
          (s, p, a) => [counts[(s * 2 + p) * 4 + a]!, 20],
        )
        const years = (one: RawTable): RawTable =>
          aggregatePeriods(one, ['half-year', 'year'], 'sum')
        const expected = years(sumAreas(aggregateSexes(built)))
        expect(sumAreas(aggregateSexes(years(built)))).toEqual(expected)
        expect(aggregateSexes(sumAreas(years(built)))).toEqual(expected)
      }),
      SEED,
    )
  })
})
