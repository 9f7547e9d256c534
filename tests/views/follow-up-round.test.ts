import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { planWithFollowUps } from '../../src/core/follow-up.ts'
import {
  effortsOf,
  FOLLOW_UP_READINGS,
  FOLLOW_UP_STATUSES,
  type ActivityPlan,
  type FollowUp,
} from '../../src/core/plan.ts'
import { decode } from '../../src/core/view-state.ts'
import { recordsOf } from '../../src/exports/report/records.ts'
import { reportHtml } from '../../src/exports/report/html.ts'
import { briefingsOf } from '../../src/files/package/briefing-shape.ts'
import { followUpsOf as storedFollowUps } from '../../src/files/plan/follow-up-shape.ts'
import { readNumber } from '../../src/text/read-number.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import { newSlide } from '../../src/views/briefing/briefing.ts'
import { followUpSlide, roundChapters } from '../../src/views/briefing/follow-up-slide.ts'
import { shownSlide } from '../../src/views/briefing/shown-slide.ts'
import { figuresOf, type SlideContent } from '../../src/views/briefing/slide-content.ts'
import { followUpTemplate } from '../../src/views/briefing/templates.ts'
import {
  asLastTime,
  formOf,
  readForm,
  withoutSmallCount,
  type FollowUpForm,
} from '../../src/views/plan/follow-up-form.ts'
import {
  followUpRound,
  nextMissing,
  roundHalfYear,
  roundHalfYears,
} from '../../src/views/plan/follow-up-round.ts'
import { followUpRows } from '../../src/views/plan/follow-up-rows.ts'
import { intervention, planOf } from '../support/small-plan.ts'

const real = JSON.parse(readFileSync('data/plan/plan.json', 'utf8')) as ActivityPlan
const DAY = '2026-11-23'

const record = (own: Partial<FollowUp>): FollowUp => ({
  ...{ intervention: 'lamps', halfYear: '2024-H2', status: 'pagaende', reading: 'pa-vag' },
  ...{ measures: [], comment: '', date: '2024-12-01', lines: null, ...own },
})
const spanning = (id: string, start: string, end: string | null) =>
  intervention({
    ...{ id, title: id },
    period: { start, startTerm: null, end, endTerm: null, text: start, note: null },
  })
/** Any record of any effort of the real plan, in any of its half-years. */
const anyRecords = fc.uniqueArray(
  fc.record({
    intervention: fc.constantFrom(...effortsOf(real).map((one) => one.intervention.id)),
    halfYear: fc.constantFrom(...roundHalfYears(real, DAY)),
    status: fc.constantFrom(...FOLLOW_UP_STATUSES),
    reading: fc.constantFrom(null, ...FOLLOW_UP_READINGS),
    measures: fc.constant([{ name: 'Deltagare', value: 24, unit: 'personer' }]),
    comment: fc.string(),
    date: fc.constantFrom(null, '2026-11-23'),
    lines: fc.constant(null),
  }),
  { selector: ({ intervention: id, halfYear }) => `${id} ${halfYear}`, maxLength: 60 },
)

