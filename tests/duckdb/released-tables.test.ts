import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  RELEASE_STATUSES,
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_OUTSIDE_PERIOD,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import { countStatuses } from '../../src/core/disclosure/gate.ts'
import {
  discloseHexagons,
  discloseIncidents,
  type DisclosedIncidents,
} from '../../src/core/disclosure/incidents.ts'
import type { Sex } from '../../src/core/indicator.ts'
import { cellCount } from '../../src/core/observation.ts'
import { periodsBetween } from '../../src/core/period.ts'
import { QueryError, type Columns, type Database } from '../../src/duckdb/database.ts'
import { openDatabase } from '../../src/duckdb/node.ts'
import { createReleasedTables, type ReleasedTables } from '../../src/duckdb/released-tables.ts'
import { readCube } from '../../src/duckdb/sql/cube.ts'
import { readHexagonCounts } from '../../src/duckdb/sql/hexagon-counts.ts'
import { readIncidentCounts } from '../../src/duckdb/sql/incident-counts.ts'
import { readReleaseSummary } from '../../src/duckdb/sql/release-summary.ts'
import {
  areasOf,
  COUNT,
  disclosedTable,
  INDEX,
  indicator,
  PERSON_POLICY,
  PLACE_POLICY,
  randomSource,
  SHARE,
} from '../support/released-package.ts'

const LEVELS = ['kommun', 'stadsdel', 'regso'] as const
const MONTHS = periodsBetween('month', '2023', '2024')
const MIXED_PERIODS = [...MONTHS, ...periodsBetween('year', '2023', '2024')]
const CATEGORIES = ['graffiti', 'fire', 'theft']

let database: Database
let tables: ReleasedTables
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  tables = await createReleasedTables(database, INDEX)
})

function incidentsAt(level: string, seed: number): DisclosedIncidents {
  const random = randomSource(seed)
  const areas = areasOf(level)
  return discloseIncidents(
    {
      level,
      categories: CATEGORIES,
      periods: MONTHS,
      areas,
      count: Float64Array.from({ length: CATEGORIES.length * MONTHS.length * areas.length }, () =>
        random() < 0.05 ? NaN : Math.floor(random() * 12),
      ),
    },
    new Map([
      ['graffiti', PLACE_POLICY],
      ['fire', PLACE_POLICY],
      ['theft', PERSON_POLICY],
    ]),
    'test',
  )
}

const count = async (sql: string): Promise<number> =>
  (await database.query<{ n: Float64Array }>(sql)).n[0]!

describe('the cube', () => {
  it('comes back exactly as it was disclosed, whatever its axes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          definition: fc.constantFrom(SHARE, COUNT),
          level: fc.constantFrom(...LEVELS),
          seed: fc.nat(),
          periods: fc.shuffledSubarray(MIXED_PERIODS, { minLength: 1, maxLength: 8 }),
          sexes: fc.shuffledSubarray<Sex>(['T', 'K', 'M'], { minLength: 1 }),
        }),
        async ({ definition, level, seed, periods, sexes }) => {
          const table = disclosedTable(definition, level, seed, periods, sexes)
          await tables.add(table)
          const cube = await readCube(tables, definition.id, level, table)
          expect(cube.status).toEqual(table.status)
          expect(cube.numerator).toEqual(table.numerator)
          expect(cube.denominator).toEqual(table.denominator)
        },
      ),
      { seed: 2480, numRuns: 25 },
    )
  })

  it('comes back among others, also after one of them was replaced', async () => {
    const shares = LEVELS.map((level, seed) => disclosedTable(SHARE, level, seed, MONTHS))
    const counts = LEVELS.map((level, seed) =>
      disclosedTable(COUNT, level, seed + 9, MIXED_PERIODS),
    )
    await Promise.all([...shares, ...counts].map((table) => tables.add(table)))
    const replacement = disclosedTable(SHARE, 'stadsdel', 77, MIXED_PERIODS)
    await tables.add(replacement)
    for (const table of [shares[0]!, replacement, shares[2]!, ...counts]) {
      const cube = await readCube(tables, table.indicator, table.level, table)
      expect(cube).toEqual({
        status: table.status,
        numerator: table.numerator,
        denominator: table.denominator,
      })
    }
  })

  it('holds several thousand cells without losing their order', async () => {
    const areas = Array.from({ length: 400 }, (_, index) => `area-${index}`)
    const wide = await createReleasedTables(database, {
      ...INDEX,
      register: {
        ...INDEX.register,
        areas: areas.map((id) => ({ id, level: 'deso', name: id, parent: null })),
      },
      indicators: [indicator('wide', { plan: { ...SHARE.plan, levels: ['deso'] } })],
    })
    const definition = indicator('wide', { plan: { ...SHARE.plan, levels: ['deso'] } })
    const table = disclosedTable(definition, 'deso', 5, MONTHS, ['T', 'K', 'M'], areas)
    await wide.add(table)
    expect(cellCount(table)).toBeGreaterThan(20_000)
    const cube = await readCube(wide, 'wide', 'deso', table)
    expect(cube.status).toEqual(table.status)
    expect(cube.numerator).toEqual(table.numerator)
    expect(cube.denominator).toEqual(table.denominator)
  })

  it('is refused with other axes than those that were loaded', async () => {
    const table = disclosedTable(SHARE, 'regso', 1, MONTHS)
    await tables.add(table)
    const turned = { ...table, periods: MONTHS.toReversed() }
    await expect(readCube(tables, 'share', 'regso', turned)).rejects.toThrow(RangeError)
    await expect(readCube(tables, 'share', 'stadsdel', table)).rejects.toThrow(RangeError)
    await expect(readCube(tables, 'count', 'regso', table)).rejects.toThrow(RangeError)
  })
})

