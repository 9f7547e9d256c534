import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUmeaRegister } from '../../../scripts/schematic/umea-register.ts'
import type { ActivityPlan } from '../../../src/core/plan.ts'
import type { Indicator } from '../../../src/core/indicator.ts'
import { planWorkbook } from '../../../src/exports/plan-workbook.ts'
import { gridOfRows } from '../../../src/files/formats/grid.ts'
import { readWorkbook } from '../../../src/files/formats/workbook.ts'
import {
  readPlanSheets,
  type PlanSheetReading,
  type PlanSheetReferences,
} from '../../../src/files/plan/plan-sheet.ts'
import { findingText } from '../../../src/text/findings.ts'
import { PLAN_COLUMNS, PLAN_SHEETS } from '../../../src/text/plan-sheet.ts'
import { intervention, planOf } from '../../support/small-plan.ts'

fc.configureGlobal({ seed: 20261103 })

const read = (path: string): string =>
  readFileSync(new URL(`../../../data/${path}`, import.meta.url), 'utf8')
const own = JSON.parse(read('plan/plan.json')) as ActivityPlan
const UMEA: PlanSheetReferences = {
  areas: readUmeaRegister({
    regsoCsv: read('areas/regso.csv'),
    labelsCsv: read('areas/labels.csv'),
  }).areas,
  indicators: JSON.parse(read('indicators/indicators.json')) as Indicator[],
  publisher: 'Umeå kommun',
}
const SMALL: PlanSheetReferences = {
  areas: [
    { id: 'norr', name: 'Norr', level: 'stadsdel', parent: 'hela' },
    { id: 'hela', name: 'Hela', level: 'kommun', parent: null },
  ],
  indicators: [{ id: 'klotter', name: 'Klotter', focusProblems: [] }],
  publisher: 'Town',
}

async function roundTrip(
  plan: ActivityPlan,
  references: PlanSheetReferences,
): Promise<PlanSheetReading> {
  const { grids, findings } = await readWorkbook('plan.xlsx', await planWorkbook(plan), 'xlsx')
  expect(findings).toEqual([])
  return readPlanSheets(grids, references)
}

describe('any sheets', () => {
  it('give a plan or errors with sentences, and never throw', () => {
    const words = [...Object.values(PLAN_COLUMNS).flat(), 'annat', '']
    const cell = fc.oneof(
      fc.constantFrom(
        ...[
          '',
          'Fritid',
          'Fritidd',
          'selektiv',
          'inget',
          'HT 2026',
          '2026',
          'Norr',
          'Norrr',
          '1',
          '0',
        ],
        ...['lamps', 'klotter', 'a;b', "'=x", 'Plats visas inte', '2–1', '-1', 'pågår', '1,234'],
      ),
      fc.string(),
    )
    const rows = fc.array(fc.array(cell, { maxLength: 13 }), { maxLength: 5 })
    const heads = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 9 })
    const asGrid = (name: string, lines: readonly (readonly string[])[]) =>
      gridOfRows(lines, { file: 'f.xlsx', sheet: name })
    const names = Object.values(PLAN_SHEETS).flat()
    const sheet = fc
      .tuple(fc.constantFrom(...names, 'annat'), heads, rows)
      .map(([name, head, lines]) => asGrid(name, [head, ...lines]))
    const good = fc.tuple(
      ...[fc.constantFrom('Fritid', 'Kultur'), fc.constantFrom('Lamps', 'lamps')],
      ...[fc.constantFrom('selektiv', 'indikerad'), fc.constantFrom('utanförskap', 'inget')],
      fc.constantFrom('2026', 'HT 2026'),
    )
    const efforts = fc
      .tuple(heads, fc.array(fc.tuple(good, fc.array(cell, { maxLength: 9 })), { maxLength: 3 }))
      .map(([more, lines]) =>
        asGrid('Insatser', [
          ['Verksamhet', 'Insats', 'Nivå', 'Fokusproblem', 'Start', ...more],
          ...lines.map((line) => line.flat()),
        ]),
      )
    let [taken, refused] = [0, 0]
    fc.assert(
      fc.property(efforts, fc.array(sheet, { maxLength: 4 }), (first, more) => {
        const reading = readPlanSheets([first, ...more], SMALL)
        if (reading.ok) taken++
        else refused++
        const errors = reading.findings.filter(({ severity }) => severity === 'error')
        expect(errors.length === 0).toBe(reading.ok)
        for (const finding of reading.findings) {
          expect(findingText(finding)).not.toMatch(/Fel i filen|undefined|null|NaN/)
          // Told in the words of the sheets, not as places of another file.
          expect(finding.code).not.toMatch(/^package-/)
        }
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(taken, refused)).toBeGreaterThan(50)
  })
})

