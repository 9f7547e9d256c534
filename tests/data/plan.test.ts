import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { effortsOf, type ActivityPlan, type Intervention } from '../../src/core/plan.ts'
import { readPlan, type PlanReferences } from '../../src/files/plan/read-plan.ts'

const FILE = 'data/plan/plan.json'
const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const stored: unknown = JSON.parse(read(FILE))

interface Topology {
  readonly objects: Readonly<
    Record<string, { readonly geometries: readonly { readonly id?: string }[] }>
  >
}

const references: PlanReferences = {
  areas: new Set(
    Object.values(
      (JSON.parse(read('data/areas/umea-schematic.topojson')) as Topology).objects,
    ).flatMap(({ geometries }) => geometries.flatMap(({ id }) => (id ? [id] : []))),
  ),
  indicators: new Set(
    (JSON.parse(read('data/indicators/indicators.json')) as { id: string }[]).map(({ id }) => id),
  ),
}

function planOf(json: unknown): ActivityPlan {
  const reading = readPlan(json, FILE, references)
  if ('findings' in reading) throw new Error(JSON.stringify(reading.findings, null, 2))
  return reading.plan
}

const plan = planOf(stored)

const PROBLEMS: Readonly<Record<string, string>> = {
  E: 'ekonomisk utsatthet',
  S: 'skolmisslyckande',
  P: 'psykisk ohälsa',
  F: 'sårbara familjeförhållanden',
  U: 'utanförskap',
  A: 'avsaknad av positiva sammanhang och förebilder',
  K: 'synlig närvaro av kriminella',
}

/**
 * Written down from the plan itself, not from the data: number and first words, level (u, s, i, or – where it is not
 * relevant), places named (– where none is, all, or hidden), focus problems by their letter, t for "tidig upptäckt".
 */
const FACTS: Readonly<Record<string, string>> = {
  'Arbetsmarknad och integration': `
    1 Pilot för öppenvårdsbehandling | i | hidden | EF |
    2 Utveckling av inlussmodell | i | – | F |
    3 Föräldrastöd till utrikesfödda | s | Ersboda, Ålidhem | F |
    4 KRAFT | s | – | EF |
    5 Framtidsverkstan | i | – | SU |`,
  Fritid: `
    1 Utveckla På Ungas Hemmaplan | s | Ersboda | ESUA |
    2 Samverka med föreningar | s | Ersboda, Teg, Umedalen, Ålidhem | UA |`,
  Förskolan: `
    1 Arbeta förebyggande mot våld | s | – | PF | t
    2 Utbildning kring hederskultur | s | – | SPF | t
    3 Närvarofrämjande åtgärder | s | all | SF |
    4 Kompensatoriska insatser | u | – | S |`,
  Grundskolan: `
    1 Utveckling av Operativa teamet | s | Ersängsskolan | SA | t
    2 Utveckling av ett mobilt operativt team | s | – | S | t`,
  Gymnasiet: `
    1 Säkerhetssamordnare kartlägger | s | all | K | t
    2 Förebygga skolmisslyckande | s | – | S |
    3 Förebygga genom fortbildningsinsatser | u | – | F | t
    4 Upphandling av nya lås- och passersystem | u | Dragonskolan | K |`,
  Kultur: `
    1 Utveckla Kultur för hälsa | s | Västangård, Ersängsskolan, Ålidhemsskolan | SPA |
    2 Utveckla Afterschool | s | Ålidhemsskolan, Mariehemsskolan, Bräntbergsskolan, Ersängsskolan | EUA |
    3 Samverkan med föreningar på Väven | s | Väven | UA |
    4 Samverkan med föreningen Selam | s | Väven | UA |
    5 Arbeta med KulturCrew | s | – | EUA |
    6 Readers are leaders | s | Ersbodabiblioteket | SA |`,
  'Strategisk utveckling': `
    1 Samordna UVTS-arbetet | – | – | indirect |
    2 Erbjuda stöd med uppföljning | – | – | indirect |
    3 Översyn av samverkansstrukturer | – | – | none |
    4 Samverkan kring social sponsring | – | – | all |`,
  'Stöd och omsorg': `
    1 Resursförstärka grunduppdraget | usi | – | ESPFUA |
    2 Utveckla föräldraskapsstödet | us | – | FA | t
    3 Föräldrasupporten | us | – | SPFA | t
    4 Utöka och erbjuda fler barnfamiljer | si | – | ESPFUA |
    5 Även utveckla andra stöd | si | – | ESPFUA |
    6 Utöka ungdomsboendet | si | hidden | ESPFUA |
    7 Utveckling av Operativa teamet | s | Ersängsskolan | SFA | t
    8 Utreda Mobila operativa teamet | s | – | SF | t
    9 Färdigställa inriktningsförslag | s | – | SFUA | t
    10 Förstärkt och förbättrat nätverksarbete | si | – | SFUA |
    11 Utveckla samarbetet | si | – | ESUA |
    12 Se över standardiserade bedömningsinstrument | si | – | FU |`,
  Säkerhet: `
    1 Samverkan i arbetet | – | all | K |
    2 Utbilda kommunens medarbetare | – | – | K |
    3 Samverkan med andra aktörer | – | – | K |`,
  'Teknik och fastighet': `
    1 Trygga och tillgängliga miljöer | s | Ålidhem, Södra Ålidhemsskolan | U |
    2 Goda förutsättningar | u | – | S |
    3 Extra städning | u | Ålidhem, centrum | U |
    4 Uppfräschning av skolgårdar | u | – | K |`,
}

