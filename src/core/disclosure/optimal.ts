import type { JointSystem } from './joint-system.ts'
import type { JointTable } from './joint-table.ts'
import { mulberry } from '../random.ts'
import type { PriorBounds, Requirement } from './requirement.ts'
import {
  chooseSecondary,
  hiddenZeroRequirement,
  type HidingCosts,
  type SecondaryChoice,
} from './secondary.ts'
import type { OpenModel, Solver } from './solver.ts'

export interface OptimalLimits {
  /** Seconds after which the best pattern found so far is taken. */
  readonly seconds: number
  /** Larger tables are left to the moves alone. */
  readonly cells: number
  /** How much dearer than the proven lower bound a pattern may be, as a share. */
  readonly gap: number
}

export const PUBLISHING_LIMITS: OptimalLimits = { seconds: 14, cells: 2000, gap: 0.02 }

export interface OptimalChoice {
  readonly secondary: Uint8Array
  /** What the secondary cells cost, and the least that any safe pattern costs. */
  readonly cost: number
  readonly lowerBound: number
}

/**
 * Chooses the further cells to hide by integer programming: the cheapest set of cells that satisfies a growing list of
 * inequalities, each of them read off an attacker's linear program that still pins some cell down. The relaxation is
 * tightened first; patterns that the moves find when they follow it are the candidates, and the search ends when the
 * best of them is proven to be within the gap.
 * Method: Fischetti & Salazar, Management Science 47 (2001) 1008.
 * @param start a safe pattern to begin from
 * @returns null when the table is larger than the limits
 */
export function chooseOptimally(
  system: JointSystem,
  table: JointTable,
  requirements: readonly Requirement[],
  bounds: PriorBounds,
  costs: HidingCosts,
  start: SecondaryChoice,
  solver: Solver,
  limits: OptimalLimits = PUBLISHING_LIMITS,
): OptimalChoice | null {
  if (system.cells > limits.cells || requirements.length === 0) return null
  const search = new CuttingPlanes(system, table, requirements, bounds, costs, solver, limits)
  return search.run(start)
}

const TOLERANCE = 1e-6
/** Inequalities violated by less than this share are not worth their place. */
const VIOLATION = 1e-3
const RELAXATION_ROUNDS = 25
/** How much of the time goes to other orders before whole patterns are looked for, and how many there are at most. */
const SHARE_OF_ORDERS = 0.4
const ORDERS_MAX = 200

class CuttingPlanes {
  private readonly deadline: number
  private readonly isPrimary: Uint8Array
  private readonly master: OpenModel
  private readonly attacker: OpenModel
  private best: Uint8Array
  private bestCost: number
  private lowerBound = 0

  constructor(
    private readonly system: JointSystem,
    private readonly table: JointTable,
    private readonly requirements: readonly Requirement[],
    private readonly bounds: PriorBounds,
    private readonly costs: HidingCosts,
    private readonly solver: Solver,
    private readonly limits: OptimalLimits,
  ) {
    this.deadline = Date.now() + limits.seconds * 1000
    this.isPrimary = new Uint8Array(system.cells)
    for (const { cell } of requirements) this.isPrimary[cell] = 1
    this.best = this.isPrimary
    this.bestCost = Infinity
    this.master = this.openMaster(false)
    const { starts, columns, coefficients, cells } = system
    const zero = new Float64Array(starts.length - 1)
    this.attacker = solver.open({
      lower: new Float64Array(cells),
      upper: new Float64Array(cells),
      cost: new Float64Array(cells),
      ...{ starts, columns, coefficients, rowLower: zero, rowUpper: zero, integer: false },
    })
  }

