import type { Finding } from '../../core/finding.ts'
import { readSex } from '../tables/sex-and-age.ts'
import { stopped, type FormatReading } from './dropped-file.ts'
import type { Grid, GridColumn } from './grid.ts'
import { isRecord, member, numberCell, textMember, type JsonRecord } from './json-value.ts'

/** Cells of one dataset that are read; more would fill the memory of the page. */
export const MAXIMUM_CELLS = 5_000_000

type Role = 'time' | 'geo' | 'metric'

interface Category {
  readonly code: string
  readonly label: string
}

interface Dimension {
  readonly id: string
  readonly label: string
  readonly role: Role | null
  /** In the order of the cells. */
  readonly categories: readonly Category[]
}

interface Dataset {
  readonly dimensions: readonly Dimension[]
  readonly cells: number
  /** The cells' values in row-major order, the last dimension running fastest. */
  readonly value: (cell: number) => unknown
  readonly status: (cell: number) => string | null
  readonly isPxWeb: boolean
}

/** What makes a dataset unreadable: a code, and the name of the dimension that it is about. */
class Unreadable extends Error {
  constructor(
    readonly code: string,
    readonly parameters: Readonly<Record<string, string | number>> = {},
    readonly offending: string | null = null,
  ) {
    super(code)
  }
}

/** Whether a JSON value looks like JSON-stat: a dataset, a collection, or a bundle of version 1. */
export function isJsonStat(value: unknown): boolean {
  if (isDataset(value)) return true
  const kind = member(value, 'class')
  if (kind === 'collection' || kind === 'dimension')
    return typeof member(value, 'version') === 'string' || member(value, 'link') !== undefined
  return bundleOf(value).length > 0
}

const isDataset = (value: unknown): boolean =>
  isRecord(member(value, 'dimension')) &&
  (Array.isArray(member(value, 'value')) || isRecord(member(value, 'value')))

/** The datasets of a response of JSON-stat 1, with their names. */
const bundleOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value).filter(([, item]) => isDataset(item)) : []

/**
 * Reads JSON-stat 2.0, and bundles of version 1 (https://json-stat.org/full), into one long grid a dataset: a row a
 * cell, a column a dimension, and last the figures. PxWeb's own habits decide what stands in a column: an area as its
 * code with its name beside, a period, sex or age as its code where the code tells it, anything else as its label.
 * The only measure of a table heads the column of figures; several stand in a column of their own.
 * @param value the parsed JSON
 */
export function readJsonStat(file: string, value: unknown): FormatReading {
  const kind = member(value, 'class')
  if (!isDataset(value) && kind === 'collection')
    return stopped('json-stat2', file, 'format-json-stat-collection')
  const datasets: readonly (readonly [string | null, unknown])[] = isDataset(value)
    ? [[null, value]]
    : bundleOf(value)
  if (datasets.length === 0) return stopped('json-stat2', file, 'format-json-stat-no-dataset')
  const grids: Grid[] = []
  const findings: Finding[] = []
  for (const [name, item] of datasets) {
    const sheet = datasets.length === 1 ? null : name
    try {
      const reading = readDataset(item as JsonRecord, file, sheet)
      grids.push(reading.grid)
      findings.push(...reading.findings)
    } catch (fault) {
      if (!(fault instanceof Unreadable)) throw fault
      const { code, parameters, offending } = fault
      findings.push(...stopped('json-stat2', file, code, parameters, offending).findings)
    }
  }
  return {
    ...{ format: 'json-stat2', encoding: null, delimiter: null, boundaries: [] },
    grids,
    findings,
  }
}

