import { formatNumber, listed, NBSP } from './format.ts'
import { planText } from './plan.ts'
import { profileText } from './profile.ts'

const number = (count: number): string => formatNumber(count, 0)
const efforts = (count: number): string =>
  count === 0 ? 'ingen insats' : `${number(count)}${NBSP}${count === 1 ? 'insats' : 'insatser'}`

interface CellFacts {
  readonly certain: number
  readonly compared: number
  readonly hidden: number
  readonly missing: number
  readonly around: number
}

interface PresentCounts {
  readonly placed: number
  readonly whole: number
  readonly ahead: number
  readonly over: number
}

interface NamedCell {
  readonly name: string
  readonly certain: number
  readonly compared: number
}

const ordinary = {
  problem: 'grunduppdrag mot problemet nämns',
  general: 'grunduppdrag nämns, inte delat på problem',
  none: 'inget grunduppdrag nämns',
} as const

/** Why a figure is not among the compared, as a tail: "1 dold, 2 saknas". */
const apart = ({ hidden, missing, around }: CellFacts): readonly string[] => [
  ...(hidden > 0 ? [`${number(hidden)}${NBSP}${hidden === 1 ? 'dold' : 'dolda'}`] : []),
  ...(missing > 0 ? [`${number(missing)}${NBSP}saknas`] : []),
  ...(around > 0 ? [`${number(around)}${NBSP}bara för ett större område`] : []),
]

const share = ({ certain, compared }: NamedCell | CellFacts): string =>
  `${number(certain)} av${NBSP}${number(compared)}`

