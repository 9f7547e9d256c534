import type { PeriodCode } from '../core/period.ts'
import type { FollowUpStatus, PreventionLevel } from '../core/plan.ts'
import type { PlanPart, PlanPlace, PlanView } from '../core/view-state.ts'
import { capital, formatNumber, listed, NBSP } from './format.ts'

const efforts = (count: number): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? 'insats' : 'insatser'}`

const halfYear = (code: PeriodCode): string =>
  `${code.endsWith('1') ? 'vår' : 'höst'}${NBSP}${code.slice(2, 4)}`

const levels: Readonly<Record<PreventionLevel, string>> = {
  universell: 'Universell',
  selektiv: 'Selektiv',
  indikerad: 'Indikerad',
  'inte-relevant': 'Inte relevant',
}

const readings = {
  'for-tidigt': 'för tidigt att bedöma',
  'pa-vag': 'på väg',
  uppnatt: 'uppnått',
  avslutad: 'avslutad',
  'not-judged': 'följt upp, inte bedömt',
  missing: 'uppföljning saknas',
} as const

type Ordinary = 'problem' | 'general' | 'none'

/** Words of the page Insatser and of the plan wherever else it is told of. */
export const planText = {
  page: 'Insatser',
  heading: 'Insatser mot fokusproblem',
  following: 'Genomförande och uppföljning',
  loading: 'Läser in planen',
  failed: 'Planen kunde inte läsas in.',
  missing: {
    heading: 'Paketet har ingen aktivitetsplan',
    text: 'Här visas kommunens insatser när utgåvan innehåller en plan. Siffror, kartor och profiler fungerar som vanligt utan den.',
  },
  about: (title: string): string =>
    `Ur ${title}. Planen är inte allt kommunen gör: den beskriver det som läggs till, grädden på moset. Grunduppdraget visas för sig.`,
  real: 'Planen är kommunens egen och publicerad, inte påhittad. Uppföljning säger inget om effekt.',
  presence: 'Insats räknas som närvaro, inte som storlek.',
  quoted: (title: string, publisher: string): string =>
    `Källa: ${publisher}, ${title}. Rubriker, nivåer och tider är planens ord, övrigt är återgivet.`,
  count: (shown: number, all: number): string =>
    shown === all ? efforts(all) : `${formatNumber(shown, 0)} av ${efforts(all)}`,
  countLong: (shown: number, all: number, departments: number): string =>
    `${shown === all ? efforts(all) : `${formatNumber(shown, 0)} av ${efforts(all)}`}, ${formatNumber(departments, 0)}${NBSP}${departments === 1 ? 'verksamhet' : 'verksamheter'}.`,
  countedOnce: (plan: number, counted: number): string =>
    `Planen har ${formatNumber(plan, 0)} punkter. ${formatNumber(plan - counted, 0)} av dem berättar om samma insats som en annan verksamhet och räknas en gång.`,
  marked: (problem: string, column: string, count: number): string =>
    `Markerat: ${problem}, ${column.toLocaleLowerCase('sv')} (${formatNumber(count, 0)}).`,
  unmark: 'Ta bort markeringen',
  problem: capital,
  levels,
  levelMeaning: {
    universell: 'för alla',
    selektiv: 'för grupper och platser med högre risk',
    indikerad: 'för dem som redan är drabbade',
    'inte-relevant': 'riktas inte till barn och unga',
  } satisfies Record<PreventionLevel, string>,
  levelOf: (level: PreventionLevel): string =>
    level === 'inte-relevant' ? 'nivå inte relevant' : `${level} nivå`,
  statuses: {
    planerad: 'planerad',
    pagaende: 'pågår',
    avslutad: 'avslutad',
    ordinarie: 'ordinarie verksamhet',
    none: 'uppföljning saknas',
  } satisfies Record<FollowUpStatus | 'none', string>,
  readings,
  halfYear: (code: PeriodCode): string => halfYear(code),
  parts: {
    plan: 'Planen',
    need: 'Behov och insats',
    moved: 'Har något rört sig?',
    round: 'Halvårsuppföljning',
    flow: 'Individflöde',
  } satisfies Record<PlanPart, string>,
  partsLabel: 'Delar av Insatser',
  views: {
    timeline: 'Tidslinje',
    table: 'Tabell',
    map: 'Karta',
    pyramid: 'Pyramid',
    budget: 'Budget',
  } satisfies Record<PlanView, string>,
  viewsLabel: 'Visa insatserna som',
  none: 'Ingen insats i planen passar urvalet.',

  filter: {
    heading: 'Urval',
    department: 'Verksamhet',
    level: 'Förebyggande nivå',
    problem: 'Fokusproblem',
    place: 'Område',
    status: 'Senaste uppföljning',
    halfYear: 'Halvår',
    search: 'Sök i planen',
    all: {
      department: 'alla verksamheter',
      level: 'alla nivåer',
      problem: 'alla problem',
      place: 'alla områden',
      status: 'oavsett uppföljning',
      halfYear: 'alla halvår',
    },
    places: 'Utan område på kartan',
    clear: 'Rensa urvalet',
    more: (chosen: number): string => (chosen === 0 ? 'Fler val' : `Fler val (${chosen})`),
  },
  places: {
    whole: 'Hela kommunen',
    'not-stated': 'Ej angivet',
    'not-shown': 'Plats visas inte',
    unplaced: 'Namngiven plats utan känt område',
  } satisfies Record<PlanPlace, string>,
  placeMeaning: {
    whole: 'Planen säger alla, till exempel alla förskolor.',
    'not-stated': 'Planen namnger ingen plats.',
    'not-shown': 'Boende och behandling placeras aldrig på kartan.',
    unplaced: 'Planen namnger en plats som områdesregistret inte kan placera.',
  } satisfies Record<PlanPlace, string>,

  matrix: {
    by: 'per',
    byLabel: 'Fokusproblem ställs mot',
    options: { level: 'förebyggande nivå', department: 'verksamhet' },
    caption: (by: 'level' | 'department'): string =>
      `Antal insatser per fokusproblem och ${by === 'level' ? 'förebyggande nivå' : 'verksamhet'}`,
    total: 'insatser',
    without: {
      problem: 'grunduppdrag',
      general: 'grunduppdrag',
      none: 'ingen i planen',
    } satisfies Record<Ordinary, string>,
    shortWithout: { problem: 'G', general: '(G)', none: '–' } satisfies Record<Ordinary, string>,
    ordinary: {
      problem: 'Grunduppdrag nämns för problemet.',
      general: 'Grunduppdrag nämns, utan uppdelning på problem.',
      none: '',
    } satisfies Record<Ordinary, string>,
    ordinaryByLevel: 'Grunduppdrag nämns för problemet, utan nivå.',
    cell: (
      problem: string,
      column: string,
      titles: readonly string[],
      ordinary: Ordinary,
      by: 'level' | 'department',
    ): string =>
      [
        `${problem}, ${column}: ${titles.length === 0 ? 'ingen insats i planen' : `${efforts(titles.length)}: ${titles.join('; ')}`}.`,
        by === 'level' && ordinary === 'problem'
          ? planText.matrix.ordinaryByLevel
          : planText.matrix.ordinary[ordinary],
      ]
        .filter((part) => part !== '')
        .join(' '),
    legend: {
      within: 'inom planens tid',
      over: 'planens tid är slut',
      problem: 'grunduppdrag nämns för problemet',
      general: 'grunduppdrag nämns, inte delat på problem',
    },
    hint: 'En insats kan stå i flera rutor. Piltangenter går mellan rutorna, Enter markerar.',
    beside: (count: number): string =>
      `${efforts(count)} knyts inte till något enskilt fokusproblem och står utanför rutorna.`,
    thinHeading: 'Där planen är tunn',
    thinCell: (problem: string, level: string): string =>
      `${problem.toLocaleLowerCase('sv')} (${level.toLocaleLowerCase('sv')})`,
    thin: (
      bare: number,
      all: number,
      names: readonly string[],
      by: 'level' | 'department',
    ): readonly string[] =>
      bare === 0
        ? ['Alla rutor har minst en insats.']
        : [
            `${formatNumber(bare, 0)} av ${formatNumber(all, 0)} rutor har ingen insats i urvalet${names.length > 0 && names.length <= 8 ? `: ${listed(names)}` : ''}.`,
            by === 'level'
              ? 'Det betyder inte att inget görs: grunduppdraget har ingen nivå i planen.'
              : 'Det betyder inte att inget görs: alla verksamheter beskriver ett grunduppdrag.',
          ],
    fewest: (problems: readonly string[], count: number): string =>
      `Färst insatser har ${listed(problems.map((name) => name.toLocaleLowerCase('sv')))} (${formatNumber(count, 0)}).`,
    ordinaryHeading: (what: string): string => `Grunduppdrag: ${what}`,
    ordinaryAll: 'alla verksamheter',
    ordinaryNote: 'Det här gör verksamheten redan, enligt planen.',
  },

  timeline: {
    effort: 'Insats',
    today: 'i dag',
    openEnd: 'inget slut angivet',
    unknownStart: 'start okänd',
    legend: 'Markeringarna står vid halvårets slut.',
    second: 'samma insats, den andra verksamhetens tid',
    row: (
      title: string,
      texts: readonly string[],
      marks: readonly {
        readonly halfYear: PeriodCode
        readonly reading: keyof typeof readings
      }[],
    ): string => {
      const known = marks.filter(({ reading }) => reading !== 'missing')
      const missing = marks.filter(({ reading }) => reading === 'missing')
      return [
        `${title}. ${texts.join('. ')}.`,
        ...known.map((mark) => `${capital(halfYear(mark.halfYear))}: ${readings[mark.reading]}.`),
        ...(missing.length > 0
          ? [`Uppföljning saknas för ${listed(missing.map((mark) => halfYear(mark.halfYear)))}.`]
          : []),
      ].join(' ')
    },
  },

  table: {
    caption: 'Planens insatser',
    heads: {
      title: 'Insats',
      department: 'Verksamhet',
      levels: 'Nivå',
      period: 'När, med planens ord',
      place: 'Plats',
      problems: 'Fokusproblem',
      status: 'Senaste uppföljning',
    },
  },
  scopes: {
    all: 'alla, på sikt',
    indirect: 'indirekt, stödjer andras arbete',
    none: 'inget',
  },

  history: {
    heading: (count: number): string => `Tidigare projekt (${formatNumber(count, 0)})`,
    note: 'Sådant som fanns före planen, så som källan berättar. Vad det ledde till står inte där.',
    since: (year: number): string => `sedan ${year}`,
    source: (title: string, publisher: string, note: string): string =>
      `Källa: ${publisher}, ${title}. ${note}`,
  },

  pyramid: {
    caption: 'Insatser per förebyggande nivå',
    note: (all: number, several: number): string =>
      several === 0
        ? `${efforts(all)} i urvalet.`
        : `${formatNumber(several, 0)} av ${efforts(all)} står på mer än en nivå och räknas på var och en.`,
    without: (count: number): string =>
      `${efforts(count)} har ingen nivå: planen säger att den inte är relevant, eftersom insatsen inte riktas till barn och unga.`,
    width: 'Bredden är antalet insatser, inte hur många de når.',
  },

  budget: {
    heading: 'Tillskott per verksamhet',
    caption: 'Tillskott per verksamhet och hur planen fördelar dem',
    sum: 'Summa angivna tillskott',
    amount: (thousands: number): string =>
      thousands === 0
        ? 'inget tillskott'
        : thousands >= 1000
          ? `${formatNumber(thousands / 1000, thousands % 1000 === 0 ? 0 : 1)}${NBSP}mnkr`
          : `${formatNumber(thousands, 0)}${NBSP}tkr`,
    partAmount: (thousands: number | null): string =>
      thousands === null ? 'belopp anges inte' : planText.budget.amount(thousands),
    checks: 'Vad som går ihop, och inte',
    verdict: {
      'adds-up': 'går ihop',
      'does-not': 'går inte ihop',
      'cannot-tell': 'går inte att pröva',
    },
    legend: { stated: 'delbelopp anges', rest: 'delbelopp anges inte' },
    all: 'Budgeten gäller hela planen, oavsett urval: pengarna är verksamheternas, inte insatsernas.',
    line: (line: number): string => `rad${NBSP}${formatNumber(line, 0)}`,
  },

  map: {
    label: (areas: number): string =>
      `Karta över ${formatNumber(areas, 0)} områden som insatser i planen namnger`,
    area: (name: string, count: number): string => `${name}: ${efforts(count)}`,
    named: 'Områden som planen namnger',
    beside: 'Utan område på kartan',
    schematic: 'Schematiska gränser',
    note: 'En insats kan stå i flera områden. Insatser i hela kommunen räknas överallt men ritas inte.',
    more: (name: string): string => `Visa bara insatser i ${name}`,
  },

  effort: {
    heading: 'Om insatsen',
    close: 'Stäng',
    labels: {
      department: 'Verksamhet',
      levels: 'Förebyggande nivå',
      period: 'När',
      target: 'Målgrupp',
      ages: 'Åldrar',
      places: 'Plats',
      partners: 'Samverkan',
      money: 'Medel',
      source: 'I planen',
    },
    toldBy: (department: string): string => `Berättas också av ${department}`,
    problems: 'Mot fokusproblem',
    words: (words: string): string => `”${words}”`,
    early: 'Planen räknar insatsen till tidig upptäckt.',
    goals: 'Mål',
    noGoals: 'Planen sätter inga mål ännu.',
    measures: 'Så följs den upp',
    indicator: (name: string): string => `Närmaste indikator: ${name}`,
    expected: { up: 'planen väntar sig en ökning', down: 'planen väntar sig en minskning' },
    showOnMap: 'Visa på kartan',
    followUps: 'Uppföljning',
    noFollowUps: 'Ingen uppföljning är införd.',
    followUp: (code: PeriodCode, status: string, reading: string): string =>
      `${capital(halfYear(code))}: ${status}, ${reading}`,
    notJudged: 'inte bedömt',
    ages: (from: number, to: number | null): string =>
      to === null ? `från ${from} år` : `${from}–${to} år`,
    lines: (from: number, to: number): string =>
      `rad ${formatNumber(from, 0)}–${formatNumber(to, 0)}`,
    noMoney: 'Planen anger inga medel för insatsen.',
    unresolved: (names: readonly string[]): string =>
      `${listed(names)}: områdesregistret säger inte var.`,
    onMap: (areas: string): string => `På kartan: ${areas}`,
    notSet: 'Anges inte',
  },

  inArea: {
    heading: 'Insatser i planen',
    here: (count: number, name: string, onlyParts: boolean): string =>
      count === 0
        ? `Ingen insats i aktivitetsplanen namnger ${name}.`
        : `${efforts(count)} i aktivitetsplanen namnger ${onlyParts ? 'områden i ' : ''}${name}.`,
    above: (count: number, name: string): string =>
      `${efforts(count)} namnger ${name}, som området hör till.`,
    beyond: (whole: number, unstated: number): string =>
      `Därtill ${efforts(whole)} i hela kommunen och ${formatNumber(unstated, 0)} utan angiven eller visad plats, som också kan nå hit.`,
    caveat:
      'Insats räknas som närvaro, inte som storlek. Planen är kommunens egen, inte påhittad, och den är inte allt kommunen gör.',
    against: (problems: readonly string[]): string => `mot ${listed(problems)}`,
    open: 'Insatserna på sidan Insatser',
    unread: (fault: string): string =>
      `Aktivitetsplanen kunde inte läsas, så insatserna visas inte här. Resten av profilen berörs inte. ${fault}`,
    missing: 'Utgåvan har ingen aktivitetsplan. Insatser i området visas här när den har det.',
    source: (title: string, publisher: string): string => `Källa: ${publisher}, ${title}.`,
  },
} as const
