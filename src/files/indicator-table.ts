import type { Finding } from '../core/finding.ts'
import type { AgeRange, Indicator, IndicatorClass, Measure, Polarity } from '../core/indicator.ts'
import type { PeriodKind } from '../core/period.ts'
import { readDelimitedTable } from './delimited-table.ts'
import {
  defaultAggregation,
  defaultDesignEffect,
  defaultPolicy,
  hasDenominator,
} from './indicator-defaults.ts'
import { readIndicators } from './package/indicator-register.ts'

export type IndicatorTableReading =
  | {
      readonly ok: true
      readonly indicators: readonly Indicator[]
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const REQUIRED = ['id', 'enhet', 'plan'] as const
const WITH_DEFAULTS = [
  'namn',
  'klass',
  'namnare',
  'polaritet',
  'kalla',
  'frekvens',
  'policy',
  'troskel',
  'komplement',
  'min_namnare',
  'min_svarande',
  'nollor',
] as const

const ALIASES: Readonly<Record<string, string>> = {
  nämnare: 'namnare',
  källa: 'kalla',
  nivå: 'niva',
  tröskel: 'troskel',
  min_nämnare: 'min_namnare',
  kön: 'kon',
  ålder: 'alder',
}

const CLASSES: readonly (readonly [RegExp, IndicatorClass])[] = [
  [/^bakomliggande/i, 'root-cause'],
  [/^o(ö|o)nskad/i, 'unwanted-event'],
  [/^skyddsfaktor/i, 'protective-factor'],
  [/^kontext/i, 'context'],
]

const POLARITIES: readonly (readonly [RegExp, Polarity])[] = [
  [/^h(ö|o)gre/i, 'higher-better'],
  [/^l(ä|a)gre/i, 'lower-better'],
  [/^neutral/i, 'neutral'],
]

const POLICIES: readonly (readonly [RegExp, Indicator['policy']['kind']])[] = [
  [/^person/i, 'person'],
  [/^enk(ä|a)t/i, 'survey'],
  [/^plats/i, 'place'],
  [/^offentlig/i, 'public-at-source'],
]

const PERIODS: readonly (readonly [RegExp, PeriodKind])[] = [
  [/^vecka$/i, 'week'],
  [/^m(å|a)nad$/i, 'month'],
  [/^kvartal$/i, 'quarter'],
  [/^termin$/i, 'term'],
  [/^halv(å|a)r$/i, 'half-year'],
  [/^l(ä|a)s(å|a)r$/i, 'school-year'],
  [/^(å|a)r$/i, 'year'],
]

/**
 * Reads a table of indicators (`id;namn;klass;enhet;namnare;…;plan`): one row per indicator with its policy and its
 * publication plan, such as "RegSO+stadsdel+kommun; kvartal–år; kön". Columns and cells that are left out get the
 * default of their subject, with a finding for each column; `id`, `enhet` and `plan` must be there. A plan whose
 * periods do not nest in one chain is refused.
 */
export function readIndicatorTable(text: string, file: string): IndicatorTableReading {
  const reading = readDelimitedTable(text.replace(/^\ufeff/, ''), file)
  if (!reading.ok) return { ok: false, findings: [reading.finding] }
  // A row left out would be an indicator without its policy.
  const findings: Finding[] = reading.findings.map((finding) => ({ ...finding, severity: 'error' }))
  const { header, rows } = reading.table
  const columns = new Map(
    header.map((name, index) => {
      const plain = name.toLowerCase()
      return [ALIASES[plain] ?? plain, index]
    }),
  )
  const report = (
    severity: Finding['severity'],
    code: string,
    row: number,
    column: string | null,
    offending: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): void => {
    findings.push({ severity, code, file, row, column, text: offending, parameters })
  }
  for (const column of REQUIRED)
    if (!columns.has(column)) report('error', 'table-column-missing', 1, column, null)
  for (const column of WITH_DEFAULTS)
    if (!columns.has(column)) report('warning', 'table-column-default', 1, column, null)
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings }

  const rowOf = new Map<string, number>()
  const entries = rows.map(({ row, cells }) => {
    const field = (column: string): string => cells[columns.get(column) ?? -1] ?? ''
    const id = field('id')
    if (!rowOf.has(id)) rowOf.set(id, row)
    const fault = (column: string, expected: string): void =>
      report('error', 'indicator-word', row, column, field(column), { indicator: id, expected })
    const oneOf = <Word>(
      column: string,
      words: readonly (readonly [RegExp, Word])[],
      fallback: Word,
    ): Word => {
      if (field(column) === '') return fallback
      const found = words.find(([pattern]) => pattern.test(field(column)))
      if (!found) fault(column, words.map(([pattern]) => wordOf(pattern)).join(', '))
      return found?.[1] ?? fallback
    }
    const truth = (column: string, fallback: boolean): boolean =>
      oneOf(
        column,
        [
          [/^ja$/i, true],
          [/^nej$/i, false],
        ],
        fallback,
      )
    const number = (column: string, fallback: number): number => {
      if (field(column) === '') return fallback
      if (/^\d+$/.test(field(column))) return Number(field(column))
      report('error', 'indicator-range', row, column, field(column), {
        indicator: id,
        expected: '0, 1, 2 …',
      })
      return fallback
    }

    const unit = field('enhet')
    const kind = oneOf('policy', POLICIES, 'person')
    const measure = measureOf(unit, kind === 'survey')
    if (!measure) fault('enhet', '%, per 1 000, antal, klass')
    const { name, per } = measure ?? { name: 'count', per: 1 }
    const isPerNumber = hasDenominator(name)
    const planned = readPlan(field('plan'))
    if ('fault' in planned)
      report('error', 'indicator-plan', row, 'plan', field('plan'), {
        indicator: id,
        expected: planned.fault,
      })
    const plan = 'fault' in planned ? { levels: [], periodChain: [], bySex: false } : planned
    if (columns.has('kon') && !('fault' in planned) && truth('kon', plan.bySex) !== plan.bySex)
      report('error', 'indicator-plan', row, 'kon', field('kon'), {
        indicator: id,
        expected: field('plan'),
      })
    const usual = defaultPolicy(kind, name, `${id} ${field('namn')} ${field('kalla')}`)
    const policy: Indicator['policy'] = {
      kind,
      threshold: number('troskel', usual.threshold),
      complement: truth('komplement', usual.complement),
      minimumDenominator: number('min_namnare', usual.minimumDenominator),
      minimumRespondents: number('min_svarande', usual.minimumRespondents),
      zeros: oneOf(
        'nollor',
        [
          [/^kan\s+d(ö|o)ljas$/i, 'may-be-hidden'],
          [/^visas$/i, 'shown'],
        ],
        usual.zeros,
      ),
    }
    // A count has nothing below the line that these could be about.
    const voidRules = !isPerNumber && (policy.complement || policy.minimumDenominator > 0)
    if (voidRules)
      report('warning', 'table-rule-without-denominator', row, 'enhet', unit, { indicator: id })
    const indicator: Indicator = {
      id,
      name: field('namn') || id,
      class: oneOf('klass', CLASSES, 'context'),
      measure: name,
      per,
      unit,
      denominatorName: isPerNumber ? field('namnare') || 'underlag' : null,
      polarity: oneOf('polaritet', POLARITIES, 'neutral'),
      definition: field('definition') || field('namn') || id,
      source: field('kalla') || file,
      frequency: field('frekvens') || field('plan'),
      caveats: [],
      focusProblems: field('fokusproblem')
        .split('|')
        .map((problem) => problem.trim())
        .filter(Boolean),
      plan: name === 'class' ? { ...plan, levels: plan.levels.slice(-1), bySex: false } : plan,
      policy: voidRules ? { ...policy, complement: false, minimumDenominator: 0 } : policy,
      periodAggregation: defaultAggregation(name, id),
      designEffect: defaultDesignEffect(kind),
      synthetic: false,
    }
    if (field('alder') === '') return indicator
    const ages = readAges(field('alder'))
    if (!ages) fault('alder', '0–5, 65–')
    return ages ? { ...indicator, ages } : indicator
  })
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings }
  const checked = readIndicators(entries, file)
  if ('findings' in checked)
    return {
      ok: false,
      findings: [
        ...findings,
        ...checked.findings.map((finding) => ({
          ...finding,
          row: rowOf.get(String(finding.parameters?.['indicator'])) ?? null,
        })),
      ],
    }
  return { ok: true, indicators: checked.indicators, findings }
}

