import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import initSqlJs, { type SqlJsStatic } from 'sql.js'
import * as shpjs from 'shpjs'
import { topology } from 'topojson-server'
import type { FeatureCollection } from 'geojson'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  readBoundaryLayer,
  type BoundaryArea,
} from '../../../src/files/boundaries/boundary-reading.ts'
import type { FormatReading } from '../../../src/files/formats/dropped-file.ts'
import { readGeoJson, readGeoJsonText } from '../../../src/files/formats/geojson.ts'
import { readGeoPackage, type LoadSqlite } from '../../../src/files/formats/geopackage.ts'
import { readShapefile } from '../../../src/files/formats/shapefile.ts'
import { readTopoJson } from '../../../src/files/formats/topojson.ts'
import {
  asDbf,
  asGeoJson,
  asGeoPackage,
  asGeoPackageBlob,
  asShp,
  inFrame,
  inUtf8,
  inWindows1252,
  rt90Zone,
  swerefZone,
  SWEREF99_TM,
  type MadeArea,
  type MadeFeature,
} from '../../support/made-boundaries.ts'

let sqlite: SqlJsStatic
const loadSqlite: LoadSqlite = () => Promise.resolve(sqlite)
beforeAll(async () => {
  const file = new URL('../../../node_modules/sql.js/dist/sql-wasm.wasm', import.meta.url)
  sqlite = await initSqlJs({ wasmBinary: new Uint8Array(readFileSync(file)).buffer })
})

type Position = readonly [number, number]

/** A closed square of SWEREF 99 TM near Umeå, clockwise; metres from the corner of the map. */
const square = (east: number, north: number, side: number): Position[] => {
  const [e, n] = [758_000 + east, 7_086_000 + north]
  return [
    [e, n],
    [e, n + side],
    [e + side, n + side],
    [e + side, n],
    [e, n],
  ]
}

/** Two neighbours; the first has a hole with an island in it, the second a part of its own. */
const FEATURES: readonly MadeFeature[] = [
  {
    properties: { kod: 'A1', namn: 'Ålidhem' },
    polygons: [[square(0, 0, 2000), square(500, 500, 800).reverse()], [square(700, 700, 300)]],
  },
  {
    properties: { kod: 'B2', namn: 'Öbacka' },
    polygons: [[square(2000, 0, 2000)], [square(9000, 0, 500)]],
  },
]
const GROUND = [4 - 0.64 + 0.09, 4.25]

