import type { Random } from './random.ts'

/**
 * A standard normal number (Marsaglia & Bray's polar method: no sine or cosine, whose last bit differs between
 * versions of the engine).
 */
export function normal(random: Random): number {
  for (;;) {
    const x = 2 * random() - 1
    const y = 2 * random() - 1
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

/** A gamma number with scale 1, so that its mean is `shape` (Marsaglia & Tsang 2000). */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * Math.exp(Math.log(1 - random()) / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A beta number. */
export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a)
  return x / (x + gamma(random, b))
}

/** A Poisson count; large means are reduced through gamma and binomial numbers (Ahrens & Dieter 1974). */
export function poisson(random: Random, mean: number): number {
  let count = 0
  let rest = mean
  while (rest > 25) {
    const step = Math.floor((7 / 8) * rest)
    const time = gamma(random, step)
    if (time > rest) return count + binomial(random, step - 1, rest / time)
    count += step
    rest -= time
  }
  const limit = Math.exp(-rest)
  for (let product = random(); product > limit; product *= random()) count++
  return count
}

/** A binomial count; many trials are reduced through their beta-distributed median (Devroye 1986, X.4.3). */
export function binomial(random: Random, trials: number, probability: number): number {
  let count = 0
  let left = trials
  let p = Math.min(1, Math.max(0, probability))
  while (left > 30) {
    const a = 1 + Math.floor(left / 2)
    const split = beta(random, a, left + 1 - a)
    if (split >= p) {
      left = a - 1
      p /= split
    } else {
      count += a
      left -= a
      p = (p - split) / (1 - split)
    }
  }
  for (; left > 0; left--) if (random() < p) count++
  return count
}

/** A count whose variance is mean + mean² / shape: Poisson with a gamma-distributed mean. */
export function negativeBinomial(random: Random, mean: number, shape: number): number {
  return mean > 0 ? poisson(random, (mean * gamma(random, shape)) / shape) : 0
}

/** A count of trials that resemble each other: `correlation` between any two of them. */
export function betaBinomial(
  random: Random,
  trials: number,
  probability: number,
  correlation: number,
): number {
  if (trials === 0) return 0
  const total = 1 / correlation - 1
  return binomial(random, trials, beta(random, probability * total, (1 - probability) * total))
}
