import {
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import type { Indicator, Measure, Sex } from '../../src/core/indicator.ts'
import { cellCount, type RawTable, type TableAxes } from '../../src/core/observation.ts'
import type { Random } from '../synthesise/random.ts'

export const LEVEL = 'regso'

export const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)]!

export const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1))

/** An indicator with some policy; every rule is sometimes on. */
export function randomIndicator(random: Random, id = 'indikator'): Indicator {
  const measure = pick<Measure>(random, ['share', 'rate', 'count', 'survey'])
  return {
    id,
    name: 'Indikator',
    class: 'context',
    measure,
    per: 100,
    unit: '%',
    denominatorName: null,
    polarity: 'neutral',
    definition: '',
    source: '',
    frequency: '',
    caveats: [],
    focusProblems: [],
    plan: { levels: [LEVEL], periodChain: ['year'], bySex: true },
    policy: {
      kind: pick(random, ['person', 'survey', 'place', 'public-at-source'] as const),
      threshold: pick(random, [0, 5, 10]),
      complement: measure === 'share' && random() < 0.5,
      minimumDenominator: pick(random, [0, 30]),
      minimumRespondents: measure === 'survey' ? pick(random, [0, 30]) : 0,
      zeros: pick(random, ['shown', 'may-be-hidden'] as const),
    },
    periodAggregation: 'sum',
    designEffect: 1,
    synthetic: true,
  }
}

/** Axes of one to three sexes, one to four years and some areas. */
export function randomAxes(random: Random, areas: readonly string[]): TableAxes {
  return {
    sexes: pick<readonly Sex[]>(random, [['T'], ['K', 'M'], ['T', 'K', 'M']]),
    periods: ['2021', '2022', '2023', '2024'].slice(upTo(random, 3)),
    areas,
  }
}

/** Raw figures, small ones often, with every reason for a missing one. */
export function randomRaw(
  random: Random,
  axes: TableAxes,
  { id, measure }: Pick<Indicator, 'id' | 'measure'>,
): RawTable {
  const size = cellCount(axes)
  const table: RawTable = {
    ...axes,
    indicator: id,
    level: LEVEL,
    status: new Uint8Array(size),
    numerator: new Float64Array(size).fill(NaN),
    denominator: new Float64Array(size).fill(NaN),
  }
  for (let cell = 0; cell < size; cell++) {
    const status =
      random() < 0.8
        ? STATUS_VALUE
        : pick(random, [
            STATUS_HIDDEN_AT_SOURCE,
            STATUS_NOT_COLLECTED,
            STATUS_NO_POPULATION,
            STATUS_INCOMPLETE,
          ])
    table.status[cell] = status
    if (status !== STATUS_VALUE) continue
    const count = upTo(random, random() < 0.5 ? 12 : 400)
    table.numerator[cell] = count
    if (measure === 'count') continue
    table.denominator[cell] =
      measure === 'rate' ? 1 + upTo(random, 900) : count + 1 + upTo(random, 90)
  }
  return table
}
