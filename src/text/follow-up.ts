import type { PeriodCode } from '../core/period.ts'
import type { FollowUpReading, FollowUpStatus } from '../core/plan.ts'
import { formatNumber, NBSP } from './format.ts'
import { planText } from './plan.ts'

const number = (count: number): string => formatNumber(count, 0)
const quoted = (words: string): string => `”${words}”`

/** Columns of a follow-up as a file, in their order. */
export const FOLLOW_UP_COLUMNS = [
  ...(['department', 'number', 'title', 'id', 'halfYear', 'status', 'reading'] as const),
  ...(['measure', 'value', 'unit', 'comment', 'date'] as const),
] as const
export type FollowUpColumn = (typeof FOLLOW_UP_COLUMNS)[number]

/** Words of follow-ups as a file, and of what changes when one is read. */
export const followUpText = {
  sheet: 'Uppföljning',
  aboutSheet: 'Så fyller du i',
  heads: {
    ...{ department: 'Verksamhet', number: 'Nr', title: 'Insats', id: 'Id', halfYear: 'Halvår' },
    ...{ status: 'Status', reading: 'Bedömning', measure: 'Mått', value: 'Värde', unit: 'Enhet' },
    ...{ comment: 'Kommentar', date: 'Datum' },
  } satisfies Record<FollowUpColumn, string>,
  /** What a head may be called otherwise, beside its own word. */
  otherHeads: {
    department: ['Förvaltning', 'Avdelning'],
    number: ['Nummer'],
    title: ['Titel', 'Namn', 'Aktivitet'],
    id: ['Insats-id'],
    halfYear: ['Period', 'Termin'],
    status: [],
    reading: ['Läge', 'Läge (bedömning)'],
    measure: ['Indikator', 'Vad som mäts'],
    value: ['Tal', 'Antal'],
    unit: [],
    comment: ['Kommentarer', 'Anteckning'],
    date: ['Dag'],
  } satisfies Record<FollowUpColumn, readonly string[]>,
  /** "HT 2026". */
  halfYear: (code: PeriodCode): string => `${code.endsWith('1') ? 'VT' : 'HT'} ${code.slice(0, 4)}`,
  notJudged: 'inte bedömt',
  /** Other words for a status or a reading. */
  otherStatuses: {
    ...{ ordinarie: 'ordinarie', pågående: 'pagaende', avslutat: 'avslutad', planerat: 'planerad' },
  } as Readonly<Record<string, FollowUpStatus>>,
  otherReadings: {
    ...{ 'för tidigt': 'for-tidigt', uppnådd: 'uppnatt', avslutat: 'avslutad' },
  } as Readonly<Record<string, FollowUpReading>>,
  about: (code: PeriodCode, title: string, publisher: string): readonly (readonly string[])[] => [
    [`Halvårsuppföljning ${planText.halfYear(code)}`],
    [`Insatserna ur ${title} (${publisher}) som planen låter pågå, en rad för varje mått.`],
    ['Status', `Välj ${statusWords.join(', ')}. En insats utan status är inte uppföljd.`],
    ['Bedömning', `Välj ${readingWords.join(', ')}. Får lämnas tom.`],
    ['Mått, Värde, Enhet', 'Ett mått per rad. Lägg till rader med samma Id för fler mått.'],
    ['Kommentar', 'Skriv om arbetet. Skriv aldrig något om en enskild person.'],
    ['Små tal', 'Färre än 5 personer: lämna värdet tomt och skriv ”färre än 5” i kommentaren.'],
    ['Tomma rader', 'En insats där inget är ifyllt ändras inte när filen läses in.'],
    ['Id och Halvår', 'Ändra dem inte: de säger vilken insats och vilket halvår raden gäller.'],
  ],
  files: {
    heading: 'Fyll i som fil',
    lead: 'Ladda ner rundan, låt verksamheterna fylla i den, och läs in den igen. Inget ändras förrän du har sett vad som är nytt.',
    workbook: 'Ladda ner xlsx',
    csv: 'Ladda ner CSV',
    read: 'Läs in ifylld fil',
    reading: 'Läser filen …',
    downloaded: (name: string): string => `${name} är nedladdad.`,
    failed: 'Filen kunde inte läsas. Försök igen.',
    notRead: (name: string): string =>
      `${name} är inte inläst. Rätta det här i filen och läs in den igen.`,
    notes: 'Bra att veta',
    changes: (name: string): string => `Så ändrar ${name} uppföljningen`,
    unchanged: (name: string): string => `${name} säger det som redan står. Inget ändras.`,
    accept: 'Ta in ändringarna',
    cancel: 'Avbryt',
    accepted: (count: number): string =>
      `${number(count)}${NBSP}${count === 1 ? 'uppföljning är' : 'uppföljningar är'} införda.`,
    undo: 'Ångra',
    undone: 'Uppföljningen är som före filen.',
    close: 'Stäng',
    fileName: (code: PeriodCode): string => `uppfoljning-${code}`,
  },
  changes: {
    summary: (added: number, changed: number, same: number): string =>
      [
        ...(added > 0 ? [`${number(added)} ${added === 1 ? 'ny' : 'nya'}`] : []),
        ...(changed > 0 ? [`${number(changed)} ${changed === 1 ? 'ändrad' : 'ändrade'}`] : []),
        ...(same > 0 ? [`${number(same)} ${same === 1 ? 'oförändrad' : 'oförändrade'}`] : []),
      ].join(', '),
    added: 'Ny uppföljning',
    of: (title: string, code: PeriodCode): string => `${title}, ${planText.halfYear(code)}`,
    status: (from: string | null, to: string): string =>
      from === null ? `Status: ${to}` : `Status: ${from} → ${to}`,
    reading: (from: string | null, to: string | null): string =>
      `Bedömning: ${from === null ? '' : `${from} → `}${to ?? 'inte bedömt'}`,
    measure: (name: string, from: string | null, to: string | null): string =>
      to === null
        ? `${name}: tas bort (var ${from})`
        : from === null
          ? `${name}: ${to}`
          : `${name}: ${from} → ${to}`,
    comment: (from: string, to: string): string =>
      to === ''
        ? `Kommentaren tas bort (var ${quoted(from)})`
        : from === ''
          ? `Kommentar: ${quoted(to)}`
          : `Kommentar: ${quoted(from)} → ${quoted(to)}`,
    date: (from: string | null, to: string | null): string =>
      `Datum: ${from === null ? '' : `${from} → `}${to ?? 'inget'}`,
  },
} as const

const statusWords = [
  ...[planText.statuses.planerad, planText.statuses.pagaende],
  ...[planText.statuses.avslutad, planText.statuses.ordinarie],
]
const readingWords = [
  ...[planText.readings['for-tidigt'], planText.readings['pa-vag']],
  ...[planText.readings.uppnatt, planText.readings.avslutad],
]
