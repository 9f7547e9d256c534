import { runWorld } from '../../../tests/support/disclosure-world.ts'
import { makeMunicipality } from '../../../tests/support/made-municipality.ts'
import { addTallies, fail, type Check, type Tally } from '../check.ts'

/** Municipalities with more figures than this leave the integer program to the bench. */
const MOST_FIGURES_FOR_OPTIMAL = 60

/** More refused than this, and there is little that the others show. */
const LARGEST_REFUSED_SHARE = 0.3

export const disclosure: Check = {
  name: 'disclosure',
  claim:
    'of random municipalities, in one to three releases, an attacker who reads all that is published is left with what the rules ask for; what is shown is true, every cell is one row, no file holds a hidden figure, the audit agrees, and only what nothing would protect is refused',
  unit: 'municipalities',
  // The seed of the first municipality; the others follow.
  seed: 1,
  count: 600,
  batchSize: 15,
  async run({ first, count }) {
    let tally: Tally = {}
    for (let seed = first + 1; seed <= first + count; seed++) {
      const size = makeMunicipality(seed).releases.at(-1)!.length
      const method = seed % 5 === 0 && size <= MOST_FIGURES_FOR_OPTIMAL ? 'optimal' : 'moves'
      const world = await runWorld(seed, { method })
      if (world.faults.length > 0)
        fail(
          `municipality ${seed} (${method}): ${world.faults.length} faults, ${world.faults.slice(0, 5).join('; ')}`,
        )
      tally = addTallies(tally, { ...world.tally, [`by ${method}`]: 1 })
    }
    return tally
  },
  conclude(tally, count) {
    const refused = tally['refused'] ?? 0
    return refused > LARGEST_REFUSED_SHARE * count
      ? [`${refused} of ${count} municipalities were refused`]
      : []
  },
}
