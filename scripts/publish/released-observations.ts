import { dsvFormat } from 'd3'
import type { Area } from '../../src/core/area.ts'
import {
  STATUS_HIDDEN,
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../../src/core/cell.ts'
import type { ReleasedJointTable } from '../../src/core/disclosure/audit.ts'
import { UNPLACED } from '../../src/core/disclosure/build-joint-table.ts'
import type { Finding } from '../../src/core/finding.ts'
import { SEXES, type Indicator, type Sex } from '../../src/core/indicator.ts'
import { cellCount, cellIndex, type TableAxes } from '../../src/core/observation.ts'
import { comparePeriods, containingPeriod, kindOf } from '../../src/core/period.ts'
import { intervalOf, valueOf } from '../../src/core/stats/comparison.ts'
import { readDelimitedTable } from '../../src/files/delimited-table.ts'

/** The file at the root of a package with every cell of every plan. */
export const OBSERVATIONS_FILE = 'observations.csv'

const HEADER = [
  'indikator',
  'omrade',
  'niva',
  'period',
  'kon',
  'status',
  'varde',
  'taljare',
  'namnare',
  'undre',
  'ovre',
  'preliminar',
] as const

const WORDS = { value: 'varde', hidden: 'dold', atSource: 'dold-vid-källan', missing: 'saknas' }

/** A released table and, by cell, 1 where the figure is an earlier release's that a later one waits behind. */
export interface ReleasedObservations {
  readonly table: ReleasedJointTable
  readonly waiting: Uint8Array | null
}

/**
 * Writes released tables as one row per cell. Values and intervals are rounded as they are shown, counts and
 * denominators are exact, with a decimal point. A hidden row has its denominator at most; a row that is missing
 * because nobody lives there has the denominator 0.
 */
export function writeObservations(
  released: readonly ReleasedObservations[],
  areas: readonly Area[],
): string {
  const levels = new Map(areas.map(({ id, level }) => [id, level]))
  const lines = [HEADER.join(';')]
  for (const { table, waiting } of released) {
    const { indicator, sexes, periods } = table
    const levelOf = (area: string): string => levels.get(area) ?? indicator.plan.levels.at(-1)!
    const starts = table.areas.map((area) =>
      [indicator.id, area, levelOf(area)].map(quoted).join(';'),
    )
    let cell = 0
    for (const sex of sexes)
      for (const period of periods)
        for (const start of starts) {
          const isWaiting = waiting?.[cell] === 1 && table.status[cell] === STATUS_VALUE
          lines.push(
            `${start};${period};${sex === 'T' ? '' : sex};${figuresOf(table, cell)};${isWaiting ? 'ja' : ''}`,
          )
          cell++
        }
  }
  return lines.join('\n') + '\n'
}

function figuresOf(
  { status, numerator, denominator, indicator }: ReleasedJointTable,
  cell: number,
) {
  const count = numerator[cell]!
  const base = denominator[cell]!
  switch (status[cell]) {
    case STATUS_VALUE: {
      const { measure, per, designEffect } = indicator
      const isPlain = measure === 'count' || measure === 'class'
      const sample = { count, base: isPlain ? 1 : base }
      const hasValue = isPlain || base > 0
      const value = isPlain ? String(count) : hasValue ? rounded(valueOf(sample, measure, per)) : ''
      const interval = hasValue ? intervalOf(sample, measure, per, designEffect) : null
      return [
        ...[WORDS.value, value, String(count), plain(base)],
        ...(interval ? [rounded(interval.lower), rounded(interval.upper)] : ['', '']),
      ].join(';')
    }
    case STATUS_HIDDEN:
      return `${WORDS.hidden};;;${plain(base)};;`
    case STATUS_HIDDEN_AT_SOURCE:
      return `${WORDS.atSource};;;;;`
    case STATUS_NO_POPULATION:
      return `${WORDS.missing};;;0;;`
    default:
      return `${WORDS.missing};;;;;`
  }
}

/** One decimal, as on the screen. */
const rounded = (value: number): string => value.toFixed(1)
const plain = (value: number): string => (Number.isNaN(value) ? '' : String(value))
const quoted = (text: string): string => dsvFormat(';').formatValue(text)

export type ObservationsReading =
  | { readonly ok: true; readonly tables: readonly ReleasedObservations[] }
  | { readonly ok: false; readonly finding: Finding }

/**
 * Reads a package's released cells back: one table per indicator, as an attacker has it.
 * @param areas of the package, with their parents
 */
export function readObservations(
  text: string,
  file: string,
  indicators: readonly Indicator[],
  areas: readonly Area[],
): ObservationsReading {
  const reading = readDelimitedTable(text, file)
  if (!reading.ok) return reading
  const fail = (
    code: string,
    row: number | null,
    column: string | null,
    offending: string | null,
  ): ObservationsReading => ({
    ok: false,
    finding: { severity: 'error', code, file, row, column, text: offending },
  })
  const [damaged] = reading.findings
  if (damaged) return { ok: false, finding: { ...damaged, severity: 'error' } }
  const { header, rows } = reading.table
  const missing = HEADER.find((name) => name !== 'preliminar' && !header.includes(name))
  if (missing !== undefined) return fail('table-column-missing', 1, missing, null)
  const place = Object.fromEntries(HEADER.map((name) => [name, header.indexOf(name)])) as Record<
    (typeof HEADER)[number],
    number
  >
  const byIndicator = new Map<string, (typeof rows)[number][]>()
  for (const row of rows) {
    const id = row.cells[place.indikator]!
    const list = byIndicator.get(id)
    if (list) list.push(row)
    else byIndicator.set(id, [row])
  }
  const known = new Set(areas.map(({ id }) => id))
  const tables: ReleasedObservations[] = []
  for (const [id, own] of byIndicator) {
    const indicator = indicators.find((candidate) => candidate.id === id)
    if (!indicator) return fail('package-unknown-indicator', own[0]!.row, 'indikator', id)
    const values = (name: keyof typeof place): Set<string> =>
      new Set(own.map(({ cells }) => cells[place[name]]!))
    const present = values('omrade')
    for (const { row, cells } of own) {
      const area = cells[place.omrade]!
      if (!known.has(area) && area !== UNPLACED)
        return fail('package-unknown-area', row, 'omrade', area)
      const period = cells[place.period]!
      if (kindOf(period) === null) return fail('released-period', row, 'period', period)
      if (!['', ...SEXES].includes(cells[place.kon]!))
        return fail('observations-sex', row, 'kon', cells[place.kon]!)
    }
    const sexes = values('kon')
    const isSexed = sexes.has('K') || sexes.has('M')
    const axes: TableAxes = {
      sexes: isSexed ? ['T', 'K', 'M'] : ['T'],
      periods: [...values('period')].sort(comparePeriods),
      areas: [
        ...areas.filter((area) => present.has(area.id)).map((area) => area.id),
        ...(present.has(UNPLACED) ? [UNPLACED] : []),
      ],
    }
    const size = cellCount(axes)
    const status = new Uint8Array(size).fill(STATUS_NOT_COLLECTED)
    const numerator = new Float64Array(size).fill(NaN)
    const denominator = new Float64Array(size).fill(NaN)
    const waiting = new Uint8Array(size)
    const seen = new Uint8Array(size)
    const areaIndex = indexOf(axes.areas)
    const periodIndex = indexOf(axes.periods)
    for (const { row, cells } of own) {
      const sex = (cells[place.kon]! || 'T') as Sex
      const cell = cellIndex(
        axes,
        axes.sexes.indexOf(sex),
        periodIndex.get(cells[place.period]!)!,
        areaIndex.get(cells[place.omrade]!)!,
      )
      if (seen[cell]) return fail('observations-repeated-cell', row, null, null)
      seen[cell] = 1
      const base = cells[place.namnare]!
      if (base !== '' && !(Number(base) >= 0)) return fail('released-number', row, 'namnare', base)
      denominator[cell] = base === '' ? NaN : Number(base)
      const word = cells[place.status]!
      const count = cells[place.taljare]!
      if (word === WORDS.value) {
        if (count === '' || !(Number(count) >= 0))
          return fail('released-number', row, 'taljare', count)
        status[cell] = STATUS_VALUE
        numerator[cell] = Number(count)
        waiting[cell] = cells[place.preliminar] === 'ja' ? 1 : 0
        continue
      }
      if (
        count !== '' ||
        cells[place.varde] !== '' ||
        cells[place.undre] !== '' ||
        cells[place.ovre] !== ''
      )
        return fail('released-figure-in-hidden', row, null, null)
      if (word === WORDS.hidden) status[cell] = STATUS_HIDDEN
      else if (word === WORDS.atSource) status[cell] = STATUS_HIDDEN_AT_SOURCE
      else if (word !== WORDS.missing) return fail('released-status', row, 'status', word)
      else if (denominator[cell] === 0) {
        status[cell] = STATUS_NO_POPULATION
        denominator[cell] = NaN
      }
    }
    tables.push({
      table: {
        ...{ ...axes, indicator, status, numerator, denominator },
        ...{
          parentArea: parentsOf(axes.areas, areas),
          parentPeriod: containersOf(axes, indicator),
        },
        knownEarlier: null,
      },
      waiting,
    })
  }
  return { ok: true, tables }
}

/** The nearest area above that the table has; cases without a place lie in the whole. */
function parentsOf(own: readonly string[], areas: readonly Area[]): Int32Array {
  const parents = new Map(areas.map(({ id, parent }) => [id, parent]))
  const whole = areas.find(({ parent }) => parent === null)?.id ?? null
  const position = indexOf(own)
  return Int32Array.from(own, (id) => {
    let parent = id === UNPLACED ? whole : (parents.get(id) ?? null)
    while (parent !== null && !position.has(parent)) parent = parents.get(parent) ?? null
    return parent === null ? -1 : position.get(parent)!
  })
}

function containersOf({ periods }: TableAxes, { plan }: Indicator): Int32Array {
  const position = indexOf(periods)
  return Int32Array.from(periods, (code) => {
    const place = plan.periodChain.indexOf(kindOf(code)!)
    const coarser = place < 0 ? undefined : plan.periodChain[place + 1]
    const container = coarser === undefined ? null : containingPeriod(code, coarser)
    return container === null ? -1 : (position.get(container) ?? -1)
  })
}

const indexOf = (items: readonly string[]): ReadonlyMap<string, number> =>
  new Map(items.map((item, index) => [item, index]))
