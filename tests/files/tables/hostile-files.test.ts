import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { embeddedAreas, inspectWith } from '../../../scripts/import/inspect.ts'
import { findingJson } from '../../../scripts/import/inspect-json.ts'
import type { Inspection } from '../../../src/files/inspection.ts'
import { workbookOf } from '../../support/made-workbook.ts'

/** Of the processor's time: the machine may be busy with other things. */
const MOST_SECONDS = 10
/** A finding tells where and what; it is no copy of the file. */
const MOST_PRINTED = 200_000

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => row(index)).join('\n')

interface Hostile {
  readonly what: string
  readonly name: string
  readonly make: () => Uint8Array
  /** Codes that must be among the findings; none when the file is read. */
  readonly codes?: readonly string[]
  /** How many readings, when that is what matters. */
  readonly readings?: number
}

const geometries = (depth: number): string =>
  '{"type":"GeometryCollection","geometries":['.repeat(depth) + ']}'.repeat(depth)

const HOSTILE: readonly Hostile[] = [
  {
    what: 'a zip bomb',
    name: 'a.zip',
    make: () => zipSync({ 'a.csv': new Uint8Array(50_000_000) }),
    codes: ['format-zip-bomb'],
  },
  {
    what: 'a bomb in a workbook',
    name: 'a.xlsx',
    make: () =>
      zipSync({
        ...{ '[Content_Types].xml': bytes('<Types/>'), 'xl/workbook.xml': bytes('<workbook/>') },
        'xl/worksheets/sheet1.xml': new Uint8Array(50_000_000).fill(32),
      }),
    codes: ['format-zip-bomb'],
  },
  {
    what: 'a bomb that says it is small',
    name: 'a.zip',
    make: () => withLyingSizes(zipSync({ 'a.csv': new Uint8Array(50_000_000) }), 100),
    codes: ['format-zip-member-damaged'],
  },
  {
    what: 'a million columns',
    name: 'a.csv',
    make: () => bytes(`Stadsdel;${'a;'.repeat(1e6)}\nTeg;${'1;'.repeat(1e6)}`),
    codes: ['format-row-too-wide'],
  },
  {
    what: 'a million columns without anything in them',
    name: 'a.csv',
    make: () => bytes(';'.repeat(1e6)),
    codes: ['format-cells-cut'],
  },
  {
    what: 'a column of a million rows',
    name: 'a.csv',
    make: () => bytes(`Antal\n${'12\n'.repeat(1e6)}`),
    codes: ['reading-no-period'],
  },
  {
    what: 'a million blank lines',
    name: 'a.csv',
    make: () => bytes('\n'.repeat(1e6)),
    codes: ['format-empty'],
  },
  {
    what: 'a cell of five megabytes',
    name: 'a.csv',
    make: () => bytes(`Stadsdel;År;Antal\n"${'x;\n'.repeat(1_700_000)}";2024;4\nTeg;2024;5`),
    readings: 1,
  },
  {
    what: 'one wild line among others',
    name: 'a.csv',
    make: () => bytes(`Stadsdel;År;Antal\nTeg;2024;5\n${','.repeat(60_000)};2024;6\n`),
    readings: 1,
  },
  {
    what: 'quotes and nothing else',
    name: 'a.csv',
    make: () => bytes(`Stadsdel;År;Antal\nTeg;2024;5\n${'""";"'.repeat(100_000)}`),
    codes: [],
  },
  {
    what: 'JSON a million levels deep',
    name: 'a.json',
    make: () => bytes('['.repeat(1e6) + ']'.repeat(1e6)),
    codes: ['format-json-unknown'],
  },
  {
    what: 'JSON that never ends',
    name: 'a.json',
    make: () => bytes('{"a":'.repeat(2e5)),
    codes: ['format-json'],
  },
  {
    what: 'coordinates a hundred thousand levels deep',
    name: 'a.geojson',
    make: () =>
      bytes(geoJson(`{"type":"Polygon","coordinates":${'['.repeat(1e5)}${']'.repeat(1e5)}}`)),
    codes: ['areas-coordinates'],
  },
  {
    what: 'a geometry of no type beside a sound one',
    name: 'a.geojson',
    make: () =>
      bytes(
        geoJson(
          '{"coordinates":[]}',
          '{"type":"Polygon","coordinates":[[[20,63],[20.1,63],[20,63.1],[20,63]]]}',
        ),
      ),
    codes: ['areas-not-polygon'],
  },
  {
    what: 'collections of collections in GeoJSON',
    name: 'a.geojson',
    make: () => bytes(geoJson(geometries(1e4))),
    codes: ['areas-empty'],
  },
  {
    what: 'collections of collections in TopoJSON',
    name: 'a.json',
    make: () => bytes(`{"type":"Topology","arcs":[],"objects":{"a":${geometries(1e4)}}}`),
    codes: ['areas-topojson-damaged'],
  },
  {
    what: 'numbers that no computer holds',
    name: 'a.json',
    make: () => bytes(jsonStat('[2,1]', '[1e999,-1e999]')),
    readings: 0,
  },
  {
    what: 'a dataset that claims a billion cells',
    name: 'a.json',
    make: () => bytes(jsonStat('[1000000000,1000000]', '{}')),
    codes: ['format-json-stat-too-large'],
  },
  {
    what: 'two thousand headers',
    name: 'a.csv',
    make: () => bytes(`Stadsdel;År;Antal\nTeg;2024;5\n`.repeat(2000)),
    codes: ['reading-row-passed-header-again', 'reading-repeated'],
    readings: 1,
  },
  {
    what: 'two thousand tables under each other, which contradict each other',
    name: 'a.csv',
    make: () =>
      bytes(rows(2000, (index) => `Blad ${index};;\nStadsdel;År;Antal\nTeg;2024;${index}\n`)),
    codes: ['reading-contradicted'],
    readings: 0,
  },
  {
    what: 'a sheet that claims all rows and columns',
    name: 'a.xlsx',
    make: () =>
      workbookOf([
        {
          name: 'Blad',
          before: '<dimension ref="A1:XFD1048576"/>',
          rows:
            '<row r="1"><c r="A1" t="inlineStr"><is><t>Stadsdel</t></is></c><c r="B1"><v>2024</v></c></row>' +
            '<row r="2"><c r="A2" t="inlineStr"><is><t>Teg</t></is></c><c r="B2"><v>5</v></c></row>' +
            rows(50_000, (index) => `<row r="${index * 20 + 20}"/>`) +
            '<row r="1048576"><c r="A1048576"/></row>',
        },
      ]),
    readings: 1,
  },
  {
    what: 'a merged cell over a whole sheet',
    name: 'a.xlsx',
    make: () =>
      workbookOf([
        {
          name: 'Blad',
          rows: '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>1</v></c></row>',
          after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        },
      ]),
    codes: [],
  },
  {
    what: 'a hundred thousand areas that nobody knows',
    name: 'a.csv',
    make: () => bytes(`Stadsdel;År;Antal\n${rows(1e5, (index) => `Hus${index}x;2024;1`)}`),
    codes: ['reading-area-nothing', 'reading-more-findings'],
    readings: 0,
  },
  {
    what: 'a hundred thousand periods that there are none of',
    name: 'a.csv',
    make: () => bytes(`Stadsdel;Period;Antal\n${rows(1e5, (index) => `Teg;${index}-2024-W77;1`)}`),
    codes: ['reading-more-findings'],
    readings: 0,
  },
  // A pattern that looks back would take years over these.
  ...['1', ' ', '.', ',1', '-', '@', 'x', '\u00a0', '1 234 ', 'a1-', '1.234,', 'Anna ', 'a 1 '].map(
    (part): Hostile => ({
      what: `long cells of ${JSON.stringify(part)}`,
      name: 'a.csv',
      make: () => {
        const long = part.repeat(20_000)
        return bytes(
          `Stadsdel|År|Antal|${long}\nTeg|2024|5|1\n${long}|2024|6|1\nHaga|${long}|7|1\nSävar|2024|${long}|1\n`,
        )
      },
      codes: [],
    }),
  ),
]

