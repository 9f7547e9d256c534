import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { recordsOf } from '../../src/exports/report/records.ts'
import { reportArticle } from '../../src/exports/report/html.ts'
import { slideDeck } from '../../src/exports/report/slide-deck.ts'
import { reportSlides } from '../../src/exports/report/slides.ts'
import { briefingsOf } from '../../src/files/package/briefing-shape.ts'
import { cellAt } from '../../src/core/released-slice.ts'
import { DEFAULT_VIEW_STATE, encode, type ViewState } from '../../src/core/view-state.ts'
import { areaList } from '../../src/views/area-list.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import { newSlide } from '../../src/views/briefing/briefing.ts'
import { shownSlide } from '../../src/views/briefing/shown-slide.ts'
import { figuresOf, type SlideContent } from '../../src/views/briefing/slide-content.ts'
import { tableSlide } from '../../src/views/briefing/table-slide.ts'
import type { ReportTable } from '../../src/views/report.ts'
import { tableOnSlide } from '../../src/views/report-table.ts'
import {
  briefingWorld,
  INDICATORS,
  PERIODS,
  slidesOf,
  type WorldFigure,
  type WorldFigures,
} from '../support/briefing-world.ts'
import { strictMarkup } from '../support/strict-markup.ts'
import { mapOfSix, SUPPRESSED } from '../support/small-view.ts'

const AREAS = 24
const ORDER = { areas: [...Array(AREAS).keys()], indicators: [...INDICATORS.keys()] }

const figure: fc.Arbitrary<WorldFigure> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        base: fc.integer({ min: 50, max: 3000 }),
        percent: fc.integer({ min: 0, max: 30 }),
      })
      .map(({ base, percent }) => ({ count: Math.round((base * percent) / 100), base })),
  },
  { weight: 1, arbitrary: fc.constant<WorldFigure>('hidden') },
  { weight: 1, arbitrary: fc.constant<WorldFigure>('missing') },
  { weight: 1, arbitrary: fc.constant<WorldFigure>({ count: 0, base: 400 }) },
)
const LENGTH = AREAS * INDICATORS.length * PERIODS.length
const worlds: fc.Arbitrary<WorldFigures> = fc
  .array(figure, { minLength: LENGTH, maxLength: LENGTH })
  .map(
    (figures) => (area, indicator, period) =>
      figures[(area * INDICATORS.length + indicator) * PERIODS.length + period]!,
  )
const views = fc.record({
  indicator: fc.constantFrom(...INDICATORS.map(({ id }) => id)),
  display: fc.constantFrom('value', 'difference', 'change'),
  order: fc.constantFrom('name', 'value'),
}) satisfies fc.Arbitrary<Partial<ViewState>>

const tableOf = ({ blocks }: SlideContent): ReportTable => {
  const [table] = blocks
  if (table?.kind !== 'table') throw new Error('no table')
  return table
}

async function contentOf(figures: WorldFigures, state: Partial<ViewState>) {
  const source = briefingWorld(figures, ORDER)
  const address = encode({ ...DEFAULT_VIEW_STATE, ...state, tab: 'table' })
  const made = await slidesOf(source).make(address)
  if (made.kind !== 'made') throw new Error(made.why)
  const map = await slidesOf(source).map(address)
  return { source, made, content: made.content, view: map!.view }
}

