import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runCommand } from '../scripts/command-line.ts'
import { assemblePackage } from '../scripts/publish/assemble.ts'
import { checkPackage } from '../scripts/publish/check.ts'
import { replaceFolder } from '../scripts/publish/package-folder.ts'
import { RELEASE_STATUSES } from '../src/core/cell.ts'
import type { DisclosureLog } from '../src/core/disclosure/log.ts'
import type { PackageIndex } from '../src/core/release.ts'
import { readPackageIndex } from '../src/files/package/package-index.ts'
import { dataPackageFaults } from './support/data-package.ts'
import { smallSource, SUPPRESSED } from './support/small-source.ts'

const temporary = mkdtempSync(join(tmpdir(), 'publish-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

/** Runs a command and gives its exit code and what it printed. */
async function lage(...parameters: string[]): Promise<{ code: number; printed: string }> {
  let printed = ''
  const keep = (chunk: unknown): boolean => {
    printed += String(chunk)
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
  ]
  try {
    return { code: await runCommand(parameters), printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const treeOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), readFileSync(path, 'base64')]),
  )

function indexIn(folder: string): PackageIndex {
  const reading = readPackageIndex(readFileSync(join(folder, 'index.json'), 'utf8'), 'index.json')
  if (!reading.ok) throw new Error(reading.finding.code)
  return reading.index
}

describe('the demonstration package', () => {
  const folder = join(temporary, 'demonstration')
  beforeAll(async () => {
    expect((await lage('publish', '--out', folder)).code).toBe(0)
  }, 120_000)

  test('is a valid data package, with every row as its schema says', () => {
    expect(dataPackageFaults(folder)).toEqual([])
  })

  test('is admitted whole by the gate', async () => {
    expect((await checkPackage(folder)).findings).toEqual([])
  })

  test('holds the plan of activities as it is in the data, named by the index', () => {
    const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
    const { plan } = read(join(folder, 'index.json')) as PackageIndex
    expect(read(join(folder, plan!.path))).toEqual(read('data/plan/plan.json'))
  })

  test('is the same, byte for byte, when it is published again', async () => {
    const again = join(temporary, 'again')
    expect((await lage('publish', '--out', again)).code).toBe(0)
    expect(treeOf(again)).toEqual(treeOf(folder))
  }, 120_000)

  test('has an index small enough for the first map', () => {
    const text = readFileSync(join(folder, 'index.json'))
    expect(text.length).toBeLessThan(80_000)
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(15_000)
  })

  test('opens on a view that it has', () => {
    const { start, observations } = indexIn(folder)
    expect(start).toMatchObject({ indicator: 'franvaro_10', level: 'stadsdel' })
    expect(
      observations.some((file) => file.indicator === start.indicator && file.level === start.level),
    ).toBe(true)
  })

  test('has every level, period chain and sex of every plan, and nothing beside it', () => {
    const { indicators, observations } = indexIn(folder)
    for (const { id, plan } of indicators) {
      const files = observations.filter(({ indicator }) => indicator === id)
      expect(files.map(({ level }) => level).sort(), id).toEqual([...plan.levels].sort())
      for (const { sexes } of files) expect(sexes, id).toEqual(plan.bySex ? ['T', 'K', 'M'] : ['T'])
    }
    expect(observations).toHaveLength(
      indicators.reduce((sum, { plan }) => sum + plan.levels.length, 0),
    )
  })

  test('has the real area type as SCB and Delmos give it, and calls all else synthetic', () => {
    const { indicators } = indexIn(folder)
    expect(indicators.filter(({ synthetic }) => !synthetic).map(({ id }) => id)).toEqual([
      'omradestyp',
    ])
    const rows = readFileSync(join(folder, 'observations/regso/omradestyp.csv'), 'utf8')
    expect(rows).toContain('2480R001,2022,T,value,5,\n')
    expect(rows).toContain('2480R004,2022,T,value,3,\n')
  })

  test('has at least 60 000 incidents, hexagons of at least 5, and only categories of places', () => {
    const { incidents } = indexIn(folder)
    const counts = readFileSync(join(folder, 'incidents/kommun.csv'), 'utf8').trim().split('\n')
    const total = counts.slice(1).reduce((sum, line) => sum + Number(line.split(',')[4]), 0)
    expect(total).toBeGreaterThanOrEqual(60_000)
    const hexagons = readFileSync(join(folder, 'incidents/hexagons.csv'), 'utf8').trim().split('\n')
    expect(hexagons.length).toBeGreaterThan(100)
    const allowed = new Set(incidents!.categories.filter((it) => it.hexagons).map(({ id }) => id))
    expect(allowed.has('smabrott')).toBe(false)
    for (const line of hexagons.slice(1)) {
      const [, category, , count] = line.split(',')
      expect(allowed.has(category!)).toBe(true)
      expect(Number(count)).toBeGreaterThanOrEqual(5)
    }
  })

  test('says in its log what was hidden by which rule, in totals, and names every indicator and file', () => {
    const log = readFileSync(join(folder, 'rojandekontroll.md'), 'utf8')
    expect(log).toMatch(/Dolda celler efter regel: [\d\s]+litet antal, .*för att skydda andra/)
    expect(log).not.toMatch(/[1-9]\d* osäkra/)
    expect(log).toContain('Syntetiska demonstrationsdata')
    const { indicators, observations } = indexIn(folder)
    for (const { id } of indicators) expect(log).toContain(`(\`${id}\`)`)
    for (const { path, sha256 } of observations)
      expect(log).toContain(`| ${path} | \`${sha256}\` |`)
  })

  test('has a log with the counts of the released files, described beside the readable one', () => {
    const { indicators, observations } = indexIn(folder)
    const log = JSON.parse(
      readFileSync(join(folder, 'rojandekontroll.json'), 'utf8'),
    ) as DisclosureLog
    expect(log.indicators.map(({ indicator }) => indicator)).toEqual(indicators.map(({ id }) => id))
    for (const { indicator, statuses, hiddenByRule, audit } of log.indicators) {
      const rows = observations
        .filter((file) => file.indicator === indicator)
        .flatMap(({ path }) => readFileSync(join(folder, path), 'utf8').trim().split('\n').slice(1))
      const counted = Object.fromEntries(
        RELEASE_STATUSES.map((status) => [
          status,
          rows.filter((row) => row.split(',')[3] === status).length,
        ]),
      )
      expect(statuses, indicator).toEqual(counted)
      const { none: _, ...rules } = hiddenByRule
      expect(Object.values(rules).reduce((sum, count) => sum + count, 0)).toBe(statuses.hidden)
      expect(audit).toMatchObject({
        ...{ cells: statuses.value + statuses.hidden, suppressed: statuses.hidden, unsafe: 0 },
      })
    }
    expect(log.indicators.flatMap(({ advice }) => advice).length).toBeGreaterThan(5)
    const { resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
      resources: { name: string; path: string }[]
    }
    const paths = resources.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['rojandekontroll.md', 'rojandekontroll.json']))
    expect(new Set(resources.map(({ name }) => name)).size).toBe(paths.length)
    expect(Object.keys(log.files).sort()).toEqual(
      paths.filter((path) => !path.startsWith('rojandekontroll')).sort(),
    )
  })

  test('gives advice in words in its log, and says what it means to be signed', () => {
    const text = readFileSync(join(folder, 'rojandekontroll.md'), 'utf8')
    expect(text).toMatch(
      /Publicera per kvartal och år i stället för månad: minst [\d\s]+ av [\d\s]+ dolda celler kommer tillbaka\./,
    )
    expect(text).toContain('Inte signerad. Signerad betyder')
    expect(text).toContain('styrker ingens identitet')
  })
})

