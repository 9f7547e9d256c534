import { STATUS_HIDDEN, STATUS_NO_POPULATION, STATUS_VALUE } from '../cell.ts'
import type { Indicator } from '../indicator.ts'
import { cellCount } from '../observation.ts'
import type { ReleasedJointTable } from './audit.ts'
import { placesIn } from './earlier-sums.ts'
import type { JointTable } from './joint-table.ts'
import type { Solver } from './solver.ts'
import { sumsOf, type Parts } from './sums.ts'

export interface StandingFigures {
  /** The figures to release, with `knownEarlier`. */
  readonly table: JointTable
  /** 1 where an earlier figure stands in place of the new one, or a total has one among its parts. */
  readonly waiting: Uint8Array
  /**
   * 1 where an earlier release hid the cell and none showed it: showing it now could give away what was hidden beside
   * it then.
   */
  readonly hiddenEarlier: Uint8Array
  /** Cells whose earlier sums no whole numbers fit; with one of them there is no release. */
  readonly unsettled: readonly number[]
}

/** Sums of fractions that are whole. */
const ROUNDING = 1e-6

/**
 * What a release stands on when others came before it. A shown leaf changes only by the threshold or more; otherwise
 * the figure that was shown last stands, with its denominator, so that two releases never tell of a few. Totals are
 * sums of the standing figures. A leaf that was hidden takes its new figure, but where that would change an earlier
 * shown total by less than the threshold beyond what its shown leaves change, hidden leaves give way so that the total
 * stands.
 * @param table the new figures
 * @param earlier releases of the same indicator, oldest first
 * @param solver finds the hidden leaves that give way least
 */
export function standOnEarlier(
  table: JointTable,
  earlier: readonly ReleasedJointTable[],
  solver: Solver,
): StandingFigures {
  const size = cellCount(table)
  const waiting = new Uint8Array(size)
  const hiddenEarlier = new Uint8Array(size)
  if (earlier.length === 0) return { table, waiting, hiddenEarlier, unsettled: [] }
  const { threshold } = table.indicator.policy
  const places = earlier.map((release) => placesIn(table, release))
  /** The release that showed a cell last, or −1. */
  const shownIn = Int32Array.from(table.status, (_, cell) =>
    places.findLastIndex((place, index) => earlier[index]!.status[place[cell]!] === STATUS_VALUE),
  )
  const earlierCount = (cell: number): number => {
    const release = shownIn[cell]!
    return release < 0 ? NaN : earlier[release]!.numerator[places[release]![cell]!]!
  }

  const structure = sumStructure(table)
  const numerator = table.numerator.slice()
  const denominator = table.denominator.slice()
  const stands = new Uint8Array(size)
  for (const leaf of structure.leaves) {
    const before = earlierCount(leaf)
    const change = Math.abs(numerator[leaf]! - before)
    if (Number.isNaN(before) || change >= threshold) continue
    stands[leaf] = 1
    if (change < ROUNDING) continue
    const release = shownIn[leaf]!
    numerator[leaf] = before
    denominator[leaf] = earlier[release]!.denominator[places[release]![leaf]!]!
  }

  const last = earlier.length - 1
  const unsettled = settleHidden(
    earlierTotals(structure, earlier[last]!, places[last]!, stands),
    table,
    numerator,
    solver,
  )
  const figures = { ...table, numerator, denominator }
  propagate(structure, table, figures)
  for (let cell = 0; cell < size; cell++)
    if (table.status[cell] === STATUS_VALUE && differ(numerator[cell]!, table.numerator[cell]!))
      waiting[cell] = 1
  // Also where two that wait even out: what they come to will change.
  for (const { total, way } of structure.totals)
    if (way.cells.some((cell) => waiting[cell])) waiting[total] = 1
  const knownEarlier = Uint8Array.from(numerator, (count, cell) =>
    places.some((place, index) => {
      const release = earlier[index]!
      const at = place[cell]!
      return release.status[at] === STATUS_VALUE && !differ(release.numerator[at]!, count)
    })
      ? 1
      : 0,
  )
  for (let cell = 0; cell < size; cell++)
    if (
      table.status[cell] === STATUS_VALUE &&
      shownIn[cell]! < 0 &&
      places.some((place, index) => earlier[index]!.status[place[cell]!] === STATUS_HIDDEN)
    )
      hiddenEarlier[cell] = 1
  return { table: { ...figures, knownEarlier }, waiting, hiddenEarlier, unsettled }
}

