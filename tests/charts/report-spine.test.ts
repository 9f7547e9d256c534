import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { drawSpine, spineStrip } from '../../src/charts/report-spine.ts'
import type { ReportSpine, ReportVerdict } from '../../src/views/report.ts'

const SIZE = { width: 168, height: 22 }
const colour = (token: string): string => `#${token}`
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })

const VERDICTS: readonly (ReportVerdict | null)[] = [
  ...(['much-lower', 'lower', 'uncertain', 'higher', 'much-higher', null] as const),
]

const spines: fc.Arbitrary<ReportSpine> = fc.record({
  value: fc.option(number),
  interval: fc.option(
    fc.tuple(number, number).map(([a, b]) => ({ lower: Math.min(a, b), upper: Math.max(a, b) })),
  ),
  others: fc.array(number, { maxLength: 80 }),
  lowerQuartile: number,
  upperQuartile: number,
  middle: number,
  verdict: fc.constantFrom(...VERDICTS),
})

const spine = (change: Partial<ReportSpine>): ReportSpine => ({
  ...{ value: 17, interval: { lower: 15, upper: 19 }, verdict: 'much-higher' },
  ...{ others: [9, 11, 12, 13, 21], lowerQuartile: 11, upperQuartile: 13, middle: 13 },
  ...change,
})

describe('the strip of an area among the others', () => {
  it('holds the dot, the interval and every tick', () => {
    fc.assert(
      fc.property(spines, (one) => {
        const strip = spineStrip(one, SIZE)
        const isInside = (x: number) => x >= 0 && x <= SIZE.width
        const marks = [...strip.ticks, ...(strip.value === null ? [] : [strip.value])]
        const ends = strip.interval ? [strip.interval.from, strip.interval.to] : []
        expect([...marks, ...ends].every(isInside)).toBe(true)
        expect(strip.layers.join('').match(/M/g)?.length ?? 0).toBe(one.others.length)
      }),
    )
  })

  it('puts neighbours in different layers, so that a crowd is darker', () => {
    const { layers } = spineStrip(spine({ others: [12, 12, 12, 12, 9] }), SIZE)
    const at = layers.filter((path) => path.includes(layers[1]!.slice(0, 5)))
    expect(at).toHaveLength(4)
  })

  it('keeps the comparison in the middle, and what is higher to the right of it', () => {
    const { middle, value, ticks } = spineStrip(spine({}), SIZE)
    expect(middle).toBe(SIZE.width / 2)
    expect(value).toBeGreaterThan(middle)
    expect(Math.max(...ticks)).toBeGreaterThan(value!)
    expect(ticks[0]).toBeLessThan(middle)
  })
})

test('certain, likely and uncertain have dots of their own, in both directions', () => {
  const circles = VERDICTS.map(
    (verdict) => /<circle[^>]*>/.exec(drawSpine(spine({ verdict }), SIZE, colour).content)![0],
  )
  const fills = circles.map((circle) => /fill="#([^"]*)"/.exec(circle)![1])
  expect(fills).toEqual(['div-low-2', 'div-low-1', 'paper', 'div-high-1', 'div-high-2', 'paper'])
  const [muchLower, lower, uncertain] = circles
  expect(lower).toContain('stroke="#ink"')
  expect(uncertain).toContain('stroke="#ink"')
  expect(muchLower).not.toContain('stroke="#ink"')
})

test('an area without a figure has neither dot nor interval among the others', () => {
  const { content } = drawSpine(spine({ value: null, interval: null }), SIZE, colour)
  expect(content).not.toContain('circle')
  expect(content).not.toContain('stroke="#ink"')
  expect(content).toContain('stroke-opacity')
})

test('an interval that reaches past the strip says so on that side alone', () => {
  const chevrons = (lower: number, upper: number) =>
    drawSpine(spine({ interval: { lower, upper } }), SIZE, colour).content.match(/l-?3\.5/g) ?? []
  expect(chevrons(15, 19)).toEqual([])
  expect(chevrons(15, 40)).toEqual(['l3.5'])
  expect(chevrons(-40, 40)).toEqual(['l-3.5', 'l3.5'])
})
