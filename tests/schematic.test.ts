import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { area as sphericalArea, booleanPointInPolygon, intersect, kinks, polygon } from '@turf/turf'
import { csvParse } from 'd3'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature, mergeArcs, neighbors } from 'topojson-client'
import type {
  GeometryCollection,
  MultiPolygon as TopologyMultiPolygon,
  Polygon as TopologyPolygon,
  Topology,
} from 'topojson-specification'
import { describe, expect, test } from 'vitest'
import { areasAtLevel, wholeArea } from '../src/core/area.ts'
import { districtId, readUmeaRegister } from '../scripts/schematic/umea-register.ts'

type Outline = TopologyPolygon<{ name: string }> | TopologyMultiPolygon<{ name: string }>
type Shape = Feature<Polygon | MultiPolygon, { name: string }>

const source = (name: string) =>
  readFileSync(new URL(`../data/areas/${name}`, import.meta.url), 'utf8')
const displayText = source('umea-schematic.topojson')
const display = JSON.parse(displayText) as Topology
const unclipped = JSON.parse(source('umea-schematic-unclipped.topojson')) as Topology
const register = readUmeaRegister({
  regsoCsv: source('regso.csv'),
  labelsCsv: source('labels.csv'),
})
const drawnLines = JSON.parse(source('drawn-lines.geojson')) as FeatureCollection
const islandsOf = (regso: string) =>
  drawnLines.features.filter((line) => line.properties?.regso === regso).length

/** Teg östra with Ön, Holmsund–Obbola omland and the western countryside: the river divides them when clipped by it. */
const ON_BOTH_BANKS = ['2480R026', '2480R012', '2480R036']

function outlines(topology: Topology, object: string): Outline[] {
  return (topology.objects[object] as GeometryCollection).geometries as Outline[]
}

function shapes(topology: Topology, object: string): Shape[] {
  const collection = feature(topology, topology.objects[object] as GeometryCollection)
  return collection.features as Shape[]
}

function shapeById(topology: Topology, object: string): Map<string, Shape> {
  return new Map(shapes(topology, object).map((shape) => [String(shape.id), shape]))
}

function partsOf({ geometry }: Shape): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

/** Twice the signed area of all rings in square degrees: exact enough to compare sums, holes counted off. */
function planarArea(shape: { geometry: Polygon | MultiPolygon }): number {
  const ringArea = (ring: Position[]) =>
    ring.slice(1).reduce((sum, [x, y], index) => {
      const [x0, y0] = ring[index]!
      return sum + ((x0! - 20) * (y! - 63) - (x! - 20) * (y0! - 63)) / 2
    }, 0)
  return partsOf(shape as Shape)
    .map(([outer, ...holes]) => {
      const cut = holes.reduce((sum, hole) => sum + Math.abs(ringArea(hole)), 0)
      return Math.abs(ringArea(outer!)) - cut
    })
    .reduce((sum, value) => sum + value, 0)
}

function arcUse(outline: Outline): number[] {
  return (outline.arcs as (number | number[] | number[][])[])
    .flat(2)
    .map((arc) => (arc < 0 ? ~arc : arc))
}

