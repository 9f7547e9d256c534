import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { neighbors } from 'topojson-client'
import { topology } from 'topojson-server'
import type { FeatureCollection } from 'geojson'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { describe, expect, test } from 'vitest'
import { readUmeaRegister } from '../../../scripts/schematic/umea-register.ts'
import type { Area, AreaRegister } from '../../../src/core/area.ts'
import { applyBoundaryVersion } from '../../../src/files/boundaries/apply-boundary-version.ts'
import {
  readBoundaryLayer,
  type BoundaryReading,
} from '../../../src/files/boundaries/boundary-reading.ts'
import { planBoundaryVersion } from '../../../src/files/boundaries/boundary-version.ts'
import { commonGround } from '../../../src/files/boundaries/common-ground.ts'
import { levelOutlines } from '../../../src/files/boundaries/level-outlines.ts'
import { groundOf } from '../../../src/files/boundaries/ring-repair.ts'
import { readGeoJson, readGeoJsonText } from '../../../src/files/formats/geojson.ts'
import { boundaryTies } from '../../../src/files/package/boundary-ties.ts'
import { asGeoJson, inFrame, type MadeArea } from '../../support/made-boundaries.ts'

const SIDE = 1000

/** A closed square of `cells` kilometres a side, from a corner counted in kilometres. */
const block = (column: number, row: number, width = 1, height = 1): MadeArea => {
  const [west, south] = [758_000 + column * SIDE, 7_080_000 + row * SIDE]
  const [east, north] = [west + width * SIDE, south + height * SIDE]
  return [
    [
      [
        [west, south],
        [west, north],
        [east, north],
        [east, south],
        [west, south],
      ],
    ],
  ]
}

interface Drawn {
  readonly id: string
  readonly level: string
  readonly name: string
  readonly parent: string | null
  readonly polygons: MadeArea
}

/** A municipality of four by two kilometres: two districts, each of two RegSO. */
const DRAWN: readonly Drawn[] = [
  { id: '2480', level: 'kommun', name: 'Umeå', parent: null, polygons: block(0, 0, 4, 2) },
  { id: 'vast', level: 'stadsdel', name: 'Väst', parent: '2480', polygons: block(0, 0, 2, 2) },
  { id: 'ost', level: 'stadsdel', name: 'Öst', parent: '2480', polygons: block(2, 0, 2, 2) },
  ...[0, 1, 2, 3].map((column): Drawn => ({
    ...{ id: `2480R00${column + 1}`, level: 'regso', name: `Del ${column + 1}` },
    ...{ parent: column < 2 ? 'vast' : 'ost', polygons: block(column, 0, 1, 2) },
  })),
]