describe('the table of a map as a slide', () => {
  it('has the rows of the screen in their order, each with the figure of the disclosed table', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(worlds, views, async (figures, state) => {
        const { source, content, view } = await contentOf(figures, state)
        const { rows, elsewhere, ofAreas } = tableOf(content)
        const screen = areaList(view, [0, 1]).rows
        expect(rows.map(({ name }) => name)).toEqual(screen.map(({ name }) => name))
        expect(ofAreas?.order).toBe(state.order)
        expect(elsewhere).toEqual([])
        const table = (await source.table(view.indicator.id, view.view.level.id))!
        for (const [at, { figure: own, verdictText, spine, note }] of rows.entries()) {
          const mark = screen[at]!
          const cell = cellAt(table, view.indicator, mark.area.id, view.view.period, 'T')
          const kind = cell.kind === 'value' && Number.isNaN(mark.shown) ? 'missing' : cell.kind
          expect(own.kind).toBe(kind)
          expect(note).toBe(mark.note)
          if (own.kind !== 'value') {
            expect(own.word).toBe(own.kind === 'hidden' ? 'dold' : 'saknas')
            expect(verdictText).toBe('')
            expect(spine).toBeNull()
          } else {
            seen.add(own.value === 0 ? 'zero' : 'value')
            expect(own.value).toBe(mark.shown)
            expect(own.text).toBe(view.view.display === 'value' ? mark.valueText : mark.shortText)
            expect(own.interval?.text ?? '').toBe(mark.intervalText)
            if (view.view.display === 'value' && cell.kind === 'value')
              expect(own.value).toBe(cell.value)
            expect(spine?.verdict ?? null).toBe(spine ? mark.verdict : null)
            expect(verdictText.endsWith('högre')).toBe(mark.verdict?.endsWith('higher') ?? false)
          }
          seen.add(own.kind)
        }
      }),
      { numRuns: 60 },
    )
    expect([...seen].toSorted()).toEqual(['hidden', 'missing', 'value', 'zero'])
  })

  it('says in its heading what the map says of the same figures, and follows the period', async () => {
    const figures: WorldFigures = (area, _, period) => ({ count: 5 + area * period, base: 200 })
    const { made, content, source } = await contentOf(figures, { indicator: 'damage' })
    const map = await slidesOf(source).make(encode({ ...DEFAULT_VIEW_STATE, indicator: 'damage' }))
    expect(content.claim).toBe(map.kind === 'made' && map.content.claim)
    if (made.kind !== 'made') throw new Error('not made')
    expect(made.periods).toEqual(PERIODS)
    const address = encode({ ...DEFAULT_VIEW_STATE, indicator: 'damage', tab: 'table' })
    const earlier = await slidesOf(source).make(address, '2023')
    expect(earlier.kind === 'made' && earlier.content.foot).toContain('2023')
  })

  it('never holds what is hidden, and tells hidden, missing and nought apart', () => {
    for (const order of ['name', 'value'] as const) {
      const content = tableSlide({ view: mapOfSix({ order }), isSynthetic: true })
      expect(JSON.stringify(content)).not.toContain(String(SUPPRESSED.denominator))
      const told = tableOf(content).rows.map(({ figure: own }) =>
        own.kind === 'value' ? own.text : own.word,
      )
      expect(told).toContain('dold')
      expect(told).toContain('saknas')
      expect(told.some((text) => /^0,0/.test(text))).toBe(true)
    }
  })

  it('can be stored where it is fixed', async () => {
    const { content } = await contentOf(() => 'hidden', { indicator: 'damage' })
    const fixed = {
      ...{ fixedAt: '2026-11-23T09:00:00.000Z', by: 'Umebrå', release: 'R', title: 'T', words: '' },
      ...{ checksum: 'a'.repeat(64), content },
    }
    const slide = { ...newSlide({ id: 'a', kind: 'view' }), fixed }
    const one = {
      ...{ id: 'b', title: 'L', author: '', periodText: '', minutes: 20 },
      ...{ changedAt: fixed.fixedAt, slides: [slide] },
    }
    expect(briefingsOf(JSON.parse(JSON.stringify([one])), '')).toEqual([one])
  })
})

const MAKING = {
  release: { id: '2027-05-03', notes: [], sources: [], synthetic: false } as never,
  date: '2027-05-10',
}
const colour = (): string => '#123456'
const plain = (xml: string): string => xml.replaceAll('&lt;', '<').replaceAll('&amp;', '&')

