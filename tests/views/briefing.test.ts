import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damagedSlides, fixedSlide } from '../../src/app/fixed-slides.ts'
import { briefingsOf } from '../../src/files/package/briefing-shape.ts'
import { isPlainDrawing } from '../../src/charts/plain-drawing.ts'
import { recordsOf } from '../../src/exports/report/records.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import {
  newSlide,
  nextBriefing,
  rememberedOf,
  withoutSlide,
  withSlide,
  withSlideAt,
  withSlideCopied,
  withSlideMoved,
  type Briefing,
} from '../../src/views/briefing/briefing.ts'
import { mapSlide } from '../../src/views/briefing/map-slide.ts'
import { shownSlide } from '../../src/views/briefing/shown-slide.ts'
import { memoryOf, slideChanges } from '../../src/views/briefing/slide-changes.ts'
import { figuresOf, type SlideContent } from '../../src/views/briefing/slide-content.ts'
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

const DRAWING = { svg: '<svg ><path d="M0 0"/></svg>', width: 1, height: 1 }
const content = mapSlide(
  { view: mapOfSix({ display: 'difference' }), isSchematic: true, isSynthetic: true },
  () => DRAWING,
)
const WHO = { fixedAt: WHEN, by: 'Umebrå', release: '2026-11-03' }
const MAKING = {
  release: { id: '2027-05-03', notes: [], sources: [], synthetic: false } as never,
  date: '2027-05-10',
}

describe('a lägesbild as a report', () => {
  const slides = [
    shownSlide(newSlide({ id: 'a', kind: 'view', words: 'En rad.\n\nEn till.' }), content, ''),
    shownSlide(newSlide({ id: 'b', kind: 'words', title: 'Ord', words: 'Bara ord.' }), null, ''),
  ]
  const report = briefingReport(briefingOf([]), slides, MAKING)

  it('has a section a slide, every figure once, and the analyst apart from figures', () => {
    expect(report.sections.map(({ heading }) => heading)).toEqual([content.claim, 'Ord'])
    const shown = figuresOf(content)
    expect(recordsOf(report).map(({ whose, figure }) => ({ name: whose, figure }))).toEqual(
      shown.map(({ name, figure }) => ({ name, figure })),
    )
    const texts = report.sections.flatMap(({ blocks }) =>
      blocks.filter((block) => block.kind === 'text'),
    )
    expect(texts.map(({ voice, paragraphs }) => [voice, ...paragraphs])).toEqual([
      ['analyst', 'En rad.', 'En till.'],
      ['analyst', 'Bara ord.'],
    ])
  })

  it('can be stored with slides that are fixed, and what is no slide cannot', async () => {
    const live = newSlide({ id: 'a', kind: 'view', words: 'Ord.' })
    const slide = await fixedSlide(live, shownSlide(live, content, ''), WHO)
    const good = { ...briefingOf([]), slides: [slide] }
    const stored = JSON.parse(JSON.stringify([good])) as unknown
    expect(briefingsOf(stored, '')).toEqual(stored)
    const fixed = slide.fixed!
    const [map, ...rest] = content.blocks
    for (const bad of [
      { ...good, slides: [newSlide({ id: 'a', kind: 'view', address: 'https://exempel.se/' })] },
      { ...good, slides: [slide, slide] },
      { ...good, slides: [{ ...slide, fixed: { ...fixed, content: { blocks: [{}] } } }] },
      {
        ...good,
        slides: [
          {
            ...slide,
            fixed: {
              ...fixed,
              content: { ...content, blocks: [{ ...map, svg: '<svg onload="x"></svg>' }, ...rest] },
            },
          },
        ],
      },
      { ...good, title: '' },
      { ...good, slides: [{ ...slide, words: undefined }] },
      { ...good, slides: [{ ...slide, seen: { seenAt: WHEN } }] },
    ])
      expect(() => briefingsOf([bad], '')).toThrow()
  })

  it('of an earlier version remembers no figures', () => {
    const { seen: _, ...old } = newSlide({ id: 'a', kind: 'words' })
    expect(briefingsOf([{ ...briefingOf([]), slides: [old] }], '')[0]!.slides[0]!.seen).toBeNull()
  })
})