function readDataset(
  item: JsonRecord,
  file: string,
  sheet: string | null,
): { readonly grid: Grid; readonly findings: readonly Finding[] } {
  const dataset = understand(item)
  const { dimensions, cells } = dataset
  const metric = dimensions.find(isMetric)
  const onlyMeasure = metric?.categories.length === 1 ? metric : undefined
  const headings = new Set<string>()
  const headed = (heading: string): string => {
    let free = heading
    for (let count = 2; headings.has(free); count++) free = `${heading} ${count}`
    headings.add(free)
    return free
  }
  const columns: GridColumn[] = []
  let run = cells
  for (const dimension of dimensions) {
    const { categories } = dimension
    run /= categories.length
    if (dimension === onlyMeasure) continue
    const heading = headed(headingOf(dimension))
    for (const [suffix, texts] of textsOf(dimension))
      columns.push(
        repeatedColumn(suffix === '' ? heading : headed(`${heading}${suffix}`), texts, run, cells),
      )
  }
  const { column, marks, marked } = figureColumn(
    headed(onlyMeasure?.categories[0]!.label || 'värde'),
    dataset,
  )
  columns.push(column)
  const findings: Finding[] =
    marked === 0
      ? []
      : [
          {
            ...{ severity: 'note', code: 'format-json-stat-marked', file, row: null, column: null },
            text: marks.join(', '),
            parameters: { count: marked },
          },
        ]
  return {
    grid: {
      ...{ file, sheet, rowCount: cells + 1, columns, widths: null, merges: [] },
      convention: dataset.isPxWeb ? 'scb' : null,
    },
    findings,
  }
}

/** A column whose texts each stand for `run` cells in turn, over and over. */
function repeatedColumn(
  heading: string,
  texts: readonly string[],
  run: number,
  cells: number,
): GridColumn {
  const distinct = [heading]
  const known = new Map([[heading, 0]])
  const codes = texts.map((text) => {
    const earlier = known.get(text)
    if (earlier !== undefined) return earlier
    known.set(text, distinct.length)
    return distinct.push(text) - 1
  })
  const column = new Uint32Array(cells + 1)
  for (let start = 1, index = 0; start <= cells; start += run, index++)
    column.fill(codes[index % codes.length]!, start, start + run)
  return { texts: distinct, codes: column, numbers: null }
}

/** How many marks of source are named. */
const MOST_MARKS = 10

/** The figures, typed, with a mark where there is none; and the marks that stand beside figures. */
function figureColumn(
  heading: string,
  { cells, value, status }: Dataset,
): { readonly column: GridColumn; readonly marks: readonly string[]; readonly marked: number } {
  const texts = [heading]
  const numbers = [NaN]
  const codes = new Uint32Array(cells + 1)
  // Numbers and texts are different keys: a typed 5 and a text "5" are kept apart.
  const known = new Map<number | string, number>([[heading, 0]])
  const codeOf = (key: number | string): number => {
    const earlier = known.get(key)
    if (earlier !== undefined) return earlier
    const shown = typeof key === 'number' ? numberCell(key) : key
    numbers.push(typeof shown === 'string' ? NaN : shown.number)
    known.set(key, texts.length)
    return texts.push(typeof shown === 'string' ? shown : shown.text) - 1
  }
  const marks = new Set<string>()
  let marked = 0
  for (let cell = 0; cell < cells; cell++) {
    const figure = value(cell)
    const mark = status(cell)?.trim() ?? ''
    const isGiven = typeof figure === 'number' || (typeof figure === 'string' && figure !== '')
    codes[cell + 1] = codeOf(isGiven ? figure : markOf(mark))
    if (!isGiven || !/\p{L}/u.test(mark)) continue
    marked++
    if (marks.size < MOST_MARKS) marks.add(mark.slice(0, 20))
  }
  const isTyped = numbers.some((number) => !Number.isNaN(number))
  const column = { texts, codes, numbers: isTyped ? Float64Array.from(numbers) : null }
  return { column, marks: [...marks], marked }
}

/** Marks of statistical offices stand as they are; of the lettered codes only confidential has a meaning of its own. */
function markOf(status: string): string {
  if (!/^[a-z]{1,3}$/i.test(status)) return status
  return status.toLowerCase() === 'c' ? '..' : ''
}

// ---------------------------------------------------------------------------------------------------------------
// What a dimension is, and what stands in its columns

const AREA =
  /^(region|(del)?omr(å|a)de.*|kommun(er)?|l(ä|a)n|stadsdel.*|distrikt|regso|deso|geo|nyko.*|t(ä|a)tort)$/i
