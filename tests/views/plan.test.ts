import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUmeaRegister } from '../../scripts/schematic/umea-register.ts'
import { planWithFollowUps } from '../../src/core/follow-up.ts'
import { phaseOf, runsIn, spanOf } from '../../src/core/plan-period.ts'
import {
  effortsOf,
  FOLLOW_UP_STATUSES,
  PREVENTION_LEVELS,
  type ActivityPlan,
  type Effort,
  type FollowUp,
  type PlanPeriod,
} from '../../src/core/plan.ts'
import { PLAN_PLACES } from '../../src/core/view-state.ts'
import { planBudget } from '../../src/views/plan/plan-budget.ts'
import { effortFacts } from '../../src/views/plan/plan-effort.ts'
import {
  filterEfforts,
  NO_PLAN_FILTER,
  planFilter,
  type PlanFilter,
} from '../../src/views/plan/plan-filter.ts'
import { planInArea } from '../../src/views/plan/plan-in-area.ts'
import { ordinaryOf, planMatrix } from '../../src/views/plan/plan-matrix.ts'
import { placeOfEffort, planPlaces } from '../../src/views/plan/plan-places.ts'
import { planPyramid } from '../../src/views/plan/plan-pyramid.ts'
import { planTable } from '../../src/views/plan/plan-table.ts'
import { planTimeline } from '../../src/views/plan/plan-timeline.ts'
import { intervention } from '../support/small-plan.ts'

fc.configureGlobal({ seed: 20261103 })

const read = (path: string): string =>
  readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8')
const plan = JSON.parse(read('plan/plan.json')) as ActivityPlan
const register = readUmeaRegister({
  regsoCsv: read('areas/regso.csv'),
  labelsCsv: read('areas/labels.csv'),
})
const all = effortsOf(plan)
const DAY = '2026-11-23'

const idsOf = (efforts: readonly Effort[]): string[] =>
  efforts.map(({ intervention: { id } }) => id)
const effort = (id: string): Effort => all.find((one) => one.intervention.id === id)!

/** Every telling of an effort, looked up in the file itself. */
const toldIn = ({ intervention: { id } }: Effort) =>
  plan.interventions.filter((one) => one.id === id || one.sameAs === id)

/** Letters of the focus problems, in the plan's order, as in the facts of the data's own test. */
const LETTERS = ['E', 'S', 'P', 'F', 'U', 'A', 'K']

describe('the matrix', () => {
  it('counts what the plan lists, counted by hand', () => {
    const { rows } = planMatrix(plan, all, 'level', DAY)
    expect(
      rows.map(({ cells, efforts }, at) =>
        [LETTERS[at], ...cells.map((cell) => cell.efforts.length), efforts].join(' '),
      ),
    ).toEqual([
      // universell, selektiv, indikerad, not relevant, and how many efforts they are
      'E 1 9 6 0 10',
      'S 4 16 7 0 19',
      'P 2 8 4 0 8',
      'F 4 16 8 0 19',
      'U 2 15 8 0 17',
      'A 3 18 6 0 18',
      'K 2 1 0 3 6',
    ])
  })

  it('counts by department what each of them tells, and an effort of two for both', () => {
    const { rows, columns } = planMatrix(plan, all, 'department', DAY)
    const school = rows[LETTERS.indexOf('S')]!
    expect(school.cells.map(({ efforts }, at) => `${columns[at]!.name} ${efforts.length}`)).toEqual(
      [
        'Arbetsmarknad och integration 1',
        'Fritid 1',
        'Förskolan 3',
        'Grundskolan 2',
        'Gymnasiet 1',
        'Kultur 2',
        'Strategisk utveckling 0',
        'Stöd och omsorg 10',
        'Säkerhet 0',
        'Teknik och fastighet 1',
      ],
    )
    // Operativa teamet and the mobile team stand in two cells, and are two efforts.
    expect(school.efforts).toBe(19)
  })

  it('has in each cell exactly the efforts that someone tells of with both marks', () => {
    fc.assert(
      fc.property(fc.subarray(all), fc.constantFrom('level', 'department'), (some, by) => {
        for (const { cells } of planMatrix(plan, some, by, DAY).rows)
          for (const { problem, column, efforts, over } of cells) {
            const wanted = some.filter((one) =>
              toldIn(one).some(
                (told) =>
                  told.focusProblems.some(({ id }) => id === problem) &&
                  (by === 'level'
                    ? (told.levels as readonly string[]).includes(column)
                    : told.department === column),
              ),
            )
            expect(efforts).toEqual(wanted)
            expect(over).toBe(wanted.filter((one) => phaseOf(one, DAY) === 'over').length)
          }
      }),
      { numRuns: 30 },
    )
  })

  it('calls no cell empty where ordinary work is named', () => {
    for (const by of ['level', 'department'] as const)
      for (const { cells } of planMatrix(plan, [], by, DAY).rows)
        for (const cell of cells) {
          const named = ordinaryOf(plan, cell, by)
          expect(named.length, cell.label).toBeGreaterThan(0)
          expect(cell.word).toBe('grunduppdrag')
          expect(cell.label).toMatch(/Grunduppdrag nämns/)
        }
    const bare = planMatrix({ ...plan, ordinaryWork: [] }, [], 'department', DAY)
    expect(new Set(bare.rows.flatMap(({ cells }) => cells.map(({ word }) => word)))).toEqual(
      new Set(['ingen i planen']),
    )
  })

  it('tells ordinary work for the problem from what is not divided', () => {
    const { rows, columns } = planMatrix(plan, all, 'department', DAY)
    const named = (kind: string): string[] => [
      ...new Set(
        rows.flatMap(({ cells }) =>
          cells.flatMap(({ ordinary, column }) =>
            ordinary === kind ? columns.find(({ id }) => id === column)!.name : [],
          ),
        ),
      ),
    ]
    expect(named('problem')).toEqual(['Fritid', 'Gymnasiet'])
    // Fritid says nothing of visible crime.
    expect(rows.at(-1)!.cells[1]!.ordinary).toBe('general')
    expect(named('none')).toEqual([])
  })

  it('says where it is thin, and sets aside what is tied to no problem', () => {
    const { thin, beside } = planMatrix(plan, all, 'level', DAY)
    expect(thin[0]).toBe(
      '1 av 21 rutor har ingen insats i urvalet: synlig närvaro av kriminella (indikerad).',
    )
    expect(idsOf(beside)).toEqual([
      ...['samordna-uvts', 'stod-med-uppfoljning', 'oversyn-av-samverkan', 'social-sponsring'],
    ])
  })
})

