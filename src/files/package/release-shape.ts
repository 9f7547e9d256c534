import { INDICATOR_CLASSES } from '../../core/indicator.ts'
import { PERIOD_KINDS } from '../../core/period.ts'
import {
  boolean,
  checksum,
  count,
  identifier,
  is,
  list,
  name,
  oneOf,
  optional,
  orNull,
  path,
  record,
  text,
} from './json-shape.ts'

/** A release as its files name it (Release). */
export const release = record({
  id: identifier,
  date: is('date', (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)),
  title: name,
  synthetic: boolean,
  sources: list(record({ title: name, licence: text })),
  notes: list(text),
})

/** An indicator's publication plan (PublicationPlan). */
export const plan = record({
  levels: list(identifier, 1),
  periodChain: list(oneOf(...PERIOD_KINDS), 1),
  bySex: boolean,
})

/** An indicator's disclosure policy (DisclosurePolicy). */
export const policy = record({
  kind: oneOf('person', 'survey', 'place', 'public-at-source'),
  threshold: count,
  complement: boolean,
  minimumDenominator: count,
  minimumRespondents: count,
  zeros: oneOf('shown', 'may-be-hidden'),
})

/** A register of areas (AreaRegister). */
export const register = record({
  levels: list(record({ id: identifier, singular: name, plural: name, rank: count }), 1),
  areas: list(
    record({
      id: identifier,
      level: identifier,
      name,
      parent: orNull(identifier),
      labelLines: optional(list(text)),
      rural: optional(boolean),
    }),
    1,
  ),
  boundaryVersion: record({
    id: identifier,
    name,
    schematic: boolean,
    source: text,
    licence: text,
  }),
})

/** An indicator (Indicator). */
export const indicator = record({
  id: identifier,
  name,
  class: oneOf(...INDICATOR_CLASSES),
  measure: oneOf('share', 'rate', 'count', 'survey', 'class'),
  per: is('positive', (value) => Number.isFinite(value) && (value as number) > 0),
  unit: text,
  denominatorName: orNull(text),
  polarity: oneOf('higher-better', 'lower-better', 'neutral'),
  definition: text,
  source: text,
  frequency: text,
  caveats: list(text),
  focusProblems: list(text),
  plan,
  policy,
  periodAggregation: oneOf('sum', 'mean'),
  designEffect: is('positive', (value) => Number.isFinite(value) && (value as number) > 0),
  synthetic: boolean,
  ages: optional(record({ from: count, to: orNull(count) })),
})

export const FILE_REFERENCE = { path, bytes: count, sha256: checksum, rows: optional(count) }
/** A file of a package (FileReference). */
export const fileReference = record(FILE_REFERENCE)

/** [west, south, east, north] in degrees. */
export const bounds = is(
  'bounds',
  (value) =>
    Array.isArray(value) &&
    value.length === 4 &&
    value.every((degree) => Number.isFinite(degree)) &&
    value[0] < value[2] &&
    value[1] < value[3] &&
    Math.abs(value[0]) <= 180 &&
    Math.abs(value[2]) <= 180 &&
    Math.abs(value[1]) <= 90 &&
    Math.abs(value[3]) <= 90,
)

/** Files of events (IncidentFiles). An analyst's own have no counts by area: those are an indicator. */
export const incidentFiles = record({
  categories: list(record({ id: identifier, name, hexagons: boolean }), 1),
  counts: list(record({ ...FILE_REFERENCE, level: identifier })),
  hexagons: orNull(fileReference),
  hexagonOutlines: orNull(fileReference),
  minimumCount: count,
})
