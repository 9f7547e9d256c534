import type { MissingReason } from '../core/cell.ts'
import type { IndicatorClass, Sex } from '../core/indicator.ts'
import type { PeriodCode } from '../core/period.ts'
import { moreOrLess } from './cross.ts'
import { formatNumber, listed, NBSP, periodInWords } from './format.ts'
import { sv } from './sv.ts'

type Named = Parameters<typeof moreOrLess>[0]

const counted = (count: number, singular: string, plural: string): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? singular : plural}`

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** As many as can be read in one breath; the rest is counted. */
const MOST_NAMED = 4

function namedOrCounted(names: readonly string[]): string {
  if (names.length <= MOST_NAMED) return listed(names)
  const named = names.slice(0, MOST_NAMED - 1)
  return `${named.join(', ')} och ${formatNumber(names.length - named.length, 0)}${NBSP}till`
}

/** What an area has more of and less of, by class. */
export interface SignsOfClass {
  readonly class: Exclude<IndicatorClass, 'context'>
  readonly higher: readonly Named[]
  readonly lower: readonly Named[]
}

const LEADS: Readonly<Record<SignsOfClass['class'], string>> = {
  'unwanted-event': 'bland oönskade händelser',
  'root-cause': 'bland bakomliggande faktorer',
  'protective-factor': 'bland skyddsfaktorer',
}

/** Every sentence of an area's signs. */
export const areaSignsText = {
  heading: 'Kännetecken',
  pick: 'Välj område',
  choose: 'Välj ett område för att se dess kännetecken.',
  about: (level: string, period: PeriodCode, sex: Sex): string =>
    `Symptom bredvid bakomliggande faktorer och skyddsfaktorer, per ${level}, ${periodInWords(period)}${
      sex === 'T' ? '' : `, ${sv.sexes[sex]}`
    }. Varje tal mot övriga kommunen.`,
  loading: (read: number, all: number): string =>
    `Läser in ${formatNumber(read, 0)} av ${formatNumber(all, 0)} indikatorer.`,
  columns: { events: 'Symptom', factors: 'Bakomliggande faktorer och skyddsfaktorer' },
  heads: {
    indicator: 'Indikator',
    value: 'Värde',
    interval: '95 % intervall',
    spread: 'Bland områdena',
    municipality: 'Kommunen',
    median: 'median',
    verdict: 'Mot övriga kommunen',
    lower: 'lägre',
    middle: 'kommunen',
    higher: 'högre',
  },
  empty: 'Inga indikatorer av den här klassen redovisas.',

  summary: {
    /** "Berghem skiljer sig säkert från övriga kommunen i 6 av 23 tal." */
    differs: (area: string, certain: number, compared: number): string =>
      certain === 0
        ? `${area} skiljer sig inte säkert från övriga kommunen i något av ${counted(compared, 'tal', 'tal')} som går att jämföra.`
        : `${area} skiljer sig säkert från övriga kommunen i ${formatNumber(certain, 0)} av ${counted(compared, 'tal', 'tal')} som går att jämföra.`,
    nothing: (area: string): string =>
      `Inget av talen för ${area} går att jämföra med övriga kommunen.`,
    ofClass: ({ class: own, higher, lower }: SignsOfClass): string => {
      const parts = [
        ...(higher.length > 0 ? [namedOrCounted(higher.map((one) => moreOrLess(one).more))] : []),
        ...(lower.length > 0 ? [namedOrCounted(lower.map((one) => moreOrLess(one).less))] : []),
      ]
      return sentence(
        parts.length === 0
          ? `${LEADS[own]}: ingen säker skillnad`
          : `${LEADS[own]}: ${parts.join('; ')}`,
      )
    },
    byChance: (compared: number): string =>
      `Säkert betyder här vid 99,8${NBSP}%: vid 95${NBSP}% väntas omkring ${formatNumber(
        Math.max(1, Math.round(0.05 * compared)),
        0,
      )} av ${formatNumber(compared, 0)} tal skilja sig av en slump.`,
    notCause: 'Att talen är höga eller låga i samma område säger inget om orsak.',
  },

  verdict: {
    'much-higher': 'högre',
    higher: 'troligen högre',
    'much-lower': 'lägre',
    lower: 'troligen lägre',
    level: 'i nivå med',
    unsure: 'går inte att säga',
    count: 'antal, jämförs inte',
    none: 'kan inte jämföras',
  },
  favour: { favourable: 'gynnsamt', unfavourable: 'ogynnsamt' },
  quarter: {
    lowest: 'bland den fjärdedel av områdena som har lägst tal',
    middle: 'i den mellersta hälften av områdena',
    highest: 'bland den fjärdedel av områdena som har högst tal',
  },

  municipality: (value: string): string => `kommunen ${value}`,
  median: (value: string): string => `median ${value}`,
  ofPeriod: (period: PeriodCode): string => periodInWords(period),
  hidden: 'dold',
  missing: (reason: MissingReason): string => sv.cell.missingLong[reason],
  absent: 'saknas',
  knownAt: (levels: readonly string[]): string =>
    `Redovisas per ${listed(levels)}, inte här, och talet flyttas inte ned`,
  notKnown: 'Redovisas inte per område',
  noSex: (sex: Sex): string => `Redovisas inte för ${sv.sexes[sex]} för sig`,
  noPeriod: 'Redovisas inte för den här perioden',
  notRead: 'Läses in',
  /** "38 områden". */
  spread: (shown: number): string => counted(shown, 'område', 'områden'),
  /** "3 dolda, 1 saknas"; nothing where all areas show a value. */
  gaps: (hidden: number, missing: number): string =>
    [
      ...(hidden > 0
        ? [`${formatNumber(hidden, 0)}${NBSP}${hidden === 1 ? 'dolt' : 'dolda'}`]
        : []),
      ...(missing > 0 ? [`${formatNumber(missing, 0)}${NBSP}saknas`] : []),
    ].join(', '),
  label: (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', '),

  legend: {
    certain: 'skiljer sig säkert (99,8 %)',
    likely: 'troligen (95 %)',
    level: 'i nivå med, eller går inte att säga',
    area: 'ett streck per område',
    middle: 'mellersta hälften',
  },
  similar: {
    heading: 'Liknande områden',
    about: (names: readonly string[]): string =>
      `Närmast i ${listed(names)}, som är allt underlaget har om sammanhang. Avståndet räknas i standardavvikelser.`,
    distance: (distance: number): string => `${formatNumber(distance, 1)}`,
    none: 'Det finns för lite underlag om sammanhang för att säga vilka områden som liknar detta.',
  },
}