describe('the filter', () => {
  const values: { readonly [Field in keyof PlanFilter]: readonly PlanFilter[Field][] } = {
    planDepartment: plan.departments.map(({ id }) => id),
    planLevel: PREVENTION_LEVELS,
    planProblem: plan.focusProblems.map(({ id }) => id),
    planPlace: [...PLAN_PLACES, '2480-ersboda', '2480-alidhem', '2480-teg'],
    planStatus: [...FOLLOW_UP_STATUSES, 'none'],
    planHalfYear: ['2023-H1', '2024-H1', '2024-H2', '2026-H2'],
    planSearch: ['skola', 'föräldrar', 'Ersängsskolan', 'finns inte alls'],
  }
  const filters = fc.record(
    Object.fromEntries(
      Object.entries(values).map(([field, own]) => [
        field,
        fc.option(fc.constantFrom<unknown>(...own), { nil: null, freq: 2 }),
      ]),
    ),
  ) as unknown as fc.Arbitrary<PlanFilter>
  const found = (filter: Partial<PlanFilter>) =>
    filterEfforts(plan, all, { ...NO_PLAN_FILTER, ...filter })

  it('lets through what meets each single question, in the plan’s order, and says how many', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const { efforts, text, isFiltered } = filterEfforts(plan, all, filter)
        const singles = Object.entries(filter).map(([field, value]) => found({ [field]: value }))
        expect(efforts).toEqual(
          all.filter((one) => singles.every((single) => single.efforts.includes(one))),
        )
        expect(text.replaceAll('\u00a0', ' ')).toBe(
          efforts.length === 44 ? '44 insatser' : `${efforts.length} av 44 insatser`,
        )
        expect(isFiltered).toBe(Object.values(filter).some((value) => value !== null))
      }),
      { numRuns: 60 },
    )
  })

  it('adds up where each effort has one answer', () => {
    const total = (filters_: readonly Partial<PlanFilter>[]): number =>
      filters_.reduce((sum, filter) => sum + found(filter).efforts.length, 0)
    expect(total(values.planStatus.map((planStatus) => ({ planStatus })))).toBe(44)
    const unnamed = total(PLAN_PLACES.map((planPlace) => ({ planPlace })))
    const named = all.filter((one) =>
      toldIn(one).some(({ places }) => places.kind === 'areas' && places.areas.length > 0),
    )
    expect(unnamed + named.length).toBe(44)
  })

  it('finds what is told twice by either telling, and counts it once', () => {
    const teams = ['operativa-teamet', 'mobilt-operativt-team']
    expect(idsOf(found({ planDepartment: 'grundskolan' }).efforts)).toEqual(teams)
    const others = idsOf(found({ planDepartment: 'stod-och-omsorg' }).efforts)
    expect(others).toHaveLength(12)
    expect(others.slice(0, 2)).toEqual(teams)
    // Only Stöd och omsorg says that the mobile team is against poor family conditions.
    expect(idsOf(found({ planProblem: 'sårbara familjeförhållanden' }).efforts)).toContain(
      'mobilt-operativt-team',
    )
  })

  it('drops what a link asks for and the plan does not know', () => {
    const asked: PlanFilter = {
      ...{ planDepartment: 'x', planLevel: 'selektiv', planProblem: 'x', planPlace: '2480-haga' },
      ...{ planStatus: 'none', planHalfYear: '2024', planSearch: 'skola' },
    }
    expect(planFilter(asked, plan)).toEqual({
      ...NO_PLAN_FILTER,
      ...{ planLevel: 'selektiv', planStatus: 'none', planSearch: 'skola' },
    })
    const known: PlanFilter = {
      ...asked,
      ...{ planDepartment: 'kultur', planProblem: 'utanförskap', planPlace: '2480-teg' },
      planHalfYear: '2024-H2',
    }
    expect(planFilter(known, plan)).toEqual(known)
  })
})

