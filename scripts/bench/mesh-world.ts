import { Delaunay } from 'd3'
import type { FeatureCollection, Polygon } from 'geojson'
import { mergeArcs } from 'topojson-client'
import { topology } from 'topojson-server'
import type { GeometryCollection } from 'topojson-specification'
import { aggregateAreas } from '../../src/core/aggregate.ts'
import type { Area, AreaRegister } from '../../src/core/area.ts'
import { STATUS_VALUE } from '../../src/core/cell.ts'
import type { DisclosurePolicy, Indicator, Measure } from '../../src/core/indicator.ts'
import { cellCount, type RawTable } from '../../src/core/observation.ts'
import { periodsBetween } from '../../src/core/period.ts'
import { neighboursOf } from '../publish/demonstration.ts'
import type { PackageSource } from '../publish/package-source.ts'
import { binomial, normal, poisson } from '../synthesise/distributions.ts'
import { randomStream } from '../synthesise/random.ts'

/** As many areas as Sweden has DeSO: the most that one level is expected to hold. */
export const MESH_AREAS = 6160
export const MESH_LEVEL = 'ruta'
const WHOLE_LEVEL = 'kommun'
const WHOLE = 'hela'
const SEED = 6160
const COLUMNS = 88
const PERIODS = periodsBetween('year', '2018', '2025')
/** [west, south, east, north] in degrees. */
const FRAME = [19.6, 63.5, 21.0, 64.3] as const
const QUANTIZATION = 1e5

const PERSONS: DisclosurePolicy = {
  kind: 'person',
  threshold: 5,
  complement: false,
  minimumDenominator: 30,
  minimumRespondents: 0,
  zeros: 'may-be-hidden',
}
const AT_SOURCE: DisclosurePolicy = {
  ...PERSONS,
  kind: 'public-at-source',
  threshold: 0,
  minimumDenominator: 0,
  zeros: 'shown',
}

/** The three measures that people ask for, by their identifiers in the package. */
export const MESH_INDICATORS = ['andel', 'tal', 'antal'] as const
type MeshIndicator = (typeof MESH_INDICATORS)[number]

const MEASURES: Readonly<Record<MeshIndicator, Measure>> = {
  andel: 'share',
  tal: 'rate',
  antal: 'count',
}

/**
 * A municipality of thousands of areas: Voronoi cells of a jittered grid, three indicators over eight years. The
 * share has some hundred hidden cells a year. The same bytes every time.
 */
export const meshWorld = (): PackageSource => meshPackage(COLUMNS, MESH_AREAS / COLUMNS)

/** The same with so many columns and rows of areas. */
export function meshPackage(columns: number, rows: number): PackageSource {
  const shape = meshBoundaries(columns, rows)
  const areas = shape.features.map(({ id }, index): Area => ({
    id: String(id),
    level: MESH_LEVEL,
    name: `Ruta ${index + 1}`,
    parent: WHOLE,
  }))
  const register: AreaRegister = {
    levels: [
      { id: WHOLE_LEVEL, singular: 'kommun', plural: 'kommuner', rank: 0 },
      { id: MESH_LEVEL, singular: 'ruta', plural: 'rutor', rank: 1 },
    ],
    areas: [{ id: WHOLE, level: WHOLE_LEVEL, name: 'Hela kommunen', parent: null }, ...areas],
    boundaryVersion: {
      id: 'mesh',
      name: 'Rutnät för mätning',
      schematic: true,
      source: 'scripts/bench/mesh-world.ts',
      licence: 'MIT',
    },
  }
  const boundaries = topology({ [MESH_LEVEL]: shape }, QUANTIZATION)
  const { geometries } = boundaries.objects[MESH_LEVEL] as GeometryCollection
  boundaries.objects[WHOLE_LEVEL] = {
    type: 'GeometryCollection',
    geometries: [
      { ...mergeArcs(boundaries, geometries as Parameters<typeof mergeArcs>[1]), id: WHOLE },
    ],
  }
  const indicators = MESH_INDICATORS.map(meshIndicator)
  const parents = new Map(areas.map(({ id }) => [id, WHOLE]))
  return {
    name: 'matning-rutnat',
    description: 'Påhittade siffror på ett påhittat rutnät, för mätning av appens snabbhet.',
    release: {
      id: '2026-01-01',
      date: '2026-01-01',
      title: 'Rutnät för mätning',
      synthetic: true,
      sources: [{ title: 'scripts/bench/mesh-world.ts', licence: 'MIT' }],
      notes: [],
    },
    licences: [],
    register,
    boundaries,
    neighbours: neighboursOf(boundaries, register),
    indicators,
    tables: indicators.flatMap((indicator) => {
      const table = meshTable(
        indicator,
        areas.map(({ id }) => id),
      )
      return [aggregateAreas(table, parents, [WHOLE], WHOLE_LEVEL), table]
    }),
    incidents: null,
    plan: null,
    flows: [],
    start: { indicator: 'andel', level: MESH_LEVEL, areas: [], bounds: [...FRAME] },
  }
}

