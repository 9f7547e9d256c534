import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { feature, neighbors } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { booleanPointInPolygon } from '@turf/turf'
import { beforeAll, describe, expect, it } from 'vitest'
import { aggregateAreas, aggregatePeriods, aggregateSexes } from '../src/core/aggregate.ts'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../src/core/cell.ts'
import type { Indicator } from '../src/core/indicator.ts'
import { cellIndex, type RawTable } from '../src/core/observation.ts'
import { kindOf, periodOfDate, periodStart } from '../src/core/period.ts'
import { readIndicators } from '../src/files/package/indicator-register.ts'
import { exportRaw } from '../scripts/synthesise/export-raw.ts'
import { readGround, type Ground } from '../scripts/synthesise/ground.ts'
import { correlation, spearman } from '../scripts/synthesise/rank-correlation.ts'
import { SPARED_DISTRICTS } from '../scripts/synthesise/specifications.ts'
import { synthesise, type SyntheticWorld } from '../scripts/synthesise/synthesise.ts'

type Level = 'regso' | 'stadsdel' | 'kommun'

const LARGEST_TYPE_CORRELATION = 0.2
/** Changes only when the demonstration data are changed on purpose; then the changelog says so. */
const FIGURES_SHA256 = '6211cef4eb7f25e0d75ac20b2b07c69933bab5d55257479874d3e0251784a044'

const projectFile = (path: string): string =>
  readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

let ground: Ground
let world: SyntheticWorld
let indicators: Map<string, Indicator>

beforeAll(() => {
  ground = readGround()
  world = synthesise(undefined, ground)
  const path = 'data/indicators/indicators.json'
  const read = readIndicators(JSON.parse(projectFile(path)), path)
  if ('findings' in read) throw new Error('the indicator register has faults')
  indicators = new Map(read.indicators.map((indicator) => [indicator.id, indicator]))
}, 120_000)

function finest(id: string): RawTable {
  const table = world.tables.find(({ indicator }) => indicator === id)
  if (!table) throw new Error(`no table of ${id}`)
  return table
}

/** A table with both sexes, at a level, with the whole chain of periods of its plan. */
function total(id: string, level: Level): RawTable {
  const { plan, periodAggregation } = indicators.get(id)!
  const bySex = aggregateSexes(finest(id))
  const parents = new Map(
    ground.areas.map((area) => [
      area.id,
      level === 'kommun' ? ground.municipality : ground.districts[area.district]!.id,
    ]),
  )
  for (const district of ground.districts) parents.set(district.id, ground.municipality)
  const areas =
    level === 'kommun' ? [ground.municipality] : ground.districts.map((district) => district.id)
  const atLevel = bySex.level === level ? bySex : aggregateAreas(bySex, parents, areas, level)
  return aggregatePeriods(atLevel, plan.periodChain, periodAggregation)
}

/** Values of one sex and period: per unit of the denominator, or counts; NaN where there is none. */
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
  const periods = table.periods.flatMap((period, index) =>
    kindOf(period) === kind ? [values(table, sex, index)] : [],
  )
  return table.areas.map((_, area) => {
    const known = periods.map((column) => column[area]!).filter(Number.isFinite)
    return known.reduce((sum, value) => sum + value, 0) / known.length
  })
}

/** The coarsest levels that both indicators are published at, the finer first. */
function sharedLevels(a: string, b: string): Level[] {
  return (['regso', 'stadsdel'] as const).filter((level) =>
    [a, b].every((id) => indicators.get(id)!.plan.levels.includes(level)),
  )
}

function fingerprint({ tables, incidents }: SyntheticWorld): string {
  const hash = createHash('sha256')
  for (const { indicator, level, sexes, periods, areas, ...columns } of tables) {
    hash.update([indicator, level, ...sexes, ...periods, ...areas].join())
    for (const column of [columns.numerator, columns.denominator])
      hash.update(Array.from(column, String).join())
    hash.update(columns.status)
  }
  for (const { category, day, area } of incidents) hash.update(`${category},${day},${area};`)
  return hash.digest('hex')
}

