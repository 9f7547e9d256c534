import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import {
  HIDDEN,
  SHOWN,
  UNPLACED,
  attack,
  cellKey,
  parsePublished,
  printedNumber,
  readPublished,
  type Narrowed,
  type PublishedRow,
} from './support/attacker.ts'
import {
  examine,
  foundIn,
  inFolder,
  knowledgeOf,
  openness,
  publishAll,
  publishedCount,
  requirementsOf,
  run,
  runWorld,
  standingFigures,
  unprotectedRows,
  type AuditOutput,
  type PublishedWorld,
} from './support/disclosure-world.ts'
import {
  areasGeoJson,
  indicatorsCsv,
  makeMunicipality,
  observationsCsv,
  trueCells,
  type MadeArea,
  type MadeFigure,
  type MadeIndicator,
  type MadeMunicipality,
} from './support/made-municipality.ts'

/*
 * Each known way to take a hidden figure out of what is published, tried on what the command publishes. The figures
 * are those of the attack's own example, with enough around them to make a municipality.
 */

const ORACLE = new URL('../../shared/oracles/disclosure_attacks.json', import.meta.url)

/** The attacks that are tried below. */
const ATTACKS = [
  'margin-subtraction',
  'rate-times-population',
  'percentage-denominator',
  'nested-areas',
  'overlapping-geographies',
  'rolling-window-time',
  'year-minus-quarters',
  'revision-differencing',
  'change-column',
  'complement-category',
  'average-times-n',
  'mean-z-score',
  'slider-min-filter',
  'sort-order',
  'city-total-includes-unplaced',
] as const

/** A test of one of the attacks. */
const attackTest = (
  id: (typeof ATTACKS)[number],
  defence: string,
  action: () => Promise<void>,
): void => test(`${id}: ${defence}`, action)

const PERSONS: MadeIndicator = {
  id: 'prov',
  unit: 'antal',
  denominatorName: '',
  kind: 'person',
  measure: 'count',
  per: 1,
  threshold: 5,
  complement: false,
  minimumDenominator: 0,
  minimumRespondents: 0,
  areZerosShown: false,
  bySex: false,
  chain: ['år'],
  levels: 'stadsdel+kommun',
}

const RATE: MadeIndicator = {
  ...PERSONS,
  unit: 'per 1 000',
  denominatorName: 'befolkning',
  measure: 'rate',
  per: 1000,
  minimumDenominator: 30,
}

const SHARE: MadeIndicator = {
  ...RATE,
  unit: '%',
  measure: 'share',
  per: 100,
  complement: true,
}

/** Areas side by side under 2480. */
const flat = (...ids: readonly string[]): MadeArea[] =>
  ids.map((id, column) => ({ id, name: `Område ${id}`, parent: '2480', square: [column, 0] }))

type Counts = Readonly<Record<string, number | readonly [number, number]>>

/** Figures of one period: a count by area, or a count and its denominator. */
const figures = (counts: Counts, period = '2024', indicator = 'prov'): MadeFigure[] =>
  Object.entries(counts).map(([area, given]) => {
    const [numerator, denominator] = typeof given === 'number' ? [given, null] : given
    return { indicator, area, period, sex: '', numerator, denominator }
  })

const municipality = (
  areas: readonly MadeArea[],
  indicators: readonly MadeIndicator[],
  ...releases: readonly (readonly MadeFigure[])[]
): MadeMunicipality => ({ seed: 0, areas, indicators, releases, isUnplacedSparse: true })

/** The figures as they were given, for who knows their denominators. */
const givenFigures = ({ releases }: MadeMunicipality) =>
  releases.map((given) => ({ figures: given }))

/** Publishes, and requires that every release was written. */
async function published<Result>(
  made: MadeMunicipality,
  look: (world: PublishedWorld) => Result | Promise<Result>,
): Promise<Result> {
  return inFolder(async (folder) => {
    const world = await publishAll(made, folder)
    expect(world.refusal, JSON.stringify(world.refusal)).toBeNull()
    return await look(world)
  })
}

/** Publishes files as they are. @returns the exit code, what was said, and whether anything was written */
async function publishText(
  areas: string,
  indicators: string,
  observations: string,
): Promise<{ code: number; said: string; isWritten: boolean }> {
  return inFolder(async (folder) => {
    const paths = Object.entries({
      'A.geojson': areas,
      'O.csv': observations,
      'I.csv': indicators,
    }).map(([name, text]) => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    }) as [string, string, string]
    const out = join(folder, 'out')
    const { code, output, errors } = await run(
      ...['publish', '--areas', paths[0], '--observations', paths[1]],
      ...['--indicators', paths[2], '--out', out],
    )
    return { code, said: errors + output, isWritten: existsSync(join(out, 'observations.csv')) }
  })
}

const rowOf = (
  rows: readonly PublishedRow[],
  area: string,
  period = '2024',
  indicator = 'prov',
): PublishedRow => {
  const found = rows.find(
    (row) =>
      row.indicator === indicator && row.area === area && row.period === period && row.sex === '',
  )
  if (!found) throw new Error(`no row of ${indicator} ${area} ${period}`)
  return found
}

/** Nothing on a hidden row but what everyone knows. */
function expectBare(row: PublishedRow): void {
  const { status, value, numerator, lower, upper, preliminary } = row
  expect({ status, value, numerator, lower, upper, preliminary }).toEqual({
    status: HIDDEN,
    ...{ value: '', numerator: '', lower: '', upper: '', preliminary: '' },
  })
}

