import { STATUS_VALUE } from '../cell.ts'
import { auditRequirements } from './audit.ts'
import { CheapestChange } from './cheapest-change.ts'
import { jointSystem } from './joint-system.ts'
import type { JointTable, Protection, UnsafeCell } from './joint-table.ts'
import { chooseOptimally } from './optimal.ts'
import {
  primaryRequirements,
  priorBounds,
  ruleIndex,
  wholeTotals,
  type PriorBounds,
  type Requirement,
} from './requirement.ts'
import { chooseSecondary, hiddenZeroRequirement, type HidingCosts } from './secondary.ts'
import type { Solver } from './solver.ts'

export interface ProtectOptions {
  /** "moves": fast, for the browser. "optimal": hides fewer cells where the table is small enough for it. */
  readonly method: 'moves' | 'optimal'
  /** Needed by "optimal"; with it every release is also audited by linear programs. */
  readonly solver: Solver | null
}

/**
 * Decides what to hide of a joint table: what the primary rules hide, and further cells, so that no attacker who knows
 * the policy and every shown figure can tell a hidden count more closely than its requirement allows.
 * @throws RangeError when the method is "optimal" and there is no solver
 */
export function protectTable(table: JointTable, options: ProtectOptions): Protection {
  const start = Date.now()
  const { method, solver } = options
  if (method === 'optimal' && !solver) throw new RangeError('The optimal method needs a solver')
  const system = jointSystem(table)
  const bounds = priorBounds(table)
  const known = table.knownEarlier
  const costs = hidingCosts(table)
  const requirements = primaryRequirements(table, system, bounds, costs)
  const hideable = requirements.filter(({ cell }) => !known?.[cell])
  const program = solver && new CheapestChange(system, table, bounds, solver)
  let still = stillHidden(table, hideable, bounds, costs)
  let choice = chooseSecondary(table, [...hideable, ...still], bounds, costs, program)
  for (let open; (open = new Set(choice.unprotected.filter(isSecondary))).size > 0;) {
    const rest = still.filter((requirement) => !open.has(requirement))
    if (rest.length === still.length) break
    still = rest
    choice = chooseSecondary(table, [...hideable, ...still], bounds, costs, program)
  }
  program?.close()
  const better =
    method === 'optimal' && solver && choice.unprotected.length === 0
      ? chooseOptimally(system, table, [...hideable, ...still], bounds, costs, choice, solver)
      : null
  const secondary = better?.secondary ?? choice.secondary

  const rules = new Uint8Array(table.status.length)
  for (const { cell, rule } of [...hideable, ...still]) rules[cell] = ruleIndex(rule)
  secondary.forEach((chosen, cell) => {
    if (chosen) rules[cell] = ruleIndex('secondary')
  })
  return {
    rules,
    equations: system.starts.length - 1,
    unsafe: unsafeCells(),
    method: better ? 'optimal' : 'moves',
    seconds: (Date.now() - start) / 1000,
  }

  function unsafeCells(): UnsafeCell[] {
    // An earlier release shows what is too small today: hiding it now would hide nothing.
    const shownBefore = requirements.filter(({ cell }) => known?.[cell])
    const asked: Requirement[] = [...hideable, ...still]
    secondary.forEach((chosen, cell) => {
      if (chosen) asked.push(secondaryRequirement(table, bounds, cell))
    })
    return [
      ...shownBefore.map((requirement) => pinned(requirement, table.numerator[requirement.cell]!)),
      ...auditRequirements(
        {
          ...{ system, bounds, requirements: asked, truthIsKnown: true },
          numerator: table.numerator,
          hidden: rules.map((rule) => (rule ? 1 : 0)),
          // The integer program comes without them, and its tables are small enough to ask about every cell.
          alternatives: better ? [] : choice.certificates.flatMap(({ high, low }) => [high, low]),
        },
        solver,
      ),
    ]
  }
}

/** What is asked of a cell that is hidden for others' sake: a zero must look like any hidden cell. */
function secondaryRequirement(table: JointTable, bounds: PriorBounds, cell: number): Requirement {
  const value = table.numerator[cell]!
  return (
    hiddenZeroRequirement(table, bounds, cell) ?? {
      ...{ cell, rule: 'secondary', lowest: value, highest: value },
    }
  )
}

const isSecondary = ({ rule }: Requirement): boolean => rule === 'secondary'

/**
 * Cells that an earlier release hid and no primary rule hides now stay hidden, for another choice of cells would be
 * subtracted from the earlier one; but not those that the sums give away whatever else is hidden.
 */
function stillHidden(
  table: JointTable,
  primary: readonly Requirement[],
  bounds: PriorBounds,
  costs: HidingCosts,
): Requirement[] {
  const isPrimary = new Set(primary.map(({ cell }) => cell))
  const found: Requirement[] = []
  table.hiddenEarlier?.forEach((hidden, cell) => {
    if (hidden && !isPrimary.has(cell) && costs[cell] !== Infinity)
      found.push(secondaryRequirement(table, bounds, cell))
  })
  return found
}

const pinned = ({ cell, rule, lowest, highest }: Requirement, value: number): UnsafeCell => ({
  ...{ cell, rule, lowest: value, highest: value },
  ...{ lowestRequired: lowest, highestRequired: highest },
})

/** A total is worth more than a part: along each axis by a tenth of a leaf. */
const TOTAL_COST = 0.1
/** Among equals the smaller figure is hidden. */
const SIZE_COST = 0.02
/**
 * The whole municipality's figure of both sexes is hidden only where nothing else protects: a small quarter of it is
 * the year less the other quarters.
 */
const WHOLE_COST = 1000
/** What an earlier release hid stays hidden anyhow. */
const STILL_HIDDEN_COST = 0.001

/**
 * What hiding each cell costs: 1 for a leaf, more for totals. What an earlier release shows, and zeros where the policy
 * never hides them, cannot be hidden.
 */
export function hidingCosts(table: JointTable): HidingCosts {
  const { areas, periods, sexes, status, numerator, parentArea, parentPeriod, indicator } = table
  const hasParts = (parents: Int32Array, position: number) => parents.includes(position)
  const areaTotal = areas.map((_, area): boolean => hasParts(parentArea, area))
  const periodTotal = periods.map((_, period): boolean => hasParts(parentPeriod, period))
  const wholeOf = wholeTotals(table)
  const largest = numerator.reduce((most, value) => (value > most ? value : most), 1)
  const both = sexes.length > 1 ? sexes.indexOf('T') : -1
  return Float64Array.from(status, (code, cell) => {
    if (code !== STATUS_VALUE || table.knownEarlier?.[cell]) return Infinity
    const area = cell % areas.length
    const period = Math.floor(cell / areas.length) % periods.length
    const sex = Math.floor(cell / areas.length / periods.length)
    if (numerator[cell] === 0 && indicator.policy.zeros === 'shown') return Infinity
    const totals = Number(areaTotal[area]) + Number(periodTotal[period]) + Number(sex === both)
    if (table.hiddenEarlier?.[cell]) return STILL_HIDDEN_COST
    if (cell === wholeOf(cell)) return WHOLE_COST
    return 1 + TOTAL_COST * totals + SIZE_COST * (numerator[cell]! / largest)
  })
}