const geoJson = (...drawn: string[]): string =>
  `{"type":"FeatureCollection","features":[${drawn.map((geometry) => `{"type":"Feature","properties":{"namn":"x"},"geometry":${geometry}}`).join(',')}]}`

const jsonStat = (size: string, value: string): string =>
  `{"version":"2.0","class":"dataset","id":["Region","Tid"],"size":${size},"role":{"geo":["Region"],"time":["Tid"]},"dimension":{"Region":{"category":{"index":["2480R001","2480R002"]}},"Tid":{"category":{"index":["2024"]}}},"value":${value}}`

/** A zip of one member whose directory and header claim another size unpacked (APPNOTE 4.3.7, 4.3.12). */
function withLyingSizes(zip: Uint8Array, size: number): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset)
  view.setUint32(22, size, true)
  view.setUint32(view.getUint32(zip.length - 6, true) + 24, size, true)
  return zip
}

describe('a hostile file', () => {
  it.each(HOSTILE.map((hostile) => [hostile.what, hostile] as const))(
    '%s',
    async (_, { name, make, codes, readings }) => {
      const areas = await embeddedAreas()
      const file = { name, bytes: make() }
      const start = process.cpuUsage()
      const inspection = await inspectWith([file], areas)
      const { user, system } = process.cpuUsage(start)
      const found = new Set(inspection.findings.map(({ code }) => code))
      for (const code of codes ?? []) expect(found).toContain(code)
      if (readings === undefined) expect(found.size).toBeGreaterThan(0)
      else expect(countOf(inspection)).toBe(readings)
      const printed = JSON.stringify(inspection.findings.map(findingJson))
      expect(printed.length).toBeLessThan(MOST_PRINTED)
      expect(printed).not.toMatch(/undefined|NaN|\[object/)
      expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS)
    },
    120_000,
  )

  it('cannot bring in a formula: what looks like one stays text', async () => {
    const areas = await embeddedAreas()
    const formulas = ['=1+1', '+46', '@SUM(A1)', '-2+3', '=HYPERLINK("http://x.se";"Teg")', '=Teg']
    const csv = `Område\tÅr\tAntal\n${formulas.map((text) => `${text}\t2024\t1\nTeg\t2024\t${text}`).join('\n')}`
    const sheet = workbookOf([
      {
        name: 'Blad',
        rows:
          '<row r="1"><c r="A1" t="inlineStr"><is><t>Område</t></is></c><c r="B1" t="inlineStr"><is><t>2024</t></is></c></row>' +
          '<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c><c r="B2"><v>3</v></c></row>' +
          '<row r="3"><c r="A3" t="inlineStr"><is><t>Teg</t></is></c><c r="B3" t="inlineStr"><is><t>=1+1</t></is></c></row>' +
          '<row r="4"><c r="A4" t="inlineStr"><is><t>Haga</t></is></c><c r="B4"><v>4</v></c></row>',
      },
    ])
    const [text, workbook] = await Promise.all([
      inspectWith([{ name: 'a.csv', bytes: bytes(csv) }], areas),
      inspectWith([{ name: 'a.xlsx', bytes: sheet }], areas),
    ])
    expect(text.tables.flatMap((table) => table.areas.unmatched.map(({ value }) => value))).toEqual(
      formulas,
    )
    const figures = text.findings.filter(({ code }) => code === 'reading-figure-unreadable')
    expect(figures.map((finding) => finding.text)).toEqual(formulas)
    expect(workbook.tables[0]?.areas.unmatched.map(({ value }) => value)).toEqual(['=1+1'])
    expect(workbook.findings.map(({ code, row }) => [code, row])).toContainEqual([
      'reading-figure-unreadable',
      3,
    ])
    expect(countOf(workbook)).toBe(1)
  })
})

const countOf = ({ tables }: Inspection): number =>
  tables.reduce((sum, { readings }) => sum + readings.count, 0)
