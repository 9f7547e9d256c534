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
import type { AreaOutline } from './area-outlines.ts'
import { toDegrees } from './coordinate-frame.ts'
import { groundOf, signedArea, type Ring } from './ring-repair.ts'
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

/** Areas that share their borders exactly, in SWEREF 99 TM, metres. */
export interface FittedAreas {
  /** One object, named "areas", of a geometry per outline. */
  readonly exact: Topology
  readonly members: readonly (Polygon | MultiPolygon)[]
  /** Per outline, the places of those that share a border of some length with it. */
  readonly neighbours: readonly (readonly number[])[]
  readonly squareMetres: readonly number[]
}

/**
 * Fits areas together: snaps borders that are nearer than SNAP_TOLERANCE and shares them.
 * @param ids one per outline
 */
export function fitAreas(
  outlines: readonly Pick<AreaOutline, 'polygons'>[],
  ids: readonly AreaId[],
): FittedAreas {
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
  const exact = topology({ areas: features })
  const members = (exact.objects['areas'] as GeometryCollection).geometries as (
    Polygon | MultiPolygon
  )[]
  return {
    ...{ exact, members, neighbours: neighbors(members) },
    squareMetres: snapped.map(groundOf),
  }
}

/**
 * Fits areas together into one topology: snaps borders, shares them, simplifies them once for both sides, and
 * dissolves all into the whole. Neighbours are computed before simplification.
 * @param ids one per outline
 * @param names of the objects: the areas' level, and the whole's level and id
 */
export function buildTopology(
  outlines: readonly Pick<AreaOutline, 'polygons'>[],
  ids: readonly AreaId[],
  names: { readonly level: string; readonly wholeLevel: string; readonly wholeId: AreaId },
): BoundaryTopology {
  const fitted = fitAreas(outlines, ids)
  const { exact, members } = fitted
  const neighbours = Object.fromEntries(
    ids.map((id, index) => [id, fitted.neighbours[index]!.map((other) => ids[other]!)]),
  )
  const areaSquareMetres = new Map(ids.map((id, index) => [id, fitted.squareMetres[index]!]))

  const whole = mergeArcs(exact, [...members])
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
      [names.level]: exact.objects['areas'] as GeometryCollection<Record<string, never>>,
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
