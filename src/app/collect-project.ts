import { areasAtLevel } from '../core/area.ts'
import { writeReleased } from '../core/disclosure/gate.ts'
import { writeIncidents } from '../core/disclosure/incidents.ts'
import { cellCount } from '../core/observation.ts'
import type { FileReference, ObservationFile, PackageIndex } from '../core/release.ts'
import { DISCLOSURE_LOG_FILE } from '../files/package/disclosure-log.ts'
import { referenceTo } from '../files/package/overlay-layers.ts'
import { mergeLog } from '../files/package/overlay-log.ts'
import {
  eventLayer,
  hasLayers,
  mergeIndex,
  type ImportLayer,
  type Workspace,
} from '../files/package/overlay.ts'
import type { Project } from '../files/package/project.ts'
import { PackageReader } from './load.ts'

/**
 * Everything that a project file holds: the package with its layers as one whole package on the boundaries in effect.
 * Files that are as they were released are taken byte by byte; those of other boundaries are written anew.
 * @throws PackageFault when a file cannot be had
 */
export async function collectProject(reader: PackageReader): Promise<Project> {
  const { workspace, base, index } = reader
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const add = async (path: string, text: string): Promise<FileReference> => {
    const bytes = new TextEncoder().encode(text)
    files.set(path, bytes)
    return referenceTo(path, bytes)
  }
  const keep = async (reference: FileReference, owner: 'base' | 'layer'): Promise<void> => {
    files.set(reference.path, await reader.bytes(reference, owner))
  }
  const observation = async (
    file: ObservationFile,
    layer: ImportLayer | null,
  ): Promise<ObservationFile> => {
    if (reader.isAsReleased(file.indicator, file.level)) {
      await keep(file, layer ? 'layer' : 'base')
      return file
    }
    const table = await reader.table(file.indicator, file.level)
    return { ...file, ...(await add(file.path, writeReleased(table))), rows: cellCount(table) }
  }
  const isPublished = ({ indicator, level }: ObservationFile): boolean =>
    index.observations.some((file) => file.indicator === indicator && file.level === level)

  const events = eventLayer(workspace)
  const layers: ImportLayer[] = []
  for (const layer of workspace.layers) {
    const observations: ObservationFile[] = []
    for (const file of layer.observations)
      if (isPublished(file)) observations.push(await observation(file, layer))
    const own = new Set(observations.map(({ indicator }) => indicator))
    if (own.size === 0) continue
    // Events that others stand in place of are not kept.
    const incidents = layer.id === events?.id ? layer.incidents : null
    layers.push(onBoundariesOf(index, { ...layer, observations, incidents }, own))
  }
  for (const file of [events?.incidents?.hexagons, events?.incidents?.hexagonOutlines])
    if (file) await keep(file, 'layer')
  const owned = new Set(workspace.layers.flatMap(({ indicators }) => indicators.map((i) => i.id)))

  // What the boundaries make of the package alone.
  const under = mergeIndex(base.index, { ...workspace, layers: [] })
  const observations: ObservationFile[] = []
  for (const file of base.index.observations)
    if (!owned.has(file.indicator) && isPublished(file))
      observations.push(await observation(file, null))
  const package_: PackageIndex = {
    ...under,
    indicators: under.indicators.filter(({ id }) => !owned.has(id)),
    observations,
    incidents: events ? null : await incidentFiles(),
    ...(base.index.plan ? { plan: await planFile(base.index.plan) } : {}),
    ...(base.index.flows ? { flows: base.index.flows } : {}),
  }
  if (base.index.flows) await keep(base.index.flows, 'base')
  const boundaryOwner = workspace.boundaries ? 'layer' : 'base'
  for (const reference of [index.boundaries, index.neighbours]) await keep(reference, boundaryOwner)

  const inProject: Workspace = { ...workspace, layers, boundaries: null }
  const whole = mergeIndex(package_, inProject)
  const log = await reader.disclosureLog()
  const isUntouched = !hasLayers(workspace) && base.index === base.written
  if (log)
    await add(
      DISCLOSURE_LOG_FILE,
      JSON.stringify(isUntouched ? log : mergeLog(log, whole, inProject)) + '\n',
    )
  const earlierFiles = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const file of workspace.superseded.flatMap((layer) => layer.observations))
    earlierFiles.set(file.path, await reader.bytes(file, 'layer'))
  return { base: package_.release, index: whole, files, earlierFiles, workspace: inProject }

  /** Where areas or indicators that it names are not in effect, it is written without them. */
  async function planFile(reference: FileReference): Promise<FileReference> {
    const bytes = await reader.bytes(reference, 'base')
    const plan = await reader.plan()
    const asPublished = await new PackageReader(base).plan()
    if (JSON.stringify(plan) === JSON.stringify(asPublished)) {
      files.set(reference.path, bytes)
      return reference
    }
    return add(reference.path, JSON.stringify(plan) + '\n')
  }

  async function incidentFiles(): Promise<PackageIndex['incidents']> {
    const { incidents } = under
    if (!incidents) return null
    for (const reference of [incidents.hexagons, incidents.hexagonOutlines])
      if (reference) await keep(reference, 'base')
    if (!workspace.boundaries) {
      for (const reference of incidents.counts) await keep(reference, 'base')
      return incidents
    }
    const counts: (FileReference & { readonly level: string })[] = []
    for (const { level, path } of incidents.counts)
      counts.push({
        level,
        ...(await add(path, writeIncidents(await reader.incidents(level)))),
      })
    return { ...incidents, counts }
  }
}

/** A layer whose files are of the boundaries in effect. */
function onBoundariesOf(
  { register }: PackageIndex,
  layer: ImportLayer,
  own: ReadonlySet<string>,
): ImportLayer {
  const levels = [...new Set(layer.observations.map(({ level }) => level))]
  return {
    ...layer,
    boundaryVersion: register.boundaryVersion.id,
    areas: Object.fromEntries(
      levels.map((level) => [level, areasAtLevel(register, level).map(({ id }) => id)]),
    ),
    indicators: layer.indicators.filter(({ id }) => own.has(id)),
    log: layer.log.filter(({ indicator }) => own.has(indicator)),
  }
}
