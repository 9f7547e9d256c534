import type { Area } from '../../src/core/area.ts'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import { disclose, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { DisclosurePolicy, Indicator, Sex } from '../../src/core/indicator.ts'
import { cellCount, type RawTable } from '../../src/core/observation.ts'
import type { PeriodCode } from '../../src/core/period.ts'
import type { PackageIndex } from '../../src/core/release.ts'

/** A small package: one municipality of two districts of three parts each. */

export const PERSON_POLICY: DisclosurePolicy = {
  kind: 'person',
  threshold: 5,
  complement: false,
  minimumDenominator: 30,
  minimumRespondents: 0,
  zeros: 'may-be-hidden',
}

export const PLACE_POLICY: DisclosurePolicy = {
  ...PERSON_POLICY,
  kind: 'place',
  threshold: 0,
  minimumDenominator: 0,
}

const area = (id: string, level: string, parent: string | null): Area => ({
  id,
  level,
  name: `Område ${id}`,
  parent,
})

export const AREAS: readonly Area[] = [
  area('2480', 'kommun', null),
  area('2480-alidhem', 'stadsdel', '2480'),
  area('2480-teg', 'stadsdel', '2480'),
  ...[1, 2, 3].map((number) => area(`2480R00${number}`, 'regso', '2480-alidhem')),
  ...[4, 5, 6].map((number) => area(`2480R00${number}`, 'regso', '2480-teg')),
]

export const areasOf = (level: string): string[] =>
  AREAS.filter((candidate) => candidate.level === level).map(({ id }) => id)

export function indicator(id: string, changes: Partial<Indicator> = {}): Indicator {
  return {
    id,
    name: `Indikator ${id}`,
    class: 'root-cause',
    measure: 'share',
    per: 100,
    unit: '%',
    denominatorName: 'befolkning',
    polarity: 'lower-better',
    definition: '',
    source: '',
    frequency: '',
    caveats: [],
    focusProblems: [],
    plan: {
      levels: ['kommun', 'stadsdel', 'regso'],
      periodChain: ['month', 'quarter', 'year'],
      bySex: true,
    },
    policy: PERSON_POLICY,
    periodAggregation: 'sum',
    designEffect: 1,
    synthetic: true,
    ...changes,
  }
}

export const SHARE = indicator('share')
export const COUNT = indicator('count', { measure: 'count', denominatorName: null, per: 1 })

export const INDEX: Pick<PackageIndex, 'register' | 'indicators' | 'incidents'> = {
  register: {
    levels: [],
    areas: AREAS,
    boundaryVersion: { id: 'test', name: '', schematic: true, source: '', licence: '' },
  },
  indicators: [SHARE, COUNT],
  incidents: {
    categories: [
      { id: 'graffiti', name: 'Klotter', hexagons: true },
      { id: 'fire', name: 'Brand', hexagons: true },
      { id: 'theft', name: 'Stöld', hexagons: false },
    ],
    counts: [],
    hexagons: null,
    hexagonOutlines: null,
    minimumCount: 5,
  },
}

/** Reproducible pseudo-random numbers in [0, 1): mulberry32, Tommy Ettinger, public domain. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** A table through the gate, with every kind of status in it. */
export function disclosedTable(
  definition: Indicator,
  level: string,
  seed: number,
  periods: readonly PeriodCode[],
  sexes: readonly Sex[] = ['T', 'K', 'M'],
  areas: readonly string[] = areasOf(level),
): DisclosedTable {
  const random = randomSource(seed)
  const axes = { sexes, periods, areas }
  const size = cellCount(axes)
  const raw: RawTable = {
    ...axes,
    indicator: definition.id,
    level,
    status: Uint8Array.from({ length: size }, () => {
      const draw = random()
      if (draw < 0.1) return STATUS_NOT_COLLECTED
      return draw < 0.2 ? STATUS_HIDDEN_AT_SOURCE : STATUS_VALUE
    }),
    numerator: Float64Array.from({ length: size }, () => Math.floor(random() * 20)),
    denominator: Float64Array.from({ length: size }, () =>
      definition.measure === 'count' ? NaN : 25 + Math.floor(random() * 500),
    ),
  }
  return disclose(raw, definition, 'test')
}