describe('the synthetic world', () => {
  it('is the same to the last figure for the same seed, and another for another', () => {
    const again = synthesise(world.seed, ground)
    expect(fingerprint(again)).toBe(fingerprint(world))
    expect(again.incidents).toEqual(world.incidents)
    expect(fingerprint(world)).toBe(FIGURES_SHA256)
    expect(fingerprint(synthesise(7, ground))).not.toBe(fingerprint(world))
  }, 120_000)

  it('has one table for every synthetic indicator, as its publication plan asks', () => {
    const expected = [...indicators.values()]
      .filter((indicator) => indicator.synthetic)
      .map(({ id, plan }) => ({
        id,
        level: plan.levels.at(-1),
        kind: plan.periodChain[0],
        sexes: plan.bySex ? 'K,M' : 'T',
      }))
    const found = world.tables.map(({ indicator, level, periods, sexes }) => ({
      id: indicator,
      level,
      kind: kindOf(periods[0]!),
      sexes: sexes.join(),
    }))
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
    expect(found.sort(byId)).toEqual(expected.sort(byId))
  })

  it('has whole numbers, shares within their denominators and no figure without a status for it', () => {
    for (const table of world.tables) {
      const { measure } = indicators.get(table.indicator)!
      const hasDenominator = measure !== 'count'
      for (let cell = 0; cell < table.status.length; cell++) {
        const [count, base] = [table.numerator[cell]!, table.denominator[cell]!]
        const isValue = table.status[cell] === STATUS_VALUE
        const isSound = isValue
          ? Number.isInteger(count) &&
            count >= 0 &&
            (hasDenominator ? Number.isInteger(base) && base > 0 : Number.isNaN(base)) &&
            (measure === 'rate' || !hasDenominator || count <= base)
          : Number.isNaN(count) && Number.isNaN(base)
        if (!isSound) expect.fail(`${table.indicator}: cell ${cell} is ${count} of ${base}`)
      }
    }
  })

  it('has denominators that are parts of one population', () => {
    const people = total('bef_antal', 'kommun')
    const last = people.periods.indexOf('2025')
    expect(people.numerator[last]).toBeGreaterThan(130_000)
    expect(people.numerator[last]).toBeLessThan(138_000)
    const areas = total('bef_antal', 'regso')
    const people2024 = values(areas, 0, areas.periods.indexOf('2024'))
    const base = (id: string, period: string): number[] => {
      const table = total(id, 'regso')
      const at = table.periods.indexOf(period)
      return table.areas.map((_, area) => table.denominator[cellIndex(table, 0, at, area)]!)
    }
    expect(base('bef_flytt', '2024')).toEqual(people2024)
    expect(base('klotter', '2024-06')).toEqual(people2024)
    const households = base('trangbodd', '2024')
    expect(base('ek_bistand', '2024-K3')).toEqual(households)
    const [children, preschool, pupils] = [
      base('barn_lag_ek', '2024'),
      base('forskola', '2024'),
      base('franvaro_10', '2024-HT'),
    ]
    people2024.forEach((all, area) => {
      expect(households[area]! * 1.5).toBeLessThan(all)
      expect(preschool[area]! + pupils[area]!).toBeLessThan(children[area]!)
      expect(children[area]! + base('arblos', '2024')[area]!).toBeLessThan(all)
    })
    const supported = total('ek_bistand', 'regso')
    const meanOfQuarters = supported.periods.indexOf('2024')
    base('ek_bistand_lang', '2024').forEach((count, area) =>
      expect(
        Math.abs(count - supported.numerator[cellIndex(supported, 0, meanOfQuarters, area)]!),
      ).toBeLessThanOrEqual(0.5),
    )
  })

  it('has the questions of one survey answered by the same people, in some places by too few', () => {
    const [one, other] = [finest('vuxenstod'), finest('narkotika_unga')]
    expect(one.denominator).toEqual(other.denominator)
    const safety = aggregateSexes(finest('otrygg_ute'))
    const cells = safety.periods.length * safety.areas.length
    const both = safety.denominator.slice(0, cells)
    expect(both.filter((answered) => answered < 30)).toHaveLength(3)
    expect(Math.max(...both)).toBeLessThanOrEqual(400)
    // Women and men apart fall below the limit in more places than both together.
    const apart = safety.denominator.slice(cells)
    expect(apart.filter((answered) => answered < 30).length).toBeGreaterThan(6)
  })

  it('has gaps: years not collected, figures hidden at source, a later start', () => {
    const statuses = (id: string): number[] => [...new Set(finest(id).status)].sort()
    expect(statuses('nedskrap')).toEqual([STATUS_VALUE, STATUS_NOT_COLLECTED])
    expect(statuses('arblos')).toEqual([STATUS_VALUE, STATUS_HIDDEN_AT_SOURCE])
    expect(statuses('narkotika_brott')).toEqual([STATUS_VALUE, STATUS_HIDDEN_AT_SOURCE])
    expect(finest('synlig_krim').periods[0]).toBe('2020')
    for (const { indicator, area, year } of world.notCollected) {
      const table = finest(indicator)
      const period = table.periods.findIndex((code) => periodStart(code).year === year)
      expect(table.status[cellIndex(table, 0, period, table.areas.indexOf(area))]).toBe(
        STATUS_NOT_COLLECTED,
      )
    }
  })
})

