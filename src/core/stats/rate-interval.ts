import type { Interval } from '../cell.ts'
import { COVERAGE_95, type Coverage } from './coverage.ts'

/**
 * Byar's interval for a rate per · count / base: close to the exact Poisson (Garwood) limits from the first event
 * on. Limits x(1 − 1/9x − z/3√x)³ and (x+1)(1 − 1/9(x+1) + z/3√(x+1))³ around a count x; the lower is 0 at x = 0.
 * Source: Breslow & Day, Statistical Methods in Cancer Research II (1987), eq. 2.13; the form of Public Health
 * England's technical briefing 3. (epitools::pois.byar is Rothman & Boice's variant at x + ½, narrower.)
 * @param count events, not negative; may be a mean and need not be whole
 * @param base population or person-time; 1 for the count itself
 * @param per 1000 for a rate per 1,000
 * @returns null where the rate is undefined: no positive base, or no count
 */
export function byarInterval(
  count: number,
  base: number,
  per: number,
  coverage: Coverage = COVERAGE_95,
): Interval | null {
  if (!(count >= 0) || !(base > 0)) return null
  const scale = per / base
  return {
    lower: count === 0 ? 0 : scale * Math.max(0, cubedNormalPoint(count, -coverage.z)),
    upper: scale * cubedNormalPoint(count + 1, coverage.z),
    level: coverage.level,
  }
}

/**
 * The point of a Poisson count's distribution at z standard normal deviations, through the cube root that is nearly
 * normal: x(1 − 1/9x + z/3√x)³. Source: Wilson & Hilferty, PNAS 17 (1931) 684.
 */
export function cubedNormalPoint(count: number, z: number): number {
  return count * (1 - 1 / (9 * count) + z / (3 * Math.sqrt(count))) ** 3
}

/**
 * Wilson's score interval for a share per · count / base.
 * Source: Wilson, JASA 22 (1927) 209; Newcombe, Statistics in Medicine 17 (1998) 857, method 3.
 * @param count those with the property, 0 … base
 * @param base all of them; respondents of a survey
 * @param per 100 for per cent
 * @param designEffect divides the base into the effective sample size of a survey; 1 for a simple count
 * @returns null where the share is undefined: no positive base, or a count outside it
 */
export function wilsonInterval(
  count: number,
  base: number,
  per: number,
  coverage: Coverage = COVERAGE_95,
  designEffect = 1,
): Interval | null {
  if (!(base > 0) || !(count >= 0 && count <= base) || !(designEffect > 0)) return null
  const size = base / designEffect
  const share = count / base
  const square = coverage.z ** 2
  const centre = share + square / (2 * size)
  const reach = coverage.z * Math.sqrt((share * (1 - share)) / size + square / (4 * size ** 2))
  const shrink = per / (1 + square / size)
  return {
    lower: count === 0 ? 0 : shrink * (centre - reach),
    upper: count === base ? per : shrink * (centre + reach),
    level: coverage.level,
  }
}
