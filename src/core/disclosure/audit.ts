import { STATUS_HIDDEN, STATUS_VALUE } from '../cell.ts'
import { jointSystem, rowsOfCells, type JointSystem } from './joint-system.ts'
import type { JointTable, UnsafeCell } from './joint-table.ts'
import { lowestCounts, type PriorBounds, type Requirement } from './requirement.ts'
import { mulberry } from '../random.ts'
import type { OpenModel, Solution, Solver } from './solver.ts'

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

/** Tables that agree with everything released, as differences from the true one, by cell. */
export type Alternative = ReadonlyMap<number, number>

/** What of a table the attacker has, and what is asked of it. */
export interface AuditQuestion {
  readonly system: JointSystem
  /** Shown counts; those of hidden cells are read only when `truthIsKnown`. */
  readonly numerator: Float64Array
  /** 1 where a cell is hidden. */
  readonly hidden: Uint8Array
  readonly bounds: PriorBounds
  readonly requirements: readonly Requirement[]
  /** The true table agrees with everything released, so it is one that the attacker may find. */
  readonly truthIsKnown: boolean
  /** Differences from the true table that the choice of hidden cells rests on; each is checked before it is used. */
  readonly alternatives: readonly Alternative[]
}

/**
 * The attacker's interval for hidden cells: the lowest and highest count that agrees with every shown figure, every
 * sum and the bounds known before (Fischetti & Salazar, Management Science 47 (2001) 1008). Any table that agrees with
 * everything proves what the cells in it can be; what the given tables do not prove is asked of linear programs.
 * @returns the requirements that do not hold
 */
export function auditRequirements(question: AuditQuestion, solver: Solver | null): UnsafeCell[] {
  const { system, requirements, hidden } = question
  const seen = seenIntervals(question)
  const open = requirements.filter((requirement) => !isMet(requirement, seen))
  const unsafe: UnsafeCell[] = []
  if (open.length === 0) return unsafe
  if (!solver) return open.map((requirement) => unsafeCell(requirement, seen))
  const parts = components(system, hidden)
  const wanted = new Map<number, Requirement[]>()
  for (const requirement of open) {
    const part = parts.of[requirement.cell]!
    const list = wanted.get(part)
    if (list) list.push(requirement)
    else wanted.set(part, [requirement])
  }
  for (const [part, list] of wanted)
    unsafe.push(...auditPart(question, seen, parts.members[part]!, list, solver))
  return unsafe.sort((a, b) => a.cell - b.cell)
}

/** The lowest and highest count of each cell in any table found so far that agrees with everything. */
interface Seen {
  readonly low: Float64Array
  readonly high: Float64Array
}

function seenIntervals({
  system,
  numerator,
  hidden,
  bounds,
  truthIsKnown,
  alternatives,
}: AuditQuestion): Seen {
  const { cells } = system
  if (!truthIsKnown)
    return {
      low: new Float64Array(cells).fill(Infinity),
      high: new Float64Array(cells).fill(-Infinity),
    }
  const seen = { low: numerator.slice(), high: numerator.slice() }
  if (alternatives.length === 0) return seen
  const agrees = agreement(system, numerator, hidden, bounds)
  for (const alternative of alternatives) {
    if (!agrees(alternative)) continue
    for (const [cell, change] of alternative) {
      seen.low[cell] = Math.min(seen.low[cell]!, numerator[cell]! + change)
      seen.high[cell] = Math.max(seen.high[cell]!, numerator[cell]! + change)
    }
  }
  return seen
}

/** Whether a changed table leaves every shown figure, every sum and every bound true. */
function agreement(
  system: JointSystem,
  numerator: Float64Array,
  hidden: Uint8Array,
  { lower, upper }: PriorBounds,
): (alternative: Alternative) => boolean {
  const { starts, columns, coefficients } = system
  const rowsOf = rowsOfCells(system)
  return (alternative) => {
    const rows = new Set<number>()
    for (const [cell, change] of alternative) {
      if (Math.abs(change) <= TOLERANCE) continue
      const count = numerator[cell]! + change
      if (
        !hidden[cell] ||
        !(count >= lower[cell]! - TOLERANCE && count <= upper[cell]! + TOLERANCE)
      )
        return false
      for (const row of rowsOf[cell]!) rows.add(row)
    }
    for (const row of rows) {
      let sum = 0
      for (let entry = starts[row]!; entry < starts[row + 1]!; entry++)
        sum += coefficients[entry]! * (alternative.get(columns[entry]!) ?? 0)
      if (Math.abs(sum) > TOLERANCE) return false
    }
    return true
  }
}

