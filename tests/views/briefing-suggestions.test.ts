import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSuggestions } from '../../src/app/briefing-suggestions.ts'
import { compareTwo, compareWithRest } from '../../src/core/stats/comparison.ts'
import {
  inOrder,
  oftenCertain,
  strongest,
  type Suggestion,
} from '../../src/views/briefing/suggestions.ts'
import {
  areaOf,
  briefingWorld,
  INDICATORS,
  PERIODS,
  slidesOf,
  wholeOf,
  type WorldFigure,
  type WorldFigures,
} from '../support/briefing-world.ts'
import { certainOnSlide } from '../support/certain-on-slide.ts'

const AREAS = 8
const PLACES = [...Array(AREAS).keys()]
const ALL_INDICATORS = [...INDICATORS.keys()]
const STATED = { areas: PLACES, indicators: ALL_INDICATORS }

/** Figures far enough apart that some differ for certain, some perhaps and some not; one in six is not told. */
const figure: fc.Arbitrary<WorldFigure> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        base: fc.integer({ min: 50, max: 3000 }),
        percent: fc.integer({ min: 0, max: 30 }),
      })
      .map(({ base, percent }) => ({ count: Math.round((base * percent) / 100), base })),
  },
  { weight: 1, arbitrary: fc.constantFrom<WorldFigure>('hidden', 'missing') },
)
const worlds: fc.Arbitrary<WorldFigures> = fc
  .array(figure, {
    minLength: AREAS * INDICATORS.length * PERIODS.length,
    maxLength: AREAS * INDICATORS.length * PERIODS.length,
  })
  .map(
    (figures) => (area, indicator, period) =>
      figures[(area * INDICATORS.length + indicator) * PERIODS.length + period]!,
  )

const found = (figures: WorldFigures, order = STATED) => {
  const source = briefingWorld(figures, order)
  return findSuggestions(slidesOf(source), source)
}

/** Which areas are certain, worked out from the figures alone: [higher, lower] by name. */
function expected(figures: WorldFigures, at: number, kind: Suggestion['kind']) {
  const { measure, per, designEffect } = INDICATORS[at]!
  const [before, now] = [PERIODS.length - 2, PERIODS.length - 1]
  const whole = wholeOf(PLACES, (place) => figures(place, at, now))
  const sides: [string[], string[]] = [[], []]
  let comparisons = 0
  for (const place of PLACES) {
    const [own, earlier] = [figures(place, at, now), figures(place, at, before)]
    if (typeof own === 'string' || (kind === 'changed' && typeof earlier === 'string')) continue
    const compared =
      kind === 'differs'
        ? compareWithRest(own, whole, measure, per, designEffect)
        : compareTwo(own, earlier as typeof own, measure, per, designEffect)
    if (!compared) continue
    comparisons++
    const { lower, upper, level } = compared.outerInterval
    expect(level).toBeCloseTo(0.998, 6)
    if (lower > 0) sides[0].push(areaOf(place).name)
    if (upper < 0) sides[1].push(areaOf(place).name)
  }
  return { sides, comparisons }
}

const isCompared = (at: number, kind: Suggestion['kind']): boolean =>
  INDICATORS[at]!.class !== 'context' && (kind === 'changed' || INDICATORS[at]!.measure !== 'count')

const KINDS = ['differs', 'changed'] as const

