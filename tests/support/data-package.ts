import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { csvParseRows } from 'd3'

/*
 * The rules of the Data Package standard, version 2.0 (datapackage.org/standard), for the properties that we use,
 * and the rules that a table's own schema sets for its rows.
 */

interface Field {
  readonly name: string
  readonly type: string
  readonly constraints?: {
    readonly required?: boolean
    readonly unique?: boolean
    readonly enum?: readonly string[]
    readonly minimum?: number
  }
}

interface ForeignKey {
  readonly fields: readonly string[]
  readonly reference: { readonly resource: string; readonly fields: readonly string[] }
}

interface Resource {
  readonly name: string
  readonly path: string
  readonly type?: string
  readonly format: string
  readonly mediatype: string
  readonly encoding: string
  readonly bytes: number
  readonly hash: string
  readonly schema?: {
    readonly fields: readonly Field[]
    readonly missingValues: readonly string[]
    readonly primaryKey: readonly string[]
    readonly foreignKeys?: readonly ForeignKey[]
  }
}

interface Description {
  readonly $schema: string
  readonly name: string
  readonly version: string
  readonly created: string
  readonly licenses?: readonly { readonly name?: string; readonly path?: string }[]
  readonly sources: readonly { readonly title: string }[]
  readonly contributors?: readonly unknown[]
  readonly resources: readonly Resource[]
}

const FIELD_TYPES: Readonly<Record<string, RegExp>> = {
  string: /^[^]*$/,
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/,
  year: /^-?\d{4}$/,
  yearmonth: /^\d{4}-(0[1-9]|1[0-2])$/,
}

/** Every rule that a published package breaks, as a sentence; none when it is valid. */
export function dataPackageFaults(folder: string): string[] {
  const faults: string[] = []
  const must = (holds: boolean, rule: string): void => {
    if (!holds) faults.push(rule)
  }
  const description = JSON.parse(
    readFileSync(join(folder, 'datapackage.json'), 'utf8'),
  ) as Description
  const { resources } = description
  must(
    description.$schema === 'https://datapackage.org/profiles/2.0/datapackage.json',
    '$schema is the profile of version 2.0',
  )
  must(/^[-a-z0-9._/]+$/.test(description.name), 'name is usable in a URL')
  must(description.version.length > 0, 'version is given')
  must(!Number.isNaN(Date.parse(description.created)), 'created is a date and time')
  must(/T.*Z$/.test(description.created), 'created follows RFC 3339')
  must(description.licenses === undefined || description.licenses.length > 0, 'licenses not empty')
  for (const licence of description.licenses ?? [])
    must(licence.name !== undefined || licence.path !== undefined, 'a licence has name or path')
  must(description.sources.length > 0, 'sources not empty')
  for (const source of description.sources) must(source.title.length > 0, 'a source has a title')
  must(description.contributors === undefined, 'no contributors are invented')
  must(resources.length > 0, 'resources not empty')
  must(new Set(resources.map(({ name }) => name)).size === resources.length, 'names are unique')

  const tables = new Map<string, readonly Readonly<Record<string, string>>[]>()
  for (const resource of resources) {
    const { name, path, format } = resource
    must(/^[-a-z0-9._/]+$/.test(name), `${name}: name is usable in a URL`)
    must(!/^([/~]|\w+:)|(^|\/)\.\.(\/|$)|^\./.test(path), `${name}: path is safe and relative`)
    must(/^[^/]+\/[^/]+$/.test(resource.mediatype), `${name}: mediatype`)
    must(path.endsWith(`.${format}`), `${name}: format is the extension`)
    must(resource.encoding === 'utf-8', `${name}: encoding`)
    const bytes = readFileSync(join(folder, path))
    must(resource.bytes === bytes.length, `${name}: bytes`)
    const digest = createHash('sha256').update(bytes).digest('hex')
    must(resource.hash === `sha256:${digest}`, `${name}: hash`)
    must((resource.type === 'table') === (resource.schema !== undefined), `${name}: type`)
    must((format === 'csv') === (resource.schema !== undefined), `${name}: tables have a schema`)
    if (!resource.schema) continue
    const [header, ...rows] = csvParseRows(bytes.toString('utf8'))
    const { fields, primaryKey } = resource.schema
    const names = fields.map((field) => field.name)
    must(header!.join() === names.join(), `${name}: fields are the columns in order`)
    must(new Set(names).size === names.length, `${name}: field names are unique`)
    for (const key of primaryKey) must(names.includes(key), `${name}: primary key ${key}`)
    tables.set(
      name,
      rows.map((row) => Object.fromEntries(names.map((column, index) => [column, row[index]!]))),
    )
  }
  for (const { name, schema } of resources)
    if (schema) faults.push(...rowFaults(name, schema, tables))
  return faults
}

function rowFaults(
  name: string,
  schema: NonNullable<Resource['schema']>,
  tables: ReadonlyMap<string, readonly Readonly<Record<string, string>>[]>,
): string[] {
  const faults = new Set<string>()
  const rows = tables.get(name)!
  for (const { name: column, type, constraints = {} } of schema.fields) {
    const form = FIELD_TYPES[type]
    if (!form) {
      faults.add(`${name}.${column}: type ${type}`)
      continue
    }
    const values = rows.map((row) => row[column]!)
    const present = values.filter((value) => !schema.missingValues.includes(value))
    const { required, unique, minimum } = constraints
    if (required && present.length < values.length) faults.add(`${name}.${column}: required`)
    if (unique && new Set(values).size < values.length) faults.add(`${name}.${column}: unique`)
    if (!present.every((value) => form.test(value))) faults.add(`${name}.${column}: ${type}`)
    if (constraints.enum && !present.every((value) => constraints.enum!.includes(value)))
      faults.add(`${name}.${column}: enum`)
    if (minimum !== undefined && !present.every((value) => Number(value) >= minimum))
      faults.add(`${name}.${column}: minimum`)
  }
  const keys = rows.map((row) => schema.primaryKey.map((column) => row[column]).join('\u0000'))
  if (new Set(keys).size < keys.length) faults.add(`${name}: primary key repeats`)
  for (const { fields, reference } of schema.foreignKeys ?? []) {
    const target = tables.get(reference.resource === '' ? name : reference.resource)
    const known = new Set(target?.map((row) => row[reference.fields[0]!]))
    const column = fields[0]!
    const stray = rows.find(
      (row) => !schema.missingValues.includes(row[column]!) && !known.has(row[column]!),
    )
    if (stray) faults.add(`${name}.${column}: ${stray[column]} is not in ${reference.resource}`)
  }
  return [...faults]
}