describe('assemblePackage', () => {
  test('lets no suppressed figure into any file', () => {
    const files = assemblePackage(smallSource())
    expect(files.get('observations/stadsdel/prov.csv')).toContain('a,2024-01,T,hidden,,\n')
    expect(files.get('observations/stadsdel/prov.csv')).toContain(
      'b,2024-01,T,hidden-at-source,,\n',
    )
    expect(files.get('incidents/hexagons.csv')).toBe(
      'hexagon,category,period,count\n8808a6ad3bfffff,klotter,2024,6\n',
    )
    expect(files.get('incidents/hexagon-outlines.json')).not.toContain('8808a6ad39fffff')
    for (const [path, text] of files) {
      const figures = text.replace(/\b[0-9a-f]{64}\b/g, '')
      expect(figures, path).not.toContain(String(SUPPRESSED.base))
      if (path.endsWith('.csv')) expect(text, path).not.toContain(`,value,${SUPPRESSED.count},`)
    }
  })

  test('refuses a plan without its table, a table twice, and areas out of order', () => {
    const source = smallSource()
    const [whole, districts] = source.tables
    expect(() => assemblePackage({ ...source, tables: [districts!] })).toThrow('there is no table')
    expect(() => assemblePackage({ ...source, tables: [...source.tables, whole!] })).toThrow(
      'Two tables',
    )
    const turned = { ...districts!, areas: [...districts!.areas].reverse() }
    expect(() => assemblePackage({ ...source, tables: [whole!, turned] })).toThrow('in order')
  })
})

