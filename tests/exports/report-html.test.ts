import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { reportArticle, reportHtml } from '../../src/exports/report/html.ts'
import { cssString, REPORT_TOKENS } from '../../src/exports/report/html-style.ts'
import { reportPictures } from '../../src/exports/report/pictures.ts'
import type { Report, ReportFigure, ReportMap } from '../../src/views/report.ts'
import { SAMPLE_REPORT } from '../support/sample-report.ts'
import { strictMarkup, type MarkupElement } from '../support/strict-markup.ts'

const colour = (token: string): string => `#${token.length.toString(16).repeat(6).slice(0, 6)}`
const pageOf = (report: Report): string => reportHtml(report, { colour, fontFace: '' })
const elementsOf = (report: Report): MarkupElement[] => strictMarkup(pageOf(report))
const styleOf = (elements: readonly MarkupElement[]): string =>
  elements.flatMap(({ name, text }) => (name === 'style' ? [text] : [])).join('\n')
const body = (elements: readonly MarkupElement[]): string =>
  elements.find(({ name }) => name === 'article')!.text

/** Every figure that a report shows in rows and charts. */
const figuresOf = ({ sections }: Report): ReportFigure[] =>
  sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => {
      if (block.kind === 'table')
        return block.rows.flatMap(({ figure, reference, women, men }) =>
          [figure, reference, women, men].filter((one) => one !== null),
        )
      return block.kind === 'bars' || block.kind === 'lines'
        ? block.series.flatMap(({ figures }) => figures)
        : []
    })

const withMap = (change: Partial<ReportMap>): Report => ({
  ...SAMPLE_REPORT,
  sections: SAMPLE_REPORT.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) => (block.kind === 'map' ? { ...block, ...change } : block)),
  })),
})

