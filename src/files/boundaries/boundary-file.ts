import { readGeoJsonText } from '../formats/geojson.ts'
import { readOutlines, type OutlinesReading } from './area-outlines.ts'

/**
 * Reads the text of a GeoJSON file of areas in any Swedish frame, as `readOutlines` does. A finding's row is the
 * feature's place in the file, counted from 1.
 */
export function readBoundaryFile(text: string, file: string): OutlinesReading {
  const { boundaries, findings } = readGeoJsonText(file, text)
  const [layer] = boundaries
  if (!layer) return { ok: false, findings }
  const reading = readOutlines(layer)
  return { ...reading, findings: [...findings, ...reading.findings] }
}
