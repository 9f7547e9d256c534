import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STATUS_HIDDEN, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import {
  admitHexagons,
  admitIncidents,
  discloseHexagons,
  discloseIncidents,
  writeHexagons,
  writeIncidents,
  type DisclosedIncidents,
  type IncidentExpectation,
  type RawHexagonCount,
} from '../../src/core/disclosure/incidents.ts'
import type { DisclosurePolicy } from '../../src/core/indicator.ts'
import type { IncidentCategory } from '../../src/core/release.ts'

const PLACE: DisclosurePolicy = {
  kind: 'place',
  threshold: 0,
  complement: false,
  minimumDenominator: 0,
  minimumRespondents: 0,
  zeros: 'shown',
}
const PERSON: DisclosurePolicy = { ...PLACE, kind: 'person', threshold: 5 }
const PUBLIC: DisclosurePolicy = { ...PERSON, kind: 'public-at-source' }

const CATEGORIES: readonly IncidentCategory[] = [
  { id: 'graffiti', name: 'Klotter', hexagons: true },
  { id: 'theft', name: 'Stöld', hexagons: false },
]
const POLICIES = new Map([
  ['graffiti', PLACE],
  ['theft', PERSON],
])
const AREAS = ['2480R001', '2480R002', '0180']
const MONTHS = ['2023-12', '2024-01']

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function disclosedIncidents(counts: readonly number[], policies = POLICIES): DisclosedIncidents {
  return discloseIncidents(
    {
      level: 'regso',
      categories: CATEGORIES.map(({ id }) => id),
      periods: MONTHS,
      areas: AREAS,
      count: Float64Array.from(counts),
    },
    policies,
    'r1',
  )
}

const expectation = (text: string): IncidentExpectation => ({
  release: 'r1',
  level: 'regso',
  categories: CATEGORIES,
  areas: AREAS,
  file: 'incidents/regso.csv',
  sha256: sha256(text),
})

const COUNTS = [0, 1, 4, 5, 12, NaN, 0, 1, 4, 5, 12, NaN]

describe('raw incident counts', () => {
  it('keep zeros and figures from the threshold up, and lose the rest', () => {
    const { status, count } = disclosedIncidents(COUNTS)
    const place = [STATUS_VALUE, STATUS_VALUE, STATUS_VALUE, STATUS_VALUE, STATUS_VALUE]
    const person = [STATUS_VALUE, STATUS_HIDDEN, STATUS_HIDDEN, STATUS_VALUE, STATUS_VALUE]
    expect([...status]).toEqual([...place, STATUS_NOT_COLLECTED, ...person, STATUS_NOT_COLLECTED])
    expect([...count]).toEqual([0, 1, 4, 5, 12, NaN, 0, NaN, NaN, 5, 12, NaN])
  })

  it('have no threshold when each was public before', () => {
    const policies = new Map([...POLICIES, ['theft', PUBLIC] as const])
    expect([...disclosedIncidents(COUNTS, policies).count]).toEqual(COUNTS)
  })

  it.each([
    [
      'a category without a policy',
      () => disclosedIncidents(COUNTS, new Map([['graffiti', PLACE]])),
    ],
    ['a fraction', () => disclosedIncidents([0.5, ...COUNTS.slice(1)])],
    ['a negative count', () => disclosedIncidents([-1, ...COUNTS.slice(1)])],
    ['an infinite count', () => disclosedIncidents([Infinity, ...COUNTS.slice(1)])],
    ['too few counts', () => disclosedIncidents(COUNTS.slice(1))],
  ])('are refused with %s', (_, make) => {
    expect(make).toThrow(RangeError)
  })

  it.each([
    ['months out of order', { periods: MONTHS.toReversed() }],
    ['a period that is no month', { periods: ['2023-12', '2023-13'] }],
    ['a name that would break the file', { areas: ['2480R001', 'a,b', '0180'] }],
    ['a name with a line break', { categories: ['graffiti', 'theft\n'] }],
  ])('are refused with %s', (_, changes) => {
    const raw = {
      level: 'regso',
      categories: ['graffiti', 'theft'],
      periods: MONTHS,
      areas: AREAS,
      count: Float64Array.from(COUNTS),
      ...changes,
    }
    const policies = new Map(raw.categories.map((id) => [id, PLACE]))
    expect(() => discloseIncidents(raw, policies, 'r1')).toThrow(RangeError)
  })
})

