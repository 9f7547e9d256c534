import { describe, expect, test } from 'vitest'
import type { FeatureCollection } from 'geojson'
import { topology } from 'topojson-server'
import { draftOf, indicatorOf } from '../../src/app/import/indicator-draft.ts'
import type { ImportSurroundings } from '../../src/app/import/protocol.ts'
import { ImportReading } from '../../src/app/import/reading.ts'
import type { DisclosurePolicy } from '../../src/core/indicator.ts'
import { mergeIndex, EMPTY_WORKSPACE, type ImportLayer } from '../../src/files/package/overlay.ts'
import { smallSource } from '../support/small-source.ts'
import { servedPackage } from '../support/own-files.ts'
import { droppedText, REGISTER } from '../support/import-page-world.ts'

const LOADERS = { sqlite: () => Promise.reject(new Error('not needed')) }

/** Four squares in a row, each a hundredth of a degree wide. */
const SQUARES = topology({
  regso: <FeatureCollection>{
    type: 'FeatureCollection' as const,
    features: ['2480R001', '2480R002', '2480R003', '2480R004'].map((id, index) => {
      const [west, south] = [20.2 + index / 100, 63.82]
      const [east, north] = [west + 0.01, south + 0.01]
      return {
        ...{ type: 'Feature', id, properties: {} },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              ...[
                [west, south],
                [west, north],
                [east, north],
                [east, south],
              ].map(([x, y]) => [x!, y!]),
              [west, south],
            ],
          ],
        },
      } as const
    }),
  },
})

const SURROUNDINGS: ImportSurroundings = {
  ...{ register: REGISTER, recipes: [], areaNames: {}, topology: SQUARES, ties: [] },
}

/** Seven in the first square, one in the second, in January and March. */
const LINES = [
  'Datum;Typ;Latitud;Longitud',
  ...Array.from({ length: 7 }, (_, day) => `2024-01-1${day};Klotter;63,82${day}1;20,2051`),
  '2024-03-02;Skadegörelse;63,8251;20,2152',
]

const open = (lines: readonly string[], surroundings: Partial<ImportSurroundings> = {}) =>
  ImportReading.open(
    [droppedText('handelser.csv', lines)],
    { ...SURROUNDINGS, ...surroundings },
    {
      loaders: LOADERS,
    },
  )

async function release(
  reading: ImportReading,
  kind: DisclosurePolicy['kind'],
  { hexagons = true, measure = null }: { hexagons?: boolean; measure?: string | null } = {},
) {
  const draft = draftOf(reading.view().table!, REGISTER)
  const policy = { ...draft.policy, kind, threshold: 0 }
  const answer = await reading.release({
    indicator: indicatorOf({ ...draft, source: 'Kommunen', name: 'Händelser', policy }, []),
    ...{ measure, age: null, hexagons, totals: 'stated', earlier: [], parts: [] },
    importedAt: '2026-11-23T00:00:00.000Z',
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.findings))
  const text = (end: string): string | null => {
    const found = [...answer.files].find(([path]) => path.endsWith(end))
    return found ? new TextDecoder().decode(found[1]) : null
  }
  return { ...answer, text }
}