/** Where a named place lies; those that the register of areas cannot tell lie nowhere. */
const PLACED: Readonly<Record<string, string | null>> = {
  Ersboda: '2480-ersboda',
  Teg: '2480-teg',
  Umedalen: '2480-umedalen',
  Ålidhem: '2480-alidhem',
  centrum: '2480-centrum',
  Ersängsskolan: '2480-ersboda',
  Ålidhemsskolan: '2480-alidhem',
  'Södra Ålidhemsskolan': '2480-alidhem',
  Mariehemsskolan: '2480-mariehem',
  Ersbodabiblioteket: '2480-ersboda',
  Väven: '2480-centrum',
  Västangård: null,
  Bräntbergsskolan: null,
  Dragonskolan: null,
}

/** The amounts of a department's section on the added money, in thousands of SEK; ? where it states none. */
const BUDGET: Readonly<Record<string, readonly [total: number, split: string]>> = {
  'Arbetsmarknad och integration': [0, ''],
  Fritid: [1000, '500 500'],
  Förskolan: [0, ''],
  Grundskolan: [1700, '1700'],
  Gymnasiet: [1000, '1000'],
  Kultur: [1000, '300 300 200 200'],
  'Strategisk utveckling': [1000, '? ?'],
  'Stöd och omsorg': [35_000, '? ?'],
  Säkerhet: [2000, '2000'],
  'Teknik och fastighet': [14_000, '10000 ? ?'],
}

const nameOf = (department: string): string =>
  plan.departments.find(({ id }) => id === department)!.name

const inDepartment = (name: string): readonly Intervention[] =>
  plan.interventions.filter(({ department }) => nameOf(department) === name)

const LEVEL_LETTERS = { universell: 'u', selektiv: 's', indikerad: 'i', 'inte-relevant': '–' }

const lettersOf = ({ focusScope, focusProblems }: Intervention): string => {
  if (focusScope !== 'named') return focusScope
  const ids = new Set(focusProblems.map(({ id }) => id))
  return Object.entries(PROBLEMS)
    .filter(([, id]) => ids.has(id))
    .map(([letter]) => letter)
    .join('')
}

const PLACE_KINDS = { whole: 'all', 'not-stated': '–', 'not-shown': 'hidden' } as const

