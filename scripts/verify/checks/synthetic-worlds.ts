import { readFile } from 'node:fs/promises'
import type { Indicator } from '../../../src/core/indicator.ts'
import { readIndicators } from '../../../src/files/indicator-register.ts'
import { readGround } from '../../synthesise/ground.ts'
import { synthesise } from '../../synthesise/synthesise.ts'
import { fail, type Check } from '../check.ts'
import { findPlanted } from '../planted-findings.ts'

/** Of the planted truths of each kind, how many a plain method must find over all worlds. */
const LEAST_FOUND = 0.8

export const syntheticWorlds: Check = {
  name: 'worlds',
  claim:
    'worlds of other seeds keep every acceptance rule too, and most of what is planted in them is found',
  unit: 'worlds',
  seed: 1,
  count: 200,
  batchSize: 1,
  async run({ first, count }) {
    const ground = readGround()
    const indicators = await readRegister()
    const tally: Record<string, number> = {}
    const add = (name: string, value: number): void => {
      tally[name] = (tally[name] ?? 0) + value
    }
    for (let seed = this.seed + first; seed < this.seed + first + count; seed++) {
      const world = synthesise(seed, ground)
      const { truths, comparedWithType, faults } = findPlanted(world, ground, indicators)
      if (faults.length > 0) fail(`world ${seed}: ${faults.join('; ')}`)
      if (world.incidents.length < 60_000)
        fail(`world ${seed}: ${world.incidents.length} incidents`)
      add('figures held against the områdestyp, |ρ| ≤ 0.2', comparedWithType)
      for (const [name, { planted, found }] of Object.entries(truths)) {
        add(`found: ${name}`, found)
        add(`planted: ${name}`, planted)
      }
    }
    return tally
  },
  conclude(tally, count) {
    // A handful of worlds says little about a rate.
    if (count < 20) return []
    return Object.entries(tally).flatMap(([name, found]) => {
      const planted = tally[name.replace('found', 'planted')]
      return name.startsWith('found') && planted !== undefined && found < LEAST_FOUND * planted
        ? [`${name}: ${found} of ${planted}`]
        : []
    })
  },
}

async function readRegister(): Promise<ReadonlyMap<string, Indicator>> {
  const file = 'data/indicators/indicators.json'
  const text = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8')
  const reading = readIndicators(JSON.parse(text), file)
  if ('findings' in reading) return fail(`${file} has faults`)
  return new Map(reading.indicators.map((indicator) => [indicator.id, indicator]))
}
