import fc from 'fast-check'
import { solve, type Model } from 'yalps'
import { describe, expect, test } from 'vitest'
import {
  completedByTotals,
  FLOW_STAGES,
  flowPeriods,
  flowSpanCell,
  flowSum,
  perStage,
  type FlowStage,
  type RawFlow,
  type RawFlowCount,
} from '../../src/core/case-flow.ts'
import { discloseFlow, discloseFlowFinest } from '../../src/core/disclosure/case-flow.ts'
import { admitFlow, type DisclosedFlow } from '../../src/core/disclosure/disclosed-flow.ts'
import type { DisclosurePolicy } from '../../src/core/indicator.ts'
import { periodsBetween } from '../../src/core/period.ts'
import { createSolver } from '../../src/solver/highs.ts'

const solver = await createSolver()

const personPolicy = (threshold: number): DisclosurePolicy => ({
  ...{ kind: 'person', threshold, complement: false, zeros: 'may-be-hidden' },
  ...{ minimumDenominator: 0, minimumRespondents: 0 },
})
const PUBLIC: DisclosurePolicy = { ...personPolicy(0), kind: 'public-at-source', zeros: 'shown' }
const NO_TOTALS = perStage((): number | null => null)

const flowOf = (
  months: readonly string[],
  counts: Readonly<Record<FlowStage, readonly RawFlowCount[]>>,
  policy: DisclosurePolicy,
  totals: RawFlow['totals'] = NO_TOTALS,
): RawFlow => ({
  ...{ id: 'flow', title: 'A flow', targetGroup: '', policy, remarks: [], isExample: false },
  source: { title: 'A source', publisher: '', section: '' },
  stages: perStage((stage) => ({ name: stage, meaning: '' })),
  ...{ months, counts, totals },
})

/** Stages of the same cases, each fewer than the one before, and now and then one that was judged the month before. */
const flows = fc
  .record({
    months: fc.integer({ min: 3, max: 14 }),
    start: fc.integer({ min: 0, max: 11 }),
    most: fc.constantFrom(4, 12, 40),
    seed: fc.array(fc.nat(1000), { minLength: 56, maxLength: 56 }),
    late: fc.nat(20),
  })
  .map(({ months: length, start, most, seed, late }) => {
    const first = `2024-${String(start + 1).padStart(2, '0')}`
    const months = periodsBetween('month', first, '2026-12').slice(0, length)
    const part = (of: number, share: number): number => Math.floor((of * share) / 1001)
    const received = months.map((_, at) => part(most, seed[at]!))
    const suitable = received.map((count, at) => part(count + 1, seed[14 + at]!))
    const asked = suitable.map((count, at) => part(count + 1, seed[28 + at]!))
    const begun = asked.map((count, at) => part(count + 1, seed[42 + at]!))
    if (late < length) asked[late] = asked[late]! + suitable[late]! + 1
    return { months, counts: { received, suitable, asked, begun } }
  })

const trueCount = (
  { months, counts }: { months: readonly string[]; counts: RawFlow['counts'] },
  stage: FlowStage,
  period: string,
): number =>
  periodsBetween('month', period, period).reduce(
    (sum, month) => sum + (counts[stage][months.indexOf(month)] as number),
    0,
  )