describe('the plan', () => {
  it('has ten departments, seven focus problems and 46 interventions, which are 44 efforts', () => {
    expect(plan.departments.map(({ name }) => name)).toEqual(Object.keys(FACTS))
    expect(plan.focusProblems.map(({ id }) => id)).toEqual(Object.values(PROBLEMS))
    expect(plan.interventions).toHaveLength(46)
    expect(Object.keys(FACTS).map((name) => inDepartment(name).length)).toEqual([
      5, 2, 4, 2, 4, 6, 4, 12, 3, 4,
    ])
    expect(effortsOf(plan)).toHaveLength(44)
  })

  it('names the focus problems as the indicators do', () => {
    const indicators = JSON.parse(read('data/indicators/indicators.json')) as {
      focusProblems: string[]
    }[]
    const used = new Set(indicators.flatMap(({ focusProblems }) => focusProblems))
    expect([...used].filter((id) => !Object.values(PROBLEMS).includes(id))).toEqual([])
    expect(used.size).toBe(7)
  })

  it.each(Object.entries(FACTS))('has what %s says, and nothing beside it', (name, facts) => {
    const expected = facts
      .trim()
      .split('\n')
      .map((row) => row.split('|').map((part) => part.trim()))
    const found = inDepartment(name)
    expect(found).toHaveLength(expected.length)
    expected.forEach(([title, levels, places, problems, early], index) => {
      const one = found[index]!
      const numbered = `${one.number} ${one.title}`
      expect(numbered.slice(0, title!.length)).toBe(title)
      const where = one.places
      expect({
        levels: one.levels
          .map((level) => LEVEL_LETTERS[level])
          .toSorted((a, b) => 'usi'.indexOf(a) - 'usi'.indexOf(b))
          .join(''),
        places: where.kind === 'areas' ? where.names.join(', ') : PLACE_KINDS[where.kind],
        problems: lettersOf(one),
        early: one.earlyDetection ? 't' : '',
      }).toEqual({ levels, places, problems, early })
    })
  })

  it('places what it names, and only where the register of areas can tell', () => {
    for (const { id, places } of plan.interventions) {
      if (places.kind !== 'areas') continue
      const known = places.names.flatMap((name) => PLACED[name] ?? [])
      expect(new Set(places.areas), id).toEqual(new Set(known))
      expect(places.unresolved, id).toEqual(places.names.filter((name) => PLACED[name] === null))
      for (const name of places.names) expect(PLACED, id).toHaveProperty(name)
    }
  })

  it('never places sheltered or residential care, nor names where it is', () => {
    const hidden = plan.interventions.filter(({ places }) => places.kind === 'not-shown')
    expect(hidden.map(({ id }) => id)).toEqual([
      'oppenvard-och-arbetsrehabilitering',
      'utoka-ungdomsboendet',
    ])
    expect(read(FILE)).not.toMatch(/\bHera\b/)
  })

  it('tells of one effort in two departments twice, with the dates of both', () => {
    const twice = effortsOf(plan).filter(({ alsoToldBy }) => alsoToldBy.length > 0)
    const told = ({ department, period }: Intervention): string =>
      `${nameOf(department)} ${period.start} ${period.startTerm}`
    expect(
      twice.map(({ intervention, alsoToldBy }) => [intervention, ...alsoToldBy].map(told)),
    ).toEqual([
      ['Grundskolan 2023 VT', 'Stöd och omsorg 2024 VT'],
      ['Grundskolan 2024 HT', 'Stöd och omsorg 2024 VT'],
    ])
  })

  it('links indicators where the plan names what they measure, in the direction that it expects', () => {
    const links = plan.interventions.flatMap(({ id, followUpMeasures }) =>
      followUpMeasures.flatMap(({ indicator, expected }) =>
        indicator ? [`${id}: ${indicator} ${expected}`] : [],
      ),
    )
    expect(links).toEqual([
      'pa-ungas-hemmaplan: framtidstro up',
      'forebygga-vald: orosanm up',
      'hederskultur-och-hedersvald: orosanm up',
      'operativa-teamet: franvaro_10 down',
      'mobilt-operativt-team: franvaro_10 down',
      'sakerhetssamordnare: skolincident null',
      'las-och-passersystem: skolincident down',
      'trygga-miljoer: otrygg_ute down',
      'extra-stadning: nojd_renhallning up',
    ])
  })

  it('has the ages that the plan states', () => {
    const ages = plan.interventions.flatMap(({ id, ages: of }) =>
      of ? [`${id} ${of.from}–${of.to}`] : [],
    )
    expect(ages).toEqual([
      'framtidsverkstan 16–20',
      'pa-ungas-hemmaplan 13–23',
      'mobilt-operativt-team 10–12',
      'readers-are-leaders 6–9',
      'foraldrasupporten 0–18',
    ])
  })

  it.each(Object.entries(BUDGET))('has the added money of %s', (name, [total, split]) => {
    const additions = plan.budgetAdditions.filter(({ department }) => nameOf(department) === name)
    expect(additions).toHaveLength(1)
    const [addition] = additions
    expect(addition!.thousandsSEK).toBe(total)
    expect(addition!.split.map(({ thousandsSEK }) => thousandsSEK ?? '?').join(' ')).toBe(split)
    expect(addition!.section).toEqual([
      name,
      'Så här används de medel som tillkommit för arbetet med UVTS',
    ])
  })

  it('has the money of an intervention only where the plan gives it to that one alone', () => {
    const stated = plan.interventions.flatMap(({ id, budget }) =>
      budget.map(({ thousandsSEK }) => `${id} ${thousandsSEK ?? '?'}`),
    )
    expect(stated).toEqual([
      'salam-familj-vaxer ?',
      'pa-ungas-hemmaplan 500',
      'foreningar-i-forebyggande-arbete 500',
      'mobilt-operativt-team 1700',
      'sakerhetssamordnare ?',
      'forebygga-skolmisslyckande 1000',
      'las-och-passersystem ?',
      'resursforstarka-grunduppdraget ?',
      'trygga-miljoer ?',
    ])
  })

  it('says what adds up: the departments have 56.7 million of about 60', () => {
    const sum = plan.budgetAdditions.reduce((total, { thousandsSEK }) => total + thousandsSEK, 0)
    expect(sum).toBe(56_700)
    const [whole] = plan.budgetCheck
    expect([whole!.saidThousandsSEK, whole!.foundThousandsSEK, whole!.holds]).toEqual([
      60_000,
      56_700,
      null,
    ])
    for (const { holds, saidThousandsSEK, foundThousandsSEK } of plan.budgetCheck)
      if (holds === true) expect(foundThousandsSEK).toBe(saidThousandsSEK)
  })

  it('has the first figures of follow-up, and judges nothing', () => {
    expect(
      plan.followUps.map(
        ({ intervention, halfYear, measures }) =>
          `${intervention} ${halfYear} ${measures.map(({ value }) => value).join(' ')}`,
      ),
    ).toEqual([
      'salam-familj-vaxer 2024-H1 67 95',
      'kraft 2024-H1 24 16',
      'kultur-for-halsa 2024-H1 ',
    ])
    expect(plan.followUps.filter(({ reading }) => reading !== null)).toEqual([])
  })

  it('tells of the ordinary work of every department, by problem where the plan does', () => {
    expect(new Set(plan.ordinaryWork.map(({ department }) => nameOf(department)))).toEqual(
      new Set(Object.keys(FACTS)),
    )
    const problemsOf = (name: string): string =>
      Object.entries(PROBLEMS)
        .filter(([, id]) =>
          plan.ordinaryWork.some(
            ({ department, focusProblem }) => nameOf(department) === name && focusProblem === id,
          ),
        )
        .map(([letter]) => letter)
        .join('')
    expect(Object.keys(FACTS).map((name) => problemsOf(name))).toEqual([
      ...['', 'ESPFUA', '', '', 'ESPFUAK', '', '', '', '', ''],
    ])
  })
})

