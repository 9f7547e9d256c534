/** Codes that stand for a system under another name, or for one whose coordinates are the same within a metre. */
const SAME_AS: Readonly<Record<string, string>> = {
  ...{ 4258: '4326', 4619: '4326', 4937: '4326', 4977: '4326', 4979: '4326' },
  ...{ 3045: '3006', 25833: '3006', 32633: '3006' },
  ...{ 2400: '3021', 3785: '3857', 900913: '3857', 102100: '3857', 102113: '3857' },
  // RT 90 emulated from SWEREF 99.
  ...{ 3845: '3019', 3846: '3020', 3847: '3021', 3848: '3022', 3849: '3023', 3850: '3024' },
}

/** SWEREF 99 zones by central meridian in degrees (Lantmäteriet). */
const ZONES: Readonly<Record<string, string>> = {
  ...{ '12': '3007', '13.5': '3008', '15': '3009', '16.5': '3010', '18': '3011', '14.25': '3012' },
  ...{ '15.75': '3013', '17.25': '3014', '18.75': '3015', '20.25': '3016', '21.75': '3017' },
  ...{ '23.25': '3018' },
}

/** RT 90 zones by gon west (V) of the central one, in tenths. */
const RT90_ZONES: Readonly<Record<string, string>> = {
  ...{ '75': '3019', '50': '3020', '25': '3021', '0': '3022', '-25': '3023', '-50': '3024' },
}

/**
 * The EPSG code, such as "EPSG:3006", that a declaration means: a code or address of one ("urn:ogc:def:crs:EPSG::3006",
 * "http://…/EPSG/0/3006", "3006"), a name ("SWEREF99 TM", "SWEREF_99_20_15", "RT 90 2,5 gon V", "CRS84") or the
 * well-known text of a .prj file, by its code, its name or its parameters. Null when it means none that is known here.
 */
export function declaredCode(declaration: string | null): string | null {
  const text = declaration?.trim() ?? ''
  const code = /^\w*(PROJ|GEOG|GEODETIC|BOUND)\w*\s*[[(]/i.test(text)
    ? codeOfWellKnownText(text)
    : (codeIn(text) ?? codeOfName(text))
  return code === null ? null : `EPSG:${SAME_AS[code] ?? code}`
}

function codeIn(text: string): string | null {
  const match = /EPSG\s*[:/]{1,2}\s*(?:[\d.]*[:/])?(\d{4,6})(?!\d)/i.exec(text)
  return match?.[1] ?? /^\d{4,6}$/.exec(text)?.[0] ?? null
}

function codeOfName(name: string): string | null {
  if (/sweref\W*_*99[\W_]*tm/i.test(name)) return '3006'
  const zone = /sweref\W*_*99[\W_]*(\d\d)[\W_]*(\d\d)/i.exec(name)
  if (zone) return ZONES[String(Number(zone[1]) + Number(zone[2]) / 60)] ?? null
  const rt90 = /rt[\W_]*(?:19)?90[\W_]*(\d)(?:[.,_]?(5|0))?[\W_]*gon[\W_]*([a-zö])?/i.exec(name)
  if (rt90) {
    const tenths = Number(`${rt90[1]}${rt90[2] ?? '0'}`)
    const isEast = /[oöe]/i.test(rt90[3] ?? '')
    return RT90_ZONES[String(isEast && tenths > 0 ? -tenths : tenths)] ?? null
  }
  if (/web.?mercator|pseudo.?mercator|popular.?visualisation/i.test(name)) return '3857'
  if (/(etrs|wgs)[\W_]*(19)?(89|84)[\W_]*\/?[\W_]*utm[\W_]*(zone)?[\W_]*33n?/i.test(name))
    return '3006'
  if (/utm|gauss|mercator/i.test(name)) return null
  return /crs[\W_]*84|wgs[\W_]*(19)?84|sweref[\W_]*99|etrs[\W_]*(19)?89/i.test(name) ? '4326' : null
}

function codeOfWellKnownText(text: string): string | null {
  const name = /["']([^"']*)["']/.exec(text)?.[1] ?? ''
  const isProjected = /PROJ(CS|CRS|ECTEDCRS)\b/i.test(text)
  // The outermost code stands last.
  const own = /(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(text)?.[1]
  return own ?? (isProjected ? projectedCode(text, name) : codeOfName(name))
}

function projectedCode(text: string, name: string): string | null {
  const known = codeOfName(name)
  if (known !== null && known !== '4326') return known
  const parameter = (pattern: string): number => {
    const found = new RegExp(`PARAMETER\\s*\\[\\s*"${pattern}"\\s*,\\s*([-+.\\deE]+)`, 'i')
    return Number(found.exec(text)?.[1] ?? NaN)
  }
  const meridian = parameter('(?:central_meridian|longitude of natural origin)')
  const easting = parameter('false[_ ]easting')
  const scale = parameter('scale[_ ]factor(?: at natural origin)?')
  if (meridian === 15 && easting === 500_000 && Math.abs(scale - 0.9996) < 1e-9) return '3006'
  if (easting === 150_000) return ZONES[String(meridian)] ?? null
  if (Math.abs(easting - 1_500_000) < 200) {
    const tenths = Math.round(((18.0583 - meridian) / 2.25) * 25)
    return RT90_ZONES[String(tenths === 0 ? 0 : tenths)] ?? null
  }
  return null
}
