import { STATUS_VALUE } from '../../src/core/cell.ts'
import type { JointTable } from '../../src/core/disclosure/joint-table.ts'
import type { DisclosurePolicy, Indicator } from '../../src/core/indicator.ts'
import { mulberry } from '../../src/core/random.ts'
import { cellIndex } from '../../src/core/observation.ts'

export interface TableShape {
  readonly areas: number
  /** Areas of a level between; 0 for none. */
  readonly groups: number
  readonly years: number
  readonly bySex: boolean
  /** Mean count of a leaf; areas differ about ninefold in size. */
  readonly mean: number
  readonly seed: number
}

export const COUNT_POLICY: DisclosurePolicy = {
  ...{ kind: 'person', threshold: 5, complement: false },
  ...{ minimumDenominator: 0, minimumRespondents: 0, zeros: 'may-be-hidden' },
}

/** 40 areas × 2 sexes × 4 quarters with totals: the table that methods of disclosure control are compared on. */
export const COMPARED: Omit<TableShape, 'groups' | 'seed'> = {
  ...{ areas: 40, years: 1, bySex: true, mean: 14 },
}

/** A made-up table of counts by quarter and year with all its totals. The same shape gives the same counts. */
export function madeTable(shape: TableShape, policy = COUNT_POLICY): JointTable {
  const { groups, bySex, years, mean } = shape
  const random = mulberry(shape.seed)
  const areas = ['whole']
  const parentArea = [-1]
  const add = (name: string, parent: number): void => {
    areas.push(name)
    parentArea.push(parent)
  }
  for (let group = 0; group < groups; group++) add(`group ${group}`, 0)
  for (let area = 0; area < shape.areas; area++)
    add(`area ${area}`, groups > 0 ? 1 + (area % groups) : 0)
  const periods: string[] = []
  const parentPeriod: number[] = []
  for (let year = 0; year < years; year++) {
    const at = periods.push(String(2018 + year)) - 1
    parentPeriod.push(-1)
    for (let quarter = 1; quarter <= 4; quarter++) {
      periods.push(`${2018 + year}-K${quarter}`)
      parentPeriod.push(at)
    }
  }
  const sexes = bySex ? (['T', 'K', 'M'] as const) : (['T'] as const)
  const axes = { sexes, periods, areas }
  const size = sexes.length * periods.length * areas.length
  const numerator = new Float64Array(size)
  for (let area = 1 + groups; area < areas.length; area++) {
    const own = mean * Math.exp((random() - 0.5) * 2.2)
    for (let period = 0; period < periods.length; period++) {
      const year = parentPeriod[period]!
      if (year < 0) continue
      for (let sex = bySex ? 1 : 0; sex < sexes.length; sex++) {
        const count = poisson(own * (0.7 + 0.6 * random()), random)
        for (const total of bySex ? [0, sex] : [0])
          for (const time of [period, year])
            for (let place = area; place >= 0; place = parentArea[place]!)
              numerator[cellIndex(axes, total, time, place)]! += count
      }
    }
  }
  const plan = { levels: [], periodChain: ['quarter', 'year'], bySex } as const
  const indicator: Indicator = {
    ...{ id: 'made', name: 'Påhittat antal', class: 'unwanted-event', measure: 'count', per: 1 },
    ...{ unit: 'antal', denominatorName: null, polarity: 'neutral', definition: '', source: '' },
    ...{ frequency: '', caveats: [], focusProblems: [], plan, policy },
    ...{ periodAggregation: 'sum', designEffect: 1, synthetic: true },
  }
  return {
    ...axes,
    indicator,
    parentArea: Int32Array.from(parentArea),
    parentPeriod: Int32Array.from(parentPeriod),
    status: new Uint8Array(size).fill(STATUS_VALUE),
    numerator,
    denominator: new Float64Array(size).fill(NaN),
    knownEarlier: null,
  }
}

/** Knuth's way; the means here are small. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean)
  let count = -1
  for (let product = 1; product > limit; product *= random()) count++
  return count
}
