import type { AreaId, LevelId } from '../core/area.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { DisclosedHexagons, DisclosedIncidents } from '../core/disclosure/incidents.ts'
import { SEXES, type IndicatorId } from '../core/indicator.ts'
import { cellCount } from '../core/observation.ts'
import {
  kindOf,
  PERIOD_KINDS,
  periodEnd,
  periodStart,
  type CalendarDay,
  type PeriodCode,
} from '../core/period.ts'
import type { PackageIndex } from '../core/release.ts'
import type { Database } from './database.ts'
import { SCHEMA } from './sql/schema.ts'

/** A package's released figures in the database. Takes nothing that has not passed a gate. */
export interface ReleasedTables {
  readonly database: Database
  /** Loads one indicator at one level: nothing when it is loaded already, otherwise in place of what was. */
  add(table: DisclosedTable): Promise<void>
  /** Loads one level's incident counts; in place of what was. */
  addIncidents(incidents: DisclosedIncidents): Promise<void>
  /** Loads the hexagons; in place of what was. */
  addHexagons(hexagons: DisclosedHexagons): Promise<void>
  /** Where an indicator at a level lies, and what was added; null when it is not loaded. */
  partOf(indicator: IndicatorId, level: LevelId): LoadedPart | null
}

export interface LoadedPart<Table = DisclosedTable> {
  /** The part_index of its rows. */
  readonly index: number
  readonly table: Table
}

const LARGEST_INDEX = 0xffff

/**
 * Makes the empty star for one package, dropping whatever package was there.
 * All methods reject with QueryError when the engine fails, and with RangeError for an area, indicator, period or
 * category that the package's index does not know; then what was loaded before is still there, whole.
 */
