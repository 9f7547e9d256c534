import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../scripts/command-line.ts'
import { openPackage } from '../../scripts/profile/package-at.ts'
import { BriefingSlides } from '../../src/app/briefing-slides.ts'
import { findAreaFacts, findSuggestions } from '../../src/app/briefing-suggestions.ts'
import { crossHere } from '../../src/app/cross/cross-once.ts'
import type { SlidePackage } from '../../src/app/slide-making.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { cellAt } from '../../src/core/released-slice.ts'
import { DEFAULT_VIEW_STATE, resolveView } from '../../src/core/view-state.ts'
import { templateText as text } from '../../src/text/briefing-templates.ts'
import { areaName } from '../../src/text/format.ts'
import { asksForWords, linesOf, type BriefingSlide } from '../../src/views/briefing/briefing.ts'
import {
  areaTemplate,
  followUpTemplate,
  municipalityTemplate,
  type FilledTemplate,
} from '../../src/views/briefing/templates.ts'
import { adviseWording } from '../../src/views/briefing/wording.ts'
import {
  briefingWorld,
  INDICATORS,
  slidesOf,
  type WorldFigures,
} from '../support/briefing-world.ts'
import { certainOnSlide } from '../support/certain-on-slide.ts'

/** Every template of a package, of every area that it has. */
async function filledOf(source: SlidePackage, slides: BriefingSlides) {
  const { index } = source
  const found = await findSuggestions(slides, source)
  let count = 0
  const facts = { index, newId: () => `s${++count}` }
  const whole = [municipalityTemplate(facts, found), followUpTemplate(facts, found)] as const
  const areas: FilledTemplate[] = []
  for (const area of index.register.areas.filter(({ parent }) => parent !== null))
    areas.push(areaTemplate(facts, (await findAreaFacts(slides, area))!))
  return { found, whole, areas, all: [...whole, ...areas] }
}

/** The chapters of the survey, in order: headings of sections, and of words that are chapters by themselves. */
const chaptersOf = ({ slides }: FilledTemplate): string[] =>
  slides.flatMap(({ kind, title }) => {
    const isChapter = (Object.values(text.chapters) as string[]).includes(title)
    return kind !== 'view' && isChapter ? [title] : []
  })

const NINE = [
  'Läget i korthet',
  'Vad som sticker ut',
  'Utveckling',
  'Vad som finns på samma platser',
  'Områden',
  'Orsaksanalys',
  'Insatser',
  'Osäkerhet och luckor',
  'Källor',
]

/** What the aid warns of in a slide's words: as they are shown, with no figures beside them. */
const warningsOf = (slide: BriefingSlide): string[] =>
  [slide.title, linesOf(slide.words).join('\n'), slide.words, slide.notes].flatMap((words) =>
    adviseWording(words, { figures: [], isCrossed: true, hasSource: false }).map(
      ({ kind, words: marked }) => `${slide.title}: ${kind} ”${marked}”`,
    ),
  )

function expectWellMade({ slides, title }: FilledTemplate, { release }: PackageIndex): void {
  expect(title).not.toBe('')
  expect(new Set(slides.map(({ id }) => id)).size).toBe(slides.length)
  for (const slide of slides) {
    expect(warningsOf(slide)).toEqual([])
    // A view says what its figures say, and of a release that is not in its address.
    expect(slide.address !== null).toBe(slide.kind === 'view')
    if (slide.kind === 'view') expect([slide.title, slide.words]).toEqual(['', ''])
    expect(slide.address ?? '').not.toContain('utgava')
    // A slide of words says something, or asks.
    if (slide.kind === 'words') expect(slide.words.trim()).not.toBe('')
    expect([slide.fixed, slide.seen]).toEqual([null, null])
  }
  const last = slides.at(-1)!
  expect(last.title).toBe('Källor')
  expect(last.words).toContain(release.id)
}

/** Causes and what is done are for the analyst: asked, never claimed. */
function expectOnlyQuestions({ slides }: FilledTemplate): void {
  const asked = slides.filter(({ title }) => ['Orsaksanalys', 'Insatser'].includes(title))
  expect(asked.length).toBeGreaterThan(0)
  for (const slide of asked) {
    expect(linesOf(slide.words)).toEqual([])
    expect(asksForWords(slide)).toBe(true)
  }
}

