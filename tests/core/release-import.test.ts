import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STATUS_HIDDEN, STATUS_VALUE } from '../../src/core/cell.ts'
import {
  releaseImport,
  SMALL_FIGURES_MAX,
  type EarlierRelease,
} from '../../src/core/disclosure/release-import.ts'
import { sliceAt } from '../../src/core/released-slice.ts'
import { createSolver } from '../../src/solver/highs.ts'
import { attack, cellKey, HIDDEN, SHOWN, type PublishedRow } from '../support/attacker.ts'
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

const THRESHOLD = 5
const AREAS = ['a', 'b', 'c']

/** What anyone can read of a release that holds values and hidden cells only. */
function published({ indicator, tables }: EarlierRelease): PublishedRow[] {
  return tables.flatMap(({ areas, periods, level, status, numerator }) =>
    periods.flatMap((period, at) =>
      areas.map((area, position): PublishedRow => {
        const cell = at * areas.length + position
        const isShown = status[cell] === STATUS_VALUE
        return {
          ...{ indicator: indicator.id, area, level, period, sex: '', value: '', denominator: '' },
          ...{ lower: '', upper: '', preliminary: '' },
          status: isShown ? SHOWN : HIDDEN,
          numerator: isShown ? String(numerator[cell]) : '',
        }
      }),
    ),
  )
}

const counts = fc.array(fc.oneof(fc.nat(9), fc.nat(200)), { minLength: 12, maxLength: 12 })
const revisions = fc.array(fc.constantFrom(0, 0, 0, 1, -1, 3, -4, 6, 30), {
  minLength: 12,
  maxLength: 12,
})

describe('releasing an import after another', () => {
  it('weighs in what was shown before: small revisions wait, and both together give nothing away', async () => {
    const solver = await createSolver()
    let [waited, pinnedWithout] = [0, 0]
    fc.assert(
      fc.property(counts, revisions, (before, changes) => {
        const first = release(before)
        if (!first.ok) return
        const now = before.map((count, at) => Math.max(0, count + changes[at]!))
        const given = { observations: quarterly(now), register: REGISTER, release: RELEASE }
        const second = releaseImport({
          ...{ ...given, indicator: importedIndicator(), earlier: [first], solver },
        })
        if (!second.ok) {
          expect(second.findings.map(({ code }) => code)).toEqual([
            expect.stringMatching(/^released-(unsafe-beside-earlier|unsettled-import)$/),
          ])
          return
        }
        const [, areasBefore] = first.tables
        const [, areasNow] = second.tables
        areasNow!.status.forEach((status, cell) => {
          const shown = areasBefore!.numerator[cell]!
          const quarter = QUARTERS.findIndex(
            (period) => period === areasNow!.periods[Math.floor(cell / AREAS.length)],
          )
          if (quarter < 0) return
          const at = AREAS.length * quarter + (cell % AREAS.length)
          if (areasBefore!.status[cell] === STATUS_HIDDEN) expect(status).toBe(STATUS_HIDDEN)
          else if (status === STATUS_VALUE) {
            const stands = Math.abs(now[at]! - shown) < THRESHOLD
            expect(areasNow!.numerator[cell]).toBe(stands ? shown : now[at])
            if (stands && now[at] !== shown) waited++
          }
        })
        if (second.log.waiting > 0)
          expect(second.findings.map(({ code }) => code)).toContain('released-earlier-stands')
        const revised = revisedKeys(first, before, now)
        expect(pinned([first, second], revised)).toEqual([])
        const alone = releaseImport({ ...given, indicator: importedIndicator() })
        if (alone.ok && pinned([first, alone], revised).length > 0) pinnedWithout++
      }),
      SEED,
    )
    expect(waited).toBeGreaterThan(50)
    expect(pinnedWithout).toBeGreaterThan(10)
  })

  it('does not take the figures of another plan apart', async () => {
    const solver = await createSolver()
    const before = [3, 40, 50, 60, 4, 80, 90, 100, 110, 120, 130, 140]
    const indicator = importedIndicator()
    const first = release(before, {
      ...indicator,
      plan: { ...indicator.plan, levels: ['kommun'], periodChain: ['quarter'] },
    })
    if (!first.ok) throw new Error('not released')
    const second = releaseImport({
      ...{ observations: quarterly(before), indicator, register: REGISTER, release: RELEASE },
      ...{ earlier: [first], solver },
    })
    if (!second.ok) throw new Error(second.findings.map(({ code }) => code).join())
    expect(pinned([first, second])).toEqual([])
    const whole = second.tables[0]!
    expect([...whole.status.subarray(0, 4)]).toEqual(Array(4).fill(STATUS_VALUE))
  })
})

/**
 * Cells that a changed count is in. Where a hidden count changed, hidden ones may have given way for a total to stand,
 * so that none of them is known to be what it was.
 */
function revisedKeys(
  first: EarlierRelease,
  before: readonly number[],
  now: readonly number[],
): ReadonlySet<string> {
  const indicator = importedIndicator().id
  const keyOf = (area: string, period: string) => cellKey({ indicator, area, period, sex: '' })
  const places = now.map((_, at) => {
    const [area, period] = [AREAS[at % AREAS.length]!, QUARTERS[Math.floor(at / AREAS.length)]!]
    return { area, period }
  })
  const changed = places.filter((_, at) => now[at] !== before[at])
  const hidden = published(first).flatMap((row) => (row.status === HIDDEN ? [cellKey(row)] : []))
  const isUnsure = changed.some(({ area, period }) => hidden.includes(keyOf(area, period)))
  return new Set([
    ...(isUnsure ? hidden : []),
    ...changed.flatMap(({ area, period }) =>
      [area, 'hela'].flatMap((place) => [keyOf(place, period), keyOf(place, '2024')]),
    ),
  ])
}

/**
 * Cells hidden in every release that all of them together tell to be fewer than the threshold, or exactly how many.
 * @param revised known to have changed between the releases
 */
function pinned(
  releases: readonly EarlierRelease[],
  revised: ReadonlySet<string> = new Set(),
): string[] {
  const rows = releases.map(published)
  const shown = new Set(rows.flat().flatMap((row) => (row.status === SHOWN ? [cellKey(row)] : [])))
  const { hidden } = attack(rows, {
    policies: new Map([
      [
        importedIndicator().id,
        {
          ...{ measure: 'count', per: 1, threshold: THRESHOLD, complement: false },
          ...{ minimumDenominator: 0, minimumRespondents: 0, areZerosShown: false },
        },
      ],
    ]),
    parentOf: new Map(AREAS.map((area) => [area, 'hela'])),
    revised: rows.map((_, release) => (release === 0 ? new Set() : revised)),
  })
  return [...hidden.values()].flatMap(({ row, lowest, highest }) =>
    !shown.has(cellKey(row)) && (lowest === highest || highest < THRESHOLD)
      ? [`${row.area} ${row.period}: ${lowest} … ${highest}`]
      : [],
  )
}
