import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { assemblePackage } from '../../scripts/publish/assemble.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { DISCLOSURE_LOG_FILE, readDisclosureLog } from '../../src/files/package/disclosure-log.ts'
import { readPackageIndex } from '../../src/files/package/package-index.ts'
import { findingText } from '../../src/text/findings.ts'
import { smallSource } from '../support/small-source.ts'

const files = assemblePackage(smallSource())
const stored = files.get(DISCLOSURE_LOG_FILE)!

function indexOf(): PackageIndex {
  const reading = readPackageIndex(files.get('index.json')!, 'index.json')
  if (!reading.ok) throw new Error(findingText(reading.finding))
  return reading.index
}
const index = indexOf()
const read = (text: string) => readDisclosureLog(text, DISCLOSURE_LOG_FILE, index)

describe('the log of disclosure control', () => {
  it('is read as it was written', () => {
    expect(read(stored)).toEqual({ ok: true, log: JSON.parse(stored) as unknown })
  })

  it.each([
    ['"suppressed": 2', '"suppressed": -2', 'package-type', 'indicators[0].audit.suppressed'],
    ['"secondary": 1', '"secondary": 2', 'package-log-sum', 'indicators[0].statuses.hidden'],
    ['"id": "2024-05-01"', '"id": "2023-05-01"', 'package-log-release', 'release.id'],
    ['"method": "moves"', '"method": "gissning"', 'package-type', 'indicators[0].method'],
    ['"signed": null', '"signed": " "', 'package-type', 'signed'],
    ['"format": 1', '"format": 2', 'package-type', 'format'],
    [
      '"observations/stadsdel/prov.csv": "',
      '"observations/stadsdel/annan.csv": "',
      'package-log-checksum',
      'files.observations/stadsdel/prov.csv',
    ],
  ])('is refused whole when %s is %s', (from, to, code, column) => {
    expect(stored).toContain(from)
    const reading = read(stored.replace(from, to))
    expect(reading).toMatchObject({ ok: false, finding: { code, column } })
  })

  it('never throws, and gives every fault a sentence', () => {
    const damage = fc.record({
      at: fc.integer({ min: 0, max: stored.length - 1 }),
      length: fc.integer({ min: 0, max: 40 }),
      instead: fc.constantFrom('', '{', '0', '-1', '"', 'null', '[]', ','),
    })
    fc.assert(
      fc.property(damage, ({ at, length, instead }) => {
        const reading = read(stored.slice(0, at) + instead + stored.slice(at + length))
        if (!reading.ok) expect(findingText(reading.finding)).not.toContain('Fel i filen (')
      }),
    )
  })
})
