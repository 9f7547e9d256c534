import type { AreaId, LevelId } from '../area.ts'
import {
  CELL_STATUSES,
  STATUS_HIDDEN,
  STATUS_NOT_COLLECTED,
  STATUS_OTHER_BOUNDARIES,
  STATUS_VALUE,
  type CellStatus,
} from '../cell.ts'
import type { Finding } from '../finding.ts'
import type { DisclosurePolicy } from '../indicator.ts'
import type { PeriodCode } from '../period.ts'
import type { IncidentCategory, ReleaseId } from '../release.ts'
import { cellIndex } from '../observation.ts'
import type { DisclosedTable } from './gate.ts'
import { isPrimaryHidden } from './primary.ts'

declare const disclosedIncidents: unique symbol
declare const disclosedHexagons: unique symbol

export type IncidentCategoryId = string

/** A hexagon with fewer incidents in a year is not shown. */
export const MINIMUM_PER_HEXAGON = 5

/**
 * The axes of dense incident counts. Cell (category c, period p, area a) is at
 * index (c · periods.length + p) · areas.length + a.
 */
export interface IncidentAxes {
  readonly level: LevelId
  readonly categories: readonly IncidentCategoryId[]
  /** Months, ascending. */
  readonly periods: readonly PeriodCode[]
  readonly areas: readonly AreaId[]
}

/** Incidents before the gate: counts that nobody but `discloseIncidents` may read. */
export interface RawIncidentCounts extends IncidentAxes {
  /** One whole number per cell; NaN where nothing was collected. */
  readonly count: Float64Array
}

/**
 * Incident counts that may be shown. The only makers are `discloseIncidents` and `admitIncidents`.
 * A cell whose status is not "value" holds NaN.
 */
export type DisclosedIncidents = IncidentAxes & {
  readonly release: ReleaseId
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  readonly count: Float64Array
  readonly [disclosedIncidents]: true
}

/** One hexagon's incidents of one category in one year, before the gate. */
export interface RawHexagonCount {
  readonly hexagon: string
  readonly category: IncidentCategoryId
  /** A year: a shorter period would tell too much of so small a place. */
  readonly period: PeriodCode
  readonly count: number
}

/**
 * Hexagons that may be shown, as parallel columns in the order category, period, hexagon. Hexagons with fewer
 * than `minimumCount` incidents are not in it at all. The only makers are `discloseHexagons` and `admitHexagons`.
 */
export interface HexagonColumns {
  readonly release: ReleaseId
  readonly minimumCount: number
  readonly categories: readonly IncidentCategoryId[]
  readonly periods: readonly PeriodCode[]
  readonly hexagons: readonly string[]
  /** Index into `categories`. */
  readonly category: Uint16Array
  /** Index into `periods`. */
  readonly period: Uint16Array
  /** Index into `hexagons`. */
  readonly hexagon: Int32Array
  readonly count: Int32Array
}

export type DisclosedHexagons = HexagonColumns & { readonly [disclosedHexagons]: true }

/**
 * The gate for raw incident counts: applies each category's primary rule to every cell and copies only what may
 * be shown. A count has no denominator, so of the policy only the threshold (and "public at source") applies. Where a
 * category is an indicator too, a cell that the indicator hides is hidden here as well: it is the same figure.
 * @param indicators the same level's released table of each category that is an indicator
 * @throws RangeError when a category has no policy, a name cannot stand in a file, the months do not ascend, or a
 * count is not a whole number.
 */
