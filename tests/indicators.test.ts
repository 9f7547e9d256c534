import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Indicator } from '../src/core/indicator.ts'
import { readIndicators } from '../src/files/package/indicator-register.ts'

const FILE = 'data/indicators/indicators.json'
const source: unknown = JSON.parse(readFileSync(new URL(`../${FILE}`, import.meta.url), 'utf8'))

function register(): Indicator[] {
  const read = readIndicators(source, FILE)
  if ('findings' in read) throw new Error(JSON.stringify(read.findings, null, 2))
  return read.indicators
}

/** The register with one indicator changed, as plain JSON. */
function changed(id: string, change: (entry: Record<string, unknown>) => void): unknown {
  const copy = structuredClone(source) as Record<string, unknown>[]
  change(copy.find((entry) => entry['id'] === id)!)
  return copy
}

function faults(json: unknown): string[] {
  const read = readIndicators(json, FILE)
  return 'findings' in read
    ? read.findings.map(
        ({ code, parameters }) => `${parameters?.['indicator']} ${parameters?.['field']} ${code}`,
      )
    : []
}

describe('the indicator register', () => {
  it('holds 45 indicators without a fault, all synthetic but the real områdestyp', () => {
    const indicators = register()
    expect(indicators).toHaveLength(45)
    expect(indicators.filter((one) => !one.synthetic).map((one) => one.id)).toEqual(['omradestyp'])
    for (const { id, caveats, source: named, synthetic } of indicators) {
      expect(caveats.length, id).toBeGreaterThanOrEqual(1)
      expect(named.startsWith('Syntetiska demonstrationsdata'), id).toBe(synthetic)
    }
  })

  it('never gives an ordinal class a level or a period that would need a mean', () => {
    const { plan, measure } = register().find((one) => one.id === 'omradestyp')!
    expect({ measure, levels: plan.levels }).toEqual({ measure: 'class', levels: ['regso'] })
  })

  it('counts every inhabitant in one of the ages', () => {
    const ages = register().flatMap((one) => (one.ages ? [one.ages] : []))
    expect(ages[0]!.from).toBe(0)
    expect(ages.at(-1)!.to).toBeNull()
    ages.slice(1).forEach(({ from }, place) => expect(from).toBe(ages[place]!.to! + 1))
  })

  it('publishes weeks alone: they cross every other period', () => {
    const weekly = register().filter((one) => one.plan.periodChain.includes('week'))
    expect(weekly.map((one) => one.plan.periodChain)).toEqual([['week']])
  })
})