const differ = (a: number, b: number): boolean => Math.abs(a - b) > ROUNDING

interface SumStructure {
  /** Shown figures that are no sum. */
  readonly leaves: readonly number[]
  /** Totals in an order where parts come first, each with one complete way to make it. */
  readonly totals: readonly { readonly total: number; readonly way: Parts }[]
}

function sumStructure(table: JointTable): SumStructure {
  const { status } = table
  const totals: { total: number; way: Parts }[] = []
  const isTotal = new Uint8Array(status.length)
  for (const { total, ways } of sumsOf(table, table.indicator)) {
    if (status[total] !== STATUS_VALUE) continue
    const way = ways.find(
      ({ cells, axis, isWhole }) =>
        isWhole &&
        cells.every(
          (cell) =>
            status[cell] === STATUS_VALUE ||
            (axis !== 'period' && status[cell] === STATUS_NO_POPULATION),
        ),
    )
    if (!way) continue
    totals.push({ total, way })
    isTotal[total] = 1
  }
  const leaves: number[] = []
  status.forEach((code, cell) => {
    if (code === STATUS_VALUE && !isTotal[cell]) leaves.push(cell)
  })
  return { leaves, totals }
}

/** Carries what leaves changed by into the totals: a total that differs from its parts by noise keeps its noise. */
function propagate(
  { totals }: SumStructure,
  before: JointTable,
  { numerator, denominator, indicator }: JointTable,
): void {
  for (const { total, way } of totals) {
    let count = 0
    let base = 0
    for (const cell of way.cells) {
      if (before.status[cell] !== STATUS_VALUE) continue
      count += numerator[cell]! - before.numerator[cell]!
      base += denominator[cell]! - before.denominator[cell]! || 0
    }
    const parts = way.axis === 'period' ? way.cells.length : 1
    if (count !== 0) numerator[total]! += count / (isMean(indicator) ? parts : 1)
    if (base !== 0) denominator[total]! += base / parts
  }
}

const isMean = ({ periodAggregation }: Indicator): boolean => periodAggregation === 'mean'

/** A total that the last release showed, in terms of the leaves that it hid. */
interface EarlierTotal {
  readonly total: number
  /** Leaves hidden then, of which those that stand on what an older release showed do not give way. */
  readonly hiddenLeaves: readonly number[]
  readonly settled: ReadonlySet<number>
  /** What they added up to then. */
  readonly sum: number
}

/** Earlier shown totals over leaves that were hidden; those with leaves that were not there are left out. */
function earlierTotals(
  { leaves, totals }: SumStructure,
  last: ReleasedJointTable,
  places: Int32Array,
  stands: Uint8Array,
): EarlierTotal[] {
  /** The leaves of every cell and how many times a total of means counts. */
  const madeOf = new Map<number, { leaves: readonly number[]; times: number }>()
  for (const leaf of leaves) madeOf.set(leaf, { leaves: [leaf], times: 1 })
  const found: EarlierTotal[] = []
  for (const { total, way } of totals) {
    const parts = way.cells.flatMap((cell) => madeOf.get(cell) ?? [])
    const times =
      (parts[0]?.times ?? 1) *
      (way.axis === 'period' && isMean(last.indicator) ? way.cells.length : 1)
    const own = parts.flatMap((part) => part.leaves)
    madeOf.set(total, { leaves: own, times })
    if (last.status[places[total]!] !== STATUS_VALUE) continue
    let sum = last.numerator[places[total]!]! * times
    const hiddenLeaves: number[] = []
    let isKnown = true
    for (const leaf of own) {
      const status = last.status[places[leaf]!]
      if (status === STATUS_VALUE) sum -= last.numerator[places[leaf]!]!
      else if (status === STATUS_HIDDEN) hiddenLeaves.push(leaf)
      else isKnown = false
    }
    const settled = new Set(hiddenLeaves.filter((leaf) => stands[leaf]))
    if (isKnown && hiddenLeaves.length > settled.size)
      found.push({ total, hiddenLeaves, settled, sum: Math.round(sum) })
  }
  return found
}