describe('a fixed slide', () => {
  const live = newSlide({ id: 'a', kind: 'view', words: 'Som det var.' })

  it('is shown as it was, with its stamp, whatever the data say later', async () => {
    const slide = await fixedSlide(live, shownSlide(live, content, ''), WHO)
    const later = { ...content, claim: 'Något annat', blocks: [] }
    const shown = shownSlide({ ...slide, title: 'Ny', words: 'Nytt' }, later, 'Saknas')
    expect(shown.content).toEqual(content)
    expect([shown.title, ...shown.words, shown.fault]).toEqual([content.claim, 'Som det var.', ''])
    expect(shown.stamp).toBe('Fastställd 2026-11-23 av Umebrå, utgåva 2026-11-03')
    const report = briefingReport(briefingOf(['a']), [shown], MAKING)
    expect(report.sections[0]!.foot).toContain(shown.stamp)
    expect(report.facts).toContainEqual({ label: 'Utgåva', text: '2026-11-03 och 2027-05-03' })
  })

  it('is known to be changed when one character of it is', async () => {
    const slide = await fixedSlide(live, shownSlide(live, content, ''), WHO)
    const read = briefingsOf(
      JSON.parse(JSON.stringify([{ ...briefingOf([]), slides: [slide] }])),
      '',
    )
    expect(await damagedSlides(read[0]!)).toEqual([])
    const fixed = slide.fixed!
    const text = JSON.stringify(fixed.content)
    for (const damage of [
      { ...fixed, by: 'Någon annan' },
      { ...fixed, fixedAt: '2026-11-24T09:00:00.000Z' },
      { ...fixed, release: '2026-11-04' },
      { ...fixed, words: 'Som det blev.' },
      { ...fixed, content: JSON.parse(text.replace(/\d/, (digit) => (digit === '1' ? '2' : '1'))) },
    ])
      expect(
        await damagedSlides({ ...briefingOf([]), slides: [{ ...slide, fixed: damage }] }),
      ).toEqual(['a'])
  })

  it('becomes live in the next lägesbild, which remembers its figures; the first stays', async () => {
    const slide = await fixedSlide(live, shownSlide(live, content, ''), WHO)
    const first = { ...briefingOf([]), slides: [slide] }
    const next = nextBriefing(first, { id: 'n', title: 'Nästa', changedAt: WHEN })
    expect(next.slides[0]).toMatchObject({ fixed: null, words: 'Som det var.' })
    expect(slideChanges(rememberedOf(next.slides[0]!)!, content)).toEqual([])
    expect(first.slides[0]!.fixed).not.toBeNull()
  })
})

describe('what has changed on a slide', () => {
  const before = memoryOf(content, { seenAt: WHEN, release: 'R' })
  const list = content.blocks.find((block) => block.kind === 'list')!
  const withGroups = (groups: typeof list.groups): SlideContent => ({
    ...content,
    blocks: [{ ...list, groups }],
  })

  it('is nothing when the figures are the same', () => {
    expect(slideChanges(before, content)).toEqual([])
    expect(slideChanges(before, withGroups(list.groups.toReversed()))).toEqual([])
  })

  it('is told figure by figure as both were shown: changed, hidden, added and gone', () => {
    const rows = list.groups.flatMap((group) => group.rows)
    const [first, second] = rows
    const hidden = { kind: 'hidden', word: 'dold', reason: '' } as const
    const own = list.groups.map((group) => ({
      ...group,
      rows: group.rows
        .filter((row) => row !== second)
        .map((row) => (row === first ? { ...row, figure: hidden } : row)),
    }))
    own.push({ heading: 'Ny', mark: null, rows: [{ name: 'Tillkommet', figure: first!.figure }] })
    const changes = slideChanges(before, { ...withGroups(own), claim: 'Annat' })
    expect(changes.map(({ kind }) => kind)).toEqual(['claim', 'figure', 'added', 'gone'])
    expect(changes[1]).toMatchObject({ name: first!.name })
    expect(changes[1]).toHaveProperty('after', expect.stringMatching(/^dold/))
    expect(changes[3]).toMatchObject({ name: second!.name })
  })
})

describe('a drawing of a stored slide', () => {
  it('is one that this program makes', () => {
    const map = content.blocks.find((block) => block.kind === 'map')!
    expect(isPlainDrawing(map.svg)).toBe(true)
  })

  it.each([
    '<svg ><script>fetch("//x")</script></svg>',
    '<svg onload="x()"></svg>',
    '<svg ><a href="https://exempel.se">x</a></svg>',
    '<svg ><image href="https://exempel.se/x.png"/></svg>',
    '<svg ><use xlink:href="//x#y"/></svg>',
    '<svg ><rect fill="url(https://exempel.se/x)"/></svg>',
    '<svg ><rect style="background:url(//x)"/></svg>',
    '<svg ><foreignObject><p>x</p></foreignObject></svg>',
    '<svg ><!-- --><g/></svg>',
    "<svg ><g onclick='x()'/></svg>",
    '<img src=x onerror=x()>',
  ])('does nothing but draw: %s', (svg) => {
    expect(isPlainDrawing(svg)).toBe(false)
  })
})
