import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairScatter } from '../../src/charts/pair-scatter.ts'
import type { PairPoint, PairValue } from '../../src/views/cross-pair.ts'

const SIZE = { width: 520, height: 300 }
const NAME_HEIGHT = 14
const measure = (text: string): number => 7 * text.length

const valueOf = (value: number, spread: number): PairValue => ({
  ...{ value, measured: value, third: 1, text: '' },
  interval: spread === 0 ? null : { lower: value - spread, upper: value + spread, level: 0.95 },
})

const tenths = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 10)

const point = fc
  .tuple(
    tenths(-500, 5000),
    tenths(0, 800),
    fc.nat(40),
    fc.boolean(),
    fc.integer({ min: 3, max: 30 }),
  )
  .map(([x, y, spread, isNamed, length]): PairPoint => ({
    ...{ area: `a${length}-${x}`, name: 'x'.repeat(length), index: 0, isNamed },
    ...{ factor: valueOf(x, spread), event: valueOf(y, spread), token: 'biv-11', label: '' },
  }))

const axis = { median: 10 } as never

describe('a pair drawn', () => {
  it('has every dot in its frame, and no name over another, over a dot or beyond the picture', () => {
    let names = 0
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 45 }), (points) => {
        const drawn = pairScatter({ factor: axis, event: axis, points }, SIZE, measure)
        const { frame, dots } = drawn
        for (const { x, y, across, along } of dots) {
          expect(x).toBeGreaterThanOrEqual(frame.left)
          expect(x).toBeLessThanOrEqual(frame.right)
          expect(y).toBeGreaterThanOrEqual(frame.top)
          expect(y).toBeLessThanOrEqual(frame.bottom)
          for (const [end, low, high] of [
            ...(across ?? []).map((at) => [at, frame.left, frame.right] as const),
            ...(along ?? []).map((at) => [at, frame.top, frame.bottom] as const),
          ]) {
            expect(end).toBeGreaterThanOrEqual(low)
            expect(end).toBeLessThanOrEqual(high)
          }
        }
        for (const { text } of [...drawn.xTicks, ...drawn.yTicks]) expect(text).toMatch(/\d/)
        const boxes = drawn.names.map(({ text, x, y, anchor }) => {
          const width = measure(text)
          const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
          return {
            left,
            right: left + width,
            top: y - 4 - NAME_HEIGHT / 2,
            bottom: y - 4 + NAME_HEIGHT / 2,
          }
        })
        names += boxes.length
        boxes.forEach((box, at) => {
          expect(box.left).toBeGreaterThanOrEqual(0)
          expect(box.right).toBeLessThanOrEqual(SIZE.width)
          expect(box.top).toBeGreaterThanOrEqual(0)
          expect(box.bottom).toBeLessThanOrEqual(SIZE.height)
          for (const other of boxes.slice(at + 1))
            expect(
              box.left < other.right &&
                other.left < box.right &&
                box.top < other.bottom &&
                other.top < box.bottom,
            ).toBe(false)
          for (const { x, y } of dots)
            expect(x > box.left && x < box.right && y > box.top && y < box.bottom).toBe(false)
        })
      }),
      { seed: 20261123, numRuns: 300 },
    )
    expect(names).toBeGreaterThan(500)
  })
})
