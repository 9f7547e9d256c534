import { STATUS_HIDDEN, STATUS_VALUE } from '../cell.ts'
import { jointSystem, type JointSystem } from './joint-system.ts'
import type { JointTable, UnsafeCell } from './joint-table.ts'
import type { PriorBounds, Requirement } from './requirement.ts'
import type { OpenModel, Solver } from './solver.ts'

/** As the attacker sees it: hidden cells have the status hidden and no figure. Denominators are public. */
export type ReleasedJointTable = JointTable

export interface Audit {
  readonly cells: number
  readonly equations: number
  /** Hidden by us; hidden at the source is not ours to protect. */
  readonly suppressed: number
  readonly unsafe: readonly UnsafeCell[]
  readonly seconds: number
}

/** Solvers answer to about nine digits. */
const TOLERANCE = 1e-6

/**
 * The attacker's interval for hidden cells: the lowest and highest count that agrees with every shown figure, every
 * sum and the bounds known before, by linear programs (Fischetti & Salazar, Management Science 47 (2001) 1008). A
 * found table that agrees with everything proves many cells at once, so that few are asked for one by one.
 * @param hidden 1 where a cell is hidden; the others' counts are known
 * @param truth true counts when they are known: itself a table that agrees with everything
 * @returns the requirements that do not hold
 */
export function auditRequirements(
  system: JointSystem,
  numerator: Float64Array,
  hidden: Uint8Array,
  bounds: PriorBounds,
  requirements: readonly Requirement[],
  solver: Solver,
): UnsafeCell[] {
  const unsafe: UnsafeCell[] = []
  const parts = components(system, hidden)
  const wanted = new Map<number, Requirement[]>()
  for (const requirement of requirements) {
    const part = parts.of[requirement.cell]!
    const list = wanted.get(part)
    if (list) list.push(requirement)
    else wanted.set(part, [requirement])
  }
  for (const [part, list] of wanted)
    unsafe.push(...auditPart(system, numerator, hidden, bounds, parts.members[part]!, list, solver))
  return unsafe.sort((a, b) => a.cell - b.cell)
}

/**
 * Audits a release from what was published alone, without any true figure: every cell that we have hidden must be able
 * to vary, and where it could be below the threshold it must also be able to reach it.
 */
export function auditReleased(released: ReleasedJointTable, solver: Solver): Audit {
  const start = performance.now()
  const system = jointSystem(released)
  const { status, indicator, denominator, numerator } = released
  const { measure, policy } = indicator
  const hidden = status.map((code) => (code === STATUS_HIDDEN ? 1 : 0))
  const bounded = measure === 'share' || measure === 'survey'
  const bounds: PriorBounds = {
    lower: new Float64Array(status.length).fill(policy.zeros === 'shown' ? 1 : 0),
    upper: denominator.map((base) => (bounded && !Number.isNaN(base) ? base : Infinity)),
  }
  const requirements: Requirement[] = []
  hidden.forEach((isHidden, cell) => {
    if (!isHidden) return
    if (bounds.upper[cell]! < bounds.lower[cell]!) bounds.lower[cell] = 0
    const highest = Math.min(policy.threshold, bounds.upper[cell]!)
    requirements.push({ cell, rule: 'secondary', lowest: NaN, highest })
  })
  const unsafe = auditRequirements(system, numerator, hidden, bounds, requirements, solver)
  return {
    cells: status.filter((code) => code === STATUS_VALUE || code === STATUS_HIDDEN).length,
    equations: system.starts.length - 1,
    suppressed: requirements.length,
    unsafe,
    seconds: (performance.now() - start) / 1000,
  }
}

interface Components {
  /** By cell; −1 where it is not hidden. */
  readonly of: Int32Array
  readonly members: readonly (readonly number[])[]
}

/** Hidden cells that no equation ties together are unknowns of their own. */
function components({ cells, starts, columns }: JointSystem, hidden: Uint8Array): Components {
  const parent = Int32Array.from({ length: cells }, (_, cell) => cell)
  const rootOf = (cell: number): number => {
    let root = cell
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!
    return root
  }
  for (let row = 0; row + 1 < starts.length; row++) {
    let first = -1
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const cell = columns[entry]!
      if (!hidden[cell]) continue
      if (first < 0) first = rootOf(cell)
      else parent[rootOf(cell)] = first
    }
  }
  const of = new Int32Array(cells).fill(-1)
  const numbers = new Map<number, number>()
  const members: number[][] = []
  for (let cell = 0; cell < cells; cell++) {
    if (!hidden[cell]) continue
    const root = rootOf(cell)
    let number = numbers.get(root)
    if (number === undefined) {
      number = members.length
      numbers.set(root, number)
      members.push([])
    }
    of[cell] = number
    members[number]!.push(cell)
  }
  return { of, members }
}

