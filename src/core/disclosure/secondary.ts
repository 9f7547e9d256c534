import { STATUS_NO_POPULATION, STATUS_VALUE } from '../cell.ts'
import type { Alternative } from './audit.ts'
import type { CheapestChange } from './cheapest-change.ts'
import { MoveBook, type AxisMove, type Move } from './moves.ts'
import type { JointTable } from './joint-table.ts'
import type { PriorBounds, Requirement } from './requirement.ts'

/** Why a pattern is safe: for every requirement, released figures that the attacker cannot tell from the true ones. */
export interface Certificate {
  readonly requirement: Requirement
  readonly high: Alternative
  readonly low: Alternative
}

export interface SecondaryChoice {
  /** 1 where a cell is hidden to protect others. */
  readonly secondary: Uint8Array
  readonly certificates: readonly Certificate[]
  /** Requirements that no pattern of moves can meet. */
  readonly unprotected: readonly Requirement[]
}

/** What hiding a cell costs; Infinity where it must be shown. */
export type HidingCosts = Float64Array

const EPSILON = 1e-9
/** Among moves that hide as much, the one that changes fewer cells. */
const CORNER_COST = 1e-6
/** A twelfth: what a year's mean changes by when one of its months changes by 1. */
const SMALLEST_STEP = 1 / 12
/** Moves that one requirement may take to be met. */
const STEPS_MAX = 40

/**
 * Chooses further cells to hide, so that every requirement holds: for each, other tables that agree with every
 * published sum are built from moves, one of them at or above the highest that must be possible and one at or below
 * the lowest, and whatever they change is hidden. The tables are kept as certificates, so that the result is proven
 * safe rather than checked afterwards. A greedy search that takes the moves that hide least, then gives back every
 * cell that can be done without. A zero that is hidden on the way gets a requirement of its own, and when nothing can
 * meet that, the search begins again with the zero shown.
 * @param random numbers in [0, 1) for another order of the requirements, and so for another pattern
 * @param cheapest asked where moves do not reach far enough; null in the browser, which then offers a coarser plan
 */
export function chooseSecondary(
  table: JointTable,
  requirements: readonly Requirement[],
  bounds: PriorBounds,
  costs: HidingCosts,
  cheapest: CheapestChange | null = null,
  random: (() => number) | null = null,
): SecondaryChoice {
  const price = costs.slice()
  for (let attempt = 0; ; attempt++) {
    const search = new Search(table, requirements, bounds, price, cheapest, random)
    const choice = search.run()
    if (search.openZeros.length === 0 || attempt === ZERO_ATTEMPTS_MAX) return choice
    for (const { cell } of search.openZeros) price[cell] = Infinity
  }
}

/** Searches that begin again because of zeros that nothing protects. */
const ZERO_ATTEMPTS_MAX = 20

/**
 * What is asked of a zero that is hidden to protect others: it must look like any hidden cell, which may be as much as
 * the threshold. Null where nothing is asked.
 */
export function hiddenZeroRequirement(
  { numerator, indicator }: JointTable,
  bounds: PriorBounds,
  cell: number,
): Requirement | null {
  const highest = Math.min(indicator.policy.threshold, bounds.upper[cell]!)
  return numerator[cell] === 0 && highest > 0
    ? { cell, rule: 'secondary', lowest: 0, highest }
    : null
}

class Search {
  private readonly book: MoveBook
  private readonly hidden: Uint8Array
  private readonly banned: Uint8Array
  /** How many certificates change a cell. */
  private readonly uses: Int32Array
  /** The earlier sums that a cell stands in, with its coefficient in each. */
  private readonly earlierRows: ReadonlyMap<number, readonly (readonly [number, number])[]> | null

