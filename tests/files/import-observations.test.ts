import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
} from '../../src/core/cell.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import { observationsOf } from '../../src/files/import-observations.ts'
import { importedIndicator, readingsOf, REGISTER } from '../support/import-world.ts'

const COUNT = importedIndicator()
const SHARE = importedIndicator({
  ...{ measure: 'share', per: 100, unit: '%', denominatorName: 'elever' },
})
const SURVEY = importedIndicator({
  ...{ measure: 'survey', per: 100, unit: '%', denominatorName: 'svarande' },
})
const RATE = importedIndicator({ measure: 'rate', per: 1000, denominatorName: 'invånare' })

const read = (
  indicator: Indicator,
  given: Parameters<typeof readingsOf>[0],
  choice: { measure?: string; age?: string } = {},
) =>
  observationsOf(readingsOf(given), {
    ...{ indicator, register: REGISTER, file: 'egen.csv', measure: null, age: null },
    ...choice,
  })

const codes = (reading: ReturnType<typeof read>): string[] =>
  reading.findings.map(({ code }) => code)

function observations(reading: ReturnType<typeof read>) {
  if (!reading.ok) throw new Error(codes(reading).join())
  return reading.observations
}

describe('the counts behind readings', () => {
  it('are recovered from a rounded share only when they are the only ones', () => {
    let recovered = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.nat(3000),
        fc.integer({ min: 0, max: 3 }),
        (denominator, count, decimals) => {
          const numerator = Math.min(count, denominator)
          const value = Number(((100 * numerator) / denominator).toFixed(decimals))
          const reading = read(SHARE, [{ area: 'a', value, denominator }])
          const rounded = (one: number): string =>
            ((100 * one) / denominator).toFixed(String(value).split('.')[1]?.length ?? 0)
          if (reading.ok) {
            recovered++
            expect(reading.observations[0]!.numerator).toBe(numerator)
          } else {
            expect(codes(reading)).toEqual(['observations-count-rounded-away'])
            expect([rounded(numerator - 1), rounded(numerator + 1)]).toContain(rounded(numerator))
          }
        },
      ),
      { seed: 20261122, numRuns: 500 },
    )
    expect(recovered).toBeGreaterThan(100)
  })

  it('are taken as they are where they are given', () => {
    expect(observations(read(COUNT, [{ area: 'a', value: 12 }]))[0]).toMatchObject({
      ...{ area: 'a', period: '2024', sex: 'T', row: 2, numerator: 12, denominator: NaN },
    })
    expect(
      observations(read(SHARE, [{ area: 'b', numerator: 3, denominator: 7, value: 99 }]))[0],
    ).toMatchObject({ numerator: 3, denominator: 7 })
  })

  it('of a survey need be no whole numbers', () => {
    expect(
      observations(read(SURVEY, [{ area: 'a', value: 63.4, respondents: 212 }]))[0],
    ).toMatchObject({ numerator: 134.408, denominator: 212 })
  })

  it('are asked for where there are none', () => {
    const cases: [Indicator, Parameters<typeof readingsOf>[0][number], string][] = [
      [SHARE, { area: 'a', value: 12.5 }, 'observations-value-alone'],
      [RATE, { area: 'a', numerator: 4 }, 'observations-need-denominator'],
      [SURVEY, { area: 'a', value: 50 }, 'observations-need-respondents'],
      [COUNT, { area: 'a', value: 12.5 }, 'observations-not-whole'],
      [COUNT, { area: 'a', value: -1 }, 'observations-negative'],
      [SHARE, { area: 'a', numerator: 9, denominator: 8 }, 'observations-over-denominator'],
      [SHARE, { area: 'a', numerator: 1, denominator: 0 }, 'observations-over-denominator'],
    ]
    for (const [indicator, given, code] of cases)
      expect(codes(read(indicator, [given]))).toEqual([code])
  })

  it('keep apart hidden, missing and nobody', () => {
    const [hidden, missing, nobody] = observations(
      read(SHARE, [
        { area: 'a', status: 'hidden', denominator: 40 },
        { area: 'b', status: 'missing', denominator: 40 },
        { area: 'c', status: 'missing', denominator: 0 },
      ]),
    )
    expect([hidden!.status, missing!.status, nobody!.status]).toEqual([
      STATUS_HIDDEN_AT_SOURCE,
      STATUS_NOT_COLLECTED,
      STATUS_NO_POPULATION,
    ])
    expect(hidden!.denominator).toBeNaN()
  })

  it('are of one measure and one age, and of the register alone', () => {
    const both = [
      { area: 'a', value: 1, measure: 'rån', age: '0-17' },
      { area: 'a', value: 2, measure: 'stöld', age: '0-17' },
      { area: '0180', value: 3, measure: 'stöld', age: '0-17' },
    ]
    expect(codes(read(COUNT, both))).toEqual(['observations-several-measures'])
    expect(observations(read(COUNT, both, { measure: 'stöld' }))).toHaveLength(1)
    const ages = both.map((one, at) => ({ ...one, measure: null, age: `${at}` }))
    expect(codes(read(COUNT, ages))).toEqual(['observations-several-ages'])
  })

  it('stand once each', () => {
    const twice = [
      { area: 'a', value: 1 },
      { area: 'a', value: 2 },
    ]
    expect(codes(read(COUNT, twice))).toEqual(['observations-repeated'])
  })
})
