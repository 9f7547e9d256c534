import { RELEASE_STATUSES } from '../../src/core/cell.ts'
import { SEXES } from '../../src/core/indicator.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { DISCLOSURE_LOG_FILE } from '../../src/files/package/disclosure-log.ts'
import { sha256 } from './checksum.ts'
import type { PackageFiles, PackageSource } from './package-source.ts'

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json'
const RESOURCE_PROFILE = 'https://datapackage.org/profiles/2.0/dataresource.json'
const SCHEMA_PROFILE = 'https://datapackage.org/profiles/2.0/tableschema.json'

/** What is read of an index to describe the files. */
type DescribedIndex = Pick<PackageIndex, 'register' | 'indicators' | 'observations' | 'incidents'>

interface Field {
  readonly name: string
  readonly type: 'string' | 'integer' | 'number' | 'year' | 'yearmonth'
  readonly title: string
  readonly description?: string
  readonly constraints?: Readonly<Record<string, unknown>>
}

interface TableSchema {
  readonly $schema: string
  readonly fields: readonly Field[]
  readonly missingValues: readonly string[]
  readonly primaryKey: readonly string[]
  readonly foreignKeys?: readonly {
    readonly fields: readonly string[]
    readonly reference: { readonly resource: string; readonly fields: readonly string[] }
  }[]
}

/**
 * Describes a package's files as a Frictionless Data Package (version 2.0): every file is a resource with its size
 * and checksum, every table has a schema.
 * @param files all files but the description itself
 */
export function describePackage(
  source: Pick<PackageSource, 'name' | 'description' | 'release' | 'licences'>,
  index: DescribedIndex,
  files: PackageFiles,
) {
  const { release } = source
  return {
    $schema: PROFILE,
    name: source.name,
    title: release.title,
    description: source.description,
    version: release.id,
    created: `${release.date}T00:00:00Z`,
    ...(source.licences.length > 0 ? { licenses: source.licences } : {}),
    sources: release.sources.map(({ title }) => ({ title })),
    resources: [...files].map(([path, text]) => ({
      $schema: RESOURCE_PROFILE,
      name: resourceName(path),
      path,
      ...describeFile(path, index),
      encoding: 'utf-8',
      bytes: Buffer.byteLength(text),
      hash: `sha256:${sha256(text)}`,
    })),
  }
}

/** A file's name as a resource: "observations/regso/klotter.csv" is "observations-regso-klotter". */
function resourceName(path: string): string {
  // The log stands there twice, and names are unique.
  if (path === DISCLOSURE_LOG_FILE) return 'rojandekontroll-json'
  return path
    .replace(/\.[a-z]+$/, '')
    .replace(/[/_]/g, '-')
    .toLowerCase()
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  md: 'text/markdown',
}

function describeFile(path: string, index: DescribedIndex) {
  const format = path.slice(path.lastIndexOf('.') + 1)
  const schema = schemaOf(path, index)
  const title = titleOf(path, index)
  return {
    ...(schema ? { type: 'table' } : {}),
    ...(title ? { title } : {}),
    format,
    mediatype: MEDIA_TYPES[format]!,
    ...(schema ? { schema } : {}),
  }
}

const TITLES: Readonly<Record<string, string>> = {
  'index.json': 'Paketets index: utgåva, områden, indikatorer och filer',
  'areas.csv': 'Områden',
  'indicators.json':
    'Indikatorer: definition, källa, förbehåll, publiceringsplan och röjandepolicy',
  'release.json': 'Utgåvan: datum, källor och anmärkningar',
  'rojandekontroll.md': 'Röjandekontrollens logg, att läsa',
  'rojandekontroll.json': 'Röjandekontrollens logg, för program',
  'observations.csv': 'Alla celler i publiceringsplanerna (avgränsade med semikolon)',
  'boundaries.json': 'Gränser (TopoJSON, WGS 84)',
  'plan.json': 'Aktivitetsplanen: insatser, grunduppdrag, medel och uppföljning',
  'flows.json': 'Individflöden: inkomna, lämpliga, tillfrågade och påbörjade, som får visas',
  'neighbours.json': 'Grannar per nivå och område',
  'incidents/hexagons.csv': 'Händelser per hexagon, typ och år',
  'incidents/hexagon-outlines.json': 'Hexagonernas gränser [longitud, latitud]',
}