describe('released incident counts', () => {
  it('come back exactly as they were written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat({ max: 300 }), fc.constant(NaN)), {
          minLength: 12,
          maxLength: 12,
        }),
        fc.constantFrom('\n', '\r\n'),
        (counts, lineBreak) => {
          const incidents = disclosedIncidents(counts)
          const text = writeIncidents(incidents).replaceAll('\n', lineBreak)
          const admission = admitIncidents(text, sha256(text), expectation(text))
          expect(admission).toEqual({ ok: true, incidents })
        },
      ),
      { seed: 2480, numRuns: 100 },
    )
  })

  const text = writeIncidents(disclosedIncidents(COUNTS))

  /** The file with one row put in another's place; rows as a spreadsheet numbers them. */
  const withRow = (row: number, ...replacement: string[]): string => {
    const lines = text.split('\n')
    lines.splice(row - 1, 1, ...replacement)
    return lines.join('\n')
  }

  it.each<[string, string, string, number | null, string | null]>([
    ['another header', text.replace('status', 'state'), 'released-header', 1, null],
    ['no rows', text.slice(0, text.indexOf('\n')), 'released-truncated', 2, null],
    ['a lost last row', withRow(13), 'released-truncated', 13, null],
    ['a lost row', withRow(4), 'released-order', 4, 'area'],
    ['a row too many', `${text}theft,0180,2024-02,value,9\n`, 'released-surplus', 14, null],
    ['a field too few', withRow(3, 'graffiti,2480R002,2023-12,value'), 'released-columns', 3, null],
    [
      'a category that is not in the index',
      withRow(9, 'arson,2480R002,2023-12,hidden,'),
      'released-unknown-category',
      9,
      'category',
    ],
    [
      'an area that is not in the register',
      withRow(3, 'graffiti,2480R999,2023-12,value,1'),
      'released-unknown-area',
      3,
      'area',
    ],
    [
      'a code without its zero',
      withRow(4, 'graffiti,180,2023-12,value,4'),
      'released-unknown-area',
      4,
      'area',
    ],
    [
      'a month of its own',
      withRow(3, 'graffiti,2480R002,2023-11,value,1'),
      'released-order',
      3,
      'period',
    ],
    ['an impossible month', text.replaceAll('2024-01', '2024-13'), 'released-period', 5, 'period'],
    [
      'a month that comes too late',
      text.replaceAll('2024-01', '2023-11'),
      'released-order',
      5,
      'period',
    ],
    [
      'an unknown status',
      withRow(3, 'graffiti,2480R002,2023-12,secret,1'),
      'released-status',
      3,
      'status',
    ],
    [
      'a value without a figure',
      withRow(3, 'graffiti,2480R002,2023-12,value,'),
      'released-number',
      3,
      'count',
    ],
    [
      'a fraction',
      withRow(3, 'graffiti,2480R002,2023-12,value,1.5'),
      'released-number',
      3,
      'count',
    ],
    [
      'a figure in a hidden row',
      withRow(9, 'theft,2480R002,2023-12,hidden,1'),
      'released-figure-in-hidden',
      9,
      'count',
    ],
  ])('are refused with %s', (_, damaged, code, row, column) => {
    const admission = admitIncidents(damaged, sha256(damaged), expectation(damaged))
    expect(admission).toMatchObject({
      ok: false,
      finding: { severity: 'error', file: 'incidents/regso.csv', code, row, column },
    })
  })

  it('are refused with a figure changed, by the checksum', () => {
    const changed = withRow(6, 'graffiti,2480R002,2024-01,value,13')
    const admission = admitIncidents(changed, sha256(changed), expectation(text))
    expect(admission).toMatchObject({
      ok: false,
      finding: { code: 'released-checksum', row: null },
    })
  })

  it('never repeat the figure that should not be there', () => {
    const leaked = withRow(9, 'theft,2480R002,2023-12,hidden,731')
    const admission = admitIncidents(leaked, sha256(leaked), expectation(leaked))
    expect(admission.ok).toBe(false)
    expect(JSON.stringify(admission)).not.toContain('731')
  })
})