/** What is left open of a cell, all releases together; everything else must be as it must be, too. */
function narrowed(world: PublishedWorld, area: string, period = '2024', indicator = 'prov') {
  expect(examine(world).faults).toEqual([])
  const standing = standingFigures(world.made, world.rows)
  const { hidden } = attack(world.rows, knowledgeOf(world.made, standing))
  const found = hidden.get(
    `${world.rows.length - 1} ${cellKey({ indicator, area, period, sex: '' })}`,
  )
  if (!found) throw new Error(`${area} ${period} is not hidden`)
  return { lowest: found.lowest, highest: found.highest }
}

/** The same of a table in which only what a rule falls on is hidden. */
function narrowedUnprotected(made: MadeMunicipality, area: string, period = '2024') {
  const figuresOfFirst = made.releases[0]!
  const rows = unprotectedRows(made, figuresOfFirst)
  const { hidden } = attack([rows], knowledgeOf(made, givenFigures(made)))
  const found = hidden.get(`0 ${cellKey({ indicator: 'prov', area, period, sex: '' })}`)!
  return { lowest: found.lowest, highest: found.highest }
}

function expectOpen({ lowest, highest }: Pick<Narrowed, 'lowest' | 'highest'>, threshold = 5) {
  expect(lowest).toBeLessThanOrEqual(1)
  expect(highest).toBeGreaterThanOrEqual(threshold)
}

