import { describe, expect, it } from 'vitest'
import planJson from '../../data/plan/plan.json'
import { planWithFollowUps } from '../../src/core/follow-up.ts'
import type { ActivityPlan, FollowUp } from '../../src/core/plan.ts'
import { gridOfRows } from '../../src/files/formats/grid.ts'
import { readFollowUpSheet, readHalfYear } from '../../src/files/plan/follow-up-sheet.ts'
import { findingMessage } from '../../src/text/findings.ts'
import { followUpDifferences } from '../../src/views/plan/follow-up-differences.ts'

const DAY = '2026-11-24'
const before: FollowUp = {
  ...{ intervention: 'kraft', halfYear: '2026-H2', status: 'pagaende', reading: 'pa-vag' },
  measures: [
    { name: 'Deltagare', value: 12, unit: 'personer' },
    { name: 'Träffar', value: 4, unit: 'tillfällen' },
  ],
  ...{ comment: 'Väntar på lokal.', date: '2026-10-01', lines: null },
}
const plan = planWithFollowUps(planJson as unknown as ActivityPlan, [before])
const read = (rows: readonly (readonly string[])[]) =>
  readFollowUpSheet('svar.xlsx', [gridOfRows(rows, { file: 'svar.xlsx', sheet: null })], plan, DAY)
const told = (rows: readonly (readonly string[])[]) =>
  read(rows).findings.map((finding) => [
    ...[finding.severity, finding.row, finding.column],
    findingMessage(finding),
  ])

