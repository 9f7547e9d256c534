import { dsvFormat } from 'd3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { rowsInWords, tableInWords } from '../../src/text/import.ts'
import { findingsCsv } from '../../src/views/import-findings.ts'

const finding = (text: string): Finding => ({
  ...{ severity: 'error', code: 'reading-figure-unreadable', file: 'a;b.csv', row: 3 },
  ...{ column: '=Antal', text },
})

test('the list of findings opens in Excel, runs nothing there and reads back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 8 }),
      (texts) => {
        const csv = findingsCsv(texts.map(finding))
        expect(csv.startsWith('\ufeff')).toBe(true)
        const rows = dsvFormat(';').parse(csv.slice(1))
        expect(rows).toHaveLength(texts.length)
        rows.forEach((row, index) => {
          for (const field of Object.values(row)) expect(field).not.toMatch(/^[=+\-@\t\r\u2212]/)
          expect(row['Fil']).toBe('a;b.csv')
          expect(row['Kolumn']).toBe("'=Antal")
          const given = texts[index]!
          expect([given, `'${given}`]).toContain(row['Text'])
        })
      },
    ),
  )
})

test('rows are told in runs, as the program beside numbers them', () => {
  expect(rowsInWords([57, 58], 2)).toBe('57–58')
  expect(rowsInWords([3, 9], 2)).toBe('3 och 9')
  expect(rowsInWords([3, 9, 12], 3)).toBe('3, 9 och 12')
  expect(rowsInWords([3, 9, 12, 15, 1286], 900)).toBe('3, 9 och 898 till')
})

test('a table in a sentence', () => {
  expect(
    tableInWords({
      headerRow: 3,
      dataRows: 1284,
      areas: 42,
      periods: ['2025-HT', '2025-VT', '2025'],
    }),
  ).toBe(
    'Rubrik på rad 3. 1\u00a0284\u00a0datarader, 42\u00a0områden, 2\u00a0terminer och 1\u00a0år.',
  )
})
