import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barsChart, drawBars, type Bar } from '../../src/charts/report-bars.ts'
import type { ReportBars, ReportFigure } from '../../src/views/report.ts'
import { figure, HIDDEN, MISSING } from '../support/sample-report.ts'

const SIZE = { width: 400, height: 214 }
const count = (value: number): ReportFigure => figure(value, 0, '')

const bars = (
  form: ReportBars['form'],
  series: readonly (readonly ReportFigure[])[],
): ReportBars => ({
  ...{ kind: 'bars', id: 'prov', form, title: 'Prov', alternative: 'Prov', unitText: 'antal' },
  ...{ categoryHead: 'Grupp', periodText: '2025', note: '' },
  categories: series[0]!.map((_, at) => `grupp ${at}`),
  series: series.map((figures, at) => ({ name: ['Kvinnor', 'Män'][at]!, figures })),
})

const anyFigure = fc.oneof(
  fc.nat({ max: 99_999 }).map(count),
  fc.constant(HIDDEN),
  fc.constant(MISSING),
)
const anySeries = (least: number, most: number) =>
  fc.integer({ min: 1, max: 14 }).chain((length) =>
    fc.array(fc.array(anyFigure, { minLength: length, maxLength: length }), {
      ...{ minLength: least, maxLength: most },
    }),
  )

const isInside = ({ box, x, y }: Bar, width: number, height: number): boolean =>
  box.x >= -0.01 &&
  box.x + box.width <= width + 0.01 &&
  box.y >= 0 &&
  box.y + box.height <= height &&
  x >= 0 &&
  x <= width &&
  y >= 0 &&
  y <= height

describe('columns', () => {
  it('are as high as their figures, from one line', () => {
    const { bars: drawn } = barsChart(bars('columns', [[count(10), count(5), count(0)]]), SIZE)
    const [ten, five, zero] = drawn
    expect(ten!.box.height).toBeCloseTo(2 * five!.box.height)
    expect(zero).toMatchObject({ kind: 'value', text: '0', box: { height: 0 } })
    const feet = drawn.map(({ box }) => box.y + box.height)
    expect(new Set(feet.map(Math.round)).size).toBe(1)
  })

  it('have marks of one height where nothing is shown, with the word', () => {
    fc.assert(
      fc.property(anySeries(1, 2), (series) => {
        const { bars: drawn, width, height } = barsChart(bars('columns', series), SIZE)
        expect(drawn).toHaveLength(series.flat().length)
        const marks = drawn.filter(({ kind }) => kind !== 'value')
        expect(new Set(marks.map(({ box }) => box.height)).size).toBeLessThanOrEqual(1)
        for (const { kind, text } of marks) expect(text).toBe(kind === 'hidden' ? 'dold' : 'saknas')
        expect(drawn.every((bar) => isInside(bar, width, height))).toBe(true)
      }),
    )
  })

  it('have a scale in whole numbers where they count, and none where nothing is shown', () => {
    const texts = (figures: readonly ReportFigure[]) =>
      barsChart(bars('columns', [figures]), SIZE).ticks.map(({ text }) => text)
    expect(texts([count(1), count(0)])).toEqual(['0', '1'])
    expect(texts([HIDDEN, HIDDEN])).toEqual(['0'])
    expect(texts([count(0), MISSING])).toEqual(['0'])
  })
})

describe('a pyramid', () => {
  it('has women to the left, men to the right, the oldest on top and one scale', () => {
    const series = [
      [count(10), count(20)],
      [count(20), count(10)],
    ]
    const { bars: drawn, categories } = barsChart(bars('pyramid', series), SIZE)
    const [youngWomen, oldWomen, youngMen, oldMen] = drawn
    expect(youngWomen!.box.width).toBeCloseTo(oldMen!.box.width)
    expect(oldWomen!.box.width).toBeCloseTo(2 * youngWomen!.box.width)
    expect(oldWomen!.box.x + oldWomen!.box.width).toBeLessThan(youngMen!.box.x)
    expect(categories[1]!.y).toBeLessThan(categories[0]!.y)
    expect(oldWomen!.box.y).toBeLessThan(youngWomen!.box.y)
    expect([oldWomen!.anchor, oldMen!.anchor]).toEqual(['end', 'start'])
  })

  it('holds all its bars and figures', () => {
    fc.assert(
      fc.property(anySeries(1, 2), (series) => {
        const { bars: drawn, width, height } = barsChart(bars('pyramid', series), SIZE)
        expect(drawn).toHaveLength(series.flat().length)
        expect(drawn.every((bar) => isInside(bar, width, height))).toBe(true)
      }),
    )
  })
})

describe('the drawing of bars', () => {
  const drawn = (form: ReportBars['form'], figures: readonly ReportFigure[]) =>
    drawBars(bars(form, [figures]), SIZE, 'Syntetiska demonstrationsdata', (token) => token).content

  it('never lets zero, hidden and missing look alike', () => {
    for (const form of ['columns', 'pyramid'] as const) {
      const [zero, hidden, missing] = [count(0), HIDDEN, MISSING].map((one) => drawn(form, [one]))
      expect(zero).toContain('>0</text>')
      expect(zero).not.toMatch(/hidden-ground|missing-ground/)
      expect(hidden).toContain('>dold</text>')
      expect(hidden).toContain('stroke="hidden-line"')
      expect(missing).toContain('>saknas</text>')
      expect(missing).not.toContain('hidden-line')
      expect(missing).toContain('stroke-linecap="round"')
    }
  })

  it('says that invented figures are', () => {
    expect(drawn('columns', [count(1)])).toContain('>Syntetiska demonstrationsdata</text>')
    const real = drawBars(bars('columns', [[count(1)]]), SIZE, null, (token) => token).content
    expect(real).not.toContain('Syntetiska')
  })
})
