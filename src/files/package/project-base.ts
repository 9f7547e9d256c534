import { wholeArea } from '../../core/area.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import type { PackageIndex, Release } from '../../core/release.ts'
import { slugOf } from '../../core/slug.ts'
import type { Workspace } from './overlay.ts'

export const PROJECT_EXTENSION = '.lagesprojekt.zip'

/** A name for a project file: "lageskartan-umea-kommun-2026-11-22.lagesprojekt.zip". */
export function projectFileName({ register }: PackageIndex, created: string): string {
  const place = slugOf(wholeArea(register)?.name ?? '')
  const parts = ['lageskartan', ...(place ? [place] : []), created.slice(0, 10)]
  return parts.join('-') + PROJECT_EXTENSION
}

/** Indicators that come out of the analyst's own files. */
export const ownIndicators = ({ layers }: Workspace): readonly IndicatorId[] =>
  layers.flatMap(({ indicators }) => indicators.map(({ id }) => id))

/**
 * The package that lies under the layers of a project; without indicators when the layers have them all.
 * @param whole index of the project's package, layers included
 * @param base the release that lies under them
 * @param own indicators of the layers that the project was saved with
 */
export function packageUnder(
  whole: PackageIndex,
  base: Release,
  own: readonly IndicatorId[],
): PackageIndex {
  const layered = new Set(own)
  return {
    ...whole,
    release: base,
    indicators: whole.indicators.filter(({ id }) => !layered.has(id)),
    observations: whole.observations.filter(({ indicator }) => !layered.has(indicator)),
    // Only those of a layer have no counts by area.
    incidents: whole.incidents?.counts.length === 0 ? null : whole.incidents,
  }
}
