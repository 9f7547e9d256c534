import proj4 from 'proj4'
import { describe, expect, test } from 'vitest'
import {
  recogniseFrame,
  toDegrees,
  toNational,
  type Extent,
  type Point,
} from '../../../src/files/boundaries/coordinate-frame.ts'
import { declaredCode } from '../../../src/files/boundaries/frame-declaration.ts'
import { rt90Zone, SWEREF99_TM, swerefZone } from '../../support/made-boundaries.ts'

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])
const around = ([x, y]: Point): Extent => [x - 3000, y - 3000, x + 3000, y + 3000]
const direct = (code: string) => toNational({ code, swapped: false })

describe('RT 90', () => {
  // Lantmäteriet, "Kontrollpunkter RT 90 – SWEREF 99" (2006-05-03): [northing, easting] in RT 90 2.5 gon V and in
  // SWEREF 99 TM.
  test.each([
    ['A', [7453389.762, 1727060.905], [7454204.638, 761811.242]],
    ['B', [7047738.415, 1522128.637], [7046077.605, 562140.337]],
    ['C', [6671665.273, 1441843.186], [6669189.376, 486557.055]],
    ['D', [6249111.351, 1380573.079], [6246136.458, 430374.835]],
  ] as const)('meets control point %s within two millimetres', (_, rt90, sweref) => {
    const frame = recogniseFrame(null, [...rt90, ...rt90])!
    expect(frame).toMatchObject({ code: 'EPSG:3021', swapped: true })
    expect(distance(toNational(frame)(rt90), [sweref[1], sweref[0]])).toBeLessThan(0.002)
  })

  test.each([
    ['EPSG:3019', -7.5],
    ['EPSG:3020', -5],
    ['EPSG:3021', -2.5],
    ['EPSG:3022', 0],
    ['EPSG:3023', 2.5],
    ['EPSG:3024', 5],
  ])('%s agrees with the seven parameters within half a metre', (code, gon) => {
    const conversion = proj4(rt90Zone(gon), SWEREF99_TM)
    for (const northing of [6_200_000, 6_600_000, 7_000_000, 7_400_000])
      for (const easting of [1_440_000, 1_500_000, 1_560_000]) {
        const other = conversion.forward([easting, northing]) as [number, number]
        expect(distance(direct(code)([easting, northing]), other)).toBeLessThan(0.5)
      }
  })
})

describe('SWEREF 99', () => {
  // Meridian arc from the equator to 60° on GRS 80: 6 654 072.819 m; SWEREF 99 TM scales it by 0.9996.
  test('agrees with the meridian arc of GRS 80', () => {
    const [easting, northing] = direct('EPSG:4326')([15, 60])
    expect(easting).toBeCloseTo(500_000, 3)
    expect(northing).toBeCloseTo(6_654_072.819 * 0.9996, 2)
  })

  const zones = [12, 13.5, 15, 16.5, 18, 14.25, 15.75, 17.25, 18.75, 20.25, 21.75, 23.25]
  test.each(zones.map((meridian, index) => [`EPSG:${3007 + index}`, meridian] as const))(
    '%s has its false easting on the meridian of %d degrees, and leads back',
    (code, meridian) => {
      expect(toDegrees(direct(code)([150_000, 6_900_000]))[0]).toBeCloseTo(meridian, 8)
      const point: Point = [171_234.5, 6_879_876.5]
      const back = proj4(SWEREF99_TM, swerefZone(meridian)).forward([...direct(code)(point)])
      expect(distance(back as [number, number], point)).toBeLessThan(0.001)
    },
  )
})