describe('a period', () => {
  const period = (changes: Partial<PlanPeriod>): PlanPeriod => ({
    ...{ start: null, startTerm: null, end: null, endTerm: null, text: 'x', note: null },
    ...changes,
  })

  it.each([
    [{ start: '2024' }, 2024, null],
    [{ start: '2024', startTerm: 'HT' }, 2024.5, null],
    [{ start: '2024-04', end: '2024-11' }, 2024.25, 2024 + 11 / 12],
    [{ start: '2024', startTerm: 'HT', end: '2025', endTerm: 'VT' }, 2024.5, 2025.5],
    [{ start: '2024', end: '2024' }, 2024, 2025],
    [{}, null, null],
  ] as const)('%o is the time that its words stand for', (changes, from, to) => {
    expect(spanOf(period(changes))).toEqual({ from, to })
  })

  it('runs in the half-years that its words let it', () => {
    const runs = (changes: Partial<PlanPeriod>): string =>
      ['2023-H2', '2024-H1', '2024-H2', '2025-H1', '2025-H2']
        .map((half) => (runsIn(period(changes), half) ? '#' : '.'))
        .join('')
    expect(runs({ start: '2024', startTerm: 'HT', end: '2025', endTerm: 'VT' })).toBe('..##.')
    expect(runs({ start: '2024', end: '2024' })).toBe('.##..')
    expect(runs({ start: '2024-04' })).toBe('.####')
    expect(runs({ end: '2024', endTerm: 'VT' })).toBe('##...')
    expect(runs({})).toBe('#####')
  })
})