const registerOf = (drawn: readonly Drawn[], schematic = false): AreaRegister => ({
  levels: [
    { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
    { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
    { id: 'regso', singular: 'RegSO', plural: 'RegSO', rank: 2 },
  ],
  areas: drawn.map(({ id, level, name, parent }): Area => ({ id, level, name, parent })),
  boundaryVersion: { id: 'v1', name: 'Ett', schematic, source: '', licence: '' },
})

function topologyOf(drawn: readonly Drawn[]): Topology {
  const levels = [...new Set(drawn.map(({ level }) => level))]
  return topology(
    Object.fromEntries(
      levels.map((level) => {
        const areas = drawn.filter((area) => area.level === level)
        const degrees = inFrame(
          areas.map(({ name, polygons }) => ({ properties: { name }, polygons })),
          'EPSG:4326',
        )
        const collection = asGeoJson(degrees) as FeatureCollection
        collection.features.forEach((feature, index) => (feature.id = areas[index]!.id))
        return [level, collection]
      }),
    ),
    1e6,
  )
}

const readingOf = (
  areas: readonly { readonly properties: Readonly<Record<string, string>>; polygons: MadeArea }[],
): BoundaryReading =>
  readBoundaryLayer(readGeoJson('nya.geojson', asGeoJson(areas, 'EPSG:3006')).boundaries[0]!)

const named = (name: string, polygons: MadeArea) => ({ properties: { namn: name }, polygons })

const codesOf = (findings: readonly { severity: string; code: string }[]): string[] =>
  findings.map(({ severity, code }) => `${severity} ${code}`)

describe('a new version of one level', () => {
  const register = registerOf(DRAWN)
  const boundaries = topologyOf(DRAWN)
  const plan = (reading: BoundaryReading, options = {}) =>
    planBoundaryVersion(register, boundaries, reading, options)

  test('ties the same ground under the same name, and all else stays as it was', async () => {
    const made = await plan(
      readingOf([named('Öst', block(2, 0, 2, 2)), named('VÄST', block(0, 0, 2, 2))]),
    )
    expect(made).toMatchObject({
      ...{ level: 'stadsdel', ties: { vast: 'vast', ost: 'ost' } },
      ...{ otherGround: [], questions: [], findings: [] },
    })
    const applied = applyBoundaryVersion(register, boundaries, made)
    expect(applied.findings).toEqual([])
    expect(applied.register.areas).toEqual([
      register.areas[0],
      { id: 'vast', level: 'stadsdel', name: 'VÄST', parent: '2480' },
      { id: 'ost', level: 'stadsdel', name: 'Öst', parent: '2480' },
      ...register.areas.slice(3),
    ])
    expect(applied.neighbours).toEqual({
      kommun: { 2480: [] },
      stadsdel: { ost: ['vast'], vast: ['ost'] },
      regso: {
        ...{ '2480R001': ['2480R002'], '2480R002': ['2480R001', '2480R003'] },
        ...{ '2480R003': ['2480R002', '2480R004'], '2480R004': ['2480R003'] },
      },
    })
    expect(applied.ties).toEqual({
      ...{ from: 'v1', to: made.version.id, levels: ['stadsdel'] },
      areas: { vast: 'vast', ost: 'ost' },
    })
  })

  test('does not tie a name that has moved, and says so', async () => {
    const reading = readingOf([named('Väst', block(0, 0, 3, 2)), named('Öst', block(3, 0, 1, 2))])
    const made = await plan(reading)
    expect(made.ties).toEqual({})
    expect(codesOf(made.findings)).toEqual(['warning areas-other-ground'])
    expect(
      made.otherGround.map(({ area, sharedGround }) => [area, sharedGround.toFixed(2)]),
    ).toEqual([
      ['vast', '0.67'],
      ['ost', '0.50'],
    ])
    const { ties } = applyBoundaryVersion(register, boundaries, made)
    const tie = boundaryTies([ties], 'v1', made.version.id)
    expect([tie('stadsdel', 'vast'), tie('regso', '2480R001')]).toEqual([null, '2480R001'])
  })

  test('asks once when the ground is the same and the name is another', async () => {
    const reading = readingOf([
      named('Västra stan', block(0, 0, 2, 2)),
      named('Öst', block(2, 0, 2, 2)),
    ])
    const made = await plan(reading)
    expect(made.ties).toEqual({ ost: 'ost' })
    expect(made.questions).toMatchObject([
      { area: 'vastra-stan', reason: 'other-name', candidates: [{ area: 'vast', name: 'Väst' }] },
    ])
    for (const [answers, tied] of [
      [{}, null],
      [{ 'vastra-stan': null }, null],
      [{ 'vastra-stan': 'vast' }, 'vastra-stan'],
      [{ 'vastra-stan': 'ost' }, null],
    ] as const) {
      const { ties } = applyBoundaryVersion(register, boundaries, made, answers)
      expect(ties.areas).toEqual({ vast: tied, ost: 'ost' })
      const again = await plan(reading, { remembered: [ties] })
      expect(again.questions).toEqual([])
      expect(again.version).toEqual(made.version)
      expect(applyBoundaryVersion(register, boundaries, again).ties).toEqual(ties)
    }
  })

  test('leaves finer areas that no longer fit to the municipality, all of them', async () => {
    const made = await plan(
      readingOf([named('Väst', block(0, 0, 1.5, 2)), named('Öst', block(1.5, 0, 2.5, 2))]),
    )
    const applied = applyBoundaryVersion(register, boundaries, made)
    expect(codesOf(applied.findings)).toEqual(['note areas-no-longer-nest'])
    const parents = applied.register.areas.filter(({ level }) => level === 'regso')
    expect(parents.map(({ parent }) => parent)).toEqual(['2480', '2480', '2480', '2480'])
  })

  test('of official codes replaces the level that has them, the municipality alone', async () => {
    const coded = (code: string, name: string, polygons: MadeArea) => ({
      properties: { regsokod: code, regsonamn: name },
      polygons,
    })
    const made = await plan(
      readingOf([
        coded('2480R001', 'Del 1', block(0, 0, 1, 2)),
        coded('2480R002', 'Del 2', block(1, 0, 3, 2)),
        coded('2482R001', 'Skellefteå', block(9, 0, 1, 2)),
      ]),
    )
    expect(made.level).toBe('regso')
    expect(made.areas.map(({ code }) => code)).toEqual(['2480R001', '2480R002'])
    expect(made.ties).toEqual({ '2480R001': '2480R001' })
    expect(codesOf(made.findings)).toEqual([
      'note areas-other-municipalities',
      'warning areas-other-ground',
    ])
    // Del 2 reaches into both districts, so that no RegSO lies in a district.
    const { areas } = applyBoundaryVersion(register, boundaries, made).register
    expect(areas.filter(({ level }) => level === 'regso').map(({ parent }) => parent)).toEqual([
      '2480',
      '2480',
    ])
  })

  test('of a level that is not there asks which, and takes the answer', async () => {
    const deso = (code: string, polygons: MadeArea) => ({ properties: { desokod: code }, polygons })
    const reading = readingOf([
      deso('2480C1010', block(0, 0, 2, 2)),
      deso('2480C1020', block(2, 0, 2, 2)),
    ])
    const made = await plan(reading)
    expect([made.level, codesOf(made.findings)]).toEqual([null, ['question areas-level-unsure']])
    expect(made.levels).toEqual(['stadsdel', 'regso'])
    expect(() => applyBoundaryVersion(register, boundaries, made)).toThrow(RangeError)
    const answered = await plan(reading, { level: 'stadsdel' })
    expect([answered.level, answered.findings]).toEqual(['stadsdel', []])
    expect(answered.questions.map(({ reason }) => reason)).toEqual(['other-name', 'other-name'])
  })

  test('refuses what lies elsewhere, whole municipalities, and a file without areas', async () => {
    expect(await plan(readingOf([named('Väst', [])]))).toMatchObject({ level: null, areas: [] })
    const elsewhere = await plan(readingOf([named('Väst', block(-90, -400))]))
    expect([elsewhere.level, codesOf(elsewhere.findings)]).toEqual([
      null,
      ['error areas-elsewhere'],
    ])
    const municipalities = readingOf([
      { properties: { kommunkod: '2480', kommunnamn: 'Umeå' }, polygons: block(0, 0, 4, 2) },
      { properties: { kommunkod: '2482', kommunnamn: 'Skellefteå' }, polygons: block(4, 0, 4, 2) },
    ])
    expect(codesOf((await plan(municipalities)).findings)).toContain('error areas-municipalities')
  })

  test('has identifiers that no other level has', async () => {
    const drawn = DRAWN.map((area) => (area.id === '2480R001' ? { ...area, id: 'norr' } : area))
    const made = await planBoundaryVersion(
      registerOf(drawn),
      topologyOf(drawn),
      readingOf([named('Norr', block(0, 0, 2, 2)), named('Öst', block(2, 0, 2, 2))]),
      { level: 'stadsdel' },
    )
    expect(made.areas.map(({ code, neighbours }) => [code, neighbours])).toEqual([
      ['norr-stadsdel', ['ost']],
      ['ost', ['norr-stadsdel']],
    ])
  })
})

describe('outlines that were drawn', () => {
  const register = registerOf(DRAWN, true)
  const boundaries = topologyOf(DRAWN)
  const reading = readingOf([
    named('Västområdet', block(0, 0, 1.5, 2)),
    named('Öst', block(1.5, 0, 2.5, 2)),
    named('Västerby', block(3.9, 1.9, 0.1, 0.1)),
  ])

  test('are never tied by their names alone: each is asked about', async () => {
    const made = await planBoundaryVersion(register, boundaries, reading)
    expect(made.ties).toEqual({})
    expect(
      made.questions.map(({ area, reason, candidates }) => [area, reason, candidates[0]!.area]),
    ).toEqual([
      ['vastomradet', 'drawn-before', 'vast'],
      ['ost', 'drawn-before', 'ost'],
    ])
    const applied = applyBoundaryVersion(register, boundaries, made, {
      ...{ vastomradet: 'vast', ost: 'ost', vasterby: 'vast' },
    })
    expect(applied.ties.areas).toEqual({ vast: 'vastomradet', ost: 'ost' })
    // The RegSO are as drawn as before.
    expect(applied.register.boundaryVersion.schematic).toBe(true)
    const twice = applyBoundaryVersion(register, boundaries, made, {
      vastomradet: 'vast',
      ost: 'vast',
    })
    expect(twice.ties.areas).toEqual({ vast: 'vastomradet', ost: null })
  })

  test('are surveyed once a file has replaced them', async () => {
    const made = await planBoundaryVersion(register, boundaries, reading)
    const applied = applyBoundaryVersion(register, boundaries, made)
    const moved = readingOf([
      named('Västområdet', block(0, 0, 3, 2)),
      named('Öst', block(3, 0, 1, 2)),
    ])
    const options = { remembered: [applied.ties] }
    const next = await planBoundaryVersion(applied.register, applied.topology, moved, options)
    expect(next.questions).toEqual([])
    expect(next.otherGround.map(({ area }) => area)).toEqual(['vastomradet', 'ost'])
  })
})

describe('common ground', () => {
  test('is the area of what two boxes share', () => {
    const side = fc.integer({ min: 1, max: 40 })
    const box = fc.record({ x: side, y: side, width: side, height: side })
    fc.assert(
      fc.property(box, box, (a, b) => {
        const [first, second] = [a, b].map(({ x, y, width, height }) => block(x, y, width, height))
        const across = (from: 'x' | 'y', size: 'width' | 'height'): number =>
          Math.max(0, Math.min(a[from] + a[size], b[from] + b[size]) - Math.max(a[from], b[from]))
        const expected = across('x', 'width') * across('y', 'height') * SIDE ** 2
        expect(commonGround(first!, second!, 16)).toBeCloseTo(expected, 0)
      }),
    )
  })
})

const SHARED = new URL('../../../../shared/data/umea/', import.meta.url)
const isHere = existsSync(SHARED)

test.runIf(process.env['CI'] === 'true')('the real files are there in CI', () => {
  expect(isHere, '../shared/data is missing').toBe(true)
})

describe.skipIf(!isHere)(
  isHere
    ? "Umeå's stadsdelar over the drawn ones"
    : "Umeå's stadsdelar (skipped: ../shared/data is missing)",
  () => {
    const data = (name: string): string =>
      readFileSync(new URL(`../../../data/areas/${name}`, import.meta.url), 'utf8')
    const register = readUmeaRegister({
      regsoCsv: data('regso.csv'),
      labelsCsv: data('labels.csv'),
    })
    const drawn = JSON.parse(data('umea-schematic.topojson')) as Topology
    const read = (name: string): BoundaryReading =>
      readBoundaryLayer(
        readGeoJsonText(name, readFileSync(new URL(name, SHARED), 'utf8')).boundaries[0]!,
      )
    const official = read('Stadsdelar.json')

    test('replace them, ask about names, and leave the RegSO as they were', async () => {
      const plan = await planBoundaryVersion(register, drawn, official)
      expect([plan.level, plan.areas.length, plan.ties, plan.findings]).toEqual([
        'stadsdel',
        121,
        {},
        [],
      ])
      const asked = new Map(
        plan.questions.map(({ name, candidates }) => [name, candidates.map((one) => one.name)]),
      )
      expect(asked.get('Ålidhemsområdet')).toEqual(['Ålidhem'])
      expect(asked.get('Centrala stan')![0]).toBe('Centrum')
      expect(asked.get('Teg')).toEqual(['Teg'])
      expect(asked.size).toBeLessThan(25)

      const answers = Object.fromEntries(
        plan.questions.map(({ area, name, candidates }) => [
          area,
          name === 'Ålidhemsområdet' || name === 'Teg' ? candidates[0]!.area : null,
        ]),
      )
      const applied = applyBoundaryVersion(register, drawn, plan, answers)
      const tied = Object.entries(applied.ties.areas).filter(([, now]) => now !== null)
      expect(tied).toEqual([
        ['2480-teg', 'teg'],
        ['2480-alidhem', 'alidhemsomradet'],
      ])
      const levels = (level: string) =>
        applied.register.areas.filter((area) => area.level === level)
      expect(['kommun', 'stadsdel', 'regso'].map((level) => levels(level).length)).toEqual([
        1, 121, 42,
      ])
      expect(new Set(levels('regso').map(({ parent }) => parent))).toEqual(new Set(['2480']))

      const regso = (one: Topology) => (one.objects['regso'] as GeometryCollection).geometries
      expect(neighbors(regso(applied.topology))).toEqual(neighbors(regso(drawn)))
      // The sea beside reaches far, and does not make the areas coarser.
      for (const { code, areaKm2 } of plan.areas) {
        const now = groundOf(levelOutlines(applied.topology, 'stadsdel').get(code)!) / 1e6
        expect(Math.abs(now / areaKm2 - 1)).toBeLessThan(0.03)
      }
      const [west, south, east, north] = applied.bounds
      expect([west > 19, south > 63, east < 21.2, north < 64.5]).toEqual([true, true, true, true])
      for (const [id, outline] of levelOutlines(drawn, 'regso')) {
        const now = groundOf(levelOutlines(applied.topology, 'regso').get(id)!)
        expect(now / groundOf(outline)).toBeCloseTo(1, 3)
      }
    }, 30_000)

    test('dropped again, or in another frame, are the same ground without a question', async () => {
      const plan = await planBoundaryVersion(register, drawn, official)
      const applied = applyBoundaryVersion(register, drawn, plan)
      const options = { remembered: [applied.ties] }
      for (const name of ['Stadsdelar.json', 'umea_omraden_simp15m_wgs84.geojson']) {
        const next = await planBoundaryVersion(
          applied.register,
          applied.topology,
          read(name),
          options,
        )
        expect([Object.keys(next.ties).length, next.otherGround, next.questions]).toEqual([
          121,
          [],
          [],
        ])
      }
    }, 30_000)
  },
)
