import { aggregateAreas, aggregatePeriods, aggregateSexes } from '../../src/core/aggregate.ts'
import { STATUS_VALUE } from '../../src/core/cell.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import { cellIndex, type RawTable } from '../../src/core/observation.ts'
import { kindOf, periodStart } from '../../src/core/period.ts'
import { LARGEST_TYPE_CORRELATION } from '../synthesise/acceptance.ts'
import type { Ground } from '../synthesise/ground.ts'
import { correlation, spearman } from '../synthesise/rank-correlation.ts'
import { SPARED_DISTRICTS } from '../synthesise/specifications.ts'
import type { SyntheticWorld } from '../synthesise/synthesise.ts'

type Level = 'regso' | 'stadsdel' | 'kommun'

/** What was found in one world, and what of it breaks a rule that holds in every world. */
export interface Findings {
  /** Planted truths by kind: how many there are and how many a plain method finds. */
  readonly truths: Readonly<Record<string, { readonly planted: number; readonly found: number }>>
  /** Averages over time of an indicator, level and sex that were held against the real områdestyp. */
  readonly comparedWithType: number
  /** Those of the compared that follow the områdestyp more than the demonstration may. */
  readonly followers: readonly { readonly text: string; readonly correlation: number }[]
  readonly faults: readonly string[]
}

/** Looks for the planted truths with plain methods: rank correlations, lagged correlations, ratios of rates. */
export function findPlanted(
  world: SyntheticWorld,
  ground: Ground,
  indicators: ReadonlyMap<string, Indicator>,
): Findings {
  const look = new WorldView(world, ground, indicators)
  const faults: string[] = []
  const followers: Findings['followers'][number][] = []
  const comparedWithType = compareWithType(look, followers)
  const { planted } = world
  const found = (flags: readonly boolean[]) => ({
    planted: flags.length,
    found: flags.filter(Boolean).length,
  })
  for (const { indicator, areas } of planted.clusters) {
    const spared = areas.filter((code) => {
      const { district } = ground.areas.find(({ id }) => id === code)!
      return SPARED_DISTRICTS.includes(ground.districts[district]!.name)
    })
    if (spared.length > 0) faults.push(`${indicator}: a cluster in a spared stadsdel`)
    if (!isConnected(ground, areas)) faults.push(`${indicator}: a cluster in pieces`)
  }
  return {
    comparedWithType,
    followers,
    faults,
    truths: {
      'relations (signed ρ ≥ 0.45 at every level)': found(
        planted.relations.map(({ factor, event, sign }) =>
          look
            .sharedLevels(factor, event)
            .every((level) => sign * look.rho(factor, event, level) >= 0.45),
        ),
      ),
      'unrelated pairs (|ρ| ≤ 0.3 at every level)': found(
        planted.unrelated.map(([a, b]) =>
          look.sharedLevels(a, b).every((level) => Math.abs(look.rho(a, b, level)) <= 0.3),
        ),
      ),
      'the lag (largest correlation at the planted one)': found([findsLag(look)]),
      'clusters (ratio of rates above 0.75 of the planted)': found(
        planted.clusters.map((cluster) => findsCluster(look, cluster)),
      ),
      'trends (right sign, within 0.03 a year)': found(
        ['klotter', 'skadegorelse', 'otrygg_ute', 'ek_bistand'].map((id) => findsTrend(look, id)),
      ),
      'the series break (within 15 %)': found([findsBreak(look)]),
    },
  }
}

class WorldView {
  private readonly totals = new Map<string, RawTable>()

  constructor(
    readonly world: SyntheticWorld,
    readonly ground: Ground,
    private readonly indicators: ReadonlyMap<string, Indicator>,
  ) {}

  finest(id: string): RawTable {
    const table = this.world.tables.find(({ indicator }) => indicator === id)
    if (!table) throw new RangeError(`no table of ${id}`)
    return table
  }

  /** Both sexes, at a level, with the whole chain of periods of the plan. */
  total(id: string, level: Level): RawTable {
    const key = `${id} ${level}`
    const known = this.totals.get(key)
    if (known) return known
    const { ground } = this
    const { plan, periodAggregation } = this.indicators.get(id)!
    const table = aggregateSexes(this.finest(id))
    const parents = new Map<string, string>()
    for (const { id: code, district } of ground.areas)
      parents.set(code, level === 'kommun' ? ground.municipality : ground.districts[district]!.id)
    for (const { id: code } of ground.districts) parents.set(code, ground.municipality)
    const areas =
      level === 'kommun' ? [ground.municipality] : ground.districts.map((district) => district.id)
    const atLevel = table.level === level ? table : aggregateAreas(table, parents, areas, level)
    const total = aggregatePeriods(atLevel, plan.periodChain, periodAggregation)
    this.totals.set(key, total)
    return total
  }

  sharedLevels(a: string, b: string): ('regso' | 'stadsdel')[] {
    return (['regso', 'stadsdel'] as const).filter((level) =>
      [a, b].every((id) => this.indicators.get(id)!.plan.levels.includes(level)),
    )
  }