describe('the time line', () => {
  const rowOf = (id: string, day = DAY) => planTimeline(plan, [effort(id)], day).groups[0]!.rows[0]!

  it('spans from the first known start to the plan’s last year, each effort once', () => {
    const { halfYears, groups, today } = planTimeline(plan, all, DAY)
    expect(halfYears.map(({ code }) => code)).toEqual([
      ...['2023-H1', '2023-H2', '2024-H1', '2024-H2'],
      ...['2025-H1', '2025-H2', '2026-H1', '2026-H2'],
    ])
    expect([halfYears[0]!.from, halfYears.at(-1)!.to]).toEqual([0, 1])
    expect(groups.flatMap(({ rows }) => rows.map((row) => row.effort))).toEqual(all)
    expect(today).toBeCloseTo((3 + 10 / 12 + 22 / 365) / 4, 6)
    expect(planTimeline(plan, all, '2028-01-01').today).toBeNull()
  })

  it('asks for a reading of every half-year that has ended while it ran', () => {
    expect(rowOf('kraft').marks.map(({ halfYear, reading }) => `${halfYear} ${reading}`)).toEqual([
      '2024-H1 not-judged',
      ...['2024-H2 missing', '2025-H1 missing', '2025-H2 missing', '2026-H1 missing'],
    ])
    expect(rowOf('forebygga-vald').marks.map(({ halfYear }) => halfYear)).toEqual([
      ...['2024-H2', '2025-H1'],
    ])
    expect(rowOf('framtidsverkstan', '2024-05-01').marks).toEqual([])
  })

  it('misses nothing after the half-year in which an effort was told to have ended', () => {
    const told = { ...plan.followUps[1]!, halfYear: '2025-H1' }
    const marksWith = (...followUps: FollowUp[]): string[] =>
      planTimeline(
        planWithFollowUps({ ...plan, followUps: [] }, followUps),
        [effort('kraft')],
        DAY,
      ).groups[0]!.rows[0]!.marks.map(({ halfYear, reading }) => `${halfYear} ${reading}`)
    const before = ['2024-H1 missing', '2024-H2 missing']
    const ended = { ...told, status: 'avslutad' as const, reading: 'uppnatt' as const }
    expect(marksWith(ended)).toEqual([...before, '2025-H1 uppnatt'])
    expect(marksWith({ ...told, reading: 'avslutad' })).toEqual([...before, '2025-H1 avslutad'])
    // Taken up again, it is asked for again.
    const again = { ...told, halfYear: '2025-H2', status: 'pagaende' as const }
    expect(marksWith(ended, again)).toEqual([
      ...[...before, '2025-H1 uppnatt', '2025-H2 not-judged', '2026-H1 missing'],
    ])
  })

  it('reads a follow-up as it was judged', () => {
    const judged = {
      ...plan,
      followUps: [{ ...plan.followUps[1]!, reading: 'pa-vag' as const }],
    }
    const [row] = planTimeline(judged, [effort('kraft')], DAY).groups[0]!.rows
    expect(row!.marks[0]).toMatchObject({ halfYear: '2024-H1', reading: 'pa-vag' })
    expect(row!.label).toContain('på väg')
  })

  it('shows an open end as open and an unknown start as unknown', () => {
    const kinds = (id: string): string[][] =>
      rowOf(id).bars.map(({ segments }) => segments.map(({ kind }) => kind))
    expect(kinds('natverksarbete')).toEqual([['unknown', 'stated', 'open']])
    expect(kinds('framtidsverkstan')).toEqual([['stated', 'open']])
    expect(kinds('fortbildning')).toEqual([['stated']])
    for (const { groups } of [planTimeline(plan, all, DAY), planTimeline(plan, all, '2022-01-01')])
      for (const { rows } of groups)
        for (const { bars } of rows)
          for (const { segments } of bars)
            segments.forEach(({ from, to }, at) => {
              expect(from).toBeLessThan(to)
              expect(from).toBeGreaterThanOrEqual(0)
              expect(to).toBeLessThanOrEqual(1)
              if (at > 0) expect(from).toBe(segments[at - 1]!.to)
            })
  })

  it('shows both dates of an effort that two departments tell of', () => {
    expect(
      rowOf('mobilt-operativt-team').bars.map(({ toldBy, text }) => `${toldBy}: ${text}`),
    ).toEqual([
      'Grundskolan: Planering våren 2024. Uppstart skolstart ht 2024',
      'Stöd och omsorg: Utredning under våren 2024',
    ])
  })
})