describe('the page of a report', () => {
  const elements = elementsOf(SAMPLE_REPORT)
  const words = body(elements)

  it('says every figure with its interval, and the word and reason where there is none', () => {
    for (const figure of figuresOf(SAMPLE_REPORT))
      if (figure.kind === 'value') {
        expect(words).toContain(figure.text)
        if (figure.interval) expect(words).toContain(figure.interval.text)
      } else {
        expect(words).toContain(figure.word)
        expect(words).toContain(figure.reason)
      }
  })

  it('says all else that the report does', () => {
    const report = SAMPLE_REPORT
    const told = [
      ...[report.title, report.subtitle, report.synthetic!.label, report.synthetic!.sentence],
      ...[...report.facts, ...report.key].flatMap(({ label, text }) => [label, text]),
      ...[...report.sources, ...report.limits],
      ...report.definitions.flatMap((one) => [
        ...[one.name, one.classText, ...one.focusProblems, one.unitText, one.definition],
        ...[one.source, one.frequency, one.periodText, ...one.caveats, one.disclosure],
      ]),
      ...report.sections.flatMap(({ heading, blocks }) => [
        heading,
        ...blocks.flatMap((block) => {
          if (block.kind === 'text') return [block.heading ?? '', ...block.paragraphs]
          if (block.kind === 'map' || block.kind === 'scatter') return [block.caption]
          if (block.kind === 'list') return block.groups.map((group) => group.heading)
          if (block.kind !== 'table') return [block.title, block.note]
          return [
            ...[block.caption, ...block.elsewhere],
            ...block.rows.flatMap(({ name, place, unitText, periodText, verdictText, note }) => [
              ...[name, place, unitText, periodText, verdictText, note],
            ]),
            ...block.rows.map(({ trend }) => trend?.word ?? ''),
          ]
        }),
      ]),
    ]
    for (const text of told) expect(words).toContain(text)
  })

  it('sets the words of an analyst apart from those of figures', () => {
    const analyst = elements.filter(({ attributes }) => attributes['class'] === 'analyst')
    expect(analyst.map(({ text }) => text)).toEqual([
      'Analys och bedömning=Fritidsgården öppnade igen i våras & besöken är fler.',
    ])
  })

  it('is one page in Swedish with one title and a heading for each part', () => {
    expect(elements[0]).toMatchObject({ name: 'html', attributes: { lang: 'sv' } })
    expect(elements.filter(({ name }) => name === 'h1').map(({ text }) => text)).toEqual([
      'Ålidhem södra',
    ])
    expect(elements.filter(({ name }) => name === 'main')).toHaveLength(1)
    const headings = elements.filter(({ name }) => name === 'h2')
    const ids = elements.map(({ attributes }) => attributes['id']).filter((id) => id !== undefined)
    expect(new Set(ids).size).toBe(ids.length)
    const labelled = elements.filter(
      ({ name, attributes }) => name === 'section' && 'aria-labelledby' in attributes,
    )
    expect(labelled.map(({ attributes }) => attributes['aria-labelledby'])).toEqual(
      headings.map(({ attributes }) => attributes['id']),
    )
    const links = elements.flatMap(({ attributes }) => attributes['href'] ?? [])
    expect(links.length).toBeGreaterThan(3)
    for (const link of links) expect(ids).toContain(link.slice(1))
  })

  it('tells every picture in words, or stands beside them', () => {
    const pictures = elements.filter(({ name }) => name === 'svg')
    for (const { attributes } of pictures)
      if (attributes['aria-hidden'] !== 'true') {
        expect(attributes['role']).toBe('img')
        expect(attributes['aria-label']).not.toBe('')
      }
    const labels = pictures.map(({ attributes }) => attributes['aria-label'])
    for (const { blocks } of SAMPLE_REPORT.sections)
      for (const block of blocks)
        if ('alternative' in block) expect(labels).toContain(block.alternative)
    expect(labels).toContain(
      'Trångboddhet: Ålidhem södra 17,1\u00a0%, Kommunen 15,1\u00a0%, högre.',
    )
    expect(labels.some((label) => label?.includes('2019: dold'))).toBe(true)
  })

  it('has tables whose cells know their row and their column', () => {
    const tables = elements.filter(({ name }) => name === 'table')
    expect(tables.length).toBeGreaterThan(3)
    for (const table of tables) {
      const isWithin = (element: MarkupElement | null): boolean =>
        element !== null && (element === table || isWithin(element.parent))
      const own = elements.filter(({ parent }) => isWithin(parent))
      expect(own.filter(({ name }) => name === 'caption')).toHaveLength(1)
      const heads = own.filter(({ name }) => name === 'th')
      expect(heads.every(({ attributes }) => /^(col|row)$/.test(attributes['scope']!))).toBe(true)
      const columns = heads.filter(({ attributes }) => attributes['scope'] === 'col').length
      for (const row of own.filter(({ name }) => name === 'tr')) {
        const cells = own.filter(({ parent }) => parent === row)
        const spans = cells.map(({ attributes }) => Number(attributes['colspan'] ?? 1))
        expect(spans.reduce((sum, span) => sum + span, 0)).toBe(columns)
      }
    }
  })

  it('asks for nothing and runs nothing', () => {
    const page = pageOf(SAMPLE_REPORT)
    expect(page).not.toMatch(/<script|\son[a-z]+=|javascript:|url\(|@import/i)
    expect(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|\/\//)
    const policy = elements.find(({ attributes }) => 'http-equiv' in attributes)!
    expect(policy.attributes['content']).toMatch(/^default-src 'none';/)
    expect(policy.attributes['content']).not.toContain('script-src')
  })

  it('says on every sheet of paper what it is of, that it is invented, and from which release', () => {
    const margins = (/@page\{size:A4[\s\S]*?\}\}/.exec(styleOf(elements)) ?? [''])[0]
    expect(margins).toContain(`@top-left{content:${cssString(SAMPLE_REPORT.title)}`)
    expect(margins).toContain(`@top-right{content:${cssString('Syntetiska demonstrationsdata')}`)
    expect(margins).toContain(`@bottom-left{content:${cssString(SAMPLE_REPORT.imprint)}`)
    expect(margins).toContain('counter(pages)')
  })
})

test('a report of real figures never says that they are invented', () => {
  const real: Report = {
    ...withMap({ svg: '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>' }),
    synthetic: null,
    sources: [],
    definitions: SAMPLE_REPORT.definitions.map((one) => ({ ...one, synthetic: false })),
  }
  expect(pageOf(real)).not.toMatch(/syntetisk/i)
})

test('only a drawing is taken for a map; else it is told in words', () => {
  const map = (svg: string) => elementsOf(withMap({ svg, alternative: 'Karta i ord.' }))
  for (const svg of [
    '<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"></svg>',
    '<svg><a href="https://example.se"><path d="M0 0"/></a></svg>',
    '<svg><foreignObject><p>x</p></foreignObject></svg>',
    '<svg><image href="x"/></svg>',
    '<p>x</p>',
  ]) {
    const elements = map(svg)
    expect(elements.some(({ name }) => /script|foreignObject|image/.test(name))).toBe(false)
    expect(body(elements)).toContain('Karta i ord.')
  }
})

/** A report with every text of it replaced; what is code, drawn, or chosen from a list stays. */
function retold(value: unknown, tell: (text: string) => string, key = ''): unknown {
  const kept = /^(kind|voice|form|format|id|svg|role|verdict|direction|indicator|period|code)$/
  if (typeof value === 'string') return kept.test(key) ? value : tell(value)
  if (Array.isArray(value)) return value.map((item) => retold(item, tell, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, retold(item, tell, name)]),
  )
}

