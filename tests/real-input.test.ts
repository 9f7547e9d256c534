import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { csvParse, geoArea, geoCentroid, geoContains, geoDistance } from 'd3'
import { rewind } from '@turf/turf'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { feature } from 'topojson-client'
import type { GeometryCollection } from 'topojson-specification'
import { runCommand } from '../scripts/command-line.ts'
import { checkPackage } from '../scripts/publish/check.ts'
import { MINIMUM_EVENTS_OF_TYPE } from '../scripts/publish/real-input.ts'
import type { PackageIndex } from '../src/core/release.ts'
import { repairRing } from '../src/files/boundaries/ring-repair.ts'
import { readBoundaries, readPackageIndex } from '../src/files/package/package-index.ts'
import { dataPackageFaults } from './support/data-package.ts'

const SHARED = new URL('../../shared/data/', import.meta.url)
const isHere = existsSync(SHARED)
const title = isHere
  ? 'Umeå’s own boundaries and the police notices'
  : 'Umeå’s own boundaries and the police notices (skipped: ../shared/data is missing)'

/** Metres; the sphere that d3 measures on. */
const EARTH_RADIUS = 6_371_008.8

/** What the reference knows of an area; lon and lat are a point inside it, not its centre. */
interface Reference {
  readonly namn: string
  readonly niva: 'stadsdel' | 'omrade'
  readonly area_km2: number
  readonly lon: number
  readonly lat: number
}

test.runIf(process.env['CI'] === 'true')('the real files are there in CI', () => {
  expect(isHere, '../shared/data is missing').toBe(true)
})