/**
 * Changes hidden leaves, as little as possible, until no earlier shown total would give away a change below the
 * threshold.
 * @param numerator changed in place
 * @returns the totals that cannot stand
 */
function settleHidden(
  totals: readonly EarlierTotal[],
  { indicator, denominator }: JointTable,
  numerator: Float64Array,
  solver: Solver,
): readonly number[] {
  const { threshold } = indicator.policy
  const fresh = numerator.slice()
  const standing = new Set<EarlierTotal>()
  const tells = ({ hiddenLeaves, sum }: EarlierTotal): boolean => {
    const change = Math.abs(hiddenLeaves.reduce((all, leaf) => all + numerator[leaf]!, 0) - sum)
    return change > ROUNDING && change < threshold
  }
  for (;;) {
    const more = totals.filter((total) => !standing.has(total) && tells(total))
    if (more.length === 0) return []
    for (const total of more) standing.add(total)
    if (!giveWay([...standing], indicator, denominator, fresh, numerator, solver))
      return more.map(({ total }) => total)
  }
}

/** More than any count: no bound. */
const NO_LIMIT = 1e9
/** A leaf that would be shown should have its own figure. */
const COST_OF_SHOWN = 4

function giveWay(
  standing: readonly EarlierTotal[],
  { measure, policy }: Indicator,
  denominator: Float64Array,
  fresh: Float64Array,
  numerator: Float64Array,
  solver: Solver,
): boolean {
  const leaves = [...new Set(standing.flatMap(({ hiddenLeaves }) => hiddenLeaves))]
  const column = new Map(leaves.map((leaf, index) => [leaf, index]))
  const isPart = measure === 'share' || measure === 'survey'
  const isSettled = new Set(standing.flatMap(({ settled }) => [...settled]))
  const count = leaves.length
  // Columns: how much each leaf goes up, then how much each goes down.
  const upper = new Float64Array(2 * count)
  const cost = new Float64Array(2 * count)
  leaves.forEach((leaf, index) => {
    if (isSettled.has(leaf)) return
    const figure = fresh[leaf]!
    upper[index] = isPart ? denominator[leaf]! - figure : NO_LIMIT
    // Where zeros are always shown, a hidden leaf that became one would be shown as a false figure.
    upper[count + index] = policy.zeros === 'shown' ? Math.max(0, figure - 1) : figure
    const isSmall = figure > 0 && figure < policy.threshold
    cost[index] = cost[count + index] = isSmall ? 1 : COST_OF_SHOWN
  })
  const starts = [0]
  const columns: number[] = []
  const coefficients: number[] = []
  const right = standing.map(({ hiddenLeaves, sum }) => {
    let rest = sum
    for (const leaf of hiddenLeaves) {
      rest -= fresh[leaf]!
      columns.push(column.get(leaf)!, count + column.get(leaf)!)
      coefficients.push(1, -1)
    }
    starts.push(columns.length)
    return rest
  })
  const model = solver.open({
    ...{ lower: new Float64Array(2 * count), upper, cost },
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    coefficients: Float64Array.from(coefficients),
    rowLower: Float64Array.from(right),
    rowUpper: Float64Array.from(right),
    integer: true,
  })
  const { status, values } = model.minimise(SECONDS_MAX)
  model.close()
  if (status === 'infeasible' || status === 'unbounded' || values.length === 0) return false
  leaves.forEach((leaf, index) => {
    numerator[leaf] = fresh[leaf]! + Math.round(values[index]! - values[count + index]!)
  })
  return standing.every(
    ({ hiddenLeaves, sum }) =>
      !differ(
        hiddenLeaves.reduce((all, leaf) => all + numerator[leaf]!, 0),
        sum,
      ),
  )
}

const SECONDS_MAX = 60
