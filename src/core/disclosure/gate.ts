import {
  CELL_STATUSES,
  RELEASE_STATUSES,
  STATUS_HIDDEN,
  STATUS_NO_POPULATION,
  STATUS_OTHER_BOUNDARIES,
  STATUS_VALUE,
  type CellStatus,
  type ReleaseStatus,
} from '../cell.ts'
import type { Finding } from '../finding.ts'
import type { Indicator, IndicatorId } from '../indicator.ts'
import { areasAtLevel, type AreaId, type AreaRegister, type LevelId } from '../area.ts'
import { cellCount, type RawTable, type TableAxes } from '../observation.ts'
import type { ReleaseId } from '../release.ts'
import type { ReleasedJointTable } from './audit.ts'
import { joinLevels } from './join-levels.ts'
import type { Protection } from './joint-table.ts'
import { isPrimaryHidden } from './primary.ts'
import { protectTable, type ProtectOptions } from './protect.ts'

declare const disclosed: unique symbol

/**
 * Figures that may be shown: columns keyed by sex × period × area (see TableAxes), with their release.
 * The only makers are the gates below, for raw figures and for released ones; DuckDB, session, screen, URL and exports take
 * nothing else. A cell whose status is not "value" holds NaN in every figure column.
 */
export type DisclosedTable = TableAxes & {
  readonly release: ReleaseId
  readonly indicator: IndicatorId
  readonly level: LevelId
  /** Index into CELL_STATUSES. */
  readonly status: Uint8Array
  readonly numerator: Float64Array
  /** Population or respondents; NaN where the measure has none. */
  readonly denominator: Float64Array
  readonly [disclosed]: true
}

/** How many cells of each status a table holds. Holds no figure. */
export type StatusCounts = Readonly<Record<ReleaseStatus, number>>

/** All levels of an indicator as they may be shown, and what was done to them. */
export interface JointDisclosure {
  /** One per level, in the order given. */
  readonly tables: readonly DisclosedTable[]
  readonly protection: Protection
}

/**
 * The gate for raw figures: looks at all levels, sexes and periods of an indicator as one system, hides what the
 * primary rules hide and whatever else is needed so that sums do not give it away, and copies only what may be shown.
 * A release whose protection names an unsafe cell is not to be written.
 * @param raws one table per level of the plan, longer periods included
 * @throws RangeError when a table holds a level or sex split that the publication plan does not release, or a value
 * that is no count.
 */
export function discloseJointly(
  raws: readonly RawTable[],
  indicator: Indicator,
  register: AreaRegister,
  release: ReleaseId,
  options: ProtectOptions,
): JointDisclosure {
  const joint = joinLevels(raws, indicator, register)
  for (const raw of raws) requirePlanned(raw, indicator)
  const protection = protectTable(joint, options)
  let offset = 0
  const tables = raws.map((raw) => {
    const first = offset
    offset += raw.areas.length
    return releaseTable(raw, indicator, release, (cell) => {
      const area = cell % raw.areas.length
      const map = Math.floor(cell / raw.areas.length)
      return protection.rules[map * joint.areas.length + first + area] !== 0
    })
  })
  return { tables, protection }
}

/**
 * One level of a joint table that has been through the gate, as it is released. Cases without a place are of no level.
 * @param released what is hidden in it has no count
 */
export function discloseLevel(
  released: ReleasedJointTable,
  level: LevelId,
  register: AreaRegister,
  release: ReleaseId,
): DisclosedTable {
  const { indicator, sexes, periods } = released
  const position = new Map(released.areas.map((id, index) => [id, index]))
  const areas = areasAtLevel(register, level).map(({ id }) => id)
  const size = sexes.length * periods.length * areas.length
  const raw = {
    ...{ indicator: indicator.id, level, sexes, periods, areas },
    status: new Uint8Array(size),
    numerator: new Float64Array(size),
    denominator: new Float64Array(size),
  }
  for (let cell = 0; cell < size; cell++) {
    const map = Math.floor(cell / areas.length)
    const area = position.get(areas[cell % areas.length]!)
    if (area === undefined)
      throw new RangeError(`${indicator.id}: an area of "${level}" has no cells`)
    const from = map * released.areas.length + area
    raw.status[cell] = released.status[from]!
    raw.numerator[cell] = released.numerator[from]!
    raw.denominator[cell] = released.denominator[from]!
  }
  requirePlanned(raw, indicator)
  return releaseTable(raw, indicator, release, () => false)
}

/**
 * The primary rules alone, for a table that no published sum ties to any other: what they hide may be worked out of
 * sums where there are some, so that nothing is published by it.
 * Rules: Hundepool et al., Statistical Disclosure Control (2012), ch. 4; thresholds are the indicator's policy.
 * @throws RangeError as discloseJointly
 */
export function disclose(raw: RawTable, indicator: Indicator, release: ReleaseId): DisclosedTable {
  requirePlanned(raw, indicator)
  return releaseTable(raw, indicator, release, () => false)
}

