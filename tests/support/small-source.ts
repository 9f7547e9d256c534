import type { Topology } from 'topojson-specification'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_VALUE } from '../../src/core/cell.ts'
import type { DisclosurePolicy, Indicator } from '../../src/core/indicator.ts'
import type { RawTable } from '../../src/core/observation.ts'
import type { PackageSource } from '../../scripts/publish/package-source.ts'

/** A count and a base that stand nowhere else in the package, so that a leak is seen. */
export const SUPPRESSED = { count: 3, base: 7919 } as const

const policy: DisclosurePolicy = {
  kind: 'person',
  threshold: 5,
  complement: false,
  minimumDenominator: 30,
  minimumRespondents: 0,
  zeros: 'may-be-hidden',
}

const indicator: Indicator = {
  id: 'prov',
  name: 'Prov',
  class: 'context',
  measure: 'share',
  per: 100,
  unit: '%',
  denominatorName: 'invånare',
  polarity: 'neutral',
  definition: 'Ett prov.',
  source: 'Prov',
  frequency: 'Månad',
  caveats: [],
  focusProblems: [],
  plan: { levels: ['kommun', 'stadsdel'], periodChain: ['month', 'quarter', 'year'], bySex: false },
  policy,
  periodAggregation: 'sum',
  designEffect: 1,
  synthetic: true,
}

const months = ['2024-01', '2024-02', '2024-03']

function table(level: string, areas: readonly string[], count: number, base: number): RawTable {
  const size = months.length * areas.length
  return {
    indicator: 'prov',
    level,
    sexes: ['T'],
    periods: months,
    areas,
    status: new Uint8Array(size).fill(STATUS_VALUE),
    numerator: new Float64Array(size).fill(count),
    denominator: new Float64Array(size).fill(base),
  }
}

/** A municipality of two areas, one indicator, one category of incidents; one cell is too small, one hidden at source. */
export function smallSource(): PackageSource {
  const districts = table('stadsdel', ['a', 'b'], 40, 500)
  districts.numerator[0] = SUPPRESSED.count
  districts.denominator[0] = SUPPRESSED.base
  districts.status[1] = STATUS_HIDDEN_AT_SOURCE
  districts.numerator[1] = NaN
  districts.denominator[1] = NaN
  const square = (id: string, arcs: number[][]) => ({ type: 'Polygon' as const, id, arcs })
  const boundaries: Topology = {
    type: 'Topology',
    arcs: [
      [
        [20.1, 63.8],
        [20.1, 63.9],
      ],
      [
        [20.1, 63.9],
        [20, 63.9],
        [20, 63.8],
        [20.1, 63.8],
      ],
      [
        [20.1, 63.9],
        [20.2, 63.9],
        [20.2, 63.8],
        [20.1, 63.8],
      ],
    ],
    objects: {
      kommun: { type: 'GeometryCollection', geometries: [square('hela', [[1, -3]])] },
      stadsdel: {
        type: 'GeometryCollection',
        geometries: [square('a', [[0, 1]]), square('b', [[-1, -3]])],
      },
    },
  }
  return {
    name: 'prov',
    description: 'Ett prov.',
    release: {
      id: '2024-05-01',
      date: '2024-05-01',
      title: 'Prov',
      synthetic: true,
      sources: [{ title: 'Prov', licence: 'MIT' }],
      notes: [],
    },
    licences: [],
    register: {
      levels: [
        { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
        { id: 'stadsdel', singular: 'område', plural: 'områden', rank: 1 },
      ],
      areas: [
        { id: 'hela', level: 'kommun', name: 'Hela', parent: null },
        { id: 'a', level: 'stadsdel', name: 'A-dalen', parent: 'hela' },
        { id: 'b', level: 'stadsdel', name: 'B-berget', parent: 'hela' },
      ],
      boundaryVersion: { id: 'prov', name: 'Prov', schematic: true, source: '', licence: 'MIT' },
    },
    boundaries,
    neighbours: { kommun: { hela: [] }, stadsdel: { a: ['b'], b: ['a'] } },
    indicators: [indicator],
    tables: [table('kommun', ['hela'], 900, 20_000), districts],
    plan: null,
    flows: [],
    incidents: {
      categories: [{ id: 'klotter', name: 'Klotter', hexagons: true }],
      policyByCategory: new Map([['klotter', { ...policy, kind: 'place', threshold: 0 }]]),
      counts: [
        {
          level: 'stadsdel',
          categories: ['klotter'],
          periods: months,
          areas: ['a', 'b'],
          count: Float64Array.from([0, 1, 2, 8, 9, NaN]),
        },
      ],
      hexagons: [
        { hexagon: '8808a6ad3bfffff', category: 'klotter', period: '2024', count: 6 },
        { hexagon: '8808a6ad39fffff', category: 'klotter', period: '2024', count: 4 },
      ],
      outlines: {
        '8808a6ad3bfffff': [
          [20, 63.8],
          [20.01, 63.8],
          [20.01, 63.81],
        ],
        '8808a6ad39fffff': [
          [20.1, 63.8],
          [20.11, 63.8],
          [20.11, 63.81],
        ],
      },
      minimumCount: 5,
    },
    start: { indicator: 'prov', level: 'stadsdel', areas: ['a'], bounds: [20, 63.8, 20.2, 63.9] },
  }
}
