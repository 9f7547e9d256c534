import { feature } from 'topojson-client'
import type { GeometryObject, Topology } from 'topojson-specification'
import type { Finding } from '../../core/finding.ts'
import {
  stopped,
  type BoundaryFeature,
  type BoundaryLayer,
  type FormatReading,
  type TextEncodingName,
} from './dropped-file.ts'
import { declarationOf, featureOf } from './geojson.ts'
import { isRecord } from './json-value.ts'

/** Whether parsed JSON is a topology (TopoJSON 1.0 § 2.1). */
export const isTopoJson = (value: unknown): boolean =>
  isRecord(value) && value['type'] === 'Topology'

/**
 * Reads parsed TopoJSON, quantised or not; each object is a layer. A layer whose arcs are damaged is an error, and
 * the others are read.
 */
export function readTopoJson(
  file: string,
  value: unknown,
  encoding: TextEncodingName | null = null,
): FormatReading {
  const refuse = (): FormatReading => stopped('topojson', file, 'areas-not-topojson')
  if (!isRecord(value) || !isTopoJson(value)) return refuse()
  const { objects } = value
  if (!isRecord(objects) || !isListOfArcs(value['arcs']) || !isTransform(value['transform']))
    return refuse()
  const findings: Finding[] = []
  const boundaries: BoundaryLayer[] = []
  const declaration = declarationOf(value)
  for (const [layer, object] of Object.entries(objects))
    try {
      const features = featuresOf(value as unknown as Topology, object)
      boundaries.push({ file, layer, features, declaration })
    } catch {
      findings.push({
        ...{ severity: 'error', code: 'areas-topojson-damaged', file, row: null, column: null },
        text: layer,
      })
    }
  if (boundaries.length === 0 && findings.length === 0)
    return stopped('topojson', file, 'areas-empty')
  return { format: 'topojson', encoding, delimiter: null, grids: [], boundaries, findings }
}

/** @throws TypeError when the object refers to arcs that are not there */
function featuresOf(topology: Topology, object: unknown): BoundaryFeature[] {
  const drawn = feature(topology, object as GeometryObject)
  const members = drawn.type === 'FeatureCollection' ? drawn.features : [drawn]
  return members.map((member, index) => featureOf(member, index + 1))
}

const isListOfArcs = (arcs: unknown): boolean =>
  Array.isArray(arcs) &&
  arcs.every(
    (arc) =>
      Array.isArray(arc) &&
      arc.length > 0 &&
      arc.every((point) => Array.isArray(point) && point.length >= 2),
  )

const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 2 && value.every(Number.isFinite)

const isTransform = (transform: unknown): boolean =>
  transform === undefined ||
  transform === null ||
  (isRecord(transform) && isPair(transform['scale']) && isPair(transform['translate']))
