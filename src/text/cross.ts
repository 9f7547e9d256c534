import type { Interval } from '../core/cell.ts'
import type { CrossChoice, CrossLag } from '../core/cross-plan.ts'
import type { NotCrossed } from '../core/cross-values.ts'
import type { Indicator } from '../core/indicator.ts'
import type { PeriodCode } from '../core/period.ts'
import type { CrossMark, CrossUndefined } from '../core/stats/crossing.ts'
import { formatInterval, formatNumber, NBSP, periodInWords, lowerFirst } from './format.ts'
import { sv } from './sv.ts'

/** "0,59", "−0,17". */
export const rhoText = (rho: number): string => formatNumber(rho, 2)

/** "0,24–0,80", "−0,12 till 0,40". */
export const rhoInterval = (interval: Interval): string => formatInterval(interval, 2)

const aloud = (text: string): string => text.replaceAll('\u2212', 'minus ')

const areas = (count: number): string => counted(count, 'område', 'områden')

const counted = (count: number, singular: string, plural: string): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? singular : plural}`

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const quoted = (text: string): string => `”${text}”`

/** Names that say who: of them there is a share. */
const PEOPLE =
  /^(andel|barn|behöriga|boende|elever|flickor|föräldrar|hushåll|invånare|kvinnor|män|personer|pojkar|unga|ungdomar|vuxna|äldre)(?=\s)/i

/** What is asked about in a survey, rather than what is answered. */
const ASKED_ABOUT = /^(förtroende|hälsa|oro|otrygghet|tillit|trivsel|trygghet)(?=\s|$)/i

/** Names that can be counted: "stölder och småbrott", "anmälda narkotikabrott". */
const MANY = /^(?!\p{L}*(?:tt|ll)er(?:\s|$))\p{L}+(?:ar|er|or|brott|da \p{L}+)(?=\s|$)/iu

interface MoreOrLess {
  readonly more: string
  readonly less: string
}

/** How an indicator is said to be high or low in a sentence: "mer klotter", "lägre andel elever med …". */
export function moreOrLess({ name, measure }: Pick<Indicator, 'name' | 'measure'>): MoreOrLess {
  const own = lowerFirst(name)
  const both = (more: string, less: string, what = own): MoreOrLess => ({
    more: `${more} ${what}`,
    less: `${less} ${what}`,
  })
  if (PEOPLE.test(name) && measure !== 'count')
    return both('högre andel', 'lägre andel', own.replace(/^andel\s+/, ''))
  if (measure === 'survey' && !ASKED_ABOUT.test(name))
    return both('fler som svarar', 'färre som svarar', quoted(own))
  return MANY.test(name) ? both('fler', 'färre') : both('mer', 'mindre')
}

/** A direction, as the sign of ρ has it. */
export type Sign = 1 | -1

export interface PairWords {
  readonly event: Pick<Indicator, 'name' | 'measure'>
  readonly factor: Pick<Indicator, 'name' | 'measure'>
  readonly rho: number
}

export const signOf = (rho: number): Sign => (rho < 0 ? -1 : 1)

export const crossText = {
  heading: 'Vad varierar tillsammans?',
  lead: 'Oönskade händelser mot bakomliggande faktorer och skyddsfaktorer.',
  notCause: 'Samvariation, inte orsak.',
  tabs: { matrix: 'Matris', signs: 'Ett område', expert: 'Fördjupning' },
  tabsLabel: 'Delar av sidan',
  choose: { lag: 'Fördröjning' },
  matrix: 'Oönskade händelser mot bakomliggande faktorer och skyddsfaktorer',
  matrixHint: 'Peka på en ruta för att läsa den. Klicka för att se paret.',
  groupOfFactors: 'Bakomliggande faktorer och skyddsfaktorer',
  eventColumn: 'Oönskad händelse',
  reading: (done: number, all: number): string =>
    `Läser tal: ${formatNumber(done, 0)} av ${formatNumber(all, 0)} filer.`,
  cancel: 'Avbryt',
  cancelled: 'Korsningen är avbruten. Rutorna är tomma tills den räknas.',
  start: 'Räkna',
  retry: 'Försök igen',
  unread: (count: number): string =>
    `${counted(count, 'fil', 'filer')} kunde inte läsas. De paren är utan tal.`,
  noPairs: 'Inget att korsa med de här valen',
  noPairsHelp: 'Välj ett längre tidsspann, alla kön, eller utan fördröjning.',
  nothingToCross:
    'I paketet finns inte både oönskade händelser och faktorer på någon gemensam nivå under kommunen.',
  withoutLag: 'Visa utan fördröjning',
  savePair: 'Spara till lägesbilden',
  savedPair: 'Sparad till lägesbilden',
  savedWhere: 'Till lägesbilden',
  pairIsSaved: (title: string) => `”${title}” är sparad. Den följer med i projektfilen.`,
  saveCsv: 'Spara till CSV',
  savePicture: 'Spara bild (PNG)',
  savePairPicture: 'Spara paret som bild (PNG)',
  savingPicture: 'Ritar bilden …',
  pictureFailed: 'Bilden kunde inte ritas.',
  csv: {
    heads: [
      'Oönskad händelse',
      'Faktor',
      'Slag av faktor',
      'Nivå',
      'Händelsens period',
      'Faktorns period',
      'Kön',
      'Värden',
      'Fördröjning',
      'n områden',
      'Dolda områden',
      'Områden utan tal',
      'ρ',
      '95 % undre',
      '95 % övre',
      'p',
      'p korrigerat',
      'Står sig efter korrigering',
      'Varför inget tal',
      'Data',
      'Utgåva',
    ],
    survives: { survives: 'ja', 'does-not': 'nej' } satisfies Record<CrossMark, string>,
  },
  pairPlace: 'Valt par',
  pickPair: 'Välj en ruta i matrisen för att se paret.',
  /** "Per RegSO · 2025 · alla · som uppmätt · utan fördröjning. Samvariation, inte orsak." */
  foot: ({ period, sex, smoothing, lag }: CrossChoice, level: string): string =>
    `${[
      `Per ${level}`,
      periodInWords(period),
      sv.sexes[sex],
      crossText.smoothing[smoothing],
      crossText.lag(lag),
    ].join(' · ')}. ${crossText.notCause}`,
  sourcesCount: (count: number): string => counted(count, 'källa', 'källor'),
  sources: (names: readonly string[]): string => `Källor: ${names.join('; ')}.`,
  smoothing: { raw: 'som uppmätt', smoothed: 'utjämnat' },
  lag: (lag: CrossLag | null): string => {
    if (!lag) return 'utan fördröjning'
    const { unit, steps } = lag
    const [one, many] = unit === 'quarter' ? ['kvartal', 'kvartal'] : ['termin', 'terminer']
    return steps === 0
      ? `förändring samma ${one}`
      : `förändring ${counted(steps, one, many)} tidigare`
  },
  crossing: (done: number, all: number): string =>
    `Korsar: ${formatNumber(done, 0)} av ${formatNumber(all, 0)} par.`,
  failed: 'Korsningen kunde inte räknas. Försök igen.',
  legend: {
    opposite: 'mer av det ena, mindre av det andra',
    together: 'mer av båda',
    uncertain: 'utan färg: kan vara slump',
  },

  /** "Spearmans ρ med 95 % intervall, 35–39 områden. Fylld ruta: …" */
  caption: (fewest: number, most: number, family: number, survivors: number): string => {
    if (family === 0) return 'Inget par kan korsas med de här valen.'
    const number =
      fewest === most ? areas(most) : `${formatNumber(fewest, 0)}–${formatNumber(most, 0)} områden`
    return `Spearmans ρ med 95${NBSP}% intervall, ${number}. Fylld ruta: står sig efter korrigering för ${counted(family, 'jämförelse', 'jämförelser')} (${formatNumber(survivors, 0)} av ${formatNumber(family, 0)}).`
  },
  otherLevel: (count: number, level: string): string =>
    `${counted(count, 'ruta', 'rutor')} är per ${level}: båda talen finns inte finare.`,
  otherPeriods: (count: number): string =>
    `${counted(count, 'ruta', 'rutor')} ställer ett läsår bredvid ett kalenderår. De täcker varandra bara delvis.`,
  notSmoothed: 'Antal och enkätsvar utjämnas inte.',
  notCrossedCount: (count: number, reason: NotCrossed | CrossUndefined): string =>
    `${counted(count, 'par', 'par')} har inget tal. ${notCrossed[reason]}`,

  cell: {
    none: '–',
    n: (count: number): string => `n${NBSP}${formatNumber(count, 0)}`,
    notYet: (event: string, factor: string): string =>
      `${event} och ${lowerFirst(factor)}: räknas.`,
    tested: (
      { event, factor, rho }: PairWords,
      interval: Interval | null,
      n: number,
      where: string,
      mark: CrossMark,
      family: number,
    ): string =>
      aloud(
        `${event.name} och ${lowerFirst(factor.name)}, ${where}: ρ ${rhoText(rho)}, ${
          interval
            ? `95 % intervall ${formatInterval(interval, 2).replace('–', ' till ')}`
            : 'utan intervall'
        }, ${areas(n)}. ${
          mark === 'survives'
            ? `Står sig efter korrigering för ${counted(family, 'jämförelse', 'jämförelser')}.`
            : 'Kan vara slump.'
        }`,
      ),
    notCrossed: (event: string, factor: string, reason: NotCrossed | CrossUndefined): string =>
      `${event} och ${lowerFirst(factor)}: inget tal. ${notCrossed[reason]}`,
    counts: (hidden: number, missing: number): string =>
      [
        hidden > 0 ? `${areas(hidden)} ${hidden === 1 ? 'är dolt' : 'är dolda'}.` : '',
        missing > 0 ? `${areas(missing)} saknar tal.` : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
  },
  /** "per RegSO, 2025", "per stadsdel, 2025 mot läsåret 2024/25". */
  where: (level: string, event: PeriodCode, factor: PeriodCode): string =>
    `per ${level}, ${periodInWords(event)}${
      event === factor ? '' : ` mot ${periodInWords(factor)}`
    }`,

  pair: {
    kicker: (event: string, factor: string, where: string): string =>
      `${event} × ${lowerFirst(factor)}, ${where}`,
    notCrossed: (event: string, factor: string): string =>
      `${event} och ${lowerFirst(factor)}: inget att visa`,
    title: ({ event, factor, rho }: PairWords, mark: CrossMark, isChange: boolean): string => {
      if (mark === 'does-not')
        return `${event.name} och ${lowerFirst(factor.name)}: inget säkert samband`
      const direction = rho < 0 ? 'mindre' : 'större'
      if (isChange)
        return `Större ökning av ${quoted(lowerFirst(factor.name))}, oftare ${direction} ökning av ${quoted(lowerFirst(event.name))}`
      const words = moreOrLess(event)
      return `${upperFirst(moreOrLess(factor).more)}, oftare ${rho < 0 ? words.less : words.more}`
    },
    relation: (
      { event, factor, rho }: PairWords,
      interval: Interval | null,
      n: number,
      isCertain: boolean,
      isChange: boolean,
    ): string => {
      const words = moreOrLess(event)
      const often = isCertain ? 'oftare' : 'något oftare'
      const relation = isChange
        ? `Områden där ${quoted(lowerFirst(factor.name))} ökade mer har ${often} en ${rho < 0 ? 'mindre' : 'större'} ökning av ${quoted(lowerFirst(event.name))}`
        : `Områden med ${moreOrLess(factor).more} har ${often} ${rho < 0 ? words.less : words.more}`
      const figures = `ρ${NBSP}=${NBSP}${rhoText(rho)}${interval ? ` (${rhoInterval(interval)})` : ''}, ${areas(n)}`
      return `${relation}${isCertain ? '' : ', men det kan vara slump'}: ${figures}.`
    },
    noRelation: (n: number): string =>
      `De två följs inte åt åt något håll: ρ${NBSP}=${NBSP}${rhoText(0)}, ${areas(n)}.`,
    hangsOnNone: (range: Interval): string =>
      `Det hänger inte på ett enda område (${rhoInterval(range)} när de tas bort ett i taget).`,
    hangsOn: (area: string, without: number | null): string =>
      without === null
        ? `Det hänger på ${area}: utan det området finns inget samband att mäta.`
        : `Det hänger på ${area}: utan det området är ρ${NBSP}${rhoText(without)}.`,
    leftOut: (range: Interval): string =>
      `Tas områdena bort ett i taget är ρ ${rhoInterval(range)}.`,
    stands: (survives: boolean, family: number): string =>
      survives
        ? `Det står sig när grannlikhet räknas bort, och efter korrigering för ${counted(family, 'jämförelse', 'jämförelser')}.`
        : `Det står sig när grannlikhet räknas bort, men inte efter korrigering för ${counted(family, 'jämförelse', 'jämförelser')}.`,
    falls: 'Det står sig inte när grannlikhet räknas bort.',
    notCause: 'Det säger inget om orsak.',
    lists: {
      bothHigh: 'Högt på båda',
      bothLow: 'Lågt på båda',
      factorHigh: (factor: string, event: string): string =>
        `Högt på ${quoted(lowerFirst(factor))}, lågt på ${quoted(lowerFirst(event))}`,
      eventHigh: (factor: string, event: string): string =>
        `Lågt på ${quoted(lowerFirst(factor))}, högt på ${quoted(lowerFirst(event))}`,
      about:
        'Hög och låg är den översta och den understa tredjedelen av de korsade områdena. Listorna är till för samtal, inte för att rangordna.',
      none: 'inga områden',
    },
    point: (area: string, factor: string, event: string): string => `${area}: ${factor}; ${event}`,
    value: (name: string, value: string, interval: string, isSmoothed: boolean): string =>
      `${lowerFirst(name)} ${value}${interval === '' ? '' : ` (${interval})`}${isSmoothed ? ', utjämnat' : ''}`,
    median: (value: string): string => `median ${value}`,
    /** "Skadegörelse, per 1 000 (befolkning)"; of changes "Förändring av klotter, …". */
    axis: (
      {
        indicator,
        caption,
      }: { readonly indicator: Pick<Indicator, 'name'>; readonly caption: string },
      isChange: boolean,
    ): string => {
      const name = isChange ? `Förändring av ${lowerFirst(indicator.name)}` : indicator.name
      return caption === '' ? name : `${name}, ${lowerFirst(caption)}`
    },
    scatter: (n: number): string =>
      `Punktdiagram, ${areas(n)}. Talen står i tabellen under kartan.`,
    map: 'Karta över båda talen. Talen står i tabellen under kartan.',
    legend:
      'Nio färger: de tre tredjedelarna av faktorn åt höger, de tre tredjedelarna av händelsen uppåt. Mörkast är högt på båda.',
    schematic: 'Schematiska gränser',
    showWhole: 'Visa hela kommunen',
    showOpening: 'Visa utgångsläget',
    counted: {
      hidden: (count: number): string => `${counted(count, 'område dolt', 'områden dolda')}`,
      missing: (count: number): string => `${counted(count, 'område', 'områden')} utan tal`,
    },
    hover: 'Peka på en punkt, en yta eller ett namn för att läsa talen.',
    medians: (factor: string, event: string, hasIntervals: boolean): string =>
      `Prickade linjer: ${factor} åt höger, ${event} uppåt.${hasIntervals ? ` Streck: 95${NBSP}% intervall.` : ''}`,
    warnings: 'Att tänka på',
    table: 'Alla områden i tabell',
    area: 'Område',
    interval: '95 % intervall',
    listMore: (count: number): string => `och ${counted(count, 'till', 'till')}`,
    other: {
      heading: 'På en annan nivå',
      same: (level: string, rho: string, n: number): string =>
        `Per ${level} pekar sambandet åt samma håll: ρ${NBSP}=${NBSP}${rho}, ${areas(n)}.`,
      turned: (level: string, rho: string, n: number): string =>
        `Per ${level} byter sambandet tecken: ρ${NBSP}=${NBSP}${rho}, ${areas(n)}.`,
      undefined: (level: string, reason: string): string =>
        `Per ${level} finns inget tal. ${reason}`,
      none: 'De två redovisas bara på en nivå under kommunen.',
      waiting: 'Räknas.',
    },
    partial: {
      heading: 'Med andra faktorer lika',
      about: 'Håll en eller två andra faktorer lika och se vad som blir kvar av sambandet.',
      pick: (place: number): string => `Faktor ${place} att hålla lika`,
      none: 'ingen',
      none2: 'ingen till',
      sentence: (
        names: readonly string[],
        rho: number,
        interval: Interval | null,
        n: number,
        before: number,
      ): string => {
        const held = names.map((name) => quoted(lowerFirst(name))).join(' och ')
        const rest = `ρ${NBSP}=${NBSP}${rhoText(rho)}${interval ? ` (${rhoInterval(interval)})` : ''}, ${areas(n)}`
        const drop = Math.abs(before) - Math.abs(rho)
        const covers = interval !== null && interval.lower <= 0 && interval.upper >= 0
        const verdict =
          rho * before < 0 && !covers
            ? 'Sambandet byter tecken.'
            : covers
              ? 'Då finns inget säkert samband kvar.'
              : drop > 0.1
                ? 'Sambandet blir svagare men finns kvar.'
                : drop < -0.1
                  ? 'Sambandet blir starkare.'
                  : 'Sambandet är ungefär detsamma.'
        return `Med ${held} lika: ${rest}. ${verdict}`
      },
      undefined: (reason: string): string => `Det går inte att räkna. ${reason}`,
    },
    lags: {
      heading: 'Kommer förändringen före?',
      about: (unit: CrossLag['unit'], from: PeriodCode, to: PeriodCode): string =>
        `Förändringar från ${unit === 'quarter' ? 'kvartal' : 'termin'} till ${unit === 'quarter' ? 'kvartal' : 'termin'}, ${periodInWords(from)} till ${periodInWords(to)}. Det som alla områden delar är borträknat.`,
      axis: (unit: CrossLag['unit']): string =>
        unit === 'quarter' ? 'kvartal som faktorn kommer före' : 'terminer som faktorn kommer före',
      notShared:
        'De två redovisas inte båda per kvartal eller termin på den här nivån, så det går inte att fråga vad som kommer först.',
      none: (unit: CrossLag['unit']): string =>
        `Ingen fördröjning står sig efter korrigering: förändringar i faktorn har inte säkert följts av förändringar i händelsen ${unit === 'quarter' ? 'inom fyra kvartal' : 'inom en termin'}.`,
      found: (unit: CrossLag['unit'], lag: number, r: number, interval: Interval): string => {
        const when =
          lag === 0
            ? `samma ${unit === 'quarter' ? 'kvartal' : 'termin'}`
            : `${unit === 'quarter' ? counted(lag, 'kvartal', 'kvartal') : counted(lag, 'termin', 'terminer')} senare`
        return `Tydligast ${when}: där faktorn ökade mer ökade händelsen ${r < 0 ? 'mindre' : 'mer'}, r${NBSP}=${NBSP}${rhoText(r)} (${rhoInterval(interval)}). Att något kommer före betyder inte att det är orsaken.`
      },
      undefined: (reason: string): string => `Det går inte att räkna. ${reason}`,
      point: (lag: number, r: number, interval: Interval, n: number): string =>
        `${formatNumber(lag, 0)}: r ${rhoText(r)} (${rhoInterval(interval)}), ${areas(n)}`,
    },
  },

  warnings: {
    fewAreas: (n: number): string =>
      `Bara ${areas(n)}. Ett enda tal till eller från kan ändra bilden.`,
    sharedDenominator: (denominator: string): string =>
      `Båda talen delas med samma ${denominator}. En del av samvariationen kan komma av det.`,
    sameRespondents:
      'Båda talen kommer ur enkätsvar. Den som svarar på det ena sättet kan också svara på det andra.',
    reporting: 'Fler anmälda händelser kan vara bättre anmälan.',
    residents:
      'I centrum är de boende fel att dela med: många som vistas där bor någon annanstans.',
    countWithoutBase: (name: string): string =>
      `${quoted(name)} är ett antal, inte per invånare. Områden med många invånare har ofta fler av allt.`,
    worstChosen: 'Väljs de områden som ligger högst ser nästa period ofta bättre ut av sig själv.',
    differentPeriods: (event: PeriodCode, factor: PeriodCode): string =>
      `Talen är från olika tider: ${periodInWords(event)} och ${periodInWords(factor)}.`,
    signChanges: (level: string, rho: number): string =>
      `Per ${level} pekar sambandet åt andra hållet (ρ${NBSP}${rhoText(rho)}). Läs det med försiktighet.`,
    areasNotPeople:
      'Sambandet gäller områden, inte personer: de som har det ena behöver inte vara de som har det andra.',
  },
}

/** Why a pair has no number. */
export const notCrossed: Readonly<Record<NotCrossed | CrossUndefined, string>> = {
  'no-common-level': 'De två redovisas inte på någon gemensam nivå.',
  'no-common-period': 'Ingen period som rymmer den valda redovisas för båda.',
  'period-not-released': 'Perioden saknas för den ena eller för båda.',
  'sex-not-published': 'Den ena redovisas inte för kvinnor och män var för sig.',
  'frequency-not-shared': 'Båda redovisas inte så ofta som fördröjningen kräver.',
  'real-beside-synthetic': 'Riktiga tal korsas aldrig med påhittade.',
  'too-many-hidden': 'För många dolda: fler än vart fjärde område är dolt, och inte av en slump.',
  'not-read': 'Talen är inte inlästa.',
  'statistics-too-few-areas': 'För få områden har båda talen.',
  'statistics-no-variation': 'Det ena talet är lika i alla områden.',
  'statistics-no-neighbours': 'Inget område med tal har någon granne med tal.',
  'statistics-no-effective-areas':
    'Områdena liknar sina grannar så mycket att det inte går att pröva.',
  'statistics-no-population': 'Inga områden har någon befolkning att räkna på.',
  'statistics-no-events': 'Det finns inga händelser att räkna på.',
}