const addressesOf = ({ slides }: FilledTemplate): string[] =>
  slides.flatMap(({ address }) => address ?? [])

describe('templates of a small municipality', () => {
  const order = { areas: [0, 1, 2, 3, 4, 5, 6, 7], indicators: [...INDICATORS.keys()] }
  const filled = async (figures: WorldFigures, areas: readonly number[] = order.areas) => {
    const source = briefingWorld(figures, { ...order, areas })
    const slides = slidesOf(source)
    const found = await findSuggestions(slides, source)
    let count = 0
    const facts = { index: source.index, newId: () => `s${++count}` }
    return {
      ...{
        source,
        found,
        survey: municipalityTemplate(facts, found),
        next: followUpTemplate(facts, found),
      },
    }
  }

  it('say plainly that nothing is certain, where nothing is', async () => {
    for (const figures of [() => ({ count: 30, base: 600 }), () => 'hidden'] as WorldFigures[]) {
      const { source, found, survey, next } = await filled(figures)
      expect(found.suggestions).toEqual([])
      expect(chaptersOf(survey)).toEqual(NINE)
      const titles = survey.slides.map(({ title }) => title)
      expect(titles).toEqual(expect.arrayContaining(Object.values(text.none)))
      expect(next.slides.map(({ title }) => title)).toContain(text.none.changed)
      // A spring is set against a spring, and that is said.
      const uncertainty = next.slides.find(({ title }) => title === text.chapters.uncertainty)
      expect(uncertainty!.words).toContain('mot samma tid året före')
      // No map is shown of what is not certain; the matrix says itself whether anything is.
      expect(addressesOf(survey)).toEqual(['#/korsa'])
      expect(addressesOf(next)).toEqual([])
      for (const one of [survey, next]) expectWellMade(one, source.index)
    }
  })

  it('say of what was compared with before that nothing has changed, also where areas differ', async () => {
    const figures: WorldFigures = (area) => ({ count: 300 * (area + 1), base: 6000 })
    const { found, next } = await filled(figures)
    expect(new Set(found.suggestions.map(({ kind }) => kind))).toEqual(new Set(['differs']))
    const { words } = next.slides.find(({ title }) => title === text.none.changed)!
    const { changed, differs } = found.looked.compared
    expect(changed).not.toBe(changed + differs)
    expect(linesOf(words)[0]).toBe(text.nothingCertain.changed(changed))
  })

  it('pass the wording aid however many areas differ', async () => {
    // More than twelve of a kind: told by a numeral, which wants a source.
    for (const most of [1, 5, 13]) {
      const areas = [...Array(26).keys()]
      const figures: WorldFigures = (area, _, period) => ({
        count: area < most ? 900 + 400 * period : 100,
        base: 3000,
      })
      const { source, found, survey, next } = await filled(figures, areas)
      expect(Math.max(...found.suggestions.map((one) => one.areas.length))).toBeGreaterThanOrEqual(
        most,
      )
      for (const one of [survey, next]) expectWellMade(one, source.index)
    }
  })

  it('tell how many figures are hidden and missing, and never where', async () => {
    const figures: WorldFigures = (area, indicator, period) =>
      period < 2 || indicator > 0
        ? { count: 30 + area, base: 600 }
        : area === 2
          ? 'hidden'
          : area === 5
            ? 'missing'
            : { count: 100 * area, base: 3000 }
    const { survey, found } = await filled(figures)
    expect([found.looked.hidden, found.looked.missing]).toEqual([1, 1])
    const { words } = survey.slides.find(({ title }) => title === text.chapters.uncertainty)!
    expect(words).toContain('1 tal är dolt')
    expect(words).toContain('1 saknas')
    const all = JSON.stringify(survey)
    for (const name of ['Område C', 'Område F']) expect(all).not.toContain(name)
  })
})