  rho(a: string, b: string, level: Level): number {
    return spearman(average(this.total(a, level)), average(this.total(b, level)))
  }

  /** The municipality's values over the periods of one kind. */
  series(id: string, kind: 'quarter' | 'year' | 'school-year'): Map<string, number> {
    const table = this.total(id, 'kommun')
    return new Map(
      table.periods.flatMap((period, index) =>
        kindOf(period) === kind ? [[period, values(table, 0, index)[0]!] as const] : [],
      ),
    )
  }
}

function values(table: RawTable, sex: number, period: number): number[] {
  return table.areas.map((_, area) => {
    const cell = cellIndex(table, sex, period, area)
    if (table.status[cell] !== STATUS_VALUE) return NaN
    const base = table.denominator[cell]!
    return Number.isNaN(base) ? table.numerator[cell]! : table.numerator[cell]! / base
  })
}

/** Mean over the finest periods that have a value, area by area. */
function average(table: RawTable, sex = 0): number[] {
  const kind = kindOf(table.periods[0]!)
  const columns = table.periods.flatMap((period, index) =>
    kindOf(period) === kind ? [values(table, sex, index)] : [],
  )
  return table.areas.map((_, area) => {
    const known = columns.map((column) => column[area]!).filter(Number.isFinite)
    return known.reduce((sum, value) => sum + value, 0) / known.length
  })
}

/** Averages over time of every indicator, level and sex against the real områdestyp. @returns how many */
function compareWithType(look: WorldView, followers: Findings['followers'][number][]): number {
  const { ground, world } = look
  const people = average(look.total('bef_antal', 'regso'))
  const ofArea = ground.areas.map(({ areaType }) => areaType)
  const ofDistrict = ground.districts.map((_, district) => {
    let [sum, weight] = [0, 0]
    ground.areas.forEach((area, index) => {
      if (area.district !== district) return
      sum += area.areaType * people[index]!
      weight += people[index]!
    })
    return sum / weight
  })
  let compared = 0
  for (const { indicator } of world.tables)
    for (const level of look.sharedLevels(indicator, indicator)) {
      const table = look.total(indicator, level)
      table.sexes.forEach((sex, index) => {
        const rho = Math.abs(
          spearman(average(table, index), level === 'regso' ? ofArea : ofDistrict),
        )
        compared++
        if (!(rho <= LARGEST_TYPE_CORRELATION))
          followers.push({
            text: `${indicator} ${level} ${sex} follows the områdestyp: |ρ| = ${rho.toFixed(3)}`,
            correlation: rho,
          })
      })
    }
  return compared
}

function isConnected(ground: Ground, areas: readonly string[]): boolean {
  const positions = areas.map((code) => ground.areas.findIndex(({ id }) => id === code))
  const reached = new Set([positions[0]!])
  for (const position of reached)
    for (const next of ground.neighbours[position]!) if (positions.includes(next)) reached.add(next)
  return reached.size === positions.length
}

function findsLag(look: WorldView): boolean {
  const { factor, event, quarters } = look.world.planted.lag
  const changes = (id: string): number[] => {
    const series = [...look.series(id, 'quarter').values()]
    return series.slice(1).map((value, index) => Math.log(value / series[index]!))
  }
  const [causes, effects] = [changes(factor), changes(event)]
  const byLag = [0, 1, 2, 3, 4].map((lag) =>
    correlation(causes.slice(0, causes.length - lag), effects.slice(lag)),
  )
  return byLag.indexOf(Math.max(...byLag)) === quarters
}

function findsCluster(
  look: WorldView,
  { indicator, areas, factor, fromYear }: SyntheticWorld['planted']['clusters'][number],
): boolean {
  const table = look.finest(indicator)
  const people = average(look.total('bef_antal', 'regso'))
  const rate = (isInside: boolean): number => {
    let [events, base] = [0, 0]
    table.areas.forEach((area, a) => {
      if (areas.includes(area) !== isInside) return
      table.periods.forEach((period, p) => {
        const cell = cellIndex(table, 0, p, a)
        if (periodStart(period).year < fromYear || table.status[cell] !== STATUS_VALUE) return
        events += table.numerator[cell]!
        base += people[a]!
      })
    })
    return events / base
  }
  return rate(true) / rate(false) > 0.75 * factor
}

function findsTrend(look: WorldView, id: string): boolean {
  const series = look.series(id, 'year')
  const change = Math.log(series.get('2025')! / series.get('2018')!) / 7
  const planted = look.world.planted.trends[id]!
  return Math.sign(change) === Math.sign(planted) && Math.abs(change - planted) < 0.03
}

function findsBreak(look: WorldView): boolean {
  const { indicator, factor } = look.world.planted.seriesBreak
  const series = look.series(indicator, 'year')
  return Math.abs(series.get('2023')! / series.get('2021')! / factor - 1) < 0.15
}