  constructor(
    private readonly table: JointTable,
    private readonly requirements: readonly Requirement[],
    private readonly bounds: PriorBounds,
    private readonly costs: HidingCosts,
    private readonly cheapest: CheapestChange | null,
    private readonly random: (() => number) | null,
  ) {
    this.book = new MoveBook(table)
    const size = table.status.length
    this.hidden = new Uint8Array(size)
    this.banned = new Uint8Array(size)
    this.uses = new Int32Array(size)
    for (const { cell } of requirements) this.hidden[cell] = 1
    this.earlierRows = earlierRowsOf(table)
  }

  /** Hidden zeros that no pattern of moves lets be as much as they must. */
  readonly openZeros: Requirement[] = []

  run(): SecondaryChoice {
    const isPrimary = this.hidden.slice()
    const certificates = new Map<Requirement, Certificate>()
    const unprotected: Requirement[] = []
    const take = (certificate: Certificate): void => {
      certificates.set(certificate.requirement, certificate)
      this.count(certificate, 1)
      for (const alternative of [certificate.high, certificate.low])
        for (const cell of alternative.keys()) this.hidden[cell] = 1
    }
    // Those with the fewest ways out choose first, so that others can follow where they went.
    for (const requirement of this.byDifficulty()) {
      const certificate = this.certify(requirement)
      if (!certificate) {
        unprotected.push(requirement)
        continue
      }
      take(certificate)
    }
    this.certifyZeros(isPrimary, take)
    if (this.openZeros.length === 0) this.giveBack(isPrimary, certificates)
    const secondary = this.hidden.map((hidden, cell) => (hidden && !isPrimary[cell] ? 1 : 0))
    return {
      secondary,
      certificates: [...certificates.values()],
      unprotected: [...unprotected, ...this.openZeros],
    }
  }

  /** Zeros that certificates hide bring others with them, until all that are hidden have one. */
  private certifyZeros(isPrimary: Uint8Array, take: (certificate: Certificate) => void): void {
    const asked = isPrimary.slice()
    for (let found = true; found && this.openZeros.length === 0;) {
      found = false
      for (let cell = 0; cell < asked.length; cell++) {
        if (asked[cell] || !this.hidden[cell]) continue
        asked[cell] = 1
        const requirement = hiddenZeroRequirement(this.table, this.bounds, cell)
        if (!requirement) continue
        found = true
        const certificate = this.certify(requirement)
        if (certificate) take(certificate)
        else this.openZeros.push(requirement)
      }
    }
  }

  private byDifficulty(): Requirement[] {
    const span = ({ highest, lowest }: Requirement) => highest - lowest
    const ordered = this.requirements.toSorted((a, b) => span(b) - span(a) || a.cell - b.cell)
    const { random } = this
    if (!random) return ordered
    const keys = new Map(ordered.map((requirement) => [requirement, random()]))
    return ordered.sort((a, b) => keys.get(a)! - keys.get(b)!)
  }

  private certify(requirement: Requirement): Certificate | null {
    const { cell, highest, lowest } = requirement
    const value = this.table.numerator[cell]!
    const found: number[] = []
    const tries = (target: number): Alternative | null => {
      const alternative = this.reach(cell, target - value)
      // What one direction hides the other may use.
      for (const changed of alternative?.keys() ?? [])
        if (!this.hidden[changed]) {
          this.hidden[changed] = 1
          found.push(changed)
        }
      return alternative
    }
    let high = tries(Math.max(highest, value))
    const low = high && tries(Math.min(lowest, value))
    // A cell must be able to vary, also where its own rule asks for no more than the truth.
    if (high?.size === 0 && low?.size === 0) high = tries(value + 1) ?? tries(value - 1)
    for (const changed of found) this.hidden[changed] = 0
    return high && low ? { requirement, high, low } : null
  }

