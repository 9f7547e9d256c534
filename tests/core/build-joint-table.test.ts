import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Area } from '../../src/core/area.ts'
import {
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import {
  buildJointTable,
  UNPLACED,
  type GivenObservation,
} from '../../src/core/disclosure/build-joint-table.ts'
import type { JointTable } from '../../src/core/disclosure/joint-table.ts'
import type { Indicator, Sex } from '../../src/core/indicator.ts'
import { cellIndex } from '../../src/core/observation.ts'

const SEED = { seed: 20261103, numRuns: 150 }

const area = (id: string, level: string, parent: string | null): Area => ({
  ...{ id, level, parent, name: id },
})

/** Three districts; the second has one part, the third has three. */
const AREAS: readonly Area[] = [
  area('kommun', 'kommun', null),
  ...['S1', 'S2', 'S3'].map((id) => area(id, 'stadsdel', 'kommun')),
  ...['A', 'B'].map((id) => area(id, 'regso', 'S1')),
  area('C', 'regso', 'S2'),
  ...['D', 'E', 'F'].map((id) => area(id, 'regso', 'S3')),
]
const LEAVES = ['A', 'B', 'C', 'D', 'E', 'F']
const QUARTERS = ['2024-K1', '2024-K2', '2024-K3', '2024-K4']

const COUNT: Indicator = {
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
  plan: {
    levels: ['kommun', 'stadsdel', 'regso'],
    periodChain: ['quarter', 'year'],
    bySex: true,
  },
  policy: {
    kind: 'person',
    threshold: 5,
    complement: false,
    minimumDenominator: 0,
    minimumRespondents: 0,
    zeros: 'may-be-hidden',
  },
  periodAggregation: 'sum',
  designEffect: 1,
  synthetic: true,
}
const SHARE: Indicator = {
  ...COUNT,
  measure: 'share',
  per: 100,
  denominatorName: 'alla',
  periodAggregation: 'mean',
}

let row = 1
const given = (
  areaId: string,
  period: string,
  sex: Sex,
  numerator: number,
  denominator = NaN,
  status = STATUS_VALUE,
): GivenObservation => ({
  ...{ row: ++row, file: 'O.csv', area: areaId, period, sex, status, numerator, denominator },
  units: NaN,
})

function built(indicator: Indicator, observations: readonly GivenObservation[]): JointTable {
  const reading = buildJointTable(indicator, AREAS, observations)
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  return reading.table
}

function at(table: JointTable, areaId: string, period: string, sex: Sex) {
  const position = [
    table.sexes.indexOf(sex),
    table.periods.indexOf(period),
    table.areas.indexOf(areaId),
  ]
  expect(Math.min(...position), `${areaId} ${period} ${sex}`).toBeGreaterThanOrEqual(0)
  const cell = cellIndex(table, position[0]!, position[1]!, position[2]!)
  return {
    status: table.status[cell]!,
    numerator: table.numerator[cell]!,
    denominator: table.denominator[cell]!,
  }
}

/** The leaves below an area, by their names. */
const below = (id: string): string[] =>
  id === 'kommun'
    ? [...LEAVES, UNPLACED]
    : LEAVES.includes(id) || id === UNPLACED
      ? [id]
      : AREAS.filter(({ parent }) => parent === id).map((part) => part.id)

interface Leaf {
  readonly areaId: string
  readonly period: string
  readonly sex: Sex
  readonly numerator: number
  readonly denominator: number
}

const leavesOf = (withDenominator: boolean, withUnplaced: boolean): fc.Arbitrary<Leaf[]> =>
  fc.tuple(
    ...[...LEAVES, ...(withUnplaced ? [UNPLACED] : [])].flatMap((areaId) =>
      QUARTERS.flatMap((period) =>
        (['K', 'M'] as const).map((sex) =>
          fc.tuple(fc.nat(12), fc.nat(40)).map(([numerator, more]): Leaf => ({
            ...{ areaId, period, sex, numerator },
            denominator: withDenominator ? numerator + more + 1 : NaN,
          })),
        ),
      ),
    ),
  )

describe('the joint table of a plan', () => {
  it('has every total, and each is the sum of all its leaves', () => {
    fc.assert(
      fc.property(leavesOf(false, true), (leaves) => {
        const table = built(
          COUNT,
          leaves.map((leaf) => given(leaf.areaId, leaf.period, leaf.sex, leaf.numerator)),
        )
        const hasUnplaced = leaves.some(
          ({ areaId, numerator }) => areaId === UNPLACED && numerator > 0,
        )
        expect(table.areas.includes(UNPLACED)).toBe(hasUnplaced)
        expect(table.areas.length).toBe(AREAS.length + Number(hasUnplaced))
        for (const id of table.areas)
          for (const period of [...QUARTERS, '2024'])
            for (const sex of ['T', 'K', 'M'] as const) {
              const own = leaves.filter(
                (leaf) =>
                  below(id).includes(leaf.areaId) &&
                  (period === '2024' || leaf.period === period) &&
                  (sex === 'T' || leaf.sex === sex),
              )
              const sum = own.reduce((total, leaf) => total + leaf.numerator, 0)
              expect(at(table, id, period, sex)).toMatchObject({
                ...{ status: STATUS_VALUE, numerator: sum },
              })
            }
      }),
      SEED,
    )
  })

  it('takes means of a stock over time, and sums of denominators over areas and sexes', () => {
    fc.assert(
      fc.property(leavesOf(true, false), (leaves) => {
        const table = built(
          SHARE,
          leaves.map((leaf) =>
            given(leaf.areaId, leaf.period, leaf.sex, leaf.numerator, leaf.denominator),
          ),
        )
        const whole = at(table, 'S3', '2024', 'T')
        const own = leaves.filter(({ areaId }) => below('S3').includes(areaId))
        const sum = (figure: (leaf: Leaf) => number) =>
          own.reduce((total, leaf) => total + figure(leaf), 0)
        expect(whole.numerator).toBeCloseTo(sum(({ numerator }) => numerator) / 4, 9)
        expect(whole.denominator).toBeCloseTo(sum(({ denominator }) => denominator) / 4, 9)
      }),
      SEED,
    )
  })

  it('is the same when its own totals are given too, and names the row of one that is not', () => {
    fc.assert(
      fc.property(
        leavesOf(false, true),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (leaves, pick, off) => {
          const rows = leaves.map((leaf) =>
            given(leaf.areaId, leaf.period, leaf.sex, leaf.numerator),
          )
          const table = built(COUNT, rows)
          const totals = table.areas.flatMap((id) =>
            [...QUARTERS, '2024'].flatMap((period) =>
              (['T', 'K', 'M'] as const).flatMap((sex) =>
                rows.some((leaf) => leaf.area === id && leaf.period === period && leaf.sex === sex)
                  ? []
                  : [given(id, period, sex, at(table, id, period, sex).numerator)],
              ),
            ),
          )
          expect(built(COUNT, [...totals, ...rows])).toEqual(table)
          const wrong = pick % totals.length
          const contradicted = totals.map((total, index) =>
            index === wrong ? { ...total, numerator: total.numerator + off } : total,
          )
          const reading = buildJointTable(COUNT, AREAS, [...contradicted, ...rows])
          expect(reading.ok).toBe(false)
          expect(reading.findings.map((finding) => finding.row)).toContain(totals[wrong]!.row)
          for (const { code } of reading.findings) expect(code).toBe('observations-contradiction')
        },
      ),
      { ...SEED, numRuns: 40 },
    )
  })

  it('has no total that would tell what is missing or hidden at its source', () => {
    fc.assert(
      fc.property(
        leavesOf(false, false),
        fc.nat(LEAVES.length * 8 - 1),
        fc.constantFrom(STATUS_NOT_COLLECTED, STATUS_HIDDEN_AT_SOURCE),
        (leaves, gone, status) => {
          const rows = leaves.map((leaf, index) =>
            index === gone
              ? given(leaf.areaId, leaf.period, leaf.sex, NaN, NaN, status)
              : given(leaf.areaId, leaf.period, leaf.sex, leaf.numerator),
          )
          // Even when the source gives the total.
          const everything = leaves.reduce((sum, { numerator }) => sum + numerator, 0)
          const table = built(COUNT, [...rows, given('kommun', '2024', 'T', everything)])
          const { areaId, period, sex } = leaves[gone]!
          for (const id of table.areas)
            for (const own of [...QUARTERS, '2024'])
              for (const ownSex of ['T', 'K', 'M'] as const) {
                const cell = at(table, id, own, ownSex)
                const contains =
                  below(id).includes(areaId) &&
                  (own === '2024' || own === period) &&
                  (ownSex === 'T' || ownSex === sex)
                const isLeaf = id === areaId && own === period && ownSex === sex
                if (isLeaf) expect(cell.status).toBe(status)
                else if (!contains) expect(cell.status).toBe(STATUS_VALUE)
                // The one part of S2 takes all of S2 with it.
                else expect([STATUS_INCOMPLETE, STATUS_NOT_COLLECTED]).toContain(cell.status)
                if (cell.status !== STATUS_VALUE) expect(cell.numerator).toBeNaN()
              }
        },
      ),
      SEED,
    )
  })

  it('knows only levels, sexes and periods of the plan', () => {
    const rows = LEAVES.flatMap((id) =>
      QUARTERS.flatMap((period) => [given(id, period, 'K', 1), given(id, period, 'M', 2)]),
    )
    const plan = { levels: ['kommun', 'regso'], periodChain: ['year'], bySex: false } as const
    const table = built({ ...COUNT, plan }, rows)
    expect(table).toMatchObject({ sexes: ['T'], periods: ['2024'], areas: ['kommun', ...LEAVES] })
    expect([...table.parentArea]).toEqual([-1, 0, 0, 0, 0, 0, 0])
    expect(at(table, 'A', '2024', 'T').numerator).toBe(12)
  })

  it('is incomplete over a period that has not ended', () => {
    const table = built(
      COUNT,
      LEAVES.flatMap((id) => [given(id, '2024-K1', 'K', 1), given(id, '2024-K1', 'M', 2)]),
    )
    expect(at(table, 'A', '2024', 'T').status).toBe(STATUS_INCOMPLETE)
    expect(at(table, 'kommun', '2024-K1', 'T').numerator).toBe(18)
  })

  it.each(['2023/24', '2024-W10'])('refuses %s beside quarters and years', (period) => {
    const reading = buildJointTable(COUNT, AREAS, [
      given('A', '2024-K1', 'T', 9),
      given('A', period, 'T', 9),
    ])
    expect(reading.ok).toBe(false)
    expect(reading.findings).toMatchObject([
      { code: 'observations-overlapping-period', column: 'period', text: period, row },
    ])
  })
})
