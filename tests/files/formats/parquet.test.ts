import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { cellText, type Grid } from '../../../src/files/formats/grid.ts'
import { readParquet } from '../../../src/files/formats/parquet.ts'

type ColumnData = Parameters<typeof parquetWriteBuffer>[0]['columnData']

const written = (
  columnData: ColumnData,
  options: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {},
): Uint8Array => new Uint8Array(parquetWriteBuffer({ columnData, ...options }))

const shown = (grid: Grid): string[][] =>
  Array.from({ length: grid.rowCount }, (_, row) =>
    grid.columns.map((_column, column) => cellText(grid, row, column)),
  )

const numbers = (grid: Grid, column: number): number[] => {
  const { codes, numbers: typed } = grid.columns[column]!
  return Array.from(codes, (code) => typed?.[code] ?? NaN)
}

describe('a Parquet file', () => {
  test('is a table with its columns’ names in the first row', async () => {
    const { grids, findings } = await readParquet(
      'a.parquet',
      written([
        { name: 'kod', data: ['0180', null, '2480', '0180'], type: 'STRING' },
        { name: 'antal', data: [5n, 5n, null, 12n], type: 'INT64' },
        { name: 'andel', data: [12.5, NaN, 0.1 + 0.2, -1], type: 'DOUBLE' },
        { name: 'kort', data: [0.1, 1, 2, 3], type: 'FLOAT' },
        {
          ...{ name: 'dag', type: 'TIMESTAMP' },
          data: ['2024-03-01', '2024-03-01T14:30', '2024-03-01T14:30:05', '1969-12-31'].map(
            (day) => new Date(`${day}${day.length > 10 ? 'Z' : ''}`),
          ),
        },
        { name: 'ja', data: [true, false, null, true], type: 'BOOLEAN' },
      ]),
    )
    expect(findings).toEqual([])
    expect(shown(grids[0]!)).toEqual([
      ['kod', 'antal', 'andel', 'kort', 'dag', 'ja'],
      ['0180', '5', '12,5', '0,1', '2024-03-01', 'TRUE'],
      ['', '5', '', '1', '2024-03-01 14:30', 'FALSE'],
      ['2480', '', '0,3', '2', '2024-03-01 14:30:05', ''],
      ['0180', '12', '-1', '3', '1969-12-31', 'TRUE'],
    ])
    expect(grids[0]!.columns[0]!.numbers).toBeNull()
    expect(numbers(grids[0]!, 1)).toEqual([NaN, 5, 5, NaN, 12])
    expect(numbers(grids[0]!, 2)).toEqual([NaN, 12.5, NaN, 0.1 + 0.2, -1])
  })

  test('days and decimals are read by what the schema says of them', async () => {
    const { grids } = await readParquet(
      'a.parquet',
      written(
        [
          { name: 'dag', data: [new Date('2024-03-01'), new Date('1950-01-01')] },
          { name: 'kr', data: [1.15, -2] },
        ],
        {
          schema: [
            { name: 'schema', num_children: 2 },
            { name: 'dag', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
            {
              ...{ name: 'kr', type: 'INT32', converted_type: 'DECIMAL', scale: 2, precision: 9 },
              repetition_type: 'REQUIRED',
            },
          ],
        },
      ),
    )
    expect(shown(grids[0]!).slice(1)).toEqual([
      ['2024-03-01', '1,15'],
      ['1950-01-01', '-2'],
    ])
  })

  test('leaves nested columns out and says so', async () => {
    const { grids, findings } = await readParquet(
      'a.parquet',
      written(
        [
          { name: 'a', data: ['x'] },
          { name: 'lista', data: [[1, 2]] },
        ],
        {
          schema: [
            { name: 'schema', num_children: 2 },
            { name: 'a', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
            { name: 'lista', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
            { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
            { name: 'element', type: 'INT32', repetition_type: 'OPTIONAL' },
          ],
        },
      ),
    )
    expect(shown(grids[0]!)).toEqual([['a'], ['x']])
    expect(findings).toMatchObject([
      { severity: 'warning', code: 'format-parquet-column', column: 'lista' },
    ])
  })

  test('reads back what was written, in pages, groups and encodings of every sort', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            text: fc.option(fc.constantFrom('a', 'b', 'å', '', 'lång text med ord')),
            integer: fc.option(fc.integer()),
            number: fc.double({ noNaN: true }),
            flag: fc.option(fc.boolean()),
          }),
          { minLength: 1, maxLength: 200 },
        ),
        fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
        fc.constantFrom(undefined, 'PLAIN' as const, 'RLE_DICTIONARY' as const),
        fc.integer({ min: 1, max: 60 }),
        async (rows, codec, encoding, rowGroupSize) => {
          const grid = (
            await readParquet(
              'a',
              written(
                [
                  {
                    ...{ name: 't', data: rows.map(({ text }) => text), type: 'STRING' },
                    ...(encoding ? { encoding } : {}),
                  },
                  {
                    ...{ name: 'i', data: rows.map(({ integer }) => integer), type: 'INT32' },
                    ...(encoding ? { encoding } : { encoding: 'DELTA_BINARY_PACKED' as const }),
                  },
                  { name: 'n', data: rows.map(({ number }) => number), type: 'DOUBLE' },
                  { name: 'f', data: rows.map(({ flag }) => flag), type: 'BOOLEAN' },
                ],
                { codec, rowGroupSize, pageSize: 100 },
              ),
            )
          ).grids[0]!
          expect(grid.rowCount).toBe(rows.length + 1)
          rows.forEach(({ text, integer, number, flag }, index) => {
            const row = index + 1
            expect(cellText(grid, row, 0)).toBe(text ?? '')
            expect(cellText(grid, row, 1)).toBe(integer === null ? '' : String(integer))
            expect(numbers(grid, 1)[row]).toBe(integer ?? NaN)
            expect(cellText(grid, row, 3)).toBe(flag === null ? '' : String(flag).toUpperCase())
            if (Number.isFinite(number)) expect(numbers(grid, 2)[row]).toBe(number)
            else expect(cellText(grid, row, 2)).toBe(String(number))
          })
        },
      ),
      { numRuns: 100 },
    )
  })

  test('that is none, or is cut off, is a finding', async () => {
    const whole = written([{ name: 'a', data: [1, 2], type: 'INT32' }])
    for (const bytes of [new Uint8Array(0), whole.subarray(0, 40), whole.subarray(10)])
      expect((await readParquet('a', bytes)).findings.map(({ code }) => code)).toEqual([
        'format-parquet-damaged',
      ])
  })
})

