import { discloseHexagons, MINIMUM_PER_HEXAGON } from '../../core/disclosure/incidents.ts'
import type { Indicator } from '../../core/indicator.ts'
import type { IncidentCategory, ReleaseId } from '../../core/release.ts'
import { toDegrees } from '../../files/boundaries/coordinate-frame.ts'
import { countHexagons, releasedOutlines, type PlacedIncident } from '../../files/hexagons.ts'
import type { MadeHexagons } from '../../files/package/overlay-layers.ts'
import { slugOf } from '../../core/slug.ts'
import type { EventPoints } from '../../files/tables/event-points.ts'

/**
 * Where a register's events happened, as hexagons with at least five a year: each kind by itself, or the one that the
 * indicator is of. A register without kinds is of one kind, the indicator. Null when no hexagon has so many.
 * @param measure the kind that is read in; null for all
 */
export function eventHexagons(
  points: EventPoints,
  measure: string | null,
  indicator: Pick<Indicator, 'id' | 'name'>,
  release: ReleaseId,
): MadeHexagons | null {
  const categories = categoriesOf(points, measure, indicator)
  const { counts, outlines } = countHexagons(placed(points, categories))
  const used = [...new Set(categories.values())]
  const hexagons = discloseHexagons(counts, used, MINIMUM_PER_HEXAGON, release)
  return hexagons.count.length === 0
    ? null
    : { categories: used, hexagons, outlines: releasedOutlines(hexagons, outlines) }
}

/** The category of each kind, by its position among the points' kinds; a kind that is not read in has none. */
function categoriesOf(
  { kinds }: EventPoints,
  measure: string | null,
  { id, name }: Pick<Indicator, 'id' | 'name'>,
): ReadonlyMap<number, IncidentCategory> {
  const whole: IncidentCategory = { id, name, hexagons: true }
  const categories = new Map<number, IncidentCategory>()
  const taken = new Set<string>()
  kinds.forEach((kind, position) => {
    if (measure !== null && kind !== measure) return
    if (kind === null || measure !== null) {
      categories.set(position, whole)
      return
    }
    // Never the id of an indicator, whose source would then be taken for the events'.
    const base = `${id}-${slugOf(kind) || 'slag'}`
    let own = base
    for (let number = 2; taken.has(own); number++) own = `${base}-${number}`
    taken.add(own)
    categories.set(position, { id: own, name: kind, hexagons: true })
  })
  return categories
}

function* placed(
  { count, coordinates, years, kind }: EventPoints,
  categories: ReadonlyMap<number, IncidentCategory>,
): Generator<PlacedIncident> {
  for (let event = 0; event < count; event++) {
    const category = categories.get(kind[event]!)
    if (!category) continue
    const [longitude, latitude] = toDegrees([coordinates[2 * event]!, coordinates[2 * event + 1]!])
    yield { category: category.id, year: String(years[event]!), longitude, latitude }
  }
}
