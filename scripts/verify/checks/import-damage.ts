import { embeddedAreas, inspectWith } from '../../import/inspect.ts'
import { decodeText } from '../../../src/files/formats/decode-text.ts'
import type { Inspection } from '../../../src/files/inspection.ts'
import { importFixtures } from '../../../tests/support/import-fixtures.ts'
import { randomStream, type Random } from '../../synthesise/random.ts'
import { fail, type Check } from '../check.ts'
import { damageFile } from '../damage-file.ts'
import { judgeInspection, type SoundFile } from '../judge-inspection.ts'

/** A small file is read in a few milliseconds; longer than this, something runs away. Of the processor's time. */
const MOST_MILLISECONDS = 2000
/** Readers that are slow to start are tried less often. */
const WEIGHTS: Readonly<Record<string, number>> = { xlsx: 0.5, geopackage: 0.5, shapefile: 0.5 }
/** Faults that a batch tells of at most. */
const MOST_TOLD = 8

interface Subject extends SoundFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly format: string
}

export const importDamage: Check = {
  name: 'import-damage',
  claim:
    'any damage to any file gives findings or readings within two seconds; rows it did not touch keep their figures, and nothing of a person is printed',
  unit: 'damaged files',
  seed: 20261106,
  count: 100_000,
  batchSize: 2_500,
  async run({ seed, count }) {
    const random = randomStream(seed, 'import-damage')
    const subjects = await soundFiles()
    const areas = await embeddedAreas()
    const tally: Record<string, number> = {}
    const faults: string[] = []
    for (let done = 0; done < count; done++) {
      const { name, format, bytes, ...sound } = chosen(random, subjects)
      const damaged = damageFile(random, bytes)
      const told = (what: string): void => {
        if (faults.length < MOST_TOLD) faults.push(`${name}, damage ${done}: ${what}`)
      }
      const start = process.cpuUsage()
      let inspection: Inspection
      try {
        inspection = await inspectWith([{ name, bytes: damaged }], areas)
      } catch (error) {
        told(`thrown: ${String(error)}`)
        continue
      }
      const { user, system } = process.cpuUsage(start)
      if (user + system > MOST_MILLISECONDS * 1000) told(`${(user + system) / 1000} ms`)
      const judgement = judgeInspection(withWhole(sound, damaged), inspection, damaged, areas)
      for (const fault of judgement.faults) told(fault)
      const counted = `${format}: ${judgement.outcome}`
      tally[counted] = (tally[counted] ?? 0) + 1
    }
    if (faults.length > 0) fail(faults.join('\n      '))
    return Object.fromEntries(Object.entries(tally).sort())
  },
}

let known: Promise<readonly Subject[]> | undefined

/** The files that the damage is done to, each read once. */
export function soundFiles(): Promise<readonly Subject[]> {
  known ??= readSoundFiles()
  return known
}

async function readSoundFiles(): Promise<readonly Subject[]> {
  const areas = await embeddedAreas()
  return Promise.all(
    importFixtures().map(async ({ name, bytes }): Promise<Subject> => {
      const inspection = await inspectWith([{ name, bytes }], areas)
      const format = inspection.files[0]?.format ?? 'refused'
      return { name, bytes, format, inspection, identifiers: identifiersIn(bytes) }
    }),
  )
}

function chosen(random: Random, subjects: readonly Subject[]): Subject {
  const weights = subjects.map(({ format }) => WEIGHTS[format] ?? 1)
  let place = random() * weights.reduce((sum, weight) => sum + weight, 0)
  return subjects.find((_, index) => (place -= weights[index]!) < 0) ?? subjects.at(-1)!
}

/** What tells of a person wherever it stands, with the signs on both sides that it stands between. */
const IDENTIFIER =
  /(^|[^\p{L}\d])((?:19|20)?\d{6}[-+]\d{4}|(?:19|20)\d{10}|070-\d{3} ?\d\d ?\d\d|[\w.]+@[\w.]+\w)(?=$|[^\p{L}\d])/gmu

/** Of files that hold letters. */
function identifiersIn(bytes: Uint8Array): readonly string[] {
  const { text } = decodeText(bytes)
  return [...text.matchAll(IDENTIFIER)].map((match) => match[2]!)
}

/** Identifiers that the damage has left as they were: what is half of one is no longer one. */
function withWhole(sound: SoundFile, damaged: Uint8Array): SoundFile {
  if (sound.identifiers.length === 0) return sound
  const left = new Set(identifiersIn(damaged))
  return { ...sound, identifiers: sound.identifiers.filter((one) => left.has(one)) }
}