const SEEDS = new URL('../../../shared/seeds/001_b679790411a28dae.txt', import.meta.url)

/** Held against the plan itself, where it is at hand. */
describe.runIf(existsSync(SEEDS))('every fact of the plan', () => {
  const lines = existsSync(SEEDS)
    ? readFileSync(SEEDS, 'utf8')
        .split('\n')
        .map((line) => line.replaceAll('*', '').replace(/\s+/g, ' ').trim())
    : []
  const at = (line: number): string => lines[line - 1] ?? ''
  const between = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const textOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    between(from, to)
      .map(at)
      .filter((line) => line !== '')
      .join(' ')

  const FIRST_DEPARTMENT = lines.findIndex(
    (line, index) => index > 30 && line === 'Arbetsmarknad och integration',
  )
  const isHeading = (line: number): boolean =>
    /^\d+\. /.test(at(line)) &&
    between(line + 1, line + 3).some((next) => at(next).startsWith('Nivå'))
  /** Words as one run, for comparing what is retold with what is written. */
  const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? []

  it('is under the heading and in the lines that it says, and no heading is passed over', () => {
    const headings = between(FIRST_DEPARTMENT, lines.length).filter(isHeading)
    expect(plan.interventions.map(({ lines: span }) => span.from)).toEqual(headings)
    for (const { number, title, lines: span, section } of plan.interventions) {
      expect(at(span.from).replace(/\.$/, '')).toBe(`${number}. ${title}`)
      expect(section.at(-1)).toBe(`${number}. ${title}`)
      const next = between(span.to + 1, span.to + 8).find((line) => at(line) !== '')!
      expect(isHeading(next) || at(next).startsWith('Så här arbetar'), title).toBe(true)
    }
  })

  it('has levels, dates and places in the words of the plan', () => {
    for (const { id, lines: span, levels, levelText, period, places } of plan.interventions) {
      const level = between(span.from, span.from + 3)
        .map(at)
        .find((line) => line.startsWith('Nivå'))!
      expect(level, id).toContain(levelText)
      for (const word of ['universell', 'selektiv', 'indikerad', 'inte relevant'] as const)
        expect(levels.map((one) => one.replace('-', ' ')).includes(word), `${id} ${word}`).toBe(
          level.includes(word),
        )
      const text = textOf(span)
      expect(text.slice(text.indexOf('När: ')), id).toContain(period.text)
      if (places.kind === 'areas') for (const name of places.names) expect(text).toContain(name)
    }
  })

  it('has every focus problem at its line, and none is passed over', () => {
    const label =
      /^(Ekonomisk utsatthet|Skolmisslyckande|Psykisk ohälsa|Sårbara familjef|Bristande familjef|Motverka utan|Utanförskap|Avsaknad av|Synlig närvaro)/
    for (const { id, lines: span, focusProblems, focusNote } of plan.interventions) {
      for (const { words, line } of focusProblems)
        expect(at(line).startsWith(words), `${id} ${line}`).toBe(true)
      if (focusNote) expect(at(focusNote.line), id).toContain(focusNote.words)
      const written = between(span.from, span.to).filter((line) => label.test(at(line)))
      expect(
        focusProblems.map(({ line }) => line).toSorted((a, b) => a - b),
        id,
      ).toEqual(written)
    }
  })

  it('says early detection where the plan does', () => {
    for (const { id, lines: span, earlyDetection } of plan.interventions)
      expect(/tidig upptäckt/i.test(textOf(span)), id).toBe(earlyDetection)
  })

  it('follows up what stands under the heading of follow-up, and every line of it', () => {
    for (const { id, lines: span, followUpMeasures } of plan.interventions) {
      const heading = between(span.from, span.to).find((line) => at(line) === 'UPPFÖLJNING')!
      const end =
        between(heading + 1, span.to).find((line) => /^(MÅL|KOPPLING)/.test(at(line))) ??
        span.to + 1
      const written = between(heading + 1, end - 1).filter((line) => at(line) !== '')
      const told = new Set([
        ...followUpMeasures.map(({ line }) => line),
        ...plan.followUps.flatMap((one) =>
          one.intervention === id && one.lines ? [one.lines.from] : [],
        ),
      ])
      expect(followUpMeasures.filter(({ line }) => !written.includes(line))).toEqual([])
      expect(
        written.filter((line) => !told.has(line)),
        id,
      ).toEqual([])
    }
  })

  it('retells every goal that the plan lists, and none where it has set none', () => {
    for (const { id, lines: span, goals } of plan.interventions) {
      const heading = between(span.from, span.to).find((line) => at(line) === 'MÅL')!
      const first = between(heading + 1, span.to).find((line) => at(line) !== '')!
      const bullets = between(heading + 1, span.to).findIndex(
        (line) => at(line) !== '' && !at(line).startsWith('- '),
      )
      const listed = between(heading + 1, heading + bullets).filter((line) => at(line) !== '')
      const unset = at(first).includes('ännu inte fastställt')
      expect(goals.length, id).toBeGreaterThanOrEqual(unset ? 0 : Math.max(1, listed.length))
      if (unset) expect(goals).toEqual([])
    }
  })

  it('names partners that stand in the section', () => {
    for (const { id, lines: span, partners } of plan.interventions)
      for (const partner of partners)
        expect(textOf(span).toLowerCase(), id).toContain(partner.toLowerCase())
  })

  it('has money and figures where it says', () => {
    const millions = /(\d+(?:,\d+)?|en) (?:mkr|miljon)/
    for (const { department, words, thousandsSEK, lines: span, split } of plan.budgetAdditions) {
      expect(textOf(span), department).toContain(words)
      const said = millions.exec(words)?.[1]?.replace('en', '1').replace(',', '.') ?? '0'
      expect(Math.round(Number(said) * 1000), department).toBe(thousandsSEK)
      for (const { line } of split) expect(between(span.from, span.to)).toContain(line)
      for (const { thousandsSEK: part, line } of split)
        if (part && part !== thousandsSEK)
          expect(at(line), department).toMatch(
            new RegExp(`\\b(${part} tkr|${part} 000 kr|${part / 1000} miljoner)`),
          )
    }
    for (const { lines: span, measures } of plan.followUps)
      for (const { value } of measures) expect(textOf(span!)).toMatch(new RegExp(`\\b${value}\\b`))
    expect(at(46)).toContain('cirka 60 miljoner')
  })

  it('tells of all ordinary work, section by section', () => {
    const starts = between(FIRST_DEPARTMENT, lines.length).filter((line) =>
      at(line).startsWith('Så här arbetar'),
    )
    expect(starts).toHaveLength(10)
    const told = new Set(
      plan.ordinaryWork.flatMap(({ lines: span }) => between(span.from, span.to)),
    )
    for (const start of starts) {
      const end = between(start, lines.length).find((line) =>
        at(line).startsWith('Så här används'),
      )!
      const passed = between(start + 1, end - 1).filter(
        (line) => at(line).length > 60 && !told.has(line),
      )
      expect(passed).toEqual([])
    }
    const whole = lines.join(' ').toLowerCase()
    for (const { section } of plan.ordinaryWork)
      for (const heading of section) expect(whole).toContain(heading.toLowerCase())
  })

  it('is retold in other words than those of the plan', () => {
    const run = 7
    const source = wordsOf(lines.join(' '))
    const runs = new Set(source.map((_, index) => source.slice(index, index + run).join(' ')))
    const copied = (text: string): boolean => {
      const words = wordsOf(text)
      return words.some(
        (_, index) =>
          index + run <= words.length && runs.has(words.slice(index, index + run).join(' ')),
      )
    }
    const retold = [
      ...plan.interventions.flatMap(({ description, targetGroup, goals, focusProblems }) => [
        ...[description, targetGroup, ...goals],
        ...focusProblems.map(({ how }) => how),
      ]),
      ...plan.interventions.flatMap(({ followUpMeasures }) =>
        followUpMeasures.map(({ text }) => text),
      ),
      ...plan.ordinaryWork.flatMap(({ items }) => items),
    ]
    expect(retold.filter(copied)).toEqual([])
  })
})

