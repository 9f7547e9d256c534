import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { auditReleased } from '../../src/core/disclosure/audit.ts'
import { formatNumber } from '../../src/text/format.ts'
import { readAppPackage, type AppPackageReading } from './app-package.ts'
import { readEarlier } from './earlier-package.ts'
import { createSolver } from '../../src/solver/highs.ts'
import { printFindings } from './print-findings.ts'
import { UsageError } from './usage.ts'

/** What is found unsafe in a package, in words that stand in its own rows. */
interface UnsafeRow {
  readonly indikator: string
  readonly omrade: string
  readonly period: string
  readonly kon: string
  /** What an attacker would know; null where nothing bounds it. */
  readonly lowest: number | null
  readonly highest: number | null
}

/** The released figures of a folder: of observations.csv where there is one, else of the files that the app reads. */
async function readTables(folder: string): Promise<AppPackageReading> {
  if (!existsSync(join(folder, 'observations.csv'))) return readAppPackage(folder)
  const reading = await readEarlier(folder)
  return reading.ok
    ? { ok: true, tables: reading.earlier.tables.map(({ table }) => table) }
    : reading
}

/**
 * `audit DIR [--json]`: audits a released package from its published files alone.
 * @returns the exit code: 1 when a cell is unsafe or the package cannot be read
 */
export async function auditCommand(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [folder, ...others] = positionals
  if (folder === undefined || others.length > 0) throw new UsageError('Ange en mapp: audit MAPP')
  const reading = await readTables(folder)
  if (!reading.ok) {
    printFindings([reading.finding])
    return 1
  }
  const solver = await createSolver()
  const sums = { cells: 0, equations: 0, suppressed: 0, seconds: 0 }
  const unsafe: UnsafeRow[] = []
  for (const table of reading.tables) {
    const audit = auditReleased(table, solver)
    sums.cells += audit.cells
    sums.equations += audit.equations
    sums.suppressed += audit.suppressed
    sums.seconds += audit.seconds
    const { areas, periods, sexes, indicator } = table
    for (const { cell, lowest, highest } of audit.unsafe) {
      const sex = sexes[Math.floor(cell / areas.length / periods.length)]!
      unsafe.push({
        indikator: indicator.id,
        omrade: areas[cell % areas.length]!,
        period: periods[Math.floor(cell / areas.length) % periods.length]!,
        kon: sex === 'T' ? '' : sex,
        lowest: Number.isFinite(lowest) ? lowest : null,
        highest: Number.isFinite(highest) ? highest : null,
      })
    }
  }
  const { cells, equations, suppressed, seconds } = sums
  if (values.json)
    process.stdout.write(
      JSON.stringify({
        cells,
        equations,
        suppressed,
        unsafe,
        seconds: Number(seconds.toFixed(3)),
      }) + '\n',
    )
  else {
    const integer = (value: number): string => formatNumber(value, 0)
    process.stdout.write(
      `${integer(cells)} celler, ${integer(equations)} ekvationer, ${integer(suppressed)} dolda, ${integer(unsafe.length)} osäkra (${formatNumber(seconds, 1)} s).\n`,
    )
    for (const { indikator, omrade, period, kon } of unsafe)
      process.stdout.write(
        `Osäker: ${[indikator, omrade, period, kon].filter(Boolean).join(', ')}\n`,
      )
  }
  return unsafe.length === 0 ? 0 : 1
}
