import { areasAtLevel, type AreaId, type AreaRegister } from '../core/area.ts'
import { STATUS_VALUE } from '../core/cell.ts'
import { UNPLACED, type GivenObservation } from '../core/disclosure/build-joint-table.ts'
import type { Finding } from '../core/finding.ts'
import { kindOf, periodsBetween, type PeriodCode } from '../core/period.ts'
import type { ImportChoice, ImportObservations } from './import-observations.ts'
import type { Readings } from './tables/readings.ts'

/**
 * The counts of a register of events, of one kind or (measure null) of all kinds together. A register holds what
 * happened and nothing else: from its first month to its last, an area of its finest level without an event has 0.
 * Places outside the register are left out: the reader has told of them.
 */
export function eventObservationsOf(
  readings: Readings,
  { register, file, measure, indicator }: Omit<ImportChoice, 'age'>,
): ImportObservations {
  if (indicator.denominatorName !== null)
    return {
      ok: false,
      findings: [
        {
          ...{ severity: 'error', code: 'observations-need-denominator', file, row: null },
          ...{ column: null, text: null, parameters: { indicator: indicator.id } },
        },
      ],
    }
  const wanted = measure === null ? null : readings.measures.indexOf(measure)
  const levelOf = new Map(register.areas.map(({ id, level }) => [id, level]))
  const counts = new Map<AreaId, Map<PeriodCode, { row: number; count: number }>>()
  const rowOfPeriod = new Map<PeriodCode, number>()
  for (let at = 0; at < readings.count; at++) {
    const area = readings.areas[readings.area[at]!]!
    const period = readings.periods[readings.period[at]!]!
    const row = readings.row[at]!
    // Also months that have only events of other kinds are in the register.
    if (!rowOfPeriod.has(period)) rowOfPeriod.set(period, row)
    if (area !== UNPLACED && !levelOf.has(area)) continue
    if (wanted !== null && readings.measure[at] !== wanted) continue
    const ofArea = counts.get(area) ?? new Map<PeriodCode, { row: number; count: number }>()
    counts.set(area, ofArea)
    const cell = ofArea.get(period)
    if (cell) cell.count += readings.numerator[at]!
    else ofArea.set(period, { row, count: readings.numerator[at]! })
  }

  const periods = wholeSpan([...rowOfPeriod.keys()])
  const observations: GivenObservation[] = []
  const give = (area: AreaId, period: PeriodCode, row: number, count: number): void => {
    observations.push({
      ...{ row, file, area, period, sex: 'T', status: STATUS_VALUE, numerator: count },
      ...{ denominator: NaN, units: NaN },
    })
  }
  for (const [area, ofArea] of counts)
    for (const [period, { row, count }] of ofArea) give(area, period, row, count)
  const finest = finestLevel(counts.keys(), levelOf, register)
  let zeros = 0
  for (const { id } of finest === null ? [] : areasAtLevel(register, finest))
    for (const period of periods) {
      if (counts.get(id)?.has(period)) continue
      give(id, period, rowOfPeriod.get(period) ?? 1, 0)
      zeros++
    }
  const findings: Finding[] = []
  if (zeros > 0)
    findings.push({
      ...{ severity: 'note', code: 'observations-events-zero', file, row: null, column: null },
      text: null,
      parameters: {
        ...{ indicator: indicator.id, count: zeros },
        ...{ first: periods[0]!, last: periods.at(-1)! },
      },
    })
  return { ok: true, observations, findings }
}

/** Every month from the first to the last; the given periods where they are not all months. */
function wholeSpan(given: readonly PeriodCode[]): readonly PeriodCode[] {
  const sorted = given.toSorted()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return []
  const kind = kindOf(first)
  return kind !== null && given.every((period) => kindOf(period) === kind)
    ? periodsBetween(kind, first, last)
    : sorted
}

function finestLevel(
  areas: Iterable<AreaId>,
  levelOf: ReadonlyMap<AreaId, string>,
  { levels }: AreaRegister,
): string | null {
  const used = new Set([...areas].map((area) => levelOf.get(area)))
  const [finest] = levels.filter(({ id }) => used.has(id)).toSorted((a, b) => b.rank - a.rank)
  return finest?.id ?? null
}
