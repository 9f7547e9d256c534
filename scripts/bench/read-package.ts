import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { areasAtLevel, type LevelId } from '../../src/core/area.ts'
import type { ReleasedExpectation } from '../../src/core/disclosure/gate.ts'
import type { IndicatorId } from '../../src/core/indicator.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { readPackageIndex } from '../../src/files/package/package-index.ts'

/** @throws Error when the folder holds no package that the app would open */
export async function readIndex(folder: string): Promise<PackageIndex> {
  const reading = readPackageIndex(await readFile(join(folder, 'index.json'), 'utf8'), 'index.json')
  if (!reading.ok) throw new Error(`${folder}: ${reading.finding.code}`)
  return reading.index
}

/** The text of one observation file and what the gate expects of it. @throws RangeError when the index has none */
export async function readObservations(
  folder: string,
  index: PackageIndex,
  indicatorId: IndicatorId,
  level: LevelId,
): Promise<{ readonly text: string; readonly expected: ReleasedExpectation }> {
  const file = index.observations.find(
    (candidate) => candidate.indicator === indicatorId && candidate.level === level,
  )
  const indicator = index.indicators.find(({ id }) => id === indicatorId)
  if (!file || !indicator) throw new RangeError(`no observations of ${indicatorId} at ${level}`)
  return {
    text: await readFile(join(folder, file.path), 'utf8'),
    expected: {
      release: index.release.id,
      indicator,
      level,
      file: file.path,
      sha256: file.sha256,
      sexes: file.sexes,
      periods: file.periods,
      areas: areasAtLevel(index.register, level).map(({ id }) => id),
    },
  }
}
