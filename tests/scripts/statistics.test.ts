import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../scripts/command-line.ts'
import columbus from '../oracles/columbus.json'
import bayes from '../oracles/empirical-bayes.json'
import rates from '../oracles/rate-intervals.json'
import pattern from '../oracles/spatial-pattern.json'

type Json = Record<string, unknown>

const FOLDER = mkdtempSync(join(tmpdir(), 'stats-'))

interface Drawn {
  readonly polygons: readonly unknown[] | null
  readonly properties: Json
}

const written = (name: string, areas: readonly Drawn[]): string => {
  const path = join(FOLDER, name)
  const features = areas.map(({ polygons, properties }) => ({
    type: 'Feature',
    properties,
    geometry: polygons && { type: 'MultiPolygon', coordinates: polygons },
  }))
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }))
  return path
}

const square = (x: number, y: number, size = 1) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]

const COLUMBUS = written(
  'columbus.geojson',
  columbus.polygons.map((rings, area) => ({
    polygons: [rings],
    properties: {
      CRIME: columbus.crime[area],
      INC: columbus.income[area],
      EV: columbus.events[area],
      POP: columbus.population[area],
      GAPS: pattern.missing.crime[area],
      FLAT: 0.1,
    },
  })),
)

let output = ''
let errors = ''

