import { describe, expect, it } from 'vitest'
import {
  CELL_STATUSES,
  RELEASE_STATUSES,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NOT_COLLECTED,
  STATUS_OUTSIDE_PERIOD,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import { disclose, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { Indicator, Sex } from '../../src/core/indicator.ts'
import { cellCount } from '../../src/core/observation.ts'
import {
  cellAt,
  cellOf,
  seriesOf,
  sliceAt,
  smoothedValues,
  valuesOf,
} from '../../src/core/released-slice.ts'
import { empiricalBayes } from '../../src/core/stats/empirical-bayes.ts'
import { wilsonInterval } from '../../src/core/stats/rate-interval.ts'
import { COVERAGE_95 } from '../../src/core/stats/coverage.ts'

const SHARE: Indicator = {
  id: 'frånvaro',
  name: 'Frånvaro',
  class: 'root-cause',
  measure: 'share',
  per: 100,
  unit: '%',
  denominatorName: 'elever',
  polarity: 'lower-better',
  definition: '',
  source: '',
  frequency: '',
  caveats: [],
  focusProblems: [],
  plan: { levels: ['stadsdel'], periodChain: ['term', 'school-year'], bySex: true },
  policy: {
    kind: 'person',
    threshold: 5,
    complement: true,
    minimumDenominator: 30,
    minimumRespondents: 0,
    zeros: 'may-be-hidden',
  },
  periodAggregation: 'mean',
  designEffect: 1,
  synthetic: true,
}
const as = (measure: Indicator['measure'], more: Partial<Indicator> = {}): Indicator => ({
  ...SHARE,
  measure,
  ...more,
  policy: { ...SHARE.policy, kind: 'public-at-source' },
})

const SEXES: readonly Sex[] = ['T', 'K']
const PERIODS = ['2023-HT', '2023/24', '2024-VT']
const AREAS = ['a', 'b', 'c', 'd', 'e', 'f']

/** Cell i of the table has numerator 10 + i and denominator 200 + 10 · i, unless told otherwise. */
function tableOf(
  indicator: Indicator,
  told: Readonly<Record<number, readonly [status: number, count?: number, base?: number]>> = {},
): DisclosedTable {
  const axes = { sexes: SEXES, periods: PERIODS, areas: AREAS }
  const cells = Array.from({ length: cellCount(axes) }, (_, cell) => told[cell] ?? [STATUS_VALUE])
  return disclose(
    {
      ...axes,
      indicator: indicator.id,
      level: 'stadsdel',
      status: Uint8Array.from(cells, ([status]) => status!),
      numerator: Float64Array.from(cells, ([, count], cell) => count ?? 10 + cell),
      denominator: Float64Array.from(cells, ([, , base], cell) => base ?? 200 + 10 * cell),
    },
    indicator,
    '2026-11-03',
  )
}

describe('released slices', () => {
  it('are windows on the table’s own columns', () => {
    const table = tableOf(SHARE)
    const slice = sliceAt(table, 'K', '2023/24')!
    const start = AREAS.length * (PERIODS.length + 1)
    expect([...slice.numerator]).toEqual(AREAS.map((_, area) => 10 + start + area))
    expect([...slice.denominator]).toEqual(AREAS.map((_, area) => 200 + 10 * (start + area)))
    expect(slice.numerator.buffer).toBe(table.numerator.buffer)
    expect(slice).toMatchObject({ release: '2026-11-03', level: 'stadsdel', sex: 'K' })
    expect(sliceAt(table, 'M', '2023/24')).toBeNull()
    expect(sliceAt(table, 'T', '2022-HT')).toBeNull()
  })

  it('have values in the indicator’s unit, and none where there is none', () => {
    const hidden = { 1: [STATUS_VALUE, 3, 200], 2: [STATUS_NOT_COLLECTED] } as const
    expect([...valuesOf(sliceAt(tableOf(SHARE, hidden), 'T', '2023-HT')!, SHARE)]).toEqual([
      (100 * 10) / 200,
      NaN,
      NaN,
      (100 * 13) / 230,
      (100 * 14) / 240,
      (100 * 15) / 250,
    ])
    const count = as('count', { per: 1 })
    expect(valuesOf(sliceAt(tableOf(count), 'T', '2023-HT')!, count)[4]).toBe(14)
  })

  it('tell every status apart', () => {
    const told = {
      0: [STATUS_VALUE, 3, 200],
      1: [STATUS_HIDDEN_AT_SOURCE],
      2: [STATUS_NOT_COLLECTED],
      3: [STATUS_VALUE, 0, 0],
      4: [STATUS_OUTSIDE_PERIOD],
      5: [STATUS_INCOMPLETE],
    } as const
    const table = tableOf(SHARE, told)
    const slice = sliceAt(table, 'T', '2023-HT')!
    expect([...slice.status].map((status) => CELL_STATUSES[status])).toEqual(
      RELEASE_STATUSES.slice(1),
    )
    expect(AREAS.map((area) => cellAt(table, SHARE, area, '2023-HT', 'T'))).toEqual([
      { kind: 'hidden', rule: 'disclosure' },
      { kind: 'hidden', rule: 'at-source' },
      { kind: 'missing', reason: 'not-collected' },
      { kind: 'missing', reason: 'no-population' },
      { kind: 'missing', reason: 'outside-period' },
      { kind: 'missing', reason: 'incomplete' },
    ])
  })

  it('answer for what the table does not hold', () => {
    const table = tableOf(SHARE)
    expect(cellAt(table, SHARE, 'a', '1999-VT', 'T')).toEqual({
      kind: 'missing',
      reason: 'outside-period',
    })
    expect(cellAt(table, SHARE, 'x', '2023-HT', 'T')).toMatchObject({ reason: 'not-collected' })
    expect(cellAt(table, SHARE, 'a', '2023-HT', 'M')).toMatchObject({ reason: 'not-collected' })
  })

  it('give each measure its interval and its caution', () => {
    const cell = (indicator: Indicator, count: number, base: number) =>
      cellOf(
        sliceAt(tableOf(indicator, { 0: [STATUS_VALUE, count, base] }), 'T', '2023-HT')!,
        0,
        indicator,
      )
    expect(cell(SHARE, 10, 100)).toEqual({
      kind: 'value',
      value: 10,
      interval: wilsonInterval(10, 100, 100),
      caution: null,
    })
    expect(cell(SHARE, 10, 99)).toMatchObject({ caution: 'small-base' })
    const survey = as('survey', { designEffect: 1.5 })
    expect(cell(survey, 50, 100)).toEqual({
      kind: 'value',
      value: 50,
      interval: wilsonInterval(50, 100, 100, COVERAGE_95, 1.5),
      caution: 'wide-interval',
    })
    expect(cell(survey, 100, 200)).toMatchObject({ caution: null })
    const rate = as('rate', { per: 1000 })
    expect(cell(rate, 9, 4000)).toMatchObject({ value: 2.25, caution: 'small-base' })
    expect(cell(rate, 10, 4000)).toMatchObject({ caution: null })
    expect(cell(as('count', { per: 1 }), 2, NaN)).toMatchObject({ value: 2, caution: null })
    expect(cell(as('class', { per: 1 }), 4, NaN)).toEqual({
      kind: 'value',
      value: 4,
      interval: null,
      caution: null,
    })
  })

  it('follow one area over periods of one kind', () => {
    const table = tableOf(SHARE, { [AREAS.length * 2]: [STATUS_NOT_COLLECTED] })
    expect(seriesOf(table, SHARE, 'a', 'T', 'term')).toEqual([
      { period: '2023-HT', cell: cellAt(table, SHARE, 'a', '2023-HT', 'T') },
      { period: '2024-VT', cell: { kind: 'missing', reason: 'not-collected' } },
    ])
    expect(seriesOf(table, SHARE, 'a', 'T', 'month')).toEqual([])
  })

  it('smooth shares and rates from shown areas only, and nothing else', () => {
    const table = tableOf(SHARE, { 2: [STATUS_VALUE, 3, 200] })
    const smoothed = smoothedValues(sliceAt(table, 'T', '2023-HT')!, SHARE)!
    const kept = [0, 1, 3, 4, 5]
    const expected = empiricalBayes(
      kept.map((area) => 10 + area),
      kept.map((area) => 200 + 10 * area),
      'binomial',
    )
    expect(smoothed[2]).toBeNaN()
    expect(kept.map((area) => smoothed[area])).toEqual(
      [...expected.rates].map((rate) => rate * 100),
    )
    for (const measure of ['count', 'class', 'survey'] as const)
      expect(smoothedValues(sliceAt(table, 'T', '2023-HT')!, as(measure))).toBeNull()
  })
})