describe('the register of areas', () => {
  test('has one municipality, 28 stadsdelar and 42 RegSO, each inside the level above', () => {
    expect(register.levels.map((level) => [level.id, level.singular, level.plural])).toEqual([
      ['kommun', 'kommun', 'kommuner'],
      ['stadsdel', 'stadsdel', 'stadsdelar'],
      ['regso', 'RegSO', 'RegSO'],
    ])
    expect(register.levels.map((level) => areasAtLevel(register, level.id).length)).toEqual([
      1, 28, 42,
    ])
    expect(wholeArea(register)).toMatchObject({ id: '2480', name: 'Umeå kommun', parent: null })
    const levelOf = new Map(register.areas.map((area) => [area.id, area.level]))
    for (const area of areasAtLevel(register, 'regso')) {
      expect(levelOf.get(area.parent!), area.name).toBe('stadsdel')
    }
    for (const area of areasAtLevel(register, 'stadsdel')) expect(area.parent).toBe('2480')
  })

  test('keeps codes as text and says that the boundaries are drawn', () => {
    expect(register.areas.find((area) => area.name === 'Ålidhem södra')?.id).toBe('2480R041')
    expect(districtId('Öst på stan')).toBe('2480-ost-pa-stan')
    expect(register.boundaryVersion).toMatchObject({
      id: 'umea-schematisk-2026',
      name: 'Schematiska gränser',
      schematic: true,
    })
  })

  test('breaks labels without changing the name', () => {
    const letters = (text: string) => text.replace(/[\s–-]/g, '')
    for (const area of register.areas) {
      if (area.labelLines) expect(letters(area.labelLines.join(''))).toBe(letters(area.name))
    }
    const rural = register.areas.filter((area) => area.rural).map((area) => area.id)
    expect(rural).toEqual([
      '2480-holmsund-obbola-omland',
      '2480-hornefors',
      '2480-norra-landsbygden',
      '2480-savar',
      '2480-sodra-landsbygden',
      '2480-vastra-landsbygden',
      '2480R012',
      '2480R013',
      '2480R022',
      '2480R034',
      '2480R035',
      '2480R036',
    ])
  })

  test('names the row or id that is wrong', () => {
    const regsoCsv = 'code,name,district\n2480R001,Haga,Haga\n'
    const labelsCsv = 'area,lines,rural\n'
    expect(() => readUmeaRegister({ regsoCsv: regsoCsv + '2480R002,,Haga\n', labelsCsv })).toThrow(
      'row 3',
    )
    expect(() =>
      readUmeaRegister({ regsoCsv: regsoCsv + '2480R001,Teg,Teg\n', labelsCsv }),
    ).toThrow('repeated')
    expect(() =>
      readUmeaRegister({ regsoCsv, labelsCsv: labelsCsv + '2480R009,Haga,no\n' }),
    ).toThrow('2480R009')
  })
})

describe.each([
  ['display', display],
  ['unclipped', unclipped],
])('the %s topology', (_, topology) => {
  test('has exactly the areas of the register, with their names', () => {
    for (const level of register.levels) {
      const expected = areasAtLevel(register, level.id).map((area) => [area.id, area.name])
      const drawn = outlines(topology, level.id).map((area) => [area.id, area.properties?.name])
      expect(drawn).toEqual(expected)
    }
  })

  test('shares every inner border between exactly two areas: no gap, no overlap', () => {
    const uses = new Map<number, number>()
    const regso = outlines(topology, 'regso')
    for (const arc of regso.flatMap(arcUse)) uses.set(arc, (uses.get(arc) ?? 0) + 1)
    expect(Math.max(...uses.values())).toBe(2)
    const outer = outlines(topology, 'kommun').flatMap(arcUse)
    const usedOnce = [...uses].flatMap(([arc, count]) => (count === 1 ? [arc] : []))
    expect(usedOnce.toSorted((a, b) => a - b)).toEqual(outer.toSorted((a, b) => a - b))

    const parts = shapes(topology, 'regso').reduce((sum, shape) => sum + planarArea(shape), 0)
    const whole = planarArea(shapes(topology, 'kommun')[0]!)
    expect(Math.abs(parts / whole - 1)).toBeLessThan(1e-9)
  })

  test('builds each stadsdel and the municipality from the arcs of their RegSO', () => {
    const byId = new Map(outlines(topology, 'regso').map((area) => [area.id, area]))
    const regso = areasAtLevel(register, 'regso')
    for (const district of outlines(topology, 'stadsdel')) {
      const members = regso.filter((area) => area.parent === district.id)
      const merged = mergeArcs(
        topology,
        members.map((area) => byId.get(area.id)!),
      )
      const arcs = (outline: Outline) => arcUse(outline).toSorted((a, b) => a - b)
      expect(arcs(district), String(district.id)).toEqual(arcs(merged as Outline))
    }
  })

  test('has no outline that crosses itself', () => {
    for (const object of Object.keys(topology.objects)) {
      for (const shape of shapes(topology, object)) {
        for (const ring of partsOf(shape).flat()) {
          const crossings = kinks(polygon([ring])).features.map((kink) => kink.geometry.coordinates)
          expect(crossings, `${object} ${shape.properties.name}`).toEqual([])
        }
      }
    }
  })

  test('is whole: each RegSO is one piece besides the islands that were drawn, and no sliver', () => {
    for (const shape of shapes(topology, 'regso')) {
      const parts = 1 + islandsOf(String(shape.id))
      const isSplit = topology === display && ON_BOTH_BANKS.includes(String(shape.id))
      expect(partsOf(shape).length, shape.properties.name).toBe(isSplit ? parts + 1 : parts)
      for (const ring of partsOf(shape).flat()) {
        expect(sphericalArea(polygon([ring])), shape.properties.name).toBeGreaterThan(20_000)
      }
    }
  })
})