describe('a table of more areas than can be read', () => {
  it('is cut on a slide and says so, what is hidden and missing among the rest too', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, views, fc.boolean(), async (figures, state, hasWords) => {
        const table = tableOf((await contentOf(figures, state)).content)
        const { rows, said } = tableOnSlide(table, hasWords)
        expect(rows).toEqual(table.rows.slice(0, hasWords ? 9 : 14))
        const [sentence] = said
        expect(sentence).toContain(`${rows.length} av ${AREAS} områden visas`)
        const rest = table.rows.slice(rows.length)
        for (const [kind, word] of [
          ['hidden', /dold/],
          ['missing', /saknas/],
        ] as const)
          expect(word.test(sentence!)).toBe(rest.some(({ figure: own }) => own.kind === kind))
      }),
      { numRuns: 30 },
    )
  })

  it('stands whole and in order in the files: slides, page, records', async () => {
    const figures: WorldFigures = (area, _, period) =>
      area === 20
        ? 'hidden'
        : area === 3
          ? 'missing'
          : { count: (area * 7) % 60, base: 300 + period }
    const { content } = await contentOf(figures, { indicator: 'absence', order: 'value' })
    const table = tableOf(content)
    const slide = newSlide({ id: 'a', kind: 'view' })
    const report = briefingReport(
      { title: 'Lägesbild', author: '', periodText: '' },
      [shownSlide(slide, content, '')],
      MAKING,
    )
    const names = table.rows.map(({ name }) => name)

    const rowsOf = (markup: string) => {
      const elements = strictMarkup(markup)
      return elements
        .filter(({ name, attributes }) => name === 'th' && attributes['scope'] === 'row')
        .map((head) => ({
          name: head.text,
          cells: elements
            .filter(({ name, parent }) => name === 'td' && parent === head.parent)
            .map(({ text }) => text),
        }))
    }
    const article = rowsOf(reportArticle(report, colour)).filter(({ cells }) => cells.length > 2)
    expect(article.map(({ name }) => names.find((one) => name.startsWith(one)))).toEqual(names)
    for (const [at, { figure: own }] of table.rows.entries())
      expect(article[at]!.cells[0]).toContain(own.kind === 'value' ? own.text : own.word)

    const deck = slideDeck(report, { colour, hasPictures: true })
    expect(rowsOf(deck).map(({ name }) => name)).toEqual(names.slice(0, 14))
    expect(deck).toContain(
      '14 av 24 områden visas, störst först. Bland de andra: 1 dold och 1 saknas.',
    )

    const members = unzipSync(
      await reportSlides(report, { colour, rasterise: () => Promise.resolve(new Uint8Array(8)) }),
    )
    const frames = Object.entries(members)
      .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
      .toSorted(([a], [b]) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)))
      .flatMap(([, bytes]) => strFromU8(bytes).match(/<a:tbl>[\s\S]*?<\/a:tbl>/g) ?? [])
      .filter((xml) => xml.includes('Område'))
    expect(frames.length).toBe(2)
    const lines = frames.flatMap((xml) =>
      xml
        .match(/<a:tr [\s\S]*?<\/a:tr>/g)!
        .slice(1)
        .map((row) => [...row.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => plain(text!))),
    )
    expect(lines.map(([name]) => name)).toEqual(names)
    for (const [at, { figure: own, verdictText }] of table.rows.entries()) {
      expect(lines[at]).toContain(own.kind === 'value' ? own.text : own.word)
      if (verdictText !== '') expect(lines[at]).toContain(verdictText)
    }

    const records = recordsOf(report)
    const shown = figuresOf(content)
    expect(records.map(({ whose, figure: own }) => [whose, own])).toEqual(
      shown.map(({ name, figure: own }) => [name, own]),
    )
    expect(records.at(-1)!.whose).toBe('Hela kommunen')
    expect(new Set(records.map(({ identifier }) => identifier))).toEqual(new Set(['absence']))
  })
})