beforeEach(() => {
  output = ''
  errors = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text)
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

async function stats(...parameters: readonly string[]): Promise<{ code: number; json: Json }> {
  const code = await runCommand(['stats', ...parameters, '--json'])
  return { code, json: output === '' ? {} : (JSON.parse(output) as Json) }
}

async function figures(...parameters: readonly string[]): Promise<Json> {
  const { code, json } = await stats(...parameters)
  expect([code, errors]).toEqual([0, ''])
  return json
}

/** To 1e-10 of the expected; null where it is null. */
function expectNear(actual: unknown, expected: number | null): void {
  if (expected === null) expect(actual).toBeNull()
  else
    expect(Math.abs(Number(actual) - expected)).toBeLessThanOrEqual(
      1e-10 * Math.max(Math.abs(expected), 1e-6),
    )
}

const expectAllNear = (actual: unknown, expected: readonly (number | null)[]): void => {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((figure, place) => expectNear((actual as unknown[])[place], figure))
}

describe('lage stats', () => {
  it.each([
    ['queen', 'W', pattern.moran.queen_W],
    ['queen', 'B', pattern.moran.queen_B],
    ['rook', 'W', pattern.moran.rook_W],
    ['knn:4', 'W', pattern.moran.k4_W],
  ] as const)('moran with %s and %s', async (weights, style, of) => {
    const chosen = ['--geojson', COLUMBUS, '--x', 'CRIME', '--weights', weights, '--style', style]
    const { I, expectation, variance, z, p, ...more } = await figures('moran', ...chosen)
    expectAllNear([I, expectation, variance, z], of.randomisation)
    expectNear(Number(p) / of.p, 1)
    expect(more).toEqual({})
    output = ''
    const normal = await figures('moran', ...chosen, '--normality')
    expectNear(normal['variance'], of.normality[2]!)
  })

  it('geary, gi-star, eb and eb-local', async () => {
    const onCrime = ['--geojson', COLUMBUS, '--x', 'CRIME']
    const geary = await figures('geary', ...onCrime)
    expectAllNear(
      [geary['C'], geary['expectation'], geary['variance'], geary['z']],
      pattern.geary.queen_W.randomisation,
    )
    output = ''
    const hot = await figures('gi-star', ...onCrime)
    expectAllNear(hot['z'], pattern.getisOrdStar.z)
    output = ''
    const onRates = ['--geojson', COLUMBUS, '--events', 'EV', '--population', 'POP']
    const smoothed = await figures('eb', ...onRates)
    expectAllNear(smoothed['smoothed'], bayes.poisson.estimate)
    expectAllNear([smoothed['a'], smoothed['b']], [bayes.poisson.a, bayes.poisson.b])
    expectNear((smoothed['rate'] as number[])[0], columbus.events[0]! / columbus.population[0]!)
    output = ''
    expectAllNear((await figures('eb-local', ...onRates))['smoothed'], pattern.empiricalBayes.each)
  })

  it('local-moran, the same for the same seed', async () => {
    const run = (...more: readonly string[]) => {
      output = ''
      return figures('local-moran', '--geojson', COLUMBUS, '--x', 'CRIME', ...more)
    }
    const local = await run('--permutations', '4999', '--seed', '1')
    for (const name of ['I', 'expectation', 'variance', 'z', 'p'] as const)
      expectAllNear(local[name], pattern.localMoran.queen_W[name])
    expect(local['quadrant']).toEqual(pattern.localMoranQuadrants)
    for (const { area, atLeast, atMost } of pattern.exactLocal) {
      const exact = Math.min(1, 2 * Math.min(atLeast, atMost))
      const share = exact / 2
      expect(Math.abs((local['pPermutation'] as number[])[area]! - exact)).toBeLessThanOrEqual(
        2 * (4 * Math.sqrt((share * (1 - share)) / 4999) + 1 / 5000),
      )
    }
    expect(await run('--permutations', '4999', '--seed', '1')).toEqual(local)
    expect(await run('--permutations', '999', '--seed', '-8')).not.toEqual(local)
    const none = await run('--permutations', '0')
    expect(none['pPermutation']).toEqual(columbus.crime.map(() => null))
  })

  it('association', async () => {
    const of = ['--geojson', COLUMBUS, '--x', 'CRIME', '--y', 'INC']
    const found = await figures('association', ...of, '--permutations', '199')
    // R 4.2.2: cor; Bonett and Wright's interval; SpatialPack 0.4-1: modified.ttest(nclass = 13).
    expectNear(found['pearson'], -0.6955897734584623)
    expectNear(found['spearman'], -0.7352040816326529)
    expectAllNear(found['spearmanInterval'], [-0.8526167635222335, -0.5471201527849077])
    const { effectiveN, r, p } = found['dutilleul'] as Record<string, number>
    expectAllNear(
      [effectiveN, r, p],
      [9.202722790149098, -0.6955897734584623, 0.034638326258052125],
    )
    expect((found['msr'] as Json)['p']).toBeLessThanOrEqual(0.01)
    output = ''
    const other = await figures('association', ...of, '--classes', '11', '--permutations', '0')
    // Sturges' number of classes is 11 here.
    expectNear((other['dutilleul'] as Json)['effectiveN'], 9.19196351380292)
    expect(other['msr']).toEqual({ p: null })
  })

  it('rate-interval and share-interval', async () => {
    const { poisson, binomial } = rates
    const run = async (...parameters: readonly string[]) => {
      output = ''
      const { lower, upper } = await figures(...parameters)
      return [lower, upper]
    }
    for (const place of [3, 8, 17]) {
      const [count, base] = [poisson.count[place]!, poisson.personTime[place]!]
      const of = ['--count', String(count), '--population', String(base)]
      const { lower, upper } = poisson.exactCountLimits
      expectAllNear(await run('rate-interval', ...of), [lower[place]! / base, upper[place]! / base])
      expectAllNear(await run('rate-interval', ...of, '--method', 'byar'), [
        poisson.epitoolsByar.lower[place]!,
        poisson.epitoolsByar.upper[place]!,
      ])
    }
    for (const [method, of] of [
      ['wilson', binomial.wilson],
      ['exact', binomial.clopperPearson],
    ] as const) {
      const [count, base] = [String(binomial.count[4]), String(binomial.size[4])]
      expectAllNear(
        await run('share-interval', '--count', count, '--population', base, '--method', method),
        [of.lower[4]!, of.upper[4]!],
      )
    }
    const [wide] = await run(
      'rate-interval',
      '--count',
      '9',
      '--population',
      '1',
      '--level',
      '0.998',
    )
    const [narrow] = await run('rate-interval', '--count', '9', '--population', '1')
    expect(wide).toBeLessThan(Number(narrow))
  })

  it('takes empty cells, islands and parts for what they are', async () => {
    const missing = await stats('local-moran', '--geojson', COLUMBUS, '--x', 'GAPS')
    expect(missing.code).toBe(0)
    expectAllNear(missing.json['z'], pattern.missing.local.z)
    expect(missing.json['findings']).toMatchObject([{ code: 'statistics-missing' }])
    output = ''
    const areas = written('delar.geojson', [
      { polygons: [[square(0, 0, 3), square(1, 1)], [square(9, 9)]], properties: { x: 3 } },
      { polygons: [[square(1, 1)]], properties: { x: '1,5' } },
      { polygons: [[square(10, 10)]], properties: { x: 7 } },
      { polygons: [[square(50, 50)]], properties: { x: 2 } },
      { polygons: null, properties: { x: 4 } },
      { polygons: [[square(3, 0)]], properties: { x: null } },
    ])
    const { code, json } = await stats('local-moran', '--geojson', areas, '--x', 'x')
    expect(code).toBe(0)
    expect((json['I'] as unknown[]).map((I) => I === null)).toEqual([
      ...[false, false, false, true, true, true],
    ])
    expect(json['quadrant']).toMatchObject({ 3: null, 4: null, 5: null })
    expect((json['findings'] as Json[]).map((finding) => finding['code'])).toEqual([
      ...['statistics-geometry', 'statistics-missing', 'statistics-isolates'],
    ])
    expect(errors).toContain('delar.geojson, objekt 5: ')
  })

  it('says why, in a sentence, and gives null where nothing can be said', async () => {
    for (const [method, ...columns] of [
      ['moran', '--x', 'FLAT'],
      ['geary', '--x', 'FLAT'],
      ['local-moran', '--x', 'FLAT'],
      ['gi-star', '--x', 'FLAT'],
      ['association', '--x', 'CRIME', '--y', 'FLAT'],
    ] as const) {
      output = ''
      errors = ''
      const { code, json } = await stats(method, '--geojson', COLUMBUS, ...columns)
      expect(code).toBe(0)
      const { findings, ...rest } = json
      expect(findings).toMatchObject([{ code: 'statistics-no-variation' }])
      expect(errors).toContain('odefinierat, inte 0')
      expect(JSON.stringify(rest)).not.toMatch(/\d/)
    }
    output = ''
    const empty = await stats('rate-interval', '--count', '0', '--population', '0')
    expect(empty).toMatchObject({ code: 0, json: { lower: null, upper: null } })
    output = ''
    const two = written('två.geojson', [
      { polygons: [[square(0, 0)]], properties: { x: 1, antal: 2, folk: 0 } },
      { polygons: [[square(1, 0)]], properties: { x: 2, antal: 5, folk: 0 } },
    ])
    expect((await stats('moran', '--geojson', two, '--x', 'x')).json).toEqual({
      ...{ I: -1, expectation: -1, variance: null, z: null, p: null },
    })
    output = ''
    const rates = ['--events', 'antal', '--population', 'folk']
    expect((await stats('eb', '--geojson', two, ...rates)).json).toMatchObject({
      ...{ rate: [null, null], smoothed: [null, null], a: null, b: null },
      findings: [{ code: 'statistics-no-population' }],
    })
  })

  it('stops at faults in the file, with code 1', async () => {
    const faulty = written('fel.geojson', [
      { polygons: [[square(0, 0)]], properties: { x: 'många', antal: -2, folk: 10 } },
      { polygons: [[square(1, 0)]], properties: { x: 2, antal: 5, folk: 10 } },
    ])
    const damaged = join(FOLDER, 'trasig.geojson')
    writeFileSync(damaged, '{"type": "FeatureCollection", "features": [')
    const odd = written('udda.geojson', [
      {
        polygons: [
          [
            [
              [0, 0],
              ['x', 1],
              [1, 1],
            ],
          ],
        ],
        properties: { x: 1 },
      },
    ])
    for (const [code, ...parameters] of [
      ['statistics-number', 'moran', '--geojson', faulty, '--x', 'x'],
      ['statistics-column', 'moran', '--geojson', faulty, '--x', 'constructor'],
      [
        ...(['statistics-negative', 'eb', '--geojson', faulty] as const),
        ...['--events', 'antal', '--population', 'folk'],
      ],
      [
        'statistics-neighbour-count',
        'moran',
        '--geojson',
        faulty,
        '--x',
        'folk',
        '--weights',
        'knn:2',
      ],
      ['areas-json', 'moran', '--geojson', damaged, '--x', 'x'],
      ['statistics-geometry-damaged', 'moran', '--geojson', odd, '--x', 'x'],
    ] as const) {
      output = ''
      errors = ''
      const answer = await stats(...parameters)
      expect(answer).toMatchObject({ code: 1, json: { findings: [{ code }] } })
      expect(errors).toMatch(/^(fel|trasig|udda)\.geojson.*: .+\./)
    }
    expect(errors).toContain('udda.geojson, objekt 1: ')
  })

  it.each([
    [[], 'Ange en metod: stats moran | '],
    [['correlation'], 'Ange en metod: stats moran | '],
    [['moran', '--x', 'CRIME'], 'Ange en fil med områden: --geojson FIL'],
    [['moran', '--geojson', COLUMBUS], 'Ange en kolumn med tal: --x KOLUMN'],
    [['eb', '--geojson', COLUMBUS, '--events', 'EV'], 'Ange två kolumner: --events'],
    [['association', '--geojson', COLUMBUS, '--x', 'INC'], 'Ange två kolumner med tal: --x'],
    [['moran', '--geojson', '/finns/inte', '--x', 'a'], '/finns/inte kunde inte läsas'],
    [['moran', '--weights', 'knn:0'], '--weights är queen, rook eller knn:ANTAL, inte "knn:0".'],
    [['moran', '--style', 'C'], '--style är W eller B, inte "C".'],
    [['moran', '--permutations', '1.5'], '--permutations ska vara ett heltal från 0 till'],
    [['moran', '--seed', 'x'], '--seed ska vara ett tal, inte "x".'],
    [['rate-interval', '--count', '5'], 'Ange ett antal och en befolkning: --count'],
    [['rate-interval', '--count', '-5', '--population', '4'], 'kan inte vara mindre än 0.'],
    [['share-interval', '--count', '5', '--population', '4'], 'kan inte vara större än'],
    [['rate-interval', '--count', '5', '--population', '4', '--level', '95'], '--level är ett tal'],
    [
      ['share-interval', '--count', '1', '--population', '4', '--method', 'byar'],
      '--method är wilson',
    ],
  ] as const)('%j is refused with code 2', async (parameters, sentence) => {
    expect(await runCommand(['stats', ...parameters])).toBe(2)
    expect(errors).toContain(sentence)
    expect(output).toBe('')
  })

  it('prints figures by area as a table', async () => {
    const code = await runCommand(['stats', 'gi-star', '--geojson', COLUMBUS, '--x', 'GAPS'])
    expect(code).toBe(0)
    const lines = output.trim().split('\n')
    expect(lines[0]).toBe('objekt\tz\tp')
    expect(lines[5]).toBe('5\t–\t–')
    expect(lines).toHaveLength(51)
    expect(lines[50]).toContain('2 områden saknar tal')
  })
})