describe('the rules of a data package', () => {
  test('see a word, a number, a key and a reference that are not as the schema says', async () => {
    const folder = mkdtempSync(join(temporary, 'rules-'))
    await replaceFolder(folder, assemblePackage(smallSource()))
    const path = join(folder, 'observations/stadsdel/prov.csv')
    const rows = readFileSync(path, 'utf8').split('\n')
    rows[2] = 'x,2024-01,T,shown,-1,ett'
    rows[3] = rows[4]!
    writeFileSync(path, rows.join('\n'))
    const name = 'observations-stadsdel-prov'
    expect(dataPackageFaults(folder)).toEqual([
      ...[`${name}: bytes`, `${name}: hash`, `${name}.status: enum`],
      ...[`${name}.numerator: minimum`, `${name}.denominator: number`],
      ...[`${name}.denominator: minimum`, `${name}: primary key repeats`],
      `${name}.area: x is not in areas`,
    ])
  })
})

describe('replaceFolder', () => {
  test('leaves the old package when the new cannot be written', async () => {
    const folder = join(temporary, 'whole')
    const files = assemblePackage(smallSource())
    await replaceFolder(folder, files)
    const before = treeOf(folder)
    await expect(replaceFolder(folder, new Map([...files, ['bad\0name', 'x']]))).rejects.toThrow()
    expect(treeOf(folder)).toEqual(before)
    expect(readdirSync(temporary).filter((name) => name.startsWith('whole.'))).toEqual([])
  })

  test('never replaces a folder of other files', async () => {
    const folder = mkdtempSync(join(temporary, 'other-'))
    writeFileSync(join(folder, 'brev.txt'), 'viktigt')
    await expect(replaceFolder(folder, assemblePackage(smallSource()))).rejects.toThrow(
      'other files',
    )
    expect(readdirSync(folder)).toEqual(['brev.txt'])
  })
})

describe('check', () => {
  const damaged = async (path: string, change: (text: string) => string | null) => {
    const folder = mkdtempSync(join(temporary, 'damaged-'))
    await replaceFolder(folder, assemblePackage(smallSource()))
    const text = change(readFileSync(join(folder, path), 'utf8'))
    if (text === null) rmSync(join(folder, path))
    else writeFileSync(join(folder, path), text)
    return checkPackage(folder)
  }

  test('finds nothing wrong with a whole package', async () => {
    expect((await damaged('areas.csv', (text) => text)).findings).toEqual([])
  })

  test.each<[path: string, change: (text: string) => string | null, findings: string[]]>([
    ['observations/kommun/prov.csv', () => null, ['file-missing', 'file-missing']],
    [
      'observations/kommun/prov.csv',
      (text) => text.replace(',900,', ',901,'),
      ['released-checksum', 'package-checksum'],
    ],
    [
      'observations/stadsdel/prov.csv',
      (text) => text.replace('a,2024-01,T,hidden,,', 'a,2024-01,T,value,3,7919'),
      ['released-too-small', 'package-checksum'],
    ],
    [
      'incidents/stadsdel.csv',
      (text) => text.replace('klotter,a', 'klotter,x'),
      ['released-unknown-area', 'package-checksum'],
    ],
    [
      'incidents/hexagons.csv',
      (text) => text.replace(',6\n', ',4\n'),
      ['released-too-small', 'package-checksum'],
    ],
    ['incidents/hexagon-outlines.json', () => '{"a": 1}\n', ['package-outlines']],
    ['neighbours.json', (text) => text.replace('["a"]', '[]'), ['package-neighbours']],
    ['boundaries.json', () => '{', ['package-json']],
    ['index.json', (text) => text.replace('"format":1', '"format":9'), ['package-type']],
    ['areas.csv', (text) => `${text}\n`, ['package-checksum']],
    ['rojandekontroll.md', () => null, ['file-missing']],
    [
      'rojandekontroll.json',
      (text) => text.replace('"hidden": 2', '"hidden": 3'),
      ['package-log-sum', 'package-checksum'],
    ],
    [
      'rojandekontroll.json',
      (text) => text.replace(/"areas.csv": "../, '"areas.csv": "00'),
      ['package-log-checksum', 'package-checksum'],
    ],
  ])('names what is wrong with %s', async (path, change, codes) => {
    const { findings } = await damaged(path, change)
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(codes))
    expect(findings.some(({ file }) => file === path)).toBe(true)
  })

  test('ends with code 1 and a Swedish sentence', async () => {
    const folder = mkdtempSync(join(temporary, 'damaged-'))
    await replaceFolder(folder, assemblePackage(smallSource()))
    writeFileSync(join(folder, 'observations/kommun/prov.csv'), 'area\n')
    const { code, printed } = await lage('check', folder)
    expect(code).toBe(1)
    expect(printed).toContain(
      'Fel: observations/kommun/prov.csv, rad 1: Första raden ska vara "area,period,sex',
    )
  })
})

