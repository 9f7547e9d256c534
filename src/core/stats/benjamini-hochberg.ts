export interface Adjusted {
  /** In the order given; null where there was no p. Adjusted p at most q keeps the share of false finds at most q. */
  readonly adjusted: readonly (number | null)[]
  /** How many p there were: what was tested together. */
  readonly familySize: number
}

/**
 * Benjamini and Hochberg's correction of p values tested together: with p₍₁₎ ≤ … ≤ p₍m₎ the adjusted p₍ᵢ₎ is
 * min over j ≥ i of min(1, p₍ⱼ₎·m/j). An undefined p (null, NaN) is no member of the family.
 * Source: Benjamini & Hochberg, JRSS B 57 (1995) 289; R's p.adjust(method = "BH").
 */
export function benjaminiHochberg(p: readonly (number | null)[]): Adjusted {
  const family = p
    .map((value, place) => ({ value: value ?? NaN, place }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => b.value - a.value)
  const adjusted = p.map((): number | null => null)
  let least = 1
  family.forEach(({ value, place }, above) => {
    least = Math.min(least, (family.length / (family.length - above)) * value)
    adjusted[place] = least
  })
  return { adjusted, familySize: family.length }
}
