import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { STATUS_VALUE } from '../../src/core/cell.ts'
import { auditReleased, type Audit } from '../../src/core/disclosure/audit.ts'
import { countStatuses } from '../../src/core/disclosure/gate.ts'
import type { JointTable, Protection, UnsafeCell } from '../../src/core/disclosure/joint-table.ts'
import { logIndicator, type IndicatorLog } from '../../src/core/disclosure/log.ts'
import { protectOnEarlier } from '../../src/core/disclosure/protect-on-earlier.ts'
import type { Finding } from '../../src/core/finding.ts'
import { cellCount } from '../../src/core/observation.ts'
import type { Release } from '../../src/core/release.ts'
import { formatNumber } from '../../src/text/format.ts'
import { createSolver } from '../../src/solver/highs.ts'
import { replaceFolder } from './package-folder.ts'
import { planSources, readPlanInput } from './plan-input.ts'
import { readPlannedInput, type PlannedInput } from './planned-input.ts'
import { printFindings } from './print-findings.ts'
import type { InputFile } from './real-input.ts'
import type { ReleasedObservations } from './released-observations.ts'
import { plannedFiles } from './planned-files.ts'
import { readEarlier, type EarlierPackage } from './earlier-package.ts'
import { readRecipes } from './read-by-recipe.ts'
import { integer, openInput, print, refuse, shown } from './terminal.ts'
import { UsageError } from './usage.ts'

const OPTIONS = {
  areas: { type: 'string' },
  observations: { type: 'string', multiple: true },
  indicators: { type: 'string' },
  recipe: { type: 'string' },
  earlier: { type: 'string', multiple: true },
  out: { type: 'string' },
  title: { type: 'string' },
  release: { type: 'string' },
  signed: { type: 'string' },
  plan: { type: 'string', multiple: true },
  method: { type: 'string' },
} as const

/** Whether `publish` is asked for by publication plans rather than by an organisation's own tables. */
export const isPlanned = (parameters: readonly string[]): boolean =>
  parameters.some((parameter) => /^--indicators(=|$)/.test(parameter))

/**
 * `publish --areas A --observations O --indicators I [--earlier DIR …] --out DIR`: every cell of every publication plan
 * through the disclosure gate, as one system with all its sums and with earlier releases.
 * @returns the exit code: 1 when an error was found or a hidden cell is not safe, and then nothing is written
 */
export async function publishPlanned(parameters: readonly string[]): Promise<number> {
  const { input, planFiles, folder, earlierFolders, release, method, signed } =
    await planOf(parameters)
  const reading = await readPlannedInput(input)
  printFindings(reading.findings)
  if (!reading.ok) return refuse()

  const activities = planFiles.length === 0 ? null : await readPlanInput(planFiles, reading)
  printFindings(activities?.findings ?? [])
  if (activities && !activities.ok) return refuse()

  const earlier: EarlierPackage[] = []
  for (const path of earlierFolders) {
    const one = await readEarlier(path)
    if (!one.ok) {
      printFindings([one.finding])
      return refuse()
    }
    earlier.push(one.earlier)
  }

  const solver = await createSolver()
  const released: ReleasedObservations[] = []
  const logs: IndicatorLog[] = []
  const faults: Finding[] = []
  for (const fresh of reading.tables) {
    const before = earlier.flatMap(({ tables }) =>
      tables.flatMap((one) => (one.table.indicator.id === fresh.indicator.id ? [one.table] : [])),
    )
    const outcome = protectOnEarlier(fresh, before, { method, solver })
    const { table } = outcome
    if (!outcome.ok) {
      faults.push(unsettledFinding(table, outcome.unsettled, input.observations[0]!))
      continue
    }
    const { protection, waiting } = outcome
    const own: ReleasedObservations = { table: outcome.released, waiting }
    const audit = auditReleased(own.table, solver)
    const unsafe = [...protection.unsafe, ...audit.unsafe]
    if (unsafe.length > 0) faults.push(unsafeFinding(table, unsafe, input.observations[0]!))
    released.push(own)
    if (unsafe.length === 0) logs.push(logOf(table, own, protection, audit))
  }
  if (faults.length > 0) {
    printFindings(faults)
    return refuse()
  }
  const { files, findings } = plannedFiles({
    ...{ reading, released, release, plan: activities?.plan ?? null },
    log: {
      ...{ release, indicators: logs, incidents: null, signed },
      earlier: earlier.map(({ folder: path, checksum }) => ({
        folder: basename(path),
        sha256: checksum,
      })),
    },
  })
  printFindings(findings)
  await replaceFolder(folder, files)
  const cells = released.reduce((sum, { table }) => sum + cellCount(table), 0)
  const hidden = logs.reduce((sum, { statuses }) => sum + statuses.hidden, 0)
  const figures = [
    `${integer(released.length)} indikatorer`,
    `${integer(cells)} celler`,
    `${integer(hidden)} dolda`,
    '0 osäkra',
  ]
  print(
    `Publicerat i ${shown(folder)}: ${figures.join(', ')}. Läs ${shown(join(folder, 'rojandekontroll.md'))}.`,
  )
  return 0
}

