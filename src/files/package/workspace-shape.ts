import { SEXES } from '../../core/indicator.ts'
import { kindOf } from '../../core/period.ts'
import { COLUMN_ROLES, NO_ANSWERS, type Recipe } from '../tables/mapping.ts'
import type { BoundaryTies } from './boundary-ties.ts'
import { indicatorLog } from './disclosure-log.ts'
import {
  boolean,
  count,
  Fault,
  identifier,
  is,
  list,
  name,
  oneOf,
  optional,
  orNull,
  record,
  text,
  unique,
  type Check,
} from './json-shape.ts'
import { layerFilesOf, type BoundaryLayer, type ImportLayer, type Workspace } from './overlay.ts'
import {
  bounds,
  FILE_REFERENCE,
  fileReference,
  incidentFiles,
  indicator,
  register,
} from './release-shape.ts'
import { ownWordsOf } from './own-words.ts'
import { ownFlowsOf } from '../plan/case-flow-shape.ts'
import { followUpsOf } from '../plan/follow-up-shape.ts'
import { briefingsOf } from './briefing-shape.ts'

const period = is('period', (value) => typeof value === 'string' && kindOf(value) !== null)
const instant = is(
  'date',
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) &&
    !Number.isNaN(Date.parse(value)),
)

const mapOf =
  (check: Check): Check =>
  (value, place) => {
    record({})(value, place)
    for (const [key, item] of Object.entries(value as object)) check(item, `${place}.${key}`)
  }

/** Facts about a file that was read (LayerSource). */
export const layerSource = record({
  file: name,
  licence: text,
  rows: count,
  firstPeriod: orNull(period),
  lastPeriod: orNull(period),
  importedAt: instant,
  findings: record({ error: count, question: count, warning: count, note: count }),
  recipe: orNull(text),
  part: optional(
    record({
      shape: text,
      ...{ measure: orNull(text), age: orNull(text), isEvents: boolean },
    }),
  ),
})

/** Figures of the analyst's own are never invented. */
export const ownIndicator: Check = (value, place) => {
  indicator(value, place)
  oneOf(false)((value as { synthetic: unknown }).synthetic, `${place}.synthetic`)
}

const importLayer = record({
  id: identifier,
  source: layerSource,
  boundaryVersion: identifier,
  areas: mapOf(list(identifier, 1)),
  indicators: list(ownIndicator, 1),
  observations: list(
    record({
      ...FILE_REFERENCE,
      ...{ indicator: identifier, level: identifier, rows: count },
      sexes: list(oneOf(...SEXES), 1),
      periods: list(period, 1),
    }),
    1,
  ),
  incidents: optional(orNull(incidentFiles)),
  log: list(indicatorLog),
})

const boundaryLayer = record({
  ...{ id: identifier, source: layerSource, register, bounds },
  ...{ boundaries: fileReference, neighbours: fileReference },
})

/** Same ground in two versions (BoundaryTies). */
const boundaryTies = record({
  ...{ from: identifier, to: identifier, levels: list(identifier) },
  areas: mapOf(orNull(identifier)),
})

// An area that is meant may also be "ej placerad", which is no code.
const areaNames = mapOf(orNull(name))

const recipe = record({
  name: text,
  shape: text,
  answers: record({
    areas: optional(areaNames),
    decimal: optional(orNull(oneOf(',', '.'))),
    year: optional(orNull(count)),
    roles: optional(mapOf(oneOf(...COLUMN_ROLES))),
    period: optional(orNull(period)),
    skippedRows: optional(list(count)),
  }),
  indicator: orNull(identifier),
  part: optional(record({ measure: orNull(text), age: orNull(text) })),
})

/** Recipes as they are stored; answers that a recipe does not have are none. @throws Fault */
export function recipesOf(stored: unknown, place: string): readonly Recipe[] {
  list(recipe)(stored, place)
  return (stored as readonly Recipe[]).map((one) => ({
    ...one,
    answers: { ...NO_ANSWERS, ...one.answers },
  }))
}

/** Names that were asked about once. @throws Fault */
export function areaNamesOf(stored: unknown, place: string): Workspace['areaNames'] {
  areaNames(stored, place)
  return stored as Workspace['areaNames']
}

/** Ties between versions of the boundaries. @throws Fault */
export function tiesOf(stored: unknown, place: string): readonly BoundaryTies[] {
  list(boundaryTies)(stored, place)
  return stored as readonly BoundaryTies[]
}

/** A workspace as it is stored, whole or not at all. @throws Fault at the first place that is not as it should be */
export function workspaceOf(stored: unknown): Workspace {
  record({ boundaries: orNull(boundaryLayer) })(stored, '')
  const {
    boundaries,
    ties,
    recipes,
    areaNames: names,
    briefings,
    words,
    followUps,
    caseFlows,
    ...rest
  } = stored as Workspace
  const layers = layersOf(rest.layers, 'layers')
  const ids = layers.flatMap(({ indicators }) => indicators.map(({ id }) => id))
  unique(layers, 'layers', ({ id }) => id)
  unique(ids, 'layers', (id) => id)
  if (boundaries)
    checkInside(boundaries, 'boundaries', [boundaries.boundaries.path, boundaries.neighbours.path])
  return {
    ...{ layers, boundaries, ties: tiesOf(ties, 'ties') },
    superseded: layersOf(rest.superseded, 'superseded'),
    ...{ recipes: recipesOf(recipes, 'recipes'), areaNames: areaNamesOf(names, 'areaNames') },
    ...{ briefings: briefingsOf(briefings, 'briefings'), words: ownWordsOf(words, 'words') },
    followUps: followUpsOf(followUps, 'followUps'),
    caseFlows: ownFlowsOf(caseFlows, 'caseFlows'),
  }
}

/** Layers of figures as they are stored. @throws Fault */
export function layersOf(stored: unknown, place: string): readonly ImportLayer[] {
  list(importLayer)(stored, place)
  // Layers that were stored before they could have events have none.
  const layers = (stored as readonly ImportLayer[]).map((layer) => ({
    ...layer,
    incidents: layer.incidents ?? null,
  }))
  layers.forEach((layer, at) => checkLayer(layer, `${place}[${at}]`))
  return layers
}

function checkLayer(layer: ImportLayer, place: string): void {
  const { areas, indicators, observations } = layer
  const known = new Set(indicators.map(({ id }) => id))
  const paths = layerFilesOf(layer).map(({ path }) => path)
  checkInside(layer, place, paths)
  observations.forEach(({ indicator: id, level, rows, sexes, periods }, at) => {
    const file = `${place}.observations[${at}]`
    if (!known.has(id)) throw new Fault('package-unknown-indicator', `${file}.indicator`, id)
    const expected = sexes.length * periods.length * (areas[level]?.length ?? 0)
    if (rows !== expected) throw new Fault('package-rows', `${file}.rows`, rows, { expected })
  })
}

/** Files of a layer are in its own folder. */
function checkInside(
  { id }: ImportLayer | BoundaryLayer,
  place: string,
  paths: readonly string[],
): void {
  const outside = paths.find((path) => !path.startsWith(`imports/${id}/`))
  if (outside !== undefined)
    throw new Fault('package-type', place, outside, { expected: `imports/${id}/…` })
}
