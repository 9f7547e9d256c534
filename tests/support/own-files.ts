import { assemblePackage } from '../../scripts/publish/assemble.ts'
import type { PackageSource } from '../../scripts/publish/package-source.ts'
import { releaseImport } from '../../src/core/disclosure/release-import.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { boundaryLayer, importLayer } from '../../src/files/package/overlay-layers.ts'
import type { LayerSource } from '../../src/files/package/overlay.ts'
import { readPackageIndex } from '../../src/files/package/package-index.ts'
import { importedIndicator, quarterly } from './import-world.ts'
import { smallSource } from './small-source.ts'

/** A published package of two areas, as its files and its index. */
export function servedPackage(source: PackageSource = smallSource()): {
  readonly files: ReadonlyMap<string, string>
  readonly index: PackageIndex
} {
  const files = assemblePackage(source)
  const reading = readPackageIndex(files.get('index.json')!, 'index.json')
  if (!reading.ok) throw new Error(reading.finding.code)
  return { files, index: reading.index }
}

export const sourceOf = (file: string, importedAt = '2026-11-22T09:00:00.000Z'): LayerSource => ({
  ...{ file, licence: '', rows: 8, firstPeriod: '2024-K1', lastPeriod: '2024-K4', importedAt },
  ...{ findings: { error: 0, question: 0, warning: 1, note: 2 }, recipe: null },
})

/** Eight counts, area a and b quarter by quarter, all large enough to be shown. */
export const COUNTS = [40, 51, 62, 73, 84, 95, 106, 117]

/** A file of one indicator, read against the served package's own boundaries. */
export async function ownImport(
  id: string,
  {
    counts = COUNTS,
    importedAt,
    register = smallSource().register,
    areas = ['a', 'b'],
    ...changes
  }: Partial<Indicator> & {
    counts?: readonly number[]
    importedAt?: string
    register?: PackageIndex['register']
    areas?: readonly string[]
  } = {},
) {
  const release = releaseImport({
    observations: quarterly(counts, areas),
    indicator: importedIndicator({ id, name: `Egen ${id}`, ...changes }),
    ...{ register, release: 'egen' },
  })
  if (!release.ok) throw new Error(release.findings.map(({ code }) => code).join())
  return importLayer(
    [release],
    register.boundaryVersion.id,
    sourceOf(`${id}.csv`, importedAt ?? '2026-11-22T09:00:00.000Z'),
  )
}

/** Boundaries where area a is the same ground under another name, and area b is two. */
export async function ownBoundaries() {
  const { register, boundaries } = smallSource()
  const [, district] = register.levels
  const geometry = boundaries.objects['stadsdel'] as { geometries: { id: string }[] }
  const [a, b] = geometry.geometries
  return boundaryLayer(
    {
      register: {
        levels: register.levels,
        areas: [
          register.areas[0]!,
          ...['norr', 'söder', 'väster'].map((id) => ({
            ...{ id, level: district!.id, name: id, parent: 'hela' },
          })),
        ],
        boundaryVersion: { ...register.boundaryVersion, id: 'ny', name: 'Ny', schematic: false },
      },
      bounds: [20.1, 63.7, 20.4, 63.9],
      topology: {
        ...boundaries,
        objects: {
          kommun: boundaries.objects['kommun']!,
          stadsdel: {
            type: 'GeometryCollection',
            geometries: [
              { ...a!, id: 'norr' },
              { ...b!, id: 'söder' },
              { ...b!, id: 'väster' },
            ],
          } as (typeof boundaries.objects)[string],
        },
      },
      neighbours: { kommun: { hela: [] }, stadsdel: { norr: [], söder: [], väster: [] } },
    },
    sourceOf('stadsdelar.geojson'),
  )
}

export const TIES = {
  ...{ from: 'prov', to: 'ny', levels: ['stadsdel'] },
  areas: { a: 'norr', b: null },
} as const
