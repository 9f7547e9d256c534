import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fail, type Check } from '../scripts/verify/check.ts'
import { CHECKS } from '../scripts/verify/checks.ts'
import { ProgressStore } from '../scripts/verify/progress.ts'
import { runCheck } from '../scripts/verify/run-check.ts'

/** How much of each long check is run here; the whole is `npm run verify`. */
const SAMPLE: Readonly<Record<string, number>> = {
  'released-cells': 1,
  links: 3000,
  'released-damage': 1000,
  'index-damage': 500,
  aggregate: 40,
  'before-after': 10,
  'whole-municipality': 5,
  database: 3,
  'import-damage': 400,
  disclosure: 15,
  worlds: 1,
}
/** Only in the whole: they do one thing and take long, or stand in a test of their own. */
const WHOLE_ONLY = ['publishing', 'schematic', 'import-round-trip', 'null-worlds', 'office-files']

describe('a sample of the long checks', () => {
  it('has every check in it but those named', () => {
    const names = CHECKS.map(({ name }) => name).sort()
    expect([...Object.keys(SAMPLE), ...WHOLE_ONLY].sort()).toEqual(names)
  })

  it.each(CHECKS.filter(({ name }) => name in SAMPLE).map((check) => [check.name, check] as const))(
    '%s',
    async (name, check) => {
      const outcome = await runCheck(check, SAMPLE[name]! / check.count)
      expect(outcome.faults).toEqual([])
      expect(outcome.count).toBe(SAMPLE[name])
    },
    60_000,
  )
})

describe('the runner of long checks', () => {
  const counting = (failingAt: number | null, seen: number[] = []): Check => ({
    name: 'counting',
    claim: '',
    unit: 'numbers',
    seed: 10,
    count: 100,
    batchSize: 30,
    run({ seed, first, count }) {
      if (first === failingAt) fail('a wrong number')
      seen.push(seed)
      return Promise.resolve({ numbers: count })
    },
    conclude: ({ numbers }) => (numbers === 100 ? [] : ['not all']),
  })

  it('runs all batches, each with its own seed, and adds what they count', async () => {
    const seen: number[] = []
    const { faults, tally } = await runCheck(counting(null, seen), 1)
    expect({ faults, tally, seen }).toEqual({
      faults: [],
      tally: { numbers: 100 },
      seen: [10, 11, 12, 13],
    })
    expect((await runCheck(counting(null), 0.5)).faults).toEqual(['not all'])
  })

  it('says which batch failed, and goes on from there the next time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lageskartan-verify-'))
    try {
      const store = await ProgressStore.open(true, folder)
      const { faults } = await runCheck(counting(60), 1, store)
      expect(faults).toEqual(['batch 2 (seed 12): a wrong number'])
      const seen: number[] = []
      const { tally } = await runCheck(counting(null, seen), 1, store)
      expect({ seen, tally }).toEqual({ seen: [12, 13], tally: { numbers: 100 } })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