  /** The cheapest way found to change a cell by an amount; null when there is none. */
  private reach(cell: number, amount: number): Alternative | null {
    const direction = Math.sign(amount)
    const change = new Map<number, number>()
    const opened: number[] = []
    let left = Math.abs(amount)
    let steps = 0
    while (left > EPSILON && steps++ < STEPS_MAX) {
      const best = this.bestMove(cell, direction, left, change)
      if (!best) break
      const { move, step } = best
      move.cells.forEach((changed, at) => {
        if (!this.takesPart(changed)) return
        change.set(changed, (change.get(changed) ?? 0) + direction * step * move.weights[at]!)
        if (!this.hidden[changed]) {
          this.hidden[changed] = 1
          opened.push(changed)
        }
      })
      left -= step
    }
    for (const changed of opened) this.hidden[changed] = 0
    return left > EPSILON ? this.reachByProgram(cell, amount) : change
  }

  private reachByProgram(cell: number, amount: number): Alternative | null {
    const priceOf = (other: number): number =>
      this.banned[other] ? Infinity : this.hidden[other] ? 0 : this.costs[other]!
    return this.cheapest?.reach(cell, amount, priceOf) ?? null
  }

  private bestMove(
    cell: number,
    direction: number,
    wanted: number,
    change: Alternative,
  ): { move: Move; step: number } | null {
    let best: readonly [AxisMove, AxisMove, AxisMove] | null = null
    let bestStep = 0
    let bestScore = Infinity
    const smallest = Math.min(SMALLEST_STEP, wanted) - EPSILON
    const moves = this.book.movesOf(cell)
    for (const sex of moves.sex)
      for (const period of moves.period)
        for (const area of moves.area) {
          // What hides nothing new is best; else what hides least for each step that it takes towards the goal.
          const corners = sex.positions.length * period.positions.length * area.positions.length
          const costMax = bestScore * wanted - CORNER_COST * corners
          const step = this.tryMove(sex, period, area, direction, wanted, costMax, change)
          if (step < smallest) continue
          const score = (this.triedCost + CORNER_COST * corners) / step
          if (score >= bestScore - 1e-12 || !this.keepsEarlierSums(sex, period, area)) continue
          bestScore = score
          bestStep = step
          best = [sex, period, area]
        }
    return best && { move: this.book.product(...best), step: bestStep }
  }

  /** Whether a move leaves true what earlier releases say of the cells that they hid. */
  private keepsEarlierSums(sex: AxisMove, period: AxisMove, area: AxisMove): boolean {
    if (!this.earlierRows) return true
    const sums = new Map<number, number>()
    const { cells, weights } = this.book.product(sex, period, area)
    cells.forEach((cell, at) => {
      for (const [row, coefficient] of this.earlierRows!.get(cell) ?? [])
        sums.set(row, (sums.get(row) ?? 0) + coefficient * weights[at]!)
    })
    return [...sums.values()].every((sum) => Math.abs(sum) < EPSILON)
  }

  /** What the move that was tried last would hide. */
  private triedCost = 0

  /** How far a move can go; 0 where it cannot, or hides more than it may. Called millions of times. */
  private tryMove(
    sex: AxisMove,
    period: AxisMove,
    area: AxisMove,
    direction: number,
    wanted: number,
    costMax: number,
    change: Alternative,
  ): number {
    const { periods, areas, numerator, status } = this.table
    const { lower, upper } = this.bounds
    let step = wanted
    let cost = 0
    for (let s = 0; s < sex.positions.length; s++)
      for (let p = 0; p < period.positions.length; p++) {
        const start = (sex.positions[s]! * periods.length + period.positions[p]!) * areas.length
        const outer = sex.weights[s]! * period.weights[p]! * direction
        for (let a = 0; a < area.positions.length; a++) {
          const changed = start + area.positions[a]!
          if (status[changed] !== STATUS_VALUE) {
            if (status[changed] === STATUS_NO_POPULATION) return 0
            continue
          }
          if (this.banned[changed]) return 0
          if (!this.hidden[changed]) {
            cost += this.costs[changed]!
            if (!(cost <= costMax) || cost === Infinity) return 0
          }
          const weight = outer * area.weights[a]!
          const now = numerator[changed]! + (change.get(changed) ?? 0)
          const room =
            weight > 0 ? (upper[changed]! - now) / weight : (now - lower[changed]!) / -weight
          if (room < step) {
            step = room
            if (step <= EPSILON) return 0
          }
        }
      }
    this.triedCost = cost
    return step
  }

