import { difference, featureCollection, polygon, union } from '@turf/turf'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import type { Objects, Topology } from 'topojson-specification'
import { type AreaRegister, areasAtLevel } from '../../src/core/area.ts'
import type { Arc } from './arc-tracing.ts'
import { assemble } from './assembling.ts'
import type { Landscape, Ring } from './drawn-lines.ts'
import {
  areaOfFace,
  type Cover,
  coverOfFace,
  ELSEWHERE_RIVER,
  type Face,
  type RasterFrame,
  SEA,
} from './label-raster.ts'
import { contains } from './polygon.ts'
import { DEGREE_GRID, type Point, toDegrees } from './projection.ts'
import { simplify } from './smoothing.ts'

const TRANSFORM = {
  scale: [1 / DEGREE_GRID, 1 / DEGREE_GRID],
  translate: [20.26, 63.82],
} as const
/** Tolerance for the coast far from the municipality. */
const FAR_TOLERANCE_METRES = 150

/** By the water's name: the lines, in degrees, that its name is written along. */
export type WaterNameLines = ReadonlyMap<string, readonly (readonly [Position, Position])[]>

/** Areas clipped by the water, and the water itself, with all borders and banks as shared arcs. */
export function displayTopology(
  arcs: readonly Arc[],
  register: AreaRegister,
  landscape: Landscape,
  frame: RasterFrame,
  nameLines: WaterNameLines,
): Topology {
  const inDegrees = arcs.map(arcInDegrees)
  return writeTopology({
    ...levelObjects(inDegrees, register, ['land']),
    water: waterObject(inDegrees, landscape, frame, nameLines),
  })
}

/** Areas whose borders run on in the middle of river and lakes, so that the far bank is a neighbour. */
export function unclippedTopology(arcs: readonly Arc[], register: AreaRegister): Topology {
  return writeTopology(levelObjects(arcs.map(arcInDegrees), register, ['land', 'river', 'lake']))
}

function writeTopology(objects: Record<string, FeatureCollection>): Topology {
  const plain = topology(objects) as Topology<Objects<{ name: string }>>
  return quantize(plain, {
    scale: [...TRANSFORM.scale],
    translate: [...TRANSFORM.translate],
  })
}

function levelObjects(
  arcs: readonly Arc[],
  register: AreaRegister,
  covers: readonly Cover[],
): Record<string, FeatureCollection> {
  const regso = areasAtLevel(register, 'regso')
  const parentOf = new Map(register.areas.map((area) => [area.id, area.parent]))
  const isWithin = (id: string, ancestor: string): boolean => {
    if (id === ancestor) return true
    const parent = parentOf.get(id)
    return parent ? isWithin(parent, ancestor) : false
  }
  return Object.fromEntries(
    register.levels.map((level) => [
      level.id,
      featureCollection(
        areasAtLevel(register, level.id).map((area): Feature<MultiPolygon> => {
          const members = new Set(
            regso.flatMap((part, index) => (isWithin(part.id, area.id) ? [index] : [])),
          )
          const isMember = (face: Face) => {
            const position = areaOfFace(face)
            const cover = coverOfFace(face)
            return (
              position !== null && cover !== null && members.has(position) && covers.includes(cover)
            )
          }
          return {
            type: 'Feature',
            id: area.id,
            properties: { name: area.name },
            geometry: assemble(arcs, isMember),
          }
        }),
      ),
    ]),
  )
}

function waterObject(
  arcs: readonly Arc[],
  landscape: Landscape,
  frame: RasterFrame,
  nameLines: WaterNameLines,
): FeatureCollection {
  const beyond = frameRing(frame)
  const sea = extendBeyond(
    beyond,
    assemble(arcs, (face) => face === SEA),
    [landscape.sea],
  )
  const river = extendBeyond(
    beyond,
    assemble(arcs, (face) => face === ELSEWHERE_RIVER || coverOfFace(face) === 'river'),
    landscape.river,
  )
  const lakes = assemble(arcs, (face) => coverOfFace(face) === 'lake')
  const named = (name: string, geometry: MultiPolygon | Polygon): Feature => ({
    type: 'Feature',
    properties: { name, nameLines: nameLines.get(name) ?? [] },
    geometry,
  })
  return featureCollection([
    named(landscape.seaName, sea),
    named(landscape.riverName, river),
    ...landscape.lakes.map((lake) => {
      const outline = lake.ring.map(toDegrees)
      const parts = lakes.coordinates.filter((part) => contains(outline, middleOf(part[0]!)))
      return named(lake.name, { type: 'MultiPolygon', coordinates: parts })
    }),
  ])
}

/** Joins water inside the drawing with what its drawn outline covers outside it. */
function extendBeyond(
  frame: Polygon,
  inside: MultiPolygon,
  outlines: readonly Ring[],
): MultiPolygon | Polygon {
  const outside = outlines.flatMap((ring) => {
    const closed = simplify([...ring, ring[0]!], FAR_TOLERANCE_METRES).map(toDegrees)
    const outline = polygon([closed.map((point): Position => [point[0], point[1]])])
    const part = difference(
      featureCollection([outline, { type: 'Feature', properties: {}, geometry: frame }]),
    )
    return part ? [part] : []
  })
  const whole = union<object>(
    featureCollection<MultiPolygon | Polygon>([
      { type: 'Feature', properties: {}, geometry: inside },
      ...outside,
    ]),
  )
  if (!whole) throw new Error('The water came out empty')
  return onGrid(whole.geometry)
}

function frameRing(frame: RasterFrame): Polygon {
  const { west, south } = frame
  const east = west + frame.columns * frame.cellMetres
  const north = south + frame.rows * frame.cellMetres
  const corners: Point[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return {
    type: 'Polygon',
    coordinates: [corners.map(toDegrees).map((point): Position => [point[0], point[1]])],
  }
}

function arcInDegrees(arc: Arc): Arc {
  const points = arc.points.map(toDegrees)
  return {
    ...arc,
    points: points.filter((point, index) => {
      const before = points[index - 1]
      return !before || before[0] !== point[0] || before[1] !== point[1]
    }),
  }
}

function onGrid(geometry: MultiPolygon | Polygon): MultiPolygon | Polygon {
  const ring = (positions: Position[]): Position[] =>
    positions.map(([longitude, latitude]) => [
      Math.round(longitude! * DEGREE_GRID) / DEGREE_GRID,
      Math.round(latitude! * DEGREE_GRID) / DEGREE_GRID,
    ])
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: geometry.coordinates.map(ring) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map((part) => part.map(ring)) }
}

function middleOf(ring: readonly Position[]): Point {
  const sum = ring.reduce<Point>((total, [x, y]) => [total[0] + x!, total[1] + y!], [0, 0])
  return [sum[0] / ring.length, sum[1] / ring.length]
}