/** Without true figures the requirement is to vary, and to reach the threshold unless all lies above it. */
function isMet({ cell, lowest, highest }: Requirement, { low, high }: Seen): boolean {
  if (!(high[cell]! - low[cell]! > TOLERANCE)) return false
  const reachesDown = Number.isNaN(lowest) || low[cell]! <= lowest + TOLERANCE
  return reachesDown && high[cell]! >= highest - TOLERANCE
}

const unsafeCell = ({ cell, rule, lowest, highest }: Requirement, seen: Seen): UnsafeCell => ({
  ...{ cell, rule, lowest: seen.low[cell]!, highest: seen.high[cell]! },
  ...{ lowestRequired: lowest, highestRequired: highest },
})

/**
 * Audits a release from what was published alone, without any true figure: every cell that we have hidden must be able
 * to vary, and where it could be below the threshold it must also be able to reach it.
 */
export function auditReleased(released: ReleasedJointTable, solver: Solver): Audit {
  const start = Date.now()
  const system = jointSystem(released)
  const { status, indicator, denominator, numerator } = released
  const { measure, policy } = indicator
  const hidden = status.map((code) => (code === STATUS_HIDDEN ? 1 : 0))
  const bounded = measure === 'share' || measure === 'survey'
  const bounds: PriorBounds = {
    lower: lowestCounts(released),
    upper: denominator.map((base) => (bounded && !Number.isNaN(base) ? base : Infinity)),
  }
  const requirements: Requirement[] = []
  hidden.forEach((isHidden, cell) => {
    if (!isHidden) return
    if (bounds.upper[cell]! < bounds.lower[cell]!) bounds.lower[cell] = 0
    const highest = Math.min(policy.threshold, bounds.upper[cell]!)
    requirements.push({ cell, rule: 'secondary', lowest: NaN, highest })
  })
  const unsafe = auditRequirements(
    {
      ...{ system, numerator, hidden, bounds, requirements },
      ...{ truthIsKnown: false, alternatives: [] },
    },
    solver,
  )
  return {
    cells: status.filter((code) => code === STATUS_VALUE || code === STATUS_HIDDEN).length,
    equations: system.starts.length - 1,
    suppressed: requirements.length,
    unsafe,
    seconds: (Date.now() - start) / 1000,
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
  question: AuditQuestion,
  seen: Seen,
  cells: readonly number[],
  requirements: readonly Requirement[],
  solver: Solver,
): UnsafeCell[] {
  const position = new Map(cells.map((cell, column) => [cell, column]))
  const lower = Float64Array.from(cells, (cell) => question.bounds.lower[cell]!)
  const upper = Float64Array.from(cells, (cell) => question.bounds.upper[cell]!)
  const model = openPart(question, position, lower, upper, solver)
  const look = ({ values }: Solution): void => {
    values.forEach((value, column) => {
      const cell = cells[column]!
      if (value < seen.low[cell]!) seen.low[cell] = value
      if (value > seen.high[cell]!) seen.high[cell] = value
    })
  }
  const open = new Set(requirements)
  const settle = (): void => {
    for (const requirement of open) if (isMet(requirement, seen)) open.delete(requirement)
  }
  const random = mulberry(cells.length)
  const cost = new Float64Array(cells.length)
  for (let mixture = 0; mixture < MIXTURES && open.size > 1; mixture++) {
    cost.fill(0)
    for (const { cell } of open)
      cost[position.get(cell)!] = mixture < 2 ? 1 : random() < 0.5 ? 1 : -1
    model.setCosts(cost)
    look(model.minimise())
    look(model.maximise())
    settle()
  }

  const unsafe: UnsafeCell[] = []
  cost.fill(0)
  model.setCosts(cost)
  for (const requirement of requirements) {
    if (!open.has(requirement)) continue
    const { cell, lowest, highest } = requirement
    const column = position.get(cell)!
    model.setCost(column, 1)
    const top = model.maximise()
    if (top.status === 'unbounded') seen.high[cell] = Infinity
    else look(top)
    if (!isMet(requirement, seen)) look(model.minimise())
    model.setCost(column, 0)
    settle()
    if (!open.has(requirement)) continue
    // Without true figures, a cell that lies wholly above the threshold need not reach down to it.
    const isAbove = Number.isNaN(lowest) && seen.low[cell]! >= highest - TOLERANCE
    if (isAbove && seen.high[cell]! - seen.low[cell]! > TOLERANCE) continue
    unsafe.push(unsafeCell(requirement, seen))
  }
  model.close()
  return unsafe
}

function openPart(
  { system, numerator, hidden }: AuditQuestion,
  position: ReadonlyMap<number, number>,
  lower: Float64Array,
  upper: Float64Array,
  solver: Solver,
): OpenModel {
  const { starts, columns, coefficients, results } = system
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
    right.push(results[row]! - sum)
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
