import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isJsonStat, MAXIMUM_CELLS, readJsonStat } from '../../../src/files/formats/json-stat.ts'
import { gridRows } from '../../support/grid-rows.ts'

type Json = Record<string, unknown>

const dimension = (label: string, labels: Record<string, string>, asArray = false): Json => ({
  label,
  category: {
    index: asArray
      ? Object.keys(labels)
      : Object.fromEntries(Object.keys(labels).map((code, place) => [code, place])),
    label: labels,
  },
})

/** A table as SCB's PxWeb gives it: people by region, sex and year. */
const population = (changes: Json = {}): Json => ({
  version: '2.0',
  class: 'dataset',
  label: 'Folkmängd efter region, kön, tabellinnehåll och år',
  source: 'SCB',
  id: ['Region', 'Kon', 'Alder', 'ContentsCode', 'Tid'],
  size: [2, 2, 1, 1, 2],
  role: { time: ['Tid'], geo: ['Region'], metric: ['ContentsCode'] },
  dimension: {
    Region: dimension('region', {
      '2480R001_RegSO2025': 'Umeå (Berghem norra-Fridhem)',
      '2480R002_RegSO2025': 'Umeå (Berghem södra)',
    }),
    Kon: dimension('kön', { '1': 'män', '1+2': 'totalt' }, true),
    Alder: { label: 'ålder', category: { label: { '15-19': '15-19 år' } } },
    ContentsCode: dimension('tabellinnehåll', { BE0101N1: 'Folkmängd' }),
    Tid: dimension('år', { '2023': '2023', '2024': '2024' }),
  },
  value: [1, 2, 3.5, null, null, null, 0, null],
  status: { '3': '..', '4': '.', '5': '-', '6': '-' },
  extension: { px: { tableid: 'TAB6574' } },
  ...changes,
})

const rowsOf = (value: unknown): string[][] => gridRows(readJsonStat('t.json', value).grids[0]!)
const codesOf = (value: unknown): string[] =>
  readJsonStat('t.json', value).findings.map(({ code }) => code)