describe('a register of events with coordinates', () => {
  test('is placed by surveyed boundaries; a month and an area without events have 0', async () => {
    const { text, findings } = await release(await open(LINES), 'place')
    const rows = text('regso/handelser.csv')!.split('\n')
    expect(rows.filter((row) => row.startsWith('2480R001,'))).toEqual([
      '2480R001,2024-01,T,value,7,',
      '2480R001,2024-02,T,value,0,',
      '2480R001,2024-03,T,value,0,',
    ])
    expect(rows).toContain('2480R002,2024-03,T,value,1,')
    expect(rows).toContain('2480R004,2024-02,T,value,0,')
    // 4 areas × 3 months, of which 2 have events.
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'observations-events-zero',
        parameters: { indicator: 'handelser', count: 10, first: '2024-01', last: '2024-03' },
      }),
    )
  })

  test('of one kind, months that only others have are still in the register', async () => {
    const { text } = await release(await open(LINES), 'place', { measure: 'Skadegörelse' })
    expect(text('regso/handelser.csv')).toContain('2480R002,2024-01,T,value,0,')
    expect(text('regso/handelser.csv')).toContain('2480R001,2024-01,T,value,0,')
  })

  test('is shown as hexagons of at least five a year, and never what is about people', async () => {
    const { layer, text, findings } = await release(await open(LINES), 'place')
    // The seven lie along a line of 700 metres, so that two hexagons share them at most.
    const rows = text('hexagons.csv')!.trim().split('\n').slice(1)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const [hexagon, category, year, count] = row.split(',')
      expect(hexagon).toMatch(/^88[0-9a-f]{13}$/)
      expect([category, year]).toEqual(['handelser-klotter', '2024'])
      expect(Number(count)).toBeGreaterThanOrEqual(5)
    }
    expect(Object.keys(JSON.parse(text('outlines.json')!) as object)).toEqual(
      rows.map((row) => row.split(',')[0]),
    )
    expect(layer.incidents!.categories).toEqual([
      { id: 'handelser-klotter', name: 'Klotter', hexagons: true },
      { id: 'handelser-skadegorelse', name: 'Skadegörelse', hexagons: true },
    ])
    expect(findings.map(({ code }) => code)).toContain('import-hexagons')

    for (const about of ['person', 'survey'] as const) {
      const people = await release(await open(LINES), about)
      expect(people.layer.incidents).toBeNull()
      expect(people.text('hexagons.csv')).toBeNull()
    }
    const unasked = await release(await open(LINES), 'place', { hexagons: false })
    expect(unasked.layer.incidents).toBeNull()
  })

  test('takes the place of the events of the package, which come back with its removal', async () => {
    const { layer } = await release(await open(LINES), 'place')
    const { index } = servedPackage(smallSource())
    const withLayers = (layers: readonly ImportLayer[]) =>
      mergeIndex(index, { ...EMPTY_WORKSPACE, layers }).incidents
    expect(withLayers([layer])).toEqual(layer.incidents)
    const later = {
      ...layer,
      id: 'senare',
      source: { ...layer.source, importedAt: '2026-12-01T00:00Z' },
    }
    expect(withLayers([{ ...later, incidents: null }, layer])).toEqual(layer.incidents)
    expect(withLayers([])).toEqual(index.incidents)
  })

  test('is not placed by boundaries that are only drawn', async () => {
    const register = {
      ...REGISTER,
      boundaryVersion: { ...REGISTER.boundaryVersion, schematic: true },
    }
    const reading = await open(LINES, { register })
    const { table } = reading.view()
    expect(table!.contents.levels).toEqual([])
    // Exact places are shown to nobody, not even beside their own headings.
    expect(JSON.stringify(reading.view())).not.toMatch(/63,82|20,20/)
    expect(reading.findingsCsv()).toContain('8 händelser har koordinater men inget område')
  })
})

describe('events', () => {
  test('of an area that is not known cannot be read yet, each row of it', async () => {
    const reading = await open([
      'Datum;Typ;Område',
      ...['2480R001', '2480R002', 'Nånstans', '2480R001', 'Nånstans'].map(
        (area) => `2024-01-11;Klotter;${area}`,
      ),
    ])
    expect(reading.view().table).toMatchObject({ readableRows: 3, stopping: 1 })
  })
})

describe('a day, an area and a number', () => {
  const lines = ['Område;Datum;Inkomna', '2480R001;2024-03-01;15', '2480R002;2024-03-02;17']
  const counted = async (role: 'numerator' | 'ignored') => {
    const reading = await open(lines)
    const { table } = reading.view()
    expect(table!.groups.filter(({ action }) => action?.kind === 'role')).toHaveLength(1)
    reading.answer({ ...table!.answers, roles: { Inkomna: role } })
    expect(reading.view().table!.stopping).toBe(0)
    return (await release(reading, 'place', { hexagons: false })).text('regso/handelser.csv')
  }

  test('are counts or events as the analyst says, and nothing until then', async () => {
    expect(await counted('numerator')).toContain('2480R001,2024-03,T,value,15,')
    const ofEvents = await counted('ignored')
    expect(ofEvents).toContain('2480R001,2024-03,T,value,1,')
    expect(ofEvents).toContain('2480R003,2024-03,T,value,0,')
  })
})
