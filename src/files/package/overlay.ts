import { areasAtLevel, type AreaId, type AreaRegister, type LevelId } from '../../core/area.ts'
import type { IndicatorLog } from '../../core/disclosure/log.ts'
import type { Finding } from '../../core/finding.ts'
import type { Indicator, IndicatorId } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { FollowUp } from '../../core/plan.ts'
import type { OwnFlow } from '../plan/own-flows.ts'
import type {
  FileReference,
  IncidentFiles,
  ObservationFile,
  PackageIndex,
  Release,
  ReleaseId,
} from '../../core/release.ts'
import { ownBoundariesNote, OWN_LICENCE, ownNote, ownTitle } from '../../text/workspace.ts'
import type { Briefing } from '../../views/briefing/briefing.ts'
import type { Recipe } from '../tables/mapping.ts'
import { boundaryTies, type BoundaryTies } from './boundary-ties.ts'
import type { OwnWords } from './own-words.ts'
import type { TablePart } from './table-part.ts'

/*
 * The analyst's own files as layers above a published package: released figures and boundaries, never a raw figure.
 */

export type LayerId = string

/** What the page says of a file that was read. Holds no figure of it. */
export interface LayerSource {
  readonly file: string
  /** Empty where it is not told. */
  readonly licence: string
  /** Rows that were read. */
  readonly rows: number
  readonly firstPeriod: PeriodCode | null
  readonly lastPeriod: PeriodCode | null
  /** ISO instant. */
  readonly importedAt: string
  readonly findings: Readonly<Record<Finding['severity'], number>>
  /** Name of the recipe that it was read by. */
  readonly recipe: string | null
  /** Left out of boundaries, and of what was stored before it was kept. */
  readonly part?: TablePart
}

/** Released figures of one file. */
export interface ImportLayer {
  readonly id: LayerId
  readonly source: LayerSource
  /** Version of the boundaries that its areas are of. */
  readonly boundaryVersion: string
  /** The areas of its files by level, in their order. */
  readonly areas: Readonly<Record<LevelId, readonly AreaId[]>>
  readonly indicators: readonly Indicator[]
  readonly observations: readonly ObservationFile[]
  /** Where its events happened, as hexagons; null when the file has no places. */
  readonly incidents: IncidentFiles | null
  readonly log: readonly IndicatorLog[]
}

/** Boundaries in place of the package's. */
export interface BoundaryLayer {
  readonly id: LayerId
  readonly source: LayerSource
  /** All areas, those that stay as they were included. */
  readonly register: AreaRegister
  readonly boundaries: FileReference
  readonly neighbours: FileReference
  /** [west, south, east, north] in degrees. */
  readonly bounds: readonly [number, number, number, number]
}

/** Every file of a layer of figures. */
export const layerFilesOf = ({
  observations,
  incidents,
}: ImportLayer): readonly FileReference[] => [
  ...observations,
  ...[incidents?.hexagons, incidents?.hexagonOutlines].filter((file) => file != null),
]

/** The bytes of a layer's files by their path. */
export type LayerFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** All that an analyst has brought, but for the files' bytes. */
export interface Workspace {
  /** No two have the same indicator. */
  readonly layers: readonly ImportLayer[]
  /**
   * What later files stand in place of, oldest first: shown nowhere, but somebody may have the figures still, so that
   * they are weighed in when an indicator of theirs is released anew.
   */
  readonly superseded: readonly ImportLayer[]
  readonly boundaries: BoundaryLayer | null
  /** Kept also when the boundaries go: a figure may be of a version that was left. */
  readonly ties: readonly BoundaryTies[]
  readonly recipes: readonly Recipe[]
  /** Names of areas that were asked about once, in whatever file; null is to leave the rows out. */
  readonly areaNames: Readonly<Record<string, AreaId | null>>
  readonly briefings: readonly Briefing[]
  /** The analyst's own, beside the figures. */
  readonly words: OwnWords
  /** How the plan's efforts go, written after it; one of each intervention and half-year. */
  readonly followUps: readonly FollowUp[]
  /** Work with individuals as counts, released; oldest first. */
  readonly caseFlows: readonly OwnFlow[]
}

export const EMPTY_WORKSPACE: Workspace = {
  ...{ layers: [], superseded: [], boundaries: null, ties: [], recipes: [], areaNames: {} },
  ...{ briefings: [], words: {}, followUps: [], caseFlows: [] },
}

