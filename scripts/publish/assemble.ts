import { discloseFlowFinest } from '../../src/core/disclosure/case-flow.ts'
import type { DisclosedFlow } from '../../src/core/disclosure/disclosed-flow.ts'
import { csvFormatRows } from 'd3'
import { RELEASE_STATUSES } from '../../src/core/cell.ts'
import { aggregatePeriods } from '../../src/core/aggregate.ts'
import { areasAtLevel, type AreaRegister } from '../../src/core/area.ts'
import {
  countStatuses,
  discloseJointly,
  writeReleased,
  type DisclosedTable,
  type JointDisclosure,
  type StatusCounts,
} from '../../src/core/disclosure/gate.ts'
import {
  discloseHexagons,
  discloseIncidents,
  writeHexagons,
  writeIncidents,
} from '../../src/core/disclosure/incidents.ts'
import { releasedOutlines } from '../../src/files/hexagons.ts'
import { compactPeriods } from '../../src/files/package/package-index.ts'
import { joinLevels } from '../../src/core/disclosure/join-levels.ts'
import {
  logFlow,
  logIndicator,
  type IncidentLog,
  type IndicatorLog,
} from '../../src/core/disclosure/log.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import { cellCount } from '../../src/core/observation.ts'
import type {
  FileReference,
  IncidentFiles,
  ObservationFile,
  PackageIndex,
} from '../../src/core/release.ts'
import { describePackage } from './datapackage.ts'
import { logFiles } from './disclosure-log.ts'
import { sha256 } from './checksum.ts'
import type { IncidentSource, PackageFiles, PackageSource } from './package-source.ts'

/**
 * Makes a package: every figure passes the disclosure gate on its way into a file. The same source gives the same
 * bytes.
 * @param signed who releases it; null when nobody says
 * @throws RangeError when a table contradicts its indicator's publication plan
 */
export function assemblePackage(source: PackageSource, signed: string | null = null): PackageFiles {
  const { release, register, incidents } = source
  const files = new Map<string, string>()
  const add = (path: string, text: string): FileReference => {
    files.set(path, text)
    return { path, bytes: Buffer.byteLength(text), sha256: sha256(text) }
  }
  const addJson = (path: string, value: unknown): FileReference =>
    add(path, JSON.stringify(value) + '\n')

  const indicators = new Map(source.indicators.map((indicator) => [indicator.id, indicator]))
  for (const { indicator } of source.tables)
    if (!indicators.has(indicator))
      throw new RangeError(`A table of the unknown indicator "${indicator}"`)
  requireWholePlans(source)
  const disclosures = source.indicators.map((indicator) => discloseIndicator(indicator, source))
  const unsafe = disclosures.filter(({ protection }) => protection.unsafe.length > 0)
  if (unsafe.length > 0) throw new UnsafeRelease(unsafe)
  const disclosed = disclosures.flatMap(({ tables }) => tables)
  const released = disclosed.map((table): ObservationFile => {
    const path = `observations/${table.level}/${table.indicator}.csv`
    return {
      indicator: table.indicator,
      level: table.level,
      ...add(path, writeReleased(table)),
      rows: cellCount(table),
      sexes: table.sexes,
      periods: table.periods,
    }
  })

  const flows = flowsOf(source)
  const index: PackageIndex = {
    format: 1,
    release,
    register,
    boundaries: addJson('boundaries.json', source.boundaries),
    neighbours: addJson('neighbours.json', source.neighbours),
    indicators: source.indicators,
    observations: released,
    incidents: incidents && addIncidents(incidents, release.id, disclosed, add),
    ...(source.plan ? { plan: addJson('plan.json', source.plan) } : {}),
    ...(flows.length > 0 ? { flows: addJson('flows.json', flows) } : {}),
    start: source.start,
  }
  addJson('index.json', {
    ...index,
    observations: index.observations.map((file) => ({
      ...file,
      periods: compactPeriods(file.periods),
    })),
  })
  add('areas.csv', areasTable(register))
  add('indicators.json', JSON.stringify(source.indicators, null, 2) + '\n')
  add('release.json', JSON.stringify(release, null, 2) + '\n')
  const log = {
    ...{ release, earlier: [], signed, incidents: incidents && logIncidents(incidents) },
    indicators: disclosures.map((disclosure) => disclosure.log),
    flows: flows.map(logFlow),
  }
  for (const [path, text] of logFiles(log, register, files)) add(path, text)
  add('datapackage.json', JSON.stringify(describePackage(source, index, files), null, 2) + '\n')
  return files
}