/** "0–5", "65–" (and older). */
function readAges(text: string): AgeRange | null {
  const [, from, to] = /^(\d{1,3})\s*[–-]\s*(\d{1,3})?$/.exec(text) ?? []
  return from === undefined ? null : { from: Number(from), to: to ? Number(to) : null }
}

const wordOf = (pattern: RegExp): string =>
  pattern.source
    .replace(/\((.)\|.\)/g, '$1')
    .replace(/\\s\+/g, ' ')
    .replace(/[\^$]/g, '')

function measureOf(
  unit: string,
  isSurvey: boolean,
): { readonly name: Measure; readonly per: number } | null {
  if (isSurvey) return { name: 'survey', per: 100 }
  if (/^(%|procent)$/i.test(unit)) return { name: 'share', per: 100 }
  const rate = /^per\s+([\d\s]+)/i.exec(unit)
  if (rate) return { name: 'rate', per: Number(rate[1]!.replace(/\s/g, '')) }
  if (/^antal\b/i.test(unit)) return { name: 'count', per: 1 }
  if (/^klass\b/i.test(unit)) return { name: 'class', per: 1 }
  return null
}

/** "RegSO+stadsdel+kommun; kvartal–år; kön": levels coarse to fine, one chain of periods finest first. */
function readPlan(text: string): Indicator['plan'] | { readonly fault: string } {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
  const [levels, chain, ...rest] = parts
  if (levels === undefined || chain === undefined) return { fault: 'RegSO+kommun; kvartal; kon' }
  const bySex = rest.some((part) => /^k(ö|o)n$/i.test(part))
  // What is neither the sexes nor nothing would be a second chain.
  const surplus = rest.find((part) => !/^k(ö|o)n$/i.test(part))
  if (surplus !== undefined) return { fault: surplus }
  const kinds = chain
    .split(/[–—-]/)
    .map((part) => PERIODS.find(([pattern]) => pattern.test(part.trim()))?.[1])
  if (kinds.some((kind) => kind === undefined)) return { fault: chain }
  const named = levels.split('+').map((level) => level.trim().toLowerCase())
  if (named.some((level) => !/^[a-z0-9][a-z0-9_-]*$/.test(level))) return { fault: levels }
  return {
    levels: [...new Set(named)].sort((a, b) => fineness(a) - fineness(b)),
    periodChain: kinds as PeriodKind[],
    bySex,
  }
}

const COARSE_TO_FINE = ['kommun', 'stadsdel', 'regso', 'deso']
const fineness = (level: string): number => {
  const known = COARSE_TO_FINE.indexOf(level)
  return known < 0 ? COARSE_TO_FINE.length : known
}
