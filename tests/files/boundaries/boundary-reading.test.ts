import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  readBoundaryLayer,
  type BoundaryArea,
  type BoundaryReading,
} from '../../../src/files/boundaries/boundary-reading.ts'
import type { BoundaryLayer } from '../../../src/files/formats/dropped-file.ts'
import { readGeoJson, readGeoJsonText } from '../../../src/files/formats/geojson.ts'
import { asGeoJson, type MadeFeature } from '../../support/made-boundaries.ts'

const CRS = 'EPSG:3006'

/** Squares side by side along a row, a kilometre wide, with the properties given. */
const inRow = (rows: readonly Readonly<Record<string, string | number>>[]): MadeFeature[] =>
  rows.map((properties, index) => ({
    properties: properties as Readonly<Record<string, string>>,
    polygons: [[box(index * 1000, 0, 1000, 1000)]],
  }))

const box = (east: number, north: number, width: number, height: number) => {
  const [e, n] = [758_000 + east, 7_086_000 + north]
  return [
    [e, n],
    [e, n + height],
    [e + width, n + height],
    [e + width, n],
    [e, n],
  ] as const
}

const layerOf = (features: readonly MadeFeature[], crs = CRS): BoundaryLayer =>
  readGeoJson('a.geojson', asGeoJson(features, crs)).boundaries[0]!

const read = (features: readonly MadeFeature[]): BoundaryReading =>
  readBoundaryLayer(layerOf(features))

const found = ({ findings }: BoundaryReading): string[] =>
  findings.map(({ severity, code, row }) => `${severity} ${code}${row === null ? '' : ` ${row}`}`)

describe('the columns of a layer', () => {
  test('of DeSO give codes, the RegSO that each lies in, and no names but the codes', () => {
    const { level, areas } = read(
      inRow([
        { kommunkod: '2480', kommunnamn: 'Umeå', desokod: '2480C1010', regsokod: '2480R033' },
        { kommunkod: '2480', kommunnamn: 'Umeå', desokod: '2480C1020', regsokod: '2480R033' },
      ]),
    )
    expect(level).toBe('deso')
    expect(areas.map(({ code, name, parent }) => [code, name, parent])).toEqual([
      ['2480C1010', '2480C1010', '2480R033'],
      ['2480C1020', '2480C1020', '2480R033'],
    ])
  })

  test('of RegSO give codes, names without what stands before them, and the municipality', () => {
    const { level, areas } = read(
      inRow([
        { kommun: '2480', regsokod: '2480R001_RegSO2025', regsonamn: '2480R001 Umeå (Haga norra)' },
        { kommun: '2480', regsokod: '2480R002', regsonamn: 'Berghem södra' },
      ]),
    )
    expect(level).toBe('regso')
    expect(areas.map(({ code, name, parent }) => [code, name, parent])).toEqual([
      ['2480R001', 'Haga norra', '2480'],
      ['2480R002', 'Berghem södra', '2480'],
    ])
  })

  test('of municipalities give four digits, also where a zero is lost', () => {
    const { level, areas } = read(
      inRow([
        { KnKod: 180, KnNamn: 'Stockholm' },
        { KnKod: 2480, KnNamn: 'Umeå' },
      ]),
    )
    expect(level).toBe('kommun')
    expect(areas.map(({ code, name }) => [code, name])).toEqual([
      ['0180', 'Stockholm'],
      ['2480', 'Umeå'],
    ])
  })

  test("of a municipality's own hierarchy give its finest code", () => {
    const { level, areas } = read(
      inRow([
        { NYKO1: '1', NYKO3: '112', NYKONAMN: 'Haga' },
        { NYKO1: '1', NYKO3: '113', NYKONAMN: 'Teg' },
      ]),
    )
    expect(level).toBe('nyko')
    expect(areas.map(({ code, name }) => [code, name])).toEqual([
      ['112', 'Haga'],
      ['113', 'Teg'],
    ])
  })

  test('are not taken for codes when the program made them', () => {
    const { hasCodes, areas } = read(
      inRow([
        { id: 'stadsdelar.1', kommunkod: '2480', namn: 'Haga/Sandbacka' },
        { id: 'stadsdelar.2', kommunkod: '2480', namn: 'Öst på stan' },
      ]),
    )
    expect(hasCodes).toBe(false)
    expect(areas.map(({ code, parent }) => [code, parent])).toEqual([
      ['haga-sandbacka', '2480'],
      ['ost-pa-stan', '2480'],
    ])
  })
})

