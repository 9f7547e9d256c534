import { cellIndex, type TableAxes } from '../observation.ts'
import { childrenOf } from './joint-system.ts'
import type { JointTable } from './joint-table.ts'

/**
 * A move along one axis: adding these weights to the positions leaves every sum along the axis true. Either it goes
 * from one leaf to another, changing the totals between them and where they meet, or from a leaf to the root, changing
 * every total that the leaf is part of.
 */
export interface AxisMove {
  readonly positions: readonly number[]
  readonly weights: readonly number[]
}

/** The moves along each axis that change one cell by 1. Each choice of one an axis is a move of the table. */
export interface CellMoves {
  readonly sex: readonly AxisMove[]
  readonly period: readonly AxisMove[]
  readonly area: readonly AxisMove[]
}

/** A change of several cells that leaves every published sum true; the weight of the cell it is made for is 1. */
export interface Move {
  readonly cells: readonly number[]
  readonly weights: readonly number[]
}

/** How many other leaves a leaf is moved against; its nearest relatives come first. */
const PARTNERS_MAX = 64
/** How many of its own leaves a total is moved through. */
const REPRESENTATIVES_MAX = 64

/**
 * Moves that change one cell of a joint table. A move over areas, sexes and periods is the product of one move along
 * each axis, so its cells are the corners of a box (the pattern of the hypercube method; Giessing & Repsilber 2002),
 * here also over unequal branches of a hierarchy.
 */
export class MoveBook {
  private readonly areaTree: Tree
  private readonly periodTree: Tree
  private readonly ofArea = new Map<number, readonly AxisMove[]>()
  private readonly ofPeriod = new Map<number, readonly AxisMove[]>()
  private readonly ofSex: readonly (readonly AxisMove[])[]
  private readonly axes: TableAxes

  constructor(table: JointTable) {
    const isMean = table.indicator.periodAggregation === 'mean'
    this.axes = table
    this.areaTree = new Tree(table.parentArea, false)
    this.periodTree = new Tree(table.parentPeriod, isMean)
    this.ofSex = sexMoves(table.sexes)
  }

  movesOf(cell: number): CellMoves {
    const { areas, periods } = this.axes
    const area = cell % areas.length
    const period = Math.floor(cell / areas.length) % periods.length
    const sex = Math.floor(cell / areas.length / periods.length)
    return {
      sex: this.ofSex[sex]!,
      period: kept(this.ofPeriod, period, () => this.periodTree.moves(period)),
      area: kept(this.ofArea, area, () => this.areaTree.moves(area)),
    }
  }

  /** The cells of a product of one move along each axis. */
  product(sex: AxisMove, period: AxisMove, area: AxisMove): Move {
    const cells: number[] = []
    const weights: number[] = []
    sex.positions.forEach((s, sexAt) => {
      period.positions.forEach((p, periodAt) => {
        area.positions.forEach((a, areaAt) => {
          cells.push(cellIndex(this.axes, s, p, a))
          weights.push(sex.weights[sexAt]! * period.weights[periodAt]! * area.weights[areaAt]!)
        })
      })
    })
    return { cells, weights }
  }
}

function kept<Value>(known: Map<number, Value>, key: number, make: () => Value): Value {
  let value = known.get(key)
  if (value === undefined) known.set(key, (value = make()))
  return value
}

/** Women against men, or either with both together. One undivided figure moves alone. */
function sexMoves(sexes: readonly string[]): AxisMove[][] {
  const both = sexes.indexOf('T')
  const parts = [sexes.indexOf('K'), sexes.indexOf('M')]
  if (both < 0 || parts.includes(-1))
    return sexes.map((_, sex) => [{ positions: [sex], weights: [1] }])
  return sexes.map((_, sex) => {
    if (sex === both) return parts.map((part) => ({ positions: [both, part], weights: [1, 1] }))
    const other = parts.find((part) => part !== sex)!
    return [
      { positions: [sex, other], weights: [1, -1] },
      { positions: [sex, both], weights: [1, 1] },
    ]
  })
}

/** A hierarchy along one axis. */
class Tree {
  private readonly children: ReadonlyMap<number, readonly number[]>

  /** @param isMean a total is the mean of its parts rather than their sum */
  constructor(
    private readonly parents: Int32Array,
    private readonly isMean: boolean,
  ) {
    this.children = childrenOf(parents)
  }

  /** Moves that change a position by 1. */
  moves(position: number): AxisMove[] {
    const own = [...this.leavesUnder(position)].slice(0, REPRESENTATIVES_MAX)
    const moves: AxisMove[] = []
    for (const leaf of own) {
      moves.push(this.between(leaf, null, position))
      for (const partner of this.partnersOutside(position))
        moves.push(this.between(leaf, partner, position))
    }
    return moves
  }

  private *leavesUnder(position: number): Generator<number> {
    const children = this.children.get(position)
    if (!children) yield position
    else for (const child of children) yield* this.leavesUnder(child)
  }

  /** Leaves of the same tree that are not part of a position: those that share the nearest total first. */
  private partnersOutside(position: number): number[] {
    const partners: number[] = []
    for (let inner = position; this.parents[inner]! >= 0; inner = this.parents[inner]!)
      for (const sibling of this.children.get(this.parents[inner]!)!) {
        if (sibling === inner) continue
        for (const leaf of this.leavesUnder(sibling)) {
          partners.push(leaf)
          if (partners.length >= PARTNERS_MAX) return partners
        }
      }
    return partners
  }

  /** From one leaf to another, or to the root. Weights that cancel are left out. */
  private between(leaf: number, partner: number | null, position: number): AxisMove {
    const weights = new Map<number, number>()
    this.climb(leaf, 1, weights)
    if (partner !== null) this.climb(partner, -1, weights)
    const positions = [...weights.keys()].filter((key) => Math.abs(weights.get(key)!) > 1e-12)
    const own = weights.get(position)!
    return { positions, weights: positions.map((key) => weights.get(key)! / own) }
  }

  private climb(leaf: number, sign: number, weights: Map<number, number>): void {
    let weight = sign
    for (let at = leaf; at >= 0; at = this.parents[at]!) {
      weights.set(at, (weights.get(at) ?? 0) + weight)
      const parent = this.parents[at]!
      if (this.isMean && parent >= 0) weight /= this.children.get(parent)!.length
    }
  }
}
