import { neighboursAmong, type Neighbours } from './weights.ts'

export interface LocallySmoothedRates {
  /** Shrunk count / base by area; NaN where the area has no figure. */
  readonly rates: Float64Array
  /** The rate of the neighbourhood, which the area's own is drawn towards; NaN where the area has no figure. */
  readonly priors: Float64Array
}

/**
 * What the spread within a neighbourhood is measured from. 'each': every area's deviation from the rate of its own
 * neighbourhood, as spdep::EBlocal. 'centre': all deviations from the rate of this neighbourhood, as Marshall and
 * GeoDa (EBlocal(geoda = TRUE)).
 */
export type SpreadFrom = 'each' | 'centre'

/**
 * Local empirical Bayes smoothing: the rate of an area is drawn towards that of its neighbourhood, itself included,
 * θᵢ = mᵢ + (rᵢ − mᵢ) aᵢ/(aᵢ + mᵢ/nᵢ), with over the neighbourhood mᵢ = Σy/Σn and
 * aᵢ = max(0, Σnⱼ(rⱼ − mⱼ)²/Σn − mᵢ/n̄ᵢ), n̄ᵢ the mean population. An area without neighbours is its own neighbourhood
 * and keeps its rate.
 * Source: Marshall, Applied Statistics 40 (1991) 283; spdep::EBlocal.
 * @param counts events by area, NaN where there is no figure
 * @param bases population by area; NaN or 0 where there is no figure
 * @param neighbours without the areas themselves
 */
export function localEmpiricalBayes(
  counts: ArrayLike<number>,
  bases: ArrayLike<number>,
  neighbours: Neighbours,
  spreadFrom: SpreadFrom = 'each',
): LocallySmoothedRates {
  const all = neighbours.starts.length - 1
  const places = Uint32Array.from({ length: all }, (_, area) => area).filter(
    (area) => Number.isFinite(counts[area]) && Number.isFinite(bases[area]) && bases[area]! > 0,
  )
  const among = neighboursAmong(neighbours, places)
  const events = Float64Array.from(places, (area) => counts[area]!)
  const population = Float64Array.from(places, (area) => bases[area]!)
  const neighbourhood = (place: number, figure: (of: number) => number): number => {
    let sum = figure(place)
    for (let link = among.starts[place]!; link < among.starts[place + 1]!; link++)
      sum += figure(among.neighbours[link]!)
    return sum
  }
  const rates = new Float64Array(all).fill(NaN)
  const priors = new Float64Array(all).fill(NaN)
  const people = population.map((_, place) => neighbourhood(place, (of) => population[of]!))
  const means = people.map((sum, place) => neighbourhood(place, (of) => events[of]!) / sum)
  places.forEach((area, place) => {
    const mean = means[place]!
    const size = among.starts[place + 1]! - among.starts[place]! + 1
    const spread = neighbourhood(place, (of) => {
      const centre = spreadFrom === 'each' ? means[of]! : mean
      return population[of]! * (events[of]! / population[of]! - centre) ** 2
    })
    const variance = Math.max(0, (spread - mean * size) / people[place]!)
    const weight = variance === 0 ? 0 : variance / (variance + mean / population[place]!)
    rates[area] = mean + (events[place]! / population[place]! - mean) * weight
    priors[area] = mean
  })
  return { rates, priors }
}
