import { utils, write, type WorkSheet } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellText, type Grid } from '../../../src/files/formats/grid.ts'
import { readWorkbook } from '../../../src/files/formats/workbook.ts'
import { openDocumentOf, workbookOf, zipOf } from '../../support/made-workbook.ts'

/** The texts of a grid, and its numbers where it has them. */
function shown(grid: Grid | undefined): (string | number)[][] {
  if (!grid) return []
  return Array.from({ length: grid.rowCount }, (_, row) =>
    grid.columns.map((_column, column) => cellText(grid, row, column)),
  )
}

function numberAt(grid: Grid, row: number, column: number): number {
  const { numbers, codes } = grid.columns[column]!
  return numbers?.[codes[row]!] ?? NaN
}

const FORMATS = [
  '0000',
  '0.0%',
  'yyyy\\-mm\\-dd',
  'mmm\\-yy',
  'yyyy\\-mm\\-dd\\ hh:mm',
  '#,##0',
  'General',
  '0.0',
  'hh:mm',
  '[h]:mm',
  'yyyy',
  '[$-41D]d\\ mmmm\\ yyyy;@',
  '000\\ 00',
  '[<5]"<5";0.0%',
  '_-* #,##0\\ _k_r_-;\\-* #,##0\\ _k_r_-;_-* "-"??\\ _k_r_-;_-@_-',
  '0;-0;".."',
  '0;-0;\\-',
]

/** Of one column of numbers, each with its format: what the cell shows and its number. */
async function cellsShown(
  cells: readonly (readonly [value: string, format: string])[],
): Promise<(readonly [string, number])[]> {
  const rows = cells
    .map(
      ([value, format], row) =>
        `<row r="${row + 1}"><c r="A${row + 1}" s="${FORMATS.indexOf(format) + 1}"><v>${value}</v></c></row>`,
    )
    .join('')
  const { grids } = await readWorkbook(
    'a.xlsx',
    workbookOf([{ name: 'Blad1', rows }], FORMATS),
    'xlsx',
  )
  return cells.map((_, row) => [cellText(grids[0]!, row, 0), numberAt(grids[0]!, row, 0)])
}