export async function createReleasedTables(
  database: Database,
  { register, indicators, incidents }: Pick<PackageIndex, 'register' | 'indicators' | 'incidents'>,
): Promise<ReleasedTables> {
  const categories = incidents?.categories ?? []
  for (const statement of SCHEMA) await database.query(statement)
  await database.insert('area', {
    area_index: indices(register.areas.length),
    id: register.areas.map((area) => area.id),
    level: register.areas.map((area) => area.level),
    name: register.areas.map((area) => area.name),
    parent: register.areas.map((area) => area.parent),
  })
  await database.insert('indicator', {
    indicator_index: indices(indicators.length),
    id: indicators.map((indicator) => indicator.id),
    name: indicators.map((indicator) => indicator.name),
    class: indicators.map((indicator) => indicator.class),
    measure: indicators.map((indicator) => indicator.measure),
  })
  await database.insert('incident_category', {
    category_index: indices(categories.length),
    id: categories.map((category) => category.id),
    name: categories.map((category) => category.name),
  })

  const areaIndex = new Map(
    register.areas.map((area, index) => [areaKey(area.level, area.id), index]),
  )
  const indicatorIndex = new Map(indicators.map(({ id }, index) => [id, index]))
  const categoryIndex = new Map(categories.map(({ id }, index) => [id, index]))
  const periodIndex = new Map<PeriodCode, number>()
  const observations = new Map<string, LoadedPart>()
  const incidentCounts = new Map<string, LoadedPart<DisclosedIncidents>>()
  const hexagonCounts = new Map<string, LoadedPart<DisclosedHexagons>>()
  let nextPart = 0
  let last: Promise<unknown> = Promise.resolve()

  /** One load at a time: each may add periods, and only one may be the newest of its kind. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work, work)
    last = turn
    return turn
  }

  async function addPeriods(codes: readonly PeriodCode[]): Promise<number[]> {
    const unknown = [...new Set(codes)].filter((code) => !periodIndex.has(code))
    if (unknown.length > 0) {
      const kinds = unknown.map((code) => {
        const kind = kindOf(code)
        if (!kind) throw new RangeError(`"${code}" is not a period`)
        return kind
      })
      const first = periodIndex.size
      await database.insert('period', {
        period_index: indices(unknown.length, first),
        code: unknown,
        kind: kinds,
        kind_rank: Uint8Array.from(kinds, (kind) => PERIOD_KINDS.indexOf(kind)),
        first_day: Int32Array.from(unknown, (code) => dayNumber(periodStart(code))),
        last_day: Int32Array.from(unknown, (code) => dayNumber(periodEnd(code))),
      })
      unknown.forEach((code, index) => periodIndex.set(code, first + index))
    }
    return codes.map((code) => periodIndex.get(code)!)
  }

  /** Loads a new part under a new number, then switches to it, then drops the old one: readers see one, whole. */
  const replacePart = <Table>(
    parts: Map<string, LoadedPart<Table>>,
    key: string,
    table: Table,
    factTable: 'observation' | 'incident' | 'hexagon',
    fill: (part: number) => Promise<void>,
    switchTo: (part: number) => Promise<unknown>,
  ): Promise<void> =>
    inTurn(async () => {
      const previous = parts.get(key)
      if (previous?.table === table) return
      if (nextPart > LARGEST_INDEX) throw new RangeError('too many parts for this database')
      const index = nextPart++
      await fill(index)
      await switchTo(index)
      parts.set(key, { index, table })
      if (previous)
        await database.query(`DELETE FROM ${factTable} WHERE part_index = ?::USMALLINT`, [
          previous.index,
        ])
    })

  const areaIndices = (level: LevelId, areas: readonly AreaId[]) =>
    areas.map((area) => known(areaIndex, areaKey(level, area), `area "${area}" at "${level}"`))
  const categoryIndices = (ids: readonly string[]) =>
    ids.map((id) => known(categoryIndex, id, `incident category "${id}"`))

  return {
    database,
    partOf: (indicator, level) => observations.get(partKey(indicator, level)) ?? null,
    add: (table) =>
      replacePart(
        observations,
        partKey(table.indicator, table.level),
        table,
        'observation',
        async (part) => {
          known(indicatorIndex, table.indicator, `indicator "${table.indicator}"`)
          const areas = areaIndices(table.level, table.areas)
          const periods = await addPeriods(table.periods)
          const sexes = table.sexes.map((sex) => SEXES.indexOf(sex))
          const size = cellCount(table)
          const columns = {
            part_index: new Uint16Array(size).fill(part),
            cell: new Int32Array(size),
            sex: new Uint8Array(size),
            period_index: new Uint16Array(size),
            area_index: new Uint16Array(size),
            status: table.status,
            numerator: table.numerator,
            denominator: table.denominator,
          }
          let cell = 0
          for (const sex of sexes)
            for (const period of periods)
              for (const area of areas) {
                columns.cell[cell] = cell
                columns.sex[cell] = sex
                columns.period_index[cell] = period
                columns.area_index[cell] = area
                cell++
              }
          await database.insert('observation', columns)
        },
        (part) =>
          database.query(
            `INSERT OR REPLACE INTO observation_part
             VALUES (?::USMALLINT, ?::USMALLINT, ?, ?)`,
            [part, indicatorIndex.get(table.indicator)!, table.level, table.release],
          ),
      ),
    addIncidents: (incidents) =>
      replacePart(
        incidentCounts,
        incidents.level,
        incidents,
        'incident',
        async (part) => {
          const areas = areaIndices(incidents.level, incidents.areas)
          const categories = categoryIndices(incidents.categories)
          const periods = await addPeriods(incidents.periods)
          const size = incidents.count.length
          const columns = {
            part_index: new Uint16Array(size).fill(part),
            category_index: new Uint16Array(size),
            period_index: new Uint16Array(size),
            area_index: new Uint16Array(size),
            status: incidents.status,
            count: incidents.count,
          }
          let cell = 0
          for (const category of categories)
            for (const period of periods)
              for (const area of areas) {
                columns.category_index[cell] = category
                columns.period_index[cell] = period
                columns.area_index[cell] = area
                cell++
              }
          await database.insert('incident', columns)
        },
        (part) =>
          database.query('INSERT OR REPLACE INTO incident_part VALUES (?::USMALLINT, ?, ?)', [
            part,
            incidents.level,
            incidents.release,
          ]),
      ),
    addHexagons: (hexagons) =>
      replacePart(
        hexagonCounts,
        '',
        hexagons,
        'hexagon',
        async (part) => {
          const categories = categoryIndices(hexagons.categories)
          const periods = await addPeriods(hexagons.periods)
          await database.insert('hexagon', {
            part_index: new Uint16Array(hexagons.count.length).fill(part),
            category_index: hexagons.category.map((index) => categories[index]!),
            period_index: hexagons.period.map((index) => periods[index]!),
            hexagon: Array.from(hexagons.hexagon, (index) => hexagons.hexagons[index]!),
            count: hexagons.count,
          })
        },
        (part) =>
          database.query('INSERT OR REPLACE INTO hexagon_part VALUES (0, ?::USMALLINT, ?)', [
            part,
            hexagons.release,
          ]),
      ),
  }
}

const areaKey = (level: LevelId, area: AreaId): string => `${level}\u001f${area}`
const partKey = (indicator: IndicatorId, level: LevelId): string => `${indicator}\u001f${level}`

const dayNumber = ({ year, month, day }: CalendarDay): number => year * 10_000 + month * 100 + day

function indices(length: number, first = 0): Uint16Array {
  if (first + length > LARGEST_INDEX + 1)
    throw new RangeError(`${first + length} rows are too many for a dimension`)
  return Uint16Array.from({ length }, (_, index) => first + index)
}

function known(index: ReadonlyMap<string, number>, key: string, what: string): number {
  const position = index.get(key)
  if (position === undefined) throw new RangeError(`${what} is not in the package's index`)
  return position
}