describe('a count that the source leaves out', () => {
  test('is what its total leaves, and is said to be', () => {
    fc.assert(
      fc.property(flows, fc.nat(13), fc.constantFrom(...FLOW_STAGES), (made, at, stage) => {
        const month = at % made.months.length
        const totals = perStage((one) => flowSum(made.counts[one]) as number)
        const counts = {
          ...made.counts,
          [stage]: made.counts[stage].map((count, place) => (place === month ? null : count)),
        }
        const raw = flowOf(made.months, counts, PUBLIC, totals)
        const completed = completedByTotals(raw)
        expect(completed.counts).toEqual(made.counts)
        expect(completed.derived).toEqual([{ stage, month: made.months[month] }])
      }),
    )
  })

  test('stays lacking where two lack, where the source hides one, and where nothing is said of the sum', () => {
    const months = ['2024-01', '2024-02', '2024-03']
    const of = (received: readonly RawFlowCount[], total: number | null) =>
      completedByTotals(
        flowOf(months, { ...perStage(() => [1, 1, 1]), received }, PUBLIC, {
          ...NO_TOTALS,
          received: total,
        }),
      )
    expect(of([5, null, null], 9).counts.received).toEqual([5, null, null])
    expect(of([5, null, 'hidden'], 9).counts.received).toEqual([5, null, 'hidden'])
    expect(of([5, 'hidden', 3], 9).counts.received).toEqual([5, 'hidden', 3])
    expect(of([5, null, 3], null).counts.received).toEqual([5, null, 3])
    expect(of([5, null, 9], 9)).toMatchObject({
      derived: [],
      contradictions: [{ stage: 'received', said: 9, found: 14 }],
    })
    expect(of([5, 1, 4], 9).contradictions).toEqual([{ stage: 'received', said: 9, found: 10 }])
  })
})

