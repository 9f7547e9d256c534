import { dsvFormat } from 'd3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDelimited } from '../../../src/files/formats/delimited.ts'
import type { FormatReading } from '../../../src/files/formats/dropped-file.ts'
import { cellText } from '../../../src/files/formats/grid.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Rows as the file has them, each as long as it is. */
function rowsOf({ grids }: FormatReading): string[][] {
  return grids.flatMap((grid) =>
    Array.from({ length: grid.rowCount }, (_, row) =>
      Array.from({ length: grid.widths![row]! }, (_, column) => cellText(grid, row, column)),
    ),
  )
}

const readText = (text: string): FormatReading => readDelimited('a.csv', utf8(text))
const codesOf = ({ findings }: FormatReading): string[] => findings.map(({ code }) => code)

const ENCODERS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': utf8,
  'utf-8-bom': (text) => utf8(`\ufeff${text}`),
  'utf-16le': (text) => utf16(`\ufeff${text}`, true),
  'utf-16be': (text) => utf16(`\ufeff${text}`, false),
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  return new Uint8Array(view.buffer)
}

const sign = fc.constantFrom(...'ab12å–😀\ufeff;,\t|¦"\n\r '.match(/./gsu)!)
const cell = fc.array(sign, { maxLength: 6 }).map((signs) => signs.join(''))
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), {
  ...{ minLength: 1, maxLength: 8 },
})

describe('a delimited text', () => {
  it('reads back as it was written, in any encoding and with any delimiter', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(';', '\t', ',', '|', '¦'),
        fc.constantFrom(...Object.keys(ENCODERS)),
        (rows, delimiter, encoding) => {
          // A space outside quotes is kept, but one beside a quote is not told from one around a quoted field.
          const written = rows.map((row) =>
            row.map((text) => (/[\s"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)),
          )
          const needed = written.map((row) =>
            row.map((text) =>
              !text.startsWith('"') && text.includes(delimiter) ? `"${text}"` : text,
            ),
          )
          const lines = needed.map((row) => row.join(delimiter)).join('\r\n')
          const reading = readDelimited(
            'a.csv',
            ENCODERS[encoding]!(`sep=${delimiter}\r\n${lines}\r\n`),
          )
          expect(reading).toMatchObject({ delimiter, encoding })
          expect(rowsOf(reading).slice(1)).toEqual(rows)
        },
      ),
    )
  })

  it('is parted as the reference parts it where no quote is amiss', () => {
    const text = fc
      .array(fc.constantFrom('a', '1', ';', ';', '\n', '\r', '\r\n', ' ', '"b;\n""c"'))
      .map((parts) => `x;y\n${parts.join('')}z;z`)
    fc.assert(
      fc.property(text, (text) => {
        const reading = readText(`sep=;\n${text}`)
        fc.pre(
          !codesOf(reading).includes('reading-open-quote') && !/[^;\r\n]"b|c"[^;\r\n]/.test(text),
        )
        expect(rowsOf(reading).slice(1)).toEqual(dsvFormat(';').parseRows(text))
      }),
    )
  })

  it('holds every distinct text of a column once, and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 400 }), (numbers) => {
        const [column] = readText(numbers.map((number) => `t${number};1\n`).join('')).grids[0]!
          .columns
        expect(column!.texts).toEqual([...new Set(numbers.map((number) => `t${number}`))])
      }),
    )
  })

  it('keeps a stray quote to its own field, and says where the first is', () => {
    const reading = readText('a;b\n"Hon sa "hej"";1\n"Teg;2\n5" rör;3\n"Haga"x;"4;5"\n')
    expect(rowsOf(reading)).toEqual([
      ['a', 'b'],
      ['"Hon sa "hej""', '1'],
      ['"Teg', '2'],
      ['5" rör', '3'],
      ['"Haga"x', '4;5'],
    ])
    expect(reading.findings).toMatchObject([
      { code: 'reading-open-quote', severity: 'warning', row: 2, parameters: { count: 3 } },
    ])
  })

  it.each([
    ['quotes that end at it', '"Sävar";"v. 34 2020";0,1\n"Teg";"v. 34 2020";2,5\n', ';'],
    ['decimal commas beside it', '"Umeå"|"Totalt"|179,1|"Umeå"\n"Umeå"|"Män"|17,1|"Umeå"\n', '|'],
    [
      'one wild row of another sign',
      `Område;År;Antal\nTeg;2024;5\n${',x'.repeat(9000)};2024;6`,
      ';',
    ],
    ['a text with commas above', 'Antal, per område, år och kön\nTeg;2024\nHaga;2024\n', ';'],
    ['inches in every row', '5" rör;12\n6" rör, grova;13\n7" rör;14\n', ';'],
    ['an unusual sign', 'Område§Antal\nTeg§5\nHaga§6\n', '§'],
  ])('has the delimiter that parts most rows alike: %s', (_, text, delimiter) => {
    expect(readText(text).delimiter).toBe(delimiter)
    const windows = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    expect(readDelimited('a.csv', windows).delimiter).toBe(delimiter)
    expect(rowsOf(readDelimited('a.csv', windows))).toEqual(rowsOf(readText(text)))
  })

  it('ends rows at CR, LF and both, in one file too', () => {
    expect(rowsOf(readText('a;b\rTeg;1\nHaga;2\r\nSävar;3\r\n\n\r'))).toEqual([
      ...[
        ['a', 'b'],
        ['Teg', '1'],
        ['Haga', '2'],
        ['Sävar', '3'],
      ],
    ])
  })

  it('is refused with more columns than a spreadsheet has, or cells than there is room for', () => {
    const wide = (columns: number): string => `a${';'.repeat(columns - 1)}\n`
    expect(readText(`a;b\n${wide(16_384)}`).grids[0]!.columns).toHaveLength(16_384)
    for (const [text, row, found] of [
      [`a;b\n${wide(16_385)}`, 2, 16_385],
      [`a;b\n${wide(10_000)}${'x;y\n'.repeat(10_000)}`, 2, 10_000],
      [`${'x;y\n'.repeat(10_000)}${wide(10_000)}`, 10_001, 10_000],
    ] as const) {
      const reading = readText(text)
      expect(reading.grids).toEqual([])
      expect(reading.findings).toMatchObject([
        { severity: 'error', code: 'format-row-too-wide', row, parameters: { found } },
      ])
    }
  })

  it('keeps the beginning of a cell that is longer than any, to its last whole letter', () => {
    for (const shift of ['', 'x', 'xx']) {
      const reading = readText(`a;b\n"${shift}${'å–'.repeat(50_000)}";1\nTeg;2\n`)
      const [, [cell]] = rowsOf(reading) as [string[], string[]]
      expect(`${shift}${'å–'.repeat(50_000)}`.startsWith(cell!)).toBe(true)
      expect(cell!.length).toBeGreaterThan(39_000)
      expect(cell!.length).toBeLessThan(40_010)
      expect(reading.findings).toMatchObject([{ code: 'format-cells-cut', row: 2 }])
    }
  })
})
