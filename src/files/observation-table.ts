import type { AreaId } from '../core/area.ts'
import {
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../core/cell.ts'
import { UNPLACED, type GivenObservation } from '../core/disclosure/build-joint-table.ts'
import type { Finding } from '../core/finding.ts'
import type { Indicator, IndicatorId } from '../core/indicator.ts'
import type { AreaHierarchy } from './boundaries/area-hierarchy.ts'
import { readDelimitedTable } from './delimited-table.ts'
import { areaMatcher } from './tables/match-areas.ts'
import { periodOf, SEX_WORDS } from './observation-file.ts'
import { readFigure } from './read-figure.ts'

export interface ObservationTableReading {
  /** By indicator; empty when there are errors. */
  readonly observations: ReadonlyMap<IndicatorId, readonly GivenObservation[]>
  readonly findings: readonly Finding[]
}

/** Faults of one kind are listed up to here, then only counted: a file with a wrong column has thousands. */
const MOST_LISTED = 10

const COLUMNS = {
  indicator: /^(indikator|indicator|indikator_?id)$/i,
  area: /^(omr(å|a)de(skod)?|area|regso|stadsdel)$/i,
  period: /^period$/i,
  sex: /^(k(ö|o)n|sex)$/i,
  numerator: /^(t(ä|a)ljare|numerator|antal)$/i,
  denominator: /^(n(ä|a)mnare|denominator|svarande)$/i,
  units: /^(enheter|uppgiftsl(ä|a)mnare|reporting_?units)$/i,
} as const

const WITHOUT_PLACE =
  /^(|[-–]|ej placerade?|inte placerade?|utan (plats|omr(å|a)de)|ok(ä|a)n[dt]|omr(å|a)de saknas|uppgift saknas)$/i
const ALL_AREAS = /^(kommun(en)?|hela kommunen|tota(l|lt)|samtliga|alla)$/i

/**
 * Reads a long table of counts, `indikator;omrade;period;kon;taljare;namnare` and perhaps `enheter`, how many units
 * report the figure (more columns are passed over): leaves alone or with totals. No row is left out in silence: one that cannot be read is an error, and a cell given twice
 * too. Rows without an area are "ej placerad".
 */
export function readObservationTable(
  text: string,
  file: string,
  indicators: readonly Indicator[],
  hierarchy: AreaHierarchy,
): ObservationTableReading {
  const reading = readDelimitedTable(text.replace(/^\ufeff/, ''), file)
  const nothing = new Map<IndicatorId, readonly GivenObservation[]>()
  if (!reading.ok) return { observations: nothing, findings: [reading.finding] }
  const findings: Finding[] = reading.findings.map((finding) => ({ ...finding, severity: 'error' }))
  const listed = new Map<string, number>()
  const report = (
    severity: Finding['severity'],
    code: string,
    row: number | null,
    column: string | null,
    offending: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void => {
    const count = (listed.get(code) ?? 0) + 1
    listed.set(code, count)
    if (count <= MOST_LISTED)
      findings.push({ severity, code, file, row, column, text: offending, parameters })
  }
  const { header, rows } = reading.table
  const columns = Object.fromEntries(
    Object.entries(COLUMNS).map(([name, pattern]) => [
      name,
      header.findIndex((title) => pattern.test(title)),
    ]),
  ) as Record<keyof typeof COLUMNS, number>
  const required = ['indicator', 'area', 'period', 'numerator'] as const
  const missing = required.filter((name) => columns[name] < 0)
  if (missing.length > 0) {
    for (const name of missing)
      report('error', 'table-column-missing', 1, NAMES_OF_COLUMNS[name], null)
    return { observations: nothing, findings }
  }
  const used = new Set(Object.values(columns))
  const surplus = header.filter((_, index) => !used.has(index))
  if (surplus.length > 0)
    report('note', 'observations-columns-dropped', 1, null, surplus.join(', '))

  const known = new Map(indicators.map((indicator) => [indicator.id, indicator]))
  const areaOf = areaReader(hierarchy)
  const observations = new Map<IndicatorId, GivenObservation[]>()
  const firstRow = new Map<string, number>()
  for (const { row, cells } of rows) {
    const field = (name: keyof typeof COLUMNS): string => cells[columns[name]] ?? ''
    const title = (name: keyof typeof COLUMNS): string => header[columns[name]]!
    const fault = (
      code: string,
      name: keyof typeof COLUMNS,
      parameters: Readonly<Record<string, string | number>> = {},
    ): void => report('error', code, row, title(name), field(name), parameters)
    const indicator = known.get(field('indicator'))
    const area = areaOf(field('area'))
    const period = periodOf(field('period'))
    const sex = field('sex') === '' ? 'T' : SEX_WORDS[field('sex').toLowerCase()]
    if (!indicator) fault('observations-unknown-indicator', 'indicator')
    if (typeof area !== 'string')
      fault('observations-unknown-area', 'area', { suggestions: area.suggestions.join('; ') })
    if (period === null) fault('observations-period', 'period')
    if (sex === undefined) fault('observations-sex', 'sex')
    const figures = {
      numerator: readFigure(field('numerator')),
      denominator: readFigure(field('denominator')),
      units: readFigure(field('units')),
    }
    let isReadable = true
    for (const name of ['numerator', 'denominator', 'units'] as const) {
      const figure = figures[name]
      const code =
        figure.kind === 'unreadable'
          ? 'observations-number'
          : figure.kind !== 'number'
            ? null
            : figure.value < 0
              ? 'observations-negative'
              : Number.isInteger(figure.value)
                ? null
                : 'observations-not-whole'
      if (code === null) continue
      fault(code, name)
      isReadable = false
    }
    if (!indicator || typeof area !== 'string' || period === null || sex === undefined) continue
    if (!isReadable) continue
    const key = `${indicator.id}\t${area}\t${period}\t${sex}`
    const earlier = firstRow.get(key)
    if (earlier !== undefined) {
      report('error', 'observations-repeated', row, title('area'), field('area'), { earlier })
      continue
    }
    firstRow.set(key, row)

    const needsDenominator = indicator.denominatorName !== null
    const isPart = indicator.measure === 'share' || indicator.measure === 'survey'
    const above = figures.numerator.kind === 'number' ? figures.numerator.value : NaN
    const below =
      needsDenominator && figures.denominator.kind === 'number' ? figures.denominator.value : NaN
    if (isPart && above > below) {
      fault('observations-over-denominator', 'numerator', { denominator: below })
      continue
    }
    const isUnplaced = area === UNPLACED
    let status = STATUS_VALUE
    let base = below
    if (figures.numerator.kind === 'hidden-at-source') status = STATUS_HIDDEN_AT_SOURCE
    else if (needsDenominator && figures.denominator.kind === 'hidden-at-source')
      status = STATUS_HIDDEN_AT_SOURCE
    else if (Number.isNaN(above)) status = below === 0 ? STATUS_NO_POPULATION : STATUS_NOT_COLLECTED
    else if (needsDenominator && Number.isNaN(below) && !(isUnplaced && !isPart)) {
      report('warning', 'observations-no-denominator', row, NAMES_OF_COLUMNS.denominator, null, {
        indicator: indicator.id,
      })
      status = STATUS_NOT_COLLECTED
    } else if (needsDenominator && below === 0) {
      // Events where nobody lives: no rate, but they are part of every total.
      if (above > 0) base = NaN
      else status = STATUS_NO_POPULATION
    }
    const shown = status === STATUS_VALUE
    const list = observations.get(indicator.id) ?? []
    observations.set(indicator.id, list)
    list.push({
      ...{ row, file, area, period, sex, status },
      numerator: shown ? above : NaN,
      denominator: shown ? base : NaN,
      units: figures.units.kind === 'number' ? figures.units.value : NaN,
    })
  }
  for (const [code, count] of listed)
    if (count > MOST_LISTED)
      findings.push({
        ...{ severity: 'note', code: 'table-more-findings', file, row: null, column: null },
        text: null,
        parameters: { count: count - MOST_LISTED, of: code },
      })
  const hasErrors = findings.some(({ severity }) => severity === 'error')
  return { observations: hasErrors ? nothing : observations, findings }
}

const NAMES_OF_COLUMNS: Readonly<Record<keyof typeof COLUMNS, string>> = {
  indicator: 'indikator',
  area: 'omrade',
  period: 'period',
  sex: 'kon',
  numerator: 'taljare',
  denominator: 'namnare',
  units: 'enheter',
}

/** Areas by their code as it stands, else as people write them; the whole also by words for all areas. */
function areaReader({
  areas,
}: AreaHierarchy): (text: string) => AreaId | { readonly suggestions: readonly string[] } {
  const ids = new Set(areas.map(({ id }) => id))
  const whole = areas.find(({ parent }) => parent === null)!.id
  const match = areaMatcher(areas)
  return (text) => {
    if (ids.has(text)) return text
    if (WITHOUT_PLACE.test(text)) return UNPLACED
    const found = match(text)
    if (found.kind === 'match') return found.area
    return ALL_AREAS.test(text) ? whole : { suggestions: found.suggestions }
  }
}