describe('which efforts a round asks for', () => {
  it('takes the newest half-year that has begun, of the years of the plan', () => {
    expect(roundHalfYear(real, null, '2026-11-23')).toBe('2026-H2')
    expect(roundHalfYear(real, null, '2026-06-30')).toBe('2026-H1')
    expect(roundHalfYear(real, null, '2029-01-01')).toBe('2026-H2')
    expect(roundHalfYear(real, null, '2020-01-01')).toBe('2024-H1')
    expect(roundHalfYear(real, '2025-H1', DAY)).toBe('2025-H1')
    expect(roundHalfYear(real, '2025', DAY)).toBe('2026-H2')
  })

  it('asks for those that run by the words of the plan, and says why the others rest', () => {
    const plan = planOf(
      spanning('now', '2024-01', null),
      spanning('over', '2023', '2024'),
      spanning('ahead', '2026-03', null),
      spanning('ended', '2024-01', null),
    )
    const own = [record({ intervention: 'ended', halfYear: '2024-H2', status: 'avslutad' })]
    const round = followUpRound(planWithFollowUps(plan, own), '2025-H1')
    expect(round.rows.map(({ id }) => id)).toEqual(['now'])
    expect(round.notDue.map(({ id, why }) => `${id}: ${why}`)).toEqual([
      'over: planens tid är slut',
      'ahead: har inte börjat enligt planen',
      'ended: avslutad enligt uppföljningen höst\u00a024',
    ])
    const file = followUpRows(planWithFollowUps(plan, own), '2025-H1')
    expect(file.map(({ id }) => id)).toEqual(['now'])
    // Followed up all the same, it counts.
    const late = record({ intervention: 'over', halfYear: '2025-H1' })
    const more = followUpRound(planWithFollowUps(plan, [...own, late]), '2025-H1')
    expect(more.rows.map(({ id, state }) => `${id} ${state}`)).toEqual(['now missing', 'over done'])
    expect(more.countText).toBe('1 av 2\u00a0insatser följda upp')
    expect(more.missingText).toBe('Saknas: now.')
  })

  it('puts every effort in one place, and counts what is followed up, whatever is written', () => {
    fc.assert(
      fc.property(anyRecords, fc.constantFrom(...roundHalfYears(real, DAY)), (own, halfYear) => {
        const plan = planWithFollowUps(real, own)
        const round = followUpRound(plan, halfYear)
        const ids = [...round.rows, ...round.notDue].map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toHaveLength(effortsOf(plan).length)
        const followed = new Set(
          plan.followUps.filter((one) => one.halfYear === halfYear).map((one) => one.intervention),
        )
        expect(round.done).toBe(followed.size)
        expect(
          round.rows
            .filter(({ state }) => state === 'done')
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...followed].sort())
        // From each, the round leads through all that are missing.
        let at = nextMissing(round, null)
        const come = new Set<string>()
        while (at && !come.has(at.id)) {
          come.add(at.id)
          at = nextMissing(round, at.id)
        }
        expect(come.size).toBe(round.missing.length)
      }),
      { numRuns: 100, seed: 7 },
    )
  })
})

describe('what has changed since last time', () => {
  const plan = planOf(intervention({}))
  const changesOf = (now: Partial<FollowUp>, then: Partial<FollowUp>) =>
    followUpRound(
      planWithFollowUps(plan, [
        record({ halfYear: '2024-H1', ...then }),
        record({ halfYear: '2024-H2', ...now }),
      ]),
      '2024-H2',
    ).changes

  it('is status, reading and numbers, in a sentence; nothing where all is as it was', () => {
    expect(
      changesOf(
        {
          ...{ status: 'avslutad', reading: 'uppnatt' },
          measures: [
            { name: 'Lampor', value: 12.5, unit: 'procent' },
            { name: 'Skolor', value: 3, unit: 'skolor' },
          ],
        },
        { reading: null, measures: [{ name: 'lampor', value: 7, unit: 'Procent' }] },
      ),
    ).toEqual([
      'Lamps (sedan vår\u00a024): från ”pågår” till ”avslutad”; bedöms nu som ”uppnått”; lampor: 12,5\u00a0procent, var 7\u00a0Procent; nytt tal, skolor: 3\u00a0skolor.',
    ])
    expect(changesOf({ comment: 'Nytt.' }, {})).toEqual([
      'Inget har ändrats mot förra uppföljningen.',
    ])
    expect(followUpRound(plan, '2024-H2').changes).toEqual(['Inget är uppföljt än.'])
  })

  it('never tells a number of people below five', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 99 }), (few, many) => {
        const measure = (value: number) => [{ name: 'Deltagare', value, unit: 'personer' }]
        const [said] = changesOf({ measures: measure(few) }, { measures: measure(many) })
        expect(said).toContain(`färre än 5\u00a0personer, var ${many}\u00a0personer`)
        expect(said).not.toContain(`: ${few}\u00a0`)
      }),
      { seed: 7 },
    )
  })
})

