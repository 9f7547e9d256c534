import { strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { recogniseFormat } from '../../../src/files/formats/recognise-format.ts'
import { findingText } from '../../../src/text/findings.ts'
import { openDocumentOf, workbookOf, zipOf } from '../../support/made-workbook.ts'

/** The format, or what is said of the file that is refused. */
function recognised(name: string, content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? strToU8(content) : content
  const result = recogniseFormat(name, bytes)
  if (result.format !== null) return result.format
  const { code, parameters } = result.finding
  expect(findingText(result.finding)).not.toContain(code)
  return parameters?.['kind'] === undefined ? code : `${code}:${parameters['kind']}`
}

const latin = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0))
const utf16 = (text: string): Uint8Array =>
  new Uint8Array(Uint16Array.from(`\ufeff${text}`, (sign) => sign.charCodeAt(0)).buffer)
const compound = (stream: string): Uint8Array =>
  new Uint8Array([
    ...[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(2000)],
    ...utf16(stream).subarray(2),
  ])
const database = (inside: string): Uint8Array => {
  const bytes = new Uint8Array(4096)
  bytes.set(latin('SQLite format 3\u0000'))
  bytes.set(latin(inside), inside === 'GPKG' ? 68 : 500)
  return bytes
}

describe('a file is recognised by what it holds', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['a.csv', 'område;antal\nÅlidhem;3', 'csv'],
    ['a.txt', latin('omr\u00e5de\tantal\r\n\u00c5lidhem\t3'), 'csv'],
    ['a.csv', utf16('område;antal\n'), 'csv'],
    ['a.csv', 'BM;MZ\n1;2', 'csv'],
    ['a.csv', '[Tabell 1]\nområde;antal', 'csv'],
    ['a.csv', 'PKT;antal\n1;2', 'csv'],
    ['a.dat', workbookOf([{ name: 'A', rows: '' }]), 'xlsx'],
    ['a.zip', openDocumentOf(''), 'ods'],
    ['a', 'PAR1 and more', 'parquet'],
    ['a.db', database('GPKG'), 'geopackage'],
    ['a.db', database('CREATE TABLE gpkg_contents'), 'geopackage'],
    ['a.zip', zipOf({ 'a.csv': 'x', 'b.xlsx': 'y' }), 'zip'],
    ['a.zip', zipOf({ 'deso/a.shp': 'x', 'deso/a.dbf': 'y' }), 'shapefile'],
    ['a.zip', zipOf({ 'index.json': '{"format":1}', 'areas.json': '' }), 'package'],
    ['a.zip', zipOf({ 'index.json': '[]', 'a.csv': '' }), 'zip'],
    ['a.zip', zipOf({ 'project.json': '{}', 'index.json': '{"format":1}' }), 'project'],
    ['a.txt', '{"type":"FeatureCollection","features":[]}', 'geojson'],
    ['a.txt', '\ufeff {"type":"MultiPolygon","coordinates":[]}', 'geojson'],
    ['a.json', utf16('{"type":"Topology","objects":{}}'), 'topojson'],
    ['a.json', '{"version":"2.0","class":"dataset","dimension":{},"value":[]}', 'json-stat2'],
    ['a.json', '{"dataset":{"dimension":{},"value":[]}}', 'json-stat2'],
    ['a.json', '{"values":[{"kpi":"N1","period":2024,"values":[]}]}', 'kolada'],
    ['a.json', '[{"id":1,"datetime":"","type":"","location":{}}]', 'polisen'],
  ])('%s: %#', (name, content, expected) => {
    expect(recognised(name, content)).toBe(expected)
  })

  test('JSON is parsed once, and given with its encoding', () => {
    expect(recogniseFormat('a', utf16('{"type":"Topology"}'))).toEqual({
      ...{ format: 'topojson', value: { type: 'Topology' }, encoding: 'utf-16le' },
    })
  })
})

describe('a file that is no table is refused in clear words', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['a.csv', '', 'format-empty'],
    ['a.csv', '\ufeff \r\n', 'format-empty'],
    ['a.xls', compound('Workbook'), 'format-old-workbook:xls'],
    [
      'a.xlsb',
      zipOf({ '[Content_Types].xml': '', 'xl/workbook.bin': '' }),
      'format-old-workbook:xlsb',
    ],
    ['a.xlsx', compound('EncryptedPackage'), 'format-password'],
    ['a.doc', compound('WordDocument'), 'format-not-readable:document'],
    [
      'a.docx',
      zipOf({ '[Content_Types].xml': '', 'word/document.xml': '' }),
      'format-not-readable:document',
    ],
    [
      'a.pptx',
      zipOf({ '[Content_Types].xml': '', 'ppt/a.xml': '' }),
      'format-not-readable:presentation',
    ],
    ['a.csv', '%PDF-1.7 a;b', 'format-not-readable:pdf'],
    ['a.xls', '<html><table><tr><td>1</td></tr></table>', 'format-not-readable:markup'],
    ['a.kml', '<?xml version="1.0"?><kml>', 'format-not-readable:map'],
    ['a.csv', latin('\u0089PNG\r\n\u001a\n'), 'format-not-readable:image'],
    ['a.csv', latin('MZ\u0090\u0000\u0003\u0000\u0000\u0000\u0004'), 'format-not-readable:program'],
    ['a.csv.gz', latin('\u001f\u008b\u0008'), 'format-not-readable:archive'],
    ['a.db', database('CREATE TABLE x'), 'format-not-readable:database'],
    [
      'a.bin',
      Uint8Array.from({ length: 999 }, (_, index) => (index * index) % 23),
      'format-not-readable:unknown',
    ],
    ['a.shp', latin('\u0000\u0000\u0027\u000a'), 'format-shapefile-part'],
    ['a.prj', 'PROJCS["SWEREF99 TM"]', 'format-shapefile-part'],
    ['a.json', '{"type":"FeatureCollection","features":[', 'format-json'],
    ['a.json', '{"a":1}', 'format-json-unknown'],
    ['a.json', '[1,2]', 'format-json-unknown'],
    ['a.zip', zipOf({ 'a.csv': 'x' }).subarray(0, 40), 'format-zip-damaged'],
  ])('%s: %#', (name, content, expected) => {
    expect(recognised(name, content)).toBe(expected)
  })
})