function requirePlanned(raw: RawTable, indicator: Indicator): void {
  if (!indicator.plan.levels.includes(raw.level))
    throw new RangeError(`${indicator.id}: level "${raw.level}" is not in the publication plan`)
  if (!indicator.plan.bySex && raw.sexes.some((sex) => sex !== 'T'))
    throw new RangeError(`${indicator.id}: the publication plan has no sexes`)
}

function releaseTable(
  raw: RawTable,
  indicator: Indicator,
  release: ReleaseId,
  isHidden: (cell: number) => boolean,
): DisclosedTable {
  const size = cellCount(raw)
  const status = raw.status.slice()
  const numerator = new Float64Array(size).fill(NaN)
  const denominator = new Float64Array(size).fill(NaN)
  const needsDenominator = indicator.measure !== 'count' && indicator.measure !== 'class'
  for (let cell = 0; cell < size; cell++) {
    if (status[cell] !== STATUS_VALUE) continue
    const count = raw.numerator[cell]!
    const base = needsDenominator ? raw.denominator[cell]! : NaN
    if (!(count >= 0) || count === Infinity)
      throw new RangeError(`${indicator.id}: cell ${cell} has no count`)
    if (needsDenominator && !(base > 0)) status[cell] = STATUS_NO_POPULATION
    else if (isHidden(cell) || isPrimaryHidden(count, base, indicator.policy))
      status[cell] = STATUS_HIDDEN
    else {
      numerator[cell] = count
      denominator[cell] = base
    }
  }
  return brand({
    ...axesOf(raw),
    release,
    indicator: raw.indicator,
    level: raw.level,
    status,
    numerator,
    denominator,
  })
}

/** What a released file must be, as its package's index promises. */
export interface ReleasedExpectation extends TableAxes {
  readonly release: ReleaseId
  readonly indicator: Indicator
  readonly level: LevelId
  readonly file: string
  readonly sha256: string
}

export type Admission =
  | { readonly ok: true; readonly table: DisclosedTable }
  | { readonly ok: false; readonly finding: Finding }

const HEADER = 'area,period,sex,status,numerator,denominator'

/**
 * The gate for released figures: takes a package's observation file back only when its checksum and every row
 * are what the index promises. All or nothing; the finding names the first faulty row.
 * @param text the file's text, `area,period,sex,status,numerator,denominator`, rows in cell order
 * @param sha256 hex SHA-256 of the bytes that were read
 */
export function admitReleased(
  text: string,
  sha256: string,
  expected: ReleasedExpectation,
): Admission {
  const fail = (
    code: string,
    row: number | null,
    column: string | null,
    offending: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): Admission => ({
    ok: false,
    finding: {
      severity: 'error',
      code,
      file: expected.file,
      row,
      column,
      text: offending,
      parameters,
    },
  })
  const size = cellCount(expected)
  const { areas, periods, sexes } = expected
  const knownAreas = new Set<AreaId>(areas)
  const status = new Uint8Array(size)
  const numerator = new Float64Array(size).fill(NaN)
  const denominator = new Float64Array(size).fill(NaN)
  const needsDenominator =
    expected.indicator.measure !== 'count' && expected.indicator.measure !== 'class'

  let end = text.indexOf('\n')
  const header = (end < 0 ? text : text.slice(0, end)).replace(/\r$/, '')
  if (header !== HEADER)
    return fail('released-header', 1, null, header.slice(0, 80), { expected: HEADER })
  let start = end + 1
  let cell = 0
  for (let sexIndex = 0; sexIndex < sexes.length; sexIndex++) {
    const sex = sexes[sexIndex]!
    for (let periodIndex = 0; periodIndex < periods.length; periodIndex++) {
      const period = periods[periodIndex]!
      for (let areaIndex = 0; areaIndex < areas.length; areaIndex++, cell++) {
        const row = cell + 2
        if (end < 0 || start >= text.length)
          return fail('released-truncated', row, null, null, { expected: size, found: cell })
        end = text.indexOf('\n', start)
        const line = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '')
        start = end + 1
        const fields = line.split(',')
        if (fields.length !== 6)
          return fail('released-columns', row, null, line.slice(0, 80), {
            found: fields.length,
            expected: 6,
          })
        const [area, periodText, sexText, statusText, numeratorText, denominatorText] = fields as [
          string,
          string,
          string,
          string,
          string,
          string,
        ]
        if (area !== areas[areaIndex])
          return knownAreas.has(area)
            ? fail('released-order', row, 'area', area, { expected: areas[areaIndex]! })
            : fail('released-unknown-area', row, 'area', area)
        if (periodText !== period)
          return fail('released-order', row, 'period', periodText, { expected: period })
        if (sexText !== sex) return fail('released-order', row, 'sex', sexText, { expected: sex })
        const code = CELL_STATUSES.indexOf(statusText as CellStatus)
        if (code < 0) return fail('released-status', row, 'status', statusText)
        status[cell] = code
        if (code !== STATUS_VALUE) {
          if (numeratorText !== '' || denominatorText !== '')
            return fail('released-figure-in-hidden', row, 'numerator', null)
          continue
        }
        const count = numeratorText === '' ? NaN : Number(numeratorText)
        if (!Number.isFinite(count)) return fail('released-number', row, 'numerator', numeratorText)
        numerator[cell] = count
        if (needsDenominator) {
          const base = denominatorText === '' ? NaN : Number(denominatorText)
          if (!(base > 0) || !Number.isFinite(base))
            return fail('released-number', row, 'denominator', denominatorText)
          denominator[cell] = base
        } else if (denominatorText !== '')
          return fail('released-number', row, 'denominator', denominatorText)
        if (isPrimaryHidden(count, denominator[cell]!, expected.indicator.policy))
          return fail('released-too-small', row, 'numerator', null)
      }
    }
  }
  if (end >= 0 && start < text.length)
    return fail('released-surplus', size + 2, null, text.slice(start, start + 80), {
      expected: size,
    })
  // Last, so that a damaged row is named by its row rather than by a checksum nobody can read.
  if (sha256 !== expected.sha256) return fail('released-checksum', null, null, sha256.slice(0, 12))
  return {
    ok: true,
    table: brand({
      ...axesOf(expected),
      release: expected.release,
      indicator: expected.indicator.id,
      level: expected.level,
      status,
      numerator,
      denominator,
    }),
  }
}

