import { STATUS_VALUE } from '../cell.ts'
import type { Alternative } from './audit.ts'
import type { JointSystem } from './joint-system.ts'
import type { JointTable } from './joint-table.ts'
import type { PriorBounds } from './requirement.ts'
import type { OpenModel, Solver } from './solver.ts'

const TOLERANCE = 1e-7

/**
 * The change of a table that hides least, of all that leave every published sum true: a linear program over the whole
 * table, for cells that moves along the axes cannot change enough.
 * Method: Kelly, Golden & Assad, Networks 22 (1992) 397.
 */
export class CheapestChange {
  private readonly cells: number
  private opened: OpenModel | null = null

  constructor(
    private readonly system: JointSystem,
    private readonly table: JointTable,
    private readonly bounds: PriorBounds,
    private readonly solver: Solver,
  ) {
    this.cells = system.cells
  }

  /** Most tables never need it, so the model is made when it is first asked. */
  private get model(): OpenModel {
    return (this.opened ??= this.open())
  }

  private open(): OpenModel {
    const { starts, columns, coefficients, cells } = this.system
    // Column c is how much cell c grows, column cells + c how much it shrinks.
    const rowStarts = [0]
    const entries: number[] = []
    const weights: number[] = []
    for (let row = 0; row + 1 < starts.length; row++) {
      for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
        entries.push(columns[entry]!, cells + columns[entry]!)
        weights.push(coefficients[entry]!, -coefficients[entry]!)
      }
      rowStarts.push(entries.length)
    }
    const zero = new Float64Array(starts.length - 1)
    const none = new Float64Array(2 * cells)
    return this.solver.open({
      ...{ lower: none, upper: none, cost: none, rowLower: zero, rowUpper: zero, integer: false },
      starts: Int32Array.from(rowStarts),
      columns: Int32Array.from(entries),
      coefficients: Float64Array.from(weights),
    })
  }

  /**
   * @param amount how much the cell is to grow, or to shrink when it is negative
   * @param priceOf what changing another cell costs; Infinity where it may not change
   * @returns null when no change of the table reaches it
   */
  reach(cell: number, amount: number, priceOf: (cell: number) => number): Alternative | null {
    const { status, numerator } = this.table
    const lower = new Float64Array(2 * this.cells)
    const upper = new Float64Array(2 * this.cells)
    const cost = new Float64Array(2 * this.cells)
    for (let other = 0; other < this.cells; other++) {
      const price = status[other] === STATUS_VALUE ? priceOf(other) : Infinity
      if (price === Infinity) continue
      const value = numerator[other]!
      upper[other] = Math.max(0, this.bounds.upper[other]! - value)
      upper[this.cells + other] = Math.max(0, value - this.bounds.lower[other]!)
      // A cell costs the same however much it changes, so a small change must not be cheap.
      cost[other] = price / Math.min(Math.abs(amount), Math.max(1, upper[other]!))
      const down = Math.max(1, upper[this.cells + other]!)
      cost[this.cells + other] = price / Math.min(Math.abs(amount), down)
    }
    const grows = amount > 0 ? cell : this.cells + cell
    const shrinks = amount > 0 ? this.cells + cell : cell
    lower[grows] = Math.abs(amount)
    upper[grows] = Math.max(upper[grows]!, Math.abs(amount))
    upper[shrinks] = 0
    this.model.setBounds(lower, upper)
    this.model.setCosts(cost)
    const { status: answer, values } = this.model.minimise()
    if (answer !== 'optimal') return null
    const change = new Map<number, number>()
    for (let other = 0; other < this.cells; other++) {
      const difference = values[other]! - values[this.cells + other]!
      if (Math.abs(difference) > TOLERANCE) change.set(other, difference)
    }
    return change
  }

  close(): void {
    this.opened?.close()
  }
}