/** Adds a file's figures, in place of what earlier files had of the same indicators. */
export function addImport(workspace: Workspace, layer: ImportLayer): Workspace {
  const replaced = new Set(layer.indicators.map(({ id }) => id))
  const others = workspace.layers.filter(({ id }) => id !== layer.id)
  return {
    ...workspace,
    layers: [...others.flatMap((other) => layerOf(other, (id) => !replaced.has(id))), layer],
    superseded: [
      // What is shown anew need not be kept beside it.
      ...workspace.superseded.filter(({ id }) => id !== layer.id),
      // Where things happened is not weighed in.
      ...others
        .flatMap((other) => layerOf(other, (id) => replaced.has(id)))
        .map((other) => ({ ...other, incidents: null })),
    ],
  }
}

/** Lays boundaries in place of those that are in effect. */
export function addBoundaries(
  workspace: Workspace,
  layer: BoundaryLayer,
  ties: BoundaryTies,
): Workspace {
  const others = workspace.ties.filter(({ from, to }) => from !== ties.from || to !== ties.to)
  const isTie = ties.from !== ties.to
  return { ...workspace, boundaries: layer, ties: isTie ? [...others, ties] : workspace.ties }
}

/**
 * Removes a layer of either kind; what it replaced of the package is back, and what it replaced of earlier files is
 * forgotten.
 */
export function removeLayer(workspace: Workspace, layer: LayerId): Workspace {
  const { boundaries, layers, superseded } = workspace
  const gone = new Set(
    layers.flatMap(({ id, indicators }) => (id === layer ? indicators.map((one) => one.id) : [])),
  )
  return {
    ...workspace,
    layers: layers.filter(({ id }) => id !== layer),
    superseded: superseded.flatMap((one) => layerOf(one, (id) => !gone.has(id))),
    boundaries: boundaries?.id === layer ? null : boundaries,
  }
}

/** Remembers how files of a shape are read, and names that were asked about. */
export function remember(
  workspace: Workspace,
  { recipe, areaNames }: { readonly recipe?: Recipe; readonly areaNames?: Workspace['areaNames'] },
): Workspace {
  const isOther = (other: Recipe): boolean =>
    other.shape !== recipe?.shape || other.indicator !== recipe.indicator
  return {
    ...workspace,
    recipes: recipe ? [...workspace.recipes.filter(isOther), recipe] : workspace.recipes,
    areaNames: { ...workspace.areaNames, ...areaNames },
  }
}

/** Whether anything lies above the package. */
export const hasLayers = ({ layers, boundaries }: Workspace): boolean =>
  layers.length > 0 || boundaries !== null

/**
 * The index of a package with layers above it. An indicator of a layer replaces the package's of the same id whole, so
 * that real and invented figures never mix in one; levels that other boundaries do not have are gone. The order in
 * which layers were added makes no difference. Rows of files that are of another version of the boundaries are counted
 * as they are shown.
 */
export function mergeIndex(base: PackageIndex, workspace: Workspace): PackageIndex {
  if (!hasLayers(workspace)) return base
  const { boundaries } = workspace
  const layers = inOrder(workspace.layers)
  const register = boundaries?.register ?? base.register
  const levels = new Set(register.levels.map(({ id }) => id))
  const own = layers.flatMap((layer) => layer.indicators)
  const replaced = new Set(own.map(({ id }) => id))
  const indicators = [...base.indicators.filter(({ id }) => !replaced.has(id)), ...own].flatMap(
    (indicator) => withLevels(indicator, levels),
  )
  const published = new Set(indicators.map(({ id }) => id))
  const observations = [
    ...base.observations.filter(({ indicator }) => !replaced.has(indicator)),
    ...layers.flatMap((layer) => layer.observations),
  ]
    .filter(({ level, indicator }) => levels.has(level) && published.has(indicator))
    .map((file) => ({
      ...file,
      rows: file.sexes.length * file.periods.length * areasAtLevel(register, file.level).length,
    }))
  return {
    ...base,
    release: mergeRelease(base, indicators, workspace),
    register,
    boundaries: boundaries?.boundaries ?? base.boundaries,
    neighbours: boundaries?.neighbours ?? base.neighbours,
    indicators,
    observations,
    incidents: mergeIncidents(base, workspace, levels),
    start: mergeStart(base, register, observations, workspace),
  }
}