/** Voronoi cells of a grid whose points have been moved by up to 0.35 of the grid's step. */
export function meshBoundaries(columns: number, rows: number): FeatureCollection<Polygon> {
  const random = randomStream(SEED, 'mesh')
  const [west, south, east, north] = FRAME
  const points: [number, number][] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      points.push([
        west + ((column + 0.5 + 0.7 * (random() - 0.5)) / columns) * (east - west),
        south + ((row + 0.5 + 0.7 * (random() - 0.5)) / rows) * (north - south),
      ])
  const cells = Delaunay.from(points).voronoi([...FRAME])
  return {
    type: 'FeatureCollection',
    features: points.map((_, index) => ({
      type: 'Feature',
      id: `R${String(index + 1).padStart(4, '0')}`,
      properties: {},
      geometry: { type: 'Polygon', coordinates: [cells.cellPolygon(index)] },
    })),
  }
}

function meshIndicator(id: MeshIndicator): Indicator {
  const measure = MEASURES[id]
  return {
    id,
    name: { andel: 'Andel, påhittad', tal: 'Tal, påhittat', antal: 'Antal, påhittat' }[id],
    class: 'context',
    measure,
    per: { andel: 100, tal: 1000, antal: 1 }[id],
    unit: { andel: '%', tal: 'per 1 000', antal: 'antal' }[id],
    denominatorName: measure === 'count' ? null : 'invånare',
    polarity: 'neutral',
    definition: 'Påhittad, för mätning.',
    source: 'Påhittad',
    frequency: 'År',
    caveats: [],
    focusProblems: [],
    plan: { levels: [WHOLE_LEVEL, MESH_LEVEL], periodChain: ['year'], bySex: false },
    policy: measure === 'share' ? PERSONS : AT_SOURCE,
    periodAggregation: 'mean',
    designEffect: 1,
    synthetic: true,
  }
}

function meshTable({ id, measure }: Indicator, areas: readonly string[]): RawTable {
  const axes = { sexes: ['T'] as const, periods: PERIODS, areas }
  const size = cellCount(axes)
  const random = randomStream(SEED, 'figures', id)
  const people = areas.map(() => Math.round(900 * Math.exp(0.8 * normal(random))) + 20)
  const level = areas.map(() => Math.exp(0.4 * normal(random)))
  const table: RawTable = {
    ...axes,
    indicator: id,
    level: MESH_LEVEL,
    status: new Uint8Array(size).fill(STATUS_VALUE),
    numerator: new Float64Array(size),
    denominator: new Float64Array(size).fill(NaN),
  }
  for (let cell = 0; cell < size; cell++) {
    const area = cell % areas.length
    const trend = 1 + 0.03 * Math.floor(cell / areas.length)
    const base = people[area]!
    table.numerator[cell] =
      measure === 'share'
        ? binomial(random, base, Math.min(0.9, 0.06 * level[area]! * trend))
        : poisson(random, 0.02 * base * level[area]! * trend)
    if (measure !== 'count') table.denominator[cell] = base
  }
  return table
}