/** Every file of a folder by its path; how long something took is left out. */
function filesOf(folder: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        const bytes = readFileSync(path)
        const text = bytes.toString('utf8').replace(/("seconds":\s*)[\d.e-]+/g, '$10')
        return [path.slice(folder.length), bytes.includes(0) ? bytes : Buffer.from(text)] as const
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** All that is published of a municipality, with the text of `observations.csv`. */
const folderOf = (made: MadeMunicipality): Promise<{ files: Map<string, Buffer>; text: string }> =>
  published(made, ({ folders }) => ({
    files: filesOf(folders.at(-1)!),
    text: readFileSync(join(folders.at(-1)!, 'observations.csv'), 'utf8'),
  }))

/** That two municipalities, which differ in hidden figures only, are published as the very same bytes. */
async function expectSameFolders(one: MadeMunicipality, other: MadeMunicipality): Promise<void> {
  const [a, b] = [await folderOf(one), await folderOf(other)]
  expect(b.text).toBe(a.text)
  expect([...b.files.keys()]).toEqual([...a.files.keys()])
  for (const [path, bytes] of a.files)
    expect(b.files.get(path)!.toString('latin1'), path).toBe(bytes.toString('latin1'))
}

describe('the 15 attacks', () => {
  test('are all that are known', () => {
    expect(new Set(ATTACKS).size).toBe(15)
  })

  test.runIf(process.env['CI'] === 'true')('the list of attacks is there in CI', () => {
    expect(existsSync(ORACLE), '../shared/oracles is missing').toBe(true)
  })

  test.skipIf(!existsSync(ORACLE))('are those of the shared list', () => {
    const { fixtures } = JSON.parse(readFileSync(ORACLE, 'utf8')) as { fixtures: { id: string }[] }
    expect(fixtures.map(({ id }) => id)).toEqual([...ATTACKS])
  })

  attackTest('margin-subtraction', 'a second cell of the line is hidden', async () => {
    // 57 − (21 + 33) = 3
    const made = municipality(flat('A', 'B', 'C'), [PERSONS], figures({ A: 21, B: 33, C: 3 }))
    expect(narrowedUnprotected(made, 'C')).toEqual({ lowest: 3, highest: 3 })
    await published(made, (world) => {
      const [rows] = world.rows
      expectOpen(narrowed(world, 'C'))
      expect(rowOf(rows!, '2480').numerator).toBe('57')
      expect(rows!.filter(({ status }) => status === HIDDEN)).toHaveLength(2)
    })
  })

  attackTest('rate-times-population', 'a count hides its rate and interval', async () => {
    // 1.6 per 1 000 of 1 834 is 3: any rate with one decimal gives its count below 10 000 inhabitants.
    const made = municipality(
      flat('A', 'B', 'C', 'D'),
      [RATE],
      figures({ A: [3, 1834], B: [40, 2000], C: [25, 2100], D: [31, 1500] }),
    )
    await published(made, (world) => {
      const [rows] = world.rows
      expectBare(rowOf(rows!, 'A'))
      expectOpen(narrowed(world, 'A'))
      const { policies, parentOf } = knowledgeOf(made, givenFigures(made))
      const leaked = (changes: Partial<PublishedRow>) => {
        const row = { ...rowOf(rows!, 'A'), denominator: '1834', ...changes }
        const { hidden } = attack([[row]], { policies, parentOf })
        const { lowest, highest } = hidden.get(`0 ${cellKey(row)}`)!
        return [lowest, highest]
      }
      expect(leaked({ value: '1.6' })).toEqual([3, 3])
      expect(leaked({ value: '1,6' })).toEqual([3, 3])
      // Byar's interval of 3 events.
      expect(leaked({ lower: '0.3' })).toEqual([3, 3])
      expect(leaked({ upper: '4.8' })).toEqual([3, 3])
      expect(leaked({})).toEqual([0, Infinity])
    })
  })

  attackTest('percentage-denominator', 'a share is hidden with its count', async () => {
    // 8.1 % of 37 is 3.
    const made = municipality(
      flat('A', 'B', 'C', 'D'),
      [SHARE],
      figures({ A: [3, 37], B: [40, 90], C: [25, 80], D: [31, 70] }),
    )
    await published(made, (world) => {
      const [rows] = world.rows
      expectBare(rowOf(rows!, 'A'))
      expectOpen(narrowed(world, 'A'))
      const row = { ...rowOf(rows!, 'A'), denominator: '37' }
      const { policies, parentOf } = knowledgeOf(made, givenFigures(made))
      for (const leak of [{ value: '8.1' }, { lower: '2.8' }, { upper: '21.3' }]) {
        const { hidden } = attack([[{ ...row, ...leak }]], { policies, parentOf })
        expect([...hidden.values()][0], JSON.stringify(leak)).toMatchObject({
          lowest: 3,
          highest: 3,
        })
      }
    })
  })

  attackTest('nested-areas', 'a stadsdel is one system with its parts', async () => {
    // 44 − 20 − 22 = 2
    const district = (id: string): MadeArea => ({ id, name: id, parent: '2480', square: null })
    const parts = (parent: string, row: number, ...ids: readonly string[]): MadeArea[] =>
      ids.map((id, column) => ({ id, name: id, parent, square: [column, row] }))
    const made = municipality(
      [
        ...[district('Norr'), ...parts('Norr', 0, 'N1', 'N2', 'N3')],
        ...[district('Syd'), ...parts('Syd', 1, 'S1', 'S2', 'S3')],
      ],
      [{ ...PERSONS, levels: 'RegSO+stadsdel+kommun' }],
      figures({ N1: 20, N2: 22, N3: 2, S1: 30, S2: 41, S3: 28 }),
    )
    expect(narrowedUnprotected(made, 'N3')).toEqual({ lowest: 2, highest: 2 })
    await published(made, (world) => {
      expectOpen(narrowed(world, 'N3'))
      expect(rowOf(world.rows[0]!, '2480').numerator).toBe('143')
    })
  })

  attackTest('overlapping-geographies', 'only one hierarchy is taken', async () => {
    // A union of small areas with 118, and a police area that is the same without one block with 115: the block has 3.
    const square = (x: number, width: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [20 + x, 63],
          [20 + x + width, 63],
          [20 + x + width, 63.01],
          [20 + x, 63.01],
          [20 + x, 63],
        ],
      ],
    })
    const area = (id: string, parent: string | null, geometry: object | null) => ({
      type: 'Feature',
      properties: { id, name: id, parent },
      geometry,
    })
    const file = (...features: readonly object[]) =>
      JSON.stringify({ type: 'FeatureCollection', features })
    const block = area('block', 'union', square(0, 0.01))
    const rest = area('rest', 'union', square(0.01, 0.02))
    const indicators = indicatorsCsv([{ ...PERSONS, levels: 'RegSO+stadsdel+kommun' }])
    const plain = figures({ block: 3, rest: 115 })
    const refused = async (areas: string, rows: readonly MadeFigure[]) => {
      const { code, said, isWritten } = await publishText(areas, indicators, observationsCsv(rows))
      expect({ code, isWritten, isSaid: said.trim() !== '' }).toEqual({
        ...{ code: 1, isWritten: false, isSaid: true },
      })
    }
    // An area in two containers, areas that contain each other, and a second area on ground that is counted already.
    await refused(file(block, rest, area('rest', 'polis', square(0.01, 0.02))), plain)
    await refused(file(block, rest, area('union', 'block', null)), plain)
    await refused(file(block, rest, area('polis', '2480', square(0.01, 0.02))), [
      ...plain,
      ...figures({ polis: 115 }),
    ])
    // Figures of an area that is not in the hierarchy.
    await refused(file(block, rest), [...plain, ...figures({ polis: 115 })])
  })

  attackTest('rolling-window-time', 'only one nested chain of periods is taken', async () => {
    // January–December 40, February–January 42, the next January 5: the first had 5 − (42 − 40) = 3.
    const areas = areasGeoJson(flat('A', 'B'))
    const refused = async (indicator: string, observations: string) => {
      const { code, said, isWritten } = await publishText(areas, indicator, observations)
      expect({ code, isWritten, isSaid: said.trim() !== '' }).toEqual({
        ...{ code: 1, isWritten: false, isSaid: true },
      })
    }
    const monthly = { ...PERSONS, chain: ['månad', 'kvartal', 'år'] }
    const months = Array.from({ length: 12 }, (_, index) =>
      figures({ A: index === 0 ? 3 : 7, B: 20 }, `2024-${String(index + 1).padStart(2, '0')}`),
    ).flat()
    const window = (period: string, count: number) => figures({ A: count }, period)
    for (const period of ['2024-02/2025-01', '2024-02--2025-01', 'R12 2025-01'])
      await refused(
        indicatorsCsv([monthly]),
        observationsCsv([...months, ...window('2024', 40), ...window(period, 42)]),
      )
    for (const chain of [
      ['månad', 'rullande 12 månader'],
      ['kvartal', 'läsår', 'år'],
      ['vecka', 'månad'],
      ['termin', 'kvartal'],
      ['år', 'månad'],
    ])
      await refused(indicatorsCsv([{ ...PERSONS, chain }]), observationsCsv(months))
    // One indicator with two plans.
    await refused(
      indicatorsCsv([
        { ...PERSONS, chain: ['kvartal', 'år'] },
        { ...PERSONS, chain: ['termin', 'läsår'] },
      ]),
      observationsCsv(months),
    )
    // A läsår crosses the years of the plan: it is refused, or it does not exist.
    const { code, isWritten } = await publishText(
      areas,
      indicatorsCsv([monthly]),
      observationsCsv([...months, ...window('2023/24', 42)]),
    )
    expect({ code, isWritten }).toEqual({ code: 1, isWritten: false })
  })

  attackTest('year-minus-quarters', 'periods and their total are one system', async () => {
    // 31 − 9 − 8 − 12 = 2
    const quarters = [9, 8, 12, 2].flatMap((count, index) =>
      figures({ A: count, B: 50 + index, C: 61 - index }, `2024-K${index + 1}`),
    )
    const made = municipality(
      flat('A', 'B', 'C'),
      [{ ...PERSONS, chain: ['kvartal', 'år'] }],
      quarters,
    )
    expect(narrowedUnprotected(made, 'A', '2024-K4')).toEqual({ lowest: 2, highest: 2 })
    await published(made, (world) => {
      expectOpen(narrowed(world, 'A', '2024-K4'))
      expect(rowOf(world.rows[0]!, '2480').numerator).toBe(String(31 + 206 + 238))
    })
  })

  attackTest('revision-differencing', 'a small revision waits', async () => {
    // 12, then 13: one case was reported late.
    const before = { A: 12, B: 6, C: 40, D: 50, E: 30 }
    const made = municipality(
      flat('A', 'B', 'C', 'D', 'E'),
      [PERSONS],
      figures(before),
      figures({ ...before, A: 13, B: 3, C: 36, D: 55 }),
    )
    await published(made, (world) => {
      expect(examine(world).faults).toEqual([])
      const [first, second] = world.rows as [PublishedRow[], PublishedRow[]]
      const seen = (area: string) => {
        const { status, numerator, preliminary } = rowOf(second, area)
        return [status, numerator, preliminary]
      }
      expect(seen('A')).toEqual([SHOWN, '12', 'ja'])
      // Also where the new figure would be hidden.
      expect(seen('B')).toEqual([SHOWN, '6', 'ja'])
      expect(seen('C')).toEqual([SHOWN, '40', 'ja'])
      expect(seen('D')).toEqual([SHOWN, '55', ''])
      expect(seen('E')).toEqual([SHOWN, '30', ''])
      expect(rowOf(second, '2480').numerator).toBe(String(12 + 6 + 40 + 55 + 30))
      for (const row of second) {
        const earlier = first.find((one) => cellKey(one) === cellKey(row))!
        const change = Math.abs(printedNumber(row.numerator)! - printedNumber(earlier.numerator)!)
        expect(change === 0 || change >= 5, cellKey(row)).toBe(true)
      }
    })
  })

  attackTest('revision-differencing', 'what was shown once protects nothing later', async () => {
    // The next year brings a small figure; of the old year nothing may be counted on to hide it.
    const old = [...figures({ A: 12, B: 20, C: 30 }, '2023')]
    const made = municipality(
      flat('A', 'B', 'C'),
      [PERSONS],
      old,
      // A is revised by much, to a figure that must be hidden; B and C stand, and are known.
      [...figures({ A: 3, B: 20, C: 30 }, '2023')],
    )
    await inFolder(async (folder) => {
      const world = await publishAll(made, folder)
      // Hidden in a way that holds, or refused in words; B and C cannot hide it, as they were shown.
      if (world.refusal) {
        expect(world.refusal.code).toBe(1)
        expect(world.refusal.errors + world.refusal.output).not.toBe('')
        expect(existsSync(join(folder, 'release-2', 'observations.csv'))).toBe(false)
      } else expectOpen(narrowed(world, 'A', '2023'))
    })
  })

  attackTest('revision-differencing', 'earlier sums over hidden cells are known', async () => {
    // 67 − 12 − 20 − 30 = 5 in B and C, which stand: 58 − 20 − 30 − 5 = 3 in A, which is revised.
    const before = { A: 12, B: 2, C: 3, D: 20, E: 30 }
    const made = municipality(
      flat(...Object.keys(before)),
      [PERSONS],
      figures(before),
      figures({ ...before, A: 3 }),
    )
    await inFolder(async (folder) => {
      const world = await publishAll(made, folder)
      expect(rowOf(world.rows[0]!, '2480').numerator).toBe('67')
      expect(rowOf(world.rows[0]!, 'A').numerator).toBe('12')
      if (world.refusal) expect(world.refusal.code).toBe(1)
      else expectOpen(narrowed(world, 'A'))
    })
  })

  attackTest('change-column', 'no column and no file holds a change', async () => {
    // 11, then a change of −63.6 %: 4.
    const made = municipality(
      flat('A', 'B', 'C', 'D'),
      [PERSONS],
      [
        ...figures({ A: 11, B: 30, C: 44, D: 51 }, '2023'),
        ...figures({ A: 4, B: 34, C: 38, D: 57 }, '2024'),
      ],
    )
    await published(made, (world) => {
      expectOpen(narrowed(world, 'A'))
      expect(rowOf(world.rows[0]!, 'A', '2023').numerator).toBe('11')
      expectBare(rowOf(world.rows[0]!, 'A'))
      const [folder] = world.folders
      const [header] = readFileSync(join(folder!, 'observations.csv'), 'utf8').split(/\r?\n/)
      expect(header!.replace(/^\uFEFF/, '').split(';')).toEqual([
        ...['indikator', 'omrade', 'niva', 'period', 'kon', 'status', 'varde', 'taljare'],
        ...['namnare', 'undre', 'ovre', 'preliminar'],
      ])
      for (const [path, bytes] of filesOf(folder!)) {
        expect(bytes.toString('utf8'), path).not.toMatch(/(?<![\w.])-?(63[.,]6|0[.,]636)/)
        expect(foundIn(bytes, [4 / 11, 7 / 11, (100 * 7) / 11]), path).toEqual([])
      }
    })
  })

  attackTest('complement-category', 'all but a few is as telling as a few', async () => {
    // 94 % of 50 without the event: 3 with it.
    const events: Counts = { A: [3, 50], B: [30, 60], C: [20, 60], D: [25, 70] }
    const others = Object.fromEntries(
      Object.entries(events).map(([area, given]) => {
        const [count, base] = given as readonly [number, number]
        return [area, [base - count, base] as const]
      }),
    )
    const made = municipality(
      flat('A', 'B', 'C', 'D'),
      [
        { ...SHARE, id: 'med' },
        { ...SHARE, id: 'utan' },
      ],
      [...figures(events, '2024', 'med'), ...figures(others, '2024', 'utan')],
    )
    await published(made, (world) => {
      const [rows] = world.rows
      for (const indicator of ['med', 'utan']) expectBare(rowOf(rows!, 'A', '2024', indicator))
      expectOpen(narrowed(world, 'A', '2024', 'med'))
      const { lowest, highest } = narrowed(world, 'A', '2024', 'utan')
      expectOpen({ lowest: 50 - highest, highest: 50 - lowest })
    })
  })

  attackTest('average-times-n', 'no means, and nothing of few', async () => {
    // A mean of 8 211 kronor over 3 households is 24 633 kronor.
    const magnitudes = indicatorsCsv([{ ...RATE, unit: 'kr' }])
    const { code, isWritten } = await publishText(
      areasGeoJson(flat('A', 'B')),
      magnitudes,
      observationsCsv(figures({ A: [24_633, 3], B: [900_000, 120] })),
    )
    expect({ code, isWritten }).toEqual({ code: 1, isWritten: false })
    const made = municipality(
      flat('A', 'B', 'C', 'D'),
      [{ ...SHARE, complement: false }],
      figures({ A: [2, 3], B: [60, 120], C: [48, 90], D: [51, 100] }),
    )
    await published(made, (world) => {
      expectBare(rowOf(world.rows[0]!, 'A'))
      expect(narrowed(world, 'A')).toEqual({ lowest: 0, highest: 3 })
    })
  })

  attackTest('mean-z-score', 'no file holds anything that hidden figures went into', async () => {
    // 10.4 + 1.25 · 4.48 = 16: with the mean and the deviation, every standardised figure is a count.
    const counts = { A: 3, B: 16, C: 11, D: 10, E: 12 }
    const values = Object.values(counts)
    const mean = values.reduce((sum, count) => sum + count, 0) / values.length
    const deviation = (divisor: number) =>
      Math.sqrt(values.reduce((sum, count) => sum + (count - mean) ** 2, 0) / divisor)
    const made = municipality(flat(...Object.keys(counts)), [PERSONS], figures(counts))
    await published(made, (world) => {
      expectOpen(narrowed(world, 'A'))
      const secrets = [mean, deviation(values.length), deviation(values.length - 1)]
      const written = secrets.flatMap((secret) => [
        secret,
        ...[1, 2, 3].map((decimals) => Number(secret.toFixed(decimals))),
      ])
      for (const [path, bytes] of filesOf(world.folders[0]!))
        expect(foundIn(bytes, written), path).toEqual([])
    })
    // The same released figures around other hidden ones: not a byte differs, in any file.
    const [first, second] = [
      { A: 3, B: 16 },
      { A: 4, B: 15 },
    ].map((two) => municipality(flat('A', 'B'), [PERSONS], figures(two)))
    await expectSameFolders(first!, second!)
  })

  attackTest('slider-min-filter', 'a filter sees released figures only', async () => {
    // "At least 3" shows 12 areas and "at least 4" shows 11: the one between has 3.
    const names = Array.from({ length: 12 }, (_, index) => `A${index + 1}`)
    const counts = (first: number, second: number) =>
      Object.fromEntries(names.map((id, index) => [id, [first, second][index] ?? 10 + 3 * index]))
    const worlds = [counts(3, 4), counts(4, 3)].map((given) =>
      municipality(flat(...names), [PERSONS], figures(given)),
    )
    const seen: number[][] = []
    for (const made of worlds)
      seen.push(
        await published(made, ({ rows: [rows] }) =>
          [1, 2, 3, 4, 5, 6].map(
            (least) =>
              rows!.filter(({ numerator }) => (printedNumber(numerator) ?? -1) >= least).length,
          ),
        ),
      )
    expect(seen[1]).toEqual(seen[0])
    // Nothing is between two steps below the threshold.
    expect(new Set(seen[0]!.slice(0, 5)).size).toBe(1)
    await expectSameFolders(worlds[0]!, worlds[1]!)
  })

  attackTest('sort-order', 'rows stand in the order of their keys', async () => {
    // A has 5, C has 4 and B stands between them.
    const orders: string[][] = []
    for (const [a, b, c, d] of [
      [5, 4, 4, 2],
      [2, 4, 5, 4],
      [4, 2, 4, 5],
      [4, 5, 2, 4],
      [60, 50, 2, 40],
      [1, 2, 50, 60],
    ] as const) {
      const made = municipality(
        flat('A', 'B', 'C', 'D'),
        [{ ...PERSONS, threshold: 3, bySex: true }],
        ['2023', '2024'].flatMap((period) =>
          ['K', 'M'].flatMap((sex) =>
            figures({ A: a, B: b, C: c, D: d }, period).map((figure) => ({ ...figure, sex })),
          ),
        ),
      )
      orders.push(await published(made, ({ rows: [rows] }) => rows!.map((row) => cellKey(row))))
    }
    expect(orders[0]).toHaveLength(5 * 2 * 3)
    for (const order of orders) expect(order).toEqual(orders[0])
  })

  attackTest('city-total-includes-unplaced', 'no place is an area of its own', async () => {
    // 100 in the city, 97 in its areas: 3 without a place.
    const made = municipality(
      flat('A', 'B', 'C'),
      [PERSONS],
      [...figures({ A: 41, B: 30, C: 26 }), ...figures({ [UNPLACED]: 3 })],
    )
    expect(narrowedUnprotected(made, UNPLACED)).toEqual({ lowest: 3, highest: 3 })
    await published(made, (world) => {
      const [rows] = world.rows
      expectBare(rowOf(rows!, UNPLACED))
      expectOpen(narrowed(world, UNPLACED))
      expect(rowOf(rows!, '2480').numerator).toBe('100')
    })
    // Without such cases there is no such row.
    const placed = municipality(flat('A', 'B', 'C'), [PERSONS], figures({ A: 41, B: 30, C: 26 }))
    await published(placed, ({ rows: [rows] }) => {
      expect(rows!.map(({ area }) => area).sort()).toEqual(['2480', 'A', 'B', 'C'])
      expect(rows!.every(({ status }) => status === SHOWN)).toBe(true)
    })
  })
})

