/** Poisson for events over a population, binomial for shares of it. */
export type BayesModel = 'poisson' | 'binomial'

export interface SmoothedRates {
  /** Shrunk count / base by area, in the order given; NaN where the area was left out. */
  readonly rates: Float64Array
  /** Areas without a figure (hidden, missing, no population): they take no part at all. */
  readonly leftOut: number
  /** The common rate that all are drawn towards; NaN when every area was left out. */
  readonly commonRate: number
  /** Variance between areas beyond chance; 0 means that all areas get the common rate. */
  readonly variance: number
}

/**
 * Global empirical Bayes smoothing: θᵢ = wᵢrᵢ + (1 − wᵢ)b with b = Σy/Σn and wᵢ = a / (a + vᵢ), where vᵢ is the
 * chance variance of area i and a the method-of-moments variance between areas, never below 0. With
 * s² = Σnᵢ(rᵢ−b)²/Σn:
 * - poisson: vᵢ = b/nᵢ, a = s² − b/n̄. Marshall, Applied Statistics 40 (1991) 283; spdep::EBest(family = "poisson").
 * - binomial: vᵢ = (b(1−b) − s²)/nᵢ, a = s² − b(1−b)/n̄. Martuzzi & Elliott, Statistics in Medicine 15 (1996) 1867;
 *   spdep::EBest(family = "binomial").
 * @param counts events by area, NaN where there is no figure
 * @param bases population by area, NaN where there is no figure
 */
export function empiricalBayes(
  counts: ArrayLike<number>,
  bases: ArrayLike<number>,
  model: BayesModel = 'poisson',
): SmoothedRates {
  const rates = new Float64Array(counts.length).fill(NaN)
  const used: number[] = []
  for (let area = 0; area < counts.length; area++)
    if (Number.isFinite(counts[area]) && bases[area]! > 0) used.push(area)

  let events = 0
  let population = 0
  for (const area of used) {
    events += counts[area]!
    population += bases[area]!
  }
  const common = events / population
  let spread = 0
  for (const area of used)
    spread += (bases[area]! * (counts[area]! / bases[area]! - common) ** 2) / population
  const chance = model === 'poisson' ? common : common * (1 - common)
  const variance = Math.max(0, spread - chance / (population / used.length))
  const withinVariance = model === 'poisson' ? common : Math.max(0, chance - spread)
  for (const area of used) {
    const weight = variance === 0 ? 0 : variance / (variance + withinVariance / bases[area]!)
    rates[area] = weight * (counts[area]! / bases[area]!) + (1 - weight) * common
  }
  return { rates, leftOut: counts.length - used.length, commonRate: common, variance }
}
