import { CROSS_RANDOMISATION } from '../../../src/app/cross/protocol.ts'
import { crossNullWorld, NULL_CHOICES, readNullGround, type NullGround } from '../null-worlds.ts'
import type { Check } from '../check.ts'

/** Of the matrices of worlds with nothing planted, how many may have a pair that survives correction. */
const MOST_WITH_SURVIVORS = 0.07
const WORLDS = 'worlds'

let common: Promise<NullGround> | null = null

export const nullWorlds: Check = {
  name: 'null-worlds',
  claim:
    'in worlds of the demonstration’s kind with nothing planted, the share of matrices of which any pair survives correction is at most 7 %, at each level, as measured and smoothed: of released figures, with what is hidden',
  unit: 'worlds',
  seed: 1,
  count: 200,
  batchSize: 1,
  async run({ first, count }) {
    const ground = await (common ??= readNullGround())
    const tally: Record<string, number> = {}
    const add = (name: string, value: number): void => {
      tally[name] = (tally[name] ?? 0) + value
    }
    for (let seed = this.seed + first; seed < this.seed + first + count; seed++) {
      add(WORLDS, 1)
      for (const [name, { answer }] of crossNullWorld(seed, ground, CROSS_RANDOMISATION)) {
        const tested = answer.cells.flat().flatMap((cell) => (cell?.kind === 'tested' ? cell : []))
        add(withSurvivors(name), Number(answer.survivors > 0))
        add(`${name}: pairs tested`, tested.length)
        add(
          `${name}: of them p ≤ 0.05 before correction`,
          tested.filter(({ p }) => p <= 0.05).length,
        )
        add(`${name}: of them surviving`, answer.survivors)
      }
    }
    return tally
  },
  conclude(tally, count) {
    // A handful of worlds says little about a rate.
    if (count < 100) return []
    return [...NULL_CHOICES.keys()].flatMap((name) => {
      const share = (tally[withSurvivors(name)] ?? 0) / (tally[WORLDS] ?? 1)
      return share <= MOST_WITH_SURVIVORS ? [] : [`${withSurvivors(name)}: ${share.toFixed(3)}`]
    })
  },
}

const withSurvivors = (name: string): string => `${name}: matrices with survivors`
