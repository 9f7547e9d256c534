import { isHidden } from '../core/cross-values.ts'
import type { Indicator } from '../core/indicator.ts'
import { valuesOf, type Slice } from '../core/released-slice.ts'
import { quantileOfSorted, sortedFinite } from '../core/stats/summary.ts'

/** Where the figures of all areas lie. */
export interface AreaSpread {
  /** Of the areas that show a value, the place itself left out. */
  readonly others: readonly number[]
  readonly lowerQuartile: number
  readonly upperQuartile: number
  /** What the place is compared with, and the areas' median for what has none. */
  readonly middle: number
  /** Whether the middle is what the place is compared with. */
  readonly isReference: boolean
  readonly shown: number
  readonly hidden: number
  readonly missing: number
}

/**
 * The values of all areas of a map around what a place is compared with.
 * @param places of the place itself on the map: it is not among the others
 * @param reference in the indicator's unit; NaN where it has none, and not used of counts, which lie on another scale
 */
export function areaSpread(
  indicator: Indicator,
  slice: Slice,
  places: readonly number[],
  reference: number,
): AreaSpread {
  const values = valuesOf(slice, indicator)
  const sorted = sortedFinite(values)
  const isReference = indicator.measure !== 'count' && Number.isFinite(reference)
  const hidden = slice.status.filter(isHidden).length
  const own = new Set(places)
  return {
    others: [...values].filter((one, index) => !own.has(index) && Number.isFinite(one)),
    lowerQuartile: quantileOfSorted(sorted, 0.25),
    upperQuartile: quantileOfSorted(sorted, 0.75),
    middle: isReference ? reference : quantileOfSorted(sorted, 0.5),
    isReference,
    shown: sorted.length,
    hidden,
    missing: values.length - sorted.length - hidden,
  }
}