describe('a sheet of follow-ups as people send it back', () => {
  it('is read whatever the order of its columns, its capitals and what was added', () => {
    const { records, findings } = read([
      ['Rundan hösten 2026, svar från oss'],
      [],
      [
        'STATUS',
        'insats',
        'Ansvarig',
        'verksamhet',
        'halvår',
        'Vad som mäts',
        'värde',
        'enhet',
        'Läge',
      ],
      [
        'Avslutad',
        'kraft',
        'enheten',
        'ARBETSMARKNAD  och integration',
        'hösten 2026',
        'Deltagare',
        '1 015,5',
        'personer',
        'UPPNÅTT',
      ],
      ['', 'KRAFT', '', '', 'HT26', 'Träffar', '−3', 'tillfällen', ''],
      ['', '', '', '', '', '', '', '', ''],
      ['', 'Framtidsverkstan', '', '', '2026-H2', '', '', '', ''],
    ])
    expect(records).toEqual([
      {
        ...{ intervention: 'kraft', halfYear: '2026-H2', status: 'avslutad', reading: 'uppnatt' },
        measures: [
          { name: 'Deltagare', value: 1015.5, unit: 'personer' },
          { name: 'Träffar', value: -3, unit: 'tillfällen' },
        ],
        // There is no column for these: they stay as they were.
        ...{ comment: 'Väntar på lokal.', date: '2026-10-01', lines: null },
      },
    ])
    expect(findings.map(({ severity, code, text }) => [severity, code, text])).toEqual([
      ['note', 'follow-up-column-ignored', 'Ansvarig'],
      ['note', 'follow-up-nothing-filled', null],
    ])
  })

  it('is refused whole, with every fault by row and column and what to do', () => {
    const rows = [
      [
        'Verksamhet',
        'Insats',
        'Id',
        'Halvår',
        'Status',
        'Bedömning',
        'Mått',
        'Värde',
        'Enhet',
        'Kommentar',
        'Datum',
      ],
      ['', 'KRAFT', 'kraft', 'HT 2026', 'pågår', '', '', '', '', '', ''],
      ['', '', 'finns-inte', 'HT 2026', 'pågår', '', '', '', '', '', ''],
      ['Parkförvaltningen', 'KRAFT', '', 'HT 2026', 'pågår', '', '', '', '', '', ''],
      ['', '', 'framtidsverkstan', 'snart', 'pågår', '', '', '', '', '', ''],
      [
        '',
        '',
        'framtidsverkstan',
        'HT 2026',
        'går bra',
        'toppen',
        'Deltagare',
        'färre än 5',
        'personer',
        '',
        'i går',
      ],
      ['', '', 'framtidsverkstan', 'HT 2026', 'pågår', '', 'Deltagare', '12', '', '', ''],
      ['', '', 'inlussmodell', 'HT 2026', '', '', '', '7', 'personer', '', ''],
    ]
    expect(told(rows).filter(([severity]) => severity === 'error')).toEqual([
      [
        'error',
        3,
        'Id',
        'Insatsen ”finns-inte” finns inte i planen. Skriv Id eller titel som i den nedladdade filen.',
      ],
      [
        'error',
        4,
        'Verksamhet',
        expect.stringContaining(
          'Verksamheten ”Parkförvaltningen” finns inte i planen. Den har Arbetsmarknad och integration,',
        ),
      ],
      ['error', 5, 'Halvår', '”snart” är inte ett halvår. Skriv till exempel HT 2026.'],
      [
        'error',
        7,
        'Status',
        'Här står ”pågår”, men rad 6 säger ”går bra” om samma insats och halvår. Låt dem vara lika, eller fyll bara i den första raden.',
      ],
      [
        'error',
        6,
        'Värde',
        '”färre än 5” är inte ett tal. Skriv till exempel 12 eller 7,5, eller lämna tomt och skriv i kommentaren.',
      ],
      [
        'error',
        7,
        'Enhet',
        '”Deltagare” har ett värde men ingen enhet. Skriv till exempel personer eller procent.',
      ],
      [
        'error',
        6,
        'Status',
        '”går bra” går inte att välja här. Välj planerad, pågår, avslutad, ordinarie verksamhet.',
      ],
      [
        'error',
        6,
        'Bedömning',
        '”toppen” går inte att välja här. Välj för tidigt att bedöma, på väg, uppnått, avslutad, inte bedömt.',
      ],
      ['error', 6, 'Datum', '”i går” är inte en dag. Skriv till exempel 2026-11-23.'],
      ['error', 8, 'Mått', 'Talet 7 säger inte vad det mäter. Fyll i Mått på samma rad.'],
      [
        'error',
        8,
        'Status',
        'Något är ifyllt men status saknas. Välj planerad, pågår, avslutad, ordinarie verksamhet.',
      ],
    ])
    expect(read(rows).records).toEqual([])
  })

  it('that is something else says so', () => {
    expect(
      told([
        ['Område', 'År', 'Antal'],
        ['Ersboda', '2024', '3'],
      ]),
    ).toEqual([
      ['error', null, null, expect.stringContaining('Här finns ingen tabell med uppföljning.')],
    ])
    expect(
      told([
        ['Id', 'Status'],
        ['kraft', 'pågår'],
      ]),
    ).toEqual([
      [
        'error',
        1,
        'Halvår',
        'Kolumnen Halvår saknas. Lägg till den, eller fyll i filen som den laddades ner.',
      ],
    ])
  })

  it('knows half-years as they are written', () => {
    for (const text of [
      'HT 2026',
      'ht26',
      'höst 26',
      'hösten 2026',
      '2026-H2',
      '2026 H2',
      'andra halvåret 2026',
      'höstterminen 2026',
    ])
      expect([text, readHalfYear(text)]).toEqual([text, '2026-H2'])
    for (const text of ['VT 2026', 'vår 26', 'våren 2026', 'halvår 1 2026'])
      expect([text, readHalfYear(text)]).toEqual([text, '2026-H1'])
    for (const text of ['2026', '2026-10', 'hösten', 'H3 2026', ''])
      expect(readHalfYear(text)).toBeNull()
  })

  it('shows what it would change, in words', () => {
    const after: FollowUp[] = [
      {
        ...before,
        ...{ status: 'avslutad', reading: null, comment: '' },
        measures: [{ name: 'Deltagare', value: 15, unit: 'personer' }],
        date: '2026-11-24',
      },
      { ...before, intervention: 'framtidsverkstan', measures: [], comment: 'Ny lokal.' },
    ]
    const { summary, groups } = followUpDifferences(plan, [...after])
    expect(summary).toBe('1 ny, 1 ändrad')
    expect(groups).toEqual([
      {
        name: 'Arbetsmarknad och integration',
        differences: [
          {
            ...{ heading: 'KRAFT, höst\u00a026', isNew: false },
            lines: [
              'Status: pågår → avslutad',
              'Bedömning: på väg → inte bedömt',
              'Deltagare: 12\u00a0personer → 15\u00a0personer',
              'Träffar: tas bort (var 4\u00a0tillfällen)',
              'Kommentaren tas bort (var ”Väntar på lokal.”)',
              'Datum: 2026-10-01 → 2026-11-24',
            ],
          },
          {
            ...{ heading: 'Framtidsverkstan, höst\u00a026', isNew: true },
            lines: [
              'Ny uppföljning',
              'Status: pågår',
              'Bedömning: på väg',
              'Kommentar: ”Ny lokal.”',
            ],
          },
        ],
      },
    ])
  })
})