export function discloseIncidents(
  raw: RawIncidentCounts,
  policyByCategory: ReadonlyMap<IncidentCategoryId, DisclosurePolicy>,
  release: ReleaseId,
  indicators: ReadonlyMap<IncidentCategoryId, DisclosedTable> = new Map(),
): DisclosedIncidents {
  const { level, categories, periods, areas } = raw
  requireNames([...categories, ...areas])
  requireAscending(periods, MONTH)
  const size = categories.length * periods.length * areas.length
  if (raw.count.length !== size)
    throw new RangeError(`${raw.count.length} counts for ${size} cells`)
  const status = new Uint8Array(size)
  const count = new Float64Array(size).fill(NaN)
  let cell = 0
  for (const category of categories) {
    const policy = policyByCategory.get(category)
    if (!policy) throw new RangeError(`category "${category}" has no disclosure policy`)
    const isHidden = hiddenBy(indicators.get(category), raw)
    const first = cell
    for (const end = cell + periods.length * areas.length; cell < end; cell++) {
      const incidents = raw.count[cell]!
      if (Number.isNaN(incidents)) status[cell] = STATUS_NOT_COLLECTED
      else if (!isCount(incidents))
        throw new RangeError(`category "${category}": cell ${cell} is not a count`)
      else if (isPrimaryHidden(incidents, NaN, policy) || isHidden(cell - first))
        status[cell] = STATUS_HIDDEN
      else count[cell] = incidents
    }
  }
  return brandIncidents({ level, categories, periods, areas, release, status, count })
}

/** Whether an indicator hides one of its category's cells, by its position among months and areas. */
function hiddenBy(
  table: DisclosedTable | undefined,
  { periods, areas }: IncidentAxes,
): (position: number) => boolean {
  if (!table) return () => false
  const sex = table.sexes.indexOf('T')
  if (sex < 0 || table.areas.length !== areas.length)
    throw new RangeError(`${table.indicator}: the indicator's areas are not the incidents'`)
  const map = periods.map((period) => table.periods.indexOf(period))
  return (position) => {
    const period = map[Math.floor(position / areas.length)]!
    if (period < 0) return false
    return table.status[cellIndex(table, sex, period, position % areas.length)] === STATUS_HIDDEN
  }
}

/**
 * The gate for raw hexagon counts: leaves out every hexagon with fewer than `minimumCount` incidents.
 * @param cells at most one per hexagon, category and year; in any order
 * @param categories only those marked `hexagons` may occur in the cells
 * @throws RangeError when a cell's category may not be published as hexagons, its period is not a year, its count
 * is not a whole number, or the same cell occurs twice.
 */
export function discloseHexagons(
  cells: readonly RawHexagonCount[],
  categories: readonly IncidentCategory[],
  minimumCount: number,
  release: ReleaseId,
): DisclosedHexagons {
  const position = hexagonCategories(categories)
  const seen = new Set<string>()
  for (const { hexagon, category, period, count } of cells) {
    requireNames([hexagon])
    if (!position.has(category))
      throw new RangeError(`category "${category}" is not published as hexagons`)
    if (!YEAR.test(period)) throw new RangeError(`hexagon period "${period}" is not a year`)
    if (!isCount(count)) throw new RangeError(`hexagon "${hexagon}": not a count`)
    const key = `${category},${period},${hexagon}`
    if (seen.has(key)) throw new RangeError(`hexagon cell "${key}" occurs twice`)
    seen.add(key)
  }
  const shown = cells
    .filter((cell) => cell.count >= minimumCount)
    .sort(
      (a, b) =>
        position.get(a.category)! - position.get(b.category)! ||
        compareText(a.period, b.period) ||
        compareText(a.hexagon, b.hexagon),
    )
  return hexagonColumns(shown, [...position.keys()], minimumCount, release)
}

/** What a released file of incident counts must be, as its package's index promises. */
export interface IncidentExpectation {
  readonly release: ReleaseId
  readonly level: LevelId
  readonly categories: readonly IncidentCategory[]
  /** The level's areas in register order. */
  readonly areas: readonly AreaId[]
  readonly file: string
  readonly sha256: string
}

/** What a released file of hexagons must be, as its package's index promises. */
export interface HexagonExpectation {
  readonly release: ReleaseId
  readonly categories: readonly IncidentCategory[]
  /** The hexagons that have an outline. */
  readonly hexagons: ReadonlySet<string>
  readonly minimumCount: number
  readonly file: string
  readonly sha256: string
}

