import type { Indicator } from '../indicator.ts'
import { cellIndex, type TableAxes } from '../observation.ts'
import { kindOf, PERIOD_KINDS, periodsBetween } from '../period.ts'
import { childrenOf } from './joint-system.ts'

/** The direct parts of a total along one axis. */
export interface Parts {
  readonly axis: 'area' | 'period' | 'sex'
  readonly cells: readonly number[]
  /** False for a longer period some of whose parts are not in the table at all. */
  readonly isWhole: boolean
}

/** A total and each way that it is put together. */
export interface Sum {
  readonly total: number
  readonly ways: readonly Parts[]
}

/** Axes with what contains what: areas of several levels, periods of several kinds. */
export interface NestedAxes extends TableAxes {
  readonly parentArea: Int32Array
  readonly parentPeriod: Int32Array
}

/**
 * Every total of a table with its parts, in an order where parts come before what they are parts of. Ordinal classes
 * have no totals.
 */
export function* sumsOf(axes: NestedAxes, { measure }: Indicator): Generator<Sum> {
  if (measure === 'class') return
  const { sexes, periods, parentArea, parentPeriod } = axes
  const partAreas = childrenOf(parentArea)
  const partPeriods = childrenOf(parentPeriod)
  const [women, men] = [sexes.indexOf('K'), sexes.indexOf('M')]
  const isWhole = periods.map((code, period) => {
    const parts = partPeriods.get(period)
    if (!parts) return true
    const kind = kindOf(periods[parts[0]!]!)!
    return periodsBetween(kind, code, code).length === parts.length
  })
  const periodOrder = upwards(parentPeriod, (period) =>
    PERIOD_KINDS.indexOf(kindOf(periods[period]!)!),
  )
  const areaOrder = upwards(parentArea, () => 0)
  // Women and men before both.
  const sexOrder = sexes
    .map((_, sex) => sex)
    .sort((a, b) => Number(sexes[a] === 'T') - Number(sexes[b] === 'T'))
  for (const period of periodOrder)
    for (const area of areaOrder)
      for (const sex of sexOrder) {
        const ways: Parts[] = []
        if (sexes[sex] === 'T' && women >= 0 && men >= 0)
          ways.push({
            axis: 'sex',
            cells: [cellIndex(axes, women, period, area), cellIndex(axes, men, period, area)],
            isWhole: true,
          })
        const within = partAreas.get(area)
        if (within)
          ways.push({
            axis: 'area',
            cells: within.map((part) => cellIndex(axes, sex, period, part)),
            isWhole: true,
          })
        const during = partPeriods.get(period)
        if (during)
          ways.push({
            axis: 'period',
            cells: during.map((part) => cellIndex(axes, sex, part, area)),
            isWhole: isWhole[period]!,
          })
        if (ways.length > 0) yield { total: cellIndex(axes, sex, period, area), ways }
      }
}

/** Positions with every part before what contains it. */
function upwards(parents: Int32Array, rank: (position: number) => number): number[] {
  const depth = Array.from(parents, (_, position) => {
    let steps = 0
    for (let at = parents[position]!; at >= 0; at = parents[at]!) steps++
    return steps
  })
  return Array.from(parents, (_, position) => position).sort(
    (a, b) => depth[b]! - depth[a]! || rank(a) - rank(b) || a - b,
  )
}
