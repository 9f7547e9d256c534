import type { AreaRegister } from '../../src/core/area.ts'
import {
  beforeAfter,
  sideOf,
  type BeforeAfterOutcome,
  type BeforeAfterQuestion,
} from '../../src/core/before-after.ts'
import { STATUS_VALUE } from '../../src/core/cell.ts'
import { discloseJointly, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import { cellIndex, type RawTable } from '../../src/core/observation.ts'
import { periodsBetween, type PeriodCode } from '../../src/core/period.ts'
import { samplesOf } from '../../src/core/released-slice.ts'
import { binomial, normal, poisson } from '../synthesise/distributions.ts'
import { randomStream, type Random } from '../synthesise/random.ts'
import { pick } from './random-table.ts'

/** What a world's figures are, and how far they part from what they would be without the work. */
export interface BeforeAfterWorld {
  readonly indicator: Indicator
  readonly table: DisclosedTable
  readonly introduction: PeriodCode
  readonly area: string
  readonly others: readonly string[]
  /** On the scale that changes are compared on: a logarithm for rates and counts, otherwise the indicator's unit. */
  readonly truth: number
}

const AREAS = 24
const WHOLE = 'hela'
const LEVEL = 'regso'
const INTRODUCTION = '2023-02'
const SEASON = [0.15, -0.1, -0.2, 0.15]
/** How much of what sets an area apart remains from one year to the next, and how much is new. */
const REMAINS = 0.6

const register: AreaRegister = {
  levels: [
    { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
    { id: LEVEL, singular: 'område', plural: 'områden', rank: 1 },
  ],
  areas: [
    { id: WHOLE, level: 'kommun', name: WHOLE, parent: null },
    ...Array.from({ length: AREAS }, (_, number) => {
      const id = `område-${number}`
      return { id, level: LEVEL, name: id, parent: WHOLE }
    }),
  ],
  boundaryVersion: { id: '1', name: '', schematic: true, source: '', licence: '' },
}

function indicatorOf(measure: 'rate' | 'count' | 'share' | 'survey'): Indicator {
  return {
    ...{ id: 'prov', name: 'Prov', class: 'unwanted-event', measure, unit: '', definition: '' },
    per: measure === 'count' ? 1 : measure === 'rate' ? 1000 : 100,
    ...{ denominatorName: null, polarity: 'lower-better', source: '', frequency: '', caveats: [] },
    focusProblems: [],
    plan: {
      levels: ['kommun', LEVEL],
      periodChain: [measure === 'rate' || measure === 'count' ? 'quarter' : 'year'],
      bySex: false,
    },
    policy: {
      ...{ kind: 'person', threshold: 5, complement: false, minimumDenominator: 30 },
      ...{ minimumRespondents: 0, zeros: 'shown' },
    },
    ...{ periodAggregation: 'sum', designEffect: 1, synthetic: true },
  }
}

/**
 * Areas of many sizes and levels that follow one wave and their own ways besides, which last from year to year and
 * from quarter to quarter; counts with chance in them, small ones hidden by the gate; one of the areas changes at the
 * start by what is planted.
 * @param planted false: nothing is
 */
export function beforeAfterWorld(seed: number, planted: boolean): BeforeAfterWorld {
  const random = randomStream(seed, 'before-after')
  const indicator = indicatorOf(pick(random, ['rate', 'count', 'share', 'survey'] as const))
  const isEvents = indicator.measure === 'rate' || indicator.measure === 'count'
  const kind = isEvents ? 'quarter' : 'year'
  const after = isEvents ? 1 + Math.floor(random() * 2) : 2 + Math.floor(random() * 2)
  const periods = periodsBetween(
    kind,
    String(2023 - 3 - Math.floor(random() * 3)),
    String(2023 + after),
  )
  const perYear = isEvents ? 4 : 1
  const effect = planted ? (random() - 0.5) * 1.4 : 0
  const apart = pick(random, [0.05, 0.12, 0.25])
  const wave = walk(random, periods.length, 0.1, 0.8)
  const treated = Math.floor(random() * AREAS)
  const raw = emptyTable(indicator, LEVEL, periods)
  let [withWork, without, people] = [0, 0, 0]
  for (let area = 0; area < AREAS; area++) {
    const base = Math.round((isEvents ? 1500 : 200) * Math.exp(normal(random) * 0.5))
    const level = isEvents ? Math.log(40 / perYear / 1000) : Math.log(0.25)
    const own = level + 0.4 * normal(random)
    const ways = walk(random, periods.length, apart, REMAINS ** (1 / perYear))
    periods.forEach((period, place) => {
      const isAfter = sideOf(period, INTRODUCTION, null) === 'after'
      const plain = own + wave[place]! + ways[place]! + (isEvents ? SEASON[place % 4]! : 0)
      const changed = plain + (area === treated && isAfter ? effect : 0)
      const cell = cellIndex(raw, 0, place, area)
      raw.status[cell] = STATUS_VALUE
      raw.denominator[cell] = base
      raw.numerator[cell] = isEvents
        ? poisson(random, base * Math.exp(changed))
        : binomial(random, base, share(changed))
      if (area !== treated || !isAfter) return
      withWork += base * share(changed)
      without += base * share(plain)
      people += base
    })
  }
  const table = discloseJointly([wholeOf(raw, indicator), raw], indicator, register, 'prov', {
    method: 'moves',
    solver: null,
  }).tables[1]!
  const ids = [...raw.areas]
  return {
    ...{ indicator, table, introduction: INTRODUCTION, area: ids[treated]! },
    others: ids.filter((_, area) => area !== treated),
    truth: isEvents ? effect : (indicator.per * (withWork - without)) / people,
  }
}

/** @param periods those of the table that are looked at */
export function askWorld(
  { indicator, table, introduction, area, others }: BeforeAfterWorld,
  periods: readonly PeriodCode[] = table.periods,
): BeforeAfterOutcome {
  const question: BeforeAfterQuestion = {
    ...{ indicator, periods, introduction, end: null, area, others, mostOthers: 12 },
    sampleOf: samplesOf(table, 'T'),
  }
  return beforeAfter(question)
}

const share = (logit: number): number => 1 / (1 + Math.exp(-logit))

/** A stationary walk: how far it strays, and how much of it remains from step to step. */
function walk(random: Random, length: number, spread: number, remains: number): number[] {
  let at = spread * normal(random)
  return Array.from({ length }, () => {
    const now = at
    at = remains * at + spread * Math.sqrt(1 - remains ** 2) * normal(random)
    return now
  })
}

function emptyTable({ id }: Indicator, level: string, periods: readonly PeriodCode[]): RawTable {
  const areas = register.areas.filter((area) => area.level === level).map((area) => area.id)
  const size = areas.length * periods.length
  return {
    ...{ indicator: id, level, sexes: ['T'], periods, areas, status: new Uint8Array(size) },
    numerator: new Float64Array(size).fill(NaN),
    denominator: new Float64Array(size).fill(NaN),
  }
}

function wholeOf(raw: RawTable, indicator: Indicator): RawTable {
  const whole = emptyTable(indicator, 'kommun', raw.periods)
  whole.numerator.fill(0)
  whole.denominator.fill(0)
  raw.numerator.forEach((count, cell) => {
    const period = Math.floor(cell / raw.areas.length)
    whole.numerator[period]! += count
    whole.denominator[period]! += raw.denominator[cell]!
  })
  return whole
}
