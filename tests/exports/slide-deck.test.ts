import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportArticle } from '../../src/exports/report/html.ts'
import { slideDeck } from '../../src/exports/report/slide-deck.ts'
import type { Report, ReportBlock } from '../../src/views/report.ts'
import { figure, SAMPLE_REPORT } from '../support/sample-report.ts'
import { strictMarkup } from '../support/strict-markup.ts'

const MAP = SAMPLE_REPORT.sections[0]!.blocks.find((block) => block.kind === 'map')!
const LIST: ReportBlock = {
  ...{ kind: 'list', id: 'omraden', indicator: 'x', caption: 'Frånvaro', unitText: '%' },
  ...{ periodText: '2025' },
  groups: [
    {
      ...{ heading: 'Säkert högre', mark: { kind: 'colour', token: 'div-high-2' } },
      rows: [{ name: 'Ålidhem', figure: figure(21) }],
    },
  ],
}

const briefingOf = (sections: readonly (readonly [boolean, readonly string[]])[]): Report => ({
  ...{ ...SAMPLE_REPORT, kind: 'briefing' },
  sections: sections.map(([hasFigures, paragraphs], at) => ({
    ...{ id: `bild-${at + 1}`, heading: `Rubrik ${at + 1}`, notes: ['Hemlig anteckning'] },
    foot: 'Källa: skolan.',
    blocks: [
      ...(hasFigures ? [MAP, LIST] : []),
      ...(paragraphs.length > 0
        ? [{ kind: 'text' as const, voice: 'analyst' as const, heading: null, paragraphs }]
        : []),
    ],
  })),
})

const slidesOf = (report: Report) => {
  const deck = slideDeck(report, { colour: () => '#123456', hasPictures: true })
  const elements = strictMarkup(deck)
  const isWithin = (inner: (typeof elements)[number], outer: (typeof elements)[number]): boolean =>
    inner === outer || (inner.parent !== null && isWithin(inner.parent, outer))
  return elements
    .filter(
      ({ name, attributes }) => name === 'section' && attributes['class']?.startsWith('slide'),
    )
    .map((slide) => {
      const own = elements.filter((one) => isWithin(one, slide))
      const words = own.filter(
        ({ name, parent, attributes }) =>
          name === 'p' && parent?.attributes['class'] === 'own' && attributes['class'] !== 'kicker',
      )
      return {
        ...{ number: slide.attributes['data-number'], text: slide.text },
        words: words.map(({ text }) => text),
        hasFigures: own.some(({ attributes }) => attributes['class'] === 'list'),
      }
    })
}

const line = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.nat(9999))
  .map(([length, seed]) => `${seed} `.padEnd(length, 'ord om läget ').trim())

test('words that would take the room of figures follow on slides of the same number, each line once and in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.array(line, { maxLength: 30 })), {
        ...{ minLength: 1, maxLength: 4 },
      }),
      (sections) => {
        const slides = slidesOf(briefingOf(sections))
        for (const [at, [hasFigures, words]] of sections.entries()) {
          const own = slides.filter(({ number }) => number === String(at + 1))
          expect(own.flatMap((slide) => slide.words)).toEqual(words)
          expect(own.filter((slide) => slide.hasFigures)).toHaveLength(hasFigures ? 1 : 0)
          for (const slide of own) {
            expect(slide.text).toContain(`Rubrik ${at + 1}`)
            if (!slide.hasFigures) continue
            expect(slide.words.length).toBeLessThanOrEqual(4)
            expect(slide.words.join(' ').length).toBeLessThanOrEqual(240)
          }
        }
      },
    ),
    { numRuns: 80 },
  )
})

test('the first slide says what it is, the last what it rests on, and no slide what the presenter has noted', () => {
  const report = briefingOf([[true, ['Kort.']]])
  const slides = slidesOf(report)
  const all = slides.map(({ text }) => text).join('\n')
  for (const { label, text } of report.facts) {
    expect(slides[0]!.text).toContain(label)
    expect(slides[0]!.text).toContain(text)
  }
  expect(slides[0]!.text).toContain(report.synthetic!.sentence)
  const last = slides.filter(({ number }) => number === undefined).slice(1)
  for (const words of [
    ...report.key.map(({ text }) => text),
    ...[...report.limits, ...report.sources],
    ...report.definitions.map(({ definition }) => definition),
  ])
    expect(last.map(({ text }) => text).join('\n')).toContain(words)
  expect(all).not.toContain('Hemlig anteckning')
})

test('no two drawings of a page have a part of the same name, and each finds its own', () => {
  const pattern = (at: number): ReportBlock => ({
    ...(MAP as Extract<ReportBlock, { kind: 'map' }>),
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4" viewBox="0 0 4 4"><title>url(#frame) ${at}</title><defs><clipPath id="frame"><path d="M0 0h${at + 1}v4z"/></clipPath></defs><g clip-path="url(#frame)"><path d="M0 0h4v4z"/></g></svg>`,
  })
  const report = briefingOf([[true, []]])
  const whole: Report = {
    ...report,
    sections: [0, 1, 2].map((at) => ({
      ...report.sections[0]!,
      ...{ id: `bild-${at}`, blocks: [pattern(at), LIST] },
    })),
  }
  const colour = () => '#123456'
  for (const html of [
    slideDeck(whole, { colour, hasPictures: true }),
    reportArticle(whole, colour) + slideDeck(whole, { colour, hasPictures: true }),
  ]) {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
    expect(new Set(ids).size).toBe(ids.length)
    const frames = [...html.matchAll(/<clipPath id="([^"]+)"/g)].map(([, id]) => id!)
    const used = [...html.matchAll(/clip-path="url\(#([^)]+)\)"/g)].map(([, id]) => id!)
    expect(frames.length).toBeGreaterThanOrEqual(3)
    expect(used).toEqual(frames)
    expect(html).toContain('url(#frame) 2')
  }
})