describe('labels', () => {
  it('does not tell which of two hidden cells is the small one', async () => {
    const [one, other] = [
      { A: 3, B: 21 },
      { A: 21, B: 3 },
    ].map((two) => municipality(flat('A', 'B'), [PERSONS], figures(two)))
    await expectSameFolders(one!, other!)
  })

  it('counts with the bound that a policy of never hidden zeros gives away', async () => {
    // Where zeros are never hidden, two hidden cells that make 2 are both 1.
    const shown = municipality(
      flat('A', 'B', 'C', 'D'),
      [{ ...PERSONS, areZerosShown: true }],
      figures({ A: 1, B: 1, C: 40, D: 30 }),
    )
    expect(narrowedUnprotected(shown, 'A')).toEqual({ lowest: 1, highest: 1 })
    const hideable = { ...shown, indicators: [PERSONS] }
    expect(narrowedUnprotected(hideable, 'A')).toEqual({ lowest: 0, highest: 2 })
    for (const made of [shown, hideable])
      await published(made, (world) => expectOpen(narrowed(world, 'A')))
  })
})

describe('random municipalities', () => {
  // More of them are a sample of `npm run verify`.
  it.each([2, 12])('sequences of three releases, seed %i', async (seed) => {
    const { faults, tally } = await runWorld(seed, { releases: 3, method: 'moves' })
    expect(faults).toEqual([])
    expect(tally).toMatchObject({ releases: 3, refused: 0 })
  })

  it('a zero that is hidden for others may be as much as the threshold, so that nothing is refused for it', async () => {
    const { faults } = await runWorld(364, { method: 'moves' })
    expect(faults).toEqual([])
  })

  it('the mean of 1 and 0 is a half: where zeros are always shown, a hidden mean is not known to be 1 or more', async () => {
    const { faults } = await runWorld(373, { method: 'moves' })
    expect(faults).toEqual([])
  })

  /** A folder with the rows as they are, as if they had been published. */
  const asPublished = (
    made: MadeMunicipality,
    rows: readonly PublishedRow[],
    otherFile: string,
    folder: string,
  ): PublishedWorld => {
    writeFileSync(join(folder, 'other.json'), otherFile)
    return { made, folders: [folder], rows: [rows], refusal: null }
  }

  it('are seen to leak when only what a rule falls on is hidden', async () => {
    const counted = { worlds: 0, leaking: 0 }
    for (let seed = 1; seed <= 15; seed++)
      await inFolder((folder) => {
        const made = makeMunicipality(seed, 1)
        const rows = unprotectedRows(made, made.releases[0]!)
        if (!rows.some(({ status }) => status === HIDDEN)) return Promise.resolve()
        counted.worlds++
        const { faults } = examine(asPublished(made, rows, '{}', folder))
        expect(faults.filter((fault) => !fault.includes('is known to be'))).toEqual([])
        if (faults.length > 0) counted.leaking++
        return Promise.resolve()
      })
    expect(counted.worlds).toBeGreaterThan(10)
    expect(counted.leaking / counted.worlds).toBeGreaterThan(0.8)
  })

  it('are seen to be altered, to lack rows, or to hold what is hidden', async () => {
    // A needs B hidden, as the whole is shown.
    const made = municipality(flat('A', 'B'), [PERSONS], figures({ A: 3, B: 40_003 }))
    const sound = unprotectedRows(made, made.releases[0]!, ({ area }) => area !== '2480')
    const faultsOf = (rows: readonly PublishedRow[], otherFile = '{}') =>
      inFolder((folder) =>
        Promise.resolve(examine(asPublished(made, rows, otherFile, folder)).faults),
      )
    const changed = (area: string, changes: Partial<PublishedRow>) =>
      sound.map((row) => (row.area === area ? { ...row, ...changes } : row))
    expect(await faultsOf(sound)).toEqual([])
    expect(await faultsOf(sound, '{"n":40003}')).toEqual(['release 1: other.json holds 40003'])
    expect(await faultsOf(sound.slice(1))).toContain('release 1: prov|A|2024| is not there')
    expect(await faultsOf(changed('2480', { numerator: '40005' }))).toContain(
      'release 1: prov|2480|2024|: "40005" is shown, not 40006',
    )
    expect(await faultsOf(changed('B', { upper: '40396.9' }))).toContain(
      'release 1: prov|B|2024|: dold, but with figures',
    )
    expect(await faultsOf(changed('A', { status: SHOWN, numerator: '3', value: '3' }))).toContain(
      'release 1: prov|A|2024|: 3 is shown',
    )
    expect(await faultsOf(changed('A', { status: 'sekundär' }))).toContain(
      'release 1: prov|A|2024|: sekundär',
    )
    expect(await faultsOf(changed('2480', { preliminary: 'ja' }))).toEqual([
      'release 1: prov|2480|2024|: waits for nothing',
    ])
  })
})

