import { containingPeriod } from '../../../src/core/period.ts'
import { askWorld, beforeAfterWorld } from '../before-after-worlds.ts'
import { fail, type Check } from '../check.ts'

const KINDS = [
  ['planted', true],
  ['nothing planted', false],
] as const

/** The share that is to be covered, and how many of its own standard errors it may lie from it. */
const COVERED = 0.95
const MOST_ERRORS = 3

export const beforeAfterCheck: Check = {
  name: 'before-after',
  claim:
    'the 95 % interval of a change against comparison areas covers what was planted in about 95 % of worlds, and 0 where nothing was; of figures through the gate, with areas that go their own ways for years; and with too few periods it is always too early',
  unit: 'pairs of worlds',
  seed: 20261103,
  count: 500,
  batchSize: 20,
  run({ first, count }) {
    const tally: Record<string, number> = {}
    const add = (name: string, value: number): void => {
      tally[name] = (tally[name] ?? 0) + value
    }
    for (let pair = first; pair < first + count; pair++)
      for (const [name, planted] of KINDS) {
        const seed = this.seed + 2 * pair + Number(planted)
        const world = beforeAfterWorld(seed, planted)
        requireTooEarly(world, seed)
        const outcome = askWorld(world)
        if (!outcome.ok) {
          add(`${name}: not told, ${outcome.reason}`, 1)
          continue
        }
        const { against, earlierTrend } = outcome.value
        const { lower, upper } = against.interval
        add(`${name}: told`, 1)
        add(`${name}: covered`, Number(lower <= world.truth && world.truth <= upper))
        add(`${name}: moved by the interval`, Number(lower > 0 || upper < 0))
        add(`${name}: parted before`, Number(earlierTrend !== null && earlierTrend.p < 0.05))
      }
    return Promise.resolve(tally)
  },
  conclude(tally, count) {
    // A handful of worlds says little about a rate.
    if (count < 100) return []
    return KINDS.flatMap(([name]) => {
      const told = tally[`${name}: told`] ?? 0
      const share = (tally[`${name}: covered`] ?? 0) / told
      const error = Math.sqrt((COVERED * (1 - COVERED)) / told)
      return Math.abs(share - COVERED) <= MOST_ERRORS * error
        ? []
        : [`${name}: ${share.toFixed(3)} covered, with an error of ${error.toFixed(3)}`]
    })
  },
}

/** The same world, cut off a round too soon at either end. */
function requireTooEarly(world: ReturnType<typeof beforeAfterWorld>, seed: number): void {
  const yearOf = (period: string): number => Number(containingPeriod(period, 'year'))
  const { periods } = world.table
  for (const [reason, kept] of [
    ['too-few-rounds-after', periods.filter((period) => yearOf(period) < 2024)],
    ['too-few-rounds-before', periods.filter((period) => yearOf(period) > 2020)],
  ] as const) {
    const outcome = askWorld(world, kept)
    if (outcome.ok || outcome.reason !== reason)
      fail(`world ${seed}: told of too few periods (${reason})`)
  }
}
