import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STATUS_HIDDEN, STATUS_VALUE } from '../../src/core/cell.ts'
import { releaseImport, SMALL_FIGURES_MAX } from '../../src/core/disclosure/release-import.ts'
import { sliceAt } from '../../src/core/released-slice.ts'
import { importedIndicator, quarterly, QUARTERS, REGISTER } from '../support/import-world.ts'

const SEED = { seed: 20261122, numRuns: 200 }
const RELEASE = '2026-11-22'

const release = (counts: readonly number[], indicator = importedIndicator()) =>
  releaseImport({
    observations: quarterly(counts),
    indicator,
    register: REGISTER,
    release: RELEASE,
  })

describe('releasing an import', () => {
  it('shows what is large enough as it was given, and never one hidden part alone', () => {
    let hidden = 0
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(9), fc.nat(200)), { minLength: 12, maxLength: 12 }),
        (counts) => {
          const made = release(counts)
          if (!made.ok) {
            expect(made.findings.map(({ code }) => code)).toEqual(['released-unsafe'])
            return
          }
          const [whole, areas] = made.tables
          QUARTERS.forEach((period, quarter) => {
            const parts = sliceAt(areas!, 'T', period)!
            const total = sliceAt(whole!, 'T', period)!
            const given = counts.slice(3 * quarter, 3 * quarter + 3)
            parts.status.forEach((status, at) => {
              if (status === STATUS_VALUE) expect(parts.numerator[at]).toBe(given[at])
              else expect(parts.numerator[at]).toBeNaN()
              if (given[at]! > 0 && given[at]! < 5) expect(status).toBe(STATUS_HIDDEN)
            })
            const gone = [...parts.status].filter((status) => status === STATUS_HIDDEN).length
            hidden += gone
            if (total.status[0] === STATUS_VALUE) expect(gone).not.toBe(1)
          })
        },
      ),
      SEED,
    )
    expect(hidden).toBeGreaterThan(300)
  })

  it('logs what was hidden, and makes nothing synthetic', () => {
    const made = release([3, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140])
    if (!made.ok) throw new Error('not released')
    const { log, indicator, tables } = made
    const { none: _, ...rules } = log.hiddenByRule
    expect(Object.values(rules).reduce((sum, count) => sum + count, 0)).toBe(log.statuses.hidden)
    expect(log.statuses.hidden).toBeGreaterThan(1)
    expect(indicator.synthetic).toBe(false)
    expect(tables.map(({ level }) => level)).toEqual(['kommun', 'stadsdel'])
  })

  it('has a plan of what there are figures for', () => {
    const made = releaseImport({
      observations: quarterly([40, 50], ['a', 'b']),
      ...{ indicator: importedIndicator(), register: REGISTER, release: RELEASE },
    })
    if (!made.ok) throw new Error('not released')
    expect(made.indicator.plan).toEqual({
      levels: ['stadsdel'],
      periodChain: ['quarter'],
      bySex: false,
    })
    expect(made.findings.map(({ code }) => code)).toContain('released-level-left-out')
    expect(made.tables).toHaveLength(1)
  })

  it('releases nothing of a plan without figures', () => {
    const made = releaseImport({
      ...{ observations: [], indicator: importedIndicator() },
      ...{ register: REGISTER, release: RELEASE },
    })
    expect(made.ok).toBe(false)
    expect(made.findings.map(({ code }) => code)).toEqual(['observations-none-of-indicator'])
  })

  it('releases nothing that is not safe, and says what would be', () => {
    const share = importedIndicator({
      ...{ measure: 'share', per: 100, unit: '%', denominatorName: 'elever' },
      policy: { ...importedIndicator().policy, complement: true },
    })
    // So few pupils that neither they nor the rest can vary enough.
    const few = [0, 1, 2, 0, 0, 7, 3, 0, 0, 0, 0, 3]
    const bases = [9, 5, 3, 6, 3, 10, 10, 9, 3, 1, 5, 4]
    const made = releaseImport({
      observations: quarterly(few).map((one, at) => ({ ...one, denominator: bases[at]! })),
      ...{ indicator: share, register: REGISTER, release: RELEASE },
    })
    if (made.ok) throw new Error('released')
    expect(made.findings.map(({ code }) => code)).toEqual(['released-unsafe'])
    expect(made.advice.map(({ step }) => step)).toContain('longer-periods')
  })

  it('refuses what would take minutes', () => {
    const areas = Array.from({ length: SMALL_FIGURES_MAX + 1 }, (_, at) => `o${at}`)
    const made = releaseImport({
      observations: quarterly(
        areas.map(() => 2),
        areas,
      ),
      indicator: importedIndicator(),
      register: {
        ...REGISTER,
        areas: areas.map((id) => ({ id, level: 'stadsdel', name: id, parent: null })),
      },
      release: RELEASE,
    })
    if (made.ok) throw new Error('released')
    expect(made.findings.map(({ code }) => code)).toContain('released-too-many-small')
  })
})
