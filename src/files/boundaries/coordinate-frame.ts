import proj4 from 'proj4'
import { declaredCode } from './frame-declaration.ts'

/** A point as the file has it, or easting and northing in metres (SWEREF 99 TM), or longitude and latitude. */
export type Point = readonly [number, number]

/** [least x, least y, greatest x, greatest y] */
export type Extent = readonly [number, number, number, number]

export interface CoordinateFrame {
  /** EPSG code, e.g. "EPSG:3006". */
  readonly code: string
  /** True when the file has northing or latitude first. */
  readonly swapped: boolean
  /** False when the file named none or another, and the numbers decided. */
  readonly declared: boolean
  /** True when the numbers fit several systems and nothing told them apart: the usual one is taken. */
  readonly assumed: boolean
}

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'

/** EPSG:3006, SWEREF 99 TM: the frame that everything is cleaned in. */
const SWEREF99_TM = `+proj=utm +zone=33 ${GRS80}`

type Family = 'degrees' | 'national' | 'local' | 'rt90' | 'web'

interface System {
  readonly family: Family
  /** For proj4. */
  readonly definition: string
}

const local = (meridian: number): System => ({
  family: 'local',
  definition: `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=150000 +y_0=0 ${GRS80}`,
})

/**
 * RT 90 projected straight from SWEREF 99, with the parameters that Lantmäteriet publishes for each zone (EPSG:3845–
 * 3850): within a few decimetres of the RT 90 that maps and registers were drawn in.
 */
const rt90 = (
  meridian: number,
  scale: number,
  falseNorthing: number,
  falseEasting: number,
): System => ({
  family: 'rt90',
  definition: `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=${scale} +x_0=${falseEasting} +y_0=${falseNorthing} ${GRS80}`,
})

const SYSTEMS: Readonly<Record<string, System>> = {
  'EPSG:4326': { family: 'degrees', definition: 'EPSG:4326' },
  'EPSG:3006': { family: 'national', definition: SWEREF99_TM },
  'EPSG:3007': local(12),
  'EPSG:3008': local(13.5),
  'EPSG:3009': local(15),
  'EPSG:3010': local(16.5),
  'EPSG:3011': local(18),
  'EPSG:3012': local(14.25),
  'EPSG:3013': local(15.75),
  'EPSG:3014': local(17.25),
  'EPSG:3015': local(18.75),
  'EPSG:3016': local(20.25),
  'EPSG:3017': local(21.75),
  'EPSG:3018': local(23.25),
  'EPSG:3019': rt90(11 + 18.375 / 60, 1.000006, -667.282, 1_500_025.141),
  'EPSG:3020': rt90(13 + 33.376 / 60, 1.0000058, -667.13, 1_500_044.695),
  'EPSG:3021': rt90(15 + 48 / 60 + 22.624306 / 3600, 1.00000561024, -667.711, 1_500_064.274),
  'EPSG:3022': rt90(18 + 3.378 / 60, 1.0000054, -668.844, 1_500_083.521),
  'EPSG:3023': rt90(20 + 18.379 / 60, 1.0000052, -670.706, 1_500_102.765),
  'EPSG:3024': rt90(22 + 33.38 / 60, 1.0000049, -672.557, 1_500_121.846),
  'EPSG:3857': { family: 'web', definition: 'EPSG:3857' },
}

/**
 * Where Sweden lies in each family, [least x, greatest x, least y, greatest y]. Only the last two meet, in the far
 * south and the far north.
 */
const SWEDEN: Readonly<Record<Family, readonly [number, number, number, number]>> = {
  degrees: [10, 25, 54, 70],
  national: [260_000, 930_000, 6_100_000, 7_700_000],
  local: [20_000, 259_999, 6_100_000, 7_700_000],
  rt90: [1_150_000, 1_950_000, 6_100_000, 7_700_000],
  web: [1_100_000, 2_750_000, 7_200_000, 11_700_000],
}
const FAMILIES = Object.keys(SWEDEN) as Family[]