describe('the attacker', () => {
  /** 40 areas × 2 sexes × 4 quarters with totals, and as many small cells as are asked for. */
  function quarterlyTable(small: number): MadeMunicipality {
    const areas = flat(...Array.from({ length: 40 }, (_, index) => `A${index + 1}`))
    const cells: MadeFigure[] = []
    for (let quarter = 1; quarter <= 4; quarter++)
      for (const sex of ['K', 'M'])
        for (const { id } of areas) {
          const number = cells.length
          // A step prime to the number of cells spreads them over areas, sexes and quarters.
          const isSmall = (number * 77) % 320 < small
          const count = isSmall ? 1 + (number % 4) : 8 + ((number * 31) % 60)
          cells.push(
            ...figures({ [id]: count }, `2024-K${quarter}`).map((one) => ({ ...one, sex })),
          )
        }
    return municipality(areas, [{ ...PERSONS, bySex: true, chain: ['kvartal', 'år'] }], cells)
  }

  it('finds all 49 of 49 small cells when nothing else is hidden', () => {
    const made = quarterlyTable(49)
    const rows = unprotectedRows(made, made.releases[0]!)
    expect(rows).toHaveLength(615)
    const { hidden, equations, contradictions } = attack(
      [rows],
      knowledgeOf(made, givenFigures(made)),
    )
    expect({ hidden: hidden.size, equations, contradictions }).toEqual({
      ...{ hidden: 49, contradictions: [] },
      equations: 41 * 5 + 3 * 5 + 41 * 3,
    })
    const truth = trueCells(made, made.releases[0]!)
    for (const { row, lowest, highest } of hidden.values()) {
      const { sum } = truth.get(cellKey(row))!
      expect([lowest, highest], cellKey(row)).toEqual([sum, sum])
    }
  })

  it('takes random unprotected municipalities apart, and is never wrong', () => {
    const counted = { hidden: 0, exposed: 0 }
    for (let seed = 1; seed <= 40; seed++) {
      const made = makeMunicipality(seed)
      const last = made.releases.at(-1)!
      const truth = trueCells(made, last)
      const { hidden, contradictions } = attack(
        [unprotectedRows(made, last)],
        knowledgeOf(made, [{ figures: last }]),
      )
      expect(contradictions, `seed ${seed}`).toEqual([])
      for (const one of hidden.values()) {
        const cell = truth.get(cellKey(one.row))!
        const count = publishedCount(cell)
        expect(one.lowest, `seed ${seed} ${cellKey(one.row)}`).toBeLessThanOrEqual(count + 1e-6)
        expect(one.highest, `seed ${seed} ${cellKey(one.row)}`).toBeGreaterThanOrEqual(count - 1e-6)
        counted.hidden++
        const requirements = requirementsOf(count, cell.denominator, cell.indicator)
        if (openness(one, count, requirements, cell).length > 0) counted.exposed++
      }
    }
    expect(counted.hidden).toBeGreaterThan(500)
    expect(counted.exposed / counted.hidden).toBeGreaterThan(0.8)
  })

  it('finds the same intervals as trying every table', () => {
    // Hidden cells of a table of three areas and both sexes; each count at most 12.
    const made = municipality(
      flat('A', 'B', 'C'),
      [{ ...PERSONS, bySex: true }],
      ['K', 'M'].flatMap((sex, index) =>
        figures({ A: [2, 6][index]!, B: [7, 3][index]!, C: [12, 9][index]! }).map((one) => ({
          ...one,
          sex,
        })),
      ),
    )
    const isHidden = ({ area, sex }: { area: string; sex: string }) =>
      (area === 'A' || area === 'B' || (area === 'C' && sex !== '')) &&
      !(area === 'A' && sex === '')
    const rows = unprotectedRows(made, made.releases[0]!, isHidden)
    const shown = new Map(
      rows.flatMap((row) =>
        row.status === SHOWN ? [[`${row.area}${row.sex}`, Number(row.numerator)]] : [],
      ),
    )
    const ranges = new Map<string, [number, number]>()
    const all = Array.from({ length: 40 }, (_, count) => count)
    for (const ak of all)
      for (const bk of all) {
        // The rest follows from what is shown: A both, C both, and the whole.
        const am = shown.get('A')! - ak
        const ck = shown.get('2480K')! - ak - bk
        const cm = shown.get('C')! - ck
        const bm = shown.get('2480M')! - am - cm
        if ([am, ck, cm, bm].some((count) => count < 0)) continue
        const table = { AK: ak, AM: am, BK: bk, BM: bm, B: bk + bm, CK: ck, CM: cm }
        for (const [cell, count] of Object.entries(table)) {
          const [least, most] = ranges.get(cell) ?? [Infinity, -Infinity]
          ranges.set(cell, [Math.min(least, count), Math.max(most, count)])
        }
      }
    const { hidden } = attack([rows], knowledgeOf(made, givenFigures(made)))
    const found = [...hidden.values()].map(({ row, lowest, highest }) => [
      `${row.area}${row.sex}`,
      [lowest, highest],
    ])
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(ranges))
  })

  it('subtracts one release from another', () => {
    // Hidden with a companion in the first; in the second the companion is shown, and was not revised.
    const made = municipality(flat('A', 'B', 'C'), [PERSONS], figures({ A: 3, B: 21, C: 33 }))
    const [cells] = made.releases
    const hiding = (...areas: readonly string[]) =>
      unprotectedRows(made, cells!, ({ area }) => areas.includes(area))
    const releases = [hiding('A', 'B'), hiding('A', 'C')]
    const knowledge = knowledgeOf(made, [{ figures: cells! }, { figures: cells! }])
    const interval = (result: ReturnType<typeof attack>, release: number) => {
      const { lowest, highest } = result.hidden.get(`${release} prov|A|2024|`)!
      return [lowest, highest]
    }
    for (const rows of releases) expect(interval(attack([rows], knowledge), 0)).not.toEqual([3, 3])
    expect(interval(attack(releases, knowledge), 1)).toEqual([3, 3])
    // What was revised is another unknown.
    const revised = new Set(['prov|A|2024|', 'prov|B|2024|', 'prov|2480|2024|'])
    expect(interval(attack(releases, { ...knowledge, revised: [new Set(), revised] }), 1)).toEqual([
      3, 3,
    ])
    const allRevised = new Set(releases[0]!.map((row) => cellKey(row)))
    expect(
      interval(attack(releases, { ...knowledge, revised: [new Set(), allRevised] }), 1),
    ).toEqual([0, 36])
  })

  it('sees figures that were altered', () => {
    const made = municipality(flat('A', 'B'), [PERSONS], figures({ A: 12, B: 21 }))
    const rows = unprotectedRows(made, made.releases[0]!).map((row) =>
      row.area === 'A' ? { ...row, numerator: '13' } : row,
    )
    expect(attack([rows], knowledgeOf(made, givenFigures(made))).contradictions).toHaveLength(1)
  })

  it('finds hidden figures in files, as text and as numbers', () => {
    const double = Buffer.alloc(8)
    double.writeDoubleLE(40_003)
    const whole = Buffer.alloc(4)
    whole.writeInt32LE(40_003)
    const held = ['40003', '40 003', '40\u00A0003', 'x;40003;y', '"n":40003}']
    for (const bytes of [...held.map((text) => Buffer.from(text)), double, whole])
      expect(foundIn(bytes, [40_003]), bytes.toString()).toEqual([40_003])
    for (const text of ['140003', '40003.5', '400031', '1.40003', 'a40003f', '40 0031'])
      expect(foundIn(Buffer.from(text), [40_003]), text).toEqual([])
  })
})

