import type { Feature, FeatureCollection, Polygon } from 'geojson'
import { topology } from 'topojson-server'
import type { Topology } from 'topojson-specification'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import type { AreaRegister } from '../../src/core/area.ts'
import { disclose, type DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import {
  DEFAULT_VIEW_STATE,
  resolveView,
  type ResolvedView,
  type ViewState,
} from '../../src/core/view-state.ts'
import { levelShapes, type LevelShapes } from '../../src/views/area-shapes.ts'
import {
  breakScale,
  choropleth,
  valuesForBreaks,
  type Choropleth,
} from '../../src/views/choropleth.ts'
import { areasOf, INDEX, indicator as indicatorOf } from './released-package.ts'

/*
 * A map of six areas in a row, one of each kind: four with values (one of them 0), one that the gate hides and one
 * that was not collected; and one more, hidden at its source, in the second year.
 */

export const YEARS = ['2023', '2024'] as const

/** Stands nowhere else, so that a leak is seen. */
export const SUPPRESSED = { numerator: 3, denominator: 7919 } as const

export const SIX: Indicator = indicatorOf('six', {
  name: 'Prov av sex',
  denominatorName: 'invånare',
  source: 'Provkällan',
  definition: 'Vad provet mäter.',
  plan: { levels: ['kommun', 'regso'], periodChain: ['year'], bySex: false },
})

const figures = {
  numerator: [40, 0, 90, 60, SUPPRESSED.numerator, NaN, 50, 20, 95, 70, NaN, 30],
  denominator: [400, 200, 300, 500, SUPPRESSED.denominator, NaN, 400, 200, 300, 500, NaN, 600],
  status: [
    ...[STATUS_VALUE, STATUS_VALUE, STATUS_VALUE, STATUS_VALUE, STATUS_VALUE, STATUS_NOT_COLLECTED],
    ...[STATUS_VALUE, STATUS_VALUE, STATUS_VALUE, STATUS_VALUE],
    ...[STATUS_HIDDEN_AT_SOURCE, STATUS_VALUE],
  ],
}

/** Published for 2024 first, so that the first six figures are those of the newest year. */
const periods = [YEARS[1], YEARS[0]]

export function tableOfSix(indicator: Indicator = SIX): DisclosedTable {
  return disclose(
    {
      indicator: indicator.id,
      level: 'regso',
      sexes: ['T'],
      periods,
      areas: areasOf('regso'),
      status: Uint8Array.from(figures.status),
      numerator: Float64Array.from(figures.numerator),
      denominator: Float64Array.from(figures.denominator),
    },
    indicator,
    'test',
  )
}

export function wholeOfSix(indicator: Indicator = SIX): DisclosedTable {
  return disclose(
    {
      indicator: indicator.id,
      level: 'kommun',
      sexes: ['T'],
      periods,
      areas: areasOf('kommun'),
      status: new Uint8Array(2).fill(STATUS_VALUE),
      numerator: Float64Array.from([1000, 1000]),
      denominator: Float64Array.from([9800, 9800]),
    },
    indicator,
    'test',
  )
}

const reference = { path: 'x', bytes: 0, sha256: '' }

export const SIX_INDEX: PackageIndex = {
  format: 1,
  release: {
    id: 'test',
    date: '2026-11-03',
    title: 'Prov',
    synthetic: true,
    sources: [],
    notes: [],
  },
  register: {
    ...INDEX.register,
    levels: [
      { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
      { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
      { id: 'regso', singular: 'område', plural: 'områden', rank: 2 },
    ],
  },
  boundaries: reference,
  neighbours: reference,
  indicators: [SIX],
  observations: ['kommun', 'regso'].map((level) => ({
    ...reference,
    indicator: SIX.id,
    level,
    rows: 0,
    sexes: ['T'],
    periods,
  })),
  incidents: INDEX.incidents && { ...INDEX.incidents, hexagons: reference },
  start: { indicator: SIX.id, level: 'regso', areas: [], bounds: [20, 63, 26, 64] },
}

/** The view that a link asks for; the newest year where it does not say. */
export function viewOfSix(change: Partial<ViewState> = {}): ResolvedView {
  const { view } = resolveView({ ...DEFAULT_VIEW_STATE, ...change }, SIX_INDEX)
  if (!view) throw new Error('nothing to show')
  return view
}

/** The map of a view; with other names for the six areas where they are given. */
export function mapOfSix(
  change: Partial<ViewState> = {},
  names: readonly string[] | null = null,
): Choropleth {
  const register = names === null ? SIX_INDEX.register : renamed(names)
  const view = viewOfSix(change)
  const table = tableOfSix()
  const values = valuesForBreaks(
    table,
    SIX,
    view.sex,
    view.period,
    view.smoothing,
    view.fixedClasses,
  )
  return choropleth(
    register,
    SIX,
    table,
    wholeOfSix(),
    view,
    breakScale(values, SIX, view.breaks, view.classCount, view.ownBreaks),
  )
}

function renamed(names: readonly string[]): AreaRegister {
  const ids = areasOf('regso')
  const areas = SIX_INDEX.register.areas.map((area) => ({
    ...area,
    name: names[ids.indexOf(area.id)] ?? area.name,
  }))
  return { ...SIX_INDEX.register, areas }
}

/** Six squares of a degree, side by side from 20° E. */
export function boundariesOfSix(): Topology {
  const squares = areasOf('regso').map((id, index): Feature<Polygon> => ({
    type: 'Feature',
    id,
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [20 + index, 63],
          [20 + index, 64],
          [21 + index, 64],
          [21 + index, 63],
          [20 + index, 63],
        ],
      ],
    },
  }))
  const regso: FeatureCollection = { type: 'FeatureCollection', features: squares }
  return topology({ regso }) as Topology
}

export const shapesOfSix = (): LevelShapes =>
  levelShapes(boundariesOfSix(), SIX_INDEX.register, 'regso')