const areasOf = (reading: FormatReading, layer = 0): readonly BoundaryArea[] => {
  const read = readBoundaryLayer(reading.boundaries[layer]!)
  expect(read.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return read.areas
}

const codesOf = (reading: FormatReading): string[] =>
  reading.findings.map(({ severity, code }) => `${severity} ${code}`)

function expectFeatures(areas: readonly BoundaryArea[]): void {
  expect(areas.map(({ code, name }) => [code, name])).toEqual([
    ['A1', 'Ålidhem'],
    ['B2', 'Öbacka'],
  ])
  areas.forEach(({ areaKm2 }, index) => expect(areaKm2).toBeCloseTo(GROUND[index]!, 2))
  expect(areas.map(({ neighbours }) => neighbours)).toEqual([['B2'], ['A1']])
}

const PRJ = inUtf8('PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99"]]')
const CRS = 'urn:ogc:def:crs:EPSG::3006'

describe('GeoJSON', () => {
  test('is read as a collection, a feature, a geometry or several', () => {
    expectFeatures(areasOf(readGeoJson('a.geojson', asGeoJson(FEATURES, CRS))))
    const { features } = asGeoJson(FEATURES) as FeatureCollection
    const [feature] = features
    for (const value of [
      feature,
      feature!.geometry,
      { type: 'GeometryCollection', geometries: [feature!.geometry] },
    ]) {
      const [layer] = readGeoJson('a.geojson', value).boundaries
      expect(layer!.features.map(({ geometry }) => geometry)).toEqual([feature!.geometry])
    }
  })

  test('damaged is an error with its line and column', () => {
    expect(
      readGeoJsonText('a.geojson', '{\n "type": "FeatureCollection",\n "features": [}'),
    ).toMatchObject({
      boundaries: [],
      findings: [{ code: 'areas-json', severity: 'error', row: 3, parameters: { column: 15 } }],
    })
  })

  test.each([
    [{ type: 'EPSG', properties: { code: 3021 } }, 'EPSG:3021'],
    [{ type: 'name', properties: { name: 'SWEREF99 TM' } }, 'SWEREF99 TM'],
    [{ type: 'link', properties: { href: 'http://x.se/EPSG/0/3006' } }, 'http://x.se/EPSG/0/3006'],
    [null, null],
    [{ type: 'name' }, null],
  ])('says what its crs member names: %j', (crs, declaration) => {
    const value = { ...(asGeoJson(FEATURES) as object), crs }
    expect(readGeoJson('a.geojson', value).boundaries[0]!.declaration).toBe(declaration)
  })
})

describe('TopoJSON', () => {
  const objects = (features: readonly MadeFeature[]) => ({
    omraden: asGeoJson(features) as FeatureCollection,
    tom: { type: 'FeatureCollection', features: [] } as FeatureCollection,
  })

  test.each([undefined, 1e6])('is read, a layer an object, quantised to %s', (quantisation) => {
    const value: unknown = topology(objects(FEATURES), quantisation)
    const reading = readTopoJson('a.topojson', value)
    expect(reading.boundaries.map(({ layer }) => layer)).toEqual(['omraden', 'tom'])
    expectFeatures(areasOf(reading))
  })

  test('keeps the identifier of a geometry as its code', () => {
    const { omraden } = objects(FEATURES)
    omraden.features.forEach((feature, index) => {
      feature.id = `2480R00${index + 1}`
      feature.properties = {}
    })
    const areas = areasOf(readTopoJson('a.topojson', topology({ omraden })))
    expect(areas.map(({ code, parent }) => [code, parent])).toEqual([
      ['2480R001', '2480'],
      ['2480R002', '2480'],
    ])
  })

  test('with arcs that are not there is an error for its layer alone', () => {
    const value = topology(objects(FEATURES))
    value.objects['fel'] = {
      type: 'GeometryCollection',
      geometries: [{ type: 'Polygon', arcs: [[99]] }],
    }
    const reading = readTopoJson('a.topojson', value)
    expect(reading.findings).toMatchObject([
      { severity: 'error', code: 'areas-topojson-damaged', text: 'fel' },
    ])
    expect(reading.boundaries).toHaveLength(2)
  })
})

describe('a shapefile', () => {
  const members = (
    features: readonly MadeFeature[],
    encode: (text: string) => Uint8Array,
    name = 'omraden',
  ) => [
    { name: `${name}.shp`, bytes: asShp(features) },
    { name: `${name}.shx`, bytes: new Uint8Array(100) },
    { name: `${name}.dbf`, bytes: asDbf(features, encode) },
    { name: `${name}.prj`, bytes: PRJ },
  ]

  test.each([
    ['windows-1252', inWindows1252],
    ['utf-8', inUtf8],
  ] as const)('is read with its table in %s', (encoding, encode) => {
    const reading = readShapefile('a.zip', members(FEATURES, encode))
    expect(reading).toMatchObject({ format: 'shapefile', encoding, findings: [] })
    expect(reading.boundaries).toMatchObject([{ file: 'a.zip', layer: 'omraden' }])
    expectFeatures(areasOf(reading))
  })

  test('is several layers when the zip holds several', () => {
    const reading = readShapefile('a.zip', [
      ...members(FEATURES, inUtf8, 'mapp/ett'),
      ...members(FEATURES.slice(1), inUtf8, 'mapp/tva'),
      { name: '__MACOSX/._ett.shp', bytes: new Uint8Array(10) },
    ])
    expect(reading.boundaries.map(({ file, layer }) => [file, layer])).toEqual([
      ['a.zip/mapp/ett.shp', 'ett'],
      ['a.zip/mapp/tva.shp', 'tva'],
    ])
    expectFeatures(areasOf(reading))
  })

  test('has the same corners as another reader finds, with Z and M dropped', () => {
    for (const type of [5, 15] as const) {
      const bytes = asShp(FEATURES, type)
      const { boundaries } = readShapefile('a.zip', [{ name: 'a.shp', bytes }])
      const corners = (geometry: unknown): string[] =>
        (
          JSON.stringify((geometry as { coordinates: unknown }).coordinates).match(
            /\[-?[\d.]+,-?[\d.]+/g,
          ) ?? []
        ).sort()
      const others = shpjs.parseShp({
        buffer: bytes.buffer as ArrayBuffer,
        byteOffset: 0,
        byteLength: bytes.length,
      } as never)
      boundaries[0]!.features.forEach(({ geometry }, index) => {
        expect(corners(geometry)).toEqual(corners(others[index]))
        expect(corners(geometry).length).toBeGreaterThan(8)
      })
    }
  })

  test('has its holes whichever way round its rings run', () => {
    const reversed = FEATURES.map(({ properties, polygons }) => ({
      properties,
      polygons: polygons.map((rings) => rings.map((ring) => [...ring].reverse())),
    }))
    const alike = FEATURES.map(({ properties, polygons }) => ({
      properties,
      polygons: polygons.map((rings) =>
        rings.map((ring, place) => (place === 0 ? ring : [...ring].reverse())),
      ),
    }))
    for (const features of [reversed, alike])
      expectFeatures(areasOf(readShapefile('a.zip', members(features, inUtf8))))
  })

  test('without its companions is read as far as it goes, and says what is missing', () => {
    const [shp] = members(FEATURES, inUtf8)
    const reading = readShapefile('a.zip', [shp!])
    expect(codesOf(reading)).toEqual([
      'warning areas-shapefile-no-dbf',
      'note areas-shapefile-no-shx',
    ])
    expect(reading.boundaries[0]).toMatchObject({ declaration: null, features: [{}, {}] })
  })

  test('that is cut off says how much of it is whole', () => {
    const [shp, ...rest] = members(FEATURES, inUtf8)
    const cut = { ...shp!, bytes: shp!.bytes.subarray(0, shp!.bytes.length - 40) }
    const reading = readShapefile('a.zip', [cut, ...rest])
    expect(reading.findings[0]).toMatchObject({
      ...{ severity: 'error', code: 'areas-shapefile-truncated', parameters: { count: 1 } },
    })
  })
})

describe('a GeoPackage', () => {
  const layer = (table: string, srs = 3006, options = {}) => ({
    ...{ table, srs },
    rows: FEATURES.map(({ properties, polygons }) => ({
      ...(properties as { kod: string; namn: string }),
      geom: asGeoPackageBlob(polygons, options),
    })),
  })

  test.each([{}, { hasZ: true }, { envelope: 4 as const }])('is read: %j', async (options) => {
    const bytes = asGeoPackage(sqlite, [layer('stadsdelar', 3006, options)])
    const reading = await readGeoPackage('a.gpkg', bytes, loadSqlite)
    expect(reading).toMatchObject({ format: 'geopackage', findings: [] })
    expect(reading.boundaries).toMatchObject([{ layer: 'stadsdelar', declaration: 'EPSG:3006' }])
    expectFeatures(areasOf(reading))
  })

  test('has a layer for each table of features, without tables of attributes', async () => {
    const bytes = asGeoPackage(sqlite, [layer('ett'), layer('två "2"', -1)])
    const reading = await readGeoPackage('a.gpkg', bytes, loadSqlite)
    expect(reading.boundaries.map(({ layer: name, declaration }) => [name, declaration])).toEqual([
      ['ett', 'EPSG:3006'],
      ['två "2"', null],
    ])
    expectFeatures(areasOf(reading, 1))
  })

  test('has its empty geometries as none, and its damaged ones as a finding', async () => {
    const [whole, other] = layer('a').rows
    const empty = other!.geom.slice()
    empty[3] = 0x10
    const rows = [
      whole!,
      { ...other!, geom: empty },
      { ...other!, geom: null },
      { ...other!, geom: other!.geom.subarray(0, 40) },
    ]
    const bytes = asGeoPackage(sqlite, [{ table: 'a', srs: 3006, rows }])
    const reading = await readGeoPackage('a.gpkg', bytes, loadSqlite)
    expect(reading.findings).toMatchObject([
      { code: 'areas-geopackage-geometry', text: 'a', parameters: { count: 1 } },
    ])
    expect(areasOf(reading).map(({ code }) => code)).toEqual(['A1'])
  })

  test('that was left with a log beside it is opened without it', async () => {
    const bytes = asGeoPackage(sqlite, [layer('a')])
    bytes.set([2, 2], 18)
    expectFeatures(areasOf(await readGeoPackage('a.gpkg', bytes, loadSqlite)))
  })

  test('that is none, or cannot be opened, is refused', async () => {
    const bytes = new Uint8Array(5000).fill(7)
    expect(codesOf(await readGeoPackage('a.gpkg', bytes, loadSqlite))).toEqual([
      'error areas-geopackage-damaged',
    ])
    const missing = (): Promise<never> => Promise.reject(new Error('no WebAssembly'))
    expect(codesOf(await readGeoPackage('a.gpkg', bytes, missing))).toEqual([
      'error areas-sqlite-unavailable',
    ])
  })
})

describe('every format in every frame', () => {
  const frames: readonly (readonly [string, string, string])[] = [
    ['EPSG:3006', SWEREF99_TM, 'SWEREF99 TM'],
    ['EPSG:4326', 'EPSG:4326', 'WGS 84'],
    ['EPSG:3016', swerefZone(20.25), 'SWEREF99 20 15'],
    ['EPSG:3017', swerefZone(21.75), 'SWEREF_99_21_45'],
    ['EPSG:3021', rt90Zone(-2.5), 'RT90_2.5_gon_V'],
  ]

  /** A row of squares that meet, the first with a hole. */
  const layouts = fc
    .array(fc.integer({ min: 50, max: 900 }), { minLength: 1, maxLength: 6 })
    .map((sides) => {
      let east = 0
      return sides.map((side, index): MadeFeature => {
        const outline = square(east, 0, side)
        const hole = square(east + side / 4, side / 4, side / 3)
        east += side
        const polygons: MadeArea = [index === 0 ? [outline, hole.reverse()] : [outline]]
        return { properties: { kod: `K${index}`, namn: `Område ${index}` }, polygons }
      })
    })

  test('gives the same ground, codes and neighbours', async () => {
    await fc.assert(
      fc.asyncProperty(
        layouts,
        fc.constantFrom(...frames),
        fc.boolean(),
        fc.constantFrom('geojson', 'topojson', 'shapefile', 'geopackage'),
        async (features, [code, definition, declaration], isSwapped, format) => {
          const drawn = inFrame(features, definition, isSwapped)
          const declared = asGeoJson(drawn, declaration)
          const reading =
            format === 'geojson'
              ? readGeoJson('a', declared)
              : format === 'topojson'
                ? readTopoJson('a', {
                    ...topology({ a: asGeoJson(drawn) as FeatureCollection }),
                    crs: (declared as { crs: unknown }).crs,
                  })
                : format === 'shapefile'
                  ? readShapefile('a', [
                      { name: 'a.shp', bytes: asShp(drawn) },
                      { name: 'a.dbf', bytes: asDbf(drawn, inUtf8) },
                      { name: 'a.prj', bytes: inUtf8(declaration) },
                    ])
                  : withDeclaration(
                      await readGeoPackage(
                        'a',
                        asGeoPackage(sqlite, [
                          {
                            ...{ table: 'a', srs: -1 },
                            rows: drawn.map(({ properties, polygons }) => ({
                              ...(properties as { kod: string; namn: string }),
                              geom: asGeoPackageBlob(polygons, { srs: -1 }),
                            })),
                          },
                        ]),
                        loadSqlite,
                      ),
                      declaration,
                    )
          const read = readBoundaryLayer(reading.boundaries[0]!)
          expect(read.frame).toMatchObject({ code, swapped: isSwapped })
          expect(read.areas.map(({ code }) => code)).toEqual(
            features.map((_, index) => `K${index}`),
          )
          const [first] = readBoundaryLayer(
            readGeoJson('b', asGeoJson(features, CRS)).boundaries[0]!,
          ).areas
          expect(read.areas[0]!.areaKm2 / first!.areaKm2).toBeCloseTo(1, 3)
          // RT 90 is drawn with seven parameters here, half a metre away at most.
          expect(read.areas[0]!.centroid[0]).toBeCloseTo(first!.centroid[0], 4)
          expect(read.areas[0]!.centroid[1]).toBeCloseTo(first!.centroid[1], 4)
          read.areas.forEach(({ neighbours }, index) => {
            const beside = [index - 1, index + 1].filter((at) => at >= 0 && at < features.length)
            expect(new Set(neighbours)).toEqual(new Set(beside.map((at) => `K${at}`)))
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  const withDeclaration = (reading: FormatReading, declaration: string): FormatReading => ({
    ...reading,
    boundaries: reading.boundaries.map((layer) => ({ ...layer, declaration })),
  })

  test('damaged anywhere gives findings and never throws', async () => {
    const gpkg = asGeoPackage(sqlite, [
      {
        ...{ table: 'a', srs: 3006 },
        rows: FEATURES.map(({ properties, polygons }) => ({
          ...(properties as { kod: string; namn: string }),
          geom: asGeoPackageBlob(polygons),
        })),
      },
    ])
    const shp = asShp(FEATURES)
    const dbf = asDbf(FEATURES, inWindows1252)
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })
    const damaged = (bytes: Uint8Array, changes: readonly (readonly [number, number])[]) => {
      const copy = bytes.slice()
      for (const [at, value] of changes) copy[at % copy.length] = value
      return copy
    }
    await fc.assert(
      fc.asyncProperty(damage, fc.constantFrom('shp', 'dbf', 'gpkg'), async (changes, part) => {
        const reading =
          part === 'gpkg'
            ? await readGeoPackage('a.gpkg', damaged(gpkg, changes), loadSqlite)
            : readShapefile('a.zip', [
                { name: 'a.shp', bytes: part === 'shp' ? damaged(shp, changes) : shp },
                { name: 'a.dbf', bytes: part === 'dbf' ? damaged(dbf, changes) : dbf },
              ])
        for (const layer of reading.boundaries) readBoundaryLayer(layer)
        expect(reading.boundaries.length + reading.findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 400 },
    )
  })
})
