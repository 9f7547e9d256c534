import { STATUS_HIDDEN, STATUS_NO_POPULATION, STATUS_VALUE } from '../cell.ts'
import { cellIndex } from '../observation.ts'
import { requireWhole, type JointTable } from './joint-table.ts'

/**
 * Every published sum of a joint table as one row of A·y = b, in compressed rows: row r has the entries
 * starts[r] … starts[r + 1] − 1. b is 0 but for what earlier releases say of cells that they hid. Along each axis a total equals the sum of its direct parts (areas in the containing
 * area, women and men, periods in the containing period); where longer periods are means of their parts, the total
 * counts as many times as it has parts.
 */
export interface JointSystem {
  readonly cells: number
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly coefficients: Float64Array
  readonly results: Float64Array
}

/** The equations of a joint table. A sum with a part that has no figure is not published, so it is no equation. */
export function jointSystem(table: JointTable): JointSystem {
  requireWhole(table)
  const { areas, periods, sexes, status, parentArea, parentPeriod, indicator } = table
  const starts = [0]
  const columns: number[] = []
  const coefficients: number[] = []
  const add = (total: number, parts: readonly number[], weight: number): void => {
    if (!hasFigure(status[total]!)) return
    if (parts.some((part) => !hasFigure(status[part]!) && status[part] !== STATUS_NO_POPULATION))
      return
    columns.push(total)
    coefficients.push(-weight)
    for (const part of parts)
      if (hasFigure(status[part]!)) {
        columns.push(part)
        coefficients.push(1)
      }
    starts.push(columns.length)
  }

  if (indicator.measure !== 'class') {
    const partAreas = childrenOf(parentArea)
    const partPeriods = childrenOf(parentPeriod)
    const [both, women, men] = [sexes.indexOf('T'), sexes.indexOf('K'), sexes.indexOf('M')]
    const isMean = indicator.periodAggregation === 'mean'
    const at = (sex: number, period: number, area: number) => cellIndex(table, sex, period, area)
    for (let sex = 0; sex < sexes.length; sex++)
      for (let period = 0; period < periods.length; period++)
        for (const [area, parts] of partAreas)
          add(
            at(sex, period, area),
            parts.map((part) => at(sex, period, part)),
            1,
          )
    for (let sex = 0; sex < sexes.length; sex++)
      for (const [period, parts] of partPeriods)
        for (let area = 0; area < areas.length; area++)
          add(
            at(sex, period, area),
            parts.map((part) => at(sex, part, area)),
            isMean ? parts.length : 1,
          )
    if (both >= 0 && women >= 0 && men >= 0)
      for (let period = 0; period < periods.length; period++)
        for (let area = 0; area < areas.length; area++)
          add(at(both, period, area), [at(women, period, area), at(men, period, area)], 1)
  }
  const results = new Array<number>(starts.length - 1).fill(0)
  const { earlierSums } = table
  if (earlierSums)
    earlierSums.results.forEach((result, row) => {
      for (let at = earlierSums.starts[row]!; at < earlierSums.starts[row + 1]!; at++) {
        columns.push(earlierSums.columns[at]!)
        coefficients.push(earlierSums.coefficients[at]!)
      }
      starts.push(columns.length)
      results.push(result)
    })
  return {
    cells: status.length,
    results: Float64Array.from(results),
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    coefficients: Float64Array.from(coefficients),
  }
}

const hasFigure = (status: number): boolean => status === STATUS_VALUE || status === STATUS_HIDDEN

/** Direct parts by total, for those that have any. */
export function childrenOf(parents: Int32Array): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>()
  parents.forEach((parent, child) => {
    if (parent < 0) return
    const siblings = children.get(parent)
    if (siblings) siblings.push(child)
    else children.set(parent, [child])
  })
  return children
}

/** The rows that a cell stands in, by cell. */
export function rowsOfCells({ cells, starts, columns }: JointSystem): Int32Array[] {
  const lists: number[][] = Array.from({ length: cells }, () => [])
  for (let row = 0; row + 1 < starts.length; row++)
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++)
      lists[columns[entry]!]!.push(row)
  return lists.map((list) => Int32Array.from(list))
}
