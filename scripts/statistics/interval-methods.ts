import type { Interval } from '../../src/core/cell.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Coverage } from '../../src/core/stats/coverage.ts'
import { normalQuantile } from '../../src/core/stats/distributions.ts'
import { clopperPearsonInterval, garwoodInterval } from '../../src/core/stats/exact-interval.ts'
import {
  byarInterval,
  cubedNormalPoint,
  wilsonInterval,
} from '../../src/core/stats/rate-interval.ts'
import { UsageError } from '../publish/usage.ts'
import type { MethodResult } from './area-methods.ts'
import { numberOption, type StatisticsOptions } from './options.ts'

type IntervalOf = (count: number, base: number, coverage: Coverage) => Interval | null

const RATE_METHODS: Readonly<Record<string, IntervalOf>> = {
  exact: (count, base, coverage) => garwoodInterval(count, base, 1, coverage),
  byar: midwayByarInterval,
  'breslow-day': (count, base, coverage) => byarInterval(count, base, 1, coverage),
}

const SHARE_METHODS: Readonly<Record<string, IntervalOf>> = {
  wilson: (count, base, coverage) => wilsonInterval(count, base, 1, coverage),
  exact: (count, base, coverage) => clopperPearsonInterval(count, base, 1, coverage),
}

/** The interval of count / population for events, `lower` and `upper` per one. */
export const rateInterval = (options: StatisticsOptions): MethodResult =>
  interval(options, RATE_METHODS, false)

/** The interval of count / population for a share, 0 … 1. */
export const shareInterval = (options: StatisticsOptions): MethodResult =>
  interval(options, SHARE_METHODS, true)

/**
 * Byar's approximation with both limits standing on x + ½, as epitools::pois.byar has it: narrower than Breslow and
 * Day's, which the map shows. Its lower limit, below 0 for no events, is then 0.
 * Source: Rothman & Boice, Epidemiologic Analysis with a Programmable Calculator (1979).
 */
function midwayByarInterval(count: number, base: number, { level, z }: Coverage): Interval | null {
  if (!(count >= 0) || !(base > 0)) return null
  return {
    lower: Math.max(0, cubedNormalPoint(count + 0.5, -z)) / base,
    upper: cubedNormalPoint(count + 0.5, z) / base,
    level,
  }
}

function interval(
  { count, population, level, method }: StatisticsOptions,
  methods: Readonly<Record<string, IntervalOf>>,
  isShare: boolean,
): MethodResult {
  if (count === null || population === null)
    throw new UsageError('Ange ett antal och en befolkning: --count ANTAL --population ANTAL')
  const [events, base] = [numberOption('count', count), numberOption('population', population)]
  if (events < 0 || base < 0)
    throw new UsageError('--count och --population kan inte vara mindre än 0.')
  if (isShare && events > base)
    throw new UsageError('--count kan inte vara större än --population när det är en andel.')
  const name = method ?? Object.keys(methods)[0]!
  const intervalOf = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (!intervalOf)
    throw new UsageError(`--method är ${Object.keys(methods).join(' eller ')}, inte "${name}".`)
  const found = intervalOf(events, base, { level, z: normalQuantile((1 + level) / 2) })
  const findings: readonly Finding[] = found
    ? []
    : [
        {
          ...{ severity: 'warning', code: 'statistics-no-base', file: '--population', row: null },
          ...{ column: null, text: population },
        },
      ]
  return {
    value: { lower: found?.lower ?? NaN, upper: found?.upper ?? NaN },
    findings,
  }
}
