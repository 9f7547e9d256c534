import { strFromU8, strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { unpackArchive } from '../../../src/files/formats/archive.ts'
import { readWorkbook } from '../../../src/files/formats/workbook.ts'
import { openDocumentOf, zipOf } from '../../support/made-workbook.ts'

const codesOf = (archive: ReturnType<typeof unpackArchive>): string[] =>
  archive.findings.map(({ code }) => code)

/** Where a zip's directory has its entry of a member. */
function directoryEntry(zip: Uint8Array): DataView {
  const view = new DataView(zip.buffer, zip.byteOffset)
  return new DataView(zip.buffer, zip.byteOffset + view.getUint32(zip.length - 6, true))
}

describe('an archive', () => {
  test('gives its files, and passes over what systems leave behind', () => {
    const { members, findings } = unpackArchive(
      'a.zip',
      zipOf({
        'mapp/': '',
        'mapp/blad.csv': 'a;b',
        '../../etc/lösen.csv': 'c',
        'C:\\data\\x.csv': 'd',
        '__MACOSX/mapp/._blad.csv': 'x',
        'mapp/.DS_Store': 'x',
        'Thumbs.db': 'x',
        'tom.csv': '',
      }),
    )
    expect(findings).toEqual([])
    expect(members.map(({ name, bytes }) => [name, strFromU8(bytes)])).toEqual([
      ['mapp/blad.csv', 'a;b'],
      ['etc/lösen.csv', 'c'],
      ['data/x.csv', 'd'],
      ['tom.csv', ''],
    ])
  })

  test('reads names in the code page of Windows', () => {
    const zip = zipOf({ 'a1234.csv': 'x' })
    const name = [0x61, 0x86, 0x84, 0x94, 0x8f, 0x2e, 0x63, 0x73, 0x76]
    directoryEntry(zip).setUint16(8, 0, true)
    new Uint8Array(zip.buffer).set(name, directoryEntry(zip).byteOffset + 46)
    expect(unpackArchive('a.zip', zip).members[0]?.name).toBe('aåäöÅ.csv')
  })

  test('has bytes before and a comment after', () => {
    const zip = zipOf({ 'a.csv': 'x' })
    const more = new Uint8Array([...strToU8('MZ program'), ...zip, ...strToU8('hej')])
    new DataView(more.buffer).setUint16(10 + zip.length - 2, 3, true)
    expect(unpackArchive('a.zip', more).members.map(({ name }) => name)).toEqual(['a.csv'])
  })

  test('does not open archives inside it', () => {
    const { members, findings } = unpackArchive(
      'a.zip',
      zipOf({
        'b.zip': zipOf({ 'c.csv': 'x' }),
        'utan namn': zipOf({ 'c.csv': 'x' }),
        'd.csv': 'y',
        'e.ods': openDocumentOf(''),
      }),
    )
    expect(members.map(({ name }) => name)).toEqual(['d.csv', 'e.ods'])
    expect(findings).toMatchObject(
      ['b.zip', 'utan namn'].map((name) => ({ code: 'format-zip-nested', file: `a.zip/${name}` })),
    )
  })

  test('names members that are encrypted, packed in other ways, or damaged', () => {
    const encrypted = zipOf({ 'a.csv': 'x' })
    directoryEntry(encrypted).setUint16(8, 1, true)
    const odd = zipOf({ 'a.csv': 'x' })
    directoryEntry(odd).setUint16(10, 9, true)
    const damaged = zipSync({ 'a.csv': strToU8('12345') }, { level: 0 })
    damaged[36]! ^= 1
    expect([encrypted, odd, damaged].map((zip) => codesOf(unpackArchive('a.zip', zip)))).toEqual([
      ['format-zip-encrypted'],
      ['format-zip-method'],
      ['format-zip-member-damaged'],
    ])
  })

  test('is refused when it is cut off, or holds nothing', () => {
    const zip = zipOf({ 'a.csv': 'x'.repeat(1000) })
    expect(codesOf(unpackArchive('a', zip.subarray(0, zip.length - 10)))).toEqual([
      'format-zip-damaged',
    ])
    expect(codesOf(unpackArchive('a', zip.subarray(40)))).toEqual(['format-zip-damaged'])
    expect(codesOf(unpackArchive('a', zipOf({})))).toEqual(['format-zip-empty'])
  })
})

describe('a zip bomb', () => {
  const zeros = zipSync({ 'a.csv': new Uint8Array(10_000_000) })
  const seconds = (since: number): number => (performance.now() - since) / 1000

  test('is refused before it is unpacked', () => {
    const start = performance.now()
    expect(codesOf(unpackArchive('a.zip', zeros))).toEqual(['format-zip-bomb'])
    expect(seconds(start)).toBeLessThan(2)
  })

  test('of a thousand entries that share their bytes is refused by their sum', async () => {
    const entry = zeros.subarray(-22 - 46 - 5, -22)
    const body = zeros.subarray(0, -entry.length - 22)
    const directory = Array.from({ length: 1000 }, () => [...entry]).flat()
    // Bytes that do not pack, so that the share of each is small.
    const padding = new Uint8Array(5_000_000)
    const end = new Uint8Array(22)
    const view = new DataView(end.buffer)
    view.setUint32(0, 0x06054b50, true)
    view.setUint16(8, 1000, true)
    view.setUint16(10, 1000, true)
    view.setUint32(12, directory.length, true)
    view.setUint32(16, body.length + padding.length, true)
    const zip = new Uint8Array(body.length + padding.length + directory.length + end.length)
    zip.set(body)
    zip.set(directory, body.length + padding.length)
    zip.set(end, zip.length - 22)
    const start = performance.now()
    expect(codesOf(unpackArchive('a.zip', zip))).toEqual(['format-zip-too-large'])
    expect((await readWorkbook('a.xlsx', zip, 'xlsx')).findings[0]?.code).toBe(
      'format-zip-too-large',
    )
    expect(seconds(start)).toBeLessThan(2)
  })

  test('that lies of its size is stopped while it is unpacked', () => {
    const zip = zipSync({ 'a.csv': new Uint8Array(60_000_000) })
    directoryEntry(zip).setUint32(24, 1000, true)
    const start = performance.now()
    expect(codesOf(unpackArchive('a.zip', zip))).toEqual(['format-zip-member-damaged'])
    expect(seconds(start)).toBeLessThan(2)
  })
})
