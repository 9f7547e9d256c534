import type { IndicatorClass, Sex } from '../core/indicator.ts'
import type { PeriodCode } from '../core/period.ts'
import type { ProfileTrendUndefined, TestedTrend } from '../core/profile-trend.ts'
import { formatDate, formatNumber, NBSP, periodInWords, periodShort, listed } from './format.ts'
import { sv } from './sv.ts'

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const counted = (count: number, singular: string, plural: string): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? singular : plural}`

/** The seven of the municipality's own analysis, in its order; figures of other ones come after them. */
export const FOCUS_PROBLEMS: readonly string[] = [
  'ekonomisk utsatthet',
  'skolmisslyckande',
  'psykisk ohälsa',
  'sårbara familjeförhållanden',
  'utanförskap',
  'avsaknad av positiva sammanhang och förebilder',
  'synlig närvaro av kriminella',
]

/** What a profile is compared with, as it stands in a sentence ("än …"), in a heading and above a column. */
export interface ComparedWith {
  readonly than: string
  readonly heading: string
  readonly column: string
}

/** Every sentence of a profile. */
export const profileText = {
  kind: 'Områdesprofil',
  /** "Områdesprofil. RegSO i stadsdelen Teg, Umeå kommun". */
  subtitle: (level: string, parents: readonly string[]): string =>
    `Områdesprofil. ${upperFirst(level)}${parents.length > 0 ? ` i ${parents.join(', ')}` : ''}`,
  groupSubtitle: (count: number, plural: string, names: readonly string[]): string =>
    `Områdesprofil. ${formatNumber(count, 0)}${NBSP}${plural} tillsammans: ${listed(names)}`,
  group: (names: readonly string[]): string =>
    names.length > 3
      ? `${names.slice(0, 2).join(', ')} och ${formatNumber(names.length - 2, 0)}${NBSP}till`
      : listed(names),
  parentLevel: (level: string, name: string): string => `${definite(level)} ${name}`,

  facts: {
    area: 'Område',
    parts: 'Består av',
    population: 'Invånare',
    comparison: 'Jämförs med',
    sex: 'Kön',
    period: 'Period',
    release: 'Utgåva',
    made: 'Framtagen',
    boundaries: 'Gränser',
  },
  inhabitants: (people: string): string => `Invånare: ${people}`,
  bothSexes: 'kvinnor och män',
  newest: 'den senaste för varje indikator',
  upTo: (period: PeriodCode): string => `${periodInWords(period)}, eller den senaste dessförinnan`,
  made: (date: string): string => formatDate(date),

  comparison: {
    whole: (name: string): ComparedWith => ({
      ...{ than: 'övriga kommunen', heading: `övriga ${name}`, column: 'Kommunen' },
    }),
    similar: (names: readonly string[]): ComparedWith => ({
      ...{ than: 'liknande områden', heading: `liknande områden: ${listed(names)}` },
      column: 'Liknande',
    }),
    area: (name: string): ComparedWith => ({ than: name, heading: name, column: name }),
    noSimilar:
      'Det finns för lite underlag om sammanhang för att säga vilka områden som liknar detta.',
    similarAbout: (names: readonly string[], likeness: readonly string[]): string =>
      `Liknande områden är ${listed(names)}: närmast i ${listed(likeness)}. Händelser och orsaker är inte med i valet.`,
    ages: 'åldersfördelning',
    fewerShown: (shown: number, all: number): string =>
      `jämförelsen gäller ${formatNumber(shown, 0)} av ${formatNumber(all, 0)} liknande områden`,
  },

  sections: {
    summary: 'I korthet',
    incidents: 'Händelser över året',
    otherFocus: 'Övriga indikatorer',
    focus: (problem: string): string => upperFirst(problem),
    classes: sv.classes satisfies Record<IndicatorClass, string>,
  },
  heads: {
    indicator: 'Indikator',
    interval: `95${NBSP}% intervall`,
    lower: 'lägre',
    higher: 'högre',
    verdict: (than: string): string => `Mot ${than}`,
    trend: 'Utveckling',
    women: 'Kvinnor',
    men: 'Män',
    period: 'Period',
    note: 'Anmärkning',
    unit: 'Enhet',
    intervalLower: 'Nedre gräns',
    intervalUpper: 'Övre gräns',
    status: 'Status',
  },
  tableCaption: (section: string, name: string, than: string): string =>
    `${section}: ${name} mot ${than}`,

  summary: {
    /** What the place is called after it has been named. */
    again: (isGroup: boolean): string => (isGroup ? 'Områdena' : 'Området'),
    differs: (
      name: string,
      more: readonly string[],
      less: readonly string[],
      than: string,
    ): string =>
      more.length > 0
        ? `${name} har ${listed(more)} än ${than}${less.length > 0 ? `, men ${listed(less)}` : ''}.`
        : `${name} har ${listed(less)} än ${than}.`,
    protects: (more: readonly string[], less: readonly string[]): string =>
      [
        ...(more.length > 0 ? [`Bland skyddsfaktorerna finns ${listed(more)}`] : []),
        ...(less.length > 0
          ? [
              `${more.length > 0 ? 'men där finns också' : 'Bland skyddsfaktorerna finns'} ${listed(less)}`,
            ]
          : []),
      ].join(', ') + '.',
    ofParent: (place: string, parts: readonly string[], than: string): string =>
      `I ${place} som helhet finns ${listed(parts)} än ${than}.`,
    changed: (since: PeriodCode, rising: readonly string[], falling: readonly string[]): string => {
      const [up, down] = [rising, falling].map((names) => listed(names.map(lowerFirst)))
      const what =
        rising.length > 0 && falling.length > 0
          ? `ökar ${up}, medan ${down} minskar`
          : rising.length > 0
            ? `ökar ${up}`
            : `minskar ${down}`
      return `Sedan ${periodInWords(since)} ${what}.`
    },
    noneDiffers: (compared: number, than: string): string =>
      compared === 1
        ? `Det enda tal som går att jämföra skiljer sig inte säkert från ${than}.`
        : `Inget av de ${formatNumber(compared, 0)} tal som går att jämföra skiljer sig säkert från ${than}.`,
    nothing: 'Inget av talen går att jämföra.',
  },

  trend: {
    rising: 'ökar',
    falling: 'minskar',
    uncertain: 'osäkert',
    none: 'kan inte bedömas',
    tested: (
      direction: 'rising' | 'falling' | 'uncertain',
      { method, points }: TestedTrend,
      from: PeriodCode,
      to: PeriodCode,
    ): string => {
      const span = `${periodShort(from)}–${periodShort(to)}`
      const how = `${method === 'poisson' ? 'Poissonregression' : 'Mann och Kendalls test'}, ${counted(points, 'period', 'perioder')}, prövat tillsammans med profilens övriga tal`
      const what = {
        rising: `Ökar säkert ${span}`,
        falling: `Minskar säkert ${span}`,
        uncertain: `Varken ökning eller minskning är säker ${span}`,
      }[direction]
      return `${what} (${how}).`
    },
    reasons: {
      seasonal: 'Delar av ett år varierar med årstiden och prövas inte.',
      class: 'Klasser har ingen utveckling att pröva.',
      'statistics-too-few-points': 'Färre än fem perioder med tal.',
      'statistics-too-few-areas': 'Färre än fem perioder med tal.',
      'statistics-series-break': 'Tidsserien bryts.',
      'statistics-no-variation': 'Talen är lika alla perioder.',
      'statistics-no-events': 'Inga händelser att pröva.',
      'statistics-no-neighbours': 'Kan inte prövas.',
      'statistics-no-population': 'Ingen befolkning att räkna på.',
    } satisfies Record<ProfileTrendUndefined, string>,
  },

  verdict: {
    'much-higher': 'högre',
    higher: 'troligen högre',
    'much-lower': 'lägre',
    lower: 'troligen lägre',
    uncertain: 'går inte att säga',
    level: 'i nivå med',
    count: 'antal, jämförs inte',
    none: 'kan inte jämföras',
  },

  notHere: {
    level: 'Redovisas inte för området',
    sex: (sex: Sex): string => `Redovisas inte för ${sv.sexes[sex]} för sig`,
    period: 'Redovisas inte för den här perioden',
    group: 'Kan inte läggas ihop för flera områden',
    sentence: (why: string, names: readonly string[]): string => `${why}: ${listed(names)}.`,
  },
  pooled: (count: number): string => `summa av ${formatNumber(count, 0)} områden`,

  population: {
    title: 'Vilka bor här',
    head: 'Ålder',
    women: 'Kvinnor',
    men: 'Män',
    all: 'Alla',
    unit: 'antal invånare',
    ages: (from: number, to: number | null): string => (to === null ? `${from}–` : `${from}–${to}`),
    alternative: (name: string, period: string, parts: readonly string[]): string =>
      `Folkmängd i ${name} efter ålder och kön, ${period}. ${parts.join('; ')}.`,
    part: (
      ages: string,
      series: readonly { readonly name: string; readonly text: string }[],
    ): string =>
      `${ages} år: ${series.map(({ name, text }) => `${lowerFirst(name)} ${text}`).join(', ')}`,
  },

  incidents: {
    month: 'Månad',
    season: 'Årstid',
    unit: 'antal händelser',
    byMonth: (category: string, year: string): string => `${category} per månad, ${year}`,
    bySeason: (category: string, from: string, to: string): string =>
      `${category} efter årstid, ${from}–${to}`,
    seasonNames: { winter: 'vinter', spring: 'vår', summer: 'sommar', autumn: 'höst' },
    seasonNote: 'Vinter är december till februari. Summan av alla år.',
    alternative: (title: string, name: string, parts: readonly string[]): string =>
      `${title}, ${name}: ${parts.join(', ')}.`,
    none: (names: readonly string[], from: string, to: string): string =>
      `Inga händelser ${from}–${to}: ${listed(names)}.`,
    allHidden: (names: readonly string[]): string =>
      `Alla månader är dolda i röjandekontrollen: ${listed(names)}.`,
    notHere: (names: readonly string[]): string =>
      `Redovisas inte per månad för området: ${listed(names)}.`,
  },

  map: {
    caption: (name: string, isSchematic: boolean): string =>
      `${name}${isSchematic ? '. Schematiska gränser.' : ''}`,
    alternative: (name: string, neighbours: readonly string[]): string =>
      `Karta där ${name} är markerat${neighbours.length > 0 ? `, mellan ${listed(neighbours)}` : ''}.`,
  },

  lines: {
    title: (name: string, word: string): string => `${name}: ${word}`,
    alternative: (name: string, parts: readonly string[], word: string): string =>
      `${name} över tid: ${parts.join(', ')}. Riktning: ${word}.`,
  },

  words: 'Analys och bedömning',

  key: [
    {
      label: 'dold',
      text: 'Talet finns men visas inte: det är litet, eller skulle gå att räkna ut tillsammans med andra tal.',
    },
    {
      label: 'saknas',
      text: 'Det finns inget tal: uppgiften är inte insamlad, eller gäller inte här. Skälet står vid talet.',
    },
    { label: '0', text: 'Noll är ett tal: uppgiften är insamlad och inget har räknats.' },
    {
      label: 'högre, lägre',
      text: `Skiljer sig säkert: intervallet för skillnaden (99,8${NBSP}%) täcker inte noll. Fylld prick.`,
    },
    {
      label: 'troligen',
      text: `Skiljer sig vid 95${NBSP}% men inte vid 99,8${NBSP}%. Ljus prick.`,
    },
    { label: 'går inte att säga', text: 'Skillnaden ryms i osäkerheten. Ihålig prick.' },
    {
      label: 'ökar, minskar',
      text: `Prövat över minst fem hela år, och bland alla profilens tal tillsammans (falska fynd högst 5${NBSP}%).`,
    },
  ],
  limits: {
    cause: 'Att tal är höga eller låga i samma område säger inget om orsak.',
    chance: `Vid 99,8${NBSP}% väntas ett jämfört tal av 500 skilja sig av en slump.`,
    parent:
      'Tal som står för ett större område gäller hela det området och säger inget om en del av det.',
    group: 'Summor av flera områden visas bara där varje del visas.',
    reference: 'Kolumnen Kommunen visar hela kommunen. Jämförelsen görs mot kommunen utom området.',
  },
  definition: {
    source: 'Källa',
  },
  slugSex: { T: '', K: 'kvinnor', M: 'man' } satisfies Record<Sex, string>,
}

/** "stadsdelen", "kommunen": the level's name in definite form, where it is one of those known. */
function definite(level: string): string {
  const known: Readonly<Record<string, string>> = {
    kommun: 'kommunen',
    stadsdel: 'stadsdelen',
    kommundel: 'kommundelen',
    distrikt: 'distriktet',
    regso: 'RegSO',
    deso: 'DeSO',
  }
  return known[level.toLowerCase()] ?? level
}