export type IncidentAdmission =
  | { readonly ok: true; readonly incidents: DisclosedIncidents }
  | { readonly ok: false; readonly finding: Finding }

export type HexagonAdmission =
  | { readonly ok: true; readonly hexagons: DisclosedHexagons }
  | { readonly ok: false; readonly finding: Finding }

const INCIDENT_HEADER = 'category,area,period,status,count'
const HEXAGON_HEADER = 'hexagon,category,period,count'
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/
const YEAR = /^\d{4}$/
const COUNT = /^\d{1,9}$/

/**
 * The gate for released incident counts, all or nothing; the finding names the first faulty row.
 * The months are the file's own: those of the first category, which every other category must repeat.
 * @param text `category,area,period,status,count`, one row per cell in cell order
 * @param sha256 hex SHA-256 of the bytes that were read
 */
export function admitIncidents(
  text: string,
  sha256: string,
  expected: IncidentExpectation,
): IncidentAdmission {
  const fail = failure(expected.file)
  const { areas } = expected
  const categories = expected.categories.map((category) => category.id)
  const rows = linesOf(text)
  if (rows[0] !== INCIDENT_HEADER)
    return fail('released-header', 1, null, rows[0] ?? '', { expected: INCIDENT_HEADER })
  const otherCategory = rows.findIndex(
    (row, index) => index > 0 && !row.startsWith(`${categories[0] ?? ''},`),
  )
  const firstRun = (otherCategory < 0 ? rows.length : otherCategory) - 1
  const periodCount = Math.max(1, Math.ceil(firstRun / Math.max(1, areas.length)))
  const cells = categories.length * periodCount * areas.length
  const knownAreas = new Set(areas)
  const knownCategories = new Set(categories)
  const periods: PeriodCode[] = []
  const status = new Uint8Array(cells)
  const count = new Float64Array(cells).fill(NaN)
  for (let cell = 0; cell < cells; cell++) {
    const row = cell + 2
    const areaIndex = cell % areas.length
    const periodIndex = Math.floor(cell / areas.length) % periodCount
    const category = categories[Math.floor(cell / (areas.length * periodCount))]!
    const line = rows[cell + 1]
    if (line === undefined)
      return fail('released-truncated', row, null, null, { expected: cells, found: cell })
    const fields = line.split(',')
    if (fields.length !== 5)
      return fail('released-columns', row, null, line, { found: fields.length, expected: 5 })
    const [categoryText, areaText, period, statusText, countText] = fields as [
      string,
      string,
      string,
      string,
      string,
    ]
    if (categoryText !== category)
      return knownCategories.has(categoryText)
        ? fail('released-order', row, 'category', categoryText, { expected: category })
        : fail('released-unknown-category', row, 'category', categoryText)
    if (areaText !== areas[areaIndex])
      return knownAreas.has(areaText)
        ? fail('released-order', row, 'area', areaText, { expected: areas[areaIndex]! })
        : fail('released-unknown-area', row, 'area', areaText)
    if (periodIndex === periods.length) {
      if (!MONTH.test(period)) return fail('released-period', row, 'period', period)
      const previous = periods.at(-1)
      if (previous !== undefined && period <= previous)
        return fail('released-order', row, 'period', period, { expected: `> ${previous}` })
      periods.push(period)
    } else if (period !== periods[periodIndex])
      return fail('released-order', row, 'period', period, { expected: periods[periodIndex]! })
    const code = CELL_STATUSES.indexOf(statusText as CellStatus)
    if (code < 0) return fail('released-status', row, 'status', statusText)
    status[cell] = code
    if (code === STATUS_VALUE) {
      if (!COUNT.test(countText)) return fail('released-number', row, 'count', countText)
      count[cell] = Number(countText)
    } else if (countText !== '') return fail('released-figure-in-hidden', row, 'count', null)
  }
  const surplus = rows[cells + 1]
  if (surplus !== undefined)
    return fail('released-surplus', cells + 2, null, surplus, { expected: cells })
  // Last, so that a damaged row is named by its row rather than by a checksum nobody can read.
  if (sha256 !== expected.sha256) return fail('released-checksum', null, null, sha256.slice(0, 12))
  const { level, release } = expected
  return {
    ok: true,
    incidents: brandIncidents({ level, categories, periods, areas, release, status, count }),
  }
}

