import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSolver } from '../../src/solver/highs.ts'
import type { Area } from '../../src/core/area.ts'
import { STATUS_HIDDEN, STATUS_VALUE } from '../../src/core/cell.ts'
import type { ReleasedJointTable } from '../../src/core/disclosure/audit.ts'
import { buildJointTable } from '../../src/core/disclosure/build-joint-table.ts'
import type { JointTable } from '../../src/core/disclosure/joint-table.ts'
import { protectTable } from '../../src/core/disclosure/protect.ts'
import { releaseTable } from '../../src/core/disclosure/released-joint-table.ts'
import type { Solver } from '../../src/core/disclosure/solver.ts'
import { standOnEarlier } from '../../src/core/disclosure/standing-figures.ts'
import { sumsOf } from '../../src/core/disclosure/sums.ts'
import type { Indicator } from '../../src/core/indicator.ts'

const THRESHOLD = 5
const LEAVES = ['A', 'B', 'C', 'D', 'E', 'F']
const PERIODS = ['2024-K1', '2024-K2', '2024-K3', '2024-K4']

const AREAS: readonly Area[] = [
  { id: 'kommun', level: 'kommun', name: 'Hela', parent: null },
  ...LEAVES.map((id) => ({ id, level: 'stadsdel', name: id, parent: 'kommun' })),
]

const INDICATOR: Indicator = {
  id: 'prov',
  name: 'Prov',
  class: 'context',
  measure: 'count',
  per: 1,
  unit: 'antal',
  denominatorName: null,
  polarity: 'neutral',
  definition: 'Ett prov.',
  source: 'Prov',
  frequency: 'Kvartal',
  caveats: [],
  focusProblems: [],
  plan: { levels: ['kommun', 'stadsdel'], periodChain: ['quarter', 'year'], bySex: false },
  policy: {
    kind: 'person',
    threshold: THRESHOLD,
    complement: false,
    minimumDenominator: 0,
    minimumRespondents: 0,
    zeros: 'may-be-hidden',
  },
  periodAggregation: 'sum',
  designEffect: 1,
  synthetic: true,
}

let solver: Solver
beforeAll(async () => {
  solver = await createSolver()
})

/** One count per area and quarter. */
type Counts = readonly number[]

function tableOf(counts: Counts): JointTable {
  const reading = buildJointTable(
    INDICATOR,
    AREAS,
    counts.map((numerator, index) => ({
      ...{ row: index + 2, file: 'O.csv', sex: 'T' as const, status: STATUS_VALUE },
      ...{ numerator, denominator: NaN, units: NaN },
      area: LEAVES[index % LEAVES.length]!,
      period: PERIODS[Math.floor(index / LEAVES.length)]!,
    })),
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  return reading.table
}

/** What the moves hide of it, whether or not that is enough. */
const released = (table: JointTable): ReleasedJointTable =>
  releaseTable(table, protectTable(table, { method: 'moves', solver: null }).rules)

const size = LEAVES.length * PERIODS.length
const countsOf = fc.array(fc.oneof(fc.nat(8), fc.nat(40)), { minLength: size, maxLength: size })
const stepsOf = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: -4, max: 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: -20, max: 20 }) },
  ),
  { minLength: size, maxLength: size },
)

const after = (counts: Counts, steps: readonly number[]): Counts =>
  counts.map((count, index) => Math.max(0, count + steps[index]!))

const leavesIn = (table: JointTable): number[] => {
  const totals = new Set([...sumsOf(table, INDICATOR)].map(({ total }) => total))
  return [...table.status.keys()].filter((cell) => !totals.has(cell))
}

describe('figures that stand', () => {
  it('change by nothing or by the threshold where they were shown, and totals are their sums', () => {
    fc.assert(
      fc.property(countsOf, stepsOf, stepsOf, (start, first, second) => {
        let counts: Counts = start
        const releases: ReleasedJointTable[] = []
        for (const steps of [null, first, second]) {
          counts = steps ? after(counts, steps) : counts
          const fresh = tableOf(counts)
          const standing = standOnEarlier(fresh, releases, solver)
          expect(standing.unsettled).toEqual([])
          const { table, waiting } = standing
          for (const { total, ways } of sumsOf(table, INDICATOR))
            for (const { cells } of ways)
              expect(table.numerator[total]).toBe(
                cells.reduce((sum, cell) => sum + table.numerator[cell]!, 0),
              )
          for (const cell of leavesIn(table)) {
            const figure = table.numerator[cell]!
            expect(figure).toBeGreaterThanOrEqual(0)
            const last = releases.at(-1)
            const before = releases.findLast(({ status }) => status[cell] === STATUS_VALUE)
            if (!last || !before) continue
            const change = Math.abs(fresh.numerator[cell]! - before.numerator[cell]!)
            if (change < THRESHOLD) expect(figure).toBe(before.numerator[cell]!)
            else if (last === before) expect(figure).toBe(fresh.numerator[cell]!)
          }
          table.numerator.forEach((figure, cell) => {
            if (figure !== fresh.numerator[cell]) expect(waiting[cell]).toBe(1)
            else if (leavesIn(table).includes(cell)) expect(waiting[cell]).toBe(0)
            if (releases.length > 0)
              expect(table.knownEarlier![cell]).toBe(
                releases.some((release) => release.numerator[cell] === figure) ? 1 : 0,
              )
          })
          releases.push(released(table))
        }
      }),
      { seed: 20261103, numRuns: 25 },
    )
  })

  it('never tell of a few that came to hidden cells: their shown total stands, or changes by the threshold', () => {
    let stood = 0
    fc.assert(
      fc.property(countsOf, stepsOf, (counts, steps) => {
        const before = released(tableOf(counts))
        const fresh = tableOf(after(counts, steps))
        const { table } = standOnEarlier(fresh, [before], solver)
        for (const { total, ways } of sumsOf(table, INDICATOR)) {
          if (before.status[total] !== STATUS_VALUE) continue
          for (const { cells } of ways) {
            // Totals of leaves alone: what is hidden in them is one number.
            if (cells.some((cell) => !leavesIn(table).includes(cell))) continue
            const hidden = cells.filter((cell) => before.status[cell] === STATUS_HIDDEN)
            const shown = cells.filter((cell) => before.status[cell] === STATUS_VALUE)
            const sum = (figures: Float64Array, own: readonly number[]) =>
              own.reduce((all, cell) => all + figures[cell]!, 0)
            const then = before.numerator[total]! - sum(before.numerator, shown)
            const change = Math.abs(sum(table.numerator, hidden) - then)
            expect(change === 0 || change >= THRESHOLD).toBe(true)
            const real = Math.abs(sum(fresh.numerator, hidden) - then)
            if (real > 0 && real < THRESHOLD) stood++
          }
        }
      }),
      { seed: 20261103, numRuns: 25 },
    )
    expect(stood).toBeGreaterThan(50)
  })

  it('are the new ones where nothing was shown before', () => {
    const fresh = tableOf(Array.from({ length: size }, (_, index) => index))
    const standing = standOnEarlier(fresh, [], solver)
    expect(standing.table).toBe(fresh)
    expect(standing.waiting.every((one) => one === 0)).toBe(true)
  })
})
