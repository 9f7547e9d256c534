import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import type { AreaId, LevelId } from '../../core/area.ts'
import type { DrawnPolygons } from './common-ground.ts'
import { toNational } from './coordinate-frame.ts'
import { polygonsOf } from './drawn-feature.ts'

const fromDegrees = toNational({ code: 'EPSG:4326', swapped: false })

/** The areas of one level of a package's boundaries, in SWEREF 99 TM, metres; empty when the level is not drawn. */
export function levelOutlines(topology: Topology, level: LevelId): Map<AreaId, DrawnPolygons> {
  const outlines = new Map<AreaId, DrawnPolygons>()
  const object = topology.objects[level]
  if (object?.type !== 'GeometryCollection') return outlines
  for (const { id, geometry } of feature(topology, object).features) {
    const polygons = polygonsOf(geometry)
    if (id === undefined || polygons === null || polygons === 'damaged') continue
    outlines.set(
      String(id),
      polygons.map((rings) => rings.map((ring) => ring.map(fromDegrees))),
    )
  }
  return outlines
}
