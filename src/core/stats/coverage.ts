/** How sure an interval is to cover the truth, with the standard normal quantile that makes it so. */
export interface Coverage {
  readonly level: number
  /** Φ⁻¹((1 + level) / 2). */
  readonly z: number
}

/** The interval shown beside a value. R 4.2.2: qnorm(0.975). */
export const COVERAGE_95: Coverage = { level: 0.95, z: 1.959963984540054 }

/** The outer limits of a funnel plot, "three sigma". R 4.2.2: qnorm(0.999). */
export const COVERAGE_998: Coverage = { level: 0.998, z: 3.090232306167813 }
