import { BriefingSlides } from '../../src/app/briefing-slides.ts'
import type { SlideMaking, SlidePackage } from '../../src/app/slide-making.ts'
import type { Area, AreaLevel } from '../../src/core/area.ts'
import type { DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import type { PeriodCode } from '../../src/core/period.ts'
import type { Sample } from '../../src/core/stats/comparison.ts'
import { open, tableOf, type Figure } from './cross-world.ts'

/*
 * A municipality of areas with figures of one's choice, an indicator of each class and of most measures: what a
 * lägesbild is begun from. Nothing but figures is asked of it: it has no boundaries.
 */

export const PERIODS = ['2023', '2024', '2025'] as const

const rate = { measure: 'rate', per: 1000, unit: 'per 1 000', source: 'Polisen' } as const

export const INDICATORS: readonly Indicator[] = [
  open('damage', { ...rate, name: 'Skadegörelse', class: 'unwanted-event' }),
  open('theft', { ...rate, name: 'Stölder', class: 'unwanted-event' }),
  open('calls', {
    ...{ name: 'Larm', class: 'unwanted-event', measure: 'count', per: 1, unit: 'st' },
    ...{ denominatorName: null, source: 'Räddningstjänsten' },
  }),
  open('absence', { name: 'Frånvaro', class: 'root-cause', source: 'Skolan' }),
  open('trust', {
    ...{ name: 'Tillit', class: 'protective-factor', measure: 'survey', source: 'Enkäten' },
    ...{ designEffect: 1.5, polarity: 'higher-better' },
  }),
  open('students', { name: 'Studenter', class: 'context', source: 'SCB' }),
]

const LEVELS: readonly AreaLevel[] = [
  { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
  { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
]

export type WorldFigure = Figure | 'hidden' | 'missing'

/** By area, indicator and period. */
export type WorldFigures = (area: number, indicator: number, period: number) => WorldFigure

export interface WorldOrder {
  /** Places of areas and of indicators, as they are listed. */
  readonly areas: readonly number[]
  readonly indicators: readonly number[]
}

const AREAS = Array.from({ length: 26 }, (_, place): Area => ({
  ...{ id: `2480-${String(place).padStart(2, '0')}`, level: 'stadsdel', parent: '2480' },
  name: `Område ${String.fromCharCode(65 + place)}`,
}))

export const areaOf = (place: number): Area => AREAS[place]!

/** Hidden, or of no area. */
const WHOLE_MORE: Sample = { count: 40, base: 900 }

/** A package of so many areas, listed in an order. */
export function briefingWorld(
  figures: WorldFigures,
  { areas: areaOrder, indicators: indicatorOrder }: WorldOrder,
): SlidePackage {
  const areas = areaOrder.map(areaOf)
  const tables: DisclosedTable[] = indicatorOrder.flatMap((at) => {
    const indicator = INDICATORS[at]!
    const periodOf = (period: PeriodCode): number => PERIODS.indexOf(period as '2023')
    const own = (place: number, period: PeriodCode) => figures(place, at, periodOf(period))
    return [
      tableOf(indicator, 'kommun', ['2480'], PERIODS, (_, period) =>
        wholeOf(areaOrder, (place) => own(place, period)),
      ),
      tableOf(
        indicator,
        'stadsdel',
        areas.map(({ id }) => id),
        PERIODS,
        (id, period) => own(Number(id.slice(5)), period),
      ),
    ]
  })
  const index = {
    release: {
      ...{ id: '2026-11-03', date: '2026-11-03', title: 'Prov', synthetic: true },
      ...{ sources: [], notes: [] },
    },
    register: {
      levels: LEVELS,
      areas: [{ id: '2480', level: 'kommun', name: 'Kommunen', parent: null }, ...areas],
      boundaryVersion: { id: 'prov', name: 'Prov', schematic: true, source: '', licence: '' },
    },
    indicators: indicatorOrder.map((at) => INDICATORS[at]!),
    observations: tables,
    incidents: null,
    start: { indicator: INDICATORS[0]!.id, level: 'stadsdel', areas: [], bounds: [20, 63, 21, 64] },
  }
  return {
    index: index as unknown as SlidePackage['index'],
    table: (indicator, level) =>
      Promise.resolve(
        tables.find((one) => one.indicator === indicator && one.level === level) ?? null,
      ),
    incidents: () => Promise.reject(new Error('none')),
    plan: () => Promise.resolve(null),
    boundaries: () => Promise.resolve({ type: 'Topology', arcs: [], objects: {} }),
    neighbours: () => Promise.resolve({}),
    caseFlows: () => Promise.resolve([]),
  }
}

/** The whole municipality: its shown areas and what is hidden or told of no area. */
export function wholeOf(
  places: readonly number[],
  figureOf: (place: number) => WorldFigure,
): Sample {
  return places.reduce((sum, place) => {
    const figure = figureOf(place)
    return typeof figure === 'string'
      ? sum
      : { count: sum.count + figure.count, base: sum.base + figure.base }
  }, WHOLE_MORE)
}

const MAKING: SlideMaking = {
  date: '2026-11-23',
  colour: () => '#123456',
  measure: (text) => 6 * text.length,
  cross: () => Promise.reject(new Error('nothing is crossed here')),
}

export const slidesOf = (source: SlidePackage): BriefingSlides => new BriefingSlides(source, MAKING)