const hexagon = (id: string, period: string, count: number, category = 'graffiti') => ({
  hexagon: id,
  category,
  period,
  count,
})

describe('hexagons', () => {
  const raw: readonly RawHexagonCount[] = [
    hexagon('h2', '2024', 5),
    hexagon('h1', '2024', 4),
    hexagon('h1', '2023', 300),
    hexagon('h3', '2024', 6),
  ]
  const table = discloseHexagons(raw, CATEGORIES, 5, 'r1')
  const text = writeHexagons(table)
  const admit = (file: string, checksum = sha256(file)) =>
    admitHexagons(file, sha256(file), {
      release: 'r1',
      categories: CATEGORIES,
      hexagons: new Set(['h1', 'h2', 'h3']),
      minimumCount: 5,
      file: 'hexagons.csv',
      sha256: checksum,
    })

  it('with fewer incidents than the minimum do not exist', () => {
    expect(text).toBe(
      'hexagon,category,period,count\nh1,graffiti,2023,300\nh2,graffiti,2024,5\nh3,graffiti,2024,6\n',
    )
  })

  it('come back exactly as they were written', () => {
    expect(admit(text)).toEqual({ ok: true, hexagons: table })
    const none = discloseHexagons([], CATEGORIES, 5, 'r1')
    expect(admit(writeHexagons(none))).toEqual({ ok: true, hexagons: none })
  })

  it.each<[string, RawHexagonCount]>([
    ['a category that points at people', hexagon('h4', '2024', 9, 'theft')],
    ['an unknown category', hexagon('h4', '2024', 9, 'arson')],
    ['a month', hexagon('h4', '2024-01', 9)],
    ['a fraction', hexagon('h4', '2024', 9.5)],
    ['the same cell twice', hexagon('h2', '2024', 9)],
    ['a name that would break the file', hexagon('h,4', '2024', 9)],
  ])('are refused with %s', (_, cell) => {
    expect(() => discloseHexagons([...raw, cell], CATEGORIES, 5, 'r1')).toThrow(RangeError)
  })

  it.each<[string, string, string, number]>([
    ['another header', text.replace('hexagon,', 'cell,'), 'released-header', 1],
    ['too few incidents', text.replace(',5\n', ',4\n'), 'released-too-small', 3],
    ['no outline', text.replace('h2', 'h9'), 'released-unknown-hexagon', 3],
    [
      'a category that points at people',
      text.replace('h3,graffiti', 'h3,theft'),
      'released-category-not-hexagons',
      4,
    ],
    [
      'an unknown category',
      text.replace('h3,graffiti', 'h3,arson'),
      'released-unknown-category',
      4,
    ],
    ['a month', text.replace('2023', '2023-01'), 'released-period', 2],
    ['a count that is no number', text.replace('300', '3e2'), 'released-number', 2],
    ['the same cell twice', text.replace('h3', 'h2'), 'released-order', 4],
    ['a missing field', text.replace(',300', ''), 'released-columns', 2],
  ])('in a file are refused with %s', (_, damaged, code, row) => {
    expect(admit(damaged)).toMatchObject({
      ok: false,
      finding: { file: 'hexagons.csv', code, row },
    })
  })

  it('in a changed file are refused by the checksum', () => {
    const changed = text.replace('300', '301')
    expect(admit(changed, sha256(text))).toMatchObject({
      ok: false,
      finding: { code: 'released-checksum' },
    })
  })
})