/**
 * The gate for released hexagons, all or nothing; the finding names the first faulty row.
 * @param text `hexagon,category,period,count`, rows ascending by category (index order), year and hexagon
 * @param sha256 hex SHA-256 of the bytes that were read
 */
export function admitHexagons(
  text: string,
  sha256: string,
  expected: HexagonExpectation,
): HexagonAdmission {
  const fail = failure(expected.file)
  const position = hexagonCategories(expected.categories)
  const rows = linesOf(text)
  if (rows[0] !== HEXAGON_HEADER)
    return fail('released-header', 1, null, rows[0] ?? '', { expected: HEXAGON_HEADER })
  const cells: RawHexagonCount[] = []
  for (let index = 1; index < rows.length; index++) {
    const row = index + 1
    const line = rows[index]!
    const fields = line.split(',')
    if (fields.length !== 4)
      return fail('released-columns', row, null, line, { found: fields.length, expected: 4 })
    const [hexagon, category, period, countText] = fields as [string, string, string, string]
    if (!expected.hexagons.has(hexagon))
      return fail('released-unknown-hexagon', row, 'hexagon', hexagon)
    if (!position.has(category))
      return expected.categories.some(({ id }) => id === category)
        ? fail('released-category-not-hexagons', row, 'category', category)
        : fail('released-unknown-category', row, 'category', category)
    if (!YEAR.test(period)) return fail('released-period', row, 'period', period)
    if (!COUNT.test(countText)) return fail('released-number', row, 'count', countText)
    const count = Number(countText)
    if (count < expected.minimumCount)
      return fail('released-too-small', row, 'count', null, { minimum: expected.minimumCount })
    const previous = cells.at(-1)
    if (previous) {
      const ascending =
        position.get(category)! - position.get(previous.category)! ||
        compareText(period, previous.period) ||
        compareText(hexagon, previous.hexagon)
      if (ascending <= 0) return fail('released-order', row, 'hexagon', hexagon)
    }
    cells.push({ hexagon, category, period, count })
  }
  if (sha256 !== expected.sha256) return fail('released-checksum', null, null, sha256.slice(0, 12))
  return {
    ok: true,
    hexagons: hexagonColumns(cells, [...position.keys()], expected.minimumCount, expected.release),
  }
}

/**
 * Released incident counts on other boundaries: areas of the same ground keep their counts under their new codes, the
 * others are missing.
 * @param areas of the level in the new version, in register order
 * @param origins the same ground in the counts' own version, by new area
 */
export function incidentsOnOtherBoundaries(
  incidents: DisclosedIncidents,
  areas: readonly AreaId[],
  origins: ReadonlyMap<AreaId, AreaId>,
): DisclosedIncidents {
  const position = new Map(incidents.areas.map((area, index) => [area, index]))
  const from = areas.map((area) => position.get(origins.get(area) ?? '') ?? -1)
  const maps = incidents.categories.length * incidents.periods.length
  const status = new Uint8Array(maps * areas.length).fill(STATUS_OTHER_BOUNDARIES)
  const count = new Float64Array(status.length).fill(NaN)
  for (let cell = 0; cell < status.length; cell++) {
    const area = from[cell % areas.length]!
    if (area < 0) continue
    const source = Math.floor(cell / areas.length) * incidents.areas.length + area
    status[cell] = incidents.status[source]!
    count[cell] = incidents.count[source]!
  }
  const { release, level, categories, periods } = incidents
  return brandIncidents({ release, level, categories, periods, areas, status, count })
}