describe('a workbook', () => {
  test('shows cells by their format, and holds the stored number', async () => {
    expect(
      await cellsShown([
        ['180', '0000'],
        ['90184', '000\\ 00'],
        ['0.125', '0.0%'],
        ['0.07', '0.0%'],
        ['0.28999999999999998', '0.0%'],
        ['45352', 'yyyy\\-mm\\-dd'],
        ['45352', '[$-41D]d\\ mmmm\\ yyyy;@'],
        ['45352', 'mmm\\-yy'],
        ['45352', 'yyyy'],
        ['45352.604166666664', 'yyyy\\-mm\\-dd\\ hh:mm'],
        ['0.604166666666667', 'hh:mm'],
        ['1.5', '[h]:mm'],
        ['2024', 'General'],
        ['1234567.5', '#,##0'],
        ['12.345678', '0.0'],
        ['0.30000000000000004', 'General'],
        ['1E-7', 'General'],
        ['-3', 'General'],
        ['3', '[<5]"<5";0.0%'],
        ['12.5', '[<5]"<5";0.0%'],
        ['0', FORMATS.at(-3)!],
        ['7', FORMATS.at(-3)!],
        ['0', '0;-0;".."'],
        ['-1', '0;-0;".."'],
        ['0', '0;-0;\\-'],
      ]),
    ).toEqual([
      ['0180', 180],
      ['901 84', 90184],
      ['12,5 %', 12.5],
      ['7 %', 7],
      ['29 %', 29],
      ['2024-03-01', NaN],
      ['2024-03-01', NaN],
      ['2024-03', NaN],
      ['2024', NaN],
      ['2024-03-01 14:30', NaN],
      ['14:30', NaN],
      ['36:00', NaN],
      ['2024', 2024],
      ['1234567,5', 1234567.5],
      ['12,345678', 12.345678],
      ['0,3', 0.30000000000000004],
      ['0,0000001', 1e-7],
      ['-3', -3],
      ['<5', NaN],
      ['1250 %', 1250],
      ['0', 0],
      ['7', 7],
      ['..', NaN],
      ['-1', -1],
      ['0', 0],
    ])
  })

  test('counts rows and columns as the spreadsheet does', async () => {
    const rows =
      '<row r="3"><c r="B3" t="inlineStr"><is><t>Område</t></is></c><c r="D3" t="str"><f>A1</f><v>=SUM(1)</v></c></row>' +
      '<row r="5"><c r="B5" t="e"><v>#N/A</v></c><c r="C5" t="b"><v>1</v></c><c r="XFD5" s="1"/></row><row r="1048576" ht="15"/>'
    const { grids, findings } = await readWorkbook(
      'a.xlsx',
      workbookOf(
        [
          {
            ...{ name: 'Blad1', rows, before: '<dimension ref="A1:XFD1048576"/>' },
            after:
              '<mergeCells><mergeCell ref="B3:C4"/><mergeCell ref="A9:XFD1048576"/></mergeCells><hyperlinks><hyperlink ref="A1:XFD1048576" display="x"/></hyperlinks>',
          },
        ],
        ['0'],
      ),
      'xlsx',
    )
    expect(findings).toEqual([])
    expect(shown(grids[0])).toEqual([
      ['', '', '', ''],
      ['', '', '', ''],
      ['', 'Område', '', '=SUM(1)'],
      ['', '', '', ''],
      ['', '#N/A', 'TRUE', ''],
    ])
    expect(grids[0]).toMatchObject({
      sheet: null,
      merges: [{ firstRow: 2, lastRow: 3, firstColumn: 1, lastColumn: 2 }],
    })
  })

  test('gives its visible sheets, and says what it passed over or took with it', async () => {
    const cell = (text: string): string =>
      `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`
    const { grids, findings } = await readWorkbook(
      'a.xlsx',
      workbookOf([
        {
          name: 'Data &amp; mer',
          before: '<cols><col min="2" max="3" hidden="1"/></cols>',
          rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><f>A2+1</f></c><c r="B3"><f>A2</f><v></v></c><c r="C3"><f>A2</f><v>1</v></c></row>`,
        },
        { name: 'Dold', state: 'hidden', rows: cell('hemlig') },
        { name: 'Djupt dold', state: 'veryHidden', rows: cell('hemlig') },
        { name: 'Tom', rows: '<row r="1"><c r="A1" s="0"/></row>' },
        { name: 'Noter', rows: cell('not') },
      ]),
      'xlsx',
    )
    expect(grids.map(({ sheet }) => sheet)).toEqual(['Data & mer', 'Noter'])
    expect(shown(grids[0])).toEqual([
      ['a', '', ''],
      ['1', '', ''],
      ['', '', '1'],
    ])
    expect(
      findings.map(({ severity, code, row, column, parameters }) => [
        ...[severity, code, row, column, parameters],
      ]),
    ).toEqual([
      ...[
        [
          'note',
          'format-sheet-hidden-rows',
          null,
          null,
          { sheet: 'Data & mer', rows: 1, columns: 2 },
        ],
        ['warning', 'format-formula-without-value', 3, 'A', { sheet: 'Data & mer', count: 2 }],
        ['note', 'format-hidden-sheets', null, null, { count: 2 }],
      ],
    ])
  })

  test('a sheet that refers to texts that are not there is an error, and the others are read', async () => {
    const { grids, findings } = await readWorkbook(
      'a.xlsx',
      workbookOf(
        [
          { name: 'A', rows: '<row r="1"><c r="A1" t="s"><v>7</v></c></row>' },
          { name: 'B', rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' },
        ],
        [],
        ['text'],
      ),
      'xlsx',
    )
    expect(findings.map(({ code }) => code)).toEqual(['format-sheet-damaged'])
    expect(shown(grids[0])).toEqual([['text']])
  })

  test('reads back what a spreadsheet library wrote', async () => {
    const cell = fc.oneof(
      fc.record({
        cell: fc.nat(9999).map((v) => ({ t: 'n' as const, v, z: '0000' })),
        text: fc.constant(null),
      }),
      fc.record({
        cell: fc.nat(9999).map((v) => ({ t: 'n' as const, v: v / 10000, z: '0.0%' })),
        text: fc.constant(null),
      }),
      fc.record({
        cell: fc
          .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
          .filter((v) => v === 0 || Math.abs(v) > 1e-6)
          .map((v) => ({ t: 'n' as const, v })),
        text: fc.constant(null),
      }),
      fc.record({
        cell: fc
          .integer({ min: 1, max: 60000 })
          .filter((v) => v !== 60)
          .map((v) => ({ t: 'n' as const, v, z: 'yyyy-mm-dd' })),
        text: fc.constant(null),
      }),
      fc.record({
        cell: fc
          .string({ unit: fc.constantFrom(...'abå=+-@ <>&"\'\n0123,.') })
          .map((v) => ({ t: 's' as const, v })),
        text: fc.constant(null),
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        async (rows) => {
          const sheet: WorkSheet = { '!ref': 'A1:E8' }
          rows.forEach((cells, row) =>
            cells.forEach((made, column) => {
              sheet[utils.encode_cell({ r: row, c: column })] = made.cell
            }),
          )
          const book = utils.book_new(sheet, 'A')
          const bytes = new Uint8Array(
            write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer,
          )
          const { grids, findings } = await readWorkbook('a.xlsx', bytes, 'xlsx')
          const isEmpty = rows.every((cells) => cells.every(({ cell: { v } }) => v === ''))
          expect(findings.map(({ code }) => code)).toEqual(isEmpty ? ['format-workbook-empty'] : [])
          const grid = grids[0]
          rows.forEach((cells, row) =>
            cells.forEach(({ cell: made }, column) => {
              const isInside = grid && row < grid.rowCount && column < grid.columns.length
              const text = isInside ? cellText(grid, row, column) : ''
              const number = isInside ? numberAt(grid, row, column) : NaN
              const format = 'z' in made ? made.z : null
              if (typeof made.v === 'string')
                expect([text, number]).toEqual([made.v.replace(/\r/g, ''), NaN])
              else if (format === 'yyyy-mm-dd') {
                const day = new Date(
                  Date.UTC(1899, 11, made.v > 60 ? 30 : 31) + made.v * 86_400_000,
                )
                expect([text, number]).toEqual([day.toISOString().slice(0, 10), NaN])
              } else if (format === '0000')
                expect([text, number]).toEqual([String(made.v).padStart(4, '0'), made.v])
              else if (format === '0.0%') {
                expect(number).toBeCloseTo(made.v * 100, 9)
                expect(text).toBe(`${String(number).replace('.', ',')} %`)
              } else {
                expect(number + 0).toBe(made.v + 0)
                expect(Number(text.replace(',', '.'))).toBeCloseTo(made.v, 5)
              }
            }),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('an OpenDocument spreadsheet', () => {
  const table = (rows: string, name = 'Blad1', style = 'ta1'): string =>
    `<table:table table:name="${name}" table:style-name="${style}">${rows}</table:table>`
  const textCell = (text: string): string =>
    `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`

  test('shows cells as the file shows them', async () => {
    const rows = `<table:table-row>${textCell('Kod')}<table:table-cell office:value-type="float" office:value="180"><text:p>0180</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12,5 %</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>2024-03-01</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>mars 2024</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="12.345678"><text:p>12,3</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>${textCell('x')}</table:table-row><table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`
    const { grids, findings } = await readWorkbook('a.ods', openDocumentOf(table(rows)), 'ods')
    expect(findings).toEqual([])
    expect(shown(grids[0])).toEqual([
      ['Kod', '0180', '12,5 %', '2024-03-01', '2024-03', '12,345678'],
      ['', '', 'x', '', '', ''],
      ['', '', 'x', '', '', ''],
    ])
    expect([1, 2, 5].map((column) => numberAt(grids[0]!, 0, column))).toEqual([
      180, 12.5, 12.345678,
    ])
  })

  test('leaves out sheets that its styles hide', async () => {
    const styles =
      '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    const row = `<table:table-row>${textCell('a')}</table:table-row>`
    const { grids, findings } = await readWorkbook(
      'a.ods',
      openDocumentOf(table(row) + table(row, 'Dold', 'ta2'), styles),
      'ods',
    )
    expect(grids).toHaveLength(1)
    expect(findings.map(({ code }) => code)).toEqual(['format-hidden-sheets'])
  })

  test('is refused when repeated cells would fill the memory', async () => {
    const rows = `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>`
    const { findings } = await readWorkbook('a.ods', openDocumentOf(table(rows)), 'ods')
    expect(findings.map(({ code }) => code)).toEqual(['format-workbook-too-large'])
  })
})

test('a workbook that is none is a finding', async () => {
  for (const bytes of [
    new Uint8Array(0),
    zipOf({ 'a.txt': 'a' }),
    zipOf({ 'xl/workbook.xml': '<workbook' }),
  ])
    for (const format of ['xlsx', 'ods'] as const) {
      const { findings, grids } = await readWorkbook('a', bytes, format)
      expect(findings[0]?.severity).toBe('error')
      expect(grids).toEqual([])
    }
})
