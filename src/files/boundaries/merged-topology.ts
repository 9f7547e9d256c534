import { bbox, quantize, transform } from 'topojson-client'
import type { GeoJsonProperties, Position } from 'geojson'
import type { GeometryCollection, GeometryObject, Objects, Topology } from 'topojson-specification'

/** Degrees that coordinates are rounded to, about a metre: of their own, however far a sea beside the areas reaches. */
const CELL = 1e-5

/** Objects that are in no topology yet: their arcs are numbered in their own. */
export interface TopologyPart {
  readonly topology: Topology
  /** Objects of it that are taken, by the name that they get. */
  readonly objects: Readonly<Record<string, GeometryObject<GeoJsonProperties>>>
}

/**
 * Objects of several topologies as one, quantised anew; arcs that no object uses are left out. Borders are shared
 * within a part, as before, not between parts.
 */
export function mergeTopologies(parts: readonly TopologyPart[]): Topology {
  const arcs: Position[][] = []
  const objects: Objects<GeoJsonProperties> = {}
  for (const { topology, objects: taken } of parts) {
    const places = new Map<number, number>()
    const own = absoluteArcs(topology)
    const renumber = (arc: number): number => {
      const index = arc < 0 ? ~arc : arc
      if (!places.has(index)) {
        places.set(index, arcs.length)
        arcs.push(own[index]!)
      }
      const place = places.get(index)!
      return arc < 0 ? ~place : place
    }
    for (const [name, object] of Object.entries(taken)) objects[name] = renumbered(object, renumber)
  }
  const merged: Topology<Objects> = { type: 'Topology', objects: objects as Objects, arcs }
  const [west, south] = bbox(merged)
  const onGrid = (degrees: number): number => Math.floor(degrees / CELL) * CELL
  return quantize(merged, { scale: [CELL, CELL], translate: [onGrid(west!), onGrid(south!)] })
}

/** Arcs in their own coordinates, without the transform. */
function absoluteArcs(topology: Topology): Position[][] {
  if (!topology.transform) return topology.arcs
  const point = transform(topology.transform)
  return topology.arcs.map((arc) => arc.map((position, index) => point([...position], index > 0)))
}

/** Arcs are numbers, in lists as deep as the geometry's type has it. */
function renumbered<Shape extends GeometryObject<GeoJsonProperties>>(
  object: Shape,
  renumber: (arc: number) => number,
): Shape {
  const deep = (arcs: unknown): unknown =>
    typeof arcs === 'number' ? renumber(arcs) : Array.isArray(arcs) ? arcs.map(deep) : arcs
  if (object.type === 'GeometryCollection') {
    const { geometries } = object as GeometryCollection<GeoJsonProperties>
    return { ...object, geometries: geometries.map((one) => renumbered(one, renumber)) }
  }
  return 'arcs' in object ? { ...object, arcs: deep(object.arcs) } : object
}
