import type { DisclosureLog, IncidentLog } from '../../core/disclosure/log.ts'
import type { PackageIndex } from '../../core/release.ts'
import { eventLayer, type ImportLayer, type Workspace } from './overlay.ts'
import { referencesOf } from './package-index.ts'

/**
 * The log of a package with layers above it. Nobody has signed it: a signature is of the package alone.
 * @param log the package's own; null when it has none
 * @param merged the index with the layers, whose files it names
 */
export function mergeLog(
  log: DisclosureLog | null,
  merged: PackageIndex,
  workspace: Workspace,
): DisclosureLog {
  const { layers, superseded } = workspace
  const events = eventLayer(workspace)
  const own = layers.flatMap((layer) => layer.log)
  const replaced = new Set(own.map(({ indicator }) => indicator))
  const planned = new Map(merged.indicators.map(({ id, plan }) => [id, plan]))
  return {
    format: 1,
    release: merged.release,
    levels: merged.register.levels
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ id, singular }) => ({ id, singular })),
    indicators: [
      ...(log?.indicators.filter(({ indicator }) => !replaced.has(indicator)) ?? []),
      ...own.toSorted((a, b) => (a.indicator < b.indicator ? -1 : 1)),
    ].flatMap((one) => {
      const plan = planned.get(one.indicator)
      return plan ? [{ ...one, plan }] : []
    }),
    incidents: events ? incidentLogOf(events) : (log?.incidents ?? null),
    ...(log?.flows ? { flows: log.flows } : {}),
    earlier: uniqueBy(
      [
        ...(log?.earlier ?? []),
        ...superseded.map(({ source, observations }) => ({
          ...{ folder: source.file, sha256: observations.at(-1)!.sha256 },
        })),
      ],
      ({ folder, sha256 }) => `${sha256} ${folder}`,
    ),
    signed: null,
    files: Object.fromEntries(referencesOf(merged).map(({ path, sha256 }) => [path, sha256])),
  }
}

/** The log of a project that was opened names what its layers stand in place of already. */
const uniqueBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]

/** Own events follow the policy of the indicator that they are. */
function incidentLogOf({ incidents, indicators: [indicator] }: ImportLayer): IncidentLog | null {
  if (!incidents || !indicator) return null
  const { categories, minimumCount } = incidents
  return {
    categories: categories.map((category) => ({ ...category, policy: indicator.policy })),
    minimumCount,
  }
}