describe('loading', () => {
  it('does nothing for a table that is loaded already', async () => {
    const table = disclosedTable(SHARE, 'regso', 1, MONTHS)
    await Promise.all([tables.add(table), tables.add(table)])
    await tables.add(table)
    expect(await count('SELECT count(*) AS n FROM observation')).toBe(cellCount(table))
    expect(tables.partOf('share', 'regso')?.table).toBe(table)
  })

  it('leaves nothing of what was replaced', async () => {
    const [first, second] = [1, 2].map((seed) => disclosedTable(SHARE, 'regso', seed, MONTHS))
    await tables.add(first!)
    await tables.add(second!)
    expect(await count('SELECT count(*) AS n FROM observation')).toBe(cellCount(second!))
    for (const seed of [1, 2]) await tables.addIncidents(incidentsAt('regso', seed))
    expect(await count('SELECT count(*) AS n FROM incident')).toBe(
      incidentsAt('regso', 2).count.length,
    )
  })

  it('refuses what the index does not know, and keeps what was loaded', async () => {
    const table = disclosedTable(SHARE, 'regso', 1, MONTHS)
    await tables.add(table)
    const stranger = disclosedTable(SHARE, 'regso', 2, MONTHS, ['T'], ['2480R001', '0180R001'])
    await expect(tables.add(stranger)).rejects.toThrow(/0180R001/)
    const unknown = disclosedTable(indicator('unknown'), 'regso', 2, MONTHS)
    await expect(tables.add(unknown)).rejects.toThrow(/unknown/)
    const cube = await readCube(tables, 'share', 'regso', table)
    expect(cube.numerator).toEqual(table.numerator)
    await tables.add(disclosedTable(SHARE, 'stadsdel', 3, MONTHS))
  })

  it('starts empty for another package', async () => {
    await tables.add(disclosedTable(SHARE, 'regso', 1, MONTHS))
    await createReleasedTables(database, INDEX)
    expect(await count('SELECT count(*) AS n FROM observation')).toBe(0)
  })
})