/** Written down from the page itself: title, year, ages, place and thousands of SEK, and words of its line. */
const EARLIER: readonly (readonly [string, string, string])[] = [
  ['Umeå växer tryggt och säkert', '2017 – – –', 'kommunal satsning sedan 2017'],
  ['Utvecklingsanslaget för social hållbarhet', '– – – 6000', 'Sex miljoner'],
  ['Pilotprojekt mellan skola och socialtjänst', '– – – 2800', '2,8 miljoner kronor'],
  ['Det operativa förebyggande teamet', '– – Ersängsskolan –', 'operativa förebyggande teamet'],
  ['SIG (Sociala insatsgrupper)', '– – – –', 'SIG (Sociala insatsgrupper)'],
  ['Människan bakom uniformen (MBU)', '– 15–20 – –', 'Människan bakom uniformen (MBU)'],
]

describe('the history of the plan', () => {
  const { projects } = plan.history!

  it('has the projects of the page, with the facts that it states and no others', () => {
    expect(
      projects.map(({ title, since, ages, place, thousandsSEK }) => [
        title,
        [since, ages && `${ages.from}–${ages.to}`, place, thousandsSEK]
          .map((fact) => fact ?? '–')
          .join(' '),
      ]),
    ).toEqual(EARLIER.map(([title, facts]) => [title, facts]))
  })

  const page = new URL('../../../shared/seeds/000_4dae70308e407f3a.txt', import.meta.url)
  it.runIf(existsSync(page))('points to the lines that say so, in other words than theirs', () => {
    const source = readFileSync(page, 'utf8').split(/\r?\n/)
    const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    const run = 6
    const all = words(source.join(' '))
    const runs = new Set(all.map((_, at) => all.slice(at, at + run).join(' ')))
    projects.forEach(({ line, description }, at) => {
      expect(source[line - 1]).toContain(EARLIER[at]![2])
      const own = words(description)
      const copied = own.filter(
        (_, from) => from + run <= own.length && runs.has(own.slice(from, from + run).join(' ')),
      )
      expect(copied, description).toEqual([])
    })
    expect(source[0]).toBe(plan.history!.source.title)
  })
})