/** Words of the part that sets need against effort. */
export const needText = {
  problem: planText.problem,
  heading: 'Behov och insats: var möts de inte?',
  lead: 'Varje ruta: hur många av fokusproblemets tal som säkert pekar mot större behov i området än i resten av kommunen, och vilka insatser planen har där.',
  loading: 'Läser in talen',
  noLevel: 'Paketet har inga tal som är knutna till planens fokusproblem.',
  choices: {
    level: 'Nivå',
    levelBefore: 'per',
    area: 'Område',
    indicators: (chosen: number, all: number): string =>
      chosen === all
        ? `Alla ${number(all)} behovstal`
        : `${number(chosen)} av ${number(all)} behovstal`,
    all: 'Välj alla',
    undecided: 'räknas inte: inte givet vilket håll som är sämre',
  },
  grid: (level: string): string => `Behov och insats per ${level} och fokusproblem`,
  areaHead: 'Område',
  /** A problem's name where it stands narrow: long words part where they are put together. */
  columnHead: (name: string): string =>
    name
      .replace('misslyckande', '\u00admisslyckande')
      .replace('familjeförhållanden', 'familje\u00adförhållanden'),
  cell: {
    short: (facts: CellFacts): string =>
      facts.compared > 0
        ? share(facts)
        : facts.hidden > 0
          ? 'dold'
          : facts.missing + facts.around > 0
            ? 'saknas'
            : 'inga tal',
    label: (
      area: string,
      problem: string,
      facts: CellFacts,
      { placed, whole, ahead, over }: PresentCounts,
      named: keyof typeof ordinary,
    ): string => {
      const need =
        facts.compared > 0
          ? `${share(facts)} tal säkert mot större behov`
          : 'inget tal kan jämföras'
      const time = [
        ...(ahead > 0 ? [`${efforts(ahead)} har inte börjat`] : []),
        ...(over > 0 ? [`${efforts(over)} är avslutad${over === 1 ? '' : 'e'}`] : []),
      ]
      return `${area}, ${problem}: ${[need, ...apart(facts)].join(', ')}. Placerat här: ${efforts(placed)}. Hela kommunen: ${efforts(whole)}. ${[...time, ordinary[named]].join(', ')}.`
    },
  },
  marks: {
    placed: 'på plats',
    whole: 'hela kommunen',
    ordinary: 'grunduppdrag nämns',
    ended: 'avslutad eller inte börjad',
  },
  ordinaryShort: 'g',
  legend: {
    certain: 'säkert mot större behov (99,8 %)',
    likely: 'troligen (95 %)',
    unsure: 'går inte att säga',
    lesser: 'mot mindre behov',
    hidden: 'dold',
    missing: 'saknas',
    undecided: 'räknas inte',
  },
  standing: {
    certain: 'säkert mot större behov',
    likely: 'troligen mot större behov',
    unsure: 'går inte att säga',
    lesser: 'mot mindre behov',
    hidden: 'dold',
    missing: 'saknas',
    around: 'gäller ett större område',
    undecided: 'räknas inte',
  },
  compared: (verdict: string): string =>
    verdict === profileText.verdict.uncertain
      ? 'skillnaden mot resten av kommunen ryms i osäkerheten'
      : verdict === profileText.verdict.level
        ? 'i nivå med resten av kommunen'
        : `${verdict} än resten av kommunen`,
  around: (place: string): string => `Talet finns bara för ${place} och räknas inte här.`,
  notCounted: {
    undecided: 'Registret säger inte vilket håll som är sämre: talet visas men räknas inte.',
    missing: 'Redovisas inte för området.',
  },
  unmet: {
    heading: 'Var möts de inte?',
    none: 'I alla områden där ett tal säkert pekar mot större behov har planen en pågående insats mot samma problem på platsen.',
    nothing: 'Inget tal pekar säkert mot större behov i något område.',
    lead: 'I de här områdena pekar tal säkert mot större behov, och planen placerar ingen pågående insats mot problemet där.',
    problem: (problem: string, areas: number): string =>
      `${problem}, ${number(areas)}${NBSP}${areas === 1 ? 'område' : 'områden'}`,
    areas: (cells: readonly NamedCell[]): string =>
      `${listed(cells.map((cell) => `${cell.name} (${share(cell)})`))}.`,
    beside: (whole: number, withoutPlace: number, named: keyof typeof ordinary): string =>
      `För hela kommunen: ${efforts(whole)}; ${ordinary[named]}.${
        withoutPlace > 0 ? ` ${efforts(withoutPlace)} står utan plats och kan finnas där.` : ''
      }`,
  },
  converse: {
    heading: 'Insats på plats, utan tal som pekar mot större behov',
    note: 'En insats kan ha goda skäl som talen inte visar, och kan finnas där just för att förebygga.',
    none: 'Ingen.',
    sentence: (problem: string, cells: readonly NamedCell[]): string =>
      `${problem}: ${listed(cells.map(({ name }) => name))}.`,
  },
  presence: `${planText.presence} Insatser för hela kommunen räknas i alla områden. Grunduppdrag räknas inte som insats och visas för sig.`,
  chance: (comparisons: number): string =>
    `${number(comparisons)} jämförelser görs, lika som i områdesprofilen: ${profileText.limits.chance} Här väntas alltså omkring ${formatNumber(comparisons / 500, 1)} av en slump.`,
  cause:
    'Att behov och insats möts, eller inte, säger inget om orsak eller effekt. Områdena står i bokstavsordning och rangordnas inte.',
  direction:
    'Större behov betyder ett högre tal där lägre är bättre, och ett lägre där högre är bättre.',
  hiddenNote: 'Dolda och saknade tal räknas aldrig som litet behov: de står utanför jämförelsen.',
  beside: (count: number): string =>
    `${efforts(count)} i planen är inte knutna till ett enskilt fokusproblem och står i ingen ruta.`,
  where: 'Område',
  opened: {
    back: 'Var möts de inte?',
    heading: (problem: string, area: string): string => `${problem}, ${area}`,
    need: 'Behovstal',
    value: 'Område',
    whole: 'Kommunen',
    indicator: 'Tal',
    says: 'Mot resten av kommunen',
    noSigns: 'Inget av de valda talen är knutet till fokusproblemet.',
    efforts: 'Insatser i planen mot fokusproblemet',
    groups: {
      here: 'På plats i området',
      around: 'I ett område runt om',
      whole: 'För hela kommunen',
    },
    ended: { ahead: 'inte börjad', over: 'avslutad', now: '' },
    noPlaced: 'Planen placerar ingen insats mot problemet här.',
    withoutPlace: (count: number): string =>
      `Utan plats: ${efforts(count)} som inte kan räknas till något område`,
    ordinary: 'Grunduppdrag mot problemet',
    noOrdinary: {
      problem: '',
      general: 'Planen nämner grunduppdrag som inte är delat på fokusproblem.',
      none: 'Planen nämner inget grunduppdrag.',
    },
    profile: (area: string): string => `Områdesprofil: ${area}`,
  },
  slide: {
    caption: 'Områden med tal säkert mot större behov och ingen pågående insats på platsen',
    head: 'Fokusproblem',
    unit: 'antal områden',
    nameHead: 'Fokusproblem',
    claim: (areas: number): string =>
      areas === 0
        ? 'Behov och insats: inget område där tal säkert pekar mot större behov saknar pågående insats på platsen'
        : `I ${number(areas)} områden pekar tal säkert mot större behov, och planen placerar ingen pågående insats mot samma problem där`.replace(
            'I 1 områden',
            'I ett område',
          ),
    claimOfCell: (problem: string, area: string, facts: NamedCell, placed: number): string =>
      `${problem}, ${area}: ${facts.compared === 0 ? 'inget tal kan jämföras' : `${share(facts)} tal säkert mot större behov`}, ${efforts(placed)} på plats`,
    ordinary: {
      problem: 'Grunduppdrag mot problemet nämns',
      general: 'Grunduppdrag nämns, inte delat på problem',
    },
    more: (count: number): string => `och ${number(count)} till`,
    cellCaption: (problem: string, area: string): string => `Behovstal: ${problem}, ${area}`,
    foot: (level: string, plan: string): string => `Behov per ${level} mot ${plan}`,
  },
} as const