/**
 * The same released table with its columns as the database gives them back: what the database holds came from
 * released tables only. @throws RangeError when the columns are not of this table.
 */
export function withColumns(
  table: DisclosedTable,
  columns: Pick<DisclosedTable, 'status' | 'numerator' | 'denominator'>,
): DisclosedTable {
  const { status, numerator, denominator } = columns
  const size = table.status.length
  if ([status, numerator, denominator].some((column) => column.length !== size))
    throw new RangeError(`${table.indicator}: the columns do not have ${size} cells`)
  for (let cell = 0; cell < size; cell++) {
    const shown = status[cell] === STATUS_VALUE
    if (status[cell] !== table.status[cell] || Number.isNaN(numerator[cell]) === shown)
      throw new RangeError(`${table.indicator}: cell ${cell} is not as it was released`)
    if (!shown && !Number.isNaN(denominator[cell]))
      throw new RangeError(`${table.indicator}: cell ${cell} is not as it was released`)
  }
  return brand({
    ...axesOf(table),
    release: table.release,
    indicator: table.indicator,
    level: table.level,
    status,
    numerator,
    denominator,
  })
}

/**
 * A released table on other boundaries: areas of the same ground keep their figures under their new codes, the others
 * are missing. Nothing is added up or divided.
 * @param areas of the level in the new version, in register order
 * @param origins the same ground in the table's own version, by new area
 */
export function onOtherBoundaries(
  table: DisclosedTable,
  areas: readonly AreaId[],
  origins: ReadonlyMap<AreaId, AreaId>,
): DisclosedTable {
  const position = new Map(table.areas.map((area, index) => [area, index]))
  const from = areas.map((area) => position.get(origins.get(area) ?? '') ?? -1)
  const axes: TableAxes = { sexes: table.sexes, periods: table.periods, areas }
  const size = cellCount(axes)
  const status = new Uint8Array(size).fill(STATUS_OTHER_BOUNDARIES)
  const numerator = new Float64Array(size).fill(NaN)
  const denominator = new Float64Array(size).fill(NaN)
  for (let cell = 0; cell < size; cell++) {
    const area = from[cell % areas.length]!
    if (area < 0) continue
    const source = Math.floor(cell / areas.length) * table.areas.length + area
    status[cell] = table.status[source]!
    numerator[cell] = table.numerator[source]!
    denominator[cell] = table.denominator[source]!
  }
  const { release, indicator, level } = table
  return brand({ ...axes, release, indicator, level, status, numerator, denominator })
}

/** The text form of a released table, the inverse of `admitReleased`. */
export function writeReleased(table: DisclosedTable): string {
  const lines = [HEADER]
  let cell = 0
  for (const sex of table.sexes)
    for (const period of table.periods)
      for (const area of table.areas) {
        const figures =
          table.status[cell] === STATUS_VALUE
            ? `${figure(table.numerator[cell]!)},${figure(table.denominator[cell]!)}`
            : ','
        lines.push(`${area},${period},${sex},${CELL_STATUSES[table.status[cell]!]},${figures}`)
        cell++
      }
  return lines.join('\n') + '\n'
}

/** Counts the cells of each status, of a table as it was released. */
export function countStatuses(table: Pick<DisclosedTable, 'status'>): StatusCounts {
  const counts = Object.fromEntries(RELEASE_STATUSES.map((name) => [name, 0])) as Record<
    ReleaseStatus,
    number
  >
  for (const code of table.status) counts[RELEASE_STATUSES[code]!]++
  return counts
}

const figure = (value: number): string => (Number.isNaN(value) ? '' : String(value))

const axesOf = ({ sexes, periods, areas }: TableAxes): TableAxes => ({ sexes, periods, areas })

const brand = (table: Omit<DisclosedTable, typeof disclosed>): DisclosedTable =>
  table as DisclosedTable
