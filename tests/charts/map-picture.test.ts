import { expect, test } from 'vitest'
import { drawMapPicture, type MapPicture } from '../../src/charts/map-picture.ts'
import { mapOfSix, shapesOfSix, SIX, SIX_INDEX, SUPPRESSED } from '../support/small-view.ts'
import type { ViewState } from '../../src/core/view-state.ts'

const picture = (change: Partial<MapPicture> = {}, view: Partial<ViewState> = {}): string =>
  drawMapPicture({
    view: mapOfSix(view),
    shapes: shapesOfSix(),
    water: [],
    bounds: [20, 63, 26, 64],
    chosen: [2],
    incidents: null,
    incidentIndicator: null,
    outlines: null,
    release: SIX_INDEX.release,
    boundaryName: 'Provgränser',
    schematic: true,
    colour: (token) => `#${token}`,
    measure: (text) => text.length * 6,
    ...change,
  })

const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!)

test('the picture stands alone: title, period, legend, source, release and boundaries', () => {
  const svg = picture()
  const texts = textsOf(svg)
  const all = texts.join('\n')
  expect(texts).toContain(SIX.name)
  expect(all).toContain('2024 · alla · per område')
  expect(all).toContain('Källa: Provkällan, 2024.')
  expect(all).toContain('Antal under 5 visas inte.')
  expect(all).toContain('Utgåva test')
  expect(all).toContain('Provgränser')
  expect(all).toContain('Vad provet mäter.')
  expect(texts).toContain('Schematiska gränser')
  expect(texts).toContain('dold: 1\u00a0område')
  expect(texts).toContain('saknas: 1\u00a0område')
  expect(texts).toContain('kommunen 10,2\u00a0%')
  const { scale } = mapOfSix()
  const last = scale.kind === 'breaks' ? scale.breaks.at(-1)! : NaN
  expect(texts).toContain(`${last}\u00a0%`)
})

test('synthetic figures say so in the picture, across the map and beside the title', () => {
  expect(
    textsOf(picture()).filter((text) => text === 'Syntetiska demonstrationsdata'),
  ).toHaveLength(2)
  const real = picture({ release: { ...SIX_INDEX.release, synthetic: false }, schematic: false })
  expect(real).not.toContain('Syntetiska')
  expect(real).not.toContain('Schematiska')
})

test('hidden and missing areas have their own patterns and no figure', () => {
  const svg = picture()
  expect(svg.match(/<path[^>]*fill="url\(#hidden\)"/g)).toHaveLength(1)
  expect(svg.match(/<path[^>]*fill="url\(#missing\)"/g)).toHaveLength(1)
  const share = (100 * SUPPRESSED.numerator) / SUPPRESSED.denominator
  for (const figure of [SUPPRESSED.denominator, share.toFixed(4)])
    expect(svg).not.toContain(String(figure))
})

test('differences and changes are named for what they are', () => {
  const difference = textsOf(picture({}, { display: 'difference' })).join('\n')
  expect(difference).toContain('skillnad mot kommunen')
  expect(difference).toContain('skiljer sig inte säkert')
  const change = textsOf(picture({}, { display: 'change', since: '2023' })).join('\n')
  expect(change).toContain('Förändring från 2023 till 2024')
})

test('whatever stands in a name is text, never markup', () => {
  const view = mapOfSix()
  const svg = picture({ view: { ...view, indicator: { ...SIX, name: '<b>&"R"</b>' } } })
  expect(svg).toContain('&lt;b&gt;&amp;&quot;R&quot;&lt;/b&gt;')
  expect(svg).not.toContain('<b>')
})
