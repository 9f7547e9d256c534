import type { PeriodCode } from '../core/period.ts'
import type { UndefinedReason } from '../core/stats/outcome.ts'
import type { Quadrant } from '../core/stats/local-moran.ts'
import { moreOrLess } from './cross.ts'
import { formatNumber, NBSP, periodInWords, listed, lowerFirst } from './format.ts'

const counted = (count: number, singular: string, plural: string): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? singular : plural}`

type Named = Parameters<typeof moreOrLess>[0]

/** "0,031", and "under 0,001" for what is less. */
export const pText = (p: number): string =>
  p < 0.001 ? `under ${formatNumber(0.001, 3)}` : formatNumber(p, 3)

export type GlobalMeasure = 'moran' | 'eb-moran' | 'geary' | 'bivariate-moran' | 'lee'

/** Which way a pattern goes, if any. */
export type PatternReading = 'alike' | 'unlike' | 'none' | 'untested'

/** What a method may and may not be taken to say. */
export interface SaysAndNot {
  readonly says: string
  readonly saysNot: string
}

/** Every sentence of the panel for those who know spatial statistics, and for those who do not. */
export const expertText = {
  heading: 'Fördjupning',
  lead: 'Hur talen ligger i kommunen: om grannar liknar varandra, var, och hur långt det når.',
  pick: { event: 'Oönskad händelse', factor: 'Faktor', shown: 'Mönster hos' },
  noFactor: 'ingen faktor',
  where: (name: string, level: string, period: PeriodCode, isSmoothed: boolean): string =>
    `${name}, per ${level}, ${periodInWords(period)}${isSmoothed ? ', utjämnat' : ''}`,
  change: (name: string, level: string, before: PeriodCode, period: PeriodCode): string =>
    `Förändring av ${lowerFirst(name)}, per ${level}, från ${periodInWords(before)} till ${periodInWords(period)}`,
  pairWhere: (event: string, factor: string): string =>
    `${event} mot ${lowerFirst(factor)} hos grannarna`,

  working: (done: number, all: number): string =>
    `Räknar: ${formatNumber(done, 0)} av ${formatNumber(all, 0)} metoder.`,
  waiting: 'Räknar.',
  cancel: 'Avbryt',
  again: 'Räkna igen',
  cancelled: 'Avbruten. Det finns inga tal att visa.',
  failed: 'Det gick inte att räkna. Försök igen.',

  refusals: {
    'too-many-hidden': (shown: number, hidden: number): string =>
      `För många dolda: ${formatNumber(hidden, 0)} av ${counted(shown + hidden, 'område', 'områden')} är dolda, och inte av en slump. Ett mönster av resten kan vara ett annat än det verkliga.`,
    'too-few-areas': (shown: number): string =>
      `Bara ${counted(shown, 'område', 'områden')} har ett tal. Det är för få för att pröva ett mönster.`,
  },
  undefined: {
    'statistics-too-few-areas': 'För få områden har tal.',
    'statistics-no-variation': 'Talet är lika i alla områden.',
    'statistics-no-neighbours': 'Inget område med tal har någon granne med tal.',
    'statistics-no-population': 'Inga områden har någon befolkning att räkna på.',
    'statistics-no-events': 'Det finns inga händelser att räkna på.',
  } satisfies Record<UndefinedReason, string>,

  notes: {
    hidden: (hidden: number): string =>
      `${counted(hidden, 'område är dolt', 'områden är dolda')} och räknas som saknade. De är inte dolda av en slump.`,
    missing: (missing: number): string => `${counted(missing, 'område', 'områden')} saknar tal.`,
    few: (shown: number): string =>
      `Bara ${counted(shown, 'område', 'områden')}: små mönster syns inte, och p är ungefärliga.`,
    islands: (names: readonly string[]): string =>
      `${listed(names)} har ingen granne med tal. ${
        names.length === 1 ? 'Det' : 'De'
      } räknas som saknade i allt som prövar grannar, aldrig som noll.`,
    permutations: (permutations: number, seed: number): string =>
      `${counted(permutations, 'omkastning', 'omkastningar')} utan återläggning, frö ${formatNumber(seed, 0)}: samma tal ger samma svar. Grannar är områden som gränsar till varandra, med lika vikt.`,
    base: 'Moran på jämnade tal bygger på antal och befolkning, också när värdena visas utjämnade.',
  },

  global: {
    heading: 'Hela kommunen',
    noNumber: '–',
    columns: {
      measure: 'Mått',
      value: 'Värde',
      expected: 'Utan mönster',
      z: 'z',
      p: 'p',
      reading: 'Läses',
    },
    names: {
      moran: 'Morans I',
      'eb-moran': 'Morans I, jämnat för befolkning',
      geary: 'Gearys C',
      'bivariate-moran': 'Bivariat Moran',
      lee: 'Lees L',
    } satisfies Record<GlobalMeasure, string>,
    readings: {
      alike: 'Grannar liknar varandra mer än slumpen ger.',
      unlike: 'Grannar skiljer sig mer än slumpen ger.',
      none: 'Inget mönster som går att skilja från slump.',
      untested: 'Prövas inte mot slump här.',
    } satisfies Record<PatternReading, string>,
    pairReadings: {
      alike: 'Höga områden har oftare grannar med mer av faktorn.',
      unlike: 'Höga områden har oftare grannar med mindre av faktorn.',
      none: 'Inget mönster som går att skilja från slump.',
      untested: 'Prövas inte mot slump här.',
    } satisfies Record<PatternReading, string>,
    about: {
      says: 'Om områden intill varandra liknar varandra, i kommunen som helhet.',
      saysNot:
        'Var det är så, eller varför. Andra gränser kan ge ett annat tal, och ett högt tal gör samband mellan två saker svårare att lita på.',
    } satisfies SaysAndNot,
  },

  quadrants: {
    'High-High': { letter: 'HH', text: 'högt bland höga grannar' },
    'Low-Low': { letter: 'LL', text: 'lågt bland låga grannar' },
    'High-Low': { letter: 'HL', text: 'högt bland låga grannar' },
    'Low-High': { letter: 'LH', text: 'lågt bland höga grannar' },
  } satisfies Record<Quadrant, { letter: string; text: string }>,
  spots: {
    hot: { letter: 'H', text: 'högt grannskap' },
    cold: { letter: 'L', text: 'lågt grannskap' },
  },
  classes: {
    none: 'står sig inte efter korrigering',
    island: 'utan granne med tal',
    hidden: 'dold',
    missing: 'saknas',
  },
  count: (count: number): string => formatNumber(count, 0),

  local: {
    heading: 'Var (lokal Moran)',
    found: (survivors: number, family: number): string =>
      survivors === 0
        ? `Inget av ${counted(family, 'område', 'områden')} står sig efter korrigering för att alla prövas.`
        : `${formatNumber(survivors, 0)} av ${counted(family, 'område', 'områden')} står sig efter korrigering för att alla prövas (Benjamini–Hochberg, 5${NBSP}%).`,
    about: {
      says: 'Var områden tillsammans med sina grannar ligger högt eller lågt, och vilka som avviker från sina grannar.',
      saysNot:
        'Att ett enskilt område är ett problem: det är grannskapet som prövas. Ofärgat betyder inte att inget finns där.',
    } satisfies SaysAndNot,
  },
  gi: {
    heading: 'Grannskap (Gi*)',
    about: {
      says: 'Om området och dess grannar tillsammans ligger högre eller lägre än kommunens genomsnitt.',
      saysNot:
        'Om det är området självt eller grannarna som ligger högt. p bygger på normalfördelning och är ungefärligt för områden med få grannar.',
    } satisfies SaysAndNot,
  },
  correlogram: {
    heading: 'Hur långt (korrelogram)',
    axis: 'steg mellan områden',
    vertical: 'Morans I',
    label: (steps: number, I: string, p: string): string =>
      `${counted(steps, 'steg', 'steg')}: I ${I}, p ${p}`,
    cut: (steps: number, least: number): string =>
      `Färre än ${formatNumber(least, 0)} områden har något område mer än ${counted(steps, 'steg', 'steg')} bort.`,
    legend: {
      band: '95 % av vad slumpen ger',
      stands: 'står sig efter korrigering',
      not: 'står sig inte',
    },
    reach: (steps: number): string =>
      steps === 0
        ? 'Likheten står sig inte ens mellan närmaste grannar.'
        : `Likheten står sig ${counted(steps, 'steg', 'steg')} bort.`,
    about: {
      says: 'Hur många områden bort likheten når.',
      saysNot:
        'Ett avstånd i meter: ett steg är en gräns mellan två områden, stort i landsbygd och litet i tätort.',
    } satisfies SaysAndNot,
  },
  pair: {
    heading: 'Grannarnas faktor mot eget utfall (bivariat lokal Moran)',
    quadrants: (event: Named, factor: Named): Readonly<Record<Quadrant, string>> => {
      const [own, others] = [moreOrLess(event), moreOrLess(factor)]
      return {
        'High-High': `${own.more}, ${others.more} hos grannarna`,
        'Low-Low': `${own.less}, ${others.less} hos grannarna`,
        'High-Low': `${own.more}, ${others.less} hos grannarna`,
        'Low-High': `${own.less}, ${others.more} hos grannarna`,
      }
    },
    about: {
      says: 'Var områden med mycket eller lite av händelsen har grannar med mycket eller lite av faktorn.',
      saysNot:
        'Något om faktorn i det egna området, eller att något sprids över en gräns. Det säger inget om orsak.',
    } satisfies SaysAndNot,
    leeAbout: {
      says: 'Lees L: hur väl de två mönstren stämmer när båda jämnats ut över grannar.',
      saysNot: 'Om det är mer än slump. Två saker som båda har ett mönster får lätt ett högt tal.',
    } satisfies SaysAndNot,
    choose: 'Välj också en faktor för att se grannarnas faktor mot det egna utfallet.',
  },
  says: 'Säger:',
  saysNot: 'Säger inte:',
  none: 'inga områden',
  mapLabel: (heading: string, counts: string): string => `Karta: ${lowerFirst(heading)}. ${counts}`,
}
