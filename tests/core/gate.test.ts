import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_OUTSIDE_PERIOD,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import {
  admitReleased,
  countStatuses,
  disclose,
  writeReleased,
  type Admission,
  type DisclosedTable,
  type ReleasedExpectation,
} from '../../src/core/disclosure/gate.ts'
import type { DisclosurePolicy, Indicator, Measure } from '../../src/core/indicator.ts'
import { cellCount, type RawTable } from '../../src/core/observation.ts'

fc.configureGlobal({ seed: 20261103 })

const RELEASE = '2026-11-03'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const indicatorOf = (measure: Measure, policy: DisclosurePolicy): Indicator => ({
  id: 'indikator',
  name: 'Indikator',
  class: 'root-cause',
  measure,
  per: 100,
  unit: '%',
  denominatorName: null,
  polarity: 'neutral',
  definition: '',
  source: '',
  frequency: '',
  caveats: [],
  focusProblems: [],
  plan: { levels: ['stadsdel'], periodChain: ['year'], bySex: true },
  policy,
  periodAggregation: 'sum',
  designEffect: 1,
  synthetic: true,
})

const PERSON: DisclosurePolicy = {
  kind: 'person',
  threshold: 5,
  complement: true,
  minimumDenominator: 30,
  minimumRespondents: 0,
  zeros: 'may-be-hidden',
}

const expectationOf = (
  table: DisclosedTable,
  indicator: Indicator,
  text: string,
): ReleasedExpectation => ({
  sexes: table.sexes,
  periods: table.periods,
  areas: table.areas,
  release: table.release,
  indicator,
  level: table.level,
  file: 'observations/stadsdel/indikator.csv',
  sha256: sha256(text),
})

const policy: fc.Arbitrary<DisclosurePolicy> = fc.record({
  kind: fc.constantFrom('person', 'survey', 'place', 'public-at-source'),
  threshold: fc.constantFrom(0, 5, 10),
  complement: fc.boolean(),
  minimumDenominator: fc.constantFrom(0, 30),
  minimumRespondents: fc.constantFrom(0, 30),
  zeros: fc.constantFrom('shown', 'may-be-hidden'),
})

const axes = fc.record({
  sexes: fc.constantFrom(['T'] as const, ['T', 'K', 'M'] as const),
  periods: fc.constantFrom(['2024'], ['2023', '2024']),
  areas: fc.constantFrom(['0180'], ['0180', 'väst', 'öst'], ['a', 'b', 'c', 'd', 'e', 'f']),
})

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant(STATUS_VALUE), fc.nat(60), fc.nat(120)) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom(
        STATUS_HIDDEN_AT_SOURCE,
        STATUS_NOT_COLLECTED,
        STATUS_OUTSIDE_PERIOD,
        STATUS_INCOMPLETE,
      ),
      fc.nat(60),
      fc.nat(120),
    ),
  },
)

/** A raw table that follows the plan, with figures even where its status says that there are none. */
const raw: fc.Arbitrary<{ indicator: Indicator; raw: RawTable }> = fc
  .tuple(fc.constantFrom<Measure>('share', 'rate', 'survey', 'count'), policy, axes)
  .chain(([measure, rules, on]) =>
    fc.array(cell, { minLength: cellCount(on), maxLength: cellCount(on) }).map((cells) => ({
      indicator: indicatorOf(measure, rules),
      raw: {
        ...on,
        indicator: 'indikator',
        level: 'stadsdel',
        status: Uint8Array.from(cells, ([status]) => status),
        numerator: Float64Array.from(cells, ([, count]) => count),
        denominator: Float64Array.from(cells, ([, count, more]) =>
          measure === 'count' ? NaN : measure === 'rate' ? more : count + more,
        ),
      },
    })),
  )

