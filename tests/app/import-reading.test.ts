import { describe, expect, test } from 'vitest'
import { draftOf, indicatorOf, needsOf } from '../../src/app/import/indicator-draft.ts'
import type { ImportSurroundings } from '../../src/app/import/protocol.ts'
import { ImportReading } from '../../src/app/import/reading.ts'
import { recipeOf } from '../../src/app/import/recipe.ts'
import { droppedText, REGISTER, SHARE } from '../support/import-page-world.ts'

const SURROUNDINGS: ImportSurroundings = {
  ...{ register: REGISTER, recipes: [], areaNames: {}, topology: null, ties: [] },
}
const LOADERS = { sqlite: () => Promise.reject(new Error('not needed')) }

const open = (
  lines: readonly string[],
  surroundings: Partial<ImportSurroundings> = {},
  name = 'franvaro_ht25_export.csv',
): Promise<ImportReading> =>
  ImportReading.open(
    [droppedText(name, lines)],
    { ...SURROUNDINGS, ...surroundings },
    { loaders: LOADERS },
  )

const HEADING = 'Område;År;Elever;Frånvarande;Andel;Handläggare'
const LINES = [
  'Frånvaro i grundskolan',
  HEADING,
  '2480R001;2024;120;15;12,5;Anna Lindgren',
  'Berghem södra;2024;1\u00a0200;150;12,5;Per Öhman',
  'Carlshem n;2024;120;18;15,0;Maria Ek',
  '2480R004;2024;110;22;20,0;Karin Sjöström',
  'Källa: Elevregistret',
]
const NAMES = /Lindgren|Öhman|Maria|Sjöström/