/** Layers in an order of their own, however they were added. */
const inOrder = (layers: readonly ImportLayer[]): readonly ImportLayer[] =>
  layers.toSorted(
    (a, b) => compare(a.source.importedAt, b.source.importedAt) || compare(a.id, b.id),
  )

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A layer with some of its indicators; none where it has none of them. */
function layerOf(layer: ImportLayer, isKept: (indicator: IndicatorId) => boolean): ImportLayer[] {
  if (layer.indicators.every(({ id }) => isKept(id))) return [layer]
  const indicators = layer.indicators.filter(({ id }) => isKept(id))
  if (indicators.length === 0) return []
  return [
    {
      ...{ ...layer, indicators },
      observations: layer.observations.filter(({ indicator }) => isKept(indicator)),
      log: layer.log.filter(({ indicator }) => isKept(indicator)),
    },
  ]
}

function withLevels(indicator: Indicator, levels: ReadonlySet<LevelId>): Indicator[] {
  const left = indicator.plan.levels.filter((level) => levels.has(level))
  if (left.length === indicator.plan.levels.length) return [indicator]
  return left.length === 0 ? [] : [{ ...indicator, plan: { ...indicator.plan, levels: left } }]
}

/** The layer whose events the map shows: the latest that has any. */
export const eventLayer = ({ layers }: Pick<Workspace, 'layers'>): ImportLayer | null =>
  inOrder(layers).findLast(({ incidents }) => incidents !== null) ?? null

/** Events of the analyst's own replace the package's whole, so that real and invented ones never stand together. */
function mergeIncidents(
  { incidents }: PackageIndex,
  workspace: Workspace,
  levels: ReadonlySet<LevelId>,
): IncidentFiles | null {
  const own = eventLayer(workspace)
  if (own) return own.incidents
  const counts = incidents?.counts.filter(({ level }) => levels.has(level)) ?? []
  return incidents && counts.length > 0 ? { ...incidents, counts } : null
}

function mergeRelease(
  { release, incidents }: PackageIndex,
  indicators: readonly Indicator[],
  workspace: Workspace,
): Release {
  const { boundaries } = workspace
  const layers = inOrder(workspace.layers)
  const hasInventedEvents = release.synthetic && incidents !== null && !eventLayer(workspace)
  const all = [...layers, ...(boundaries ? [boundaries] : [])]
  const date = all.reduce((latest, { source }) => {
    const day = source.importedAt.slice(0, 10)
    return day > latest ? day : latest
  }, release.date)
  return {
    id: ownReleaseId(date, release.id),
    date,
    title: ownTitle(release.title),
    // Incidents do not say of themselves whether they are invented.
    synthetic: indicators.some(({ synthetic }) => synthetic) || hasInventedEvents,
    sources: [
      ...release.sources,
      ...all.map(({ source }) => ({ title: source.file, licence: source.licence || OWN_LICENCE })),
    ],
    notes: [
      ...release.notes,
      ...layers.map(({ source, indicators: own }) =>
        ownNote(
          source.file,
          own.map(({ name }) => name),
        ),
      ),
      ...(boundaries ? [ownBoundariesNote(boundaries.source.file)] : []),
    ],
  }
}

/** Never the package's own id, which others have too. */
function ownReleaseId(date: string, base: ReleaseId): ReleaseId {
  const id = `${date}-egen`
  return id === base ? `${id}-2` : id
}

/** The package's opening view where it still exists, else the first figures of the finest level. */
function mergeStart(
  base: PackageIndex,
  register: AreaRegister,
  observations: readonly ObservationFile[],
  { boundaries, ties }: Workspace,
): PackageIndex['start'] {
  const { start } = base
  const isThere = observations.some(
    ({ indicator, level }) => indicator === start.indicator && level === start.level,
  )
  const rank = new Map(register.levels.map(({ id, rank: depth }) => [id, depth]))
  const [finest] = observations.toSorted((a, b) => rank.get(b.level)! - rank.get(a.level)!)
  const view = isThere || !finest ? start : { indicator: finest.indicator, level: finest.level }
  const tied = boundaryTies(ties, base.register.boundaryVersion.id, register.boundaryVersion.id)
  const known = new Set(areasAtLevel(register, view.level).map(({ id }) => id))
  return {
    ...{ indicator: view.indicator, level: view.level },
    areas: start.areas.flatMap((area) => {
      const now = tied(start.level, area)
      return now !== null && known.has(now) ? [now] : []
    }),
    bounds: boundaries?.bounds ?? start.bounds,
  }
}
