import { readFileSync } from 'node:fs'
import { csvParse, Delaunay } from 'd3'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { areasAtLevel, wholeArea, type AreaId } from '../../src/core/area.ts'
import { readUmeaRegister } from '../schematic/umea-register.ts'
import { distance, toDegrees, toMetres, type Point } from '../schematic/projection.ts'

export interface GroundPlace {
  /** Metres east and north on the plane of the drawing. */
  readonly at: Point
  /** Position in `Ground.areas`. */
  readonly area: number
}

export interface GroundArea {
  readonly id: AreaId
  readonly name: string
  /** Position in `Ground.districts`. */
  readonly district: number
  /** The real områdestyp 2022, 1 … 5. Read only to make the invented patterns independent of it. */
  readonly areaType: number
  /** Sparsely populated: its places lie far apart. */
  readonly rural: boolean
}

/** What the generator knows of the real ground: areas, their stadsdelar and where their named places lie. */
export interface Ground {
  readonly municipality: AreaId
  /** RegSO, in register order. */
  readonly areas: readonly GroundArea[]
  /** Stadsdelar, in register order. */
  readonly districts: readonly { readonly id: AreaId; readonly name: string }[]
  /** Named places, at least one for every area. */
  readonly places: readonly GroundPlace[]
  /** Positions of the areas that meet each area, by the nearest-place cells of their places. */
  readonly neighbours: readonly ReadonlySet<number>[]
  /** Whether a point lies on the area's land as it is drawn. */
  isInside(area: number, point: Point): boolean
}

/** Longer links cross the sea or run round the municipality. */
const LONGEST_LINK_METRES = 8000

/**
 * Reads `data/areas`.
 * @throws RangeError when a place belongs to no area, or an area has no place or outline
 */
export function readGround(): Ground {
  const text = (name: string): string =>
    readFileSync(new URL(`../../data/areas/${name}`, import.meta.url), 'utf8')
  const register = readUmeaRegister({
    regsoCsv: text('regso.csv'),
    labelsCsv: text('labels.csv'),
  })
  const types = new Map(
    csvParse(text('regso.csv')).map((row) => [row['code'], Number(row['area_type_2022'])]),
  )
  const districts = areasAtLevel(register, 'stadsdel').map(({ id, name }) => ({ id, name }))
  const areas = areasAtLevel(register, 'regso').map((area) => ({
    id: area.id,
    name: area.name,
    district: districts.findIndex((district) => district.id === area.parent),
    areaType: types.get(area.id)!,
    rural: area.rural ?? false,
  }))
  const position = new Map(areas.map((area, index) => [area.id, index]))
  const placesOf = (name: string): GroundPlace[] =>
    csvParse(text(name)).map((row) => {
      const area = position.get(row['regso']!)
      if (area === undefined) throw new RangeError(`${name}: unknown area "${row['regso']}"`)
      return { at: toMetres([Number(row['longitude']), Number(row['latitude'])]), area }
    })
  const places = placesOf('places.csv')
  areas.forEach(({ id }, index) => {
    if (!places.some((place) => place.area === index))
      throw new RangeError(`places.csv: no place in "${id}"`)
  })
  // The points that only shape the drawn outlines also tell whose ground it is.
  const points = [...places, ...placesOf('shape-points.csv')]
  const cells = Delaunay.from(
    points,
    (point) => point.at[0],
    (point) => point.at[1],
  )
  const neighbours = areas.map(() => new Set<number>())
  points.forEach((point, index) => {
    for (const other of cells.neighbors(index)) {
      const next = points[other]!
      if (next.area !== point.area && distance(point.at, next.at) <= LONGEST_LINK_METRES)
        neighbours[point.area]!.add(next.area)
    }
  })
  return {
    municipality: wholeArea(register)!.id,
    areas,
    districts,
    places,
    neighbours,
    isInside: insideDrawn(text('umea-schematic.topojson'), areas),
  }
}

/** Even–odd rule over the rings of the drawn areas, on the plane of the drawing. */
function insideDrawn(topologyText: string, areas: readonly GroundArea[]): Ground['isInside'] {
  const topology = JSON.parse(topologyText) as Topology
  const drawn = feature(topology, topology.objects['regso'] as GeometryCollection)
  const shapes = new Map(
    drawn.features.map(({ id, geometry }) => {
      const polygons =
        geometry.type === 'MultiPolygon'
          ? geometry.coordinates
          : geometry.type === 'Polygon'
            ? [geometry.coordinates]
            : []
      return [String(id), polygons.flat().map((ring) => ringOnPlane(ring as [number, number][]))]
    }),
  )
  const rings = areas.map(({ id }) => {
    const shape = shapes.get(id)
    if (!shape) throw new RangeError(`umea-schematic.topojson: no outline of "${id}"`)
    return shape
  })
  return (area, [east, north]) => {
    let inside = false
    for (const { x, y, west, south, east: eastEnd, north: northEnd } of rings[area]!) {
      if (east < west || east > eastEnd || north < south || north > northEnd) continue
      for (let i = 0, j = x.length - 1; i < x.length; j = i++)
        if (
          y[i]! > north !== y[j]! > north &&
          east < ((x[j]! - x[i]!) * (north - y[i]!)) / (y[j]! - y[i]!) + x[i]!
        )
          inside = !inside
    }
    return inside
  }
}

function ringOnPlane(ring: readonly Point[]) {
  const points = ring.map(toMetres)
  const x = Float64Array.from(points, (point) => point[0])
  const y = Float64Array.from(points, (point) => point[1])
  return {
    x,
    y,
    west: Math.min(...x),
    east: Math.max(...x),
    south: Math.min(...y),
    north: Math.max(...y),
  }
}

/** A point of the plane in degrees. */
export function degreesAt(point: Point): { longitude: number; latitude: number } {
  const [longitude, latitude] = toDegrees(point)
  return { longitude, latitude }
}