describe('the ground of a layer', () => {
  test('has neighbours along a border, not at a corner or across a gap', () => {
    const { areas } = read([
      { properties: { namn: 'A' }, polygons: [[box(0, 0, 1000, 1000)]] },
      { properties: { namn: 'B' }, polygons: [[box(1001, 0, 1000, 1000)]] },
      { properties: { namn: 'C' }, polygons: [[box(1000, 1000, 1000, 1000)]] },
      { properties: { namn: 'D' }, polygons: [[box(2050, 0, 1000, 1000)]] },
    ])
    expect(areas.map(({ neighbours }) => [...neighbours].sort())).toEqual([
      ['b'],
      ['a', 'c'],
      ['b'],
      [],
    ])
  })

  test('leaves holes out, of the area and of its centroid', () => {
    const [area] = read([
      {
        properties: { namn: 'A' },
        polygons: [[box(0, 0, 3000, 1000), box(0, 0, 1000, 1000)]],
      },
    ]).areas
    const [middle] = read([
      { properties: { namn: 'A' }, polygons: [[box(1000, 0, 2000, 1000)]] },
    ]).areas
    expect(area!.areaKm2).toBeCloseTo(2, 9)
    expect(area!.centroid).toEqual(middle!.centroid)
  })

  test('counts a feature that stands twice once', () => {
    const twice = inRow([{ namn: 'Haga' }]).concat(inRow([{ namn: 'Haga' }]))
    const reading = read(twice)
    expect(found(reading)).toEqual(['warning areas-merged 2'])
    expect(reading.areas[0]!.areaKm2).toBeCloseTo(1, 9)
    expect(reading.areas[0]!.rows).toEqual([1, 2])
  })

  test('that two areas share is a warning', () => {
    const reading = read([
      ...inRow([{ namn: 'Haga' }]),
      { properties: { namn: 'Norra Haga' }, polygons: [[box(0, 0, 1000, 500)]] },
    ])
    expect(found(reading)).toEqual(['warning areas-overlap 2'])
  })

  test('with one coordinate far off names the feature that has it', () => {
    const [first, ...rest] = inRow([{ namn: 'A' }, { namn: 'B' }, { namn: 'C' }])
    const stray = {
      ...first!,
      polygons: [[[...box(0, 0, 1000, 1000).slice(0, 4), [0, 0], [758_000, 7_086_000]] as const]],
    } as MadeFeature
    const reading = read([...rest, stray])
    expect(found(reading)).toEqual(['error areas-outside-sweden 3'])
    expect(reading.areas).toEqual([])
  })

  test('is refused when there is none, and says what there is', () => {
    const points = {
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [20, 63] } },
      ],
    }
    const reading = readBoundaryLayer(readGeoJson('a', points).boundaries[0]!)
    expect(found(reading)).toEqual(['error areas-points-or-lines'])
  })

  test('of an undeclared local zone lies where it should when that is known', () => {
    const layer = { ...layerOf(inRow([{ namn: 'A' }])), declaration: null }
    const local = {
      ...layer,
      features: layer.features.map((feature) => ({
        ...feature,
        geometry: { type: 'Polygon', coordinates: [box(-600_000, -500_000, 1000, 1000)] },
      })),
    }
    expect(found(readBoundaryLayer(local))).toEqual(['warning areas-zone-assumed'])
    const stockholm = readBoundaryLayer(local, { expectedExtent: [17.5, 59, 18.6, 59.8] })
    expect(found(stockholm)).toEqual(['warning areas-frame-guessed'])
    expect(stockholm.frame).toMatchObject({ code: 'EPSG:3011', assumed: false })
  })
})

const SHARED = new URL('../../../../shared/data/', import.meta.url)
const isHere = existsSync(SHARED)

