import fc from 'fast-check'
import { solve, type Model } from 'yalps'
import { describe, expect, test } from 'vitest'
import { COUNT_POLICY, madeTable } from '../../scripts/bench/made-table.ts'
import { createSolver } from '../../src/solver/highs.ts'
import { STATUS_HIDDEN, STATUS_VALUE } from '../../src/core/cell.ts'
import { adviseCoarser } from '../../src/core/disclosure/advice.ts'
import { auditReleased } from '../../src/core/disclosure/audit.ts'
import {
  HIDING_RULES,
  type JointTable,
  type Protection,
} from '../../src/core/disclosure/joint-table.ts'
import { hidingCosts, protectTable } from '../../src/core/disclosure/protect.ts'

const solver = await createSolver()
const SECONDARY = HIDING_RULES.indexOf('secondary')
const MOVES = { method: 'moves', solver: null } as const

const shapes = fc.record({
  areas: fc.integer({ min: 2, max: 9 }),
  groups: fc.integer({ min: 0, max: 3 }),
  years: fc.integer({ min: 1, max: 2 }),
  bySex: fc.boolean(),
  mean: fc.constantFrom(3, 8, 20),
  seed: fc.nat(1e6),
})
const policies = fc.constantFrom(COUNT_POLICY, { ...COUNT_POLICY, threshold: 10 })

const released = (table: JointTable, { rules }: Protection): JointTable => ({
  ...table,
  status: table.status.map((status, cell) => (rules[cell] ? STATUS_HIDDEN : status)),
  numerator: table.numerator.map((count, cell) => (rules[cell] ? NaN : count)),
})

const costOf = (table: JointTable, { rules }: Protection): number => {
  const costs = hidingCosts(table)
  const secondary = [...rules.keys()].filter((cell) => rules[cell] === SECONDARY)
  return secondary.reduce((sum, cell) => sum + costs[cell]!, 0)
}

describe('what is hidden of a table', () => {
  test('leaves nothing that linear programs over the release alone can pin down', () => {
    fc.assert(
      fc.property(shapes, policies, (shape, policy) => {
        const table = madeTable(shape, policy)
        const protection = protectTable(table, MOVES)
        expect(protection.unsafe).toEqual([])
        expect(auditReleased(released(table, protection), solver).unsafe).toEqual([])
      }),
      { numRuns: 30, seed: 20261122 },
    )
  })

  test('holds every small count, and only tables with one hide anything', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const table = madeTable(shape)
        const { rules } = protectTable(table, MOVES)
        const small = table.numerator.map((count) => Number(count > 0 && count < 5))
        small.forEach((isSmall, cell) => expect(rules[cell] === 1).toBe(isSmall === 1))
        if (!small.includes(1)) expect(rules.every((rule) => rule === 0)).toBe(true)
      }),
      { numRuns: 60, seed: 20261122 },
    )
  })

  test('primary rules alone are pinned down: the audit can fail', () => {
    const table = madeTable({ areas: 40, groups: 0, years: 1, bySex: true, mean: 14, seed: 1 })
    const { rules } = protectTable(table, MOVES)
    const primaryOnly = {
      rules: rules.map((rule) => (rule === SECONDARY ? 0 : rule)),
    } as Protection
    const { unsafe, suppressed } = auditReleased(released(table, primaryOnly), solver)
    expect(unsafe.length).toBeGreaterThan(suppressed * 0.8)
    for (const { cell, lowest, highest } of unsafe) {
      expect(lowest).toBeLessThanOrEqual(table.numerator[cell]! + 1e-6)
      expect(highest).toBeGreaterThanOrEqual(table.numerator[cell]! - 1e-6)
    }
  })

  test('shows an area of fewer than three reporting units a level up only', () => {
    const table = madeTable({ areas: 6, groups: 2, years: 1, bySex: false, mean: 40, seed: 4 })
    // One area has two schools; its group has more.
    const reportingUnits = new Float64Array(table.status.length).fill(5)
    const area = 4
    const cells = [...reportingUnits.keys()].filter((cell) => cell % table.areas.length === area)
    for (const cell of cells) reportingUnits[cell] = 2
    const told = { ...table, reportingUnits }
    const { rules, unsafe } = protectTable(told, { method: 'moves', solver })
    expect(unsafe).toEqual([])
    for (const cell of cells) expect(HIDING_RULES[rules[cell]!]).toBe('few-reporting-units')
    const group = table.parentArea[area]!
    for (const cell of cells) expect(rules[cell - area + group]).toBe(0)
    const whole = { ...told, reportingUnits: reportingUnits.map(() => 2) }
    expect(protectTable(whole, { method: 'moves', solver }).rules[0]).toBe(0)
  })

  test('costs no more at publish than in the browser', () => {
    for (const seed of [1, 2]) {
      const table = madeTable({ areas: 6, groups: 2, years: 1, bySex: true, mean: 8, seed })
      const moves = protectTable(table, MOVES)
      const optimal = protectTable(table, { method: 'optimal', solver })
      expect(optimal.unsafe).toEqual([])
      expect(costOf(table, optimal)).toBeLessThanOrEqual(costOf(table, moves) + 1e-9)
      expect(auditReleased(released(table, optimal), solver).unsafe).toEqual([])
    }
  })

  test('is the cheapest of all safe patterns, tried one by one', () => {
    for (const seed of [1, 2, 3, 4]) {
      const table = oneYear(seed)
      const optimal = protectTable(table, { method: 'optimal', solver })
      expect(optimal.unsafe).toEqual([])
      expect(costOf(table, optimal)).toBeCloseTo(cheapestByTrial(table), 6)
    }
  })
})

