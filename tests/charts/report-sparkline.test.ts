import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawSparkline, gapsOf, sparkline } from '../../src/charts/sparkline.ts'
import { figure, HIDDEN, MISSING } from '../support/sample-report.ts'
import type { ReportFigure } from '../../src/views/report.ts'

const SIZE = { width: 56, height: 20 }

/** "v" a value, "h" hidden, "m" missing. */
const kinds = fc.string({ unit: fc.constantFrom('v', 'h', 'm'), maxLength: 24 })

const figures = (written: string): ReportFigure[] =>
  [...written].map((kind, at) =>
    kind === 'v' ? figure(10 + ((at * 7) % 5)) : kind === 'h' ? HIDDEN : MISSING,
  )

const runs = (written: string, kind: string): number =>
  written.match(new RegExp(`${kind}+`, 'g'))?.length ?? 0

test('a gap is a gap: as many pieces of line as there are runs of figures', () => {
  fc.assert(
    fc.property(kinds, (written) => {
      const { path, gaps, alone } = sparkline(figures(written), SIZE)
      expect(path.match(/M/g)?.length ?? 0).toBe(runs(written, 'v'))
      expect(gaps.filter(({ kind }) => kind === 'hidden')).toHaveLength(runs(written, 'h'))
      expect(gaps.filter(({ kind }) => kind === 'missing')).toHaveLength(runs(written, 'm'))
      expect(alone).toHaveLength(written.match(/(?<!v)v(?!v)/g)?.length ?? 0)
    }),
  )
})

test('gaps name their word and cover their periods', () => {
  expect(gapsOf(figures('vhhmv'))).toEqual([
    { kind: 'hidden', from: 1, to: 2, word: 'dold' },
    { kind: 'missing', from: 3, to: 3, word: 'saknas' },
  ])
})

test('the end is filled only where the newest period shows a figure', () => {
  fc.assert(
    fc.property(kinds, (written) => {
      const { end } = sparkline(figures(written), SIZE)
      if (!written.includes('v')) expect(end).toBeNull()
      else expect(end!.isCurrent).toBe(written.endsWith('v'))
    }),
  )
  const fill = (written: string) =>
    /<circle[^>]*r="2.3" fill="([^"]*)"/.exec(
      drawSparkline(figures(written), SIZE, (token) => token).content,
    )![1]
  expect(fill('vvv')).toBe('ink-2')
  expect(fill('vvh')).toBe('paper')
})

test('all of the line lies in its box, whatever the figures', () => {
  const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(values, (list) => {
      const { path, end } = sparkline(
        list.map((value) => figure(value)),
        SIZE,
      )
      const numbers = path.match(/-?[\d.]+/g)!.map(Number)
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
      expect(end!.y).toBeLessThanOrEqual(SIZE.height)
      expect(end!.x).toBeLessThanOrEqual(SIZE.width)
    }),
  )
})

test('what is hidden is drawn otherwise than what is missing', () => {
  const drawn = (written: string) => drawSparkline(figures(written), SIZE, (token) => token).content
  expect(drawn('vhv').replace(/<path[^>]*stroke-linejoin[^>]*>/, '')).toContain('l3.4 -3.4')
  expect(drawn('vmv')).not.toContain('l3.4')
  expect(drawn('vmv')).toContain('r="0.9"')
})
