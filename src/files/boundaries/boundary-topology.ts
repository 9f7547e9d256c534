import { mergeArcs, neighbors, quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, simplify } from 'topojson-simplify'
import type { FeatureCollection, MultiPolygon as GeoMultiPolygon, Position } from 'geojson'
import type {
  GeometryCollection,
  MultiPolygon,
  Objects,
  Polygon,
  Topology,
} from 'topojson-specification'
import type { AreaId } from '../../core/area.ts'
import type { AreaOutline } from './boundary-file.ts'
import { toDegrees } from './coordinate-frame.ts'
import { signedArea, type Ring } from './ring-repair.ts'
import { snapBoundaries } from './snap-boundaries.ts'

/** Metres. Neighbouring borders nearer than this are one border. */
export const SNAP_TOLERANCE = 2
/** Square metres: a bend is straightened when its triangle is smaller (Visvalingam & Whyatt 1993). */
export const SIMPLIFY_AREA = 300
/** Square metres. Gaps between areas that are smaller do not show in the outline of the whole. */
const GAP_AREA = 10_000

export interface BoundaryTopology {
  /** Quantized, in degrees; objects named by level: the areas, and the whole that they make up. */
  readonly boundaries: Topology
  /** Areas that share a border. */
  readonly neighbours: Readonly<Record<AreaId, readonly AreaId[]>>
  /** Ground per area in square metres, before simplification. */
  readonly areaSquareMetres: ReadonlyMap<AreaId, number>
}

/**
 * Fits areas together into one topology: snaps borders, shares them, simplifies them once for both sides, and
 * dissolves all into the whole. Neighbours are computed before simplification.
 * @param ids one per outline
 * @param names of the objects: the areas' level, and the whole's level and id
 */
export function buildTopology(
  outlines: readonly AreaOutline[],
  ids: readonly AreaId[],
  names: { readonly level: string; readonly wholeLevel: string; readonly wholeId: AreaId },
): BoundaryTopology {
  const snapped = snapBoundaries(
    outlines.map(({ polygons }) => polygons),
    SNAP_TOLERANCE,
  )
  const features: FeatureCollection<GeoMultiPolygon> = {
    type: 'FeatureCollection',
    features: snapped.map((polygons, index) => ({
      type: 'Feature',
      id: ids[index]!,
      properties: {},
      geometry: {
        type: 'MultiPolygon',
        coordinates: polygons.map((rings) => rings.map((ring, place) => closed(ring, place === 0))),
      },
    })),
  }
  const exact = topology({ [names.level]: features })
  const areas = exact.objects[names.level] as GeometryCollection
  const members = areas.geometries as (Polygon | MultiPolygon)[]
  const adjacency = neighbors(members)
  const neighbours = Object.fromEntries(
    ids.map((id, index) => [id, adjacency[index]!.map((other) => ids[other]!)]),
  )
  const areaSquareMetres = new Map(
    snapped.map((polygons, index) => [
      ids[index]!,
      polygons.reduce(
        (sum, [outer, ...holes]) =>
          sum +
          Math.abs(signedArea(outer!)) -
          holes.reduce((inner, hole) => inner + Math.abs(signedArea(hole)), 0),
        0,
      ),
    ]),
  )

  const whole = mergeArcs(exact, members)
  const outline: MultiPolygon = {
    ...whole,
    arcs: whole.arcs.map(([outer, ...holes]) => [
      outer!,
      ...holes.filter((hole) => ringArea(exact, hole) >= GAP_AREA),
    ]),
  }
  const all: Topology<Objects> = {
    ...exact,
    objects: {
      [names.level]: areas,
      [names.wholeLevel]: {
        type: 'GeometryCollection',
        geometries: [{ ...outline, id: names.wholeId }],
      },
    },
  }
  const simple = simplify(presimplify(all), SIMPLIFY_AREA)
  const inDegrees: Topology<Objects> = {
    ...simple,
    arcs: simple.arcs.map((arc) => arc.map(([x, y]): Position => [...toDegrees([x!, y!])])),
  }
  delete inDegrees.bbox
  return { boundaries: quantize(inDegrees, 1e5), neighbours, areaSquareMetres }
}

/** With its closing point, outer rings clockwise and holes counter-clockwise, as d3 and TopoJSON expect. */
function closed(ring: Ring, isOuter: boolean): Position[] {
  const ordered = signedArea(ring) > 0 === isOuter ? [...ring].reverse() : ring
  return [...ordered, ordered[0]!].map(([x, y]) => [x, y])
}

function ringArea({ arcs }: Topology, ring: readonly number[]): number {
  const points = ring.flatMap((arc) => {
    const positions = arcs[arc < 0 ? ~arc : arc]!
    return (arc < 0 ? positions.toReversed() : positions).slice(1)
  })
  return Math.abs(signedArea(points.map(([x, y]) => [x!, y!] as const)))
}
