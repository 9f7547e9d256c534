/** What an area was found to have done, and what chance in its own counts may have added. */
export interface Estimate {
  readonly value: number
  /** Of the value, by counts alone; 0 or more. */
  readonly variance: number
}

export interface RandomEffects {
  /** Σwⱼyⱼ/Σwⱼ with wⱼ = 1/(τ² + vⱼ). */
  readonly mean: number
  /** τ²: how much the estimates vary beyond their own variances. */
  readonly between: number
  /** 1/Σwⱼ. */
  readonly meanVariance: number
}

const MOST_STEPS = 200

/**
 * Mean and spread of several estimates with known variances of their own: τ² solves Σwⱼ(yⱼ − ȳ)² = m − 1, and is 0
 * where they vary no more than their variances say.
 * Source: Paule & Mandel, J. Res. Natl. Bur. Stand. 87 (1982) 377; DerSimonian & Kacker, Contemp. Clin. Trials 28
 * (2007) 105.
 * @returns null for fewer than two estimates, or where all are certain and equal
 */
export function pauleMandel(estimates: readonly Estimate[]): RandomEffects | null {
  const freedom = estimates.length - 1
  if (freedom < 1) return null
  const at = (between: number): RandomEffects & { readonly excess: number } => {
    let [weights, sum] = [0, 0]
    for (const { value, variance } of estimates) {
      weights += 1 / (between + variance)
      sum += value / (between + variance)
    }
    const mean = sum / weights
    const squares = estimates.reduce(
      (total, { value, variance }) => total + (value - mean) ** 2 / (between + variance),
      0,
    )
    return { mean, between, meanVariance: 1 / weights, excess: squares - freedom }
  }
  const plainMean = estimates.reduce((sum, { value }) => sum + value, 0) / estimates.length
  const squares = estimates.reduce((sum, { value }) => sum + (value - plainMean) ** 2, 0)
  const isCertain = estimates.some(({ variance }) => !(variance > 0))
  if (isCertain && !(squares > 0)) return null
  if (!isCertain && at(0).excess <= 0) return strip(at(0))
  // The excess falls with τ², and is below 0 once τ² is as large as all squares together.
  let [low, high] = [0, squares / freedom]
  while (at(high).excess > 0) high *= 2
  for (let step = 0; step < MOST_STEPS && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2
    if (at(middle).excess > 0) low = middle
    else high = middle
  }
  return strip(at((low + high) / 2))
}

const strip = ({ mean, between, meanVariance }: RandomEffects): RandomEffects => ({
  mean,
  between,
  meanVariance,
})