describe('the gate for raw figures', () => {
  it('lets no figure of a hidden or missing cell into any column or file', () => {
    fc.assert(
      fc.property(raw, ({ indicator, raw: figures }) => {
        const table = disclose(figures, indicator, RELEASE)
        const columns = Object.values(table).filter((column) => column instanceof Float64Array)
        expect(columns).toHaveLength(2)
        table.status.forEach((status, index) => {
          if (status !== STATUS_VALUE) for (const column of columns) expect(column[index]).toBeNaN()
        })
        for (const line of writeReleased(table).trim().split('\n').slice(1))
          if (!line.includes(',value,')) expect(line.endsWith(',,')).toBe(true)
      }),
    )
  })

  it('shows just the cells that the policy allows, unchanged', () => {
    fc.assert(
      fc.property(raw, ({ indicator, raw: figures }) => {
        const { status, numerator, denominator } = disclose(figures, indicator, RELEASE)
        const { threshold, complement, minimumDenominator, minimumRespondents, kind } =
          indicator.policy
        figures.status.forEach((given, index) => {
          const count = figures.numerator[index]!
          const base = figures.denominator[index]!
          const counts = indicator.measure === 'count'
          const tooSmall =
            kind !== 'public-at-source' &&
            ((count >= 1 && count <= threshold - 1) ||
              (!counts && complement && base - count < threshold) ||
              (!counts && base < Math.max(minimumDenominator, minimumRespondents)))
          const expected =
            given !== STATUS_VALUE
              ? given
              : !counts && base === 0
                ? STATUS_NO_POPULATION
                : tooSmall
                  ? STATUS_HIDDEN
                  : STATUS_VALUE
          expect(status[index]).toBe(expected)
          if (expected === STATUS_VALUE) {
            expect(numerator[index]).toBe(count)
            expect(denominator[index]).toBe(base)
          }
        })
      }),
    )
  })

  it('gives the same release whatever the small and the withheld figures were', () => {
    fc.assert(
      fc.property(raw, fc.nat(1000), ({ indicator, raw: figures }, other) => {
        const { threshold, kind } = indicator.policy
        const table = disclose(figures, indicator, RELEASE)
        const isFree = (index: number): boolean => {
          const count = figures.numerator[index]!
          const small = kind !== 'public-at-source' && count >= 1 && count < threshold
          return (
            figures.status[index] !== STATUS_VALUE ||
            (table.status[index] === STATUS_HIDDEN && small)
          )
        }
        const changed = {
          ...figures,
          numerator: figures.numerator.map((count, index) =>
            isFree(index) ? 1 + (other % Math.max(1, threshold - 1)) : count,
          ),
          denominator: figures.denominator.map((base, index) =>
            isFree(index) ? base + other : base,
          ),
        }
        expect(writeReleased(disclose(changed, indicator, RELEASE))).toBe(writeReleased(table))
      }),
    )
  })

  it('keeps no hold of the raw columns', () => {
    fc.assert(
      fc.property(raw, ({ indicator, raw: figures }) => {
        const table = disclose(figures, indicator, RELEASE)
        const text = writeReleased(table)
        figures.numerator.fill(3)
        figures.denominator.fill(3)
        figures.status.fill(STATUS_VALUE)
        expect(writeReleased(table)).toBe(text)
      }),
    )
  })

  it('refuses what the publication plan does not release', () => {
    const figures: RawTable = {
      sexes: ['T', 'K'],
      periods: ['2024'],
      areas: ['a'],
      indicator: 'indikator',
      level: 'stadsdel',
      status: new Uint8Array(2),
      numerator: new Float64Array(2).fill(50),
      denominator: new Float64Array(2).fill(500),
    }
    const indicator = indicatorOf('share', PERSON)
    expect(countStatuses(disclose(figures, indicator, RELEASE)).value).toBe(2)
    expect(() => disclose({ ...figures, level: 'deso' }, indicator, RELEASE)).toThrow(RangeError)
    const plan = { ...indicator.plan, bySex: false }
    expect(() => disclose(figures, { ...indicator, plan }, RELEASE)).toThrow(RangeError)
  })
})