/** How many random mixtures of goals are tried before cells are asked for one by one. */
const MIXTURES = 6

function auditPart(
  system: JointSystem,
  numerator: Float64Array,
  hidden: Uint8Array,
  bounds: PriorBounds,
  cells: readonly number[],
  requirements: readonly Requirement[],
  solver: Solver,
): UnsafeCell[] {
  const position = new Map(cells.map((cell, column) => [cell, column]))
  const lower = Float64Array.from(cells, (cell) => bounds.lower[cell]!)
  const upper = Float64Array.from(cells, (cell) => bounds.upper[cell]!)
  const model = openPart(system, numerator, hidden, position, lower, upper, solver)
  const seen = { low: upper.slice().fill(Infinity), high: lower.slice().fill(-Infinity) }
  const look = (values: Float64Array): void => {
    values.forEach((value, column) => {
      if (value < seen.low[column]!) seen.low[column] = value
      if (value > seen.high[column]!) seen.high[column] = value
    })
  }
  // Without true figures the requirement is to vary, and to reach the threshold unless all lies above it.
  const isMet = ({ lowest, highest }: Requirement, column: number): boolean => {
    const low = seen.low[column]!
    const high = seen.high[column]!
    if (!(high - low > TOLERANCE)) return false
    return (Number.isNaN(lowest) || low <= lowest + TOLERANCE) && high >= highest - TOLERANCE
  }
  const open = new Set(requirements)
  const settle = (): void => {
    for (const requirement of open)
      if (isMet(requirement, position.get(requirement.cell)!)) open.delete(requirement)
  }
  const random = mulberry(cells.length)
  const cost = new Float64Array(cells.length)
  for (let mixture = 0; mixture < MIXTURES && open.size > 1; mixture++) {
    cost.fill(0)
    for (const { cell } of open) {
      const column = position.get(cell)!
      if (Number.isFinite(upper[column]!) || mixture % 2 === 0)
        cost[column] = mixture < 2 ? 1 : random() < 0.5 ? 1 : -1
    }
    model.setCosts(cost)
    look(model.minimise().values)
    // Upwards there may be no bound to stop at.
    if (cost.every((value, column) => value === 0 || Number.isFinite(upper[column]!)))
      look(model.maximise().values)
    settle()
  }

  const unsafe: UnsafeCell[] = []
  cost.fill(0)
  model.setCosts(cost)
  for (const requirement of requirements) {
    if (!open.has(requirement)) continue
    const column = position.get(requirement.cell)!
    model.setCost(column, 1)
    const top = model.maximise()
    if (top.status === 'unbounded') seen.high[column] = Infinity
    else look(top.values)
    if (!isMet(requirement, column)) look(model.minimise().values)
    model.setCost(column, 0)
    settle()
    if (!open.has(requirement)) continue
    const [low, high] = [seen.low[column]!, seen.high[column]!]
    const varies = high - low > TOLERANCE
    const isAbove = Number.isNaN(requirement.lowest) && low >= requirement.highest - TOLERANCE
    if (varies && isAbove) continue
    unsafe.push({
      cell: requirement.cell,
      rule: requirement.rule,
      lowest: low,
      highest: high,
      lowestRequired: requirement.lowest,
      highestRequired: requirement.highest,
    })
  }
  model.close()
  return unsafe
}

function openPart(
  { starts, columns, coefficients }: JointSystem,
  numerator: Float64Array,
  hidden: Uint8Array,
  position: ReadonlyMap<number, number>,
  lower: Float64Array,
  upper: Float64Array,
  solver: Solver,
): OpenModel {
  const partStarts = [0]
  const partColumns: number[] = []
  const partCoefficients: number[] = []
  const right: number[] = []
  for (let row = 0; row + 1 < starts.length; row++) {
    let sum = 0
    const before = partColumns.length
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const cell = columns[entry]!
      if (!hidden[cell]) sum += coefficients[entry]! * numerator[cell]!
      else {
        const column = position.get(cell)
        if (column === undefined) break
        partColumns.push(column)
        partCoefficients.push(coefficients[entry]!)
      }
    }
    if (partColumns.length === before) continue
    partStarts.push(partColumns.length)
    right.push(-sum)
  }
  return solver.open({
    ...{ lower, upper, cost: new Float64Array(lower.length) },
    starts: Int32Array.from(partStarts),
    columns: Int32Array.from(partColumns),
    coefficients: Float64Array.from(partCoefficients),
    rowLower: Float64Array.from(right),
    rowUpper: Float64Array.from(right),
    integer: false,
  })
}

/** A small reproducible generator of numbers in [0, 1) (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