describe('suggestions', () => {
  it('are what differs from the rest, or has changed in a year, at 99.8 %: no more and no less', async () => {
    let certain = 0
    await fc.assert(
      fc.asyncProperty(worlds, async (figures) => {
        const { suggestions, looked } = await found(figures)
        const compared = { differs: 0, changed: 0 }
        for (const kind of KINDS)
          for (const at of ALL_INDICATORS) {
            const own = suggestions.filter(
              (one) => one.kind === kind && one.indicator.id === INDICATORS[at]!.id,
            )
            if (!isCompared(at, kind)) {
              expect(own).toEqual([])
              continue
            }
            const { sides, comparisons } = expected(figures, at, kind)
            compared[kind] += comparisons
            expect(own.flatMap(({ areas }) => areas.map(({ name }) => name))).toEqual(
              sides.flat().toSorted(),
            )
            certain += own.length
          }
        expect(looked.compared).toEqual(compared)
      }),
      { numRuns: 30 },
    )
    expect(certain).toBeGreaterThan(50)
  })

  it('say what the slide that they become says, of the same areas and period', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (figures) => {
        const source = briefingWorld(figures, STATED)
        const slides = slidesOf(source)
        const { suggestions } = await findSuggestions(slides, source)
        // Made anew, so that nothing is shared with what found them.
        const others = slidesOf(source)
        for (const { address, claim, areas, period } of suggestions) {
          const made = await others.make(address)
          if (made.kind !== 'made') throw new Error(made.why)
          expect(made.content.claim).toBe(claim)
          expect(made.period).toBe(period)
          expect(certainOnSlide(made.content)).toEqual(areas.map(({ name }) => name).toSorted())
        }
      }),
      { numRuns: 15 },
    )
  })

  it('never name a hidden area, and are the same whether a figure is hidden or missing', async () => {
    const all =
      (figures: WorldFigures, to: WorldFigure): WorldFigures =>
      (...at) => {
        const figure = figures(...at)
        return typeof figure === 'string' ? to : figure
      }
    await fc.assert(
      fc.asyncProperty(worlds, async (figures) => {
        const hidden = await found(all(figures, 'hidden'))
        const missing = await found(all(figures, 'missing'))
        expect(hidden.suggestions).toEqual(missing.suggestions)
        expect([hidden.looked.missing, missing.looked.hidden]).toEqual([0, 0])
        for (const { areas, indicator } of hidden.suggestions)
          for (const { name } of areas) {
            const place = PLACES.find((one) => areaOf(one).name === name)!
            const at = INDICATORS.findIndex(({ id }) => id === indicator.id)
            expect(figures(place, at, PERIODS.length - 1)).toBeTypeOf('object')
          }
      }),
      { numRuns: 15 },
    )
  })

  it('are the same, in the same order, however areas and indicators are listed', async () => {
    const orders = fc.record({
      areas: fc.shuffledSubarray(PLACES, { minLength: AREAS }),
      indicators: fc.shuffledSubarray(ALL_INDICATORS, { minLength: INDICATORS.length }),
    })
    await fc.assert(
      fc.asyncProperty(worlds, orders, async (figures, order) => {
        const [stated, other] = [await found(figures), await found(figures, order)]
        const told = ({ suggestions }: typeof stated) =>
          suggestions.map(({ address, claim, areas }) => ({
            ...{ address, claim, areas: areas.map(({ name }) => name).toSorted() },
          }))
        expect(told(other)).toEqual(told(stated))
        expect(other.looked).toEqual(stated.looked)
        const names = ({ suggestions }: typeof stated) =>
          oftenCertain(suggestions, 2).map(({ name }) => name)
        expect(names(other)).toEqual(names(stated))
      }),
      { numRuns: 15 },
    )
  })

  it('come with how far the work has got, and let the page answer between two indicators', async () => {
    const source = briefingWorld(() => ({ count: 10, base: 100 }), STATED)
    const heard: number[] = []
    let breaths = 0
    const breathing = setInterval(() => breaths++)
    await findSuggestions(slidesOf(source), source, (done, all) => {
      heard.push(done)
      expect(all).toBe(INDICATORS.length - 1)
    })
    clearInterval(breathing)
    expect(heard).toEqual([1, 2, 3, 4, 5])
    expect(breaths).toBeGreaterThan(1)
  })
})

const made = (at: number, areas: readonly number[]): Suggestion => ({
  ...{ kind: 'differs', indicator: INDICATORS[at]!, claim: '', period: '2025' },
  ...{ address: `#/karta?indikator=${INDICATORS[at]!.id}`, areas: areas.map(areaOf) },
})
const lists = fc
  .uniqueArray(fc.integer({ min: 0, max: INDICATORS.length - 1 }))
  .chain((picks) =>
    fc.tuple(
      ...picks.map((at) =>
        fc.subarray(PLACES, { minLength: 1 }).map((areas): Suggestion => made(at, areas)),
      ),
    ),
  )

describe('the order of suggestions', () => {
  const CLASSES = ['unwanted-event', 'root-cause', 'protective-factor', 'context']

  it('is by class, then by how many areas, and keeps every one of them', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const ordered = inOrder(list)
        expect(new Set(ordered)).toEqual(new Set(list))
        ordered.slice(1).forEach((one, at) => {
          const before = ordered[at]!
          const [a, b] = [before, one].map(({ indicator }) => CLASSES.indexOf(indicator.class))
          expect(a!).toBeLessThanOrEqual(b!)
          if (a === b) expect(before.areas.length).toBeGreaterThanOrEqual(one.areas.length)
        })
        expect(inOrder(list.toReversed())).toEqual(ordered)
      }),
    )
  })

  it('gives each class its room, to those with most areas', () => {
    const room = { 'unwanted-event': 1, 'root-cause': 2 }
    fc.assert(
      fc.property(lists, (list) => {
        const chosen = strongest(list, room)
        for (const name of CLASSES) {
          const of = (all: readonly Suggestion[]) =>
            all.filter(({ indicator }) => indicator.class === name)
          const own = of(chosen)
          const most = (room as Readonly<Record<string, number>>)[name] ?? 0
          expect(own).toHaveLength(Math.min(most, of(list).length))
          const left = of(list).filter((one) => !own.includes(one))
          const fewest = Math.min(...own.map(({ areas }) => areas.length))
          for (const { areas } of left)
            if (own.length > 0) expect(areas.length).toBeLessThanOrEqual(fewest)
        }
      }),
    )
  })

  it('puts forward areas that are certain in more than one of them, most often first', () => {
    const [a, b, c, d] = [made(0, [3, 1]), made(1, [3, 2]), made(3, [3, 1]), made(4, [0])]
    const all = [a, b, c, d]
    expect(oftenCertain(all, 5).map(({ id }) => id)).toEqual([areaOf(3).id, areaOf(1).id])
    expect(oftenCertain(all, 1).map(({ id }) => id)).toEqual([areaOf(3).id])
    expect(oftenCertain([d], 5)).toEqual([])
  })
})