const LONDON = new URL(
  '../../../../shared/data/scale/london_crime_snapshot-london.parquet',
  import.meta.url,
)
const isHere = existsSync(LONDON)

test.runIf(process.env['CI'] === 'true')('the real file is there in CI', () => {
  expect(isHere, '../shared/data is missing').toBe(true)
})

test.skipIf(!isHere)(
  `1.4 million rows are read in a moment${isHere ? '' : ' (skipped: ../shared/data is missing)'}`,
  async () => {
    const bytes = new Uint8Array(readFileSync(LONDON))
    const start = performance.now()
    const { grids, findings } = await readParquet('london.parquet', bytes)
    const seconds = (performance.now() - start) / 1000
    const grid = grids[0]!
    expect(findings).toEqual([])
    expect(grid.rowCount).toBe(1_445_773)
    expect(grid.columns.map(({ texts }) => texts[0])).toEqual([
      ...['lsoa_code', 'lsoa_name', 'borough', 'category', 'year', 'month', 'crime_count'],
    ])
    const { texts, codes } = grid.columns[1]!
    const missing = texts.indexOf('')
    expect(codes.reduce((sum, code) => sum + Number(code === missing), 0)).toBe(522_180)
    expect(seconds).toBeLessThan(5)
  },
  30_000,
)