/** The log's part about one indicator: what was hidden of its table, and how that was tried. */
function logOf(
  table: JointTable,
  { table: released, waiting }: ReleasedObservations,
  protection: Protection,
  audit: Audit,
): IndicatorLog {
  const { cells, equations, suppressed, unsafe } = audit
  return logIndicator({
    ...{ table, protection, statuses: countStatuses(released) },
    // Without how long it took: the same release is the same bytes.
    audit: { cells, equations, suppressed, unsafe: unsafe.length },
    waiting: released.status.filter((code, cell) => code === STATUS_VALUE && waiting?.[cell])
      .length,
  })
}

interface Plan {
  readonly input: PlannedInput
  /** Of the plan of activities; none where the package has none. */
  readonly planFiles: readonly InputFile[]
  readonly folder: string
  /** Oldest first. */
  readonly earlierFolders: readonly string[]
  readonly release: Release
  readonly method: 'moves' | 'optimal'
  readonly signed: string | null
}

async function planOf(parameters: readonly string[]): Promise<Plan> {
  const { values, tokens } = parseArgs({
    args: [...parameters],
    options: OPTIONS,
    allowPositionals: true,
    tokens: true,
  })
  // "--earlier A B" names two folders.
  const earlierFolders: string[] = []
  let follows = ''
  for (const token of tokens) {
    if (token.kind === 'option') {
      follows = token.name
      if (token.name === 'earlier' && token.value !== undefined) earlierFolders.push(token.value)
    } else if (token.kind === 'positional') {
      if (follows !== 'earlier')
        throw new UsageError(`"${token.value}" hör inte till något tillägg.`)
      earlierFolders.push(token.value)
    }
  }
  const { areas, observations = [], indicators, out, recipe } = values
  if (areas === undefined || observations.length === 0 || indicators === undefined)
    throw new UsageError('--indicators kräver --areas och minst en --observations.')
  if (out === undefined) throw new UsageError('--indicators kräver --out MAPP.')
  const date = values.release ?? new Date().toISOString().slice(0, 10)
  if (!/^\d{4}-\d\d-\d\d$/.test(date))
    throw new UsageError(`--release ska vara ett datum, ÅÅÅÅ-MM-DD, inte "${date}".`)
  const { method = 'optimal' } = values
  if (method !== 'optimal' && method !== 'moves')
    throw new UsageError(`--method ska vara optimal eller moves, inte "${method}".`)
  const files = [areas, ...(await filesIn(observations)), indicators]
  const planFiles = await Promise.all((values.plan ?? []).map(openInput))
  return {
    input: {
      areas: await openInput(areas),
      observations: await Promise.all((await filesIn(observations)).map(openInput)),
      indicators: await openInput(indicators),
      ...(recipe === undefined ? {} : { recipes: readRecipes(await openInput(recipe)) }),
    },
    planFiles,
    folder: resolve(out),
    earlierFolders,
    release: {
      ...{ id: date, date, title: values.title ?? 'Lägeskartan', synthetic: false },
      sources: [
        ...files.map((path) => ({ title: basename(path), licence: 'Se källan' })),
        ...planSources(planFiles),
      ],
      notes: [],
    },
    method,
    signed: values.signed ?? null,
  }
}

/** A folder stands for the files in it, in the order of their names. */
async function filesIn(paths: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
    if (!isFolder) files.push(path)
    else
      for (const entry of (await readdir(path, { withFileTypes: true })).sort((a, b) =>
        a.name < b.name ? -1 : 1,
      ))
        if (entry.isFile() && !entry.name.startsWith('.')) files.push(join(path, entry.name))
  }
  return files
}

const MOST_LISTED = 5

/** Says which cells of an indicator are not safe, and what an attacker would know of them. */
function unsafeFinding(
  table: JointTable,
  unsafe: readonly UnsafeCell[],
  { path }: InputFile,
): Finding {
  const cells = new Map(unsafe.map((one) => [one.cell, one]))
  const sentences = [...cells.values()].slice(0, MOST_LISTED).map(({ cell, lowest, highest }) => {
    const place = placeOf(table, cell)
    return lowest === highest
      ? `${place} kan räknas ut`
      : `${place} kan ringas in till ${formatNumber(lowest, 0)}–${formatNumber(highest, 0)}`
  })
  return {
    ...{
      severity: 'error',
      code: 'released-unsafe',
      file: basename(path),
      row: null,
      column: null,
    },
    text: sentences.join('; '),
    parameters: { indicator: table.indicator.id, count: cells.size },
  }
}

/** Says which earlier totals the new figures cannot be brought to agree with. */
function unsettledFinding(
  table: JointTable,
  unsettled: readonly number[],
  { path }: InputFile,
): Finding {
  const places = unsettled.slice(0, MOST_LISTED).map((cell) => placeOf(table, cell))
  return {
    ...{ severity: 'error', code: 'released-unsettled', file: basename(path), row: null },
    ...{ column: null, text: places.join('; ') },
    parameters: { indicator: table.indicator.id, count: unsettled.length },
  }
}

/** A cell in words that stand in the files: area, period, sex. */
function placeOf({ sexes, periods, areas }: JointTable, cell: number): string {
  const sex = sexes[Math.floor(cell / areas.length / periods.length)]!
  const period = periods[Math.floor(cell / areas.length) % periods.length]!
  return [areas[cell % areas.length]!, period, ...(sex === 'T' ? [] : [sex])].join(' ')
}