function titleOf(
  path: string,
  { register, indicators, observations }: DescribedIndex,
): string | null {
  const known = TITLES[path]
  if (known) return known
  const file = observations.find((candidate) => candidate.path === path)
  const level = register.levels.find(({ id }) => path.split('/')[1]?.replace('.csv', '') === id)
  const name = file
    ? indicators.find(({ id }) => id === file.indicator)!.name
    : 'Händelser per område, typ och månad'
  return level ? `${name} (${level.singular})` : null
}

const areaReference = {
  fields: ['area'],
  reference: { resource: 'areas', fields: ['id'] },
} as const

const STATUS_FIELD: Field = {
  name: 'status',
  type: 'string',
  title: 'Tillstånd',
  description:
    'value: visat värde; hidden: dold; hidden-at-source: dold vid källan; missing-…: saknas, med skälet',
  constraints: { required: true, enum: RELEASE_STATUSES },
}

const requiredText = (name: string, title: string): Field => ({
  name,
  type: 'string',
  title,
  constraints: { required: true },
})

function schemaOf(path: string, index: DescribedIndex): TableSchema | null {
  const { register, incidents } = index
  const table = (schema: Omit<TableSchema, '$schema' | 'missingValues'>): TableSchema => ({
    $schema: SCHEMA_PROFILE,
    missingValues: [''],
    ...schema,
  })
  const categories = incidents?.categories.map(({ id }) => id) ?? []
  const category: Field = {
    name: 'category',
    type: 'string',
    title: 'Typ av händelse',
    constraints: { required: true, enum: categories },
  }
  if (path === 'areas.csv')
    return table({
      fields: [
        { ...requiredText('id', 'Områdeskod'), constraints: { required: true, unique: true } },
        {
          name: 'level',
          type: 'string',
          title: 'Nivå',
          constraints: { required: true, enum: register.levels.map(({ id }) => id) },
        },
        requiredText('name', 'Namn'),
        { name: 'parent', type: 'string', title: 'Ligger i området' },
      ],
      primaryKey: ['id'],
      // An empty resource name refers to the table itself.
      foreignKeys: [{ fields: ['parent'], reference: { resource: '', fields: ['id'] } }],
    })
  const file = index.observations.find((candidate) => candidate.path === path)
  if (file) {
    const { unit, denominatorName } = index.indicators.find(({ id }) => id === file.indicator)!
    return table({
      fields: [
        requiredText('area', 'Område'),
        requiredText('period', 'Period'),
        {
          name: 'sex',
          type: 'string',
          title: 'Kön',
          description: 'T totalt, K kvinnor, M män',
          constraints: { required: true, enum: SEXES.filter((sex) => file.sexes.includes(sex)) },
        },
        STATUS_FIELD,
        {
          name: 'numerator',
          type: 'number',
          title: 'Täljare',
          description: `Visas som ${unit}`,
          constraints: { minimum: 0 },
        },
        {
          name: 'denominator',
          type: 'number',
          title: 'Nämnare',
          ...(denominatorName === null ? {} : { description: denominatorName }),
          constraints: { minimum: 0 },
        },
      ],
      primaryKey: ['area', 'period', 'sex'],
      foreignKeys: [areaReference],
    })
  }
  if (path === incidents?.hexagons?.path)
    return table({
      fields: [
        requiredText('hexagon', 'Hexagon (H3)'),
        category,
        { name: 'period', type: 'year', title: 'År', constraints: { required: true } },
        {
          name: 'count',
          type: 'integer',
          title: 'Antal',
          constraints: { required: true, minimum: incidents.minimumCount },
        },
      ],
      primaryKey: ['hexagon', 'category', 'period'],
    })
  if (incidents?.counts.some((candidate) => candidate.path === path))
    return table({
      fields: [
        category,
        requiredText('area', 'Område'),
        { name: 'period', type: 'yearmonth', title: 'Månad', constraints: { required: true } },
        STATUS_FIELD,
        { name: 'count', type: 'integer', title: 'Antal', constraints: { minimum: 0 } },
      ],
      primaryKey: ['category', 'area', 'period'],
      foreignKeys: [areaReference],
    })
  return null
}
