import { csvFormatRows } from 'd3'
import type { Finding } from '../../src/core/finding.ts'
import type { ActivityPlan } from '../../src/core/plan.ts'
import type { Release } from '../../src/core/release.ts'
import { slugOf } from '../../src/core/slug.ts'
import { describePackage } from './datapackage.ts'
import { logFiles, type LogContent } from './disclosure-log.ts'
import type { PackageFiles } from './package-source.ts'
import type { PlannedReading } from './planned-input.ts'
import { appFiles } from './planned-app-files.ts'
import {
  OBSERVATIONS_FILE,
  writeObservations,
  type ReleasedObservations,
} from './released-observations.ts'

export interface PlannedRelease {
  readonly reading: Extract<PlannedReading, { ok: true }>
  readonly release: Release
  readonly released: readonly ReleasedObservations[]
  readonly log: LogContent
  /** The municipality's plan of activities; null where there is none. */
  readonly plan: ActivityPlan | null
}

/**
 * The files of a package, out of released cells alone; also those that the map opens, when the areas can be drawn.
 */
export function plannedFiles({ reading, release, released, log, plan }: PlannedRelease): {
  readonly files: PackageFiles
  readonly findings: readonly Finding[]
} {
  const { register, indicators } = reading
  const made = appFiles({ ...{ released, register, release, plan }, areasText: reading.areasText })
  const app = 'files' in made ? made : null
  const json = (value: unknown): string => JSON.stringify(value, null, 2) + '\n'
  const files = new Map<string, string>(app?.files)
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
  for (const [path, text] of logFiles(log, register, files)) files.set(path, text)
  const index = app?.index ?? { register, indicators, observations: [], incidents: null }
  const description = describePackage(
    {
      ...{ name: slugOf(release.title) || 'paket', release, licences: [] },
      description: `Publicerat ur ${release.sources.map(({ title }) => title).join(', ')}.`,
    },
    index,
    files,
  )
  files.set('datapackage.json', json(description))
  return { files, findings: 'files' in made ? [] : [made] }
}
