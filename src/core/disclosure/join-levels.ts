import type { AreaId, AreaRegister } from '../area.ts'
import { STATUS_NOT_COLLECTED } from '../cell.ts'
import type { Indicator } from '../indicator.ts'
import { cellCount, cellIndex, type RawTable, type TableAxes } from '../observation.ts'
import { containingPeriod, kindOf, type PeriodCode } from '../period.ts'
import type { JointTable } from './joint-table.ts'

/**
 * All levels of one indicator as one joint table. Areas stand level by level in the tables' own order.
 * @param tables one per released level, with the same sexes and periods, longer periods included
 * @throws RangeError when the tables differ in sexes or periods, or none is given
 */
export function joinLevels(
  tables: readonly RawTable[],
  indicator: Indicator,
  register: AreaRegister,
): JointTable {
  const [first] = tables
  if (!first) throw new RangeError(`${indicator.id}: no table`)
  const { sexes, periods } = first
  if (tables.some((table) => !sameAxes(table, first)))
    throw new RangeError(`${indicator.id}: the levels differ in sexes or periods`)
  const areas = tables.flatMap((table) => table.areas)
  const axes: TableAxes = { sexes, periods, areas }
  const size = cellCount(axes)
  const joint = {
    status: new Uint8Array(size).fill(STATUS_NOT_COLLECTED),
    numerator: new Float64Array(size).fill(NaN),
    denominator: new Float64Array(size).fill(NaN),
  }
  let offset = 0
  for (const table of tables) {
    for (let sex = 0; sex < sexes.length; sex++)
      for (let period = 0; period < periods.length; period++) {
        const from = cellIndex(table, sex, period, 0)
        const to = cellIndex(axes, sex, period, offset)
        const end = from + table.areas.length
        joint.status.set(table.status.subarray(from, end), to)
        joint.numerator.set(table.numerator.subarray(from, end), to)
        joint.denominator.set(table.denominator.subarray(from, end), to)
      }
    offset += table.areas.length
  }
  return {
    ...axes,
    ...joint,
    indicator,
    parentArea: parentAreas(areas, register),
    parentPeriod: parentPeriods(periods, indicator),
    knownEarlier: null,
  }
}

const sameAxes = (one: RawTable, other: RawTable): boolean =>
  one.sexes.join() === other.sexes.join() && one.periods.join() === other.periods.join()

/** The nearest area around each that is released too. */
function parentAreas(areas: readonly AreaId[], register: AreaRegister): Int32Array {
  const position = new Map(areas.map((area, index) => [area, index]))
  const parentOf = new Map(register.areas.map(({ id, parent }) => [id, parent]))
  return Int32Array.from(areas, (area) => {
    let around = parentOf.get(area) ?? null
    while (around !== null && !position.has(around)) around = parentOf.get(around) ?? null
    return around === null ? -1 : position.get(around)!
  })
}

/** The next longer period of the chain around each, where it is released. */
export function parentPeriods(
  periods: readonly PeriodCode[],
  { plan }: Pick<Indicator, 'plan'>,
): Int32Array {
  const position = new Map(periods.map((period, index) => [period, index]))
  return Int32Array.from(periods, (period) => {
    const step = plan.periodChain.indexOf(kindOf(period)!)
    for (const kind of plan.periodChain.slice(step + 1)) {
      const container = containingPeriod(period, kind)
      if (container !== null && position.has(container)) return position.get(container)!
    }
    return -1
  })
}
