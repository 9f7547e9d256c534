import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dsvFormat } from 'd3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../scripts/command-line.ts'
import { checkPackage } from '../scripts/publish/check.ts'

const HEADER =
  'id;namn;klass;enhet;namnare;polaritet;kalla;niva;frekvens;policy;troskel;komplement;min_namnare;min_svarande;nollor;kon;fokusproblem;plan'
const COUNT =
  'brott;Anmälda brott;oönskad händelse;antal;;lägre bättre;polis;RegSO;kvartal;person;5;nej;0;0;kan döljas;ja;;"RegSO+stadsdel+kommun; kvartal–år; kön"'
const SHARE =
  'andel;Andel med stöd;bakomliggande faktor;%;hushåll;lägre bättre;nämnd;RegSO;år;person;5;ja;30;0;kan döljas;nej;;"RegSO+stadsdel+kommun; år"'

const PARENTS: Readonly<Record<string, string>> = {
  A1: 'Alfa',
  A2: 'Alfa',
  A3: 'Alfa',
  B1: 'Beta',
  B2: 'Beta',
  C1: 'Gamma',
}
const LEAVES = Object.keys(PARENTS)
const QUARTERS = ['2024-K1', '2024-K2', '2024-K3', '2024-K4']

/** A square a kilometre or so wide for each of the smallest areas; their districts have none. */
const AREAS = JSON.stringify({
  type: 'FeatureCollection',
  features: LEAVES.map((id, index) => {
    const [west, south] = [20.2 + 0.02 * (index % 3), 63.8 + 0.01 * Math.floor(index / 3)]
    const [east, north] = [west + 0.02, south + 0.01]
    return {
      type: 'Feature',
      properties: { id, name: `Område ${id}`, parent: PARENTS[id] },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ].map((point) => point.map((degrees) => Number(degrees.toFixed(3)))),
        ],
      },
    }
  }),
})

/** Counts by area, quarter and sex: one in six is small. */
const countOf = (leaf: number, quarter: number, sex: number): number =>
  (leaf * 7 + quarter * 5 + sex * 11) % 6 === 0
    ? 3
    : 20 + ((leaf * 31 + quarter * 17 + sex * 7) % 40)

type Row = readonly [string, string, string, string, number | string, number | string]

const counts = (change: Readonly<Record<string, number>> = {}): Row[] =>
  LEAVES.flatMap((area, leaf) =>
    QUARTERS.flatMap((period, quarter) =>
      ['K', 'M'].map((sex, index): Row => {
        const step = change[`${area} ${period} ${sex}`] ?? 0
        return ['brott', area, period, sex, countOf(leaf, quarter, index) + step, '']
      }),
    ),
  )
const shares: Row[] = LEAVES.map((area, leaf) => ['andel', area, '2024', '', 12 + leaf, 200 + leaf])

const csv = (rows: readonly Row[]): string =>
  ['indikator;omrade;period;kon;taljare;namnare', ...rows.map((row) => row.join(';'))].join('\n')

