import type { Area } from '../core/area.ts'
import { compareSwedish } from '../text/format.ts'
import type { AreaMark, Choropleth } from './choropleth.ts'

export interface AreaList {
  readonly rows: readonly AreaMark[]
  /** One axis for all rows and periods: nothing shifts when the period changes. */
  readonly domain: readonly [number, number]
}

/**
 * The linked list: alphabetical (Swedish) unless asked otherwise, never with rank numbers. By value, areas without
 * a value come last, in alphabetical order, so that the order tells nothing of what is hidden.
 * @param extent smallest and largest value over all periods of the shown kind
 */
export const areaList = (view: Choropleth, extent: readonly [number, number]): AreaList => ({
  rows: orderedMarks(view),
  domain: domainOf(view, extent),
})

/** The areas of a map in the order that its address asks for. */
export function orderedMarks(view: Choropleth): readonly AreaMark[] {
  const rows = alphabetical(view.marks)
  // Sorting is stable: what is equal by value stays in alphabetical order.
  if (view.view.order === 'value')
    rows.sort(({ shown: left }, { shown: right }) =>
      Number.isNaN(left) || Number.isNaN(right)
        ? Number(Number.isNaN(left)) - Number(Number.isNaN(right))
        : right - left,
    )
  return rows
}

/** Positions of a level's areas in alphabetical order, by the first of them: the register never changes. */
const orders = new WeakMap<Area, readonly number[]>()

/** Comparing thousands of names by the rules of a language takes longer than a frame, so each level is sorted once. */
function alphabetical(marks: readonly AreaMark[]): AreaMark[] {
  const first = marks[0]?.area
  if (!first) return []
  let order = orders.get(first)
  if (order?.length !== marks.length) {
    const names = marks.map(({ name }) => name)
    order = names.map((_, position) => position)
    order = order.toSorted((a, b) => compareSwedish(names[a]!, names[b]!))
    orders.set(first, order)
  }
  return order.map((position) => marks[position]!)
}

function domainOf(view: Choropleth, extent: readonly [number, number]): readonly [number, number] {
  if (view.view.display === 'value') {
    const [low, high] = extent
    if (view.indicator.measure === 'class') return [1, Math.max(5, high)]
    const top = Number.isFinite(high) && high > 0 ? high * 1.15 : 1
    const ceiling = view.indicator.unit === '%' ? Math.min(100, top) : top
    // Shares that crowd near the top are read better from where they begin than from zero.
    return [low > 0 && low > ceiling * 0.55 ? low * 0.9 : 0, ceiling]
  }
  let reach = 0
  for (const mark of view.marks)
    if (!Number.isNaN(mark.shown)) reach = Math.max(reach, Math.abs(mark.shown))
  return reach > 0 ? [-reach * 1.4, reach * 1.4] : [-1, 1]
}