describe('the incident register', () => {
  it('holds at least 60 000 incidents, every one on the drawn ground of its area', () => {
    expect(world.incidents.length).toBeGreaterThanOrEqual(60_000)
    const topology = JSON.parse(projectFile('data/areas/umea-schematic.topojson')) as Topology
    const drawn = feature(topology, topology.objects['regso'] as GeometryCollection)
    const outlines = new Map(drawn.features.map((outline) => [String(outline.id), outline]))
    const outside = world.incidents.filter(({ area, longitude, latitude }, index) => {
      const { geometry } = outlines.get(area)!
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return true
      return index % 10 === 0 && !booleanPointInPolygon([longitude, latitude], geometry)
    })
    expect(outside).toEqual([])
  })

  it('is what the event indicators are counted from', () => {
    const districtOf = new Map(
      ground.areas.map(({ id, district }) => [id, ground.districts[district]!.id]),
    )
    for (const { id } of world.incidentCategories) {
      const table = finest(id)
      const kind = kindOf(table.periods[0]!)!
      const counts = new Map<string, number>()
      for (const { category, day, area } of world.incidents) {
        if (category !== id) continue
        const unit = table.level === 'regso' ? area : districtOf.get(area)!
        const key = `${periodOfDate(day, kind)} ${unit}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      table.periods.forEach((period, p) =>
        table.areas.forEach((area, a) => {
          const cell = cellIndex(table, 0, p, a)
          if (table.status[cell] !== STATUS_VALUE) return
          const counted = counts.get(`${period} ${area}`) ?? 0
          if (table.numerator[cell] !== counted)
            expect.fail(`${id} ${period} ${area}: ${table.numerator[cell]}, counted ${counted}`)
        }),
      )
    }
  })

  it('has whole ISO weeks only, week 53 among them', () => {
    const { periods } = finest('ordning')
    expect([periods[0], periods.at(-1)]).toEqual(['2018-W01', '2025-W52'])
    expect(periods).toContain('2020-W53')
    expect(new Set(periods).size).toBe(417)
  })

  it('never makes hexagons of what points at a home or a victim', () => {
    const shown = world.incidentCategories.filter(({ hexagons }) => hexagons).map(({ id }) => id)
    expect(shown.sort()).toEqual([
      'brand_anlagd',
      'klotter',
      'nedskrap',
      'ordning',
      'skadegorelse',
      'stenkast',
    ])
    for (const id of shown) expect(indicators.get(id)!.policy.kind).toBe('place')
  })
})

describe('the real områdestyp', () => {
  /** Types of areas, and their population-weighted mean in stadsdelar, which exists in this test alone. */
  function types(level: Level): number[] {
    if (level === 'regso') return ground.areas.map((area) => area.areaType)
    const table = total('bef_antal', 'regso')
    const people = values(table, 0, table.periods.indexOf('2025'))
    return ground.districts.map((_, district) => {
      let [sum, weight] = [0, 0]
      ground.areas.forEach((area, index) => {
        if (area.district !== district) return
        sum += area.areaType * people[index]!
        weight += people[index]!
      })
      return sum / weight
    })
  }

  it('is followed by no synthetic indicator: averages over time, every level and sex', () => {
    const tooClose: string[] = []
    for (const { indicator } of world.tables)
      for (const level of sharedLevels(indicator, indicator)) {
        const table = total(indicator, level)
        table.sexes.forEach((sex, index) => {
          const rho = spearman(average(table, index), types(level))
          if (!(Math.abs(rho) <= LARGEST_TYPE_CORRELATION))
            tooClose.push(`${indicator} ${level} ${sex}: ${rho.toFixed(3)}`)
        })
      }
    expect(tooClose).toEqual([])
  })

  it('nor in any single year or other period that an indicator of persons or answers is drawn for', () => {
    const tooClose: string[] = []
    let compared = 0
    const events = new Set(world.incidentCategories.map(({ id }) => id))
    for (const { indicator } of world.tables)
      for (const level of sharedLevels(indicator, indicator)) {
        const table = total(indicator, level)
        table.periods.forEach((period, p) => {
          // Months and weeks of incidents are too few each to be judged one by one.
          if (events.has(indicator) && kindOf(period) !== 'year') return
          table.sexes.forEach((sex, s) => {
            const column = values(table, s, p)
            if (column.filter(Number.isFinite).length < 20) return
            compared++
            const rho = spearman(column, types(level))
            if (!(Math.abs(rho) <= LARGEST_TYPE_CORRELATION))
              tooClose.push(`${indicator} ${level} ${sex} ${period}: ${rho.toFixed(3)}`)
          })
        })
      }
    expect(tooClose).toEqual([])
    expect(compared).toBeGreaterThan(900)
  })
})

describe('the raw files', () => {
  it('say in their first line that they are invented, and hold what the tables hold', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lageskartan-raw-'))
    try {
      await exportRaw(folder)
      const files = readdirSync(folder)
      expect(files).toHaveLength(world.tables.length + 1)
      for (const file of files)
        expect(readFileSync(join(folder, file), 'utf8').split('\r\n')[0], file).toMatch(
          /^\uFEFFSyntetiska demonstrationsdata/,
        )
      const rows = readFileSync(join(folder, 'narkotika_brott.csv'), 'utf8').trim().split('\r\n')
      const table = finest('narkotika_brott')
      expect(rows).toHaveLength(2 + table.status.length)
      const hidden = table.status.filter((status) => status === STATUS_HIDDEN_AT_SOURCE)
      expect(rows.filter((row) => row.endsWith(';..;..'))).toHaveLength(hidden.length)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }, 120_000)
})

describe('the planted truths', () => {
  it('stand in the file as they are in the data', () => {
    expect(JSON.parse(projectFile('data/demonstration/planted.json'))).toEqual(world.planted)
  })

  it('relations: the rates follow each other, with the planted sign, at every shared level', () => {
    expect(world.planted.relations.length).toBeGreaterThanOrEqual(7)
    for (const { factor, event, sign } of world.planted.relations)
      for (const level of sharedLevels(factor, event)) {
        const rho = spearman(average(total(factor, level)), average(total(event, level)))
        expect(sign * rho, `${factor} × ${event}, ${level}`).toBeGreaterThanOrEqual(0.45)
      }
  })

  it('unrelated pairs: nothing to see', () => {
    for (const [a, b] of world.planted.unrelated)
      for (const level of sharedLevels(a, b)) {
        const rho = spearman(average(total(a, level)), average(total(b, level)))
        expect(Math.abs(rho), `${a} × ${b}, ${level}`).toBeLessThanOrEqual(0.3)
      }
  })

  it('the lag: the event answers the factor two quarters later, and best then', () => {
    const { factor, event, quarters } = world.planted.lag
    const changes = (id: string): number[] => {
      const table = total(id, 'kommun')
      const series = table.periods.flatMap((period, index) =>
        kindOf(period) === 'quarter' ? values(table, 0, index) : [],
      )
      return series.slice(1).map((value, index) => Math.log(value / series[index]!))
    }
    const [causes, effects] = [changes(factor), changes(event)]
    const byLag = [0, 1, 2, 3, 4].map((lag) =>
      correlation(causes.slice(0, causes.length - lag), effects.slice(lag)),
    )
    expect(byLag.indexOf(Math.max(...byLag))).toBe(quarters)
    expect(byLag[quarters]).toBeGreaterThan(0.6)
  })

  it('clusters: areas that meet, raised from their year on, none in the spared stadsdelar', () => {
    const topology = JSON.parse(
      projectFile('data/areas/umea-schematic-unclipped.topojson'),
    ) as Topology
    const { geometries } = topology.objects['regso'] as GeometryCollection
    const adjacent = neighbors(geometries)
    const codes = geometries.map(({ id }) => String(id))
    for (const { indicator, areas, factor, fromYear } of world.planted.clusters) {
      for (const code of areas) {
        const { district } = ground.areas.find(({ id }) => id === code)!
        expect(SPARED_DISTRICTS).not.toContain(ground.districts[district]!.name)
      }
      const reached = new Set([areas[0]!])
      for (const code of reached)
        for (const next of adjacent[codes.indexOf(code)]!)
          if (areas.includes(codes[next]!)) reached.add(codes[next]!)
      expect([...reached].sort(), indicator).toEqual([...areas].sort())

      const table = finest(indicator)
      const people = average(total('bef_antal', 'regso'))
      const level = (inside: boolean, raised: boolean): number => {
        let [events, base] = [0, 0]
        table.areas.forEach((area, a) => {
          if (areas.includes(area) !== inside) return
          table.periods.forEach((period, p) => {
            if (periodStart(period).year >= fromYear !== raised) return
            events += table.numerator[cellIndex(table, 0, p, a)]!
            base += people[a]!
          })
        })
        return events / base
      }
      expect(level(true, true) / level(false, true), indicator).toBeGreaterThan(0.75 * factor)
      if (fromYear > 2018)
        expect(level(true, false) / level(false, false), indicator).toBeLessThan(1.25)
    }
  })

  it('trends and the series break: the municipality moves as planted', () => {
    const yearly = (id: string): Map<string, number> => {
      const table = total(id, 'kommun')
      return new Map(table.periods.map((period, p) => [period, values(table, 0, p)[0]!]))
    }
    for (const id of ['klotter', 'skadegorelse', 'otrygg_ute', 'ek_bistand']) {
      const series = yearly(id)
      const change = Math.log(series.get('2025')! / series.get('2018')!) / 7
      const planted = world.planted.trends[id]!
      expect(Math.sign(change), id).toBe(Math.sign(planted))
      expect(Math.abs(change - planted), id).toBeLessThan(0.03)
    }
    const { indicator, factor } = world.planted.seriesBreak
    const school = yearly(indicator)
    const step = school.get('2023')! / school.get('2021')!
    expect(Math.abs(step / factor - 1)).toBeLessThan(0.15)
  })
})