describe.skipIf(!isHere)(title, () => {
  const read = (path: string): string => readFileSync(new URL(path, SHARED), 'utf8')
  const folder = join(mkdtempSync(join(tmpdir(), 'real-input-')), 'package')
  let index: PackageIndex
  let areas: ReadonlyMap<string, Feature<MultiPolygon>>

  beforeAll(async () => {
    const path = (name: string): string => new URL(name, SHARED).pathname
    const silence = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const code = await runCommand([
      ...['publish', '--areas', path('umea/Stadsdelar.json')],
      ...['--observations', path('police/polisen_events_umea_min.csv')],
      ...['--out', folder, '--release', '2026-11-03'],
    ])
    silence.mockRestore()
    expect(code).toBe(0)
    const file = (name: string): string => readFileSync(join(folder, name), 'utf8')
    const indexReading = readPackageIndex(file('index.json'), 'index.json')
    if (!indexReading.ok) throw new Error(indexReading.finding.code)
    index = indexReading.index
    const boundaries = readBoundaries(file('boundaries.json'), 'boundaries.json', index)
    if (!boundaries.ok) throw new Error(boundaries.finding.code)
    const topology = boundaries.boundaries
    const collection = feature(
      topology,
      topology.objects['stadsdel'] as GeometryCollection,
    ) as FeatureCollection<MultiPolygon>
    const names = new Map(index.register.areas.map(({ id, name }) => [id, name]))
    areas = new Map(collection.features.map((area) => [names.get(String(area.id))!, area]))
  }, 60_000)
  afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

  const referenceFeatures = (): Feature<Polygon | MultiPolygon, Reference>[] =>
    (
      JSON.parse(read('umea/umea_omraden_simp15m_wgs84.geojson')) as FeatureCollection<
        Polygon | MultiPolygon,
        Reference
      >
    ).features
  const references = (): Reference[] => referenceFeatures().map(({ properties }) => properties)

  test('the 21 town stadsdelar are in the right place on earth', () => {
    const town = referenceFeatures().filter(({ properties }) => properties.niva === 'stadsdel')
    expect(town).toHaveLength(21)
    for (const reference of town) {
      const { namn, lon, lat, area_km2 } = reference.properties
      const area = areas.get(namn)
      expect(area, namn).toBeDefined()
      expect(geoContains(area!, [lon, lat]), namn).toBe(true)
      // d3 wants outer rings clockwise, the reference has them the other way.
      const centre = geoCentroid(rewind(reference, { reverse: true }))
      expect(geoDistance(geoCentroid(area!), centre) * EARTH_RADIUS, namn).toBeLessThan(25)
      const squareKilometres = (geoArea(area!) * EARTH_RADIUS ** 2) / 1e6
      expect(Math.abs(squareKilometres / area_km2 - 1), namn).toBeLessThan(0.02)
    }
  })

  test('all 121 areas are there, without the slivers, and none crosses itself', () => {
    expect([...areas.keys()].sort()).toEqual(
      references()
        .map(({ namn }) => namn)
        .sort(),
    )
    for (const [name, { geometry }] of areas)
      for (const ring of geometry.coordinates.flat()) {
        const points = ring.map(([x, y]) => [x!, y!] as const)
        expect(repairRing(points).crossings, name).toBe(0)
      }
  })

  test('neighbours share their borders', () => {
    const neighbours = JSON.parse(readFileSync(join(folder, 'neighbours.json'), 'utf8')) as {
      stadsdel: Record<string, string[]>
    }
    expect(new Set(neighbours.stadsdel['berghem'])).toEqual(
      new Set([
        ...['centrala-stan', 'haga-sandbacka', 'stadsliden', 'marieomradet'],
        'universitets-och-sjukhusomradet',
      ]),
    )
    const alone = Object.entries(neighbours.stadsdel).filter(([, others]) => others.length === 0)
    expect(alone.map(([id]) => id)).toEqual([])
  })

  /** Counts of one file's months: by "area month". */
  const countsOf = (indicator: string, level: string): Map<string, number> => {
    const text = readFileSync(join(folder, `observations/${level}/${indicator}.csv`), 'utf8')
    return new Map(
      csvParse<'area' | 'period' | 'numerator'>(text)
        .filter(({ period }) => /^\d{4}-\d\d$/.test(period))
        .map(({ area, period, numerator }) => [`${area} ${period}`, Number(numerator)]),
    )
  }

  test('counts per stadsdel, month and type are those of the derived table', () => {
    const rows = csvParse<'stadsdel' | 'manad' | 'typ' | 'antal'>(
      read('police/umea_counts_stadsdel_month_type.csv'),
    )
    const totals = new Map<string, number>()
    for (const { typ, antal } of rows) totals.set(typ, (totals.get(typ) ?? 0) + Number(antal))
    const idOf = new Map(
      index.register.areas.filter(({ parent }) => parent).map(({ id, name }) => [name, id]),
    )
    const indicatorOf = new Map(index.indicators.map(({ id, name }) => [name, id]))
    const own = [...totals].filter(([, total]) => total >= MINIMUM_EVENTS_OF_TYPE)
    expect(own.map(([typ]) => typ).filter((typ) => !indicatorOf.has(typ))).toEqual([])
    expect(index.indicators).toHaveLength(own.length + 2)

    const expected = new Map<string, Map<string, number>>()
    for (const { stadsdel, manad, typ, antal } of rows) {
      const name = totals.get(typ)! >= MINIMUM_EVENTS_OF_TYPE ? typ : 'Övriga typer'
      const area = idOf.get(stadsdel)
      for (const indicator of [name, 'Alla händelser']) {
        const cells = expected.get(indicator) ?? new Map<string, number>()
        expected.set(indicator, cells)
        if (area !== undefined)
          cells.set(`${area} ${manad}`, (cells.get(`${area} ${manad}`) ?? 0) + Number(antal))
      }
    }
    for (const [name, cells] of expected) {
      const published = countsOf(indicatorOf.get(name)!, 'stadsdel')
      const shown = [...published].filter(([, count]) => count > 0).sort()
      expect(shown, name).toEqual([...cells].sort())
    }
  })

  test('the municipality counts every notice, placed or not', () => {
    const sum = (counts: Map<string, number>): number =>
      [...counts.values()].reduce((total, count) => total + count, 0)
    expect(sum(countsOf('alla-handelser', 'kommun'))).toBe(1988)
    // 463 without a place, and Sävar 47, Holmsund 36, Hörnefors 17, which are no areas of the file.
    expect(sum(countsOf('alla-handelser', 'stadsdel'))).toBe(1988 - 463 - 100)
    const others = index.indicators.filter(({ id }) => id !== 'alla-handelser')
    expect(others.reduce((total, { id }) => total + sum(countsOf(id, 'kommun')), 0)).toBe(1988)
  })

  test('says what the notices are', () => {
    expect(index.release.synthetic).toBe(false)
    for (const { policy, caveats, synthetic } of index.indicators) {
      expect(policy.kind).toBe('public-at-source')
      expect(synthetic).toBe(false)
      expect(caveats.join(' ')).toContain('inte brottsstatistik')
      expect(caveats.join(' ')).toContain('känts igen i text')
    }
  })

  test('every file is admitted by the gate, and the package is valid', async () => {
    expect((await checkPackage(folder)).findings).toEqual([])
    expect(dataPackageFaults(folder)).toEqual([])
  })

  test('opens on the town', () => {
    const [west, south, east, north] = index.start.bounds
    for (const { lon, lat } of references().filter(({ niva }) => niva === 'stadsdel')) {
      expect(lon).toBeGreaterThan(west)
      expect(lon).toBeLessThan(east)
      expect(lat).toBeGreaterThan(south)
      expect(lat).toBeLessThan(north)
    }
    expect(east - west).toBeLessThan(0.5)
  })
})