describe('the form of an effort', () => {
  const effort = effortsOf(planOf(intervention({})))[0]!
  const last = record({
    halfYear: '2024-H1',
    measures: [{ name: 'Lampor', value: 24, unit: 'lampor' }],
    comment: 'Vi satte upp lampor.',
  })

  it('has rows for what the plan and last time name, and nothing that would be stored of them', () => {
    const form = formOf(effort, null, last, DAY)
    expect(form.measures).toEqual([
      { name: 'Lampor', value: '', unit: 'lampor', isTold: true },
      { name: 'Graffiti', value: '', unit: '', isTold: true },
    ])
    expect(form).toMatchObject({ status: null, reading: null, comment: '', date: DAY })
    expect(readForm(form)).toMatchObject({ record: null, isUnsaved: false })
    const same = readForm(asLastTime(form, last))
    expect(same.record).toEqual({
      ...{ status: 'pagaende', reading: 'pa-vag', measures: [], comment: '', date: DAY },
    })
  })

  it('gives back what was stored, whatever it was', () => {
    const measures = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-zåäö]{1,12}$/),
        value: fc
          .double({ min: -1e9, max: 1e9, noNaN: true })
          .map((x) => Math.round(x * 1e3) / 1e3),
        unit: fc.constantFrom('personer', 'procent'),
      }),
      { selector: ({ name }) => name, maxLength: 6 },
    )
    fc.assert(
      fc.property(measures, fc.string(), (own, comment) => {
        const one = record({ comment, measures: own.map((m) => ({ ...m, value: m.value + 0 })) })
        const read = readForm(formOf(effort, one, last, DAY))
        expect(read.isUnsaved).toBe(false)
        const { intervention: id, halfYear, lines } = one
        const again = { ...read.record!, intervention: id, halfYear, lines }
        expect(again).toEqual(one)
        expect(storedFollowUps(JSON.parse(JSON.stringify([again])), '')).toEqual([one])
      }),
      { seed: 7 },
    )
  })

  it('keeps a wrong number out of the record and in the form, and says which', () => {
    const begun = formOf(effort, null, null, DAY)
    const row = (value: string, unit: string, name = 'Möten') => ({
      ...{ name, value, unit, isTold: false },
    })
    const form: FollowUpForm = {
      ...begun,
      status: 'pagaende',
      measures: [
        ...[row('7,5', 'procent'), row('sju', 'möten', 'a'), row('', 'möten', 'b')],
        ...[row('7', '', 'c'), row('7', 'st', ''), row('8', 'st', 'MÖTEN'), row('', '', '')],
      ],
    }
    const read = readForm(form)
    expect(read.faults).toEqual([null, 'value', 'no-value', 'unit', 'name', 'twice', null])
    expect(read.record!.measures).toEqual([{ name: 'Möten', value: 7.5, unit: 'procent' }])
    expect(read.isUnsaved).toBe(true)
    // Words without a status are no record, and are not lost sight of.
    expect(readForm({ ...begun, comment: 'Vi' })).toMatchObject({ record: null, isUnsaved: true })
  })

  it('reads numbers as Swedes write them, and takes nothing else for one', () => {
    for (const [words, value] of [
      ...[['12', 12] as const, ['7,5', 7.5] as const, ['−3', -3] as const],
      ...[['1 234,5', 1234.5] as const, ['1\u00a0000', 1000] as const, ['7.5', 7.5] as const],
    ])
      expect(readNumber(words), words).toBe(value)
    for (const words of ['', 'tio', '1.234', '7,', '1e3', '<5', '12 st', '9'.repeat(13)])
      expect(readNumber(words), words).toBeNull()
  })

  it('moves a number that could point at single people into words, when asked to', () => {
    const form = formOf(effort, null, null, DAY)
    const few = {
      ...form,
      comment: 'Bra.',
      measures: [{ name: 'Deltagare', value: '3', unit: 'personer', isTold: true }],
    }
    expect(readForm(few).small).toEqual([true])
    expect(withoutSmallCount(few, 0)).toMatchObject({
      comment: 'Bra.\nDeltagare: färre än 5.',
      measures: [{ name: 'Deltagare', value: '', unit: 'personer' }],
    })
    const others = [
      ['0', 'personer'],
      ['5', 'personer'],
      ['3', 'skolor'],
    ] as const
    for (const [value, unit] of others)
      expect(
        readForm({ ...few, measures: [{ ...few.measures[0]!, value, unit }] }).small,
        `${value} ${unit}`,
      ).toEqual([false])
  })
})

