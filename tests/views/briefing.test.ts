import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { briefingsOf } from '../../src/files/package/briefing-shape.ts'
import { recordsOf } from '../../src/exports/report/records.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import {
  newSlide,
  withoutSlide,
  withSlide,
  withSlideAt,
  withSlideCopied,
  withSlideMoved,
  type Briefing,
} from '../../src/views/briefing/briefing.ts'
import { mapSlide } from '../../src/views/briefing/map-slide.ts'
import { shownSlide } from '../../src/views/briefing/shown-slide.ts'
import { figuresOf } from '../../src/views/briefing/slide-content.ts'
import { mapOfSix, SUPPRESSED } from '../support/small-view.ts'

const WHEN = '2026-11-23T09:00:00.000Z'
const briefingOf = (ids: readonly string[]): Briefing => ({
  ...{ id: 'b', title: 'Lägesbild', author: '', periodText: '', minutes: 20, changedAt: WHEN },
  slides: ids.map((id) => newSlide({ id, kind: 'words' })),
})
const idsOf = ({ slides }: Briefing): string[] => slides.map(({ id }) => id)
const briefings = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 12 })
  .map(briefingOf)

describe('slides in their order', () => {
  it('are moved to a place, and none is lost or made', () => {
    fc.assert(
      fc.property(briefings, fc.nat(), fc.integer({ min: -3, max: 15 }), (one, pick, to) => {
        const id = idsOf(one)[pick % one.slides.length]!
        const moved = withSlideMoved(one, id, to)
        expect(idsOf(moved).toSorted()).toEqual(idsOf(one).toSorted())
        expect(idsOf(moved).indexOf(id)).toBe(Math.max(0, Math.min(one.slides.length - 1, to)))
        expect(idsOf(withoutSlide(moved, id))).toEqual(idsOf(withoutSlide(one, id)))
      }),
    )
  })

  it('come back where they were when they were removed', () => {
    fc.assert(
      fc.property(briefings, fc.nat(), (one, pick) => {
        const at = pick % one.slides.length
        const slide = one.slides[at]!
        expect(withSlideAt(withoutSlide(one, slide.id), slide, at)).toEqual(one)
      }),
    )
  })

  it('are added after another or last, and copied beside themselves', () => {
    const one = briefingOf(['a', 'b'])
    const slide = newSlide({ id: 'c', kind: 'words' })
    expect(idsOf(withSlide(one, slide, 'a'))).toEqual(['a', 'c', 'b'])
    expect(idsOf(withSlide(one, slide, 'gone'))).toEqual(['a', 'b', 'c'])
    expect(idsOf(withSlideCopied(one, 'a', 'd'))).toEqual(['a', 'd', 'b'])
    expect(withSlideCopied(one, 'gone', 'd')).toBe(one)
  })
})

describe('a map as a slide', () => {
  const slideOf = (display: 'value' | 'difference') =>
    mapSlide({ view: mapOfSix({ display }), isSchematic: true, isSynthetic: false }, () => null)

  it('names what is certain with the figures of the map, and hidden ones never', () => {
    for (const display of ['value', 'difference'] as const) {
      const content = slideOf(display)
      const view = mapOfSix({ display })
      const texts = new Map(view.marks.map((mark) => [mark.name, mark]))
      const figures = figuresOf(content)
      expect(figures.length).toBeGreaterThan(0)
      for (const { name, figure } of figures) {
        const mark = texts.get(name)!
        expect(mark.cell.kind).toBe('value')
        expect(figure.kind === 'value' && mark.cell.kind === 'value' && figure.value).toBe(
          mark.cell.kind === 'value' && mark.cell.value,
        )
        expect(['much-higher', 'much-lower', 'higher', 'lower']).toContain(mark.verdict)
      }
      const certain = view.marks.filter(({ verdict }) => verdict?.startsWith('much-'))
      for (const { name } of certain) expect(figures.map((one) => one.name)).toContain(name)
      const all = JSON.stringify(content)
      expect(all).not.toContain(String(SUPPRESSED.denominator))
      expect(all).toContain('1 dold')
      expect(all).toContain('1 saknas')
    }
  })

  it('counts in its heading those that it names', () => {
    const { claim, blocks } = slideOf('difference')
    const list = blocks.find((block) => block.kind === 'list')!
    const count = (heading: string) =>
      list.groups.find((group) => group.heading === heading)?.rows.length ?? 0
    const words = ['inget', 'ett', 'två', 'tre', 'fyra', 'fem', 'sex']
    for (const heading of ['Säkert högre', 'Säkert lägre'])
      if (count(heading) > 0) expect(claim).toContain(words[count(heading)])
    expect(count('Säkert högre') + count('Säkert lägre')).toBeGreaterThan(0)
  })
})

describe('a lägesbild as a report', () => {
  const content = mapSlide(
    { view: mapOfSix({ display: 'difference' }), isSchematic: true, isSynthetic: true },
    () => null,
  )
  const slides = [
    shownSlide(newSlide({ id: 'a', kind: 'view', words: 'En rad.\n\nEn till.' }), content, ''),
    shownSlide(newSlide({ id: 'b', kind: 'words', title: 'Ord', words: 'Bara ord.' }), null, ''),
  ]
  const report = briefingReport(briefingOf([]), slides, {
    release: { id: 'R', notes: [], sources: [], synthetic: false } as never,
    date: '2026-11-23',
  })

  it('has a section a slide, every figure once, and the analyst apart from figures', () => {
    expect(report.sections.map(({ heading }) => heading)).toEqual([content.claim, 'Ord'])
    const shown = figuresOf(content)
    expect(recordsOf(report).map(({ whose, figure }) => ({ name: whose, figure }))).toEqual(shown)
    const texts = report.sections.flatMap(({ blocks }) =>
      blocks.filter((block) => block.kind === 'text'),
    )
    expect(texts.map(({ voice, paragraphs }) => [voice, ...paragraphs])).toEqual([
      ['analyst', 'En rad.', 'En till.'],
      ['analyst', 'Bara ord.'],
    ])
  })

  it('can be stored with slides that are fixed, and what is no slide cannot', () => {
    const fixed = { fixedAt: WHEN, by: 'A', release: 'R', checksum: 'a'.repeat(64), content }
    const good = { ...briefingOf([]), slides: [newSlide({ id: 'a', kind: 'view', fixed })] }
    const stored = JSON.parse(JSON.stringify([good])) as unknown
    expect(briefingsOf(stored, '')).toEqual(stored)
    for (const bad of [
      { ...good, slides: [newSlide({ id: 'a', kind: 'view', address: 'https://exempel.se/' })] },
      { ...good, slides: [good.slides[0], good.slides[0]] },
      { ...good, slides: [{ ...good.slides[0], fixed: { ...fixed, content: { blocks: [{}] } } }] },
      { ...good, title: '' },
      { ...good, slides: [{ ...good.slides[0], words: undefined }] },
    ])
      expect(() => briefingsOf([bad], '')).toThrow()
  })
})
