import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import polylabel from 'polylabel'
import type { Area, AreaId, AreaRegister, LevelId } from '../core/area.ts'
import { areasAtLevel } from '../core/area.ts'

export type Bounds = readonly [west: number, south: number, east: number, north: number]

/** The ground of one area, ready to be drawn. Degrees, WGS 84. */
export interface AreaShape {
  readonly area: Area
  /** Position in the level's register; also the feature's id on the map. */
  readonly index: number
  readonly polygons: readonly (readonly (readonly Position[])[])[]
  readonly bounds: Bounds
}

export interface LevelShapes {
  readonly level: LevelId
  readonly shapes: readonly AreaShape[]
  /** Features in register order with `id` = index. */
  readonly features: FeatureCollection<MultiPolygon>
}

/** A name written along water: the line it follows, in degrees. */
export interface WaterName {
  readonly text: string
  readonly along: readonly Position[]
}

export interface WaterShape {
  readonly name: string
  readonly names: readonly WaterName[]
  readonly feature: Feature<MultiPolygon>
}

/**
 * The drawable shapes of one level out of the package's topology, in register order.
 * Areas without geometry (such as "ej placerad") have no shape; their index is kept free.
 */
export function levelShapes(
  topology: Topology,
  register: AreaRegister,
  level: LevelId,
): LevelShapes {
  const object = topology.objects[level]
  const geometries = new Map<AreaId, Feature<MultiPolygon>>()
  if (object)
    for (const single of collection(topology, object as GeometryCollection).features)
      geometries.set(String(single.id), asMultiPolygon(single))
  const shapes: AreaShape[] = []
  areasAtLevel(register, level).forEach((area, index) => {
    const found = geometries.get(area.id)
    if (!found) return
    const polygons = found.geometry.coordinates
    shapes.push({ area, index, polygons, bounds: boundsOf(polygons) })
  })
  return {
    level,
    shapes,
    features: {
      type: 'FeatureCollection',
      features: shapes.map(({ index, polygons }) => ({
        type: 'Feature',
        id: index,
        properties: {},
        geometry: { type: 'MultiPolygon', coordinates: polygons as Position[][][] },
      })),
    },
  }
}

/** Rivers, lakes and sea that are drawn over the areas. */
export function waterShapes(topology: Topology): WaterShape[] {
  const object = topology.objects['water']
  if (!object) return []
  return collection(topology, object as GeometryCollection).features.map((single) => {
    const name = String(single.properties?.['name'] ?? '')
    const lines = (single.properties?.['nameLines'] ?? []) as readonly (readonly Position[])[]
    return {
      name,
      names: lines.map((along) => ({ text: name, along })),
      feature: asMultiPolygon(single),
    }
  })
}

function collection(
  topology: Topology,
  object: GeometryCollection,
): FeatureCollection<Polygon | MultiPolygon> {
  return feature(topology, object) as FeatureCollection<Polygon | MultiPolygon>
}

function asMultiPolygon(single: Feature<Polygon | MultiPolygon>): Feature<MultiPolygon> {
  const { geometry } = single
  const coordinates = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return { ...single, geometry: { type: 'MultiPolygon', coordinates } }
}

function boundsOf(polygons: readonly (readonly (readonly Position[])[])[]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const polygon of polygons)
    for (const [longitude, latitude] of polygon[0] ?? []) {
      west = Math.min(west, longitude!)
      east = Math.max(east, longitude!)
      south = Math.min(south, latitude!)
      north = Math.max(north, latitude!)
    }
  return [west, south, east, north]
}

const deepestPoints = new WeakMap<AreaShape, readonly [longitude: number, latitude: number]>()

/**
 * The point farthest from the area's edge (pole of inaccessibility), for its name and for keyboard moves.
 * Found when first asked for and then kept: thousands of areas are never named at once.
 */
export function deepestPoint(shape: AreaShape): readonly [longitude: number, latitude: number] {
  const known = deepestPoints.get(shape)
  if (known) return known
  let best: readonly [number, number] = [0, 0]
  let bestDistance = -1
  for (const polygon of shape.polygons) {
    // Depth is measured on the ground, where a degree of longitude is shorter than one of latitude.
    const stretch = Math.cos(((polygon[0]?.[0]?.[1] ?? 0) * Math.PI) / 180)
    const found = polylabel(
      polygon.map((ring) => ring.map(([x, y]) => [x! * stretch, y!])),
      0.0003,
    )
    if (found.distance > bestDistance) {
      bestDistance = found.distance
      best = [found[0]! / stretch, found[1]!]
    }
  }
  deepestPoints.set(shape, best)
  return best
}