test('every named place lies in its own RegSO', () => {
  const regso = shapeById(unclipped, 'regso')
  const strays = csvParse(source('places.csv')).filter((place) => {
    const home = regso.get(place.regso!)!
    return !booleanPointInPolygon([Number(place.longitude), Number(place.latitude)], home)
  })
  expect(strays.map((place) => place.place)).toEqual([])
})

test('neighbours are mutual, nobody is alone, and all areas hang together', () => {
  const around = neighbors(outlines(unclipped, 'regso'))
  around.forEach((others, index) => {
    expect(others.length, `area ${index}`).toBeGreaterThan(0)
    for (const other of others) expect(around[other]).toContain(index)
  })
  const reached = new Set([0])
  for (const index of reached) for (const other of around[index]!) reached.add(other)
  expect(reached.size).toBe(42)
  const pairs = around.flat().length / 2
  expect(pairs).toBe(105)
})

describe('the water', () => {
  const water = shapes(display, 'water')

  test('is the sea, the river and the lakes', () => {
    expect(water.map((body) => body.properties.name)).toEqual([
      'Bottniska viken',
      'Ume älv',
      'Nydalasjön',
      'Tavelsjön',
    ])
  })

  test('does not lie on any area', () => {
    const municipality = shapes(display, 'kommun')[0]!
    const smallest = Math.min(...shapes(display, 'regso').map(sphericalArea))
    for (const body of water) {
      const shared = intersect({ type: 'FeatureCollection', features: [municipality, body] })
      const overlap = shared ? sphericalArea(shared) : 0
      expect(overlap / smallest, body.properties.name).toBeLessThan(1e-6)
    }
  })

  test('reaches far beyond the municipality, so that a wide view shows no cut edge', () => {
    const sea = water[0]!
    for (const place of [
      [22.4, 65.2],
      [20.9, 64.0],
      [19.5, 62.6],
      [19.4, 61.4],
    ]) {
      expect(booleanPointInPolygon(place, sea), String(place)).toBe(true)
    }
    const west = Math.min(
      ...partsOf(water[1]!)
        .flat(2)
        .map((position) => position[0]!),
    )
    expect(west).toBeLessThan(18.7)
  })

  test('separates Ön from the mainland', () => {
    const on = [20.285, 63.8075]
    const inWater = water.filter((body) => booleanPointInPolygon(on, body))
    expect(inWater).toEqual([])
    const parts = partsOf(shapeById(display, 'regso').get('2480R026')!)
    const island = parts.find((part) => booleanPointInPolygon(on, polygon(part)))!
    expect(sphericalArea(polygon(island)) / 1e6).toBeGreaterThan(0.8)
    expect(parts.length).toBe(2)
  })
})

test('the display file is small', () => {
  expect(gzipSync(displayText, { level: 9 }).length).toBeLessThan(45_000)
})
