import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawLines, linesChart } from '../../src/charts/report-lines.ts'
import type { ReportFigure, ReportLines } from '../../src/views/report.ts'
import { figure, HIDDEN, MISSING } from '../support/sample-report.ts'

const SIZE = { width: 400, height: 214 }

const lines = (
  area: readonly ReportFigure[],
  reference: readonly ReportFigure[] = area.map(() => figure(14)),
  name = 'Teg centrala',
): ReportLines => ({
  ...{ kind: 'lines', id: 'prov', title: 'Prov', alternative: 'Prov', unitText: '%', note: '' },
  periods: area.map((_, at) => ({ code: String(2000 + at), text: String(2000 + at) })),
  series: [
    { name, role: 'area', figures: area },
    { name: 'Kommunen', role: 'reference', figures: reference },
  ],
})

const anyFigure = fc.oneof(
  fc.double({ min: 0, max: 500, noNaN: true }).map((value) => figure(value)),
  fc.constant(HIDDEN),
  fc.constant(MISSING),
)
const anyFigures = fc.array(anyFigure, { minLength: 1, maxLength: 30 })

const runs = (figures: readonly ReportFigure[]): number =>
  figures.filter(({ kind }, at) => kind === 'value' && figures[at - 1]?.kind !== 'value').length

test('the line and its band are broken wherever a figure is not shown', () => {
  fc.assert(
    fc.property(anyFigures, (figures) => {
      const chart = linesChart(lines(figures), SIZE)
      const [area, reference] = chart.lines
      expect(area!.path.match(/M/g)?.length ?? 0).toBe(runs(figures))
      expect(area!.band.match(/M/g)?.length ?? 0).toBe(runs(figures))
      expect(reference!.band).toBe('')
      expect(area!.points).toHaveLength(figures.filter(({ kind }) => kind === 'value').length)
      const covered = chart.gaps.length
      const changes = figures.filter(
        ({ kind }, at) => kind !== 'value' && figures[at - 1]?.kind !== kind,
      )
      expect(covered).toBe(changes.length)
    }),
  )
})

test('everything is drawn inside the picture', () => {
  fc.assert(
    fc.property(anyFigures, anyFigures, (area, other) => {
      const reference = area.map((_, at) => other[at % other.length]!)
      const { lines: drawn, bottom, left, right } = linesChart(lines(area, reference), SIZE)
      for (const { points, label } of drawn) {
        for (const { x, y } of points) {
          expect(x).toBeGreaterThanOrEqual(left - 0.01)
          expect(x).toBeLessThanOrEqual(right + 0.01)
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(bottom + 0.01)
        }
        if (label) expect(label.y).toBeGreaterThan(0)
        if (label) expect(label.y + label.lines.length * 14).toBeLessThanOrEqual(SIZE.height)
      }
    }),
  )
})

test('names at the line ends never stand upon one another', () => {
  const long = 'Berghem norra–Fridhem och Västra Teg med omnejd, alla tillsammans'
  fc.assert(
    fc.property(fc.double({ min: 0, max: 30, noNaN: true }), (value) => {
      const [area, reference] = linesChart(
        lines([figure(10), figure(value)], [figure(12), figure(14)], long),
        SIZE,
      ).lines.map(({ label }) => label!)
      const [upper, lower] = [area!, reference!].toSorted((a, b) => a.y - b.y)
      expect(lower!.y - upper!.y).toBeGreaterThanOrEqual((upper!.lines.length + 1) * 14)
    }),
  )
})

test('the axis begins at nothing, and a wide interval does not flatten the line', () => {
  const chart = linesChart(
    lines([
      figure(10),
      { ...figure(10), interval: { lower: 0, upper: 900, text: '0–900' } } as ReportFigure,
    ]),
    SIZE,
  )
  expect(chart.yTicks[0]).toMatchObject({ text: '0', y: chart.bottom })
  expect(Number(chart.yTicks.at(-1)!.text)).toBeLessThanOrEqual(20)
})

test('a lone figure keeps its interval', () => {
  const { lines: drawn } = linesChart(lines([figure(10), HIDDEN, figure(12), figure(13)]), SIZE)
  expect(drawn[0]!.alone).toHaveLength(1)
  for (const { from, to } of drawn[0]!.alone) expect(from).toBeGreaterThan(to)
})

test('the drawing says what is hidden and missing, whom it is of, and that it is invented', () => {
  const { content } = drawLines(
    lines([figure(10), HIDDEN, figure(12), MISSING, figure(13)]),
    SIZE,
    'Syntetiska demonstrationsdata',
    (token) => token,
  )
  for (const text of ['dold', 'saknas', 'Teg centrala', '13,0\u00a0%', 'Kommunen', '14,0\u00a0%'])
    expect(content).toContain(`>${text}</text>`)
  expect(content).toContain('>Syntetiska demonstrationsdata</text>')
  expect(content).toContain('stroke-dasharray="4 3"')
})
