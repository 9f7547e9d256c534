import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  comparePeriods,
  containingPeriod,
  kindOf,
  nextPeriod,
  PERIOD_KINDS,
  periodEnd,
  periodOfDate,
  periodsBetween,
  periodStart,
  previousPeriod,
  type CalendarDay,
} from '../../src/core/period.ts'

fc.configureGlobal({ seed: 20261103 })

const kind = fc.constantFrom(...PERIOD_KINDS)
const isoDate = fc
  .date({
    min: new Date('1901-01-01'),
    max: new Date('2198-12-31'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10))
const period = fc.tuple(isoDate, kind).map(([date, ofKind]) => periodOfDate(date, ofKind)!)
const text = ({ year, month, day }: CalendarDay): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

describe('period codes', () => {
  it.each([
    ['2024', 'year'],
    ['2024-H1', 'half-year'],
    ['2023/24', 'school-year'],
    ['1999/00', 'school-year'],
    ['2024-VT', 'term'],
    ['2024-HT', 'term'],
    ['2024-K4', 'quarter'],
    ['2024-03', 'month'],
    ['2020-W53', 'week'],
  ])('%s is a %s', (code, expected) => {
    expect(kindOf(code)).toBe(expected)
  })

  it.each(
    '|0999|24|2024-13|2024-00|2024-3|2024-K5|2024-K0|2024-K|2024-H3|2024-XT|2024-VT1|2023/25|2023/2|2023-24X|2021-W53|2024-W00|2024-W1|2024-|2024/|2024-k1| 2024|2024 |2024\n|2024-W054'.split(
      '|',
    ),
  )('%j is not a period', (code) => {
    expect(kindOf(code)).toBeNull()
    expect(() => periodStart(code)).toThrow(RangeError)
  })

  it('never throws on a question of kind, whatever the text', () => {
    const shapes = fc.stringMatching(/^[12]?\d{3}[-/]?[KHVTW]?\d{0,3}$/)
    fc.assert(
      fc.property(fc.oneof(fc.string(), shapes), (any) => {
        const found = kindOf(any)
        if (found !== null) expect(periodOfDate(text(periodStart(any)), found)).toBe(any)
      }),
    )
  })

  it('refuses days that do not exist', () => {
    expect(periodOfDate('2023-02-29', 'month')).toBeNull()
    expect(periodOfDate('2024-02-29', 'month')).toBe('2024-02')
    expect(periodOfDate('2024-2-9', 'month')).toBeNull()
  })

  it('covers the day it was made from, and no day before its start or after its end', () => {
    fc.assert(
      fc.property(isoDate, kind, (date, ofKind) => {
        const code = periodOfDate(date, ofKind)!
        expect(kindOf(code)).toBe(ofKind)
        expect(text(periodStart(code)) <= date && date <= text(periodEnd(code))).toBe(true)
        expect(periodOfDate(text(periodStart(code)), ofKind)).toBe(code)
        expect(periodOfDate(text(periodEnd(code)), ofKind)).toBe(code)
      }),
    )
  })

  it('steps without gap or overlap, and back again', () => {
    fc.assert(
      fc.property(period, fc.integer({ min: -200, max: 200 }), (code, step) => {
        expect(previousPeriod(nextPeriod(code, step), step)).toBe(code)
        const dayAfter = new Date(`${text(periodEnd(code))}T00:00Z`).getTime() + 86_400_000
        expect(text(periodStart(nextPeriod(code)))).toBe(
          new Date(dayAfter).toISOString().slice(0, 10),
        )
      }),
    )
  })

  it('stops at the end of the four-digit years', () => {
    expect(() => nextPeriod('9999-12')).toThrow(RangeError)
    expect(() => previousPeriod('1000')).toThrow(RangeError)
    expect(containingPeriod('1000-01', 'school-year')).toBeNull()
  })

  it('numbers ISO weeks as an independent computation does', () => {
    // The week's Thursday decides: its ordinal day of the year, divided by 7.
    fc.assert(
      fc.property(isoDate, (date) => {
        const thursday = new Date(`${date}T12:00Z`)
        while (thursday.getUTCDay() !== 4) {
          const sunday = thursday.getUTCDay() === 0
          thursday.setUTCDate(thursday.getUTCDate() + (sunday || thursday.getUTCDay() > 4 ? -1 : 1))
        }
        const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1)
        const week = 1 + Math.floor((thursday.getTime() - newYear) / (7 * 86_400_000))
        expect(periodOfDate(date, 'week')).toBe(
          `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`,
        )
      }),
    )
    expect(text(periodStart('2020-W53'))).toBe('2020-12-28')
    expect(periodOfDate('2021-01-03', 'week')).toBe('2020-W53')
  })
})

describe('containing periods', () => {
  it.each([
    ['2023-HT', 'school-year', '2023/24'],
    ['2024-VT', 'school-year', '2023/24'],
    ['2024-VT', 'year', '2024'],
    ['2024-03', 'quarter', '2024-K1'],
    ['2024-07', 'half-year', '2024-H2'],
    ['2024-K4', 'year', '2024'],
    ['2020-W53', 'year', '2020'],
    ['2025-W01', 'year', '2025'],
    ['2020-W53', 'month', null],
    ['2024', 'school-year', null],
    ['2023/24', 'year', null],
    ['2024-H1', 'term', null],
    ['2024', 'month', null],
    ['2024', 'year', '2024'],
  ] as const)('%s in a %s: %s', (code, ofKind, expected) => {
    expect(containingPeriod(code, ofKind)).toBe(expected)
  })

  it('cover what they contain, weeks apart, and agree with the periods between their ends', () => {
    fc.assert(
      fc.property(period, kind, (code, ofKind) => {
        const outer = containingPeriod(code, ofKind)
        if (outer === null) return
        if (kindOf(code) !== 'week') {
          expect(text(periodStart(outer)) <= text(periodStart(code))).toBe(true)
          expect(text(periodEnd(outer)) >= text(periodEnd(code))).toBe(true)
        }
        const parts = periodsBetween(kindOf(code)!, outer, outer)
        expect(parts).toContain(code)
        for (const part of parts) expect(containingPeriod(part, ofKind)).toBe(outer)
      }),
    )
  })
})

describe('order and ranges', () => {
  it('orders by first day, then shorter first', () => {
    const codes = ['2024', '2024-02', '2023/24', '2024-K1', '2024-01', '2024-H1', '2024-VT']
    expect(codes.sort(comparePeriods)).toEqual([
      '2023/24',
      '2024-01',
      '2024-K1',
      '2024-VT',
      '2024-H1',
      '2024',
      '2024-02',
    ])
  })

  it('agrees with stepping', () => {
    fc.assert(
      fc.property(period, fc.integer({ min: 0, max: 40 }), (code, steps) => {
        const last = nextPeriod(code, steps)
        const between = periodsBetween(kindOf(code)!, code, last)
        expect(between).toEqual(Array.from({ length: steps + 1 }, (_, i) => nextPeriod(code, i)))
        expect(between.toSorted(comparePeriods)).toEqual(between)
        expect(periodsBetween(kindOf(code)!, nextPeriod(last), code)).toEqual([])
      }),
    )
  })

  it('takes ends of another kind', () => {
    expect(periodsBetween('month', '2018', '2025')).toHaveLength(96)
    expect(periodsBetween('week', '2020', '2020')).toHaveLength(53)
    expect(periodsBetween('week', '2024-02', '2024-02')).toEqual([
      '2024-W06',
      '2024-W07',
      '2024-W08',
    ])
    expect(periodsBetween('year', '2023-HT', '2025-VT')).toEqual(['2024'])
  })
})
