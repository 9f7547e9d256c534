import type { BeforeAfterUndefined, PeriodSide } from '../core/before-after.ts'
import type { WholeUndefined } from '../core/before-after-whole.ts'
import type { PeriodKind } from '../core/period.ts'
import { formatNumber, listed, NBSP } from './format.ts'

const AFTER_PERIODS: Readonly<Record<PeriodKind, string>> = {
  week: 'ett helt år',
  month: 'ett helt år, tolv månader',
  quarter: 'ett helt år, fyra kvartal',
  term: 'ett helt år, två terminer',
  'half-year': 'ett helt år, två halvår',
  'school-year': 'två läsår',
  year: 'två år',
}

const PER_KIND: Readonly<Record<PeriodKind, string>> = {
  ...{ week: 'vecka', month: 'månad', quarter: 'kvartal', term: 'termin' },
  ...{ 'half-year': 'halvår', 'school-year': 'läsår', year: 'år' },
}

const areas = (count: number): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? 'område' : 'områden'}`

/** Every sentence of a before and after. None says that anything has had an effect, or why anything has moved. */
export const beforeAfterText = {
  heading: 'Har något rört sig?',
  lead: 'Före och efter en insats start, mot områden utan den. Visar vad siffrorna har gjort, aldrig vad insatsen har gjort.',
  reading: 'Läser in siffrorna',
  noEfforts: 'Planen anger inte någon start för någon insats.',
  noFigures: 'Det finns inga siffror att visa för området.',
  failed: 'Siffrorna kunde inte läsas in.',
  choose: {
    effort: 'Insats',
    area: 'Område',
    indicator: 'Indikator',
    kind: 'Period',
    sex: 'Kön',
    per: 'per',
    of: 'för',
    efforts: { linked: 'Med område och indikator', others: 'Övriga med start i planen' },
    areas: {
      named: 'Planen namnger',
      parts: 'Delar av dem',
      whole: 'Hela kommunen',
      others: 'Annat område',
    },
    indicators: { linked: 'Planens uppföljning', others: 'Andra indikatorer' },
  },
  measure: (words: string): string => `Planen vill följa: ${words}`,
  headings: {
    estimate: 'Före och efter',
    verdict: 'Bedömning',
    direction: 'Planens riktning',
    beside: 'Att läsa det med',
    comparedWith: 'Jämförelsen',
    leftOut: 'Perioder som inte är med',
    table: 'Period för period',
    differences: 'Skillnad mot jämförelsen',
  },
  chart: (subtitle: string, start: string, verdict: string): string =>
    `${subtitle}. ${start}. ${verdict}. Alla tal står i tabellen under.`,
  key: {
    used: 'räknas med',
    unused: 'räknas inte med',
    introduction: 'under införande',
    interval: '95 % osäkerhet',
    hidden: 'dold',
    missing: 'saknas',
  },
  table: {
    period: 'Period',
    side: 'Före eller efter',
    interval: '95 % osäkerhet',
    difference: 'Skillnad',
    none: '–',
  },
  open: 'Har det rört sig?',
  openOf: (indicator: string): string => `Har det rört sig? ${indicator} före och efter starten`,
  backToPlan: 'Insatsen i planen',
  slide: {
    difference: 'Skillnad mot det väntade',
    estimated: 'Efter starten',
    interval: (ends: string): string => `95${NBSP}% osäkerhet: ${ends}`,
    notCompared: { word: 'jämförs inte', reason: 'Något av det som jämförs är dolt eller saknas.' },
    claim: (verdict: string, subtitle: string): string => `${verdict}: ${subtitle}`,
    foot: (effort: string, start: string): string => `Insats: ${effort}. ${start}.`,
  },
  subtitle: (indicator: string, area: string): string => `${indicator}, ${area}`,
  sides: {
    before: 'före',
    introduction: 'under införande',
    after: 'efter',
    ended: 'efter insatsens slut',
  } satisfies Record<PeriodSide, string>,
  unused: 'räknas inte med',
  start: (words: string): string => `Start enligt planen: ${words}`,
  own: (area: string): string => area,
  comparison: 'Jämförelseområden, medelvärde',
  comparisonShort: 'Jämförelse',
  startMark: 'Start',

  tooEarly: 'För tidigt att bedöma',
  cannotTell: 'Kan inte bedömas',
  uncertain: 'Ingen säker skillnad mot jämförelseområdena',
  different: {
    up: 'Ligger högre än om området hade följt jämförelseområdena',
    down: 'Ligger lägre än om området hade följt jämförelseområdena',
  },
  partedBefore: 'Gick en egen väg redan före starten',

  notTold: (reason: BeforeAfterUndefined, kind: PeriodKind, fewest: number): string =>
    ({
      'too-few-rounds-after': `Efter starten behövs minst ${AFTER_PERIODS[kind]}. Så långt når inte siffrorna ännu.`,
      'too-few-rounds-before': `Före starten behövs minst tre hela år. Så långt tillbaka når inte siffrorna.`,
      'hidden-before':
        'För många perioder före starten är dolda eller saknas i området. Inget sätts i deras ställe.',
      'hidden-after':
        'För många perioder efter starten är dolda eller saknas i området. Inget sätts i deras ställe.',
      'too-few-events': `Området har för få fall. Det behövs minst ${formatNumber(fewest, 0)} före och efter tillsammans för att se annat än slump.`,
      'too-few-comparison-areas': `För få områden kan jämföras. Det behövs minst ${formatNumber(fewest, 0)} utan insatsen som har siffror i samma perioder.`,
      'no-rounds': 'Veckor går inte upp i hela år och prövas inte.',
      class: 'En klass är ingen mängd och prövas inte.',
    })[reason],
  noStart: 'Planen anger inte när insatsen börjar.',
  notShown: 'Platsen visas inte, och därför inte heller någon jämförelse.',
  placeUnknown:
    'Planen anger inte var insatsen sker. Då går det inte att säga vad den kan jämföras med.',
  wholeMunicipality:
    'Insatsen gäller hela kommunen. Då finns inga områden utan den att jämföra med.',
  notHere: 'Planen anger inte att insatsen sker i området.',

  estimate: (
    own: { readonly before: string; readonly after: string },
    expected: string,
    difference: string,
    interval: string,
  ): string =>
    `Området gick från ${own.before} till ${own.after} i medeltal per period. Om det hade följt jämförelseområdena hade det legat på ${expected}. Skillnaden är ${difference}, med 95${NBSP}% osäkerhet ${interval}.`,
  ratio: (percent: string, interval: string): string =>
    `I procent av det väntade: ${percent} (${interval}).`,
  asFar: (asFar: number, others: number): string =>
    asFar === 0
      ? `Inget av ${areas(others)} att jämföra med avviker lika mycket från de övriga.`
      : `${formatNumber(asFar, 0)} av ${areas(others)} att jämföra med avviker minst lika mycket från de övriga, utan insatsen.`,
  noCause:
    'En skillnad säger att siffrorna har skilts åt, inte varför. Annat kan ha hänt i området under samma tid.',

  earlierTrend: {
    notSeen:
      'Före starten syns ingen skillnad i utveckling mot jämförelseområdena. Med så få år kan en skillnad finnas ändå.',
    seen: 'Redan före starten gick området en annan väg än jämförelseområdena. Det som syns efteråt kan vara en fortsättning på den.',
    unknown: 'Utvecklingen före starten kan inte jämföras.',
  },
  regressionToTheMean:
    'Urvalet av de sämsta områdena gör att nästa period ofta ser bättre ut av sig själv.',

  expected: {
    up: 'Planen väntar sig att värdet går upp.',
    down: 'Planen väntar sig att värdet går ned.',
    none: 'Planen säger inte åt vilket håll värdet ska gå.',
  },
  polarity: (words: string): string => `Indikatorn läses annars så att ${words}.`,
  opposed:
    'Planens riktning är en annan än indikatorns: fler kan vara ett tecken på att mer upptäcks.',

  similar: (count: number, names: readonly string[], likeness: readonly string[]): string =>
    `Jämförs med ${areas(count)} utan insatsen: ${listed(names)}. De är mest lika i ${listed(likeness)}. Händelser och orsaker är inte med i valet.`,
  allOthers: (count: number, names: readonly string[]): string =>
    `Jämförs med ${areas(count)} utan insatsen: ${listed(names)}. Underlag saknas för att välja de mest lika.`,
  withWork: (names: readonly string[]): string =>
    `Insatsen sker även i ${listed(names)}, som därför inte är med bland jämförelseområdena.`,
  hiddenOthers: (names: readonly string[]): string =>
    `${listed(names)} är inte med: någon siffra är dold eller saknas i perioderna som jämförs.`,
  fewEvents: (names: readonly string[]): string => `${listed(names)} är inte med: för få fall.`,
  ordinaryWork:
    'I jämförelseområdena pågår ordinarie arbete och andra insatser. Jämförelsen gäller alltså denna insats utöver det, inte insats mot ingenting.',
  spillOver:
    'Flyttar något från området till ett jämförelseområde, eller tvärtom, syns det inte här.',

  introduction: (periods: readonly string[]): string =>
    `Under införande, och därför inte med: ${listed(periods)}.`,
  seasons: 'Hela år jämförs, så att varje årstid väger lika mycket före och efter.',
  remainder: (periods: readonly string[]): string =>
    `Går inte upp i hela år, och är därför inte med: ${listed(periods)}.`,
  hiddenRounds: (periods: readonly string[]): string =>
    `År med en dold eller saknad siffra i området är inte med: ${listed(periods)}. Dolt är oftast små tal, så det som återstår kan ligga för högt.`,
  ended: (periods: readonly string[]): string =>
    `Efter insatsens slut, och därför inte med: ${listed(periods)}.`,

  whole: {
    course: 'Som tiden före, fortsatt',
    courseShort: 'Fortsatt',
    uncertain: 'Ingen säker ändring mot tiden före',
    different: {
      up: 'Ligger högre än om tiden före hade fortsatt',
      down: 'Ligger lägre än om tiden före hade fortsatt',
    },
    notTold: (reason: WholeUndefined, before: number, after: number): string =>
      ({
        'too-few-periods-before': `Utan områden att jämföra med behövs minst ${formatNumber(before, 0)} perioder före starten. Så långt tillbaka når inte siffrorna.`,
        'too-few-periods-after': `Utan områden att jämföra med behövs minst ${formatNumber(after, 0)} perioder efter starten. Så långt når inte siffrorna ännu.`,
        'hidden-before':
          'För många perioder före starten är dolda eller saknas. Inget sätts i deras ställe.',
        'hidden-after':
          'För många perioder efter starten är dolda eller saknas. Inget sätts i deras ställe.',
        'too-few-events': 'Det är för få fall för att se annat än slump.',
        'no-rounds': 'Veckor går inte upp i hela år och prövas inte.',
        class: 'En klass är ingen mängd och prövas inte.',
        'no-variation': 'Serien kan inte prövas: den varierar inte, eller har för få perioder.',
      })[reason],
    estimate: (
      own: { readonly before: string; readonly after: string },
      expected: string,
      difference: string,
      interval: string,
    ): string =>
      `Kommunen gick från ${own.before} till ${own.after} i medeltal per period. Om tiden före hade fortsatt, med samma riktning och årstider, hade det legat på ${expected}. Skillnaden är ${difference}, med 95${NBSP}% osäkerhet ${interval}.`,
    parts: (level: string, slope: string, kind: PeriodKind, unit: string): string =>
      `Uppdelat: ${level} ${unit} vid starten och ${slope} ${unit} per ${PER_KIND[kind]} därefter.`,
    percent: 'procent',
    points: 'procentenheter',
    inside: (value: string, interval: string): string => `${value} (${interval})`,
    earlier: (change: string, kind: PeriodKind, unit: string): string =>
      `Före starten ändrades värdet med ${change} ${unit} per ${PER_KIND[kind]}. Jämförelsen bygger på att det annars hade fortsatt så.`,
    noCause:
      'Utan områden att jämföra med ser allt annat som hände vid samma tid likadant ut: ändrad registrering, andra insatser, hela landets utveckling.',
    ownCourse:
      'Kommunen jämförs i stället med sin egen väg före starten, med årstider och med hänsyn till att det som avviker ofta dröjer kvar nästa period.',
    unusedPeriods: (periods: readonly string[]): string =>
      `Dolda eller saknas, och därför inte med: ${listed(periods)}.`,
  },
}
