import { STATUS_HIDDEN, STATUS_HIDDEN_AT_SOURCE, STATUS_VALUE } from '../../../src/core/cell.ts'
import { disclose, withColumns } from '../../../src/core/disclosure/gate.ts'
import { discloseIncidents } from '../../../src/core/disclosure/incidents.ts'
import type { PackageIndex } from '../../../src/core/release.ts'
import { periodsBetween } from '../../../src/core/period.ts'
import { openDatabase } from '../../../src/duckdb/node.ts'
import { createReleasedTables } from '../../../src/duckdb/released-tables.ts'
import { readCube } from '../../../src/duckdb/sql/cube.ts'
import { readIncidentCounts } from '../../../src/duckdb/sql/incident-counts.ts'
import { readReleaseSummary } from '../../../src/duckdb/sql/release-summary.ts'
import { randomStream, type Random } from '../../synthesise/random.ts'
import { fail, type Check } from '../check.ts'
import { LEVEL, pick, randomAxes, randomIndicator, randomRaw, upTo } from '../random-table.ts'

const MONTHS = periodsBetween('month', '2024-01', '2024-06')
const CATEGORIES = ['klotter', 'brand', 'stold']

export const databaseAnswers: Check = {
  name: 'database',
  claim:
    'what SQL answers over random tables is what TypeScript counts: cube, release summary, sums of incidents',
  unit: 'sets of tables',
  seed: 20261107,
  count: 300,
  batchSize: 50,
  async run({ seed, count }) {
    const random = randomStream(seed, 'database')
    const database = await openDatabase()
    const tally = { cells: 0, 'sums of incidents': 0 }
    try {
      for (let done = 0; done < count; done++) {
        const areas = Array.from({ length: 1 + upTo(random, 7) }, (_, index) => `R${index}`)
        const indicators = ['a', 'b', 'c'].map((id) => randomIndicator(random, id))
        const index = indexOf(areas, indicators)
        const tables = await createReleasedTables(database, index)
        const held = indicators.map((indicator) =>
          disclose(randomRaw(random, randomAxes(random, areas), indicator), indicator, 'r'),
        )
        for (const table of held) await tables.add(table)
        for (const table of held) {
          const cube = await readCube(tables, table.indicator, LEVEL, table)
          const back = withColumns(table, cube)
          table.status.forEach((_, cell) => {
            tally.cells++
            if (!Object.is(back.numerator[cell], table.numerator[cell])) fail(`cube: cell ${cell}`)
            if (!Object.is(back.denominator[cell], table.denominator[cell])) fail(`cube: ${cell}`)
          })
        }
        const summary = await readReleaseSummary(database)
        for (const table of held) {
          const row = summary.indicator.indexOf(table.indicator)
          const has = (...codes: number[]): number =>
            table.status.filter((status) => codes.includes(status)).length
          const wanted = [
            table.status.length,
            has(STATUS_VALUE),
            has(STATUS_HIDDEN),
            has(STATUS_HIDDEN_AT_SOURCE),
          ]
          const found = [
            summary.cells[row],
            summary.shown[row],
            summary.hidden[row],
            summary.hiddenAtSource[row],
          ]
          if (wanted.join() !== found.join()) fail(`summary: ${found.join()}, not ${wanted.join()}`)
          if (summary.firstPeriod[row] !== table.periods.toSorted()[0])
            fail('summary: first period')
          if (summary.lastPeriod[row] !== table.periods.toSorted().at(-1))
            fail('summary: last period')
        }
        tally['sums of incidents'] += await compareIncidents(random, tables, areas)
      }
    } finally {
      await database.close()
    }
    return tally
  },
}

async function compareIncidents(
  random: Random,
  tables: Awaited<ReturnType<typeof createReleasedTables>>,
  areas: readonly string[],
): Promise<number> {
  const size = CATEGORIES.length * MONTHS.length * areas.length
  const policy = { ...randomIndicator(random).policy, complement: false }
  const incidents = discloseIncidents(
    {
      ...{ level: LEVEL, categories: CATEGORIES, periods: MONTHS, areas },
      count: Float64Array.from({ length: size }, () => (random() < 0.02 ? NaN : upTo(random, 14))),
    },
    new Map(
      CATEGORIES.map((category) => [
        category,
        { ...policy, minimumDenominator: 0, minimumRespondents: 0 },
      ]),
    ),
    'r',
  )
  await tables.addIncidents(incidents)
  const categories = CATEGORIES.filter(() => random() < 0.5)
  if (categories.length === 0) categories.push(pick(random, CATEGORIES))
  const months = MONTHS.slice(upTo(random, 5))
  const answer = await readIncidentCounts(tables.database, { level: LEVEL, categories, months })
  areas.forEach((area, a) => {
    let [sum, isHidden, isMissing] = [0, false, false]
    for (const category of categories)
      for (const month of months) {
        const cell =
          (CATEGORIES.indexOf(category) * MONTHS.length + MONTHS.indexOf(month)) * areas.length + a
        const status = incidents.status[cell]
        if (status === STATUS_VALUE) sum += incidents.count[cell]!
        else if (status === STATUS_HIDDEN) isHidden = true
        else isMissing = true
      }
    const row = answer.area.indexOf(area)
    const isValue = answer.status[row] === STATUS_VALUE
    if (isValue !== !(isHidden || isMissing)) fail(`incidents: ${area} is a value or not`)
    if (isValue && answer.count[row] !== sum) fail(`incidents: ${answer.count[row]}, not ${sum}`)
    if (!isValue && !Number.isNaN(answer.count[row])) fail(`incidents: a figure in ${area}`)
    if (isHidden && !isMissing && answer.status[row] !== STATUS_HIDDEN)
      fail(`incidents: ${area} is hidden`)
  })
  return areas.length
}

const indexOf = (
  areas: readonly string[],
  indicators: PackageIndex['indicators'],
): Pick<PackageIndex, 'register' | 'indicators' | 'incidents'> => ({
  register: {
    levels: [{ id: LEVEL, singular: 'område', plural: 'områden', rank: 0 }],
    areas: areas.map((id) => ({ id, level: LEVEL, name: id, parent: null })),
    boundaryVersion: { id: 'x', name: '', schematic: true, source: '', licence: '' },
  },
  indicators,
  incidents: {
    categories: CATEGORIES.map((id) => ({ id, name: id, hexagons: false })),
    counts: [],
    hexagons: null,
    hexagonOutlines: null,
    minimumCount: 5,
  },
})
