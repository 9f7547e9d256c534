import proj4 from 'proj4'

/** A point as the file has it, or easting and northing in metres (SWEREF 99 TM), or longitude and latitude. */
export type Point = readonly [number, number]

export interface CoordinateFrame {
  /** EPSG code, e.g. "EPSG:3006". */
  readonly code: string
  /** True when the file has northing or latitude first. */
  readonly swapped: boolean
  /** False when the file named none or another, and the numbers decided. */
  readonly declared: boolean
}

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'

/** EPSG:3006, SWEREF 99 TM: the frame that everything is cleaned in. */
const SWEREF99_TM = `+proj=utm +zone=33 ${GRS80}`

/** Central meridians of the twelve local SWEREF 99 zones (Lantmäteriet; EPSG:3007–3018), in degrees. */
const LOCAL_MERIDIANS: Readonly<Record<string, number>> = {
  'EPSG:3007': 12,
  'EPSG:3008': 13.5,
  'EPSG:3009': 15,
  'EPSG:3010': 16.5,
  'EPSG:3011': 18,
  'EPSG:3012': 14.25,
  'EPSG:3013': 15.75,
  'EPSG:3014': 17.25,
  'EPSG:3015': 18.75,
  'EPSG:3016': 20.25,
  'EPSG:3017': 21.75,
  'EPSG:3018': 23.25,
}

type Family = 'degrees' | 'national' | 'local'

/** Where Sweden lies in each family, [least x, greatest x, least y, greatest y]: the boxes do not meet. */
const SWEDEN: Readonly<Record<Family, readonly [number, number, number, number]>> = {
  degrees: [10, 25, 54, 70],
  national: [260_000, 930_000, 6_100_000, 7_700_000],
  local: [20_000, 259_999, 6_100_000, 7_700_000],
}

/**
 * Recognises the frame of a file from the extent of its numbers; what it declares only tells the local zones apart.
 * Axis order is read from the numbers whatever the declaration says. Null when the numbers lie nowhere in Sweden.
 * @param declaration text of a GeoJSON `crs` member, or null
 * @param extent [least x, least y, greatest x, greatest y]
 */
export function recogniseFrame(
  declaration: string | null,
  extent: readonly [number, number, number, number],
): CoordinateFrame | null {
  const named = codeOf(declaration)
  for (const family of ['degrees', 'national', 'local'] as const)
    for (const swapped of [false, true]) {
      const [west, south, east, north] = swapped
        ? [extent[1], extent[0], extent[3], extent[2]]
        : extent
      const [leastX, greatestX, leastY, greatestY] = SWEDEN[family]
      if (west < leastX || east > greatestX || south < leastY || north > greatestY) continue
      const fits = named !== null && familyOf(named) === family
      const code = fits ? named : DEFAULT_CODE[family]
      return { code, swapped, declared: fits }
    }
  return null
}

/** Umeå lies in zone 20 15; another municipality's local file has to declare its own. */
const DEFAULT_CODE: Readonly<Record<Family, string>> = {
  degrees: 'EPSG:4326',
  national: 'EPSG:3006',
  local: 'EPSG:3016',
}

/** From a file's numbers to [easting, northing] in SWEREF 99 TM, metres. */
export function toNational(frame: CoordinateFrame): (point: Point) => Point {
  const order = ([x, y]: Point): Point => (frame.swapped ? [y, x] : [x, y])
  if (frame.code === 'EPSG:3006') return order
  const conversion = proj4(definitionOf(frame.code), SWEREF99_TM)
  return (point) => convert(conversion, order(point))
}

/** From [easting, northing] in SWEREF 99 TM to [longitude, latitude], degrees (SWEREF 99, WGS 84 within a metre). */
export function toDegrees(point: Point): Point {
  return convert(toDegreesConversion, point)
}

const toDegreesConversion = proj4(SWEREF99_TM, 'EPSG:4326')

function convert(conversion: proj4.Converter, [x, y]: Point): Point {
  const [first, second] = conversion.forward([x, y]) as [number, number]
  return [first, second]
}

function definitionOf(code: string): string {
  const meridian = LOCAL_MERIDIANS[code]
  return meridian === undefined
    ? code
    : `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=150000 +y_0=0 ${GRS80}`
}

function familyOf(code: string): Family | null {
  if (code === 'EPSG:3006') return 'national'
  if (code in LOCAL_MERIDIANS) return 'local'
  return code === 'EPSG:4326' ? 'degrees' : null
}

/** "EPSG:3006", "urn:ogc:def:crs:EPSG::3006", "urn:ogc:def:crs:OGC:1.3:CRS84", "http://…/EPSG/0/3006". */
function codeOf(declaration: string | null): string | null {
  if (declaration === null) return null
  if (/CRS84/i.test(declaration)) return 'EPSG:4326'
  const match = /EPSG.*?(\d{4,5})$/i.exec(declaration.trim())
  if (!match) return null
  // SWEREF 99 in degrees: the same ground as WGS 84 within a metre.
  return match[1] === '4619' ? 'EPSG:4326' : `EPSG:${match[1]}`
}
