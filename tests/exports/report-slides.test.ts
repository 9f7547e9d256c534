import { readFileSync } from 'node:fs'
import { read, utils } from '@e965/xlsx'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { roundAbove } from '../../src/exports/report/slides-charts.ts'
import { reportSlides } from '../../src/exports/report/slides.ts'
import type { ReportFigure } from '../../src/views/report.ts'
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

  it('says of itself what it is, and holds no thumbnail and no name of a tool', () => {
    const core = parts.get('docProps/core.xml')!
    expect(core).toContain(`<dc:title>${SAMPLE_REPORT.title}</dc:title>`)
    expect(core).toContain(`<dc:subject>${SAMPLE_REPORT.subtitle}</dc:subject>`)
    expect(core).toContain('<dc:creator>Lägeskartan</dc:creator>')
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
