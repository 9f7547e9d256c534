import { csvFormatRows } from 'd3'
import type { Release } from '../../src/core/release.ts'
import { sha256 } from './checksum.ts'
import type { PackageFiles } from './package-source.ts'
import type { PlannedReading } from './planned-input.ts'
import { writeLog, type DisclosureLog } from './release-log.ts'
import {
  OBSERVATIONS_FILE,
  writeObservations,
  type ReleasedObservations,
} from './released-observations.ts'

export interface PlannedRelease {
  readonly reading: Extract<PlannedReading, { ok: true }>
  readonly release: Release
  readonly released: readonly ReleasedObservations[]
  readonly log: Omit<DisclosureLog, 'files'>
}

/** The files of a package, out of released cells alone. */
export function plannedFiles({ reading, release, released, log }: PlannedRelease): PackageFiles {
  const { register, indicators } = reading
  const json = (value: unknown): string => JSON.stringify(value, null, 2) + '\n'
  const files = new Map<string, string>()
  files.set(OBSERVATIONS_FILE, writeObservations(released, register.areas))
  files.set(
    'areas.csv',
    csvFormatRows([
      ['id', 'level', 'name', 'parent'],
      ...register.areas.map(({ id, level, name, parent }) => [id, level, name, parent ?? '']),
    ]) + '\n',
  )
  files.set('indicators.json', json(indicators))
  files.set('release.json', json(release))
  const whole: DisclosureLog = {
    ...log,
    files: Object.fromEntries([...files].map(([path, text]) => [path, sha256(text)])),
  }
  files.set('rojandekontroll.md', writeLog(whole))
  files.set('rojandekontroll.json', json(whole))
  files.set(
    'datapackage.json',
    json({
      $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
      name: 'lageskartan',
      title: release.title,
      version: release.id,
      created: `${release.date}T00:00:00Z`,
      resources: [...files].map(([path, text]) => ({
        name: path.replace(/\.[a-z]+$/, '').replace(/[/_]/g, '-'),
        path,
        bytes: Buffer.byteLength(text),
        hash: `sha256:${sha256(text)}`,
      })),
    }),
  )
  return files
}
