import type { AreaId } from '../core/area.ts'
import type { IndicatorId } from '../core/indicator.ts'
import { DEFAULT_VIEW_STATE, decode, encode, resolveView } from '../core/view-state.ts'
import {
  inOrder,
  suggestedAddress,
  suggestionOf,
  type Looked,
  type Suggestion,
  type SuggestionKind,
} from '../views/briefing/suggestions.ts'
import type { BriefingSlides } from './briefing-slides.ts'
import type { ProfilePackage } from './profile-reports.ts'

export interface Found {
  readonly suggestions: readonly Suggestion[]
  readonly looked: Looked
}

const KINDS: readonly SuggestionKind[] = ['differs', 'changed']

/**
 * Looks at every indicator of a package for what is certain; the page may answer between two of them.
 * @param onprogress told after each indicator
 * @throws PackageFault
 */
export async function findSuggestions(
  slides: BriefingSlides,
  { index }: Pick<ProfilePackage, 'index'>,
  onprogress: (done: number, all: number) => void = () => {},
): Promise<Found> {
  const suggestions: Suggestion[] = []
  const looked = { indicators: 0, comparisons: 0, hidden: 0, missing: 0 }
  const own = index.indicators.filter((indicator) => indicator.class !== 'context')
  for (const [at, indicator] of own.entries()) {
    let isLooked = false
    for (const kind of KINDS) {
      const address = suggestedAddress(indicator, kind)
      const { view } = resolveView(decode(address).state, index)
      const wanted = kind === 'differs' ? 'difference' : 'change'
      if (view?.indicator.id !== indicator.id || view.display !== wanted) continue
      const map = await slides.map(address)
      if (!map) continue
      isLooked = true
      looked.comparisons += map.view.marks.filter(({ verdict }) => verdict !== null).length
      if (kind === 'differs') {
        looked.hidden += map.view.counts.hidden
        looked.missing += map.view.counts.missing
      }
      const one = suggestionOf(kind, map.view, map.content.claim)
      if (one) suggestions.push(one)
    }
    if (isLooked) looked.indicators++
    onprogress(at + 1, own.length)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { suggestions: inOrder(suggestions), looked }
}

/** Indicators that an area's profile says something certain of, in its order. */
export async function certainOfArea(
  slides: BriefingSlides,
  area: AreaId,
): Promise<readonly IndicatorId[]> {
  const made = await slides.make(
    encode({ ...DEFAULT_VIEW_STATE, page: 'omraden', profileAreas: [area] }),
  )
  if (made.kind !== 'made') return []
  return made.content.blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.rows
          .filter(({ spine }) => spine?.verdict?.startsWith('much-'))
          .map(({ indicator }) => indicator)
      : [],
  )
}