describe('incidents per area', () => {
  const monthSets = [
    ['one month', ['2023-05']],
    ['a quarter', ['2024-01', '2024-02', '2024-03']],
    ['a year', periodsBetween('month', '2024', '2024')],
  ] as const
  const categorySets = [['graffiti'], ['theft'], ['graffiti', 'fire'], CATEGORIES] as const

  it.each(monthSets)('are sums only of values: %s', async (_, months) => {
    const incidents = incidentsAt('regso', 4)
    await tables.addIncidents(incidents)
    await tables.addIncidents(incidentsAt('stadsdel', 5))
    for (const categories of categorySets) {
      const counts = await readIncidentCounts(database, { level: 'regso', categories, months })
      expect(counts.area).toEqual(areasOf('regso'))
      const expected = areasOf('regso').map(
        (area) => sumOf(incidents, categories, months, [area])[0]!,
      )
      expect(rowsOf(counts)).toEqual(expected)
    }
  })

  it('never add up hidden parts', async () => {
    const incidents = incidentsAt('regso', 4)
    expect(incidents.status).toContain(STATUS_HIDDEN)
    await tables.addIncidents(incidents)
    const counts = await readIncidentCounts(database, {
      level: 'regso',
      categories: ['theft'],
      months: MONTHS,
    })
    expect([...counts.status]).toEqual(areasOf('regso').map(() => STATUS_HIDDEN))
    expect(counts.count.every(Number.isNaN)).toBe(true)
  })

  it('count a category or month once, however often it is asked for', async () => {
    await tables.addIncidents(incidentsAt('regso', 4))
    const once = { level: 'regso', categories: ['graffiti'], months: ['2023-05'] }
    const twice = { ...once, categories: ['graffiti', 'graffiti'], months: ['2023-05', '2023-05'] }
    expect(await readIncidentCounts(database, twice)).toEqual(
      await readIncidentCounts(database, once),
    )
  })

  it('are missing where a part is not in the release', async () => {
    await tables.addIncidents(incidentsAt('regso', 4))
    const ask = (months: string[]) =>
      readIncidentCounts(database, { level: 'regso', categories: ['graffiti'], months })
    const outside = await ask(['2030-01'])
    expect(new Set(outside.status)).toEqual(new Set([STATUS_OUTSIDE_PERIOD]))
    const partly = await ask(['2023-05', '2030-01'])
    expect(new Set(partly.status)).toEqual(new Set([STATUS_INCOMPLETE]))
    expect(partly.count.every(Number.isNaN)).toBe(true)
    const unloaded = await readIncidentCounts(database, {
      level: 'kommun',
      categories: ['graffiti'],
      months: ['2023-05'],
    })
    expect([...unloaded.status]).toEqual([STATUS_OUTSIDE_PERIOD])
  })
})

describe('hexagons', () => {
  it('come back by category and year, without the small ones', async () => {
    const hexagon = (id: string, category: string, period: string, incidents: number) => ({
      hexagon: id,
      category,
      period,
      count: incidents,
    })
    const raw = [
      hexagon('b', 'graffiti', '2024', 7),
      hexagon('a', 'graffiti', '2024', 5),
      hexagon('c', 'graffiti', '2024', 4),
      hexagon('a', 'graffiti', '2023', 9),
      hexagon('a', 'fire', '2024', 11),
    ]
    await tables.addHexagons(discloseHexagons(raw, INDEX.incidents!.categories, 5, 'test'))
    expect(await readHexagonCounts(database, 'graffiti', '2024')).toEqual({
      hexagon: ['a', 'b'],
      count: Int32Array.of(5, 7),
    })
    expect((await readHexagonCounts(database, 'theft', '2024')).hexagon).toEqual([])
    await tables.addHexagons(
      discloseHexagons(raw.slice(4), INDEX.incidents!.categories, 5, 'later'),
    )
    expect((await readHexagonCounts(database, 'graffiti', '2024')).hexagon).toEqual([])
    expect(await count('SELECT count(*) AS n FROM hexagon')).toBe(1)
  })
})

describe('the summary', () => {
  it('counts the cells of every status, per indicator and level', async () => {
    const share = disclosedTable(SHARE, 'regso', 8, MIXED_PERIODS)
    const counts = disclosedTable(COUNT, 'kommun', 9, ['2022'])
    await tables.add(counts)
    await tables.add(share)
    const expected = [share, counts].map((table) => {
      const statuses = countStatuses(table)
      const missing = RELEASE_STATUSES.filter((name) => name.startsWith('missing'))
      return {
        indicator: table.indicator,
        level: table.level,
        release: 'test',
        cells: cellCount(table),
        shown: statuses.value,
        hidden: statuses.hidden,
        hiddenAtSource: statuses['hidden-at-source'],
        missing: missing.reduce((sum, name) => sum + statuses[name], 0),
        firstPeriod: table === share ? '2023-01' : '2022',
        lastPeriod: table === share ? '2024-12' : '2022',
      }
    })
    expect(rowsOf(await readReleaseSummary(database))).toEqual(expected)
  })
})

