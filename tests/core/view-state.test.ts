import fc from 'fast-check'
import { FOLLOW_UP_STATUSES, PREVENTION_LEVELS } from '../../src/core/plan.ts'
import { describe, expect, it } from 'vitest'
import type { Indicator } from '../../src/core/indicator.ts'
import { PERIOD_KINDS, periodOfDate } from '../../src/core/period.ts'
import type { ObservationFile, PackageIndex } from '../../src/core/release.ts'
import {
  CLASS_COUNTS,
  CONTROLS_MAX,
  decode,
  DEFAULT_VIEW_STATE,
  encode,
  LAGS,
  LIKENESS_MAX,
  NEED_INDICATORS_MAX,
  PAGES,
  PROFILE_AREAS_MAX,
  pushesHistory,
  resolveView,
  SELECTED_AREAS_MAX,
  type LinkMigration,
  PLAN_PLACES,
  PLAN_PARTS,
  PLAN_VIEWS,
  type ViewState,
} from '../../src/core/view-state.ts'

fc.configureGlobal({ seed: 20261103 })

const identifier = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => text.length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(text))
const period = fc
  .tuple(
    fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
    fc.constantFrom(...PERIOD_KINDS),
  )
  .map(([date, kind]) => periodOfDate(date.toISOString().slice(0, 10), kind)!)
const decimal = (low: number, high: number, decimals: number) =>
  fc
    .integer({ min: low * 10 ** decimals, max: high * 10 ** decimals })
    .map((whole) => whole / 10 ** decimals)
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })

const viewState: fc.Arbitrary<ViewState> = fc.record({
  page: fc.constantFrom(...PAGES),
  release: orNull(identifier),
  indicator: orNull(identifier),
  level: orNull(identifier),
  period: orNull(period),
  sex: fc.constantFrom('T', 'K', 'M'),
  display: fc.constantFrom('value', 'difference', 'change'),
  since: orNull(period),
  smoothing: fc.constantFrom('raw', 'smoothed'),
  breaks: fc.constantFrom('quantile', 'natural', 'equal', 'own'),
  classCount: fc.constantFrom(...CLASS_COUNTS),
  ownBreaks: fc.oneof(
    fc.constant([]),
    fc
      .uniqueArray(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        { minLength: 2, maxLength: 6 },
      )
      .map((edges) => edges.toSorted((a, b) => a - b)),
  ),
  fixedClasses: fc.boolean(),
  areas: fc.uniqueArray(identifier, { maxLength: SELECTED_AREAS_MAX }),
  order: fc.constantFrom('name', 'value'),
  incidents: orNull(identifier),
  incidentShape: fc.constantFrom('areas', 'hexagons', 'columns'),
  tab: fc.constantFrom('map', 'list', 'trend', 'table'),
  crossEvent: orNull(identifier),
  crossFactor: orNull(identifier),
  lag: fc.constantFrom(...LAGS),
  controls: fc.uniqueArray(identifier, { maxLength: CONTROLS_MAX }),
  crossTab: fc.constantFrom('matrix', 'signs', 'expert'),
  profileAreas: fc.uniqueArray(identifier, { maxLength: PROFILE_AREAS_MAX }),
  compareWith: identifier,
  likeness: fc.uniqueArray(identifier, { maxLength: LIKENESS_MAX }),
  profilePeriod: orNull(period),
  profileGrouping: fc.constantFrom('class', 'focus'),
  briefing: orNull(identifier),
  planPart: fc.constantFrom(...PLAN_PARTS),
  planMatrix: fc.constantFrom('level', 'department'),
  planView: fc.constantFrom(...PLAN_VIEWS),
  planDepartment: orNull(identifier),
  planLevel: orNull(fc.constantFrom(...PREVENTION_LEVELS)),
  planProblem: orNull(identifier),
  planPlace: orNull(fc.oneof(fc.constantFrom(...PLAN_PLACES), identifier)),
  planStatus: orNull(fc.constantFrom(...FOLLOW_UP_STATUSES, 'none')),
  planHalfYear: orNull(period),
  planCell: fc.uniqueArray(identifier, { maxLength: 2 }),
  effort: orNull(identifier),
  movedIndicator: orNull(identifier),
  movedArea: orNull(identifier),
  movedKind: orNull(fc.constantFrom(...PERIOD_KINDS)),
  needLevel: orNull(identifier),
  needIndicators: fc.uniqueArray(identifier, { maxLength: NEED_INDICATORS_MAX }),
  flow: orNull(identifier),
  flowPeriod: orNull(period),
  showing: fc.constantFrom('none', 'audience', 'presenter'),
  slide: fc.integer({ min: 1, max: 999 }),
  camera: orNull(
    fc.record({
      longitude: decimal(-180, 180, 5),
      latitude: decimal(-90, 90, 5),
      zoom: decimal(0, 24, 2),
    }),
  ),
})

