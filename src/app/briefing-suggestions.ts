import type { Area } from '../core/area.ts'
import { decode, resolveView } from '../core/view-state.ts'
import { areaFactsOf, profileAddress, type AreaFacts } from '../views/briefing/area-facts.ts'
import {
  inOrder,
  lookedAt,
  suggestedAddress,
  suggestionOf,
  type Found,
  type Suggestion,
  type SuggestionKind,
} from '../views/briefing/suggestions.ts'
import type { BriefingSlides } from './briefing-slides.ts'
import type { ProfilePackage } from './profile-reports.ts'

const KINDS: readonly SuggestionKind[] = ['differs', 'changed']

/**
 * Looks at every indicator of a package for what is certain; the page may answer between two of them.
 * @param onprogress told after each indicator
 * @throws PackageFault
 */
export async function findSuggestions(
  slides: Pick<BriefingSlides, 'map'>,
  { index }: Pick<ProfilePackage, 'index'>,
  onprogress: (done: number, all: number) => void = () => {},
): Promise<Found> {
  const suggestions: Suggestion[] = []
  const looked = { indicators: 0, compared: { differs: 0, changed: 0 }, hidden: 0, missing: 0 }
  const own = index.indicators.filter((indicator) => indicator.class !== 'context')
  for (const [at, indicator] of own.entries()) {
    let isLooked = false
    for (const kind of KINDS) {
      const address = suggestedAddress(indicator, kind)
      const { view } = resolveView(decode(address).state, index)
      const wanted = kind === 'differs' ? 'difference' : 'change'
      // A map of the municipality alone has no areas to tell apart.
      if (view?.indicator.id !== indicator.id || view.display !== wanted || view.level.rank === 0)
        continue
      const map = await slides.map(address)
      if (!map) continue
      const { compared, hidden, missing } = lookedAt(map.view)
      looked.compared[kind] += compared
      if (!isLooked) {
        looked.hidden += hidden
        looked.missing += missing
      }
      isLooked = true
      const one = suggestionOf(kind, map.view, map.claim)
      if (one) suggestions.push(one)
    }
    if (isLooked) looked.indicators++
    onprogress(at + 1, own.length)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { suggestions: inOrder(suggestions), looked }
}

/** What is certain of an area; null where it is unknown. @throws PackageFault */
export async function findAreaFacts(slides: BriefingSlides, area: Area): Promise<AreaFacts | null> {
  const report = await slides.profile(profileAddress(area.id))
  return report && areaFactsOf(area, report)
}