describe('safety', () => {
  const ATTACKS = [
    "' OR 1=1 --",
    "'); DROP TABLE observation; --",
    '"; DROP TABLE area; --',
    "x' UNION SELECT id, id, 0, 1, 1 FROM area --",
    '\u001f2480',
    '%',
    '\u0000',
  ]

  it('takes parameters as values, never as statements', async () => {
    const attacked = disclosedTable(SHARE, 'regso', 1, MONTHS)
    await tables.add(attacked)
    await tables.addIncidents(incidentsAt('regso', 1))
    const before = await count('SELECT count(*) AS n FROM observation')
    for (const attack of ATTACKS) {
      await expect(readCube(tables, attack, attack, attacked)).rejects.toThrow(RangeError)
      expect((await readHexagonCounts(database, attack, attack)).hexagon).toEqual([])
      const counts = await readIncidentCounts(database, {
        level: 'regso',
        categories: [attack],
        months: [attack],
      })
      expect(new Set(counts.status)).toEqual(new Set([STATUS_OUTSIDE_PERIOD]))
      const { area } = await readIncidentCounts(database, {
        level: attack,
        categories: [],
        months: [],
      })
      expect(area).toEqual([])
    }
    expect(await count('SELECT count(*) AS n FROM observation')).toBe(before)
  })

  it('stores names as they are, quotes and statements included', async () => {
    const name = "Ö'; DROP TABLE observation; --"
    const named = { ...INDEX.register.areas[0]!, name }
    await createReleasedTables(database, {
      ...INDEX,
      register: { ...INDEX.register, areas: [named] },
    })
    expect(await database.query<Columns>('SELECT name FROM area')).toEqual({ name: [name] })
  })

  it('holds no figure in any cell that is not shown, in any table', async () => {
    for (const level of LEVELS) {
      await tables.add(disclosedTable(SHARE, level, 12, MIXED_PERIODS))
      await tables.add(disclosedTable(COUNT, level, 13, MIXED_PERIODS))
      await tables.addIncidents(incidentsAt(level, 14))
    }
    const { tableName, columnName } = await database.query<{
      tableName: string[]
      columnName: string[]
    }>(`
      SELECT figure.table_name AS "tableName", figure.column_name AS "columnName"
      FROM duckdb_columns() AS figure
      JOIN duckdb_columns() AS status USING (table_name)
      WHERE status.column_name = 'status' AND figure.data_type = 'DOUBLE'
      ORDER BY ALL`)
    expect(tableName).toEqual(['incident', 'observation', 'observation'])
    for (const [index, table] of tableName.entries()) {
      const column = columnName[index]!
      expect(await count(`SELECT count(*) AS n FROM ${table} WHERE status <> 0`)).toBeGreaterThan(0)
      expect(
        await count(
          `SELECT count(*) AS n FROM ${table}
           WHERE ${column} IS NULL OR (status <> 0 AND NOT isnan(${column}))`,
        ),
      ).toBe(0)
    }
  })

  it('lets the engine itself refuse a figure in a hidden cell', async () => {
    const row = (status: number, numerator: number) => ({
      part_index: Uint16Array.of(0),
      cell: Int32Array.of(0),
      sex: Uint8Array.of(0),
      period_index: Uint16Array.of(0),
      area_index: Uint16Array.of(0),
      status: Uint8Array.of(status),
      numerator: Float64Array.of(numerator),
      denominator: Float64Array.of(NaN),
    })
    await database.insert('observation', row(STATUS_HIDDEN, NaN))
    await expect(database.insert('observation', row(STATUS_HIDDEN, 3))).rejects.toBeInstanceOf(
      QueryError,
    )
    await expect(
      database.insert('observation', row(STATUS_HIDDEN_AT_SOURCE, 0)),
    ).rejects.toBeInstanceOf(QueryError)
    expect(await count('SELECT count(*) AS n FROM observation')).toBe(1)
  })
})

/** The rule for sums, written out once more without SQL. */
function sumOf(
  incidents: DisclosedIncidents,
  categories: readonly string[],
  months: readonly string[],
  areas: readonly string[],
) {
  return areas.map((area) => {
    const cells = categories.flatMap((category) =>
      months.map(
        (month) =>
          (incidents.categories.indexOf(category) * incidents.periods.length +
            incidents.periods.indexOf(month)) *
            incidents.areas.length +
          incidents.areas.indexOf(area),
      ),
    )
    const statuses = cells.map((cell) => incidents.status[cell]!)
    const other = statuses.find((status) => status !== STATUS_VALUE)
    if (other === undefined)
      return {
        area,
        status: STATUS_VALUE as number,
        count: cells.reduce((sum, cell) => sum + incidents.count[cell]!, 0),
      }
    if (statuses.includes(STATUS_HIDDEN)) return { area, status: STATUS_HIDDEN, count: NaN }
    const isMixed = statuses.some((status) => status !== other)
    return { area, status: isMixed ? STATUS_INCOMPLETE : other, count: NaN }
  })
}

function rowsOf(columns: Columns): Record<string, unknown>[] {
  const [first] = Object.values(columns)
  return Array.from({ length: first!.length }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]])),
  )
}