describe('a faulty register', () => {
  it.each<[string, string, (entry: Record<string, unknown>) => void, string]>([
    ['a missing field', 'klotter', (e) => delete e['definition'], 'definition indicator-required'],
    ['an empty text', 'klotter', (e) => (e['name'] = ' '), 'name indicator-type'],
    [
      'a word that is not allowed',
      'klotter',
      (e) => (e['class'] = 'cause'),
      'class indicator-word',
    ],
    ['a number as text', 'klotter', (e) => (e['per'] = '1000'), 'per indicator-type'],
    [
      'a number too small',
      'klotter',
      (e) => (e['designEffect'] = 0.5),
      'designEffect indicator-range',
    ],
    [
      'a field that nobody reads',
      'klotter',
      (e) => (e['polarty'] = 'x'),
      'polarty indicator-unknown-field',
    ],
    [
      'periods that do not nest',
      'klotter',
      (e) => ((e['plan'] as Record<string, unknown>)['periodChain'] = ['year', 'month']),
      'plan.periodChain indicator-chain',
    ],
    [
      'weeks in a chain',
      'ordning',
      (e) => ((e['plan'] as Record<string, unknown>)['periodChain'] = ['week', 'year']),
      'plan.periodChain indicator-chain',
    ],
    [
      'no level',
      'klotter',
      (e) => ((e['plan'] as Record<string, unknown>)['levels'] = []),
      'plan.levels indicator-range',
    ],
    ['a nested object missing', 'klotter', (e) => (e['policy'] = 'plats'), 'policy indicator-type'],
    [
      'a negative threshold',
      'smabrott',
      (e) => ((e['policy'] as Record<string, unknown>)['threshold'] = -5),
      'policy.threshold indicator-range',
    ],
    [
      'a complement of events',
      'smabrott',
      (e) => ((e['policy'] as Record<string, unknown>)['complement'] = true),
      'policy.complement indicator-policy',
    ],
    ['an id given twice', 'klotter', (e) => (e['id'] = 'nedskrap'), 'id indicator-repeated'],
  ])('%s is one finding with the indicator and the field', (_, id, change, expected) => {
    expect(faults(changed(id, change))).toEqual([
      `${expected === 'id indicator-repeated' ? 'nedskrap' : id} ${expected}`,
    ])
  })

  it('names every fault of every indicator, and gives no indicators', () => {
    const json = changed('klotter', (entry) => {
      entry['class'] = 1
      delete entry['unit']
    }) as Record<string, unknown>[]
    json.find((entry) => entry['id'] === 'tillit')!['synthetic'] = 'yes'
    expect(faults(json).sort()).toEqual([
      'klotter class indicator-word',
      'klotter unit indicator-required',
      'tillit synthetic indicator-type',
    ])
    expect(readIndicators(json, FILE)).not.toHaveProperty('indicators')
  })

  it.each([[null], [{}], ['[]']])('%j is not a register', (json) => {
    const read = readIndicators(json, FILE)
    expect(read).toMatchObject({ findings: [{ code: 'indicator-register', file: FILE }] })
  })

  it('an entry that is not an object is a finding by its place', () => {
    expect(faults([42])).toEqual(['#1 undefined indicator-type'])
  })
})

describe('against the design table', () => {
  const table = new URL('../../shared/design/indicators.csv', import.meta.url)
  const missing = !existsSync(table)
  it.skipIf(missing && !process.env['CI'])(
    `has every row's metadata${missing ? ' (skipped: the design table is not beside the project)' : ''}`,
    () => {
      const [header, ...rows] = readFileSync(table, 'utf8').trim().split('\n')
      const names = header!.split(';')
      // The design table has the inhabitants as one row; by age they are beside it.
      const indicators = new Map(
        register().flatMap((one) => (one.ages ? [] : [[one.id, one] as const])),
      )
      expect(rows).toHaveLength(indicators.size)
      const kinds = {
        offentlig: 'public-at-source',
        person: 'person',
        enkät: 'survey',
        plats: 'place',
      }
      const classes = {
        kontext: 'context',
        'bakomliggande faktor': 'root-cause',
        'oönskad händelse': 'unwanted-event',
        skyddsfaktor: 'protective-factor',
      }
      for (const row of rows) {
        // The plan is quoted and last; it is the only field that holds the delimiter.
        const fields = row.split(';')
        const cell = (name: string): string => fields[names.indexOf(name)]!
        const one = indicators.get(cell('id'))!
        expect(one, cell('id')).toBeDefined()
        expect({
          name: one.name,
          class: one.class,
          unit: one.unit,
          denominatorName: one.denominatorName ?? '',
          kind: one.policy.kind,
          threshold: one.policy.threshold,
          complement: one.policy.complement,
          minimumDenominator: one.policy.minimumDenominator,
          minimumRespondents: one.policy.minimumRespondents,
          zeros: one.policy.zeros,
          bySex: one.plan.bySex,
          focusProblems: one.focusProblems,
        }).toEqual({
          name: cell('namn'),
          class: classes[cell('klass') as keyof typeof classes],
          unit: cell('enhet'),
          denominatorName: cell('namnare'),
          kind: kinds[cell('policy') as keyof typeof kinds],
          threshold: Number(cell('troskel')),
          complement: cell('komplement') === 'ja',
          minimumDenominator: Number(cell('min_namnare')),
          minimumRespondents: Number(cell('min_svarande')),
          zeros: cell('nollor') === 'visas' ? 'shown' : 'may-be-hidden',
          bySex: cell('kon') === 'ja',
          focusProblems: cell('fokusproblem').split('|').filter(Boolean),
        })
      }
    },
  )
})
