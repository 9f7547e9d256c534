import { STATUS_VALUE } from '../../src/core/cell.ts'
import type { AreaRegister } from '../../src/core/area.ts'
import type { GivenObservation } from '../../src/core/disclosure/build-joint-table.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import {
  READ_SEXES,
  READ_VALUE,
  READING_STATUSES,
  type ReadingStatus,
  type Readings,
} from '../../src/files/tables/readings.ts'

/** The register of `smallSource` with a third area: a municipality of three. */
export const REGISTER: AreaRegister = {
  levels: [
    { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
    { id: 'stadsdel', singular: 'område', plural: 'områden', rank: 1 },
  ],
  areas: [
    { id: 'hela', level: 'kommun', name: 'Hela', parent: null },
    ...['a', 'b', 'c'].map((id) => ({ id, level: 'stadsdel', name: id, parent: 'hela' })),
  ],
  boundaryVersion: { id: 'prov', name: 'Prov', schematic: true, source: '', licence: '' },
}

export const QUARTERS = ['2024-K1', '2024-K2', '2024-K3', '2024-K4'] as const

export function importedIndicator(changes: Partial<Indicator> = {}): Indicator {
  return {
    ...{ id: 'egen', name: 'Egen', class: 'context', measure: 'count', per: 1, unit: 'antal' },
    ...{ denominatorName: null, polarity: 'neutral', definition: 'Ett prov.', source: 'Prov' },
    ...{ frequency: 'Kvartal', caveats: [], focusProblems: [] },
    plan: {
      levels: ['kommun', 'stadsdel'],
      periodChain: ['month', 'quarter', 'year'],
      bySex: true,
    },
    policy: {
      ...{ kind: 'person', threshold: 5, complement: false, minimumDenominator: 0 },
      ...{ minimumRespondents: 0, zeros: 'may-be-hidden' },
    },
    ...{ periodAggregation: 'sum', designEffect: 1, synthetic: true },
    ...changes,
  }
}

/** Counts by area and quarter, quarter by quarter. */
export function quarterly(
  counts: readonly number[],
  areas: readonly string[] = ['a', 'b', 'c'],
  denominator = NaN,
): GivenObservation[] {
  return counts.map((numerator, at) => ({
    ...{ row: at + 2, file: 'egen.csv', sex: 'T', status: STATUS_VALUE, units: NaN },
    area: areas[at % areas.length]!,
    period: QUARTERS[Math.floor(at / areas.length)]!,
    ...{ numerator, denominator },
  }))
}

interface GivenReading {
  readonly area: string
  readonly period?: string
  readonly status?: ReadingStatus
  readonly numerator?: number
  readonly denominator?: number
  readonly value?: number
  readonly respondents?: number
  readonly age?: string | null
  readonly measure?: string | null
}

/** Readings as a table's reader gives them. */
export function readingsOf(given: readonly GivenReading[]): Readings {
  const column = (field: 'numerator' | 'denominator' | 'value' | 'respondents'): Float64Array =>
    Float64Array.from(given, (one) => one[field] ?? NaN)
  const listed = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)]
  const areas = listed(given.map(({ area }) => area))
  const periods = listed(given.map(({ period = '2024' }) => period))
  const ages = listed(given.map(({ age = null }) => age))
  const measures = listed(given.map(({ measure = null }) => measure))
  return {
    ...{ count: given.length, areas, periods, ages, measures },
    row: Uint32Array.from(given, (_, at) => at + 2),
    area: Uint32Array.from(given, ({ area }) => areas.indexOf(area)),
    period: Uint32Array.from(given, ({ period = '2024' }) => periods.indexOf(period)),
    sex: new Uint8Array(given.length).fill(READ_SEXES.indexOf('T')),
    age: Uint32Array.from(given, ({ age = null }) => ages.indexOf(age)),
    measure: Uint32Array.from(given, ({ measure = null }) => measures.indexOf(measure)),
    numerator: column('numerator'),
    denominator: column('denominator'),
    value: column('value'),
    respondents: column('respondents'),
    margin: new Float64Array(given.length).fill(NaN),
    units: new Float64Array(given.length).fill(NaN),
    status: Uint8Array.from(given, ({ status }) =>
      status ? READING_STATUSES.indexOf(status) : READ_VALUE,
    ),
    reason: new Uint8Array(given.length),
  }
}
