import type { Tally } from './check.ts'

/** Worlds are made in pairs: one with an effect planted in it, one without. */
export const PLANTED_OR_NOT = [
  ['planted', true],
  ['nothing planted', false],
] as const

/** The share that is to be covered, and how many of its own standard errors it may lie from it. */
const COVERED = 0.95
const MOST_ERRORS = 3
/** A handful of worlds says little about a rate. */
const FEWEST_PAIRS = 100

/** Counts how often intervals cover the truth. */
export class CoverageTally {
  private readonly counts: Record<string, number> = {}

  get tally(): Tally {
    return this.counts
  }

  add(name: string, value: number): void {
    this.counts[name] = (this.counts[name] ?? 0) + value
  }

  /** One world's interval, under its own name and the names of groups that it is of. */
  interval(
    name: string,
    { lower, upper }: { readonly lower: number; readonly upper: number },
    truth: number,
    groups: readonly string[] = [],
  ): void {
    for (const one of [name, ...groups]) {
      this.add(`${one}: told`, 1)
      this.add(`${one}: covered`, Number(lower <= truth && truth <= upper))
    }
    this.add(`${name}: moved by the interval`, Number(lower > 0 || upper < 0))
  }
}

/** What of the pairs of worlds is covered too seldom or too often, as sentences. */
export function uncovered(tally: Tally, pairs: number): readonly string[] {
  if (pairs < FEWEST_PAIRS) return []
  return PLANTED_OR_NOT.flatMap(([name]) => {
    const told = tally[`${name}: told`] ?? 0
    const share = (tally[`${name}: covered`] ?? 0) / told
    const error = Math.sqrt((COVERED * (1 - COVERED)) / told)
    return Math.abs(share - COVERED) <= MOST_ERRORS * error
      ? []
      : [`${name}: ${share.toFixed(3)} covered, with an error of ${error.toFixed(3)}`]
  })
}