/** @throws RangeError when a flow would give hidden counts away */
const flowsOf = ({ flows }: PackageSource): readonly DisclosedFlow[] =>
  flows.map((raw) => {
    const outcome = discloseFlowFinest(raw, {})
    if (!outcome.ok) throw new RangeError(`${raw.id}: ${outcome.count} counts are ${outcome.why}`)
    return outcome.flow
  })

/** What the gate made of one indicator. */
export interface IndicatorDisclosure extends JointDisclosure {
  readonly indicator: Indicator
  readonly log: IndicatorLog
}

/** A release that would give hidden figures away: it is not made. */
export class UnsafeRelease extends Error {
  constructor(readonly disclosures: readonly IndicatorDisclosure[]) {
    super(`Unsafe: ${disclosures.map(({ indicator }) => indicator.id).join(', ')}`)
  }
}

/** All of an indicator's levels through the gate at once. */
function discloseIndicator(indicator: Indicator, source: PackageSource): IndicatorDisclosure {
  const { register, release } = source
  const { periodChain, levels } = indicator.plan
  const raws = levels.map((level) => {
    const raw = source.tables.find((one) => one.indicator === indicator.id && one.level === level)!
    const areas = areasAtLevel(register, level)
    if (areas.length !== raw.areas.length || areas.some(({ id }, area) => id !== raw.areas[area]))
      throw new RangeError(`${indicator.id}: areas are not those of "${level}" in order`)
    return aggregatePeriods(raw, periodChain, indicator.periodAggregation)
  })
  // Moves prove what they hide, so that the embedded package is published at every start without a solver.
  const options = { method: 'moves', solver: null } as const
  const disclosure = discloseJointly(raws, indicator, register, release.id, options)
  const { protection, tables } = disclosure
  const statuses = sumOfStatuses(tables)
  const log = logIndicator({
    table: joinLevels(raws, indicator, register),
    ...{ protection, statuses, waiting: 0 },
    audit: {
      ...{ cells: statuses.value + statuses.hidden, equations: protection.equations },
      ...{ suppressed: statuses.hidden, unsafe: protection.unsafe.length },
    },
  })
  return { indicator, log, ...disclosure }
}

function sumOfStatuses(tables: readonly DisclosedTable[]): StatusCounts {
  const all = tables.map(countStatuses)
  return Object.fromEntries(
    RELEASE_STATUSES.map((status) => [status, all.reduce((sum, one) => sum + one[status], 0)]),
  ) as StatusCounts
}

const logIncidents = ({
  categories,
  policyByCategory,
  minimumCount,
}: IncidentSource): IncidentLog => ({
  categories: categories.map((category) => ({
    ...category,
    policy: policyByCategory.get(category.id)!,
  })),
  minimumCount,
})

/** What a plan promises must be there: a level without its table would be a hole that nobody notices. */
function requireWholePlans({ indicators, tables }: PackageSource): void {
  const present = new Set(tables.map(({ indicator, level }) => `${indicator} ${level}`))
  if (present.size < tables.length) throw new RangeError('Two tables of one indicator and level')
  for (const { id, plan } of indicators)
    for (const level of plan.levels)
      if (!present.has(`${id} ${level}`))
        throw new RangeError(`${id}: the plan has level "${level}" but there is no table of it`)
}

function addIncidents(
  source: IncidentSource,
  release: string,
  disclosed: readonly DisclosedTable[],
  add: (path: string, text: string) => FileReference,
): IncidentFiles {
  const { categories, minimumCount } = source
  const counts = source.counts.map((raw) => {
    const ofLevel = disclosed.filter(({ level }) => level === raw.level)
    const indicators = new Map(ofLevel.map((table) => [table.indicator, table]))
    const table = discloseIncidents(raw, source.policyByCategory, release, indicators)
    return {
      level: table.level,
      ...add(`incidents/${table.level}.csv`, writeIncidents(table)),
      rows: table.count.length,
    }
  })
  const hexagons = discloseHexagons(source.hexagons, categories, minimumCount, release)
  const outlines = releasedOutlines(hexagons, source.outlines)
  return {
    categories,
    counts,
    hexagons: {
      ...add('incidents/hexagons.csv', writeHexagons(hexagons)),
      rows: hexagons.count.length,
    },
    hexagonOutlines: add('incidents/hexagon-outlines.json', JSON.stringify(outlines) + '\n'),
    minimumCount,
  }
}

function areasTable({ areas }: AreaRegister): string {
  const rows = areas.map(({ id, level, name, parent }) => [id, level, name, parent ?? ''])
  return csvFormatRows([['id', 'level', 'name', 'parent'], ...rows]) + '\n'
}