describe('the gate of flows', () => {
  test('shows all that is public at its source, and its sums', () => {
    fc.assert(
      fc.property(flows, ({ months, counts }) => {
        const outcome = discloseFlow(flowOf(months, counts, PUBLIC), { finest: 'month' })
        if (!outcome.ok) throw new Error(outcome.why)
        for (const stage of FLOW_STAGES) {
          expect(outcome.flow.cells[stage].slice(0, months.length)).toEqual(counts[stage])
          expect(flowSpanCell(outcome.flow, stage)).toBe(flowSum(counts[stage]))
        }
      }),
    )
  })

  test('leaves no small count, and no small difference between stages, to be worked out', () => {
    let [tried, refused] = [0, 0]
    fc.assert(
      fc.property(
        flows,
        fc.constantFrom(5, 10),
        fc.constantFrom('month' as const, 'quarter' as const),
        ({ months, counts }, threshold, finest) => {
          if (flowPeriods(months, finest).length === 0) return
          const raw = flowOf(months, counts, personPolicy(threshold))
          const outcome = discloseFlow(raw, { finest })
          tried++
          // A table of next to nothing but small counts may have no safe release; then there is none.
          if (!outcome.ok) {
            refused++
            return
          }
          expect(openings([outcome.flow], raw, threshold)).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
    expect(refused / tried).toBeLessThan(0.1)
  })

  test('keeps that when a file with more months comes, and what was shown before stays', () => {
    fc.assert(
      fc.property(flows, fc.constantFrom(5, 10), ({ months, counts }, threshold) => {
        if (months.length < 5) return
        const until = months.length - 2
        const before = flowOf(
          months.slice(0, until),
          perStage((stage) => counts[stage].slice(0, until)),
          personPolicy(threshold),
        )
        const first = discloseFlow(before, { finest: 'month' })
        if (!first.ok) return
        const raw = flowOf(months, counts, personPolicy(threshold))
        const second = discloseFlow(raw, { finest: 'month', earlier: [first.flow], solver })
        // It may refuse; what it lets through must be safe beside the first.
        if (!second.ok) return
        expect(openings([first.flow, second.flow], raw, threshold)).toEqual([])
        for (const stage of FLOW_STAGES)
          first.flow.cells[stage].forEach((cell, at) => {
            const now = second.flow.periods.indexOf(first.flow.periods[at]!)
            if (typeof cell === 'number') expect(second.flow.cells[stage][now]).toBe(cell)
          })
      }),
      { numRuns: 30 },
    )
  })

  test('chooses longer periods where months would mostly be hidden', () => {
    const months = periodsBetween('month', '2025-01', '2025-12')
    const few = flowOf(
      months,
      { ...perStage(() => months.map(() => 1)), received: months.map(() => 3) },
      personPolicy(5),
    )
    const outcome = discloseFlowFinest(few, {})
    if (!outcome.ok) throw new Error(outcome.why)
    expect(outcome.flow.periods).toEqual(['2025-H1', '2025-H2', '2025'])
    expect(outcome.flow.cells.received).toEqual([18, 18, 36])
    const many = flowOf(
      months,
      {
        received: months.map(() => 40),
        suitable: months.map(() => 30),
        asked: months.map(() => 20),
        begun: months.map(() => 10),
      },
      personPolicy(5),
    )
    const whole = discloseFlowFinest(many, {})
    expect(whole.ok && whole.flow.periods.slice(0, 12)).toEqual(months)
  })

  test('does not let a flow back with a count that its policy hides', () => {
    const outcome = discloseFlow(
      flowOf(
        ['2024-01'],
        perStage(() => [12]),
        personPolicy(5),
      ),
      { finest: 'month' },
    )
    if (!outcome.ok) throw new Error(outcome.why)
    expect(admitFlow(outcome.flow)).toBe(outcome.flow)
    const changed = { ...outcome.flow, cells: { ...outcome.flow.cells, begun: [3] } }
    expect(() => admitFlow(changed)).toThrow('begun 2024-01')
  })
})

/**
 * What an attacker learns, asked of another solver over the months alone: for each count, and each difference between
 * two stages, that is 1 to below the threshold, whether the released cells leave it the whole span from 1 to it.
 */
function openings(
  released: readonly DisclosedFlow[],
  raw: RawFlow,
  threshold: number,
): readonly string[] {
  const name = (stage: FlowStage, month: string): string => `${stage} ${month}`
  const constraints = new Map<string, { equal: number } | { min: number }>()
  const variables: Record<string, Record<string, number>> = {}
  const inPeriod = (period: string): readonly string[] => periodsBetween('month', period, period)
  for (const month of raw.months)
    for (const stage of FLOW_STAGES) variables[name(stage, month)] = {}
  released.forEach((flow, release) =>
    flow.periods.forEach((period, at) => {
      for (const stage of FLOW_STAGES) {
        const cell = flow.cells[stage][at]!
        if (typeof cell !== 'number') continue
        const key = `${release} ${stage} ${period}`
        constraints.set(key, { equal: cell })
        for (const month of inPeriod(period)) variables[name(stage, month)]![key] = 1
      }
    }),
  )
  const [flow] = released.slice(-1)
  // That nobody passes a stage before the one below it, wherever that is so.
  flow!.periods.forEach((period, at) =>
    FLOW_STAGES.slice(1).forEach((stage, place) => {
      if (flow!.left[stage as 'suitable'][at] === 'missing') return
      const key = `left ${stage} ${period}`
      constraints.set(key, { min: 0 })
      for (const month of inPeriod(period)) {
        variables[name(FLOW_STAGES[place]!, month)]![key] = 1
        variables[name(stage, month)]![key] = -1
      }
    }),
  )
  const found: string[] = []
  const ask = (label: string, terms: readonly (readonly [string, number])[], truth: number) => {
    if (truth <= 0 || truth >= threshold) return
    for (const [key] of terms) delete variables[key]!['asked']
    for (const [key, weight] of terms)
      variables[key]!['asked'] = (variables[key]!['asked'] ?? 0) + weight
    const ends = (['minimize', 'maximize'] as const).map((direction) => {
      const model: Model = { direction, objective: 'asked', constraints, variables }
      const { status, result } = solve(model)
      if (status === 'unbounded') return direction === 'minimize' ? -Infinity : Infinity
      if (status !== 'optimal') throw new Error(status)
      return result
    })
    for (const [key] of terms) delete variables[key]!['asked']
    if (ends[0]! > 1 + 1e-6 || ends[1]! < threshold - 1e-6)
      found.push(`${label} is ${truth}, known as ${ends.join('–')}`)
  }
  for (const period of flow!.periods)
    FLOW_STAGES.forEach((stage, place) => {
      const own = inPeriod(period).map((month) => [name(stage, month), 1] as const)
      const count = trueCount(raw, stage, period)
      ask(`${stage} ${period}`, own, count)
      if (place === 0) return
      const before = FLOW_STAGES[place - 1]!
      ask(
        `${before} less ${stage} ${period}`,
        [
          ...inPeriod(period).map((month) => [name(before, month), 1] as const),
          ...own.map(([key]) => [key, -1] as const),
        ],
        trueCount(raw, before, period) - count,
      )
    })
  return found
}
