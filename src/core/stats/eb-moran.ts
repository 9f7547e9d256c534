import { empiricalBayes } from './empirical-bayes.ts'
import { moran, type Moran, type SpatialAssumption } from './moran.ts'
import { undefinedFor, type Outcome } from './outcome.ts'
import type { SpatialWeights } from './weights.ts'

/**
 * Rates made comparable where populations differ: zᵢ = (rᵢ − b)/√(a + b/nᵢ), with b the common rate and a the variance
 * between areas beyond chance, never below 0. Source: Assunção & Reis, Statistics in Medicine 18 (1999) 2147.
 * @param counts events by area, NaN where there is no figure
 * @param bases population by area; NaN or 0 where there is no figure
 * @returns NaN where there is no figure; all NaN where there are no events at all
 */
export function standardisedRates(
  counts: ArrayLike<number>,
  bases: ArrayLike<number>,
): Float64Array {
  const { rates, commonRate, variance } = empiricalBayes(counts, bases)
  return rates.map((rate, area) =>
    Number.isNaN(rate)
      ? NaN
      : (counts[area]! / bases[area]! - commonRate) /
        Math.sqrt(variance + commonRate / bases[area]!),
  )
}

/**
 * Moran's I of rates, their chance variance evened out first: of `standardisedRates`, the mean taken away as with any
 * other values. Source: Assunção & Reis (1999); spdep::EBImoran.mc(subtract_mean_in_numerator = TRUE).
 */
export function ebMoran(
  counts: ArrayLike<number>,
  bases: ArrayLike<number>,
  weights: SpatialWeights,
  assumption: SpatialAssumption = 'randomisation',
): Outcome<Moran> {
  const { commonRate } = empiricalBayes(counts, bases)
  if (Number.isNaN(commonRate)) return undefinedFor('statistics-no-population')
  if (commonRate === 0) return undefinedFor('statistics-no-events')
  return moran(standardisedRates(counts, bases), weights, assumption)
}
