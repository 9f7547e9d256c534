import { describe, expect, it } from 'vitest'
import type { LevelGround } from '../../src/core/cross-values.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import { mulberry } from '../../src/core/random.ts'
import { spatialSteps, type SpatialSource } from '../../src/core/spatial-panel.ts'
import { bivariateMoran } from '../../src/core/stats/bivariate-moran.ts'
import { moran } from '../../src/core/stats/moran.ts'
import { neighboursFromLists, weigh } from '../../src/core/stats/weights.ts'
import { expertText, pText } from '../../src/text/expert.ts'
import { formatNumber, NBSP } from '../../src/text/format.ts'
import {
  expertFigures,
  expertPanel,
  refusedExpertPanel,
  type ExpertSubject,
} from '../../src/views/expert-panel.ts'
import { gridGround, LEVELS, open, tableOf, type FigureOf } from '../support/cross-world.ts'

const PLAN = { permutations: 199, seed: 3 }
const GROUND = gridGround('regso', 64, 8)

const sourceOf = (
  id: string,
  figureOf: FigureOf,
  ground = GROUND,
  changes: Partial<Indicator> = {},
): SpatialSource => {
  const indicator = open(id, { class: 'unwanted-event', name: id, ...changes })
  const table = tableOf(indicator, 'regso', ground.areas, ['2025'], figureOf)
  return { indicator, table, side: { period: '2025', before: null } }
}

const subjectOf = (
  event: SpatialSource,
  factor: SpatialSource | null = null,
  ground = GROUND,
): ExpertSubject => ({
  choice: { sex: 'T', smoothing: 'raw' },
  register: {
    levels: LEVELS,
    areas: ground.areas.map((id) => ({
      id,
      level: 'regso',
      name: `Yta ${id.slice(-2)}`,
      parent: null,
    })),
  },
  ...{ level: 'regso', ground, event, factor },
})

function viewOf(subject: ExpertSubject, which: 'event' | 'factor' = 'event') {
  const figures = expertFigures(subject, which, PLAN)
  if (!figures.question) return refusedExpertPanel(subject, figures)
  const steps = spatialSteps(figures.question)
  for (;;) {
    const step = steps.next()
    if (step.done) return expertPanel(subject, figures, step.value)
  }
}

const numberOf = (area: string) => Number(area.slice(-2))

/** A slope from west to east, with a little of its own in every area. */
const slope: FigureOf = (area) => {
  const own = mulberry(numberOf(area) + 1)()
  return { count: 100 + 80 * (numberOf(area) % 8) + Math.floor(20 * own), base: 1000 }
}

const noise =
  (seed: number): FigureOf =>
  (area) => ({ count: Math.floor(900 * mulberry(seed + 31 * numberOf(area))()), base: 1000 })

function mapOf(shown: ReturnType<typeof viewOf>['local']) {
  if (shown.kind === 'none') throw new Error(shown.sentence)
  return shown.shown
}