describe('the gate for released figures', () => {
  it('takes back exactly what was written', () => {
    fc.assert(
      fc.property(raw, fc.boolean(), ({ indicator, raw: figures }, carriageReturns) => {
        const table = disclose(figures, indicator, RELEASE)
        const text = writeReleased(table).replaceAll('\n', carriageReturns ? '\r\n' : '\n')
        const admitted = admitReleased(text, sha256(text), expectationOf(table, indicator, text))
        expect(admitted).toEqual({ ok: true, table })
        expect(countStatuses(table).value).toBe(
          table.status.filter((status) => status === STATUS_VALUE).length,
        )
      }),
    )
  })

  const indicator = indicatorOf('share', PERSON)
  const table = disclose(
    {
      sexes: ['T', 'K'],
      periods: ['2023', '2024'],
      areas: ['0180', 'öst'],
      indicator: 'indikator',
      level: 'stadsdel',
      status: Uint8Array.of(0, 0, 0, STATUS_NOT_COLLECTED, 0, STATUS_HIDDEN_AT_SOURCE, 0, 0),
      numerator: Float64Array.of(12, 40.5, 3, NaN, 0, NaN, 250, 7),
      denominator: Float64Array.of(100, 350, 200, NaN, 90, NaN, 1000, 0),
    },
    indicator,
    RELEASE,
  )
  const text = writeReleased(table)
  const expected = expectationOf(table, indicator, text)

  it('writes the text form that is agreed', () => {
    expect(text).toBe(
      [
        'area,period,sex,status,numerator,denominator',
        '0180,2023,T,value,12,100',
        'öst,2023,T,value,40.5,350',
        '0180,2024,T,hidden,,',
        'öst,2024,T,missing-not-collected,,',
        '0180,2023,K,value,0,90',
        'öst,2023,K,hidden-at-source,,',
        '0180,2024,K,value,250,1000',
        'öst,2024,K,missing-no-population,,',
        '',
      ].join('\n'),
    )
  })

  it('refuses every damage of a single character, at its row where the row shows it', () => {
    let named = 0
    let damages = 0
    for (let position = 0; position <= text.length; position++) {
      const row = text.slice(0, position).split('\n').length
      const after = text.slice(position + 1)
      const damaged = [
        text.slice(0, position) + after,
        ...[...'0,9 a-\n'].flatMap((sign) => [
          text.slice(0, position) + sign + after,
          text.slice(0, position) + sign + text.slice(position),
        ]),
      ].filter((candidate) => candidate !== text)
      for (const candidate of damaged) {
        damages++
        const admission = admitReleased(candidate, sha256(candidate), expected)
        if (admission.ok) throw new Error(`Admitted with a damage at ${position}`)
        const { finding } = admission
        expect(finding).toMatchObject({ severity: 'error', file: expected.file })
        if (finding.code === 'released-checksum') expect(finding.row).toBeNull()
        else {
          named++
          expect(Math.abs(finding.row! - row)).toBeLessThanOrEqual(1)
        }
      }
    }
    // The rest are figures changed into other figures, which only the checksum can tell.
    expect(named / damages).toBeGreaterThan(0.8)
  })

  const lines = text.trimEnd().split('\n')
  const withLine = (row: number, line: string): string =>
    lines.with(row - 1, line).join('\n') + '\n'
  /** Admits a text as if its checksum were the promised one, so that only its rows can fail. */
  const admit = (forged: string): Admission =>
    admitReleased(forged, sha256(forged), { ...expected, sha256: sha256(forged) })

  it.each([
    ['released-header', 1, lines.with(0, 'area;period;sex').join('\n')],
    ['released-header', 1, ''],
    ['released-truncated', 9, lines.slice(0, 8).join('\n') + '\n'],
    ['released-truncated', 2, lines[0]!],
    ['released-columns', 3, withLine(3, 'öst,2023,T,value,40.5')],
    ['released-unknown-area', 3, withLine(3, 'syd,2023,T,value,40.5,350')],
    ['released-unknown-area', 2, withLine(2, '180,2023,T,value,12,100')],
    ['released-order', 3, withLine(3, '0180,2023,T,value,40.5,350')],
    ['released-order', 3, withLine(3, 'öst,2024,T,value,40.5,350')],
    ['released-order', 3, withLine(3, 'öst,2023,M,value,40.5,350')],
    ['released-status', 4, withLine(4, '0180,2024,T,primary,,')],
    ['released-figure-in-hidden', 4, withLine(4, '0180,2024,T,hidden,3,200')],
    ['released-figure-in-hidden', 4, withLine(4, '0180,2024,T,hidden,,200')],
    ['released-number', 2, withLine(2, '0180,2023,T,value,,100')],
    ['released-number', 2, withLine(2, '0180,2023,T,value,tolv,100')],
    ['released-number', 2, withLine(2, '0180,2023,T,value,12,')],
    ['released-number', 2, withLine(2, '0180,2023,T,value,12,0')],
    ['released-number', 2, withLine(2, '0180,2023,T,value,Infinity,100')],
    ['released-too-small', 2, withLine(2, '0180,2023,T,value,4,100')],
    ['released-too-small', 2, withLine(2, '0180,2023,T,value,97,100')],
    ['released-too-small', 2, withLine(2, '0180,2023,T,value,12,29')],
    ['released-surplus', 10, `${text}syd,2024,K,value,12,100\n`],
  ])('%s is told with row %i', (code, row, forged) => {
    const admission = admit(forged)
    expect(admission).toMatchObject({ ok: false, finding: { code, row } })
  })

  it('never repeats a figure that should not have been there', () => {
    for (const forged of ['0180,2024,T,hidden,3,200', '0180,2024,T,value,3,200'])
      expect(admit(withLine(4, forged))).toMatchObject({ ok: false, finding: { text: null } })
  })

  it('refuses a whole and well-formed file that is not the promised one', () => {
    const other = withLine(2, '0180,2023,T,value,13,100')
    expect(admit(other).ok).toBe(true)
    expect(admitReleased(other, sha256(other), expected)).toMatchObject({
      ok: false,
      finding: { code: 'released-checksum', row: null },
    })
  })
})