describe('the other views', () => {
  it('has the pyramid of the levels, counted by hand', () => {
    const { steps, without, several } = planPyramid(all)
    expect(steps.map(({ level, efforts }) => `${level} ${efforts.length}`)).toEqual([
      ...['indikerad 10', 'selektiv 28', 'universell 9'],
    ])
    expect(without).toHaveLength(7)
    // With 1 on three steps and 8 on two, the steps hold 10 more than the 37 that they are.
    expect(several).toBe(9)
    const standing = steps.reduce((sum, { efforts }) => sum + efforts.length, 0)
    expect(standing).toBe(44 - without.length + several + 1)
  })

  it('places efforts in the areas that the plan names, and lists the others by why', () => {
    const { areas, beside } = planPlaces(all)
    expect(areas.map(({ area, efforts }) => `${area} ${efforts.length}`)).toEqual([
      ...['2480-ersboda 7', '2480-alidhem 6', '2480-teg 1', '2480-umedalen 1'],
      ...['2480-mariehem 1', '2480-centrum 3'],
    ])
    expect(beside.map(({ kind, efforts }) => `${kind} ${efforts.length}`)).toEqual([
      ...['whole 3', 'not-stated 27', 'not-shown 2', 'unplaced 1'],
    ])
    expect(new Set([...areas, ...beside].flatMap(({ efforts }) => idsOf(efforts))).size).toBe(44)
  })

  it('never places what is not to be shown, though another telling names an area', () => {
    const hidden = intervention({ places: { kind: 'not-shown', note: null } })
    const told = intervention({ id: 'other', sameAs: 'lamps' })
    for (const [first, second] of [
      [hidden, told],
      [told, hidden],
    ] as const)
      expect(placeOfEffort({ intervention: first, alsoToldBy: [second] })).toEqual({
        kind: 'not-shown',
      })
  })

  it('has the money as the plan gives it, and no amount where it gives none', () => {
    const { rows, sumThousandsSEK, checks } = planBudget(plan)
    expect(sumThousandsSEK).toBe(56_700)
    expect(rows.map(({ thousandsSEK }) => thousandsSEK)).toEqual([
      ...[0, 1000, 0, 1700, 1000, 1000, 1000, 35_000, 2000, 14_000],
    ])
    const care = rows[7]!
    expect(care.parts.map(({ amountText }) => amountText)).toEqual([
      ...['belopp anges inte', 'belopp anges inte'],
    ])
    expect([care.statedShares, care.hasUnstated, care.share]).toEqual([[], true, 1])
    expect(rows[9]!.statedShares).toEqual([10 / 35])
    expect(checks.filter(({ verdict }) => verdict === 'adds-up')).toHaveLength(6)
    expect(checks.filter(({ verdict }) => verdict === 'does-not')).toEqual([])
    expect(checks[0]).toMatchObject({ verdict: 'cannot-tell', word: 'går inte att pröva' })
  })

  it('opens what a part of the money goes to where it is counted', () => {
    const ids = new Set(all.map(({ intervention: { id } }) => id))
    for (const { parts } of planBudget(plan).rows)
      for (const { efforts } of parts) for (const { id } of efforts) expect(ids).toContain(id)
  })

  it('tells as a table every effort once, with both dates where there are two', () => {
    const { heads, rows } = planTable(plan, all, register)
    expect(rows.map((row) => row.effort)).toEqual(idsOf(all))
    for (const { cells } of rows) expect(cells).toHaveLength(heads.length)
    const team = rows.find((row) => row.effort === 'operativa-teamet')!
    expect(team.cells.slice(1, 5)).toEqual([
      ['Grundskolan', 'Stöd och omsorg'],
      ['selektiv'],
      ['Grundskolan: Start vt 2023, tillsvidare', 'Stöd och omsorg: Start våren 2024, tillsvidare'],
      ['Ersboda'],
    ])
  })

  it('gives the facts of an effort in the plan’s words, with the indicator and where it should go', () => {
    const indicators = [
      { id: 'franvaro_10', name: 'Frånvaro', synthetic: true },
    ] as unknown as Parameters<typeof effortFacts>[3]
    const { told, followUps } = effortFacts(plan, effort('operativa-teamet'), register, indicators)
    expect(told.map(({ toldBy }) => toldBy)).toEqual([null, 'Berättas också av Stöd och omsorg'])
    const [first] = told
    const fact = (label: string) => first!.facts.find((one) => one.label === label)?.lines
    expect(fact('När')).toEqual(['Start vt 2023, tillsvidare'])
    expect(fact('Plats')!.slice(0, 2)).toEqual(['Ersängsskolan', 'På kartan: Ersboda'])
    expect(first!.measures.flatMap(({ indicator }) => indicator?.synthetic ?? [])).toEqual([
      'Syntetiska demonstrationsdata',
    ])
    expect(first!.measures.find(({ indicator }) => indicator)!.expected).toBe(
      'planen väntar sig en minskning',
    )
    expect(followUps).toEqual([])
    const salam = effortFacts(plan, effort('salam-familj-vaxer'), register, [])
    expect(salam.followUps[0]!.measures).toEqual([
      ...['Föräldrar som nåtts: 67 personer', 'Barn som nåtts: 95 personer'],
    ])
  })
})

describe('an area in the plan', () => {
  const inArea = (...areas: string[]) => planInArea(plan, register, { areas, name: 'platsen' })
  const counts = (...areas: string[]): number[] =>
    inArea(...areas).groups.map(({ efforts }) => efforts.length)

  it('has the efforts that name it, or the area that it lies in', () => {
    expect(counts('2480-ersboda')).toEqual([7])
    expect(counts('2480-haga')).toEqual([0])
    const part = register.areas.find(({ parent }) => parent === '2480-alidhem')!
    expect(counts(part.id)).toEqual([0, 6])
    expect(inArea(part.id).groups[1]!.sentence).toContain('namnger Ålidhem')
  })

  it('counts an effort that names several of its areas once', () => {
    // Of 7 and 6, four name both.
    expect(counts('2480-ersboda', '2480-alidhem')).toEqual([9])
    expect(counts('2480')).toEqual([11])
  })

  it('says how many there are beside, so that none is forgotten', () => {
    expect(inArea('2480-haga').beyond.replaceAll('\u00a0', ' ')).toMatch(
      /3 insatser i hela kommunen och 30 utan/,
    )
  })
})