describe('links', () => {
  it('says only what differs, in a stable order', () => {
    expect(encode(DEFAULT_VIEW_STATE)).toBe('#/karta')
    expect(
      encode({
        ...DEFAULT_VIEW_STATE,
        period: '2023/24',
        camera: { longitude: 20.263, latitude: 63.825837, zoom: 11.504 },
        level: 'stadsdel',
        indicator: 'klotter',
        areas: ['2480-alidhem', 'Väst, på stan'],
        incidents: 'klotter+brand',
        sex: 'K',
        fixedClasses: false,
      }),
    ).toBe(
      '#/karta?indikator=klotter&niva=stadsdel&period=2023/24&kon=K&fasta=nej' +
        '&omraden=2480-alidhem,V%C3%A4st%2C%20p%C3%A5%20stan&handelser=klotter+brand&vy=20.263,63.82584,11.5',
    )
    const crossed: ViewState = {
      ...DEFAULT_VIEW_STATE,
      ...{ page: 'korsa', level: 'regso', lag: 'quarter-2' },
      ...{ crossEvent: 'klotter', crossFactor: 'ek_bistand', controls: ['arblos', 'uvas'] },
    }
    expect(encode(crossed)).toBe(
      '#/korsa?niva=regso&symptom=klotter&faktor=ek_bistand&fordrojning=kvartal-2&kontroll=arblos,uvas',
    )
  })

  it('comes back as the same view, whatever the view', () => {
    fc.assert(
      fc.property(viewState, (state) => {
        const hash = encode(state)
        expect(decode(hash)).toEqual({ state, ignored: [] })
        expect(encode(decode(hash).state)).toBe(hash)
      }),
    )
  })

  it('comes back also when measured against other defaults', () => {
    fc.assert(
      fc.property(viewState, viewState, (state, defaults) => {
        expect(decode(encode(state, defaults), defaults).state).toEqual(state)
      }),
    )
  })

  it('opens on any hash, and what is then written is read without complaint', () => {
    const names = fc.constantFrom(
      ...'utgava indikator niva period kon visa sedan utjamning klasser antal granser fasta omraden ordning handelser form flik symptom faktor fordrojning kontroll del vy v __proto__ toString'.split(
        ' ',
      ),
    )
    const nearly = fc
      .array(fc.tuple(names, fc.string({ unit: 'binary' })))
      .map((pairs) => `#/karta?${pairs.map((pair) => pair.join('=')).join('&')}`)
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.webFragments(), nearly)
    fc.assert(
      fc.property(anything, (hash) => {
        const { state, ignored } = decode(hash)
        for (const { text } of ignored) expect(text.length).toBeLessThanOrEqual(80)
        expect(decode(encode(state))).toEqual({ state, ignored: [] })
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['', []],
    ['#', []],
    ['#/karta?', []],
    ['#/data', []],
    ['#/hemlig', [['sida', 'hemlig', 'unknown-page']]],
    ['#/karta?farg=rosa', [['farg', 'rosa', 'unknown-field']]],
    ['#/karta?kon=K&kon=M', [['kon', 'M', 'repeated-field']]],
    ['#/karta?kon=X', [['kon', 'X', 'bad-value']]],
    ['#/karta?indikator=%E0%A4', [['indikator', '%E0%A4', 'not-readable']]],
    ['#/karta?period=2024-13', [['period', '2024-13', 'bad-value']]],
    ['#/karta?antal=6', [['antal', '6', 'bad-value']]],
    ['#/karta?granser=1,3,2', [['granser', '1,3,2', 'bad-value']]],
    ['#/karta?granser=1', [['granser', '1', 'bad-value']]],
    ['#/karta?vy=20,64', [['vy', '20,64', 'bad-value']]],
    ['#/karta?vy=20,164,11', [['vy', '20,164,11', 'bad-value']]],
    ['#/karta?omraden=1,2,3,4,5', [['omraden', '5', 'too-many']]],
    ['#/karta?v=7', [['v', '7', 'newer-link']]],
    ['#/karta?v=x', [['v', 'x', 'bad-value']]],
  ])('%s ignores %j', (hash, expected) => {
    expect(decode(hash).ignored.map(({ field, text, reason }) => [field, text, reason])).toEqual(
      expected,
    )
  })

  it('keeps the rest of a link when a part of it is bad', () => {
    const { state } = decode('#/karta?kon=X&niva=regso&omraden=a,%,a,b')
    expect(state).toEqual({ ...DEFAULT_VIEW_STATE, level: 'regso', areas: ['a', 'b'] })
  })

  it('brings old links up to date, each through the steps it lacks', () => {
    const renamed: LinkMigration = ({ page, fields }) => ({
      page: page === 'start' ? 'karta' : page,
      fields: new Map(
        [...fields].map(([name, text]) => [name === 'matt' ? 'indikator' : name, text]),
      ),
    })
    const yearsOnly: LinkMigration = ({ page, fields }) => ({
      page,
      fields: new Map([...fields].map(([name, text]) => [name, name === 'period' ? '2020' : text])),
    })
    const migrations = [renamed, yearsOnly]
    const read = (hash: string) => decode(hash, DEFAULT_VIEW_STATE, migrations)
    expect(read('#/start?matt=klotter&period=2024')).toEqual({
      state: { ...DEFAULT_VIEW_STATE, indicator: 'klotter', period: '2020' },
      ignored: [],
    })
    expect(read('#/karta?v=2&matt=klotter').ignored).toHaveLength(1)
    fc.assert(
      fc.property(viewState, (state) => {
        const hash = encode(state, DEFAULT_VIEW_STATE, migrations)
        expect(hash).toContain('v=3')
        expect(read(hash)).toEqual({ state, ignored: [] })
      }),
    )
  })

  it('makes every change but the camera’s a step to go back from', () => {
    fc.assert(
      fc.property(viewState, viewState, (before, after) => {
        expect(pushesHistory(before, { ...before, camera: after.camera })).toBe(false)
        const moved = { ...before, camera: null }
        const same = encode(moved) === encode({ ...after, camera: null })
        expect(pushesHistory(before, after)).toBe(!same)
      }),
    )
  })
})

const indicator = (id: string, more: Partial<Indicator> = {}): Indicator => ({
  id,
  name: id,
  class: 'unwanted-event',
  measure: 'rate',
  per: 1000,
  unit: 'per 1 000',
  denominatorName: 'befolkning',
  polarity: 'lower-better',
  definition: '',
  source: '',
  frequency: '',
  caveats: [],
  focusProblems: [],
  plan: { levels: [], periodChain: ['month', 'year'], bySex: false },
  policy: {
    kind: 'place',
    threshold: 0,
    complement: false,
    minimumDenominator: 0,
    minimumRespondents: 0,
    zeros: 'shown',
  },
  periodAggregation: 'sum',
  designEffect: 1,
  synthetic: true,
  ...more,
})

const file = (
  id: string,
  level: string,
  periods: readonly string[],
  sexes: ObservationFile['sexes'] = ['T'],
): ObservationFile => ({
  indicator: id,
  level,
  path: `${level}/${id}.csv`,
  rows: 1,
  bytes: 1,
  sha256: '',
  sexes,
  periods,
})

const MONTHS_AND_YEARS = ['2024-11', '2024-12', '2025-11', '2025-12', '2024', '2025']

const index: PackageIndex = {
  format: 1,
  release: {
    id: '2026-11-03',
    date: '2026-11-03',
    title: '',
    synthetic: true,
    sources: [],
    notes: [],
  },
  register: {
    levels: [
      { id: 'kommun', singular: '', plural: '', rank: 0 },
      { id: 'stadsdel', singular: '', plural: '', rank: 1 },
      { id: 'regso', singular: '', plural: '', rank: 2 },
    ],
    areas: [
      { id: '2480', level: 'kommun', name: 'Umeå', parent: null },
      { id: 'a', level: 'stadsdel', name: 'A', parent: '2480' },
      { id: 'b', level: 'stadsdel', name: 'B', parent: '2480' },
      { id: 'r', level: 'regso', name: 'R', parent: 'a' },
    ],
    boundaryVersion: { id: '', name: '', schematic: true, source: '', licence: '' },
  },
  boundaries: { path: '', bytes: 0, sha256: '' },
  neighbours: { path: '', bytes: 0, sha256: '' },
  indicators: [
    indicator('klotter'),
    indicator('otrygg', {
      measure: 'survey',
      plan: { levels: [], periodChain: ['year'], bySex: true },
    }),
    indicator('stenkast', { measure: 'count' }),
    indicator('omradestyp', { measure: 'class' }),
    indicator('tom'),
  ],
  observations: [
    file('klotter', 'kommun', MONTHS_AND_YEARS),
    file('klotter', 'stadsdel', MONTHS_AND_YEARS),
    file('klotter', 'regso', MONTHS_AND_YEARS),
    file('otrygg', 'stadsdel', ['2023', '2025'], ['T', 'K', 'M']),
    file('stenkast', 'stadsdel', ['2025']),
    file('omradestyp', 'regso', ['2021', '2022']),
  ],
  incidents: {
    categories: [
      { id: 'klotter', name: 'Klotter', hexagons: true },
      { id: 'hot', name: 'Hot', hexagons: false },
    ],
    counts: [],
    hexagons: { path: '', bytes: 0, sha256: '' },
    hexagonOutlines: null,
    minimumCount: 5,
  },
  start: { indicator: 'klotter', level: 'stadsdel', areas: [], bounds: [0, 0, 1, 1] },
}

const resolve = (asked: Partial<ViewState>) => {
  const { view, notes } = resolveView({ ...DEFAULT_VIEW_STATE, ...asked }, index)
  return { view: view!, notes: notes.map(({ code }) => code), parameters: notes[0]?.parameters }
}

describe('resolving a view', () => {
  it('opens on the package’s start, its newest whole year, without remark', () => {
    const { view, notes } = resolve({})
    expect(view).toMatchObject({
      release: '2026-11-03',
      indicator: { id: 'klotter' },
      level: { id: 'stadsdel' },
      period: '2025',
      sex: 'T',
      display: 'value',
      since: null,
      observations: { path: 'stadsdel/klotter.csv' },
      municipality: { path: 'kommun/klotter.csv' },
      incidents: [],
    })
    expect(notes).toEqual([])
  })

  it('follows what can be followed', () => {
    const asked = {
      level: 'regso',
      period: '2025-12',
      areas: ['r'],
      smoothing: 'smoothed',
      incidents: 'klotter',
      incidentShape: 'hexagons',
    } as const
    const { view, notes } = resolve(asked)
    expect(notes).toEqual([])
    expect(view).toMatchObject({
      ...asked,
      level: { id: 'regso' },
      incidents: [{ id: 'klotter' }],
    })
  })

  it.each([
    [{ release: '2025-01-01' }, 'other-release', { release: '2026-11-03' }],
    [{ indicator: 'finns-inte' }, 'indicator-unknown', { indicator: { id: 'klotter' } }],
    [{ indicator: 'tom' }, 'indicator-without-figures', { indicator: { id: 'klotter' } }],
    [{ level: 'deso' }, 'level-unknown', { level: { id: 'stadsdel' } }],
    [{ indicator: 'otrygg', level: 'regso' }, 'level-not-available', { level: { id: 'stadsdel' } }],
    [
      { indicator: 'omradestyp', level: 'stadsdel' },
      'level-not-available',
      { level: { id: 'regso' } },
    ],
    [{ period: '2025-01' }, 'period-not-available', { period: '2024-12' }],
    [{ period: '2031' }, 'period-not-available', { period: '2025' }],
    [{ period: '2023/24' }, 'period-not-available', { period: '2025' }],
    [{ indicator: 'otrygg', period: '2023-04' }, 'period-not-available', { period: '2023' }],
    [{ sex: 'K' }, 'sex-not-available', { sex: 'T' }],
    [{ areas: ['b', 'x', 'a'] }, 'areas-unknown', { areas: ['b', 'a'] }],
    [{ areas: ['a', 'r'] }, 'areas-of-other-level', { areas: ['a'] }],
    [
      { indicator: 'otrygg', smoothing: 'smoothed' },
      'smoothing-not-applicable',
      { smoothing: 'raw' },
    ],
    [
      { display: 'difference', smoothing: 'smoothed' },
      'smoothing-not-applicable',
      { smoothing: 'raw', display: 'difference' },
    ],
    [
      { indicator: 'stenkast', display: 'difference' },
      'difference-not-available',
      { display: 'value' },
    ],
    [
      { indicator: 'otrygg', display: 'difference' },
      'difference-not-available',
      { display: 'value' },
    ],
    [{ level: 'kommun', display: 'difference' }, 'difference-not-available', { display: 'value' }],
    [
      { indicator: 'stenkast', display: 'change' },
      'change-not-available',
      { display: 'value', since: null },
    ],
    [
      { indicator: 'omradestyp', display: 'change' },
      'change-not-available',
      { display: 'value', since: null },
    ],
    [{ display: 'change', since: '1999' }, 'since-not-available', { since: '2024' }],
    [{ display: 'change', since: '2025' }, 'since-not-available', { since: '2024' }],
    [{ breaks: 'own' }, 'own-breaks-missing', { breaks: 'quantile' }],
    [{ incidents: 'klotter+mord' }, 'incidents-unknown', { incidents: [{ id: 'klotter' }] }],
    [
      { incidents: 'hot+klotter', incidentShape: 'hexagons' },
      'hexagons-not-available',
      { incidents: [{ id: 'klotter' }], incidentShape: 'hexagons' },
    ],
    [
      { incidents: 'hot', incidentShape: 'columns' },
      'hexagons-not-available',
      { incidents: [{ id: 'hot' }], incidentShape: 'areas' },
    ],
  ] as const)('%j: %s', (asked, code, expected) => {
    const { view, notes } = resolve(asked as Partial<ViewState>)
    expect(notes).toEqual([code])
    expect(view).toMatchObject(expected)
  })

  it('counts a change from a year before, so that seasons do not pass for it', () => {
    expect(resolve({ display: 'change', period: '2025-12' }).view.since).toBe('2024-12')
    expect(resolve({ display: 'change' }).view.since).toBe('2024')
    expect(resolve({ display: 'change', period: '2025-12', since: '2025-11' }).view.since).toBe(
      '2025-11',
    )
  })

  it('says what was asked and what is shown instead', () => {
    expect(resolve({ period: '2031' }).parameters).toEqual({ asked: '2031', shown: '2025' })
    expect(resolve({ areas: ['x', 'y'] }).parameters).toEqual({ areas: 'x, y' })
  })

  it('has nothing to show of an empty package, and says so', () => {
    const empty = { ...index, observations: [] }
    expect(resolveView(DEFAULT_VIEW_STATE, empty)).toEqual({
      view: null,
      notes: [{ code: 'nothing-to-show', parameters: {} }],
    })
  })

  it('always shows something that exists', () => {
    const words = fc.constantFrom('klotter', 'otrygg', 'stenkast', 'omradestyp', 'regso', 'kommun')
    const likely = fc
      .tuple(viewState, words, words, orNull(period))
      .map(([state, id, level, since]) => ({ ...state, indicator: id, level, since }))
    fc.assert(
      fc.property(fc.oneof(viewState, likely), (state) => {
        const { view } = resolveView(state, index)
        if (view === null) return expect(view).not.toBeNull()
        expect(index.observations).toContain(view.observations)
        expect(view.observations.level).toBe(view.level.id)
        expect(view.observations.indicator).toBe(view.indicator.id)
        expect(view.observations.periods).toContain(view.period)
        expect(view.observations.sexes).toContain(view.sex)
        expect(view.since !== null).toBe(view.display === 'change')
        if (view.since !== null) expect(view.observations.periods).toContain(view.since)
      }),
    )
  })
})