describe('templates of the demonstration package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'templates-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let source: SlidePackage
  let filled: Awaited<ReturnType<typeof filledOf>>
  const newSlides = () =>
    new BriefingSlides(source, {
      ...{ date: '2026-11-23', colour: () => '#123456', cross: crossHere },
      measure: (words) => 6 * words.length,
    })
  beforeAll(async () => {
    const quiet = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockReturnValue(true),
    )
    expect(await runCommand(['publish', '--out', folder])).toBe(0)
    for (const spy of quiet) spy.mockRestore()
    const opened = await openPackage(folder)
    if ('findings' in opened) throw new Error('not opened')
    source = opened.reader
    filled = await filledOf(source, newSlides())
  }, 120_000)

  it('have suggestions that say what their slides say, of the same areas', async () => {
    const { suggestions } = filled.found
    expect(new Set(suggestions.map(({ kind }) => kind)).size).toBe(2)
    const slides = newSlides()
    for (const { address, claim, areas, period } of suggestions) {
      const made = await slides.make(address)
      if (made.kind !== 'made') throw new Error(`${address}: ${made.why}`)
      expect(made.content.claim).toBe(claim)
      expect(made.period).toBe(period)
      expect(certainOnSlide(made.content)).toEqual(
        areas.map(({ name }) => areaName(name)).toSorted(),
      )
    }
  })

  it('follow the nine chapters', () => {
    const [survey] = filled.whole
    expect(chaptersOf(survey)).toEqual(NINE)
  })

  it('are well made, pass the wording aid and ask of causes and activities, of every area', () => {
    for (const one of filled.all) expectWellMade(one, source.index)
    for (const one of filled.all) expectOnlyQuestions(one)
  })

  it('have only slides that can be made, and of an area something of it to see', async () => {
    const slides = newSlides()
    for (const one of filled.all)
      for (const address of addressesOf(one)) {
        const made = await slides.make(address)
        if (made.kind !== 'made') throw new Error(`${one.title} ${address}: ${made.why}`)
        const lines = made.content.blocks.find((block) => block.kind === 'lines')
        if (!lines) continue
        const points = lines.series
          .filter(({ role }) => role === 'area')
          .flatMap(({ figures }) => figures.filter(({ kind }) => kind === 'value'))
        expect(points.length, `${one.title} ${address}`).toBeGreaterThan(1)
      }
  }, 120_000)

  it('count as hidden what the tables hide: of the municipality each figure once, of an area its own', async () => {
    const { index } = source
    const isHidden = async (indicator: Indicator, level: string | null) => {
      const asked = { ...DEFAULT_VIEW_STATE, indicator: indicator.id, level }
      const view = resolveView(asked, index).view!
      const table = (await source.table(indicator.id, view.level.id))!
      const areas = table.areas.filter(
        (id) => cellAt(table, indicator, id, view.period, 'T').kind === 'hidden',
      )
      return { level: view.level.id, areas }
    }
    let all = 0
    for (const one of index.indicators.filter((other) => other.class !== 'context'))
      all += (await isHidden(one, null)).areas.length
    expect(all).toBeGreaterThan(0)
    expect(filled.found.looked.hidden).toBe(all)

    const slides = newSlides()
    const some = index.register.areas.filter(({ level }, at) => level === 'stadsdel' && at % 9 < 2)
    let ofAreas = 0
    for (const area of some) {
      let own = 0
      for (const one of index.indicators.filter(({ ages }) => !ages)) {
        const { level, areas } = await isHidden(one, area.level)
        if (level === area.level && areas.includes(area.id)) own++
      }
      expect((await findAreaFacts(slides, area))!.looked.hidden, area.id).toBe(own)
      ofAreas += own
    }
    expect(ofAreas).toBeGreaterThan(0)
  })

  it('put no figure in words that its slides do not show', () => {
    const [{ slides }] = filled.whole
    const brief = linesOf(slides.find(({ title }) => title === text.chapters.brief)!.words)
    const claims = filled.found.suggestions.filter(({ address }) =>
      slides.some((one) => one.address === address),
    )
    for (const line of brief.filter((one) => !one.startsWith('Källa')))
      expect(
        claims.some(({ claim }) => line.startsWith(`${claim}.`)),
        line,
      ).toBe(true)
  })
})