  run(start: SecondaryChoice): OptimalChoice {
    this.consider(start)
    for (let round = 0; round < RELAXATION_ROUNDS && !this.isDone(); round++) {
      const { objective, values, status } = this.master.minimise(this.secondsLeft())
      if (status !== 'optimal') break
      this.lowerBound = Math.max(this.lowerBound, objective)
      const added = this.separate(values, this.master)
      if (round % 3 === 2 || added === 0) this.follow(values)
      if (added === 0) break
    }
    this.tryOrders()
    this.searchIntegers()
    this.attacker.close()
    this.master.close()
    const secondary = this.best.map((hidden, cell) => (hidden && !this.isPrimary[cell] ? 1 : 0))
    return { secondary, cost: this.bestCost, lowerBound: this.lowerBound }
  }

  /** Other patterns of the moves: in another order, with other cells a little cheaper. */
  private tryOrders(): void {
    const random = mulberry(1)
    const until = Date.now() + this.limits.seconds * 1000 * SHARE_OF_ORDERS
    for (let tries = 0; tries < ORDERS_MAX && Date.now() < until; tries++) {
      if (this.isDone()) return
      const costs = this.costs.map((cost) => cost * (1 + random()))
      const { table, requirements, bounds } = this
      this.consider(chooseSecondary(table, requirements, bounds, costs, null, random))
    }
  }

  private readonly rows: { right: number; columns: Int32Array; coefficients: Float64Array }[] = []

  /** Whole patterns from the inequalities found so far, with those added that they still violate. */
  private searchIntegers(): void {
    while (!this.isDone()) {
      const whole = this.openMaster(true)
      for (const { right, columns, coefficients } of this.rows)
        whole.addRow(right, Infinity, columns, coefficients)
      const { status, objective, values } = whole.minimise(this.secondsLeft())
      whole.close()
      if (status !== 'optimal') return
      this.lowerBound = Math.max(this.lowerBound, objective)
      if (this.separate(values, null) === 0) {
        this.take(values.map(Math.round))
        return
      }
      this.follow(values)
    }
  }

  private isDone(): boolean {
    return (
      Date.now() > this.deadline ||
      this.bestCost <= this.lowerBound * (1 + this.limits.gap) + TOLERANCE
    )
  }

  private secondsLeft(): number {
    return Math.max(0.1, (this.deadline - Date.now()) / 1000)
  }

