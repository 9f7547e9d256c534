import { readFile } from 'node:fs/promises'
import { csvParse } from 'd3'
import { neighbors } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { aggregateAreas, aggregateSexes } from '../../src/core/aggregate.ts'
import { areasAtLevel, type AreaId, type AreaRegister, type LevelId } from '../../src/core/area.ts'
import { STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import { MINIMUM_PER_HEXAGON, type RawIncidentCounts } from '../../src/core/disclosure/incidents.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import type { RawTable } from '../../src/core/observation.ts'
import { readUmeaRegister } from '../schematic/umea-register.ts'
import { readIndicators } from '../../src/files/package/indicator-register.ts'
import { rawFlowsOf } from '../../src/files/plan/case-flow-shape.ts'
import { planReferences, readPlan } from '../../src/files/plan/read-plan.ts'
import { synthesise, type SyntheticWorld } from '../synthesise/synthesise.ts'
import { countHexagons } from '../../src/files/hexagons.ts'
import type { SourceReading } from './real-input.ts'
import type { IncidentSource, Neighbours, PackageSource } from './package-source.ts'

const DATA = new URL('../../data/', import.meta.url)

/** Name of the embedded package in its datapackage.json. */
export const DEMONSTRATION = 'lageskartan-demonstration'

/** Constant, so that publishing again gives the same bytes. */
const RELEASE = '2026-11-03'

/** The town with its nearest surroundings; the municipality reaches ten times as far. */
const TOWN = [20.13, 63.785, 20.42, 63.872] as const

/** Reads data/ and invents the figures: the source of the embedded demonstration package. */
export async function readDemonstration(): Promise<SourceReading> {
  const read = (path: string): Promise<string> => readFile(new URL(path, DATA), 'utf8')
  const regsoCsv = await read('areas/regso.csv')
  const register = readUmeaRegister({ regsoCsv, labelsCsv: await read('areas/labels.csv') })
  const indicatorFile = 'data/indicators/indicators.json'
  const readIndicatorsOf = readIndicators(
    JSON.parse(await read('indicators/indicators.json')),
    indicatorFile,
  )
  if ('findings' in readIndicatorsOf) return { ok: false, findings: readIndicatorsOf.findings }
  const { indicators } = readIndicatorsOf
  const readPlanOf = readPlan(
    JSON.parse(await read('plan/plan.json')),
    'data/plan/plan.json',
    planReferences({ register, indicators }),
  )
  if ('findings' in readPlanOf) return { ok: false, findings: readPlanOf.findings }
  const { plan } = readPlanOf
  const boundaries = JSON.parse(await read('areas/umea-schematic.topojson')) as Topology
  const unclipped = JSON.parse(await read('areas/umea-schematic-unclipped.topojson')) as Topology

  const world = synthesise()
  const findings: Finding[] = []
  const source: PackageSource = {
    name: DEMONSTRATION,
    description:
      'Syntetiska demonstrationsdata för Lägeskartan: påhittade siffror på Umeås riktiga områden, med schematiska gränser. SCB:s och Delmos områdestyp 2022 är den enda riktiga uppgiften.',
    release: {
      id: RELEASE,
      date: RELEASE,
      title: 'Lägeskartan: demonstrationsdata för Umeå',
      synthetic: true,
      sources: [
        { title: 'Lägeskartans generator av syntetiska demonstrationsdata', licence: 'MIT' },
        { title: 'Schematiska gränser, ritade för Lägeskartan', licence: 'MIT' },
        { title: 'SCB/Delmos: RegSO och socioekonomisk områdestyp 2022', licence: 'Öppna data' },
        { title: 'Umeå kommun: UVTS Aktivitetsplan 2024–2026', licence: 'Publicerad plan' },
        {
          title: 'Västerås stad: Sociala insatsgrupper, delrapport 2017',
          licence: 'Publicerad rapport',
        },
      ],
      notes: [
        'Syntetiska demonstrationsdata: alla siffror utom områdestyp är påhittade och säger inget om något område.',
        'Aktivitetsplanen är kommunens egen och inte påhittad.',
        'Individflödet är Västerås publicerade exempel från 2017, inte påhittat och inte Umeås.',
        'Gränserna är schematiska: de är ritade efter namngivna platser och går inte att mäta i.',
      ],
    },
    licences: [{ name: 'MIT', title: 'MIT License', path: 'https://opensource.org/license/mit' }],
    register,
    boundaries,
    neighbours: neighboursOf(unclipped, register),
    indicators,
    tables: [
      ...world.tables.flatMap((table) => tablesOfPlan(table, indicators, register)),
      areaTypes(regsoCsv, register),
    ],
    incidents: incidentsOf(world, indicators, register),
    plan,
    flows: rawFlowsOf(JSON.parse(await read('flows/flows.json'))),
    start: { indicator: 'franvaro_10', level: 'stadsdel', areas: [], bounds: TOWN },
  }
  return { ok: true, source, findings }
}

/** Neighbours per level: areas that share a border in the topology. */
export function neighboursOf(topology: Topology, { levels }: AreaRegister): Neighbours {
  return Object.fromEntries(
    levels.map(({ id: level }) => {
      const { geometries } = topology.objects[level] as GeometryCollection
      const adjacent = neighbors(geometries)
      return [
        level,
        Object.fromEntries(
          geometries.map(({ id }, index) => [
            String(id),
            adjacent[index]!.map((other) => String(geometries[other]!.id)),
          ]),
        ),
      ]
    }),
  )
}

/** A table at its own level and summed to the coarser levels of its indicator's plan, with both sexes together. */
export function tablesOfPlan(
  finest: RawTable,
  indicators: readonly Indicator[],
  register: AreaRegister,
): RawTable[] {
  const indicator = indicators.find(({ id }) => id === finest.indicator)
  if (!indicator) throw new RangeError(`A table of the unknown indicator "${finest.indicator}"`)
  const table = indicator.plan.bySex ? aggregateSexes(finest) : finest
  return indicator.plan.levels.map((level) =>
    level === table.level ? table : sumToLevel(table, level, register),
  )
}

function sumToLevel(table: RawTable, level: LevelId, register: AreaRegister): RawTable {
  const byId = new Map(register.areas.map((area) => [area.id, area]))
  const containers = new Map<AreaId, AreaId>()
  for (const id of table.areas) {
    let area = byId.get(id)
    while (area && area.level !== level)
      area = area.parent === null ? undefined : byId.get(area.parent)
    if (area) containers.set(id, area.id)
  }
  const areas = areasAtLevel(register, level).map(({ id }) => id)
  return aggregateAreas(table, containers, areas, level)
}

/** SCB's and Delmos' socio-economic area type 2022, the one real indicator. */
function areaTypes(regsoCsv: string, register: AreaRegister): RawTable {
  const byCode = new Map(csvParse(regsoCsv).map((row) => [row.code, Number(row.area_type_2022)]))
  const areas = areasAtLevel(register, 'regso').map(({ id }) => id)
  const numerator = Float64Array.from(areas, (area) => byCode.get(area) ?? NaN)
  return {
    indicator: 'omradestyp',
    level: 'regso',
    sexes: ['T'],
    periods: ['2022'],
    areas,
    status: Uint8Array.from(numerator, (type) =>
      Number.isInteger(type) ? STATUS_VALUE : STATUS_NOT_COLLECTED,
    ),
    numerator,
    denominator: new Float64Array(areas.length).fill(NaN),
  }
}

/**
 * Incidents as counts by month: of the categories whose indicator is published by month, so that nothing is
 * released beside the publication plan, and out of the indicators' own tables, so that gaps are the same in both.
 */
function incidentsOf(
  world: SyntheticWorld,
  indicators: readonly Indicator[],
  register: AreaRegister,
): IncidentSource {
  const planned = new Map(indicators.map((indicator) => [indicator.id, indicator]))
  const categories = world.incidentCategories.filter(
    ({ id }) => planned.get(id)?.plan.periodChain[0] === 'month',
  )
  const byIndicator = new Map(world.tables.map((table) => [table.indicator, table]))
  const policyByCategory = new Map(categories.map(({ id }) => [id, planned.get(id)!.policy]))
  const months = byIndicator.get(categories[0]!.id)!.periods
  const counts = register.levels.map(({ id: level }): RawIncidentCounts => {
    const areas = areasAtLevel(register, level).map(({ id }) => id)
    const count = new Float64Array(categories.length * months.length * areas.length).fill(NaN)
    categories.forEach(({ id }, category) => {
      if (!planned.get(id)!.plan.levels.includes(level)) return
      const table = tablesOfPlan(byIndicator.get(id)!, indicators, register).find(
        (candidate) => candidate.level === level,
      )!
      table.numerator.forEach((value, cell) => {
        if (table.status[cell] === STATUS_VALUE)
          count[category * months.length * areas.length + cell] = value
      })
    })
    return { level, categories: categories.map(({ id }) => id), periods: months, areas, count }
  })
  const byHexagon = new Set(categories.filter(({ hexagons }) => hexagons).map(({ id }) => id))
  const { counts: hexagons, outlines } = countHexagons(
    world.incidents
      .filter(({ category }) => byHexagon.has(category))
      .map((incident) => ({ ...incident, year: incident.day.slice(0, 4) })),
  )
  return {
    categories,
    policyByCategory,
    counts,
    hexagons,
    outlines,
    minimumCount: MINIMUM_PER_HEXAGON,
  }
}