test.runIf(process.env['CI'] === 'true')('the real files are there in CI', () => {
  expect(isHere, '../shared/data is missing').toBe(true)
})

describe.skipIf(!isHere)(
  isHere ? 'real boundaries' : 'real boundaries (skipped: ../shared/data is missing)',
  () => {
    const layer = (path: string): BoundaryLayer => {
      const text = readFileSync(new URL(path, SHARED), 'utf8')
      return readGeoJsonText(path, text).boundaries[0]!
    }
    const byName = ({ areas }: BoundaryReading): Map<string, BoundaryArea> =>
      new Map(areas.map((area) => [area.name, area]))

    /** Every position of a layer the other way round. */
    const swapped = (one: BoundaryLayer): BoundaryLayer => ({
      ...one,
      features: one.features.map((feature) => ({ ...feature, geometry: turned(feature.geometry) })),
    })
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? typeof value[0] === 'number'
          ? [value[1], value[0]]
          : value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, turned(inner)]))
          : value

    test("Umeå's own stadsdelar are the 121 areas of their cleaned copy, in either axis order", () => {
      const own = readBoundaryLayer(layer('umea/Stadsdelar.json'))
      expect(found(own)).toEqual(['warning areas-merged 36', 'warning areas-slivers'])
      expect(own.frame).toMatchObject({ code: 'EPSG:3006', swapped: false })
      const cleaned = byName(readBoundaryLayer(layer('umea/umea_omraden_simp15m_wgs84.geojson')))
      expect([...byName(own).keys()].sort()).toEqual([...cleaned.keys()].sort())
      for (const { name, centroid, areaKm2 } of own.areas) {
        const other = cleaned.get(name)!
        expect(
          Math.hypot((centroid[0] - other.centroid[0]) / 2, centroid[1] - other.centroid[1]),
        ).toBeLessThan(4e-4)
        expect(Math.abs(areaKm2 / other.areaKm2 - 1)).toBeLessThan(0.03)
      }
      const turnedRound = readBoundaryLayer(swapped(layer('umea/Stadsdelar.json')))
      expect(turnedRound.frame).toMatchObject({ code: 'EPSG:3006', swapped: true })
      expect(turnedRound.areas).toEqual(own.areas)
    })

    test('the districts have the same ground in both frames', () => {
      const [national, degrees] = ['sweref99tm', 'wgs84'].map((frame) =>
        byName(readBoundaryLayer(layer(`umea/umea_distrikt33_DERIVED_${frame}.geojson`))),
      )
      expect(national!.size).toBe(33)
      for (const [name, one] of national!) {
        const other = degrees!.get(name)!
        expect(one.centroid[0]).toBeCloseTo(other.centroid[0], 5)
        expect(one.centroid[1]).toBeCloseTo(other.centroid[1], 5)
        expect(one.areaKm2 / other.areaKm2).toBeCloseTo(1, 3)
        expect([...one.neighbours].sort()).toEqual([...other.neighbours].sort())
      }
    })

    test("Sweden's municipalities are 290, with their codes, ground and neighbours", () => {
      const { areas, level, findings } = readBoundaryLayer(
        layer('sweden/sweden_kommun_wgs84.geojson'),
      )
      expect([level, areas.length, findings]).toEqual(['kommun', 290, []])
      const of = new Map(areas.map((area) => [area.code, area]))
      expect(of.get('0180')!.name).toBe('Stockholm')
      // SCB: 2 317 km² of land, and lakes beside.
      expect(of.get('2480')!.areaKm2).toBeGreaterThan(2317)
      expect(of.get('2480')!.areaKm2).toBeLessThan(2600)
      expect(of.get('2480')!.neighbours).toContain('2460')
      for (const { code, neighbours } of areas)
        for (const other of neighbours) expect(of.get(other)!.neighbours).toContain(code)
      // No municipality but Gotland and islands of their own lies alone.
      const alone = areas.filter(({ neighbours }) => neighbours.length === 0)
      expect(alone.map(({ name }) => name)).toContain('Gotland')
      expect(alone.length).toBeLessThan(6)
    })
  },
)
