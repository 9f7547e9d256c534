import { describe, expect, it } from 'vitest'
import { pairLags } from '../../src/core/cross-lag-curve.ts'
import { crossOptions } from '../../src/core/cross-options.ts'
import { holdConstant } from '../../src/core/cross-partial.ts'
import { mulberry } from '../../src/core/random.ts'
import { spearman } from '../../src/core/stats/rank-correlation.ts'
import { byKey, GROUNDS, open, sourceOf, tableOf } from '../support/cross-world.ts'

const GROUND = GROUNDS.get('regso')!
const QUARTERS = [2020, 2021, 2022, 2023, 2024].flatMap((year) =>
  [1, 2, 3, 4].map((quarter) => `${year}-K${quarter}`),
)

describe('a pair with other factors held constant', () => {
  const random = mulberry(7)
  const z = Array.from({ length: 40 }, () => random())
  const x = z.map((value) => value + 0.5 * random())
  const y = z.map((value) => value + 0.5 * random())

  it('is the first-order partial of the ranks', () => {
    const rho = (a: readonly number[], b: readonly number[]): number => {
      const outcome = spearman(a, b)
      if (!outcome.ok) throw new Error(outcome.reason)
      return outcome.value.r
    }
    const [xy, xz, yz] = [rho(x, y), rho(x, z), rho(y, z)]
    const expected = (xy - xz * yz) / Math.sqrt((1 - xz ** 2) * (1 - yz ** 2))
    const held = holdConstant(x, y, [z], 40)
    if (!held.ok) throw new Error(held.reason)
    expect(held.value.rho).toBeCloseTo(expected, 12)
    expect(held.value.n).toBe(40)
    expect(Math.abs(held.value.rho)).toBeLessThan(Math.abs(xy))
    const { lower, upper } = held.value.interval!
    expect(lower).toBeLessThan(held.value.rho)
    expect(upper).toBeGreaterThan(held.value.rho)
    // Fewer independent areas say less.
    const fewer = holdConstant(x, y, [z], 15)
    if (!fewer.ok) throw new Error(fewer.reason)
    expect(fewer.value.interval!.upper).toBeGreaterThan(upper)
  })

  it('is undefined where nothing is left', () => {
    expect(
      holdConstant(
        x,
        x.map(() => 3),
        [z],
        40,
      ).ok,
    ).toBe(false)
    expect(holdConstant(x.slice(0, 3), y.slice(0, 3), [z.slice(0, 3)], 3).ok).toBe(false)
  })
})

describe('the lag curve of a pair', () => {
  const plan = { ...open('x').plan, levels: ['regso'], periodChain: ['quarter', 'year'] as const }
  const event = open('event', { class: 'unwanted-event', measure: 'count', plan })
  const factor = open('factor', { class: 'root-cause', measure: 'count', plan })
  const random = mulberry(11)
  const walks = new Map(
    GROUND.areas.map((area) => {
      let level = 400
      return [area, QUARTERS.map(() => (level += Math.round(60 * (random() - 0.5))))]
    }),
  )
  const at = (area: string, quarter: number): number => walks.get(area)![Math.max(0, quarter)]!
  const table = (indicator: typeof event, lag: number, periods = QUARTERS) =>
    tableOf(indicator, 'regso', GROUND.areas, periods, (area, period) => ({
      count: at(area, periods.indexOf(period) - lag) + (lag > 0 ? Math.round(12 * random()) : 0),
      base: NaN,
    }))

  it('is highest where the event follows the factor', () => {
    const tables = byKey([table(event, 2), table(factor, 0)])
    const lags = pairLags(tables, GROUND, 'regso', event, factor, 'T', 'raw')!
    expect(lags).toMatchObject({ unit: 'quarter', from: '2020-K1', to: '2024-K4' })
    const found = lags.points.map(({ outcome }) => {
      if (!outcome.ok) throw new Error(outcome.reason)
      return outcome.value.r
    })
    const best = lags.points[found.indexOf(Math.max(...found))]!
    expect(best.lag).toBe(2)
    expect(Math.max(...found)).toBeGreaterThan(0.9)
    for (const [place, r] of found.entries())
      if (place !== found.indexOf(Math.max(...found))) expect(Math.abs(r)).toBeLessThan(0.5)
  })

  it('is none where the two share no quarters', () => {
    const tables = byKey([table(event, 0), table(factor, 0, ['2023', '2024'])])
    expect(pairLags(tables, GROUND, 'regso', event, factor, 'T', 'raw')).toBeNull()
  })

  it('is offered as a choice only where both have quarters, which the choice of period follows', () => {
    const asked = {
      level: null,
      period: '2024',
      sex: 'T',
      smoothing: 'raw',
      lag: 'quarter-1',
    } as const
    const quarterly = sourceOf([event, factor], [table(event, 0), table(factor, 0)])
    const lagged = crossOptions(quarterly, asked)!
    expect(lagged.lag).toBe('quarter-1')
    expect(lagged.choice.period).toBe('2024-K4')
    const yearly = sourceOf([event, factor], [table(event, 0), table(factor, 0, ['2024'])])
    expect(crossOptions(yearly, asked)?.lag ?? 'none').toBe('none')
  })
})
