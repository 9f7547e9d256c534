import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Area } from '../../src/core/area.ts'
import { CELL_STATUSES, STATUS_VALUE } from '../../src/core/cell.ts'
import { cellIndex } from '../../src/core/observation.ts'
import { decodeText } from '../../src/files/formats/decode-text.ts'
import { areaMatcher } from '../../src/files/tables/match-areas.ts'
import {
  readObservationFile,
  type CountTable,
  type EventCounts,
} from '../../src/files/observation-file.ts'
import { readFigure } from '../../src/files/read-figure.ts'
import { distinctSlugs, slugOf } from '../../src/core/slug.ts'

/*
 * Every <name>.csv in the folder is read and compared with <name>.expected.json: the counts that are not 0, the
 * cells it names, and each finding as "severity code row".
 */
const FOLDER = new URL('./fixtures/observations/', import.meta.url)

const area = (id: string, name: string): Area => ({ id, name, level: 'stadsdel', parent: null })
const AREAS = [
  area('angen', 'Ängen'),
  area('backen', 'Backen'),
  area('savar-vastra', 'Sävar, västra'),
  area('savar-ostra', 'Sävar, östra'),
]
/** The same with an official code, for files that have codes. */
const CODED = [area('2480R001', 'Ängen'), area('2480R002', 'Backen')]

interface Expected {
  readonly kind?: 'events' | 'counts'
  readonly isPublished?: boolean
  readonly months?: readonly string[]
  readonly categories?: readonly string[]
  readonly counts?: Readonly<Record<string, number>>
  readonly periods?: readonly string[]
  readonly sexes?: readonly string[]
  readonly hasDenominator?: boolean
  readonly cells?: Readonly<Record<string, string>>
  readonly findings: readonly string[]
}

const cases = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.csv'))
  .map((file) => file.replace('.csv', ''))

describe('observation files that were dropped in', () => {
  test.each(cases)('%s', (name) => {
    const expectedFile = new URL(`${name}.expected.json`, FOLDER)
    expect(existsSync(expectedFile), `write ${name}.expected.json`).toBe(true)
    const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as Expected
    const { text } = decodeText(readFileSync(new URL(`${name}.csv`, FOLDER)))
    const reading = readObservationFile(text, `${name}.csv`, text.includes('2480R') ? CODED : AREAS)

    expect(
      reading.findings.map(({ severity, code, row }) =>
        [severity, code, ...(row === null ? [] : [row])].join(' '),
      ),
    ).toEqual(expected.findings)
    expect(reading.ok ? reading.observations.kind : undefined).toBe(expected.kind)
    if (!reading.ok) return
    if (reading.observations.kind === 'events') compareEvents(reading.observations, expected)
    else compareCounts(reading.observations, expected)
  })
})

function compareEvents(events: EventCounts, expected: Expected): void {
  expect(events.months).toEqual(expected.months)
  expect(events.categories).toEqual(expected.categories)
  expect(events.isPublished).toBe(expected.isPublished)
  const found: Record<string, number> = {}
  const places = [...events.areas, '-']
  let cell = 0
  for (const category of events.categories)
    for (const month of events.months)
      for (const place of places) {
        const count = events.count[cell++]!
        if (count > 0) found[`${category} ${month} ${place}`] = count
      }
  expect(found).toEqual(expected.counts)
}

function compareCounts(table: CountTable, expected: Expected): void {
  expect(table.periods).toEqual(expected.periods)
  expect(table.sexes).toEqual(expected.sexes)
  expect(table.hasDenominator).toBe(expected.hasDenominator)
  for (const [key, wanted] of Object.entries(expected.cells!)) {
    const [sex, period, place] = key.split(' ')
    const cell = cellIndex(
      table,
      table.sexes.findIndex((candidate) => candidate === sex),
      table.periods.indexOf(period!),
      table.areas.indexOf(place!),
    )
    const base = table.denominator[cell]!
    const found =
      table.status[cell] === STATUS_VALUE
        ? [table.numerator[cell]!, ...(Number.isNaN(base) ? [] : [base])].join('/')
        : CELL_STATUSES[table.status[cell]!]
    expect(found, key).toBe(wanted)
  }
}

test('long lists of one fault are cut short', () => {
  const rows = Array.from({ length: 500 }, () => 'nej,Stöld,Ängen')
  const reading = readObservationFile(['datum,typ,område', ...rows].join('\n'), 'x.csv', AREAS)
  expect(reading.findings.filter(({ code }) => code === 'observations-date')).toHaveLength(10)
})

describe('areaMatcher', () => {
  const match = areaMatcher([...AREAS, area('2480R041', 'Ålidhem södra')])

  test.each([
    ['Ängen', 'angen'],
    ['  ängen ', 'angen'],
    ['A\u0308ngen', 'angen'],
    ['2480R041', '2480R041'],
    ['2480r041', '2480R041'],
    ['Ålidhem  södra (2480R041)', '2480R041'],
    ['2480R041_RegSO2025', '2480R041'],
    ['2480R041 Umeå (Ålidhem södra)', '2480R041'],
  ])('%j is %s', (text, id) => {
    expect(match(text)).toEqual({ kind: 'match', area: id })
  })

  test.each([
    ['Angen', ['Ängen']],
    ['Sävar', ['Sävar, västra', 'Sävar, östra']],
    ['Alidhem södra', ['Ålidhem södra']],
    ['Backan', ['Backen']],
    ['Hörnefors', []],
    ['', []],
  ])('%j is a question', (text, suggestions) => {
    expect(match(text)).toEqual({ kind: 'unknown', suggestions })
  })

  test('a name of two areas is a question', () => {
    const twice = areaMatcher([area('a', 'Backen'), area('b', 'backen')])
    expect(twice('Backen')).toEqual({ kind: 'unknown', suggestions: ['Backen', 'backen'] })
  })
})

describe('readFigure', () => {
  test.each([
    ['12', 12],
    ['1 234', 1234],
    ['1\u00a0234\u00a0567', 1234567],
    ['1\u202f234,5', 1234.5],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['\u22123', -3],
    ['0', 0],
  ])('%j is %d', (text, value) => {
    expect(readFigure(text)).toEqual({ kind: 'number', value })
  })

  test.each([
    ['..', 'hidden-at-source'],
    ['<5', 'hidden-at-source'],
    ['1–4', 'hidden-at-source'],
    ['dold (för få)', 'hidden-at-source'],
    ['', 'missing'],
    ['.', 'missing'],
    ['–', 'missing'],
    ['uppgift saknas', 'missing'],
    ['1.234', 'unreadable'],
    ['1,234', 'unreadable'],
    ['12 34', 'unreadable'],
    ['cirka 40', 'unreadable'],
    ['1e3', 'unreadable'],
  ])('%j is %s', (text, kind) => {
    expect(readFigure(text)).toEqual({ kind })
  })
})

describe('slugs', () => {
  test.each([
    ['Haga/Sandbacka', 'haga-sandbacka'],
    ['Universitets- och sjukhusområdet', 'universitets-och-sjukhusomradet'],
    ['Ön', 'on'],
    ['(…)', ''],
  ])('%j is %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })

  test('are distinct, whatever the order of the names', () => {
    expect(distinctSlugs(['Hällen', 'Hallen', '!', 'Hallen 2'], 'x')).toEqual([
      'hallen-3',
      'hallen',
      'x',
      'hallen-2',
    ])
    expect(distinctSlugs(['Hallen 2', '!', 'Hallen', 'Hällen'], 'x')).toEqual([
      'hallen-2',
      'x',
      'hallen',
      'hallen-3',
    ])
  })
})
