import { STATUS_HIDDEN } from '../../src/core/cell.ts'
import { auditReleased } from '../../src/core/disclosure/audit.ts'
import { jointSystem } from '../../src/core/disclosure/joint-system.ts'
import type { JointTable, Protection } from '../../src/core/disclosure/joint-table.ts'
import { chooseOptimally } from '../../src/core/disclosure/optimal.ts'
import { hidingCosts, protectTable } from '../../src/core/disclosure/protect.ts'
import { primaryRequirements, priorBounds } from '../../src/core/disclosure/requirement.ts'
import { chooseSecondary } from '../../src/core/disclosure/secondary.ts'
import type { Solver } from '../../src/core/disclosure/solver.ts'
import { createSolver } from '../../src/solver/highs.ts'
import { COMPARED, madeTable } from './made-table.ts'
import { single, summarised, type Measurement } from './measurement.ts'

/** Made-up tables of each shape; the figures are medians over them, the counts of unsafe cells their sum. */
const SEEDS = [1, 2, 3, 4, 5]
/** Hidden rows as a multiple of the optimum's, and milliseconds. */
const BUDGET = { rows: 1.1, publish: 20_000, browser: 3000 }
const OPTIMUM = { seconds: 180, cells: 2000, gap: 0 }

/** Hidden rows, unsafe cells and time of both methods, beside the optimum of the same system. */
export async function measureDisclosure(say: (line: string) => void): Promise<Measurement[]> {
  const solver = await createSolver()
  const measurements: Measurement[] = []
  for (const groups of [0, 8]) {
    say(`hidden cells of 40 areas, ${groups} groups …`)
    measurements.push(...compareMethods(groups, solver))
  }
  say('hidden cells of 6,160 areas …')
  measurements.push(...measureLarge(solver))
  return measurements
}

function compareMethods(groups: number, solver: Solver): Measurement[] {
  const group = `Hiding, 40 areas × 2 sexes × 4 quarters${groups > 0 ? `, ${groups} groups` : ''}`
  const rows = SEEDS.map((seed) => {
    const table = madeTable({ ...COMPARED, groups, seed })
    const moves = protectTable(table, { method: 'moves', solver: null })
    const optimal = protectTable(table, { method: 'optimal', solver })
    const optimum = optimumOf(table, solver)
    return { moves, optimal, optimum, unsafe: unsafeOf(table, optimal, solver) }
  })
  const pick =
    (name: string, unit: Measurement['unit'], of: (row: (typeof rows)[number]) => number) =>
    (budget: Measurement['budget']) =>
      summarised(group, name, unit, rows.map(of), budget)
  const total = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0)
  return [
    pick('hidden by primary rules', 'cells', ({ optimum }) => optimum.primary)(null),
    pick('hidden in all, optimum', 'cells', ({ optimum }) => optimum.hidden)(null),
    pick('the optimum is proven: share of the bound', '×', ({ optimum }) => optimum.proven)(null),
    pick('hidden at publish', 'cells', ({ optimal }) => hiddenOf(optimal))(null),
    pick('hidden in the browser', 'cells', ({ moves }) => hiddenOf(moves))(null),
    single(
      ...([group, 'hidden at publish beside the optimum, worst', '×'] as const),
      Math.max(...rows.map(({ optimal, optimum }) => hiddenOf(optimal) / optimum.hidden)),
      { of: 'median', most: BUDGET.rows },
    ),
    single(
      ...([group, 'hidden in the browser beside the optimum, worst', '×'] as const),
      Math.max(...rows.map(({ moves, optimum }) => hiddenOf(moves) / optimum.hidden)),
    ),
    single(
      ...([group, 'unsafe at publish, all tables', 'cells'] as const),
      total(({ optimal, unsafe }) => optimal.unsafe.length + unsafe),
      { of: 'median', most: 0 },
    ),
    single(
      ...([group, 'unsafe in the browser, all tables', 'cells'] as const),
      total(({ moves }) => moves.unsafe.length),
      { of: 'median', most: 0 },
    ),
    single(
      ...([group, 'time at publish, worst', 'ms'] as const),
      Math.max(...rows.map(({ optimal }) => optimal.seconds * 1000)),
      { of: 'median', most: BUDGET.publish },
    ),
    single(
      ...([group, 'time in the browser, worst', 'ms'] as const),
      Math.max(...rows.map(({ moves }) => moves.seconds * 1000)),
      { of: 'median', most: BUDGET.browser },
    ),
  ]
}

function optimumOf(table: JointTable, solver: Solver) {
  const system = jointSystem(table)
  const bounds = priorBounds(table)
  const costs = hidingCosts(table)
  const requirements = primaryRequirements(table, system, bounds, costs)
  const start = chooseSecondary(table, requirements, bounds, costs)
  const { secondary, cost, lowerBound } = chooseOptimally(
    ...([system, table, requirements, bounds, costs, start, solver, OPTIMUM] as const),
  )!
  const extra = secondary.reduce((sum, chosen) => sum + chosen, 0)
  return {
    primary: requirements.length,
    hidden: requirements.length + extra,
    proven: cost === 0 ? 1 : lowerBound / cost,
  }
}

const hiddenOf = ({ rules }: Protection): number =>
  rules.reduce((sum, rule) => sum + (rule ? 1 : 0), 0)

/** Audited again as a stranger would, from what is shown alone. */
function unsafeOf(table: JointTable, { rules }: Protection, solver: Solver): number {
  return auditReleased(released(table, rules), solver).unsafe.length
}

const released = (table: JointTable, rules: Uint8Array): JointTable => ({
  ...table,
  status: table.status.map((status, cell) => (rules[cell] ? STATUS_HIDDEN : status)),
  numerator: table.numerator.map((count, cell) => (rules[cell] ? NaN : count)),
})

function measureLarge(solver: Solver): Measurement[] {
  const group = 'Hiding, 6,160 areas × 2 sexes × 4 quarters, 120 groups'
  const shape = { ...COMPARED, areas: 6160, groups: 120, seed: 1 }
  const table = madeTable(shape)
  const protection = protectTable(table, { method: 'optimal', solver })
  const start = performance.now()
  const audit = auditReleased(released(table, protection.rules), solver)
  return [
    single(group, 'cells', 'cells', table.status.length),
    single(group, 'hidden', 'cells', hiddenOf(protection)),
    single(
      ...([group, 'unsafe, when chosen and when audited from the release', 'cells'] as const),
      protection.unsafe.length + audit.unsafe.length,
      { of: 'median', most: 0 },
    ),
    single(group, 'time to choose', 'ms', protection.seconds * 1000),
    single(group, 'time to audit the release', 'ms', performance.now() - start),
    single(group, 'memory of the process', 'MB', process.memoryUsage().rss / 1e6, {
      of: 'median',
      most: 4000,
    }),
  ]
}
