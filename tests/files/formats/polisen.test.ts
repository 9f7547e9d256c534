import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cellText } from '../../../src/files/formats/grid.ts'
import { isPolisen, readPolisen } from '../../../src/files/formats/polisen.ts'
import { gridRows } from '../../support/grid-rows.ts'

const SAMPLE = '../shared/data/police/polisen-api-events-sample.json'

const event = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 7,
  datetime: '2026-08-22 9:13:04 +02:00',
  name: '22 augusti 05.43, Stöld, Nora',
  summary: 'Ett hemligt namn.',
  url: '/aktuellt/hemligt/',
  type: 'Stöld',
  location: { name: 'Örebro län', gps: '59.5,15.0' },
  ...changes,
})

const codes = (value: unknown): string[] =>
  readPolisen('p.json', value).findings.map(({ code }) => code)

describe('readPolisen', () => {
  test('keeps id, day, type and place, and says what it leaves out without repeating it', () => {
    const reading = readPolisen('p.json', [event()])
    expect(gridRows(reading.grids[0]!)).toEqual([
      ['id', 'datum', 'typ', 'plats'],
      ['7', '2026-08-22', 'Stöld', 'Örebro län'],
    ])
    expect(codes([event()])).toEqual(['format-polisen-midpoint', 'format-polisen-dropped'])
    expect(reading.findings[1]!.parameters).toEqual({ fields: 'name, summary, url', count: 3 })
    expect(JSON.stringify(reading)).not.toMatch(/hemligt|59\.5/)
  })

  test('counts an event once, in its latest version', () => {
    const later = event({ datetime: '2026-08-22 10:00:00 +02:00', type: 'Rån' })
    const reading = readPolisen('p.json', [event(), event({ summary: 'Annan text' }), later])
    expect(gridRows(reading.grids[0]!).slice(1)).toEqual([['7', '2026-08-22', 'Rån', 'Örebro län']])
    expect(codes([event(), event(), later])).toEqual(
      expect.arrayContaining(['format-polisen-repeated', 'format-polisen-changed']),
    )
    expect(gridRows(readPolisen('p.json', [later, event()]).grids[0]!)[1]![2]).toBe('Rån')
  })

  test('keeps events without id apart, and leaves a day that is none to the reader of the table', () => {
    const reading = readPolisen('p.json', [
      event({ id: undefined }),
      event({ id: undefined, datetime: 'i går' }),
      { id: 1 },
    ])
    expect(gridRows(reading.grids[0]!).map((row) => row[1])).toEqual([
      'datum',
      '2026-08-22',
      'i går',
    ])
    expect(reading.findings[0]).toMatchObject({
      code: 'format-polisen-not-events',
      parameters: { count: 1 },
    })
  })

  test.each([[[]], [{}], [null], ['x'], [[1, 2]]])('%j is stopped in words', (value) => {
    const reading = readPolisen('p.json', value)
    expect(reading.grids).toEqual([])
    expect(reading.findings.map(({ severity }) => severity)).toEqual(['error'])
  })

  test('a real answer: 500 events, each with its day', ({ skip }) => {
    if (!existsSync(SAMPLE)) {
      if (process.env['CI']) throw new Error(`${SAMPLE} is missing`)
      skip('the real data are not here')
    }
    const value = JSON.parse(readFileSync(SAMPLE, 'utf8')) as Record<string, unknown>[]
    expect(isPolisen(value)).toBe(true)
    const { grids, findings } = readPolisen('sample.json', value)
    const [grid] = grids
    expect(grid!.rowCount).toBe(501)
    expect(grid!.columns).toHaveLength(4)
    for (let row = 1; row < grid!.rowCount; row++)
      expect(cellText(grid!, row, 1)).toBe(String(value[row - 1]!['datetime']).slice(0, 10))
    expect(grid!.columns[2]!.texts).toContain('Stöld/inbrott')
    expect(findings.map(({ code }) => code)).toEqual([
      'format-polisen-midpoint',
      'format-polisen-dropped',
    ])
    const kept = JSON.stringify(grids.map(({ columns }) => columns.map(({ texts }) => texts)))
    for (const { name, summary, url } of value)
      for (const text of [name, summary, url]) expect(kept).not.toContain(String(text))
  })
})