/** Umeå lies in zone 20 15; RT 90 was used nationally as 2.5 gon V. */
const USUAL_CODE: Readonly<Record<Family, string>> = {
  degrees: 'EPSG:4326',
  national: 'EPSG:3006',
  local: 'EPSG:3016',
  rt90: 'EPSG:3021',
  web: 'EPSG:3857',
}

/**
 * Recognises the frame of a file from the extent of its numbers; what it declares only tells systems with the same
 * numbers apart, and where it is silent or wrong, where the areas are expected to lie. Axis order is read from the
 * numbers whatever the declaration says. Null when the numbers lie nowhere in Sweden.
 * @param declaration text of a GeoJSON `crs` member or a .prj file, or null
 * @param extent of the file's numbers
 * @param expected where the areas should lie, in degrees; null when that is not known
 */
export function recogniseFrame(
  declaration: string | null,
  extent: Extent,
  expected: Extent | null = null,
): CoordinateFrame | null {
  const possible = FAMILIES.flatMap((family) =>
    [false, true]
      .filter((swapped) => liesIn(ordered(extent, swapped), family))
      .map((swapped) => ({ family, swapped })),
  )
  const named = declaredCode(declaration)
  const told = possible.find(({ family }) => named !== null && SYSTEMS[named]?.family === family)
  if (named !== null && told)
    return { code: named, swapped: told.swapped, declared: true, assumed: false }
  const near = expected === null ? null : nearestTo(expected, extent, possible)
  if (near) return { ...near, declared: false, assumed: false }
  const [first] = possible
  if (!first) return null
  const { family, swapped } = first
  return { code: USUAL_CODE[family], swapped, declared: false, assumed: family === 'local' }
}

const ordered = ([left, bottom, right, top]: Extent, swapped: boolean): Extent =>
  swapped ? [bottom, left, top, right] : [left, bottom, right, top]

function liesIn([west, south, east, north]: Extent, family: Family): boolean {
  const [leastX, greatestX, leastY, greatestY] = SWEDEN[family]
  return west >= leastX && east <= greatestX && south >= leastY && north <= greatestY
}

/** Of the systems that the numbers fit, the one whose ground meets what is expected, nearest middle to middle. */
function nearestTo(
  expected: Extent,
  extent: Extent,
  possible: readonly { readonly family: Family; readonly swapped: boolean }[],
): { readonly code: string; readonly swapped: boolean } | null {
  let nearest: { readonly code: string; readonly swapped: boolean } | null = null
  let least = Infinity
  for (const { family, swapped } of possible)
    for (const [code, system] of Object.entries(SYSTEMS)) {
      if (system.family !== family) continue
      const conversion = proj4(system.definition, 'EPSG:4326')
      const [west, south, east, north] = ordered(extent, swapped)
      const [left, bottom] = convert(conversion, [west, south])
      const [right, top] = convert(conversion, [east, north])
      if (left > expected[2] || right < expected[0] || bottom > expected[3] || top < expected[1])
        continue
      // A degree of longitude is about half a degree of latitude here; the ratio only orders the systems.
      const distance = Math.hypot(
        (left + right - expected[0] - expected[2]) / 2,
        bottom + top - expected[1] - expected[3],
      )
      if (distance < least) [nearest, least] = [{ code, swapped }, distance]
    }
  return nearest
}

/** From a file's numbers to [easting, northing] in SWEREF 99 TM, metres. */
export function toNational(
  frame: Pick<CoordinateFrame, 'code' | 'swapped'>,
): (point: Point) => Point {
  const order = ([x, y]: Point): Point => (frame.swapped ? [y, x] : [x, y])
  if (frame.code === 'EPSG:3006') return order
  const conversion = proj4(SYSTEMS[frame.code]!.definition, SWEREF99_TM)
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