describe('the audit of a published folder', () => {
  it('agrees with the attacker, and sees what was published without protection', async () => {
    const made = municipality(flat('A', 'B', 'C'), [PERSONS], figures({ A: 21, B: 33, C: 3 }))
    await published(made, async ({ folders: [folder] }) => {
      const before = await run('audit', folder!, '--json')
      const { unsafe, suppressed, cells } = JSON.parse(before.output) as AuditOutput
      expect({ code: before.code, unsafe, suppressed, cells }).toEqual({
        ...{ code: 0, unsafe: [], suppressed: 2, cells: 4 },
      })
      const path = join(folder!, 'observations.csv')
      const text = readFileSync(path, 'utf8')
      const opened = parsePublished(text).find(
        ({ status, area }) => status === HIDDEN && area !== 'C',
      )!
      const count = String(made.releases[0]!.find(({ area }) => area === opened.area)!.numerator)
      writeFileSync(
        path,
        text
          .split('\n')
          .map((line) => {
            const fields = line.split(';')
            if (fields[1] !== opened.area) return line
            ;[fields[5], fields[6], fields[7]] = [SHOWN, count, count]
            return fields.join(';')
          })
          .join('\n'),
      )
      expect(readPublished(folder!).filter(({ status }) => status === HIDDEN)).toHaveLength(1)
      const after = await run('audit', folder!, '--json')
      expect(after.code).toBe(1)
      expect((JSON.parse(after.output) as AuditOutput).unsafe).toHaveLength(1)
    })
  })
})
