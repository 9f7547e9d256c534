import { randomStream, type Random } from './random.ts'
import { spearman } from './rank-correlation.ts'
import type { Ground } from './ground.ts'
import type { FinestLevel } from './specifications.ts'

/** The largest |Spearman ρ| allowed between any invented figure and the real områdestyp. */
export const LARGEST_TYPE_CORRELATION = 0.2

/** The largest |Spearman ρ| allowed between two indicators planted as unrelated. */
export const LARGEST_UNRELATED_CORRELATION = 0.25

const MOST_ATTEMPTS = 2000

/**
 * Draws attempt 0, 1, 2 … and keeps the first that the rule admits. The rule is fixed beforehand and knows nothing
 * of names, so that nothing is chosen by eye.
 * @throws Error when the rule admits none of the attempts
 */
export function drawUntil<Drawn>(
  seed: number,
  name: string,
  draw: (random: Random, attempt: number) => Drawn,
  admits: (drawn: Drawn) => boolean,
): { readonly drawn: Drawn; readonly attempt: number } {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const drawn = draw(randomStream(seed, name, attempt), attempt)
    if (admits(drawn)) return { drawn, attempt }
  }
  throw new Error(`${name}: none of ${MOST_ATTEMPTS} attempts was admitted`)
}

/** Figures of every area of one level, for one period and sex. NaN where there are none. */
export interface Figures {
  readonly numerator: Float64Array
  /** Null for counts: the value is the numerator itself. */
  readonly denominator: Float64Array | null
}

/** Cell by cell sum, for sexes or periods together. */
export function addFigures(parts: readonly Figures[]): Figures {
  const add = (columns: readonly Float64Array[]): Float64Array =>
    columns[0]!.map((_, area) => columns.reduce((sum, column) => sum + column[area]!, 0))
  return {
    numerator: add(parts.map((part) => part.numerator)),
    denominator: parts.every((part) => part.denominator !== null)
      ? add(parts.map((part) => part.denominator!))
      : null,
  }
}

/** Values per unit of the denominator, or the counts themselves. */
export function valuesOf({ numerator, denominator }: Figures): Float64Array {
  return denominator ? numerator.map((count, area) => count / denominator[area]!) : numerator
}

/** RegSO figures summed to stadsdelar. */
export function toDistricts(ground: Ground, figures: Figures): Figures {
  const sum = (column: Float64Array): Float64Array => {
    const total = new Float64Array(ground.districts.length)
    ground.areas.forEach((area, index) => (total[area.district]! += column[index]!))
    return total
  }
  return {
    numerator: sum(figures.numerator),
    denominator: figures.denominator && sum(figures.denominator),
  }
}

/** The real områdestyp of areas and stadsdelar, as the acceptance rule sees it. */
export interface AreaTypes {
  readonly ofArea: Float64Array
  /** Means of the areas' types, weighted by population. Exist for this rule alone. */
  readonly ofDistrict: Float64Array
}

export function areaTypes(ground: Ground, people: Float64Array): AreaTypes {
  const ofArea = Float64Array.from(ground.areas, (area) => area.areaType)
  const weighted = { numerator: ofArea.map((type, i) => type * people[i]!), denominator: people }
  return { ofArea, ofDistrict: valuesOf(toDistricts(ground, weighted)) }
}

/** Values of one level and of every coarser level that is published beside it. */
export type ValuesByLevel = { readonly [level in FinestLevel]?: Float64Array }

/** The values of figures at their own level and, for RegSO, summed to stadsdelar. */
export function valuesByLevel(ground: Ground, level: FinestLevel, figures: Figures): ValuesByLevel {
  return level === 'regso'
    ? { regso: valuesOf(figures), stadsdel: valuesOf(toDistricts(ground, figures)) }
    : { stadsdel: valuesOf(figures) }
}

/** Unit by unit mean of the values that exist. */
export function meanValues(periods: readonly ValuesByLevel[]): ValuesByLevel {
  const meanOf = (columns: readonly Float64Array[]): Float64Array =>
    columns[0]!.map((_, unit) => {
      const known = columns.map((column) => column[unit]!).filter(Number.isFinite)
      return known.reduce((sum, value) => sum + value, 0) / known.length
    })
  const columns = (level: FinestLevel): Float64Array[] =>
    periods.flatMap((values) => values[level] ?? [])
  const [regso, stadsdel] = [columns('regso'), columns('stadsdel')]
  return {
    ...(regso.length > 0 && { regso: meanOf(regso) }),
    ...(stadsdel.length > 0 && { stadsdel: meanOf(stadsdel) }),
  }
}

/** The rule: no values may follow the real områdestyp, in either direction, at any level. */
export function isFreeOfAreaType(
  values: ValuesByLevel,
  types: AreaTypes,
  largest = LARGEST_TYPE_CORRELATION,
): boolean {
  return (
    (!values.regso || Math.abs(spearman(values.regso, types.ofArea)) <= largest) &&
    (!values.stadsdel || Math.abs(spearman(values.stadsdel, types.ofDistrict)) <= largest)
  )
}

/** The rule for indicators planted as unrelated, at every level that both have. */
export function isUnrelated(values: ValuesByLevel, others: ValuesByLevel): boolean {
  const apart = (mine?: Float64Array, theirs?: Float64Array): boolean =>
    !mine || !theirs || Math.abs(spearman(mine, theirs)) <= LARGEST_UNRELATED_CORRELATION
  return apart(values.regso, others.regso) && apart(values.stadsdel, others.stadsdel)
}