describe('a frame is recognised', () => {
  const [easting, northing] = proj4(SWEREF99_TM, swerefZone(18)).forward([674_000, 6_580_000]) as [
    number,
    number,
  ]
  const stockholm: Extent = [17.8, 59.2, 18.3, 59.5]
  const umea: Extent = [19.5, 63.5, 20.9, 64.3]

  test('among local zones by what the file declares', () => {
    const frame = recogniseFrame('SWEREF_99_18_00', around([easting, northing]), umea)
    expect(frame).toEqual({ code: 'EPSG:3011', swapped: false, declared: true, assumed: false })
  })

  test('among local zones by where the areas should lie', () => {
    const frame = recogniseFrame(null, around([northing, easting]), stockholm)
    expect(frame).toEqual({ code: 'EPSG:3011', swapped: true, declared: false, assumed: false })
  })

  test('among local zones as the usual one when nothing tells, and says so', () => {
    const frame = recogniseFrame(null, around([easting, northing]))
    expect(frame).toMatchObject({ code: 'EPSG:3016', assumed: true })
  })

  test('by the numbers when the declaration contradicts them', () => {
    for (const [numbers, code] of [
      [[20.2, 63.8], 'EPSG:4326'],
      [[758_000, 7_087_000], 'EPSG:3006'],
      [[1_719_456, 7_087_271], 'EPSG:3021'],
      [[2_255_000, 9_270_000], 'EPSG:3857'],
    ] as const)
      expect(recogniseFrame('EPSG:3011', [...numbers, ...numbers])).toMatchObject({
        ...{ code, declared: false, assumed: false },
      })
  })

  test('nowhere outside Sweden', () => {
    expect(recogniseFrame('EPSG:3006', [0, 0, 10, 10])).toBeNull()
  })
})

describe('a declaration', () => {
  const wkt = (name: string, meridian: number, easting: number, scale = 1): string =>
    `PROJCS["${name}",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],` +
    `PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],` +
    `PARAMETER["False_Easting",${easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}],` +
    `PARAMETER["Scale_Factor",${scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

  test.each([
    ['EPSG:3006', 'EPSG:3006'],
    ['EPSG:3006 - SWEREF99 TM', 'EPSG:3006'],
    ['urn:ogc:def:crs:EPSG::3016', 'EPSG:3016'],
    ['urn:ogc:def:crs:EPSG:9.6.1:3016', 'EPSG:3016'],
    ['http://www.opengis.net/def/crs/EPSG/0/3006', 'EPSG:3006'],
    ['3006', 'EPSG:3006'],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
    ['EPSG:4619', 'EPSG:4326'],
    ['EPSG:2400', 'EPSG:3021'],
    ['EPSG:3847', 'EPSG:3021'],
    ['EPSG:25833', 'EPSG:3006'],
    ['SWEREF99 TM', 'EPSG:3006'],
    ['SWEREF 99 TM', 'EPSG:3006'],
    ['SWEREF_99_20_15', 'EPSG:3016'],
    ['sweref 99 20 15', 'EPSG:3016'],
    ['SWEREF99 2015', 'EPSG:3016'],
    ['SWEREF99_13_30', 'EPSG:3008'],
    ['RT 90 2,5 gon V', 'EPSG:3021'],
    ['RT90_2.5_gon_V', 'EPSG:3021'],
    ['RT90_25_gon_W', 'EPSG:3021'],
    ['RT90 0 gon', 'EPSG:3022'],
    ['RT90 5 gon O', 'EPSG:3024'],
    ['RT90 7.5 gon V', 'EPSG:3019'],
    [wkt('SWEREF99_TM', 15, 500000, 0.9996), 'EPSG:3006'],
    [wkt('SWEREF99_20_15', 20.25, 150000), 'EPSG:3016'],
    [wkt('Kommunens system', 20.25, 150000), 'EPSG:3016'],
    [wkt('unnamed', 15, 500000, 0.9996), 'EPSG:3006'],
    [wkt('RT90_2.5_gon_V', 15.80827777777778, 1500000), 'EPSG:3021'],
    [wkt('Rikets', 15.80827777777778, 1500000), 'EPSG:3021'],
    [
      'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.25]]]',
      'EPSG:4326',
    ],
    ['PROJCS["x",GEOGCS["y",AUTHORITY["EPSG","4619"]],AUTHORITY["EPSG","3010"]]', 'EPSG:3010'],
    ['local', null],
    ['', null],
    [null, null],
  ])('%s', (declaration, code) => {
    expect(declaredCode(declaration)).toBe(code)
  })
})
