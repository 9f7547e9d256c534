import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Browser } from '@playwright/test'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { cacheDirectory } from '../project.mjs'
import { browserMegabytes } from './memory.ts'
import { single, summarised, type Measurement } from './measurement.ts'

const FOLDER = join(cacheDirectory, 'bench', 'import')
const LONDON = fileURLToPath(
  new URL('../../../shared/data/scale/london_crime_snapshot-london.parquet', import.meta.url),
)
const ROWS = { csv: 1_000_000, parquet: 1_445_772 }
/** Milliseconds from the drop until what the file is can be read on the page; megabytes; milliseconds unanswered. */
const BUDGET = { csv: 5000, parquet: 6000, memory: 1000, answer: 100 }
const REPETITIONS = 5
const LIMIT_MS = 120_000
const IN_PAGE = fileURLToPath(new URL('in-page.js', import.meta.url))

/** A large file dropped on the page, beside DuckDB's own reader loading the same file. */
export async function measureImporting(
  browser: Browser,
  url: string,
  say: (line: string) => void,
): Promise<Measurement[]> {
  await mkdir(FOLDER, { recursive: true })
  const csv = await madeCsv()
  const parquet = existsSync(LONDON) ? LONDON : await madeParquet()
  const measurements: Measurement[] = []
  for (const [group, path, most] of [
    [`Import, CSV of ${ROWS.csv} rows`, csv, BUDGET.csv],
    [`Import, Parquet of ${ROWS.parquet} rows`, parquet, BUDGET.parquet],
  ] as const) {
    say(`${group} …`)
    const runs: DropTimes[] = []
    for (let run = 0; run < REPETITIONS; run++) runs.push(await drop(browser, url, path))
    const peer = await duckdbSeconds(path)
    const read = runs.map(({ read }) => read)
    const answered = runs.map(({ unanswered }) => unanswered)
    const memory = runs.flatMap(({ megabytes }) => (megabytes === null ? [] : [megabytes]))
    const ours = summarised(group, 'dropped until read and shown', 'ms', read, {
      of: 'median',
      most,
    })
    measurements.push(
      ours,
      summarised(group, "DuckDB's native reader into a table", 'ms', peer),
      single(group, 'beside DuckDB', '×', ours.median / summarised(group, '', 'ms', peer).median),
      summarised(group, 'longest time without an answer from the page', 'ms', answered, {
        of: 'median',
        most: BUDGET.answer,
      }),
      summarised(group, 'browser and worker, at most', 'MB', memory, {
        of: 'median',
        most: BUDGET.memory,
      }),
    )
  }
  return measurements
}

interface DropTimes {
  readonly read: number
  readonly unanswered: number
  readonly megabytes: number | null
}

async function drop(browser: Browser, url: string, path: string): Promise<DropTimes> {
  const context = await browser.newContext({ locale: 'sv-SE', serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(LIMIT_MS)
    await page.addInitScript({ path: IN_PAGE })
    await page.goto(`${url}#/importera`)
    const input = page.locator('input[type=file]').first()
    await input.waitFor({ state: 'attached' })
    // DuckDB starts beside; it is none of what is measured.
    await page.waitForFunction(() => performance.getEntriesByName('engine-ready').length > 0)
    const before = await browserMegabytes(browser)
    let most = 0
    let done = false
    const sampling = (async () => {
      while (!done) {
        most = Math.max(most, (await browserMegabytes(browser)) ?? 0)
        await new Promise((next) => setTimeout(next, 250))
      }
    })()
    await input.setInputFiles(path)
    const { read, unanswered }: Omit<DropTimes, 'megabytes'> = await page.evaluate('bench.drop()')
    done = true
    await sampling
    return { read, unanswered, megabytes: before === null ? null : most }
  } finally {
    await context.close()
  }
}

/** Milliseconds that DuckDB takes to load the file into a table, each time in a new database. */
async function duckdbSeconds(path: string): Promise<number[]> {
  const times: number[] = []
  const reader = path.endsWith('.parquet')
    ? `read_parquet('${path}')`
    : `read_csv('${path}', delim=';', decimal_separator=',', header=true)`
  for (let run = 0; run < REPETITIONS; run++) {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const start = performance.now()
    await connection.run(`CREATE TABLE loaded AS SELECT * FROM ${reader}`)
    times.push(performance.now() - start)
    connection.closeSync()
    instance.closeSync()
  }
  return times
}

/** Counts with bases and shares, for 42 areas, 240 months, both sexes and their total, and enough ages. */
async function madeCsv(): Promise<string> {
  const path = join(FOLDER, 'million.csv')
  const lines = ['Områdeskod;Period;Kön;Ålder;Antal;Elever;Andel']
  for (let row = 0; row < ROWS.csv; row++) {
    const sex = ['Flickor', 'Pojkar', 'Totalt'][row % 3]!
    const area = String((Math.floor(row / 3) % 42) + 1).padStart(3, '0')
    const month = Math.floor(row / 126) % 240
    const period = `${2005 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const age = Math.floor(row / 126 / 240) * 2
    const base = 50 + ((row * 13) % 400)
    const count = (row * 31) % base
    const share = ((100 * count) / base).toFixed(1).replace('.', ',')
    lines.push(`2480R${area};${period};${sex};${age}–${age + 1} år;${count};${base};${share}`)
  }
  await writeFile(path, lines.join('\r\n') + '\r\n')
  return path
}

/** Where the real file is not at hand: counts of the same shape. */
async function madeParquet(): Promise<string> {
  const path = join(FOLDER, 'areas-by-month.parquet')
  const at = <Item>(make: (row: number) => Item): Item[] =>
    Array.from({ length: ROWS.parquet }, (_, row) => make(row))
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'lsoa_code', data: at((row) => `E0100${row % 4994}`), type: 'STRING' },
      { name: 'category', data: at((row) => `category ${row % 33}`), type: 'STRING' },
      { name: 'year', data: at((row) => 2008 + (row % 18)), type: 'INT32' },
      { name: 'month', data: at((row) => 1 + (row % 12)), type: 'INT32' },
      { name: 'crime_count', data: at((row) => row % 97), type: 'INT32' },
    ],
  })
  await writeFile(path, new Uint8Array(buffer))
  return path
}
