import type { AreaRegister, LevelId } from '../../core/area.ts'
import type {
  DisclosurePolicy,
  Indicator,
  IndicatorClass,
  IndicatorId,
  Measure,
  Polarity,
} from '../../core/indicator.ts'
import type { PeriodKind } from '../../core/period.ts'
import {
  defaultAggregation,
  defaultDesignEffect,
  defaultPolicy,
  hasDenominator,
} from '../../files/indicator-defaults.ts'
import { slugOf } from '../../core/slug.ts'
import { periodKindsInWords, unitOfMeasure } from '../../text/import.ts'
import type { TableContents, TableView } from './protocol.ts'

/** An indicator while it is being described. */
export interface IndicatorDraft {
  /** Of an indicator that exists; null for a new one. */
  readonly existing: IndicatorId | null
  readonly name: string
  readonly class: IndicatorClass
  readonly measure: Measure
  readonly per: number
  readonly denominatorName: string
  readonly polarity: Polarity
  readonly source: string
  readonly definition: string
  /** One a line. */
  readonly caveats: string
  readonly levels: readonly LevelId[]
  readonly periodChain: readonly PeriodKind[]
  readonly bySex: boolean
  readonly policy: DisclosurePolicy
}

/** What a draft lacks before it can be read in. */
export type DraftNeed = 'existing' | 'name' | 'id' | 'source' | 'denominator' | 'levels'

export const RATES = [100, 1000, 10_000, 100_000] as const

/** Chains of periods that can be published of figures per the shortest kind: as they are, with totals, and coarser. */
const CHAINS: Readonly<Record<PeriodKind, readonly (readonly PeriodKind[])[]>> = {
  week: [['week'], ['week', 'year'], ['year']],
  month: [
    ...([['month'], ['month', 'year'], ['month', 'quarter', 'year']] as const),
    ...([['quarter'], ['quarter', 'year'], ['half-year'], ['year']] as const),
  ],
  quarter: [['quarter'], ['quarter', 'year'], ['half-year'], ['half-year', 'year'], ['year']],
  term: [['term'], ['term', 'year'], ['term', 'school-year'], ['school-year'], ['year']],
  'half-year': [['half-year'], ['half-year', 'year'], ['year']],
  'school-year': [['school-year']],
  year: [['year']],
}

/** Chains to choose among. @param own the chain of an indicator that exists, which is always one of them */
export function periodChains(
  { kinds }: Pick<TableContents, 'kinds'>,
  own: readonly PeriodKind[] | null,
): readonly (readonly PeriodKind[])[] {
  const chains = CHAINS[kinds[0] ?? 'year']
  const isThere = own === null || chains.some((chain) => chain.join() === own.join())
  return isThere ? chains : [own, ...chains]
}

/** Coarse to fine, down to the finest level that the table has: coarser ones are sums of it. */
export function levelsToChoose(
  { levels }: Pick<TableContents, 'levels'>,
  register: AreaRegister,
): readonly LevelId[] {
  const rankOf = new Map(register.levels.map(({ id, rank }) => [id, rank]))
  const finest = Math.max(...levels.map((level) => rankOf.get(level) ?? 0))
  const used = new Set(register.areas.map(({ level }) => level))
  return register.levels
    .filter(({ id, rank }) => rank <= finest && used.has(id))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ id }) => id)
}

/** Figures per inhabitant are events; per anything else they are usually those of whom something is true. */
const INHABITANTS = /inv(å|a)nare|folkm(ä|a)ngd|befolkning/i
const SOURCE = /^\s*k(ä|a)lla\s*:?\s*/i

/** What can be told of an indicator by its table. */
export function draftOf(table: TableView, register: AreaRegister): IndicatorDraft {
  const { contents } = table
  const heading = (role: string): string =>
    table.columns.find((column) => column.role === role)?.heading ?? ''
  const isPerInhabitant = INHABITANTS.test(heading('denominator'))
  const measure: Measure = contents.hasRespondents
    ? 'survey'
    : !contents.hasDenominator
      ? contents.unit === '%'
        ? 'share'
        : 'count'
      : contents.unit !== '%' && isPerInhabitant
        ? 'rate'
        : 'share'
  const name = nameOf(table)
  const source = table.notes.find((note) => SOURCE.test(note))?.replace(SOURCE, '') ?? ''
  const kind = measure === 'survey' ? 'survey' : 'person'
  const finest = contents.kinds[0] ?? 'year'
  return {
    ...{ existing: null, name, measure, source, definition: '', caveats: '', polarity: 'neutral' },
    class: contents.isEvents ? 'unwanted-event' : 'context',
    per: measure === 'rate' ? 1000 : hasDenominator(measure) ? 100 : 1,
    denominatorName: heading('denominator').toLowerCase(),
    levels: levelsToChoose(contents, register),
    periodChain: CHAINS[finest].find((chain) =>
      contents.kinds.every((one) => chain.includes(one)),
    ) ?? [finest],
    bySex: contents.sexes.includes('K') && contents.sexes.includes('M'),
    policy: defaultPolicy(kind, measure, `${name} ${source}`),
  }
}

