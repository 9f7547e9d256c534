import { describe, expect, test } from 'vitest'
import { isKolada, readKolada } from '../../../src/files/formats/kolada.ts'
import { gridRows } from '../../support/grid-rows.ts'

const figure = (gender: string, value: number | null, changes: object = {}): object => ({
  ...{ count: 1, gender, status: '', value, isdeleted: false },
  ...changes,
})

const answer = (changes: object = {}): object => ({
  count: 2,
  values: [
    {
      ...{ kpi: 'N07403', municipality: '2480', period: 2023 },
      values: [figure('T', 12.5), figure('K', null, { status: 'Missing' }), figure('M', 0)],
    },
    {
      ...{ kpi: 'N07403', municipality: '0180', period: '2024' },
      values: [
        figure('T', null, { status: 'Private' }),
        figure('K', 3, { status: 'Private' }),
        figure('M', 9, { isdeleted: true }),
      ],
    },
  ],
  ...changes,
})

describe('readKolada', () => {
  test('gives a row a figure; withheld and missing are told apart, withdrawn left out', () => {
    expect(isKolada(answer())).toBe(true)
    const { grids, findings } = readKolada('k.json', answer())
    expect(gridRows(grids[0]!)).toEqual([
      ['kpi', 'kommun', 'period', 'kön', 'värde'],
      ['N07403', '2480', '2023', 'T', '12,5'],
      ['N07403', '2480', '2023', 'K', ''],
      ['N07403', '2480', '2023', 'M', '0'],
      ['N07403', '0180', '2024', 'T', '..'],
      ['N07403', '0180', '2024', 'K', '..'],
    ])
    const { texts, numbers } = grids[0]!.columns[4]!
    expect(texts.map((text, index) => [text, numbers![index]])).toEqual([
      ['värde', NaN],
      ['12,5', 12.5],
      ['', NaN],
      ['0', 0],
      ['..', NaN],
    ])
    expect(findings).toMatchObject([{ code: 'format-kolada-withdrawn', parameters: { count: 1 } }])
  })

  test.each(['next_page', 'next_url', 'previous_page'])(
    'warns of a page of several (%s)',
    (key) => {
      const { findings } = readKolada('k.json', answer({ [key]: 'page' }))
      expect(findings[0]).toMatchObject({ severity: 'warning', code: 'format-kolada-one-page' })
      expect(readKolada('k.json', answer({ [key]: null })).findings).toHaveLength(1)
    },
  )

  test('has a column of its own for units of organisation', () => {
    const values = [{ kpi: 'N15033', ou: 'V15E144001301', period: 2009, values: [figure('T', 1)] }]
    expect(gridRows(readKolada('k.json', { count: 1, values }).grids[0]!)).toEqual([
      ['kpi', 'ou', 'period', 'kön', 'värde'],
      ['N15033', 'V15E144001301', '2009', 'T', '1'],
    ])
  })

  test('a figure too large for a number is never another number', () => {
    const values = [
      { kpi: 'N1', municipality: '2480', period: 2009, values: [JSON.parse('{"value":1e999}')] },
    ] as unknown[]
    const column = readKolada('k.json', { count: 1, values }).grids[0]!.columns[4]!
    expect(column.numbers).toBeNull()
  })

  test('definitions, emptiness and other JSON are stopped in words', () => {
    const codeOf = (value: unknown): string => {
      const { grids, findings } = readKolada('k.json', value)
      expect(grids).toEqual([])
      return findings.map(({ severity, code }) => `${severity} ${code}`).join()
    }
    const kpis = { count: 1, values: [{ id: 'N07403', title: 'Anmälda våldsbrott' }] }
    expect(isKolada(kpis)).toBe(true)
    expect(codeOf(kpis)).toBe('error format-kolada-definitions')
    for (const value of [{ count: 0, values: [] }, {}, null, [], { values: [null, 1] }])
      expect(codeOf(value)).toBe('error format-kolada-empty')
  })

  test('entries of another shape are counted, not passed over in silence', () => {
    const values = [
      { kpi: 'N1', municipality: '2480', period: 2009, values: [figure('T', 1), 5] },
      3,
    ]
    expect(readKolada('k.json', { count: 2, values }).findings).toMatchObject([
      { severity: 'warning', code: 'format-kolada-unreadable', parameters: { count: 2 } },
    ])
  })
})