describe('advice', () => {
  test('counts what a coarser plan brings back among the cells that it keeps', () => {
    const table = madeTable({ areas: 12, groups: 3, years: 2, bySex: true, mean: 6, seed: 3 })
    const protection = protectTable(table, MOVES)
    const advice = adviseCoarser(table, protection)
    expect(advice.map(({ step }) => step)).toEqual([
      'longer-periods',
      'coarser-areas',
      'both-sexes',
    ])
    for (const { cells, hiddenNow, hiddenThen } of advice) {
      expect(hiddenThen).toBeLessThanOrEqual(hiddenNow)
      expect(hiddenNow).toBeLessThan(cells)
    }
    const [, coarser] = advice
    const kept = [...table.areas.keys()].filter((area) => area <= 3)
    const hiddenAmongKept = [...protection.rules.keys()].filter(
      (cell) => protection.rules[cell] && kept.includes(cell % table.areas.length),
    )
    expect(coarser!.hiddenNow).toBe(hiddenAmongKept.length)
  })
})

/** Four areas by sex in one year, with one small count: few enough cells to try every pattern. */
function oneYear(seed: number): JointTable {
  const counts = [3, 8 + seed, 6, 12, 7, 9, 11 - seed, 30].map(
    (count, at) => count + ((at * seed) % 3),
  )
  const areas = ['whole', 'a', 'b', 'c', 'd']
  const numerator = new Float64Array(15)
  counts[0] = 3
  counts.forEach((count, at) => {
    const area = 1 + Math.floor(at / 2)
    const sex = 1 + (at % 2)
    for (const s of [0, sex]) for (const a of [0, area]) numerator[s * 5 + a]! += count
  })
  const { indicator } = madeTable({ areas: 1, groups: 0, years: 1, bySex: true, mean: 1, seed })
  return {
    ...{ indicator, areas, sexes: ['T', 'K', 'M'], periods: ['2024'], numerator },
    parentArea: Int32Array.from([-1, 0, 0, 0, 0]),
    parentPeriod: Int32Array.from([-1]),
    status: new Uint8Array(15).fill(STATUS_VALUE),
    denominator: new Float64Array(15).fill(NaN),
    knownEarlier: null,
  }
}

/** The least cost of a safe pattern, by trying all of them with another solver and equations written out by hand. */
function cheapestByTrial(table: JointTable): number {
  const { numerator } = table
  const costs = hidingCosts(table)
  const primary = [...numerator.keys()].filter(
    (cell) => numerator[cell]! > 0 && numerator[cell]! < 5,
  )
  const others = [...numerator.keys()].filter((cell) => !primary.includes(cell) && cell !== 0)
  const patterns = Array.from({ length: 2 ** others.length }, (_, bits) =>
    others.filter((_, at) => bits & (1 << at)),
  ).map((extra) => ({ extra, cost: extra.reduce((sum, cell) => sum + costs[cell]!, 0) }))
  patterns.sort((a, b) => a.cost - b.cost)
  const found = patterns.find(({ extra }) => {
    const hidden = new Set([...primary, ...extra])
    return primary.every(
      (cell) =>
        extreme(table, hidden, cell, 'maximize') >= 5 - 1e-6 &&
        extreme(table, hidden, cell, 'minimize') <= 1 + 1e-6,
    )
  })
  return found!.cost
}

function extreme(
  { numerator }: JointTable,
  hidden: ReadonlySet<number>,
  target: number,
  direction: 'maximize' | 'minimize',
): number {
  const equations: (readonly [number, readonly number[]])[] = []
  for (let sex = 0; sex < 3; sex++)
    equations.push([sex * 5, [1, 2, 3, 4].map((area) => sex * 5 + area)])
  for (let area = 0; area < 5; area++) equations.push([area, [5 + area, 10 + area]])
  const constraints: Record<string, { equal: number } | { max: number }> = {}
  const variables: Record<string, Record<string, number>> = {}
  for (const cell of hidden) {
    variables[`y${cell}`] = { goal: cell === target ? 1 : 0, [`top${cell}`]: 1 }
    constraints[`top${cell}`] = { max: Math.max(60, 2 * numerator[cell]!) }
  }
  equations.forEach(([total, parts], row) => {
    let known = 0
    for (const [cell, weight] of [[total, -1], ...parts.map((part) => [part, 1])] as [
      number,
      number,
    ][])
      if (hidden.has(cell)) variables[`y${cell}`]![`row${row}`] = weight
      else known += weight * numerator[cell]!
    constraints[`row${row}`] = { equal: -known }
  })
  const model: Model = { direction, objective: 'goal', constraints, variables }
  return solve(model).result
}