const SEX = /^(k(ö|o)n|sex|gender)$/i
const AGE = /^((å|a)lder(s.*)?|age.*)$/i
const TIME =
  /^(tid|(å|a)r|period|m(å|a)nad|kvartal|vecka|l(ä|a)s(å|a)r|termin|year|time|month|quarter)$/i
const METRIC = /^(contentscode|tabellinneh(å|a)ll)$/i

const isNamed = ({ id, label }: Dimension, pattern: RegExp): boolean =>
  pattern.test(id) || pattern.test(label)
const isMetric = (dimension: Dimension): boolean =>
  dimension.role === 'metric' || isNamed(dimension, METRIC)

/** The id or the label, whichever tells what the dimension is; a role that neither tells gets PxWeb's own name. */
function headingOf(dimension: Dimension): string {
  const { id, label, role } = dimension
  const telling = [AREA, SEX, AGE, TIME, METRIC]
  const told = [id, label].find((name) => telling.some((pattern) => pattern.test(name)))
  if (told !== undefined) return told
  if (role === 'time') return 'Tid'
  if (role === 'geo') return 'Region'
  return /\p{L}{2}/u.test(id) && !/^(var|dim)[\w ]?\d*$/i.test(id) ? id : label
}

/** The columns of a dimension: what is added to its heading, and its texts in the order of the categories. */
function textsOf(dimension: Dimension): readonly (readonly [string, readonly string[]])[] {
  const { categories, role } = dimension
  const codes = categories.map(({ code }) => code)
  const labels = categories.map(({ label }) => label)
  const isSame = codes.every((code, index) => code === labels[index])
  if (isSame) return [['', codes]]
  if (role === 'geo' || (role === null && isNamed(dimension, AREA)))
    return isSerial(codes) || !codes.some((code) => /\d{2}/.test(code))
      ? [['', labels]]
      : [
          ['', codes],
          [' namn', labels],
        ]
  if (role === 'time' || isNamed(dimension, TIME))
    return [
      ['', categories.map(({ code, label }) => (/^(1[89]|2\d)\d{2}/.test(code) ? code : label))],
    ]
  if (isNamed(dimension, SEX)) return [['', categories.map(sexText)]]
  if (isNamed(dimension, AGE)) return [['', categories.map(ageText)]]
  const seen = new Map<string, number>()
  for (const label of labels) seen.set(label, (seen.get(label) ?? 0) + 1)
  return [
    [
      '',
      categories.map(({ code, label }) => (seen.get(label)! > 1 ? `${label} (${code})` : label)),
    ],
  ]
}

/** Numbers in order are the places of categories in a list: "0", "1", "2". Neither they nor "a", "b" are areas' codes. */
const isSerial = (codes: readonly string[]): boolean =>
  [0, 1].some((first) => codes.every((code, index) => code === String(index + first)))

/** SCB's codes where the label says the same or says nothing of sex; else the label. */
function sexText({ code, label }: Category): string {
  if (!/^(1|2|1\+2|[tkm])$/i.test(code)) return label
  const told = readSex(label)
  return told === null || told === readSex(code) ? code : label
}

/** The code where the label repeats it ("15-19" of "15-19 år") or where it is SCB's own for all ages. */
function ageText({ code, label }: Category): string {
  const plain = label.replaceAll('–', '-')
  const isRepeated = plain.startsWith(code) && !/^[\d+-]/.test(plain.slice(code.length))
  return isRepeated || /^tot$/i.test(code) ? code : label
}

// ---------------------------------------------------------------------------------------------------------------
// The structure of a dataset

