import { csvParse } from 'd3'
import type { Area, AreaId, AreaLevel, AreaRegister, BoundaryVersion } from '../../src/core/area.ts'

const MUNICIPALITY_ID: AreaId = '2480'
const MUNICIPALITY_NAME = 'Umeå kommun'

const LEVELS: readonly AreaLevel[] = [
  { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
  { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
  { id: 'regso', singular: 'RegSO', plural: 'RegSO', rank: 2 },
]

const BOUNDARY_VERSION: BoundaryVersion = {
  id: 'umea-schematisk-2026',
  name: 'Schematiska gränser',
  schematic: true,
  source:
    'Lägeskartan: ritade efter namngivna platser, inte uppmätta; RegSO-koder och namn från SCB',
  licence: 'MIT',
}

/** Identifier of a stadsdel: the municipality's code and the name in plain lower-case letters. */
export function districtId(name: string): AreaId {
  const slug = name.toLowerCase().replace(/[åä]/g, 'a').replace(/ö/g, 'o').replace(/\s+/g, '-')
  return `${MUNICIPALITY_ID}-${slug}`
}

/**
 * Builds Umeå's register of areas from the committed tables.
 * @param regsoCsv columns code, name, district: one row per RegSO
 * @param labelsCsv columns area, lines ("|" between the lines of a label), rural ("yes" or "no")
 * Throws when a row lacks its code, name or district, when a code is repeated, or when a label is for no area.
 */
export function readUmeaRegister(sources: {
  readonly regsoCsv: string
  readonly labelsCsv: string
}): AreaRegister {
  const labels = new Map(
    csvParse(sources.labelsCsv).map((row) => [
      row.area ?? '',
      { lines: (row.lines ?? '').split('|'), rural: row.rural === 'yes' },
    ]),
  )
  const area = (id: AreaId, level: string, name: string, parent: AreaId | null): Area => {
    const label = labels.get(id)
    return {
      id,
      level,
      name,
      parent,
      ...(label ? { labelLines: label.lines } : {}),
      ...(label?.rural ? { rural: true } : {}),
    }
  }

  const regso: Area[] = []
  const districts = new Map<AreaId, Area>()
  csvParse(sources.regsoCsv).forEach(({ code, name, district }, index) => {
    if (!code || !name || !district) {
      throw new Error(`RegSO table, row ${index + 2}: code, name and district are needed`)
    }
    const parent = districtId(district)
    districts.set(parent, area(parent, 'stadsdel', district, MUNICIPALITY_ID))
    regso.push(area(code, 'regso', name, parent))
  })
  const byName = new Intl.Collator('sv')
  const sortedDistricts = [...districts.values()].sort((a, b) => byName.compare(a.name, b.name))
  const areas = [
    area(MUNICIPALITY_ID, 'kommun', MUNICIPALITY_NAME, null),
    ...sortedDistricts,
    ...regso,
  ]

  const ids = new Set(areas.map((each) => each.id))
  if (ids.size !== areas.length) throw new Error('RegSO table: a code is repeated')
  const stray = [...labels.keys()].find((id) => !ids.has(id))
  if (stray !== undefined) throw new Error(`Label table: no area has the id "${stray}"`)

  return { levels: LEVELS, areas, boundaryVersion: BOUNDARY_VERSION }
}
