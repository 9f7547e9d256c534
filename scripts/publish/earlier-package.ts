import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { csvParse } from 'd3'
import type { Area } from '../../src/core/area.ts'
import type { Finding } from '../../src/core/finding.ts'
import { readIndicators } from '../../src/files/package/indicator-register.ts'
import { sha256 } from './checksum.ts'
import {
  OBSERVATIONS_FILE,
  readObservations,
  type ReleasedObservations,
} from './released-observations.ts'

/** A release as everyone can read it: nothing but what its folder holds. */
export interface EarlierPackage {
  readonly folder: string
  /** SHA-256 of its observations. */
  readonly checksum: string
  readonly tables: readonly ReleasedObservations[]
}

export type EarlierReading =
  | { readonly ok: true; readonly earlier: EarlierPackage }
  | { readonly ok: false; readonly finding: Finding }

/** Reads a folder that `publish --indicators` has written. */
export async function readEarlier(folder: string): Promise<EarlierReading> {
  const path = resolve(folder)
  const missing = (file: string): EarlierReading => ({
    ok: false,
    finding: {
      ...{ severity: 'error', code: 'file-missing', file: `${basename(path)}/${file}` },
      ...{ row: null, column: null, text: null },
    },
  })
  const read = (file: string): Promise<string | null> =>
    readFile(join(path, file), 'utf8').catch(() => null)
  const observations = await read(OBSERVATIONS_FILE)
  if (observations === null) return missing(OBSERVATIONS_FILE)
  const areasText = await read('areas.csv')
  if (areasText === null) return missing('areas.csv')
  const indicatorsText = await read('indicators.json')
  if (indicatorsText === null) return missing('indicators.json')

  const areas = csvParse(areasText).map(
    ({ id = '', level = '', name = '', parent = '' }): Area => ({
      ...{ id, level, name },
      parent: parent === '' ? null : parent,
    }),
  )
  const register = readIndicators(parse(indicatorsText), `${basename(path)}/indicators.json`)
  if ('findings' in register) return { ok: false, finding: register.findings[0]! }
  const file = `${basename(path)}/${OBSERVATIONS_FILE}`
  const reading = readObservations(observations, file, register.indicators, areas)
  if (!reading.ok) return reading
  const { tables } = reading
  return { ok: true, earlier: { folder: path, checksum: sha256(observations), tables } }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
