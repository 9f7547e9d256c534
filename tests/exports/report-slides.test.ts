import { readFileSync } from 'node:fs'
import { read, utils } from '@e965/xlsx'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { roundAbove } from '../../src/exports/report/slides-charts.ts'
import { reportSlides } from '../../src/exports/report/slides.ts'
import type { Report, ReportFigure, ReportScatter } from '../../src/views/report.ts'
import { SAMPLE_REPORT } from '../support/sample-report.ts'

const TOKENS = readFileSync('src/ui/tokens.css', 'utf8')
const colour = (token: string): string => {
  const found = new RegExp(`--${token}: (#[0-9a-f]{6});`).exec(TOKENS)
  if (!found) throw new Error(`no token ${token}`)
  return found[1]!
}

/** The smallest picture there is; what is drawn is kept beside it. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const drawn: string[] = []
const rasterise = (svg: string): Promise<Uint8Array> => {
  drawn.push(svg)
  return Promise.resolve(new Uint8Array(Buffer.from(PIXEL, 'base64')))
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const
const plain = (xml: string): string =>
  xml.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])

/** The runs of text in a part, one a line. */
const textOf = (xml: string): string =>
  [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => plain(text!)).join('\n')

/** @throws where elements are not closed in order, or "&" is not an entity's */
function expectWellFormed(name: string, xml: string): void {
  const open: string[] = []
  for (const [, close, tag, self] of xml.matchAll(
    /<(\/?)([A-Za-z][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*"[^"<]*")*\s*(\/?)>/g,
  )) {
    if (self) continue
    if (!close) open.push(tag!)
    else expect(`${name}: ${open.pop() ?? 'nothing'}`).toBe(`${name}: ${tag!}`)
  }
  expect(open, name).toEqual([])
  const between = xml.replace(
    /<\?xml[^?]*\?>|<(\/?)([A-Za-z][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*"[^"<]*")*\s*(\/?)>/g,
    '',
  )
  expect(between, name).not.toMatch(/[<]|&(?!(amp|lt|gt|quot|apos|#\d+);)/)
}

let members: Record<string, Uint8Array>
let parts: Map<string, string>
const named = (pattern: RegExp): string[] =>
  [...parts].filter(([name]) => pattern.test(name)).map(([, xml]) => xml)
const slides = (): string[] => named(/^ppt\/slides\/slide\d+\.xml$/)
const notes = (): string[] => named(/^ppt\/notesSlides\/notesSlide\d+\.xml$/)
const charts = (): [string, string][] =>
  [...parts].filter(([name]) => /^ppt\/charts\/chart\d+\.xml$/.test(name))

beforeAll(async () => {
  members = unzipSync(await reportSlides(SAMPLE_REPORT, { colour, rasterise }))
  parts = new Map(
    Object.entries(members)
      .filter(([name]) => /\.(xml|rels)$/.test(name))
      .map(([name, bytes]) => [name, strFromU8(bytes)]),
  )
})

const blocks = SAMPLE_REPORT.sections.flatMap((section) => section.blocks)

describe('a report as slides', () => {
  it('says everything that the report says', () => {
    const said = textOf(slides().join(''))
    const beside = textOf(notes().join(''))
    for (const block of blocks) {
      if (block.kind === 'text')
        for (const paragraph of block.paragraphs) expect(said).toContain(paragraph)
      if (block.kind !== 'table') continue
      for (const row of block.rows) {
        for (const text of [row.name, row.place, row.verdictText, row.periodText, row.trend?.word])
          expect(said).toContain(text ?? '')
        for (const figure of [row.figure, row.reference, row.women, row.men]) {
          if (!figure) continue
          expect(said).toContain(figure.kind === 'value' ? figure.text : figure.word)
          if (figure.kind !== 'value') expect(said).toContain(figure.reason)
        }
        if (row.figure.kind === 'value') expect(said).toContain(row.figure.interval!.text)
        expect(beside).toContain(row.trend?.explanation ?? '')
      }
      for (const sentence of block.elsewhere) expect(said).toContain(sentence)
    }
    for (const { name, definition, source, caveats, disclosure } of SAMPLE_REPORT.definitions) {
      for (const text of [name, definition, source]) expect(said).toContain(text)
      for (const text of [...caveats, disclosure]) expect(beside).toContain(text)
    }
    for (const { text } of [...SAMPLE_REPORT.facts, ...SAMPLE_REPORT.key])
      expect(said).toContain(text)
    for (const text of [...SAMPLE_REPORT.sources, ...SAMPLE_REPORT.limits])
      expect(said).toContain(text)
    for (const note of SAMPLE_REPORT.sections.flatMap((section) => section.notes))
      expect(beside).toContain(note)
  })

  it('has charts of exactly what the report shows: gaps are gaps, zero is zero', () => {
    const drawnBlocks = blocks.flatMap((block) =>
      block.kind === 'lines' || block.kind === 'bars' ? [block] : [],
    )
    expect(charts()).toHaveLength(drawnBlocks.length)
    for (const [at, [name, xml]] of charts().entries()) {
      const block = drawnBlocks[at]!
      const isTopDown = block.kind === 'bars' && block.form === 'pyramid'
      const ordered = <T>(all: readonly T[]): readonly T[] => (isTopDown ? all.toReversed() : all)
      const series = xml.match(/<c:ser>[\s\S]*?<\/c:ser>/g)!
      const wanted = block.series.map(({ figures }) =>
        ordered(figures).map((figure: ReportFigure) =>
          figure.kind === 'value' ? figure.value : null,
        ),
      )
      const found = series.map((one, place) => {
        const values: (number | null)[] = wanted[place]!.map(() => null)
        const points = /<c:val>[\s\S]*<\/c:val>/.exec(one)![0]
        for (const [, index, value] of points.matchAll(/<c:pt idx="(\d+)"><c:v>([^<]+)</g))
          values[Number(index)] = Number(value)
        return values
      })
      expect(found).toEqual(wanted)
      expect(xml).not.toMatch(/<c:v><\/c:v>|<c:v\/>/)
      expect(xml).toContain('<c:dispBlanksAs val="gap"/>')
      const links = parts.get(`${name.replace('charts/', 'charts/_rels/')}.rels`)!
      const target = /embeddings\/[^"]+/.exec(links)![0]
      const book = read(members[`ppt/${target}`]!)
      const rows = utils.sheet_to_json<(string | number | null)[]>(book.Sheets['Sheet1']!, {
        ...{ header: 1, raw: true, defval: null },
      })
      expect(rows[0]!.slice(1)).toEqual(block.series.map((one) => one.name))
      wanted.forEach((values, place) => {
        expect(rows.slice(1).map((row) => row[place + 1] ?? null)).toEqual(values)
      })
    }
  })

  it('says on the slide why a chart has gaps', () => {
    const said = textOf(slides().join(''))
    expect(said).toContain('Dold i röjandekontrollen (feb).')
    expect(said).toContain('Dold i röjandekontrollen (Ålidhem södra 2020).')
    expect(said).toContain('Saknas: uppgift finns inte (Män 13–18).')
  })

  it('has no picture without words, no slide without notes, label and language', () => {
    const all = slides()
    expect(notes()).toHaveLength(all.length)
    const foot = textOf(named(/^ppt\/slideLayouts\/slideLayout\d+\.xml$/).join(''))
    expect(foot.split(SAMPLE_REPORT.synthetic!.label)).toHaveLength(4)
    expect(foot).toContain(SAMPLE_REPORT.imprint)
    for (const slide of all) {
      for (const [frame] of slide.matchAll(/<p:(pic|graphicFrame)>[\s\S]*?<\/p:\1>/g))
        expect(/<p:cNvPr [^>]*descr="([^"]+)"/.exec(frame)?.[1]?.length).toBeGreaterThan(5)
      const ids = [...slide.matchAll(/<p:cNvPr id="(\d+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(slide).toMatch(/<p:ph\s[^>]*type="title"/)
      expect(slide).not.toMatch(/<\/a:r><a:pPr/)
    }
    for (const note of notes()) {
      expect(textOf(note)).toContain(SAMPLE_REPORT.synthetic!.sentence)
      // Beside what stands in all of them, and the number of the slide, something of its own.
      expect(textOf(note).split('\n').length).toBeGreaterThanOrEqual(4)
    }
    for (const [name, xml] of parts) {
      for (const [, language] of xml.matchAll(/ lang="([^"]*)"/g)) expect(language).toBe('sv-SE')
      if (name.startsWith('ppt/slides/slide')) expect(xml).not.toMatch(/<a:rPr(?![^>]* lang=)/)
      expectWellFormed(name, xml)
    }
  })

  it('draws hidden and missing figures on grounds of their own, and no strip without figures', () => {
    const cells = slides().flatMap((slide) => slide.match(/<a:tc>[\s\S]*?<\/a:tc>/g) ?? [])
    const groundsOf = (word: string): Set<string | undefined> =>
      new Set(
        cells
          .filter((cell) => textOf(cell) === word)
          .map((cell) => /pattFill prst="(\w+)"/.exec(cell)?.[1]),
      )
    expect(groundsOf('dold')).toEqual(new Set(['wdUpDiag']))
    expect(groundsOf('saknas')).toEqual(new Set(['dotGrid']))
    expect(groundsOf('17,1\u00a0%')).toEqual(new Set([undefined]))
    const strips = drawn.find((svg) => svg.includes('mot övriga kommunen'))!
    expect(strips.match(/<circle/g)).toHaveLength(2)
  })

  it('says on each slide where its figures come from', () => {
    const sourceOf = new Map(SAMPLE_REPORT.definitions.map((one) => [one.indicator, one.source]))
    let told = 0
    for (const block of blocks)
      for (const { name, indicator } of block.kind === 'table' ? block.rows : []) {
        const source = sourceOf.get(indicator)
        const own = slides().filter((slide) =>
          slide.match(/<a:tc>[\s\S]*?<\/a:tc>/g)?.some((cell) => textOf(cell).startsWith(name)),
        )
        // The first is the table's own: definitions come last.
        if (source === undefined) continue
        expect(textOf(own[0]!)).toMatch(/^Käll(a|or): /m)
        expect(/^Käll.*$/m.exec(textOf(own[0]!))![0]).toContain(source)
        told++
      }
    expect(told).toBeGreaterThan(0)
  })

  it('says of who lives there where that comes from, on the slide and beside it', async () => {
    const pyramid = blocks.find((block) => block.kind === 'bars' && block.form === 'pyramid')!
    const note = `${(pyramid as { title: string }).title}: Källa: Befolkningsregistret.`
    const [first] = SAMPLE_REPORT.sections
    const files = unzipSync(
      await reportSlides(
        { ...SAMPLE_REPORT, sections: [{ ...first!, blocks: [pyramid], notes: [note] }] },
        { colour, rasterise },
      ),
    )
    expect(textOf(strFromU8(files['ppt/slides/slide2.xml']!))).toContain(
      'Källa: Befolkningsregistret',
    )
    expect(textOf(strFromU8(files['ppt/notesSlides/notesSlide2.xml']!))).toContain(note)
  })

  it('sets long names on more slides, never too small to be read, and loses none', async () => {
    const long = ' bland personer som är folkbokförda i området hela året'
    const report = {
      ...SAMPLE_REPORT,
      sections: SAMPLE_REPORT.sections.map((section) => ({
        ...section,
        blocks: section.blocks.map((block) =>
          block.kind === 'table'
            ? {
                ...block,
                rows: Array.from({ length: 25 }, (_, at) => ({
                  ...block.rows[at % block.rows.length]!,
                  name: `Tal ${at}${at % 3 === 0 ? long.repeat(3) : ''}`,
                })),
              }
            : block,
        ),
      })),
    }
    const files = unzipSync(await reportSlides(report, { colour, rasterise }))
    const all = Object.keys(files)
      .filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
      .map((name) => strFromU8(files[name]!))
    const tables = all.flatMap((slide) => slide.match(/<a:tbl>[\s\S]*?<\/a:tbl>/g) ?? [])
    const rows = tables
      .flatMap((table) => [...table.matchAll(/<a:tr h="(\d+)">([\s\S]*?)<\/a:tr>/g)])
      .filter(([, , row]) => textOf(row!).startsWith('Tal '))
    const wanted = report.sections.flatMap((section) =>
      section.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])),
    )
    expect(rows.map(([, , row]) => textOf(row!).split('\n')[0])).toEqual(
      wanted.map(({ name }) => name),
    )
    for (const [, height, row] of rows) {
      const points = Number(/ sz="(\d+)"/.exec(row!)![1]) / 100
      expect(points).toBeGreaterThanOrEqual(12)
      // Letters are two fifths as wide as they are high, or wider; the column is less than three inches wide.
      const lines = (textOf(row!).split('\n')[0]!.length * 0.4 * points) / (3 * 72)
      expect(Number(height) / 12700).toBeGreaterThan(lines * points)
    }
    for (const slide of all) {
      for (const [, size] of slide.matchAll(/ sz="(\d+)"/g))
        expect(Number(size)).toBeGreaterThanOrEqual(800)
      // Above the foot, in the format's units: 914,400 on an inch.
      for (const [, y] of slide.matchAll(/<p:xfrm><a:off x="\d+" y="(\d+)"\/>/g)) {
        const heights = [...slide.matchAll(/<a:tr h="(\d+)">/g)].map(([, height]) => Number(height))
        if (heights.length === 0) continue
        const end = Number(y) + heights.reduce((sum, height) => sum + height, 0)
        expect(end / 914400).toBeLessThan(6.88)
      }
    }
  })

  it('names no part that is not there, and has its elements where the format wants them', () => {
    const types = parts.get('[Content_Types].xml')!
    const declared = [...types.matchAll(/PartName="\/([^"]+)"/g)].map(([, name]) => name!)
    expect(declared.length).toBeGreaterThan(slides().length)
    for (const name of declared) expect(Object.keys(members)).toContain(name)
    for (const [name, xml] of parts) {
      if (!name.endsWith('.rels')) continue
      const folder = name.replace(/_rels\/[^/]+$/, '')
      for (const [, target] of xml.matchAll(/ Target="([^"]+)"/g)) {
        const { pathname } = new URL(target!, `file:///${folder}`)
        expect(Object.keys(members)).toContain(pathname.slice(1))
      }
    }
    expect(parts.get('ppt/presentation.xml')).toMatch(
      /<\/p:sldMasterIdLst><p:notesMasterIdLst>.*<\/p:notesMasterIdLst><p:sldIdLst>/,
    )
    for (const [, xml] of charts())
      if (xml.includes('<c:lineChart>'))
        expect(xml).toContain('<c:lineChart><c:grouping val="standard"/><c:varyColors')
  })

  it('has every picture as it was drawn', () => {
    const pictures = Object.entries(members).filter(([name]) => name.startsWith('ppt/media/'))
    expect(pictures.length).toBeGreaterThan(0)
    for (const [, bytes] of pictures) expect(Buffer.from(bytes).toString('base64')).toBe(PIXEL)
  })

  it('says of itself what it is, and holds no thumbnail and no name of a tool', () => {
    const core = parts.get('docProps/core.xml')!
    expect(core).toContain(`<dc:title>${SAMPLE_REPORT.title}</dc:title>`)
    expect(core).toContain(`<dc:subject>${SAMPLE_REPORT.subtitle}</dc:subject>`)
    expect(core).toContain('<dc:creator>Lägeskartan</dc:creator>')
    expect(parts.get('docProps/app.xml')).toContain('<Company></Company>')
    expect(core.match(/\d{4}-\d\d-\d\dT/g)).toEqual([
      `${SAMPLE_REPORT.date}T`,
      `${SAMPLE_REPORT.date}T`,
    ])
    expect(Object.keys(members).join(' ')).not.toContain('thumbnail')
    for (const [name, xml] of parts) expect(`${name} ${xml}`).not.toContain('PptxGenJS')
  })

  it('draws no chart where nothing is shown, and keeps formulas and odd characters inert', async () => {
    const [first] = SAMPLE_REPORT.sections
    const hidden: ReportFigure = { kind: 'hidden', word: 'dold', reason: 'Dold' }
    const name = '=cmd|x\u0000<&"\ud800'
    const files = unzipSync(
      await reportSlides(
        {
          ...SAMPLE_REPORT,
          sections: [
            {
              ...first!,
              blocks: blocks.flatMap((block) =>
                block.kind === 'bars' && block.form === 'columns'
                  ? [
                      { ...block, series: [{ name, figures: block.categories.map(() => hidden) }] },
                      { ...block, categories: ['@a', '+b', name] },
                    ]
                  : [],
              ),
            },
          ],
        },
        { colour, rasterise },
      ),
    )
    const names = Object.keys(files)
    expect(names.filter((one) => /charts\/chart\d+\.xml$/.test(one))).toHaveLength(1)
    const book = read(files[names.find((one) => one.includes('embeddings/'))!]!)
    for (const [address, cell] of Object.entries(book.Sheets['Sheet1']!))
      if (/^[A-Z]/.test(address)) expect(cell as { f?: string; v: unknown }).not.toHaveProperty('f')
    expect((book.Sheets['Sheet1'] as Record<string, { v: unknown }>)['A2']!.v).toBe("'@a")
    for (const one of names.filter((file) => file.endsWith('.xml')))
      expectWellFormed(one, strFromU8(files[one]!))
  })

  it.each([0, 0.3, 1, 9, 12.4, 133998])('ends an axis at a round number above %d', (most) => {
    const { top, step } = roundAbove(most)
    expect(top).toBeGreaterThanOrEqual(most)
    expect(top).toBeLessThanOrEqual(Math.max(1, 2 * most))
    expect(top / step).toBeCloseTo(Math.round(top / step), 9)
  })
})

describe('sources without room below their slide', () => {
  it('stand whole on slides of their own, none lost, none higher than its slide', async () => {
    const words = (name: string, count: number): string =>
      Array.from({ length: count }, (_, at) => `${name}${at}`).join(' ')
    const foot = words('fot', 900)
    const sources = Array.from({ length: 60 }, (_, at) => words(`källa${at}ord`, 12))
    const [first, ...others] = SAMPLE_REPORT.sections
    const map = blocks.find(({ kind }) => kind === 'map')!
    const report = {
      ...{ ...SAMPLE_REPORT, kind: 'briefing' as const, sources },
      sections: [{ ...first!, blocks: [map], foot }, ...others],
    }
    const made = unzipSync(await reportSlides(report, { colour, rasterise }))
    const pages = Object.entries(made)
      .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
      .map(([, bytes]) => textOf(strFromU8(bytes)))
    const said = new Set(pages.join(' ').split(/\s+/))
    for (const word of [foot, ...sources].join(' ').split(' ')) expect(said).toContain(word)
    for (const page of pages.filter((text) => text.includes('källa') || text.includes('fot1')))
      expect(page.length).toBeLessThan(5200)
  })
})

describe('areas by two indicators', () => {
  const figure = (value: number, decimals = 1): ReportFigure => ({
    ...{ kind: 'value', value, decimals, unit: '', text: String(value), caution: '' },
    interval: null,
  })
  const NAMES = ['Ett', 'Två & tre', '=SUMMA(A1)', 'Fyra', 'Fem']
  const ACROSS = [12.5, 3.1, 0, 44.2, 18]
  const ALONG = [-4, 2.25, 7.5, 0, 11]
  const points = NAMES.map((name, at) => ({
    name,
    across: figure(ACROSS[at]!),
    along: figure(ALONG[at]!, 2),
    ...(at === 4 ? { corner: { name: 'Höga i båda', token: 'biv-22' }, isNamed: true } : {}),
    ...(at === 1 ? { isNamed: true } : {}),
  }))
  const scatter: ReportScatter = {
    ...{ kind: 'scatter', id: 'par', caption: 'C', alternative: 'Fem områden', svg: '<svg/>' },
    ...{ width: 400, height: 300, indicator: 'a', periodText: '', unitText: '' },
    across: { indicator: 'a', name: 'Frånvaro', unitText: 'procent', periodText: '2025' },
    along: { indicator: 'b', name: 'Klotter', unitText: 'per 1 000', periodText: '2025' },
    points: [
      ...points,
      {
        ...{ name: 'Dold', along: figure(99) },
        across: { kind: 'hidden', word: 'dold', reason: 'Dold i röjandekontrollen' },
      },
    ],
  } as unknown as ReportScatter
  const section = SAMPLE_REPORT.sections[0]!
  const briefing: Report = {
    ...SAMPLE_REPORT,
    kind: 'briefing',
    sections: [{ ...section, heading: 'Samvariation', blocks: [scatter] }],
  }

  it('are a chart that can be edited, of exactly those that have both figures', async () => {
    const own = unzipSync(await reportSlides(briefing, { colour, rasterise }))
    const charts = Object.keys(own).filter((name) => /^ppt\/charts\/chart\d+\.xml$/.test(name))
    expect(charts).toHaveLength(1)
    const xml = strFromU8(own[charts[0]!]!)
    expectWellFormed(charts[0]!, xml)
    expect(xml).toContain('<c:scatterChart>')
    const series = xml.match(/<c:ser>[\s\S]*?<\/c:ser>/g)!
    const drawn = series.flatMap((one) => {
      const of = (part: string): Map<number, number> =>
        new Map(
          [
            ...new RegExp(`<c:${part}>[\\s\\S]*?</c:${part}>`)
              .exec(one)![0]
              .matchAll(/<c:pt idx="(\d+)"><c:v>([^<]+)</g),
          ].map(([, at, value]) => [Number(at), Number(value)]),
        )
      const [x, y] = [of('xVal'), of('yVal')]
      return [...y].map(([at, value]) => ({ at, x: x.get(at), y: value }))
    })
    expect(drawn.toSorted((a, b) => a.at - b.at)).toEqual(
      NAMES.map((_, at) => ({ at, x: ACROSS[at], y: ALONG[at] })),
    )
    const labels = series.map((one) => textOf(one))
    expect(labels).toEqual(['Två & tre', 'Fem'])
    expect(xml).not.toMatch(/Dold|>99</)
    expect(xml).toContain('Frånvaro, procent')
    const book = read(own[Object.keys(own).find((name) => name.includes('embeddings/'))!]!)
    const rows = utils.sheet_to_json<(string | number | null)[]>(book.Sheets['Sheet1']!, {
      ...{ header: 1, raw: true, defval: null },
    })
    expect(rows[0]).toEqual(['Frånvaro, procent', 'Övriga områden', 'Höga i båda', 'Område'])
    expect(rows[5]).toEqual([18, null, 11, 'Fem'])
    expect(rows[3]).toEqual([0, 7.5, null, "'=SUMMA(A1)"])
    expect(rows).toHaveLength(6)
  })
})
