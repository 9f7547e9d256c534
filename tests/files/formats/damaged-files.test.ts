import { unzipSync, zipSync } from 'fflate'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { mulberry } from '../../../src/core/random.ts'
import type { Finding } from '../../../src/core/finding.ts'
import { unpackArchive } from '../../../src/files/formats/archive.ts'
import type { Grid } from '../../../src/files/formats/grid.ts'
import { readParquet } from '../../../src/files/formats/parquet.ts'
import { recogniseFormat } from '../../../src/files/formats/recognise-format.ts'
import { readWorkbook } from '../../../src/files/formats/workbook.ts'
import { damagedBytes } from '../../support/damaged-bytes.ts'
import { openDocumentOf, workbookOf, zipOf } from '../../support/made-workbook.ts'

interface Reading {
  readonly grids: readonly Grid[]
  readonly findings: readonly Finding[]
}

const numbers = Array.from({ length: 60 }, (_, index) => index)

const workbook = workbookOf(
  [
    {
      name: 'Blad1',
      before: '<dimension ref="A1:C60"/><cols><col min="2" max="3" hidden="1"/></cols>',
      rows: numbers
        .map(
          (number) =>
            `<row r="${number + 1}"><c r="A${number + 1}" s="1"><v>${number}</v></c><c r="B${number + 1}" t="s"><v>${number % 3}</v></c><c r="C${number + 1}" s="2"><f>A1</f><v>${45000 + number}</v></c></row>`,
        )
        .join(''),
      after:
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells><hyperlinks><hyperlink ref="A1:B2"/></hyperlinks>',
    },
    { name: 'Blad2', state: 'hidden', rows: '' },
  ],
  ['0000', 'yyyy\\-mm\\-dd'],
  ['a', 'å', 'b'],
)

const openDocument = openDocumentOf(
  `<table:table table:name="A" table:style-name="t">${numbers.map((number) => `<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="${number}"><text:p>${number}</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>text</text:p></table:table-cell></table:table-row>`).join('')}</table:table>`,
)

const archive = zipOf({ 'a.csv': 'a;b\n1;2\n'.repeat(50), 'mapp/b.txt': 'text' })

const parquet = (codec: 'SNAPPY' | 'UNCOMPRESSED'): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      ...{ codec, rowGroupSize: 40, pageSize: 100 },
      columnData: [
        {
          name: 't',
          data: numbers.map((number) => (number % 7 ? `t${number % 5}` : null)),
          type: 'STRING',
        },
        { name: 'n', data: numbers.map((number) => number * 1.5), type: 'DOUBLE' },
        { name: 'i', data: numbers, type: 'INT32', encoding: 'DELTA_BINARY_PACKED' },
        { name: 'b', data: numbers.map((number) => number % 2 === 0), type: 'BOOLEAN' },
      ],
    }),
  )

const asArchive = (bytes: Uint8Array): Promise<Reading> =>
  Promise.resolve({ grids: [], ...unpackArchive('a', bytes) })

const FILES: readonly [string, Uint8Array, (bytes: Uint8Array) => Promise<Reading>][] = [
  ['xlsx', workbook, (bytes) => readWorkbook('a', bytes, 'xlsx')],
  ['ods', openDocument, (bytes) => readWorkbook('a', bytes, 'ods')],
  ['zip', archive, asArchive],
  ['Parquet, packed', parquet('SNAPPY'), (bytes) => readParquet('a', bytes)],
  ['Parquet', parquet('UNCOMPRESSED'), (bytes) => readParquet('a', bytes)],
]

const RUNS = 250
/** Of one file. What is measured is that nothing hangs, also on a machine with much else to do. */
const MAXIMUM_MILLISECONDS = 2000

describe('damaged bytes give findings, never a fault or a hang', () => {
  test.each(FILES)(
    '%s',
    async (_name, bytes, read) => {
      const sound = await read(bytes)
      expect(sound.findings.filter(({ severity }) => severity === 'error')).toEqual([])
      let refused = 0
      for (let seed = 0; seed < RUNS; seed++) {
        const start = performance.now()
        const damaged = damagedBytes(bytes, seed)
        recogniseFormat('a', damaged)
        const { findings } = await read(damaged)
        if (findings.some(({ severity }) => severity === 'error')) refused++
        expect(performance.now() - start).toBeLessThan(MAXIMUM_MILLISECONDS)
      }
      expect(refused).toBeGreaterThan(RUNS / 2)
    },
    60_000,
  )

  /** A checksum tells of damage; what follows is what a program or a person may have written. */
  test.each([
    ['xlsx', workbook, 'xlsx'],
    ['ods', openDocument, 'ods'],
  ] as const)(
    'odd XML inside a sound %s',
    async (_name, bytes, format) => {
      const parts = unzipSync(bytes)
      const names = Object.keys(parts).filter((name) => /sheet|styles|workbook|content/.test(name))
      for (let seed = 0; seed < RUNS; seed++) {
        const random = mulberry(seed)
        const name = names[Math.floor(random() * names.length)]!
        const start = performance.now()
        await readWorkbook(
          'a',
          zipSync({ ...parts, [name]: withOddXml(parts[name]!, random) }),
          format,
        )
        expect(performance.now() - start).toBeLessThan(MAXIMUM_MILLISECONDS)
      }
    },
    60_000,
  )
})

const ODD_NUMBERS = ['0', '-1', '99999999', '1048576', '4294967295', '1e308', '', 'NaN']
const ODD_VALUES = [
  '',
  'A1',
  'ZZZ99999999',
  'A1:XFD1048576',
  's',
  'e',
  'd',
  '&#x110000;',
  '__proto__',
]

function withOddXml(part: Uint8Array, random: () => number): Uint8Array {
  let xml = new TextDecoder().decode(part)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) {
    const [pattern, replacements] = pick([
      [/\d+/g, ODD_NUMBERS],
      [/(?<=")[^"<>]*(?=")/g, ODD_VALUES],
      [
        /<[^>]*>/g,
        [
          '',
          '<v>',
          '<row r="9999999">',
          '</c>',
          '<table:table-row table:number-rows-repeated="1048576">',
        ],
      ],
    ] as const)
    const matches = [...xml.matchAll(pattern)]
    if (matches.length === 0) continue
    const { index, 0: found } = pick(matches)
    xml = xml.slice(0, index) + pick(replacements) + xml.slice(index + found.length)
  }
  return new TextEncoder().encode(xml)
}
