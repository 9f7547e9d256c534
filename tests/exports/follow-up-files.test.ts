import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { unzipSync, strFromU8 } from 'fflate'
import planJson from '../../data/plan/plan.json'
import { planWithFollowUps, withFollowUp } from '../../src/core/follow-up.ts'
import {
  FOLLOW_UP_READINGS,
  FOLLOW_UP_STATUSES,
  type ActivityPlan,
  type FollowUp,
} from '../../src/core/plan.ts'
import { followUpCsv, followUpWorkbook } from '../../src/exports/follow-up-files.ts'
import { readDelimited } from '../../src/files/formats/delimited.ts'
import { readWorkbook } from '../../src/files/formats/workbook.ts'
import { readFollowUpSheet } from '../../src/files/plan/follow-up-sheet.ts'
import { followUpDifferences } from '../../src/views/plan/follow-up-differences.ts'

const plan = planJson as unknown as ActivityPlan
const HALF_YEAR = '2026-H2'
const DAY = '2026-11-24'
const due = ['kraft', 'inlussmodell', 'framtidsverkstan']

/** Text as people write it, that of formulas included; as it is kept: trimmed, in composed letters. */
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.stringMatching(/^'{0,2}[=+@-][\p{L}\d();"\n ]{0,12}$/u),
    fc.constantFrom('Väntar på lokal; ”klart” i vår', 'rad ett\nrad två', '1 234,5', '2026-11-24'),
    fc.constantFrom('constructor', '__proto__', '_x000a_', "'=1+1"),
  )
  .map((text) =>
    text
      .normalize('NFC')
      .replace(/\p{Cc}(?<!\n)|\p{Cs}|\p{Cn}/gu, '')
      .trim(),
  )
const named = words.filter((text) => /\p{L}/u.test(text))

const record = fc.record({
  intervention: fc.constantFrom(...due),
  halfYear: fc.constant(HALF_YEAR),
  status: fc.constantFrom(...FOLLOW_UP_STATUSES),
  reading: fc.option(fc.constantFrom(...FOLLOW_UP_READINGS)),
  measures: fc.uniqueArray(
    fc.record({
      name: named,
      value: fc.oneof(fc.integer({ min: -1000, max: 100_000 }), fc.constantFrom(0, 7.5, 0.125)),
      unit: named,
    }),
    { maxLength: 3, selector: ({ name }) => name.toLowerCase().replace(/[^a-z0-9]/g, '') },
  ),
  comment: words,
  date: fc.constantFrom('2026-11-23', '2024-02-29'),
  lines: fc.constant(null),
})
const records = fc
  .array(record, { minLength: 1, maxLength: 3 })
  .map((all) => all.reduce<FollowUp[]>((own, one) => withFollowUp(own, one), []))

const readCsv = (text: string) =>
  readFollowUpSheet(
    'f.csv',
    readDelimited('f.csv', new TextEncoder().encode(text)).grids,
    plan,
    DAY,
  )
const readXlsx = async (bytes: Uint8Array) =>
  readFollowUpSheet('f.xlsx', (await readWorkbook('f.xlsx', bytes, 'xlsx')).grids, plan, DAY)

describe('a half-year handed out and read again', () => {
  it('is the same, as text and as a workbook, whatever was written', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (own) => {
        const merged = planWithFollowUps(plan, own)
        for (const reading of [
          readCsv(followUpCsv(merged, HALF_YEAR)),
          await readXlsx(await followUpWorkbook(merged, HALF_YEAR)),
        ]) {
          expect(reading.findings.filter(({ severity }) => severity !== 'note')).toEqual([])
          const read = reading.records.reduce<FollowUp[]>((all, one) => withFollowUp(all, one), [])
          expect(read).toEqual(own)
          expect(followUpDifferences(merged, reading.records).changes).toEqual([])
        }
      }),
      { numRuns: 60, seed: 20261124 },
    )
  })

  it('asks for every effort that runs, and for what the plan says will be measured', async () => {
    const text = followUpCsv(plan, '2024-H1')
    // What the plan itself tells of spring 2024, and what it will measure.
    expect(text).toContain(
      ';KRAFT;kraft;VT 2024;ordinarie verksamhet;;Deltagare som slutfört insatsen;24;personer;',
    )
    expect(text).toContain(';Föräldrar som nåtts;67;personer;')
    const asked = new Set(text.split('\r\n').map((line) => line.split(';')[3]))
    expect(asked.has('salam-familj-vaxer')).toBe(true)
    expect(followUpCsv(plan, '2026-H2')).not.toContain('salam-familj-vaxer')
  })

  it('can be chosen from lists in the workbook, which holds no formula', async () => {
    const parts = unzipSync(await followUpWorkbook(plan, HALF_YEAR))
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
    expect(sheet).toMatch(/<\/sheetData>.*<dataValidations count="2">.*<pageSetup/s)
    expect(sheet).toContain('"planerad,pågår,avslutad,ordinarie verksamhet"')
    expect(sheet).not.toContain('<f>')
    expect(strFromU8(parts['xl/worksheets/sheet2.xml']!)).not.toContain('dataValidations')
  })
})
