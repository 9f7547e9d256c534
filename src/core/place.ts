import type { AreaId, LevelId } from './area.ts'
import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
  type Cell,
} from './cell.ts'
import type { Indicator } from './indicator.ts'
import { cellOf, type Slice } from './released-slice.ts'
import type { Sample } from './stats/comparison.ts'

/** One area, or several of a level taken together. */
export interface Place {
  readonly level: LevelId
  /** At least one, each once. */
  readonly areas: readonly AreaId[]
  readonly name: string
}

/** What a place shows in one period: its cell, and what the value is made of. */
export interface PlaceFigure {
  readonly cell: Cell
  /** Null where the cell has no value. */
  readonly sample: Sample | null
}

/**
 * A place's figure from released cells. Of several areas it is the sum above through the sum below the line, and it is
 * shown only where every part is: it says nothing that the parts do not say. A class cannot be added up.
 * @returns hidden where any part is hidden, else incomplete where any part is missing
 */
export function figureOfPlace(
  slice: Slice,
  indicator: Indicator,
  areas: readonly AreaId[],
): PlaceFigure {
  const places = areas.map((area) => slice.areas.indexOf(area))
  if (places.length === 1 && places[0]! >= 0) return figureAt(slice, indicator, places[0]!)
  const statuses = places.map((place) => (place < 0 ? STATUS_NOT_COLLECTED : slice.status[place]!))
  const canAdd = indicator.measure !== 'class' && places.length > 1
  const status = statuses.every((one) => one === STATUS_VALUE)
    ? canAdd
      ? STATUS_VALUE
      : STATUS_NOT_COLLECTED
    : statusOfSome(statuses)
  const sum = (column: Float64Array): number =>
    status === STATUS_VALUE ? places.reduce((total, place) => total + column[place]!, 0) : NaN
  return figureAt(
    {
      ...slice,
      areas: ['sum'],
      status: Uint8Array.of(status),
      numerator: Float64Array.of(sum(slice.numerator)),
      denominator: Float64Array.of(sum(slice.denominator)),
    },
    indicator,
    0,
  )
}

/** Of the areas that show a figure those alone, and how many they are: for likes of an area, of which some may hide. */
export function figureOfShown(
  slice: Slice,
  indicator: Indicator,
  areas: readonly AreaId[],
): PlaceFigure & { readonly shown: number } {
  const shown = areas.filter((area) => slice.status[slice.areas.indexOf(area)] === STATUS_VALUE)
  const figure = figureOfPlace(slice, indicator, shown.length > 0 ? shown : areas)
  return { ...figure, shown: shown.length }
}

const statusOfSome = (statuses: readonly number[]): number =>
  [STATUS_HIDDEN, STATUS_HIDDEN_AT_SOURCE].find((hidden) => statuses.includes(hidden)) ??
  (statuses.every((one) => one === statuses[0]) ? statuses[0]! : STATUS_INCOMPLETE)

function figureAt(slice: Slice, indicator: Indicator, place: number): PlaceFigure {
  return {
    cell: cellOf(slice, place, indicator),
    sample:
      slice.status[place] === STATUS_VALUE
        ? { count: slice.numerator[place]!, base: slice.denominator[place]! }
        : null,
  }
}
