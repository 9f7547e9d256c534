import type { Area } from '../../core/area.ts'
import type { Indicator } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'
import { DEFAULT_VIEW_STATE, encode } from '../../core/view-state.ts'
import { compareSwedish } from '../../text/format.ts'
import type { AreaMark, Choropleth } from '../choropleth.ts'

/** differs: from the rest of the municipality; changed: since a year before. */
export type SuggestionKind = 'differs' | 'changed'

/** A view that says something for certain, to be taken into a lägesbild. */
export interface Suggestion {
  readonly kind: SuggestionKind
  readonly indicator: Indicator
  /** What its slide will say. */
  readonly claim: string
  /** Of the view, without a release. */
  readonly address: string
  readonly period: PeriodCode
  /** Those that differ or have changed for certain (99.8 %), in the register's order. */
  readonly areas: readonly Area[]
}

/** What was looked at to find the suggestions, with how little was told. */
export interface Looked {
  readonly indicators: number
  /** Figures that were compared, each at 99.8 %. */
  readonly compared: Readonly<Record<SuggestionKind, number>>
  /** Areas' figures that are hidden or missing, once each. */
  readonly hidden: number
  readonly missing: number
}

/** What a package says for certain, in order. */
export interface Found {
  readonly suggestions: readonly Suggestion[]
  readonly looked: Looked
}

/** All that was compared, of both kinds. */
export const comparisonsOf = ({ compared }: Pick<Looked, 'compared'>): number =>
  compared.differs + compared.changed

/** What a map adds to what was looked at; hidden and missing figures are those of its own period. */
export function lookedAt({ marks }: Choropleth): {
  readonly compared: number
  readonly hidden: number
  readonly missing: number
} {
  const count = (is: (mark: AreaMark) => boolean): number => marks.filter(is).length
  return {
    compared: count(({ verdict }) => verdict !== null),
    hidden: count(({ cell }) => cell.kind === 'hidden'),
    missing: count(({ cell }) => cell.kind === 'missing'),
  }
}

/** The view that is looked at for an indicator: the map at the package's own level, of its newest full period. */
export const suggestedAddress = (indicator: Indicator, kind: SuggestionKind): string =>
  encode({
    ...DEFAULT_VIEW_STATE,
    indicator: indicator.id,
    display: kind === 'differs' ? 'difference' : 'change',
  })

/** A map as a suggestion; null where nothing of it is certain. @param claim what its slide says */
export function suggestionOf(
  kind: SuggestionKind,
  { indicator, marks, view }: Choropleth,
  claim: string,
): Suggestion | null {
  const areas = marks
    .filter(({ verdict }) => verdict === 'much-higher' || verdict === 'much-lower')
    .map(({ area }) => area)
  const address = suggestedAddress(indicator, kind)
  return areas.length === 0 ? null : { kind, indicator, claim, address, period: view.period, areas }
}

const CLASS_ORDER = ['unwanted-event', 'root-cause', 'protective-factor', 'context'] as const

/** Events first, then causes and what protects; of a class those with most certain areas; then by name, whatever order they came in. */
export const inOrder = (suggestions: readonly Suggestion[]): readonly Suggestion[] =>
  suggestions.toSorted(
    (a, b) =>
      CLASS_ORDER.indexOf(a.indicator.class) - CLASS_ORDER.indexOf(b.indicator.class) ||
      b.areas.length - a.areas.length ||
      compareSwedish(a.indicator.name, b.indicator.name) ||
      compareCodes(a.address, b.address),
  )

const compareCodes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** How many of each class there is room for; none of those that are left out. */
export type ClassRoom = Readonly<Partial<Record<Indicator['class'], number>>>

/** As many of each class as there is room for, the strongest first, in the order of classes. */
export const strongest = (
  suggestions: readonly Suggestion[],
  room: ClassRoom,
): readonly Suggestion[] => withinRoom(inOrder(suggestions), ({ indicator }) => indicator, room)

/** The first of each class, as many as there is room for, in the given order. */
export function withinRoom<Item>(
  items: readonly Item[],
  indicatorOf: (item: Item) => Pick<Indicator, 'class'>,
  room: ClassRoom,
): readonly Item[] {
  const taken = new Map<string, number>()
  return items.filter((item) => {
    const own = indicatorOf(item).class
    const count = taken.get(own) ?? 0
    taken.set(own, count + 1)
    return count < (room[own] ?? 0)
  })
}

/** Areas that are certain in most of the suggestions, those in one alone left out; of as many, by name. */
export function oftenCertain(suggestions: readonly Suggestion[], most: number): readonly Area[] {
  const counts = new Map<Area, number>()
  for (const { areas } of suggestions)
    for (const area of areas) counts.set(area, (counts.get(area) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .toSorted(
      ([a, ofA], [b, ofB]) =>
        ofB - ofA || compareSwedish(a.name, b.name) || compareCodes(a.id, b.id),
    )
    .slice(0, most)
    .map(([area]) => area)
}

/** Of so many compared figures, how many can be expected to stand out at 99.8 % by chance alone. */
export const expectedByChance = (comparisons: number): number => comparisons * 0.002
