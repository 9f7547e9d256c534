import { deviationsFromMean } from './deviations.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'

/** What an area is alike in, or not, as a place among the indicators. */
export interface Likeness {
  readonly indicator: number
  /** How many standard deviations among all areas part the two. */
  readonly apart: number
}

export interface SimilarArea {
  readonly area: number
  /** Root of the mean squared difference, in standard deviations, over the indicators both have. */
  readonly distance: number
  /** Indicators both have. */
  readonly shared: number
  /** All of those, the most alike first: why it was chosen, and what sets it apart. */
  readonly likeness: readonly Likeness[]
}

/** Two areas with less than this share of the indicators in common are not compared. */
const LEAST_SHARED = 0.5

/**
 * The areas most like one: nearest in indicators of context (who lives there, how it is built), each standardised to
 * mean 0 and standard deviation 1 among all areas so that none weighs more by its unit. What an area has no figure
 * for does not count, and is not guessed; an area that shares fewer than half of the indicators is not compared.
 * Indicators of events and causes do not belong here: areas would be alike by their problems.
 * Source: Gower, Biometrics 27 (1971) 857, for the mean over what two have in common.
 * @param context one column of values by area for each indicator; NaN (hidden, missing)
 * @param area the one to find likes of
 * @param count how many at the most
 * @returns the nearest first, of equally near the one that comes first; no variation where no indicator varies, too
 *   few areas where the area has too few figures to be compared
 */
export function similarAreas(
  context: readonly ArrayLike<number>[],
  area: number,
  count: number,
): Outcome<readonly SimilarArea[]> {
  const standardised = context.flatMap((column, indicator) => {
    const scores = standardScores(column)
    return scores ? [{ indicator, scores }] : []
  })
  if (standardised.length === 0) return undefinedFor('statistics-no-variation')
  const least = LEAST_SHARED * standardised.length
  const known = standardised.filter(({ scores }) => Number.isFinite(scores[area]))
  if (known.length < least) return undefinedFor('statistics-too-few-areas')
  const similar: SimilarArea[] = []
  for (let other = 0; other < known[0]!.scores.length; other++) {
    if (other === area) continue
    const likeness = known
      .map(({ indicator, scores }) => ({
        indicator,
        apart: Math.abs(scores[other]! - scores[area]!),
      }))
      .filter(({ apart }) => Number.isFinite(apart))
      .sort((a, b) => a.apart - b.apart)
    if (likeness.length < least || likeness.length === 0) continue
    const squares = likeness.reduce((sum, { apart }) => sum + apart ** 2, 0)
    similar.push({
      area: other,
      distance: Math.sqrt(squares / likeness.length),
      shared: likeness.length,
      likeness,
    })
  }
  return defined(similar.sort((a, b) => a.distance - b.distance).slice(0, count))
}

/** (x − x̄)/s with s² = Σ(x − x̄)²/(n − 1), NaN where there is no figure; null where they do not vary. */
function standardScores(values: ArrayLike<number>): Float64Array | null {
  const known = Array.from(values).filter((value) => Number.isFinite(value))
  const deviated = deviationsFromMean(known)
  if (!deviated) return null
  const spread = Math.sqrt(deviated.squares / (known.length - 1))
  let next = 0
  return Float64Array.from(values, (value) =>
    Number.isFinite(value) ? deviated.deviations[next++]! / spread : NaN,
  )
}
