import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gridOfRows } from '../../src/files/formats/grid.ts'
import { groupFindings, type FindingGroup } from '../../src/views/import-findings.ts'
import {
  findingSheet,
  MASK,
  previewSheet,
  sheetColumns,
  SheetIndex,
  type LayoutLike,
  type Masking,
  type Sheet,
} from '../../src/views/import-sheet.ts'

const NOTHING_MASKED: Masking = { masked: new Set(), mask: (text) => text }

const rowsOf = (sheet: Sheet): number[][] => sheet.runs.map((run) => run.map(({ row }) => row))

/** Title, heading, `rows` rows of data and a note; the columns Area, Count and Name. */
function world(rows: number) {
  const data = Array.from({ length: rows }, (_, row) => [`area ${row}`, String(row), `name ${row}`])
  const grid = gridOfRows(
    [['Title'], ['Area', 'Count', 'Name'], ...data, ['Note: as told'], ['']],
    { file: 'a.csv', sheet: null },
  )
  const layout: LayoutLike = {
    ...{ headerRows: [1], firstRow: 2, lastRow: rows + 1 },
    columns: [
      { name: 'Area', role: 'area' },
      { name: 'Count', role: 'numerator' },
      { name: 'Name', role: 'dropped' },
    ],
  }
  return { grid, layout }
}

const group = (change: Partial<FindingGroup>): FindingGroup => ({
  ...{ key: 'a', number: 1, severity: 'error', title: 'A', explanation: '', place: '' },
  ...{ rows: [], rowCount: 0, columns: [], action: null },
  ...change,
})

describe('the rows around findings', () => {
  test('stand in runs; a sheet is never drawn whole', () => {
    const { grid, layout } = world(100_000)
    const groups = [
      group({ rows: [43], rowCount: 1, columns: ['Area'] }),
      group({ key: 'b', number: 2, severity: 'warning', rows: [57, 58], columns: ['Count'] }),
      group({ key: 'c', number: 3, severity: 'note', rows: [100_003] }),
    ]
    const sheet = findingSheet(grid, layout, NOTHING_MASKED, groups, null)
    expect(rowsOf(sheet)).toEqual([
      [39, 40, 41, 42, 43, 44, 45],
      [57, 58, 59],
      [100_002, 100_003],
    ])
    const cells = sheet.runs
      .flat()
      .flatMap(({ row, cells }) =>
        cells.flatMap(({ tone, marks }, column) => (tone ? [[row, column, tone, marks]] : [])),
      )
    expect(cells).toEqual([
      [43, 0, 'stop', [1]],
      [57, 1, 'warn', []],
      [58, 1, 'warn', [2]],
      [100_003, 0, 'note', [3]],
    ])
    expect(sheet.runs.at(-1)!.at(-1)).toMatchObject({
      kind: 'note',
      cells: [{ text: 'Note: as told' }],
    })
  })

  test('an asked row is shown whatever else is; however many findings there are, few rows are drawn', () => {
    const { grid, layout } = world(20_000)
    const groups = Array.from({ length: 5000 }, (_, index) =>
      group({ key: String(index), number: index + 1, rows: [4 * index + 3], rowCount: 1 }),
    )
    const sheet = findingSheet(grid, layout, NOTHING_MASKED, groups, 19_990)
    expect(rowsOf(sheet).flat()).toContain(19_990)
    expect(rowsOf(sheet).flat().length).toBeLessThan(1500)
  })

  test('a finding about a column has its number on the first row that is shown', () => {
    const { grid, layout } = world(10)
    const sheet = findingSheet(grid, layout, NOTHING_MASKED, [group({ columns: ['Name'] })], null)
    expect(sheet.runs[0]![0]!.cells[2]).toMatchObject({ marks: [1], tone: null })
  })
})

test('the preview begins with the title and ends with the notes, without the heading and empty rows', () => {
  const { grid, layout } = world(50)
  const rows = rowsOf(previewSheet(grid, layout, NOTHING_MASKED))
  expect(rows[0]!.slice(0, 3)).toEqual([1, 3, 4])
  expect(rows.at(-1)).toEqual([51, 52, 53])
})

test('nothing of a masked column leaves the reader, wherever it stands', () => {
  const secret = fc.stringMatching(/^[A-Z][a-z]{3,9} [A-Z][a-z]{3,9}$/)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(99), secret), { minLength: 1, maxLength: 30 }),
      fc.constantFrom('dropped', 'ignored', 'measure'),
      (people, role) => {
        const rows = people.map(([count, name]) => ['2480R001', String(count), name])
        const grid = gridOfRows([['Area', 'Count', 'Who'], ...rows, ['', '7', people[0]![1]]], {
          ...{ file: 'a.csv', sheet: null },
        })
        const layout: LayoutLike = {
          ...{ headerRows: [0], firstRow: 1, lastRow: people.length },
          columns: [
            { name: 'Area', role: 'area' },
            { name: 'Count', role: 'numerator' },
            { name: 'Who', role },
          ],
        }
        // Once recognised it stays masked, whatever it is said to be.
        const masking: Masking = { masked: new Set([2]), mask: (text) => text }
        const columns = sheetColumns(grid, layout, masking)
        const told = JSON.stringify([
          previewSheet(grid, layout, masking),
          findingSheet(grid, layout, masking, [group({ rows: [2] })], null),
          new SheetIndex(grid, layout.firstRow, layout.lastRow).facts(columns, masking),
        ])
        expect(told).toContain(MASK)
        for (const [, name] of people) expect(told).not.toContain(name)
      },
    ),
    { numRuns: 60 },
  )
})

test('findings of one text are told once, with all its rows', () => {
  const grid = gridOfRows(
    [
      ['Area', 'Count'],
      ['Ersboda C', '<5'],
      ['Ersboda C', '3'],
      ['Haga', '<5'],
    ],
    { file: 'a.csv', sheet: null },
  )
  const layout: LayoutLike = {
    ...{ headerRows: [0], firstRow: 1, lastRow: 3 },
    columns: [
      { name: 'Area', role: 'area' },
      { name: 'Count', role: 'numerator' },
    ],
  }
  const index = new SheetIndex(grid, layout.firstRow, layout.lastRow)
  const finding = { file: 'a.csv', row: 2, parameters: { count: 2 } } as const
  const groups = groupFindings(
    [
      {
        ...finding,
        severity: 'warning',
        code: 'reading-hidden-at-source',
        column: 'Count',
        text: '<5',
      },
      {
        ...finding,
        severity: 'question',
        code: 'reading-area-likeness',
        column: 'Area',
        text: 'Ersboda C',
      },
      {
        ...finding,
        row: 1,
        severity: 'note',
        code: 'reading-identifier-name',
        column: 'Area',
        text: null,
      },
    ],
    [{ value: 'Ersboda C', suggestions: ['2480R004'], rows: 2 }],
    [1],
    (column, text) => index.rowsWith(column === 'Area' ? 0 : 1, text, 200),
  )
  expect(
    groups.map(({ severity, rows, rowCount, place }) => [severity, rows, rowCount, place]),
  ).toEqual([
    ['question', [2, 3], 2, 'rad 2–3, Area'],
    ['warning', [2, 4], 2, 'rad 2 och 4, Count'],
    // What is said of the heading is said of the column.
    ['note', [], 0, 'kolumn Area'],
  ])
  expect(groups[0]!.action).toEqual({ kind: 'area', text: 'Ersboda C', suggestions: ['2480R004'] })
})
