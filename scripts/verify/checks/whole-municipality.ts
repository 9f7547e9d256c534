import {
  fewestAfter,
  fewestBefore,
  wholeBeforeAfter,
  type WholeOutcome,
  type WholeQuestion,
} from '../../../src/core/before-after-whole.ts'
import { sideOf } from '../../../src/core/before-after.ts'
import {
  nextPeriod,
  PARTS_PER_YEAR,
  periodsBetween,
  type PeriodCode,
} from '../../../src/core/period.ts'
import { binomial, normal, poisson } from '../../synthesise/distributions.ts'
import { randomStream } from '../../synthesise/random.ts'
import { fail, type Check } from '../check.ts'
import { CoverageTally, PLANTED_OR_NOT, uncovered } from '../coverage.ts'
import { pick } from '../random-table.ts'

const INTRODUCTION = '2023-02'
const SEASON = [0.15, -0.1, -0.2, 0.15]
const WHOLE = 'hela'

export const wholeMunicipality: Check = {
  name: 'whole-municipality',
  claim:
    'the 95 % interval of a series against its own course before covers what was planted in about 95 % of worlds, and 0 where nothing was, whatever lasts from period to period; and of too few periods it is always too early',
  unit: 'pairs of worlds',
  seed: 20261124,
  count: 500,
  batchSize: 20,
  run({ first, count }) {
    const counted = new CoverageTally()
    for (let pair = first; pair < first + count; pair++)
      for (const [name, planted] of PLANTED_OR_NOT) {
        const world = wholeWorld(this.seed + 2 * pair + Number(planted), planted)
        requireTooEarly(world)
        const outcome = wholeBeforeAfter(world.question)
        if (!outcome.ok) {
          counted.add(`${name}: not told, ${outcome.reason}`, 1)
          continue
        }
        const { interval } = outcome.value.series.mean
        const group = `${world.kind}, ${world.remains < 0.45 ? 'little' : 'much'} lasts`
        counted.interval(name, interval, world.truth, [group])
      }
    return Promise.resolve(counted.tally)
  },
  conclude: uncovered,
}

interface WholeWorld {
  readonly question: WholeQuestion
  readonly kind: 'quarter' | 'half-year' | 'month'
  /** How much of what sets a period apart remains in the next. */
  readonly remains: number
  /** On the scale that changes are compared on. */
  readonly truth: number
  readonly seed: number
}

/** A municipality's series with a direction, seasons, what lasts from period to period, and chance in its counts. */
function wholeWorld(seed: number, planted: boolean): WholeWorld {
  const random = randomStream(seed, 'whole-municipality')
  const kind = pick(random, ['quarter', 'quarter', 'half-year', 'month'] as const)
  const isShare = random() < 0.3
  const perYear = PARTS_PER_YEAR[kind]
  const firstYear = 2023 - Math.ceil(fewestBefore(kind) / perYear) - Math.floor(random() * 3)
  const last = kind === 'half-year' ? 2025 : 2024
  const periods = periodsBetween(kind, String(firstYear), String(last + Math.floor(random() * 2)))
  const remains = random() * 0.9
  const spread = pick(random, [0.05, 0.1, 0.2])
  const direction = (0.12 * (random() - 0.5)) / perYear
  const effect = planted ? random() - 0.5 : 0
  const level = isShare ? Math.log(0.15) : Math.log(pick(random, [40, 200, 900]) / 1000)
  const base = isShare ? 9000 : 1000
  let apart = spread * normal(random)
  let [withWork, without, after] = [0, 0, 0]
  const samples = new Map(
    periods.map((period, place) => {
      const season = SEASON[Math.floor(((place % perYear) * 4) / perYear)]!
      const plain = level + direction * place + season + apart
      const isAfter = sideOf(period, INTRODUCTION, null) === 'after'
      apart = remains * apart + spread * Math.sqrt(1 - remains ** 2) * normal(random)
      // Of shares the change is planted on their own scale, so that it is the same in every period.
      const share = shareOf(plain) + (isAfter ? 0.15 * effect : 0)
      if (isAfter)
        [withWork, without, after] = [withWork + share, without + shareOf(plain), after + 1]
      const count = isShare
        ? binomial(random, base, share)
        : poisson(random, base * Math.exp(plain + (isAfter ? effect : 0)))
      return [period, { count, base }] as const
    }),
  )
  return {
    ...{ kind, remains, seed },
    question: {
      ...{ periods, introduction: INTRODUCTION, end: null, area: WHOLE },
      indicator: {
        ...{ measure: isShare ? 'share' : 'rate', per: isShare ? 100 : 1000 },
        ...{ designEffect: 1, periodAggregation: 'sum' },
      },
      sampleOf: (_, period) => samples.get(period) ?? null,
    },
    truth: isShare ? (100 * (withWork - without)) / after : effect,
  }
}

const shareOf = (logit: number): number => 1 / (1 + Math.exp(-logit))

/** The same world, cut off a period too soon at either end. */
function requireTooEarly({ question, kind, seed }: WholeWorld): void {
  const start = question.periods.find(
    (period) => sideOf(period, question.introduction, null) === 'introduction',
  )!
  const ask = (from: PeriodCode, to: PeriodCode): WholeOutcome => {
    const { periods } = question
    const kept = periods.slice(periods.indexOf(from), periods.indexOf(to) + 1)
    return wholeBeforeAfter({ ...question, periods: kept })
  }
  const [first, last] = [question.periods[0]!, question.periods.at(-1)!]
  for (const [reason, outcome] of [
    ['too-few-periods-after', ask(first, nextPeriod(start, fewestAfter(kind) - 1))],
    ['too-few-periods-before', ask(nextPeriod(start, 1 - fewestBefore(kind)), last)],
  ] as const)
    if (outcome.ok || outcome.reason !== reason)
      fail(`world ${seed}: told of too few periods (${reason})`)
}