  /** Which cells to hide: one column a cell, those that must be hidden at 1 and those that must be shown at 0. */
  private openMaster(integer: boolean): OpenModel {
    const { cells, starts, columns } = this.system
    const cost = new Float64Array(cells)
    const lower = new Float64Array(cells)
    const upper = new Float64Array(cells)
    for (let cell = 0; cell < cells; cell++) {
      const hideable = Number.isFinite(this.costs[cell]!)
      lower[cell] = this.isPrimary[cell]!
      upper[cell] = this.isPrimary[cell] || hideable ? 1 : 0
      cost[cell] = hideable && !this.isPrimary[cell] ? this.costs[cell]! : 0
    }
    // A hidden cell in a sum is hidden only together with another one.
    const rowStarts = [0]
    const rowColumns: number[] = []
    const rowCoefficients: number[] = []
    for (let row = 0; row + 1 < starts.length; row++)
      for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
        const cell = columns[entry]!
        if (upper[cell] === 0) continue
        for (let other = starts[row]!; other < starts[row + 1]!; other++) {
          if (upper[columns[other]!] === 0) continue
          rowColumns.push(columns[other]!)
          rowCoefficients.push(other === entry ? -1 : 1)
        }
        rowStarts.push(rowColumns.length)
      }
    const count = rowStarts.length - 1
    return this.solver.open({
      ...{ lower, upper, cost, integer },
      starts: Int32Array.from(rowStarts),
      columns: Int32Array.from(rowColumns),
      coefficients: Float64Array.from(rowCoefficients),
      rowLower: new Float64Array(count),
      rowUpper: new Float64Array(count).fill(Infinity),
    })
  }

  /** Adds the inequalities that a pattern violates. @returns how many */
  private separate(pattern: Float64Array, master: OpenModel | null): number {
    const { numerator } = this.table
    const lower = Float64Array.from(pattern, (share, cell) => -this.roomBelow(cell) * clean(share))
    const upper = Float64Array.from(pattern, (share, cell) => this.roomAbove(cell) * clean(share))
    this.attacker.setBounds(lower, upper)
    let added = 0
    for (const { cell, highest, lowest } of [...this.requirements, ...this.hiddenZeros(pattern)]) {
      const value = numerator[cell]!
      // What is asked of a zero holds only as far as it is hidden.
      const share = this.isPrimary[cell] ? 1 : clean(pattern[cell]!)
      for (const [direction, wanted] of [
        [1, highest - value],
        [-1, value - lowest],
      ] as const) {
        if (wanted <= TOLERANCE) continue
        this.attacker.setCost(cell, direction)
        const { objective, reducedCosts } = this.attacker.maximise()
        this.attacker.setCost(cell, 0)
        if (objective >= wanted * share * (1 - VIOLATION)) continue
        this.addInequality(cell, wanted, reducedCosts, master)
        added++
      }
    }
    return added
  }

  private hiddenZeros(pattern: Float64Array): Requirement[] {
    const found: Requirement[] = []
    pattern.forEach((share, cell) => {
      if (this.isPrimary[cell] || clean(share) === 0) return
      const requirement = hiddenZeroRequirement(this.table, this.bounds, cell)
      if (requirement) found.push(requirement)
    })
    return found
  }

  private roomAbove(cell: number): number {
    const room = this.bounds.upper[cell]! - this.table.numerator[cell]!
    return Number.isNaN(room) ? 0 : room
  }

  private roomBelow(cell: number): number {
    const room = this.table.numerator[cell]! - this.bounds.lower[cell]!
    return Number.isNaN(room) ? 0 : room
  }

  private addInequality(
    target: number,
    wanted: number,
    reducedCosts: Float64Array,
    master: OpenModel | null,
  ): void {
    const columns: number[] = []
    const coefficients: number[] = []
    let right = wanted
    reducedCosts.forEach((price, cell) => {
      const worth = price > 0 ? price * this.roomAbove(cell) : -price * this.roomBelow(cell)
      if (worth <= TOLERANCE) return
      if (cell === target) right -= worth
      else {
        columns.push(cell)
        coefficients.push(worth)
      }
    })
    if (right <= TOLERANCE) return
    // Nothing counts for more than the whole of what is wanted.
    const shares = coefficients.map((worth) => Math.min(1, worth / right))
    const isAlways = this.isPrimary[target] === 1
    const row = {
      right: isAlways ? 1 : 0,
      columns: Int32Array.from(isAlways ? columns : [...columns, target]),
      coefficients: Float64Array.from(isAlways ? shares : [...shares, -1]),
    }
    this.rows.push(row)
    master?.addRow(row.right, Infinity, row.columns, row.coefficients)
  }

  /** Lets the moves choose with the relaxation's half-hidden cells cheaper. */
  private follow(pattern: Float64Array): void {
    const guided = this.costs.map((cost, cell) => cost * (1.02 - clean(pattern[cell]!)))
    this.consider(chooseSecondary(this.table, this.requirements, this.bounds, guided))
  }

  private consider({ secondary, unprotected }: SecondaryChoice): void {
    if (unprotected.length === 0) this.take(secondary)
  }

  private take(pattern: ArrayLike<number>): void {
    const hidden = this.isPrimary.map((primary, cell) => (primary || pattern[cell]! > 0 ? 1 : 0))
    let cost = 0
    hidden.forEach((isHidden, cell) => {
      if (isHidden && !this.isPrimary[cell]) cost += this.costs[cell]!
    })
    if (cost >= this.bestCost) return
    this.best = hidden
    this.bestCost = cost
  }
}

const clean = (share: number): number => (share < TOLERANCE ? 0 : Math.min(1, share))
