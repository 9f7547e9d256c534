import type { Finding } from '../../core/finding.ts'
import { INDICATOR_CLASSES, type Indicator } from '../../core/indicator.ts'
import { PERIOD_KINDS, containingPeriod, type PeriodKind } from '../../core/period.ts'

const MEASURES = ['share', 'rate', 'count', 'survey', 'class'] as const
const POLARITIES = ['higher-better', 'lower-better', 'neutral'] as const
const AGGREGATIONS = ['sum', 'mean'] as const
const POLICY_KINDS = ['person', 'survey', 'place', 'public-at-source'] as const
const ZEROS = ['shown', 'may-be-hidden'] as const

/** What is wrong with one field; the code is the finding's, after "indicator-". */
interface Fault {
  readonly code: 'required' | 'type' | 'word' | 'range' | 'unknown-field' | 'chain' | 'repeated'
  readonly expected?: string
}

type Check = (value: unknown) => Fault | null

/**
 * Reads the package's indicator register: an array of objects of the type `Indicator`, and nothing beside it.
 * Every fault is one finding of severity "error" with the code "indicator-…": required, type, word (not among the
 * allowed ones), range, chain (periods that do not nest, finest first), repeated (an id or a word given twice),
 * unknown-field, policy (thresholds that the kind of policy or the measure cannot have) and register (not an array).
 * Its parameters are `indicator` (the id, or "#n" where it has none), `field` (a path such as "plan.levels") and,
 * where one is known, `expected`; `column` is the field too, `row` is null.
 * @param json the parsed file
 * @param file its name, for the findings
 * @returns the indicators when there is no fault at all, otherwise every fault
 */
export function readIndicators(
  json: unknown,
  file: string,
): { indicators: Indicator[] } | { findings: Finding[] } {
  const findings: Finding[] = []
  const report = (
    code: string,
    indicator: string,
    field: string | null,
    value: unknown,
    expected?: string,
  ): void => {
    findings.push({
      severity: 'error',
      code: `indicator-${code}`,
      file,
      row: null,
      column: field,
      text: value === undefined ? null : shortened(value),
      parameters: {
        indicator,
        ...(field === null ? {} : { field }),
        ...(expected === undefined ? {} : { expected }),
      },
    })
  }
  if (!Array.isArray(json)) {
    report('register', '', null, json, 'array')
    return { findings }
  }
  const seen = new Set<string>()
  json.forEach((entry: unknown, index) => {
    const name = isRecord(entry) && typeof entry['id'] === 'string' ? entry['id'] : `#${index + 1}`
    if (!isRecord(entry)) {
      report('type', name, null, entry, 'object')
      return
    }
    const before = findings.length
    checkFields(entry, FIELDS, '', (field, value, fault) =>
      report(fault.code, name, field, value, fault.expected),
    )
    if (findings.length === before)
      // Every field has just been checked against the type.
      for (const [field, expected] of contradictions(entry as unknown as Indicator))
        report('policy', name, field, valueAt(entry, field), expected)
    if (seen.has(name)) report('repeated', name, 'id', name)
    seen.add(name)
  })
  return findings.length > 0 ? { findings } : { indicators: json as Indicator[] }
}

const text: Check = (value) =>
  typeof value === 'string' && value.trim() !== '' ? null : { code: 'type', expected: 'text' }

const identifier: Check = (value) =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9_-]*$/.test(value)
    ? null
    : { code: 'type', expected: 'a–z, 0–9, _ -' }

const nullableText: Check = (value) => (value === null ? null : text(value))

const truth: Check = (value) =>
  typeof value === 'boolean' ? null : { code: 'type', expected: 'true | false' }