describe('commands that cannot be carried out', () => {
  test.each([
    [['rita'], 'Kommandot "rita" finns inte.'],
    [['publish', '--areas', 'a.geojson'], 'kräver minst en --observations'],
    [['publish', '--observations', 'a.csv'], 'kräver --areas'],
    [
      ['publish', '--areas', 'saknas.geojson', '--observations', 'a.csv'],
      'saknas.geojson kunde inte',
    ],
    [['publish', '--okänd'], '--okänd'],
    [['check'], 'Ange en mapp'],
  ])('%j', async (parameters, sentence) => {
    const { code, printed } = await lage(...parameters)
    expect(code).toBe(2)
    expect(printed).toContain(sentence)
  })

  test('help lists every command', async () => {
    const { code, printed } = await lage('help')
    expect(code).toBe(0)
    for (const command of ['publish', 'check', 'synthesise', 'boundaries', 'serve'])
      expect(printed).toContain(`\n  ${command}`)
  })
})

describe('publishing own files', () => {
  const square = (name: string, east: number) => ({
    type: 'Feature',
    properties: { namn: name },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [760_000 + east, 7_088_000],
          [761_000 + east, 7_088_000],
          [761_000 + east, 7_089_000],
          [760_000 + east, 7_089_000],
          [760_000 + east, 7_088_000],
        ],
      ],
    },
  })
  const write = (name: string, content: string): string => {
    const path = join(temporary, name)
    writeFileSync(path, content)
    return path
  }
  const areas = write(
    'omraden.geojson',
    JSON.stringify({
      type: 'FeatureCollection',
      features: [square('Ängen', 0), square('Ön', 1000)],
    }),
  )

  test('hides small counts of a register that is not public, and says so', async () => {
    const events = write(
      'orosanmalningar.csv',
      [
        'datum;typ;område',
        ...Array.from({ length: 12 }, () => '2024-01-02;Oro;Ängen'),
        ...Array.from({ length: 3 }, () => '2024-02-02;Oro;Ön'),
      ].join('\n'),
    )
    const folder = join(temporary, 'own')
    const { code, printed } = await lage(
      ...['publish', '--areas', areas, '--observations', events, '--out', folder],
      ...['--municipality', '2480 Umeå kommun', '--release', '2024-05-01', '--title', 'Prov'],
    )
    expect(code, printed).toBe(0)
    expect(printed).toContain('antal under 5 döljs')
    const text = readFileSync(join(folder, 'observations/stadsdel/oro.csv'), 'utf8')
    expect(text).toContain('angen,2024-01,T,value,12,\n')
    expect(text).toContain('on,2024-02,T,hidden,,\n')
    expect(indexIn(folder).register.areas.map(({ id }) => id)).toEqual(['2480', 'angen', 'on'])
    expect((await checkPackage(folder)).findings).toEqual([])
    expect(dataPackageFaults(folder)).toEqual([])
  })

  test('publishes a table of counts by sex with its total', async () => {
    const counts = write(
      'elever.csv',
      'område;period;kön;antal;nämnare\nÄngen;2024;K;10;100\nÄngen;2024;M;20;100\nÖn;2024;K;30;60\nÖn;2024;M;9;60\n',
    )
    const folder = join(temporary, 'counts')
    const { code, printed } = await lage(
      ...['publish', '--areas', areas, '--observations', counts, '--out', folder],
    )
    expect(code, printed).toBe(0)
    const text = readFileSync(join(folder, 'observations/kommun/elever.csv'), 'utf8')
    expect(text).toContain('hela-kommunen,2024,T,value,69,320\n')
    expect(text).toContain('hela-kommunen,2024,K,value,40,160\n')
    expect((await checkPackage(folder)).findings).toEqual([])
  })

  test('writes nothing when a row is in error, and names file, row and column', async () => {
    const counts = write('fel.csv', 'område;period;antal\nÄngen;2024;10\nÖen;2024;7\n')
    const folder = join(temporary, 'nothing')
    const { code, printed } = await lage(
      ...['publish', '--areas', areas, '--observations', counts, '--out', folder],
    )
    expect(code).toBe(1)
    expect(printed).toContain('Fel: fel.csv, rad 3, kolumn område: Området "Öen" finns inte')
    expect(readdirSync(temporary)).not.toContain('nothing')
  })
})
