import type { Finding } from '../core/finding.ts'
import { readBoundaryLayer, type BoundaryReading } from './boundaries/boundary-reading.ts'
import { unpackArchive } from './formats/archive.ts'
import type { DroppedFile, FormatReading } from './formats/dropped-file.ts'
import { readFormat, type FormatLoaders } from './formats/read-format.ts'
import { recogniseFormat } from './formats/recognise-format.ts'
import type { InspectedFile, Inspection, TableReading } from './inspection.ts'
import { shortFinding, shortText } from './short-finding.ts'
import { masked } from './tables/masking.ts'
import { readGrid, type GridContext } from './tables/read-grid.ts'

export interface InspectionOptions {
  readonly context: GridContext
  readonly loaders: FormatLoaders
  readonly onProgress?: (progress: InspectionProgress) => void
}

export interface InspectionProgress {
  readonly file: string
  readonly phase: 'opening' | 'reading'
  /** 0 … 1 of the phase. */
  readonly share: number
}

/**
 * Reads dropped files of any format: what they are, their tables with readings and findings, their boundaries. Total:
 * any bytes give findings, never an exception. Members of a zip are read as if each had been dropped.
 */
export async function inspectFiles(
  dropped: readonly DroppedFile[],
  options: InspectionOptions,
): Promise<Inspection> {
  const files: InspectedFile[] = []
  const tables: TableReading[] = []
  const boundaries: BoundaryReading[] = []
  const findings: Finding[] = []
  const queue = [...dropped]
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { name, bytes } = next
    options.onProgress?.({ file: name, phase: 'opening', share: 0 })
    const recognised = recogniseFormat(name, bytes)
    if (recognised.format === null) {
      findings.push(recognised.finding)
      continue
    }
    if (recognised.format === 'zip') {
      files.push({ ...NOTHING, name, format: 'zip' })
      const unpacked = unpackArchive(name, bytes)
      findings.push(...unpacked.findings)
      queue.unshift(
        ...unpacked.members.map((member) => ({
          ...{ name: `${name}/${member.name}`, bytes: member.bytes },
        })),
      )
      continue
    }
    // What they hold is read when they are opened, not as one more table.
    if (recognised.format === 'project' || recognised.format === 'package') {
      files.push({ ...NOTHING, name, format: recognised.format })
      if (recognised.format === 'project')
        findings.push(
          ...(await (await import('./package/project.ts')).readProject(name, bytes)).findings,
        )
      continue
    }
    const onShare = (share: number): void =>
      options.onProgress?.({ file: name, phase: 'opening', share })
    const reading = await readFormat(name, bytes, recognised, options.loaders, onShare)
    findings.push(...reading.findings)
    options.onProgress?.({ file: name, phase: 'reading', share: 0 })
    const own = readTables(reading, options.context, findings)
    tables.push(...own)
    const drawn = reading.boundaries.map((layer) => withShortFindings(readBoundaryLayer(layer)))
    findings.push(...drawn.flatMap((layer) => layer.findings))
    boundaries.push(...drawn)
    files.push(describe(name, reading, own, drawn))
  }
  return {
    ...{ files, tables, boundaries },
    findings: [...findings.map(shortFinding), ...tables.flatMap((table) => table.findings)],
  }
}

const withShortFindings = <Reading extends { readonly findings: readonly Finding[] }>(
  reading: Reading,
): Reading => ({ ...reading, findings: reading.findings.map(shortFinding) })

const NOTHING = {
  ...{ encoding: null, delimiter: null, layout: null, crs: null, rows: 0, columns: [] },
} as const

function readTables(
  reading: FormatReading,
  context: GridContext,
  findings: Finding[],
): TableReading[] {
  const tables: TableReading[] = []
  const refused: Finding[] = []
  for (const grid of reading.grids) {
    const read = readGrid(grid, context)
    if (read.ok) tables.push(withShortFindings(read.table))
    else refused.push(...read.findings)
  }
  // A sheet of notes beside a table is no fault; a file without any table is.
  const severity = tables.length > 0 ? 'note' : 'error'
  for (const finding of refused) findings.push({ ...finding, severity })
  return tables
}

function describe(
  name: string,
  reading: FormatReading,
  tables: readonly TableReading[],
  drawn: readonly BoundaryReading[],
): InspectedFile {
  const largest = [...tables].sort((a, b) => b.dataRows - a.dataRows)[0]
  const { format, encoding, delimiter } = reading
  const features = reading.boundaries.reduce((sum, layer) => sum + layer.features.length, 0)
  return {
    ...{ name, format, encoding, delimiter },
    layout: largest ? largest.mapping.layout : reading.boundaries.length > 0 ? 'boundaries' : null,
    crs: (drawn[0]?.frame ?? largest?.frame)?.code ?? null,
    rows: largest ? largest.dataRows : features,
    columns: largest
      ? largest.mapping.columns.map((column) => shortText(masked(column.name)))
      : [
          ...new Set(
            reading.boundaries.flatMap((layer) =>
              layer.features
                .slice(0, 1)
                .flatMap(({ properties }) => Object.keys(properties).map(shortText)),
            ),
          ),
        ],
  }
}
