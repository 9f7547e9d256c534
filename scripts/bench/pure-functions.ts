import { csvParse } from 'd3'
import { admitReleased, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import { sliceAt, smoothedValues } from '../../src/core/released-slice.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { naturalBreaks, quantileBreaks } from '../../src/core/stats/class-breaks.ts'
import { DEFAULT_VIEW_STATE, resolveView } from '../../src/core/view-state.ts'
import { openDatabase } from '../../src/duckdb/node.ts'
import { createReleasedTables } from '../../src/duckdb/released-tables.ts'
import { readCube } from '../../src/duckdb/sql/cube.ts'
import { breakScale, choropleth, valuesForBreaks } from '../../src/views/choropleth.ts'
import { single, summarised, type Measurement } from './measurement.ts'
import { readIndex, readObservations } from './read-package.ts'
import { median, thousands, timeBeside } from './timing.ts'

/** A package and one of its indicators to measure with. */
export interface Subject {
  readonly folder: string
  readonly indicator: string
  readonly level: string
}

const GROUP = 'Functions in Node'
/**
 * Times the functions that a switch waits for, each beside a peer in the same run where there is one: a ratio says
 * more than milliseconds of a machine nobody knows.
 */
export async function measureFunctions(
  small: Subject,
  long: Subject,
  large: Subject,
): Promise<Measurement[]> {
  return [
    ...(await measureAdmission(long)),
    ...(await measureAdmission(large)),
    ...(await measureViews(small)),
    ...(await measureViews(large)),
    ...(await measureCube(large)),
  ]
}

async function measureAdmission({ folder, indicator, level }: Subject): Promise<Measurement[]> {
  const index = await readIndex(folder)
  const { text, expected } = await readObservations(folder, index, indicator, level)
  const rows = `${thousands(expected.areas.length * expected.periods.length * expected.sexes.length)} rows`
  const [own, peer] = await timeBeside(
    () => admitReleased(text, expected.sha256, expected).ok,
    () => csvParse(text).length,
  )
  return [
    summarised(GROUP, `admitReleased, ${rows}`, 'ms', own),
    single(GROUP, `  through d3's csvParse of the same text`, '×', median(own) / median(peer)),
  ]
}

async function measureViews({ folder, indicator: id, level }: Subject): Promise<Measurement[]> {
  const index = await readIndex(folder)
  const { view } = resolveView({ ...DEFAULT_VIEW_STATE, indicator: id, level }, index)
  if (!view) throw new Error(`${id} cannot be shown`)
  const { indicator, sex, period } = view
  const table = await admitted(folder, index, id, level)
  const whole = view.municipality
    ? await admitted(folder, index, id, view.municipality.level)
    : null
  const slice = sliceAt(table, sex, period)
  if (!slice) throw new Error(`${id} has no ${period}`)
  const areas = `${thousands(table.areas.length)} areas`
  const pooled = valuesForBreaks(table, indicator, sex, period, 'raw', true)
  const values = `${thousands(pooled.length)} values`
  const scale = breakScale(pooled, indicator, 'quantile', 5, [])
  const timed = async (name: string, work: () => unknown): Promise<Measurement> =>
    summarised(GROUP, name, 'ms', (await timeBeside(work))[0])
  return [
    await timed(`choropleth, ${areas}`, () =>
      choropleth(index.register, indicator, table, whole, view, scale),
    ),
    await timed(`values for classes, ${values}`, () =>
      valuesForBreaks(table, indicator, sex, period, 'raw', true),
    ),
    await timed(`quantile classes, ${values}`, () => quantileBreaks(pooled, 5)),
    await timed(`natural classes, ${values}`, () => naturalBreaks(pooled, 5)),
    await timed(`empirical Bayes, ${areas}`, () => smoothedValues(slice, indicator)),
  ]
}

/** What the way through the database costs, against a plain copy of the same columns. */
async function measureCube({ folder, indicator, level }: Subject): Promise<Measurement[]> {
  const index = await readIndex(folder)
  const table = await admitted(folder, index, indicator, level)
  const database = await openDatabase()
  try {
    const tables = await createReleasedTables(database, index)
    await tables.add(table)
    const [cube, copy] = await timeBeside(
      () => readCube(tables, indicator, level, table),
      () => [table.status.slice(), table.numerator.slice(), table.denominator.slice()],
    )
    return [
      summarised(GROUP, `cube out of DuckDB, ${thousands(table.status.length)} cells`, 'ms', cube),
      single(GROUP, '  through a copy of the typed arrays', '×', median(cube) / median(copy)),
    ]
  } finally {
    await database.close()
  }
}

async function admitted(
  folder: string,
  index: PackageIndex,
  indicator: string,
  level: string,
): Promise<DisclosedTable> {
  const { text, expected } = await readObservations(folder, index, indicator, level)
  const admission = admitReleased(text, expected.sha256, expected)
  if (!admission.ok) throw new Error(`${expected.file}: ${admission.finding.code}`)
  return admission.table
}