describe('an export from the school', () => {
  test('is told without a word about the people in it', async () => {
    const reading = await open(LINES)
    const { table } = reading.view()
    expect(table).toMatchObject({
      form: { format: 'csv', encoding: 'windows-1252', delimiter: ';' },
      facts: { headerRow: 2, dataRows: 4, periods: ['2024'] },
      ...{ stopping: 1, readableRows: 3, unmatched: 1, notes: ['Källa: Elevregistret'] },
    })
    expect(table!.columns.map(({ role }) => role)).toEqual([
      ...['area', 'period', 'denominator', 'numerator', 'value', 'dropped'],
    ])
    expect(JSON.stringify(reading.view())).not.toMatch(NAMES)
    expect(reading.findingsCsv()).not.toMatch(NAMES)
  })

  test('an answer settles its rows, and can be taken back', async () => {
    const reading = await open(LINES)
    const before = reading.view().table!
    const [question] = before.groups
    expect(question).toMatchObject({ severity: 'question', rows: [5], place: 'rad 5, Område' })
    reading.answer({ ...before.answers, areas: { 'Carlshem n': '2480R003' } })
    expect(reading.view().table).toMatchObject({
      ...{ stopping: 0, readableRows: 4, answeredAreas: ['Carlshem n'] },
    })
    reading.answer({ ...before.answers, areas: { 'Carlshem n': null } })
    expect(reading.view().table).toMatchObject({ stopping: 0, readableRows: 3 })
    reading.answer(before.answers)
    expect(reading.view().table).toMatchObject({ stopping: 1, readableRows: 3 })
  })

  test('what was recognised as telling of people stays masked, whatever it is said to be', async () => {
    const reading = await open(LINES)
    const { answers } = reading.view().table!
    reading.answer({ ...answers, roles: { Handläggare: 'ignored' } })
    expect(reading.view().table!.columns.at(-1)).toMatchObject({ role: 'ignored', isMasked: true })
    expect(JSON.stringify(reading.view())).not.toMatch(NAMES)
  })

  test('said to have no figures at all, it is told so and what was said can be taken back', async () => {
    const reading = await open(LINES)
    const before = reading.view().table!
    const roles = { Elever: 'ignored', Frånvarande: 'ignored', Andel: 'ignored' } as const
    reading.answer({ ...before.answers, roles })
    expect(reading.view().table!.stopping).toBeGreaterThan(0)
    reading.answer(before.answers)
    expect(reading.view().table!.stopping).toBe(1)
  })

  test('the next file of its shape needs no answers, but of its own year', async () => {
    const reading = await open(LINES)
    const { answers } = reading.view().table!
    reading.answer({ ...answers, areas: { 'Carlshem n': '2480R003' }, skippedRows: [6] })
    const { recipe, areaNames } = recipeOf(reading.view().table!, 'prov', {
      ...{ measure: null, age: null },
    })
    expect(recipe.answers).toMatchObject({ skippedRows: [], year: null, period: null })
    const next = LINES.map((line) => line.replace(';2024;', ';2025;'))
    const again = await open(next, { recipes: [recipe] }, 'franvaro_ht26_export.csv')
    expect(again.view().table).toMatchObject({
      ...{ stopping: 0, readableRows: 4, recipe: 'franvaro_ht25_export' },
    })
    // A name that was asked about once is known in any file.
    const other = await open(['Område;År;Antal', 'Carlshem n;2024;12'], { areaNames })
    expect(other.view().table!.stopping).toBe(0)
  })

  test('is released through the gate, and its raw figures stay behind', async () => {
    const lines = [
      'Område;År;Elever;Frånvarande',
      ...['2480R001;2024;641113;3', '2480R002;2024;641117;311', '2480R003;2024;641129;313'],
      '2480R004;2024;641131;317',
    ]
    const reading = await open(lines)
    const answer = await reading.release({
      ...{
        indicator: SHARE,
        measure: null,
        age: null,
        hexagons: false,
        totals: 'stated',
        earlier: [],
        parts: [],
      },
      importedAt: '2026-11-23T00:00:00.000Z',
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.findings))
    const text = [...answer.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join()
    expect(text).toContain('641129')
    expect(text).not.toContain('641113')
    expect(JSON.stringify(answer)).not.toContain('641113')
    expect(answer.levels.find(({ level }) => level === 'regso')!.statuses).toMatchObject({
      hidden: 2,
      value: 2,
    })
  })

  test('of another age is refused beside all ages, which it could be subtracted from', async () => {
    const reading = await open([
      'Område;År;Ålder;Elever;Frånvarande',
      ...['2480R001', '2480R002', '2480R003'].flatMap((area) =>
        ['Totalt;200;90', '13–18 år;120;60', '19–24 år;80;30'].map(
          (part) => `${area};2024;${part}`,
        ),
      ),
    ])
    const choice = {
      ...{ indicator: SHARE, measure: null, hexagons: false, earlier: [] },
      ...{ totals: 'stated' as const, importedAt: '2026-11-23T00:00:00.000Z' },
    }
    const whole = await reading.release({ ...choice, age: null, parts: [] })
    if (!whole.ok) throw new Error(JSON.stringify(whole.findings))
    const parts = [{ ...whole.layer.source.part!, name: 'Alla' }]
    const beside = await reading.release({ ...choice, age: '13–18 år', parts })
    expect(beside).toMatchObject({
      ...{ ok: false, findings: [{ code: 'import-beside-other-age', text: 'Alla' }] },
    })
    const young = await reading.release({ ...choice, age: '13–18 år', parts: [] })
    if (!young.ok) throw new Error(JSON.stringify(young.findings))
    const older = await reading.release({
      ...{ ...choice, age: '19–24 år' },
      parts: [{ ...young.layer.source.part!, name: 'Unga' }],
    })
    expect(older.ok).toBe(true)
  })

  test('stated totals that contradict their parts are refused, or made of the parts', async () => {
    const lines = [
      'Område;År;Elever;Frånvarande',
      ...['2480R001;2024;120;15', '2480R002;2024;120;16', '2480R003;2024;120;17'],
      ...['2480R004;2024;120;18', '2480;2024;480;70'],
    ]
    const reading = await open(lines)
    const choice = {
      ...{ indicator: SHARE, measure: null, age: null, hexagons: false, earlier: [], parts: [] },
      importedAt: '2026-11-23T00:00:00.000Z',
    }
    const refused = await reading.release({ ...choice, totals: 'stated' })
    expect(refused).toMatchObject({ ok: false, findings: [{ code: 'observations-contradiction' }] })
    const made = await reading.release({ ...choice, totals: 'made' })
    if (!made.ok) throw new Error(JSON.stringify(made.findings))
    expect(made.findings.map(({ code }) => code)).toContain('import-totals-made')
    const whole = [...made.files].find(([path]) => path.includes('/kommun/'))![1]
    expect(new TextDecoder().decode(whole)).toContain('2480,2024,T,value,66,480')
  })
})

test('what a table tells of its indicator, and what has to be said', async () => {
  const reading = await open(LINES)
  const draft = draftOf(reading.view().table!, REGISTER)
  expect(draft).toMatchObject({
    ...{ name: 'Frånvaro i grundskolan', measure: 'share', per: 100, denominatorName: 'elever' },
    ...{ source: 'Elevregistret', levels: ['kommun', 'stadsdel', 'regso'], periodChain: ['year'] },
    // Absence from school is sensitive: the defaults of its subject.
    policy: { kind: 'person', threshold: 10, complement: true, minimumDenominator: 30 },
  })
  expect(needsOf(draft, [])).toEqual([])
  expect(needsOf({ ...draft, source: ' ', levels: [] }, [])).toEqual(['source', 'levels'])
  expect(needsOf(draft, [{ ...SHARE, name: 'frånvaro i grundskolan' }])).toEqual(['id'])
  expect(indicatorOf(draft, [{ ...SHARE, id: 'franvaro_i_grundskolan' }])).toMatchObject({
    ...{ id: 'franvaro_i_grundskolan_2', unit: '%', synthetic: false, frequency: 'år' },
  })
})

test('files that hold nothing to read in say why', async () => {
  const reading = await ImportReading.open(
    [
      {
        name: 'bild.png',
        bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      },
    ],
    SURROUNDINGS,
    { loaders: LOADERS },
  )
  const view = reading.view()
  expect(view).toMatchObject({ items: [], chosen: null, table: null })
  expect(view.findings).toMatchObject([{ severity: 'error', file: 'bild.png' }])
})
