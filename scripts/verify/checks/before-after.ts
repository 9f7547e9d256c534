import { containingPeriod } from '../../../src/core/period.ts'
import { askWorld, beforeAfterWorld } from '../before-after-worlds.ts'
import { fail, type Check } from '../check.ts'
import { CoverageTally, PLANTED_OR_NOT, uncovered } from '../coverage.ts'

export const beforeAfterCheck: Check = {
  name: 'before-after',
  claim:
    'the 95 % interval of a change against comparison areas covers what was planted in about 95 % of worlds, and 0 where nothing was; of figures through the gate, with areas that go their own ways for years; and with too few periods it is always too early',
  unit: 'pairs of worlds',
  seed: 20261103,
  count: 500,
  batchSize: 20,
  run({ first, count }) {
    const counted = new CoverageTally()
    for (let pair = first; pair < first + count; pair++)
      for (const [name, planted] of PLANTED_OR_NOT) {
        const seed = this.seed + 2 * pair + Number(planted)
        const world = beforeAfterWorld(seed, planted)
        requireTooEarly(world, seed)
        const outcome = askWorld(world)
        if (!outcome.ok) {
          counted.add(`${name}: not told, ${outcome.reason}`, 1)
          continue
        }
        const { against, earlierTrend } = outcome.value
        counted.interval(name, against.interval, world.truth)
        counted.add(
          `${name}: parted before`,
          Number(earlierTrend !== null && earlierTrend.p < 0.05),
        )
      }
    return Promise.resolve(counted.tally)
  },
  conclude: uncovered,
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
