import { csvParse } from 'd3'
import { wholeArea } from '../../../src/core/area.ts'
import { STATUS_NO_POPULATION, STATUS_VALUE } from '../../../src/core/cell.ts'
import type { Indicator } from '../../../src/core/indicator.ts'
import type { RawTable } from '../../../src/core/observation.ts'
import { containingPeriod, kindOf } from '../../../src/core/period.ts'
import { assemblePackage } from '../../publish/assemble.ts'
import { readDemonstration } from '../../publish/demonstration.ts'
import type { PackageSource } from '../../publish/package-source.ts'
import { synthesise } from '../../synthesise/synthesise.ts'
import { addTallies, fail, type Check, type Tally } from '../check.ts'
import { reasonToHide } from '../own-primary-rule.ts'

export const releasedCells: Check = {
  name: 'released-cells',
  claim:
    'every cell of the demonstration that a rule of our own finds too small is hidden, the figures of the shown are their sums, and none is hidden that never may be',
  unit: 'packages',
  seed: 20261103,
  count: 1,
  batchSize: 1,
  async run() {
    const reading = await readDemonstration()
    if (!reading.ok) return fail('the demonstration has faults')
    const files = assemblePackage(reading.source)
    let tally: Tally = {}
    for (const table of synthesise().tables)
      tally = addTallies(tally, requireRelease(table, reading.source, files))
    return tally
  },
}

interface Total {
  events: number
  people: number
  /** Parts that have no figure, unless they lie in an area without people. */
  missing: number
  /** Finest periods with a figure. */
  readonly periods: Set<string>
}

/** Adds up the finest figures for one published file and holds each of its rows against them. */
function requireRelease(
  raw: RawTable,
  { indicators, register }: PackageSource,
  files: ReadonlyMap<string, string>,
): Tally {
  const indicator = indicators.find(({ id }) => id === raw.indicator)!
  const parentOf = new Map(register.areas.map(({ id, parent }) => [id, parent]))
  const levelOf = new Map(register.areas.map(({ id, level }) => [id, level]))
  const { id: whole, level: wholeLevel } = wholeArea(register)!
  const tally: Record<string, number> = { cells: 0, shown: 0 }
  for (const level of indicator.plan.levels) {
    const containerOf = (area: string): string => {
      let at: string | null = area
      while (at !== null && levelOf.get(at) !== level) at = parentOf.get(at) ?? null
      return at ?? whole
    }
    const totals = totalsOf(raw, indicator, containerOf)
    for (const row of csvParse(files.get(`observations/${level}/${indicator.id}.csv`)!)) {
      const { area, period, sex, status } = row as Record<string, string>
      const place = `${indicator.id} ${level} ${area} ${period} ${sex}`
      const truth = figuresOf(totals.get(`${sex} ${period} ${area}`), indicator, raw, period!)
      const [numerator, denominator] = [row['numerator']!, row['denominator']!]
      tally['cells']!++
      if (truth === null) {
        if (status === 'value' || status === 'hidden')
          fail(`${place}: ${status}, but parts are missing`)
        if (numerator !== '' || denominator !== '') fail(`${place}: figures without a value`)
        tally['missing or hidden at source'] = (tally['missing or hidden at source'] ?? 0) + 1
        continue
      }
      const { measure, policy } = indicator
      const reason = reasonToHide(truth.events, truth.people, measure, policy)
      if (reason) {
        if (status !== 'hidden' || numerator !== '' || denominator !== '')
          fail(`${place}: ${status} in spite of its ${reason}`)
        const name = `hidden for its ${reason}`
        tally[name] = (tally[name] ?? 0) + 1
        continue
      }
      if (status === 'hidden' && mayProtectOthers(indicator, level === wholeLevel && sex === 'T')) {
        if (numerator !== '' || denominator !== '') fail(`${place}: figures of a hidden cell`)
        tally['hidden to protect others'] = (tally['hidden to protect others'] ?? 0) + 1
        continue
      }
      if (status !== 'value') fail(`${place}: ${status} without a reason`)
      if (!isNear(Number(numerator), truth.events))
        fail(`${place}: ${numerator}, not ${truth.events}`)
      const hasBase = !Number.isNaN(truth.people)
      if (
        hasBase !== (denominator !== '') ||
        (hasBase && !isNear(Number(denominator), truth.people))
      )
        fail(`${place}: of "${denominator}", not of ${truth.people}`)
      tally['shown']!++
    }
  }
  return tally
}

/** Whether a cell that no primary rule hides may be hidden at all: never the whole's own total, nor public figures. */
const mayProtectOthers = ({ policy }: Indicator, isWhole: boolean): boolean =>
  !isWhole && policy.kind !== 'public-at-source' && policy.kind !== 'place'

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b))

function totalsOf(
  raw: RawTable,
  { plan }: Indicator,
  containerOf: (area: string) => string,
): Map<string, Total> {
  const totals = new Map<string, Total>()
  let cell = 0
  for (const sex of raw.sexes)
    for (const period of raw.periods) {
      const periods = new Set(
        plan.periodChain.map((kind) => containingPeriod(period, kind) ?? period),
      )
      const sexes = plan.bySex && sex !== 'T' ? [sex, 'T'] : [sex]
      for (const area of raw.areas) {
        const container = containerOf(area)
        for (const code of periods)
          for (const group of sexes) {
            const key = `${group} ${code} ${container}`
            let total = totals.get(key)
            if (!total)
              totals.set(key, (total = { events: 0, people: 0, missing: 0, periods: new Set() }))
            if (raw.status[cell] === STATUS_VALUE) {
              total.events += raw.numerator[cell]!
              total.people += raw.denominator[cell]!
              total.periods.add(period)
            } else if (raw.status[cell] !== STATUS_NO_POPULATION) total.missing++
          }
        cell++
      }
    }
  return totals
}

/** How many of the finest periods make up a longer one. */
const PARTS: Readonly<Record<string, number>> = {
  'month quarter': 3,
  'month year': 12,
  'quarter year': 4,
  'term school-year': 2,
  'month half-year': 6,
  'half-year year': 2,
}

function figuresOf(
  total: Total | undefined,
  indicator: Indicator,
  raw: RawTable,
  period: string,
): { readonly events: number; readonly people: number } | null {
  const [finest, kind] = [kindOf(raw.periods[0]!), kindOf(period)]
  const parts = finest === kind ? 1 : PARTS[`${finest} ${kind}`]
  if (parts === undefined) return fail(`how many ${finest}s make a ${kind}?`)
  if (!total || total.missing > 0 || total.periods.size !== parts) return null
  const events = indicator.periodAggregation === 'mean' ? total.events / parts : total.events
  const hasBase = indicator.measure !== 'count' && indicator.measure !== 'class'
  return { events, people: hasBase ? total.people / parts : NaN }
}