describe('readJsonStat', () => {
  test('reads a PxWeb table into one row a cell', () => {
    const { grids, findings } = readJsonStat('t.json', population())
    const [grid] = grids
    const [first, second] = ['2480R001_RegSO2025', '2480R002_RegSO2025']
    const [berghem, south] = ['Umeå (Berghem norra-Fridhem)', 'Umeå (Berghem södra)']
    expect(gridRows(grid!)).toEqual([
      ['Region', 'Region namn', 'Kon', 'Alder', 'Tid', 'Folkmängd'],
      [first, berghem, '1', '15-19', '2023', '1'],
      [first, berghem, '1', '15-19', '2024', '2'],
      [first, berghem, '1+2', '15-19', '2023', '3,5'],
      [first, berghem, '1+2', '15-19', '2024', '..'],
      [second, south, '1', '15-19', '2023', '.'],
      [second, south, '1', '15-19', '2024', '-'],
      [second, south, '1+2', '15-19', '2023', '0'],
      [second, south, '1+2', '15-19', '2024', ''],
    ])
    expect(grid!.convention).toBe('scb')
    expect(grid!.columns[5]!.numbers).toContain(3.5)
    expect(findings).toEqual([])
  })

  test('several measures stand in a column of their own, with their unit', () => {
    const contents = {
      label: 'tabellinnehåll',
      category: {
        index: ['A', 'B'],
        label: { A: 'Antal', B: 'Andel' },
        unit: { A: { base: 'antal' }, B: { base: 'procent' } },
      },
    }
    const value = population({
      ...{ id: ['ContentsCode', 'Tid'], size: [2, 2], value: [1, 2, 3, 4], status: undefined },
      dimension: {
        ContentsCode: contents,
        Tid: dimension('år', { '2023': '2023', '2024': '2024' }),
      },
    })
    expect(rowsOf(value)).toEqual([
      ['ContentsCode', 'Tid', 'värde'],
      ['Antal', '2023', '1'],
      ['Antal', '2024', '2'],
      ['Andel (%)', '2023', '3'],
      ['Andel (%)', '2024', '4'],
    ])
  })

  test('where codes are only places in a list, the labels stand', () => {
    const value = {
      ...{ class: 'dataset', version: '2.0', id: ['omr', 'kon', 'alder', 'ar', 'typ'] },
      ...{ size: [2, 2, 2, 1, 2], source: 'Umeå kommun', role: { geo: ['omr'], time: ['ar'] } },
      dimension: {
        omr: dimension('Stadsdel', { '0': 'Haga', '1': 'Teg' }),
        kon: dimension('Kön', { '1': 'Kvinnor', '2': 'Män' }),
        alder: dimension('Ålder', { '0': '0–5 år', '1': '6–15 år' }),
        ar: dimension('År', { '0': '2011' }),
        typ: dimension('Brottstyp', { a: 'Stöld', b: 'Stöld' }),
      },
      value: Array.from({ length: 16 }, (_, index) => index),
    }
    const rows = rowsOf(value)
    expect(rows[0]).toEqual(['Stadsdel', 'kon', 'alder', 'ar', 'typ', 'värde'])
    expect(rows[1]).toEqual(['Haga', 'Kvinnor', '0–5 år', '2011', 'Stöld (a)', '0'])
    expect(rows[16]).toEqual(['Teg', 'Män', '6–15 år', '2011', 'Stöld (b)', '15'])
    expect(readJsonStat('t.json', value).grids[0]!.convention).toBeNull()
  })

  test('letters are no codes of areas', () => {
    const region = dimension('region', { a: 'Haga', b: 'Teg' })
    const value = population({
      id: ['Region'],
      size: [2],
      dimension: { Region: region },
      value: [1, 2],
    })
    expect(rowsOf(value)[0]).toEqual(['Region', 'värde'])
    expect(rowsOf(value)[1]![0]).toBe('Haga')
  })

  test('a sparse table and a filled one read the same, whatever form the status has', () => {
    const one = { id: ['Tid'], size: [3], dimension: { Tid: dimension('år', years(3)) } }
    const statuses = [[null, '..', null], { '1': '..' }]
    for (const value of [[1, null, 3], { '0': 1, '2': 3 }])
      for (const status of statuses)
        expect(rowsOf(population({ ...one, value, status })).map((row) => row[1])).toEqual([
          ...['värde', '1', '..', '3'],
        ])
    expect(rowsOf(population({ ...one, value: [1, null, 3], status: 'c' }))[2]![1]).toBe('..')
    expect(rowsOf(population({ ...one, value: [1, null, 3], status: ['m'] }))[2]![1]).toBe('')
    expect(
      readJsonStat('t.json', population({ ...one, value: [1, 2, 3], status: 'p' })).findings,
    ).toMatchObject([{ severity: 'note', code: 'format-json-stat-marked', text: 'p' }])
  })

  test('a bundle of version 1 gives a sheet a dataset', () => {
    const dataset = (value: unknown): Json => ({
      value,
      dimension: {
        id: ['Tid'],
        size: [2],
        role: { time: ['Tid'] },
        Tid: dimension('år', years(2)),
      },
    })
    const { grids } = readJsonStat('t.json', { a: dataset([1, 2]), b: dataset({ '1': 4 }) })
    expect(grids.map(({ sheet }) => sheet)).toEqual(['a', 'b'])
    expect(gridRows(grids[1]!)).toEqual([
      ['Tid', 'värde'],
      ['2001', ''],
      ['2002', '4'],
    ])
    expect(readJsonStat('t.json', { dataset: dataset([1, 2]) }).grids[0]!.sheet).toBeNull()
  })

  test.each([
    ['format-json-stat-collection', { class: 'collection', version: '2.0', link: { item: [] } }],
    ['format-json-stat-no-dataset', { class: 'dimension', version: '2.0' }],
    ['format-json-stat-no-dataset', null],
    ['format-json-stat-structure', population({ id: ['Tid', 'Tid'] })],
    ['format-json-stat-structure', population({ size: [2, 2] })],
    ['format-json-stat-structure', population({ size: [2, 2, 1, 1, -2] })],
    ['format-json-stat-categories', population({ size: [3, 2, 1, 1, 2] })],
    ['format-json-stat-categories', population({ id: ['a', 'b', 'c', 'd', 'constructor'] })],
    ['format-json-stat-values', population({ value: [1] })],
    ['format-json-stat-empty', population({ size: [0, 2, 1, 1, 2] })],
    ['format-json-stat-too-large', population({ size: [MAXIMUM_CELLS, 2, 1, 1, 2] })],
  ])('%s stops', (code, value) => {
    expect(codesOf(value)).toEqual([code])
    expect(readJsonStat('t.json', value).grids).toEqual([])
  })

  test('every cell stands where the format says, whatever the dimensions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        (size) => {
          const ids = size.map((_, index) => `egen${index}x`)
          const cells = size.reduce((product, length) => product * length, 1)
          const value = {
            ...{ class: 'dataset', version: '2.0', id: ids, size },
            dimension: Object.fromEntries(
              size.map((length, index) => [
                ids[index]!,
                dimension(
                  `d${index}`,
                  Object.fromEntries(range(length).map((at) => [`k${at}`, `v${at}`])),
                ),
              ]),
            ),
            value: range(cells),
          }
          expect(isJsonStat(value)).toBe(true)
          rowsOf(value)
            .slice(1)
            .forEach((row, cell) => {
              const place = row.slice(0, -1).map((text) => Number(text.slice(1)))
              expect(place.reduce((at, digit, index) => at * size[index]! + digit, 0)).toBe(cell)
              expect(row.at(-1)).toBe(String(cell))
            })
        },
      ),
    )
  })

  test('no JSON makes it throw', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('id', 'size', 'dimension', 'value', 'role', 'status'),
        (json, key) => {
          for (const value of [json, population({ [key]: json })])
            expect(['json-stat2']).toContain(readJsonStat('t.json', value).format)
        },
      ),
    )
  })
})

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)
const years = (count: number): Record<string, string> =>
  Object.fromEntries(range(count).map((year) => [String(2001 + year), String(2001 + year)]))
