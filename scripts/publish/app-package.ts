import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { areasAtLevel } from '../../src/core/area.ts'
import { admitReleased, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import { joinLevels } from '../../src/core/disclosure/join-levels.ts'
import type { JointTable } from '../../src/core/disclosure/joint-table.ts'
import type { Finding } from '../../src/core/finding.ts'
import { readPackageIndex } from '../../src/files/package/package-index.ts'
import { sha256 } from './checksum.ts'

export type AppPackageReading =
  | { readonly ok: true; readonly tables: readonly JointTable[] }
  | { readonly ok: false; readonly finding: Finding }

/** Reads the released figures of a package that the app opens, all levels of an indicator together. */
export async function readAppPackage(folder: string): Promise<AppPackageReading> {
  const open = async (path: string): Promise<{ text: string; sha256: string } | null> => {
    const bytes = await readFile(join(folder, path)).catch(() => null)
    return bytes && { text: bytes.toString('utf8'), sha256: sha256(bytes) }
  }
  const missing = (file: string): AppPackageReading => ({
    ok: false,
    finding: {
      ...{ severity: 'error', code: 'file-missing', file },
      ...{ row: null, column: null, text: null },
    },
  })
  const indexFile = await open('index.json')
  if (!indexFile) return missing('index.json')
  const reading = readPackageIndex(indexFile.text, 'index.json')
  if (!reading.ok) return reading
  const { index } = reading
  const tables: JointTable[] = []
  for (const indicator of index.indicators) {
    const levels: DisclosedTable[] = []
    for (const reference of index.observations) {
      if (reference.indicator !== indicator.id) continue
      const file = await open(reference.path)
      if (!file) return missing(reference.path)
      const { level, sexes, periods, path } = reference
      const admission = admitReleased(file.text, file.sha256, {
        ...{ indicator, level, sexes, periods, file: path, sha256: reference.sha256 },
        areas: areasAtLevel(index.register, level).map(({ id }) => id),
        release: index.release.id,
      })
      if (!admission.ok) return admission
      levels.push(admission.table)
    }
    if (levels.length > 0) tables.push(joinLevels(levels, indicator, index.register))
  }
  return { ok: true, tables }
}