describe('a plan as a workbook', () => {
  it('comes back as the same plan: the embedded one', async () => {
    const reading = await roundTrip(own, UMEA)
    expect(reading.findings.map(findingText)).toEqual([])
    expect(reading.ok && reading.plan).toEqual(own)
  })

  it('comes back as the same plan whatever its texts are', async () => {
    const odd = fc
      .oneof(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom(
          '=1+1',
          '+46',
          '-5',
          '@a',
          "'=x",
          "''-1",
          'a;b',
          '1,5',
          '2024-03-01',
          '007',
        ),
        fc.constantFrom('inget', 'Hela kommunen', 'SANT', '#N/A', 'å\u0308', '<b>&amp;', '_x000a_'),
      )
      .map((text) => text.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim())
      .filter((text) => text !== '')
    const items = fc.uniqueArray(odd, { maxLength: 3 })
    const plans = fc
      .record({
        ...{
          title: odd,
          description: odd,
          levelText: odd,
          targetGroup: odd,
          how: odd,
          measure: odd,
        },
        ...{ goals: items, partners: items, note: odd, comment: odd, unit: odd },
        value: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
        term: fc.constantFrom('VT' as const, 'HT' as const, null),
        sort: fc.constantFrom('whole' as const, 'not-stated' as const, 'not-shown' as const),
        scope: fc.constantFrom('all' as const, 'indirect' as const, 'none' as const, null),
      })
      .map((some): ActivityPlan => {
        const { title, description, levelText, targetGroup, how, goals, partners, note, scope } =
          some
        const one = intervention({
          ...{ title, description, levelText, targetGroup, goals, partners },
          period: {
            ...{ start: '2024', startTerm: some.term, end: '2025-11', endTerm: null },
            ...{ text: description, note },
          },
          places: { kind: some.sort, note },
          focusScope: scope ?? 'named',
          focusNote: scope && { words: how, line: 7 },
          focusProblems: scope ? [] : [{ id: 'dark streets', words: levelText, line: 2, how }],
          followUpMeasures: [
            { text: some.measure, indicator: 'klotter', expected: 'down', reason: note, line: 3 },
            { text: note, indicator: null, expected: null, reason: null, line: 4 },
          ],
          budget: [{ year: null, thousandsSEK: 12.5, text: note, line: 5 }],
          ages: some.term && { from: 6, to: null },
          earlyDetection: some.term === 'VT',
        })
        return {
          ...planOf(one),
          followUps: [
            {
              ...{
                intervention: 'lamps',
                halfYear: '2025-H2',
                status: 'pagaende',
                reading: 'pa-vag',
              },
              measures: [{ name: some.measure, value: some.value, unit: some.unit }],
              ...{ comment: some.comment, date: '2026-01-31', lines: null },
            },
          ],
        }
      })
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const reading = await roundTrip(plan, SMALL)
        expect(reading.findings.map(findingText)).toEqual([])
        expect(reading.ok && reading.plan).toEqual(plan)
      }),
      { numRuns: 60 },
    )
  })
})
