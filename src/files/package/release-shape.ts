import { PERIOD_KINDS } from '../../core/period.ts'
import { boolean, count, identifier, is, list, name, oneOf, record, text } from './json-shape.ts'

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
