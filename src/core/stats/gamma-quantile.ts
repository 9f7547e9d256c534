import gammaQuantileOf from '@stdlib/stats-base-dists-gamma-quantile'

/** Up to this shape @stdlib agrees with R to 1e-15; above 1,000 its upper tail is off by up to 1.5e-4. */
const LARGE_SHAPE = 500
const MOST_STEPS = 50

/**
 * The quantile of the gamma distribution with rate 1: the μ where P(shape, μ) = probability. For large shapes
 * @stdlib's is improved by Newton's method on P(a, μ) = (μᵃe^−μ/Γ(a+1)) Σₙ μⁿ/((a+1)…(a+n)).
 * Source of the series: Abramowitz & Stegun 6.5.29; of ln Γ: Stirling's series, 6.1.40.
 * @returns NaN for impossible parameters
 */
export function gammaQuantile(probability: number, shape: number): number {
  let quantile = gammaQuantileOf(probability, shape, 1)
  if (!(shape > LARGE_SHAPE) || !(probability > 0 && probability < 1)) return quantile
  for (let step = 0; step < MOST_STEPS; step++) {
    const { below, density } = gammaBelow(quantile, shape)
    const change = (below - probability) / density
    quantile -= change
    if (Math.abs(change) <= 1e-15 * quantile) break
  }
  return quantile
}

function gammaBelow(value: number, shape: number): { below: number; density: number } {
  const beyond = (value - shape) / shape
  const logarithm =
    shape * (Math.log1p(beyond) - beyond) -
    Math.log(2 * Math.PI * shape) / 2 -
    1 / (12 * shape) +
    1 / (360 * shape ** 3)
  const factor = Math.exp(logarithm)
  let [term, sum] = [1, 1]
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= value / (shape + n)
    sum += term
  }
  return { below: factor * sum, density: (factor * shape) / value }
}