/** The title above the table, else the file's own name without what dates it. */
function nameOf({ title, file }: TableView): string {
  const above = title.find((text) => text.length > 3 && text.length <= 80)
  if (above) return above.replace(/[.,:;]\s*$/, '')
  const base = file
    .split('/')
    .at(-1)!
    .replace(/\.[^.]+$/, '')
    .replace(/[_-]+/g, ' ')
    .replace(/\b(export|uttag|data|ht|vt|kv)?\s*\d{2,8}\b/gi, ' ')
    .replace(/\b(export|uttag|rapport)\b/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return `${base.slice(0, 1).toUpperCase()}${base.slice(1)}`
}

/** The draft of an indicator that exists, as far as the table can give it. */
export function draftOfExisting(
  indicator: Indicator,
  table: TableView,
  register: AreaRegister,
): IndicatorDraft {
  const can = levelsToChoose(table.contents, register)
  const { plan } = indicator
  return {
    ...indicator,
    existing: indicator.id,
    denominatorName: indicator.denominatorName ?? '',
    caveats: indicator.caveats.join('\n'),
    levels: can.filter((level) => plan.levels.includes(level)),
    periodChain: plan.periodChain,
    bySex: plan.bySex && table.contents.sexes.includes('K') && table.contents.sexes.includes('M'),
  }
}

/** The draft with another measure, or of something else, and the policy that goes with it. */
export function withMeasure(
  draft: IndicatorDraft,
  change: { readonly measure?: Measure; readonly kind?: DisclosurePolicy['kind'] },
): IndicatorDraft {
  const measure = change.measure ?? draft.measure
  const told = change.kind ?? draft.policy.kind
  const kind = measure === 'survey' ? 'survey' : told === 'survey' ? 'person' : told
  return {
    ...draft,
    measure,
    per: measure === 'rate' ? 1000 : hasDenominator(measure) ? 100 : 1,
    policy: defaultPolicy(kind, measure, `${draft.name} ${draft.source}`),
  }
}

export function needsOf(draft: IndicatorDraft, indicators: readonly Indicator[]): DraftNeed[] {
  const needs: DraftNeed[] = []
  if (draft.existing === null) {
    const name = draft.name.trim()
    if (name === '') needs.push('name')
    else if (indicators.some((other) => other.name.trim().toLowerCase() === name.toLowerCase()))
      needs.push('id')
    if (draft.source.trim() === '') needs.push('source')
    if (hasDenominator(draft.measure) && draft.denominatorName.trim() === '')
      needs.push('denominator')
  }
  if (draft.levels.length === 0) needs.push('levels')
  return needs
}

/** The indicator that a whole draft describes. */
export function indicatorOf(draft: IndicatorDraft, indicators: readonly Indicator[]): Indicator {
  const plan = { levels: draft.levels, periodChain: draft.periodChain, bySex: draft.bySex }
  const existing = indicators.find(({ id }) => id === draft.existing)
  if (existing) return { ...existing, plan, synthetic: false }
  const isPerNumber = hasDenominator(draft.measure)
  const id = freeId(draft.name, indicators)
  return {
    ...{ id, plan, class: draft.class, measure: draft.measure, per: draft.per },
    ...{ polarity: draft.polarity, synthetic: false, focusProblems: [] },
    name: draft.name.trim(),
    unit: unitOfMeasure(draft.measure, draft.per),
    denominatorName: isPerNumber ? draft.denominatorName.trim() : null,
    definition: draft.definition.trim() || draft.name.trim(),
    source: draft.source.trim(),
    frequency: periodKindsInWords(draft.periodChain),
    caveats: draft.caveats
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    policy: isPerNumber
      ? draft.policy
      : { ...draft.policy, complement: false, minimumDenominator: 0, minimumRespondents: 0 },
    periodAggregation: defaultAggregation(draft.measure, id),
    designEffect: defaultDesignEffect(draft.policy.kind),
  }
}

function freeId(name: string, indicators: readonly Indicator[]): IndicatorId {
  const taken = new Set(indicators.map(({ id }) => id))
  const base = slugOf(name).replace(/-/g, '_') || 'indikator'
  let id = base
  for (let number = 2; taken.has(id); number++) id = `${base}_${number}`
  return id
}