describe('the round on slides', () => {
  const own = [
    record({ intervention: 'kraft', halfYear: '2026-H2', status: 'avslutad', reading: 'uppnatt' }),
    record({ intervention: 'fritid-none', halfYear: '2026-H2' }),
  ]
  const plan = planWithFollowUps(real, own)
  const chapters = roundChapters(plan, '2026-H2')
  const contentOf = (address: string): SlideContent =>
    followUpSlide(plan, decode(address).state, DAY)
  const lines = (content: SlideContent): string[] =>
    content.blocks.flatMap((block) =>
      block.kind === 'list'
        ? block.groups.flatMap(({ heading, rows }) =>
            rows.length === 0 ? [heading] : rows.map(({ name }) => name),
          )
        : [],
    )

  it('shows every effort once by department, and every missing one once, however many slides it takes', () => {
    const round = followUpRound(plan, '2026-H2')
    const shown = chapters.efforts.flatMap(({ address }) => lines(contentOf(address)))
    // Where nothing of a department is followed up, those that are missing tell of it.
    const told = round.groups.flatMap(({ rows, done }) => (done > 0 ? rows : []))
    expect(shown.toSorted()).toEqual(told.map(({ title }) => title).toSorted())
    expect(round.groups.some(({ done }) => done === 0)).toBe(true)
    const missing = chapters.missing.flatMap(({ address }) => lines(contentOf(address)))
    expect(missing).toHaveLength(round.missing.length)
    expect(new Set(missing).size).toBe(missing.length)
    for (const { address } of [...chapters.efforts, ...chapters.missing]) {
      expect(decode(address).ignored).toEqual([])
      expect(lines(contentOf(address)).length).toBeLessThanOrEqual(8)
    }
  })

  it('counts each reading, and says in its heading how many are followed up', () => {
    const content = contentOf(chapters.brief.address)
    const { rows } = followUpRound(plan, '2026-H2')
    expect(content.claim).toBe(`1 av ${rows.length}\u00a0insatser följda upp, höst\u00a026`)
    const counts = figuresOf(content).map(({ name, figure }) => [
      name,
      figure.kind === 'value' && figure.value,
    ])
    expect(counts).toContainEqual(['uppnått', 1])
    expect(counts).toContainEqual(['uppföljning saknas', rows.length - 1])
    expect(JSON.stringify(content.blocks)).toContain('från ”ordinarie verksamhet” till ”avslutad”')
  })

  it('says the same in files, and is stored like any other', () => {
    const address = chapters.efforts[0]!.address
    const slides = [chapters.brief.address, address].map((one, at) =>
      newSlide({ id: `s${at}`, kind: 'view', address: one }),
    )
    const shown = slides.map((slide) => shownSlide(slide, contentOf(slide.address!), ''))
    const briefing = {
      ...{ id: 'b', title: 'H', author: '', periodText: '', minutes: 20, slides },
      changedAt: `${DAY}T09:00:00.000Z`,
    }
    const report = briefingReport(briefing, shown, {
      release: { id: 'R', notes: [], sources: [], synthetic: false } as never,
      date: DAY,
    })
    const html = reportHtml(report, { colour: () => '#123456', fontFace: '' })
    for (const words of ['KRAFT', 'Uppnått', 'avslutad', contentOf(address).claim])
      expect(html).toContain(words)
    // Words are no figures.
    expect(recordsOf(report).map(({ whose }) => whose)).toEqual(
      figuresOf(contentOf(chapters.brief.address)).map(({ name }) => name),
    )
    const fixed = {
      ...{ fixedAt: briefing.changedAt, by: 'A', release: 'R', checksum: 'a'.repeat(64) },
      ...{ title: 'T', words: '', content: contentOf(address) },
    }
    const stored = [{ ...briefing, slides: [{ ...slides[0]!, fixed }] }]
    expect(briefingsOf(JSON.parse(JSON.stringify(stored)), '')).toEqual(stored)
  })

  it('makes the chapters of the half-year, in order, in the template that there is', () => {
    let id = 0
    const index = {
      release: { id: 'R', synthetic: true },
      plan: {},
    }
    const found = {
      suggestions: [],
      looked: { indicators: 0, compared: { differs: 0, changed: 0 }, hidden: 0, missing: 0 },
    }
    const { title, slides } = followUpTemplate(
      { index: index as never, newId: () => `s${++id}` },
      found,
      chapters,
    )
    expect(title).toBe('Halvårsuppföljning höst\u00a026')
    expect(slides[0]!.address).toBe(chapters.brief.address)
    const at = (words: string) => slides.findIndex((slide) => slide.title === words)
    const order = ['Sedan förra lägesbilden', 'Insatserna', 'Vad som har ändrats säkert'].map(at)
    order.push(at('Nästa halvår'), at('Osäkerhet och luckor'), at('Källor'))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
    expect(slides.at(-2)!.words).toContain('säger inget om effekt')
    expect(slides.at(-1)!.words).toContain(real.source.title)
  })
})