/** @throws Unreadable */
function understand(item: JsonRecord): Dataset {
  const described = member(item, 'dimension')
  // In version 1 the order, the sizes and the roles stand among the dimensions.
  const own = (key: string): unknown => member(item, key) ?? member(described, key)
  const ids = own('id')
  const sizes = own('size')
  if (!isTexts(ids) || ids.length === 0 || new Set(ids).size < ids.length)
    throw new Unreadable('format-json-stat-structure', { field: 'id' })
  if (
    !Array.isArray(sizes) ||
    sizes.length !== ids.length ||
    !sizes.every((size) => Number.isSafeInteger(size) && (size as number) >= 0)
  )
    throw new Unreadable('format-json-stat-structure', { field: 'size' })
  const cells = (sizes as number[]).reduce((product, size) => product * size, 1)
  if (cells === 0) throw new Unreadable('format-json-stat-empty')
  if (cells > MAXIMUM_CELLS)
    throw new Unreadable('format-json-stat-too-large', { count: cells, maximum: MAXIMUM_CELLS })
  const dimensions = ids.map((id, index) =>
    readDimension(id, roleOf(id, own('role')), member(described, id), (sizes as number[])[index]!),
  )
  const values = member(item, 'value')
  if (Array.isArray(values) && values.length !== cells)
    throw new Unreadable('format-json-stat-values', { found: values.length, expected: cells })
  const status = member(item, 'status')
  return {
    ...{ dimensions, cells, isPxWeb: isPxWeb(item, dimensions) },
    value: Array.isArray(values)
      ? (cell) => values[cell] as unknown
      : (cell) => member(values, String(cell)),
    status: statusReader(status),
  }
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** One for all cells, one a cell, or those of the cells that have one. */
function statusReader(status: unknown): (cell: number) => string | null {
  if (typeof status === 'string') return () => status
  if (!Array.isArray(status)) return (cell) => textMember(status, String(cell))
  if (status.length === 1) return () => asText(status[0])
  return (cell) => asText(status[cell])
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function roleOf(id: string, roles: unknown): Role | null {
  const holds = (role: Role): boolean => {
    const ids = member(roles, role)
    return Array.isArray(ids) && ids.includes(id)
  }
  return (['time', 'geo', 'metric'] as const).find(holds) ?? null
}

/** @throws Unreadable when the categories do not fill the dimension, each place once */
function readDimension(id: string, role: Role | null, described: unknown, size: number): Dimension {
  const category = member(described, 'category')
  const index = member(category, 'index')
  const labels = member(category, 'label')
  const units = member(category, 'unit')
  const codes = codesInOrder(index, labels)
  if (codes?.length !== size)
    throw new Unreadable('format-json-stat-categories', { expected: size }, id.slice(0, 80))
  const categories = codes.map((code) => ({
    code,
    label: withUnit(textMember(labels, code) ?? code, member(units, code)),
  }))
  return { id, role, categories, label: textMember(described, 'label') ?? id }
}

/** The codes by place; null when a place is missing or taken twice. */
function codesInOrder(index: unknown, labels: unknown): readonly string[] | null {
  if (Array.isArray(index)) {
    const codes = index.map((code) => (typeof code === 'number' ? String(code) : asText(code)))
    return codes.every((code) => code !== null) && new Set(codes).size === codes.length
      ? codes
      : null
  }
  // A dimension of one category may leave the index out.
  if (!isRecord(index))
    return isRecord(labels) && Object.keys(labels).length === 1 ? Object.keys(labels) : null
  const codes: (string | undefined)[] = []
  const entries = Object.entries(index)
  for (const [code, place] of entries) {
    if (typeof place !== 'number' || !Number.isSafeInteger(place)) return null
    if (place < 0 || place >= entries.length || codes[place] !== undefined) return null
    codes[place] = code
  }
  return codes.filter((code) => code !== undefined)
}

/** A measure in per cent says so, when its name does not. */
function withUnit(label: string, unit: unknown): string {
  const base = textMember(unit, 'base') ?? ''
  const isPercent = /^(procent|per ?cent|%|andel i procent|procentandel)$/i.test(base.trim())
  return isPercent && !/procent|per ?cent|%/i.test(label) ? `${label} (%)` : label
}

/** SCB's tables, and those of others who use its software. */
function isPxWeb(item: JsonRecord, dimensions: readonly Dimension[]): boolean {
  if (member(member(item, 'extension'), 'px') !== undefined) return true
  if (dimensions.some(({ id }) => id === 'ContentsCode')) return true
  const told = ['source', 'href', 'label'].map((key) => textMember(item, key) ?? '').join(' ')
  return /\b(scb|pxweb)\b|scb\.se|statistiska centralbyr(å|a)n|statistics sweden/i.test(told)
}