const root = mkdtempSync(join(tmpdir(), 'publish-interface-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Outcome {
  readonly code: number
  readonly output: string
  readonly errors: string
}

async function run(...parameters: readonly string[]): Promise<Outcome> {
  const printed = { output: '', errors: '' }
  const spies = (
    [
      ['stdout', 'output'],
      ['stderr', 'errors'],
    ] as const
  ).map(([stream, name]) =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      printed[name] += String(chunk)
      return true
    }),
  )
  try {
    return { code: await runCommand(parameters), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

let number = 0

/** Writes the files and publishes them into a folder of their own. */
async function publish(
  files: { areas?: string; observations: string; indicators?: string },
  ...more: readonly string[]
): Promise<Outcome & { readonly folder: string }> {
  const own = join(root, `run-${++number}`)
  const path = (name: string, text: string): string => {
    const target = `${own}-${name}`
    writeFileSync(target, text)
    return target
  }
  const folder = `${own}-out`
  const outcome = await run(
    ...['publish', '--areas', path('A.geojson', files.areas ?? AREAS)],
    ...['--observations', path('O.csv', files.observations)],
    ...['--indicators', path('I.csv', files.indicators ?? [HEADER, COUNT, SHARE].join('\n'))],
    ...['--out', folder, '--release', '2026-11-03', ...more],
  )
  return { ...outcome, folder }
}

type Published = Readonly<Record<string, string>>
const rowsOf = (folder: string): readonly Published[] =>
  dsvFormat(';').parse(readFileSync(join(folder, 'observations.csv'), 'utf8'))

const cellOf = (rows: readonly Published[], area: string, period: string, sex: string): Published =>
  rows.find(
    (row) =>
      row['indikator'] === 'brott' &&
      row['omrade'] === area &&
      row['period'] === period &&
      row['kon'] === sex,
  )!

describe('publishing by a plan', () => {
  let folder: string
  let rows: readonly Published[]
  beforeAll(async () => {
    const outcome = await publish(
      { observations: csv([...counts(), ...shares]) },
      '--signed',
      'Eva Ek',
    )
    expect(outcome).toMatchObject({ code: 0, errors: '' })
    folder = outcome.folder
    rows = rowsOf(folder)
  })

  it('writes every cell of the plan as one row', () => {
    const text = readFileSync(join(folder, 'observations.csv'), 'utf8')
    expect(text.slice(0, text.indexOf('\n'))).toBe(
      'indikator;omrade;niva;period;kon;status;varde;taljare;namnare;undre;ovre;preliminar',
    )
    const levels = { kommun: ['kommun'], stadsdel: ['Alfa', 'Beta', 'Gamma'], regso: LEAVES }
    const expected = Object.entries(levels).flatMap(([level, areas]) =>
      areas.flatMap((area) => [
        ...[...QUARTERS, '2024'].flatMap((period) =>
          ['', 'K', 'M'].map((sex) => ['brott', area, level, period, sex].join()),
        ),
        ['andel', area, level, '2024', ''].join(),
      ]),
    )
    const found = rows.map((row) =>
      ['indikator', 'omrade', 'niva', 'period', 'kon'].map((name) => row[name]).join(),
    )
    expect([...found].sort()).toEqual([...expected].sort())
  })

  it('shows true figures, rounds values as they are shown, and nothing of what is hidden', () => {
    const truth = counts()
    const parts = (area: string) =>
      area === 'kommun' ? LEAVES : LEAVES.filter((id) => id === area || PARENTS[id] === area)
    let hidden = 0
    for (const row of rows) {
      if (row['status'] === 'dold') {
        hidden++
        for (const name of ['varde', 'taljare', 'undre', 'ovre', 'preliminar'])
          expect(row[name]).toBe('')
        continue
      }
      expect(row['status']).toBe('varde')
      if (row['indikator'] !== 'brott') continue
      const sum = truth
        .filter(
          ([, area, period, sex]) =>
            parts(row['omrade']!).includes(area) &&
            (row['period'] === '2024' || row['period'] === period) &&
            (row['kon'] === '' || row['kon'] === sex),
        )
        .reduce((total, [, , , , count]) => total + Number(count), 0)
      expect([row['varde'], row['taljare'], row['namnare']]).toEqual([String(sum), String(sum), ''])
    }
    const small = truth.filter(([, , , , count]) => Number(count) === 3)
    expect(small.length).toBeGreaterThan(3)
    expect(hidden).toBeGreaterThan(small.length)
    for (const [, area, period, sex] of small)
      expect(cellOf(rows, area, period, sex)['status']).toBe('dold')
    const share = rows.find((row) => row['indikator'] === 'andel' && row['omrade'] === 'A1')!
    expect(share).toMatchObject({ varde: '6.0', taljare: '12', namnare: '200' })
    // Wilson's interval for 12 of 200 (Newcombe 1998, method 3): 3.5 … 10.2.
    expect(share).toMatchObject({ undre: '3.5', ovre: '10.2' })
  })

  it('is a whole package that the map can open, on every level', async () => {
    const { findings, files } = await checkPackage(folder)
    expect(findings).toEqual([])
    expect(files).toBeGreaterThan(10)
    const boundaries = JSON.parse(readFileSync(join(folder, 'boundaries.json'), 'utf8')) as {
      objects: Record<string, { geometries: { id: string }[] }>
    }
    const drawn = Object.entries(boundaries.objects).map(([level, { geometries }]) => [
      level,
      geometries.map(({ id }) => id).sort(),
    ])
    expect(Object.fromEntries(drawn)).toEqual({
      ...{ kommun: ['kommun'], stadsdel: ['Alfa', 'Beta', 'Gamma'], regso: [...LEAVES].sort() },
    })
    const neighbours = JSON.parse(readFileSync(join(folder, 'neighbours.json'), 'utf8')) as {
      stadsdel: Record<string, string[]>
    }
    // The squares lie three in a row: Alfa above, then Beta's two and Gamma's one.
    expect(neighbours.stadsdel).toMatchObject({ Beta: ['Alfa', 'Gamma'], Gamma: ['Alfa', 'Beta'] })
  })

  it('is safe from its published files alone', async () => {
    const { code, output } = await run('audit', folder, '--json')
    const audit = JSON.parse(output) as Record<string, unknown>
    expect(Object.keys(audit)).toEqual(['cells', 'equations', 'suppressed', 'unsafe', 'seconds'])
    expect(audit).toMatchObject({ cells: rows.length, unsafe: [] })
    expect(audit['suppressed']).toBe(rows.filter((row) => row['status'] === 'dold').length)
    expect(code).toBe(0)
  })

  it('is found unsafe when one more cell is told', async () => {
    const opened = join(root, 'opened')
    const { code: before } = await publish({ observations: csv(counts()) }, '--out', opened)
    expect(before).toBe(0)
    const path = join(opened, 'observations.csv')
    const [first, ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n')
    const truth = new Map(
      counts().map(([, area, period, sex, count]) => [`${area} ${period} ${sex}`, count]),
    )
    const lines = rest.map((line) => {
      const [id, area, level, period, sex, status] = line.split(';')
      const count = truth.get(`${area} ${period} ${sex}`)
      const isTold = status === 'dold' && count !== undefined && count !== 3
      return isTold
        ? [id, area, level, period, sex, 'varde', count, count, '', '', '', ''].join(';')
        : line
    })
    expect(lines).not.toEqual(rest)
    writeFileSync(path, [first, ...lines].join('\n') + '\n')
    const { code, output } = await run('audit', opened, '--json')
    const { unsafe } = JSON.parse(output) as { unsafe: { lowest: number; highest: number }[] }
    expect(unsafe.length).toBeGreaterThan(0)
    for (const { lowest, highest } of unsafe) expect(highest - lowest).toBeLessThan(5)
    expect(code).toBe(1)
    expect((await run('audit', opened)).output).toContain('Osäker: brott, ')
  })

  it('logs what was done, by totals only, with the checksums of what was released', () => {
    const log = JSON.parse(readFileSync(join(folder, 'rojandekontroll.json'), 'utf8')) as {
      signed: string
      indicators: { hiddenByRule: Record<string, number>; statuses: Record<string, number> }[]
      files: Record<string, string>
    }
    expect(log.signed).toBe('Eva Ek')
    for (const { hiddenByRule, statuses } of log.indicators) {
      const { none: _, ...rules } = hiddenByRule
      expect(Object.values(rules).reduce((a, b) => a + b, 0)).toBe(statuses['hidden'])
    }
    const released = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^(rojandekontroll|datapackage)/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    expect(Object.keys(log.files).sort()).toEqual(released.sort())
    for (const [path, sum] of Object.entries(log.files))
      expect(
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ).toBe(sum)
    const text = readFileSync(join(folder, 'rojandekontroll.md'), 'utf8')
    expect(text).toContain('Signerad: Eva Ek, 3 november 2026.')
    expect(text).toContain('styrker ingens identitet')
  })

  it('lets small revisions wait and large ones through', async () => {
    const shown = counts().filter(([, area, period, sex]) => {
      const { status } = cellOf(rows, area, period, sex)
      return status === 'varde'
    })
    const [little, much] = [shown[0]!, shown.at(-1)!]
    const key = ([, area, period, sex]: Row) => `${area} ${period} ${sex}`
    const revised = counts({ [key(little)]: 2, [key(much)]: 9 })
    const { code, folder: second } = await publish(
      { observations: csv([...revised, ...shares]) },
      '--earlier',
      folder,
    )
    expect(code).toBe(0)
    const later = rowsOf(second)
    const [waiting, changed] = [little, much].map(([, area, period, sex]) =>
      cellOf(later, area, period, sex),
    )
    expect(waiting).toMatchObject({ taljare: String(little[4]), preliminar: 'ja' })
    expect(changed).toMatchObject({ taljare: String(Number(much[4]) + 9), preliminar: '' })
    const total = (own: readonly Published[]) =>
      Number(cellOf(own, 'kommun', '2024', '')['taljare'])
    expect(total(later) - total(rows)).toBe(9)
    expect(readFileSync(join(second, 'rojandekontroll.md'), 'utf8')).toContain('har vägts in')
  })
})

describe('areas that cannot be drawn', () => {
  it('are published without a map', async () => {
    const { features } = JSON.parse(AREAS) as { features: object[] }
    const { code, output, folder } = await publish({
      areas: JSON.stringify({
        type: 'FeatureCollection',
        features: features.map((feature) => ({ ...feature, geometry: null })),
      }),
      observations: csv(shares),
    })
    expect(code).toBe(0)
    expect(output).toContain('kan inte ritas')
    expect(rowsOf(folder)).toHaveLength(LEAVES.length + 4)
    expect(existsSync(join(folder, 'index.json'))).toBe(false)
    expect((await run('audit', folder, '--json')).code).toBe(0)
  })
})

describe('cases without a place', () => {
  it('are an area of their own, where there are any', async () => {
    const { code, folder } = await publish({
      observations: csv([...counts(), ['brott', 'ej placerad', '2024-K2', 'K', 8, ''], ...shares]),
    })
    expect(code).toBe(0)
    const unplaced = rowsOf(folder).filter((row) => row['omrade'] === 'ej placerad')
    expect(new Set(unplaced.map((row) => row['indikator']))).toEqual(new Set(['brott']))
    expect(unplaced).toHaveLength(15)
    expect((await run('audit', folder)).code).toBe(0)
  })
})

describe('what cannot be published', () => {
  const good = [...counts(), ...shares]
  const withRow = (row: Row): string => csv([...good, row])
  const last = good.length + 2

  it.each<readonly [string, string, readonly (string | RegExp)[]]>([
    [
      'a negative count',
      withRow(['andel', 'A1', '2023', '', '-4', 100]),
      [`rad ${last}, kolumn taljare`, 'negativt'],
    ],
    [
      'more than the denominator',
      withRow(['andel', 'A1', '2023', '', 101, 100]),
      [`rad ${last}, kolumn taljare`, 'större än nämnaren 100'],
    ],
    [
      'half a person',
      withRow(['andel', 'A1', '2023', '', '4,5', 100]),
      [`rad ${last}, kolumn taljare`, 'inget helt antal'],
    ],
    [
      'a total that contradicts its parts',
      withRow(['brott', 'kommun', '2024', '', 7, '']),
      [`rad ${last}, kolumn taljare`, /totalen är 7 men delarna blir/],
    ],
    [
      'an unknown area',
      withRow(['andel', 'A9', '2024', '', 20, 100]),
      [`rad ${last}, kolumn omrade`, '"A9"'],
    ],
    [
      'an unknown indicator',
      withRow(['andelar', 'A1', '2024', '', 20, 100]),
      [`rad ${last}, kolumn indikator`, '"andelar"'],
    ],
    [
      'an impossible period',
      withRow(['brott', 'A1', '2024-K5', 'K', 20, '']),
      [`rad ${last}, kolumn period`, '"2024-K5"'],
    ],
    [
      'a cell given twice',
      withRow(['brott', 'A1', '2024-K1', 'K', 20, '']),
      [`rad ${last}`, 'rad 2'],
    ],
    [
      'a läsår beside calendar years',
      withRow(['brott', 'A1', '2023/24', 'K', 20, '']),
      [`rad ${last}, kolumn period`, 'överlappar'],
    ],
  ])('%s', async (_, observations, said) => {
    const { code, errors, folder } = await publish({ observations })
    expect(code).toBe(1)
    for (const text of said) expect(errors).toMatch(text)
    expect(existsSync(folder)).toBe(false)
  })

  it.each([
    ['år–läsår', 'RegSO+kommun; år–läsår'],
    ['two chains', 'RegSO+kommun; kvartal–år; läsår'],
    ['a second chain', 'RegSO+kommun; kvartal–år, läsår'],
  ])('a plan of %s', async (_, plan) => {
    const indicators = [HEADER, COUNT.replace(/"[^"]*"$/, `"${plan}"`).replace(';ja;;', ';nej;;')]
    const { code, errors, folder } = await publish({
      observations: csv(counts()),
      indicators: indicators.join('\n'),
    })
    expect(code).toBe(1)
    expect(errors).toContain('I.csv, rad 2, plan')
    expect(existsSync(folder)).toBe(false)
  })

  it('a figure that would have to be hidden but is shown already, and the cell is named', async () => {
    const rows = csv(LEAVES.map((area, leaf) => ['brott', area, '2024-K1', '', 7 + 9 * leaf, '']))
    const indicators = (threshold: number) => [
      HEADER,
      COUNT.replace('; kön"', '"').replace(';ja;;', ';nej;;').replace(';5;', `;${threshold};`),
    ]
    const first = await publish({ observations: rows, indicators: indicators(5).join('\n') })
    expect(first.code).toBe(0)
    const { code, errors, folder } = await publish(
      { observations: rows, indicators: indicators(10).join('\n') },
      '--earlier',
      first.folder,
    )
    expect(code).toBe(1)
    expect(errors).toContain('brott: 1 dold cell är inte säker (A1 2024-K1 kan räknas ut)')
    expect(existsSync(folder)).toBe(false)
  })

  it('two areas on the same ground', async () => {
    const { features } = JSON.parse(AREAS) as { features: { properties: object }[] }
    const twin = { ...features[0]!, properties: { id: 'D1', name: 'Tvilling', parent: 'Gamma' } }
    const { code, errors } = await publish({
      areas: JSON.stringify({ type: 'FeatureCollection', features: [...features, twin] }),
      observations: csv(counts()),
    })
    expect(code).toBe(1)
    expect(errors).toContain('D1 ligger på samma mark som A1')
  })
})

describe('publishing raw files by their recipe', () => {
  const messy = [
    'Anmälda brott per område;;;',
    'Uttag 2025-01-15;;;',
    `Område;Kön;${QUARTERS.map((period) => `kv ${period.at(-1)!} ${period.slice(0, 4)}`).join(';')}`,
    ...LEAVES.flatMap((area, leaf) =>
      ['Kvinnor', 'Män'].map((sex, index) =>
        [
          `${area} (Område ${area})`,
          sex,
          ...QUARTERS.map((_, quarter) => countOf(leaf, quarter, index)),
        ].join(';'),
      ),
    ),
    'Källa: påhittade tal',
  ].join('\r\n')
  const recipe = (
    shape: string,
    parts: Readonly<Record<string, object | undefined>> = { brott: undefined },
  ): string => {
    const path = join(root, 'recipes.json')
    const recipes = Object.entries(parts).map(([indicator, part]) => ({
      ...{ name: indicator, shape, answers: { areas: {}, roles: {} }, indicator, part },
    }))
    writeFileSync(path, JSON.stringify({ recipes, areaNames: {} }))
    return path
  }

  it('releases what the interface releases', async () => {
    const plain = await publish({
      observations: csv(counts()),
      indicators: [HEADER, COUNT].join('\n'),
    })
    const raw = await publish(
      { observations: messy, indicators: [HEADER, COUNT].join('\n') },
      '--recipe',
      recipe('område;kön;*'),
    )
    expect(raw).toMatchObject({ code: 0, errors: '' })
    expect(rowsOf(raw.folder)).toEqual(rowsOf(plain.folder))
  })

  it('takes the figures that each recipe is of, and none beside what they could be subtracted from', async () => {
    const lines = LEAVES.flatMap((area, leaf) =>
      QUARTERS.flatMap((period, quarter) =>
        ['Kvinnor', 'Män'].flatMap((sex, index) => {
          const count = countOf(leaf, quarter, index)
          return [`Totalt;${count + 20};${count}`, `13–18 år;${count};0`].map(
            (figures) => `${area};${period};${sex};${figures}`,
          )
        }),
      ),
    )
    const observations = ['Område;Period;Kön;Ålder;Anmälda;Uppklarade', ...lines].join('\r\n')
    const indicators = [HEADER, COUNT, COUNT.replace('brott;Anmälda brott', 'unga;Unga')].join('\n')
    const shape = 'område;period;kön;ålder;anmälda;uppklarade'
    const plain = await publish({
      observations: csv(counts()),
      indicators: [HEADER, COUNT].join('\n'),
    })
    const young = { brott: { measure: 'Anmälda', age: '13–18 år' } }
    const raw = await publish(
      { observations, indicators: [HEADER, COUNT].join('\n') },
      ...['--recipe', recipe(shape, young)],
    )
    expect(raw).toMatchObject({ code: 0, errors: '' })
    expect(rowsOf(raw.folder)).toEqual(rowsOf(plain.folder))
    const beside = await publish(
      { observations, indicators },
      ...['--recipe', recipe(shape, { ...young, unga: { measure: 'Anmälda', age: null } })],
    )
    expect(beside.code).toBe(1)
    expect(beside.errors + beside.output).toContain('går att dra från varandra')
    expect(existsSync(beside.folder)).toBe(false)
  })

  it('needs a recipe for files of the shape', async () => {
    const outcome = await publish({ observations: messy }, '--recipe', recipe('something else'))
    expect(outcome.code).toBe(1)
    expect(existsSync(outcome.folder)).toBe(false)
  })
})

describe('publishing with a plan of activities', () => {
  const effort = (department: string, level: string, area: string): string =>
    `${department};Öppen mötesplats;${level};HT 2026;"${area}";utanförskap`
  const heads = 'Verksamhet;Insats;Nivå;Start;Områden;Fokusproblem'
  const planFile = (...rows: readonly string[]): string => {
    const path = join(root, `aktivitetsplan-${++number}.csv`)
    writeFileSync(path, [heads, ...rows].join('\n'))
    return path
  }
  const figures = { observations: csv(counts()), indicators: [HEADER, COUNT].join('\n') }

  it('takes it into the package, and gives it back as a workbook that is the same plan', async () => {
    const first = await publish(
      figures,
      '--plan',
      planFile(effort('Fritid', 'Selektiv', 'Beta; A1')),
    )
    expect(first).toMatchObject({ code: 0, errors: '' })
    const planOf = (folder: string): unknown =>
      JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))
    expect(planOf(first.folder)).toMatchObject({
      departments: [{ id: 'fritid', name: 'Fritid' }],
      interventions: [{ levels: ['selektiv'], places: { areas: ['Beta', 'A1'] } }],
    })
    expect((await checkPackage(first.folder)).findings).toEqual([])

    const workbook = join(root, 'aktivitetsplan.xlsx')
    expect(await run('plan', first.folder, '--out', workbook)).toMatchObject({
      code: 0,
      errors: '',
    })
    const second = await publish(figures, '--plan', workbook)
    expect(second).toMatchObject({ code: 0, errors: '' })
    expect(planOf(second.folder)).toEqual(planOf(first.folder))
    const third = await publish(figures, '--plan', join(first.folder, 'plan.json'))
    expect(planOf(third.folder)).toEqual(planOf(first.folder))
  })

  it('writes nothing where a row is faulty, and names every row', async () => {
    const outcome = await publish(
      figures,
      '--plan',
      planFile(effort('Fritid', 'Djup', 'Beta'), effort('Fritidd', 'Selektiv', 'Betaa')),
    )
    expect(outcome.code).toBe(1)
    expect(outcome.errors).toMatch(/rad 2, kolumn Nivå: "Djup"/)
    expect(outcome.errors).toMatch(/rad 3, kolumn Verksamhet: .*Menades Fritid\?/)
    expect(outcome.errors).toMatch(/rad 3, kolumn Områden: .*Menades Beta\?/)
    expect(existsSync(outcome.folder)).toBe(false)
  })
})