const word =
  (allowed: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && allowed.includes(value)
      ? null
      : { code: 'word', expected: allowed.join(' | ') }

const numberFrom =
  (lowest: number, whole: boolean): Check =>
  (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return { code: 'type', expected: 'number' }
    return value < lowest || (whole && !Number.isInteger(value))
      ? { code: 'range', expected: `${whole ? 'whole ' : ''}≥ ${lowest}` }
      : null
  }

const listOf =
  (item: Check, atLeast: number): Check =>
  (value) => {
    if (!Array.isArray(value)) return { code: 'type', expected: 'array' }
    if (value.length < atLeast) return { code: 'range', expected: `≥ ${atLeast}` }
    for (const element of value as unknown[]) {
      const fault = item(element)
      if (fault) return fault
    }
    return new Set(value).size < value.length ? { code: 'repeated' } : null
  }

const periodChain: Check = (value) => {
  const fault = listOf(word(PERIOD_KINDS), 1)(value)
  if (fault) return fault
  const chain = value as PeriodKind[]
  for (let finer = 0; finer + 1 < chain.length; finer++)
    if (!nests(chain[finer]!, chain[finer + 1]!))
      return { code: 'chain', expected: `${chain[finer]} ⊂ ${chain[finer + 1]}` }
  return null
}

/** One code of every kind, to ask the calendar which kinds nest. */
const SAMPLE: Record<PeriodKind, string> = {
  week: '2024-W10',
  month: '2024-01',
  quarter: '2024-K1',
  term: '2024-VT',
  'half-year': '2024-H1',
  'school-year': '2024/25',
  year: '2024',
}

/** Every coarser period is a whole number of finer ones; ISO weeks stand alone, as they cross years. */
function nests(finer: PeriodKind, coarser: PeriodKind): boolean {
  if (finer === coarser || finer === 'week') return false
  return containingPeriod(SAMPLE[finer], coarser) !== null
}

const age = numberFrom(0, true)

type Fields = { readonly [field: string]: Check | Fields }

const FIELDS = {
  id: identifier,
  name: text,
  class: word(INDICATOR_CLASSES),
  measure: word(MEASURES),
  per: numberFrom(1, true),
  unit: text,
  denominatorName: nullableText,
  polarity: word(POLARITIES),
  definition: text,
  source: text,
  frequency: text,
  caveats: listOf(text, 0),
  focusProblems: listOf(text, 0),
  plan: { levels: listOf(identifier, 1), periodChain, bySex: truth },
  policy: {
    kind: word(POLICY_KINDS),
    threshold: numberFrom(0, true),
    complement: truth,
    minimumDenominator: numberFrom(0, true),
    minimumRespondents: numberFrom(0, true),
    zeros: word(ZEROS),
  },
  periodAggregation: word(AGGREGATIONS),
  designEffect: numberFrom(1, false),
  synthetic: truth,
  ages: { from: age, to: (value) => (value === null ? null : age(value)) },
} as const satisfies Record<keyof Indicator, Check | Fields>

/** Fields of the register that need not be there. */
const OPTIONAL: ReadonlySet<string> = new Set(['ages'] satisfies (keyof Indicator)[])

function checkFields(
  record: Readonly<Record<string, unknown>>,
  fields: Fields,
  path: string,
  report: (field: string, value: unknown, fault: Fault) => void,
): void {
  for (const [field, check] of Object.entries(fields)) {
    const value = record[field]
    if (value === undefined) {
      if (!OPTIONAL.has(path + field)) report(path + field, undefined, { code: 'required' })
    } else if (typeof check === 'function') {
      const fault = check(value)
      if (fault) report(path + field, value, fault)
    } else if (isRecord(value)) checkFields(value, check, `${path}${field}.`, report)
    else report(path + field, value, { code: 'type', expected: 'object' })
  }
  for (const field of Object.keys(record))
    if (!Object.hasOwn(fields, field)) report(path + field, undefined, { code: 'unknown-field' })
}

/** Fields that are each in order but cannot stand together. */
function contradictions(indicator: Indicator): [field: string, expected: string][] {
  const { measure, policy, plan } = indicator
  const found: [string, string][] = []
  const hasDenominator = measure === 'share' || measure === 'rate' || measure === 'survey'
  if (hasDenominator !== (indicator.denominatorName !== null))
    found.push(['denominatorName', hasDenominator ? 'text' : 'null'])
  if ((measure === 'survey') !== (policy.kind === 'survey')) found.push(['policy.kind', measure])
  if (policy.complement && measure !== 'share' && measure !== 'survey')
    found.push(['policy.complement', 'false'])
  if (policy.minimumDenominator > 0 && !hasDenominator)
    found.push(['policy.minimumDenominator', '0'])
  if (policy.minimumRespondents > 0 && measure !== 'survey')
    found.push(['policy.minimumRespondents', '0'])
  if (indicator.designEffect !== 1 && measure !== 'survey') found.push(['designEffect', '1'])
  const { ages } = indicator
  if (ages && measure !== 'count') found.push(['ages', 'count'])
  if (ages && ages.to !== null && ages.to < ages.from) found.push(['ages.to', `≥ ${ages.from}`])
  if (measure === 'class' && plan.levels.length > 1) found.push(['plan.levels', '1'])
  if (measure === 'class' && plan.periodChain.length > 1) found.push(['plan.periodChain', '1'])
  return found
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueAt(record: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, field) => (isRecord(value) ? value[field] : undefined), record)
}

function shortened(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 80)
}
