import { aggregateAreas, aggregatePeriods, aggregateSexes } from '../../../src/core/aggregate.ts'
import { STATUS_NO_POPULATION, STATUS_VALUE } from '../../../src/core/cell.ts'
import { cellIndex, type RawTable } from '../../../src/core/observation.ts'
import { containingPeriod, periodsBetween } from '../../../src/core/period.ts'
import { randomStream, type Random } from '../../synthesise/random.ts'
import { fail, type Check } from '../check.ts'
import { pick, randomRaw, upTo } from '../random-table.ts'

const MONTHS = periodsBetween('month', '2024-01', '2024-12')
const AREAS = ['a', 'b', 'c', 'd', 'e', 'f']
const GROUPS = ['x', 'y', 'z']

export const aggregateTotals: Check = {
  name: 'aggregate',
  claim:
    'totals over areas, sexes and periods are those of a plain count, exist only when all parts do, and come in any order',
  unit: 'tables',
  seed: 20261106,
  count: 8_000,
  batchSize: 500,
  run({ seed, count }) {
    const random = randomStream(seed, 'aggregate')
    let cells = 0
    for (let done = 0; done < count; done++) {
      const periods = MONTHS.slice(0, random() < 0.7 ? 12 : 1 + upTo(random, 11))
      const measure = pick(random, ['share', 'count'] as const)
      const raw = randomRaw(
        random,
        { sexes: ['K', 'M'], periods, areas: AREAS },
        { id: 'i', measure },
      )
      thin(random, raw)
      const parentOf = new Map(AREAS.map((area) => [area, pick(random, GROUPS)]))
      const byGroup = (table: RawTable): RawTable => aggregateAreas(table, parentOf, GROUPS, 'grov')
      const byTime = (table: RawTable): RawTable =>
        aggregatePeriods(table, ['month', 'quarter', 'year'], 'sum')
      const total = byTime(aggregateSexes(byGroup(raw)))
      requireSame(total, byTime(byGroup(aggregateSexes(raw))), 'sexes before areas')
      // Nobody in a month adds nothing to a group, but leaves a hole in that group's year.
      if (!raw.status.includes(STATUS_NO_POPULATION))
        requireSame(total, aggregateSexes(byTime(byGroup(raw))), 'periods before sexes')
      cells += requirePlainCount(total, raw, parentOf)
    }
    return Promise.resolve({ 'totals counted again': cells })
  },
}

/** Makes most tables whole, so that there are totals to look at. */
function thin(random: Random, raw: RawTable): void {
  const share = random() < 0.7 ? 0.03 : 1
  raw.status.forEach((status, cell) => {
    if (status === STATUS_VALUE || random() < share) return
    raw.status[cell] = STATUS_VALUE
    raw.numerator[cell] = upTo(random, 30)
    raw.denominator[cell] = raw.denominator.some(Number.isFinite) ? 30 + upTo(random, 30) : NaN
  })
}

/** Status may differ in reason between orders; value or not, and the figures, may not. */
function requireSame(a: RawTable, b: RawTable, order: string): void {
  a.status.forEach((status, cell) => {
    const isValue = status === STATUS_VALUE
    if (isValue !== (b.status[cell] === STATUS_VALUE))
      fail(`${order}: cell ${cell} is not the same`)
    if (isValue && !near(a.numerator[cell]!, b.numerator[cell]!)) fail(`${order}: cell ${cell}`)
    if (isValue && !near(a.denominator[cell]!, b.denominator[cell]!)) fail(`${order}: cell ${cell}`)
  })
}

const near = (a: number, b: number): boolean =>
  (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))

/** Counts every total again, part by part. @returns how many there were */
function requirePlainCount(
  total: RawTable,
  raw: RawTable,
  parentOf: ReadonlyMap<string, string>,
): number {
  let counted = 0
  total.sexes.forEach((sex, s) =>
    total.periods.forEach((period, p) =>
      total.areas.forEach((group, g) => {
        const months = raw.periods.filter((month) =>
          [month, containingPeriod(month, 'quarter'), containingPeriod(month, 'year')].includes(
            period,
          ),
        )
        const monthsOfPeriod =
          period.length === 7 && !period.includes('K') ? 1 : period.includes('K') ? 3 : 12
        const sexes = sex === 'T' ? ['K', 'M'] : [sex]
        let [events, people, isWhole] = [0, 0, months.length === monthsOfPeriod]
        for (const month of months) {
          let withFigures = 0
          raw.sexes.forEach((one, rs) => {
            if (!sexes.includes(one)) return
            raw.areas.forEach((area, ra) => {
              if (parentOf.get(area) !== group) return
              const cell = cellIndex(raw, rs, raw.periods.indexOf(month), ra)
              if (raw.status[cell] === STATUS_VALUE) {
                withFigures++
                events += raw.numerator[cell]!
                people += raw.denominator[cell]! / monthsOfPeriod
              } else if (raw.status[cell] !== STATUS_NO_POPULATION) isWhole = false
            })
          })
          if (withFigures === 0) isWhole = false
        }
        const cell = cellIndex(total, s, p, g)
        const place = `${sex} ${period} ${group}`
        if ((total.status[cell] === STATUS_VALUE) !== isWhole) fail(`${place}: whole or not`)
        if (!isWhole) return
        counted++
        if (!near(total.numerator[cell]!, events)) fail(`${place}: counted ${events}`)
        if (!near(total.denominator[cell]!, people)) fail(`${place}: people ${people}`)
      }),
    ),
  )
  return counted
}
