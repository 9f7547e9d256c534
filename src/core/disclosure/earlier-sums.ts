import { STATUS_HIDDEN, STATUS_VALUE } from '../cell.ts'
import { cellCount, cellIndex, type TableAxes } from '../observation.ts'
import type { ReleasedJointTable } from './audit.ts'
import { jointSystem } from './joint-system.ts'
import type { EarlierSums, JointTable } from './joint-table.ts'

const ROUNDING = 1e-6

/**
 * What earlier releases say of the cells that they hid, as sums over today's cells: each of their published sums, less
 * what they showed. A cell that was not revised is the same unknown in every release, and an attacker takes every
 * hidden cell as unrevised where that agrees with the figures; a sum that today's figures contradict says nothing.
 * Sums over hidden cells that are no part of today's plan are left out.
 * @param table today's figures, earlier ones standing where they do
 */
export function earlierSums(
  table: JointTable,
  earlier: readonly ReleasedJointTable[],
): EarlierSums {
  const starts = [0]
  const columns: number[] = []
  const coefficients: number[] = []
  const results: number[] = []
  for (const release of earlier) {
    const place = placesIn(release, table)
    const system = jointSystem(release)
    for (let row = 0; row + 1 < system.starts.length; row++) {
      const hidden: (readonly [number, number])[] = []
      let result = system.results[row]!
      for (let at = system.starts[row]!; at < system.starts[row + 1]!; at++) {
        const cell = system.columns[at]!
        const coefficient = system.coefficients[at]!
        if (release.status[cell] === STATUS_HIDDEN) hidden.push([place[cell]!, coefficient])
        else result -= coefficient * release.numerator[cell]!
      }
      if (hidden.length === 0 || !agrees(hidden, result, table)) continue
      for (const [cell, coefficient] of hidden) {
        columns.push(cell)
        coefficients.push(coefficient)
      }
      starts.push(columns.length)
      results.push(result)
    }
  }
  return {
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    coefficients: Float64Array.from(coefficients),
    results: Float64Array.from(results),
  }
}

function agrees(
  hidden: readonly (readonly [number, number])[],
  result: number,
  { status, numerator }: JointTable,
): boolean {
  let sum = 0
  for (const [cell, coefficient] of hidden) {
    if (cell < 0 || status[cell] !== STATUS_VALUE) return false
    sum += coefficient * numerator[cell]!
  }
  return Math.abs(sum - result) < ROUNDING
}

/** Where each cell of one table stands in another; −1 where it does not. */
export function placesIn(table: TableAxes, other: TableAxes): Int32Array {
  const sexes = positions(table.sexes, other.sexes)
  const periods = positions(table.periods, other.periods)
  const areas = positions(table.areas, other.areas)
  const places = new Int32Array(cellCount(table))
  let cell = 0
  for (const sex of sexes)
    for (const period of periods)
      for (const area of areas)
        places[cell++] =
          sex < 0 || period < 0 || area < 0 ? -1 : cellIndex(other, sex, period, area)
  return places
}

function positions(own: readonly string[], others: readonly string[]): number[] {
  const known = new Map(others.map((name, index) => [name, index]))
  return own.map((name) => known.get(name) ?? -1)
}
