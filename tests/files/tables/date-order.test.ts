import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPeriods } from '../../../src/files/tables/date-order.ts'

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

const anyDay: fc.Arbitrary<Day> = fc.record({
  year: fc.integer({ min: 2000, max: 2030 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
})
/** Days that may be read with either part as the month. */
const doubtfulDay = anyDay.filter(({ month, day }) => day <= 12 && day !== month)
const anyStyle = fc.record({
  isDayFirst: fc.boolean(),
  sign: fc.constantFrom('/', '-'),
  isPadded: fc.boolean(),
  time: fc.constantFrom('', ' 12:30', ' 07:05:00'),
})

const written = (
  { year, month, day }: Day,
  {
    isDayFirst,
    sign,
    isPadded,
    time,
  }: typeof anyStyle extends fc.Arbitrary<infer Style> ? Style : never,
): string => {
  const [first, second] = (isDayFirst ? [day, month] : [month, day]).map((part) =>
    String(part).padStart(isPadded ? 2 : 1, '0'),
  )
  return `${first}${sign}${second}${sign}${year}${time}`
}
const monthOf = ({ year, month }: Day): string => `${year}-${String(month).padStart(2, '0')}`

describe('days with the year last', () => {
  it('are read in the order that one of them shows, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.array(anyDay, { minLength: 1, maxLength: 30 }),
        anyDay.filter(({ day }) => day > 12),
        fc.nat(),
        anyStyle,
        (others, telling, place, style) => {
          const days = others.toSpliced(place % (others.length + 1), 0, telling)
          const { readings, order } = readPeriods(days.map((day) => written(day, style)))
          expect(readings.map((reading) => 'code' in reading && reading.code)).toEqual(
            days.map(monthOf),
          )
          expect(order).toBe(style.isDayFirst ? 'day-first' : 'month-first')
        },
      ),
    )
  })

  it('are never guessed where nothing shows the order, nor where both are shown', () => {
    fc.assert(
      fc.property(
        fc.array(doubtfulDay, { minLength: 1, maxLength: 10 }),
        anyStyle,
        fc.boolean(),
        (days, style, isMixed) => {
          const both = isMixed ? ['13/04/2024', '04/13/2024'] : []
          const { readings } = readPeriods([...days.map((day) => written(day, style)), ...both])
          expect(readings.slice(0, days.length).map(({ kind }) => kind)).toEqual(
            days.map(() => 'unordered'),
          )
          expect(readings.slice(days.length)).toEqual(
            both.map(() => ({ kind: 'period', code: '2024-04', order: 'shown' })),
          )
        },
      ),
    )
  })

  it('have the day first with points, and none where there is no such day', () => {
    const { readings } = readPeriods(['3.4.2024', '31/06/2024', '32/01/2024', '03/04/24'])
    expect(readings.map((reading) => ('code' in reading ? reading.code : reading.kind))).toEqual([
      '2024-04',
      'impossible',
      'impossible',
      'none',
    ])
  })
})