describe('the expert panel', () => {
  it('writes the figures of the methods, and reads them by their own p', () => {
    const event = sourceOf('Klotter', slope)
    const { globals } = viewOf(subjectOf(event))
    const values = GROUND.areas.map((area) => {
      const figure = slope(area, '2025', 'T')
      if (typeof figure === 'string') throw new Error(figure)
      return (100 * figure.count) / figure.base
    })
    const expected = moran(values, GROUND.weights)
    if (!expected.ok) throw new Error(expected.reason)
    expect(globals[0]).toMatchObject({
      value: formatNumber(expected.value.I, 3),
      expected: formatNumber(-1 / 63, 3),
      z: formatNumber(expected.value.z, 2),
      p: 'under 0,001',
      reading: expertText.global.readings.alike,
    })
    expect(globals.map(({ measure }) => measure)).toEqual(['moran', 'eb-moran', 'geary'])
    expect(globals[2]!.reading).toBe(expertText.global.readings.alike)
    const none = viewOf(subjectOf(sourceOf('Klotter', noise(5)))).globals[0]!
    expect(none.reading).toBe(expertText.global.readings.none)
  })

  it('reads neighbours that differ as unlike, with Moran and with Geary', () => {
    const chequered: FigureOf = (area) => {
      const [row, column] = [Math.floor(numberOf(area) / 8), numberOf(area) % 8]
      return { count: (row + column) % 2 === 0 ? 700 : 100 + row, base: 1000 }
    }
    const { globals } = viewOf(subjectOf(sourceOf('Klotter', chequered)))
    expect(globals[0]!.reading).toBe(expertText.global.readings.unlike)
    expect(globals[2]!.reading).toBe(expertText.global.readings.unlike)
  })

  it('marks what survives alone, names it, and keeps classes apart by letter and colour', () => {
    // One area with its four neighbours lies high: no other hand of four is as high as its own.
    const block: FigureOf = (area) => ({
      ...{
        count: [19, 26, 27, 28, 35].includes(numberOf(area)) ? 800 : 100 + (numberOf(area) % 7),
      },
      base: 1000,
    })
    const map = mapOf(viewOf(subjectOf(sourceOf('Klotter', block))).local)
    const high = map.classes.find(({ mark }) => mark === 'High-High')!
    expect(high).toMatchObject({ letter: 'HH', token: 'div-high-2' })
    const marked = map.areas.filter(({ mark }) => mark === 'High-High')
    expect(marked.map(({ name }) => name)).toEqual(high.names)
    expect(marked.map(({ area }) => numberOf(area))).toEqual([27])
    expect(high.count).toBe(String(high.names.length))
    expect(map.found).toContain(`1 av 64${NBSP}områden står sig`)
    const quiet = mapOf(viewOf(subjectOf(sourceOf('Klotter', noise(5)))).local)
    expect(quiet.found).toContain('Inget av 64')
    expect(new Set(quiet.areas.map(({ mark }) => mark))).toEqual(new Set(['none']))
  })

  it('counts hidden areas as missing, and names those without a neighbour that shows a value', () => {
    const corner = (area: string) => [1, 8].includes(numberOf(area))
    const event = sourceOf('Klotter', (area, period, sex) =>
      corner(area) ? 'hidden' : numberOf(area) === 40 ? 'missing' : slope(area, period, sex),
    )
    const view = viewOf(subjectOf(event))
    expect(view.notes).toContain(expertText.notes.hidden(2))
    expect(view.notes).toContain(expertText.notes.missing(1))
    expect(view.notes).toContain(expertText.notes.islands(['Yta 00']))
    const map = mapOf(view.local)
    expect([0, 1, 8, 40].map((place) => map.areas[place]!.mark)).toEqual([
      ...['island', 'hidden', 'hidden', 'missing'],
    ])
    expect(map.classes.find(({ mark }) => mark === 'island')!.names).toEqual(['Yta 00'])
    expect(map.areas[0]!.label).toBe('Yta 00: utan granne med tal')
  })

  it('says why there are no numbers: too many hidden, too few areas, nothing that varies, no neighbours', () => {
    const third = sourceOf('Klotter', (area, period, sex) =>
      numberOf(area) % 3 === 0 ? 'hidden' : slope(area, period, sex),
    )
    expect(viewOf(subjectOf(third)).refusal).toContain('För många dolda: 22 av 64')
    const few = sourceOf('Klotter', (area, period, sex) =>
      numberOf(area) > 7 ? 'missing' : slope(area, period, sex),
    )
    expect(viewOf(subjectOf(few)).refusal).toContain(`Bara 8${NBSP}områden`)
    const flat = viewOf(subjectOf(sourceOf('Klotter', () => ({ count: 5, base: 100 }))))
    expect(flat.globals[0]!.sentence).toBe('Talet är lika i alla områden.')
    expect(flat.correlogram).toEqual({ kind: 'none', sentence: 'Talet är lika i alla områden.' })
    const alone: LevelGround = {
      ...GROUND,
      weights: weigh(neighboursFromLists(GROUND.areas.map(() => []))),
    }
    const apart = viewOf(subjectOf(sourceOf('Klotter', slope, alone), null, alone))
    expect(apart.local).toEqual({
      kind: 'none',
      sentence: 'Inget område med tal har någon granne med tal.',
    })
    for (const view of [flat, apart]) expect(JSON.stringify(view)).not.toMatch(/NaN/)
  })

  it('looks at the neighbours’ factor against the own event, whichever pattern is shown', () => {
    const [event, factor] = [sourceOf('Klotter', slope), sourceOf('Frånvaro', noise(9))]
    const subject = subjectOf(event, factor)
    const [first, second] = [viewOf(subject), viewOf(subject, 'factor')]
    expect(first.pair).toEqual(second.pair)
    expect(second.title).toContain('Frånvaro')
    const { question } = expertFigures(subject, 'factor', PLAN)
    const { own, others } = question!.pair!
    expect([...own]).toEqual([...expertFigures(subject, 'event', PLAN).question!.values])
    const expected = bivariateMoran(own, others, GROUND.weights, {
      ...{ permutations: 2560, seed: 3 },
    })
    if (!expected.ok) throw new Error(expected.reason)
    expect(first.pair!.globals[0]).toMatchObject({
      value: formatNumber(expected.value.I, 3),
      p: pText(expected.value.pPermutation),
    })
    expect(first.pair!.globals[1]!.reading).toBe('Prövas inte mot slump här.')
  })

  it('draws a correlogram as far as enough areas lie, and says how far likeness reaches', () => {
    const { correlogram } = viewOf(subjectOf(sourceOf('Klotter', slope)))
    if (correlogram.kind === 'none') throw new Error(correlogram.sentence)
    const { points, reach } = correlogram.shown
    expect(points.map(({ steps }) => steps)).toEqual([1, 2, 3, 4, 5, 6])
    expect(points[0]!.stands).toBe(true)
    expect(points[0]!.I).toBeGreaterThan(points[5]!.I)
    const stood = points.findIndex(({ stands, I, expectation }) => !stands || I <= expectation)
    expect(reach).toBe(expertText.correlogram.reach(stood < 0 ? 6 : stood))
    const narrow = gridGround('regso', 16, 4)
    const short = viewOf(subjectOf(sourceOf('Klotter', slope, narrow), null, narrow)).correlogram
    if (short.kind === 'none') throw new Error(short.sentence)
    expect(short.shown.points.length).toBeLessThan(6)
    expect(short.shown.cut).not.toBe('')
  })

  it('never speaks of hot spots, problems or what spreads', () => {
    const words = JSON.stringify(
      viewOf(subjectOf(sourceOf('Klotter', slope), sourceOf('Frånvaro', noise(9)))),
    )
    expect(words.toLowerCase()).not.toMatch(/hotspot|hot spot|problemområde|utsatt område|påverkar/)
  })
})