const HOSTILE = [
  ...['</style><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<!--', ']]>', '&lt;'],
  ...["';}</style>", '\\', '\u0000\u001b', '\ud800', '\u2028', '@import "x"', '</svg></table>'],
]

test('no text breaks out of the markup', () => {
  // A long word turns those of the charts upwards.
  const long = retold(SAMPLE_REPORT, () => 'x'.repeat(40)) as Report
  const plain = [...elementsOf(SAMPLE_REPORT), ...elementsOf(long)]
  const names = new Set(plain.map(({ name }) => name))
  const attributes = new Set(plain.flatMap((element) => Object.keys(element.attributes)))
  const texts = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 30 }))
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 8 }), (list) => {
      let at = 0
      const report = retold(SAMPLE_REPORT, () => list[at++ % list.length]!) as Report
      const elements = elementsOf(report)
      expect(elements.filter(({ name }) => !names.has(name))).toEqual([])
      const keys = elements.flatMap((element) => Object.keys(element.attributes))
      expect(keys.filter((key) => !attributes.has(key))).toEqual([])
      // Braces that are in order: no text has ended a rule or begun one.
      const depths = [...styleOf(elements).replace(/[^{}]/g, '')].reduce<number[]>(
        (deep, one) => [...deep, deep.at(-1)! + (one === '{' ? 1 : -1)],
        [0],
      )
      expect(Math.min(...depths)).toBe(0)
      expect(depths.at(-1)).toBe(0)
    }),
    { numRuns: 60 },
  )
})

test('every colour is one of those that are named, and of the design', () => {
  const asked = new Set<string>()
  const ask = (token: string): string => {
    asked.add(token)
    return '#000000'
  }
  reportHtml(SAMPLE_REPORT, { colour: ask, fontFace: '' })
  reportPictures(SAMPLE_REPORT, ask)
  expect(
    [...asked].filter((token) => !(REPORT_TOKENS as readonly string[]).includes(token)),
  ).toEqual([])
  const tokens = readFileSync('src/ui/tokens.css', 'utf8')
  for (const token of REPORT_TOKENS) expect(tokens).toMatch(new RegExp(`--${token}: #[0-9a-f]{6}`))
})

test('what looks like a formula is only text', () => {
  const cells = elementsOf(SAMPLE_REPORT).filter(({ name }) => name === 'th')
  expect(cells.some(({ text }) => text.startsWith('=1+1 (egen indikator)'))).toBe(true)
})

test('an article that is printed from a page styles nothing but itself', () => {
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(reportArticle(SAMPLE_REPORT, colour))!
  const rules = style!
    .replace(/@page[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
    .replace(/@media[^{]*\{/g, '')
    .match(/[^{}]+(?=\{)/g)!
  expect(rules.length).toBeGreaterThan(60)
  for (const selector of rules.flatMap((rule) => rule.split(',')))
    expect(selector.trim()).toMatch(/^\.report\b/)
})