/** The text form of released incident counts, the inverse of `admitIncidents`. */
export function writeIncidents(incidents: DisclosedIncidents): string {
  const lines = [INCIDENT_HEADER]
  let cell = 0
  for (const category of incidents.categories)
    for (const period of incidents.periods)
      for (const area of incidents.areas) {
        const code = incidents.status[cell]!
        const count = code === STATUS_VALUE ? String(incidents.count[cell]!) : ''
        lines.push(`${category},${area},${period},${CELL_STATUSES[code]},${count}`)
        cell++
      }
  return lines.join('\n') + '\n'
}

/** The text form of released hexagons, the inverse of `admitHexagons`. */
export function writeHexagons(table: DisclosedHexagons): string {
  const lines = [HEXAGON_HEADER]
  for (let row = 0; row < table.count.length; row++)
    lines.push(
      [
        table.hexagons[table.hexagon[row]!],
        table.categories[table.category[row]!],
        table.periods[table.period[row]!],
        table.count[row],
      ].join(','),
    )
  return lines.join('\n') + '\n'
}

function hexagonColumns(
  cells: readonly RawHexagonCount[],
  categories: readonly IncidentCategoryId[],
  minimumCount: number,
  release: ReleaseId,
): DisclosedHexagons {
  const periods = [...new Set(cells.map((cell) => cell.period))].sort(compareText)
  const hexagons = [...new Set(cells.map((cell) => cell.hexagon))].sort(compareText)
  const indexOf = (names: readonly string[]) =>
    new Map(names.map((name, index) => [name, index] as const))
  const [categoryIndex, periodIndex, hexagonIndex] = [categories, periods, hexagons].map(
    indexOf,
  ) as [Map<string, number>, Map<string, number>, Map<string, number>]
  return brandHexagons({
    release,
    minimumCount,
    categories,
    periods,
    hexagons,
    category: Uint16Array.from(cells, (cell) => categoryIndex.get(cell.category)!),
    period: Uint16Array.from(cells, (cell) => periodIndex.get(cell.period)!),
    hexagon: Int32Array.from(cells, (cell) => hexagonIndex.get(cell.hexagon)!),
    count: Int32Array.from(cells, (cell) => cell.count),
  })
}

/** The position of each category that may be published as hexagons. */
const hexagonCategories = (categories: readonly IncidentCategory[]) =>
  new Map(categories.filter(({ hexagons }) => hexagons).map(({ id }, index) => [id, index]))

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0

/** By code unit: the same order on every machine, whatever its language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function requireNames(names: readonly string[]): void {
  const wrong = names.find((name) => name === '' || /[",\r\n]/.test(name))
  if (wrong !== undefined) throw new RangeError(`"${wrong}" cannot stand in a released file`)
}

function requireAscending(periods: readonly PeriodCode[], form: RegExp): void {
  const wrong = periods.find(
    (period, index) => !form.test(period) || (index > 0 && period <= periods[index - 1]!),
  )
  if (wrong !== undefined) throw new RangeError(`period "${wrong}" is out of order or form`)
}

const failure =
  (file: string) =>
  (
    code: string,
    row: number | null,
    column: string | null,
    offending: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): { readonly ok: false; readonly finding: Finding } => ({
    ok: false,
    finding: {
      severity: 'error',
      code,
      file,
      row,
      column,
      text: offending === null ? null : offending.slice(0, 80),
      parameters,
    },
  })

const brandIncidents = (
  incidents: Omit<DisclosedIncidents, typeof disclosedIncidents>,
): DisclosedIncidents => incidents as DisclosedIncidents

const brandHexagons = (hexagons: HexagonColumns): DisclosedHexagons => hexagons as DisclosedHexagons
