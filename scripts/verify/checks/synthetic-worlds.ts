import { readFile } from 'node:fs/promises'
import type { Indicator } from '../../../src/core/indicator.ts'
import { readIndicators } from '../../../src/files/package/indicator-register.ts'
import { readGround, type Ground } from '../../synthesise/ground.ts'
import { synthesise, type SyntheticWorld } from '../../synthesise/synthesise.ts'
import { fail, type Check } from '../check.ts'
import { findPlanted } from '../planted-findings.ts'

/** Of the planted truths of each kind, how many a plain method must find over all worlds. */
const LEAST_FOUND = 0.8
const COMPARED = 'figures held against the områdestyp'
/** Of the figures of other worlds, how many noise may bring past the limit, and how far: 28 stadsdelar are few. */
const PAST_LIMIT = 'of them past |ρ| = 0.2'
const MOST_PAST_LIMIT = 0.02
const LARGEST_BY_NOISE = 0.4
/** Seeds whose patterns leave no place for a planted cluster: they make no world. */
const REFUSED = 'of them without ground for a cluster'
const MOST_REFUSED = 0.1

export const syntheticWorlds: Check = {
  name: 'worlds',
  claim:
    'in worlds of other seeds most of what is planted is found, and few figures follow the real områdestyp: patterns are free of it, so that only noise can bring one past the limit that the demonstration keeps',
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
      const world = worldOf(seed, ground)
      add('seeds', 1)
      if (!world) {
        add(REFUSED, 1)
        continue
      }
      const { truths, comparedWithType, followers, faults } = findPlanted(world, ground, indicators)
      if (faults.length > 0) fail(`world ${seed}: ${faults.join('; ')}`)
      if (world.incidents.length < 60_000)
        fail(`world ${seed}: ${world.incidents.length} incidents`)
      for (const { text, correlation } of followers)
        if (!(correlation <= LARGEST_BY_NOISE)) fail(`world ${seed}: ${text}`)
      add(COMPARED, comparedWithType)
      add(PAST_LIMIT, followers.length)
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
    const isTooMany = (name: string, of: string, share: number): boolean =>
      (tally[name] ?? 0) > share * (tally[of] ?? 0)
    if (isTooMany(PAST_LIMIT, COMPARED, MOST_PAST_LIMIT)) return [PAST_LIMIT]
    if (isTooMany(REFUSED, 'seeds', MOST_REFUSED)) return [REFUSED]
    return Object.entries(tally).flatMap(([name, found]) => {
      const planted = tally[name.replace('found', 'planted')]
      return name.startsWith('found') && planted !== undefined && found < LEAST_FOUND * planted
        ? [`${name}: ${found} of ${planted}`]
        : []
    })
  },
}

function worldOf(seed: number, ground: Ground): SyntheticWorld | null {
  try {
    return synthesise(seed, ground)
  } catch (error) {
    if (error instanceof Error && error.message.includes('no ground for a cluster')) return null
    throw error
  }
}

async function readRegister(): Promise<ReadonlyMap<string, Indicator>> {
  const file = 'data/indicators/indicators.json'
  const text = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8')
  const reading = readIndicators(JSON.parse(text), file)
  if ('findings' in reading) return fail(`${file} has faults`)
  return new Map(reading.indicators.map((indicator) => [indicator.id, indicator]))
}
