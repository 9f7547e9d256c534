import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { STATUS_OTHER_BOUNDARIES, STATUS_VALUE } from '../../src/core/cell.ts'
import { admitReleased, onOtherBoundaries, writeReleased } from '../../src/core/disclosure/gate.ts'
import { cellAt } from '../../src/core/released-slice.ts'
import { areasOf, disclosedTable, SHARE } from '../support/released-package.ts'

const PERIODS = ['2023', '2024']
const OLD = areasOf('regso')

describe('a released table on other boundaries', () => {
  it('keeps the figures of the same ground, and has none elsewhere', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.shuffledSubarray(OLD), fc.nat(3), (seed, kept, more) => {
        const table = disclosedTable(SHARE, 'regso', seed, PERIODS)
        const areas = [
          ...kept.map((area) => `ny-${area}`),
          ...Array.from({ length: more }, (_, at) => `okänd-${at}`),
        ]
        const origins = new Map(kept.map((area) => [`ny-${area}`, area]))
        const moved = onOtherBoundaries(table, areas, origins)
        for (const area of areas)
          for (const period of PERIODS)
            for (const sex of ['T', 'K', 'M'] as const) {
              const origin = origins.get(area)
              const before = origin && cellAt(table, SHARE, origin, period, sex)
              expect(cellAt(moved, SHARE, area, period, sex)).toEqual(
                before ?? { kind: 'missing', reason: 'other-boundaries' },
              )
            }
        moved.status.forEach((status, cell) => {
          if (status !== STATUS_VALUE) expect(moved.numerator[cell]).toBeNaN()
        })
        const text = writeReleased(moved)
        const sha256 = createHash('sha256').update(text).digest('hex')
        const admission = admitReleased(text, sha256, {
          ...{ sexes: moved.sexes, periods: PERIODS, areas, release: moved.release },
          ...{ indicator: SHARE, level: 'regso', file: 'f.csv', sha256 },
        })
        expect(admission).toMatchObject({ ok: true })
        if (admission.ok) expect(admission.table).toEqual(moved)
      }),
      { seed: 20261122, numRuns: 60 },
    )
  })

  it('is missing throughout where nothing ties', () => {
    const moved = onOtherBoundaries(disclosedTable(SHARE, 'regso', 1, PERIODS), OLD, new Map())
    expect(new Set(moved.status)).toEqual(new Set([STATUS_OTHER_BOUNDARIES]))
  })
})