  /** A cell without a figure stands in no equation; one without population adds 0 and cannot change. */
  private takesPart(cell: number): boolean {
    const status = this.table.status[cell]!
    return status === STATUS_VALUE || status === STATUS_NO_POPULATION
  }

  private count({ high, low }: Certificate, difference: number): void {
    for (const alternative of [high, low])
      for (const cell of alternative.keys()) this.uses[cell]! += difference
  }

  /** Shows again what no certificate needs, the dearest first, letting certificates take another way. */
  private giveBack(isPrimary: Uint8Array, certificates: Map<Requirement, Certificate>): void {
    const users = new Map<number, Set<Requirement>>()
    const note = (certificate: Certificate, add: boolean): void => {
      for (const alternative of [certificate.high, certificate.low])
        for (const cell of alternative.keys()) {
          if (isPrimary[cell]) continue
          let set = users.get(cell)
          if (!set) users.set(cell, (set = new Set()))
          if (add) set.add(certificate.requirement)
          else set.delete(certificate.requirement)
        }
    }
    for (const certificate of certificates.values()) note(certificate, true)
    const candidates = [...users.keys()].sort(
      (a, b) => this.costs[b]! - this.costs[a]! || users.get(a)!.size - users.get(b)!.size || a - b,
    )
    for (const cell of candidates) {
      const own = [...users.get(cell)!].filter(
        (requirement) => requirement.cell === cell && requirement.rule === 'secondary',
      )
      const dependants = [...users.get(cell)!].filter((requirement) => !own.includes(requirement))
      this.hidden[cell] = 0
      this.banned[cell] = 1
      const replaced: Certificate[] = []
      const opened: number[] = []
      let cost = 0
      let possible = true
      for (const requirement of dependants) {
        const certificate = this.certify(requirement)
        if (!certificate) {
          possible = false
          break
        }
        replaced.push(certificate)
        for (const alternative of [certificate.high, certificate.low])
          for (const changed of alternative.keys())
            if (!this.hidden[changed]) {
              this.hidden[changed] = 1
              opened.push(changed)
              // A zero would ask for a certificate of its own.
              const isZero = hiddenZeroRequirement(this.table, this.bounds, changed) !== null
              cost += isZero ? Infinity : this.costs[changed]!
            }
        if (cost >= this.costs[cell]!) {
          possible = false
          break
        }
      }
      this.banned[cell] = 0
      if (!possible) {
        for (const changed of opened) this.hidden[changed] = 0
        this.hidden[cell] = 1
        continue
      }
      for (const requirement of own) {
        const before = certificates.get(requirement)!
        note(before, false)
        this.count(before, -1)
        certificates.delete(requirement)
      }
      for (const certificate of replaced) {
        const before = certificates.get(certificate.requirement)!
        note(before, false)
        this.count(before, -1)
        certificates.set(certificate.requirement, certificate)
        note(certificate, true)
        this.count(certificate, 1)
      }
    }
    for (let changed = 0; changed < this.hidden.length; changed++)
      if (this.hidden[changed] && !isPrimary[changed] && this.uses[changed] === 0)
        this.hidden[changed] = 0
  }
}

function earlierRowsOf({
  earlierSums,
}: JointTable): Map<number, (readonly [number, number])[]> | null {
  if (!earlierSums) return null
  const rows = new Map<number, (readonly [number, number])[]>()
  for (let row = 0; row < earlierSums.results.length; row++)
    for (let at = earlierSums.starts[row]!; at < earlierSums.starts[row + 1]!; at++) {
      const cell = earlierSums.columns[at]!
      const entry = [row, earlierSums.coefficients[at]!] as const
      const known = rows.get(cell)
      if (known) known.push(entry)
      else rows.set(cell, [entry])
    }
  return rows
}
