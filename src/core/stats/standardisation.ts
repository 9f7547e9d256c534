import type { Interval } from '../cell.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'
import { garwoodInterval } from './exact-interval.ts'
import { gammaQuantile } from './gamma-quantile.ts'
import { defined, undefinedFor, type Outcome } from './outcome.ts'
import { byarInterval } from './rate-interval.ts'

/** Events and population of one stratum: an age, a sex, a kind of housing. */
export interface Stratum {
  readonly count: number
  readonly population: number
}

export interface StandardisedRate {
  /** per · Σ wᵢ countᵢ/populationᵢ, with w the standard's shares. */
  readonly rate: number
  /** Dobson's, from Byar's limits of the number of events. */
  readonly interval: Interval
  /** Fay and Feuer's, from the gamma distribution: covers at least as often as it says, also for few events. */
  readonly cautiousInterval: Interval
  /** Events it rests on. */
  readonly events: number
}

/**
 * Direct standardisation: the rate a standard population would have with the area's rates in each stratum.
 * With Var = Σ wᵢ² countᵢ/populationᵢ² and O events Dobson's interval is rate + √(Var/O)·(limits of O − O); Fay and
 * Feuer's is Var/rate·G(α/2; rate²/Var) to (Var + w²)/(rate + w)·G(1 − α/2; (rate + w)²/(Var + w²)), with w the
 * largest wᵢ/populationᵢ and G the quantiles of the gamma distribution.
 * Sources: Dobson et al., Statistics in Medicine 10 (1991) 457, as Public Health England's technical briefing 3; Fay &
 * Feuer, Statistics in Medicine 16 (1997) 791, as epitools::ageadjust.direct.
 * @param strata in the order of the standard
 * @param standard the standard population by stratum
 * @param per 1000 for a rate per 1,000
 * @returns no population where a stratum of the standard has none in the area, no events where there are none
 */
export function directlyStandardised(
  strata: readonly Stratum[],
  standard: ArrayLike<number>,
  per: number,
  coverage: Coverage = COVERAGE_95,
): Outcome<StandardisedRate> {
  let whole = 0
  for (let place = 0; place < strata.length; place++) whole += standard[place]!
  const used = strata
    .map(({ count, population }, place) => ({ count, population, share: standard[place]! / whole }))
    .filter(({ share }) => share !== 0)
  if (used.length === 0 || !used.every(({ population, share }) => population > 0 && share > 0))
    return undefinedFor('statistics-no-population')
  let [rate, variance, events, largest] = [0, 0, 0, 0]
  for (const { count, population, share } of used) {
    const weight = share / population
    rate += weight * count
    variance += weight ** 2 * count
    events += count
    largest = Math.max(largest, weight)
  }
  const limits = byarInterval(events, 1, 1, coverage)
  if (!limits || events === 0) return undefinedFor('statistics-no-events')
  const reach = Math.sqrt(variance / events)
  const outside = (1 - coverage.level) / 2
  const [upperRate, upperVariance] = [rate + largest, variance + largest ** 2]
  return defined({
    rate: per * rate,
    interval: {
      lower: per * (rate + reach * (limits.lower - events)),
      upper: per * (rate + reach * (limits.upper - events)),
      level: coverage.level,
    },
    cautiousInterval: {
      lower: per * (variance / rate) * gammaQuantile(outside, rate ** 2 / variance),
      upper:
        per *
        (upperVariance / upperRate) *
        gammaQuantile(1 - outside, upperRate ** 2 / upperVariance),
      level: coverage.level,
    },
    events,
  })
}

export interface StandardisedRatio {
  readonly observed: number
  /** Σ populationᵢ · the standard's rate in stratum i. */
  readonly expected: number
  /** observed/expected: 1 is as many as the standard's rates would give. */
  readonly ratio: number
  /** Exact: Garwood's limits of the observed, over the expected. */
  readonly interval: Interval
  /** ratio·exp(±z/√observed); null without events. */
  readonly logarithmicInterval: Interval | null
  /** The standard's crude rate times the ratio. */
  readonly rate: number
}

/**
 * Indirect standardisation: the area's events beside those that the standard's rates would give its population.
 * Right where the area's own rates are too small to be used one by one; two areas' ratios have different standards
 * and are not compared with one another.
 * Source: Breslow & Day, Statistical Methods in Cancer Research II (1987) 65; epitools::ageadjust.indirect.
 * @param observed the area's events in all strata together
 * @param populations the area's, by stratum
 * @param standard events and population of the standard, in the same order
 * @param per 1000 for a rate per 1,000
 * @returns no population where nothing can be expected
 */
export function indirectlyStandardised(
  observed: number,
  populations: ArrayLike<number>,
  standard: readonly Stratum[],
  per: number,
  coverage: Coverage = COVERAGE_95,
): Outcome<StandardisedRatio> {
  let [expected, events, people] = [0, 0, 0]
  standard.forEach(({ count, population }, place) => {
    if (populations[place] === 0 && population === 0) return
    expected += (populations[place]! * count) / population
    events += count
    people += population
  })
  const interval = garwoodInterval(observed, expected, 1, coverage)
  if (!interval || !Number.isFinite(expected)) return undefinedFor('statistics-no-population')
  const ratio = observed / expected
  const factor = Math.exp(coverage.z / Math.sqrt(observed))
  return defined({
    observed,
    expected,
    ratio,
    interval,
    logarithmicInterval:
      observed === 0
        ? null
        : { lower: ratio / factor, upper: ratio * factor, level: coverage.level },
    rate: (per * ratio * events) / people,
  })
}
